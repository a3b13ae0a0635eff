"""The files of the interactive maps: their script, their data, their words and their base map."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

from ...cache.disk_cache import DiskCache, version
from ...output_paths import copy_file, write_file
from ...views.lens import Lens
from ...views.pages import map as mapview
from .basemap import GEO


def write(output: Path, lenses: Sequence[Lens], shapes: Mapping[str, str], cache: Path | None = None) -> None:
    """Write everything that interactive maps fetch below the output folder.

    ``shapes`` are the path data of the shapes of topics, as the theme draws them. The script is kept in
    ``cache`` for other builds.
    """
    for name in mapview.BASE:
        copy_file(output, f"{mapview.FOLDER}/{name}.geojson", GEO / f"{name}.geojson")
    write_file(output, mapview.SCRIPT, _script(cache).encode("utf-8"))
    for lens in lenses:
        _write_json(output, mapview.words_file(lens), mapview.map_words(lens, shapes))
    _write_json(output, mapview.DATA, mapview.map_data(lenses[0]))


def _script(cache: Path | None) -> str:
    """Return the script that folium writes, which is the same in every build."""

    def make() -> str:
        # Imported here: folium takes half a second, and is needed once.
        from .folium_map import script

        return script()

    if cache is None:
        return make()
    code = (Path(__file__).with_name("folium_map.py"), Path(mapview.__file__))
    libraries = (metadata.version(name) for name in ("folium", "branca", "jinja2"))
    return DiskCache(cache, "map", version(code, *libraries)).get("script", make)


def _write_json(output: Path, name: str, value: Any) -> None:
    write_file(output, name, (_json(value) + "\n").encode("utf-8"))


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
