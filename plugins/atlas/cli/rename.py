"""``atlas rename``: give a record another id in every file, and keep the former one."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from pathlib import Path

from ..changes.comparison.renames import RETIRED_AS, Renames
from ..dataset.canonical.csv import canonical_csv, with_row
from ..dataset.reading.csv_table import Table, parse_csv
from ..dataset.reading.load import Dataset, load, with_files
from ..dataset.write import read_file, write_files
from ..errors import UsageError
from ..findings import Finding, Place, as_text
from ..model.schema import LIST_SEPARATOR, Field, Record, list_entries, schema
from ..validate import validate
from ..validate.context import Context, scalars
from ..validate.values import id_problem
from .check import today
from .dialogue import Talk, check_known
from .edit.rows import Edit, edited
from .messages import SAID

_FAMILIES = ("network", "charter")
_REASONS = {"en": "It has another id now.", "pl": "Ma teraz inny identyfikator."}


def run(options: argparse.Namespace) -> int:
    """Write every file that changes; return 0, or 1 where the result would not be right."""
    talk, dataset = Talk(options.lang), load(options.data)
    _asked(options, dataset)
    rename = _Rename(options.kind, options.old, options.new, options.data, dataset)
    contents, removed = rename.files()
    found = _tried(dataset, contents, removed)
    if found:
        print(as_text(found, talk.t), end="")
        talk.tell(SAID.rename.mend_and_try_again)
        return 1
    write_files({options.data / name: data for name, data in contents.items()})
    for name in removed:
        (options.data / name).unlink()
    print("\n".join(dataset.path(name) for name in sorted({*contents, *removed})))
    return 0


def _asked(options: argparse.Namespace, dataset: Dataset) -> None:
    """Raise UsageError for a record that is not there, and for an id that none may have."""
    context = Context(dataset, today())
    ids: Mapping[str, Mapping[str, object]] = {
        "city": context.cities,
        "network": dataset.networks,
        "charter": dataset.charters,
        "action": dataset.actions,
        "source": context.sources,
    }
    known = ids[options.kind]
    check_known(options.kind, [options.old], known)
    if problem := id_problem(options.new):
        found = problem.at(Place("NEW"), "NEW", options.new)
        raise UsageError(found.message, value=found.value, **found.fields)
    if options.new == options.old:
        raise UsageError(SAID.rename.same_id, id=options.new)
    taken = {**known, **context.instruments} if options.kind in _FAMILIES else known
    if options.new in taken:
        raise UsageError(SAID.rename.other_record, id=options.new)


class _Rename:
    """One rename, and what every file becomes by it."""

    def __init__(self, kind: str, old: str, new: str, data: Path, dataset: Dataset) -> None:
        """Take the kind of the record and its ids."""
        self.kind, self.old, self.new, self.data, self.dataset = kind, old, new, data, dataset
        self.refers = next(named for named, kinds in RETIRED_AS.items() if kind in kinds)
        self.records = schema(dataset.languages)
        moved = Renames({named: {} for named in RETIRED_AS} | {self.refers: {old: new}})
        self.rules = {("action", "commitments"): moved.claim, ("contradiction", "record"): moved.record}

    def files(self) -> tuple[dict[str, bytes], tuple[str, ...]]:
        """Return the new contents of files by their names below the data, and the files that go."""
        contents = dict(self._tables()) | dict(self._documents())
        removed = []
        for name in self._named():
            data = contents.pop(name, None)
            contents[name.replace(self.old, self.new)] = data or read_file(self.data / name)
            removed.append(name)
        if self.kind != "city":
            self._retire(contents)
        return contents, tuple(removed)

    def _named(self) -> Iterator[str]:
        """Yield the files that are named after the record."""
        if (record := self.records[self.kind]).format == "yaml":
            yield record.path.format(id=self.old)
        for folder in ("commitments", "lists") if self.kind in _FAMILIES else ():
            if (self.data / folder / f"{self.old}.csv").is_file():
                yield f"{folder}/{self.old}.csv"

    def _retire(self, contents: dict[str, bytes]) -> None:
        name = "retired.csv"
        data = contents.get(name) or read_file(self.data / name)
        row = {"kind": self.kind, "id": self.old, "replaced_by": self.new, "on": today().isoformat()}
        row |= {f"reason_{code}": _REASONS.get(code, "") for code in self.dataset.languages}
        contents[name] = with_row(self.records["retired"], data, self.dataset.path(name), row).data

    # Tables

    def _tables(self) -> Iterator[tuple[str, bytes]]:
        for record, table in Context(self.dataset, today()).tables():
            edits = self._edits(record, table)
            for path, data in edited(self.data, self.dataset, record.name, edits).items():
                before = read_file(self.data / path)
                ordered = _canonical(record, table.path, before) == before
                yield path, _canonical(record, table.path, data) if ordered else data

    def _edits(self, record: Record, table: Table) -> Iterator[Edit]:
        for row in table.rows:
            cells = {
                name: now
                for name in table.header.values
                if (one := record.by_name.get(name)) is not None
                and (was := table.get(row, name))
                and (now := self._text(record, one, was)) != was
            }
            if record.name == self.kind and table.get(row, "id") == self.old:
                cells["id"] = self.new
                if self.kind == "city":
                    kept = [one for one in list_entries(table.get(row, "former_ids")) if one != self.new]
                    cells["former_ids"] = LIST_SEPARATOR.join([*kept, self.old])
            if cells:
                yield table, row, cells

    # Documents

    def _documents(self) -> Iterator[tuple[str, bytes]]:
        for record, document in Context(self.dataset, today()).documents():
            places = [
                (value.place.line, value.place.column, value.text, now)
                for value in scalars(document.root, record.whole)
                if (now := self._text(record, value.field, value.text)) != value.text
            ]
            if places:
                path = self.dataset.name(document.path)
                yield path, _replaced(read_file(self.data / path), places)

    # Values

    def _text(self, record: Record, one: Field, text: str) -> str:
        """Return a value with the new id in place of the former one."""
        rule = self._id if one.refers == self.refers else self.rules.get((record.name, one.name))
        if rule is None:
            return text
        return LIST_SEPARATOR.join(map(rule, text.split(LIST_SEPARATOR))) if one.many else rule(text)

    def _id(self, text: str) -> str:
        return self.new if text.strip() == self.old else text


def _canonical(record: Record, path: str, data: bytes) -> bytes:
    table = parse_csv(data.decode("utf-8"), path, [])
    return canonical_csv(record, table.header.values, (row.values for row in table.rows)).encode()


def _replaced(data: bytes, places: list[tuple[int, int, str, str]]) -> bytes:
    """Return a document with texts replaced where they stand; the last ones first, so that none moves."""
    lines = data.decode("utf-8").splitlines(keepends=True)
    for line, column, old, new in sorted(places, reverse=True):
        text = lines[line - 1]
        lines[line - 1] = text[: column - 1] + text[column - 1 :].replace(old, new, 1)
    return "".join(lines).encode()


def _tried(dataset: Dataset, contents: Mapping[str, bytes], removed: tuple[str, ...]) -> list[Finding]:
    """Return the errors that the data would have, which nobody has written yet."""
    after = with_files(dataset, contents)
    for name in removed:
        folder, _, file = name.partition("/")
        del getattr(after, folder)[Path(file).stem]
    told = {dataset.path(name) for name in (*contents, *removed)}
    kept = [one for one in dataset.findings if one.path not in told]
    found = [*kept, *after.findings, *validate(after, today=today())]
    return [one for one in found if one.severity == "error"]
