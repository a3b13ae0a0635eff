"""Who does the jobs of a build: this machine, or the workers of a cluster. The files are the same.

On this machine pages are written where they are made; the workers of a cluster send back what they made.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import EnvironmentFault
from ..site.blueprint import Edition
from ..site.jobs import Job
from .incremental import Begun, begin_longest, make
from .manifest import Manifest
from .page_writer import Press
from .processes import number_of_workers, spread

if TYPE_CHECKING:
    from .dask_cluster import Cluster

_RENDERING = threading.Lock()
"""A worker of a cluster may have several threads; one renders while others send."""


def setting(settings: Mapping[str, Any], name: str) -> str:
    """Return a setting; the environment variable of the same name takes precedence."""
    return os.environ.get(name) or settings.get(name) or ""


def workers(settings: Mapping[str, Any]) -> int:
    """Return how many processes this machine may use; raises UsageError for what is no number."""
    return number_of_workers(setting(settings, "ATLAS_WORKERS"))


@dataclass(frozen=True)
class Sending:
    """Does jobs where there is no folder to write into, and returns what they made."""

    edition: Edition

    def __call__(self, jobs: Sequence[Job]) -> list[dict[str, bytes]]:
        """Do the jobs; return the content of the files of each by their paths."""
        with _RENDERING:
            return [self.edition.files(job) for job in jobs]


def begun_ahead(
    edition: Edition, output: Path, settings: Mapping[str, Any], former: Manifest
) -> AbstractContextManager[Begun]:
    """Return what begins the jobs that take longest, on this machine, before the others are listed.

    ``former`` tells what the last build made of what.
    """
    here = 1 if setting(settings, "ATLAS_SCHEDULER") else workers(settings)
    return begin_longest(edition, output, here, former)


def printed(
    edition: Edition,
    jobs: Sequence[Job],
    begun: Begun,
    output: Path,
    settings: Mapping[str, Any],
    advance: Callable[[int], None],
) -> None:
    """Do the jobs of an edition, which are all it has, into the folder of the build.

    ``begun`` are those under way; ``advance`` is told how many jobs were done.
    """
    scheduler = setting(settings, "ATLAS_SCHEDULER")
    if not scheduler:
        make(edition, jobs, output, begun, workers=workers(settings), advance=advance)
        return
    sending, press = Sending(edition), Press(edition, output)
    jobs = [job for job in jobs if job.route not in edition.blueprint.here]
    with workers_of(scheduler, sending) as executor:
        for sent in spread(sending, jobs, executor, executor.workers):
            for files in sent:
                for name, content in files.items():
                    press.write(name, content)
            advance(len(sent))


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
