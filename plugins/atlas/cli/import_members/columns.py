"""Which column of a list is which, by its heading and by what stands below it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ...errors import UsageError
from ...languages.country_names import country_code
from ...languages.folding import folded
from ..messages import SAID
from .list_file import DELIMITERS, ListFile, Row, below_title, csv_rows, lines_of

WORDS: Mapping[str, frozenset[str]] = {
    what: frozenset(words)
    for what, words in tomllib.loads(Path(__file__).with_name("headings.toml").read_text("utf-8")).items()
}
"""Headings in many languages by what stands below them, and words of cells."""
_DATES = ("since", "decided", "until")
"""Columns of a commitment that a list may hold."""
_POINT = ("lat", "lon")

_MOSTLY = 0.8
"""The share of cells that shows of what kind a column is."""
_FIGURE = re.compile(r"\d")
_REMARK = re.compile(r"[(\[][^()\[\]]*[)\]]")


@dataclass(slots=True)
class Columns:
    """The rows below the heading, and the positions of the columns that are understood."""

    rows: list[Row]
    width: int
    name: int = 0
    country: int | None = None
    named: dict[str, int] = field(default_factory=dict)
    """Those of dates and of a point, by the columns of the data that they mean."""
    regions: list[int] = field(default_factory=list)
    other_name: int | None = None
    """Another column of names: of a body, where the name is a city's."""
    unused: dict[int, str] = field(default_factory=dict)
    """Headings of columns that nothing is made of, by position."""

    @property
    def dates(self) -> dict[str, int]:
        """Return the positions of dates by the column of a commitment that they mean."""
        return {column: at for column, at in self.named.items() if column in _DATES}


def columns_of(file: ListFile, path: str, name: str, date: str) -> Columns:
    """Return the columns of a list; ``name`` and ``date`` are headings or numbers of columns.

    Raises UsageError where the names cannot be found.
    """
    rows = _rows(file, path, name)
    if file.heading is None and rows is None:
        return Columns(_lines(file.text), 1)
    rows = rows or file.rows
    heading = file.heading if file.heading is not None else rows[0][1] if rows else []
    words = [_heading(cell) for cell in heading]
    width = max((len(cells) for _, cells in rows), default=0)
    below = [cells for _, cells in rows[1:]]
    headed = _preferred(words) is not None or (name and not name.isdecimal()) or _heads(words, below)
    if file.heading is None and headed:
        rows, width = rows[1:], len(heading)
    elif file.heading is None:
        heading, words = [""] * width, ["-"] * width
    position = _wanted(name, words, width) if name else _preferred(words)
    if position is None:
        raise _no_names(file, heading, path)
    found = Columns(rows, width, position)
    taken = {position, *(n for n, word in enumerate(words) if word in WORDS["numbers"])}

    def take(wanted: Collection[str]) -> int | None:
        at = _position([word if n not in taken else "" for n, word in enumerate(words)], wanted)
        taken.update(() if at is None else (at,))
        return at

    if date:
        if (at := _wanted(date, words, width)) is None:
            raise UsageError(SAID.members.no_column, path=path, name=date, line=_first_line(file, heading))
        found.named["since"] = at
        taken.add(at)
    while (at := take(WORDS["countries"])) is not None:
        if found.country is None or _readable(rows, at) > _readable(rows, found.country):
            found.country = at
    for column in (*_DATES, *_POINT):
        if column not in found.named and (at := take(WORDS[column])) is not None:
            found.named[column] = at
    while (at := take(WORDS["regions"])) is not None:
        found.regions.append(at)
    if found.country is None:
        columns = (n for n in range(width) if n not in taken)
        found.country = next((n for n in columns if _readable(rows, n) >= _MOSTLY * max(len(rows), 2)), None)
        taken.update(() if found.country is None else (found.country,))
    at = None if name else take(WORDS["names"] | WORDS["bodies"])
    answers = [folded(cells[at]) for _, cells in rows if at is not None and at < len(cells)]
    if at is not None and sum(one in WORDS["yes_or_no"] for one in answers) >= _MOSTLY * len(answers):
        taken.remove(at)
    else:
        found.other_name = at
    found.unused = {n: heading[n].strip() for n, word in enumerate(words) if n not in taken}
    return found


def _rows(file: ListFile, path: str, name: str) -> list[Row] | None:
    """Return the rows of cells, None for one name a line. Raises UsageError for a table without heading."""
    if not file.text:
        return file.rows or None
    tables = {mark: csv_rows(file.text, path, mark) for mark in DELIMITERS}
    for rows in (rows for table in tables.values() for rows in (below_title(table), table)):
        words = [_heading(cell) for cell in rows[0][1]] if rows else []
        at = _wanted(name, words, 0) if name else _preferred(words)
        if len(words) > 1 and at is not None:
            return rows
    even = next((mark for mark in DELIMITERS if _even(tables[mark])), None)
    if even and name.isdecimal():
        return tables[even]
    if even or name:
        raise _no_names(file, [], path)
    return None


def _even(rows: Sequence[Row]) -> bool:
    """Tell whether rows are those of a table: nearly all of one width, and no "Paris, France"."""
    widths = [len(cells) for _, cells in rows if any(cell.strip() for cell in cells)]
    usual = max(set(widths), key=widths.count, default=0)
    if len(widths) < 2 or usual < 2 or widths.count(usual) < _MOSTLY * len(widths):
        return False
    places = sum(len(cells) == 2 and not any(c.isdigit() for c in cells[1]) for _, cells in rows)
    return usual > 2 or places < _MOSTLY * len(widths)


def _lines(text: str) -> list[Row]:
    """Return one name a line, without the heading, where there is one."""
    rows = lines_of(text)
    return rows[1:] if rows and _preferred([_heading(rows[0][1][0])]) is not None else rows


def _no_names(file: ListFile, heading: Sequence[str], path: str) -> UsageError:
    return UsageError(SAID.members.no_names, path=path, line=_first_line(file, heading))


def _first_line(file: ListFile, heading: Sequence[str]) -> str:
    return next((line for line in file.text.split("\n") if line.strip()), ", ".join(heading))


def _preferred(words: Sequence[str]) -> int | None:
    at = _position(words, WORDS["names"])
    return _position(words, WORDS["bodies"]) if at is None else at


def _wanted(said: str, words: Sequence[str], width: int) -> int | None:
    """Return the position of a column that a person named by its heading or number."""
    if folded(said) in words:
        return words.index(folded(said))
    return int(said) - 1 if said.isdecimal() and 1 <= int(said) <= width else None


def _position(words: Sequence[str], wanted: Collection[str]) -> int | None:
    """Return the column whose heading is one of ``wanted``, else is made of nothing but such words."""
    exact = (number for number, cell in enumerate(words) if cell and cell in wanted)
    made = (number for number, cell in enumerate(words) if cell and _made_of(cell, wanted))
    return next(exact, next(made, None))


def _heading(cell: str) -> str:
    """Return a heading, folded, without a remark in brackets."""
    return folded(_REMARK.sub("", cell)) or folded(cell)


def _made_of(cell: str, wanted: Collection[str]) -> bool:
    rest = cell.split()
    some = False
    while rest:
        longest = next((n for n in (3, 2, 1) if " ".join(rest[:n]) in wanted and len(rest) >= n), 0)
        some = some or longest > 0
        if not longest and rest[0] not in WORDS["fillers"]:
            return False
        del rest[: longest or 1]
    return some


def _heads(words: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Tell whether a first row without known words is a heading: it has no figures where the others have."""
    if any(_position(words, WORDS[one]) is not None for one in ("countries", "regions", *_DATES, *_POINT)):
        return True
    columns = ([row[n] for row in below if n < len(row) and row[n].strip()] for n in range(len(words)))
    return any(
        column
        and not _FIGURE.search(word)
        and sum(map(bool, map(_FIGURE.search, column))) > _MOSTLY * len(column)
        for word, column in zip(words, columns, strict=True)
    )


def _readable(rows: Sequence[Row], at: int) -> int:
    return sum(at < len(cells) and country_code(cells[at]) is not None for _, cells in rows)
