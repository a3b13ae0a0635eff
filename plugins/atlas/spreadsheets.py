"""Cells for spreadsheets, which take some text for a formula."""

from __future__ import annotations

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def harmless(value: str) -> str:
    """Return the value so that no spreadsheet takes it for a formula.

    >>> harmless("=1+1"), harmless("Lublin")
    ("'=1+1", 'Lublin')
    """
    return f"'{value}" if value.startswith(FORMULA_STARTS) else value


def restored(value: str) -> str:
    """Return the value that ``harmless`` was given."""
    return value[1:] if value[:1] == "'" and value[1:].startswith(FORMULA_STARTS) else value
