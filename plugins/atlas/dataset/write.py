"""Reads files of the dataset to edit them, and writes them: each one whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from ..errors import refused

NEW_FILE = 0o666
"""The mode of a file that did not exist, before the umask."""


def read_file(path: Path) -> bytes:
    """Return the bytes of a file that is about to be edited. Raises EnvironmentFault."""
    found = read_if_there(path)
    if found is None:
        raise refused(FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT)), path)
    return found


def read_if_there(path: Path) -> bytes | None:
    """Return the bytes of a file, or None where there is none. Raises EnvironmentFault."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise refused(error, path) from error


def write_files(contents: Mapping[Path, bytes]) -> None:
    """Write every file of ``contents``, or none where one of them cannot be written.

    The new texts are first written beside the old files and forced to the disk; only when
    all are there do they take the names of the old ones. A reader sees the old or the new
    file, never half of one. The mode of a file is kept. Missing folders are made. Raises
    EnvironmentFault.
    """
    staged: dict[Path, Path] = {}
    try:
        for path, data in contents.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            staged[path] = _beside(path, data)
        for path in list(staged):
            os.replace(staged[path], path)
            del staged[path]
        for folder in {path.parent for path in contents}:
            _force_folder(folder)
    except OSError as error:
        raise refused(error, error.filename or "write") from error
    finally:
        for left in staged.values():
            with suppress(OSError):
                left.unlink()


def _beside(path: Path, data: bytes) -> Path:
    """Return a new file in the folder of ``path`` that holds ``data`` and has the mode of ``path``."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".new", dir=path.parent)
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(beside, _mode(path))
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise
    return beside


def _mode(path: Path) -> int:
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except FileNotFoundError:
        umask = os.umask(0)
        os.umask(umask)
        return NEW_FILE & ~umask


def _force_folder(folder: Path) -> None:
    """Make the new names last through a power cut, where the system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
