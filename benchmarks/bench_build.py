"""How long a build takes, stage by stage, how much memory, and how fast it could be at best.

Run: ``python benchmarks/bench_build.py 100 1000 --runs 3`` (or ``make bench``). For each number of cities:
the
stages of one process; a whole build from nothing; one after one row was changed; and the time in which the
same bytes are written by a loop that does nothing else. Runs are interleaved and medians are printed, with
the share of
the machine that others used meanwhile. Nothing is asserted: the numbers are for people.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from synthetic import ROOT, write_dataset

EPOCH = "1795305600"  # the day of the edition, so that all runs make the same

STAGES = """\
import resource, sys, time
from datetime import date
from pathlib import Path
def stage(name, seconds):
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"  {name:<10} {seconds:8.2f} s   peak {peak:6.0f} MB", flush=True)
clock = time.process_time
began = clock()
from atlas.addresses import Addresses
from atlas.assemble import assemble
from atlas.i18n import Language
from atlas.load import load
from atlas.prose import Texts
from atlas.regions import read_regions
from atlas.render.basemap import Basemap
from atlas.render.sheet import Sheets
from atlas.rendering import Edition, Press
from atlas import routes
from atlas.routes import Page, Scene
from atlas.templates import Templates
from atlas.validate import validate
from atlas.views.lens import Lens
from atlas.watched import Watched
stage("import", clock() - began)
data, output, day = Path(sys.argv[1]), Path(sys.argv[2]), date(2026, 11, 22)
began = clock(); dataset = load(data); stage("load", clock() - began)
began = clock(); found = list(validate(dataset, today=day)); stage("validate", clock() - began)
began = clock(); atlas = Watched(assemble(dataset, found)); stage("assemble", clock() - began)
languages = tuple(Language(code, default="en") for code in ("en", "pl"))
addresses, regions = Addresses(languages), read_regions()
lenses = tuple(Lens(atlas=atlas, lang=l, addresses=addresses, as_of=day, regions=regions) for l in languages)
sheets, texts = Sheets(Basemap.load()), Texts([], atlas)
edition = Edition(scenes={l.lang.code: Scene(l, lenses, sheets, texts, ()) for l in lenses},
                  templates=Templates(Path("theme/templates")), siteurl="https://example.org", code_url=None)
began = clock(); jobs = edition.jobs(); stage("list jobs", clock() - began)
times, press = dict(views=0.0, render=0.0, write=0.0), Press(edition, output)
for job in jobs:
    scene, began = edition.scenes[job.lang], clock()
    made = routes.make(scene, job)
    files = [] if isinstance(made, Page) else list(made)
    times["views"] += clock() - began; began = clock()
    if isinstance(made, Page):
        files = [(made.name, edition.page(scene, made))]
    times["render"] += clock() - began; began = clock()
    for name, content in files:
        press.write(name, content)
    times["write"] += clock() - began
for name, seconds in times.items():
    stage(name, seconds)
print(f"  {len(jobs)} jobs: {len(jobs) / sum(times.values()):.0f} a second in one process")
"""


class Run(NamedTuple):
    """What one process took."""

    wall: float
    cpu: float
    peak_mb: float
    others: float
    """Processors that others used meanwhile, on average."""
    said: str


def run(command: list[str], **environ: str) -> Run:
    """Run a command and measure it; raises CalledProcessError with what it said."""
    busy, began = _busy(), time.perf_counter()
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **environ}, stdout=said, stderr=said, text=True
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        wall = time.perf_counter() - began
        said.seek(0)
        text = said.read()
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}\n{text}")
    cpu = used.ru_utime + used.ru_stime
    return Run(wall, cpu, used.ru_maxrss / 1024, max(0.0, (_busy() - busy - cpu) / wall), text)


def _busy() -> float:
    """Return the seconds that all processors have worked since the machine started; 0 where it does not
    say."""
    try:
        values = [int(value) for value in Path("/proc/stat").read_text().split("\n")[0].split()[1:9]]
    except OSError:
        return 0.0
    return (sum(values) - values[3] - values[4]) / os.sysconf("SC_CLK_TCK")


def build(data: Path, output: Path, cache: Path, texts: Path) -> Run:
    """Build the real theme in both languages, everything on but the search and the cards."""
    settings = [f"ATLAS_DATA={str(data)!r}", f"ATLAS_CACHE={str(cache)!r}", "ATLAS_SEARCH=false"]
    quoted = [setting.replace("'", '"') for setting in settings]
    command = [sys.executable, "-m", "pelican", str(texts), "-s", "pelicanconf.py", "-o", str(output)]
    return run([*command, "-e", *quoted], SOURCE_DATE_EPOCH=EPOCH)


def change_a_row(data: Path, number: int) -> None:
    """Give one commitment another date."""
    file = sorted((data / "commitments").glob("network-*.csv"))[0]
    lines = file.read_text("utf-8").split("\n")
    cells = lines[1].split(",")
    cells[3] = f"{2000 + number}-01-01"
    lines[1] = ",".join(cells)
    file.write_text("\n".join(lines), "utf-8", newline="")


def only_write(source: Path, target: Path) -> float:
    """Return the seconds in which the same bytes are written into files of the same names."""
    contents = [(f.relative_to(source), f.read_bytes()) for f in sorted(source.rglob("*")) if f.is_file()]
    began = time.perf_counter()
    made: set[Path] = set()
    for name, content in contents:
        folder = (target / name).parent
        if folder not in made:
            folder.mkdir(parents=True, exist_ok=True)
            made.add(folder)
        (target / name).write_bytes(content)
    return time.perf_counter() - began


def measure(cities: int, runs: int, scratch: Path) -> None:
    """Measure one size and print a table of it."""
    data, texts = scratch / "data", scratch / "texts"
    write_dataset(data, cities)
    (texts / "pages").mkdir(parents=True)
    print(f"\n{cities} cities\n", flush=True)
    stages = run(
        [sys.executable, "-c", STAGES, str(data), str(scratch / "stages")], PYTHONPATH=str(ROOT / "plugins")
    )
    print(stages.said, flush=True)
    cold, warm, plain = [], [], []
    for number in range(runs):
        output = scratch / "site"
        for old in (output, scratch / "cache", scratch / "plain", scratch / ".site.manifest"):
            shutil.rmtree(old, ignore_errors=True) if old.is_dir() else old.unlink(missing_ok=True)
        cold.append(build(data, output, scratch / "cache", texts))
        change_a_row(data, number)
        warm.append(build(data, output, scratch / "cache", texts))
        plain.append(only_write(output, scratch / "plain"))
    files = [f for f in (scratch / "site").rglob("*") if f.is_file()]
    size = sum(file.stat().st_size for file in files) / 1e6
    print(f"  {len(files)} files, {size:.1f} MB; medians of {runs}\n")
    print(f"  {'':<28}{'seconds':>9}{'CPU s':>9}{'files/s':>9}{'peak MB':>9}{'others':>8}")
    for title, every in (("from nothing", cold), ("after one changed row", warm)):
        middle = _median(every, lambda one: one.wall)
        rate = len(files) / middle.wall
        print(
            f"  {title:<28}{middle.wall:>9.1f}{middle.cpu:>9.1f}{rate:>9.0f}{middle.peak_mb:>9.0f}"
            f"{middle.others:>8.1f}"
        )
    print(f"  {'only writing the same bytes':<28}{statistics.median(plain):>9.1f}")
    print(
        "  " + next((line for line in warm[-1].said.split("\n") if "new or changed" in line), ""), flush=True
    )


def _median(every: list[Run], key: Callable[[Run], float]) -> Run:
    return sorted(every, key=key)[len(every) // 2]


def main() -> int:
    """Measure every size that was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cities", type=int, nargs="*", default=[100, 1000])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--scratch", type=Path, help="a folder on a fast disk, such as /dev/shm")
    options = parser.parse_args()
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} processors; CPU seconds are of all processes")
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for cities in options.cities:
        with tempfile.TemporaryDirectory(dir=options.scratch) as scratch:
            measure(cities, options.runs, Path(scratch))
    return 0


if __name__ == "__main__":
    sys.exit(main())
