"""What each kind of page costs and how large it gets, from samples: also where there are too many to build.

Run: ``python benchmarks/bench_kinds.py 1000 10000``. Makes up the data, opens it with the real theme in one
process and does some jobs of every kind, neighbours from several places; the first of each, which works out
what its neighbours share, is not counted. Prints a table for each number of cities: how many jobs there are,
the processor time of one in milliseconds, its bytes, its largest file, and what all would take. Nothing is
asserted and nothing is built whole.
"""

from __future__ import annotations

import argparse
import gc
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple, TypeVar

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent / "plugins"), str(HERE.parent), str(HERE)]

from measuring import own_peak_mb  # noqa: E402
from one_process import done, opened  # noqa: E402

from atlas.cache.reads import noting  # noqa: E402
from atlas.site.blueprint import Edition  # noqa: E402
from atlas.site.jobs import Job  # noqa: E402

T = TypeVar("T")


class Kind(NamedTuple):
    """A kind of job and what some of its jobs took."""

    name: str
    jobs: int
    seconds: float
    """Of one."""
    size: float
    """Of all files of one, in bytes."""
    largest: tuple[int, str]

    @property
    def all(self) -> float:
        """What all jobs would take, in seconds."""
        return self.seconds * self.jobs


def kinds(edition: Edition, samples: int) -> Iterator[Kind]:
    """Do some jobs of each kind: the first, the last, and runs of neighbours between, as workers do them."""
    by_kind: defaultdict[str, list[Job]] = defaultdict(list)
    for job in edition.jobs():
        by_kind[job.route].append(job)
    for name, jobs in by_kind.items():
        taken: list[float] = []
        size, number, largest = 0, 0, (0, "")
        for run in _spread(jobs, samples):
            took: list[float] = []
            for job in run:
                with noting():  # as in a build, which remembers what each page has read
                    files, view, render = done(edition, job)
                took.append(view + render)
                size += sum(map(len, files.values()))
                number += 1
                largest = max([largest, *((len(content), path) for path, content in files.items())])
            # The first works out what it shares with its neighbours, of which a build has many more.
            taken += took if len(run) == len(jobs) else took[1:]
        yield Kind(name, len(jobs), sum(taken) / len(taken), size / number, largest)


def _spread(jobs: list[Job], samples: int, runs: int = 4) -> Iterator[list[Job]]:
    """Yield all jobs, or neighbours from several places."""
    if len(jobs) <= samples:
        yield jobs
        return
    length = max(2, samples // runs)
    for number in range(runs):
        start = (len(jobs) - length) * number // (runs - 1)
        yield jobs[start : start + length]


def table(found: list[Kind]) -> Iterator[str]:
    """Yield the lines of a table in Markdown, what takes longest first."""
    yield "| kind | jobs | ms each | KB each | largest file, KB | all, s |"
    yield "|---|--:|--:|--:|---|--:|"
    for one in sorted(found, key=lambda one: -one.all):
        size, path = one.largest
        yield (
            f"| {one.name} | {one.jobs:,} | {one.seconds * 1000:.1f} | {one.size / 1000:.1f} "
            f"| {size / 1000:,.0f} `{path}` | {one.all:.1f} |"
        )
    yield f"| all | {sum(one.jobs for one in found):,} | | | | {sum(one.all for one in found):.0f} |"


def measure(cities: int, samples: int) -> None:
    """Make up the data of so many cities, open it, and print its table."""
    with tempfile.TemporaryDirectory() as folder:
        data, texts = Path(folder, "data"), Path(folder, "texts")
        (texts / "pages").mkdir(parents=True)
        made = [sys.executable, str(HERE / "synthetic.py"), str(data), "--cities", str(cities)]
        subprocess.run(made, check=True)
        os.environ |= {"ATLAS_DATA": str(data), "ATLAS_CACHE": f"{folder}/cache"}
        print(f"\n{cities:,} cities: ", end="")

        def timed(stage: str, work: Callable[[], T]) -> T:
            began = time.process_time()
            result = work()
            print(f"{stage} {time.process_time() - began:.2f} s, ", end="", flush=True)
            return result

        edition = opened(str(HERE / "theme/real.py"), str(texts), f"{folder}/site", timed)[0]
        gc.collect()
        gc.freeze()
        found = list(kinds(edition, samples))
        print(f"{own_peak_mb():.0f} MB at most\n")
        print(*table(found), sep="\n")


def main() -> int:
    """Measure each number of cities that was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cities", type=int, nargs="*", default=[1000])
    parser.add_argument("--samples", type=int, default=24, help="how many jobs of each kind")
    options = parser.parse_args()
    for cities in options.cities:
        measure(cities, options.samples)
    return 0


if __name__ == "__main__":
    sys.exit(main())
