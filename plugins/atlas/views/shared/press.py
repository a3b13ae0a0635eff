"""For the press: a city or an instrument in three sentences that can be printed as they stand.

They are read without the page around them, so the first one names its subject, the atlas and the edition.
Cities and networks stand in them by name.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ...languages import summaries
from ...languages.sentences import began
from ...model.frozen import Frozen
from ...model.records import Commitment, Instrument
from ..lens import Lens
from ..pages.instrument import recorded_cities, who_says

SENTENCES = 3
"""How many sentences a kit has at most; fewer where less is known."""


class PressKit(Frozen):
    """The sentences of a kit; the files that go with them are made in the browser."""

    sentences: tuple[str, ...]
    licence: str
    """The line that goes wherever a picture or text of the atlas goes."""
    timeline: bool
    """Whether there is a drawing of time."""


def city_press(lens: Lens, city_id: str, *, timeline: bool) -> PressKit:
    """Return the kit of a city."""
    standing = lens.committed(lens.atlas.commitments_of_city.get(city_id, ()))
    sentences = (
        _held(lens, city_id, standing),
        _newest(lens, standing),
        _evidence(lens, standing),
    )
    return pictures(lens, sentences, timeline=timeline)


def instrument_press(lens: Lens, id: str, *, timeline: bool) -> PressKit:
    """Return the kit of a network or charter."""
    instrument = lens.atlas.instruments[id]
    sentences = (
        _recorded(lens, instrument),
        _counted(lens, instrument),
        _latest_accession(lens, instrument),
        _began(lens, instrument),
    )
    return pictures(lens, sentences, timeline=timeline)


def pictures(lens: Lens, sentences: Sequence[str | None] = (), *, timeline: bool) -> PressKit:
    """Return a kit of pictures, with what can be said, the strongest first; None where nothing is known."""
    said = tuple(sentence for sentence in sentences if sentence)[:SENTENCES]
    return PressKit(sentences=said, licence=credit(lens), timeline=timeline)


def credit(lens: Lens) -> str:
    """Return the line with the licence that goes wherever a picture of the atlas goes."""
    return lens.lang.t(
        "%(atlas)s, %(licence)s; base map: Natural Earth", atlas=lens.name, licence=lens.about.licence.name
    )


# Cities


def _held(lens: Lens, city_id: str, standing: Sequence[Commitment]) -> str:
    lang = lens.lang
    city = lens.named(lens.atlas.cities[city_id])
    held = summaries.held(lang, city, lens.numbers(standing))
    day = lang.day_in_sentence(lens.as_of)
    if held:
        return lang.phrase("press/city", city=city.first, held=held, atlas=lens.name, day=day)
    return lang.phrase("press/nothing", city=city.within, atlas=lens.name, day=day)


def _newest(lens: Lens, standing: Sequence[Commitment]) -> str | None:
    """Return the newest commitment in a sentence; one on which its council decided goes first."""
    if not standing:
        return None
    newest = max(
        standing, key=lambda c: (c.decided is not None, c.since.sort_key if c.since else _NEVER, c.anchor)
    )
    return lens.statement(newest)


_NEVER = (date.min, date.min)


def _evidence(lens: Lens, standing: Sequence[Commitment]) -> str | None:
    sources = len({source for c in standing for source in c.sources})
    if not standing:
        return None
    return lens.lang.phrase("press/sources", sources)


# Networks and charters


def _recorded(lens: Lens, instrument: Instrument) -> str:
    atlas, lang = lens.atlas, lens.lang
    standing = lens.committed(atlas.commitments_of_instrument.get(instrument.id, ()))
    countries = len({atlas.cities[c.city].country for c in standing})
    name, short = lens.instrument_name(instrument).text, lens.instrument_short(instrument)
    values = {
        "name": name if short == name else f"{name} ({short})",
        "atlas": lens.name,
        "day": lang.day_in_sentence(lens.as_of),
        "countries": lang.n("in %(num)s country", "in %(num)s countries", countries),
    }
    if not standing:
        return lang.t("%(name)s: the %(atlas)s (edition of %(day)s) records no city yet.", **values)
    return lang.phrase("press/instrument", recorded_cities(lens, instrument.id), **values)


def _counted(lens: Lens, instrument: Instrument) -> str:
    lang, count = lens.lang, instrument.quoted_count
    if count is None:
        return lang.t("No source that counts them all has been found.")
    return lang.t(
        "A source counts %(counted)s in all (%(says)s).",
        counted=summaries.members_counted(lang, count),
        says=who_says(lens, count),
    )


def _latest_accession(lens: Lens, instrument: Instrument) -> str | None:
    lang, atlas = lens.lang, lens.atlas
    standing = lens.committed(atlas.commitments_of_instrument.get(instrument.id, ()))
    dates = [c.since for c in standing if c.since]
    if not dates:
        return None
    latest = max(dates, key=lambda date: date.sort_key)
    names = {c.city: lens.city_name(atlas.cities[c.city]) for c in standing if c.since == latest}
    if len(names) > SENTENCES:  # a date on which many joined has no newest city
        return _began(lens, instrument)
    values = {
        "cities": lang.join(lang.sorted_by_name(names.values(), str)),
        "date": lang.date(latest),
    }
    if instrument.family == "charter":
        return lang.t("The latest signature with a known date: %(cities)s, %(date)s.", **values)
    return lang.t("The latest accession with a known date: %(cities)s, %(date)s.", **values)


def _began(lens: Lens, instrument: Instrument) -> str | None:
    if instrument.began is None:
        return None
    charter = instrument.family == "charter"
    name = lens.instrument_name(instrument).text if charter else lens.instrument_short(instrument)
    return f"{began(lens.lang, name, instrument, instrument.began).removesuffix('.')}."
