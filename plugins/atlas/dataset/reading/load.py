"""Bytes to records with positions; the only reader of ``data/``.

Loading never decides what a value means. It finds the files, reads them as strict
CSV and YAML, and keeps for every value where it stands.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any, TypeAlias

from ...errors import UsageError, refused
from ...findings import N_, Finding, Place, finding, printable
from ...model.schema import DEFAULT_LANGUAGES, LANGUAGE_PATTERN, Record
from .csv_table import Table, parse_csv
from .file_names import FOLDERS, TABLES, is_spreadsheet, meant_file, meant_folder, passed_over
from .text_file import CSV_BYTES, YAML_BYTES, decoded, read_bytes
from .yaml_lines import by_lines
from .yaml_tree import Document, Scalar, parse_yaml

Memory: TypeAlias = dict[str, tuple[bytes, Table | Document]]
"""What a process that stays has read without a finding, by path: the same bytes need not be parsed again."""
REQUIRED = ("cities.csv", "sources.csv", "vocabulary.yaml")


@dataclass(slots=True)
class Dataset:
    """Everything that stands in ``data/``, still as text, with what was wrong on reading."""

    root: str
    """The folder as findings show it, with forward slashes."""
    languages: tuple[str, ...] = DEFAULT_LANGUAGES
    vocabulary: Document | None = None
    tables: dict[str, Table] = field(default_factory=dict)
    """``cities``, ``sources``, ``contradictions`` and ``retired``, as far as they exist."""
    commitments: dict[str, Table] = field(default_factory=dict)
    """By the id of the instrument, which is the name of the file."""
    lists: dict[str, Table] = field(default_factory=dict)
    """What instruments list themselves, by the id of the instrument."""
    networks: dict[str, Document] = field(default_factory=dict)
    charters: dict[str, Document] = field(default_factory=dict)
    actions: dict[str, Document] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    unreadable: set[str] = field(default_factory=set)
    """Names of files below the folder that exist but could not be read as what they should be."""

    def table(self, name: str) -> Table:
        """Return the table ``name``; an empty one where the file is missing."""
        return self.tables.get(name) or Table(self.path(f"{name}.csv"))

    def path(self, name: str) -> str:
        """Return the file or folder ``name`` below the data as findings show it."""
        return name if self.root == "." else f"{self.root}/{name}"

    def name(self, path: str) -> str:
        """Return the name below the data of a file as findings show it."""
        return path.removeprefix(self.path(""))

    def read(self, record: Record) -> Iterable[Any]:
        """Return the tables or documents of one kind of record, as far as they could be read."""
        path = PurePosixPath(record.path)
        if len(path.parts) > 1:
            return getattr(self, path.parts[0]).values()  # type: ignore[no-any-return]  # as the folder is called
        single = self.vocabulary if path.suffix == ".yaml" else self.tables.get(path.stem)
        return [single] if single else []

    @property
    def instruments(self) -> dict[str, Document]:
        """Return networks and charters together, by id."""
        return {**self.charters, **self.networks}


def load(data_dir: Path, memory: Memory | None = None) -> Dataset:
    """Return what stands in ``data_dir``; wrong bytes become findings and never stop the reading.

    What the ``memory`` has is not parsed again. Raises UsageError where there is no such folder.
    """
    if not data_dir.is_dir():
        raise UsageError(N_("{path}: no such folder; name the folder of the data with --data"), path=data_dir)
    dataset = Dataset(shown_path(data_dir))
    try:
        for name, file in _files(data_dir, dataset):
            _read(name, file, dataset, memory)
    except OSError as error:
        raise refused(error) from error
    dataset.languages = _languages(dataset.vocabulary)
    for name in REQUIRED:
        if name not in dataset.unreadable and not (data_dir / name).exists():
            dataset.findings.append(
                finding("E-FILE", "missing", Place(dataset.path(name)), path=dataset.path(name))
            )
            dataset.unreadable.add(name)  # so that nothing is said of the ids that it held
    return dataset


def shown_path(path: Path) -> str:
    """Return ``path`` relative to the working directory when it lies below it, else as given."""
    try:
        return path.absolute().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()


def _files(data_dir: Path, dataset: Dataset) -> list[tuple[str, os.DirEntry[str]]]:
    """Return the files that belong to a dataset, by their names below the folder, sorted."""
    accepted: list[tuple[str, os.DirEntry[str]]] = []
    known = {"vocabulary.yaml", *(f"{name}.csv" for name in TABLES)}
    for entry in _entries(data_dir):
        if entry.is_symlink():
            _refuse(dataset, entry.name, "link")
        elif entry.is_dir() and entry.name in FOLDERS:
            for nested in _entries(Path(entry.path)):
                name = f"{entry.name}/{nested.name}"
                if _regular(nested, name, dataset):
                    if nested.name.endswith(FOLDERS[entry.name]):
                        accepted.append((name, nested))
                    else:
                        _misnamed(dataset, data_dir, name, meant_file(entry.name, nested.name))
        elif entry.is_dir():
            _unknown_folder(dataset, data_dir, entry)
        elif _regular(entry, entry.name, dataset):
            if entry.name in known:
                accepted.append((entry.name, entry))
            else:
                _misnamed(dataset, data_dir, entry.name, meant_file("", entry.name))
    return accepted


def _entries(folder: Path) -> Sequence[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        kept = [
            entry
            for entry in entries
            if not passed_over(entry.name) and not (entry.name.endswith(".md") and _is_plain(entry))
        ]
    return sorted(kept, key=lambda entry: entry.name)


def _is_plain(entry: os.DirEntry[str]) -> bool:
    return stat.S_ISREG(entry.stat(follow_symlinks=False).st_mode)


def _regular(entry: os.DirEntry[str], name: str, dataset: Dataset) -> bool:
    if entry.is_symlink():
        _refuse(dataset, name, "link")
        return False
    if not _is_plain(entry):
        _refuse(dataset, name, "irregular")
        return False
    if not name.isprintable():
        _refuse(dataset, name, "name")
        return False
    return True


def _refuse(dataset: Dataset, name: str, why: str, near: str = "") -> None:
    dataset.unreadable.add(name)
    place = Place(dataset.path(printable(name)))
    dataset.findings.append(finding("E-FILE", why, place, near=near))


def _misnamed(dataset: Dataset, data_dir: Path, name: str, meant: str) -> None:
    """Refuse a file by its name; where another was meant, nobody misses what it holds."""
    if meant:
        _expect(dataset, data_dir, meant)
        _refuse(dataset, name, "near-file", meant)
    else:
        _refuse(dataset, name, "spreadsheet" if is_spreadsheet(name) else "no-data")


def _unknown_folder(dataset: Dataset, data_dir: Path, entry: os.DirEntry[str]) -> None:
    meant = meant_folder(entry.name)
    if not meant:
        _refuse(dataset, entry.name, "no-folder")
        return
    for nested in _entries(Path(entry.path)):
        _expect(dataset, data_dir, f"{meant}/{PurePosixPath(nested.name).stem}{FOLDERS[meant]}")
    _refuse(dataset, entry.name, "near-folder", meant)


def _expect(dataset: Dataset, data_dir: Path, name: str) -> None:
    """Take a file for one that cannot be read, unless it is there under its own name as well."""
    if not (data_dir / name).exists():
        dataset.unreadable.add(name)


def _read(name: str, file: os.DirEntry[str], dataset: Dataset, memory: Memory | None) -> None:
    shown, found = dataset.path(name), dataset.findings
    before = len(found)
    data = read_bytes(file, shown, CSV_BYTES if name.endswith(".csv") else YAML_BYTES, found)
    if data is None:
        dataset.unreadable.add(name)
        return
    known = memory.get(shown) if memory else None
    parsed = known[1] if known and known[0] == data else _parsed(name, data, dataset)
    if memory is not None and parsed is not None and len(found) == before:
        memory[shown] = data, parsed
    _keep(name, parsed, dataset)


def _parsed(name: str, data: bytes, dataset: Dataset) -> Table | Document | None:
    """Return what the file ``name`` below the data holds; None after a finding that it holds nothing."""
    shown, found = dataset.path(name), dataset.findings
    text = decoded(data, shown, found)
    if text is None:
        return None
    if not name.endswith(".csv"):
        id_ = _stem(name)
        return by_lines(text, shown, id_) or parse_yaml(text, shown, id_, found)
    table = parse_csv(text, shown, found)
    return table if table.index else None


def _keep(name: str, parsed: Table | Document | None, dataset: Dataset) -> None:
    """Put what the file ``name`` below the data holds where it belongs."""
    folder = name.rpartition("/")[0]
    if parsed is None:
        dataset.unreadable.add(name)
    elif name == "vocabulary.yaml":
        assert isinstance(parsed, Document)
        dataset.vocabulary = parsed
    else:
        kept: dict[str, Table | Document] = getattr(dataset, folder or "tables")
        kept[_stem(name)] = parsed


def _stem(name: str) -> str:
    return name.rpartition("/")[2].rpartition(".")[0]


def with_files(dataset: Dataset, contents: Mapping[str, bytes]) -> Dataset:
    """Return ``dataset`` as it would be if the files in ``contents`` stood in its folder.

    ``contents`` are bytes by names below the folder. Nothing is read or written, so that a change
    can be checked before it is made; the findings are only those of these files.
    """
    held: dict[str, Any] = {name: dict(getattr(dataset, name)) for name in ("tables", *FOLDERS)}
    changed = replace(dataset, findings=[], unreadable=dataset.unreadable - contents.keys(), **held)
    for name, data in contents.items():
        _keep(name, _parsed(name, data, changed), changed)
    changed.languages = _languages(changed.vocabulary)
    return changed


def _languages(vocabulary: Document | None) -> tuple[str, ...]:
    """Return the languages that the vocabulary names, as far as they are codes."""
    codes = (
        [item.text for item in vocabulary.root.listed("languages", Scalar) if item.text] if vocabulary else []
    )
    good = tuple(dict.fromkeys(code for code in codes if LANGUAGE_PATTERN.fullmatch(code)))
    return good or DEFAULT_LANGUAGES
