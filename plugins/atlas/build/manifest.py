"""Manifest: what the last build made of what, so that the next one makes only what differs.

A manifest is never trusted blindly. A page is kept where all that it read has the same digest as then, where
the environment (code, templates, catalogues, settings, libraries, day) is the same, and where its files in
the published folder are still those that were written. It lies beside that folder and may be deleted.
"""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any, TypeAlias

from ..cache.digests import SIZE, hashed
from ..cache.reads import FUNCTIONS, Read, is_result
from ..cache.row_text import Tables
from ..site.jobs import Job

_NAME = f"atlas manifest 5, Python {sys.version_info[0]}.{sys.version_info[1]}\n".encode("ascii")
_BEGINNING = len(_NAME) + 2 * SIZE + 1
_DAMAGED = (OSError, ValueError, EOFError, KeyError, TypeError, IndexError)
"""What reading a manifest raises that is not there, damaged, or of another version."""


Stamp: TypeAlias = tuple[int, int]
"""What tells that a file is still the one that was written: its size, and when it was written."""
Files: TypeAlias = Mapping[str, Stamp | None]
"""The files of a job with their stamps."""
Told: TypeAlias = tuple[str, Sequence[int]] | None
"""The digest of a result, and the numbers of what it was worked out from; None for a row."""


class Present:
    """Digests of this build's inputs, each worked out once."""

    def __init__(
        self,
        tables: Callable[[str], Mapping[Any, str]],
        results: Callable[[Read], tuple[str, Iterable[Read]]],
    ) -> None:
        """Take what returns the digests of a table, and that of a result with what it was worked out from."""
        self.table = cache(tables)
        self._results = results
        self.results: dict[Read, tuple[str, Iterable[Read]]] = {}

    def result(self, read: Read) -> tuple[str, Iterable[Read]]:
        """Return the digest of a result, and what it was worked out from."""
        if read not in self.results:
            try:
                self.results[read] = self._results(read)
            except Exception:  # what it is about is gone, or it fails: the page that needs it will say so
                return "", ()
        return self.results[read]


@dataclass(slots=True)
class Manifest:
    """What one build made of what. All that was read has a number, its place in ``reads``."""

    environment: str
    reads: list[Read] = field(default_factory=list)
    """All that was read; what a result was worked out from stands before it."""
    digests: list[str] = field(default_factory=list)
    inner: dict[int, Sequence[int]] = field(default_factory=dict)
    """What results were worked out from."""
    jobs: dict[Job, tuple[Sequence[int], Files]] = field(default_factory=dict)
    """What each job read, and what it made."""
    tables: Tables = field(default_factory=dict)
    """The digests of the tables of the data, and of all their lines."""
    _numbers: dict[Read, int] = field(default_factory=dict)

    def within(self, environment: str) -> Manifest:
        """Return this manifest if it was made in an environment, else an empty one: all is made anew."""
        return self if self.environment == environment else Manifest(environment)

    def changed(self, present: Present) -> set[int]:
        """Return what is not as it was. A result is worked out again where that may end the matter."""
        found: set[int] = set()
        for number, (read, digest) in enumerate(zip(self.reads, self.digests, strict=True)):
            if (inner := self.inner.get(number)) is None:
                same = present.table(read[0]).get(read[1], "") == digest
            elif same := found.isdisjoint(inner):
                present.results[read] = digest, [self.reads[one] for one in inner]
            elif read[0] in FUNCTIONS and FUNCTIONS[read[0]].whole:
                same = present.result(read)[0] == digest
            if not same:
                found.add(number)
        return found

    def surely_changed(self, job: Job, present: Present) -> bool:
        """Return whether rows that a job has read are others, which takes no result to tell."""
        reads = self.jobs[job][0] if job in self.jobs else ()
        rows = ((*self.reads[one], self.digests[one]) for one in reads if one not in self.inner)
        return any(present.table(table).get(key, "") != digest for table, key, digest in rows)

    def unchanged(self, jobs: Iterable[Job], present: Present, public: Path) -> list[Job]:
        """Return the jobs that need not be done, because all they read and all they wrote is as it was."""
        changed = self.changed(present)
        return [
            job
            for job in jobs
            if (entry := self.jobs.get(job))
            and changed.isdisjoint(entry[0])
            and all(stamp and stamp_of(f"{public}/{name}") == stamp for name, stamp in entry[1].items())
        ]

    def keep(self, former: Manifest, jobs: Iterable[Job], present: Present) -> None:
        """Take jobs of the last build that were not done again."""
        kept = {job: former.jobs[job] for job in jobs}
        used = sorted(set[int]().union(*(reads for reads, _ in kept.values())))
        rows = [one for one in used if one not in former.inner]  # they stand in front, as they read nothing
        moved = dict(zip(rows, count(len(self.reads))))
        self._numbers |= {former.reads[one]: number for one, number in moved.items()}
        self.reads += [former.reads[one] for one in rows]
        self.digests += [former.digests[one] for one in rows]
        moved |= {one: self.number(former.reads[one], present) for one in used if one in former.inner}
        self.jobs |= {job: ([moved[one] for one in reads], files) for job, (reads, files) in kept.items()}

    def number(self, read: Read, present: Present) -> int:
        """Return the number of what was read, which it gets with all that it was worked out from."""
        if (known := self._numbers.get(read)) is not None:
            return known
        if not is_result(read):
            return self.add(read, None, present)
        digest, notes = present.result(read)
        return self.add(read, (digest, [self.number(one, present) for one in notes]), present)

    def add(self, read: Read, told: Told, present: Present) -> int:
        """Return the number of what was read, where all that it was worked out from has one."""
        if (known := self._numbers.get(read)) is not None:
            return known
        number = self._numbers[read] = len(self.reads)
        self.reads.append(read)
        if told is None:
            self.digests.append(present.table(read[0]).get(read[1], ""))
        else:
            self.digests.append(told[0])
            self.inner[number] = told[1]
        return number

    def save(self, path: Path) -> None:
        """Write the manifest."""
        jobs = {(*job,): made for job, made in self.jobs.items()}
        with path.open("wb") as stream:  # at once, as a build that is killed has its workspace cleared
            made = self.environment, self.reads, self.digests, self.inner, jobs, self.tables
            content = marshal.dumps(made)
            stream.write(_beginning(content) + content)


def load(path: Path) -> Manifest:
    """Return the manifest of the last build; an empty one where there is none."""
    try:
        return _read(path)
    except _DAMAGED:
        return Manifest("")


def jobs_of_files(path: Path) -> dict[str, Job]:
    """Return which job made which file, whatever the environment; nothing where there is no manifest."""
    try:
        return {name: Job(*job) for job, (_, files) in _read(path).jobs.items() for name in files}
    except _DAMAGED:
        return {}


def _read(path: Path) -> Manifest:
    """Return what a manifest says; ``marshal`` is only given what this has written, byte for byte."""
    data = path.read_bytes()
    beginning, content = data[:_BEGINNING], data[_BEGINNING:]
    if beginning != _beginning(content):
        raise ValueError("the manifest is damaged, or of another version")
    return Manifest(*marshal.loads(content))


def _beginning(content: bytes) -> bytes:
    """Return what stands before the content: what it is, in which version, and its digest."""
    return _NAME + hashed(content).encode("ascii") + b"\n"


def stamp_of(path: str) -> Stamp | None:
    """Return the stamp of a file; None where there is none."""
    try:
        stat = os.stat(path)
    except OSError:
        return None
    return stat.st_size, stat.st_mtime_ns
