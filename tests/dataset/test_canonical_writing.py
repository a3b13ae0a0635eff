"""Files are written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from atlas.dataset.write import write_files
from atlas.errors import EnvironmentFault


def test_files_are_replaced_and_keep_their_modes(tmp_path: Path) -> None:
    old, new = tmp_path / "a.csv", tmp_path / "networks/b.yaml"
    old.write_text("old")
    old.chmod(0o640)
    umask = os.umask(0o022)
    try:
        write_files({old: b"text", new: b"more"})
    finally:
        os.umask(umask)
    assert (old.read_bytes(), new.read_bytes()) == (b"text", b"more")
    assert (old.stat().st_mode & 0o777, new.stat().st_mode & 0o777) == (0o640, 0o644)
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a.csv", "b.yaml", "networks"]


def test_nothing_is_written_where_one_file_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = tmp_path / "a", tmp_path / "b"
    one.write_text("one")
    other.write_text("other")
    forced: list[int] = []

    def full(handle: int) -> None:
        forced.append(handle)
        if len(forced) == 2:
            raise OSError(28, "No space left on device", str(other))

    monkeypatch.setattr("atlas.dataset.write.os.fsync", full)
    with pytest.raises(EnvironmentFault, match=r"/b: No space left on device$"):
        write_files({one: b"1", other: b"2"})
    assert (one.read_text(), other.read_text()) == ("one", "other")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]
