"""From a job to the text of its files: a pure function of the edition and the job.

An ``Edition`` holds everything that pages are made from and can be sent to another process; nothing of
Pelican is needed to render.
"""

from __future__ import annotations

import copyreg
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from ..build.folder_swap import holds
from ..cache.digests import digest
from ..cache.reads import Notes, Read, is_result, noting, result
from ..cache.tracked_atlas import Watched
from ..errors import AtlasError, InternalError, internal, is_machine
from ..output_paths import link_file, write_file
from .blueprint import DEFAULT, Blueprint, blueprint
from .jobs import Job, Page, Scene, jobs, way_to_root
from .templates import Templates

if TYPE_CHECKING:
    from ..drawings.png import Raster

# The tables of an atlas are read-only views of dictionaries, which pickle does not know by itself.
copyreg.pickle(MappingProxyType, lambda view: (_read_only, (dict(view),)))


def _read_only(table: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(table)


class Made(NamedTuple):
    """A job that was done: the paths of its files below the output folder, and what it read."""

    job: Job
    files: tuple[str, ...]
    reads: tuple[Read, ...]
    results: tuple[tuple[Read, str, tuple[Read, ...]], ...] = ()
    """Results among what was read that this process has not told of yet, and what they read."""
    rows: tuple[tuple[Read, str], ...] = ()
    """The digests of rows that it has not told of yet."""


@dataclass(kw_only=True)
class Edition:
    """Everything that the pages of one build are made from."""

    scenes: Mapping[str, Scene]
    """By the code of the language, the default first."""
    templates: Templates
    siteurl: str
    """The absolute address of the site without a final slash, or empty."""
    code_url: str | None
    raster: Raster | None = None
    """Draws PNG pictures; None while somebody is still working on the site."""
    plan: str = DEFAULT
    """The name of the blueprint of the site."""

    @property
    def blueprint(self) -> Blueprint:
        """The kinds of pages of the site."""
        return blueprint(self.plan)

    def jobs(self) -> list[Job]:
        """Return everything there is to make; what is about the same thing stands together."""
        return list(jobs(tuple(self.scenes.values()), self.blueprint.routes))

    def row_digest(self, read: Read) -> str:
        """Return the digest of a row, a text or a part of the scenes that a note speaks of."""
        first = next(iter(self.scenes.values()))
        if read.table == "texts":
            return first.texts.table.digest(read.key)
        if read.table == "scene":
            return digest([getattr(scene, read.key) for scene in self.scenes.values()])
        assert isinstance(first.lens.atlas, Watched)
        return first.lens.atlas.digest(*read)

    def result(self, read: Read) -> tuple[str, Notes]:
        """Return the digest of a result that a note speaks of, and what it was worked out from."""
        return result(read, self._owner)

    def _owner(self, lang: str | None) -> object:
        first = next(iter(self.scenes.values()))
        return first.lens.atlas if lang is None else self.scenes[lang].lens

    def render(self, job: Job) -> Iterator[tuple[str, str | bytes]]:
        """Yield the path and the text, or the bytes, of each file that a job makes."""
        scene, place = self.scenes[job.lang], " ".join(job)
        try:
            made = self.blueprint.routes[job.route].make(scene, job.id)
            if isinstance(made, Page):
                place = made.name
                yield made.name, self.page(scene, made)
                yield from self.blueprint.beside(self, made)
            else:
                yield from made
        except AtlasError:
            raise
        except Exception as error:
            if is_machine(error):
                raise
            raise internal(error, place) from error

    def files(self, job: Job) -> dict[str, bytes]:
        """Return the content of each file that a job makes by its path."""
        return {name: encoded(content) for name, content in self.render(job)}

    def page(self, scene: Scene, page: Page) -> str:
        """Return the HTML of a page in the language of the scene."""
        root = urlsplit(self.siteurl).path + "/" if page.file else way_to_root(page.view.frame.path)
        environment = self.templates.environment(scene.lens.lang, root)
        template = environment.get_template(f"{page.template}.html")
        return template.render(self.blueprint.context(self, scene, page))


def encoded(content: str | bytes) -> bytes:
    """Return the bytes of a file."""
    return content if isinstance(content, bytes) else content.encode("utf-8")


class Press:
    """Writes what jobs make below a folder; in any process that has the edition."""

    def __init__(self, edition: Edition, folder: Path, former: Path | None = None) -> None:
        """Take the edition to render, the folder to write into, and the one that it will replace."""
        self.edition = edition
        self.folder = folder
        self.former = former
        self._made: set[str] = set()
        self._told: set[Read] = set()

    def __call__(self, jobs: Sequence[Job]) -> list[Made]:
        """Do the jobs; return what was written."""
        return [self._do(job) for job in jobs]

    def _do(self, job: Job) -> Made:
        with noting() as notes:
            files = tuple(self.write(*file) for file in self.edition.render(job))
        if self.former is None:  # nothing will be compared with it
            return Made(job, files, tuple(notes))
        results = tuple(self._untold(notes))
        read = dict.fromkeys([*notes, *(one for _, _, inner in results for one in inner)])
        rows = [one for one in read if not is_result(one) and one not in self._told]
        self._told.update(rows)
        return Made(
            job, files, tuple(notes), results, tuple((row, self.edition.row_digest(row)) for row in rows)
        )

    def _untold(self, notes: Notes) -> Iterator[tuple[Read, str, tuple[Read, ...]]]:
        left = list(notes)
        while left:
            read = left.pop()
            if is_result(read) and read not in self._told:
                self._told.add(read)
                digest, inner = self.edition.result(read)
                yield read, digest, tuple(inner)
                left += inner

    def write(self, name: str, content: str | bytes) -> str:
        """Write a file below the folder and return its path; raises InternalError where it is there.

        A file that is as it was is not written but taken from the folder that will be replaced.
        """
        told = encoded(content)
        try:
            if self.former and holds(former := f"{self.former}/{name}", told):
                link_file(self.folder, name, former, known=self._made)
            else:
                write_file(self.folder, name, told, new=True, known=self._made)
        except FileExistsError:
            raise InternalError(f"{name} is made twice; nothing was published") from None
        return name
