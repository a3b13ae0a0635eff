"""What people write for a country, to its ISO 3166-1 code: "Poland", "Polska", "UK", "pl"."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from .country_codes import COMMON_MISTAKES, COUNTRIES
from .folding import folded
from .wordings import packaged

LANGUAGES = (
    "en", "pl", "de", "fr", "es", "it", "pt", "nl", "cs", "sk", "sv", "da", "nb", "fi", "hu", "ro", "hr",
    "sl", "uk", "el", "tr", "et", "lv", "lt", "bg", "sr",
)  # fmt: skip
"""Languages of the names that are understood, the first ones before the others."""

_OTHER_NAMES: Mapping[str, str] = packaged(Path(__file__).with_suffix(".yaml"))
"""Usual and former names that neither CLDR nor ISO 3166-1 gives, folded."""


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
    return country_named(text) or _iso().get(code.lower())


def country_named(text: str) -> str | None:
    """Return the code of the country that ``text`` names in words, or None."""
    name = folded(text)
    bare = " ".join(word for word in name.split() if word != "the")
    return _names().get(name) or _names().get(bare)


@cache
def _iso() -> Mapping[str, str]:
    """Return the codes of two letters by those of three, and by numbers."""
    import pycountry

    return {key.lower(): one.alpha_2 for one in pycountry.countries for key in (one.alpha_3, one.numeric)}


@cache
def _names() -> Mapping[str, str]:
    import pycountry  # only where a list spells its countries out
    from babel import Locale

    found = {
        folded(name): code
        for language in reversed(LANGUAGES)
        for code, name in Locale(language).territories.items()
        if code in COUNTRIES
    }
    for one in pycountry.countries:
        official = (getattr(one, kind, "") for kind in ("name", "common_name", "official_name"))
        found |= {
            " ".join(folded(name).removeprefix("the ").split()): one.alpha_2 for name in official if name
        }
    return found | {name: code for code, names in _OTHER_NAMES.items() for name in names.split("|")}
