"""No test stands in a folder that pytest passes by."""

from __future__ import annotations

from fnmatch import fnmatch
from pathlib import Path

import pytest


def test_every_folder_of_the_tests_is_looked_into(root: Path, pytestconfig: pytest.Config) -> None:
    left_out: list[str] = pytestconfig.getini("norecursedirs")
    folders = {path.parent for path in (root / "tests").rglob("test_*.py")}
    names = {name for folder in folders for name in folder.relative_to(root).parts}
    assert {"build", "views"} <= names
    assert [name for name in names if any(fnmatch(name, pattern) for pattern in left_out)] == []
