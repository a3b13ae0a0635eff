"""The canonical spelling of one value: what ``atlas fmt`` and every writing command agree on.

A value is spelled canonically when it is in Unicode NFC, has no spaces around it
(no-break spaces included), and, where it is a list in a cell, has its entries
separated by bare ``;``. What a value means never changes: the checks and the
assembly read both spellings as the same.
"""

from __future__ import annotations

import unicodedata

from ...model.schema import LIST_SEPARATOR, Field


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
