"""Rules about what a change takes away, against a revision in git.

Outside a git repository, or where the revision has no data, there is nothing to
compare and nothing is found.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ...dataset.reading.csv_table import parse_csv
from ...findings import Finding, Place, Word, finding
from ...model.claim_ids import claim_id, claim_parts, end_of
from ...model.schema import list_entries
from ..context import Context
from .periods import Dates, claims, dates_of, kept_ids

MOST_DELETED = 0.05
"""The share of a table's rows that one change may delete without saying why."""

_KINDS = {
    "cities.csv": "city",
    "sources.csv": "source",
    "commitments": "commitment",
    "actions": "action",
    "networks": "instrument",
    "charters": "instrument",
}
"""The kinds of records by the file or the folder that holds them."""


@dataclass(slots=True)
class Base:
    """The ids of a former revision, as far as they may have gone since.

    Files that did not change cannot have lost a row and are only counted.
    """

    revision: str
    ids: dict[str, list[str]] = field(default_factory=dict)
    """Ids by kind in the files that changed."""
    claims: dict[str, Dates] = field(default_factory=dict)
    """When the claims of the files that changed were, by id."""
    same_files: set[str] = field(default_factory=set)


def base_ids(data_dir: Path, revision: str | None = None) -> Base | None:
    """Return what stood in ``data_dir`` at ``revision`` (HEAD unless told), or None.

    Raises UsageError for a revision that was asked for and does not exist.
    """
    from ...dataset.history import git as history  # a fifth of the time to start, and only needed here

    asked = revision or history.HEAD
    if not history.in_repository(data_dir):
        return None
    if revision:
        commit = history.find_revision(data_dir, revision).commit
    elif (found := history.commit_of(data_dir, asked)) is not None:
        commit = found
    else:
        return None
    files = history.files_at(data_dir, commit)
    if not files:
        return None
    base = Base(asked)
    changed: list[tuple[str, str]] = []
    for name, blob in files.items():
        if (kind := _kind(name)) is None:
            continue
        if name.endswith(".yaml"):
            base.ids.setdefault(kind, []).append(Path(name).stem)
        elif history.blob_of(data_dir / name) == blob:
            base.same_files.add(name)
        else:
            changed.append((name, blob))
    for name, content in history.contents(data_dir, changed):
        kind = _kind(name)
        assert kind is not None  # only such files are asked for
        table = parse_csv(content.decode("utf-8-sig", "replace").replace("\r\n", "\n"), name, [])
        if kind == "commitment":
            rows = claims(Path(name).stem, table)
            base.claims |= {id_: dates_of(table, row) for id_, row in rows.items()}
            base.ids.setdefault(kind, []).extend(rows)
        else:
            base.ids.setdefault(kind, []).extend(id_ for _, id_ in table.column("id") if id_)
    return base


def _kind(name: str) -> str | None:
    folder, *rest = name.split("/")
    kind = _KINDS.get(folder)
    ending = ".csv" if kind == "commitment" else ".yaml"
    return kind if not rest or (len(rest) == 1 and name.endswith(ending)) else None


def changes(context: Context, base: Base | None) -> Iterator[Finding]:
    """A change takes nothing away without a word, and gives no id another meaning."""
    if base is None:
        return
    moved = _moved(context)
    yield from _deletions(context, base, moved)
    yield from kept_ids(
        context, {moved.id("commitment", id_): was for id_, was in base.claims.items()}, base.revision
    )


def _deletions(context: Context, base: Base, moved: Moved) -> Iterator[Finding]:
    """Yield tables of which a change deletes more than 5 % without saying why in ``retired.csv``."""
    for kind, former in base.ids.items():
        places = [place for place, one in _KINDS.items() if one == kind]
        if context.unread(kind) or not context.data.unreadable.isdisjoint(places):
            continue  # what stands there today could not be read, which has a finding of its own
        now = context.ids(kind)
        gone = sorted(id_ for id_ in former if moved.id(kind, id_) not in now)
        total = len(former)
        if kind == "commitment":
            gone = [id_ for id_ in gone if not _unread_claim(context, moved.id(kind, id_))]
            total += _unchanged_rows(context, base)
        unsaid = [id_ for id_ in gone if not moved.said(kind, id_)]
        if unsaid and len(gone) > total * MOST_DELETED:
            yield finding(
                "E-DELETED",
                "unsaid",
                Place(context.data.path(places[0])),
                count=len(gone),
                total=total,
                kind=Word("cities" if kind == "city" else f"{kind}s"),
                base=base.revision,
                unsaid=len(unsaid),
                ids=", ".join(unsaid[:5]) + (" …" if len(unsaid) > 5 else ""),
            )


def _unread_claim(context: Context, id_: str) -> bool:
    """Tell whether a claim may stand in a file or a row that could not be read."""
    city, instrument, _ = claim_parts(id_)
    if context.unread_members(instrument):
        return True
    table = context.data.commitments.get(instrument)
    read = {row.line for row in table.rows} if table else set()
    return any(one == city and line not in read for line, one in context.members(instrument))


@dataclass(frozen=True, slots=True)
class Moved:
    """What ``former_ids`` and ``retired.csv`` say of ids that are gone."""

    successors: Mapping[str, Mapping[str, str]]
    """By kind and former id; empty where nothing stands instead."""

    def id(self, kind: str, id_: str) -> str:
        """Return the present id of a record; of a claim its city and its instrument may have another one."""
        if kind == "commitment":
            city, instrument, period = claim_parts(id_)
            id_ = claim_id(self.id("city", city), self.id("instrument", instrument), period)
        return end_of(id_, self.successors[kind])

    def said(self, kind: str, id_: str) -> bool:
        """Tell whether it is said that a record is gone; a claim goes with its city and its instrument."""
        if id_ in self.successors[kind]:
            return True
        city, instrument, _ = claim_parts(id_)
        return kind == "commitment" and (self.said("city", city) or self.said("instrument", instrument))


def _moved(context: Context) -> Moved:
    successors: dict[str, dict[str, str]] = {kind: {} for kind in _KINDS.values()}
    table = context.data.table("retired")
    for row, named in table.column("kind"):
        kind = "instrument" if named in ("network", "charter") else named
        if kind in successors:
            successors[kind][table.get(row, "id")] = table.get(row, "replaced_by")
    cities = context.data.table("cities")
    for row, cell in cities.column("former_ids"):
        successors["city"] |= dict.fromkeys(list_entries(cell), cities.get(row, "id"))
    return Moved(successors)


def _unchanged_rows(context: Context, base: Base) -> int:
    tables = context.data.commitments.items()
    return sum(len(table.rows) for id_, table in tables if f"commitments/{id_}.csv" in base.same_files)
