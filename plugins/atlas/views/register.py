"""The register of a city: all that is recorded of it, the newest first, every event once.

A commitment and the actions that brought it about are one entry. So is a conference that it hosted.
What an entry does not say at once stands in its menu.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from ..languages import sentences
from ..languages.naming import InstrumentName
from ..languages.words import DateMark, Link, Words
from ..model.dates import PartialDate
from ..model.frozen import Frozen
from ..model.records import Action, Commitment, Host, Instrument
from . import evidence
from .lens import Lens
from .parts import ActionEntry, Claim, RecordLinks, SourceRef, Tally, TopicTag


class Said(Frozen):
    """A sentence with one link in it."""

    before: str
    link: Link
    after: str


class Entry(Frozen):
    """One event of a city."""

    when: DateMark
    date: str
    """The same in one line; where the year does not stand large."""
    opens: bool = False
    """Whether it is the first of its year."""
    heading: Said
    full_name: Words | None = None
    topic: TopicTag | None
    topics: tuple[str, ...]
    """Ids of all its topics, by which readers filter."""
    roles: tuple[Words, ...] = ()
    """But that of a founder, which the heading says."""
    lines: tuple[str, ...] = ()
    """What is to be said at once: the state where it does not hold, the council's decision, the act."""
    text: Words | None
    notes: tuple[Words, ...] = ()
    """Further text, for the menu; what its actions say besides stands on their pages."""
    sources: tuple[SourceRef, ...]
    claim: Claim | None = None
    action: ActionEntry | None = None
    """An action that stands alone; those that brought the claim about stand in the claim."""
    record: RecordLinks | None = None


def register(lens: Lens, city_id: str) -> tuple[Entry, ...]:
    """Return the entries of a city, the newest first; of a year, what has no day or month comes first."""
    atlas = lens.atlas
    held = atlas.commitments_of_city.get(city_id, ())
    actions = atlas.actions_of_city.get(city_id, ())
    dated = [
        *((lens.margin_date(c, lens.state(c)), _of_claim(lens, c, actions)) for c in held),
        *((action.date, _of_action(lens, action)) for action in actions),
        *(
            (host.on, _of_host(lens, city_id, instrument, host))
            for instrument, host in atlas.hosted_by_city.get(city_id, ())
        ),
    ]
    dated.sort(key=lambda one: _newest_first(one[0]))
    return tuple(_opened(entry for _, entry in dated))


def chips(lens: Lens, entries: Sequence[Entry]) -> tuple[Tally, ...]:
    """Return the topics of the entries in the order of the vocabulary; none where nothing is to choose."""
    found = lens.topic_tallies(Counter(topic for entry in entries for topic in entry.topics))
    return found if len(found) > 1 and len(entries) > 3 else ()  # fewer are seen at once


def statement(lens: Lens, commitment: Commitment) -> Said:
    """Return the whole sentence on a commitment, with a link to its instrument."""
    return _said(lens, commitment, sentences.statement(_marked(lens, commitment)))


def sources_of(entries: Iterable[Entry]) -> dict[str, SourceRef]:
    """Return the sources of several entries by their addresses, each once."""
    return {source.href: source for entry in entries for source in entry.sources}


def _newest_first(date: PartialDate | None) -> tuple[bool, int, int]:
    if date is None:
        return True, 0, 0
    return False, -date.latest.toordinal(), date.first_day.toordinal()


def _opened(entries: Iterable[Entry]) -> Iterable[Entry]:
    """Yield the entries, each first one of a year marked as such."""
    year = ""
    for entry in entries:
        opens = not entry.when.unknown and entry.when.year != year
        yield replace(entry, opens=True) if opens else entry
        year = entry.when.year


# Entries


def _entry(lens: Lens, date: PartialDate | None, **said: Any) -> Entry:
    lang = lens.lang
    words = lang.date(date) if date else lang.t("date unknown")
    if date and date.precision == "year" and not date.open_start:
        words = lang.p("date in the margin", "%(year)s, year only", year=words)
    return Entry(when=lang.mark(date), date=words, **said)


def _of_claim(lens: Lens, commitment: Commitment, alone: Sequence[Action]) -> Entry:
    claim = evidence.claim(lens, commitment, on_city=True)
    instrument = lens.atlas.instruments[commitment.instrument]
    short = claim.subject.text == instrument.acronym
    # What happened on that day says more of it than what prepared it.
    actions = sorted(
        lens.atlas.actions_of_commitment.get(commitment.key, ()), key=lambda one: one.date != commitment.since
    )
    told = filter(None, [*(lens.lang.words(action.summary) for action in actions), claim.note])
    shown = next(told, None) if not claim.differences else None  # what the sources dispute stands below, once
    act = Words(text=claim.act) if claim.act else None
    looked = Words(text=claim.checked) if commitment.verified else None  # of all others one line tells
    note = claim.note if claim.note != shown else None
    return _entry(
        lens,
        lens.margin_date(commitment, claim.state),
        heading=_said(lens, commitment, sentences.heading(_marked(lens, commitment))),
        full_name=claim.full_name if short else None,
        topic=claim.topics[0] if claim.topics else None,
        topics=_ids(claim.topics, *(action.topics for action in claim.actions)),
        lines=tuple(_lines(lens, commitment, claim, alone, shown)),
        text=shown,
        notes=tuple(filter(None, (note, act, looked))),
        roles=tuple(evidence.role(lens, role) for role in commitment.roles if role != sentences.FOUNDER),
        sources=_merged(claim.sources, *(action.sources for action in claim.actions)),
        claim=claim,
        record=claim.record,
    )


def _lines(
    lens: Lens, commitment: Commitment, claim: Claim, alone: Sequence[Action], shown: Words | None
) -> Iterable[str]:
    """Yield what heading and text do not say: what is over or doubtful, and when the council decided."""
    if claim.state in ("ended", "participated") or commitment.status == "none":
        yield claim.statement
    elif commitment.decided and not (
        any(a.date == commitment.decided and a.instrument == commitment.instrument for a in alone)
        or (shown and lens.lang.date(commitment.decided) in shown.text)
    ):
        yield sentences.decision(lens.told(commitment)) or ""


def _of_action(lens: Lens, action: Action) -> Entry:
    entry = evidence.action(lens, action)
    title = entry.title
    link = Link(text=title.text, href=title.href, lang=title.lang)
    act = (action.act.body, action.act.number) if action.act else ()
    news = entry.told if entry.told != entry.kind else ""
    return _entry(
        lens,
        action.date,
        heading=Said(before="", link=link, after=""),
        topic=entry.topics[0] if entry.topics else None,
        topics=_ids(entry.topics),
        lines=tuple(filter(None, (news, entry.period, ", ".join(filter(None, act))))),
        text=entry.summary or entry.note,
        sources=entry.sources,
        action=entry,
        record=lens.record(f"actions/{action.id}", action.place),
    )


def _of_host(lens: Lens, city_id: str, instrument: Instrument, host: Host) -> Entry:
    name = _hole(lens.instrument_naming(instrument))
    city = lens.named(lens.atlas.cities[city_id])
    link = lens.instrument_link(instrument.id, short=True)
    topics = lens.topics(instrument.topics)
    return _entry(
        lens,
        host.on,
        heading=_split(sentences.hosted(lens.lang, city, name), link),
        topic=topics[0] if topics else None,
        topics=_ids(topics),
        text=lens.lang.words(host.note),
        sources=evidence.sources(lens, host.sources),
    )


def _ids(*topics: tuple[TopicTag, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(tag.id for some in topics for tag in some))


def _merged(*sources: tuple[SourceRef, ...]) -> tuple[SourceRef, ...]:
    """Return all of them, each source once, numbered from one."""
    found = {source.href: source for some in sources for source in some}
    return tuple(
        source if source.number == number else replace(source, number=number)
        for number, source in enumerate(found.values(), start=1)
    )


# Links within sentences

_OPEN, _CLOSE = "\x02", "\x03"
"""Stand round the name of the instrument until the sentence is cut there."""


def _hole(name: InstrumentName) -> InstrumentName:
    return InstrumentName(*(f"{_OPEN}{text}{_CLOSE}" for text in (name.plain, name.of, name.object)))


def _marked(lens: Lens, commitment: Commitment) -> sentences.CommitmentWords:
    told = lens.told(commitment)
    return replace(told, instrument=_hole(told.instrument))


def _said(lens: Lens, commitment: Commitment, text: str) -> Said:
    return _split(text, lens.instrument_link(commitment.instrument, short=True))


def _split(text: str, link: Link) -> Said:
    before, _, rest = text.partition(_OPEN)
    name, _, after = rest.partition(_CLOSE)
    return Said(before=before, link=Link(text=name, href=link.href, lang=link.lang), after=after)
