"""The tables of the atlas as Parquet, one file each: for DuckDB, pandas, R and whatever reads columns.

A date stays the text of its source; only ``…_earliest`` and ``…_latest`` are days. The same data and the same
version of DuckDB give the same bytes, because one thread writes them.
"""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from .relational import RelationalTable

FOLDER = "data/parquet"

_TYPES = {"text": "VARCHAR", "integer": "BIGINT", "real": "DOUBLE", "boolean": "BOOLEAN", "day": "DATE"}


def parquet_files(made: Mapping[str, RelationalTable]) -> Iterator[tuple[str, bytes]]:
    """Yield the path and the bytes of each table, given by its path (see ``relational.tables``)."""
    import duckdb  # takes long to load, and only a build needs it

    with tempfile.TemporaryDirectory() as folder, duckdb.connect(":memory:", config={"threads": 1}) as base:
        for path, table in made.items():
            rows, file = Path(folder, "rows.csv"), Path(folder, "table.parquet")
            with rows.open("w", encoding="utf-8", newline="") as stream:
                csv.writer(stream).writerows(table.rows)
            base.execute(f"COPY ({_select(rows, table)}) TO '{file}' (FORMAT parquet, COMPRESSION zstd)")
            yield path, file.read_bytes()


def _select(rows: Path, table: RelationalTable) -> str:
    """Return the query of the rows in a file, of which nothing is guessed; an empty cell is no value."""
    columns = ", ".join(f"'{one.name}': '{_TYPES[one.kind]}'" for one in table.columns)
    form = "header=false, auto_detect=false, delim=',', quote='\"', escape='\"', new_line='\\r\\n'"
    return f"FROM read_csv('{rows}', {form}, columns={{{columns}}})"
