"""What people write for a country, to its ISO 3166-1 code: "Poland", "Polska", "UK", "pl"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from .country_codes import COMMON_MISTAKES, COUNTRIES
from .folding import folded

LANGUAGES = (
    "en", "pl", "de", "fr", "es", "it", "pt", "nl", "cs", "sk", "sv", "da", "nb", "fi", "hu", "ro", "hr",
    "sl", "uk", "el", "tr", "et", "lv", "lt", "bg", "sr",
)  # fmt: skip
"""Languages of the names that are understood, the first ones before the others."""

_OTHER_NAMES = {
    "AE": "uae",
    "AR": "argentine republic",
    "BA": "bosnia",
    "CD": "dr congo|drc|democratic republic of the congo|congo kinshasa|zaire",
    "CG": "republic of the congo|congo brazzaville",
    "CH": "swiss confederation",
    "CI": "cote d ivoire|ivory coast",
    "CN": "people s republic of china|prc",
    "CV": "cabo verde|cape verde",
    "CZ": "czech republic|republika czeska",
    "DE": "west germany|bundesrepublik deutschland|brd|rfn|republika federalna niemiec",
    "FM": "micronesia",
    "FR": "french republic",
    "GB": "england|great britain|northern ireland|scotland|wales|wielka brytania|u k|"
    "united kingdom of great britain and northern ireland",
    "GR": "hellenic republic",
    "HK": "hong kong",
    "IT": "italian republic",
    "KG": "kyrgyz republic",
    "KP": "democratic people s republic of korea|dprk",
    "KR": "republic of korea|korea",
    "LA": "lao people s democratic republic|lao pdr",
    "LK": "ceylon",
    "LY": "libyan arab jamahiriya",
    "MO": "macao|macau",
    "MK": "macedonia|fyrom|the former yugoslav republic of macedonia",
    "MM": "burma|myanmar",
    "NL": "holland|kingdom of the netherlands",
    "PL": "rzeczpospolita polska",
    "PS": "palestine|state of palestine|occupied palestinian territory",
    "PT": "portuguese republic",
    "RO": "rom",
    "RU": "russian federation|federacja rosyjska",
    "SK": "slovak republic|republika slowacka",
    "SZ": "swaziland",
    "SY": "syrian arab republic",
    "TL": "east timor",
    "TR": "turkey",
    "TW": "republic of china|taiwan province of china",
    "US": "usa|u s|u s a|united states of america|stany zjednoczone ameryki",
    "VA": "holy see|vatican",
    "VN": "viet nam|socialist republic of viet nam",
}
"""Usual, official and former names that CLDR does not give first, folded."""

_FORMAL = re.compile(
    r"\b(?:(?:the|federal|federative|democratic|people s|islamic|united|arab|socialist|plurinational|"
    r"bolivarian|cooperative|co operative|oriental|hashemite|federated) )*"
    r"(?:republic|kingdom|state|states|principality|grand duchy|commonwealth|sultanate|confederation|union|"
    r"emirates|independent state)(?: of)?(?: the)?\b|\b(?:the|darussalam)\b"
)
"""What an official English name has beside the short one, before it or behind a comma."""


def country_code(text: str) -> str | None:
    """Return the code of the country that ``text`` names, or None where it names none.

    >>> country_code("Polska"), country_code("uk"), country_code("Atlantis")
    ('PL', 'GB', None)
    >>> country_code("POL"), country_code("Moldova, Republic of"), country_code("Kingdom of Denmark")
    ('PL', 'MD', 'DK')
    """
    code = text.strip().upper()
    code = COMMON_MISTAKES.get(code, code)
    if code in COUNTRIES:
        return code
    return country_named(text) or _alpha_3(code)


def country_named(text: str) -> str | None:
    """Return the code of the country that ``text`` names in words, or None."""
    name, names = folded(text), _names()
    return names.get(name) or names.get(" ".join(_FORMAL.sub(" ", name).split()))


def _alpha_3(code: str) -> str | None:
    from babel.core import get_global

    found: list[str] = list(get_global("territory_aliases").get(code, ())) if len(code) == 3 else []
    return found[0] if len(found) == 1 and found[0] in COUNTRIES else None


@cache
def _names() -> Mapping[str, str]:
    from babel import Locale  # only where a list spells its countries out

    found = {
        folded(name): code
        for language in reversed(LANGUAGES)
        for code, name in Locale(language).territories.items()
        if code in COUNTRIES
    }
    return found | {name: code for code, names in _OTHER_NAMES.items() for name in names.split("|")}
