"""What is published says nothing of the machine that built it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

GOOD = Path(__file__).parents[1] / "data/good"
ROOT = Path(__file__).parents[2]


def test_no_file_holds_a_path_of_the_machine(tmp_path: Path, small_builder: Callable[..., None]) -> None:
    data = tmp_path / "elsewhere/data"
    shutil.copytree(GOOD, data)
    output = tmp_path / "site"
    small_builder(data, output, ATLAS_SEARCH="0")
    paths = [os.fsencode(path) for path in (tmp_path, ROOT, Path.home()) if path != Path("/")]
    telling = [
        f"{file.relative_to(output)}: {path.decode()}"
        for file in sorted(output.rglob("*"))
        if file.is_file()
        for path in paths
        if path + b"/" in (content := file.read_bytes()) or path + b'"' in content
    ]
    assert telling == []
    assert '"folder":"data"' in (output / "contribute/suggest/rules.json").read_text("utf-8")
