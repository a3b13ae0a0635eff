"""``atlas fmt``: the data files in their canonical form, without a change of meaning."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path
from types import MappingProxyType

from ..dataset.canonical.csv import canonical_csv
from ..dataset.canonical.spreadsheet import Repaired, RepairStep, repaired, words_beyond_ascii
from ..dataset.canonical.yaml import canonical_yaml, meaning
from ..dataset.reading.csv_table import MOST_FINDINGS, Table, parse_csv
from ..dataset.reading.load import Dataset, load, with_files
from ..dataset.reading.text_file import decoded
from ..dataset.reading.yaml_tree import parse_yaml
from ..dataset.write import read_file, read_if_there, write_files
from ..errors import FindingsError, InternalError
from ..findings import Finding, as_text
from ..model.schema import Record, schema
from .dialogue import Talk
from .messages import SAID


@dataclass(frozen=True, slots=True)
class Formatted:
    """One file: its bytes before and after."""

    path: str
    before: bytes
    after: bytes
    line: int
    """The first one that changes, 0 where none does; of what was repaired, as it is then."""
    steps: tuple[RepairStep, ...] = ()
    """What was repaired first."""


def run(options: argparse.Namespace) -> int:
    """Format the data, or tell what would change; return 0, or 1 as the help says."""
    talk = Talk(options.lang)
    dataset = load(options.data)
    mended: dict[str, tuple[bytes, Repaired]] = {}
    if options.repair:
        mended, dataset = repaired_tables(dataset, options.data)
    faults = unreadable(dataset)
    if faults:
        print(as_text(faults, talk.t), end="")
        print(talk.t(SAID.fmt.unproven if options.repair else SAID.fmt.stopped))
        return 1
    files = list(formatted(dataset, mended))
    changed = [one for one in files if one.after != one.before]
    if not options.check:
        write_files({Path(one.path): one.after for one in changed})
    for one in changed:
        print(*told(one, talk), sep="\n")
    forms = SAID.fmt.would_change if options.check else SAID.fmt.changed
    changes = talk.count(forms, len(changed), SAID.fmt.canonical)
    print(f"{talk.count(SAID.fmt.file, len(files))}: {changes}")
    return 1 if options.check and changed else 0


def unreadable(dataset: Dataset) -> list[Finding]:
    """Return the findings of reading that stand in the way of writing a file anew.

    Files that do not belong to the data, and files that are missing, do not; nor do empty lines.
    """
    return _in_the_way(
        dataset.findings, [*dataset.tables.values(), *dataset.commitments.values(), *dataset.lists.values()]
    )


def _in_the_way(found: Iterable[Finding], tables: Iterable[Table]) -> list[Finding]:
    blank = {
        (table.path, row.line)
        for table in tables
        if len(table.lost) < MOST_FINDINGS  # else the rest of the file was not even read
        for row in table.lost
        if not row.raw.strip()
    }
    return [
        one
        for one in found
        if one.code != "E-FILE" and not (one.code == "E-CELLS" and (one.path, one.line) in blank)
    ]


def repaired_tables(dataset: Dataset, folder: Path) -> tuple[dict[str, tuple[bytes, Repaired]], Dataset]:
    """Return the tables that can be repaired, by their paths, and the dataset as it would be with them."""
    named = {
        one.path: dataset.name(one.path)
        for one in dataset.findings
        if one.path.endswith(".csv") and one.code not in ("E-FILE", "E-SIZE")  # which are not even read
    }
    records = {record.path.partition("/")[0]: record for record in schema(dataset.languages).values()}
    tables = (*dataset.tables.values(), *dataset.commitments.values(), *dataset.lists.values())
    known = words_beyond_ascii(row.raw for table in tables for row in table.rows)
    mended: dict[str, tuple[bytes, Repaired]] = {}
    for path, name in named.items():
        before = read_if_there(folder / name)
        record = records.get(name.partition("/")[0])
        if before is not None and record and (done := repaired(before, record, known)):
            mended[path] = before, done
    after = with_files(dataset, {named[path]: done.data for path, (_, done) in mended.items()})
    after.findings = [*(one for one in dataset.findings if one.path not in mended), *after.findings]
    return mended, after


def formatted(
    dataset: Dataset, mended: Mapping[str, tuple[bytes, Repaired]] = MappingProxyType({})
) -> Iterator[Formatted]:
    """Yield every file of a dataset without ``unreadable`` findings, in canonical form.

    Files in ``mended`` were repaired: they are told with what was done, and with what they were before.
    """
    records = schema(dataset.languages).values()
    for record, path in [(kind, one.path) for kind in records for one in dataset.read(kind)]:
        if record.format == "csv":
            before, done = mended.get(path) or (read_file(Path(path)), None)
            one = _table(record, path, done.data if done else before)
            yield replace(one, before=before, steps=done.steps) if done else one
        else:
            yield _document(record, path, dataset.languages)


def _table(record: Record, path: str, data: bytes) -> Formatted:
    found: list[Finding] = []
    table = parse_csv(decoded(data, path, found) or "", path, found)
    _unchanged(found, table)
    after = canonical_csv(record, table.header.values, (row.values for row in table.rows)).encode()
    return Formatted(path, data, after, _first_change(data, after))


def _document(record: Record, path: str, languages: tuple[str, ...]) -> Formatted:
    data = read_file(Path(path))
    found: list[Finding] = []
    read = decoded(data, path, found) or ""
    document = parse_yaml(read, path, "", found)
    _unchanged(found)
    text = canonical_yaml(record, read, languages)
    if text != read:
        again = parse_yaml(text, path, "", found)
        if found or document is None or again is None or meaning(document.root) != meaning(again.root):
            raise InternalError(f"{path}: the canonical form would change its meaning")
    return Formatted(path, data, text.encode(), _first_change(data, text.encode()))


def _unchanged(found: list[Finding], *tables: Table) -> None:
    """Raise FindingsError for a file that somebody has damaged since it was loaded."""
    if faults := _in_the_way(found, tables):
        raise FindingsError(faults)


def _first_change(before: bytes, after: bytes) -> int:
    """Return the first line, from 1, in which two contents differ; 0 where they are the same."""
    lines = zip_longest(before.splitlines(keepends=True), after.splitlines(keepends=True))
    return next((number for number, (was, now) in enumerate(lines, 1) if was != now), 0)


def told(one: Formatted, talk: Talk) -> Iterator[str]:
    """Yield a line for each step of the repair of a file, and one for the first change."""
    for step in one.steps:
        yield f"{one.path}:{step.line}: {talk.say(step.message, **step.fields)}"
    if one.line:
        yield f"{one.path}:{one.line}: {talk.t(SAID.fmt.first_change)}"
