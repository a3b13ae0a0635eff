"""The atlas as one immutable model: what the data says, and nothing that a page needs.

Every class is frozen and slotted. ``None`` and an empty tuple mean *unknown*,
never *no*. Ids are unique within their kind and are the same in every language.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from ..findings import Place
from .claim_ids import claim_id, claim_record
from .dates import Duration, PartialDate

Family = Literal["network", "charter"]
"""Whether one joins an instrument or signs it; readers may know it by a family of the vocabulary."""
Localized = Mapping[str, str]
"""Text by language code. A language that is missing has not been written yet.

The code ``und`` holds text that was given once for all languages.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """One code of the vocabulary, with its label and help in each language."""

    id: str
    label: Localized
    help: Localized
    plural: Localized | None = None
    """Only for kinds of instrument: the heading over several of them."""
    family: Family | None = None
    """Only for kinds of instrument: whether one joins it (network) or signs it (charter)."""
    counted: Localized | None = None
    held: Localized | None = None
    address: Localized | None = None
    kinds: tuple[str, ...] = ()
    """Only for families: the word after a number, what a city did, the word of addresses, its kinds."""
    shape: str | None = None
    """Only for topics: the name of the shape that stands for it without colour."""
    colour_light: str | None = None
    colour_dark: str | None = None
    """Only for topics: sRGB colours as ``#rrggbb`` for light and dark paper."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """The only list of codes, in the order of the file; each mapping is by id."""

    topics: Mapping[str, Code]
    statuses: Mapping[str, Code]
    instrument_kinds: Mapping[str, Code]
    action_kinds: Mapping[str, Code]
    action_statuses: Mapping[str, Code]
    source_types: Mapping[str, Code]
    roles: Mapping[str, Code]
    families: Mapping[str, Code] = field(default_factory=dict)

    def family(self, instrument: Instrument) -> str:
        """Return how readers know an instrument: by a family of the vocabulary, or as network or charter."""
        own = (one.id for one in self.families.values() if instrument.kind in one.kinds)
        return next(own, instrument.family)

    def signed_or_joined(self, family: str) -> Family:
        """Return what the kinds of one of its families are: signed like a charter, or joined."""
        return self.instrument_kinds[self.families[family].kinds[0]].family or "charter"

    def section(self, family: str) -> str:
        """Return the word of the addresses of a family, as the first language has it."""
        own = self.families.get(family)
        return next(iter((own.address or {}).values())) if own else f"{family}s"


@dataclass(frozen=True, slots=True, kw_only=True)
class City:
    """A city, municipality or borough. ``lat`` and ``lon`` are WGS84 degrees."""

    id: str
    name: str
    names: Localized
    country: str
    """ISO 3166-1 alpha-2, upper case."""
    region: str | None = None
    """ISO 3166-2, for example PL-12."""
    lat: float | None = None
    lon: float | None = None
    population: int | None = None
    geonames: str | None = None
    wikidata: str | None = None
    website: str | None = None
    codes: tuple[str, ...] = ()
    """Numbers in official registers, each with the register before it (``teryt:1261011``)."""
    former_names: tuple[str, ...] = ()
    """Names it had before, each with its language before it (``de:Breslau``)."""
    until: PartialDate | None = None
    """When it ceased to exist, joined to another place or split."""
    successor: str | None = None
    former_ids: tuple[str, ...] = ()
    place: Place | None = field(default=None, compare=False)
    """Where the record stands in the data. A line moved makes no other record, here and below."""

    @property
    def names_before(self) -> tuple[tuple[str, str], ...]:
        """Return the language and the text of each former name."""
        parts = (name.partition(":") for name in self.former_names)
        return tuple((lang, text.strip()) for lang, _, text in parts)

    def is_over(self, day: datetime.date) -> bool:
        """Tell whether it had certainly ceased to exist before a day."""
        return self.until is not None and self.until.latest < day


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A document that claims rest on."""

    id: str
    title: str
    publisher: str | None = None
    url: str | None = None
    archived: str | None = None
    gone: PartialDate | None = None
    """When the page at ``url`` was found to be there no more."""
    lang: str | None = None
    """BCP 47 language of the document."""
    published: PartialDate | None = None
    accessed: PartialDate | None = None
    note: Localized = field(default_factory=dict)
    type: str | None = None
    """A code of the vocabulary's source types."""
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation:
    """Something a city takes on by joining or signing."""

    id: str
    text: Localized
    due_within: Duration | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many members a source counts, on which day."""

    members: int
    on: PartialDate | None = None
    qualifier: Literal["more-than", "about"] | None = None
    scope: Localized | None = None
    """What is counted, where it is not the whole membership."""
    note: Localized | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """A city that hosted a conference of the instrument; hosting commits it to nothing."""

    city: str
    on: PartialDate | None = None
    note: Localized | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """A network, commission or programme that one joins; a charter, pact or plan that one signs."""

    id: str
    family: Family
    kind: str
    names: Localized
    short: Localized = field(default_factory=dict)
    """A short name for lists and tables, where the full one is long and there is no acronym."""
    acronym: str | None = None
    former_names: tuple[Localized, ...] = ()
    began: PartialDate | None = None
    """``founded`` of a network, ``adopted`` of a charter."""
    founder: Localized | None = None
    secretariat: Localized | None = None
    website: str | None = None
    topics: tuple[str, ...] = ()
    summary: Localized = field(default_factory=dict)
    open_to: tuple[str, ...] = ()
    """ISO 3166-1 codes, or ``("all",)``; empty means unknown."""
    obligations: tuple[Obligation, ...] = ()
    counts: tuple[Count, ...] = ()
    """The first one without a scope is the count that pages quote."""
    hosts: tuple[Host, ...] = ()
    ended: PartialDate | None = None
    successor: str | None = None
    sources: tuple[str, ...] = ()
    note: Localized | None = None
    place: Place | None = field(default=None, compare=False)
    columns: tuple[str, ...] = field(default=(), compare=False)
    """The columns of the file that holds its commitments, as they stand; empty without one."""

    @property
    def quoted_count(self) -> Count | None:
        """Return the number of members that pages quote, or None where no source counts them."""
        return next((count for count in self.counts if count.scope is None), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """One city in one instrument for one period."""

    instrument: str
    city: str
    period: str | None = None
    """The word that tells this period of the pair from others; the one without it has the short id."""
    status: str
    decided: PartialDate | None = None
    """The council's resolution."""
    since: PartialDate | None = None
    """The day from which the membership or signature counts."""
    until: PartialDate | None = None
    roles: tuple[str, ...] = ()
    """Codes of the vocabulary's roles, or words as they were given."""
    act: str | None = None
    sources: tuple[str, ...] = ()
    verified: PartialDate | None = None
    """When a person last looked and found that the source still says so."""
    verified_by: str | None = None
    """Who looked, by the name they chose."""
    note: Localized = field(default_factory=dict)
    anchor: str = ""
    """The fragment of this claim on its city's page; unique there, and kept for ever."""
    place: Place | None = field(default=None, compare=False)

    @property
    def decided_at_once(self) -> bool:
        """Tell whether the council decided on the very day from which it counts: one event, not two."""
        return self.since is not None and self.since == self.decided and self.since.precision == "day"

    @property
    def key(self) -> str:
        """Return the short id of the claim, without any page (``krakow/eccar``, ``krakow/eccar/2008``)."""
        return claim_id(self.city, self.instrument, self.period)

    @property
    def record(self) -> str:
        """Return what contradictions call the claim (``commitments/icc:krakow/2008``)."""
        return claim_record(self.city, self.instrument, self.period)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One line of the list that an instrument publishes itself."""

    instrument: str
    name: str
    """As the list spells it."""
    country: str | None = None
    city: str | None = None
    """The id that is meant, where a contributor had to say it."""
    since: PartialDate | None = None
    sources: tuple[str, ...] = ()
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """The legal act behind an action."""

    title: str | None = None
    body: str | None = None
    number: str | None = None
    decided: PartialDate | None = None
    effective: PartialDate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One task or point of an action."""

    text: Localized
    state: Literal["planned", "under-way", "done", "dropped"] | None = None
    """How far it got, by its sources; None where nobody has checked."""
    on: PartialDate | None = None
    """On which day it stood so."""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """An act of a city or body: a team, a policy, a resolution, a statement, a congress."""

    id: str
    kind: str
    date: PartialDate | None = None
    end_date: PartialDate | None = None
    cities: tuple[str, ...] = ()
    instrument: str | None = None
    fulfils: tuple[str, ...] = ()
    """Ids of the obligations of ``instrument`` that it fulfils for its cities."""
    commitments: tuple[str, ...] = ()
    """Ids of the commitments that it brought about (``krakow/eccar``): it is shown with them."""
    title: Localized
    summary: Localized = field(default_factory=dict)
    act: Act | None = None
    status: str | None = None
    items: tuple[Item, ...] = ()
    topics: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    note: Localized | None = None
    place: Place | None = field(default=None, compare=False)

    @property
    def stands_alone(self) -> bool:
        """Tell whether it is more than what brought about commitments, which are counted already."""
        return not self.commitments or any(not self.led_to_one_of(city) for city in self.cities)

    def led_to_one_of(self, city: str) -> bool:
        """Tell whether it brought about a commitment of a city."""
        return any(id_.partition("/")[0] == city for id_ in self.commitments)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """One of several values that sources give for the same thing."""

    record: str
    """``commitments/<instrument>:<city>``, with ``/<period>`` where the claim has one,
    ``cities/<id>``, ``instruments/<id>``, ``actions/<id>`` or ``counts/<id>``.
    """
    field: str
    value: str
    preferred: bool
    sources: tuple[str, ...]
    reason: Localized
    field_words: Localized
    """The field by language, where it is words of the data and no column or key."""
    value_words: Localized
    """The value by language, where it is words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Retired:
    """An id or address that once was published."""

    kind: str
    id: str
    reason: Localized
    replaced_by: str | None = None
    on: PartialDate | None = None
    place: Place | None = field(default=None, compare=False)


Record = City | Instrument | Commitment | Action | Source | Contradiction | Code | Retired
"""What an edition holds that another one may hold otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Atlas:
    """Everything that is published, with the indexes that views need.

    The tables are by id in the order of the data; the indexes name what hangs on
    an id and hold no entry where nothing does. An atlas is equal only to itself, so that
    what is worked out from it can be remembered with it.
    """

    vocabulary: Vocabulary
    cities: Mapping[str, City]
    instruments: Mapping[str, Instrument]
    commitments: tuple[Commitment, ...]
    actions: Mapping[str, Action]
    sources: Mapping[str, Source]
    contradictions: Mapping[str, tuple[Contradiction, ...]]
    """By record; within one record the values of a field stand together, the preferred first."""
    retired: tuple[Retired, ...] = ()
    lists: Mapping[str, tuple[Listed, ...]] = field(default_factory=dict)
    """By instrument: its own list, as far as a contributor has stored it."""
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict, compare=False)
    """By table (``cities``, ``sources``): the columns of its file, as they stand."""

    commitments_of_city: Mapping[str, tuple[Commitment, ...]]
    commitments_of_instrument: Mapping[str, tuple[Commitment, ...]]
    actions_of_city: Mapping[str, tuple[Action, ...]]
    """But those that brought about a commitment of the city, which stand with it."""
    actions_of_instrument: Mapping[str, tuple[Action, ...]]
    """Those that stand alone, as by topic."""
    actions_of_commitment: Mapping[str, tuple[Action, ...]]
    """By the short id of the commitment that they brought about."""
    cities_of_country: Mapping[str, tuple[City, ...]]
    cities_before: Mapping[str, tuple[City, ...]]
    """By the city that succeeded them."""
    instruments_of_topic: Mapping[str, tuple[Instrument, ...]]
    actions_of_topic: Mapping[str, tuple[Action, ...]]
    hosted_by_city: Mapping[str, tuple[tuple[Instrument, Host], ...]]
    contradictions_of_source: Mapping[str, tuple[Contradiction, ...]]
    commitments_of_source: Mapping[str, tuple[Commitment, ...]]
    actions_of_source: Mapping[str, tuple[Action, ...]]
    instruments_of_source: Mapping[str, tuple[Instrument, ...]]
    """Instruments that name the source themselves, in a count, an obligation or a host."""
