"""The map sheets: static SVG behind the heading of a page, drawn at build time.

A sheet is a pure function of its arguments and of the base map, and gives the same bytes
in every run. It has no style of its own, no script and no ids but those of its dots: colours and widths
come from the classes of the theme (``grat``, ``land``, ``border``, ``here``, ``region``,
``halo`` and ``dot`` with a size, ``seek``, ``seekin``). The list on the page is its text alternative.

**Why it fills its place at every width.** The view box is only the part that has to be
seen: it stands whole at the right edge (``xMaxYMid meet``). Land and graticule are drawn far
beyond it, mostly to the left, and show wherever the place for the sheet is larger.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from math import ceil, log
from pathlib import Path
from typing import NamedTuple

import numpy as np
from markupsafe import Markup

from ...cache.disk_cache import DiskCache
from ...model.frozen import dataclass
from ...views.parts import MapPoint
from . import labels
from .basemap import Basemap, Land, Projected, Window, land_version, path_of_dots
from .labels import Dot, NamedDot
from .marks import dots, graticule, ground, marks, svg
from .projection import EqualEarth, Laea, Points
from .viewport import EUROPE, HEIGHT, WIDTH, Country, Nation, country_parts, degrees

_MASKED = Window(-220, -40, WIDTH + 6, HEIGHT + 40)
"""What is drawn where the theme fades the sheet out behind the heading."""
_OPEN = Window(-2300, -40, WIDTH + 6, HEIGHT + 40)
"""What is drawn where the land may be seen, faintly, behind the heading."""
_NAMES = Window(-120, 8, WIDTH - 10, HEIGHT - 8)
"""Where names stand on the sheet of a country."""

_EUROPE_LAND = (-32.0, 27.0, 70.0, 82.0)
"""West, south, east, north: the land a sheet of Europe may show. America would lie behind
the heading, on the sea."""
_IN_EUROPE = (-25.0, 34.0, 45.0, 72.0)
"""The places a sheet of Europe has room for; it reaches to Cyprus and the Caucasus."""

_CLOSEST = 2.4
"""The least kilometres per unit of a sheet of a part of Europe."""
_STEP = 1.2
"""Such a sheet is drawn in steps of scale, and of place, so that pages with nearly the same places share the
land: each next scale shows so much more."""
_GRID = 32
"""Its centre lies on a grid of so many units, so a place comes no nearer to the edge than 12."""

_CONTINENT = 5500.0
"""Kilometres: places no farther than that from their middle are shown without the rest of the world."""

_SEEK = 17.0
"""The radius of the ring around the city shown; its width does not shrink with the sheet."""
_OTHERS = 300
"""How many dots a city's sheet has at most for the other cities of its country."""


@dataclass(frozen=True, slots=True)
class _Background:
    """What the sheets of all cities that share a view have in common."""

    drawn: str
    names: tuple[NamedDot, ...]
    """The names that may stand on them, the heaviest first."""


class _Naming(NamedTuple):
    """Which places of a sheet are named, and where: see ``labels.place``."""

    area: Window
    most: int
    apart: float
    least: int = 0


class Sheets:
    """All sheets of one build.

    What many pages share is computed once: the parts of a country, the drawn land of a view and,
    for the cities of one country, everything but their own mark.
    """

    def __init__(self, basemap: Basemap, cache: Path | None = None) -> None:
        """Draw on the base map of the package, if what is drawn is to be kept in ``cache``, or on any."""
        self._basemap = basemap
        self._kept = DiskCache(cache, "land", land_version()) if cache else None
        self._countries: dict[str, Country] = {}
        self._nations: dict[tuple[str, int], Nation] = {}
        self._backgrounds: dict[tuple[int, Projected], tuple[Nation, _Background]] = {}
        self._lands: dict[tuple[Projected, Window, str | None, int], tuple[Land, str]] = {}
        self._cities: dict[tuple[tuple[MapPoint, ...], str], Markup] = {}

    def home(self, places: Sequence[MapPoint], label: str) -> Markup:
        """Europe, or where most of them lie, with all cities, three sizes of dots and a few names."""
        if not _european(places):
            return self._spread(places, label, _by_weight)
        view = Projected(EUROPE, 92, 99, 6.4, 390, 330)
        window, naming = Window(-1600, -60, 788, 720), _Naming(Window(-60, 24, 770, 644), 14, 70, 2)
        return self._sheet(view, window, places, label, _by_weight, naming, budget=16000, frame=(782, 660))

    def city(
        self, place: MapPoint | None, places: Sequence[MapPoint], country: str, label: str
    ) -> Markup | None:
        """A city in its country, with the country's other recorded cities.

        None for a city whose coordinates are not recorded. ``country`` is the ISO 3166-1
        alpha-2 code; one that the base map does not know gives a sheet without highlight. ``places`` are
        all recorded cities of the country; give the same tuple for each of them. The heaviest are named.
        """
        if place is None:
            return None
        nation = self._nation(country, places)
        if place.id not in nation.part_of:
            nation = self._nation(country, (*places, place))
        view = nation.view(place)
        shared = self._background(nation, view, country)
        x, y = view.place(place.lon, place.lat)
        names = [
            named.label
            for named in shared.names
            if named.dot.id != place.id and not labels.covers(named.box, Dot(x, y, _SEEK))
        ]
        at = path_of_dots([(x, y)])
        mark = "".join(f'<path class="dot {kind}" d="{at}"/>' for kind in ("seek", "seekin", "d3"))
        return svg(WIDTH, HEIGHT, label, shared.drawn + mark, names[:4])

    def _background(self, nation: Nation, view: Projected, country: str) -> _Background:
        key = id(nation), view
        if key not in self._backgrounds:
            land, grat = self._land(view, _MASKED, country, budget=2000)
            found = dots(view, nation.places, size=lambda _: 1, window=_MASKED, most=_OTHERS)
            # Two more than are shown: the city's own name stands in the heading, and its mark may cover one.
            names = labels.place([dot for _, dot in found], _NAMES, most=6, apart=90)
            # Regions would be one more thing on a small sheet; the country's own page has them.
            drawn = ground(replace(land, regions=""), grat) + marks(found)
            # The nation is kept with it: its id must not be given to another one.
            self._backgrounds[key] = nation, _Background(drawn, tuple(names))
        return self._backgrounds[key][1]

    def _nation(self, code: str, places: Sequence[MapPoint]) -> Nation:
        key = code, id(places)
        nation = self._nations.get(key)
        # A list may change, and the id of one that is gone may be given to another.
        if nation is None or nation.places is not places:
            nation = self._nations[key] = Nation(self._country(code), places)
        return nation

    def _country(self, code: str) -> Country:
        if code not in self._countries:
            self._countries[code] = Country(country_parts(self._basemap, code))
        return self._countries[code]

    def country(self, code: str, places: Sequence[MapPoint], label: str) -> Markup:
        """A country with its recorded cities, by weight."""
        return self._national(code, places, label, _by_weight, _MASKED)

    def _national(
        self,
        code: str,
        places: Sequence[MapPoint],
        label: str,
        size: Callable[[int], int],
        window: Window,
    ) -> Markup:
        view = Nation(self._country(code), places).view()
        return self._sheet(view, window, places, label, size, _Naming(_NAMES, 9, 40), here=code)

    def instrument(self, places: Sequence[MapPoint], label: str) -> Markup:
        """The cities of a network, charter or action, all with the same dot."""
        return self._spread(places, label, _alike)

    def topic(self, places: Sequence[MapPoint], label: str) -> Markup:
        """The cities with commitments in a topic, by their number."""
        return self._spread(places, label, _by_weight)

    def cities(self, places: Sequence[MapPoint], label: str) -> Markup:
        """All cities, by their number of commitments; for the indexes."""
        if (all_of_them := (tuple(places), label)) not in self._cities:
            self._cities[all_of_them] = self._spread(places, label, _by_weight, spare=0)
        return self._cities[all_of_them]

    def _spread(
        self, places: Sequence[MapPoint], label: str, size: Callable[[int], int], *, spare: float = 0.04
    ) -> Markup:
        """A sheet of the country that holds all places, of Europe, of another part of the world or of it all.

        Europe is shown when more than three of five places lie there. ``spare`` is the share of
        the places that may be left out where that brings the others nearer.
        """
        codes = self._basemap.countries_of(degrees(places))
        if len(codes) == 1:
            return self._national(codes.pop(), places, label, size, _OPEN)
        if _european(places):
            view = around([place for place in places if _in_europe(place)], spare)
        else:
            middle = _middle(places)
            far = np.hypot(*middle.forward(degrees(places)).T).max()
            if far > _CONTINENT:
                return self._world(places, label, size)
            view = around(places, spare, middle)
        naming = _Naming(Window(-60, 24, WIDTH - 12, HEIGHT - 16), 10, 55, 1)
        return self._sheet(view, _OPEN, places, label, size, naming, budget=9000)

    def _world(self, places: Sequence[MapPoint], label: str, size: Callable[[int], int]) -> Markup:
        """The inhabited world, whole at every width."""
        width = 812
        view = Projected(EqualEarth(), 0, 725, 43, width / 2, HEIGHT / 2)
        window, naming = Window(0, -40, width, HEIGHT + 40), Window(8, 8, width - 12, HEIGHT - 16)
        frame = width, HEIGHT
        return self._sheet(
            view, window, places, label, size, _Naming(naming, 7, 110), budget=9000, frame=frame
        )

    def _sheet(
        self,
        view: Projected,
        window: Window,
        places: Sequence[MapPoint],
        label: str,
        size: Callable[[int], int],
        naming: _Naming,
        *,
        here: str | None = None,
        budget: int = 5000,
        frame: tuple[int, int] = (WIDTH, HEIGHT),
    ) -> Markup:
        """Land, dots and names as a view shows them through a window; of Europe, only what lies there."""
        within = _EUROPE_LAND if here is None and view.projection == EUROPE else None
        land, grat = self._land(view, window, here, within=within, budget=budget)
        shown = [place for place in places if within is None or _in_europe(place)]
        found = dots(view, shown, size=size, window=window)
        names = labels.place([dot for _, dot in found], **naming._asdict())
        return svg(*frame, label, ground(land, grat) + marks(found), [named.label for named in names])

    def _land(
        self,
        view: Projected,
        window: Window,
        here: str | None,
        *,
        within: tuple[float, float, float, float] | None = None,
        budget: int = 5000,
    ) -> tuple[Land, str]:
        key = (view, window, here, budget)
        if key not in self._lands:
            draw = partial(_draw, self._basemap, view, window, here, within, budget)
            told = repr((view, window, here, within, budget))
            land, grat = json.loads(self._kept.get(told, draw) if self._kept else draw())
            self._lands[key] = Land(*land), grat
        return self._lands[key]


def _draw(
    basemap: Basemap,
    view: Projected,
    window: Window,
    here: str | None,
    within: tuple[float, float, float, float] | None,
    budget: int,
) -> str:
    """Draw the land and the graticule; as JSON, to be kept."""
    land = basemap.draw(view, window, here, within=within, budget=budget)
    return json.dumps([[land.around, land.borders, land.here, land.regions], graticule(view, window)])


def around(places: Sequence[MapPoint], spare: float, projection: Laea = EUROPE) -> Projected:
    """A view of a part of the world that holds the places, never closer than a middle-sized country.

    The share ``spare`` is left out where the others are then seen a quarter larger.
    """
    if not places:
        return Projected(projection, 0, 0, 8, WIDTH / 2, HEIGHT / 2)
    all_of_them = projection.forward(degrees(places))
    plane = _without_outliers(all_of_them, int(len(places) * spare))
    if _scale(plane) > _scale(all_of_them) / 1.25:
        plane = all_of_them
    (west, south), (east, north) = plane.min(axis=0), plane.max(axis=0)
    km = round(_CLOSEST * _STEP ** ceil(log(_scale(plane) / _CLOSEST, _STEP)), 3)
    grid = _GRID * km
    x, y = (round(round(float(middle) / 2 / grid) * grid, 3) for middle in (west + east, south + north))
    return Projected(projection, x, y, km, WIDTH / 2, HEIGHT / 2)


def _scale(plane: Points) -> float:
    """The kilometres per unit at which points fit into the view box."""
    wide, high = plane.max(axis=0) - plane.min(axis=0)
    return max(float(wide) / (WIDTH - 56), float(high) / (HEIGHT - 56), _CLOSEST)


def _without_outliers(plane: Points, number: int) -> Points:
    """The outer points without up to ``number`` of them, each time the one that narrows the view most."""
    # One more than may go on each side: what lies further in is never outmost.
    sides = np.argsort(np.column_stack((plane, -plane)), axis=0, kind="stable")[: number + 1]
    plane = plane[np.unique(sides)]
    for _ in range(number):
        outmost = sorted({int(i) for i in (*plane.argmin(axis=0), *plane.argmax(axis=0))})
        plane = min((np.delete(plane, i, axis=0) for i in outmost), key=_scale)
    return plane


def _in_europe(place: MapPoint) -> bool:
    west, south, east, north = _IN_EUROPE
    return west <= place.lon <= east and south <= place.lat <= north


def _european(places: Sequence[MapPoint]) -> bool:
    return sum(map(_in_europe, places)) > 0.6 * len(places) or not places


def _middle(places: Sequence[MapPoint]) -> Laea:
    """The projection centred on the places, at any longitude; in steps, so that pages share their land."""
    lon, lat = np.radians(degrees(places)).T
    x, y = (np.cos(lat) * np.cos(lon)).sum(), (np.cos(lat) * np.sin(lon)).sum()
    middle = float(np.degrees(np.arctan2(y, x))), float(np.degrees(lat.mean()))
    return Laea(*(10.0 * round(angle / 10) for angle in middle))


def _by_weight(weight: int) -> int:
    return 1 if weight < 2 else 2 if weight < 4 else 3


def _alike(_weight: int) -> int:
    return 2
