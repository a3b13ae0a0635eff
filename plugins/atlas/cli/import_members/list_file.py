"""The rows of a list, whatever kind of file it is: text, CSV, a spreadsheet, JSON, GeoJSON."""

from __future__ import annotations

import csv
import io
import json
import re
import warnings
import zipfile
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from ...dataset.canonical.spreadsheet import RepairStep, text_of
from ...dataset.reading.text_file import decoded
from ...dataset.reading.wrong_rows import DELIMITERS as OTHERS
from ...dataset.reading.wrong_rows import excel_line
from ...errors import FindingsError, UsageError
from ...findings import Finding, Word
from ..messages import SAID

DELIMITERS: tuple[str, ...] = (",", *OTHERS)
_PREFIXES = (
    (b"%PDF", SAID.members.pdf),
    (b"\xd0\xcf\x11\xe0", SAID.members.old_spreadsheet),
    (b"{\\rtf", SAID.members.rtf),
    (b"\x1f\x8b", SAID.members.compressed),
    (b"SQLite format 3", SAID.members.database),
)
_DOCUMENTS = (("word/", SAID.members.document), ("content.xml", SAID.members.libreoffice))
_MARKUP = re.compile(r"<(?:!doctype|!--|\?xml|[a-z][\w:-]*[\s>])", re.IGNORECASE)
_HTML = re.compile(r"<(?:!doctype html|html|table|body|div|ul|ol|head)\b", re.IGNORECASE)
_UNPACKED = 100_000_000
"""So many bytes at most may be in a spreadsheet that is read."""

Row = tuple[int, list[str]]
"""The line on which a row begins, and its cells."""


@dataclass(slots=True)
class ListFile:
    """A list as rows of cells; what cost single lines stands in ``findings``."""

    rows: list[Row] = field(default_factory=list)
    heading: list[str] | None = None
    """Names of columns that are known to be names, as those of JSON."""
    findings: list[Finding] = field(default_factory=list)
    steps: list[RepairStep] = field(default_factory=list)
    text: str = ""
    """The text of a list that is text, else nothing."""


def read_file(data: bytes, path: str, known_words: Collection[str]) -> ListFile:
    """Return the rows of a list. Raises UsageError for what is no list, FindingsError for what is no text."""
    for start, what in _PREFIXES:
        if data.startswith(start):
            raise _refused(path, what)
    if data.startswith(b"PK\x03\x04"):
        return _archive(data, path)
    result = ListFile()
    text, bad = _text(data, path, known_words, result)
    head = text.lstrip()[:200]
    if _MARKUP.match(head):
        raise _refused(path, SAID.members.html if _HTML.match(head) else SAID.members.xml)
    if head[:1] in ("{", "["):
        return _json(text, path)
    result.text = "\n".join("" if n in bad else line for n, line in enumerate(text.split("\n"), 1))
    return result


def _refused(path: str, what: str) -> UsageError:
    return UsageError(SAID.members.no_list, path=path, what=Word(what))


def _text(data: bytes, path: str, words: Collection[str], result: ListFile) -> tuple[str, set[int]]:
    """Return the text with LF line ends, and the numbers of the lines that cannot be read."""
    found: list[Finding] = []
    text = decoded(data, path, found)
    if text is None and found[0].code == "E-ENCODING":
        one_bad_byte = "byte" in found[0].fields  # the rest is UTF-8
        meant = data.decode("utf-8-sig", "replace") if one_bad_byte else text_of(data, words, result.steps)
        if meant is not None:
            found = []
            text = decoded(meant.encode(), path, found)
    if text is None:
        hint = SAID.members.save_as_utf_8
        raise FindingsError([replace(one, hint=hint) if one.code == "E-ENCODING" else one for one in found])
    first = {one.line: one for one in reversed(found)}
    result.findings.extend(first[line] for line in sorted(first))
    return text, set(first)


def csv_rows(text: str, path: str, delimiter: str) -> list[Row]:
    """Return the rows with the lines on which they begin. Raises UsageError where the text is no CSV."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: list[Row] = []
    line = 1
    try:
        for cells in reader:
            rows.append((line, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        raise UsageError(SAID.members.no_csv, path=path, line=line, problem=str(error)) from None
    if rows and (mark := excel_line(text.split("\n", 1)[0])) is not None:
        rest = text.partition("\n")[2]
        return [(number + 1, cells) for number, cells in csv_rows(rest, path, mark)]
    return rows


def lines_of(text: str) -> list[Row]:
    """Return every line as a row of one cell."""
    return [(number, [line]) for number, line in enumerate(text.split("\n"), 1)]


# Spreadsheets


def _archive(data: bytes, path: str) -> ListFile:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
    except zipfile.BadZipFile:
        raise _refused(path, SAID.members.damaged_file) from None
    names = [member.filename for member in members]
    if not any(name.startswith("xl/") for name in names):
        what = (what for part, what in _DOCUMENTS if any(name.startswith(part) for name in names))
        raise _refused(path, next(what, SAID.members.archive))
    if sum(member.file_size for member in members) > _UNPACKED:
        raise _refused(path, SAID.members.too_large)
    return ListFile(_spreadsheet(data, path))


def _spreadsheet(data: bytes, path: str) -> list[Row]:
    """Return the rows of the first sheet that has any, without those above its table that hold one cell."""
    import openpyxl  # only where a list is a spreadsheet

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what is lost when such a file is written again
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            sheets = (_filled(sheet.iter_rows(values_only=True)) for sheet in book.worksheets)
            return next((rows for rows in sheets if rows), [])
    except Exception:  # whatever a damaged file makes the library raise
        raise _refused(path, SAID.members.damaged_spreadsheet) from None


def _filled(rows: Iterable[Sequence[Any]]) -> list[Row]:
    found = [(n, [_cell(value) for value in row]) for n, row in enumerate(rows, 1)]
    return below_title([(n, cells) for n, cells in found if any(cells)])


def below_title(rows: Sequence[Row]) -> list[Row]:
    """Return the rows from the first one that has two cells with something in them; all where none has."""
    filled = (sum(map(bool, map(str.strip, cells))) for _, cells in rows)
    return list(rows[next((n for n, cells in enumerate(filled) if cells > 1), 0) :])


def _cell(value: Any) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip()


# JSON


def _json(text: str, path: str) -> ListFile:
    """Return one row for each record; the line is the number of the record."""
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        try:
            whole = [json.loads(line) for line in text.splitlines() if line.strip()]
        except (ValueError, RecursionError):
            raise _refused(path, SAID.members.unreadable_json) from None
    records = [_flat(one) for one in _records(whole)]
    if not records or not all(records):
        raise _refused(path, SAID.members.no_records)
    heading = list(dict.fromkeys(name for one in records for name in one))
    return ListFile(
        [(n, [one.get(name, "") for name in heading]) for n, one in enumerate(records, 1)], heading
    )


def _records(whole: Any) -> list[Any]:
    """Return the one list of a JSON text, the longest where there are several."""
    if isinstance(whole, list):
        return whole
    lists = (_records(one) for one in whole.values()) if isinstance(whole, dict) else ()
    return max(lists, key=len, default=[])


def _flat(record: Any) -> dict[str, str]:
    """Return the values of a record by their names; those of GeoJSON with its point."""
    if not isinstance(record, Mapping):
        return {"name": _cell(record)} if isinstance(record, str) else {}
    if record.get("type") == "Feature":
        point: Any = (record.get("geometry") or {}).get("coordinates") or ()
        values = dict(record.get("properties") or {})
        if len(point) >= 2 and all(isinstance(part, int | float) for part in point[:2]):
            values |= {"lon": point[0], "lat": point[1]}
        record = values
    return dict(_values(record))


def _values(record: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in record.items():
        if isinstance(value, Mapping):
            yield from ((f"{name} {inner}", text) for inner, text in _values(value))
        elif not isinstance(value, list):
            yield str(name), _cell(value)
