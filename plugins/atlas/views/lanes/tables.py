"""Since when: the rows of a drawing of time, with the words that the drawing repeats.

A row says everything; its lane (see :mod:`.lanes`) shows it again. So a reader of a
screen, of paper or of a narrow window misses nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

from ...languages.words import Link
from ...model.frozen import dataclass
from ...model.grouping import grouped
from ...model.records import Commitment
from ..lens import Lens
from ..parts import Group
from .geometry import Scale, scale, signs
from .key import KeySign, key_of
from .rows import (
    MOST_ROWS,
    LaneRow,
    dates_of,
    first_of,
    instrument_row,
    is_silent,
    oldest_first,
    row,
    rows_of_country,
    shown_in_time,
    silent_row,
    with_date,
)

MOST_OPEN = 40
"""How many lanes a drawing shows at once; the groups after them are folded away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LaneTable:
    """A drawing of time with its rows."""

    caption: str
    scale: Scale
    column: str
    """The heading of the first column."""
    groups: tuple[Group[LaneRow], ...]
    """Rows that belong together; the only group of a drawing has no heading."""
    folded: tuple[Group[LaneRow], ...]
    """Groups that are shown on demand."""
    fold_label: str
    key: tuple[KeySign, ...]
    more: str
    """The address of the same in the timeline, where it can be filtered."""


def city_lanes(lens: Lens, city_id: str) -> LaneTable | None:
    """Return a lane for each instrument that the city is in, or None where no date is known."""
    lang = lens.lang
    shown = shown_in_time(lens, lens.atlas.commitments_of_city.get(city_id, ()))
    if not with_date(shown):
        return None
    by_instrument = grouped(sorted(shown, key=oldest_first), lambda one: one.instrument)
    on = scale(dates_of(shown), lens.as_of)
    rows = tuple(
        row(
            lens,
            on,
            commitments,
            Link(
                text=(link := lens.instrument_link(id, short=True)).text,
                href=lens.href("cities", city_id, commitments[-1].anchor),
                lang=link.lang,
            ),
            tagged=True,
        )
        for id, commitments in by_instrument.items()
    )
    return _table(
        lens,
        on,
        [Group(heading="", entries=rows)],
        caption=lang.t("Commitments over time: %(name)s", name=lens.city_name(lens.atlas.cities[city_id])),
        column=lang.t("Network or charter"),
        more=f"{lens.href('timeline')}?p={city_id}",
    )


def instrument_lanes(lens: Lens, instrument_id: str) -> LaneTable | None:
    """Return a lane for each city in the instrument by country, or None where no date is known.

    None also where they are too many to be drawn: then who joined in which year is drawn alone.
    Cities of one country that go on and have no date share a lane.
    """
    lang, atlas = lens.lang, lens.atlas
    shown = shown_in_time(lens, atlas.commitments_of_instrument.get(instrument_id, ()))
    if not with_date(shown) or len(shown) > MOST_ROWS:
        return None
    instrument = atlas.instruments[instrument_id]
    on = scale(dates_of(shown), lens.as_of)
    held = grouped(shown, lambda one: one.city)
    countries = grouped(held, lambda city: atlas.cities[city].country)
    groups, silent = [], []
    for country in lang.sorted_by_name(countries, lang.country):
        here = countries[country]
        if all(is_silent(lens, c) for city in here for c in held[city]):
            silent += here
            continue
        link = lens.country_link(country)
        rows = rows_of_country(lens, on, instrument, {id: held[id] for id in here})
        groups.append(Group(heading=link.text, entries=rows, href=link.href))
    if silent:
        row = silent_row(lens, on, instrument, silent, held)
        elsewhere = lang.n(
            "In %(num)s more country",
            "In %(num)s more countries",
            len({atlas.cities[id].country for id in silent}),
        )
        groups.append(Group(heading=elsewhere, entries=(row,)))
    if len(groups) == 1:
        groups = [Group(heading="", entries=groups[0].entries)]
    return _table(
        lens,
        on,
        groups,
        caption=lang.t("Cities over time: %(name)s", name=lens.instrument_name(instrument).text),
        column=lang.t("City"),
        more=f"{lens.href('timeline')}?i={instrument_id}",
    )


def instruments_lanes(
    lens: Lens, commitments: Iterable[Commitment], *, caption: str, more: str, topic: str | None = None
) -> LaneTable | None:
    """Return a lane for each instrument of the commitments, or None where no date is known.

    On it lies the life of the instrument, and a mark for each date on which cities joined.
    ``more`` is the address of the same in the timeline, ``topic`` the topic of the page.
    """
    lang, atlas = lens.lang, lens.atlas
    shown = shown_in_time(lens, commitments)
    by_instrument = grouped(shown, lambda one: one.instrument)
    dated = {id: held for id, held in by_instrument.items() if with_date(held)}
    if not dated:
        return None
    began = [atlas.instruments[id].began for id in dated]
    on = scale([*dates_of(shown), *began], lens.as_of)
    order = sorted(
        dated, key=lambda id: (first_of(dated[id]), lang.sort_key(lens.instrument_link(id, short=True).text))
    )
    rows = tuple(instrument_row(lens, on, atlas.instruments[id], dated[id], topic) for id in order)
    return _table(
        lens,
        on,
        [Group(heading="", entries=rows)],
        caption=caption,
        column=lang.t("Network or charter"),
        more=more,
    )


# The table


def _table(
    lens: Lens, on: Scale, groups: list[Group[LaneRow]], *, caption: str, column: str, more: str
) -> LaneTable:
    lang = lens.lang
    shown, folded, label = groups, [], ""
    if sum(len(group.entries) for group in groups) > MOST_OPEN + MOST_OPEN // 4:
        number, cut = 0, 0
        while cut < len(groups) and number < MOST_OPEN:
            number += len(groups[cut].entries)
            cut += 1
        shown, folded = groups[:cut], groups[cut:]
        rest = sum(len(group.entries) for group in folded)
        # Translators: A lane is a row of a timeline, for one city or network. Opens the rows that are
        # folded.
        label = lang.n("%(num)s more lane", "%(num)s more lanes", rest)
        countries = [group.heading for group in folded if group.href]
        if len(countries) > 1:
            label = f"{label}: {countries[0]} – {countries[-1]}"
    lanes = [row.lane for group in groups for row in group.entries]
    return LaneTable(
        caption=caption,
        scale=on,
        column=column,
        groups=tuple(shown),
        folded=tuple(folded),
        fold_label=label,
        key=key_of(lens, signs(lanes)),
        more=more,
    )
