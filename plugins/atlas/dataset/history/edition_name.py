"""The name of an edition: its day and a hash of the data, such as ``2026-11-22.3f9c2a1``."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date

DIGITS = 7
"""Of the hash, in hexadecimal: enough to tell the editions of one day apart, short enough to be quoted."""


def edition_name(day: date, files: Mapping[str, bytes]) -> str:
    """Return the name of the edition of ``day`` that consists of ``files``, by their paths below ``data/``.

    The hash is that of the list which ``sha256sum`` prints of the files in the order of their paths, so that
    anybody can work it out from a download. A byte-order mark and the line ends of another system, which the
    atlas reads over, change nothing.
    """
    lines = (f"{_sum(content)}  {path}\n" for path, content in sorted(files.items()))
    return f"{day.isoformat()}.{_sum(''.join(lines).encode())[:DIGITS]}"


def _sum(content: bytes) -> str:
    return hashlib.sha256(content.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")).hexdigest()
