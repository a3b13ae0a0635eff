"""What people write for a country, to its ISO 3166-1 code: "Poland", "Polska", "UK", "pl"."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from .country_codes import COMMON_MISTAKES, COUNTRIES
from .folding import folded

LANGUAGES = ("en", "pl", "de", "fr", "es", "it", "pt", "nl")
"""Languages of the names that are understood; lists of members are mostly written in one of them."""

_SHORT = {
    "czech republic": "CZ",
    "england": "GB",
    "great britain": "GB",
    "holland": "NL",
    "macedonia": "MK",
    "northern ireland": "GB",
    "republic of moldova": "MD",
    "scotland": "GB",
    "turkey": "TR",
    "usa": "US",
    "wales": "GB",
    "wielka brytania": "GB",
}
"""Usual names that CLDR does not give first."""


def country_code(text: str) -> str | None:
    """Return the code of the country that ``text`` names, or None where it names none.

    >>> country_code("Polska"), country_code("uk"), country_code("Atlantis")
    ('PL', 'GB', None)
    """
    code = text.strip().upper()
    code = COMMON_MISTAKES.get(code, code)
    if code in COUNTRIES:
        return code
    return _names().get(folded(text))


@cache
def _names() -> Mapping[str, str]:
    from babel import Locale  # only where a list spells its countries out

    found = {
        folded(name): code
        for language in reversed(LANGUAGES)
        for code, name in Locale(language).territories.items()
        if code in COUNTRIES
    }
    return {**found, **_SHORT}
