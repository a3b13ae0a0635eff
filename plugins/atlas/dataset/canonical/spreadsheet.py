"""The comma-separated UTF-8 that a spreadsheet's file means, where its header proves how to read it.

A table is repaired only where its first line, read in one way, names columns of the schema and
all that are required. An encoding of one byte a letter is not proven by that: the one is taken whose
words the data knows, or that has letters where the others have signs; else none.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from ...findings import N_, FieldValue
from ...model.schema import Record
from ..reading.text_file import wide_encoding
from ..reading.wrong_rows import DELIMITERS, excel_line, row_delimiter
from .csv import csv_text

_CODECS = {"cp1250": "Windows-1250", "cp1252": "Windows-1252", "iso8859-2": "ISO-8859-2"}
_WORD = re.compile(r"[^\W\d_]*[^\W\d_a-zA-Z][^\W\d_]*")
"""A word with a letter beyond ASCII."""
_DECIMAL_COMMA = re.compile(r"-?\d{1,3},\d+")
_EXAMPLES = 3
"""Words of a file that are shown, so that a person sees whether the encoding is the right one."""


class RepairStep(NamedTuple):
    """One thing that was done, and the physical line of the file where it was first seen."""

    line: int
    message: str
    """A msgid."""
    fields: dict[str, FieldValue]


class Repaired(NamedTuple):
    """A table as it was meant."""

    data: bytes
    steps: tuple[RepairStep, ...]


def words_beyond_ascii(texts: Iterator[str]) -> frozenset[str]:
    """Return the words by which an encoding is recognised."""
    return frozenset(word for text in texts if not text.isascii() for word in _WORD.findall(text))


def repaired(data: bytes, record: Record, known_words: Collection[str]) -> Repaired | None:
    """Return what a file means that should hold a table, or None where nothing proves it."""
    steps: list[RepairStep] = []
    text = text_of(data, known_words, steps)
    if text is None:
        return None
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if excel_line(lines[0]) is not None:
        steps.append(RepairStep(1, N_("Excel's line {line} deleted"), {"line": lines.pop(0).strip()}))
    delimiter = _proven_delimiter(lines[0], record) if lines else None
    if delimiter is None:
        return None
    before = len(steps)
    text = "\n".join(lines)
    if delimiter != ",":
        whole = _comma_separated(text, delimiter, record, steps)
        if whole is None:
            return None
        text = whole
    else:
        text = "\n".join(_rows_mended(lines, steps, first=1 + before))
    return Repaired(text.encode(), tuple(steps)) if steps else None


def text_of(data: bytes, known_words: Collection[str], steps: list[RepairStep]) -> str | None:
    """Return the text of a file in the one encoding that its bytes prove, or None."""
    wide = wide_encoding(data)
    try:
        if wide:
            marked = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE))
            order = "" if marked else ("-be" if data.startswith(b"\0") else "-le")
            text = data.decode(wide + order)
            steps.append(RepairStep(1, N_("read as {encoding}"), {"encoding": wide}))
            return text
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None if wide else _one_byte_a_letter(data, known_words, steps)


def _one_byte_a_letter(data: bytes, known_words: Collection[str], steps: list[RepairStep]) -> str | None:
    """Return the text in the likeliest of several encodings, or None where two are equally likely."""
    tried: dict[str, tuple[int, int]] = {}
    first: dict[str, str] = {}
    for codec in _CODECS:
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        if text not in tried and not any("\x80" <= character <= "\x9f" for character in text):
            words: list[str] = _WORD.findall(text)
            letters = sum(character.isalpha() for character in text if not character.isascii())
            tried[text] = sum(word in known_words for word in words), letters
            first[text] = codec
    ranked = sorted(tried, key=tried.__getitem__, reverse=True)
    if not ranked or (len(ranked) > 1 and tried[ranked[0]] == tried[ranked[1]]):
        return None
    text = ranked[0]
    examples = list(dict.fromkeys(_WORD.findall(text)))[:_EXAMPLES]
    fields: dict[str, FieldValue] = {"encoding": _CODECS[first[text]], "words": ", ".join(examples)}
    line = next(n for n, one in enumerate(text.split("\n"), 1) if not one.isascii())
    steps.append(RepairStep(line, N_("read as {encoding}, for example: {words}"), fields))
    return text


def _proven_delimiter(header: str, record: Record) -> str | None:
    """Return the one character that makes columns of the schema of a header, or None."""
    required = {one.name for one in record.fields if one.required}
    delimiters: tuple[str, ...] = (",", *DELIMITERS)
    for delimiter in delimiters:
        names = [name.strip() for name in next(csv.reader([header], delimiter=delimiter), [])]
        while names and not names[-1]:
            names.pop()
        if required <= set(names) <= record.by_name.keys() and len(set(names)) == len(names):
            return delimiter
    return None


def _comma_separated(text: str, delimiter: str, record: Record, steps: list[RepairStep]) -> str | None:
    """Return a table with commas between its cells, or None where its quotes cannot be read."""
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        return None
    header = [name.strip() for name in rows[0]]
    width = max(number for number, name in enumerate(header, 1) if name)
    kept = [_fitted(row, width) for row in rows if any(cell.strip() for cell in row)]
    steps.append(RepairStep(1, N_("'{value}' between cells made commas"), {"value": delimiter}))
    changed = _points(header, kept)
    if changed:
        steps.append(RepairStep(1, N_("decimal commas of lat and lon made points"), {}))
    return csv_text(header[:width], *kept[1:])


def _fitted(row: Sequence[str], width: int) -> list[str]:
    """Return a row without the empty cells that a spreadsheet adds, or with those that it leaves out."""
    cells = list(row)
    while len(cells) > width and not cells[-1].strip():
        cells.pop()
    return cells if len(cells) == 1 else [*cells, *[""] * (width - len(cells))]


def _points(header: Sequence[str], rows: list[list[str]]) -> bool:
    """Write degrees with a point, where commas do not separate cells; tell whether any had a comma."""
    changed = False
    for position in (header.index(name) for name in ("lat", "lon") if name in header):
        for row in rows[1:]:
            if position < len(row) and _DECIMAL_COMMA.fullmatch(row[position].strip()):
                row[position] = row[position].replace(",", ".")
                changed = True
    return changed


def _rows_mended(lines: Sequence[str], steps: list[RepairStep], first: int) -> Iterator[str]:
    """Yield the lines of a table with commas; those of rows with another delimiter are written anew."""
    width = len(next(csv.reader([lines[0]])))
    quotes = 0
    for number, line in enumerate(lines, first):
        inside = quotes % 2  # of a cell with several lines
        quotes += line.count('"')
        if not inside and line.count(",") < width - 1 and (delimiter := row_delimiter(line, width)):
            cells = _fitted(next(csv.reader([line], delimiter=delimiter)), width)
            if len(cells) == width:
                steps.append(
                    RepairStep(number, N_("'{value}' between cells made commas"), {"value": delimiter})
                )
                line = csv_text(cells).rstrip("\n")
        yield line
