"""``atlas check --changed-since``: only the findings that a change touches.

A finding counts where the change touches the record it stands on: a row of a table (with
all its lines) or a whole YAML file, which is one record; a new header touches every row.
Elsewhere a finding counts where the former revision did not have it, because then the
change has caused it: a reference to an id that is gone, a period that overlaps a new one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path, PurePosixPath

from ..dataset.history import git as history
from ..dataset.history.git import Lines
from ..dataset.reading.csv_table import Table
from ..dataset.reading.load import Dataset
from ..findings import Finding
from ..validate import every_finding

_WANDERING = frozenset({"line", "path"})
"""Fields of a message that name a place, which moves when rows are added above it."""


def touched(
    found: Iterable[Finding],
    dataset: Dataset,
    data_dir: Path,
    revision: str,
    today: date,
) -> list[Finding]:
    """Return those of the findings that the change since ``revision`` touches.

    Raises UsageError where there is no such revision or no data in it, and EnvironmentFault where git cannot
    read it.
    """
    commit = history.find_revision(data_dir, revision)
    lines = history.changed_lines(data_dir, commit)
    former = history.read_revision(data_dir, commit)
    known = Counter(_key(one, former) for one in every_finding(former, today))
    kept = []
    for one in found:
        key = _key(one, dataset)
        known[key] -= 1
        if known[key] < 0 or _on_change(one, dataset, lines):
            kept.append(one)
    return kept


def _key(one: Finding, dataset: Dataset) -> tuple[object, ...]:
    """Return what a finding says, wherever it stands in its file."""
    said = tuple(
        (name, str(value))
        for name, value in sorted(one.fields.items())
        if name not in _WANDERING and not callable(value)
    )
    return one.code, dataset.name(one.path), one.message, one.value, said


def _on_change(one: Finding, dataset: Dataset, lines: Mapping[str, Lines]) -> bool:
    name = dataset.name(one.path)
    changed = lines.get(name)
    if changed is None:
        return False
    table = _table(dataset, name)
    if table is None or changed.whole or changed.touch(1, table.header.last_line):
        return True
    row = next((r for r in (*table.rows, *table.lost) if r.line <= one.line <= r.last_line), None)
    first, last = (row.line, row.last_line) if row else (one.line, one.line)
    return changed.touch(first, last)


def _table(dataset: Dataset, name: str) -> Table | None:
    path = PurePosixPath(name)
    if path.suffix != ".csv":
        return None
    tables = dataset.commitments if path.parent.name == "commitments" else dataset.tables
    return tables.get(path.stem)
