"""Dates as lists write them: "26 mars 2019", "VI 2016", "2016 r."; one order of day and month in a column."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Literal

from ...languages.country_names import LANGUAGES
from ...languages.folding import folded
from ...validate.values.dates import date_problem, only_meaning

Order = Literal["day", "month", ""]
"""What stands first in the numbers of a column; empty where nothing proves it."""

_NOTHING = frozenset(("", "na", "n a", "nan", "null", "none", "unknown", "brak", "nd", "b d", "k a", "s d",
                      "tbd", "tbc", "nieznana", "nieznany", "unbekannt", "inconnu"))  # fmt: skip
"""Cells, folded, that say that there is no value: also a dash and a question mark."""

_WRAPPED = re.compile(
    r"^\W*(?:(?:od|since|from|seit|depuis|dal|dall|desde|joined|signed|in|w|ab|rok|year)\.?\s+)?(?=\S)|"
    r"\s*(?:\br\.?|\broku|\brok)?\W*$",
    re.IGNORECASE,
)
_NUMBERS = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})", re.ASCII)
_DAY_WORD = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th|er|º|ª|°|\.)?[\s.-]+(?:of\s+|de\s+|d')?)?([^\W\d_]{1,12})\.?[\s.,-]+(?:de[l]?\s+)?(\d{4})"
)
_WORD_DAY = re.compile(r"([^\W\d_]{3,12})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_IN_NAME = re.compile(r"\s*[(\[]([^()\[\]]*\d{4}[^()\[\]]*)[)\]]\s*$")


def is_nothing(text: str) -> bool:
    """Tell whether a cell says that there is no value: ``NA``, ``n/a``, ``-``."""
    return folded(text) in _NOTHING


def order_of(texts: Iterable[str]) -> Order:
    """Return the order of day and month that the dates of a column written with slashes or hyphens prove."""
    found = [match for text in texts if (match := _NUMBERS.fullmatch(text)) and match.group(2) != "."]
    day = any(int(match.group(1)) > 12 for match in found)
    month = any(int(match.group(3)) > 12 for match in found)
    return "" if day == month else ("day" if day else "month")


def read_date(text: str, order: Order = "") -> str | None:
    """Return the one date of the data that ``text`` means, or None.

    >>> read_date("26th March 2019"), read_date("VI 2016"), read_date("(od 2019)"), read_date("01/02/2020")
    ('2019-03-26', '2016-06', '2019', None)
    """
    if date_problem(text) is None:
        return text
    if order and (match := _NUMBERS.fullmatch(text)) and match.group(2) != ".":
        first, _, second, year = match.groups()
        month, day = (second, first) if order == "day" else (first, second)
        return _checked(f"{year}-{int(month):02d}-{int(day):02d}")
    if meant := only_meaning(text):
        return meant
    bare = _WRAPPED.sub("", text)
    if bare != text and (meant := read_date(bare, order)):
        return meant
    if match := _DAY_WORD.fullmatch(bare):
        return _of_words(match.group(3), match.group(2), match.group(1))
    if match := _WORD_DAY.fullmatch(bare):
        return _of_words(match.group(3), match.group(1), match.group(2))
    return None


def date_in_name(name: str) -> tuple[str, str]:
    """Return a name without a date in brackets behind it, and that date, empty where there is none.

    >>> date_in_name("Paris (2018)"), date_in_name("Frankfurt (Oder)")
    (('Paris', '2018'), ('Frankfurt (Oder)', ''))
    """
    match = _IN_NAME.search(name)
    date = read_date(match.group(1).strip()) if match else None
    return (name[: match.start()], date) if match and date else (name, "")


def _of_words(year: str, word: str, day: str | None) -> str | None:
    month = _months().get(folded(word))
    if month is None:
        return None
    return _checked(f"{year}-{month:02d}-{int(day):02d}" if day else f"{year}-{month:02d}")


def _checked(text: str) -> str | None:
    return text if date_problem(text) is None else None


@cache
def _months() -> dict[str, int]:
    from babel import Locale  # only where a list spells its months out

    found: dict[str, set[int]] = {}
    for language in LANGUAGES:
        for context in Locale(language).months.values():
            for form in ("wide", "abbreviated"):
                for number, name in context[form].items():
                    found.setdefault(folded(name), set()).add(number)
    for number, name in enumerate(_ROMAN, 1):
        found.setdefault(name, set()).add(number)
    # A word that means two months in two languages means none here.
    return {name: numbers.pop() for name, numbers in found.items() if name and len(numbers) == 1}
