"""Records to the Atlas with its indexes: every join that a page needs is made here, once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from operator import attrgetter
from types import MappingProxyType
from typing import TypeVar

from .records import (
    Action,
    Atlas,
    City,
    Commitment,
    Contradiction,
    Count,
    Host,
    Instrument,
    Listed,
    Obligation,
    Retired,
    Source,
    Vocabulary,
)

T = TypeVar("T")


def indexed(
    *,
    vocabulary: Vocabulary,
    cities: Iterable[City] = (),
    sources: Iterable[Source] = (),
    instruments: Iterable[Instrument] = (),
    commitments: Iterable[Commitment] = (),
    actions: Iterable[Action] = (),
    contradictions: Iterable[Contradiction] = (),
    retired: Iterable[Retired] = (),
    listed: Iterable[Listed] = (),
    columns: Mapping[str, tuple[str, ...]] | None = None,
) -> Atlas:
    """Return the atlas of these records; every index keeps their order."""
    commitments, cities_by_id = tuple(commitments), by_id(cities)
    instruments_by_id, actions_by_id = by_id(instruments), by_id(actions)
    all_instruments, all_actions = instruments_by_id.values(), actions_by_id.values()
    alone = [one for one in all_actions if one.stands_alone]
    disputed = _index_by("record", contradictions)
    disputes = [one for group in disputed.values() for one in group]
    return Atlas(
        vocabulary=vocabulary,
        cities=cities_by_id,
        instruments=instruments_by_id,
        commitments=commitments,
        actions=actions_by_id,
        sources=by_id(sources),
        contradictions=disputed,
        retired=tuple(retired),
        lists=_index_by("instrument", listed),
        columns=columns or {},
        commitments_of_city=_index_by("city", commitments),
        commitments_of_instrument=_index_by("instrument", commitments),
        actions_of_city=_index(
            (city, one) for one in all_actions for city in one.cities if not one.led_to_one_of(city)
        ),
        actions_of_instrument=_index((one.instrument, one) for one in alone if one.instrument),
        actions_of_commitment=_index((id_, one) for one in all_actions for id_ in one.commitments),
        cities_of_country=_index_by("country", cities_by_id.values()),
        cities_before=_index((one.successor, one) for one in cities_by_id.values() if one.successor),
        instruments_of_topic=_index((topic, one) for one in all_instruments for topic in one.topics),
        actions_of_topic=_index((topic, one) for one in alone for topic in one.topics),
        hosted_by_city=_index((host.city, (one, host)) for one in all_instruments for host in one.hosts),
        contradictions_of_source=_index((source, one) for one in disputes for source in one.sources),
        commitments_of_source=_index((source, one) for one in commitments for source in one.sources),
        actions_of_source=_index((source, one) for one in all_actions for source in _sources_of_action(one)),
        instruments_of_source=_index((source, one) for one in all_instruments for source in _sources_of(one)),
    )


def by_id(records: Iterable[T]) -> Mapping[str, T]:
    """Return records by their ids, in order."""
    records = tuple(records)
    return MappingProxyType(dict(zip(map(attrgetter("id"), records), records, strict=True)))


def _index_by(key: str, records: Iterable[T]) -> Mapping[str, tuple[T, ...]]:
    records = tuple(records)
    return _index(zip(map(attrgetter(key), records), records, strict=True))


def _index(pairs: Iterable[tuple[str, T]]) -> Mapping[str, tuple[T, ...]]:
    found: dict[str, list[T]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return MappingProxyType({key: tuple(values) for key, values in found.items()})


def _sources_of(one: Instrument) -> tuple[str, ...]:
    parts: tuple[Obligation | Count | Host, ...] = (*one.obligations, *one.counts, *one.hosts)
    named = [*one.sources, *(source for part in parts for source in part.sources)]
    return tuple(dict.fromkeys(named))


def _sources_of_action(one: Action) -> tuple[str, ...]:
    named = [*one.sources, *(source for item in one.items for source in item.sources)]
    return tuple(dict.fromkeys(named))
