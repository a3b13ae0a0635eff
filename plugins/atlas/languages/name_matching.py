"""Names as people write them, matched to the places that the atlas knows.

A name is compared in two forms. Its *key* is the name without case, accents, other
alphabets and punctuation ("ŁÓDŹ" is ``lodz``); its *core* is the key without words
that only say what kind of place it is ("City of", "Stadt", "Gmina Miasto", "m.st.").
What is equal is exact, what looks alike is likely or ambiguous, and nothing is ever
decided where two places fit equally well.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from anyascii import anyascii
from rapidfuzz import fuzz, process

from .country_names import country_code
from .folding import folded

Kind = Literal["exact", "likely", "ambiguous", "none"]

EXACT = 100
CORE = 98
"""Per cent of likeness when only the word for the kind of place differs."""
PART = 92
"""When one of two names in "Bolzano / Bozen" or "Frankfurt (Oder)" is that of a place."""
LIKELY = 85
NEAR = 78
"""Below this a candidate would only mislead."""
LEAD = 10
"""How much likelier than the next place a likely one must be."""
MOST = 5
"""Candidates that a person is asked to choose among."""

_BEFORE = (
    "city of|town of|municipality of|borough of|london borough of|royal borough of|district of|"
    "the city of|city council of|metropolitan city of|"
    "freie und hansestadt|hansestadt|landeshauptstadt|bundeshauptstadt|bundesstadt|universitatsstadt|"
    "wissenschaftsstadt|kreisfreie stadt|stadtgemeinde|marktgemeinde|gemeinde|stadt|"
    "gmina miasto|gmina miejska|gmina miejsko wiejska|gmina|miasto stoleczne|miasto na prawach powiatu|"
    "miasto|m st|m|urzad miasta|urzad miejski|"
    "ville de|ville d|ville|mairie de|mairie d|commune de|commune d|commune|metropole de|"
    "comune di|comune|citta di|citta|citta metropolitana di|roma capitale di|"
    "ayuntamiento de|ajuntament de|ajuntament d|concello de|municipio de|municipio do|municipio da|"
    "camara municipal de|camara municipal do|camara municipal da|cidade de|ciudad de|"
    "gemeente|stad|kommune|kommun|mesto|statutarni mesto|hlavni mesto|obec|grad|opstina|obcina|"
    "municipiul|orasul|primaria|dimos|horod|misto"
)
_AFTER = (
    "city|city council|town council|council|stadt|kommune|kommun|kaupunki|municipality|m st|gemeente|stad"
)
_LEADING = re.compile(rf"^(?:{'|'.join(sorted(_BEFORE.split('|'), key=len, reverse=True))}) (?=\S)")
_TRAILING = re.compile(rf"(?<=\S) (?:{'|'.join(sorted(_AFTER.split('|'), key=len, reverse=True))})$")
_SAINT = re.compile(r"\b(?:st|sankt|sint)\b(?= )")
_PARTS = re.compile(r"\s*[/|,;()\[\]]\s*|\s+[-–—]\s+")
_SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})


class KnownPlace(NamedTuple):
    """A place that the atlas knows, with every name it goes by."""

    id: str
    name: str
    country: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name may mean; ``score`` is the per cent of likeness."""

    place: KnownPlace
    score: int


@dataclass(frozen=True, slots=True)
class Match:
    """What a name means: ``exact`` and ``likely`` name one place, ``ambiguous`` at least one."""

    kind: Kind
    candidates: tuple[Candidate, ...] = ()
    """The likest first, equally likely ones by id."""

    @property
    def place(self) -> KnownPlace | None:
        """Return the one place of an exact or likely match, else None."""
        return self.candidates[0].place if self.kind in ("exact", "likely") else None


def key(text: str) -> str:
    """Return ``text`` in small Latin letters without accents and punctuation.

    >>> key("ŁÓDŹ"), key("Gdańsk"), key("Αθήνα"), key("Bielsko-Biała")
    ('lodz', 'gdansk', 'athina', 'bielsko biala')
    """
    return folded(anyascii(folded(text)))


def core(name_key: str) -> str:
    """Return a key without the words for the kind of place; what would leave nothing stays.

    >>> core("gmina miasto lodz"), core("landeshauptstadt stuttgart"), core("miasto")
    ('lodz', 'stuttgart', 'miasto')
    """
    while (shorter := _TRAILING.sub("", _LEADING.sub("", name_key))) != name_key:
        name_key = shorter
    return _SAINT.sub("saint", name_key)


@dataclass(slots=True)
class Matcher:
    """Finds the places that names mean. The index is made once; a name then takes about a millisecond."""

    places: tuple[KnownPlace, ...]
    _by_key: dict[str, list[int]] = field(init=False, default_factory=lambda: defaultdict(list))
    _by_core: dict[str, list[int]] = field(init=False, default_factory=lambda: defaultdict(list))
    _cores: dict[str, tuple[list[str], list[int]]] = field(init=False, default_factory=dict)
    """Cores with the numbers of their places, by country; all of them under an empty code."""

    def __init__(
        self, places: Iterable[KnownPlace], aliases: Mapping[str, Iterable[str]] | None = None
    ) -> None:
        """Index the places; ``aliases`` are further names by id, for example those of a gazetteer."""
        self.places = tuple(places)
        self._by_key, self._by_core, self._cores = defaultdict(list), defaultdict(list), {}
        for number, place in enumerate(self.places):
            names = (*place.names, *(aliases or {}).get(place.id, ()))
            keys = dict.fromkeys(filter(None, (k for name in names for k in _keys(name))))
            cores = dict.fromkeys(core(one) for one in keys)
            for one in keys:
                self._by_key[one].append(number)
            for one in cores:
                self._by_core[one].append(number)
                for country in dict.fromkeys(("", place.country)):
                    listed, numbers = self._cores.setdefault(country, ([], []))
                    listed.append(one)
                    numbers.append(number)

    def match(self, name: str, country: str = "") -> Match:
        """Return the places that ``name`` may mean, only those of ``country`` where it is given."""
        parts = [part for part in _PARTS.split(name) if part.strip()]
        if not country and len(parts) > 1 and (said := country_code(parts[-1])):
            # "Paris, France": the country is no part of the name
            country, parts = said, parts[:-1]
            name = parts[0] if len(parts) == 1 else name
        scores = self._equal(name, country)
        if not scores and len(parts) > 1:
            for part in parts:
                for number in self._equal(part, country):
                    scores[number] = PART
        if not scores:
            scores = self._alike(name, country)
        return self._decided(scores)

    def _equal(self, name: str, country: str) -> dict[int, int]:
        """Return the places whose key, else whose core, is that of ``name``."""
        for index, form, score in (
            (self._by_key, key(name), EXACT),
            (self._by_core, core(key(name)), CORE),
        ):
            found = [n for n in index.get(form, ()) if not country or self.places[n].country == country]
            if found:
                return dict.fromkeys(found, score)
        return {}

    def _alike(self, name: str, country: str) -> dict[int, int]:
        listed, numbers = self._cores.get(country, ([], []))
        wanted = core(key(name[:200]))
        found = process.extract(wanted, listed, scorer=fuzz.ratio, limit=30, score_cutoff=NEAR)
        scores: dict[int, int] = {}
        for _, score, position in found:
            number = numbers[position]
            scores[number] = max(scores.get(number, 0), int(score))
        return scores

    def _decided(self, scores: Mapping[int, int]) -> Match:
        ordered = sorted(scores.items(), key=lambda pair: (-pair[1], self.places[pair[0]].id))
        candidates = tuple(Candidate(self.places[number], score) for number, score in ordered[:MOST])
        if not candidates:
            return Match("none")
        best = candidates[0].score
        clear = len(candidates) == 1 or best - candidates[1].score >= LEAD
        if best >= CORE:
            return Match("exact" if clear else "ambiguous", candidates)
        return Match("likely" if clear and best >= LIKELY else "ambiguous", candidates)


def _keys(name: str) -> tuple[str, ...]:
    """Return the keys of a name: as it is, and with its umlauts written as two letters."""
    return key(name), key(name.casefold().translate(_SPELT_OUT))
