"""The canonical text of a table, and edits that leave all else byte for byte.

``canonical_csv`` writes a whole table: ``atlas fmt`` and a file that is new. ``with_row``
adds one row to a file as it stands, ``with_cells`` sets cells of one row; whatever they
are not told to change keeps its bytes, a byte order mark and CRLF included, so that
the difference a person reviews is the difference that was meant. Nothing here opens
a file: see ``writing.py``.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from ...errors import FindingsError
from ...findings import Finding
from ...model.schema import Record
from ..reading.csv_table import Row, Table, cell_spans, parse_csv
from ..reading.text_file import decoded
from .values import canonical_cell

ROW_ORDER: Mapping[str, tuple[str, ...]] = {
    "city": ("country", "id"),
    "source": ("id",),
    # A period of unknown beginning comes first.
    "commitment": ("city", "since", "decided", "until"),
    "listed": ("country", "name", "since"),
    "contradiction": ("record", "field", "rank"),
    "retired": ("kind", "id"),
}
"""The columns by which the rows of each kind of record are sorted; equal rows keep their order."""


class Edited(NamedTuple):
    """The new bytes of a file and the physical line of the row that was written, from 1."""

    data: bytes
    line: int


def column_order(record: Record, columns: Sequence[str]) -> list[int]:
    """Return the positions of ``columns`` in the order of the schema; unknown columns stay last."""
    rank = {one.name: number for number, one in enumerate(record.fields)}
    return sorted(range(len(columns)), key=lambda position: rank.get(columns[position], len(rank)))


def row_key(record: Record, values: Mapping[str, str]) -> tuple[str, ...]:
    """Return what a row is sorted by; a column that is missing counts as empty."""
    key = tuple(canonical_cell(None, values.get(name, "")) for name in ROW_ORDER[record.name])
    if record.name == "contradiction":
        return (*key[:2], "" if key[2] == "preferred" else key[2])
    return key


def canonical_csv(record: Record, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return the canonical text of a table with ``columns`` and ``rows`` of as many cells each.

    Columns stand in the order of the schema, rows in that of ``ROW_ORDER``, values are
    spelled canonically and quoted only where RFC 4180 demands it, lines end in LF. No column
    is added or lost; a row without any value is dropped.
    """
    order = column_order(record, columns)
    fields = [record.by_name.get(name) for name in columns]
    spelled = ([canonical_cell(one, cell) for one, cell in zip(fields, row, strict=True)] for row in rows)
    kept = [row for row in spelled if any(row)]
    kept.sort(key=lambda row: row_key(record, dict(zip(columns, row, strict=True))))
    return csv_text([columns[n] for n in order], *([row[n] for n in order] for row in kept))


def csv_text(*rows: Sequence[str], end: str = "\n") -> str:
    """Return ``rows`` as CSV with minimal quoting; each line ends in ``end``."""
    text = io.StringIO()
    csv.writer(text, lineterminator=end).writerows(rows)
    return text.getvalue()


def with_row(record: Record, data: bytes | None, path: str, values: Mapping[str, str]) -> Edited:
    """Return ``data`` with one more row, where the canonical order has it; all other bytes stay.

    ``data`` are the bytes of the CSV file, None where it is new, ``path`` its name for findings,
    ``values`` the cells by columns of the schema. Only a value whose column the file lacks adds
    that column, to every row. Raises FindingsError where the file cannot be read whole, and
    KeyError for a column that the schema does not have.
    """
    edited, (line,) = with_rows(record, data, path, [values])
    return Edited(edited, line)


def with_rows(
    record: Record, data: bytes | None, path: str, rows: Sequence[Mapping[str, str]]
) -> tuple[bytes, tuple[int, ...]]:
    """Return ``data`` with more rows, as ``with_row`` adds one, and the line of each of them.

    Rows that come to stand together are in canonical order; equal ones keep their order.
    """
    if data is None:  # a rare column is added below, where a row has a value in it
        data = canonical_csv(record, [one.name for one in record.fields if not one.rare], ()).encode()
    spelled = [_spelled(record, values) for values in rows]
    given = dict.fromkeys(name for values in spelled for name, value in values.items() if value)
    file = _File(with_columns(record, data, path, given), path)
    table = file.table
    standing = [(row_key(record, _by_name(table, one)), one.line) for one in table.rows]
    last = (table.rows or [table.header])[-1]
    end = last.line + last.raw.count("\n") + 1
    keys = [row_key(record, values) for values in spelled]
    befores = [next((line for other, line in standing if other > key), end) for key in keys]
    added, lines = 0, [0] * len(rows)
    # From the first to the last; what has been added above moves a row down.
    for number in sorted(range(len(rows)), key=lambda number: (befores[number], keys[number])):
        cells = [spelled[number].get(name, "") for name in table.header.values]
        lines[number] = befores[number] + added
        added += file.put(lines[number], lines[number], csv_text(cells, end=file.line_end))
    return "".join(file.lines).encode(), tuple(lines)


def with_cells(record: Record, data: bytes, path: str, line: int, values: Mapping[str, str]) -> Edited:
    """Return ``data`` with new ``values`` in the row that begins at physical ``line``.

    The other cells of the row and all other rows keep their bytes, and the row keeps its
    place. Raises FindingsError where the file cannot be read whole, KeyError for a column that the
    schema does not have, and LookupError where no row begins at ``line``.
    """
    spelled = _spelled(record, values)
    data = with_columns(record, data, path, [name for name, value in spelled.items() if value])
    file = _File(data, path)
    row = next((one for one in file.table.rows if one.line == line), None)
    if row is None:
        raise LookupError(f"{path}:{line}: no row begins here")
    after = line + row.raw.count("\n") + 1
    text, end = _without_end("".join(file.lines[line - 1 : after - 1]))
    spans = cell_spans(text)
    changes = [
        (file.table.index[name], value)
        for name, value in spelled.items()
        if name in file.table.index and file.table.exact(row, name) != value
    ]
    for position, value in sorted(changes, reverse=True):
        start, stop = spans[position]
        text = text[:start] + csv_text([value, ""], end="")[:-1] + text[stop:]
    file.put(line, after, text + end)
    return Edited("".join(file.lines).encode(), line)


def with_columns(record: Record, data: bytes, path: str, names: Iterable[str]) -> bytes:
    """Return ``data`` with those of the columns ``names`` that it lacks, empty, where the schema has them.

    Every line changes where a column is added, but no value does; else the bytes are the same.
    """
    file = _File(data, path)
    missing = [name for name in names if name not in file.table.index]
    if not missing:
        return data
    columns = [*file.table.header.values, *missing]
    order = column_order(record, columns)
    blank = [""] * len(missing)
    rows = [columns, *([*row.values, *blank] for row in file.table.rows)]
    mark = "\ufeff" if file.lines[0].startswith("\ufeff") else ""
    return (mark + csv_text(*([row[n] for n in order] for row in rows), end=file.line_end)).encode()


class _File:
    """A CSV file as its physical lines, ends and byte order mark included, and as a table."""

    def __init__(self, data: bytes, path: str) -> None:
        found: list[Finding] = []
        text = decoded(data, path, found)
        self.table = parse_csv(text, path, found) if text is not None else Table(path)
        if found:
            raise FindingsError(found)
        self.lines = _physical_lines(data.decode())
        self.line_end = _without_end(self.lines[0])[1] or "\n"

    def put(self, first: int, after: int, text: str) -> int:
        """Put whole lines in place of those from ``first`` up to before ``after``; return how many."""
        if first > 1 and not _without_end(self.lines[first - 2])[1]:
            self.lines[first - 2] += self.line_end  # the last line of the file had no end
        lines = _physical_lines(text)
        self.lines[first - 1 : after - 1] = lines
        return len(lines)


def _physical_lines(text: str) -> list[str]:
    """Return the lines with their ends; str.splitlines would also split at rarer characters."""
    return io.StringIO(text, newline="").readlines()


def _without_end(text: str) -> tuple[str, str]:
    """Return the text and the line end that closes it, empty where there is none."""
    bare = text.removesuffix("\n").removesuffix("\r")
    return bare, text[len(bare) :]


def _spelled(record: Record, values: Mapping[str, str]) -> dict[str, str]:
    return {name: canonical_cell(record.by_name[name], value) for name, value in values.items()}


def _by_name(table: Table, row: Row) -> dict[str, str]:
    return {name: row.values[position] for name, position in table.index.items()}
