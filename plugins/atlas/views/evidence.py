"""Claims and actions with their evidence, as registers of several kinds of page show them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ..changes.moved_ids import moves
from ..languages import record_parts
from ..languages.words import Link, Words
from ..model.claim_ids import claim_anchor
from ..model.dates import PartialDate
from ..model.grouping import grouped
from ..model.records import Action, Commitment, Contradiction, Source
from .freshness import OVER, long_ago
from .lens import Lens
from .parts import ActionEntry, ActionItem, Claim, Difference, DifferingValue, SourceRef

NOT_YET = ("in-preparation", "requested", "proposed", "announced", "consulted", "refused", "annulled")
"""Statuses of an action that was begun or failed: that is news, and has fulfilled nothing."""

_NEVER = (date.min, date.min)
"""Sorts what has no date behind everything that has one, when the newest comes first."""


def sources(lens: Lens, ids: Iterable[str]) -> tuple[SourceRef, ...]:
    """Return the sources of a claim, numbered from one; of the language only what is not the page's own."""
    own = lens.lang.code
    return tuple(
        SourceRef(
            number=number,
            publisher=source.publisher,
            title=source.title,
            lang=source.lang if source.lang != own else None,
            language=lens.lang.language_name(source.lang) if source.lang != own else "",
            date=source_date(lens, source),
            href=lens.href("sources", source.id),
            url=source.url,
            archived=source.archived,
            gone=lens.lang.t("page gone: %(date)s", date=lens.lang.date(source.gone))
            if source.gone
            else None,
        )
        for number, source in enumerate((lens.atlas.sources[id] for id in ids), start=1)
    )


def source_date(lens: Lens, source: Source) -> str:
    """Return when a source was published, in words."""
    return lens.lang.date(source.published) if source.published else lens.lang.t("undated")


def differences(lens: Lens, *records: str) -> tuple[Difference, ...]:
    """Return what sources say differently about some records, by field."""
    disputed = (one for record in records for one in lens.atlas.contradictions.get(record, ()))
    questions = grouped(disputed, lambda one: (one.record, one.field))
    return tuple(_difference(lens, group) for group in questions.values())


def _difference(lens: Lens, group: list[Contradiction]) -> Difference:
    what = record_parts.disputed_field(lens.lang, group[0])
    return Difference(
        title=record_parts.difference_title(lens.lang, group[0], len(group)),
        what=what if what.lang else None,
        values=tuple(_differing(lens, one) for one in group),
    )


def _differing(lens: Lens, one: Contradiction) -> DifferingValue:
    shown = differing_value(lens, one)
    return DifferingValue(
        value=shown.text,
        lang=shown.lang,
        preferred=one.preferred,
        reason=lens.lang.words(one.reason),
        sources=sources(lens, one.sources),
    )


def differing_value(lens: Lens, contradiction: Contradiction) -> Words:
    """Return one of the values that sources give, as readers read it."""
    return record_parts.disputed_value(lens.lang, contradiction, lens.atlas.vocabulary)


def claim(lens: Lens, commitment: Commitment, *, on_city: bool) -> Claim:
    """Return a commitment for a register: by instrument on a city's page, else by city."""
    commitment = lens.lasting(commitment)
    instrument = lens.atlas.instruments[commitment.instrument]
    state = lens.state(commitment)
    if on_city:
        subject = lens.instrument_link(instrument.id, short=True)
        full_name = lens.instrument_full(instrument)
    else:
        subject, full_name = lens.city_link(commitment.city), None
    return Claim(
        anchor=commitment.anchor
        if on_city
        # Without a period it carries the id of the city alone, as it does that of the instrument there.
        else claim_anchor(commitment.city, commitment.period),
        former=moves(lens.atlas).former_anchors(commitment.city, commitment.anchor) if on_city else (),
        href=lens.href("cities", commitment.city, commitment.anchor),
        subject=subject,
        full_name=full_name,
        state=state,
        status=lens.lang.label(lens.atlas.vocabulary.statuses.get(commitment.status)),
        when=lens.lang.mark(lens.margin_date(commitment, state)),
        statement=lens.statement(commitment),
        act=commitment.act,
        roles=tuple(role(lens, one) for one in commitment.roles),
        topics=lens.topics(instrument.topics),
        note=lens.lang.words(commitment.note),
        actions=actions(lens, lens.atlas.actions_of_commitment.get(commitment.key, ())),
        differences=differences(lens, commitment.record),
        sources=sources(lens, commitment.sources),
        checked=checked(lens, commitment),
        record=lens.commitment_record(commitment),
    )


def checked(lens: Lens, commitment: Commitment) -> str:
    """Return a sentence on when the claim was last verified, or its sources read."""
    if commitment.verified:
        when = lens.lang.when(commitment.verified)
        told = lens.lang.t("Last verified %(when)s.", when=when)
        if commitment.verified_by:
            told = lens.lang.t("Last verified %(when)s by %(who)s.", when=when, who=commitment.verified_by)
        return _aged(lens, told, commitment, commitment.verified)
    dates = [lens.atlas.sources[id].accessed for id in commitment.sources]
    read = max((day for day in dates if day), key=lambda day: day.sort_key, default=None)
    if read is None:
        return lens.lang.t("Not verified since it was recorded.")
    told = lens.lang.t("Sources read %(when)s; not verified again since.", when=lens.lang.when(read))
    return _aged(lens, told, commitment, read)


def _aged(lens: Lens, told: str, commitment: Commitment, looked: PartialDate) -> str:
    """Return a sentence on a look, and another one where it is too long ago for what may still change."""
    old = "" if commitment.status in OVER else long_ago(lens.lang, looked, lens.as_of)
    return f"{told} {old}" if old else told


def role(lens: Lens, role: str) -> Words:
    """Return a role in words: the label of its code, or the words it was given in."""
    code = lens.atlas.vocabulary.roles.get(role)
    if code is None:
        return Words(text=role, lang=lens.foreign)
    return lens.lang.words(code.label) or Words(text=role)


def actions(lens: Lens, actions: Iterable[Action]) -> tuple[ActionEntry, ...]:
    """Return actions, the newest first and undated ones at the end."""
    return tuple(action(lens, one) for one in newest_first(actions))


def action(lens: Lens, action: Action) -> ActionEntry:
    """Return an action with everything known of it."""
    vocabulary = lens.atlas.vocabulary
    title = lens.lang.words(action.title) or Words(text=action.id)
    stated = any(item.state for item in action.items)
    kind = lens.lang.label(vocabulary.action_kinds.get(action.kind))
    status = lens.lang.label(vocabulary.action_statuses.get(action.status or "")) or None
    return ActionEntry(
        id=action.id,
        title=Link(text=title.text, href=lens.href("actions", action.id), lang=title.lang),
        when=lens.lang.mark(action.date),
        period=record_parts.period(lens.lang, action.date, action.end_date),
        kind=kind,
        status=status,
        told=f"{kind}, {status}" if action.status in NOT_YET else kind,
        cities=tuple(lens.city_link(city) for city in action.cities),
        instrument=lens.instrument_link(action.instrument, short=True) if action.instrument else None,
        summary=lens.lang.words(action.summary),
        act=record_parts.act_facts(lens.lang, action.act) if action.act else (),
        items=tuple(
            ActionItem(
                text=text,
                state=record_parts.item_state(lens.lang, item) if stated else "",
                sources=sources(lens, item.sources),
            )
            for item in action.items
            if (text := lens.lang.words(item.text))
        ),
        topics=lens.topics(action.topics),
        note=lens.lang.words(action.note),
        differences=differences(lens, f"actions/{action.id}"),
        sources=sources(lens, action.sources),
    )


def newest_first(actions: Iterable[Action]) -> list[Action]:
    """Return actions by date, the newest first; undated ones follow in the order of their ids."""
    ordered = sorted(actions, key=lambda action: action.id)
    ordered.sort(key=lambda action: action.date.sort_key if action.date else _NEVER, reverse=True)
    return ordered
