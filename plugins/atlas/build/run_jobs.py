"""Who does the jobs of a build and where the files go: here, on a cluster, into a folder or into a store.

The jobs and what they make are the same in all cases. On this machine pages are written into the folder of
the build. The workers of a cluster write into the store, if there is one; otherwise they send what they made.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ..errors import EnvironmentFault
from ..site.jobs import Job
from .incremental import make
from .store_release import Entry, Publication, Stage
from ..site.edition import Edition, Press
from .output_files import Folder, Site, Stored, setting
from .processes import number_of_workers, spread

if TYPE_CHECKING:
    from .dask_cluster import Cluster

_MARKS = re.compile(rb'\sid="[^"]*"|<meta name="robots"[^>]*>')
_RENDERING = threading.Lock()
"""A worker of a cluster may have several threads; one renders while others send."""


class Sent(NamedTuple):
    """A job that was done elsewhere, and its files."""

    job: Job
    files: Mapping[str, bytes]


@dataclass(frozen=True)
class Sending:
    """Does jobs where there is no folder to write into, and returns what they made."""

    edition: Edition

    def __call__(self, jobs: Sequence[Job]) -> list[Sent]:
        """Do the jobs."""
        with _RENDERING:
            return [Sent(job, self.edition.files(job)) for job in jobs]


class Kept(NamedTuple):
    """A job that was done and stored elsewhere."""

    job: Job
    files: Mapping[str, Entry]
    marks: Mapping[str, bytes]


@dataclass(frozen=True)
class Storing:
    """Does jobs and stores what they made; returns what the manifest says of it."""

    edition: Edition
    stage: Stage

    def __call__(self, jobs: Sequence[Job]) -> list[Kept]:
        """Do the jobs."""
        with _RENDERING:
            made = [(job, self.edition.files(job)) for job in jobs]
        entries = self.stage.put({name: content for _, files in made for name, content in files.items()})
        return [
            Kept(
                job,
                {name: entries[name] for name in files},
                {name: marks(text) for name, text in files.items() if name.endswith(".html")},
            )
            for job, files in made
        ]


def marks(page: bytes) -> bytes:
    """Return what ``leave`` asks of a page: its ids, and whether robots may list it."""
    return b"".join(_MARKS.findall(page))


def printed(
    edition: Edition,
    jobs: Sequence[Job],
    output: Path,
    settings: Mapping[str, Any],
    publication: Publication | None,
    advance: Callable[[int], None],
) -> Site:
    """Do the jobs of an edition, which are all it has; return where the files are.

    ``output`` is the folder of the build, ``publication`` the next edition of the store, if there is one;
    ``advance`` is told how many jobs were done.
    """
    scheduler = setting(settings, "ATLAS_SCHEDULER")
    if not scheduler:
        workers = number_of_workers(setting(settings, "ATLAS_WORKERS"))
        make(edition, jobs, output, settings=settings, workers=workers, advance=advance)
        return Folder(output)
    if publication is None:
        return _printed_there(edition, jobs, output, scheduler, advance)
    return _printed_away(edition, jobs, Stored(Folder(output), publication), scheduler, advance)


def _printed_there(
    edition: Edition, jobs: Sequence[Job], output: Path, scheduler: str, advance: Callable[[int], None]
) -> Site:
    sending, press = Sending(edition), Press(edition, output)
    with workers_of(scheduler, sending) as executor:
        for sent in spread(sending, jobs, executor, executor.workers):
            for each in sent:
                for name, content in each.files.items():
                    press.write(name, content)
            advance(len(sent))
    return Folder(output)


def _printed_away(
    edition: Edition, jobs: Sequence[Job], site: Stored, scheduler: str, advance: Callable[[int], None]
) -> Site:
    storing = Storing(edition, site.publication.stage)
    with workers_of(scheduler, storing) as executor:
        for kept in spread(storing, jobs, executor, executor.workers):
            for each in kept:
                site.publication.take(each.files)
                site.marks.update(each.marks)
            advance(len(kept))
    return site


def workers_of(scheduler: str, work: Callable[..., Any]) -> AbstractContextManager[Cluster]:
    """Return the workers of a scheduler, which will do ``work``; raises EnvironmentFault without Dask."""
    try:
        from .dask_cluster import cluster
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("atlas"):
            raise
        raise EnvironmentFault(
            "ATLAS_SCHEDULER needs an optional package: pip install 'city-commitments-atlas[cluster]'"
        ) from None
    return cluster(work, scheduler)
