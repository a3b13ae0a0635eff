"""What the interactive maps show: the page of the map, its data, and its words in each language.

The data are the same for every language and every map: one file with all places, instruments and
commitments. Years are not worked out here but where they are chosen, in the browser; dates
are handed over exactly as precise as their sources give them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from ...cache.reads import remembered
from ...languages.capitals import renown
from ...languages.language import Language
from ...languages.script_words import script_words
from ...languages.words import Link
from ...model.dates import PartialDate
from ...model.frozen import Frozen
from ...model.records import City, Code, Commitment, Localized
from ..families import families
from ..lens import Lens
from ..parts import Choice, Group, MapPoint, PageView, Tally
from ..sections import page_frame

FURTHEST, NEAREST = 0, 9
"""The zoom levels between which a map can be moved; beyond, the base map (1 : 10 million) is coarse."""

FOLDER = "maps"
DATA = f"{FOLDER}/data.json"
"""Where in the output the script of the maps, their words and their base map lie."""
DATE = "%(date)s"
"""Stands in messages for what the browser fills in."""
SCRIPT = f"{FOLDER}/atlas.js"
LAND = tuple(f"{FOLDER}/{name}.json" for name in ("land", "continents", "coast"))
"""The land, for views of Europe or the world, of another continent, and finer for those of a country."""

COUNTRIES_FOLD_FROM = 300
"""From more cities than this the countries in the list below the map are folded."""


class Door(Frozen):
    """The way from the drawn map of a page to the interactive one."""

    script: str
    data: str
    words: str
    """Addresses of what the map is made of, from the root of the site."""
    land: str
    """Addresses of the land in each exactness, with commas between them."""
    page: Link
    """The page of the map, with what the other page is about chosen: ``?i=eccar``."""


class MapPage(PageView):
    """Everything that the page of the map shows, with and without a script."""

    topics: tuple[Choice, ...]
    instruments: tuple[Group[Choice], ...]
    """Networks, then charters."""
    statuses: tuple[Choice, ...]
    every_status: str
    """The ids of all statuses, as the address has them."""
    first_year: int
    last_year: int
    countries: tuple[Group[Tally], ...]
    many: bool
    """Whether the countries are folded at first."""
    unplaced: str | None
    """How many places cannot be drawn, in words."""
    places: tuple[MapPoint, ...]


def map_page(lens: Lens) -> MapPage:
    """Return the page of the map."""
    atlas, lang = lens.atlas, lens.lang
    shown, choices = _numbers(lens)
    unplaced = sum(city.lat is None or city.lon is None for city in atlas.cities.values())
    about = lang.phrase("map/lead")
    return MapPage(
        frame=page_frame(lens, "map", "map", lead=(shown,), description=about),
        **choices,
        every_status=",".join(sorted(atlas.vocabulary.statuses)),
        last_year=lens.as_of.year,
        countries=tuple(_countries(lens)),
        many=len(atlas.cities) > COUNTRIES_FOLD_FROM,
        unplaced=lang.phrase("map/unplaced", unplaced) if unplaced else None,
        places=lens.places(atlas.cities.values()),
    )


@remembered(4)
def _numbers(lens: Lens) -> tuple[str, dict[str, Any]]:
    """Return what all commitments amount to: the sentence about them, and what a view chooses among them."""
    atlas, lang = lens.atlas, lens.lang
    years = [date.year for c in atlas.commitments for date in (c.since, c.until) if date]
    held = lens.committed(atlas.commitments)
    cities = {commitment.city for commitment in held}
    topics = Counter(topic for c in held for topic in set(atlas.instruments[c.instrument].topics))
    statuses = Counter(c.status for c in atlas.commitments)
    countries = len({atlas.cities[id].country for id in cities})
    shown = lang.t(
        "%(places)s %(countries)s: %(commitments)s.",
        places=lang.n("%(num)s place", "%(num)s places", len(cities)),
        countries=lang.n("in %(num)s country", "in %(num)s countries", countries),
        commitments=lang.n("%(num)s commitment", "%(num)s commitments", len(held)),
    )
    # With those that have ended it is the number of all that were ever made.
    ended = sum(lens.state(c) == "ended" for c in atlas.commitments)
    more = lang.n("%(num)s more has ended.", "%(num)s more have ended.", ended)
    return f"{shown} {more}" if ended else shown, {
        "first_year": min((*years, lens.as_of.year)),
        "topics": _choices(lang, atlas.vocabulary.topics, topics),
        "instruments": tuple(_instruments(lens)),
        "statuses": _choices(lang, atlas.vocabulary.statuses, statuses),
    }


def _choices(lang: Language, codes: Mapping[str, Code], numbers: Counter[str]) -> tuple[Choice, ...]:
    """Return the codes that are numbered."""
    return tuple(
        Choice(id=id, text=lang.label(code), number=lang.number(numbers[id]))
        for id, code in codes.items()
        if numbers[id]
    )


def _instruments(lens: Lens) -> Iterable[Group[Choice]]:
    lang, atlas = lens.lang, lens.atlas
    for family in families(lens):
        found = [i for i in atlas.instruments.values() if lens.instrument_section(i) == family.section]
        rows = tuple(
            # The number is that of what is shown when it is chosen, whatever else is recorded.
            Choice(id=one.id, text=lens.instrument_short(one), number=lang.number(len(lens.committed(its))))
            for one in lang.sorted_by_name(found, lens.instrument_short)
            if (its := atlas.commitments_of_instrument.get(one.id))
        )
        if rows:
            yield lens.group(family.title, family.section, rows)


def _countries(lens: Lens) -> Iterable[Group[Tally]]:
    lang, atlas = lens.lang, lens.atlas
    for code in lang.sorted_by_name(atlas.cities_of_country, lang.country):
        cities = lang.sorted_by_name(atlas.cities_of_country[code], lens.city_name)
        yield Group(
            heading=lang.country(code),
            anchor=f"c-{code.lower()}",
            entries=tuple(
                Tally(
                    link=lens.city_link(city.id),
                    number=lang.number(len(lens.held(city.id))),
                    note=lang.t("place not on the map") if city.lat is None or city.lon is None else None,
                )
                for city in cities
            ),
            href=lens.href("countries", code.lower()),
            count=lang.number(len(cities)),
        )


# Maps of other pages


def door(lens: Lens, query: str = "") -> Door:
    """Return the way to an interactive map that shows what ``query`` chooses."""
    page = lens.href("map") + (f"?{query}" if query else "")
    return Door(
        script=SCRIPT,
        data=DATA,
        words=words_file(lens),
        land=",".join(LAND),
        page=Link(text=lens.lang.t("Full map"), href=page),
    )


# Data


def map_data(lens: Lens) -> dict[str, Any]:
    """Return what every map draws, the same in every language of the site.

    Tables hold columns of values, which compress better than rows, in the order of ``fields``; a row of one
    table names a row of another by its number. Dates are as in the dataset: ``2011`` is the whole of 2011.
    """
    atlas = lens.atlas
    places = {id: number for number, id in enumerate(atlas.cities)}
    instruments = {id: number for number, id in enumerate(atlas.instruments)}
    statuses = {id: number for number, id in enumerate(atlas.vocabulary.statuses)}
    return {
        "edition": lens.as_of.isoformat(),
        "topics": _table(("id", "shape"), ((id, code.shape) for id, code in atlas.vocabulary.topics.items())),
        "statuses": _table(("id", "state"), ((id, _state(lens, id)) for id in statuses)),
        "instruments": _table(
            ("id", "family", "kind", "topics", "acronym", "short", "names"),
            (
                (
                    *(i.id, i.family, i.kind, list(i.topics), i.acronym, dict(i.short) or None),
                    None if i.short or i.acronym else dict(i.names),
                )
                for i in atlas.instruments.values()
            ),
        ),
        "places": _table(
            ("id", "name", "names", "former", "country", "region", "lat", "lon", "until", "known"),
            map(_place, atlas.cities.values()),
        ),
        "commitments": _table(
            ("place", "instrument", "status", "since", "until", "anchor"),
            (
                (
                    *(places[c.city], instruments[c.instrument], statuses[c.status]),
                    *(_text(_since(lens, c)), _text(c.until)),
                    None if c.anchor == c.instrument else c.anchor,
                )
                # In an order in which neighbours are alike.
                for c in sorted(
                    atlas.commitments,
                    key=lambda c: (instruments[c.instrument], _text(_since(lens, c)) or "", places[c.city]),
                )
            ),
        ),
        "actions": _table(
            ("id", "places"),
            ((a.id, [places[city] for city in a.cities]) for a in atlas.actions.values() if a.cities),
        ),
    }


def _table(fields: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> dict[str, Any]:
    columns = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in fields]
    return {"fields": list(fields), "columns": columns}


def _place(c: City) -> tuple[Any, ...]:
    return (
        c.id,
        c.name,
        _other_names(c.name, c.names),
        [name for _, name in c.names_before] or None,
        c.country,
        c.region,
        None if c.lat is None else round(c.lat, 2),
        None if c.lon is None else round(c.lon, 2),
        _text(c.until),
        round(10 * renown(c)),
    )


def _state(lens: Lens, status: str) -> str:
    return lens.state(Commitment(instrument="", city="", status=status))


def _since(lens: Lens, commitment: Commitment) -> PartialDate | None:
    """The date from which a commitment counts; what never counted goes by when it was seen."""
    if _state(lens, commitment.status) in ("declined", "pending", "participated"):
        return commitment.since or commitment.decided or commitment.verified
    return commitment.since


def _text(date: PartialDate | None) -> str | None:
    return str(date) if date else None


def _other_names(name: str, names: Localized) -> dict[str, str] | None:
    return {code: other for code, other in names.items() if other != name} or None


# Words


def words_file(lens: Lens) -> str:
    """Return where the words of the maps in the language of this lens lie."""
    return f"{FOLDER}/words.{lens.lang.code}.json"


def map_words(lens: Lens, shapes: Mapping[str, str], others: Iterable[Language] = ()) -> dict[str, Any]:
    """Return all that a map says in one language, and the shapes of topics, as the theme draws them.

    The scripts hold no words of their own. A country is found by its names in the ``others`` languages, too.
    """
    atlas, lang = lens.atlas, lens.lang
    return {
        "lang": lang.locale.language + (f"-{lang.locale.territory}" if lang.locale.territory else ""),
        "code": lang.code,
        "city": lens.href("cities", "ID"),
        "shapes": dict(shapes),
        "topics": {id: lang.label(code) for id, code in atlas.vocabulary.topics.items()},
        "statuses": {id: lang.label(code) for id, code in atlas.vocabulary.statuses.items()},
        "kinds": {id: lang.label(code) for id, code in atlas.vocabulary.instrument_kinds.items()},
        "actions": {
            a.id: lens.record_link(f"actions/{a.id}").text for a in atlas.actions.values() if a.cities
        },
        "countries": {code: lang.country(code) for code in atlas.cities_of_country},
        "elsewhere": {
            code: sorted({other.country(code) for other in others} - {lang.country(code)})
            for code in atlas.cities_of_country
        },
        "regions": {
            city.region: lens.region_name(city.region) for city in atlas.cities.values() if city.region
        },
        **script_words(lang, "map"),
        "approximately": lang.p("approximate date", "%(date)s, approximately", date=DATE),
        "uncertain": lang.p("uncertain date", "%(date)s, uncertain", date=DATE),
        "or_earlier": lang.or_earlier(DATE),
        **script_words(lang, "map_dates_and_controls"),
    }
