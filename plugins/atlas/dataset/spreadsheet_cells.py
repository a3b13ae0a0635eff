"""Cells for spreadsheets, which take some text for a formula."""

from __future__ import annotations

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a formula begins with, also in the full width that spreadsheets of East Asia take for the same."""

SUSPECT = frozenset((*FORMULA_STARTS, "'"))
"""The first characters of the few cells that may have to be changed."""


def harmless(value: str) -> str:
    """Return the value so that no spreadsheet takes it for a formula.

    >>> harmless("=1+1"), harmless("Lublin")
    ("'=1+1", 'Lublin')
    """
    return f"'{value}" if value[:1] in SUSPECT and _looks_like_one(value) else value


def restored(value: str) -> str:
    """Return the value that ``harmless`` was given."""
    return value[1:] if value[:1] == "'" and _looks_like_one(value) else value


def _looks_like_one(value: str) -> bool:
    """Tell so of a formula, and of one behind apostrophes, so that ``restored`` can tell them apart."""
    return value.lstrip("'").startswith(FORMULA_STARTS)
