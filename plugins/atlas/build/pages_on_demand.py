"""Single pages of an edition, made when they are asked for, while the whole is still being made.

Who serves the site to the person who works on it names a socket in ``ATLAS_PREVIEW``. As soon as the data is
read and has no errors, a process of its own answers there: it is sent the path of a file below the output
folder and returns its content, or nothing where it does not know it. It ends with the build.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping
from functools import cached_property
from multiprocessing.connection import Connection, Listener, wait
from pathlib import Path

from ..site.blueprint import Edition
from ..site.jobs import Job
from .folder_swap import Staging, public_folder
from .manifest import Stamp, jobs_of_files, stamp_of
from .processes import child, ended_well

SETTING = "ATLAS_PREVIEW"
"""The environment variable with the path of the socket."""


class Preview:
    """Makes one file of an edition at a time."""

    def __init__(self, edition: Edition, former: Mapping[str, Job]) -> None:
        """Take the edition, and which job made which file in the last build."""
        self._edition = edition
        self._former = former
        self._jobs: dict[str, Job] = {}
        """What made files that the last build had not."""

    @cached_property
    def _new(self) -> list[Job]:
        known, later = set(self._former.values()), self._edition.blueprint.later
        return [job for job in self._edition.jobs() if job not in known and job.route not in later]

    def file(self, name: str) -> bytes | None:
        """Return the content of a file; None where no job makes it."""
        job = self._former.get(name) or self._jobs.get(name)
        if job is not None:
            return None if job.route in self._edition.blueprint.later else self._edition.files(job).get(name)
        # What is new has not been made yet, so nobody knows its files: there is little of it.
        while self._new:
            job = self._new.pop(0)
            made = self._edition.files(job)
            self._jobs |= dict.fromkeys(made, job)
            if name in made:
                return made[name]
        return None


_known: dict[Path, tuple[Stamp | None, Mapping[str, Job]]] = {}
"""Which job made which file, by the manifests that say so, as they were."""


def remember(output: Path) -> None:
    """Learn which job made which file of a site, for this process and all that are forked from it."""
    _former(Staging(output).manifest)


def _former(manifest: Path) -> Mapping[str, Job]:
    stamp = stamp_of(str(manifest))
    if manifest not in _known or _known[manifest][0] != stamp:
        _known[manifest] = stamp, jobs_of_files(manifest)
    return _known[manifest][1]


_under_way: list[tuple[int, int]] = []
"""The processes that answer, each with what ends it."""


def offer(edition: Edition, output: Path) -> None:
    """Answer for pages of the edition until ``close``, where that is asked for and can be done."""
    address = os.environ.get(SETTING)
    public = public_folder(output)
    if not address or public is None:
        return
    beginning, end = os.pipe()

    def answer() -> None:
        os.close(end)
        _answer(edition, Staging(public).manifest, address, beginning)

    _under_way.append((child(answer), end))
    os.close(beginning)


def close() -> None:
    """End what ``offer`` began. It also ends with the process that began it, however that ends."""
    while _under_way:
        answering, end = _under_way.pop()
        os.close(end)
        ended_well(answering)


def _answer(edition: Edition, manifest: Path, address: str, beginning: int) -> None:
    """Answer until the other end of the pipe is closed."""
    with Listener(address, "AF_UNIX", backlog=16) as listener:
        # What `accept` waits for; the class does not say it otherwise.
        door = listener._listener._socket  # type: ignore[attr-defined]
        preview: Preview | None = None
        while beginning not in wait([door, beginning]):
            with contextlib.suppress(OSError, EOFError), listener.accept() as asking:
                preview = preview or Preview(edition, _former(manifest))
                _answer_one(preview, asking)


def _answer_one(preview: Preview, asking: Connection) -> None:
    name = asking.recv_bytes().decode("utf-8")
    try:
        found = preview.file(name)
    except Exception:  # the build meets it as well and says so
        found = None
    asking.send_bytes(found or b"")
