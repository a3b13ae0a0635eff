"""An edition in a store: prepared beside the live one, then put into its place by a redo log.

Stores rename no folders, so an edition cannot be swapped in whole as on a disk. Instead::

    …                        the live site, each page at its address
    .atlas/manifest.json     path, digest and size of every file of the live site
    .atlas/next/<run>/…      the files of the next edition that differ from it, while it is made
    .atlas/switch.json       the redo log: what is to be put where; there only while that is done
    .atlas/changed.txt       the paths that the last switch wrote or removed, for a cache to forget

Until the log is written nothing that readers see was touched. From then on the new edition is stored whole,
and an interrupted switch is finished by whoever publishes next: pages last, former files removed after them,
so that every link of every page leads somewhere at every moment.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from ..errors import EnvironmentFault, InternalError, UsageError
from .folder_swap import MARKER, Unpublishable
from .stores import Store, batches

FOLDER = ".atlas"
MANIFEST = f"{FOLDER}/manifest.json"
SWITCH = f"{FOLDER}/switch.json"
CHANGED = f"{FOLDER}/changed.txt"
NEXT = f"{FOLDER}/next"
_FORMAT = 1
_MOST = 32 * 2**20
"""Bytes that are read and sent together."""


class Entry(NamedTuple):
    """One file of an edition."""

    digest: str
    """SHA-256 of its content, in hexadecimal digits."""
    size: int


Manifest = Mapping[str, Entry]
"""Every file of an edition by its path."""


def entry(content: bytes) -> Entry:
    """Return what a manifest says of a file with this content."""
    return Entry(hashlib.sha256(content).hexdigest(), len(content))


def write_manifest(files: Manifest) -> bytes:
    """Return a manifest as JSON; the same edition gives the same bytes."""
    return _json({"format": _FORMAT, "files": {path: list(files[path]) for path in sorted(files)}})


def read_manifest(text: bytes) -> dict[str, Entry]:
    """Return a manifest from JSON; raises ValueError where it is none that we know."""
    told = json.loads(text)
    if told.get("format") != _FORMAT:
        raise ValueError(f"a manifest of format {told.get('format')!r}")
    return {path: Entry(*each) for path, each in told["files"].items()}


def _json(told: object) -> bytes:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode() + b"\n"


@dataclass(frozen=True, slots=True)
class Stage:
    """Takes the files of the next edition, in any process; keeps those that the live one lacks."""

    store: Store
    folder: str
    live: Mapping[str, str]
    """Digests of the files of the live edition."""

    def put(self, files: Mapping[str, bytes]) -> dict[str, Entry]:
        """Store files where they differ from the live ones; the same file may be put again."""
        entries = {path: entry(content) for path, content in files.items()}
        self.store.put(
            {
                f"{self.folder}/{path}": content
                for path, content in files.items()
                if entries[path].digest != self.live.get(path)
            }
        )
        return entries


class Outcome(NamedTuple):
    """What a publication did, in files."""

    written: int
    removed: int
    kept: int

    def __str__(self) -> str:
        """Return it in words."""
        return f"{self.written} files written, {self.removed} removed, {self.kept} as they were"


class Publication:
    """The next edition of a store, from its first file to the switch."""

    def __init__(self, store: Store) -> None:
        """Look at what is live; finish a switch that was interrupted.

        Raises UsageError where the place holds files that the atlas did not put there, EnvironmentFault where
        the store cannot be reached.
        """
        self.store = store
        self.resumed = _resume(store)
        """Whether the last publication had been interrupted."""
        self._former = store.get(MANIFEST)
        self.live = self._known()
        digests = {path: each.digest for path, each in self.live.items()}
        self.stage = Stage(store, f"{NEXT}/{uuid.uuid4().hex}", digests)
        self.files: dict[str, Entry] = {}

    def _known(self) -> dict[str, Entry]:
        if self._former is None:
            if any(not path.startswith(f"{FOLDER}/") for path in self.store.paths()):
                raise UsageError(
                    f"{self.store.url} holds files that the atlas did not put there; "
                    "choose another place, or empty it yourself"
                )
            return {}
        try:
            return read_manifest(self._former)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise EnvironmentFault(
                f"{self.store.url}/{MANIFEST} cannot be read ({error}); nothing was published"
            ) from None

    def take(self, files: Manifest) -> None:
        """Note files that were staged; raises InternalError where one was staged before."""
        for path, each in files.items():
            if path in self.files:
                raise InternalError(f"{path} is made twice; nothing was published")
            self.files[path] = each

    def add(self, folder: Path) -> None:
        """Stage all files of a folder of this machine."""
        found = {
            path.relative_to(folder).as_posix(): path.stat().st_size
            for path in sorted(folder.rglob("*"))
            if path.is_file() and path.name != MARKER
        }
        for batch in batches(found, found, _MOST):
            self.take(self.stage.put({path: (folder / path).read_bytes() for path in batch}))

    def read(self, path: str) -> bytes:
        """Return the content of a file that was staged, or is live and will stay."""
        same = self.stage.live.get(path) == self.files[path].digest
        content = self.store.get(path if same else f"{self.stage.folder}/{path}")
        if content is None:
            raise InternalError(f"{path} is not in {self.store.url}; nothing was published")
        return content

    def check(self) -> None:
        """Refuse an edition with names that differ only in case, or lie where the store keeps its own."""
        seen: dict[str, str] = {}
        problems = [
            f"{path}: kept for the store itself" for path in self.files if path.startswith(f"{FOLDER}/")
        ]
        for path in sorted(self.files):
            other = seen.setdefault(path.casefold(), path)
            if other != path:
                problems.append(f"{other} and {path}: differ only in case")
        if problems:
            raise Unpublishable("\n".join([*problems, "nothing was published"]))

    def publish(self) -> Outcome:
        """Put the edition into the place of the live one.

        Raises EnvironmentFault where another was quicker, or the store fails.
        """
        self.check()
        new = [path for path, each in self.files.items() if each.digest != self.stage.live.get(path)]
        gone = sorted(self.live.keys() - self.files.keys())
        outcome = Outcome(len(new), len(gone), len(self.files) - len(new))
        if not new and not gone and self._former is not None:
            return outcome
        log = {"folder": self.stage.folder, "new": in_order(new), "gone": gone}
        text = _json({**log, "files": {path: list(self.files[path]) for path in sorted(self.files)}})
        if not self.store.create(SWITCH, text):
            raise EnvironmentFault(
                f"{self.store.url}: another publication is being finished; nothing was published"
            )
        if self.store.get(MANIFEST) != self._former:
            self.store.remove([SWITCH])
            raise EnvironmentFault(
                f"{self.store.url}: another edition was published meanwhile; "
                "nothing was published, build again"
            )
        try:
            _switch(self.store, text)
        except EnvironmentFault as fault:
            raise EnvironmentFault(
                f"{fault}\n"
                "The edition is stored whole, but not all of it is in its place: publish again to finish"
            ) from fault
        return outcome

    def discard(self) -> None:
        """Remove what was staged by a build that failed, unless a switch needs it, or the store is gone."""
        with suppress(EnvironmentFault):  # there was a fault already; the next publication clears up
            if self.store.get(SWITCH) is None:
                _remove_staged(self.store, self.stage.folder)


def in_order(paths: Iterable[str]) -> list[str]:
    """Return paths in the order in which they are put into place: pages after what they need."""
    return sorted(paths, key=lambda path: (path.endswith(".html"), path))


def _resume(store: Store) -> bool:
    text = store.get(SWITCH)
    if text is None:
        return False
    _switch(store, text)
    return True


def _switch(store: Store, text: bytes) -> None:
    """Do what a redo log says; each step may be done again."""
    log = json.loads(text)
    new: Sequence[str] = log["new"]
    pages = [path for path in new if path.endswith(".html")]
    store.move_in(log["folder"], new[: len(new) - len(pages)])
    store.move_in(log["folder"], pages)
    store.remove(log["gone"])
    changed = "".join(f"{path}\n" for path in sorted([*new, *log["gone"]]))
    store.put({CHANGED: changed.encode()})
    store.put({MANIFEST: write_manifest({path: Entry(*each) for path, each in log["files"].items()})})
    store.remove([SWITCH])
    _remove_staged(store, NEXT)


def _remove_staged(store: Store, folder: str) -> None:
    store.remove(store.paths(folder))
