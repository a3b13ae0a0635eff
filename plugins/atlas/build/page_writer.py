"""Writes the pages that jobs render below a folder, and notes what each page has read for the manifest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from ..cache.reads import Read, is_result, noting
from ..errors import InternalError
from ..output_paths import link_file, write_file
from ..site.blueprint import Edition, encoded
from ..site.jobs import Job
from .folder_swap import has_content
from .manifest import Files, stamp_of


class Made(NamedTuple):
    """A job that was done: its files with their stamps, and what it read."""

    job: Job
    files: Files
    reads: tuple[Read, ...]
    results: Mapping[Read, tuple[str, tuple[Read, ...]]]
    """Digests of results that this process has not told of yet, and what they were worked out from."""


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
            names = [self.write(*file) for file in self.edition.render(job)]
        files = {name: stamp_of(f"{self.folder}/{name}") for name in names}
        results = {}
        left = list(notes if self.former else ())  # else nothing will be compared with it
        while left:
            if is_result(read := left.pop()) and read not in self._told:
                self._told.add(read)
                digest, inner = self.edition.result(read)
                results[read] = digest, inner
                left += inner
        return Made(job, files, tuple(notes), results)

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
