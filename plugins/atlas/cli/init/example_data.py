"""The worked example of a new atlas: the part of ``examples/climate`` that lies on one continent."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from ...dataset.canonical.csv import with_rows
from ...dataset.canonical.yaml import new_yaml
from ...model.schema import Record, schema

REGIONS: Mapping[str, str] = {
    "africa": "KE MA SN ZA",
    "america": "BR CA CL MX US",
    "asia": "ID IN JO JP",
    "europe": "DE ES FI FR HU PL",
    "oceania": "FJ NZ WS",
}
"""Parts of the world, each with the countries of the invented places there."""
_NOTES = ("note", "reason")

Row = dict[str, str]


def example(source: Path, languages: Sequence[str], region: str) -> Iterator[tuple[str, bytes]]:
    """Yield the path and the bytes of each file of the example's data, for one region and some languages."""
    tables = {path.relative_to(source).as_posix(): _rows(path) for path in sorted(source.rglob("*.csv"))}
    texts = {path.relative_to(source).as_posix(): _tree(path) for path in sorted(source.rglob("*.yaml"))}
    countries = REGIONS[region].split()
    cities = {row["id"] for row in tables["cities.csv"] if row["country"] in countries}
    texts = {
        name: tree
        for name, tree in texts.items()
        if not name.startswith("actions/") or cities.issuperset(tree["cities"])
    }
    for name, rows in tables.items():
        if name.startswith("commitments/"):
            tables[name] = [row for row in rows if row["city"] in cities]
    used = {id for tree in texts.values() for id in tree.get("sources", ())}
    used |= {id for tree in texts.values() for part in _parts(tree) for id in part.get("sources", ())}
    used |= {
        id for name in tables if name.startswith("commitments/") for row in tables[name]
        for id in row["sources"].split(";")
    }  # fmt: skip
    tables["cities.csv"] = [row for row in tables["cities.csv"] if row["id"] in cities]
    tables["sources.csv"] = [row for row in tables["sources.csv"] if row["id"] in used]
    records = {one.path.partition("/")[0]: one for one in schema(tuple(languages)).values()}
    for name, rows in tables.items():
        record = records[name.partition("/")[0]]
        yield name, with_rows(record, None, name, [_cells(row, record, languages) for row in rows])[0]
    for name, tree in texts.items():
        tree = _in_languages(tree, languages)
        if name == "vocabulary.yaml":
            tree["languages"] = list(languages)
        yield name, new_yaml(records[name.partition("/")[0]], tree, tuple(languages))


def _rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _tree(path: Path) -> dict[str, Any]:
    tree: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return tree


def _parts(tree: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield from (part for key in ("obligations", "counts") for part in tree.get(key, ()))


def _cells(row: Row, record: Record, languages: Sequence[str]) -> Row:
    """Return the cells of a row for the columns of an atlas in these languages."""
    # A note has no words in a language that the example does not speak: English is better than none.
    notes = {f"{base}_{code}": row.get(f"{base}_en", "") for base in _NOTES for code in languages}
    return {name: text for name, text in (notes | row).items() if name in record.by_name}


def _in_languages(node: Any, languages: Sequence[str]) -> Any:
    """Return a tree whose texts are in these languages: in English where the example has no others."""
    if isinstance(node, list):
        return [_in_languages(item, languages) for item in node]
    if not isinstance(node, dict):
        return node
    if isinstance(node.get("en"), str):
        return {code: node.get(code, node["en"]) for code in languages}
    return {key: _in_languages(value, languages) for key, value in node.items()}
