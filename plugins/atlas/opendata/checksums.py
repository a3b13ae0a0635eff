"""The checksums of the files of a folder, as ``sha256sum -c`` reads them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

PATH = "data/SHA256SUMS"


def checksums(files: Mapping[str, bytes]) -> bytes:
    """Return a line for each of ``files``, by their paths below the folder that the list lies in."""
    return "".join(f"{sha256(content)}  {path}\n" for path, content in sorted(files.items())).encode()


def sha256(content: bytes) -> str:
    """Return the checksum in hexadecimal."""
    return hashlib.sha256(content).hexdigest()
