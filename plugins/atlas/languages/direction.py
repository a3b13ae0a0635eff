"""Direction of writing: names from right to left among words from left to right, and the other way round."""

from __future__ import annotations

import re
from functools import lru_cache

from markupsafe import Markup, escape

from .untranslated import Untranslated, UntranslatedMarkup

_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_ISOLATE, _POP = "\u2068", "\u2069"


def right_to_left(text: str) -> bool:
    """Tell whether letters of the text are written from right to left, so that it must be kept apart."""
    return not text.isascii() and _RIGHT_TO_LEFT.search(text) is not None


def apart(value: object) -> object:
    """Return a value for a sentence; a text from right to left stands between the signs that isolate it.

    >>> apart("Łódź"), len(apart("ירושלים"))
    ('Łódź', 9)
    """
    if type(value) is str and right_to_left(value):
        return f"{_ISOLATE}{value}{_POP}"
    return value


@lru_cache(1 << 14)
def wrapped(value: str) -> Markup:
    """Return a text as markup, within ``<bdi>`` where it is written from right to left."""
    return Markup(f"<bdi>{escape(value)}</bdi>") if right_to_left(value) else escape(value)


def kept_apart(value: object) -> object:
    """Return a value for text of an element.

    A name that is written from right to left stands within ``<bdi>``, what is not translated yet within
    ``<span lang="en">``.
    """
    kind = type(value)
    if kind is str:
        return wrapped(value)
    if kind in (Untranslated, UntranslatedMarkup):
        return Markup(f'<span lang="en">{escape(value)}</span>')
    return value
