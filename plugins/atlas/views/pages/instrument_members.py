"""The list of an instrument's members: by country, on as many pages as it needs, then what does not hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from ...cache.reads import remembered
from ...model.grouping import grouped
from ...model.records import Commitment, Instrument
from .. import evidence
from ..lens import Lens
from ..paging import MorePage, Pieces, further_pages, more_page, numbered, page_links, paginate
from ..parts import Claim, Group
from ..sections import section_link


def instrument_pages(lens: Lens) -> Iterator[str]:
    """Yield the further pages of the instruments with long lists of members, as ``eccar/2``."""
    yield from further_pages(lens.atlas.commitments_of_instrument, lambda id: _cut(lens, id))


def more_of_instrument(lens: Lens, id: str) -> MorePage:
    """Return a further page of the members of an instrument."""
    id, _, part = id.partition("/")
    number, instrument = int(part), lens.atlas.instruments[id]
    section = lens.instrument_section(instrument)
    return more_page(
        lens,
        member_pieces(lens, id, number),
        name=lens.instrument_short(instrument),
        section=section,
        id=numbered(id, number),
        crumbs=(
            section_link(lens, section),
            lens.instrument_link(id, short=True),
        ),
        heading=members_title(lens, instrument),
        signed=instrument.family == "charter",
        members=members_on(lens, id, number),
        former=former_claims(lens, id, number),
    )


def former_on(lens: Lens, id: str) -> tuple[Commitment, ...]:
    """Return the commitments whose whole register stands on a page of an instrument."""
    instrument, _, part = id.partition("/")
    return _on_page(lens, instrument, int(part or 1)).get("", ())


def _by_city(lens: Lens) -> Callable[[Commitment], tuple[object, str]]:
    return lambda c: (lens.lang.sort_key(lens.city_name(lens.atlas.cities[c.city])), c.anchor)


def members_title(lens: Lens, instrument: Instrument) -> str:
    """Return what those who have joined are called: members of a network, signatories of a charter."""
    return lens.lang.t("Signatories") if instrument.family == "charter" else lens.lang.t("Members")


@remembered(512)
def _cut(lens: Lens, id: str) -> tuple[dict[str, list[str]], ...]:
    """Return what is recorded in an instrument by country, page by page; last, under nothing, what does not
    hold. It is named by its number among all that is recorded in it."""
    atlas, lang = lens.atlas, lens.lang
    held = atlas.commitments_of_instrument.get(id, ())
    by_city = _by_city(lens)
    order = sorted(range(len(held)), key=lambda number: by_city(held[number]))

    def group(number: str) -> str:
        one = held[int(number)]
        return atlas.cities[one.city].country if lens.state(one) == "committed" else ""

    found = grouped(map(str, order), group)
    countries = lang.sorted_by_name(filter(None, found), lang.country)
    return tuple(paginate({key: found[key] for key in (*countries, "") if key in found}))


@remembered(1024)
def _on_page(lens: Lens, id: str, number: int) -> Mapping[str, tuple[Commitment, ...]]:
    """Return what stands on a page of the list, by country as it is cut."""
    held = lens.atlas.commitments_of_instrument.get(id, ())
    piece = _cut(lens, id)[number - 1]
    return {country: tuple(held[int(each)] for each in its) for country, its in piece.items()}


def member_pieces(lens: Lens, id: str, number: int) -> Pieces | None:
    """Return the ways between the pages of the list; None where it stands on one page."""
    section = lens.instrument_section(lens.atlas.instruments[id])
    return page_links(
        lens,
        _cut(lens, id),
        number,
        lambda code: lens.lang.country(code) if code else lens.lang.t("Not committed today"),
        lambda page: lens.href(section, numbered(id, page)),
    )


def former_claims(lens: Lens, id: str, number: int) -> tuple[Claim, ...]:
    """Return what does not hold, of a page of the list: who left, declined or has only applied."""
    return tuple(evidence.claim(lens, c, on_city=False) for c in former_on(lens, numbered(id, number)))


def members_on(lens: Lens, id: str, number: int) -> tuple[Group[Claim], ...]:
    """Return the current members of a page of the list, by country in the order of the language."""
    return tuple(
        lens.group(
            (link := lens.country_link(country)).text,
            country.lower(),
            (evidence.claim(lens, one, on_city=False) for one in those),
            link.href,
        )
        for country, those in _on_page(lens, id, number).items()
        if country
    )
