"""Row text: the cells or the YAML that a record was made of. While they are the same, so is the record.

To hash a text takes a tenth of the time that it takes to write down every value of a record.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from operator import itemgetter

from ..dataset.reading.csv_table import Table
from ..dataset.reading.load import Dataset
from ..findings import Place
from ..model.records import City, Commitment, Source
from .digests import digest
from .small_print import FIELDS, values

_CELL, _RECORD = "\x1f", "\x1e"
"""What stands between cells and between records: characters that no file of the data may hold."""


class RowText:
    """The texts of records, from the files of a dataset where they stand in one."""

    def __init__(self, dataset: Dataset | None = None) -> None:
        """Take the dataset that the records were made of, if it is at hand."""
        self._dataset = dataset
        self._known: dict[int, tuple[str, str, object]] = {}

    def row(self, row: object) -> str:
        """Return the text of a row of the atlas, of one record or of several, but for small print."""
        known = self._known
        records = row if type(row) is tuple else (row,)
        return _RECORD.join([(known.get(id(one)) or self._told(one))[0] for one in records])

    def small_print(self, record: object) -> str:
        """Return the text of the small print of a record."""
        return (self._known.get(id(record)) or self._told(record))[1]

    def _told(self, record: object) -> tuple[str, str, object]:
        """Return both texts of a record, which many rows share; it is held, so that none takes its place."""
        place: Place | None = getattr(record, "place", None)
        texts = self._tables.get(place.path, {}).get(place.line) if place else None
        large, small = texts or (digest(record), digest(values(record)))
        told = self._known[id(record)] = large, small, record
        return told

    @cached_property
    def _tables(self) -> Mapping[str, Mapping[int, tuple[str, str]]]:
        """The text and the small print of every record, by file and line."""
        if (data := self._dataset) is None:
            return {}
        kinds = {"cities": City, "sources": Source}
        tables = [
            *((table, kinds.get(name)) for name, table in data.tables.items()),
            *((table, Commitment) for table in data.commitments.values()),
            *((table, None) for table in data.lists.values()),
        ]
        languages = " ".join(data.languages)
        found = {table.path: dict(_texts(table, languages, kind)) for table, kind in tables}
        for one in (*data.instruments.values(), *data.actions.values()):
            columns = data.commitments[one.id].header.raw if one.id in data.commitments else ""
            found[one.path] = {one.root.place.line: (f"{one.path}\n{columns}\n{one.text}", "")}
        return found


def _texts(table: Table, languages: str, kind: type | None) -> Iterator[tuple[int, tuple[str, str]]]:
    # What all rows of a file share: which column is which, and which texts belong to a record.
    head = f"{languages}\n{table.header.raw}\n{table.path}\n"
    fields = FIELDS[kind] if kind else ()
    small = [at for name, at in table.index.items() if name.partition("_")[0] in fields]
    if small:  # two columns at least, as the function returns the cell itself for one
        told = itemgetter(*small, *small)
        large = itemgetter(*(at for at in table.index.values() if at not in small))
    for row in table.rows:
        line, cells = str(row.line), row.values
        if small:
            yield row.line, (head + _CELL.join(large(cells)), f"{line}{_CELL}{_CELL.join(told(cells))}")
        elif fields:
            yield row.line, (head + _CELL.join(cells), line)
        else:
            yield row.line, (f"{head}{line}{_CELL}{_CELL.join(cells)}", "")
