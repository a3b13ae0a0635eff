"""Files below the output folder: the one place that decides where a build may write, copy and link.

A name comes from the data in the end, through ids and through the addresses of ``retired.csv``. The checks
refuse what is no address; this refuses it once more, whoever asks, before anything is touched.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from .errors import InternalError

_SEGMENT = r"(?!\.{1,2}(?:/|\Z))[^/\\:\x00-\x1f\x7f-\x9f\ud800-\udfff]+"
_NAME = re.compile(rf"{_SEGMENT}(?:/{_SEGMENT})*")
_LONGEST = 255
"""Bytes that disks allow for the name of a file or folder."""

Folder = Path | str


class Outside(InternalError):
    """A name that would lead out of the output folder, or that no disk and no host can hold."""

    def __init__(self, name: str) -> None:
        """Name the file."""
        super().__init__(f"{name[:200]!r} is no path below the output folder; nothing was published")


def named(name: str) -> str:
    """Return the name of a file if it leads nowhere but down; raises Outside for any other."""
    if not _NAME.fullmatch(name) or (len(name) > _LONGEST // 4 and _has_long_part(name)):
        raise Outside(name)
    return name


def below(folder: Folder, name: str) -> str:
    """Return the path of a file below a folder; raises Outside where it would be anywhere else.

    The path is text, because there are many: one of pathlib takes as long to make as a small file.
    """
    target = f"{folder}/{named(name)}"
    _check(folder, target.rpartition("/")[0], name)
    return target


def _check(folder: Folder, parent: str, name: str) -> None:
    top = os.path.realpath(folder)
    there = os.path.realpath(parent)  # a symbolic link among the folders may lead anywhere
    if there != top and not there.startswith(top.rstrip("/") + "/"):
        raise Outside(name)


def _has_long_part(name: str) -> bool:
    return any(len(os.fsencode(part)) > _LONGEST for part in name.split("/"))


def _place(folder: Folder, name: str, known: set[str] | None) -> str:
    """Return the path of a file to make, whose folder is there.

    ``known`` are folders that were looked at before: those of a build that is under way need no second look.
    """
    target = f"{folder}/{named(name)}"
    parent = target.rpartition("/")[0]
    known = set() if known is None else known
    if parent not in known:
        _make(folder, parent, known, name)
    return target


def _make(folder: Folder, parent: str, known: set[str], name: str) -> None:
    """Make a folder below the output folder, and those above it; a new one can lead nowhere else."""
    up = parent.rpartition("/")[0]
    if len(parent) > len(str(folder)):
        if up not in known:
            _make(folder, up, known, name)
        with contextlib.suppress(FileExistsError):
            os.mkdir(parent)
            known.add(parent)
            return
    _check(folder, parent, name)
    os.makedirs(parent, exist_ok=True)
    known.add(parent)


def _clear(target: str) -> None:
    """Remove a file that will be written: it may be the very file of the last edition, or a symbolic link."""
    with contextlib.suppress(FileNotFoundError):
        os.unlink(target)


def write_file(
    folder: Folder, name: str, content: bytes, *, new: bool = False, known: set[str] | None = None
) -> None:
    """Write a file below a folder, in the place of one that is there; ``new`` ones raise FileExistsError."""
    target = _place(folder, name, known)
    if not new:
        _clear(target)
    with open(target, "xb") as stream:
        stream.write(content)


def read_file(folder: Folder, name: str) -> bytes:
    """Return the content of a file below a folder; nothing where there is none."""
    try:
        with open(below(folder, name), "rb") as stream:
            return stream.read()
    except FileNotFoundError:
        return b""


def read_found(folder: Folder, name: str, most: int = -1) -> bytes:
    """Return the first bytes of a file that ``file_names`` has found: the way to it holds no link."""
    with open(f"{folder}/{name}", "rb", buffering=0) as stream:
        return stream.read(most)


def folders(top: Folder) -> Iterator[tuple[str, list[os.DirEntry[str]]]]:
    """Yield a folder and every one below it, if it is there: the way to each, and what is in it."""
    left = [""]
    while left:
        where = left.pop()
        try:
            with os.scandir(f"{top}/{where}") as found:
                entries = list(found)
        except OSError:  # it is not there, or nobody may look into it
            continue
        yield where, entries
        left += [f"{where}{entry.name}/" for entry in entries if entry.is_dir(follow_symlinks=False)]


def file_names(folder: Folder) -> Iterator[str]:
    """Yield the names of all files below a folder, folder by folder."""
    for where, entries in folders(folder):
        yield from (where + entry.name for entry in entries if not entry.is_dir(follow_symlinks=False))


def copy_file(folder: Folder, name: str, source: Folder) -> Path:
    """Copy a file to a place below a folder, and return the path of the copy."""
    target = _place(folder, name, None)
    _clear(target)
    shutil.copyfile(source, target)
    return Path(target)


def link_file(folder: Folder, name: str, source: Folder, *, known: set[str] | None = None) -> None:
    """Give a file a second place below a folder: the same file where the disk can do that, else a copy.

    A copy has the date of the file. Raises FileExistsError where something is there.
    """
    target = _place(folder, name, known)
    try:
        os.link(source, target)
    except OSError as error:
        if error.errno not in (errno.EPERM, errno.EXDEV, errno.EMLINK, errno.ENOTSUP):
            raise
        shutil.copy2(source, target)
