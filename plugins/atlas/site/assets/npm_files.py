"""Puts the files of npm packages that pages need as they are into the output; none of them is committed."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from ...errors import EnvironmentFault
from ...languages.wordings import packaged
from ...output_paths import copy_file
from ...views.pages.licences import Carried
from .fonts import ATKINSON, BRYGADA
from .fonts import FOLDER as FONTS

LEAFLET = "leaflet"
VENDOR = "theme/vendor"

# Named in Leaflet's style sheet; the maps show none of them.
LEAFLET_IMAGES = ("layers", "layers-2x", "marker-icon")

_LICENCES = packaged(Path(__file__).with_name("carried.yaml"))
OURS: Final = tuple(Carried(**one) for one in _LICENCES["ours"].values())
CARRIED: Final = tuple(Carried(name=name, **one) for name, one in _LICENCES["others"].items())
"""What a site carries of ours and of others, these packages among it, with the licences of all."""


def files() -> dict[str, str]:
    """Return, by its path in the output, the path of each file in node_modules.

    Faces are none of them: they are cut from what is there (see ``typefaces``).
    """
    leaflet = ("leaflet.js", "leaflet.css", *(f"images/{name}.png" for name in LEAFLET_IMAGES))
    return {
        **{f"{VENDOR}/leaflet/{name}": f"{LEAFLET}/dist/{name}" for name in leaflet},
        f"{VENDOR}/leaflet/LICENSE.txt": f"{LEAFLET}/LICENSE",
        f"{FONTS}/LICENSE-atkinson-hyperlegible.txt": f"{ATKINSON}/LICENSE_FONT",
        f"{FONTS}/LICENSE-brygada-1918.txt": f"{BRYGADA}/LICENSE_FONT",
    }


def install(output: Path, root: Path) -> list[Path]:
    """Copy the files from ``root/node_modules`` into ``output``; return the copies."""
    modules = root / "node_modules"
    copies = []
    for target, source in files().items():
        if not (modules / source).is_file():
            raise EnvironmentFault(f"node_modules/{source} is missing: run `make node_modules`")
        copies.append(copy_file(output, target, modules / source))
    return copies
