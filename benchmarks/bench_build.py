"""How long builds take, beside those of other generators, and how fast they could be at best.

Run: ``make bench``, or ``python benchmarks/bench_build.py 100 1000 --runs 3 --peers FOLDER --write``. For
each number of cities there are two comparisons: the same pages by this engine and by its peers, and the real
theme in two languages. Each builder builds from nothing, then again after one row was changed; another
program only writes the same bytes. The runs of all are interleaved and medians are told, with the share of
the machine that others used meanwhile. ``--write`` keeps the table and the plot in ``docs/performance.md``.
Nothing is asserted: the numbers are for people.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import report
import same
from builders import EPOCH, HERE, OURS, Builder, Task, builders
from measuring import Run, TooLong, machine, median, remove, run
from report import Comparison, Line, Size

ROOT = HERE.parent
WRITING = "only writing the bytes"
REAL = "real theme, two languages"
AT_ONCE = 50
"""How many files are read before they are written."""


def measure(task: Task, builder: Builder, number: int, limit: float) -> tuple[Run, Run]:
    """Build from nothing, change a row, and build again."""
    remove(task.output, task.scratch, *task.output.parent.glob(f".{task.output.name}.*"))
    task.scratch.mkdir(parents=True)
    builder.prepare(task)
    environ = builder.environ(task)
    cold = run(builder.command(task), folder=task.scratch, environ=environ, limit=limit)
    change_a_row(task, number)
    return cold, run(builder.command(task), folder=task.scratch, environ=environ, limit=limit)


def change_a_row(task: Task, number: int) -> None:
    """Give one commitment another date, in both forms of the data."""
    until = f"{2000 + number % 20}-0{1 + number // 20 % 9}-11"
    file = sorted((task.data / "commitments").glob("n*.csv"))[0]
    _replace(file, 1, 3, until)
    if task.tables.is_dir():
        _replace(task.tables / "memberships.csv", 1, 3, until)


def _replace(file: Path, row: int, column: int, value: str) -> None:
    lines = file.read_text("utf-8").split("\n")
    cells = lines[row].split(",")
    cells[column] = value
    lines[row] = ",".join(cells)
    file.write_text("\n".join(lines), "utf-8", newline="")


def only_write(source: Path, target: Path) -> float:
    """Return the seconds in which the same bytes are written into files of the same names.

    A few files are in memory at a time: this process stays small (see ``run``).
    """
    found = sorted(path for path in source.rglob("*") if path.is_file())
    remove(target)
    spent, made = 0.0, set[Path]()
    for start in range(0, len(found), AT_ONCE):
        part = found[start : start + AT_ONCE]
        contents = [(target / path.relative_to(source), path.read_bytes()) for path in part]
        began = time.perf_counter()
        for path, content in contents:
            if path.parent not in made:
                path.parent.mkdir(parents=True, exist_ok=True)
                made.add(path.parent)
            path.write_bytes(content)
        spent += time.perf_counter() - began
    remove(target)
    return spent


def compare(every: list[Builder], task: Task, runs: int, limit: float, check: Path | None) -> Comparison:
    """Measure every builder, their runs interleaved; with ``check``, hold the pages against that folder."""
    cold: dict[str, list[Run]] = {}
    warm: dict[str, list[Run]] = {}
    writing, notes, files, size, said = [], {}, 0, 0, ""
    for number in range(runs):
        for builder in every:
            if builder.version is None or builder.name in notes:
                continue
            try:
                first, second = measure(task, builder, number, limit)
            except TooLong:
                notes[builder.name] = f"more than {limit:.0f} s"
                continue
            cold.setdefault(builder.name, []).append(first)
            warm.setdefault(builder.name, []).append(second)
            if builder.name in (OURS, REAL):
                found = [path for path in task.output.rglob("*") if path.is_file()]
                files, size = len(found), sum(path.stat().st_size for path in found)
                said = next((line for line in second.said.splitlines() if "new or changed" in line), "")
                writing.append(only_write(task.output, task.output.with_name("written")))
            if check and number == 0:
                _check(builder, task, check)
            print(f"  {builder.name:<28} {first.wall:8.2f} s, after a row {second.wall:8.2f} s", flush=True)
    lines = [
        Line(builder.name, builder.version or "", median(cold[builder.name]), median(warm[builder.name]))
        if builder.name in cold
        else Line(builder.name, builder.version or "", note=notes.get(builder.name, "not installed"))
        for builder in every
    ]
    return Comparison(lines, statistics.median(writing), files, size, said)


def _check(builder: Builder, task: Task, reference: Path) -> None:
    """Stop where a page is not the same as Jinja2 alone makes of the same rows."""
    remove(reference)
    command = [sys.executable, str(HERE / "peers/plain.py"), str(task.tables), str(reference)]
    subprocess.run(command, check=True)
    found = [
        line for line in same.differences(reference, task.output) if line.split(":")[0] not in builder.more
    ]
    remove(reference)
    if found:
        raise SystemExit("\n".join([f"{builder.name} makes other pages:", *found[:10]]))


def stages(settings: str, data: Path, scratch: Path) -> report.Stages:
    """Return what each stage takes in one process."""
    (scratch / "texts/pages").mkdir(parents=True)
    command = [sys.executable, str(HERE / "stages.py"), str(HERE / "theme" / settings)]
    environ = {
        "ATLAS_DATA": str(data), "ATLAS_CACHE": str(scratch / "cache"), "SOURCE_DATE_EPOCH": EPOCH,
        "ATLAS_SEARCH": "1", "PYTHONPATH": f"{ROOT / 'plugins'}:{HERE / 'theme'}",
    }  # fmt: skip
    done = run([*command, str(scratch / "texts"), str(scratch / "site")], folder=ROOT, environ=environ)
    told = json.loads(done.said.strip().splitlines()[-1])
    remove(scratch)
    return report.Stages(told["stages"], told["jobs"], told["files"], told["characters"])


def real() -> Builder:
    """Return the builder of the real theme."""

    def command(task: Task) -> list[str]:
        settings, texts = str(HERE / "theme/real.py"), str(task.scratch / "texts")
        return [sys.executable, "-m", "pelican", texts, "-s", settings, "-o", str(task.output)]

    ours = builders(Path())[0]

    def prepare(task: Task) -> None:
        ours.prepare(task)
        (task.scratch / "node_modules").symlink_to(ROOT / "node_modules")

    return Builder(REAL, "", command, prepare, ours.environ)


def size(cities: int, options: argparse.Namespace, scratch: Path) -> Size:
    """Measure one number of cities."""
    print(f"\n{cities} cities", flush=True)
    # Another process makes the data: this one stays small, or its memory would be counted as theirs.
    made = [sys.executable, str(HERE / "alike.py"), str(scratch / "alike"), "--cities", str(cities)]
    subprocess.run(made, check=True)
    task = Task(scratch / "alike/data", scratch / "alike/csv", scratch / "site", scratch / "work")
    chosen = [one for one in builders(options.peers) if one.name == OURS or options.only in ("", one.name)]
    alike = compare(chosen, task, options.runs, options.limit, scratch / "reference")
    alike_stages = stages("settings.py", task.data, scratch / "stages")
    remove(scratch / "alike", task.output, *scratch.glob(".site.*"))
    if cities > options.real:
        return Size(cities, alike, alike_stages)
    made = [sys.executable, str(HERE / "synthetic.py"), str(scratch / "data"), "--cities", str(cities)]
    subprocess.run(made, check=True)
    task = Task(scratch / "data", scratch / "none", scratch / "site", scratch / "work")
    whole = compare([real()], task, options.runs, float("inf"), None)
    return Size(cities, alike, alike_stages, whole, stages("real.py", task.data, scratch / "stages"))


def main() -> int:
    """Measure every size that was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cities", type=int, nargs="*", default=[100, 1000])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--peers", type=Path, default=ROOT / "build/peers", help="where they are installed")
    parser.add_argument("--only", default="", help="the one peer to build with")
    parser.add_argument("--limit", type=float, default=900, help="seconds that a peer may take")
    parser.add_argument("--real", type=int, default=10_000, help="the most cities for the real theme")
    parser.add_argument("--scratch", type=Path, help="a folder on a fast disk, such as /dev/shm")
    parser.add_argument("--write", type=Path, nargs="?", const=ROOT / "docs", help="keep the table there")
    options = parser.parse_args()
    options.peers = options.peers.resolve()
    sizes = []
    for cities in options.cities:
        with tempfile.TemporaryDirectory(dir=options.scratch) as scratch:
            sizes.append(size(cities, options, Path(scratch)))
    commit = (
        shutil.which("git")
        and subprocess.run(
            ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
        ).stdout.strip()
    )
    told = report.table(sizes, machine(), datetime.now(UTC).date(), options.runs, commit or "")
    print(told)
    if options.write:
        report.keep(options.write, told, sizes)
    return 0


if __name__ == "__main__":
    sys.exit(main())
