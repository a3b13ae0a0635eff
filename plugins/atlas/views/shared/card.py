"""What a social card says: a name and the three strongest facts, as numbers with their labels."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ...languages.summaries import members_counted
from ...model.dates import PartialDate
from ...model.frozen import Frozen
from ...model.grouping import grouped
from ...model.records import Commitment, Instrument
from ..families import counted
from ..lens import Lens
from ..pages.instrument import recorded_cities

FACTS = 3
"""How many facts a card has room for."""
NAMED = 2
"""How many networks or charters are named beside their number."""


class CardFact(Frozen):
    """One number, or year, and what it is the number of."""

    value: str
    label: str


class Card(Frozen):
    """One card. Nothing on it changes with the edition alone, so that it need not be drawn again."""

    path: str
    """Where it stands below the root: ``cards/en/cities/krakow.png``."""
    kicker: str
    """What kind of thing it is about, or where that lies."""
    name: str
    full_name: str = ""
    """The full name where ``name`` is an acronym."""
    facts: tuple[CardFact, ...]
    site: str

    @property
    def alt(self) -> str:
        """Return what the card says, for those who do not see it."""
        facts = ", ".join(f"{fact.value} {fact.label}" for fact in self.facts)
        return f"{self.name}: {facts}" if facts else self.name


def city_card(lens: Lens, city_id: str) -> Card:
    """Return the card of a city."""
    atlas, lang = lens.atlas, lens.lang
    city = atlas.cities[city_id]
    recorded = atlas.commitments_of_city.get(city_id, ())
    standing = lens.committed(recorded)
    held: dict[str, list[Instrument]] = {"network": [], "charter": []}
    held |= grouped((atlas.instruments[one.instrument] for one in standing), atlas.vocabulary.family)
    actions = len(atlas.actions_of_city.get(city_id, ()))
    sources = len({source for c in recorded for source in c.sources})
    return _card(
        lens,
        f"cities/{city_id}",
        kicker=lang.country(city.country),
        name=lens.city_name(city),
        facts=(
            *(_named(lens, some, counted(lens, family, len(some))) for family, some in held.items()),
            _year(_oldest(standing), lang.t("the oldest dated commitment")),
            _number(lens, actions, lang.n("action of the city", "actions of the city", actions)),
            _number(lens, sources, lang.n("source", "sources", sources)),
        ),
    )


def instrument_card(lens: Lens, instrument_id: str) -> Card:
    """Return the card of a network or charter."""
    atlas, lang = lens.atlas, lens.lang
    instrument = atlas.instruments[instrument_id]
    standing = lens.committed(atlas.commitments_of_instrument.get(instrument_id, ()))
    recorded = recorded_cities(lens, instrument.id)
    count = instrument.quoted_count
    label = lang.n("recorded city", "recorded cities", recorded)
    if count and count.members >= recorded:
        label = f"{label} {lang.t('of %(counted)s', counted=members_counted(lang, count))}"
    countries = len({atlas.cities[c.city].country for c in standing})
    # Translators: Stands under a year, set large: when a charter was adopted or a network founded.
    began = lang.t("adopted") if instrument.family == "charter" else lang.t("founded")
    name, short = lens.instrument_name(instrument).text, lens.instrument_short(instrument)
    return _card(
        lens,
        f"{lens.instrument_section(instrument)}/{instrument_id}",
        kicker=lang.label(atlas.vocabulary.instrument_kinds.get(instrument.kind)),
        name=short,
        full_name="" if short == name else name,
        facts=(
            _number(lens, recorded, label),
            _number(lens, countries, lang.n("country", "countries", countries)),
            _year(instrument.began, began),
            _year(_oldest(standing), lang.t("the oldest dated commitment")),
        ),
    )


def country_card(lens: Lens, code: str) -> Card:
    """Return the card of a country, by its ISO 3166-1 code in upper case."""
    atlas, lang = lens.atlas, lens.lang
    cities = atlas.cities_of_country[code]
    standing = [c for city in cities for c in lens.committed(atlas.commitments_of_city.get(city.id, ()))]
    instruments = len({c.instrument for c in standing})
    return _card(
        lens,
        f"countries/{code.lower()}",
        kicker=lang.t("Country"),
        name=lang.country(code),
        facts=(
            _number(lens, len(cities), lang.n("recorded city", "recorded cities", len(cities))),
            _number(lens, len(standing), lang.n("commitment", "commitments", len(standing))),
            _number(lens, instruments, lang.n("network or charter", "networks and charters", instruments)),
        ),
    )


def _card(
    lens: Lens,
    path: str,
    *,
    kicker: str,
    name: str,
    facts: Iterable[CardFact | None],
    full_name: str = "",
) -> Card:
    return Card(
        path=f"cards/{lens.lang.code}/{path}.png",
        kicker=kicker,
        name=name,
        full_name=full_name,
        facts=tuple(filter(None, facts))[:FACTS],
        site=lens.name,
    )


def _number(lens: Lens, number: int, label: str) -> CardFact | None:
    return CardFact(value=lens.lang.number(number), label=label) if number else None


def _named(lens: Lens, instruments: Sequence[Instrument], label: str) -> CardFact | None:
    """Return how many there are, and which where these are few and have short names: that says far more."""
    names = [lens.instrument_short(one) for one in instruments if one.short or one.acronym]
    if 0 < len(names) == len(instruments) <= NAMED:
        label = lens.lang.p("card", "%(what)s: %(names)s", what=label, names=lens.lang.join(names))
    return _number(lens, len(instruments), label)


def _year(when: PartialDate | None, label: str) -> CardFact | None:
    """Return the year of a date; a year that the source itself doubts or leaves open is no strong fact."""
    if when is None or when.approximate or when.uncertain or when.open_start:
        return None
    return CardFact(value=str(when.year), label=label)


def _oldest(commitments: Iterable[Commitment]) -> PartialDate | None:
    return min((c.since for c in commitments if c.since), key=lambda date: date.sort_key, default=None)
