"""From a job to the text of its files: a pure function of the edition and the job.

An ``Edition`` holds everything that pages are made from and can be sent to another process; it compiles the
templates of the theme itself, so nothing of Pelican is needed to render.
"""

from __future__ import annotations

import copyreg
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from jinja2 import BytecodeCache, Environment, FileSystemLoader
from jinja2.bccache import Bucket

from . import routes
from .errors import AtlasError, InternalError
from .explain import internal, is_machine
from .i18n import Language
from .render import drawings
from .routes import FILES, ROUTES, Job, Page, Scene, way_to_root
from .views.site import site

# The tables of an atlas are read-only views of dictionaries, which pickle does not know by itself.
copyreg.pickle(MappingProxyType, lambda view: (_read_only, (dict(view),)))


def _read_only(table: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(table)


class _Compiled(BytecodeCache):
    """Templates are compiled once for all languages."""

    def __init__(self) -> None:
        self._code: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._code:
            bucket.bytecode_from_string(self._code[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._code[bucket.key] = bucket.bytecode_to_string()


class Made(NamedTuple):
    """A job that was done, and the paths of its files below the output folder."""

    job: Job
    files: tuple[str, ...]


@dataclass(kw_only=True)
class Edition:
    """Everything that the pages of one build are made from."""

    scenes: Mapping[str, Scene]
    """By the code of the language, the default first."""
    templates: Path
    """The folder of the theme's templates."""
    jinja: Mapping[str, Any]
    """The options of Jinja's environments."""
    siteurl: str
    """The absolute address of the site without a final slash, or empty."""
    code_url: str | None
    _environments: dict[str, Environment] = field(default_factory=dict, repr=False)
    _compiled: _Compiled = field(default_factory=_Compiled, repr=False)

    def __getstate__(self) -> dict[str, Any]:
        """Templates are compiled anew where the edition is sent to."""
        return self.__dict__ | {"_environments": {}}

    def jobs(self) -> list[Job]:
        """Return everything there is to make; what is about the same thing stands together."""
        return list(routes.jobs(tuple(self.scenes.values()), {**ROUTES, **FILES}))

    def render(self, job: Job) -> Iterator[tuple[str, str | bytes]]:
        """Yield the path and the text, or the bytes, of each file that a job makes."""
        scene, place = self.scenes[job.lang], " ".join(job)
        try:
            made = routes.make(scene, job)
            if isinstance(made, Page):
                place = made.name
                yield made.name, self.page(scene, made)
                if made.picture:
                    yield f"{made.view.frame.path}map.svg", made.picture
            else:
                yield from made
        except AtlasError:
            raise
        except Exception as error:
            if is_machine(error):
                raise
            raise internal(error, place) from error

    def page(self, scene: Scene, page: Page) -> str:
        """Return the HTML of a page in the language of the scene."""
        frame = page.view.frame
        template = self.environment(scene.lens.lang).get_template(f"{page.template}.html")
        return template.render(
            page=page.view,
            root=urlsplit(self.siteurl).path + "/" if page.file else way_to_root(frame.path),
            sheet=page.sheet,
            prose=page.prose,
            door=page.door,
            picture="map.svg" if page.picture else None,
            site=site(
                scene.lens,
                frame,
                siteurl=self.siteurl,
                code_url=self.code_url,
                written=scene.texts.sections(scene.lens.lang.code),
            ),
        )

    def environment(self, language: Language) -> Environment:
        """Return the environment in which templates speak a language."""
        if language.code not in self._environments:
            environment = Environment(
                loader=FileSystemLoader(self.templates), bytecode_cache=self._compiled, **self.jinja
            )
            environment.install_gettext_translations(language.translations, newstyle=True)  # type: ignore[attr-defined]  # added by the extension
            environment.filters |= drawings.FILTERS
            self._environments[language.code] = environment
        return self._environments[language.code]


class Press:
    """Writes what jobs make below a folder; in any process that has the edition."""

    def __init__(self, edition: Edition, folder: Path) -> None:
        """Take the edition to render and the folder to write into."""
        self.edition = edition
        self.folder = folder
        self._made: set[str] = set()

    def __call__(self, jobs: Sequence[Job]) -> list[Made]:
        """Do the jobs; return what was written."""
        return [Made(job, tuple(self._write(*file) for file in self.edition.render(job))) for job in jobs]

    def _write(self, name: str, content: str | bytes) -> str:
        target = self.folder / name
        parent = str(target.parent)
        if parent not in self._made:
            os.makedirs(parent, exist_ok=True)
            self._made.add(parent)
        try:
            with open(target, "xb") as stream:
                stream.write(content if isinstance(content, bytes) else content.encode("utf-8"))
        except FileExistsError:
            raise InternalError(f"{name} is made twice; nothing was published") from None
        return name
