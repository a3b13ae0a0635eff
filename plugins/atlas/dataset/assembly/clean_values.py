"""Texts and dates of records as the model has them."""

from __future__ import annotations

import unicodedata
from functools import cache

from ...model.dates import parse_date

parsed_date = cache(parse_date)
"""Returns the date of a text; few different ones stand in many rows."""


def clean(text: str) -> str:
    """Return ``text`` in one Unicode spelling, so that the same word is the same everywhere."""
    text = text.strip()
    return text if text.isascii() else unicodedata.normalize("NFC", text)
