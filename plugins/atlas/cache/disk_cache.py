"""Disk cache of texts and bytes that are costly to work out, in a folder that may be deleted.

What they are worked out from stands in its cache key or in the version of the store, so that what is kept
is right or is not found. Another version makes a new store and removes the old one. Of what changes often,
only the last one is kept: what that was worked out from is said beside the key (``of``).
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path


class DiskCache:
    """A cache of texts under ``<kind>-<version>/``; a new version drops the old one."""

    def __init__(self, cache: Path, kind: str, version: str) -> None:
        """Name the store; ``version`` is a digest of all that its texts depend on beside their keys."""
        self._folder = cache / f"{kind}-{version[:12]}"
        self._cache = cache
        self._kind = kind

    def get(self, key: str, make: Callable[[], str], of: str = "") -> str:
        """Return the text of a key, and make it where it is not kept yet."""
        return self.get_bytes(key, lambda: make().encode(), of).decode()

    def get_bytes(self, key: str, make: Callable[[], bytes], of: str = "") -> bytes:
        """Return the bytes of a key, and make them where they are not kept yet."""
        content = self.find_bytes(key, of)
        if content is None:
            content = make()
            self.keep_bytes(key, content, of)
        return content

    def find(self, key: str, of: str = "") -> str | None:
        """Return the text of a key; None where none is kept, a damaged one, or one of something else."""
        content = self.find_bytes(key, of)
        return None if content is None else content.decode()

    def find_bytes(self, key: str, of: str = "") -> bytes | None:
        """Return the bytes of a key; None as for a text."""
        try:
            found, _, content = self._path(key).read_bytes().partition(b"\n")
        except OSError:
            return None
        return content if found == _digest(of, content) else None

    def _path(self, key: str) -> Path:
        return self._folder / hashlib.sha256(key.encode()).hexdigest()[:24]

    def keep(self, key: str, text: str, of: str = "") -> None:
        """Keep the text of a key in the place of any other one."""
        self.keep_bytes(key, text.encode(), of)

    def keep_bytes(self, key: str, content: bytes, of: str = "") -> None:
        """Keep the bytes of a key in the place of any other ones."""
        path = self._path(key)
        try:
            if not self._folder.is_dir():
                self._remove_others()
                self._folder.mkdir(parents=True, exist_ok=True)
            # Another process may be writing the same text; whoever is last wins, and each file is whole.
            new = path.with_name(f"{path.name}.{os.getpid()}")
            new.write_bytes(_digest(of, content) + b"\n" + content)
            os.replace(new, path)
        except OSError:
            pass  # a store that cannot be written keeps nothing, and the site is the same

    def _remove_others(self) -> None:
        for folder in self._cache.glob(f"{self._kind}-*"):
            if folder != self._folder:
                shutil.rmtree(folder, ignore_errors=True)


def _digest(of: str, content: bytes) -> bytes:
    return hashlib.sha256(of.encode() + content).hexdigest().encode()


def version(files: Iterable[Path], *more: str) -> str:
    """Return the digest of files, and of anything else that tells versions apart."""
    parts = [*(hashlib.sha256(file.read_bytes()).hexdigest() for file in files), *more]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
