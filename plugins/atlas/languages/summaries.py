"""What pages say of many commitments at once: how many, what is unknown of them, how far they are counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ..model.dates import PartialDate, parse_date
from ..model.records import Count, Instrument
from .catalogue import _n
from .language import Language
from .naming import CityName

Held = tuple[int, int, Mapping[str, int]]
"""How many networks a city is in, how many charters it signed, and how many of other families there are by
what a city has done in them, as the vocabulary says it."""


def held(lang: Language, city: CityName, numbers: Held) -> str:
    """Return what a city is in and has signed, as the predicate of a sentence; empty where it is nothing."""
    networks, charters, others = numbers
    numerals = lang.p(
        "belongs to ... networks", "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    )
    belongs = lang.agreeing_number(
        city.gender,
        "belongs to %(num)s network",
        "belongs to %(num)s networks",
        networks,
        num=_in_words(lang, networks, numerals),
    )
    numerals = lang.p(
        "has signed ... charters", "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    )
    signed = lang.agreeing_number(
        city.gender,
        "has signed %(num)s charter or declaration",
        "has signed %(num)s charters and declarations",
        charters,
        num=_in_words(lang, charters, numerals),
    )
    if networks and charters and not others:
        # Translators: Two predicates of one city: "belongs to two networks", "has signed one charter or
        # declaration".
        return lang.t("%(belongs)s and %(signed)s", belongs=belongs, signed=signed)
    own = (lang.form(forms, number, city.gender) for forms, number in others.items())
    return lang.join([*([belongs] if networks else []), *([signed] if charters else []), *own])


def standing(lang: Language, city: CityName, numbers: Held) -> str:
    """Return the sentence on how many networks a city is in and how many charters it signed."""
    if said := held(lang, city, numbers):
        # Translators: The second value is a predicate, such as "belongs to two networks and has signed one
        # charter".
        return lang.t("%(city)s %(held)s.", city=city.first, held=said)
    return lang.t("The atlas records no commitment of %(city)s that holds today.", city=city.within)


def lead(lang: Language, city: CityName, dates: Sequence[PartialDate], numbers: Held) -> str:
    """Return the same with the year of the oldest and the month of the newest of several dated ones."""
    said = held(lang, city, numbers)
    oldest = min(dates, key=lambda date: date.sort_key, default=None)
    newest = max(dates, key=lambda date: (date.latest, date.first_day), default=None)
    if not said or oldest is None or newest is None or oldest.year == newest.year:
        return standing(lang, city, numbers)
    return lang.t(
        # Translators: The second value is a predicate; the dates have their prepositions, such as "in
        # 2011".
        "%(city)s %(held)s: the first %(first)s, the latest %(latest)s.",
        city=city.first,
        held=said,
        first=lang.when(_cut(oldest, 4)),
        latest=lang.when(_cut(newest, 7)),
    )


def _cut(date: PartialDate, length: int) -> PartialDate:
    """Return a date without its day or month, or as it is where it is doubtful."""
    return parse_date(date.value[:length]) if str(date) == date.value else date


def country_holds(
    lang: Language, cities: int, holding: int, commitments: int, instruments: int, actions: int
) -> str:
    """Return how many cities of a country are recorded, how many hold how much, and what was done."""
    here = lang.n("%(num)s city is recorded here", "%(num)s cities are recorded here", cities)
    if not commitments:
        return lang.t("%(here)s; none is committed to anything today.", here=here)
    held = lang.n("%(num)s commitment", "%(num)s commitments", commitments)
    joined = lang.n("%(num)s network or charter", "%(num)s networks and charters", instruments)
    said = (
        lang.t("%(here)s, with %(held)s to %(joined)s", here=here, held=held, joined=joined)
        if holding == cities
        else lang.n(
            "%(here)s, %(num)s of them with %(held)s to %(joined)s",
            "%(here)s, %(num)s of them with %(held)s to %(joined)s",
            holding,
            here=here,
            held=held,
            joined=joined,
        )
    )
    done = lang.n("%(said)s, and %(num)s action.", "%(said)s, and %(num)s actions.", actions, said=said)
    return done if actions else f"{said}."


def first_and_latest(lang: Language, told: Sequence[tuple[str, str]]) -> str | None:
    """Return the sentence on the first and the latest event with a known date, each given with its date."""
    if not told:
        return None
    if len(told) == 1:
        return lang.t("By known dates, one event: %(said)s (%(on)s).", said=told[0][0], on=told[0][1])
    (first, then), (latest, now) = told
    return lang.t(
        "The first with a known date: %(first)s (%(then)s); the latest: %(latest)s (%(now)s).",
        first=first,
        then=then,
        latest=latest,
        now=now,
    )


def people(lang: Language, cities: Sequence[int | None], country: int | None) -> str | None:
    """Return how many people live in the cities that are committed, and what share of the country that is.

    One place may lie in another, and then its people count twice, which is said.
    """
    known = [number for number in cities if number]
    if not known:
        return None
    here, missing = sum(known), len(cities) - len(known)
    said = lang.n(
        "The cities with commitments have about %(num)s inhabitant",
        "The cities with commitments have about %(num)s inhabitants",
        _about(here),
    )
    if country:
        share = min(1.0, here / country)
        said = lang.t(
            "%(said)s, %(share)s of the %(all)s in the country",
            said=said,
            share=lang.percent(share),
            all=lang.number(_about(country)),
        )
    if missing:
        said = lang.n(
            "%(said)s; the population of %(num)s of these cities is not recorded",
            "%(said)s; the population of %(num)s of these cities is not recorded",
            missing,
            said=said,
        )
    if len(known) == 1:
        return f"{said}."
    return lang.t("%(said)s. Where one place lies in another, its people are counted twice.", said=said)


def _about(number: int) -> int:
    """Return a number of people without digits that nobody has counted."""
    return round(number, -3) if number > 10_000 else number


def doubts(lang: Language, undated: int, disputed: int) -> str | None:
    """Return the sentence on what is not known or not agreed, or None where all is."""
    if not undated and not disputed:
        return None
    numerals = lang.p("... commitments", "One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Eleven|Twelve")
    without = lang.n(
        "%(num)s commitment has no known date",
        "%(num)s commitments have no known date",
        undated,
        num=_in_words(lang, undated, numerals),
    )
    if not disputed:
        return f"{without}."
    numerals = lang.p(
        "sources disagree on ...", "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    )
    on = _in_words(lang, disputed, numerals)
    if not undated:
        return lang.n(
            "Sources disagree on %(num)s commitment.",
            "Sources disagree on %(num)s commitments.",
            disputed,
            num=on,
        )
    # Translators: The second value is a number in words: "Two commitments have no known date; sources
    # disagree on three."
    return lang.t("%(without)s; sources disagree on %(num)s.", without=without, num=on)


def without_effect(lang: Language, commitments: Iterable[tuple[str, str]]) -> str:
    """Return what commitments are that do not hold, given with state and status."""
    words = {
        "suspended": lang.p("heading", "suspended"),
        "ended": lang.p("heading", "ended"),
        "declined": lang.p("heading", "declined"),
        "pending": lang.p("heading", "applied for or observed"),
        "participated": lang.p("heading", "took part"),
        "none": lang.p("heading", "checked, and not committed"),
    }
    found = {"none" if status == "none" else state for state, status in commitments}
    return lang.join([word for name, word in words.items() if name in found])


def others(lang: Language, commitments: Sequence[tuple[str, str]]) -> str:
    """Return how many commitments do not hold, given with state and status, and what they are."""
    number = len(commitments)
    numerals = lang.p("... more", "One|Two|Three|Four")
    return lang.n(
        "%(num)s more: %(kinds)s.",
        "%(num)s more: %(kinds)s.",
        number,
        num=_in_words(lang, number, numerals),
        kinds=without_effect(lang, commitments),
    )


def sources_read(lang: Language, number: int, first: PartialDate, last: PartialDate) -> str:
    """Return when the sources of a page were read."""
    if number == 1:
        return lang.t("The source was read %(when)s.", when=lang.when(last))
    if first == last and number == 2:
        return lang.t("Both sources were read %(when)s.", when=lang.when(last))
    if first == last:
        return lang.t(
            "All %(num)s sources were read %(when)s.", num=lang.number(number), when=lang.when(last)
        )
    in_one_year = first.year == last.year and first.precision == last.precision == "day"
    return lang.n(
        "The %(num)s sources were read between %(first)s and %(last)s.",
        "The %(num)s sources were read between %(first)s and %(last)s.",
        number,
        first=lang.mark(first).rest if in_one_year else lang.in_sentence(first),
        last=lang.in_sentence(last),
    )


def checked_again(lang: Language, verified: int, recorded: int, last: PartialDate | None) -> str:
    """Return how many commitments somebody has checked again since they were recorded."""
    if last is None or not verified:
        return lang.t("Nobody has checked again since.")
    return lang.n(
        "%(num)s commitment of %(all)s has been checked again, the last one %(when)s.",
        "%(num)s commitments of %(all)s have been checked again, the last one %(when)s.",
        verified,
        all=lang.number(recorded),
        when=lang.when(last),
    )


def unchecked(lang: Language, city: CityName, number: int) -> str:
    """Return the sentence on the networks and charters in which nobody has looked for a city."""
    return lang.agreeing_number(
        city.gender,
        "Nobody has checked whether %(city)s belongs to %(num)s other network or charter; "
        "that is not a “no”.",
        "Nobody has checked whether %(city)s belongs to %(num)s other networks or charters; "
        "that is not a “no”.",
        number,
        city=city.within,
    )


def _in_words(lang: Language, number: int, numerals: str) -> str:
    """Return a number as one of the ``numerals``, of which the first is one, or else in digits."""
    words = numerals.split("|")
    return words[number - 1] if 0 < number <= len(words) else lang.number(number)


def members_counted(lang: Language, count: Count, *, short: bool = False) -> str:
    """Return how many members a source counts, with "more than" or "about" where it says so.

    ``short`` is as a table has it, on one line.
    """
    number = lang.number(count.members)
    if count.qualifier == "more-than" and short:
        # Translators: A number in a table that is more than the one given.
        return lang.p("count", "%(number)s+", number=number)
    if count.qualifier == "more-than":
        return lang.p("count", "more than %(number)s", number=number)
    if count.qualifier == "about" and short:
        # Translators: A number in a table that is about the one given; an abbreviation.
        return lang.p("count", "c. %(number)s", number=number)
    return lang.p("count", "about %(number)s", number=number) if count.qualifier == "about" else number


def coverage(lang: Language, instrument: Instrument, recorded: int, says: str) -> str:
    """Return what the atlas records against the count that the instrument's sources give.

    ``says`` names who counts and when, or is empty where nobody does.
    """
    count = instrument.quoted_count
    if count is None:
        return lang.n(*_UNCOUNTED[instrument.family], recorded)
    values = {"counted": members_counted(lang, count), "says": says}
    if recorded > count.members:
        return lang.n(
            "The atlas records %(num)s; a source counts %(counted)s (%(says)s).",
            "The atlas records %(num)s; a source counts %(counted)s (%(says)s).",
            recorded,
            **values,
        )
    return lang.n(*_COUNTED[instrument.family], count.members, recorded=lang.number(recorded), **values)


_UNCOUNTED = {
    "network": _n(
        "The atlas records %(num)s member; no source found counts them all.",
        "The atlas records %(num)s members; no source found counts them all.",
    ),
    "charter": _n(
        "The atlas records %(num)s signatory; no source found counts them all.",
        "The atlas records %(num)s signatories; no source found counts them all.",
    ),
}
_COUNTED = {
    "network": _n(
        "The atlas records %(recorded)s of %(counted)s member (%(says)s).",
        "The atlas records %(recorded)s of %(counted)s members (%(says)s).",
    ),
    "charter": _n(
        "The atlas records %(recorded)s of %(counted)s signatory (%(says)s).",
        "The atlas records %(recorded)s of %(counted)s signatories (%(says)s).",
    ),
}
