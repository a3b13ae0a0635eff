"""The files of a build, wherever they are: in a folder, or their pages in a store already."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from ..output_paths import below, copy_file, write_file
from .store_release import Publication


def setting(settings: Mapping[str, Any], name: str) -> str:
    """Return a setting; the environment goes first."""
    return os.environ.get(name) or settings.get(name) or ""


class Site(Protocol):
    """The files of a build, wherever they are."""

    def names(self) -> Iterator[str]:
        """Yield the paths of all files below the root of the site."""

    def look(self, name: str, most: int = -1) -> bytes:
        """Return the first bytes of a page, or the ids and the word to robots that it holds; or nothing."""

    def write(self, name: str, content: bytes) -> None:
        """Add a file."""

    def copy(self, there: str, name: str) -> None:
        """Add a file with the content of another one."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A site in a folder of this machine."""

    path: Path

    def names(self) -> Iterator[str]:
        """Yield the paths of all files."""
        for parent, folders, names in os.walk(self.path):
            folders.sort()
            where = Path(parent).relative_to(self.path).as_posix()
            yield from (name if where == "." else f"{where}/{name}" for name in names)

    def look(self, name: str, most: int = -1) -> bytes:
        """Return the first bytes of a file; nothing where there is none."""
        try:
            with open(below(self.path, name), "rb") as stream:
                return stream.read(most)
        except FileNotFoundError:
            return b""

    def write(self, name: str, content: bytes) -> None:
        """Write a file."""
        write_file(self.path, name, content)

    def copy(self, there: str, name: str) -> None:
        """Copy a file."""
        copy_file(self.path, name, below(self.path, there))


@dataclass(frozen=True, slots=True)
class Stored:
    """A site whose pages are in a store already, and whose other files are in a folder still."""

    folder: Folder
    publication: Publication
    marks: dict[str, bytes] = field(default_factory=dict)
    """What ``look`` shows of the stored pages."""

    def names(self) -> Iterator[str]:
        """Yield the paths of all files."""
        yield from self.publication.files
        yield from self.folder.names()

    def look(self, name: str, most: int = -1) -> bytes:
        """Return the marks of a stored page, or a file of the folder."""
        return self.marks[name] if name in self.marks else self.folder.look(name, most)

    def write(self, name: str, content: bytes) -> None:
        """Write a file into the folder; it is stored with all others."""
        self.folder.write(name, content)

    def copy(self, there: str, name: str) -> None:
        """Copy a file into the folder."""
        if there in self.publication.files:
            self.folder.write(name, self.publication.read(there))
        else:
            self.folder.copy(there, name)
