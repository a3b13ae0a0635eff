"""Puts the files of npm packages that pages need into the output; none of them is committed."""

from __future__ import annotations

import shutil
from pathlib import Path

from .errors import EnvironmentFault

ATKINSON = "@fontsource/atkinson-hyperlegible"
BRYGADA = "@fontsource-variable/brygada-1918"
FONTS = "theme/fonts"
LEAFLET = "leaflet"
CLUSTERS = "leaflet.markercluster"
VENDOR = "theme/vendor"

# Polish and the other languages of Europe in Latin script need both subsets.
SUBSETS = ("latin", "latin-ext")

# Named in Leaflet's style sheet; the maps show none of them.
LEAFLET_IMAGES = ("layers", "layers-2x", "marker-icon")


def files() -> dict[str, str]:
    """Return, by its path in the output, the path of each file in node_modules."""
    atkinson = [f"atkinson-hyperlegible-{subset}-{w}-normal.woff2" for subset in SUBSETS for w in (400, 700)]
    brygada = [f"brygada-1918-{subset}-wght-normal.woff2" for subset in SUBSETS]
    leaflet = ("leaflet.js", "leaflet.css", *(f"images/{name}.png" for name in LEAFLET_IMAGES))
    clusters = ("leaflet.markercluster.js", "MarkerCluster.css")
    return {
        **{f"{VENDOR}/leaflet/{name}": f"{LEAFLET}/dist/{name}" for name in leaflet},
        f"{VENDOR}/leaflet/LICENSE.txt": f"{LEAFLET}/LICENSE",
        **{f"{VENDOR}/markercluster/{name}": f"{CLUSTERS}/dist/{name}" for name in clusters},
        f"{VENDOR}/markercluster/LICENSE.txt": f"{CLUSTERS}/MIT-LICENCE.txt",
        **{f"{FONTS}/{name}": f"{ATKINSON}/files/{name}" for name in atkinson},
        **{f"{FONTS}/{name}": f"{BRYGADA}/files/{name}" for name in brygada},
        f"{FONTS}/LICENSE-atkinson-hyperlegible.txt": f"{ATKINSON}/LICENSE",
        f"{FONTS}/LICENSE-brygada-1918.txt": f"{BRYGADA}/LICENSE",
    }


def install(output: Path, root: Path) -> list[Path]:
    """Copy the files from ``root/node_modules`` into ``output``; return the copies."""
    modules = root / "node_modules"
    copies = []
    for target, source in files().items():
        if not (modules / source).is_file():
            raise EnvironmentFault(f"node_modules/{source} is missing: run `make node_modules`")
        copy = output / target
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(modules / source, copy)
        copies.append(copy)
    return copies
