"""The atlas as one SQLite file with keys, indexes and full-text search, to open in any tool or in datasette.

The bytes depend on the data and on the version of SQLite alone: rows stand in the order of the data, there
is no day in the file but that of the edition, and it is packed once it is whole.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Mapping

from .relational import RelationalColumn, RelationalTable

PATH = "data/atlas.sqlite"
VERSION = 1
"""The version of the tables, as ``PRAGMA user_version``; raised when a column goes or changes its meaning."""

_PAGE = 4096  # bytes
_TYPES = {"text": "TEXT", "integer": "INTEGER", "real": "REAL", "boolean": "INTEGER", "day": "TEXT"}

SEARCHED: Mapping[str, tuple[str, ...]] = {
    "cities": ("plain_names", "name"),
    "instruments": ("name", "short", "acronym", "summary", "founder"),
    "commitments": ("act", "note"),
    "actions": ("title", "summary", "note", "act_title", "act_number"),
    "sources": ("title", "publisher", "note"),
}
"""What full-text search looks at, in all languages: the table ``cities_fts`` is that of ``cities``."""

_DATES = "".join(
    f"commitments.{name}{end}, "
    for name in ("decided", "since", "until", "verified")
    for end in ("", "_precision", "_earliest", "_latest")
)
_VIEWS = (
    f"""
CREATE VIEW claims AS
SELECT commitments.id, cities.name AS city_name, cities.country, commitments.city,
  coalesce(instruments.short_{{lang}}, instruments.acronym, instruments.name_{{lang}}) AS instrument_name,
  commitments.instrument, commitments.status, commitments.state, {_DATES}
  (SELECT group_concat(source, ';') FROM
    (SELECT source FROM commitment_sources WHERE commitment = commitments.id ORDER BY number)) AS sources,
  cities.geonames, cities.wikidata
FROM commitments
JOIN cities ON cities.id = commitments.city
JOIN instruments ON instruments.id = commitments.instrument
""",
    """
CREATE VIEW city_registers AS
SELECT city, substr(code, 1, instr(code, ':') - 1) AS register, substr(code, instr(code, ':') + 1) AS number
FROM city_codes
UNION ALL SELECT id, 'geonames', geonames FROM cities WHERE geonames IS NOT NULL
UNION ALL SELECT id, 'wikidata', wikidata FROM cities WHERE wikidata IS NOT NULL
""",
)
"""Every claim in a row; and the number of every city in every register, to join with tables of others."""


def sqlite_file(made: Collection[RelationalTable], language: str, about: Mapping[str, str]) -> bytes:
    """Return the bytes of the database of some tables (see ``relational.tables``).

    ``about`` are facts on the edition for a table of its own; names of instruments in the view of all claims
    are those of a ``language``.
    """
    with sqlite3.connect(":memory:") as base:
        base.execute(f"PRAGMA page_size = {_PAGE}")
        base.execute(f"PRAGMA user_version = {VERSION}")
        base.execute("CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT")
        base.executemany("INSERT INTO about VALUES (?, ?)", about.items())
        for table in made:
            base.execute(_create(table))
        for table in made:
            marks = ", ".join("?" for _ in table.columns)
            base.executemany(f"INSERT INTO {_quoted(table.name)} VALUES ({marks})", table.rows)
        views = (view.format(lang=language) for view in _VIEWS)
        for statement in (*_indexes(made), *views, *_search(made)):
            base.execute(statement)
        if faults := base.execute("PRAGMA foreign_key_check").fetchall():
            raise ValueError(f"the tables name what is not there: {faults[:5]}")
        base.commit()
        base.execute("VACUUM")
        content = base.serialize()
    base.close()
    return content


def _quoted(name: str) -> str:
    return f'"{name}"'


def _listed(names: Collection[str]) -> str:
    return ", ".join(map(_quoted, names))


def _create(table: RelationalTable) -> str:
    parts = [_column(column, table) for column in table.columns]
    parts.append(f"PRIMARY KEY ({_listed(table.key)})")
    if table.parent:
        name, key = table.parent
        parts.append(
            f"FOREIGN KEY ({_listed(table.key[: len(key)])}) REFERENCES {_quoted(name)} ({_listed(key)})"
        )
    return f"CREATE TABLE {_quoted(table.name)} (\n  " + ",\n  ".join(parts) + "\n) STRICT"


def _column(column: RelationalColumn, table: RelationalTable) -> str:
    text = f"{_quoted(column.name)} {_TYPES[column.kind]}"
    if column.name in table.key:
        text += " NOT NULL"
    if column.refers:
        name, key = column.refers
        text += f" REFERENCES {_quoted(name)} ({_quoted(key)}) DEFERRABLE INITIALLY DEFERRED"
    return text


def _indexes(made: Collection[RelationalTable]) -> Iterator[str]:
    """Yield an index for every column that names a record elsewhere, and for what people filter by."""
    filtered = {
        "cities": ("country",),
        "commitments": ("status", "since_earliest"),
        "actions": ("date_earliest",),
    }
    for table in made:
        referring = [column.name for column in table.columns if column.refers]
        for name in dict.fromkeys((*referring, *filtered.get(table.name, ()))):
            if name != table.key[0]:
                index = _quoted(f"{table.name}_{name}")
                yield f"CREATE INDEX {index} ON {_quoted(table.name)} ({_quoted(name)})"


def _search(made: Collection[RelationalTable]) -> Iterator[str]:
    for table in made:
        if table.name not in SEARCHED:
            continue
        bases = SEARCHED[table.name]
        # "name" and "name_en", but not "name_precision": a searched field is text in each language, or once.
        columns = [
            c.name for c in table.columns if any(c.name == b or c.name.startswith(f"{b}_") for b in bases)
        ]
        name = f"{table.name}_fts"
        yield (
            f"CREATE VIRTUAL TABLE {_quoted(name)} USING fts5({_listed(columns)}, "
            f"content={_quoted(table.name)}, tokenize='unicode61 remove_diacritics 2')"
        )
        yield f"INSERT INTO {_quoted(name)} ({_quoted(name)}) VALUES ('rebuild')"
