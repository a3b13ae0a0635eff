"""The canonical spelling of one value: what ``atlas fmt`` and every writing command agree on.

A value is spelled canonically when it is in Unicode NFC, has no spaces around it
(no-break spaces included), and, where it is a list in a cell, has its entries
separated by bare ``;``. What a value means never changes: the checks and the
assembly read both spellings as the same.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Literal, NamedTuple

from ...model.schema import LIST_SEPARATOR, Field

Kind = Literal[
    "spaces",  # around a value
    "letters",  # and their accents as separate characters
    "lists",  # with other separators
    "columns",  # of a table out of order
    "rows",  # out of order
    "quotes",  # that nothing needs
    "empty",  # rows
    "keys",  # out of order
    "layout",  # indentation, quotes and line breaks of YAML
    "mark",  # of the byte order
    "ends",  # of lines that are not LF, or a last line without one
]
"""What the canonical form changes."""


class FormatChange(NamedTuple):
    """One thing that the canonical form changes, and the physical line where it stands, from 1."""

    kind: Kind
    line: int


def canonical_text(text: str) -> str:
    """Return ``text`` in Unicode NFC without the spaces and no-break spaces around it."""
    trimmed = text.strip()
    return trimmed if trimmed.isascii() else unicodedata.normalize("NFC", trimmed)


def canonical_cell(one: Field | None, text: str) -> str:
    """Return the canonical text of a cell; ``one`` is its column, None for an unknown column.

    For a list, ``" icc-list ; coe-icc; "`` becomes ``"icc-list;coe-icc"``.
    """
    whole = canonical_text(text)
    if one is None or not one.many or LIST_SEPARATOR not in whole:
        return whole
    entries = (entry.strip() for entry in whole.split(LIST_SEPARATOR))
    return LIST_SEPARATOR.join(filter(None, entries))


def value_changes(one: Field | None, text: str, line: int) -> Iterator[FormatChange]:
    """Yield what ``canonical_cell`` changes in ``text``; nothing where it is canonical."""
    trimmed = text.strip()
    if trimmed != text:
        yield FormatChange("spaces", line)
    whole = canonical_text(text)
    if whole != trimmed:
        yield FormatChange("letters", line)
    if canonical_cell(one, text) != whole:
        yield FormatChange("lists", line)
