"""The open data: everything below ``/data/`` that is made from the dataset, and the list of it.

The files of the repository are published as they stand. What is made from them lies beside them: one table,
GeoJSON, SQLite, Parquet, the same tables for spreadsheets, their descriptions, terms and checksums.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..dataset.file_formats import Download, format_of
from ..dataset.reading.load import Dataset
from ..views.lens import Lens
from . import checksums, datapackage, dcat, licence
from .descriptions import DESCRIPTIONS
from .tables import flat, geojson, parquet, relational, spreadsheets, sqlite

__all__ = ["Download", "downloads", "open_data"]

FOLDER = "data/"


def open_data(dataset: Dataset, contents: Mapping[str, bytes], lenses: Sequence[Lens]) -> dict[str, bytes]:
    """Return every file that is made of the dataset, by its path below the root of the site.

    ``contents`` are the files of the repository by their paths below ``data/``, which are
    published as they stand; ``lenses`` the languages of the site, the default first.
    """
    tables = {path: content for path, content in contents.items() if path.endswith(".csv")}
    made = dict(_whole(lenses))
    for path, content in {**tables, "atlas-flat.csv": made[flat.PATH]}.items():
        made[f"{spreadsheets.FOLDER}/{path}"] = spreadsheets.for_spreadsheets(content)
    made[licence.ATTRIBUTION] = licence.attribution_file(lenses)
    package = datapackage.data_package(dataset, tables, lenses[0])
    package["resources"] += _resources(made, lenses)
    made[datapackage.PATH] = (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode()
    made[dcat.PATH] = dcat.catalogue(lenses, _distributions(contents, made))
    listed = {FOLDER + path: content for path, content in contents.items()} | made
    made[checksums.PATH] = checksums.checksums({p.removeprefix(FOLDER): c for p, c in listed.items()})
    return made


def _whole(lenses: Sequence[Lens]) -> Iterator[tuple[str, bytes]]:
    """Yield the formats that hold the whole atlas, or all its places."""
    lens, languages = lenses[0], [one.lang.code for one in lenses]
    about = {
        "title": lens.name,
        "edition": lens.version,
        "licence": lens.about.licence.id,
        "attribution": licence.attribution(lens),
        "site": lens.absolute(""),
    }
    yield geojson.PATH, geojson.geojson(lens)
    made = relational.tables(lens.atlas, languages)
    relational.with_states(made, map(lens.state, lens.atlas.commitments))
    yield sqlite.PATH, sqlite.sqlite_file(made, languages[0], about)
    sheet = flat.flat_table(lenses)
    yield flat.PATH, flat.as_csv(sheet)
    one_by_one = {f"{parquet.FOLDER}/{table.name}.parquet": table for table in made}
    yield from parquet.parquet_files({flat.PARQUET: sheet, **one_by_one})


def _resources(made: Mapping[str, bytes], lenses: Sequence[Lens]) -> Iterator[dict[str, Any]]:
    """Yield what the Data Package says of the files that are made for programs."""
    languages = [lens.lang.code for lens in lenses]
    for path, title in DESCRIPTIONS["datapackage"]["made"].items():
        name = path.removeprefix(FOLDER)
        stem, _, end = name.rpartition(".")
        more = {"type": "table", "encoding": "utf-8", "schema": flat.resource(languages)}
        yield {
            "name": f"{stem}-{end}" if end != "csv" else stem,
            "path": name,
            "title": title,
            "format": end,
            "mediatype": format_of(path).media,
            "bytes": len(made[path]),
            "hash": f"sha256:{checksums.sha256(made[path])}",
            **(more if end == "csv" else {}),
        }


def _distributions(contents: Mapping[str, bytes], made: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files that a portal lists: each form of the data once, and the tables of the repository."""
    tables = {FOLDER + path: content for path, content in contents.items() if path.endswith(".csv")}
    forms = (flat.PATH, flat.PARQUET, sqlite.PATH, geojson.PATH, datapackage.PATH)
    return {**{path: made[path] for path in forms}, **tables}


def downloads(contents: Mapping[str, bytes], made: Mapping[str, bytes]) -> tuple[Download, ...]:
    """Return all that lies below ``/data/`` with its size, the files of the repository first."""
    raw = (Download(FOLDER + path, len(content)) for path, content in contents.items())
    return (*raw, *(Download(path, len(content), made=True) for path, content in made.items()))
