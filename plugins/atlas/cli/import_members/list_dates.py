"""Dates as lists write them: "26 mars 2019", "VI 2016", "2016 r."; one order of day and month in a column."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from ...languages.folding import folded
from ...validate.values.dates import date_problem, only_meaning
from .columns import WORDS

Order = Literal["day", "month", ""]
"""What stands first in the numbers of a column; empty where nothing proves it."""

_WRAPPED = re.compile(
    r"^\W*(?:(?:od|since|from|seit|depuis|dal|dall|desde|joined|signed|in|w|ab|rok|year)\.?\s+)?(?=\S)|"
    r"\s*(?:\br\.?|\broku|\brok)?\W*$",
    re.IGNORECASE,
)
_NUMBERS = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})", re.ASCII)
_IN_NAME = re.compile(r"\s*[(\[]([^()\[\]]*\d{4}[^()\[\]]*)[)\]]\s*$")


def is_nothing(text: str) -> bool:
    """Tell whether a cell says that there is no value: ``NA``, ``n/a``, ``-``."""
    return folded(text) in WORDS["nothing"]


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
        iso = f"{year}-{int(month):02d}-{int(day):02d}"
        return iso if date_problem(iso) is None else None
    if meant := only_meaning(text):
        return meant
    bare = _WRAPPED.sub("", text)
    return read_date(bare, order) if bare != text else None


def date_in_name(name: str) -> tuple[str, str]:
    """Return a name without a date in brackets behind it, and that date, empty where there is none.

    >>> date_in_name("Paris (2018)"), date_in_name("Frankfurt (Oder)")
    (('Paris', '2018'), ('Frankfurt (Oder)', ''))
    """
    match = _IN_NAME.search(name)
    date = read_date(match.group(1).strip()) if match else None
    return (name[: match.start()], date) if match and date else (name, "")
