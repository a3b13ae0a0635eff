"""How sentences name a city and an instrument, so that the words around them agree in every language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from ..model.frozen import dataclass
from .language import Language
from .polish import Gender, decline, gender

_HEADS = frozenset((
    "alliance", "appeal", "association", "centre", "charter", "coalition", "commission", "committee",
    "congress", "council", "declaration", "forum", "group", "initiative", "letter", "mission", "network",
    "pact", "plan", "position", "programme", "project", "team", "union",
))  # fmt: skip
"""English nouns that names of instruments end in: "the" stands before them, and they need no other noun."""
_ENDS = (" of ", " for ", " on ", " against ", " in ", " (", ":", " –")
"""What may follow the noun of an English name."""


@dataclass(frozen=True, slots=True)
class CityName:
    """A city in a sentence: as its first words, within it, and the gender that its verb agrees with."""

    first: str
    within: str
    gender: Gender | None


@dataclass(frozen=True, slots=True)
class InstrumentName:
    """An instrument in a sentence. ``plain`` stands by itself, after a colon or in brackets."""

    plain: str
    of: str
    """After "to", "of" and "from": in Polish the genitive."""
    object: str
    """What is signed or founded: in Polish the accusative."""


@lru_cache(1 << 16)
def city_name(lang: Language, name: str, country: str) -> CityName:
    """Return a city as sentences name it."""
    if lang.code != "pl":
        return CityName(first=name, within=name, gender=None)
    found = gender(name, country)
    if found:
        return CityName(first=name, within=name, gender=found)
    return CityName(first=f"Miasto {name}", within=f"miasto {name}", gender="n")


@lru_cache(1 << 12)
def instrument_name(lang: Language, name: str, kind: str, *, acronym: bool) -> InstrumentName:
    """Return an instrument as sentences name it; ``kind`` is its code in the vocabulary."""
    if lang.code == "en":
        said = f"the {name}" if _has_noun(name) and " " in name and not name.startswith("The ") else name
        if kind in _DOCUMENTS and not acronym and not _has_noun(name) and kind not in name.lower():
            said = f"the “{name}” {kind}"
        return InstrumentName(plain=name, of=said, object=said)
    if lang.code != "pl" or acronym:
        return InstrumentName(plain=name, of=name, object=name)
    of, thing = _KINDS.get(kind, ("", ""))  # a kind of another atlas is a title in quotation marks
    quoted = f"{thing} {name}" if thing and kind not in _DOCUMENTS else f"{thing} „{name}”".lstrip()
    of_quoted = f"{of} {name}" if of and kind not in _DOCUMENTS else f"{of} „{name}”".lstrip()
    return InstrumentName(
        plain=name,
        of=decline(name, "genitive") or of_quoted,
        object=decline(name, "accusative") or quoted,
    )


def undeclined(lang: Language, name: InstrumentName) -> str:
    """Return an instrument in a sentence, so that the name itself, which may be a link, stands as it is.

    English sets an article before it, and after it the kind of a document whose name does not tell it.
    """
    return name.object if lang.code == "en" else name.plain


_KINDS: Mapping[str, tuple[str, str]] = {
    "network": ("sieci", "sieć"),
    "commission": ("komisji", "komisję"),
    "programme": ("programu", "program"),
    "charter": ("karty", "kartę"),
    "declaration": ("deklaracji", "deklarację"),
    "pact": ("paktu", "pakt"),
    "plan": ("planu", "plan"),
}
"""The word before a Polish name that cannot be declined: in the genitive and the accusative."""
_DOCUMENTS = frozenset({"charter", "declaration", "pact", "plan"})


def _has_noun(name: str) -> bool:
    """Tell whether an English name says what it is: "the Pact of Free Cities", but "Mayors for Peace"."""
    ends = [at for end in _ENDS if (at := name.find(end)) > 0]
    words = name[: min(ends, default=len(name))].split()
    return len(words) > 0 and words[-1].lower() in _HEADS
