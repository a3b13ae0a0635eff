"""What became of the claims: who joined, signed, left or was suspended, and what was corrected."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from ...model.dates import PartialDate
from ...model.grouping import grouped
from ...model.records import Commitment
from .change import Act, Change, Editions, Nature, Value
from .values import act_of, date_of, differing

_ACTS: Mapping[str, Act] = {
    "member": "joined",
    "signatory": "signed",
    "applicant": "applied",
    "observer": "observes",
    "participant": "took-part",
    "suspended": "suspended",
    "former": "left",
    "declined": "declined",
    "none": "checked",
}
"""What a city did to have a status."""


_TOLD: Mapping[Act, tuple[str, ...]] = {
    "joined": ("since", "decided"),
    "signed": ("since", "decided"),
    "left": ("until",),
    "checked": ("since", "until", "decided"),
}
"""The fields that the sentence on a new status speaks of as well."""


def name(one: Commitment) -> str:
    """Return the name of a claim's record."""
    return f"commitments/{one.instrument}:{one.city}"


def commitment_changes(
    before: Iterable[Commitment], after: Iterable[Commitment], editions: Editions
) -> Iterator[Change]:
    """Yield every change of the claims; removals carry no reason yet."""
    old, new = grouped(before, name), grouped(after, name)
    for record in sorted({*old, *new}):
        for was, now in _periods(old.get(record, ()), new.get(record, ())):
            if was is None:
                assert now is not None  # a pair has at least one side
                yield _added(now, editions, further=record in old)
            elif now is None:
                yield _claim("removed", was, None)
            elif was != now:
                yield from _changed(was, now, editions)


def _periods(
    before: Sequence[Commitment], after: Sequence[Commitment]
) -> Iterator[tuple[Commitment | None, Commitment | None]]:
    """Yield the periods of one city in one instrument that belong together.

    Those that begin together belong together, then those that end together, then those of the same id;
    of the rest the earliest former one and the earliest present one do.
    """
    old, new = _in_time(before), _in_time(after)
    for same in _SAME:
        for was in list(old):
            match = next((now for now in new if same(was, now)), None)
            if match is not None:
                old.remove(was)
                new.remove(match)
                yield was, match
    yield from ((was, None) for was in old)
    yield from ((None, now) for now in new)


def _in_time(periods: Iterable[Commitment]) -> list[Commitment]:
    return sorted(periods, key=lambda one: (str(one.since or ""), str(one.until or ""), one.anchor))


def _may_be(was: Commitment, now: Commitment) -> bool:
    """Take an ended period for a new one only where nothing else is left of it."""
    return not (was.status == "former" and now.status != "former")


_SAME: Sequence[Callable[[Commitment, Commitment], bool]] = (
    lambda was, now: was.since == now.since,
    lambda was, now: was.until is not None and was.until == now.until,
    lambda was, now: was.period == now.period and _may_be(was, now),
    _may_be,
)
"""Whether two periods are one, the surest sign first."""


def _began(one: Commitment) -> PartialDate | None:
    return one.since or one.decided


def event(one: Commitment) -> tuple[Act, PartialDate | None]:
    """Return what a city did last in a period, and when, as far as the claim dates it."""
    act: Act = _ACTS.get(one.status, "joined")
    if act == "left":
        return act, one.until
    if act == "checked":
        return act, one.verified
    if act == "suspended":
        return act, None  # the claim says since when the city is a member, not since when suspended
    return act, one.since if act == "declined" else _began(one)


def _added(now: Commitment, editions: Editions, *, further: bool) -> Change:
    """Return the change of a claim that is new; ``further`` where others of the pair were known before."""
    act, when = event(now)
    if further and act == "left" and when is not None:
        act = "belonged"
    return _claim(act, None, now, nature="atlas" if act == "checked" else editions.nature(when), when=when)


def _changed(was: Commitment, now: Commitment, editions: Editions) -> Iterator[Change]:
    told: set[str] = set()
    if was.status != now.status:
        event = _turn(was, now, editions)
        # What the sentence on the turn says is not said again.
        told = {"status", "sources", "verified", *_TOLD.get(event.act, ())}
        yield event
    for field, before, after in differing(was, now):
        if field not in told:
            yield _value(was, now, field, before, after, editions)


def _turn(was: Commitment, now: Commitment, editions: Editions) -> Change:
    """Return the change of a status."""
    act, when = event(now)
    if was.status == "suspended" and act in ("joined", "signed"):
        act, when = "resumed", None
    elif act not in ("left", "checked"):
        # A date that stood there before dates what was before: the application, not the accession.
        when = next(
            (
                new
                for new, old in ((now.since, was.since), (now.decided, was.decided))
                if new is not None and new != old
            ),
            None,
        )
    nature: Nature = "atlas" if act == "checked" else editions.nature(when)
    if when is None and act != "checked" and _looked_twice(was, now):
        nature = "world"
    statuses = {"before": was.status, "after": now.status}
    return _claim(act, was, now, nature=nature, field="status", when=when, **statuses)


def _looked_twice(was: Commitment, now: Commitment) -> bool:
    """Tell whether both statuses were verified, the new one on a later day."""
    if was.verified is None or now.verified is None:
        return False
    return was.verified.certainly_before(now.verified)


def _value(
    was: Commitment, now: Commitment, field: str, before: Value, after: Value, editions: Editions
) -> Change:
    values: dict[str, Any] = {"field": field, "before": before, "after": after}
    act = act_of(field, before, after)
    if act == "found" and field in ("decided", "until") and editions.news(date_of(after)):
        # The status is as it was, and yet something happened: a resolution, an end that is to come.
        happened: Act = "decided" if field == "decided" else "left"
        return _claim(happened, was, now, nature="world", when=date_of(after), **values)
    return _claim(act, was, now, **values)


def _claim(
    act: Act, was: Commitment | None, now: Commitment | None, *, nature: Nature = "atlas", **more: Any
) -> Change:
    """Return a change of a claim, with the sources that it rests on, or rested on."""
    one = now or was
    assert one is not None  # a change is of something
    return Change(
        nature=nature,
        kind="commitment",
        act=act,
        record=name(one),
        old=was,
        new=now,
        sources=one.sources,
        **more,
    )
