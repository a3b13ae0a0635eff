"""Regular expressions of single values, in what Python, ECMAScript and XML Schema have in common.

No anchors, no look-around, no back references, no ``\\d``: the same text goes into JSON
Schemas (ECMA-262, anchored there) and into the Data Package (XML Schema, always anchored).
They accept what the checks accept; ``tests/validate/test_jsonschema.py`` holds both against
one table of values.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from ..languages.country_codes import COUNTRIES, POLISH_REGIONS
from ..model.schema import ID_PATTERN, LANGUAGE_PATTERN, LIST_SEPARATOR, Field, Type

# Years from 1000 on, months, and days that exist: 29 February stands only in leap years.
_YEAR = "[1-9][0-9]{3}"
_LEAP = "([1-9][0-9](0[48]|[2468][048]|[13579][26])|([13579][26]|[2468][048])00)"
_MONTH_AND_DAY = (
    "((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))"
)
DATE = f"([.][.]/)?({_YEAR}(-(0[1-9]|1[0-2])|-{_MONTH_AND_DAY})?|{_LEAP}-02-29)[~?%]?"

_DURATION = "P([0-9]+Y([0-9]+M)?([0-9]+D)?|[0-9]+M([0-9]+D)?|[0-9]+D)"
INTEGER = "(0|[1-9][0-9]{0,9}|10000000000)"
_FRACTION = "([.][0-9]{1,12})?"
_NO_FRACTION = "([.]0{1,12})?"
LATITUDE = f"[+-]?(0?[0-8]?[0-9]{_FRACTION}|0?90{_NO_FRACTION})"
LONGITUDE = f"[+-]?((0?[0-9]{{1,2}}|1[0-7][0-9]){_FRACTION}|180{_NO_FRACTION})"
# As far as a pattern can say; the checks also refuse hosts that are not on the public web.
URL = '[Hh][Tt][Tt][Pp][Ss]?://[^\\s<>"`\\\\^{|}]+'


def region() -> str:
    """Return the pattern of ISO 3166-2 codes; those of Poland are its voivodeships."""
    elsewhere = _grouped(sorted(COUNTRIES - {"PL"}))
    polish = "|".join(code.removeprefix("PL-") for code in sorted(POLISH_REGIONS))
    return f"({elsewhere}-[A-Z0-9]{{1,3}}|PL-({polish}))"


def _grouped(codes: Iterable[str]) -> str:
    """Return a pattern of two-letter codes: ``(A[DE]|B[A])``."""
    by_letter = groupby(codes, key=lambda code: code[0])
    return (
        "(" + "|".join(f"{first}[{''.join(code[1] for code in group)}]" for first, group in by_letter) + ")"
    )


def _plain(pattern: str) -> str:
    """Return a pattern of Python without non-capturing groups, which XML Schema does not know."""
    return pattern.replace("(?:", "(")


BY_TYPE: dict[Type, str] = {
    "id": _plain(ID_PATTERN.pattern),
    "date": DATE,
    "duration": _DURATION,
    "integer": INTEGER,
    "latitude": LATITUDE,
    "longitude": LONGITUDE,
    "region": region(),
    "language": _plain(LANGUAGE_PATTERN.pattern),
    "url": URL,
    "ref": _plain(ID_PATTERN.pattern),
    "geonames": "[1-9][0-9]{0,8}",
    "wikidata": "Q[1-9][0-9]{0,9}",
    "colour": "#[0-9A-Fa-f]{6}",
}
"""Codes and countries are lists of values instead; text has no pattern of its own."""


def choice(codes: Iterable[str]) -> str:
    """Return the pattern of one of several codes, which hold letters, digits and hyphens only."""
    return f"({'|'.join(codes)})"


def listed(item: str) -> str:
    """Return the pattern of a list in one cell; spaces after a separator do no harm."""
    return f"{item}( *{LIST_SEPARATOR} *{item})*"


def of(one: Field) -> str | None:
    """Return the pattern of one value of a field, or None where any text will do."""
    return BY_TYPE.get(one.type)
