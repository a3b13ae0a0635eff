"""Tables for spreadsheets: the same cells, and none that a spreadsheet would run as a formula.

A byte order mark lets spreadsheets read the letters rightly, and lines end as they expect (CRLF). A cell that
begins like a formula has an apostrophe before it; a negative number is no formula and stays a number.
"""

from __future__ import annotations

import codecs
import csv
import io
import re

from ...dataset.spreadsheet_cells import SUSPECT, harmless

FOLDER = "data/spreadsheets"

_NUMBER = re.compile(r"-[0-9]+(?:\.[0-9]+)?")


def for_spreadsheets(table: bytes) -> bytes:
    """Return a CSV table in UTF-8 so that it can be opened in a spreadsheet by a double click."""
    rows = csv.reader(io.StringIO(table.decode("utf-8-sig"), newline=""), strict=True)
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerows([_cell(one) if one[:1] in SUSPECT else one for one in row] for row in rows)
    return codecs.BOM_UTF8 + buffer.getvalue().encode()


def _cell(value: str) -> str:
    told = harmless(value)
    return value if told != value and _NUMBER.fullmatch(value) else told
