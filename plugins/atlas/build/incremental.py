"""Incremental build: makes the pages that differ from the published ones, and all where there are none."""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple

from ..site.blueprint import Edition
from ..site.jobs import Job
from .folder_swap import Staging, public_folder
from .manifest import Manifest, Present
from .page_writer import Batch, Press
from .processes import background_result, in_background, local, spread

MIN_PAGES_PER_WORKER = 300
"""Below this, another process costs more than it saves: each works out anew what pages share.

Measured after one row of the real data: 223 pages took 2.7 s in one process and 3.6 s in two. What takes long
by itself and shares nothing with them goes into a process of its own in any case.
"""


class Begun(NamedTuple):
    """What is under way before it is known what else there is to do."""

    former: Manifest
    """What the last build made of what."""
    present: Present
    jobs: Sequence[Job] = ()
    made: Callable[[], Batch | None] = lambda: None
    """Waits for these jobs and returns what they made; None where that failed."""


@contextmanager
def begin_longest(edition: Edition, output: Path, workers: int, former: Manifest) -> Iterator[Begun]:
    """Begin the jobs that take longest, in a process of their own, where rows they have read are others.

    The block finds out meanwhile what else there is to do; it needs nothing that these jobs work out.
    """
    public = public_folder(output)
    present = Present(edition.digests, edition.result)
    former = former.within(edition.environment)
    known = edition.jobs(edition.blueprint.later) if public and workers > 1 else ()
    jobs = [job for job in known if former.surely_changed(job, present)]
    if not public or not jobs:
        yield Begun(former, present)
        return
    folder = Staging(public).ahead
    press = Press(edition, folder, public)
    try:
        with background_result(lambda: press(jobs)) as made:
            yield Begun(former, present, jobs, made)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def make(
    edition: Edition,
    jobs: Sequence[Job],
    output: Path,
    begun: Begun,
    *,
    workers: int,
    advance: Callable[[int], None],
) -> None:
    """Do all jobs of the edition, which write every page and file below a folder.

    In the workspace of a build, pages that are as they were are taken from the public folder, and what
    all were made from is left for the next build.
    """
    public = public_folder(output)
    former, present = begun.former, begun.present
    kept = dict.fromkeys(former.unchanged(jobs, present, public)) if public else {}
    if public:
        Staging(public).keep([name for job in kept for name in former.jobs[job][1]])
    advance(len(kept))
    under_way = frozenset(begun.jobs)
    left = [job for job in jobs if job not in kept and job not in under_way]
    press = Press(edition, output, public)
    manifest = Manifest(edition.environment)
    manifest.keep(former, kept, present)
    sharing = 1 + len(left) // MIN_PAGES_PER_WORKER
    first = sum(job.route in edition.blueprint.later for job in left)
    if min(workers, sharing) > 1:
        edition.blueprint.warm_up(edition.scenes)
    used = min(workers, sharing + bool(first))
    numbers: dict[int, list[int]] = defaultdict(list)
    with local(press, used) as executor:
        for batch in spread(press, left, executor, used, first):
            advance(len(batch.made))
            if public:
                add(manifest, batch, present, numbers[batch.process])
    if public:
        if begun.jobs:
            batch = _taken(begun, press, Staging(public).ahead)
            add(manifest, batch, present, numbers[batch.process])
            advance(len(batch.made))
        manifest.tables = edition.atlas.text.tables
        in_background(partial(manifest.save, Staging(public).new_manifest), workers)


def _taken(begun: Begun, press: Press, folder: Path) -> Batch:
    """Wait for what was begun, and put its files to the others."""
    batch = begun.made()
    if batch is None:  # what went wrong beside the others is told here
        return press(begun.jobs)
    for one in batch.made:
        for name in one.files:
            press.take(name, f"{folder}/{name}")
    return batch


def add(manifest: Manifest, batch: Batch, present: Present, numbers: list[int]) -> None:
    """Note what jobs made of what. ``numbers`` are those of all that their process has read so far."""
    for read, told in batch.new:
        told = told and (told[0], [numbers[one] for one in told[1]])
        numbers.append(manifest.add(read, told, present))
    for one in batch.made:
        manifest.jobs[one.job] = [numbers[read] for read in one.reads], one.files
