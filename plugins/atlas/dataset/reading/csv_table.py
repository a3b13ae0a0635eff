"""CSV with positions: our own tokenizer for the strict dialect of the dataset.

Comma, RFC 4180 quotes, one header. The delimiter is never sniffed. A line without
a quote is split at its commas; only lines with quotes are scanned. A column number
is worked out when a finding needs it, so that good rows cost nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import repeat
from operator import attrgetter
from typing import Any

from ...findings import FieldValue, Finding, Place, finding, place_of
from .wrong_rows import excel_line, header_delimiter, row_delimiter, wrong_width

CELL_CODE_POINTS = 10_000
RECORD_CODE_POINTS = 100_000
"""The longest cell and row: more than any text of the data, and little enough to be shown and checked."""
MOST_FINDINGS = 1000
"""After so many a file is not a table, and reading it further would help nobody."""


@dataclass(slots=True)
class Row:
    """One record: ``line`` is the physical line where it begins, ``raw`` its text as it stands."""

    line: int
    raw: str
    values: list[str]
    broken: bool = False
    """Whether it cannot be read: a quote that is never closed, a value that is too long."""

    @property
    def last_line(self) -> int:
        """Return the physical line where the record ends; later than ``line`` where a cell has lines."""
        return self.line + self.raw.rstrip("\r\n").count("\n")


@dataclass(slots=True)
class Table:
    """The rows of one CSV file; a value that is missing from the header reads as empty."""

    path: str
    header: Row = field(default_factory=lambda: Row(1, "", []))
    rows: list[Row] = field(default_factory=list)
    lost: list[Row] = field(default_factory=list)
    """Rows with a finding of their own that cannot be checked; only their ids still count."""
    index: dict[str, int] = field(default_factory=dict)
    """Position of each column by its name."""

    def get(self, row: Row, column: str) -> str:
        """Return the text of a cell without surrounding spaces; empty means unknown."""
        return self.exact(row, column).strip()

    def exact(self, row: Row, column: str) -> str:
        """Return the text of a cell as it stands in the file."""
        position = self.index.get(column)
        return "" if position is None else row.values[position]

    def column(self, name: str) -> Iterator[tuple[Row, str]]:
        """Yield every row with its stripped value in column ``name``; nothing without the column."""
        position = self.index.get(name)
        if position is not None:
            for row in self.rows:
                yield row, row.values[position].strip()

    def places(self) -> Iterator[Place]:
        """Yield where each row begins."""
        lines = map(attrgetter("line"), self.rows)
        return map(place_of, zip(repeat(self.path), lines, repeat(1), strict=False))

    def place(self, row: Row, column: str | None = None) -> Place:
        """Return where a value begins (at its opening quote), or where the row begins."""
        return self.place_at(row, self.index.get(column, 0) if column else 0)

    def finding(self, code: str, name: str, row: Row, column: str, /, **fields: FieldValue) -> Finding:
        """Return a finding about a cell, with its value and its column unless ``fields`` have others."""
        about: dict[str, Any] = {"value": self.get(row, column), "column": column, **fields}
        return finding(code, name, self.place(row, column), **about)

    def place_at(self, row: Row, position: int) -> Place:
        """Return where the value at ``position`` begins, counted from 0."""
        if '"' not in row.raw:
            before = sum(len(value) + 1 for value in row.raw.split(",")[:position])
            return Place(self.path, row.line, before + 1)
        starts = _scan(row.raw).starts
        offset = starts[min(position, len(starts) - 1)]
        line_start = row.raw.rfind("\n", 0, offset) + 1
        line = row.line + row.raw.count("\n", 0, offset)
        return Place(self.path, line, offset - line_start + 1)


@dataclass(slots=True)
class _Scanned:
    values: list[str]
    starts: list[int]
    fault: int = -1
    """Offset of a quote that is misplaced, or -1."""
    open_quote: int = -1
    """Offset of a quote that opens a value and never closes it within the text, or -1."""


_CELL = re.compile(r'(?:\A|,)(?:"(?P<quoted>(?:[^"]++|"")*)(?P<closed>"?))?(?P<rest>[^,]*)')
"""A cell: what stands between its quotes, and what stands behind them or without any."""


def _scan(text: str) -> _Scanned:
    """Return the values of one record that holds quotes."""
    done = _Scanned([], [])
    for cell in _CELL.finditer(text):
        quoted, closed, rest = cell.groups()
        done.starts.append(cell.start("rest" if quoted is None else "quoted") - (quoted is not None))
        done.values.append((quoted or "").replace('""', '"') + rest)
        if closed == "":
            done.open_quote = done.starts[-1]
        elif done.fault < 0 and (rest if closed else '"' in rest):
            done.fault = cell.start("rest") + (0 if closed else rest.index('"'))
    return done


def cell_spans(raw: str) -> list[tuple[int, int]]:
    """Return where each cell of one strict record stands in its text, quotes included."""
    starts = _scan(raw).starts
    return list(zip(starts, [*(start - 1 for start in starts[1:]), len(raw)], strict=True))


def parse_csv(text: str, path: str, found: list[Finding]) -> Table:
    """Return the table that ``text`` holds; whatever is not strict CSV becomes a finding."""
    table = Table(path)
    records = _records(text, table, found)
    header = next(records, None)
    if header and (delimiter := excel_line(header.raw)):
        found.append(finding("E-DELIMITER", "excel-line", Place(path), value=header.raw.strip(" \r\n")))
        if delimiter != ",":
            return table
        header = next(records, None)
    if header is None or not header.raw.strip():
        found.append(finding("E-HEADER", "empty", Place(path)))
        return table
    if delimiter := header_delimiter(header.raw):
        place = Place(path, header.line, header.raw.index(delimiter) + 1)
        found.append(finding("E-DELIMITER", "table", place, value=delimiter))
        return table
    table.header = Row(header.line, header.raw, [value.strip() for value in header.values])
    for position, name in enumerate(table.header.values):
        table.index.setdefault(name, position)
    width = len(header.values)
    already = len(found)
    for row in records:
        if len(found) - already > MOST_FINDINGS:
            break
        if len(row.values) != width and not row.broken:
            found.append(_wrong_width(table, row))
        again = row.raw == header.raw
        if again:
            found.append(finding("E-HEADER", "again", Place(path, row.line)))
        whole = len(row.values) == width and not row.broken and not again
        (table.rows if whole else table.lost).append(row)
    return table


def _wrong_width(table: Table, row: Row) -> Finding:
    width = len(table.header.values)
    delimiter = row_delimiter(row.raw, width) if len(row.values) < width else None
    starts = [table.place_at(row, position) for position in range(len(row.values))]
    found = wrong_width(table.header.values, row.raw, row.values, starts, delimiter)
    if delimiter:
        row.values = row.raw.split(delimiter)  # for its id, which still counts
    return found


def _records(text: str, table: Table, found: list[Finding]) -> Iterator[Row]:
    lines = text.split("\n")
    if lines[-1] == "":
        lines.pop()
    number, total = 0, len(lines)
    while number < total:
        raw = lines[number]
        if '"' in raw:
            row, used = _quoted(lines, number, table, found)
        else:
            row, used = Row(number + 1, raw, raw.split(",")), 1
        number += used
        if len(row.raw) > CELL_CODE_POINTS:
            _cut_long(row, table.path, found)
        yield row


def _quoted(lines: list[str], first: int, table: Table, found: list[Finding]) -> tuple[Row, int]:
    """Return the record that begins at line index ``first`` and how many lines it takes.

    After a quote that is never closed reading goes on with the next line, so that the
    rest of the file is still checked.
    """
    path = table.path
    raw = lines[first]
    scanned = _scan(raw)
    if scanned.open_quote < 0:
        if scanned.fault >= 0 and not _otherwise_delimited(raw, table):
            found.append(finding("E-QUOTE", "inside", Place(path, first + 1, scanned.fault + 1)))
        return Row(first + 1, raw, scanned.values), 1
    used = _lines_of_record(lines, first)
    if used:
        joined = "\n".join(lines[first : first + used])
        whole = _scan(joined)
        if whole.fault < 0 and whole.open_quote < 0:
            return Row(first + 1, joined, whole.values), used
    found.append(finding("E-QUOTE", "open", Place(path, first + 1, scanned.open_quote + 1)))
    return Row(first + 1, raw, scanned.values, broken=True), 1


def _otherwise_delimited(raw: str, table: Table) -> bool:
    """Tell whether no comma separates the cells, which is the cause of quotes that seem misplaced."""
    width = len(table.header.values)
    return bool(row_delimiter(raw, width) if width else header_delimiter(raw))


def _lines_of_record(lines: list[str], first: int) -> int:
    """Return how many lines a record takes that leaves a quote open on its first, or 0.

    Inside quotes every quote is doubled, so the record ends with the next line that has
    an odd number of them. The search is bounded, so that a quote that is never closed
    costs the same wherever it stands.
    """
    length = 0
    for number in range(first + 1, len(lines)):
        if lines[number].count('"') % 2:
            return number - first + 1
        length += len(lines[number]) + 1
        if length > RECORD_CODE_POINTS:
            break
    return 0


def _cut_long(row: Row, path: str, found: list[Finding]) -> None:
    """Report the values that are too long; the row is lost, but its id still counts."""
    for position, value in enumerate(row.values):
        if len(value) > CELL_CODE_POINTS:
            place = Table(path).place_at(row, position)
            fields = {"length": len(value), "limit": CELL_CODE_POINTS}
            found.append(finding("E-LONG", "value", place, value=value[:CELL_CODE_POINTS], **fields))
            row.values[position] = ""
            row.broken = True
