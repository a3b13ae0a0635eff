"""The values that documents share: dates, texts, addresses of pages, claims and what sources differ about."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from ...model.dates import PartialDate
from ...model.records import Commitment, Localized, Source
from ...views.analysis.comparison_table import period
from ...views.lens import Lens
from ..tables.relational import shapes

FOLDER = "api/v1"
VERSION = "1"

Json = dict[str, Any]
Lenses = Sequence[Lens]
"""Every language of the site, the default first."""


def date(when: PartialDate | None) -> Json | None:
    """Return a date with its precision and its bounds; None where it is unknown."""
    if when is None:
        return None
    return {
        "edtf": str(when),
        "value": when.value,
        "precision": when.precision,
        "earliest": when.earliest.isoformat() if when.earliest else None,
        "latest": when.latest.isoformat(),
        "approximate": when.approximate,
        "uncertain": when.uncertain,
    }


def text(words: Localized | None) -> Json:
    """Return text by language; empty where none is known."""
    return dict(sorted((words or {}).items()))


def fields(record: Any, names: str) -> Json:
    """Return fields of a record of the model by their names, each as documents write what it holds."""
    held = shapes(record.__class__)
    return {name: _written_as(held[name][0], getattr(record, name)) for name in names.split()}


def _written_as(shape: str, value: Any) -> Any:
    match shape:
        case "date":
            return date(value)
        case "duration":
            return value.value if value else None
        case "localized":
            return text(value)
        case "list":
            return list(value)
        case "texts":
            return [text(one) for one in value]
        case _:
            return value


def pages(lenses: Lenses, section: str, id: str = "", fragment: str = "") -> Json:
    """Return the address of a page in every language, below the root of the site."""
    end = f"#{fragment}" if fragment else ""
    return {one.lang.code: one.addresses.path(one.lang.code, section, id) + end for one in lenses}


def code(codes: Mapping[str, Any], id: str | None) -> Json | None:
    """Return a code of the vocabulary with its label; None where it is unknown."""
    if id is None:
        return None
    return {"id": id, "label": text(codes[id].label) if id in codes else {}}


def country(lenses: Lenses, iso: str) -> Json:
    """Return a country with its name in every language of the site."""
    return {"code": iso, "names": {one.lang.code: one.lang.country(iso) for one in lenses}}


def claim(lenses: Lenses, one: Commitment, *, shown: Literal["cell", "city"] | None = None) -> Json:
    """Return a claim; with ``shown`` also the words that a cell of a table has for it, or its city's name.

    A refusal that the data records as an action has no id of its own; ``action`` names it.
    """
    lens = lenses[0]
    kind, _, action = one.anchor.partition("/")
    periods = {each.lang.code: period(each, one) for each in lenses}
    values: Json = {
        "id": None if action else one.key,
        **fields(one, "city instrument period status"),
        "state": lens.state(one),
        **fields(one, "decided since until verified verified_by roles act note"),
        "disputed": periods[lens.lang.code].disputed,
        "sources": list(one.sources),
        "action": action or None,
        "brought_about_by": [each.id for each in lens.atlas.actions_of_commitment.get(one.key, ())],
        "statement": {each.lang.code: each.statement(each.lasting(one)) for each in lenses},
        "pages": pages(lenses, kind, action) if action else pages(lenses, "cities", one.city, one.anchor),
    }
    atlas = lens.atlas
    if shown == "cell":
        instrument = atlas.instruments[one.instrument]
        values["shown"] = {
            each.lang.code: {
                "word": periods[each.lang.code].word,
                "head": periods[each.lang.code].head,
                "rest": periods[each.lang.code].rest,
                "instrument": each.instrument_short(instrument),
            }
            for each in lenses
        }
    elif shown == "city":
        city = atlas.cities[one.city]
        names = {each.lang.code: each.city_name(city) for each in lenses}
        values["shown"] = {code: {"city": name, "country": city.country} for code, name in names.items()}
    return values


def differences(lens: Lens, *records: str) -> list[Json]:
    """Return what sources say differently about some records, by field, the preferred value first."""
    found: dict[tuple[str, str], Json] = {}
    for record in records:
        for one in lens.atlas.contradictions.get(record, ()):
            group = {**fields(one, "record field field_words"), "values": []}
            values = found.setdefault((record, one.field), group)["values"]
            values.append(fields(one, "value value_words preferred reason sources"))
    return list(found.values())


def sources(lens: Lens, *named: Any) -> Json:
    """Return the sources that some parts of a document name, by id."""
    ids = sorted({id for part in named for id in _named(part)})
    return {id: source(lens.atlas.sources[id]) for id in ids}


def source(one: Source) -> Json:
    """Return what every document says of a source that it names."""
    return fields(one, "title publisher url archived lang published gone")


def _named(part: Any) -> Iterable[str]:
    """Yield the ids under every ``sources`` within a part of a document."""
    if isinstance(part, dict):
        for key, value in part.items():
            yield from value if key == "sources" else _named(value)
    elif isinstance(part, list):
        for one in part:
            yield from _named(one)


def head(lens: Lens, kind: str, id: str) -> Json:
    """Return what every document begins with: the version, the edition, what it is about."""
    return {"api": VERSION, "edition": lens.version, "type": kind, "id": id}


def written(value: Any) -> str:
    """Return a document as text."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")) + "\n"
