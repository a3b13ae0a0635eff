"""A list of members beside what is recorded: what is new, what is not, what must be decided."""

from __future__ import annotations

import shlex
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from ...dataset.reading.csv_table import Table
from ...findings import Finding, as_text, shown
from ...languages.name_matching import CORE, Candidate, Matcher, without_office
from ...model.grouping import grouped
from ...validate.rules.periods import Dates, dates_of
from ..dialogue import Talk
from ..messages import SAID
from .member_list import MemberEntry, MemberList

State = Literal["new", "again", "recorded", "otherwise", "likely", "ambiguous", "unknown", "repeated"]
ACCEPTABLE: tuple[State, ...] = ("new", "again")
"""States in which nothing is left to be decided."""

IN_FORCE = frozenset(("member", "signatory"))
"""Statuses that a list of members or signatories confirms."""
RETIRED = "retired"
"""Stands for a status where the commitment was withdrawn from the atlas and must not come back."""
NOT_THERE = frozenset(("former", "declined", "none", RETIRED))
"""Statuses of cities that need not stand on the list."""

_WIDTH = 100
_LINES = 10
"""Numbers of lines that are told of one finding."""


@dataclass(frozen=True, slots=True)
class FoundEntry:
    """One entry of the list and what it means."""

    entry: MemberEntry
    state: State
    candidates: tuple[Candidate, ...] = ()
    """The likest first."""
    recorded: tuple[str, ...] = ()
    """The statuses that the atlas records of the first candidate."""
    doubt: str = ""
    """A msgid: why a place of that very name has to be decided."""

    @property
    def city(self) -> str:
        """Return the id of the likest place, empty where there is none."""
        return self.candidates[0].place.id if self.candidates else ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every entry of the list, and the recorded cities that it does not name."""

    found: tuple[FoundEntry, ...]
    missing: tuple[str, ...]
    """Ids of cities that are recorded as in force and that no entry can mean."""

    def of(self, *states: State) -> list[FoundEntry]:
        """Return the entries in these states, in the order of the list."""
        return [one for one in self.found if one.state in states]


def compare(
    members: MemberList, matcher: Matcher, table: Table | None, retired: Iterable[str] = ()
) -> Comparison:
    """Return what the names mean beside the commitments of one instrument (None: there are none).

    ``retired`` are cities whose commitment to it was withdrawn.
    """
    recorded: dict[str, list[Dates]] = {}
    for row, city in table.column("city") if table else ():
        if table:
            recorded.setdefault(city, []).append(dates_of(table, row))
    for city in retired:
        recorded.setdefault(city, []).append(Dates(RETIRED, "", ""))
    found = [_found(entry, matcher, recorded) for entry in members.entries]
    meant = {one.place.id for each in found for one in each.candidates}
    for entry in members.unread:
        meant.update(one.place.id for one in matcher.match(entry.name, entry.country).candidates)
    missing = (
        city
        for city, rows in recorded.items()
        if not all(one.status in NOT_THERE for one in rows) and city not in meant
    )
    return Comparison(tuple(_repeated(found)), tuple(sorted(missing)))


def _found(entry: MemberEntry, matcher: Matcher, recorded: Mapping[str, Sequence[Dates]]) -> FoundEntry:
    match = matcher.match(entry.name, entry.country, entry.beside)
    place = match.place
    if match.kind == "exact" and place and (doubt := entry.doubt or _other(entry, matcher, place.id)):
        match = match.doubted(doubt)
    likeliest = match.candidates[0].place.id if match.candidates else ""
    rows = recorded.get(likeliest, ()) if place or match.doubt else ()
    state: State = "ambiguous"
    if match.doubt and len(match.candidates) == 1 and not entry.doubt and _state(rows, "") == "recorded":
        state = "recorded"  # what is known already decides between namesakes
    elif match.kind == "exact":
        state = _state(rows, entry.dates.get("since", ""))
    elif match.kind != "ambiguous":
        state = "likely" if match.kind == "likely" else "unknown"
    candidates = match.candidates[:1] if match.kind == "exact" else match.candidates
    return FoundEntry(entry, state, candidates, tuple(one.status for one in rows), match.doubt)


def _other(entry: MemberEntry, matcher: Matcher, city: str) -> str:
    """Return a doubt where another column of names names something else than the city."""
    if not entry.other_name:
        return ""
    other = matcher.match(entry.other_name, entry.country)
    same = other.kind != "likely" and city in (one.place.id for one in other.candidates if one.score >= CORE)
    return "" if same else SAID.members.other_body


def _state(rows: Sequence[Dates], since: str) -> State:
    if not rows:
        return "new"
    if any(one.status in IN_FORCE for one in rows):
        return "recorded"
    begun = Dates("member", since, "")
    ended = all(one.status == "former" and one.certainly_before(begun) for one in rows)
    return "again" if ended else "otherwise"


def _repeated(found: Sequence[FoundEntry]) -> Iterator[FoundEntry]:
    """Yield the entries, those that name a city again as repeated, or in doubt where two of them differ."""
    known = (one for one in found if one.state not in ("likely", "ambiguous", "unknown"))
    by_city = grouped(known, lambda one: one.city)
    for one in found:
        same = by_city.get(one.city, [one])
        if one not in same or len(same) == 1:
            yield one
        elif len({each.entry.dates.get("since") for each in same} - {None}) > 1:
            yield replace(one, state="ambiguous", doubt=SAID.members.different_dates)
        elif _differ([each.entry for each in same]):
            yield replace(one, state="ambiguous", doubt=SAID.members.several_of_the_name)
        else:
            yield one if one is same[0] else replace(one, state="repeated")


def _differ(entries: Sequence[MemberEntry]) -> bool:
    """Tell whether rows of one name differ in what else they say: then they may be two places."""
    named = [one for one in entries if one.name == entries[0].name]
    return any(len(set(cells) - {""}) > 1 for cells in zip(*(one.rest for one in named), strict=True))


def told(talk: Talk, members: MemberList, compared: Comparison) -> Iterator[str]:
    """Yield the lines of the report."""
    for state, forms in SAID.members.states.items():
        found = compared.of(state)
        if found:
            yield talk.count(forms, len(found))
            if state in ("recorded", "repeated"):
                yield from _ids(one.city for one in found)
            else:
                yield from (f"  {members.path}:{_line(talk, one)}" for one in found)
    if compared.missing:
        yield talk.count(SAID.members.missing, len(compared.missing))
        yield from _ids(compared.missing)
    if members.rewritten:
        text, meant = members.rewritten[0]
        yield talk.count(SAID.members.rewritten, len(members.rewritten), text=text, meant=meant)
    for step in members.steps:
        yield f"{members.path}:{step.line}: {talk.say(step.message, **step.fields)}"
    if members.unused:
        yield talk.say(SAID.members.unused, columns=", ".join(members.unused))
    if members.findings:
        yield talk.count(SAID.members.unread, len({one.line for one in members.findings}))
        yield from _once_each(talk, members.findings)


def _once_each(talk: Talk, findings: Sequence[Finding]) -> Iterator[str]:
    """Yield every finding once, with the other lines that it concerns."""
    for first, *others in grouped(findings, lambda one: (one.code, one.value, one.message)).values():
        told = as_text([first], talk.t).rstrip("\n")
        numbers = [str(one.line) for one in others[:_LINES]] + ["…"] * (len(others) > _LINES)
        more = talk.count(SAID.members.same_in, len(others), lines=", ".join(numbers)) if others else ""
        yield f"{told} ({more})" if more else told


def _line(talk: Talk, one: FoundEntry) -> str:
    entry = one.entry
    dates = ", ".join(f"{column} {text}" for column, text in entry.dates.items())
    name = shown(entry.name)
    where = ", ".join(filter(None, (entry.beside.region, entry.country)))
    said = f"{entry.line}: {name}" + (f" ({where})" if where else "")
    if one.state == "unknown":
        country = f" --country {entry.country}" if entry.country else ""
        return f"{said}: atlas new city --name {shlex.quote(without_office(name))}{country}"
    meant = ", ".join(candidate_told(candidate) for candidate in one.candidates)
    doubt = talk.say(one.doubt) if one.doubt else ""
    more = "; ".join(filter(None, (dates, ", ".join(one.recorded), doubt)))
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
