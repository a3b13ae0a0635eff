"""Gives damaged datasets to the commands and holds every answer against what was promised.

``python -m tests.proof.fuzzing FOLDER --seed 1 --first 0 --inputs 1000`` works in FOLDER and prints what it
found as JSON. Each input may use SECONDS of processor time; whoever uses more is ended by the system, and
FOLDER/current says which input that was. Run one input again with ``--first N --inputs 1``.
"""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
import functools
import io
import json
import os
import re
import resource
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

from tests.proof.mutations import Files, mutated

from atlas.build.read_data import read_atlas
from atlas.cli import fmt as fmt_module
from atlas.cli import main as cli
from atlas.dataset.canonical.values import canonical_cell
from atlas.dataset.canonical.yaml import canonical_yaml, meaning
from atlas.dataset.history import git as history
from atlas.dataset.reading import load as load_module
from atlas.dataset.reading.csv_table import parse_csv
from atlas.dataset.reading.load import Dataset, load
from atlas.dataset.reading.yaml_tree import parse_yaml
from atlas.findings import Finding
from atlas.model.schema import Record, schema

ROOT = Path(__file__).resolve().parent.parent.parent
GOOD = ROOT / "tests/data/good"
SAMPLE = ROOT / "tests/data/sample"
SECONDS = 5
MEGABYTES = 300
MOST_FAULTS = 20
EPOCH = "1769904000"
"""2026-02-01: what lies in the future must not depend on the day of the test."""
FORMATS = (
    ["--format=json"],
    [],
    ["--lang=pl"],
    ["--format=github"],
    ["--format=json", "--lang=pl", "--strict"],
)
ERROR = re.compile(r"^(?:\S.*:\d+:\d+: E-[A-Z]+ |::error )", re.MULTILINE)
CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class Broken(Exception):
    """A promise that was not kept, in a sentence."""


def read(folder: Path) -> Files:
    """Return the files of a dataset by their names."""
    files = {}
    for inside, _, names in os.walk(folder):
        below = inside[len(str(folder)) :].lstrip("/")
        for name in names:
            with open(f"{inside}/{name}", "rb") as file:
                files[f"{below}/{name}" if below else name] = file.read()
    return files


def small() -> Files:
    """Return the valid dataset of the tests with only those codes that it uses: an input takes less."""
    files = read(GOOD)
    del files["README.md"]
    used = b" ".join(data for name, data in files.items() if name != "vocabulary.yaml").decode()
    kept: list[str] = []
    section, keep = "", True
    for line in files["vocabulary.yaml"].decode().splitlines(keepends=True):
        if not line.startswith(" "):
            section, keep = line.split(":")[0], True
        elif line.startswith("  ") and line[2] not in " -#":
            code = line.strip().split(":")[0].strip("'")
            keep = re.search(rf"\b{re.escape(code)}\b", used) is not None or section not in (
                "topics", "statuses", "action_kinds", "action_statuses", "roles", "source_types",
            )  # fmt: skip
        if keep:
            kept.append(line)
    return files | {"vocabulary.yaml": "".join(kept).encode()}


def excerpt() -> Files:
    """Return the files of the excerpt of the atlas; of long tables the head and some rows."""
    files = {name: data for name, data in read(SAMPLE).items() if name.endswith((".csv", ".yaml"))}
    for name in [name for name in files if name.endswith(".csv")]:
        lines = files[name].splitlines(keepends=True)
        files[name] = b"".join([*lines[:1], *lines[1 :: max(1, len(lines) // 12)]])
    return files


def write(folder: Path, files: Files, former: Files) -> None:
    """Turn a folder that holds ``former`` into one that holds ``files``."""
    for name in former.keys() - files.keys():
        (folder / name).unlink()
    for name, data in files.items():
        if former.get(name) != data:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)


def run(*arguments: str) -> tuple[int, str]:
    """Run a command in this process; return its code and what it printed."""
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8", newline=""), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = cli.main(arguments)
    out.flush()
    said = out.buffer.getvalue().decode("utf-8")  # type: ignore[attr-defined]  # a BytesIO
    if err.getvalue() or code not in (0, 1):
        raise Broken(f"atlas {' '.join(arguments)}: code {code}: {err.getvalue()[:2000]}")
    return code, said


def check(number: int, files: Files) -> bool:
    """Check the data as one of the formats says it; return whether it was accepted."""
    options = FORMATS[number % len(FORMATS)]
    code, said = run("check", *options)
    if control := CONTROLS.search(said):
        raise Broken(
            f"check prints {control.group()!r}: {said[max(0, control.start() - 90) : control.end()]!r}"
        )
    if "--format=json" in options:
        found = json.loads(said)["findings"]
        for one in found:
            _stands(one, files)
        errors = [one for one in found if one["severity"] == "error" or "--strict" in options]
    else:
        errors = ERROR.findall(said)
    if bool(errors) != bool(code):
        raise Broken(f"check {options}: code {code} with {len(errors)} errors: {said[:2000]}")
    if read(Path("data")) != files:
        raise Broken("check changed the data")
    return not code or ("--strict" in options and not any(one["severity"] == "error" for one in found))


def _stands(one: dict[str, Any], files: Files) -> None:
    """The place of a finding must be in its file."""
    name, line, column = one["path"].removeprefix("data/"), one["line"], one["column"]
    if len(one["value"]) > 80 * 10:
        raise Broken(f"a value of {len(one['value'])} characters: {one}")
    if name not in files or one["code"] in ("E-ENCODING", "E-SIZE", "E-LONG"):
        return
    lines = re.split("\r\n|\r|\n", files[name].decode("utf-8-sig", "replace"))
    if not 1 <= line <= len(lines) or not 1 <= column <= len(lines[line - 1]) + 1:
        raise Broken(f"a finding that stands outside its file: {one}")


def fmt(accepted: bool) -> None:
    """Format the data: unchanged where it cannot be read, else canonical with the same meaning."""
    data = Path("data")
    before, said_before = read(data), _meaning(load(data))
    today = datetime.fromtimestamp(int(EPOCH), UTC).date()
    atlas = read_atlas(data, today) if accepted else None
    code, said = run("fmt")
    after = read(data)
    if CONTROLS.search(said):
        raise Broken(f"fmt prints a control character: {said!r}")
    if after.keys() != before.keys():
        raise Broken(f"fmt left or lost files: {after.keys() ^ before.keys()}")
    if code:
        if after != before:
            raise Broken(f"fmt said {said!r} and changed the data")
        if not ERROR.search(said):
            raise Broken(f"fmt refused without a finding: {said}")
        if accepted:
            raise Broken(f"check accepts what fmt refuses: {said}")
        return
    again, said_again = run("fmt", "--check")
    if again or read(data) != after:
        raise Broken(f"a second fmt: {said_again}")
    if _meaning(load(data)) != said_before:
        raise Broken("fmt changed the meaning")
    if atlas is not None:
        now = read_atlas(data, today)
        for one in dataclasses.fields(atlas):
            if one.compare and getattr(atlas, one.name) != getattr(now, one.name):
                raise Broken(f"fmt changed {one.name}")


def _meaning(dataset: Dataset) -> dict[str, object]:
    """Return what a dataset says, whatever its spelling and the order of its rows and columns."""
    records = schema(dataset.languages)
    named = {"cities": "city", "sources": "source", "contradictions": "contradiction", "retired": "retired"}
    tables = [(records[named[name]], table) for name, table in dataset.tables.items()]
    tables += [(records["commitment"], table) for table in dataset.commitments.values()]
    tables += [(records["listed"], table) for table in dataset.lists.values()]
    said: dict[str, object] = {}
    for record, table in tables:
        columns = [record.by_name.get(name) for name in table.header.values]
        rows = [
            sorted(zip(table.header.values, map(canonical_cell, columns, row.values), strict=False))
            for row in table.rows
            if any(cell.strip() for cell in row.values)
        ]
        said[table.path] = (sorted(table.header.values), sorted(rows))
    for kind in ("networks", "charters", "actions"):
        said |= {one.path: meaning(one.root) for one in getattr(dataset, kind).values()}
    if dataset.vocabulary:
        said["vocabulary"] = meaning(dataset.vocabulary.root)
    return said


class Remembered:
    """Reads the undamaged files of a dataset once: an input takes half the time.

    ``altered`` tells afterwards whether somebody changed what was read, which would have hidden something.
    """

    def __init__(self, parse: Callable[..., Any], texts: frozenset[str]) -> None:
        """Stand in for ``parse(text, path, …, found)``."""
        self.parse, self.texts = parse, texts
        self.known: dict[tuple[str, ...], tuple[Any, list[Finding]]] = {}

    def __call__(self, *asked: Any) -> Any:
        *arguments, found = asked
        if arguments[0] not in self.texts:
            return self.parse(*asked)
        key = tuple(arguments)
        if key not in self.known:
            own: list[Finding] = []
            self.known[key] = (self.parse(*arguments, own), own)
        result, own = self.known[key]
        found.extend(own)
        return result

    def altered(self) -> list[str]:
        """Return the files whose records are not what reading them gives."""
        return [
            path
            for (text, path, *more), (result, _) in self.known.items()
            if self.parse(text, path, *more, []) != result
        ]


def remember(seeds: Files) -> tuple[Remembered, ...]:
    """Let the commands read the seeds once."""
    texts = frozenset(data.decode() for data in seeds.values())
    both = (Remembered(parse_csv, texts), Remembered(parse_yaml, texts))
    for module in (load_module, fmt_module):
        module.parse_csv, module.parse_yaml = both  # type: ignore[attr-defined,assignment]  # what they imported
    forms: dict[tuple[str, str, tuple[str, ...]], str] = {}

    def canonical(record: Record, text: str, languages: tuple[str, ...]) -> str:
        if text not in texts:
            return canonical_yaml(record, text, languages)
        key = (record.name, text, languages)
        if key not in forms:
            forms[key] = canonical_yaml(record, text, languages)
        return forms[key]

    fmt_module.canonical_yaml = canonical  # type: ignore[attr-defined]
    return both


@contextlib.contextmanager
def bounded() -> Iterator[None]:
    """End this process where the block uses too much of the processor."""
    signal.setitimer(signal.ITIMER_PROF, SECONDS)  # nobody handles it: the system ends the process
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def peak() -> int:
    """Return the most memory this program has had, in megabytes.

    Linux keeps the peak of the process that started it in `ru_maxrss`, and a whole run of tests is large.
    """
    status = Path("/proc/self/status")
    if status.is_file():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) // 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> int:
    """Try the inputs and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--inputs", type=int, default=1000)
    parser.add_argument("--seconds", type=float, default=1e9, help="begin no further input after so long")
    options = parser.parse_args()
    os.environ["SOURCE_DATE_EPOCH"] = EPOCH
    # No history to compare with and no power cut: git and the disk need not be asked each time.
    history.in_repository = lambda folder: False
    os.fsync = lambda handle: None
    cli.parser = functools.cache(cli.parser)
    seeds, others = small(), excerpt()
    readers = remember(seeds)
    folder: Path = options.folder
    (folder / "data").mkdir(parents=True)
    os.chdir(folder)
    # What programs allocate; the address space also counts what is only mapped.
    resource.setrlimit(resource.RLIMIT_DATA, (MEGABYTES << 20, MEGABYTES << 20))
    faults: list[dict[str, object]] = []
    accepted = done = 0
    began = time.monotonic()
    with Path("current").open("w") as current:
        for number in range(options.first, options.first + options.inputs):
            if time.monotonic() - began > options.seconds or len(faults) >= MOST_FAULTS:
                break
            current.seek(0)
            current.write(f"{number:12}")
            current.flush()
            files = mutated(seeds, others, Random(f"{options.seed} {number}"))
            write(Path("data"), files, read(Path("data")))
            good = False
            try:
                with bounded():
                    good = check(number, files)
                    if number % (2 if good else 12) == 0:
                        fmt(good)
            except Exception as error:
                faults.append({"input": number, "fault": f"{type(error).__name__}: {error}"[:3000]})
                shutil.rmtree(f"fault-{number}", ignore_errors=True)
                Path(f"fault-{number}").mkdir()
                write(Path(f"fault-{number}"), files, {})
            accepted += good
            done += 1
    faults += [
        {"input": 0, "fault": f"changed while it was used: {path}"}
        for one in readers
        for path in one.altered()
    ]
    told = {"inputs": done, "accepted": accepted, "peak_megabytes": peak(), "faults": faults}
    json.dump(told, sys.stdout, indent=1)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
