"""The files of the dataset as they are published: in a fixed order, and not read where nobody asks."""

from __future__ import annotations

from pathlib import Path

from atlas.dataset.published_files import Contents


def test_files_stand_in_a_fixed_order_and_only_those_of_the_data(tmp_path: Path) -> None:
    (tmp_path / "networks").mkdir()
    for name in ("networks/a.yaml", "sources.csv", "cities.csv", "README.md", "notes.txt"):
        (tmp_path / name).write_bytes(name.encode())
    found = Contents(tmp_path)
    assert dict(found) == {
        name: name.encode() for name in ("README.md", "cities.csv", "sources.csv", "networks/a.yaml")
    }
    assert list(found) == ["README.md", "cities.csv", "sources.csv", "networks/a.yaml"]
    assert len(found) == 4


def test_nothing_is_read_before_it_is_asked_for_and_nothing_twice(tmp_path: Path) -> None:
    found = Contents(tmp_path)
    (tmp_path / "cities.csv").write_bytes(b"id\n")
    assert found["cities.csv"] == b"id\n"
    (tmp_path / "cities.csv").write_bytes(b"changed\n")
    assert found["cities.csv"] == b"id\n"
