"""Rules about what a change takes away, against a revision in git.

Outside a git repository, or where the revision has no data, there is nothing to
compare and nothing is found.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ...dataset.reading.csv_table import parse_csv
from ...findings import N_, Finding, Place, Word, finding
from ...model.schema import LIST_SEPARATOR
from ..context import Context

MOST_DELETED = 0.05
"""The share of a table's rows that one change may delete without saying why."""

_NAMES = {
    "city": N_("cities"),
    "source": N_("sources"),
    "commitment": N_("commitments"),
    "action": N_("actions"),
    "instrument": N_("instruments"),
}


@dataclass(slots=True)
class Base:
    """The ids of a former revision, as far as they may have gone since.

    Files that did not change cannot have lost a row and are only counted.
    """

    revision: str
    ids: dict[str, list[str]] = field(default_factory=dict)
    """Ids by kind in the files that changed; one for each row."""
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
        text = content.decode("utf-8-sig", "replace")
        base.ids.setdefault(kind, []).extend(_csv_ids(name, text))
    return base


def _kind(name: str) -> str | None:
    tables = {"cities.csv": "city", "sources.csv": "source"}
    if name in tables:
        return tables[name]
    folder, _, rest = name.partition("/")
    if "/" in rest:
        return None
    if folder == "commitments" and rest.endswith(".csv"):
        return "commitment"
    if folder == "actions" and rest.endswith(".yaml"):
        return "action"
    return "instrument" if folder in ("networks", "charters") and rest.endswith(".yaml") else None


def _csv_ids(name: str, text: str) -> list[str]:
    table = parse_csv(text.replace("\r\n", "\n"), name, [])
    if name.startswith("commitments/"):
        return [f"{city}/{Path(name).stem}" for _, city in table.column("city") if city]
    return [id_ for _, id_ in table.column("id") if id_]


def deletions(context: Context, base: Base | None) -> Iterator[Finding]:
    """A change that deletes more than 5 % of the rows of a table says why in ``retired.csv``."""
    if base is None:
        return
    now = _ids_today(context)
    for kind, former in base.ids.items():
        if _unread(context, kind):
            continue
        gone = sorted((Counter(former) - Counter(now[kind])).elements())
        if kind == "commitment":
            gone = [id_ for id_ in gone if not context.unread_members(id_.rpartition("/")[2])]
        if not gone:
            continue
        total = len(former) + _unchanged_rows(context, kind, base)
        unsaid = [id_ for id_ in gone if id_ not in _retired(context, kind)]
        if unsaid and len(gone) > total * MOST_DELETED:
            yield finding(
                "E-DELETED",
                Place(_where(context, kind)),
                N_("{count} of {total} {kind} of {base} are gone, {unsaid} without a word: {ids}"),
                hint=N_("put them back, or name each in retired.csv with a reason"),
                count=len(gone),
                total=total,
                kind=Word(_NAMES[kind]),
                base=base.revision,
                unsaid=len(unsaid),
                ids=", ".join(unsaid[:5]) + (" …" if len(unsaid) > 5 else ""),
            )


def _unread(context: Context, kind: str) -> bool:
    """Tell whether what stands there today could not be read, which has a finding of its own."""
    folders = {"action": ("actions",), "instrument": ("networks", "charters"), "commitment": ("commitments",)}
    if kind in folders:
        return not context.data.unreadable.isdisjoint(folders[kind])
    return context.unread("city" if kind == "city" else "source")


def _ids_today(context: Context) -> dict[str, list[str]]:
    former = _former_ids(context)
    return {
        "city": [*context.cities, *former],
        "source": list(context.sources),
        "commitment": [
            f"{id_}/{instrument}"
            for instrument in context.data.commitments
            for _, city in context.members(instrument)
            for id_ in (city, *(old for old, new in former.items() if new == city))
        ],
        "action": list(context.actions),
        "instrument": list(context.instruments),
    }


def _former_ids(context: Context) -> dict[str, str]:
    """Return present ids by former ones: what is renamed is not gone."""
    table = context.data.table("cities")
    return {
        old.strip(): table.get(row, "id")
        for row, cell in table.column("former_ids")
        for old in cell.split(LIST_SEPARATOR)
        if old.strip()
    }


def _unchanged_rows(context: Context, kind: str, base: Base) -> int:
    if kind != "commitment":
        return 0
    tables = context.data.commitments.items()
    return sum(len(table.rows) for id_, table in tables if f"commitments/{id_}.csv" in base.same_files)


def _retired(context: Context, kind: str) -> set[str]:
    kinds = ("network", "charter", "instrument") if kind == "instrument" else (kind,)
    table = context.data.table("retired")
    return {table.get(row, "id") for row, named in table.column("kind") if named in kinds}


def _where(context: Context, kind: str) -> str:
    names = {
        "city": "cities.csv",
        "source": "sources.csv",
        "commitment": "commitments",
        "action": "actions",
        "instrument": "networks",
    }
    return context.data.path(names[kind])
