"""``atlas enrich``: Wikidata number, website and official codes of cities, shown before they are written.

The query service of Wikidata is asked by their GeoNames numbers.
"""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from ..dataset.reading.csv_table import Row, Table
from ..dataset.reading.load import Dataset, load
from ..findings import FieldValue, Listing, printable
from ..model.schema import LIST_SEPARATOR, list_entries
from ..validate.values.urls import url_problem
from .dialogue import Talk, on_terminal
from .edit.rows import Edit, edited, write
from .messages import SAID
from .web import visit
from .web.fetch import Limits
from .web.judge import asked
from .web.visit import Visitor

QUERY = "https://query.wikidata.org/sparql?format=json&query={query}"
REGISTERS = {"teryt": "P1653", "lau": "P782", "nuts": "P605"}
"""Official registers by the word before their numbers, with the property of Wikidata."""

_SPARQL = """SELECT ?number ?item ?website {heads} WHERE {{
VALUES ?number {{ {numbers} }}
?item wdt:P1566 ?number .
OPTIONAL {{ ?item wdt:P856 ?website }}
{registers}
}}"""
_ITEM = re.compile(r"https?://www\.wikidata\.org/entity/(Q[1-9][0-9]{0,11})")
_NUMBER = re.compile(r"[1-9][0-9]{0,9}")
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,30}")


@dataclass(slots=True)
class Known:
    """What Wikidata says of one GeoNames number; several of what should be one are no answer."""

    items: set[str] = field(default_factory=set)
    websites: set[str] = field(default_factory=set)
    codes: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def cells(self) -> dict[str, str]:
        """Return the cells that follow; nothing where the number belongs to several items or to none."""
        if len(self.items) != 1:
            return {}
        cells = {"wikidata": next(iter(self.items))}
        if len(self.websites) == 1:
            cells["website"] = next(iter(self.websites))
        codes = [f"{name}:{next(iter(self.codes[name]))}" for name in REGISTERS if len(self.codes[name]) == 1]
        return cells | ({"codes": ";".join(codes)} if codes else {})


def query(numbers: Iterable[str]) -> str:
    """Return the address that answers what is known of these GeoNames numbers."""
    text = _SPARQL.format(
        heads=" ".join(f"?{name}" for name in REGISTERS),
        numbers=" ".join(f'"{number}"' for number in numbers if _NUMBER.fullmatch(number)),
        registers="\n".join(f"OPTIONAL {{ ?item wdt:{p} ?{name} }}" for name, p in REGISTERS.items()),
    )
    return QUERY.format(query=quote(" ".join(text.split()), safe=""))


def ask(visitor: Visitor, numbers: Iterable[str]) -> tuple[Mapping[str, Known], FieldValue]:
    """Return what Wikidata knows by GeoNames number, or nothing and why."""
    answer, verdict = asked(visitor, query(numbers))
    found: defaultdict[str, Known] = defaultdict(Known)
    for row in _rows(answer):
        values = {name: str(cell["value"]) for name, cell in row.items() if _is_value(cell)}
        item = _ITEM.fullmatch(values.get("item", ""))
        if not item or not _NUMBER.fullmatch(number := values.get("number", "")):
            continue
        known = found[number]
        known.items.add(item[1])
        if (website := values.get("website")) and not url_problem(website):
            known.websites.add(website)
        for name in REGISTERS:
            if (code := values.get(name)) and _CODE.fullmatch(code):
                known.codes[name].add(code)
    return found, "" if answer is not None else verdict.reason


def _rows(answer: Any) -> list[dict[str, Any]]:
    try:
        rows = answer["results"]["bindings"]
    except (KeyError, TypeError, IndexError):
        return []
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _is_value(cell: object) -> bool:
    return isinstance(cell, dict) and isinstance(cell.get("value"), str)


AT_ONCE = 50
"""Cities in one request."""
COLUMNS = ("wikidata", "website", "codes")


def run(options: argparse.Namespace) -> int:
    """Ask, show, and write where that is wanted; return 0, or 1 where it would be an error."""
    talk, dataset = Talk(options.lang), load(options.data)
    visitor = visit.visitor(Limits(read_s=60, total_s=90, body_bytes=5_000_000))
    columns = options.only or COLUMNS
    wanted = list(_wanted(options, dataset))
    edits: list[Edit] = []
    code = 0
    for begin in range(0, len(wanted), AT_ONCE):
        found = list(_looked_up(visitor, columns, wanted[begin : begin + AT_ONCE], talk))
        if options.accept and found:  # as one goes on, so that little is lost where a run is stopped
            code = max(code, _written(options, dataset, found, talk))
        edits += found
    cities = talk.count(SAID.enrich.cities, len(wanted))
    talk.tell(SAID.enrich.found, cities=cities, found=len(edits))
    if options.accept or not edits:
        return code
    if not on_terminal():
        talk.tell(SAID.enrich.to_accept)
        return 0
    return _written(options, dataset, edits, talk)


def _written(options: argparse.Namespace, dataset: Dataset, edits: Sequence[Edit], talk: Talk) -> int:
    contents = edited(options.data, dataset, "city", edits)
    return write(talk, options.data, contents, asks=not options.accept)


def _wanted(options: argparse.Namespace, dataset: Dataset) -> Iterator[tuple[Table, Row]]:
    """Yield the cities with a GeoNames number that lack anything that is asked for."""
    table = dataset.table("cities")
    for row, number in table.column("geonames"):
        if options.cities and table.get(row, "id") not in options.cities:
            continue
        if options.country and table.get(row, "country") not in options.country:
            continue
        if number and any(not table.get(row, column) for column in options.only or COLUMNS):
            yield table, row


def _looked_up(
    visitor: Visitor, columns: Sequence[str], wanted: Sequence[tuple[Table, Row]], talk: Talk
) -> Iterator[Edit]:
    """Yield what some cities gain, and say it."""
    found, reason = ask(visitor, [table.get(row, "geonames") for table, row in wanted])
    if reason:
        talk.tell(SAID.enrich.failed, reason=reason)
    for table, row in wanted:
        known = found.get(table.get(row, "geonames"))
        if known is None:
            continue
        name = f"{table.path}:{row.line}: {table.get(row, 'id')}"
        said, recorded = known.cells(), table.get(row, "wikidata")
        if not said or (recorded and said["wikidata"] != recorded):
            items = Listing(sorted(known.items))
            talk.tell(SAID.enrich.several_items, city=name, items=items, recorded=recorded or "–")
            continue
        if cells := _new(table, row, said, columns):
            print(printable(f"{name}: " + ", ".join(f"{column} {value}" for column, value in cells.items())))
            yield table, row, cells


def _new(table: Table, row: Row, said: Mapping[str, str], columns: Sequence[str]) -> dict[str, str]:
    """Return the cells that fill what is empty; codes only of registers that the row does not name."""
    cells = {
        column: said[column]
        for column in columns
        if column in said and column != "codes" and not table.get(row, column)
    }
    if "codes" in columns and "codes" in said:
        codes = list_entries(table.get(row, "codes"))
        registers = {code.partition(":")[0] for code in codes}
        more = [code for code in list_entries(said["codes"]) if code.partition(":")[0] not in registers]
        if more:
            cells["codes"] = LIST_SEPARATOR.join([*codes, *more])
    return cells
