"""The way back: from the tables of ``relational``, the flat table and GeoJSON to the records of the model.

It proves that an export has lost nothing, and shows how to read one. Tables come as one dictionary a row,
in the order of the file; columns that the model does not have are passed over.
"""

from __future__ import annotations

import typing
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from atlas.model.dates import PartialDate, parse_date, parse_duration
from atlas.model.records import City, Commitment, Localized, Vocabulary
from atlas.model.schema import LIST_SEPARATOR
from atlas.opendata.tables import flat, geojson
from atlas.opendata.tables.relational import ROOTS, Root, shapes, singular

Rows = Iterable[Mapping[str, Any]]


def records(found: Mapping[str, Rows]) -> dict[str, list[Any]]:
    """Return the records of every kind by the name of its table, codes by section as a ``Vocabulary``."""
    read = {root.table: _records(root, found) for root in ROOTS}
    sections: dict[str, dict[str, Any]] = {name: {} for name in typing.get_type_hints(Vocabulary)}
    for row, code in zip(found["codes"], read["codes"], strict=True):
        sections[row["section"]][code.id] = code
    return read | {"codes": [Vocabulary(**sections)]}


def _records(root: Root, found: Mapping[str, Rows]) -> list[Any]:
    key = (root.one,) if len(root.key) == 1 else root.key
    rows = [(tuple(row[name] for name in root.key), row) for row in found[root.table]]
    return [one for _, one in _read(root.record, root.one, key, rows, found)]


def _read(
    record: type, one: str, named: tuple[str, ...], rows: list[tuple[Any, Any]], found: Mapping[str, Rows]
) -> list[tuple[Any, Any]]:
    """Return the records of some rows with the keys that other tables name them by (``named``)."""
    several: dict[str, Mapping[Any, list[Any]]] = {}
    for name, (shape, inner) in shapes(record).items():
        if shape not in ("list", "texts", "parts"):
            continue
        item, parts = singular(name), defaultdict(list)
        held = [(tuple(row[part] for part in named), row) for row in found[f"{one}_{name}"]]
        if shape == "parts":
            numbered = [((*id, row["number"]), row) for id, row in held]
            for id, value in _read(inner, item, (*named, item), numbered, found):
                parts[id[:-1]].append(value)
        else:
            for id, row in held:
                parts[id].append(row[item] if shape == "list" else localized(row, item))
        several[name] = parts
    return [
        (id, build(record, row, {n: tuple(parts.get(id, ())) for n, parts in several.items()}))
        for id, row in rows
    ]


def build(record: type, row: Mapping[str, Any], given: Mapping[str, Any], prefix: str = "") -> Any:
    """Return a record from the columns of its row; ``given`` are the fields that stand elsewhere."""
    fields = dict(given)
    hints = typing.get_type_hints(record)
    for name, (shape, inner) in shapes(record).items():
        column = prefix + name
        if name in fields:
            continue
        if shape == "localized":
            text = localized(row, singular(column) if name == "names" else column)
            fields[name] = text or (None if type(None) in typing.get_args(hints[name]) else text)
        elif shape == "part":
            part = build(inner, row, {}, f"{column}_")
            fields[name] = part if part != inner() else None
        elif row[column] is None:
            fields[name] = None
        elif shape == "date":
            fields[name] = parse_date(row[column])
        elif shape == "duration":
            fields[name] = parse_duration(row[column])
        else:
            fields[name] = bool(row[column]) if shape == "boolean" else row[column]
    return record(**fields)


_BESIDE = ("precision", "earliest", "latest")


def localized(row: Mapping[str, Any], base: str) -> dict[str, str]:
    """Return the text of the columns ``<base>_<language>`` by language, as far as there is any."""
    return {
        name.removeprefix(f"{base}_").replace("_", "-"): str(value)
        for name, value in row.items()
        if name.startswith(f"{base}_") and value is not None and _is_language(name.removeprefix(f"{base}_"))
    }


def _is_language(end: str) -> bool:
    return end not in _BESIDE and len(end.split("_")[0]) in (2, 3)


def flat_commitment(row: Mapping[str, str], languages: Iterable[str]) -> Commitment:
    """Return the commitment that a row was made from."""
    dates: dict[str, Any] = {name: date_of(row[name]) for name in flat.DATES}
    return Commitment(
        instrument=row["instrument_id"],
        city=row["city_id"],
        period=row["period"] or None,
        status=row["status"],
        **dates,
        roles=entries(row["role"]),
        act=row["act"] or None,
        verified_by=row["verified_by"] or None,
        sources=entries(row["sources"]),
        note=texts(row, "note", languages),
        anchor=row["anchor"],
    )


def flat_city(row: Mapping[str, str], languages: Iterable[str]) -> City:
    """Return the city of a row."""
    number = {"lat": float, "lon": float, "population": int}
    known = {name: row[f"city_{name}"] for name in flat._CITY}
    values: dict[str, Any] = {name: number.get(name, str)(text) for name, text in known.items() if text}
    return City(
        **values,
        names=texts(row, "city_name", languages),
        codes=entries(row["city_codes"]),
        former_names=entries(row["city_former_names"]),
        until=date_of(row["city_until"]),
        former_ids=entries(row["city_former_ids"]),
    )


def date_of(text: str) -> PartialDate | None:
    return parse_date(text) if text else None


def entries(text: str) -> tuple[str, ...]:
    return tuple(text.split(LIST_SEPARATOR)) if text else ()


def texts(row: Mapping[str, str], base: str, languages: Iterable[str]) -> Localized:
    return {code: text for code in languages if (text := row[f"{base}_{code}"])}


def feature_city(feature: Mapping[str, Any]) -> City:
    """Return the city that a feature was made from."""
    held, geometry = feature["properties"], feature["geometry"]
    lon, lat = geometry["coordinates"] if geometry else (None, None)
    return City(
        id=held["id"],
        name=held["name"],
        names=held["names"],
        country=held["country"],
        lat=lat,
        lon=lon,
        codes=tuple(held["codes"]),
        former_names=tuple(held["former_names"]),
        until=parse_date(held["until"]) if held["until"] else None,
        former_ids=tuple(held["former_ids"]),
        **{name: held[name] for name in geojson._OPTIONAL},
    )
