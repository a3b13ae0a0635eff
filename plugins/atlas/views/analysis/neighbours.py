"""Which cities lie near each other, and which share the most commitments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from ...cache.reads import remembered
from ...model.globe import Point, kilometres
from ...model.records import Atlas, City
from ..lens import Lens

if TYPE_CHECKING:  # else numpy is loaded where cities are measured: most builds measure none
    import numpy as np
    from numpy.typing import NDArray

REACH_KM = 300
"""How far a city may be and still be called near."""

LEAST = 2
"""How many instruments cities share at least to be called similar."""

SHOWN = 6
"""How many neighbours a page shows."""


def _point(city: City) -> Point:
    assert city.lat is not None and city.lon is not None  # only cities whose place is known are measured
    return city.lat, city.lon


class _Placed(NamedTuple):
    """The cities whose place is known, to be measured all at once; in radians."""

    ids: Sequence[str]
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]


@remembered(2, whole=False)
def _placed(atlas: Atlas) -> _Placed:
    import numpy as np

    known = [city for city in atlas.cities.values() if city.lat is not None and city.lon is not None]
    at = np.array(list(map(_point, known)), dtype=np.float64).reshape(-1, 2)
    return _Placed([city.id for city in known], *np.radians(at).T)


@remembered()
def nearest(atlas: Atlas, city_id: str) -> tuple[tuple[str, float], ...]:
    """Return the ids of the nearest cities within reach, each with its distance in kilometres."""
    city = atlas.cities[city_id]
    if city.lat is None or city.lon is None:
        return ()
    others = (atlas.cities[id] for id in _closest(_placed(atlas), _point(city)) if id != city_id)
    measured = ((other.id, kilometres(_point(city), _point(other))) for other in others)
    found = [(id, distance) for id, distance in measured if distance <= REACH_KM]
    found.sort(key=lambda pair: (pair[1], pair[0]))
    return tuple(found[:SHOWN])


def _closest(placed: _Placed, point: Point) -> list[str]:
    """Return the ids of the cities closest to one, with itself: one more than is shown, and any as far."""
    import numpy as np

    lat, lon = np.radians(point)
    half = np.sin((placed.lat - lat) / 2) ** 2
    half += np.cos(placed.lat) * np.cos(lat) * np.sin((placed.lon - lon) / 2) ** 2
    last = np.partition(half, SHOWN)[SHOWN] if len(half) > SHOWN else np.inf
    # What differs by no more than rounding is measured once more, exactly.
    return [placed.ids[number] for number in np.flatnonzero(half <= last * (1 + 1e-9)).tolist()]


@remembered(4)
def _members(lens: Lens) -> Mapping[str, frozenset[str]]:
    return {
        instrument: frozenset(c.city for c in lens.committed(commitments))
        for instrument, commitments in lens.atlas.commitments_of_instrument.items()
    }


class _Memberships(NamedTuple):
    """Who is committed in what, to be counted for all cities at once."""

    cities: Sequence[str]
    """In the order of their ids."""
    instruments: Mapping[str, int]
    """The number of the row of each instrument."""
    held: NDArray[np.bool_]
    """A row for each instrument, a column for each city."""
    sizes: NDArray[np.int64]
    """How many instruments each city is committed in."""


@remembered(4, whole=False)
def _memberships(lens: Lens) -> _Memberships:
    import numpy as np

    members = _members(lens)
    cities = sorted(set().union(*members.values()))
    columns = {id: number for number, id in enumerate(cities)}
    held = np.zeros((len(members), len(cities)), dtype=np.bool_)
    for row, its in enumerate(members.values()):
        held[row, [columns[id] for id in its]] = True
    numbers = {instrument: row for row, instrument in enumerate(members)}
    return _Memberships(cities, numbers, held, held.sum(axis=0, dtype=np.int64))


@remembered()
def most_similar(lens: Lens, city_id: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the ids of the cities that share the most instruments with a city, and which these are.

    Only cities that share at least ``LEAST`` count. Of those that share equally many,
    the ones with the fewest other commitments come first.
    """
    import numpy as np

    members = _members(lens)
    mine = [
        commitment.instrument
        for commitment in lens.atlas.commitments_of_city.get(city_id, ())
        if city_id in members[commitment.instrument]
    ]
    instruments, every = list(dict.fromkeys(mine)), _memberships(lens)
    held = every.held[[every.instruments[instrument] for instrument in instruments]]
    shared = held.sum(axis=0, dtype=np.int64)
    found = np.flatnonzero(shared >= LEAST)
    # The most in common first, then the fewest others, then by id: all in one number for each city.
    rank = (len(instruments) - shared[found]) * (len(every.instruments) + 1) + every.sizes[found]
    rank = rank * len(every.cities) + found
    # One more than is shown, because the city itself may be among them.
    if len(found) > SHOWN + 1:
        rank = np.partition(rank, SHOWN)[: SHOWN + 1]
    ranked = (int(number) % len(every.cities) for number in np.sort(rank))
    others = [column for column in ranked if every.cities[column] != city_id][:SHOWN]
    return tuple(
        (
            every.cities[column],
            tuple(instrument for instrument, its in zip(instruments, held, strict=True) if its[column]),
        )
        for column in others
    )
