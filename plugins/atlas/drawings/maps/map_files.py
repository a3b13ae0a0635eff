"""The files of the interactive maps: their script, their data, their words and their base map."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from importlib import metadata
from pathlib import Path
from typing import Any

from ...cache.disk_cache import DiskCache, version
from ...languages import country_shapes
from ...languages.country_shapes import GEO
from ...views.lens import Lens
from ...views.pages import map as mapview


def assets(cache: Path | None = None) -> dict[str, str]:
    """Return the script of interactive maps and their land, both kept in ``cache``, by their paths."""
    land = {
        name: _kept(cache, name, partial(_land, number, cache)) for number, name in enumerate(mapview.LAND)
    }
    return {**land, mapview.SCRIPT: _kept(cache, "script", _script)}


def files(lens: Lens, lenses: Sequence[Lens], shapes: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the words of interactive maps in the language of a lens, and their data with the first one.

    ``shapes`` are the path data of the shapes of topics, as the theme draws them.
    """
    yield mapview.words_file(lens), _json(mapview.map_words(lens, shapes, [other.lang for other in lenses]))
    if lens is lenses[0]:
        yield mapview.DATA, _json(mapview.map_data(lens))


def _script() -> str:
    """Return the script that folium writes."""
    # Imported here: folium takes half a second, and is needed once.
    from .folium_map import script

    return script()


def _land(number: int, cache: Path | None) -> str:
    """Return the land of one of the files; what draws it takes a while to load as well."""
    from .basemap import Basemap
    from .outlines import EXACTNESS, outlines, packed

    exactness = EXACTNESS[number]
    lines = {kind: packed(found) for kind, found in outlines(Basemap.load(cache), exactness).items()}
    return _json({"scale": exactness.scale, **lines})


def _kept(cache: Path | None, name: str, make: Callable[[], str]) -> str:
    """Return what is the same in every build, and takes a while to make."""
    if cache is None:
        return make()
    modules = ("folium_map", "basemap", "outlines", "projection")
    code = (
        *(Path(__file__).with_name(f"{module}.py") for module in modules),
        Path(mapview.__file__),
        Path(country_shapes.__file__),
    )
    libraries = (metadata.version(library) for library in ("folium", "branca", "jinja2", "shapely"))
    return DiskCache(cache, "map", version((*code, *sorted(GEO.glob("*.*json"))), *libraries)).get(name, make)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")) + "\n"
