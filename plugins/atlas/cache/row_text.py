"""Row text: the cells or the YAML that a record was made of. While they are the same, so is the record.

To hash a text takes a tenth of the time that it takes to write down every value of a record. The rows of a
table that is as it was in the last build are not hashed again.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from itertools import chain, islice, repeat
from operator import attrgetter, itemgetter
from pathlib import Path
from typing import Any, TypeAlias

from ..dataset.reading.csv_table import Table
from ..dataset.reading.load import Dataset
from ..model.records import City, Commitment, Source
from . import small_print
from .digests import digest, hashed
from .small_print import FIELDS, PLACES, values

_CELL = "\x1f"
"""What stands between cells: a character that no file of the data may hold."""

Lines: TypeAlias = Mapping[int, tuple[str, str]]
"""Digests of the records of a file, and of their small print, by line."""
Tables: TypeAlias = dict[str, tuple[str, Lines]]
"""The digest of each table, by its path, and those of its lines; another shape is another manifest."""


class RowText:
    """The digests of the texts of records, from the files of a dataset where they stand in one."""

    def __init__(self, dataset: Dataset | None = None) -> None:
        """Take the dataset that the records were made of, if it is at hand."""
        self._dataset = dataset
        self._known: dict[int, tuple[str, str, object]] = {}
        self.tables: Tables = {}
        """Those of the last build, where they are at hand, and then of this one."""

    def digest_all(self, former: Tables) -> None:
        """Digest all rows now, but for those of tables that are as they were in the last build."""
        self.tables = former
        self._lines  # noqa: B018  # which is kept

    def rows(self, rows: Iterable[Any]) -> list[str]:
        """Return the digests of rows of the atlas, each of one record or of several, but for small print."""
        rows = list(rows)
        several = all(type(row) is tuple for row in rows)
        large = (told[0] for told in self._told(list(chain.from_iterable(rows)) if several else rows))
        return [hashed("".join(islice(large, len(row))).encode()) for row in rows] if several else list(large)

    def small_print(self, records: Sequence[object]) -> list[str]:
        """Return the digests of the small print of records."""
        return [told[1] for told in self._told(records)]

    def _told(self, records: Sequence[object]) -> Sequence[tuple[str, str]]:
        """Return both digests of records of one class."""
        lines, place = self._lines, PLACES.get(type(next(iter(records), None)), attrgetter("place"))
        try:
            return [lines[path][line] for path, line, _ in map(place, records)]
        except (AttributeError, TypeError, KeyError):  # they stand in no file
            return [(self._known.get(id(one)) or self._written_down(one))[:2] for one in records]

    def _written_down(self, record: object) -> tuple[str, str, object]:
        """Return both digests of any record; it is held, so that no other one takes its place."""
        told = self._known[id(record)] = digest(record), digest(values(record)), record
        return told

    @cached_property
    def _lines(self) -> Mapping[str, Lines]:
        """The digests of every record, by file."""
        if (data := self._dataset) is None:
            return {}
        kinds = {"cities": City, "sources": Source}
        tables = [
            *((table, kinds.get(name)) for name, table in data.tables.items()),
            *((table, Commitment) for table in data.commitments.values()),
            *((table, None) for table in data.lists.values()),
        ]
        # What all rows of a file share: which column is which, and which texts belong to a record.
        languages, former = " ".join(data.languages), self.tables
        self.tables = {}
        for table, kind in tables:
            head = f"{_code()}\n{languages}\n{table.header.raw}\n{table.path}\n"
            text = "\n".join([f"{kind}", head, *[row.raw for row in table.rows]])
            whole = hashed(text.encode() + array("L", [row.line for row in table.rows]).tobytes())
            known, lines = former.get(table.path, ("", {}))
            self.tables[table.path] = whole, lines if known == whole else dict(_digests(table, head, kind))
        found = {path: lines for path, (_, lines) in self.tables.items()}
        for one in (*data.instruments.values(), *data.actions.values()):
            columns = data.commitments[one.id].header.raw if one.id in data.commitments else ""
            text = f"{one.path}\n{columns}\n{one.text}"
            found[one.path] = {one.root.place.line: (hashed(text.encode()), "")}
        return found


@cache
def _code() -> str:
    """Return the digest of the code that digests rows: what other code has digested is not taken over."""
    return hashed(b"".join(Path(file).read_bytes() for file in (__file__, small_print.__file__)))


def _digests(table: Table, head: str, kind: type | None) -> Iterator[tuple[int, tuple[str, str]]]:
    fields = FIELDS[kind] if kind else ()
    small = [at for name, at in table.index.items() if name.partition("_")[0] in fields]
    lines, cells = [str(row.line) for row in table.rows], [row.values for row in table.rows]
    prints: Iterable[str] = lines if fields else repeat("")
    if small:  # two columns at least, as the function returns the cell itself for one
        told = itemgetter(*small, *small)
        large = itemgetter(*(at for at in table.index.values() if at not in small))
        texts = (f"{line}{_CELL}{_CELL.join(told(row))}" for line, row in zip(lines, cells, strict=True))
        prints, cells = [hashed(text.encode()) for text in texts], list(map(large, cells))
    elif not fields:
        cells = [[line, *row] for line, row in zip(lines, cells, strict=True)]
    shared = hashed(head.encode())  # shorter than the head, in front of every row
    larges = [hashed(f"{shared}{text}".encode()) for text in map(_CELL.join, cells)]
    return zip((row.line for row in table.rows), zip(larges, prints, strict=False), strict=True)
