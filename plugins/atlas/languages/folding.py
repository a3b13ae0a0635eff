"""Folding and slugs: names without case, diacritics and punctuation, to compare and to make ids of."""

from __future__ import annotations

import re
import unicodedata
from itertools import filterfalse

from ..model.schema import ID_LONGEST

_LETTERS = str.maketrans({
    "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th",
})  # fmt: skip


_NO_LETTERS = re.compile(r"[\W_]+")


def folded(text: str) -> str:
    """Return ``text`` without case, diacritics and punctuation, to compare names.

    >>> folded("İzmir") == folded("Izmir"), folded("Åbo") == folded("ABO")
    (True, True)
    """
    plain = text.casefold()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain.translate(_LETTERS))
        plain = "".join(filterfalse(unicodedata.combining, plain))
    return _NO_LETTERS.sub(" ", plain).strip(" ")


def slug(text: str) -> str:
    """Return the id that ``text`` would make, at most as long as an id may be."""
    words = re.findall(r"[a-z0-9]+", folded(text[:200]))
    return "-".join(words)[:ID_LONGEST].rstrip("-")
