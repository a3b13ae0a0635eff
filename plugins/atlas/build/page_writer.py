"""Writes the pages that jobs render below a folder, and notes what each page has read for the manifest."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from ..cache.reads import Read, is_result, noting
from ..errors import InternalError
from ..output_paths import link_file, write_file
from ..site.blueprint import Edition, encoded
from ..site.jobs import Job
from .folder_swap import has_content


class Made(NamedTuple):
    """A job that was done: the paths of its files below the output folder, and what it read."""

    job: Job
    files: tuple[str, ...]
    reads: tuple[Read, ...]
    results: tuple[tuple[Read, str, tuple[Read, ...]], ...] = ()
    """Results among what was read that this process has not told of yet, and what they read."""
    rows: tuple[tuple[Read, str], ...] = ()
    """The digests of rows that it has not told of yet."""


class Press:
    """Writes what jobs make below a folder; in any process that has the edition."""

    def __init__(self, edition: Edition, folder: Path, former: Path | None = None) -> None:
        """Take the edition to render, the folder to write into, and the one that it will replace."""
        self.edition = edition
        self.folder = folder
        self.former = former
        self._made: set[str] = set()
        self._told: set[Read] = set()

    def __call__(self, jobs: Sequence[Job]) -> list[Made]:
        """Do the jobs; return what was written."""
        return [self._do(job) for job in jobs]

    def _do(self, job: Job) -> Made:
        with noting() as notes:
            files = tuple(self.write(*file) for file in self.edition.render(job))
        if self.former is None:  # nothing will be compared with it
            return Made(job, files, tuple(notes))
        results, rows = [], []
        left = list(notes.keys() - self._told)
        while left:
            if (read := left.pop()) in self._told:
                continue
            self._told.add(read)
            if is_result(read):
                digest, inner = self.edition.result(read)
                results.append((read, digest, tuple(inner)))
                left += inner.keys() - self._told
            else:
                rows.append((read, self.edition.row_digest(read)))
        return Made(job, files, tuple(notes), tuple(results), tuple(rows))

    def write(self, name: str, content: str | bytes) -> str:
        """Write a file below the folder and return its path; raises InternalError where it is there.

        A file that is as it was is not written but taken from the folder that will be replaced.
        """
        told = encoded(content)
        try:
            if self.former and has_content(former := f"{self.former}/{name}", told):
                link_file(self.folder, name, former, known=self._made)
            else:
                write_file(self.folder, name, told, new=True, known=self._made)
        except FileExistsError:
            raise InternalError(f"{name} is made twice; nothing was published") from None
        return name
