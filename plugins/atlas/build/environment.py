"""What every page depends on beside the data: a digest of code, templates, libraries and settings."""

from __future__ import annotations

import hashlib
import os
import sys
import sysconfig
from collections.abc import Iterable, Mapping
from dataclasses import fields
from pathlib import Path

from ..cache.digests import digest
from ..languages.catalogue import OWN
from ..views.lens import Lens

CODE = Path(__file__).parent.parent


NOT_IN_PAGES = frozenset(
    ("ATLAS_CACHE", "ATLAS_SCHEDULER", "ATLAS_SEARCH", "ATLAS_URLS_LOCK", "ATLAS_WORKERS")
)
"""Settings of the atlas that change no page."""


def environment(
    lenses: Iterable[Lens], templates: Path, settings: Mapping[str, object], code: Path | None = None
) -> str:
    """Return the digest of all that is the same for every page of a build.

    ``settings`` are all settings of the site; those of the atlas count. ``code`` is the folder of the code of
    a blueprint that is not the atlas' own. The catalogues of the languages and
    the base map lie in the folder of the code; of a lens everything counts but the atlas, whose reading is
    noted row by row.
    """
    return digest(
        sys.version,
        sorted(_libraries()),
        _files(CODE),
        _files(OWN),
        _files(code) if code else [],
        _files(templates),
        sorted((name, repr(value)) for name, value in settings.items() if _counts(name)),
        [_lens(lens) for lens in lenses],
    )


def _counts(name: str) -> bool:
    return (name.startswith("ATLAS_") and name not in NOT_IN_PAGES) or name == "SITEURL"


def _lens(lens: Lens) -> list[tuple[str, object]]:
    return [(field.name, getattr(lens, field.name)) for field in fields(lens) if field.name != "atlas"]


def _libraries() -> Iterable[str]:
    """Yield the names of all installed packages with their versions, as the names of folders tell them."""
    for kind in {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}:
        yield from (name for name in os.listdir(kind) if name.endswith((".dist-info", ".egg-info")))


def _files(folder: Path) -> list[tuple[str, str]]:
    """Return the path and the digest of every file below a folder."""
    found = []
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for name in sorted(names):
            path = Path(parent, name)
            found.append((path.relative_to(folder).as_posix(), hashlib.sha256(path.read_bytes()).hexdigest()))
    return found
