"""Ready-made comparisons of a country, a network or a charter, and the list of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Literal

from ...cache.reads import remembered
from ...languages.wordings import plurals
from ...languages.words import Link, Words
from ...model.frozen import Frozen
from ...model.grouping import grouped
from ...model.records import Atlas
from ..analysis.comparison_table import ComparisonTable, InstrumentColumn, columns_by_topic, table
from ..families import families
from ..lens import Lens
from ..paging import Pieces, numbered, page_links, paginate, title
from ..parts import Group, PageView, Tally
from ..sections import page_frame, section_link

LONGEST = 120
"""How many cities one page compares; more are spread over several pages."""

MOST_PLACES = 8
"""How many places a chosen comparison sets side by side."""

EXAMPLE = 5
"""How many cities the example on the page of choices has."""

Kind = Literal["country", "instrument"]


class ComparisonPage(PageView):
    """A ready-made table, or one part of a long one."""

    heading: str
    full_name: Words | None
    """The full name of the instrument where the heading has its acronym."""
    subject: Link
    """What all these cities share: the country, the network or charter."""
    table: ComparisonTable
    pieces: Pieces | None
    """The pages of a long table."""
    data: Link
    """Where all the data can be had."""
    others: tuple[Link, ...]
    """Other ready-made tables that go with this one."""


class ComparePage(PageView):
    """The list of ready-made tables and, with script, the choice of places."""

    tables: tuple[Group[Tally], ...]
    groups: tuple[Group[InstrumentColumn], ...]
    """Every column that a chosen table may have."""
    most: int
    """How many places can be chosen."""
    example: tuple[str, ...]
    """The ids of places that are shown while none is chosen."""
    example_says: str


class Subject(Frozen):
    """What a ready-made table is about. Pages that only name it have not read which cities it has."""

    kind: Kind
    id: str
    """The id of the country (upper case) or instrument."""

    @property
    def address(self) -> str:
        """Its id among the tables, where two letters are those of a country alone."""
        return f"instrument-{self.id}" if self.kind == "instrument" and len(self.id) == 2 else self.id.lower()


# Which tables there are


@remembered(2)
def subjects(atlas: Atlas) -> tuple[Subject, ...]:
    """Return all ready-made tables: two cities at least, and something recorded of them."""
    found: list[tuple[Kind, str]] = [
        *(("country", code) for code in sorted(atlas.cities_of_country)),
        *(("instrument", id) for id in atlas.instruments),
    ]
    return tuple(Subject(kind=kind, id=id) for kind, id in found if len(_cities(atlas, kind, id)) > 1)


@remembered(1024)
def _cities(atlas: Atlas, kind: Kind, id: str) -> tuple[str, ...]:
    """Return the ids of the recorded cities of a country, or of those recorded in an instrument."""
    found = (
        (city.id for city in atlas.cities_of_country[id] if city.id in atlas.commitments_of_city)
        if kind == "country"
        else (c.city for c in atlas.commitments_of_instrument.get(id, ()) if c.city in atlas.cities)
    )
    return tuple(dict.fromkeys(found))


def table_link(lens: Lens, kind: Kind, id: str) -> Link | None:
    """Return the link to the table of a country or instrument, or None where there is none."""
    subject = next((s for s in subjects(lens.atlas) if (s.kind, s.id) == (kind, id)), None)
    if subject is None:
        return None
    return Link(text=_heading(lens, subject), href=lens.href("compare", subject.address))


def _name(lens: Lens, subject: Subject) -> Link:
    """Return the name of what a table is about, linked to its own page."""
    if subject.kind == "country":
        return lens.country_link(subject.id)
    return lens.instrument_link(subject.id, short=True)


def _heading(lens: Lens, subject: Subject) -> str:
    lang, name = lens.lang, _name(lens, subject).text
    if subject.kind == "country":
        return lang.t("Cities compared: %(name)s", name=name)
    if lens.atlas.instruments[subject.id].family == "charter":
        return lang.t("Signatories compared: %(name)s", name=name)
    return lang.t("Members compared: %(name)s", name=name)


# Pages


@remembered(2)
def comparison_parts(atlas: Atlas) -> Mapping[str, tuple[Subject, int]]:
    """Return what the table is about, and the number of every page of one, by the page's id."""
    return {
        numbered(subject.address, number): (subject, number)
        for subject in subjects(atlas)
        for number, _ in enumerate(_cut(atlas, subject.kind, subject.id), start=1)
    }


@remembered(1024)
def _cut(atlas: Atlas, kind: Kind, id: str) -> tuple[dict[str, list[str]], ...]:
    """Return the ids of the cities of a table, page by page: by country or, of one country, by letter.

    The order is that of codes and ids, so that a page holds the same cities in every language.
    """
    cities = sorted(
        (atlas.cities[city] for city in _cities(atlas, kind, id)), key=lambda city: (city.country, city.id)
    )
    one_country = len({city.country for city in cities}) == 1
    groups = grouped(cities, lambda city: city.id[0].upper() if one_country else city.country)
    return tuple(paginate({key: [city.id for city in its] for key, its in groups.items()}, LONGEST))


def _pieces(lens: Lens, subject: Subject, number: int) -> Pieces | None:
    return page_links(
        lens,
        _cut(lens.atlas, subject.kind, subject.id),
        number,
        lambda group: group if len(group) == 1 else lens.lang.country(group),  # a letter, or a country
        lambda page: lens.href("compare", numbered(subject.address, page)),
    )


def comparison_page(lens: Lens, id: str) -> ComparisonPage:
    """Return one page of a ready-made table; the long ones are split into several."""
    lang, (subject, number) = lens.lang, comparison_parts(lens.atlas)[id]
    piece = _cut(lens.atlas, subject.kind, subject.id)[number - 1]
    ordered = sorted(
        (lens.atlas.cities[id] for its in piece.values() for id in its),
        key=lambda c: (lang.sort_key(lang.country(c.country)), lang.sort_key(lens.city_name(c))),
    )
    first = subject.id if subject.kind == "instrument" else ""
    built = table(lens, ordered, [*lens.atlas.instruments.values()], first=first)
    heading = _heading(lens, subject)
    lead = _lead(lens, built)
    return ComparisonPage(
        frame=page_frame(
            lens,
            "comparison",
            "compare",
            id,
            title=comparison_title(lens, id),
            lead=lead,
            description=f"{heading.rstrip('.')}. {lead[0]}",
        ),
        heading=heading,
        full_name=lens.instrument_full(lens.atlas.instruments[first]) if first else None,
        subject=_name(lens, subject),
        table=built,
        pieces=_pieces(lens, subject, number),
        data=section_link(lens, "data"),
        others=_others(lens, subject),
    )


def comparison_title(lens: Lens, id: str) -> str:
    """Return the title of one page of a ready-made table."""
    subject, number = comparison_parts(lens.atlas)[id]
    return title(lens, _heading(lens, subject), number)


def _lead(lens: Lens, built: ComparisonTable) -> tuple[str, ...]:
    lang, n = lens.lang, lens.lang.n
    columns = built.columns
    states = Counter(
        cell.periods[0].state if cell.periods else "unknown" for r in built.rows for cell in r.cells
    )
    said = [n(*words, states[state]) for state, words in plurals("compared").items() if states[state]]
    lead = [
        lang.t(
            "%(cities)s beside %(instruments)s: %(said)s.",
            cities=n("%(num)s city", "%(num)s cities", len(built.rows)),
            instruments=n("%(num)s network or charter", "%(num)s networks and charters", len(columns)),
            said=lang.join(said),
        )
    ]
    if states["unknown"]:
        lead.append(lang.phrase("comparisons/unchecked", states["unknown"]))
    return tuple(lead)


def _others(lens: Lens, subject: Subject) -> tuple[Link, ...]:
    """Return the tables of the countries that an instrument is open to, or the other way round."""
    instruments = lens.atlas.instruments
    if subject.kind == "instrument":
        found = (table_link(lens, "country", code) for code in instruments[subject.id].open_to)
    else:
        found = (
            table_link(lens, "instrument", id) for id, one in instruments.items() if subject.id in one.open_to
        )
    return tuple(link for link in found if link)


def compare_page(lens: Lens) -> ComparePage:
    """Return the page with the list of ready-made tables, on which places can be chosen."""
    atlas, lang = lens.atlas, lens.lang
    headings = {
        "country": lang.t("By country"),
        **{family.id: family.members for family in families(lens)},
    }
    family, instruments = atlas.vocabulary.family, atlas.instruments
    by_kind = grouped(
        subjects(atlas), lambda s: family(instruments[s.id]) if s.kind == "instrument" else s.kind
    )
    lead = lang.phrase("comparisons/lead")
    network, example = _example(lens)
    return ComparePage(
        frame=page_frame(lens, "compare", "compare", lead=(lead,)),
        tables=tuple(
            lens.group(
                heading,
                kind,
                (_entry(lens, s) for s in lang.sorted_by_name(by_kind[kind], lambda s: _name(lens, s).text)),
            )
            for kind, heading in headings.items()
            if kind in by_kind
        ),
        groups=columns_by_topic(
            lens,
            (i for i in atlas.instruments.values() if i.id in atlas.commitments_of_instrument),
            _sizes(atlas),
        ),
        most=MOST_PLACES,
        example=example,
        example_says=lang.phrase(
            "comparisons/example", network=lens.instrument_short(atlas.instruments[network])
        )
        if example
        else "",
    )


@remembered(2)
def _sizes(atlas: Atlas) -> Mapping[str, int]:
    """Return how many commitments each instrument has."""
    return {id: len(commitments) for id, commitments in atlas.commitments_of_instrument.items()}


@remembered(4)
def _example(lens: Lens) -> tuple[str, tuple[str, ...]]:
    """Return a network of one country and the ids of its cities with most commitments.

    It is the network whose leading cities have most together, so that a table of them says something.
    """
    atlas = lens.atlas
    held = {
        city: len({c.instrument for c in lens.committed(its)})
        for city, its in atlas.commitments_of_city.items()
    }
    found: list[tuple[int, str, tuple[str, ...]]] = []
    for id, its in atlas.commitments_of_instrument.items():
        cities = {c.city for c in lens.committed(its)}
        one_country = len({atlas.cities[city].country for city in cities}) == 1
        if atlas.instruments[id].family == "network" and one_country and len(cities) > 1:
            leading = sorted(cities, key=lambda city: (-held[city], city))[:EXAMPLE]
            found.append((-sum(held[city] for city in leading), id, tuple(leading)))
    return min(found)[1:] if found else ("", ())


def _entry(lens: Lens, subject: Subject) -> Tally:
    return Tally(
        link=Link(text=_name(lens, subject).text, href=lens.href("compare", subject.address)),
        number=lens.lang.number(len(_cities(lens.atlas, subject.kind, subject.id))),
        topic=lens.topic_of(subject.id) if subject.kind == "instrument" else None,
    )
