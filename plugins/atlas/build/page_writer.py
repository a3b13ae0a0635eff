"""Writes the pages that jobs render below a folder, and notes what each page has read for the manifest."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from ..cache.reads import Read, is_result, noting
from ..errors import InternalError
from ..output_paths import link_file, write_file
from ..site.blueprint import Edition, encoded
from ..site.jobs import Job
from .folder_swap import has_content
from .manifest import Files, Told, stamp_of


class Made(NamedTuple):
    """A job that was done: its files with their stamps, and the numbers of what it read."""

    job: Job
    files: Files
    reads: Sequence[int]


class Batch(NamedTuple):
    """Jobs that one process has done, and what it had not read before."""

    process: int
    new: Sequence[tuple[Read, Told]]
    """In the order of their numbers, which go on where the last batch of this process ended."""
    made: Sequence[Made]


class Press:
    """Writes what jobs make below a folder; in any process that has the edition."""

    def __init__(self, edition: Edition, folder: Path, former: Path | None = None) -> None:
        """Take the edition to render, the folder to write into, and the one that it will replace."""
        self.edition = edition
        self.folder = folder
        self.former = former
        self._made: set[str] = set()
        self._numbers: dict[Read, int] = {}
        self._new: list[tuple[Read, Told]] = []

    def __call__(self, jobs: Sequence[Job]) -> Batch:
        """Do the jobs; return what was written."""
        made = [self._do(job) for job in jobs]
        new, self._new = self._new, []
        return Batch(os.getpid(), new, made)

    def _do(self, job: Job) -> Made:
        with noting() as notes:
            names = [self.write(*file) for file in self.edition.render(job)]
        files = {name: stamp_of(f"{self.folder}/{name}") for name in names}
        # Without a folder to replace nothing will be compared with it.
        return Made(job, files, [self._number(read) for read in notes] if self.former else ())

    def _number(self, read: Read) -> int:
        """Return the number of what was read, which comes after all that it was worked out from."""
        if (known := self._numbers.get(read)) is not None:
            return known
        told = None
        if is_result(read):
            digest, inner = self.edition.result(read)
            told = digest, [self._number(one) for one in inner]
        number = self._numbers[read] = len(self._numbers)
        self._new.append((read, told))
        return number

    def write(self, name: str, content: str | bytes) -> str:
        """Write a file below the folder and return its path; raises InternalError where it is there.

        A file that is as it was is not written but taken from the folder that will be replaced.
        """
        told = encoded(content)
        if self.former and has_content(former := f"{self.former}/{name}", told):
            return self.take(name, former)
        try:
            write_file(self.folder, name, told, new=True, known=self._made)
        except FileExistsError:
            raise _made_twice(name) from None
        return name

    def take(self, name: str, source: str) -> str:
        """Put a file below the folder that is finished elsewhere; return and raise as ``write``."""
        try:
            link_file(self.folder, name, source, known=self._made)
        except FileExistsError:
            raise _made_twice(name) from None
        return name


def _made_twice(name: str) -> InternalError:
    return InternalError(f"{name} is made twice; nothing was published")
