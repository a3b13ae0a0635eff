"""Addresses and claims that are gone without a word, and the line that says where they went."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from ...dataset.canonical.csv import csv_text
from ...model.records import Atlas, Commitment, Instrument
from ...validate.rules.retired import PLACEHOLDERS
from .change import Change, Editions
from .renames import RETIRED_AS

_SECTIONS = {"city": "cities", "action": "actions", "source": "sources"}
"""The sections of the site in which records stand."""

WHY = PLACEHOLDERS
"""Stands for the reason, which only a person knows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LostAddress:
    """One address that an edition had and the next one has not, and how to keep it."""

    kind: str
    """As ``retired.csv`` writes it."""
    id: str
    section: str
    page: str
    """Section and id of the page that it was, or stood on; with ``fragment``, the former address."""
    fragment: str = ""
    successor: str = ""
    """The id that seems to be the new one; empty where nothing resembles the old one."""
    file: Literal["cities.csv", "retired.csv"]
    row: str = ""
    """In ``cities.csv``: the row whose ``former_ids`` must name the old id."""
    line: str
    """What to paste: the cell ``former_ids`` there, or a whole line of ``retired.csv``."""


def lost(
    before: Atlas, after: Atlas, changes: Iterable[Change], editions: Editions
) -> tuple[LostAddress, ...]:
    """Return what is gone and neither renamed nor retired in words; none where every address is kept."""
    gone = [change for change in changes if change.act in ("removed", "renamed")]
    records = {change.record for change in gone if change.act == "removed"}
    found: list[LostAddress] = []
    for change in gone:
        if change.kind == "commitment":
            found += _claim(after, change, records, editions)
        elif not _is_said(after, change):
            found += _record(after, change, editions)
    return (*found, *_moved_anchors(after, changes, editions))


def _record(after: Atlas, change: Change, editions: Editions) -> Iterator[LostAddress]:
    kind, one = change.kind, change.subject
    renamed = change.act == "renamed"
    successor = str(change.after) if renamed else ""
    id = str(change.before) if renamed else change.record.rpartition("/")[2]
    if isinstance(one, Instrument):
        section = after.vocabulary.section(after.vocabulary.family(one))
        yield _lost(after, editions, one.family, id, section, successor=successor)
    elif kind in _SECTIONS:
        yield _lost(after, editions, kind, id, _SECTIONS[kind], successor=successor)
    elif change.record.startswith("vocabulary/topics/"):
        yield _lost(after, editions, "topic", id, "topics")


def _claim(after: Atlas, change: Change, gone: Collection[str], editions: Editions) -> Iterator[LostAddress]:
    one = change.old
    assert isinstance(one, Commitment)  # a claim that is removed was there
    went_along = {f"cities/{one.city}", f"instruments/{one.instrument}"} & set(gone)
    if not went_along and ("commitment", one.key) not in _retired(after):
        yield _lost(after, editions, "commitment", one.key, "cities", page=one.city, fragment=one.anchor)


def _is_said(after: Atlas, change: Change) -> bool:
    """Tell whether a record's going is said; a row without a reason has a finding of its own."""
    if change.kind == "retired":
        return True
    id = str(change.before) if change.act == "renamed" else change.record.rpartition("/")[2]
    city = after.cities.get(str(change.after)) if change.kind == "city" else None
    if city is not None and id in city.former_ids:
        return True
    kinds = {str(kind): names for kind, names in RETIRED_AS.items()} | {"code": ("topic",)}
    return any((kind, id) in _retired(after) for kind in kinds.get(change.kind, ()))


def _retired(atlas: Atlas) -> set[tuple[str, str]]:
    return {(one.kind, one.id) for one in atlas.retired}


def _lost(
    after: Atlas, editions: Editions, kind: str, id: str, section: str, successor: str = "", **where: str
) -> LostAddress:
    """Return an address that is gone; a city that is renamed is told by the row of its successor."""
    said: dict[str, Any] = {"page": id, **where, "file": "retired.csv"}
    said["line"] = csv_text([kind, id, *WHY, successor, editions.now.isoformat()], end="")
    if kind == "city" and successor:
        former = dict.fromkeys((*after.cities[successor].former_ids, id))
        said |= {"file": "cities.csv", "row": successor, "line": ";".join(former)}
    return LostAddress(kind=kind, id=id, section=section, successor=successor, **said)


def _moved_anchors(after: Atlas, changes: Iterable[Change], editions: Editions) -> Iterator[LostAddress]:
    """Yield claims whose period has another name now."""
    moved = {
        (change.old.key, change.new.key): change.old
        for change in changes
        if isinstance(change.old, Commitment) and isinstance(change.new, Commitment)
    }
    ids, said = {one.key for one in after.commitments}, _retired(after)
    for (_, now), was in moved.items():
        if was.key not in ids and ("commitment", was.key) not in said:
            here = {"page": was.city, "fragment": was.anchor}
            yield _lost(after, editions, "commitment", was.key, "cities", now, **here)
