"""Every sentence that pages make of commitments, as a person would say it, with city and network by name.

The verb comes from the status and from whether one joins or signs; ``sentences.yaml`` has the words. How
names are declined and verbs agree is said in :mod:`.naming`. tests/golden/sentences.txt shows all of these
sentences in every language.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..model.dates import PartialDate
from ..model.frozen import dataclass
from ..model.records import Commitment, Instrument
from .catalogue import _
from .language import Language
from .naming import CityName, InstrumentName, instrument_name
from .wordings import packaged
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
        return _say(self.lang, self.city, self.instrument, message, **values)

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


def _say(lang: Language, city: CityName, instrument: InstrumentName, message: str, **values: object) -> str:
    names = {"plain": instrument.plain, "of": instrument.of, "object": instrument.object}
    return lang.agreeing(city.gender, message, city=city.first, within=city.within, **names, **values)


_WORDS: Mapping[str, Mapping[str, Any]] = packaged(Path(__file__).with_suffix(".yaml"))


def _by_charter(section: str) -> Mapping[bool, Mapping[str, Any]]:
    """Return the words of a section for what is joined, and for what is signed."""
    return {False: _WORDS[section], True: {**_WORDS[section], **_WORDS[f"{section}_of_charters"]}}


_STATEMENTS, _HEADINGS = _by_charter("statements"), _by_charter("headings")
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
    usual = _WORDS["memberships"]["founded" if told.founded else "joined"]
    forms: Mapping[str, str] = _STATEMENTS[told.charter].get(commitment.status, usual)
    date = commitment.verified if commitment.status == "none" else commitment.since
    if date is None:
        undated = forms["undated"]
        said = told.say(undated)
        return said if commitment.status in _SAYS_SO_ITSELF else f"{said} {told.undated}"
    message = forms["latest" if "latest" in forms and date.open_start else "dated"]
    return told.say(message, when=lang.when(date), date=lang.in_sentence(date.bound))


_KNOWN = {(True, True): "both", (False, True): "until", (True, False): "since", (False, False): "neither"}
"""Which of the two dates of something that is over are known."""


def _ended(told: CommitmentWords) -> str:
    lang, since, until = told.lang, told.commitment.since, told.commitment.until
    known = _KNOWN[since is not None, until is not None]
    words = _WORDS["ended_signatures" if told.signed else "ended"]
    message = words["latest" if known == "since" and since and since.open_start else known]
    dates = {"when": lang.when(since), "start": lang.in_sentence(since)} if since else {}
    return told.say(message, end=lang.in_sentence(until) if until else "", **dates)


def decision(told: CommitmentWords) -> str | None:
    """Return the sentence on the council's decision, which is told apart from ``since``."""
    if told.commitment.decided is None:
        return None
    if told.commitment.decided_at_once:
        return told.say("The council decided on it on the same day.")
    return told.say("The council decided on it %(when)s.", when=told.lang.when(told.commitment.decided))


def heading(told: CommitmentWords) -> str:
    """Return what happened without its date, which stands beside it."""
    status, since = told.commitment.status, told.commitment.since
    if told.ended and told.signed:
        return told.say("%(city)s is no longer a signatory of %(object)s")
    if told.ended:
        return told.say("%(city)s no longer belongs to %(of)s")
    if message := _HEADINGS[told.charter].get(status):
        return told.say(message)
    if since and told.founded:
        return told.say("%(city)s helped to found %(object)s")
    if since and not since.open_start:
        return told.say("%(city)s joined %(of)s")
    return told.say("%(city)s belongs to %(of)s")


def hosted(lang: Language, city: CityName, instrument: InstrumentName) -> str:
    """Return that a city hosted a conference; hosting commits it to nothing."""
    return _say(lang, city, instrument, _("%(city)s hosted a conference of %(of)s"))


def began(lang: Language, name: str, instrument: Instrument, when: PartialDate) -> str:
    """Return when an instrument was founded or adopted, without a full stop; it is called by ``name``."""
    words = _WORDS["began"]
    message = words.get(instrument.kind) or words[instrument.family]
    named = instrument_name(lang, name, instrument.kind, acronym=False).object
    return lang.t(message, object=named if named == name else capitalized(named), when=lang.when(when))
