"""Every sentence that pages make of commitments, as a person would say it, with city and network by name.

The verb comes from the status and from whether one joins or signs. How names are declined and verbs agree is
said in :mod:`.naming`. tests/golden/sentences.txt shows all of these sentences in every language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..model.dates import Duration, PartialDate, parse_date
from ..model.records import Act, Commitment, Count, Instrument, Item
from .language import Language
from .naming import CityName, InstrumentName

DATE_FIELDS = frozenset({"since", "until", "decided", "date", "end_date", "founded", "adopted", "ended"})
"""Fields whose values in a contradiction are dates where they parse as one."""

_FULL_STOP = re.compile(r"(?<=\w\w)\.$")

FOUNDER = "founding-city"
"""The role of a city that did not join but helped to found."""


@dataclass(frozen=True, slots=True)
class Told:
    """A commitment to be told in a language, with the names of its city and its instrument."""

    lang: Language
    commitment: Commitment
    city: CityName
    instrument: InstrumentName
    charter: bool
    """Whether it is signed; else it is joined."""
    ended: bool

    def say(self, message: str, **values: object) -> str:
        """Return the message with both names filled in, in agreement with the city."""
        return self.lang.agreeing(
            self.city.gender,
            message,
            city=self.city.first,
            within=self.city.within,
            plain=self.instrument.plain,
            of=self.instrument.of,
            object=self.instrument.object,
            **values,
        )

    @property
    def founded(self) -> bool:
        """Whether the city was there from the start."""
        return FOUNDER in self.commitment.roles

    @property
    def undated(self) -> str:
        """The sentence on a date that nobody gives."""
        return self.lang.n(
            "The source gives no date.", "The sources give no date.", max(1, len(self.commitment.sources))
        )

    def without_date(self, said: str) -> str:
        """Return a sentence and, after it, that no source gives the date."""
        return f"{said} {self.undated}"


# One commitment in a sentence


def statement(told: Told) -> str:
    """Return what the city is in the instrument, since when, and when its council decided on it."""
    said, decided = _statement(told), told.commitment.decided
    if decided is None:
        return said
    when = told.lang.when(decided)
    if said.endswith(told.undated) or "; " in said or told.ended:
        return f"{said} {decision(told)}"
    clause = told.say("its council decided on it %(when)s.", when=when)
    # An abbreviation keeps its full stop: "od 2024 r.; rada ...".
    return f"{re.sub(_FULL_STOP, '', said)}; {clause}"


def _statement(told: Told) -> str:
    status = told.commitment.status
    if told.ended:
        signed = status == "signatory" or told.charter
        return _withdrawn(told) if signed else _left(told)
    if status == "none":
        return _absent(told)
    if status == "declined":
        return _declined(told)
    if status == "participant":
        return _took_part(told)
    if status in _BELONGING:
        return _BELONGING[status](told)
    return _signed(told) if status == "signatory" else _belongs(told)


def _signed(told: Told) -> str:
    since = told.commitment.since
    if since is None:
        return told.without_date(told.say("%(city)s has signed %(object)s."))
    return told.say("%(city)s signed %(object)s %(when)s.", when=told.lang.when(since))


def _belongs(told: Told) -> str:
    since = told.commitment.since
    if since is None:
        return told.without_date(told.say("%(city)s belongs to %(of)s."))
    if told.founded:
        return told.say("%(city)s helped to found %(object)s %(when)s.", when=told.lang.when(since))
    date = told.lang.in_sentence(since.bound)
    if since.open_start:
        return told.say("%(city)s has belonged to %(of)s since %(date)s at the latest.", date=date)
    return told.say("%(city)s has belonged to %(of)s since %(date)s.", date=date)


def _applicant(told: Told) -> str:
    since = told.commitment.since
    if since is None:
        return told.without_date(told.say("%(city)s has applied to join %(of)s."))
    date = told.lang.in_sentence(since.bound)
    if since.open_start:
        return told.say("%(city)s has been an applicant to %(of)s since %(date)s at the latest.", date=date)
    return told.say("%(city)s has been an applicant to %(of)s since %(date)s.", date=date)


def _observer(told: Told) -> str:
    since = told.commitment.since
    if since is None:
        return told.without_date(told.say("%(city)s is an observer of %(of)s."))
    date = told.lang.in_sentence(since.bound)
    if since.open_start:
        return told.say("%(city)s has been an observer of %(of)s since %(date)s at the latest.", date=date)
    return told.say("%(city)s has been an observer of %(of)s since %(date)s.", date=date)


def _suspended(told: Told) -> str:
    since = told.commitment.since
    if since is None:
        return told.without_date(told.say("%(city)s belongs to %(of)s; its membership is suspended."))
    date = told.lang.in_sentence(since.bound)
    if since.open_start:
        return told.say(
            "%(city)s has belonged to %(of)s since %(date)s at the latest; its membership is suspended.",
            date=date,
        )
    return told.say("%(city)s has belonged to %(of)s since %(date)s; its membership is suspended.", date=date)


_BELONGING = {"applicant": _applicant, "observer": _observer, "suspended": _suspended}


def _took_part(told: Told) -> str:
    since = told.commitment.since
    if since is None:
        if told.charter:
            return told.say("%(city)s took part in %(of)s; no source says when, or that it signed.")
        return told.say("%(city)s took part in %(of)s; no source says when, or that it joined.")
    when = told.lang.when(since)
    if told.charter:
        return told.say("%(city)s took part in %(of)s %(when)s; no source says that it signed.", when=when)
    return told.say("%(city)s took part in %(of)s %(when)s; no source says that it joined.", when=when)


def _left(told: Told) -> str:
    lang, since, until = told.lang, told.commitment.since, told.commitment.until
    if since and until:
        return told.say(
            "%(city)s belonged to %(of)s from %(start)s until %(end)s.",
            start=lang.in_sentence(since),
            end=lang.in_sentence(until),
        )
    if until:
        return told.say("%(city)s belonged to %(of)s until %(end)s.", end=lang.in_sentence(until))
    if since and since.open_start:
        return told.say(
            "%(city)s belonged to %(of)s %(when)s and has left it; no source says when.",
            when=lang.when(since),
        )
    if since:
        return told.say(
            "%(city)s joined %(of)s %(when)s and has left it; no source says when.", when=lang.when(since)
        )
    return told.say("%(city)s belongs to %(of)s no longer; no source says since when.")


def _withdrawn(told: Told) -> str:
    lang, since, until = told.lang, told.commitment.since, told.commitment.until
    if since and until:
        return told.say(
            "%(city)s signed %(object)s %(when)s; the signature held until %(end)s.",
            when=lang.when(since),
            end=lang.in_sentence(until),
        )
    if until:
        return told.say(
            "%(city)s had signed %(object)s; the signature held until %(end)s.", end=lang.in_sentence(until)
        )
    if since:
        return told.say(
            "%(city)s signed %(object)s %(when)s; the signature holds no longer, no source says since when.",
            when=lang.when(since),
        )
    return told.say(
        "%(city)s had signed %(object)s; the signature holds no longer, no source says since when."
    )


def _absent(told: Told) -> str:
    if told.commitment.verified is None:
        if told.charter:
            return told.say("Checked: %(within)s has not signed %(of)s.")
        return told.say("Checked: %(within)s does not belong to %(of)s.")
    when = told.lang.when(told.commitment.verified)
    if told.charter:
        return told.say("Checked %(when)s: %(within)s has not signed %(of)s.", when=when)
    return told.say("Checked %(when)s: %(within)s does not belong to %(of)s.", when=when)


def _declined(told: Told) -> str:
    since = told.commitment.since
    if since is None:
        if told.charter:
            return told.without_date(told.say("%(city)s declined to sign %(of)s."))
        return told.without_date(told.say("%(city)s declined to join %(of)s."))
    when = told.lang.when(since)
    if told.charter:
        return told.say("%(city)s declined to sign %(of)s %(when)s.", when=when)
    return told.say("%(city)s declined to join %(of)s %(when)s.", when=when)


def decision(told: Told) -> str | None:
    """Return the sentence on the council's decision, which is never the same as ``since``."""
    if told.commitment.decided is None:
        return None
    return told.say("The council decided on it %(when)s.", when=told.lang.when(told.commitment.decided))


def heading(told: Told) -> str:
    """Return what happened without its date, which stands beside it."""
    status, dated = told.commitment.status, told.commitment.since is not None
    if told.ended:
        if status == "signatory" or told.charter:
            return told.say("The signature of %(city)s under %(object)s holds no longer")
        return told.say("%(city)s no longer belongs to %(of)s")
    if status in _HEADINGS:
        return _HEADINGS[status](told)
    if status == "signatory":
        return told.say("%(city)s signed %(object)s")
    if dated and told.founded:
        return told.say("%(city)s helped to found %(object)s")
    since = told.commitment.since
    if since and not since.open_start:
        return told.say("%(city)s joined %(of)s")
    return told.say("%(city)s belongs to %(of)s")


def _heading_none(told: Told) -> str:
    if told.charter:
        return told.say("%(city)s has not signed %(of)s")
    return told.say("%(city)s does not belong to %(of)s")


def _heading_declined(told: Told) -> str:
    if told.charter:
        return told.say("%(city)s declined to sign %(of)s")
    return told.say("%(city)s declined to join %(of)s")


def _heading_participant(told: Told) -> str:
    return told.say("%(city)s took part in %(of)s")


def _heading_applicant(told: Told) -> str:
    return told.say("%(city)s applied to join %(of)s")


def _heading_observer(told: Told) -> str:
    return told.say("%(city)s is an observer of %(of)s")


def _heading_suspended(told: Told) -> str:
    return told.say("%(city)s belongs to %(of)s, but its membership is suspended")


_HEADINGS = {
    "none": _heading_none,
    "declined": _heading_declined,
    "participant": _heading_participant,
    "applicant": _heading_applicant,
    "observer": _heading_observer,
    "suspended": _heading_suspended,
}


def hosted(lang: Language, city: CityName, instrument: InstrumentName) -> str:
    """Return that a city hosted a conference; hosting commits it to nothing."""
    return lang.agreeing(
        city.gender,
        "%(city)s hosted a conference of %(of)s",
        city=city.first,
        within=city.within,
        of=instrument.of,
        plain=instrument.plain,
    )


# All of a city in a sentence


def held(lang: Language, city: CityName, networks: int, charters: int) -> str:
    """Return what a city is in and has signed, as the predicate of a sentence; empty where it is nothing."""
    belongs = lang.agreeing_number(
        city.gender,
        "belongs to %(num)s network",
        "belongs to %(num)s networks",
        networks,
        num=_in_words(networks, _to_how_many(lang)) or lang.number(networks),
    )
    signed = lang.agreeing_number(
        city.gender,
        "has signed %(num)s charter or declaration",
        "has signed %(num)s charters and declarations",
        charters,
        num=_in_words(charters, _how_many(lang)) or lang.number(charters),
    )
    if networks and charters:
        return lang.t("%(belongs)s and %(signed)s", belongs=belongs, signed=signed)
    return belongs if networks else signed if charters else ""


def standing(lang: Language, city: CityName, networks: int, charters: int) -> str:
    """Return the sentence on how many networks a city is in and how many charters it signed."""
    if said := held(lang, city, networks, charters):
        return lang.t("%(city)s %(held)s.", city=city.first, held=said)
    return lang.t("The atlas records no commitment of %(city)s that holds today.", city=city.within)


def lead(lang: Language, city: CityName, networks: int, charters: int, dates: Sequence[PartialDate]) -> str:
    """Return the same with the year of the oldest and the month of the newest of several dated ones."""
    said = held(lang, city, networks, charters)
    oldest = min(dates, key=lambda date: date.sort_key, default=None)
    newest = max(dates, key=lambda date: (date.latest, date.first_day), default=None)
    if not said or oldest is None or newest is None or oldest.year == newest.year:
        return standing(lang, city, networks, charters)
    return lang.t(
        "%(city)s %(held)s: the first %(first)s, the latest %(latest)s.",
        city=city.first,
        held=said,
        first=lang.when(_cut(oldest, 4)),
        latest=lang.when(_cut(newest, 7)),
    )


def _cut(date: PartialDate, length: int) -> PartialDate:
    """Return a date without its day or month, or as it is where it is doubtful."""
    return parse_date(date.value[:length]) if str(date) == date.value else date


def doubts(lang: Language, undated: int, disputed: int) -> str | None:
    """Return the sentence on what is not known or not agreed, or None where all is."""
    without = lang.n("%(num)s has no known date", "%(num)s have no known date", undated)
    differ = lang.n("on %(num)s, sources disagree", "on %(num)s, sources disagree", disputed)
    if undated and disputed:
        return lang.t("Of the commitments, %(without)s; %(differ)s.", without=without, differ=differ)
    if undated or disputed:
        return lang.t("Of the commitments, %(said)s.", said=without if undated else differ)
    return None


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
    return lang.n(
        "%(num)s more: %(kinds)s.",
        "%(num)s more: %(kinds)s.",
        number,
        num=_in_words(number, _begins(lang)) or lang.number(number),
        kinds=without_effect(lang, commitments),
    )


def sources_read(lang: Language, number: int, first: PartialDate, last: PartialDate) -> str:
    """Return when the sources of a page were read."""
    if number == 1:
        return lang.t("The source was read %(when)s.", when=lang.when(last))
    if first == last:
        return lang.t(
            "All %(num)s sources were read %(when)s.", num=lang.number(number), when=lang.when(last)
        )
    return lang.t(
        "The %(num)s sources were read between %(first)s and %(last)s.",
        num=lang.number(number),
        first=lang.in_sentence(first),
        last=lang.in_sentence(last),
    )


def checked_again(lang: Language, verified: int, recorded: int, last: PartialDate | None) -> str:
    """Return how many commitments somebody has checked again since they were recorded."""
    if last is None or not verified:
        return lang.n("Nobody has re-checked it since.", "Nobody has re-checked them since.", recorded)
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
        "Nobody has checked whether %(city)s belongs to %(num)s other network or charter; that is no “no”.",
        "Nobody has checked whether %(city)s belongs to %(num)s other networks or charters; that is no “no”.",
        number,
        city=city.within,
    )


def _in_words(number: int, words: Sequence[str]) -> str:
    return words[number - 1] if 0 < number <= len(words) else ""


def _to_how_many(lang: Language) -> tuple[str, ...]:
    p = lang.p
    return (
        p("belongs to ... networks", "one"),
        p("belongs to ... networks", "two"),
        p("belongs to ... networks", "three"),
        p("belongs to ... networks", "four"),
        p("belongs to ... networks", "five"),
        p("belongs to ... networks", "six"),
        p("belongs to ... networks", "seven"),
        p("belongs to ... networks", "eight"),
        p("belongs to ... networks", "nine"),
        p("belongs to ... networks", "ten"),
        p("belongs to ... networks", "eleven"),
        p("belongs to ... networks", "twelve"),
    )


def _how_many(lang: Language) -> tuple[str, ...]:
    p = lang.p
    return (
        p("has signed ... charters", "one"),
        p("has signed ... charters", "two"),
        p("has signed ... charters", "three"),
        p("has signed ... charters", "four"),
        p("has signed ... charters", "five"),
        p("has signed ... charters", "six"),
        p("has signed ... charters", "seven"),
        p("has signed ... charters", "eight"),
        p("has signed ... charters", "nine"),
        p("has signed ... charters", "ten"),
        p("has signed ... charters", "eleven"),
        p("has signed ... charters", "twelve"),
    )


def _begins(lang: Language) -> tuple[str, ...]:
    p = lang.p
    return (
        p("... more", "One"),
        p("... more", "Two"),
        p("... more", "Three"),
        p("... more", "Four"),
    )


# What belongs to a commitment or an action


def period(lang: Language, start: PartialDate | None, end: PartialDate | None) -> str | None:
    """Return both dates of something that lasted, or None where there is no end."""
    if start is None or end is None or end == start:
        return None
    return lang.p("period", "%(start)s to %(end)s", start=lang.in_sentence(start), end=lang.in_sentence(end))


def act_facts(lang: Language, act: Act) -> tuple[tuple[str, str], ...]:
    """Return label and value of everything known of a legal act."""
    facts = (
        (lang.p("legal act", "Title"), act.title),
        (lang.p("legal act", "Adopted by"), act.body),
        (lang.p("legal act", "Number"), act.number),
        (lang.p("legal act", "Decided"), lang.date(act.decided) if act.decided else None),
        (lang.p("legal act", "In force from"), lang.date(act.effective) if act.effective else None),
    )
    return tuple((label, value) for label, value in facts if value)


def item_state(lang: Language, item: Item) -> str:
    """Return how far a task of an action got, and on which day; that nobody has checked is said, too."""
    state = {
        "planned": lang.p("task", "planned"),
        "under-way": lang.p("task", "under way"),
        "done": lang.p("task", "done"),
        "dropped": lang.p("task", "dropped"),
        None: lang.p("task", "not checked"),
    }[item.state]
    return f"{state}, {lang.date(item.on)}" if item.on else state


def due(lang: Language, duration: Duration | None) -> str | None:
    """Return how much time a city has to fulfil an obligation, or None where none is set."""
    if duration is None:
        return None
    parts = []
    if duration.years:
        parts.append(lang.n("%(num)s year", "%(num)s years", duration.years))
    if duration.months:
        parts.append(lang.n("%(num)s month", "%(num)s months", duration.months))
    if duration.days:
        parts.append(lang.n("%(num)s day", "%(num)s days", duration.days))
    return lang.t("Time allowed: %(time)s.", time=lang.join(parts))


def difference_title(lang: Language, field: str, values: int) -> str:
    """Return the heading of a contradiction: how many values sources give, and of what."""
    if field in DATE_FIELDS:
        return lang.n("Sources give %(num)s date", "Sources give %(num)s dates", values)
    if is_named(lang, field):
        return lang.t("Sources differ: %(what)s", what=field_name(lang, field))
    return lang.t("Sources differ")


def is_named(lang: Language, field: str) -> bool:
    """Tell whether the language has a name for a field, or whether it holds words of the data."""
    return field in DATE_FIELDS or field_name(lang, field) != field or lang.code == lang.default


def field_name(lang: Language, field: str) -> str:
    """Return the name of a column or key for readers; other words stand as they are."""
    names = {
        "status": lang.p("field", "status"),
        "population": lang.p("field", "population"),
        "since": lang.p("field", "since"),
        "until": lang.p("field", "until"),
        "decided": lang.p("field", "decision"),
        "date": lang.p("field", "date"),
        "end_date": lang.p("field", "last day"),
        "founded": lang.p("field", "founding date"),
        "adopted": lang.p("field", "date of adoption"),
        "members": lang.p("field", "number of members"),
    }
    if language := field_language(field):
        return lang.p("field", "name in %(language)s", language=lang.language_name(language))
    return names.get(field, field)


def field_language(field: str) -> str | None:
    """Return the language of a column or key that holds a name in one (``name_pl``, ``name.pl``)."""
    stem, _, language = field.replace(".", "_").partition("_")
    return language if stem == "name" and language else None


def members_counted(lang: Language, count: Count) -> str:
    """Return how many members a source counts, with "more than" or "about" where it says so."""
    number = lang.number(count.members)
    if count.qualifier == "more-than":
        return lang.p("count", "more than %(number)s", number=number)
    if count.qualifier == "about":
        return lang.p("count", "about %(number)s", number=number)
    return number


def coverage(lang: Language, instrument: Instrument, recorded: int, says: str) -> str:
    """Return what the atlas records against the count that the instrument's sources give.

    ``says`` names who counts and when, or is empty where nobody does.
    """
    count = instrument.quoted_count
    signs = instrument.family == "charter"
    if count is None:
        if signs:
            return lang.n(
                "The atlas records %(num)s signatory; no source found counts them all.",
                "The atlas records %(num)s signatories; no source found counts them all.",
                recorded,
            )
        return lang.n(
            "The atlas records %(num)s member; no source found counts them all.",
            "The atlas records %(num)s members; no source found counts them all.",
            recorded,
        )
    counted = members_counted(lang, count)
    values = {"counted": counted, "says": says}
    if recorded > count.members:
        return lang.n(
            "The atlas records %(num)s; a source counts %(counted)s (%(says)s).",
            "The atlas records %(num)s; a source counts %(counted)s (%(says)s).",
            recorded,
            **values,
        )
    values["recorded"] = lang.number(recorded)
    if signs:
        return lang.n(
            "The atlas records %(recorded)s of %(counted)s signatory (%(says)s).",
            "The atlas records %(recorded)s of %(counted)s signatories (%(says)s).",
            count.members,
            **values,
        )
    return lang.n(
        "The atlas records %(recorded)s of %(counted)s member (%(says)s).",
        "The atlas records %(recorded)s of %(counted)s members (%(says)s).",
        count.members,
        **values,
    )
