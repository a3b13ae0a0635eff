"""One table with everything that is known of each claim in its row, for people who want a single sheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from ...languages.wordings import packaged
from ...model.records import City, Instrument
from ...model.schema import LIST_SEPARATOR
from ...views.lens import Lens
from .relational import Kind, RelationalColumn, RelationalTable, date_columns, date_values

PATH = "data/atlas-flat.csv"
PARQUET = "data/atlas-flat.parquet"

DATES = ("decided", "since", "until", "verified")
_DATE_COLUMNS = {name: tuple(column.name for column in date_columns(name)) for name in DATES}
_CITY = (
    *("id", "name", "country", "region", "lat", "lon", "population"),
    *("geonames", "wikidata", "website", "successor"),
)


def flat_table(lenses: Sequence[Lens]) -> RelationalTable:
    """Return a row for each commitment, with words in the language of each lens; see ``descriptions``."""
    languages = [lens.lang.code for lens in lenses]
    columns = tuple(RelationalColumn(name, _kind(name)) for name in descriptions(languages))
    held = [tuple(row[column.name] for column in columns) for row in rows(lenses)]
    return RelationalTable("atlas-flat", columns, ("claim",), rows=held)


def as_csv(table: RelationalTable) -> bytes:
    """Return a table as CSV; what is unknown is an empty cell."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(table.names)
    writer.writerows(table.rows)
    return buffer.getvalue().encode()


def _kind(column: str) -> Kind:
    if column in ("city_lat", "city_lon"):
        return "real"
    if column.endswith(("_earliest", "_latest")):
        return "day"
    return "integer" if column == "city_population" else "text"


def rows(lenses: Sequence[Lens]) -> Iterator[dict[str, Any]]:
    """Yield each commitment by column, in the order of the data; unknown is None."""
    lens = lenses[0]
    atlas = lens.atlas
    cities = {id: _of_city(lenses, city) for id, city in atlas.cities.items()}
    instruments = {id: _of_instrument(lenses, one) for id, one in atlas.instruments.items()}
    for one in atlas.commitments:
        sources = [atlas.sources[id] for id in one.sources]
        values = {
            "claim": one.key,
            "period": one.period,
            **cities[one.city],
            **instruments[one.instrument],
            "status": one.status,
            "state": lens.state(one),
            "verified_by": one.verified_by,
            "role": _joined(one.roles),
            "act": one.act,
            "anchor": one.anchor,
            "disputed": "yes" if one.record in atlas.contradictions else "no",
            "sources": _joined(one.sources),
            "source_titles": _joined(source.title for source in sources),
            "source_urls": _joined(source.url for source in sources if source.url),
        }
        for name, described in _DATE_COLUMNS.items():
            values |= zip(described, date_values(getattr(one, name)), strict=True)
        for through in lenses:
            code = through.lang.code
            values[f"note_{code}"] = one.note.get(code)
            values[f"page_{code}"] = f"{values[f'page_{code}']}#{one.anchor}"
        yield values


def _of_city(lenses: Sequence[Lens], city: City) -> dict[str, Any]:
    """Return what all claims of a city share, the way to its page among it."""
    values = {f"city_{name}": getattr(city, name) for name in _CITY}
    for name in ("codes", "former_names"):
        values[f"city_{name}"] = _joined(getattr(city, name))
    values["city_until"] = str(city.until) if city.until else None
    values["city_former_ids"] = _joined(city.former_ids)
    for lens in lenses:
        code = lens.lang.code
        page = lens.addresses.path(code, "cities", city.id)
        values |= {
            f"city_name_{code}": city.names.get(code),
            f"country_name_{code}": lens.lang.country(city.country),
            f"page_{code}": lens.absolute(page) or page,
        }
    return values


def _of_instrument(lenses: Sequence[Lens], one: Instrument) -> dict[str, Any]:
    """Return what all claims in a network or charter share."""
    return {
        "instrument_id": one.id,
        "instrument_family": lenses[0].atlas.vocabulary.family(one),
        "instrument_kind": one.kind,
        "instrument_acronym": one.acronym,
        **{f"instrument_short_{lens.lang.code}": one.short.get(lens.lang.code) for lens in lenses},
        "instrument_topics": _joined(one.topics),
        **{f"instrument_name_{lens.lang.code}": lens.instrument_name(one).text for lens in lenses},
    }


def _joined(values: Iterable[str]) -> str | None:
    return LIST_SEPARATOR.join(values) or None


def descriptions(languages: Sequence[str]) -> Mapping[str, str]:
    """Return what each column means, in English, in the order of the table; ``flat.yaml`` says it."""
    written = packaged(Path(__file__).with_suffix(".yaml"))
    found: dict[str, str] = {}
    for by_date, columns in groupby(written["columns"].items(), key=lambda item: "{date}" in item[0]):
        block = tuple(columns)  # a date has its columns together
        for date, said in written["dates"].items() if by_date else (("", ""),):
            for name, help in block:
                for code in languages if "{code}" in name else ("",):
                    words = {"date": date, "said": said, "code": code}
                    found[name.format(**words)] = help.format(**words)
    return found


def resource(languages: Sequence[str]) -> dict[str, Any]:
    """Return the columns as a table schema of a Data Package."""
    types = {"real": "number", "integer": "integer", "day": "date"}
    return {
        "fields": [
            {"name": name, "type": types.get(_kind(name), "string"), "description": help}
            for name, help in descriptions(languages).items()
        ],
        "primaryKey": ["claim"],
        "missingValues": [""],
    }
