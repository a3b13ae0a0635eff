"""The plan of an import: a table in which a person decides, name by name, and hands it back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from anyascii import anyascii

from ...dataset.canonical.csv import csv_text
from ...dataset.reading.text_file import decoded
from ...dataset.spreadsheet_cells import harmless, restored
from ...errors import FindingsError, UsageError
from ...findings import Finding, Listing, Place, finding
from ...languages import gazetteer
from ...languages.folding import folded, slug
from ...languages.name_matching import is_body, without_office
from ...languages.namesakes import SAME_PLACE
from ...model.globe import kilometres
from ...model.schema import schema
from ...validate.context import Context, Value
from ...validate.rules.references import no_such
from ..edit.answers import Judge
from ..messages import SAID
from .columns import WORDS
from .list_file import csv_rows
from .match import ACCEPTABLE, Comparison, FoundEntry
from .member_list import MemberEntry

COLUMNS = ("line", "name", "country", "state", "candidates", "city", "decision")
PLACE = ("city_name", "region", "lat", "lon", "population", "geonames")
"""Columns of what a new city would be: any may be empty, or missing."""
ACCEPT, SKIP, NEW = "accept", "skip", "new"


@dataclass(frozen=True, slots=True)
class Accepted:
    """An entry that a person accepted, and the city that it means."""

    found: FoundEntry
    city: str
    place: Mapping[str, str] | None = None
    """The cells of a city that is added with it."""


def plan_text(compared: Comparison, judge: Judge) -> str:
    """Return the plan as CSV: what is exact and new is accepted beforehand.

    So are cities that are not there yet, where the list or GeoNames tells one point of them.
    """
    unknown = compared.of("unknown")
    try:
        known = gazetteer.look_up_all((one.entry.name, one.entry.country) for one in unknown)
    except gazetteer.NoGazetteer:
        known = {}
    taken: set[str] = set()
    rows = []
    for one in compared.found:
        if one.state in ("recorded", "repeated"):
            continue
        entry, place = one.entry, {}
        city = one.city if one.state in (*ACCEPTABLE, "likely") else ""
        decision = ACCEPT if one.state in ACCEPTABLE else ""
        if one.state == "unknown":
            place = _new_place(entry, known.get((entry.name, entry.country), ()))
            country = entry.country or place.pop("country", "")
            city = judge.free_id("city", slug(anyascii(place["city_name"])), country.lower(), also=taken)
            taken.add(city)
            entry = replace(entry, country=country)
            sure = country and place.get("lat") and not entry.doubt and not is_body(entry.name)
            decision = NEW if sure else ""
        candidates = ";".join(f"{candidate.place.id} {candidate.score}%" for candidate in one.candidates)
        first = (str(entry.line), harmless(entry.name), entry.country, one.state, candidates, city, decision)
        rows.append((*first, *(harmless(place.get(name, "")) for name in PLACE)))
    return csv_text((*COLUMNS, *PLACE), *rows)


def _new_place(entry: MemberEntry, known: Sequence[gazetteer.GazetteerPlace]) -> dict[str, str]:
    """Return what is known of a city: its point in the list, and the one place that GeoNames has there."""
    point = entry.beside.point
    if point:
        known = [one for one in known if kilometres((float(one.lat), float(one.lon)), point) <= SAME_PLACE]
    place = known[0] if len(known) == 1 else None
    at = {"lat": f"{point[0]:.4f}", "lon": f"{point[1]:.4f}"} if point else {}
    if place is None:
        return {"city_name": without_office(entry.name)} | at
    return {"city_name": place.name} | place.cells | at


def read_plan(data: bytes, path: str, compared: Comparison, context: Context) -> list[Accepted]:
    """Return what the plan accepts. Raises FindingsError with everything that is wrong with it."""
    found: list[Finding] = []
    text = decoded(data, path, found)
    if text is None or found:
        raise FindingsError(found)
    by_line = {one.entry.line: one for one in compared.found}
    accepted: list[Accepted] = []
    for place, row in _rows(text, path):
        decision = folded(row["decision"])
        one = by_line.get(int(row["line"])) if row["line"].isdecimal() else None
        if decision in WORDS["skip"]:
            continue
        if one is None or one.entry.name != restored(row["name"]):
            found.append(finding("E-REF", "other-list", place, value=row["name"], line=row["line"]))
        elif decision in WORDS["new"]:
            names = {"id": row["city"], "name": row["city_name"] or one.entry.name, "country": row["country"]}
            place_cells = {name: restored(row[name]) for name in PLACE[1:]}
            accepted.append(Accepted(one, row["city"], names | place_cells))
        elif decision not in WORDS["accept"]:
            said = {"value": row["decision"], "column": "decision"}
            found.append(finding("E-CODE", "no-decision", place, **said, choices=(ACCEPT, NEW, SKIP)))
        elif row["city"] not in context.cities:
            found.append(_no_city(place, row["city"], one, context))
        else:
            accepted.append(Accepted(one, row["city"]))
    if found:
        raise FindingsError(found)
    return accepted


def _no_city(place: Place, city: str, one: FoundEntry, context: Context) -> Finding:
    if not city:
        near = tuple(candidate.place.id for candidate in one.candidates)
        return finding("E-REQUIRED", "near", place, column="city", near=near)
    return no_such(Value(city, place, schema()["commitment"].by_name["city"]), context)


def _rows(text: str, path: str) -> Iterator[tuple[Place, dict[str, str]]]:
    """Yield the rows. The columns are known, so another separator of a spreadsheet is recognised by them."""
    heading = text.split("\n", 1)[0]
    delimiter = next((mark for mark in (",", ";", "\t") if mark in heading), ",")
    (_, columns), *rows = csv_rows(text, path, delimiter) or [(1, [])]
    if missing := [name for name in COLUMNS if name not in columns]:
        raise UsageError(SAID.members.not_a_plan, path=path, names=Listing(missing))
    for line, cells in rows:
        row = dict(zip(columns, cells, strict=False))
        yield Place(path, line), {name: row.get(name, "").strip() for name in (*COLUMNS, *PLACE)}


def unaccepted(accepted: Iterable[Accepted], compared: Comparison) -> int:
    """Return how many entries wait for a decision."""
    done = {one.found.entry.line for one in accepted}
    waiting = compared.of(*ACCEPTABLE, "likely", "ambiguous")
    return sum(one.entry.line not in done for one in waiting)
