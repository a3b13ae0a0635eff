"""Which obligations fall due when, and whether anything is recorded that fulfils them.

An obligation is due so long after the city joined or signed. The day is as exact as that date: two years
after "2020" is some day of 2022. Whether it was met, only an action can say that names the obligation among
those it ``fulfils``; where none does, nobody has looked, and nothing is said about the city.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Literal

from ...cache.reads import remembered
from ...languages.language import Language
from ...languages.words import Link, Words
from ...model.dates import Duration, PartialDate, months_before, parse_date
from ...model.frozen import Frozen
from ...model.grouping import grouped
from ...model.records import Action, Commitment, Instrument, Obligation
from ..evidence import NOT_YET
from ..lens import Lens

DueStatus = Literal["met", "overdue", "due", "unknown"]
"""``overdue`` needs a record that says it is not done yet; without a record it is ``unknown``."""
STATUSES: tuple[DueStatus, ...] = ("met", "overdue", "due", "unknown")


class Due(Frozen):
    """One obligation of one city. ``earliest`` and ``latest`` are the days on which it may fall due."""

    commitment: Commitment
    instrument: Instrument
    obligation: Obligation
    earliest: date | None
    latest: date | None
    when: PartialDate | None
    """The same as one date, where the data can write it so; None also where nothing is known."""
    status: DueStatus
    action: Action | None
    """What is recorded about it."""

    @property
    def exact(self) -> bool:
        """Tell whether it falls due on one known day."""
        return self.when is not None and is_exact(self.when)


class DueEntry(Frozen):
    """One obligation of one city in words, for the page of the city or of the instrument."""

    subject: Link
    """The instrument on a city's page, the city on an instrument's."""
    text: Words
    status: DueStatus
    label: str
    sentence: str
    action: Link | None


class DueTable(Frozen):
    """What falls due under one instrument: in numbers, then by city."""

    text: Words
    sums: tuple[str, ...]
    entries: tuple[DueEntry, ...]
    """Those with a known date, the earliest first."""
    undated: str | None
    """How many have no known date."""


def is_exact(when: PartialDate) -> bool:
    """Tell whether a date is one day, without a doubt."""
    return when.precision == "day" and not (when.approximate or when.uncertain or when.open_start)


def later(day: date, duration: Duration) -> date:
    """Return the day that lies a duration after another one; 29 February becomes the 28th.

    >>> later(date(2020, 2, 29), Duration("P2Y", years=2))
    datetime.date(2022, 2, 28)
    """
    return months_before(day, -(duration.years * 12 + duration.months)) + timedelta(duration.days)


@remembered(8, whole=False)
def dues(lens: Lens) -> tuple[Due, ...]:
    """Return every obligation with a term of every city that is committed, in the order of the data."""
    found = []
    for instrument in lens.atlas.instruments.values():
        terms = [(one, one.due_within) for one in instrument.obligations if one.due_within]
        # The commitments of most instruments have no term, so nothing about them is read here.
        held = lens.atlas.commitments_of_instrument.get(instrument.id, ()) if terms else ()
        found += [_due(lens, c, instrument, *term) for c in lens.committed(held) for term in terms]
    return tuple(found)


def _due(
    lens: Lens, commitment: Commitment, instrument: Instrument, obligation: Obligation, within: Duration
) -> Due:
    since = commitment.since
    earliest = later(since.earliest, within) if since and since.earliest else None
    latest = later(since.latest, within) if since else None
    action = _fulfilling(lens, commitment, obligation)
    return Due(
        commitment=commitment,
        instrument=instrument,
        obligation=obligation,
        earliest=earliest,
        latest=latest,
        when=_as_exact(since, within) if since else None,
        status=_status(action, latest, lens.as_of),
        action=action,
    )


def _as_exact(since: PartialDate, within: Duration) -> PartialDate | None:
    """Return the due date as exact as ``since``; None where it is an interval that no date can write."""
    if since.precision != "day" and (within.days or (since.precision == "year" and within.months % 12)):
        return None
    length = {"year": 4, "month": 7, "day": 10}[since.precision]
    opened, qualifier = str(since).split(since.value)
    return parse_date(opened + str(later(since.first_day, within))[:length] + qualifier)


def _fulfilling(lens: Lens, commitment: Commitment, obligation: Obligation) -> Action | None:
    """Return what is recorded about an obligation: what fulfils it, else what has not yet."""
    found = [
        action
        for action in (
            *lens.atlas.actions_of_commitment.get(commitment.key, ()),
            *lens.atlas.actions_of_instrument.get(commitment.instrument, ()),
        )
        if obligation.id in action.fulfils and commitment.city in action.cities
    ]
    done = [action for action in found if action.status not in NOT_YET]
    if done:
        return min(done, key=lambda one: (one.date.sort_key if one.date else (date.max, date.max), one.id))
    return max(
        found,
        key=lambda one: (one.date.sort_key if one.date else (date.min, date.min), one.id),
        default=None,
    )


def _status(action: Action | None, latest: date | None, as_of: date) -> DueStatus:
    if action is not None and action.status not in NOT_YET:
        return "met"
    if latest is None:
        return "unknown"
    if latest >= as_of:
        return "due"
    return "overdue" if action is not None else "unknown"


# In words -------------------------------------------------------------------------------------


def status_label(lang: Language, status: DueStatus) -> str:
    """Return the word for where an obligation stands."""
    return lang.named("obligation", status)


def term(lang: Language, due: Due) -> str:
    """Return a sentence on when an obligation falls due, as exact as the date it counts from."""
    if due.latest is None:
        if due.instrument.family == "charter":
            return lang.t("No date of the signature is known, so neither is the day it falls due.")
        return lang.t("No date of the accession is known, so neither is the day it falls due.")
    if due.earliest is None:
        return lang.t("Due by %(date)s at the latest.", date=lang.day_in_sentence(due.latest))
    if due.when is None:
        return lang.t(
            "Due between %(first)s and %(last)s.",
            first=lang.day_in_sentence(due.earliest),
            last=lang.day_in_sentence(due.latest),
        )
    if due.when.precision == "day":
        return lang.t("Due by %(date)s.", date=lang.in_sentence(due.when))
    return lang.t("Due on some day %(when)s.", when=lang.when(due.when))


def standing(lang: Language, due: Due) -> str:
    """Return a sentence on what is recorded of an obligation."""
    if due.status == "met":
        late = (
            due.action is not None
            and due.action.date is not None
            and due.latest is not None
            and due.action.date.lower_bound > due.latest
        )
        # Translators: What a city had promised was done in time: "Met." is a sentence of one word after the
        # promise.
        return lang.t("Met after that day.") if late else lang.t("Met.")
    if due.status == "overdue":
        return lang.t("Overdue: what is recorded has not fulfilled it.")
    if due.action is not None:
        # Translators: What a city had promised, such as a plan, is being worked on. A sentence of one word.
        return lang.t("Begun.")
    if due.status == "due":
        return lang.t("Nothing is recorded yet.")
    return lang.t("Nobody has checked whether it was done.")


def _entry(lens: Lens, due: Due, subject: Link) -> DueEntry:
    lang, action = lens.lang, due.action
    title = lang.words(action.title) if action else None
    return DueEntry(
        subject=subject,
        text=lang.words(due.obligation.text) or Words(text=due.obligation.id),
        status=due.status,
        label=status_label(lang, due.status),
        sentence=f"{term(lang, due)} {standing(lang, due)}",
        action=Link(text=title.text, href=lens.href("actions", action.id), lang=title.lang)
        if action and title
        else None,
    )


def city_dues(lens: Lens, city_id: str) -> tuple[DueEntry, ...]:
    """Return what falls due for a city, in the order of its commitments."""
    return tuple(
        _entry(lens, due, lens.instrument_link(due.instrument.id, short=True))
        for due in _of(lens, "city", city_id)
    )


@remembered()
def _of(lens: Lens, key: Literal["city", "instrument"], id: str) -> tuple[Due, ...]:
    return tuple(_by(lens, key).get(id, ()))


def instrument_dues(lens: Lens, instrument_id: str) -> tuple[DueTable, ...]:
    """Return what falls due under an instrument, obligation by obligation."""
    own = grouped(_of(lens, "instrument", instrument_id), lambda due: due.obligation.id)
    return tuple(_table(lens, due) for due in own.values())


@remembered(8, whole=False)
def _by(lens: Lens, key: Literal["city", "instrument"]) -> Mapping[str, Sequence[Due]]:
    return grouped(dues(lens), lambda due: getattr(due.commitment, key))


def _table(lens: Lens, own: Sequence[Due]) -> DueTable:
    lang = lens.lang
    dated = sorted(
        (due for due in own if due.latest or due.action),
        key=lambda due: (
            due.earliest or due.latest or date.max,
            lang.sort_key(lens.city_link(due.commitment.city).text),
        ),
    )
    undated = len(own) - len(dated)
    return DueTable(
        text=lang.words(own[0].obligation.text) or Words(text=own[0].obligation.id),
        sums=tuple(_sums(lang, dated)),
        entries=tuple(
            _entry(lens, due, lens.city_link(due.commitment.city, due.commitment.anchor)) for due in dated
        ),
        undated=lang.phrase("obligations/undated", undated) if undated else None,
    )


def _sums(lang: Language, own: Iterable[Due]) -> Iterator[str]:
    numbers = Counter(due.status for due in own)
    for status in STATUSES:
        if numbers[status]:
            yield f"{status_label(lang, status)}: {lang.number(numbers[status])}"
