"""What pages say of many commitments at once: how many, what is unknown of them, how far they are counted.

``summaries.yaml`` has the words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from ..model.dates import PartialDate, parse_date
from ..model.records import Count, Instrument
from .language import Language
from .naming import CityName
from .polish import Gender
from .wordings import packaged

Held = tuple[int, int, Mapping[str, int]]
"""How many networks a city is in, how many charters it signed, and how many of other families there are by
what a city has done in them, as the vocabulary says it."""

_WORDS: Mapping[str, str | tuple[str, str]] = packaged(Path(__file__).with_suffix(".yaml"))


def _say(
    lang: Language, name: str, number: int = 0, gender: Gender | None = None, /, **values: object
) -> str:
    """Return the words of a name: in the form for a number, and for a gender, where they have several."""
    words = _WORDS[name]
    if isinstance(words, str):
        return lang.t(words, **values)
    singular, plural = words
    return lang.agreeing_number(gender, singular, plural, number, **values)


def held(lang: Language, city: CityName, numbers: Held) -> str:
    """Return what a city is in and has signed, as the predicate of a sentence; empty where it is nothing."""
    networks, charters, others = numbers
    number = _in_words(lang, networks, "belongs to ... networks")
    belongs = _say(lang, "belongs", networks, city.gender, num=number)
    number = _in_words(lang, charters, "has signed ... charters")
    signed = _say(lang, "signed", charters, city.gender, num=number)
    if networks and charters and not others:
        return _say(lang, "both", belongs=belongs, signed=signed)
    own = (lang.form(forms, number, city.gender) for forms, number in others.items())
    return lang.join([*([belongs] if networks else []), *([signed] if charters else []), *own])


def standing(lang: Language, city: CityName, numbers: Held) -> str:
    """Return the sentence on how many networks a city is in and how many charters it signed."""
    if said := held(lang, city, numbers):
        return _say(lang, "standing", city=city.first, held=said)
    return _say(lang, "nothing", city=city.within)


def lead(lang: Language, city: CityName, dates: Sequence[PartialDate], numbers: Held) -> str:
    """Return the same with the year of the oldest and the month of the newest of several dated ones."""
    said = held(lang, city, numbers)
    oldest = min(dates, key=lambda date: date.sort_key, default=None)
    newest = max(dates, key=lambda date: (date.latest, date.first_day), default=None)
    if not said or oldest is None or newest is None or oldest.year == newest.year:
        return standing(lang, city, numbers)
    first, latest = lang.when(_cut(oldest, 4)), lang.when(_cut(newest, 7))
    return _say(lang, "lead", city=city.first, held=said, first=first, latest=latest)


def _cut(date: PartialDate, length: int) -> PartialDate:
    """Return a date without its day or month, or as it is where it is doubtful."""
    return parse_date(date.value[:length]) if str(date) == date.value else date


def country_holds(
    lang: Language, cities: int, holding: int, commitments: int, instruments: int, actions: int
) -> str:
    """Return how many cities of a country are recorded, how many hold how much, and what was done."""
    here = _say(lang, "here", cities)
    if not commitments:
        return _say(lang, "here uncommitted", here=here)
    told = {
        "here": here,
        "held": _say(lang, "here held", commitments),
        "joined": _say(lang, "here joined", instruments),
    }
    said = _say(lang, "here all" if holding == cities else "here some", holding, **told)
    return _say(lang, "here done", actions, said=said) if actions else f"{said}."


def first_and_latest(lang: Language, told: Sequence[tuple[str, str]]) -> str | None:
    """Return the sentence on the first and the latest event with a known date, each given with its date."""
    if not told:
        return None
    if len(told) == 1:
        return _say(lang, "one event", said=told[0][0], on=told[0][1])
    (first, then), (latest, now) = told
    return _say(lang, "two events", first=first, then=then, latest=latest, now=now)


def people(lang: Language, cities: Sequence[int | None], country: int | None) -> str | None:
    """Return how many people live in the cities that are committed, and what share of the country that is.

    One place may lie in another, and then its people count twice, which is said.
    """
    known = [number for number in cities if number]
    if not known:
        return None
    here, missing = sum(known), len(cities) - len(known)
    said = _say(lang, "people", _about(here))
    if country:
        share, every = lang.percent(min(1.0, here / country)), lang.number(_about(country))
        said = _say(lang, "share", said=said, share=share, all=every)
    if missing:
        said = _say(lang, "people unknown", missing, said=said)
    return f"{said}." if len(known) == 1 else _say(lang, "people twice", said=said)


def _about(number: int) -> int:
    """Return a number of people without digits that nobody has counted."""
    return round(number, -3) if number > 10_000 else number


def doubts(lang: Language, undated: int, disputed: int) -> str | None:
    """Return the sentence on what is not known or not agreed, or None where all is."""
    if not undated and not disputed:
        return None
    without = _say(lang, "undated", undated, num=_in_words(lang, undated, "... commitments"))
    if not disputed:
        return f"{without}."
    on = _in_words(lang, disputed, "sources disagree on ...")
    if not undated:
        return _say(lang, "disputed", disputed, num=on)
    return _say(lang, "undated and disputed", without=without, num=on)


def without_effect(lang: Language, commitments: Iterable[tuple[str, str]]) -> str:
    """Return what commitments are that do not hold, given with state and status."""
    found = {"none" if status == "none" else state for state, status in commitments}
    return lang.join([lang.named("heading", name) for name in _WITHOUT_EFFECT if name in found])


_WITHOUT_EFFECT = ("suspended", "ended", "declined", "pending", "participated", "none")


def others(lang: Language, commitments: Sequence[tuple[str, str]]) -> str:
    """Return how many commitments do not hold, given with state and status, and what they are."""
    number = len(commitments)
    kinds = without_effect(lang, commitments)
    return _say(lang, "others", number, num=_in_words(lang, number, "... more"), kinds=kinds)


def sources_read(lang: Language, number: int, first: PartialDate, last: PartialDate) -> str:
    """Return when the sources of a page were read."""
    if first == last or number == 1:
        name = {1: "one read", 2: "two read"}.get(number, "all read")
        return _say(lang, name, num=lang.number(number), when=lang.when(last))
    in_one_year = first.year == last.year and first.precision == last.precision == "day"
    begin = lang.mark(first).rest if in_one_year else lang.in_sentence(first)
    return _say(lang, "read between", number, first=begin, last=lang.in_sentence(last))


def checked_again(lang: Language, verified: int, recorded: int, last: PartialDate | None) -> str:
    """Return how many commitments somebody has checked again since they were recorded."""
    if last is None or not verified:
        return _say(lang, "not again")
    return _say(lang, "again", verified, all=lang.number(recorded), when=lang.when(last))


def unchecked(lang: Language, city: CityName, number: int) -> str:
    """Return the sentence on the networks and charters in which nobody has looked for a city."""
    return _say(lang, "unchecked", number, city.gender, city=city.within)


def _in_words(lang: Language, number: int, context: str) -> str:
    """Return a number in words, as far as the context has them, of which the first is one; else in digits."""
    words = lang.named(context, "numbers").split("|")
    return words[number - 1] if 0 < number <= len(words) else lang.number(number)


def members_counted(lang: Language, count: Count, *, short: bool = False) -> str:
    """Return how many members a source counts, with "more than" or "about" where it says so.

    ``short`` is as a table has it, on one line.
    """
    number = lang.number(count.members)
    if count.qualifier not in ("more-than", "about"):
        return number
    return lang.named("count", f"{count.qualifier}-short" if short else count.qualifier, number=number)


def coverage(lang: Language, instrument: Instrument, recorded: int, says: str) -> str:
    """Return what the atlas records against the count that the instrument's sources give.

    ``says`` names who counts and when, or is empty where nobody does.
    """
    count = instrument.quoted_count
    if count is None:
        return _say(lang, f"{instrument.family} uncounted", recorded)
    values = {"counted": members_counted(lang, count), "says": says}
    if recorded > count.members:
        return _say(lang, "more than counted", recorded, **values)
    return _say(lang, f"{instrument.family} counted", count.members, recorded=lang.number(recorded), **values)
