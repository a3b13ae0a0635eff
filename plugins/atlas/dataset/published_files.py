"""The files of the dataset as they are published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

from .reading.file_names import passed_over


class Contents(Mapping[str, bytes]):
    """The bytes of the files by their paths below the folder; all are read when the first one is asked for.

    A site that publishes no data, under no name of an edition, never asks.
    """

    def __init__(self, folder: Path) -> None:
        """Take the folder."""
        self._folder = folder

    @cached_property
    def _files(self) -> dict[str, bytes]:
        files = (path for path in self._folder.rglob("*") if path.suffix in (".csv", ".yaml", ".md"))
        below = (file.relative_to(self._folder) for file in files)
        names = (path.as_posix() for path in below if not any(map(passed_over, path.parts)))
        ordered = sorted(names, key=lambda name: (name.count("/"), name))
        return {name: (self._folder / name).read_bytes() for name in ordered}

    def __getitem__(self, name: str) -> bytes:
        """Return a file."""
        return self._files[name]

    def __iter__(self) -> Iterator[str]:
        """Iterate over the paths, files of the folder itself first."""
        return iter(self._files)

    def __len__(self) -> int:
        """Return the number of files."""
        return len(self._files)
