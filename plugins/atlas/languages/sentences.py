"""The sentences that pages say about commitments and actions, built for any language.

Polish needs no declined names of cities here: every sentence speaks of "the city" or
of nobody, and the verb comes from the status and the kind of instrument.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..model.dates import Duration, PartialDate
from ..model.records import Act, Commitment, Count, Instrument, Item
from .language import Language

DATE_FIELDS = frozenset({"since", "until", "decided", "date", "end_date", "founded", "adopted", "ended"})
"""Fields whose values in a contradiction are dates where they parse as one."""


def statement(lang: Language, commitment: Commitment, instrument: Instrument, *, ended: bool) -> str:
    """Return one sentence with what the city is in the instrument, and since when."""
    since = commitment.since
    status = commitment.status
    if ended:
        return _ended(lang, commitment, signed=status == "signatory" or instrument.family == "charter")
    if status == "none":
        return _checked_and_absent(lang, commitment, instrument)
    if status == "declined":
        return _declined(lang, since, instrument)
    if status == "participant":
        return _took_part(lang, since, instrument)
    if status == "signatory":
        if since is None:
            return lang.t("Signed; no source found gives the date.")
        return lang.t("Signed %(when)s.", when=lang.when(since))
    return _belonging(lang, status, since)


def _took_part(lang: Language, since: PartialDate | None, instrument: Instrument) -> str:
    if instrument.family == "charter":
        if since is None:
            return lang.t("Took part; no source found gives the date or says that the city signed.")
        return lang.t("Took part %(when)s; no source found says that the city signed.", when=lang.when(since))
    if since is None:
        return lang.t("Took part; no source found gives the date or says that the city joined.")
    return lang.t("Took part %(when)s; no source found says that the city joined.", when=lang.when(since))


def _belonging(lang: Language, status: str, since: PartialDate | None) -> str:
    if since and since.open_start:
        return _belonged_by(lang, status, since)
    date = lang.in_sentence(since) if since else ""
    if status == "applicant":
        if since:
            return lang.t("Applicant since %(date)s.", date=date)
        return lang.t("Applicant; no source found gives the date.")
    if status == "observer":
        if since:
            return lang.t("Observer since %(date)s.", date=date)
        return lang.t("Observer; no source found gives the date.")
    if status == "suspended":
        if since:
            return lang.t("Membership suspended; member since %(date)s.", date=date)
        return lang.t("Membership suspended; no source found gives the date.")
    if since:
        return lang.t("Member since %(date)s.", date=date)
    return lang.t("Member; no source found gives the date of joining.")


def _belonged_by(lang: Language, status: str, since: PartialDate) -> str:
    """Return the sentence of a city that was in it on a date, since nobody knows when."""
    date = lang.in_sentence(since.bound)
    if status == "applicant":
        return lang.t("Applicant by %(date)s.", date=date)
    if status == "observer":
        return lang.t("Observer by %(date)s.", date=date)
    if status == "suspended":
        return lang.t("Membership suspended; member by %(date)s.", date=date)
    return lang.t("Member by %(date)s.", date=date)


def _ended(lang: Language, commitment: Commitment, *, signed: bool) -> str:
    since, until = commitment.since, commitment.until
    if signed:
        return _withdrawn(lang, since, until)
    if since and until:
        return lang.t(
            "Member from %(start)s until %(end)s.", start=lang.in_sentence(since), end=lang.in_sentence(until)
        )
    if until:
        return lang.t("Member until %(end)s.", end=lang.in_sentence(until))
    if since and since.open_start:
        return lang.t("Member by %(date)s; ended, date unknown.", date=lang.in_sentence(since.bound))
    if since:
        return lang.t("Member since %(date)s; ended, date unknown.", date=lang.in_sentence(since))
    return lang.t("Membership ended, date unknown.")


def _withdrawn(lang: Language, since: PartialDate | None, until: PartialDate | None) -> str:
    if since and until:
        return lang.t(
            "Signed %(when)s; the signature held until %(end)s.",
            when=lang.when(since),
            end=lang.in_sentence(until),
        )
    if until:
        return lang.t("The signature held until %(end)s.", end=lang.in_sentence(until))
    if since:
        return lang.t("Signed %(when)s; no longer holds, date unknown.", when=lang.when(since))
    return lang.t("The signature no longer holds, date unknown.")


def _checked_and_absent(lang: Language, commitment: Commitment, instrument: Instrument) -> str:
    if commitment.verified is None:
        if instrument.family == "charter":
            return lang.t("Checked: the city has not signed.")
        return lang.t("Checked: the city is not a member.")
    when = lang.when(commitment.verified)
    if instrument.family == "charter":
        return lang.t("Checked %(when)s: the city has not signed.", when=when)
    return lang.t("Checked %(when)s: the city is not a member.", when=when)


def _declined(lang: Language, since: PartialDate | None, instrument: Instrument) -> str:
    if instrument.family == "charter":
        if since is None:
            return lang.t("The city declined to sign; date unknown.")
        return lang.t("The city declined to sign %(when)s.", when=lang.when(since))
    if since is None:
        return lang.t("The city declined to join; date unknown.")
    return lang.t("The city declined to join %(when)s.", when=lang.when(since))


def decision(lang: Language, commitment: Commitment) -> str | None:
    """Return the sentence on the city's own decision, which is never the same as ``since``."""
    if commitment.decided is None:
        return None
    return lang.t("The city took the decision %(when)s.", when=lang.when(commitment.decided))


def belongs(lang: Language, networks: int) -> str:
    """Return to how many networks a city belongs, as the predicate of a sentence."""
    return lang.n("belongs to %(num)s network", "belongs to %(num)s networks", networks)


def signed(lang: Language, charters: int) -> str:
    """Return how many charters a city has signed, as the predicate of a sentence."""
    return lang.n(
        "has signed %(num)s charter or declaration", "has signed %(num)s charters or declarations", charters
    )


def standing(lang: Language, networks: int, charters: int) -> str:
    """Return the sentence on how many networks a city is in and how many charters it signed."""
    if networks and charters:
        return lang.t(
            "The city %(belongs)s and %(signed)s.",
            belongs=belongs(lang, networks),
            signed=signed(lang, charters),
        )
    if networks:
        return lang.t("The city %(belongs)s.", belongs=belongs(lang, networks))
    if charters:
        return lang.t("The city %(signed)s.", signed=signed(lang, charters))
    return lang.t("The atlas records no commitment of this city that holds today.")


def span(lang: Language, dates: list[PartialDate]) -> str | None:
    """Return the sentence on the oldest and newest dated commitment, or None without dates."""
    if not dates:
        return None
    oldest, newest = min(dates, key=lambda d: d.sort_key), max(dates, key=lambda d: d.sort_key)
    if len(dates) == 1:
        return lang.t("The only dated one is from %(date)s.", date=lang.in_sentence(oldest))
    if oldest == newest:
        return lang.t("All dated ones are from %(date)s.", date=lang.in_sentence(oldest))
    return lang.t(
        "The oldest dates from %(oldest)s, the newest from %(newest)s.",
        oldest=lang.in_sentence(oldest),
        newest=lang.in_sentence(newest),
    )


def without_effect(lang: Language, commitments: Iterable[tuple[str, str]]) -> str:
    """Return the heading over commitments that do not hold, given with state and status: what they are."""
    words = {
        "suspended": lang.p("heading", "suspended"),
        "ended": lang.p("heading", "ended"),
        "declined": lang.p("heading", "declined"),
        "pending": lang.p("heading", "applied for or observed"),
        "participated": lang.p("heading", "took part"),
        "none": lang.p("heading", "checked, and not committed"),
    }
    found = {"none" if status == "none" else state for state, status in commitments}
    text = lang.join([word for name, word in words.items() if name in found])
    return text[:1].upper() + text[1:]


def doubts(lang: Language, undated: int, disputed: int) -> str | None:
    """Return the sentence on what is not known or not agreed, or None where all is."""
    sentences = []
    if undated:
        sentences.append(
            lang.n(
                "For %(num)s, no source found gives a date.",
                "For %(num)s, no source found gives a date.",
                undated,
            )
        )
    if disputed:
        sentences.append(lang.n("On %(num)s, sources differ.", "On %(num)s, sources differ.", disputed))
    return " ".join(sentences) or None


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
