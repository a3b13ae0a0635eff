"""A network's or charter's page: what a city takes on, who has, since when, who counts them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...cache.reads import remembered
from ...languages import record_parts, summaries
from ...languages.language import UNDETERMINED
from ...languages.words import Link, Words
from ...model.frozen import Frozen
from ...model.grouping import grouped
from ...model.records import Commitment, Count, Host, Instrument
from .. import evidence
from ..analysis.accessions import Accessions, accessions
from ..analysis.obligations import DueTable, instrument_dues
from ..analysis.reconciliation import ListComparison, compare_lists
from ..families import Family, counted, family_of
from ..lens import Lens
from ..paging import Pieces
from ..parts import (
    ActionEntry,
    Claim,
    Difference,
    Fact,
    Group,
    MapPoint,
    PageView,
    RecordLinks,
    SourceRef,
    Tally,
    TopicTag,
    fact,
)
from ..sections import page_frame
from .comparison import table_link
from .instrument_members import former_claims, member_pieces, members_on, members_title


class ObligationItem(Frozen):
    """What a city takes on, and by when."""

    anchor: str
    text: Words
    due: str | None
    sources: tuple[SourceRef, ...]


class StatedCount(Frozen):
    """A number of members that a source gives, as of its own day."""

    on: str
    members: str
    note: Words | None
    scope: Words | None
    sources: tuple[SourceRef, ...]


class HostCity(Frozen):
    """A city that hosted a conference of the instrument."""

    city: Link
    when: str
    note: Words | None
    sources: tuple[SourceRef, ...]


class InstrumentPage(PageView):
    """Everything that an instrument's page shows."""

    name: str
    """The acronym or short name that heads the page."""
    full_name: str | None
    """The full name where the heading is an acronym."""
    lang: str | None
    """The language of the full name where it has none in that of the page."""
    summary: Words | None
    facts: tuple[Fact, ...]
    topics: tuple[TopicTag, ...]
    obligations: tuple[ObligationItem, ...]
    dues: tuple[DueTable, ...]
    """What falls due for its cities, and whether anything is recorded that fulfils it."""
    counts: tuple[StatedCount, ...]
    accessions: Accessions | None
    members_title: str
    """"Members" or "Signatories", by family."""
    signed: bool
    """Whether the dates of its members are those of signatures."""
    members: tuple[Group[Claim], ...]
    """Current members by country, in the order of the page's language."""
    former: tuple[Claim, ...]
    """Cities that left, declined or have only applied."""
    pieces: Pieces | None
    """The pages of the list of all these, where it is long; this is the first."""
    actions: tuple[ActionEntry, ...]
    hosts: tuple[HostCity, ...]
    differences: tuple[Difference, ...]
    beside: ListComparison | None
    """Our list beside its own, where a contributor has stored that."""
    sources: tuple[SourceRef, ...]
    note: Words | None
    places: tuple[MapPoint, ...]
    compare: Link | None
    """The table of its cities side by side, where there is one."""
    suggest: Link
    """The form for suggestions, with this instrument chosen."""
    record: RecordLinks


class InstrumentIndex(PageView):
    """The list of all networks, or of all charters, by kind."""

    find: str
    """What the field is called that narrows the list."""
    groups: tuple[Group[Tally], ...]


def instrument_page(lens: Lens, instrument_id: str) -> InstrumentPage:
    """Return the page of one network or charter."""
    atlas, lang = lens.atlas, lens.lang
    instrument = atlas.instruments[instrument_id]
    name = lens.instrument_name(instrument)
    short = lens.instrument_short(instrument)
    commitments = atlas.commitments_of_instrument.get(instrument_id, ())
    standing = lens.committed(commitments)
    recorded, past = recorded_cities(lens, instrument.id), _past(lens, commitments)
    coverage = covered(lens, instrument) if recorded or (instrument.quoted_count and not past) else past
    return InstrumentPage(
        frame=page_frame(
            lens,
            "instrument",
            lens.instrument_section(instrument),
            instrument_id,
            title=name.text if short == name.text else f"{short}: {name.text}",
            lead=_lead(lens, standing, coverage, past),
            description=f"{name.text.rstrip('.')}. {coverage}" if recorded or past else name.text,
        ),
        # The page itself is headed by its full name, unless it goes by its acronym.
        name=instrument.acronym or name.text,
        full_name=name.text if instrument.acronym not in (None, name.text) else None,
        lang=name.lang,
        summary=lang.words(instrument.summary),
        facts=tuple(_facts(lens, instrument)),
        topics=lens.topics(instrument.topics),
        obligations=tuple(_obligations(lens, instrument)),
        dues=instrument_dues(lens, instrument_id),
        counts=tuple(_stated(lens, count) for count in instrument.counts),
        accessions=accessions(lens, instrument),
        members_title=members_title(lens, instrument),
        signed=instrument.family == "charter",
        members=members_on(lens, instrument_id, 1),
        former=former_claims(lens, instrument_id, 1),
        pieces=member_pieces(lens, instrument_id, 1),
        actions=evidence.actions(lens, atlas.actions_of_instrument.get(instrument_id, ())),
        hosts=tuple(_hosted(lens, host) for host in instrument.hosts),
        differences=evidence.differences(lens, f"instruments/{instrument_id}", f"counts/{instrument_id}"),
        beside=compare_lists(lens, instrument_id),
        sources=evidence.sources(lens, instrument.sources),
        note=lang.words(instrument.note),
        compare=table_link(lens, "instrument", instrument_id),
        suggest=Link(text=lang.t("Suggest a city"), href=lens.suggest_href(instrument=instrument_id)),
        record=lens.record(f"instruments/{instrument_id}", instrument.place),
        places=lens.places(
            (atlas.cities[c.city] for c in standing), dict.fromkeys((c.city for c in standing), 1)
        ),
    )


def instrument_index(lens: Lens, section: str) -> InstrumentIndex:
    """Return the list of a section such as ``networks``, by kind, the largest first."""
    found = [one for one in lens.atlas.instruments.values() if lens.instrument_section(one) == section]
    kinds = grouped(found, lambda one: one.kind)
    family = family_of(lens, section)
    return InstrumentIndex(
        frame=page_frame(lens, "instruments", section, lead=_index_lead(lens, family, len(found))),
        find=family.find,
        groups=tuple(
            lens.group(
                _plural(lens, kind), kind, (tally(lens, one) for one in largest_first(lens, kinds[kind]))
            )
            for kind in dict.fromkeys((*lens.atlas.vocabulary.instrument_kinds, *kinds))
            if kind in kinds
        ),
    )


def _index_lead(lens: Lens, family: Family, total: int) -> tuple[str, ...]:
    lang = lens.lang
    if own := lens.atlas.vocabulary.families.get(family.id):
        return f"{lang.number(total)} {counted(lens, family.id, total)}.", lang.text(own.help)
    if family.id == "charter":
        return (lang.phrase("instruments/charters", total),)
    return (lang.phrase("instruments/networks", total),)


def _plural(lens: Lens, kind: str) -> str:
    """Return the heading over instruments of a kind: its plural, or its label where it has none."""
    code = lens.atlas.vocabulary.instrument_kinds.get(kind)
    return lens.lang.text(code.plural) or lens.lang.label(code) if code else kind


@remembered(1024)
def recorded_cities(lens: Lens, id: str) -> int:
    """Return how many cities the atlas records as committed in an instrument."""
    return len({c.city for c in lens.committed(lens.atlas.commitments_of_instrument.get(id, ()))})


def largest_first(lens: Lens, instruments: list[Instrument]) -> list[Instrument]:
    """Return instruments by their number of recorded cities, then by name."""
    return sorted(
        instruments,
        key=lambda i: (-recorded_cities(lens, i.id), lens.lang.sort_key(lens.instrument_link(i.id).text)),
    )


def tally(lens: Lens, instrument: Instrument) -> Tally:
    """Return an instrument with its number of recorded cities."""
    count = instrument.quoted_count
    recorded = recorded_cities(lens, instrument.id)
    # "18 of 15" would say nothing; the page of the instrument explains it.
    counted = summaries.members_counted(lens.lang, count) if count and count.members >= recorded else None
    # Translators: After a number: 12 of about 30. What is filled in may be a number, "about 30" or
    # "more than 30".
    note = lens.lang.t("of %(counted)s", counted=counted) if counted else None
    past = "" if recorded else _past_number(lens, instrument)
    return Tally(
        link=lens.instrument_link(instrument.id),
        number=lens.lang.t("none today") if past else lens.lang.number(recorded),
        note=past or note,
        topic=lens.topic_of(instrument.id),
    )


def _past_number(lens: Lens, instrument: Instrument) -> str:
    """Return how many cities took part or were in it, as the note of a list that has no other number."""
    states = [lens.state(c) for c in lens.atlas.commitments_of_instrument.get(instrument.id, ())]
    if took_part := states.count("participated"):
        return lens.lang.n("%(num)s city took part", "%(num)s cities took part", took_part)
    if ended := states.count("ended"):
        return lens.lang.n("%(num)s city was in it", "%(num)s cities were in it", ended)
    return ""


def _past(lens: Lens, commitments: Sequence[Commitment]) -> str:
    """Return how many cities took part or were in it, where that is all that is recorded of it."""
    took_part = len({c.city for c in commitments if lens.state(c) == "participated"})
    ended = len({c.city for c in commitments if lens.state(c) == "ended"})
    if took_part:
        return lens.lang.phrase("instruments/took_part", took_part)
    if ended:
        return lens.lang.phrase("instruments/ended", ended)
    return ""


def _lead(lens: Lens, standing: Sequence[Commitment], coverage: str, past: str) -> tuple[str, ...]:
    if not standing:
        return (past or lens.lang.t("The atlas records no city in it yet."),)
    lang, countries = lens.lang, {lens.atlas.cities[c.city].country for c in standing}
    dated = sum(c.since is not None for c in standing)
    signs = all(lens.atlas.instruments[c.instrument].family == "charter" for c in standing)
    sentences = [coverage]
    if len(countries) > 1:
        sentences.append(lang.n("In %(num)s country.", "In %(num)s countries.", len(countries)))
    if not dated:
        sentences.append(lang.t("No source found gives a date for any of them."))
    elif dated < len(standing):
        known = lang.number(dated)
        sentences.append(
            lang.t("The date of signing is known for %(num)s.", num=known)
            if signs
            else lang.t("The joining date is known for %(num)s.", num=known)
        )
    return tuple(sentences)


def _facts(lens: Lens, instrument: Instrument) -> Iterator[Fact]:
    lang = lens.lang
    yield fact(lang.t("Kind"), lang.label(lens.atlas.vocabulary.instrument_kinds.get(instrument.kind)))
    if instrument.began:
        # Translators: Label before a date: of a charter or declaration, of a network.
        began = lang.t("Adopted") if instrument.family == "charter" else lang.t("Founded")
        yield fact(began, lang.date(instrument.began))
    if instrument.ended:
        # Translators: Label before a date: when a network or charter came to its end.
        yield fact(lang.t("Ended"), lang.date(instrument.ended))
    if instrument.successor:
        yield Fact(label=lang.t("Succeeded by"), links=(lens.instrument_link(instrument.successor),))
    # Translators: Label before who founded a network or wrote a charter.
    for label, text in ((lang.t("By"), instrument.founder), (lang.t("Secretariat"), instrument.secretariat)):
        if words := lang.words(text):
            yield Fact(label=label, value=words)
    for code, name in sorted(instrument.names.items()):
        if code not in (lang.code, UNDETERMINED):
            label = lang.t("Name in %(language)s", language=lang.language_name(code))
            yield Fact(label=label, value=Words(text=name, lang=code))
    for former in instrument.former_names:
        if words := lang.words(former):
            yield Fact(label=lang.t("Earlier or other name"), value=words)
    if instrument.open_to and "all" not in instrument.open_to:
        yield _open_to(lens, instrument)
    if instrument.website:
        yield fact(lang.t("Website"), _bare(instrument.website), instrument.website)


def _open_to(lens: Lens, instrument: Instrument) -> Fact:
    """Return the countries whose cities may join: as links where cities of all of them are recorded."""
    label = lens.lang.t("Open to cities in")
    if all(country in lens.atlas.cities_of_country for country in instrument.open_to):
        return Fact(label=label, links=tuple(lens.country_link(country) for country in instrument.open_to))
    names = lens.lang.join([lens.lang.country(country) for country in instrument.open_to])
    return fact(label, names)


def _bare(url: str) -> str:
    """Return an address without what every address has, for reading."""
    return url.split("://", 1)[-1].removeprefix("www.").rstrip("/")


def who_says(lens: Lens, count: Count | None) -> str:
    """Return who counts and when, or nothing without a count."""
    if count is None:
        return ""
    first = next((lens.atlas.sources[id] for id in count.sources), None)
    parts = [first.publisher or first.title] if first else []
    if count.on:
        parts.append(lens.lang.date(count.on))
    # Translators: A document, or what it says, has no date. Stands where the date would.
    return ", ".join(parts) or lens.lang.t("undated")


def covered(lens: Lens, one: Instrument) -> str:
    """Return what the atlas records of an instrument against what its own sources count, in a sentence."""
    return summaries.coverage(lens.lang, one, recorded_cities(lens, one.id), who_says(lens, one.quoted_count))


def _obligations(lens: Lens, instrument: Instrument) -> Iterator[ObligationItem]:
    for obligation in instrument.obligations:
        if text := lens.lang.words(obligation.text):
            yield ObligationItem(
                anchor=f"s-{obligation.id}",
                text=text,
                due=record_parts.due(lens.lang, obligation.due_within),
                sources=evidence.sources(lens, obligation.sources),
            )


def _hosted(lens: Lens, host: Host) -> HostCity:
    return HostCity(
        city=lens.city_link(host.city),
        when=lens.lang.date(host.on) if host.on else lens.lang.t("date unknown"),
        note=lens.lang.words(host.note),
        sources=evidence.sources(lens, host.sources),
    )


def _stated(lens: Lens, count: Count) -> StatedCount:
    return StatedCount(
        on=lens.lang.date(count.on) if count.on else lens.lang.t("undated"),
        members=summaries.members_counted(lens.lang, count, short=True),
        note=lens.lang.words(count.note),
        scope=lens.lang.words(count.scope),
        sources=evidence.sources(lens, count.sources),
    )
