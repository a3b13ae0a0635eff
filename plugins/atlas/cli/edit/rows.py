"""Rows of the tables: edited byte for byte, tried on a copy in memory, and written whole or not at all."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ...dataset.canonical.csv import with_cells
from ...dataset.reading.csv_table import Row, Table
from ...dataset.reading.load import Dataset, load, with_files
from ...dataset.write import read_file, write_files
from ...findings import Finding, as_text
from ...model.claim_ids import claim_id
from ...model.schema import list_entries, schema
from ...validate import every_finding
from ...validate.context import partial
from ..check import today
from ..dialogue import Refused, Talk
from ..messages import SAID


@dataclass(frozen=True, slots=True)
class CheckedFiles:
    """New contents of files by their names below the data, and what the checks say of them."""

    contents: Mapping[str, bytes]
    findings: tuple[Finding, ...]
    """Only those that the contents bring, sorted."""
    others: int
    """Errors that the data had before."""

    @property
    def errors(self) -> int:
        """Return how many errors the contents would bring."""
        return sum(one.severity == "error" for one in self.findings)


def tried(data_dir: Path, contents: Mapping[str, bytes]) -> CheckedFiles:
    """Return what the data would be with ``contents``, checked against what it is now."""
    now = load(data_dir)
    # What was read now is not read again, so its findings are counted once and left out.
    new, old = brought(now, with_files(now, contents))
    return CheckedFiles(contents, tuple(new), sum(one.severity == "error" for one in old))


def brought(before: Dataset, after: Dataset) -> tuple[list[Finding], list[Finding]]:
    """Return the findings that a change of the data brings, sorted, and those that there were before."""
    old = every_finding(before, today())
    known, new = Counter(_what(one, before) for one in old), list[Finding]()
    for one in sorted(every_finding(after, today()), key=lambda one: one.sort_key):
        known[_what(one, after)] -= 1
        if known[_what(one, after)] < 0:
            new.append(one)
    return new, old


def _what(one: Finding, of: Dataset) -> tuple[str, str, str, str]:
    """Return what a finding says without its line: a new row moves the others down."""
    return one.code, of.name(one.path), one.value, one.message


def report(talk: Talk, done: CheckedFiles) -> None:
    """Print the findings that concern what was added, and how much stands wrong elsewhere."""
    sys.stdout.write(as_text(done.findings, talk.t))
    if done.others:
        print(talk.count(SAID.edit.other_errors, done.others), file=sys.stderr)


def finish(
    talk: Talk, data_dir: Path, done: CheckedFiles, *, dry_run: bool = False, asks: bool = False
) -> int:
    """Ask where that is wanted, report, and write where nothing is wrong; return the exit code.

    Nothing is written where the contents bring an error, or on a dry run. Raises Refused for a no.
    """
    if (
        asks
        and not (dry_run or done.errors)
        and not talk.agreed(talk.say(SAID.edit.write_this), default=True)
    ):
        raise Refused("")
    report(talk, done)
    if done.errors:
        talk.tell(SAID.edit.mend_and_try_again)
        return 1
    if dry_run:
        talk.tell(SAID.edit.dry_run)
        return 0
    write_files({data_dir / name: data for name, data in done.contents.items()})
    return 0


def write(
    talk: Talk, data_dir: Path, contents: Mapping[str, bytes], *, dry_run: bool = False, asks: bool = False
) -> int:
    """Try new contents of files and finish with them; return the exit code."""
    return finish(talk, data_dir, tried(data_dir, contents), dry_run=dry_run, asks=asks)


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
        now = talk.say(SAID.edit.verified, name=self.name, day=day.isoformat())
        if before == day.isoformat():
            then = talk.say(SAID.edit.as_before)
        elif before:
            then = talk.say(SAID.edit.before_that, day=before)
        else:
            then = talk.say(SAID.edit.first_time)
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
        name = dataset.name(table.path)
        data = contents[name] if name in contents else read_file(data_dir / name)
        contents[name] = with_cells(record, data, table.path, row.line, cells).data
    return contents


def further_period(table: Table | None, city: str, begins: str) -> str:
    """Return the year in which a further row begins; nothing for the first row, or where no date tells."""
    if table is None:
        return ""
    known = {table.get(row, "period") for row, one in table.column("city") if one == city}
    date = partial(begins)
    if "" not in known or date is None or date.value in known:
        return ""
    year = str(date.latest.year)  # also of a beginning of which only the last possible day is known
    return date.value if year in known else year
