"""The history of the data, told: by edition, each change as a sentence in every language.

``describe_edition`` works an edition out from two atlases; what it returns holds words and ids alone, so that
it can be kept as JSON and read back without the atlases (``as_json``, ``from_json``).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Any, Literal

from ...cache.reads import remembered
from ...languages.addresses import Addresses
from ...languages.language import Language
from ...model.claim_ids import disputed_claim
from ...model.records import Atlas
from ..comparison.change import Change, Editions, Pair
from ..comparison.records import compare
from ..moved_ids import Kind, moves
from ..wording.affected_pages import Concerns, Page, concerns, pages
from ..wording.report import report

Part = Literal["world", "corrected", "learnt"]
"""Whose change it is: the world's, that of an atlas that was wrong, or of one that knows more now."""
PARTS: tuple[Part, ...] = ("world", "corrected", "learnt")
Gap = Literal["none", "shallow"]
"""Why the history is not whole: there is none, or the clone holds only its end."""
Subject = tuple[str, str]
"""What has a feed of its own: section and id of its page (``("cities", "krakow")``)."""

_KINDS: Mapping[str, Kind] = {"cities": "city", "instruments": "instrument", "topics": "topic"}
_WRONG = frozenset({"corrected", "cleared", "removed"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeEntry:
    """One change of one edition. Texts are by language."""

    name: str
    """What tells it from the other changes of its edition, whatever it is called in words."""
    part: Part
    kind: str
    act: str
    sentence: Mapping[str, str]
    group: Mapping[str, str]
    """The heading that it stands under."""
    order: Mapping[str, int]
    """Its place among the changes of the edition."""
    pages: tuple[Page, ...]
    """Where it can be seen, the closest first; they existed when the edition was made."""
    concerns: Concerns


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionReport:
    """One edition of the data: the last commit of a day that touched them."""

    day: date
    time: datetime
    commit: str
    name: str = ""
    """The day and a hash of the data (see ``edition_name``)."""
    former: str = ""
    """The commit that it is compared with; empty for the first one."""
    changes: tuple[ChangeEntry, ...] = ()
    record_counts: Mapping[str, int] | None = None
    """How many records of each kind the atlas begins with, for the first edition alone."""
    begins_with: Concerns = field(default_factory=Concerns)
    left_out: int = 0
    """Records that could not be compared, because the data had errors there."""
    readable: bool = True
    """Whether the data of this edition can be read at all by the present rules."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Chronicle:
    """The whole history that is known, the newest edition first."""

    editions: tuple[EditionReport, ...] = ()
    gap: Gap | None = "none"
    known_from: date | None = None
    """In a shallow clone: the day of the edition before which nothing is known."""


@remembered(2, whole=False)
def by_subject(chronicle: Chronicle, atlas: Atlas) -> Mapping[Subject, Mapping[str, Sequence[ChangeEntry]]]:
    """Return the changes by what they concern, under its present id, and by the commit of their edition."""
    known = moves(atlas)
    found: dict[Subject, dict[str, list[ChangeEntry]]] = {}
    for edition in chronicle.editions:
        for one in edition.changes:
            here = {
                (section, known.id(kind, id) if (kind := _KINDS.get(section)) else id)
                for section, id in subjects(one.concerns)
            }
            for subject in here:
                found.setdefault(subject, {}).setdefault(edition.commit, []).append(one)
    return found


def said_last(chronicle: Chronicle, kind: str, id: str) -> tuple[ChangeEntry, ...]:
    """Return what was told when a record was withdrawn: its own entry, and those of its claims.

    ``kind`` is "city", "instrument", "action" or "source". The newest edition that withdrew it counts; there
    is none where the history does not reach back so far.
    """
    folder = {"city": "cities", "instrument": "instruments", "action": "actions", "source": "sources"}.get(
        kind
    )
    for edition in chronicle.editions:
        found = tuple(
            one
            for one in edition.changes
            if one.act == "removed" and _is_about(one.name.partition("|")[0], kind, f"{folder}/{id}", id)
        )
        if found:
            return found
    return ()


def _is_about(record: str, kind: str, own: str, id: str) -> bool:
    if kind == "city":
        return record == own or (record.startswith("commitments/") and disputed_claim(record)[0] == id)
    return record == own or (kind == "instrument" and record.startswith(f"commitments/{id}:"))


def subjects(of: Concerns) -> Iterator[Subject]:
    """Yield what has a feed of its own among what is concerned."""
    yield from (("cities", id) for id in of.cities)
    yield from (("instruments", id) for id in of.instruments)
    yield from (("countries", code.lower()) for code in of.countries)
    yield from (("topics", id) for id in of.topics)


def describe_edition(
    before: Atlas,
    after: Atlas,
    days: Editions,
    left_out: Iterable[str],
    languages: Sequence[Language],
    addresses: Addresses,
) -> tuple[ChangeEntry, ...]:
    """Return every change from one atlas to the next, in the order of the first language's report."""
    pair = Pair(before, after)
    changes = compare(before, after, days, frozenset(left_out))
    words: dict[int, dict[str, tuple[str, str, int]]] = {id(change): {} for change in changes}
    ordered: list[Change] = []
    for lang in languages:
        entries = report(pair, changes, lang, addresses, days.now)
        for number, entry in enumerate(entries):
            words[id(entry.change)][lang.code] = (entry.sentence, entry.group[1], number)
        ordered = ordered or [entry.change for entry in entries]
    names = _names(ordered)
    return tuple(
        _told(change, name, pair, words[id(change)]) for change, name in zip(ordered, names, strict=True)
    )


def _names(changes: Iterable[Change]) -> Iterator[str]:
    """Yield a name for each change; what would have the same one is numbered."""
    seen: Counter[str] = Counter()
    for one in changes:
        after = "; ".join(one.after) if isinstance(one.after, tuple) else one.after
        name = "|".join((one.record, one.act, one.field, str(one.when or ""), after))
        seen[name] += 1
        yield name if seen[name] == 1 else f"{name}|{seen[name]}"


def _told(change: Change, name: str, pair: Pair, words: Mapping[str, tuple[str, str, int]]) -> ChangeEntry:
    return ChangeEntry(
        name=name,
        part=_part(change),
        kind=change.kind,
        act=change.act,
        sentence={code: sentence for code, (sentence, _, _) in words.items()},
        group={code: heading for code, (_, heading, _) in words.items()},
        order={code: number for code, (_, _, number) in words.items()},
        pages=pages(change, pair),
        concerns=concerns(change, pair),
    )


def _part(change: Change) -> Part:
    if change.nature == "world":
        return "world"
    status = change.field == "status" and bool(change.before)
    return "corrected" if status or change.act in _WRONG else "learnt"


def record_counts(atlas: Atlas) -> Mapping[str, int]:
    """Return how many records of each kind an atlas holds."""
    found = Counter(map(atlas.vocabulary.family, atlas.instruments.values()))
    return {
        "cities": len(atlas.cities),
        "networks": found["network"],
        "charters": found["charter"],
        **{id: found[id] for id in atlas.vocabulary.families},
        "commitments": len(atlas.commitments),
        "actions": len(atlas.actions),
        "sources": len(atlas.sources),
    }


def all_concerns(atlas: Atlas) -> Concerns:
    """Return the subjects of every record of an atlas."""
    return Concerns(
        cities=tuple(atlas.cities),
        instruments=tuple(atlas.instruments),
        countries=tuple(atlas.cities_of_country),
        topics=tuple(atlas.vocabulary.topics),
    )


# Kept as JSON ---------------------------------------------------------------------------------


_OF_ITS_NAME = frozenset({"day", "time", "commit", "former"})
"""What the name of the file that keeps an edition says of it."""


def as_json(edition: EditionReport) -> str:
    """Return what an edition says as JSON; its day, time and commits are those of its name."""
    return json.dumps(edition, ensure_ascii=False, separators=(",", ":"), default=_plain)


def _plain(record: ChangeEntry | Concerns | EditionReport) -> dict[str, Any]:
    """Return the values of a record by name; ``asdict`` would copy each of them."""
    return {one.name: getattr(record, one.name) for one in fields(record) if one.name not in _OF_ITS_NAME}


def from_json(kept: str, named: Mapping[str, Any]) -> EditionReport:
    """Return an edition as ``as_json`` kept it; raises KeyError, TypeError or ValueError otherwise."""
    told = json.loads(kept)
    told["begins_with"] = _concerns(told["begins_with"])
    told["changes"] = tuple(
        ChangeEntry(
            **one | {"pages": tuple(map(tuple, one["pages"])), "concerns": _concerns(one["concerns"])}
        )
        for one in told["changes"]
    )
    return EditionReport(**told, **named)


def _concerns(kept: Mapping[str, Sequence[str]]) -> Concerns:
    return Concerns(**{name: tuple(ids) for name, ids in kept.items()})
