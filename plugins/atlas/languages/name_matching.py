"""Names as people write them, matched to the places that the atlas knows.

A name is compared in two forms. Its *key* is the name without case, accents, other
alphabets and punctuation ("ŁÓDŹ" is ``lodz``); its *core* is the key without words
that only say what kind of place it is ("City of", "Stadt", "Gmina Miasto", "m.st.").
What is equal is exact, what looks alike is likely or ambiguous, and nothing is ever
decided where two places fit equally well.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from anyascii import anyascii
from rapidfuzz import fuzz, process

from ..findings import N_
from ..model.frozen import dataclass
from ..model.globe import Point, kilometres
from .country_names import country_named
from .folding import folded
from .namesakes import has_namesakes
from .states import is_region, whereabouts

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
FAR = 60
"""Kilometres within which the point of a list and that of the atlas may be those of one place."""
CANDIDATES_ASKED = 5
"""Candidates that a person is asked to choose among."""

_WORDS: Mapping[str, Mapping[str, list[str]]] = tomllib.loads(
    Path(__file__).with_suffix(".toml").read_text("utf-8")
)


def _stripped(what: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of what may stand before and after a name, the longest first."""
    first, last = ("|".join(sorted(words, key=len, reverse=True)) for words in _WORDS[what].values())
    return re.compile(rf"^(?:{first}) (?=\S)"), re.compile(rf"(?<=\S) (?:{last})$")


_LEADING, _TRAILING = _stripped("city")
_BODY_LEADING, _BODY_TRAILING = _stripped("body")
_OTHER_BODIES = frozenset(("city of london", "city of london corporation"))
"""Bodies with a city's name and the words of a city that are only a part of it."""
BODY_WORDS = frozenset(word for words in _WORDS["body"].values() for word in words)
"""Words, as keys, that say of a name that it is that of another body than the city."""
_SAINT = re.compile(r"\b(?:st|sankt|sint)\b(?= )")
_BESIDE = re.compile(r"\s*[,;()\[\]]\s*")
"""Parts a name from what tells where it is: "Portland, Maine", "Halle (Saale)"."""
_NAMES = re.compile(r"\s*[/|]\s*|\s+[-–—]\s+")
"""Parts two names of one place: "Bolzano / Bozen"."""
_SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})


class KnownPlace(NamedTuple):
    """A place that the atlas knows, with every name it goes by."""

    id: str
    name: str
    country: str
    names: tuple[str, ...]
    region: str = ""
    """ISO 3166-2, empty where it is not known."""
    point: Point | None = None


class PlaceHint(NamedTuple):
    """What a list says beside a name and its country, by which namesakes are told apart."""

    region: str = ""
    """As it is written: a name or a code."""
    point: Point | None = None


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
    doubt: str = ""
    """A msgid: why a place of that very name may not be the one."""

    @property
    def place(self) -> KnownPlace | None:
        """Return the one place of an exact or likely match, else None."""
        return self.candidates[0].place if self.kind in ("exact", "likely") else None

    def doubted(self, doubt: str) -> Match:
        """Return the match as one that a person has to decide."""
        return Match("ambiguous", self.candidates, doubt)


def key(text: str) -> str:
    """Return ``text`` in small Latin letters without accents and punctuation.

    >>> key("ŁÓDŹ"), key("Gdańsk"), key("Αθήνα"), key("Bielsko-Biała")
    ('lodz', 'gdansk', 'athina', 'bielsko biala')
    """
    return folded(anyascii(folded(text)))


def core(name_key: str) -> str:
    """Return a key without the words for a city; what would leave nothing stays.

    >>> core("gmina miasto lodz"), core("landeshauptstadt stuttgart"), core("miasto")
    ('lodz', 'stuttgart', 'miasto')
    """
    if name_key in _OTHER_BODIES:
        return name_key
    while (shorter := _TRAILING.sub("", _LEADING.sub("", name_key))) != name_key:
        name_key = shorter
    return _plain(name_key)


def without_office(name: str) -> str:
    """Return a name without the words for a city before it, in its own letters.

    >>> without_office("Miasto Łódź"), without_office("m.st. Warszawa"), without_office("City of London")
    ('Łódź', 'Warszawa', 'City of London')
    """
    whole, words = key(name), name.split()
    short = whole if whole in _OTHER_BODIES else _LEADING.sub("", whole)
    return next((rest for n in range(len(words)) if key(rest := " ".join(words[n:])) == short), name)


def is_body(name: str) -> bool:
    """Tell whether a name says that it is that of another body than a city: a county, a university."""
    return bool(_core_of_body(key(name)))


def _plain(name_key: str) -> str:
    return _SAINT.sub("saint", name_key)


def _core_of_body(name_key: str) -> str:
    """Return the name of the city after which another body is called, empty where it is no other body."""
    if name_key in _OTHER_BODIES:
        return core(name_key.removesuffix(" corporation") + " city")
    shorter = _BODY_TRAILING.sub("", _BODY_LEADING.sub("", name_key))
    return core(shorter) if shorter != name_key else ""


class Matcher:
    """Finds the places that names mean. The index is made once; a name then takes about a millisecond."""

    def __init__(
        self, places: Iterable[KnownPlace], aliases: Mapping[str, Iterable[str]] | None = None
    ) -> None:
        """Index the places; ``aliases`` are further names by id, for example those of a gazetteer."""
        self.places = tuple(places)
        self._by_key: dict[str, list[int]] = defaultdict(list)
        self._by_core: dict[str, list[int]] = defaultdict(list)
        self._cores: dict[str, tuple[list[str], list[int]]] = {}
        """Cores with the numbers of their places, by country; all of them under an empty code."""
        for number, place in enumerate(self.places):
            names = (*place.names, *(aliases or {}).get(place.id, ()))
            keys = dict.fromkeys(filter(None, (k for name in names for k in _keys(name))))
            cores = dict.fromkeys(core(one) for one in keys)
            for one in dict.fromkeys(_plain(one) for one in keys):
                self._by_key[one].append(number)
            for one in cores:
                self._by_core[one].append(number)
                for country in dict.fromkeys(("", place.country)):
                    listed, numbers = self._cores.setdefault(country, ([], []))
                    listed.append(one)
                    numbers.append(number)

    def match(self, name: str, country: str = "", beside: PlaceHint | None = None) -> Match:
        """Return the places that ``name`` may mean, only those of ``country`` where it is given.

        With ``beside``, one place is exact only where nothing speaks for a namesake outside the atlas.
        """
        head, *more = [part for part in _BESIDE.split(name) if part.strip()] or [name]
        said = [where for part in more if (where := whereabouts(part))]
        understood = len(said) == len(more)
        column = whereabouts(beside.region) if beside and beside.region else frozenset()
        if country:
            said = [near for where in said if (near := _of_country(where, country))]
            column = _of_country(column, country)
        told = [column] if column else []
        said += told
        scores = self._equal(name, country, told)
        spelt = name if scores else head
        if not scores:
            scores = self._equal(head, country, said)
            if not understood:
                scores = dict.fromkeys(scores, PART)
        if not scores:
            parts = _NAMES.split(head) + ([] if "," in name else [p for p in more if not whereabouts(p)])
            for part in parts if len(parts) > 1 else ():
                scores |= dict.fromkeys(self._equal(part, country, said), PART)
        if not scores and (body := _core_of_body(key(head))):
            scores = dict.fromkeys(self._known(self._by_core, body, country, said), PART)
            if scores:
                return self._decided(scores).doubted(N_("another body than the city"))
        match = self._decided(scores or self._alike(head if understood else name, country, said))
        return self._doubted(match, spelt, country, said, beside) if beside else match

    def _doubted(
        self, match: Match, name: str, country: str, said: list[frozenset[str]], beside: PlaceHint
    ) -> Match:
        """Return an exact match as ambiguous where the name may mean something else."""
        place = match.place
        if match.kind == "ambiguous" and beside.point:
            near = [one for one in match.candidates if _near(one.place.point, beside.point)]
            if len(near) == 1 and near[0].score >= CORE:
                return Match("exact", tuple(near))
        if match.kind != "exact" or place is None:
            return match
        if beside.point and place.point:
            far = kilometres(place.point, beside.point) > FAR
            return match.doubted(N_("the list puts it elsewhere")) if far else match
        if any(place.region in where for where in said if place.region):
            return match
        if any(country in ("", where[:2]) for where in _larger_than_a_city(name)):
            return match.doubted(N_("also the name of a country or state"))
        spelt = key(name) if match.candidates[0].score == EXACT else core(key(name))
        if has_namesakes(spelt, country or _only_country(said), place.point):
            return match.doubted(N_("other places have this name"))
        return match

    def _equal(self, name: str, country: str, said: Sequence[frozenset[str]]) -> dict[int, int]:
        """Return the places whose key, else whose core, is that of ``name``."""
        form = key(name)
        found = self._known(self._by_key, _plain(form), country, said)
        if found:
            return dict.fromkeys(found, EXACT)
        found = self._known(self._by_core, core(form), country, said)
        # Kansas is not Kansas City: what belongs to the name of the place may not be missing.
        whole = {n for n in found if core(form) != _plain(form)}
        return {number: CORE if number in whole else PART for number in found}

    def _known(
        self, index: Mapping[str, list[int]], form: str, country: str, said: Sequence[frozenset[str]]
    ) -> list[int]:
        return [n for n in index.get(form, ()) if _fits(self.places[n], country, said)]

    def _alike(self, name: str, country: str, said: Sequence[frozenset[str]]) -> dict[int, int]:
        listed, numbers = self._cores.get(country, ([], []))
        wanted = core(key(name[:200]))
        found = process.extract(wanted, listed, scorer=fuzz.ratio, limit=30, score_cutoff=NEAR)
        scores: dict[int, int] = {}
        for _, score, position in found:
            number = numbers[position]
            if _fits(self.places[number], country, said):
                scores[number] = max(scores.get(number, 0), min(int(score), CORE - 1))
        return scores

    def _decided(self, scores: Mapping[int, int]) -> Match:
        ordered = sorted(scores.items(), key=lambda pair: (-pair[1], self.places[pair[0]].id))
        candidates = tuple(
            Candidate(self.places[number], score) for number, score in ordered[:CANDIDATES_ASKED]
        )
        if not candidates:
            return Match("none")
        best = candidates[0].score
        clear = len(candidates) == 1 or best - candidates[1].score >= LEAD
        if best >= CORE:
            return Match("exact" if clear else "ambiguous", candidates)
        return Match("likely" if clear and best >= LIKELY else "ambiguous", candidates)


def _fits(place: KnownPlace, country: str, said: Sequence[frozenset[str]]) -> bool:
    """Tell whether a place lies in ``country`` and may lie in every place that is ``said``."""
    if country and place.country != country:
        return False
    return all(any(_within(place, one) for one in where) for where in said)


def _within(place: KnownPlace, where: str) -> bool:
    """Tell whether a place may lie in a country or a region; the atlas does not know every region."""
    return place.country == where[:2] and (len(where) == 2 or place.region in ("", where))


def _larger_than_a_city(name: str) -> frozenset[str]:
    """Return the codes of the countries and states whose name, and not only code, is ``name``."""
    return whereabouts(name) if country_named(name) or is_region(name) else frozenset()


def _of_country(where: frozenset[str], country: str) -> frozenset[str]:
    return frozenset(one for one in where if one[:2] == country)


def _only_country(said: Sequence[frozenset[str]]) -> str:
    countries = {one[:2] for where in said for one in where}
    return countries.pop() if len(countries) == 1 else ""


def _near(one: Point | None, other: Point) -> bool:
    return one is not None and kilometres(one, other) <= FAR


def _keys(name: str) -> tuple[str, ...]:
    """Return the keys of a name: as it is, and with its umlauts written as two letters."""
    return key(name), key(name.casefold().translate(_SPELT_OUT))
