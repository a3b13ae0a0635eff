"""The atlas as one SQLite file with keys, indexes and full-text search, to open in any tool or in datasette.

The bytes depend on the data and on the version of SQLite alone: rows stand in the order of the data, there
is no day in the file but that of the edition, and it is packed once it is whole.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from ...languages.wordings import packaged
from .flat import DATES
from .relational import RelationalColumn, RelationalTable, date_columns

PATH = "data/atlas.sqlite"
VERSION = 1
"""The version of the tables, as ``PRAGMA user_version``; raised when a column goes or changes its meaning."""

_PAGE = 4096  # bytes
_TYPES = {"text": "TEXT", "integer": "INTEGER", "real": "REAL", "boolean": "INTEGER", "day": "TEXT"}

_WRITTEN = packaged(Path(__file__).with_suffix(".yaml"))
"""Views, and what is searched and filtered, by the names of the tables."""
_DATES = "".join(f"commitments.{column.name}, " for name in DATES for column in date_columns(name))


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
        views = (view.format(lang=language, dates=_DATES) for view in _WRITTEN["views"])
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
    for table in made:
        referring = [column.name for column in table.columns if column.refers]
        for name in dict.fromkeys((*referring, *_WRITTEN["filtered"].get(table.name, ()))):
            if name != table.key[0]:
                index = _quoted(f"{table.name}_{name}")
                yield f"CREATE INDEX {index} ON {_quoted(table.name)} ({_quoted(name)})"


def _search(made: Collection[RelationalTable]) -> Iterator[str]:
    for table in made:
        if not (bases := _WRITTEN["searched"].get(table.name)):
            continue
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
