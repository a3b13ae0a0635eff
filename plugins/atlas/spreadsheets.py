"""Cells for spreadsheets, which take some text for a formula."""

from __future__ import annotations

from functools import lru_cache

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a formula begins with, also in the full width that spreadsheets of East Asia take for the same."""


@lru_cache(1 << 14)  # most cells of a table are the same few words
def harmless(value: str) -> str:
    """Return the value so that no spreadsheet takes it for a formula.

    >>> harmless("=1+1"), harmless("Lublin")
    ("'=1+1", 'Lublin')
    """
    return f"'{value}" if _looks_like_one(value) else value


def restored(value: str) -> str:
    """Return the value that ``harmless`` was given."""
    return value[1:] if value[:1] == "'" and _looks_like_one(value) else value


def _looks_like_one(value: str) -> bool:
    """Tell so of a formula, and of one behind apostrophes, so that ``restored`` can tell them apart."""
    return value.lstrip("'").startswith(FORMULA_STARTS)
