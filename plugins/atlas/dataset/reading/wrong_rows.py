"""Why a row has more or fewer cells than the header: what a person did, not how many cells there are."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...findings import Finding, Place, finding
from ...model.schema import ID_PATTERN, LIST_SEPARATOR

DELIMITERS = ";\t|"
_EXCEL_LINE = re.compile(r'"?sep=([,;|\t]?)"?[,;|\t ]*', re.IGNORECASE)
_MERGE_LINE = re.compile(r"(?:<{7}|\|{7}|>{7})(?: .*)?,*|={7},*")
_OPENING, _CLOSING = "„“”«»‚‘’", "”“»«’‘"
_DEGREES = re.compile(r"-?\d{1,3},\d+")


def excel_line(raw: str) -> str | None:
    """Return the delimiter that Excel's own first line names (`sep=;`), or None where it is no such line."""
    match = _EXCEL_LINE.fullmatch(raw.strip("\ufeff \r\n"))
    return None if match is None else match.group(1) or raw.strip()[-1]


def header_delimiter(raw: str) -> str | None:
    """Return the character that separates the columns of a header where it is no comma, or None."""
    likeliest = max(DELIMITERS, key=raw.count)
    return likeliest if raw.count(likeliest) > raw.count(",") else None


def row_delimiter(raw: str, width: int) -> str | None:
    """Return the character that separates the cells of one row of many, or None where it is the comma."""
    likeliest = max(DELIMITERS, key=raw.count)
    count = raw.count(likeliest)
    return likeliest if width > 1 and (count >= width - 1 or (count and "," not in raw)) else None


def wrong_width(
    header: Sequence[str], raw: str, values: Sequence[str], starts: Sequence[Place], delimiter: str | None
) -> Finding:
    """Return what is wrong with a row that has not as many cells as the header.

    ``starts`` are the places where its cells begin; ``delimiter`` is what separates them, if no comma does.
    """
    if not raw.strip():
        return finding("E-CELLS", "empty-line", starts[0])
    if _MERGE_LINE.fullmatch(raw):
        return merge_finding(starts[0], raw.rstrip(","))
    if delimiter:
        place = starts[0]._replace(column=raw.index(delimiter) + 1)
        return finding("E-DELIMITER", "row", place, value=delimiter)
    if len(values) > len(header):
        return _too_many(header, values, starts)
    return finding("E-CELLS", "too-few", starts[0], count=len(values), width=len(header))


def merge_finding(place: Place, line: str) -> Finding:
    """Return the finding for a mark that git leaves where two changes met."""
    return finding("E-MERGE", "mark", place, value=line)


def _too_many(header: Sequence[str], values: Sequence[str], starts: Sequence[Place]) -> Finding:
    extra = len(values) - len(header)
    listed = header.index("sources") if "sources" in header else None
    if listed is not None:
        ids = [value.strip() for value in values[listed : listed + extra + 1]]
        if all(ID_PATTERN.fullmatch(id_) and not id_[0].isdigit() for id_ in ids):
            return _commas_in_list(starts[listed], "sources", ids)
    for position, value in enumerate(values):
        if value[:1] and value[0] in _OPENING and any(v[-1:] in _CLOSING for v in values[position:] if v):
            return finding("E-QUOTE", "curly", starts[position], value=value[0])
    for position in range(1, len(values)):
        both = f"{values[position - 1]},{values[position]}"
        column = header[position - 1] if position <= len(header) else ""
        if column in ("lat", "lon") and _DEGREES.fullmatch(both):
            return _loose_comma(starts[position - 1], both, both.replace(",", "."))
    for position in range(1, len(values)):
        if values[position][:1] == " " and values[position].strip() and values[position - 1].strip():
            both = f"{values[position - 1]},{values[position]}"
            return _loose_comma(starts[position - 1], both, f'"{both}"')
    return finding("E-CELLS", "too-many", starts[len(header)], count=len(values), width=len(header))


def _loose_comma(place: Place, value: str, instead: str) -> Finding:
    return finding("E-CELLS", "loose-comma", place, value=value, instead=instead)


def _commas_in_list(place: Place, column: str, ids: Sequence[str]) -> Finding:
    return finding(
        "E-LIST", "commas", place, value=",".join(ids), column=column, instead=LIST_SEPARATOR.join(ids)
    )
