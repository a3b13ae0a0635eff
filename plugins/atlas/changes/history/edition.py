"""One edition of the data to compare: that of a revision, or what lies in the folder now.

Data with findings is compared as far as it can be: a record with an error on its lines is
left out on both sides, and named, so that it never looks added or removed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath

from ...dataset.assembly.assemble import assemble
from ...dataset.history import git as history
from ...dataset.reading.csv_table import Row, Table
from ...dataset.reading.load import Dataset, load
from ...errors import UsageError
from ...findings import N_, Finding
from ...model.records import Atlas
from ...validate import validate

_FOLDERS = {
    "cities": "cities",
    "sources": "sources",
    "networks": "instruments",
    "charters": "instruments",
    "actions": "actions",
}
"""Records by the table or the folder in which they stand."""


@dataclass(frozen=True, slots=True)
class EditionData:
    """The atlas of one edition; ``commit`` is empty for the working tree."""

    name: str
    commit: str
    day: date
    atlas: Atlas
    left_out: frozenset[str]
    """Records that could not be read, as ``compare`` names them."""


def edition(data_dir: Path, revision: str | None, today: date) -> EditionData:
    """Return the edition of a revision, or that of the working tree on ``today``.

    Raises UsageError for a revision that does not exist or has no data, EnvironmentFault
    where git is missing or cannot read it.
    """
    if revision is None:
        atlas, left_out = readable(load(data_dir), today)
        return EditionData("", "", today, atlas, left_out)
    found = history.find_revision(data_dir, revision)
    atlas, left_out = readable(history.read_revision(data_dir, found), today)
    return EditionData(revision, found.commit, found.day, atlas, left_out)


def readable(dataset: Dataset, today: date) -> tuple[Atlas, frozenset[str]]:
    """Return the atlas of every record without an error, and the names of the others.

    Raises UsageError where not even the vocabulary can be read.
    """
    if dataset.vocabulary is None:
        told = N_("{path}: cannot be read, so nothing can be compared")
        raise UsageError(told, path=dataset.path("vocabulary.yaml"))
    left_out = set(_unread(dataset))
    dataset.findings.clear()  # what they are about is left out already
    try:
        return assemble(dataset), frozenset(left_out)
    except ValueError:
        # A value is not what its column holds; the rules know where.
        errors = [one for one in validate(dataset, today=today) if one.severity == "error"]
    left_out |= set(_without(dataset, errors))
    return assemble(dataset), frozenset(left_out)


def _unread(dataset: Dataset) -> Iterable[str]:
    """Yield what files and rows that could not be read would have held."""
    for name in dataset.unreadable:
        path = PurePosixPath(name)
        folder = path.parent.name
        if folder == "commitments":
            yield f"commitments/{path.stem}:*"
        elif (folder or path.stem) in _FOLDERS:
            yield f"{_FOLDERS[folder or path.stem]}/{path.stem if folder else '*'}"
        elif path.stem == "contradictions":
            yield "contradictions/*"
    for instrument, table in dataset.commitments.items():
        yield from (f"commitments/{instrument}:{city}" for city in _lost(table, "city"))
    for name in ("cities", "sources"):
        yield from (f"{name}/{id}" for id in _lost(dataset.table(name), "id"))


def _lost(table: Table, column: str) -> Iterable[str]:
    """Yield what rows that could not be read have in a column, also nothing: an empty row may be any."""
    position = table.index.get(column, 0)
    return (row.values[position].strip() for row in table.lost if len(row.values) > position)


def _without(dataset: Dataset, errors: Iterable[Finding]) -> Iterable[str]:
    """Take every record with an error on its lines out of the dataset, and yield its name."""
    lines: dict[str, set[int]] = {}
    for one in errors:
        lines.setdefault(one.path, set()).add(one.line)
    for instrument, table in dataset.commitments.items():
        for row in _taken(table, lines):
            yield f"commitments/{instrument}:{table.get(row, 'city')}"
    for name, table in dataset.tables.items():
        for row in _taken(table, lines):
            # A value that sources dispute is compared with all the others of its field.
            yield table.get(row, "record") if name == "contradictions" else f"{name}/{table.get(row, 'id')}"
    for folder in ("networks", "charters", "actions"):
        documents = getattr(dataset, folder)
        for id in [id for id, document in documents.items() if document.path in lines]:
            del documents[id]
            yield f"{_FOLDERS[folder]}/{id}"


def _taken(table: Table, lines: dict[str, set[int]]) -> list[Row]:
    wrong = lines.get(table.path, set())
    taken = [row for row in table.rows if any(row.line <= line <= row.last_line for line in wrong)]
    table.rows[:] = [row for row in table.rows if row not in taken]
    return taken
