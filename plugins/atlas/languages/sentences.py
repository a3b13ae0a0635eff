"""Every sentence that pages make of commitments, as a person would say it, with city and network by name.

The verb comes from the status and from whether one joins or signs. How names are declined and verbs agree is
said in :mod:`.naming`. tests/golden/sentences.txt shows all of these sentences in every language.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ..model.dates import PartialDate
from ..model.frozen import dataclass
from ..model.records import Commitment, Instrument
from .catalogue import _
from .language import Language
from .naming import CityName, InstrumentName, instrument_name
from .words import capitalized

_FULL_STOP = re.compile(r"(?<=\w\w)\.$")

FOUNDER = "founding-city"
"""The role of a city that did not join but helped to found."""


@dataclass(frozen=True, slots=True)
class CommitmentWords:
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
    def signed(self) -> bool:
        """Whether the city has signed, or had: it joins a network, and may be the signatory of one."""
        return self.charter or self.commitment.status == "signatory"

    @property
    def undated(self) -> str:
        """The sentence on a date that nobody gives."""
        return self.lang.n(
            "The source gives no date.", "The sources give no date.", max(1, len(self.commitment.sources))
        )


class _Forms(NamedTuple):
    """What a city is in an instrument, by what is known of the date."""

    undated: str
    dated: str
    latest: str = ""
    """Where the date is the last one possible, and the sentence has to say so itself."""


_MEMBER = _Forms(
    _("%(city)s belongs to %(of)s."),
    _("%(city)s has belonged to %(of)s since %(date)s."),
    _("%(city)s has belonged to %(of)s since %(date)s at the latest."),
)
_SIGNATORY = _Forms(_("%(city)s has signed %(object)s."), _("%(city)s signed %(object)s %(when)s."))
_FOUNDER = _Forms(_MEMBER.undated, _("%(city)s helped to found %(object)s %(when)s."))

_STATEMENTS = {
    "signatory": _SIGNATORY,
    "applicant": _Forms(
        _("%(city)s has applied to join %(of)s."),
        _("%(city)s applied to join %(of)s %(when)s."),
    ),
    "observer": _Forms(
        _("%(city)s is an observer of %(of)s."),
        _("%(city)s has been an observer of %(of)s since %(date)s."),
        _("%(city)s has been an observer of %(of)s since %(date)s at the latest."),
    ),
    "suspended": _Forms(
        _("%(city)s belongs to %(of)s; its membership is suspended."),
        _("%(city)s has belonged to %(of)s since %(date)s; its membership is suspended."),
        _("%(city)s has belonged to %(of)s since %(date)s at the latest; its membership is suspended."),
    ),
    "participant": _Forms(
        _("%(city)s took part in %(of)s; no source says when, or that it joined."),
        _("%(city)s took part in %(of)s %(when)s; no source says that it joined."),
    ),
    "declined": _Forms(
        _("%(city)s declined to join %(of)s."), _("%(city)s declined to join %(of)s %(when)s.")
    ),
    "none": _Forms(
        _("Checked: %(within)s does not belong to %(of)s."),
        _("Checked %(when)s: %(within)s does not belong to %(of)s."),
    ),
}
_CHARTER_STATEMENTS = {
    **_STATEMENTS,
    "participant": _Forms(
        _("%(city)s took part in %(of)s; no source says when, or that it signed."),
        _("%(city)s took part in %(of)s %(when)s; no source says that it signed."),
    ),
    "declined": _Forms(
        _("%(city)s declined to sign %(object)s."), _("%(city)s declined to sign %(object)s %(when)s.")
    ),
    "none": _Forms(
        _("Checked: %(within)s has not signed %(object)s."),
        _("Checked %(when)s: %(within)s has not signed %(object)s."),
    ),
}
_SAYS_SO_ITSELF = frozenset({"participant", "none"})
"""Statuses whose sentence needs no other one on the date that is not known."""


def statement(told: CommitmentWords) -> str:
    """Return what the city is in the instrument, since when, and when its council decided on it."""
    said, decided = _ended(told) if told.ended else _standing(told), told.commitment.decided
    if decided is None:
        return said
    if said.endswith(told.undated) or "; " in said or told.ended:
        return f"{said} {decision(told)}"
    if told.commitment.decided_at_once:
        clause = told.say("its council decided on it on the same day.")
    else:
        clause = told.say("its council decided on it %(when)s.", when=told.lang.when(decided))
    # An abbreviation keeps its full stop: "od 2024 r.; rada ...".
    return f"{re.sub(_FULL_STOP, '', said)}; {clause}"


def _standing(told: CommitmentWords) -> str:
    commitment, lang = told.commitment, told.lang
    status = commitment.status
    forms = (_CHARTER_STATEMENTS if told.charter else _STATEMENTS).get(
        status, _FOUNDER if told.founded else _MEMBER
    )
    date = commitment.verified if status == "none" else commitment.since
    if date is None:
        said = told.say(forms.undated)
        return said if status in _SAYS_SO_ITSELF else f"{said} {told.undated}"
    message = forms.latest if forms.latest and date.open_start else forms.dated
    return told.say(message, when=lang.when(date), date=lang.in_sentence(date.bound))


_ENDED = {
    (True, True, True): _("%(city)s signed %(object)s %(when)s and was a signatory until %(end)s."),
    (True, False, True): _("%(city)s was a signatory of %(object)s until %(end)s."),
    (True, True, False): _(
        "%(city)s signed %(object)s %(when)s and is no longer a signatory; no source says since when."
    ),
    (True, False, False): _("%(city)s is no longer a signatory of %(object)s; no source says since when."),
    (False, True, True): _("%(city)s belonged to %(of)s from %(start)s until %(end)s."),
    (False, False, True): _("%(city)s belonged to %(of)s until %(end)s."),
    (False, True, False): _("%(city)s joined %(of)s %(when)s and has left it; no source says when."),
    (False, False, False): _("%(city)s no longer belongs to %(of)s; no source says since when."),
}
"""What a city was, by whether it had signed, and whether it is known when that began and ended."""
_JOINED_BEFORE = _("%(city)s belonged to %(of)s %(when)s and has left it; no source says when.")


def _ended(told: CommitmentWords) -> str:
    lang, since, until = told.lang, told.commitment.since, told.commitment.until
    message = _ENDED[told.signed, since is not None, until is not None]
    if since and since.open_start and not until and not told.signed:
        message = _JOINED_BEFORE
    dates = {"when": lang.when(since), "start": lang.in_sentence(since)} if since else {}
    return told.say(message, end=lang.in_sentence(until) if until else "", **dates)


def decision(told: CommitmentWords) -> str | None:
    """Return the sentence on the council's decision, which is told apart from ``since``."""
    if told.commitment.decided is None:
        return None
    if told.commitment.decided_at_once:
        return told.say("The council decided on it on the same day.")
    return told.say("The council decided on it %(when)s.", when=told.lang.when(told.commitment.decided))


_HEADINGS = {
    "none": _("%(city)s does not belong to %(of)s"),
    "declined": _("%(city)s declined to join %(of)s"),
    "participant": _("%(city)s took part in %(of)s"),
    "applicant": _("%(city)s applied to join %(of)s"),
    "observer": _("%(city)s is an observer of %(of)s"),
    "suspended": _("%(city)s belongs to %(of)s, but its membership is suspended"),
    "signatory": _("%(city)s signed %(object)s"),
}
_CHARTER_HEADINGS = {
    **_HEADINGS,
    "none": _("%(city)s has not signed %(object)s"),
    "declined": _("%(city)s declined to sign %(object)s"),
}


def heading(told: CommitmentWords) -> str:
    """Return what happened without its date, which stands beside it."""
    status, since = told.commitment.status, told.commitment.since
    if told.ended and told.signed:
        return told.say("%(city)s is no longer a signatory of %(object)s")
    if told.ended:
        return told.say("%(city)s no longer belongs to %(of)s")
    if message := (_CHARTER_HEADINGS if told.charter else _HEADINGS).get(status):
        return told.say(message)
    if since and told.founded:
        return told.say("%(city)s helped to found %(object)s")
    if since and not since.open_start:
        return told.say("%(city)s joined %(of)s")
    return told.say("%(city)s belongs to %(of)s")


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


_BEGAN = {
    "network": _("%(object)s was founded %(when)s"),
    "charter": _("%(object)s was adopted %(when)s"),
    "programme": _("%(object)s was launched %(when)s"),
    "commission": _("%(object)s was set up %(when)s"),
}
"""How an instrument began, by its kind or, where that has no verb of its own, its family."""


def began(lang: Language, name: str, instrument: Instrument, when: PartialDate) -> str:
    """Return when an instrument was founded or adopted, without a full stop; it is called by ``name``."""
    message = _BEGAN.get(instrument.kind) or _BEGAN[instrument.family]
    named = instrument_name(lang, name, instrument.kind, acronym=False).object
    return lang.t(message, object=named if named == name else capitalized(named), when=lang.when(when))
