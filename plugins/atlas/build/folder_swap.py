"""Atomic deploy into a folder: it is replaced whole or not at all, by one process at a time.

The next version is built beside the public folder and exchanged with it in one
step. Names, for a public folder ``output``::

    .output.lock       held while a build runs; names its process
    .output.staging/   the workspace, with the new version in site/
    .output.old/       the former version, only for moments and only where folders cannot be exchanged
    .output.manifest   what the public folder was made from, for the next build; may be deleted
    .output.twin/      the version before the public one, most of whose files are the very files of it: the
                       next build makes the next version of it, by the few that differ; may be deleted
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import shutil
import stat
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from ..errors import AtlasError, EnvironmentFault, UsageError
from ..output_paths import below, folders, link_file, write_file
from .host_limits import Quota
from .processes import end_background, wait_for_background

MARKER = ".atlas-output"
MARKER_TEXT = "Made by the generator of the atlas, which replaces this folder whole at every build.\n"

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
"""What Linux calls these numbers, see renameat2(2)."""

_locks: set[int] = set()
"""The locks that this process holds; one that it forks must not hold them any longer than it does."""


def _close_locks() -> None:
    while _locks:
        os.close(_locks.pop())


os.register_at_fork(after_in_child=_close_locks)


class Unpublishable(AtlasError):
    """The site came out with faults that are not findings in the data: prose, links, files."""

    exitcode = 1


def check_place(public: Path, sources: Mapping[str, Path]) -> None:
    """Refuse a public folder that would swallow something else; ``sources`` are folders by what they are."""
    if public == Path(public.anchor):
        raise UsageError(f"the output folder cannot be {public}")
    if public == Path.home():
        raise UsageError(f"the output folder cannot be your home folder {public}")
    for what, source in sources.items():
        source = source.resolve()
        if public == source or public in source.parents:
            raise UsageError(f"the output folder {public} cannot be or hold {what} ({source})")
    for what, source in sources.items():
        source = source.resolve()
        if what != "the repository" and source in public.parents:
            raise UsageError(f"the output folder {public} cannot lie inside {what} ({source})")
    if (public / ".git").exists():
        raise UsageError(f"the output folder {public} is a git repository; choose another")
    if public.is_dir():
        if os.path.ismount(public):
            raise UsageError(f"the output folder {public} is a mount point; choose a folder inside it")
        if not _is_ours(public):
            raise UsageError(
                f"the output folder {public} was not made by the atlas; choose another, or empty it yourself"
            )
    elif blocked := next((up for up in public.parents if os.path.lexists(up) and not up.is_dir()), None):
        raise UsageError(f"the output folder {public} cannot lie inside {blocked}, which is a file")
    elif os.path.lexists(public):
        raise UsageError(f"the output folder {public} is not a folder; choose another or move it away")


class Settled(NamedTuple):
    """How a new version differs from the public one, in files."""

    number: int
    written: int
    """New or with other content."""
    gone: int
    quota: Quota
    """What a host has to take."""

    def __str__(self) -> str:
        """Return the numbers in words."""
        same = self.number - self.written
        return f"{self.number} files: {self.written} new or changed, {same} as they were, {self.gone} gone"


class Staging:
    """The next version of a public folder, from the lock to the swap."""

    def __init__(self, public: Path) -> None:
        """Name the folders; nothing is touched before ``open``."""
        self.public = public
        self.workspace = public.with_name(f".{public.name}.staging")
        self.site = self.workspace / "site"
        self.new_manifest = self.workspace / "manifest"
        self.ahead = self.workspace / "ahead"
        """Files that are made before it is known what else is."""
        self.manifest = public.with_name(f".{public.name}.manifest")
        self._old = public.with_name(f".{public.name}.old")
        self.twin = public.with_name(f".{public.name}.twin")
        self._lock_path = public.with_name(f".{public.name}.lock")
        self._lock: int | None = None

    def open(self) -> None:
        """Take the lock, clear what a killed build left, and make an empty site folder."""
        self.public.parent.mkdir(parents=True, exist_ok=True)
        self._lock = _take_lock(self._lock_path)
        self._recover()
        self.workspace.mkdir()
        write_file(self.workspace, MARKER, MARKER_TEXT.encode("utf-8"))
        self.site.mkdir()
        write_file(self.site, MARKER, MARKER_TEXT.encode("utf-8"))

    def _checked(self) -> dict[str, os.stat_result]:
        """Return what the disk says of all files of the site, by their paths.

        Refuse a site with files beside it, symbolic links, or names that differ only in case.

        Pelican only compares the beginnings of paths, so ``../site-2/x`` passes
        its check: such a file ends up in the workspace, where it is found here.
        """
        problems = [
            f"{path.name}: written outside the output folder"
            for path in sorted(self.workspace.iterdir())
            if path.name not in (self.site.name, MARKER, self.new_manifest.name)
        ]
        found = list(folders(self.site))
        for where, entries in found:
            seen: dict[str, str] = {}
            for name in sorted(entry.name for entry in entries) if len(entries) > 1 else ():
                other = seen.setdefault(name.casefold(), name)
                if other != name:
                    problems.append(f"{where}{other} and {where}{name}: differ only in case")
            links = sorted(entry.name for entry in entries if entry.is_symlink())
            problems += [f"{where}{name}: a symbolic link" for name in links]
        if problems:
            raise Unpublishable("\n".join([*problems, "nothing was published"]))
        return {name: entry.stat(follow_symlinks=False) for name, entry in _entries(found)}

    def keep(self, names: Collection[str]) -> None:
        """Put published files into the new site: those of the twin with their folders, others linked.

        Neither takes time or space; only where the disk cannot link, files are copied.
        """
        taken, kept, same, moved = self.workspace / "twin", set(names), set[str](), set[str]()
        with suppress(FileNotFoundError):
            os.rename(self.twin, taken)
        for name, number in _files(taken).items():
            if name in kept and os.lstat(f"{self.public}/{name}").st_ino == number:
                same.add(name)
            else:
                os.unlink(f"{taken}/{name}")
                with suppress(OSError):
                    os.removedirs(os.path.dirname(f"{taken}/{name}"))
        for top in {name.partition("/")[0] for name in names if "/" in name}:
            with suppress(OSError):  # it is not in the twin, or in the new site already
                os.rename(taken / top, below(self.site, top))
                moved.add(top)
        known: set[str] = set()
        for name in names:
            there = name in same and name.partition("/")[0] in moved
            if not there and not os.path.lexists(f"{self.site}/{name}"):
                link_file(self.site, name, f"{self.public}/{name}", known=known)
        shutil.rmtree(taken, ignore_errors=True)

    def settle(self) -> Settled:
        """Take every file that is as it was from the public folder, so that its date and place stay.

        Raises Unpublishable for a site that cannot be published.
        """
        now = self._checked()
        before = _files(self.public)
        known: set[str] = set()
        kept = sum(
            # Most are the very file already: two names of it have one number.
            before[path] == found.st_ino or _same(self.site, path, f"{self.public}/{path}", known)
            for path, found in now.items()
            if path in before
        )
        sizes = [found.st_size for found in now.values()]
        gone = len(before.keys() - now.keys())
        return Settled(len(now), len(now) - kept, gone, Quota(len(now), sum(sizes), max(sizes, default=0)))

    def publish(self) -> Settled:
        """Put the new version in the place of the old one; return how they differ."""
        settled = self.settle()
        wait_for_background()
        # A manifest tells of the folder beside it; none is better than one of another version.
        self.manifest.unlink(missing_ok=True)
        self._swap()
        if self.new_manifest.exists():
            os.replace(self.new_manifest, self.manifest)
        return settled

    def _swap(self) -> None:
        if not self.public.exists():
            os.rename(self.site, self.public)
        elif exchange(self.site, self.public):
            shutil.rmtree(self.twin, ignore_errors=True)
            if self.new_manifest.exists():  # else the next build makes everything anew
                with suppress(OSError):
                    os.rename(self.site, self.twin)
        else:
            os.rename(self.public, self._old)
            try:
                os.rename(self.site, self.public)
            except OSError:
                os.rename(self._old, self.public)
                raise
            shutil.rmtree(self._old)

    def close(self) -> None:
        """Remove the workspace and give the lock back; safe to call at any stage."""
        if self._lock is None:
            return
        try:
            end_background()
            if self.workspace.exists():
                shutil.rmtree(self.workspace)
        finally:
            self._lock_path.unlink(missing_ok=True)
            _locks.discard(self._lock)
            os.close(self._lock)
            self._lock = None

    def _recover(self) -> None:
        """Finish or undo what a build that was killed had begun."""
        for left in (self.workspace, self._old, self.twin):
            if left.exists() and not _is_ours(left):
                raise UsageError(f"{left} is in the way and was not made by the atlas; move it")
        if self._old.exists():
            if self.public.exists():
                shutil.rmtree(self._old)
            else:
                os.rename(self._old, self.public)
        if self.workspace.exists():
            shutil.rmtree(self.workspace)


def public_folder(site: Path) -> Path | None:
    """Return the public folder that a site in a workspace will replace; None for another folder."""
    name = site.parent.name
    if site.name != "site" or not (name.startswith(".") and name.endswith(".staging")):
        return None
    return site.parent.with_name(name.removeprefix(".").removesuffix(".staging"))


def _files(top: Path) -> dict[str, int]:
    """Return the numbers that the disk has for all files below a folder, by their paths."""
    return {name: entry.inode() for name, entry in _entries(folders(top))}


def _entries(found: Iterable[tuple[str, list[os.DirEntry[str]]]]) -> Iterator[tuple[str, os.DirEntry[str]]]:
    return (
        (where + entry.name, entry)
        for where, entries in found
        for entry in entries
        if not entry.is_dir(follow_symlinks=False)
    )


def _same(site: Path, name: str, old: str, known: set[str]) -> bool:
    """Return whether a file of a site is as it was; if so it is the same file afterwards."""
    new = f"{site}/{name}"
    try:
        before, after = os.lstat(old), os.lstat(new)
    except FileNotFoundError:
        return False
    if os.path.samestat(before, after):
        return True
    if before.st_size != after.st_size or not has_content(old, Path(new).read_bytes()):
        return False
    os.unlink(new)
    link_file(site, name, old, known=known)
    return True


def has_content(path: str, content: bytes) -> bool:
    """Return whether there is a file with just this content."""
    try:
        found = os.lstat(path)
        if not stat.S_ISREG(found.st_mode) or found.st_size != len(content):
            return False
        with open(path, "rb") as stream:
            return stream.read() == content
    except OSError:
        return False


def exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; return False where the system cannot."""
    renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if renameat2 is None:
        return False
    if renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in (errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP):
        return False
    raise OSError(code, os.strerror(code), str(other))


def _is_ours(folder: Path) -> bool:
    """Return whether the folder bears the marker, or is empty as a build killed at its start leaves it."""
    return (folder / MARKER).is_file() or not any(folder.iterdir())


def _take_lock(path: Path) -> int:
    """Lock the file and write into it who holds it; return the open file."""
    while True:
        lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            pid, _, since = os.pread(lock, 100, 0).decode("ascii", "replace").strip().partition(" ")
            os.close(lock)
            who = f"process {pid}, since {since}" if since else "another process"
            raise EnvironmentFault(
                f"another build is running into the same folder ({who}); wait for it or stop it"
            ) from None
        # The former holder removes the file when it is done: a lock without a name protects nothing.
        if os.path.exists(path) and os.path.samestat(os.fstat(lock), os.stat(path)):
            break
        os.close(lock)
    _locks.add(lock)
    os.ftruncate(lock, 0)
    os.pwrite(lock, f"{os.getpid()} {datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}\n".encode("ascii"), 0)
    return lock
