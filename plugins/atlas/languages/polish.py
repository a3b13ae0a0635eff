"""Polish grammar of names: the gender of a city's name, and the case of an instrument's.

Only what endings give away is decided here. Where they do not, nothing is guessed: a sentence then speaks of
"miasto Tokke" or of "sieć Eurocities", whose own words need no ending.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from .wordings import packaged
from .words import capitalized

Gender = Literal["m", "f", "n", "p"]
"""Masculine, feminine and neuter singular, and plural that is not of men."""
GENDERS: tuple[Gender, ...] = ("m", "f", "n", "p")
Case = Literal["genitive", "accusative"]

_FEMININE = frozenset({"Łódź", "Bydgoszcz", "Czeladź", "Sól"})
_CLEAR = frozenset("bcćdfgklłmnńprśtwzźż")
"""Consonants at the end of foreign names that Polish takes as masculine."""

_NOUNS: Mapping[str, list[str]] = packaged(Path(__file__).with_suffix(".yaml"))
"""What instruments are called, in the genitive and the accusative."""
_BEFORE = 4
"""How many words before the noun may be adjectives that go with it."""
_AFTER = ("ski", "cki", "ska", "cka", "skie", "ckie", "yjny", "yjna", "yjne")
"""How an adjective behind the noun ends: "Pakt Amsterdamski", "Deklaracja migracyjna"."""


def gender(name: str, country: str) -> Gender | None:
    """Return the gender of a city's name, or None where its ending does not tell.

    >>> [gender(name, "PL") for name in ("Kraków", "Warszawa", "Łódź", "Opole", "Katowice", "Nowy Targ")]
    ['m', 'f', 'f', 'n', 'p', 'm']
    >>> [gender(name, "SE") for name in ("Uppsala", "Stockholm", "Malmö", "Borås")]
    ['f', 'm', None, None]
    """
    words = name.split()
    if not words:
        return None
    first = words[0]
    if len(words) > 1:
        return _of_several(words) if country == "PL" else None
    if first in _FEMININE:
        return "f"
    if first.endswith("a"):
        return "f"
    if country != "PL":
        return "m" if first[-1] in _CLEAR else None
    if first.endswith(("ice", "yce", "lce", "y", "ki")):
        return "p"
    return "n" if first[-1] in "oeę" else "m" if first[-1].isalpha() and first[-1] not in "iu" else None


def _of_several(words: list[str]) -> Gender | None:
    """Return the gender of a Polish name of several words, as its first word shows it."""
    first, last = words[0], words[-1]
    if last in _FEMININE or first.endswith("a"):
        return "f"
    if first.endswith(("o", "e")) and last.endswith(("o", "e")):
        return "n"
    if first.endswith(("y", "i")):
        return "m" if words[1][-1] in _CLEAR else None
    return "m" if first[-1] in _CLEAR | set("j") else None


def decline(name: str, case: Case) -> str | None:
    """Return a name that begins with a noun known here, and adjectives before it, in a case; else None.

    What follows the noun stays as it is, but for an adjective.

    >>> decline("Europejska Karta Równości Kobiet i Mężczyzn", "accusative")
    'Europejską Kartę Równości Kobiet i Mężczyzn'
    >>> decline("Stały Zespół Unii Metropolii Polskich", "genitive")
    'Stałego Zespołu Unii Metropolii Polskich'
    >>> decline("Deklaracja migracyjna", "accusative")
    'Deklarację migracyjną'
    >>> decline("Eurocities", "genitive")
    """
    words = name.split(" ")
    for place, word in enumerate(words[:_BEFORE]):
        noun = capitalized(word)
        if noun in _NOUNS:
            said = _NOUNS[noun][case == "accusative"]
            said = said if word[:1].isupper() else said[:1].lower() + said[1:]
            before = [_adjective(one, noun, case) for one in words[:place]]
            after = words[place + 1 :]
            if after and after[0].endswith(_AFTER):
                after[0] = _adjective(after[0], noun, case) or after[0]
            return None if None in before else " ".join([*filter(None, before), said, *after])
    return None


def _adjective(word: str, noun: str, case: Case) -> str | None:
    if noun.endswith("a") or noun == "Sieć":
        if not word.endswith("a"):
            return None
        return word[:-1] + ("ą" if case == "accusative" else "iej" if word[-2] in "kg" else "ej")
    if noun.endswith(("o", "e")):
        if not word.endswith("e"):
            return None
        stem = word.removesuffix("ie") if word.endswith(("kie", "gie")) else word[:-1]
        ending = "iego" if word.endswith(("kie", "gie")) else "ego"
        return word if case == "accusative" else stem + ending
    if not word.endswith(("y", "i")):
        return None
    return word if case == "accusative" else word[:-1] + ("iego" if word.endswith("i") else "ego")
