"""Cache busting: addresses of scripts, styles and fonts bear a hash of them all (``atlas.css?v=3f9c2a1b``).

Whoever serves the site may let them be kept for a year. The hash is a query and no part of the name of a
file, so that a page of a former edition, from a cache or a tab, still finds its files on any host.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

from ...model.records import Code
from ...output_paths import file_names, read_file, write_file
from .fonts import Part
from .npm_files import files
from .stylesheets import topic_colours

FOLDER = "theme/"
DIGITS = 8

_NAMED = re.compile(r'"((?:\.{1,2}|theme)/[\w./-]+\.(?:js|css|woff2))"')
"""What scripts and styles load, as they name it."""


def asset_version(theme: Path, root: Path, topics: Iterable[Code], faces: Iterable[Part]) -> str:
    """Return the hash of what all assets are made from."""
    static = theme / "static"
    sources = [(path.relative_to(static).as_posix(), path) for path in static.rglob("*") if path.is_file()]
    sources += [(name, root / "node_modules" / source) for name, source in files().items()]
    hashed = hashlib.sha256(topic_colours(topics).encode())
    for name, path in sorted(sources):
        hashed.update(name.encode() + hashlib.sha256(path.read_bytes()).digest())
    for part in faces:
        hashed.update(part.content.encode())
    return hashed.hexdigest()[:DIGITS]


def stamp(output: Path, version: str) -> None:
    """Write the version behind every address that a script or style of the site names."""
    for name in list(file_names(output / FOLDER)):
        if name.endswith((".js", ".css")) and not name.startswith("vendor/"):
            text = read_file(output, FOLDER + name).decode("utf-8")
            stamped = _NAMED.sub(rf'"\1?v={version}"', text)
            if stamped != text:
                write_file(output, FOLDER + name, stamped.encode("utf-8"))
