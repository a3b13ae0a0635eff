"""A list of members beside what is recorded: what is new, what is not, what must be decided."""

from __future__ import annotations

import shlex
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from ...dataset.reading.csv_table import Table
from ...findings import NN_, as_text, shown
from ...languages.name_matching import Candidate, Matcher
from ..dialogue import Talk
from ..messages import translations
from .member_list import MemberEntry, MemberList

State = Literal["new", "recorded", "otherwise", "likely", "ambiguous", "unknown", "repeated"]

IN_FORCE = frozenset(("member", "signatory"))
"""Statuses that a list of members or signatories confirms."""
RETIRED = "retired"
"""Stands for a status where the commitment was withdrawn from the atlas and must not come back."""
NOT_THERE = frozenset(("former", "declined", "none", RETIRED))
"""Statuses of cities that need not stand on the list."""

_WIDTH = 100


@dataclass(frozen=True, slots=True)
class Found:
    """One entry of the list and what it means."""

    entry: MemberEntry
    state: State
    candidates: tuple[Candidate, ...] = ()
    """The likest first."""
    recorded: tuple[str, ...] = ()
    """The statuses that the atlas records of the first candidate."""

    @property
    def city(self) -> str:
        """Return the id of the likest place, empty where there is none."""
        return self.candidates[0].place.id if self.candidates else ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every entry of the list, and the recorded cities that it does not name."""

    found: tuple[Found, ...]
    missing: tuple[str, ...]
    """Ids of cities that are recorded as in force and that no entry can mean."""

    def of(self, *states: State) -> list[Found]:
        """Return the entries in these states, in the order of the list."""
        return [one for one in self.found if one.state in states]


def compare(
    members: MemberList, matcher: Matcher, table: Table | None, retired: Iterable[str] = ()
) -> Comparison:
    """Return what the names mean beside the commitments of one instrument (None: there are none).

    ``retired`` are cities whose commitment to it was withdrawn.
    """
    statuses: dict[str, list[str]] = {}
    for row, city in table.column("city") if table else ():
        statuses.setdefault(city, []).append(table.get(row, "status") if table else "")
    for city in retired:
        statuses.setdefault(city, []).append(RETIRED)
    seen: set[str] = set()
    found: list[Found] = []
    meant: set[str] = set()
    for entry in members.unread:
        meant.update(one.place.id for one in matcher.match(entry.name, entry.country).candidates)
    for entry in members.entries:
        match = matcher.match(entry.name, entry.country)
        meant.update(one.place.id for one in match.candidates)
        place = match.place
        recorded = tuple(statuses.get(place.id, ())) if place else ()
        state: State = "unknown"
        if match.kind == "exact" and place:
            state = _state(place.id in seen, recorded)
            seen.add(place.id)
        elif match.kind != "none":
            state = "likely" if match.kind == "likely" else "ambiguous"
        candidates = match.candidates[:1] if match.kind == "exact" else match.candidates
        found.append(Found(entry, state, candidates, recorded))
    missing = (
        city for city, all_ in statuses.items() if not NOT_THERE.issuperset(all_) and city not in meant
    )
    return Comparison(tuple(found), tuple(sorted(missing)))


def _state(repeated: bool, recorded: Sequence[str]) -> State:
    if repeated:
        return "repeated"
    if not recorded:
        return "new"
    return "recorded" if IN_FORCE.intersection(recorded) else "otherwise"


_HEADINGS: dict[State, tuple[str, str]] = {
    "new": NN_("new, exactly one place of that name: {n}", "new, exactly one place of each name: {n}"),
    "likely": NN_("likely, spelt otherwise: {n}", "likely, spelt otherwise: {n} names"),
    "ambiguous": NN_("ambiguous: {n}", "ambiguous: {n} names"),
    "unknown": NN_("not in the atlas: {n}", "not in the atlas: {n} names"),
    "otherwise": NN_("recorded otherwise: {n}", "recorded otherwise: {n} cities"),
    "recorded": NN_("recorded already: {n}", "recorded already: {n} cities"),
    "repeated": NN_("named before in the list: {n}", "named before in the list: {n} names"),
}


def told(talk: Talk, members: MemberList, compared: Comparison) -> Iterator[str]:
    """Yield the lines of the report."""
    for state, forms in _HEADINGS.items():
        found = compared.of(state)
        if found:
            yield talk.count(forms, len(found))
            if state in ("recorded", "repeated"):
                yield from _ids(one.city for one in found)
            else:
                yield from (f"  {members.path}:{_line(one)}" for one in found)
    if compared.missing:
        forms = NN_("recorded, but not on the list: {n}", "recorded, but not on the list: {n} cities")
        yield talk.count(forms, len(compared.missing))
        yield from _ids(compared.missing)
    if members.rewritten:
        text, meant = members.rewritten[0]
        forms = NN_("dates read in another notation: {n} ({text} is {meant})",
                    "dates read in another notation: {n} (the first: {text} is {meant})")  # fmt: skip
        yield talk.count(forms, len(members.rewritten), text=text, meant=meant)
    if members.findings:
        forms = NN_(
            "left out, because it cannot be read: {n} line",
            "left out, because they cannot be read: {n} lines",
        )
        yield talk.count(forms, len(members.findings))
        yield from as_text(members.findings, translations(talk.lang).gettext).splitlines()


def _line(one: Found) -> str:
    entry = one.entry
    dates = ", ".join(f"{column} {text}" for column, text in entry.dates.items())
    name = shown(entry.name)
    said = f"{entry.line}: {name}" + (f" ({entry.country})" if entry.country else "")
    if one.state == "unknown":
        country = f" --country {entry.country}" if entry.country else ""
        return f"{said}: atlas new city --name {shlex.quote(name)}{country}"
    meant = ", ".join(candidate_told(candidate) for candidate in one.candidates)
    more = "; ".join(filter(None, (dates, ", ".join(one.recorded))))
    return f"{said} -> {meant}" + (f"; {more}" if more else "")


def candidate_told(one: Candidate) -> str:
    """Return a candidate as one chooses it: ``lodz (Łódź, PL, 98 %)``."""
    return f"{one.place.id} ({one.place.name}, {one.place.country}, {one.score} %)"


def _ids(ids: Iterable[str]) -> list[str]:
    return textwrap.wrap(
        ", ".join(ids),
        _WIDTH,
        initial_indent="  ",
        subsequent_indent="  ",
        break_long_words=False,
        break_on_hyphens=False,
    )
