"""The matrix of a comparison: cities in rows, instruments in columns, one state in every cell.

Five states and a sixth: committed, ended, checked and not committed, applied for, took part and,
where nothing is recorded of the pair, not checked. Columns in which none of the cities is
recorded are dropped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from ...cache.reads import Same, remembered
from ...languages.language import Language
from ...languages.words import Link
from ...model.dates import PartialDate
from ...model.frozen import Frozen
from ...model.grouping import grouped
from ...model.records import Atlas, City, Commitment, Instrument
from ..lens import Lens
from ..parts import Group, State

WIDE = 12
"""A table with more columns than this is printed as a list for each city."""

NAMED = 8
"""Up to so many instruments that are not checked are named in a city's list."""

LABEL = 46
"""How many characters of a name fit above a column."""


class CellPeriod(Frozen):
    """One recorded period of a city in an instrument, as a cell shows it."""

    state: State
    word: str
    """The state in words, for those who do not see the sign."""
    head: str
    """Large: the year, the years from and to, or a word."""
    rest: str
    """Small: what is known of the rest of the date."""
    iso: str | None
    """The date exactly as the source gives it."""
    href: str
    """The claim on the city's page, with its sources."""
    disputed: bool
    """Whether sources give different values for it."""


class Cell(Frozen):
    """What is recorded of one city in one instrument; without periods it is not checked."""

    instrument: str
    label: str
    periods: tuple[CellPeriod, ...]


class CityRow(Frozen):
    """One city."""

    id: str
    city: Link
    country: str
    """The name of its country, or empty where all cities of the table lie in one."""
    cells: tuple[Cell, ...]
    unchecked: str
    """In which instruments nothing is recorded of it: by name where they are few, else their number."""


class InstrumentColumn(Frozen):
    """One instrument."""

    id: str
    label: str
    """The acronym, or as much of the name as fits."""
    name: str
    """The full name."""
    href: str
    note: str
    """Its kind and, for what is signed, the year."""


class ComparisonTable(Frozen):
    """A comparison ready to show, and what was left out of it."""

    groups: tuple[Group[InstrumentColumn], ...]
    """The columns under their first topic; ``topic`` is None where an instrument has none."""
    rows: tuple[CityRow, ...]
    left_out: tuple[Link, ...]
    """Instruments in which none of the cities is recorded."""
    wide: bool

    @property
    def columns(self) -> tuple[InstrumentColumn, ...]:
        """Return all columns in their order."""
        return tuple(column for group in self.groups for column in group.entries)


# What is recorded


@remembered(2)
def refusals_of_city(atlas: Atlas) -> Mapping[str, tuple[Commitment, ...]]:
    """Return the refusals that the data records as actions, by city, as commitments that were declined.

    Only where no commitment of the pair is recorded. Their anchor is the path of the action.
    """
    recorded = {(c.instrument, c.city) for c in atlas.commitments}
    refused = (
        Commitment(
            instrument=action.instrument,
            city=city,
            status="declined",
            since=action.date,
            sources=action.sources,
            anchor=f"actions/{action.id}",
        )
        for action in atlas.actions.values()
        for city in action.cities
        if action.status == "refused" and action.instrument and (action.instrument, city) not in recorded
    )
    return {city: tuple(its) for city, its in grouped(refused, lambda one: one.city).items()}


# The table


def table(
    lens: Lens, cities: Sequence[City], instruments: Sequence[Instrument], *, first: str = ""
) -> ComparisonTable:
    """Return the comparison of these cities, in their order, by the instruments they are recorded in.

    ``first`` is the id of an instrument whose column leads, before its topic and its size.
    """
    held = [_periods(lens, city.id) for city in cities]
    numbers = Counter(id for its in held for id in its)
    sizes = {i.id: numbers[i.id] for i in instruments if numbers[i.id]}
    groups = columns_by_topic(lens, [lens.atlas.instruments[id] for id in sizes], sizes, first)
    columns = [column for group in groups for column in group.entries]
    several = len({city.country for city in cities}) > 1
    rows = []
    empty = {column.id: Cell(instrument=column.id, label=column.label, periods=()) for column in columns}
    for city, its in zip(cities, held, strict=True):
        cells = tuple(
            Cell(instrument=column.id, label=column.label, periods=its[column.id])
            if column.id in its
            else empty[column.id]
            for column in columns
        )
        rows.append(
            CityRow(
                id=city.id,
                city=lens.city_link(city.id),
                country=lens.lang.country(city.country) if several else "",
                cells=cells,
                unchecked=_unchecked(lens, [cell.label for cell in cells if not cell.periods]),
            )
        )
    missing = [i for i in instruments if i.id not in sizes]
    links = (lens.instrument_link(i.id) for i in missing)
    return ComparisonTable(
        groups=groups,
        rows=tuple(rows),
        left_out=tuple(lens.lang.sorted_by_name(links, lambda link: link.text)),
        wide=len(columns) > WIDE,
    )


def _unchecked(lens: Lens, labels: list[str]) -> str:
    if not labels:
        return ""
    if len(labels) <= NAMED:
        return lens.lang.t("Not checked: %(names)s.", names="; ".join(labels))
    return lens.lang.phrase("comparisons/not_checked", len(labels))


@remembered(1 << 15, whole=False)  # a city stands in the tables of its country, instruments and topics
def _periods(lens: Lens, city_id: str) -> Mapping[str, tuple[CellPeriod, ...]]:
    """Return everything recorded of a city, by the id of the instrument; refusals come last."""
    refused = refusals_of_city(lens.atlas).get(city_id, ())
    held = (*lens.atlas.commitments_of_city.get(city_id, ()), *refused)
    found = grouped(held, lambda one: one.instrument)
    return {id: tuple(period(lens, c) for c in in_order(lens, its)) for id, its in found.items()}


def columns_by_topic(
    lens: Lens, instruments: Iterable[Instrument], sizes: Mapping[str, int], first: str = ""
) -> tuple[Group[InstrumentColumn], ...]:
    """Group instruments by their first topic in the order of the vocabulary, the fullest column first."""
    lang = lens.lang
    by_topic: dict[str, list[Instrument]] = {topic: [] for topic in lens.atlas.vocabulary.topics}
    for instrument in instruments:
        by_topic.setdefault(instrument.topics[0] if instrument.topics else "", []).append(instrument)
    leading = next((topic for topic, members in by_topic.items() for i in members if i.id == first), None)
    if leading is not None:
        by_topic = {leading: by_topic[leading]} | by_topic
    groups = []
    for topic, members in by_topic.items():
        if members:
            members.sort(
                key=lambda i: (i.id != first, -sizes.get(i.id, 0), lang.sort_key(lens.instrument_short(i)))
            )
            tag = lens.topic(topic) if topic else None
            groups.append(
                Group(
                    # Translators: Heading of the last group of networks and charters: those without a
                    # topic.
                    heading=tag.label if tag else lang.t("Other"),
                    anchor=topic,
                    entries=tuple(_column(lens, instrument) for instrument in members),
                    topic=tag,
                )
            )
    return tuple(groups)


def _column(lens: Lens, instrument: Instrument) -> InstrumentColumn:
    return InstrumentColumn(
        id=instrument.id,
        label=shortened(lens.instrument_short(instrument)),
        name=lens.instrument_name(instrument).text,
        href=lens.instrument_link(instrument.id).href,
        note=lens.instrument_kind(instrument),
    )


def shortened(name: str, limit: int = LABEL) -> str:
    """Return a name of at most ``limit`` characters, cut after a word and marked where it is cut."""
    if len(name) <= limit:
        return name
    words = name[:limit].rsplit(" ", 1)[0].split(" ")
    # A label that ends in "of the…" or "w…" promises more than it gives.
    while len(words) > 1 and len(words[-1]) <= 3:
        words.pop()
    return " ".join(words).rstrip(",;:") + "…"


_ORDER: Sequence[State] = ("committed", "suspended", "pending", "participated", "ended", "declined")


def in_order(lens: Lens, commitments: Iterable[Commitment]) -> list[Commitment]:
    """Return commitments as a cell stacks them: what holds first, the newest before the older."""

    def key(commitment: Commitment) -> tuple[int, int, str]:
        since = commitment.since or commitment.until
        newest = -since.latest.toordinal() if since else 0
        return _ORDER.index(lens.state(commitment)), newest, commitment.anchor

    return sorted(commitments, key=key)


def period(lens: Lens, commitment: Commitment) -> CellPeriod:
    """Return one recorded period as a cell shows it."""
    return _period(lens, Same(commitment))


@remembered(1 << 15)  # of a city, its tables remember it longer
def _period(lens: Lens, which: Same) -> CellPeriod:
    commitment: Commitment = lens.lasting(which.one)
    state = lens.state(commitment)
    head, rest = _cell(lens, commitment, state)
    date = commitment.verified if commitment.status == "none" else commitment.since
    return CellPeriod(
        state=state,
        word=state_word(lens, state),
        head=head,
        rest=rest,
        iso=date.value if date and not date.open_start else None,
        href=_claim(lens, commitment),
        disputed=commitment.record in lens.atlas.contradictions
        or commitment.anchor in lens.atlas.contradictions,
    )


def _claim(lens: Lens, commitment: Commitment) -> str:
    """Return where the claim stands with its sources: on the city's page, a refusal on its own."""
    kind, _, action = commitment.anchor.partition("/")
    if action:
        return lens.href(kind, action)
    return lens.href("cities", commitment.city, commitment.anchor)


def state_word(lens: Lens, state: State) -> str:
    """Return the word for what a claim amounts to."""
    return lens.lang.named("table cell", state)


def _cell(lens: Lens, commitment: Commitment, state: State) -> tuple[str, str]:
    """Return what stands large and small in a cell, by what the claim amounts to."""
    lang, since = lens.lang, commitment.since
    match state:
        case "committed" if since:
            mark = lang.short_mark(since)
            return mark.year, mark.rest
        case "committed":
            return lang.p("table cell", "Yes"), _on(lang, None)
        case "suspended":
            rest = lang.t("member since %(year)s", year=lang.year(since)) if since else ""
            return lang.p("table cell", "Suspended"), rest
        case "participated":
            return lang.p("table cell", "Took part"), _on(lang, since)
        case "ended":
            return _ended(lang, since, commitment.until)
        case "declined" if commitment.status == "none":
            return _checked(lens, commitment)
        case "declined":
            head = lang.p("table cell", "Declined")
        case _ if commitment.status == "observer":
            head = lang.p("table cell", "Observer")
        case _:
            head = lang.p("table cell", "Applied")
    return head, _on(lang, since or commitment.decided)


def _on(lang: Language, date: PartialDate | None) -> str:
    return lang.short_date(date) if date else lang.t("date unknown")


def _ended(lang: Language, since: PartialDate | None, until: PartialDate | None) -> tuple[str, str]:
    if since is None and until is None:
        return lang.p("table cell", "Ended"), _on(lang, None)
    years = f"{lang.year(since) if since else '?'}–{lang.year(until) if until else '?'}"
    if since and until and since.year == until.year:
        years = lang.year(until)
    ended = lang.p("table cell", "ended")
    return years, ended if until else f"{ended}, {_on(lang, None)}"


def _checked(lens: Lens, commitment: Commitment) -> tuple[str, str]:
    """Return that a city is not in an instrument, as far as somebody looked."""
    lang, looked = lens.lang, commitment.verified
    rest = lang.p("table cell", "checked %(date)s", date=lang.short_date(looked)) if looked else ""
    if lens.atlas.instruments[commitment.instrument].family == "charter":
        return lang.p("table cell", "Not signed"), rest
    return lang.p("table cell", "Not a member"), rest
