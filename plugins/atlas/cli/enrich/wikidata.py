"""Identifiers from the query service of Wikidata: what it says of cities, by their GeoNames numbers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from ...findings import FieldValue
from ...validate.values.urls import url_problem
from ..web.interface import asked
from ..web.visit import Visitor

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
