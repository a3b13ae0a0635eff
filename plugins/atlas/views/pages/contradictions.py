"""Contradictions: everything on which sources differ, one row a question, to be narrowed and sorted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...languages.words import Link
from ...model.claim_ids import disputed_claim
from ...model.frozen import Frozen
from ..evidence import differences
from ..lens import Lens
from ..parts import Difference, PageView
from ..sections import page_frame


class Question(Frozen):
    """One question that sources answer differently."""

    anchor: str
    about: Link
    """The city, or the record where the question is about none."""
    instrument: Link | None
    difference: Difference
    country: str
    """ISO 3166-1 code of the city, or nothing."""
    instrument_id: str


class ContradictionsPage(PageView):
    """All of them, with the countries and instruments that they can be narrowed to."""

    questions: tuple[Question, ...]
    countries: tuple[tuple[str, str], ...]
    instruments: tuple[tuple[str, str], ...]


def contradictions_page(lens: Lens) -> ContradictionsPage:
    """Return the page of all contradictions: those of cities by country, then of networks and of actions."""
    lang, atlas = lens.lang, lens.atlas
    questions = sorted(
        _questions(lens),
        key=lambda one: (not one.country, lang.sort_key(one.about.text), one.instrument_id, one.anchor),
    )
    number = lang.phrase("contradictions/lead", len(questions))
    lead = (number, lang.t("All values are shown, the preferred one first; why is told on the page of each."))
    countries = {one.country for one in questions if one.country}
    instruments = {one.instrument_id for one in questions if one.instrument_id}

    def short(id: str) -> str:
        return lens.instrument_short(atlas.instruments[id])

    return ContradictionsPage(
        frame=page_frame(lens, "contradictions", "contradictions", lead=lead),
        questions=tuple(questions),
        countries=tuple((code, lang.country(code)) for code in lang.sorted_by_name(countries, lang.country)),
        instruments=tuple((id, short(id)) for id in lang.sorted_by_name(instruments, short)),
    )


def _questions(lens: Lens) -> Iterator[Question]:
    for record in lens.atlas.contradictions:
        about, instrument, city = _subject(lens, record)
        anchor = record.replace("/", "-").replace(":", "-")
        for number, difference in enumerate(differences(lens, record)):
            yield Question(
                anchor=f"{anchor}-{number}" if number else anchor,
                about=about,
                instrument=lens.instrument_link(instrument, short=True) if instrument and city else None,
                difference=difference,
                country=lens.atlas.cities[city].country if city else "",
                instrument_id=instrument,
            )


def _subject(lens: Lens, record: str) -> tuple[Link, str, str]:
    """Return what a contradiction is about, with the ids of its instrument and of its city."""
    kind, _, id = record.partition("/")
    link = lens.record_link(record)
    if kind == "commitments":
        city, instrument, _ = disputed_claim(record)
        return Link(text=lens.city_link(city).text, href=link.href), instrument, city
    if kind == "cities":
        return link, "", id
    if kind == "actions":
        action = lens.atlas.actions[id]
        return link, action.instrument or "", only(action.cities)
    return lens.instrument_link(id, short=True), id, ""


def only(cities: Iterable[str]) -> str:
    """Return the one city, or nothing where there are several."""
    first, *rest = (*cities, "")
    return "" if len(rest) > 1 else first
