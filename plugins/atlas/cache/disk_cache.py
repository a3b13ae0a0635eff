"""Disk cache of texts that are costly to work out, in a folder that may be deleted.

What a text is worked out from stands in its cache key or in the version of the store, so that what is kept
is right or is not found. Another version makes a new store and removes the old one. Of what changes often,
only the last text is kept: what that was worked out from is said beside the key (``of``).
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
        text = self.find(key, of)
        if text is None:
            text = make()
            self.keep(key, text, of)
        return text

    def find(self, key: str, of: str = "") -> str | None:
        """Return the text of a key; None where none is kept, a damaged one, or one of something else."""
        try:
            found, _, text = self._path(key).read_text("utf-8").partition("\n")
        except (OSError, ValueError):
            return None
        return text if found == _digest(of, text) else None

    def _path(self, key: str) -> Path:
        return self._folder / hashlib.sha256(key.encode()).hexdigest()[:24]

    def keep(self, key: str, text: str, of: str = "") -> None:
        """Keep the text of a key in the place of any other one."""
        path = self._path(key)
        try:
            if not self._folder.is_dir():
                self._remove_others()
                self._folder.mkdir(parents=True, exist_ok=True)
            # Another process may be writing the same text; whoever is last wins, and each file is whole.
            new = path.with_name(f"{path.name}.{os.getpid()}")
            new.write_text(f"{_digest(of, text)}\n{text}", "utf-8")
            os.replace(new, path)
        except OSError:
            pass  # a store that cannot be written keeps nothing, and the site is the same

    def _remove_others(self) -> None:
        for folder in self._cache.glob(f"{self._kind}-*"):
            if folder != self._folder:
                shutil.rmtree(folder, ignore_errors=True)


def _digest(of: str, text: str) -> str:
    return hashlib.sha256(f"{of}{text}".encode()).hexdigest()


def version(files: Iterable[Path], *more: str) -> str:
    """Return the digest of files, and of anything else that tells versions apart."""
    parts = [*(hashlib.sha256(file.read_bytes()).hexdigest() for file in files), *more]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
