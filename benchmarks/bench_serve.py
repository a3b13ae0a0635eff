"""How soon an edited row is seen: seconds from the saved file to the page, as ``make serve`` shows it.

Run: ``python benchmarks/bench_serve.py --cities 1000 --runs 5``; without ``--cities`` it takes the data of
the atlas. A copy of the project is served from a scratch folder. After the time of the first build, the
first number is what the person waits for; the second is the whole build that follows, with all that differs.
Medians are printed, with how much of the machine was in use meanwhile.
"""

from __future__ import annotations

import argparse
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from measuring import busy, surroundings
from synthetic import ROOT, write_dataset


def copy_project(target: Path, cities: int) -> None:
    """Copy what a build needs, with made-up data of ``cities`` cities, or with that of the atlas for 0."""
    for folder in ("plugins", "theme", "scripts"):
        shutil.copytree(ROOT / folder, target / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("atlas.yaml", "pelicanconf.py"):
        shutil.copy(ROOT / name, target)
    (target / "node_modules").symlink_to(ROOT / "node_modules")
    if cities:
        write_dataset(target / "data", cities)
        (target / "content/pages").mkdir(parents=True)
    else:
        shutil.copytree(ROOT / "data", target / "data")
        shutil.copytree(ROOT / "content", target / "content")


class Row:
    """The first dated commitment of a dataset, and the address of its city."""

    def __init__(self, data: Path) -> None:
        """Find it; raises StopIteration where no commitment has a date."""
        files = sorted((data / "commitments").glob("*.csv"))
        self.file, self.cells = next(
            (file, line.split(","))
            for file in files
            for line in file.read_text("utf-8").split("\n")[1:]
            if re.fullmatch(r"[a-z0-9-]+,member,,[0-9-]{4,10},.*", line)
        )
        self.page = f"cities/{self.cells[0]}/"

    def date(self, year: int) -> None:
        """Give it the first day of a year."""
        old = ",".join(self.cells)
        self.cells[3] = f"{year}-01-01"
        text = self.file.read_text("utf-8")
        self.file.write_text(text.replace(old, ",".join(self.cells), 1), "utf-8", newline="")


def measure(project: Path, runs: int) -> None:
    """Serve a project, edit its row again and again, and print the medians."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environ = surroundings({"PYTHONPATH": str(project / "plugins"), "SOURCE_DATE_EPOCH": "1795305600"})
    command = [sys.executable, "-m", "scripts.serve", "--port", str(port)]
    log = project / "log"
    with log.open("w") as told:
        serving = subprocess.Popen(command, cwd=project, env=environ, stdout=told, stderr=told)
    try:
        number = _builds(log, serving, 0)
        first = log.read_text("utf-8").partition("-> built in ")[2].partition("\n")[0]
        print(f"  first built after {first}", flush=True)
        row, seen, whole = Row(project / "data"), [], []
        began_all, used = time.perf_counter(), busy()
        for run in range(runs):
            year = 1990 + run
            row.date(year)
            began = time.perf_counter()
            address = f"http://127.0.0.1:{port}/{row.page}"
            while f"{year}-01-01" not in _page(address):
                time.sleep(0.005)
            seen.append(time.perf_counter() - began)
            number = _builds(log, serving, number)
            whole.append(time.perf_counter() - began)
        wall = time.perf_counter() - began_all
        print(
            f"  seen after {statistics.median(seen):6.2f} s   built after {statistics.median(whole):6.1f} s"
        )
        print(f"  processors in use on average: {(busy() - used) / wall:.1f}", flush=True)
    finally:
        serving.send_signal(signal.SIGINT)
        serving.wait()


def _page(address: str) -> str:
    with urllib.request.urlopen(address) as answer:
        return str(answer.read().decode("utf-8"))


def _builds(log: Path, serving: subprocess.Popen[bytes], before: int) -> int:
    """Wait for another build to end and return their number; raises SystemExit where one failed."""
    while (number := (text := log.read_text("utf-8")).count("-> built in ")) == before:
        if serving.poll() is not None or "-> not built" in text:
            raise SystemExit(text)
        time.sleep(0.05)
    time.sleep(3)  # the watching goes on, and nobody has seen a page and edited its row sooner
    return number


def main() -> int:
    """Measure every size that was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cities", type=int, nargs="*", default=[0], help="0 is the data of the atlas")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--scratch", type=Path, help="a folder on a fast disk, such as /dev/shm")
    options = parser.parse_args()
    for cities in options.cities:
        with tempfile.TemporaryDirectory(dir=options.scratch) as scratch:
            project = Path(scratch) / "atlas"
            project.mkdir()
            copy_project(project, cities)
            print(f"{cities or 'the atlas'}", flush=True)
            measure(project, options.runs)
    return 0


if __name__ == "__main__":
    sys.exit(main())
