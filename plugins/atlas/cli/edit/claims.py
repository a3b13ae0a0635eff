"""Rows of commitments by the ids of their claims; edits of single rows leave all else byte for byte."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ...dataset.canonical.csv import with_cells
from ...dataset.reading.csv_table import Row, Table
from ...dataset.reading.load import Dataset
from ...dataset.write import read_file, write_files
from ...findings import N_
from ...model.claim_ids import claim_id
from ...model.schema import list_entries, schema
from ..dialogue import Talk

Edit = tuple[Table, Row, Mapping[str, str]]
"""A row of a table and the new values of some of its cells."""


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """One row of commitments and the id of its claim."""

    name: str
    table: Table
    row: Row

    def cell(self, column: str) -> str:
        """Return the text of a cell; empty where the row or the table does not have it."""
        return self.table.get(self.row, column)

    @property
    def sources(self) -> list[str]:
        """Return the ids of the documents behind the claim."""
        return list_entries(self.cell("sources"))

    @property
    def place(self) -> str:
        """Return file and line."""
        return f"{self.table.path}:{self.row.line}"

    def verified(self, day: date, by: str | None) -> dict[str, str]:
        """Return the cells that say that somebody looked on ``day``; who looked before did not look now."""
        named = by or ""
        cells = {"verified": day.isoformat()}
        return cells | {"verified_by": named} if named or self.cell("verified_by") else cells

    def told(self, day: date, talk: Talk) -> str:
        """Return in words that the claim is verified, and what stood there before."""
        before = self.cell("verified")
        now = talk.say(N_("{name}: verified on {day}"), name=self.name, day=day.isoformat())
        if before == day.isoformat():
            then = talk.say(N_("as before"))
        elif before:
            then = talk.say(N_("before that on {day}"), day=before)
        else:
            then = talk.say(N_("for the first time"))
        return f"{self.place}: {now}, {then}"


def claim_rows(dataset: Dataset) -> Iterator[ClaimRow]:
    """Yield every commitment by the id of its claim."""
    for instrument, table in dataset.commitments.items():
        for row in table.rows:
            id_ = claim_id(table.get(row, "city"), instrument, table.get(row, "period"))
            yield ClaimRow(id_, table, row)


def write_edits(data_dir: Path, dataset: Dataset, kind: str, edits: Iterable[Edit]) -> None:
    """Write the tables with their edits, all or none."""
    write_files({data_dir / name: data for name, data in edited(data_dir, dataset, kind, edits).items()})


def edited(data_dir: Path, dataset: Dataset, kind: str, edits: Iterable[Edit]) -> dict[str, bytes]:
    """Return the new bytes of the tables by their names below the data; raises as ``with_cells``."""
    record = schema(dataset.languages)[kind]
    contents: dict[str, bytes] = {}
    for table, row, cells in edits:
        name = Path(table.path).relative_to(dataset.path("")).as_posix()
        data = contents[name] if name in contents else read_file(data_dir / name)
        contents[name] = with_cells(record, data, table.path, row.line, cells).data
    return contents
