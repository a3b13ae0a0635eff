"""The plan of an import: a table in which a person decides, name by name, and hands it back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ...dataset.canonical.csv import csv_text
from ...dataset.reading.text_file import decoded
from ...dataset.spreadsheet_cells import harmless, restored
from ...errors import FindingsError
from ...findings import N_, Finding, Place, finding
from ...languages.folding import folded
from ...model.schema import schema
from ...validate.context import Context
from ...validate.rules.references import no_such
from ..dialogue import Talk
from .match import Comparison, Found

COLUMNS = ("line", "name", "country", "state", "candidates", "city", "decision")
ACCEPT, SKIP = "accept", "skip"
_YES = frozenset((ACCEPT, "accepted", "yes", "y", "x", "tak", "t", "dodaj"))
_NO = frozenset((SKIP, "", "no", "n", "nie", "pomin", "-"))


@dataclass(frozen=True, slots=True)
class Accepted:
    """An entry that a person accepted, and the city that it means."""

    found: Found
    city: str


def plan_text(compared: Comparison) -> str:
    """Return the plan as CSV: what is exact and new is accepted beforehand, nothing else is."""
    rows = (
        (
            str(one.entry.line),
            harmless(one.entry.name),
            one.entry.country,
            one.state,
            ";".join(f"{candidate.place.id} {candidate.score}%" for candidate in one.candidates),
            one.city if one.state in ("new", "likely") else "",
            ACCEPT if one.state == "new" else "",
        )
        for one in compared.found
        if one.state not in ("recorded", "repeated")
    )
    return csv_text(COLUMNS, *rows)


def read_plan(data: bytes, path: str, compared: Comparison, context: Context, talk: Talk) -> list[Accepted]:
    """Return what the plan accepts. Raises FindingsError with everything that is wrong with it."""
    found: list[Finding] = []
    text = decoded(data, path, found)
    if text is None or found:
        raise FindingsError(found)
    by_line = {one.entry.line: one for one in compared.found}
    accepted: list[Accepted] = []
    for place, row in _rows(text, path, talk):
        decision = folded(row["decision"])
        one = by_line.get(int(row["line"])) if row["line"].isdecimal() else None
        if decision in _NO:
            continue
        if one is None or one.entry.name != restored(row["name"]):
            found.append(_other_list(place, row))
        elif decision not in _YES:
            found.append(
                finding(
                    "E-CODE",
                    place,
                    N_("{column} '{value}': must be {choices}"),
                    value=row["decision"],
                    column="decision",
                    choices=(ACCEPT, SKIP),
                )
            )
        elif row["city"] not in context.cities:
            found.append(_no_city(place, row["city"], one, context))
        else:
            accepted.append(Accepted(one, row["city"]))
    if found:
        raise FindingsError(found)
    return accepted


def _other_list(place: Place, row: Mapping[str, str]) -> Finding:
    return finding(
        "E-REF",
        place,
        N_("name '{value}': does not stand in line {line} of the list"),
        value=row["name"],
        hint=N_("the plan belongs to another list; write a new one with --plan"),
        line=row["line"],
    )


def _no_city(place: Place, city: str, one: Found, context: Context) -> Finding:
    if not city:
        return finding(
            "E-REQUIRED",
            place,
            N_("{column}: needed, but empty"),
            hint=N_("did you mean {near}?"),
            column="city",
            near=tuple(candidate.place.id for candidate in one.candidates),
        )
    return no_such(place, schema()["commitment"].by_name["city"], city, context)


def _rows(text: str, path: str, talk: Talk) -> Iterator[tuple[Place, dict[str, str]]]:
    """Yield the rows. The columns are known, so another separator of a spreadsheet is recognised by them."""
    heading = text.split("\n", 1)[0]
    delimiter = next((mark for mark in (",", ";", "\t") if mark in heading), ",")
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, restval="")
    if missing := [name for name in COLUMNS if name not in (reader.fieldnames or ())]:
        raise talk.wrong(
            N_("{path}: not a plan of an import, there is no column {names}"),
            path=path,
            names=", ".join(missing),
        )
    before = 1
    for row in reader:
        yield Place(path, before + 1), {name: (row[name] or "").strip() for name in COLUMNS}
        before = reader.line_num


def unaccepted(accepted: Iterable[Accepted], compared: Comparison) -> int:
    """Return how many entries wait for a decision."""
    done = {one.found.entry.line for one in accepted}
    waiting = compared.of("new", "likely", "ambiguous")
    return sum(one.entry.line not in done for one in waiting)
