"""Incremental build: makes the pages that differ from the published ones, and all where there are none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from ..site.blueprint import Edition
from ..site.jobs import Job
from .folder_swap import Staging, public_folder
from .manifest import Manifest, Present, load
from .page_writer import Made, Press
from .processes import local, spread

MIN_PAGES_PER_WORKER = 300
"""Below this, another process costs more than it saves: each works out anew what pages share.

Measured after one row of the real data: 223 pages took 2.7 s in one process and 3.6 s in two. What takes long
by itself and shares nothing with them goes into a process of its own in any case.
"""


def make(
    edition: Edition,
    jobs: Sequence[Job],
    output: Path,
    *,
    workers: int,
    advance: Callable[[int], None],
) -> None:
    """Do all jobs of the edition, which write every page and file below a folder.

    In the workspace of a build, pages that are as they were are taken from the public folder, and what
    all were made from is left for the next build.
    """
    public = public_folder(output)
    present = Present(edition.digests, edition.result)
    former = load(Staging(public).manifest, edition.environment) if public else Manifest("")
    edition.atlas.text.tables = former.tables
    kept = dict.fromkeys(former.unchanged(jobs, present, public)) if public else {}
    if public:
        Staging(public).keep([name for job in kept for name in former.jobs[job][1]])
    advance(len(kept))
    left = [job for job in jobs if job not in kept]
    press = Press(edition, output, public)
    manifest = Manifest(former.environment)
    manifest.keep(former, kept, present)
    sharing = 1 + len(left) // MIN_PAGES_PER_WORKER
    first = sum(job.route in edition.blueprint.later for job in left)
    if min(workers, sharing) > 1:
        edition.blueprint.warm_up(edition.scenes)
    workers = min(workers, sharing + bool(first))
    with local(press, workers) as executor:
        for part in spread(press, left, executor, workers, first):
            advance(len(part))
            if public:
                add(manifest, part, present)
    if public:
        manifest.tables = edition.atlas.text.tables
        manifest.save(Staging(public).new_manifest)


def add(manifest: Manifest, made: Sequence[Made], present: Present) -> None:
    """Note what jobs made of what, as numbers: what each of them has read would fill the memory as text."""
    present.results = {read: told for one in made for read, told in one.results.items()}
    for one in made:
        manifest.jobs[one.job] = [manifest.number(read, present) for read in one.reads], one.files
