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
from pathlib import Path
from typing import Any, NamedTuple

from ..cache.digests import SIZE, hashed
from ..cache.reads import Notes, Read, is_result
from ..output_paths import link_file
from ..site.jobs import Job

_NAME = f"atlas manifest 2, Python {sys.version_info[0]}.{sys.version_info[1]}\n".encode("ascii")
_BEGINNING = len(_NAME) + 2 * SIZE + 1
_DAMAGED = (OSError, ValueError, EOFError, KeyError, TypeError, IndexError)
"""What reading a manifest raises that is not there, damaged, or of another version."""


class Stamp(NamedTuple):
    """What tells that a file is still the one that was written."""

    size: int
    mtime_ns: int


@dataclass(slots=True)
class ManifestEntry:
    """One job: what it read, and the files it made."""

    reads: tuple[Read, ...]
    files: tuple[str, ...]


@dataclass(slots=True)
class Manifest:
    """What one build made of what."""

    environment: str
    jobs: dict[Job, ManifestEntry] = field(default_factory=dict)
    digests: dict[Read, str] = field(default_factory=dict)
    """Of everything that was read, directly or not."""
    results: dict[Read, Notes] = field(default_factory=dict)
    """What the results of functions were worked out from."""
    stamps: dict[str, Stamp] = field(default_factory=dict)
    """Of all files of the jobs."""

    def complete(self, present: CurrentDigests) -> None:
        """Add the digests of all that was read, as they are in this build."""
        left = list(set[Read]().union(*(entry.reads for entry in self.jobs.values())))
        while left:
            read = left.pop()
            if read not in self.digests:
                self.digests[read] = present.digest(read)
                if is_result(read):
                    self.results[read] = present.notes.get(read, {})
                    left.extend(self.results[read])

    def stamp(self, site: Path) -> None:
        """Add the stamps of the files in the folder of the site, if they have none yet."""
        for entry in self.jobs.values():
            for name in entry.files:
                if name not in self.stamps and (stamp := stamp_of(os.path.join(site, name))):
                    self.stamps[name] = stamp

    def save(self, path: Path) -> None:
        """Write the manifest."""
        numbers = {read: number for number, read in enumerate(self.digests)}
        told = {
            "environment": self.environment,
            "read": [(read.table, read.key, digest) for read, digest in self.digests.items()],
            "results": [
                (numbers[read], [numbers[one] for one in notes]) for read, notes in self.results.items()
            ],
            "jobs": [
                (*job, [numbers[read] for read in entry.reads], entry.files)
                for job, entry in self.jobs.items()
            ],
            "stamps": {name: (*stamp,) for name, stamp in self.stamps.items()},
        }
        content = marshal.dumps(told)
        path.write_bytes(_beginning(content) + content)


def load(path: Path, environment: str) -> Manifest:
    """Return the manifest of the last build; an empty one where there is none that fits the environment."""
    empty = Manifest(environment)
    try:
        told = _told(path)
        return _manifest(told) if told["environment"] == environment else empty
    except _DAMAGED:
        return empty  # everything is made anew


def jobs_of_files(path: Path) -> dict[str, Job]:
    """Return which job made which file, whatever the environment; nothing where there is no manifest."""
    try:
        jobs = _told(path)["jobs"]
        return {name: Job(lang, route, id) for lang, route, id, _, files in jobs for name in files}
    except _DAMAGED:
        return {}


def _told(path: Path) -> Mapping[str, Any]:
    """Return what a manifest says; ``marshal`` is only given what this has written, byte for byte."""
    data = path.read_bytes()
    beginning, content = data[:_BEGINNING], data[_BEGINNING:]
    if beginning != _beginning(content):
        raise ValueError("the manifest is damaged, or of another version")
    told: Mapping[str, Any] = marshal.loads(content)
    return told


def _beginning(content: bytes) -> bytes:
    """Return what stands before the content: what it is, in which version, and its digest."""
    return _NAME + hashed(content).encode("ascii") + b"\n"


def _manifest(told: Mapping[str, Any]) -> Manifest:
    reads = [Read(table, key) for table, key, _ in told["read"]]
    return Manifest(
        told["environment"],
        {
            Job(lang, route, id): ManifestEntry(tuple([reads[n] for n in numbers]), files)
            for lang, route, id, numbers, files in told["jobs"]
        },
        {read: digest for read, (_, _, digest) in zip(reads, told["read"], strict=True)},
        {reads[number]: dict.fromkeys(reads[n] for n in numbers) for number, numbers in told["results"]},
        {name: Stamp(*stamp) for name, stamp in told["stamps"].items()},
    )


def stamp_of(path: str) -> Stamp | None:
    """Return the stamp of a file; None where there is none."""
    try:
        stat = os.stat(path)
    except OSError:
        return None
    return Stamp(stat.st_size, stat.st_mtime_ns)


class CurrentDigests:
    """Digests of this build's inputs, computed on demand."""

    def __init__(
        self,
        rows: Callable[[Read], str],
        results: Callable[[Read], tuple[str, Notes]],
        former: Manifest,
    ) -> None:
        """Take what returns the digest of a row, and of a result with what it was worked out from."""
        self._rows = rows
        self._results = results
        self._former = former
        self._digests: dict[Read, str] = {}
        self._same: set[Read] = set()
        self.notes: dict[Read, Notes] = {}

    def digest(self, read: Read) -> str:
        """Return the digest of what a note speaks of; a result whose inputs are as before is as before."""
        if read not in self._digests:
            self._digests[read] = self._result(read) if is_result(read) else self._rows(read)
        return self._digests[read]

    def _result(self, read: Read) -> str:
        former = self._former.results.get(read)
        if former is not None and all(self.is_as_before(one) for one in former):
            self.notes[read] = former
            return self._former.digests[read]
        try:
            found, self.notes[read] = self._results(read)
        except Exception:  # what it is about is gone, or it fails: the page that needs it will say so
            return ""
        return found

    def is_as_before(self, read: Read) -> bool:
        """Return whether what a note speaks of is what the last build has read."""
        if self.digest(read) != self._former.digests[read]:
            return False
        self._same.add(read)
        return True

    def are_as_before(self, reads: Sequence[Read]) -> bool:
        """Return whether all is what the last build has read; nothing is worked out behind what is not."""
        return self._same.issuperset(reads) or all(map(self.is_as_before, reads))

    def learn(
        self, results: Iterable[tuple[Read, str, Iterable[Read]]], rows: Iterable[tuple[Read, str]] = ()
    ) -> None:
        """Take results, and digests of rows, from the process that worked them out."""
        self._digests.update(rows)
        for read, digest, notes in results:
            self._digests[read] = digest
            self.notes[read] = dict.fromkeys(notes)


def unchanged(
    former: Manifest, jobs: Iterable[Job], present: CurrentDigests, public: Path
) -> dict[Job, ManifestEntry]:
    """Return the jobs that need not be done, because all they read and all they wrote is as it was."""
    kept: dict[Job, ManifestEntry] = {}
    for job in jobs:
        entry = former.jobs.get(job)
        if (
            entry is not None
            and present.are_as_before(entry.reads)
            and all(stamp_of(f"{public}/{name}") == former.stamps.get(name, ()) for name in entry.files)
        ):
            kept[job] = entry
    return kept


def keep(names: Sequence[str], public: Path, site: Path) -> None:
    """Put published files into the new site: linked, so that they take no time and no space; else copied."""
    made: set[str] = set()
    for name in names:
        link_file(site, name, os.path.join(public, name), known=made)
