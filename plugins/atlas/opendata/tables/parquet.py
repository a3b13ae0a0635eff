"""The tables of the atlas as Parquet, one file each: for DuckDB, pandas, R and whatever reads columns.

A date stays the text of its source; only ``…_earliest`` and ``…_latest`` are days. The same data and the same
version of DuckDB give the same bytes, because one thread writes them.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from .relational import RelationalTable

FOLDER = "data/parquet"

_TYPES = {"text": "VARCHAR", "integer": "BIGINT", "real": "DOUBLE", "boolean": "BOOLEAN", "day": "DATE"}


def parquet_files(made: Mapping[str, RelationalTable]) -> Iterator[tuple[str, bytes]]:
    """Yield the path and the bytes of each table (see ``relational.tables``)."""
    # Both take long to load, and only a build with other tables needs them.
    import duckdb
    from pandas import DataFrame

    with tempfile.TemporaryDirectory() as folder, duckdb.connect(":memory:", config={"threads": 1}) as base:
        for path, table in made.items():
            # Objects, so that nothing is taken for a number or for a missing value.
            base.register("rows", DataFrame(table.rows, columns=list(table.names), dtype=object))
            file = Path(folder) / "table.parquet"
            base.execute(f"COPY ({_select(table)}) TO '{file}' (FORMAT parquet, COMPRESSION zstd)")
            yield path, file.read_bytes()


def _select(table: RelationalTable) -> str:
    casts = (f'CAST("{one.name}" AS {_TYPES[one.kind]}) AS "{one.name}"' for one in table.columns)
    return f"SELECT {', '.join(casts)} FROM rows"
