"""What a site consists of: its kinds of pages, what their templates are given, what stands beside the pages.

The atlas' own site is ``whole_site.WHOLE``. The setting ``ATLAS_BLUEPRINT`` names another one, as
``module:NAME``: whoever wants pages of their own subclasses ``Blueprint``, or ``Whole`` to add to the atlas'
pages. Everything else stays as it is: the checks, the workers, kept pages and the swap.

An ``Edition`` is a blueprint with everything that its pages are made from: a pure function from a job to the
text of its files, which can be sent to another process and needs nothing of Pelican.
"""

from __future__ import annotations

import copyreg
import importlib
import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import urlsplit

from ..cache.digests import digest
from ..cache.reads import Read, result
from ..cache.tracked_atlas import TrackedAtlas
from ..errors import AtlasError, UsageError, internal, is_machine
from ..views.lens import Lens
from .content import Texts
from .jobs import SCENE, Job, Page, Plain, Route, Scene, all_of, jobs, way_to_root
from .templates import Templates

if TYPE_CHECKING:
    from ..dataset.reading.load import Dataset
    from ..drawings.png import Raster

DEFAULT = "atlas.site.whole_site:WHOLE"

# The tables of an atlas are read-only views of dictionaries, which pickle does not know by itself.
copyreg.pickle(MappingProxyType, lambda view: (_read_only, (dict(view),)))


def _read_only(table: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(table)


@dataclass(frozen=True, kw_only=True)
class Material:
    """All there is to make a site from."""

    settings: Mapping[str, Any]
    environment: str
    """The digest of all that is the same for every page: code, templates, libraries, settings, day."""
    engine: Path
    """The folder of the engine, with the packages of npm."""
    theme: Path
    data: Path
    dataset: Dataset
    contents: Mapping[str, bytes]
    """The files of the dataset as they are published, by their paths below its folder."""
    lenses: tuple[Lens, ...]
    """The atlas in every language, the default first."""
    texts: Texts
    output: Path
    """The folder of the build."""

    @property
    def cache(self) -> Path:
        """The folder of what builds make once and use again."""
        return Path(self.settings["ATLAS_CACHE"])


class Blueprint:
    """A site of nothing but the pages of its routes; its scenes hold the atlas and the texts."""

    routes: ClassVar[Mapping[str, Route]] = {}
    """Every kind of page, and of files that no template makes, in the order in which they are made."""

    later: ClassVar[frozenset[str]] = frozenset()
    """The routes that take longer than anybody waits for a page."""

    here: ClassVar[frozenset[str]] = frozenset()
    """The routes that make nothing but what this machine keeps; other machines are not asked for them."""

    def scenes(self, material: Material) -> Mapping[str, Scene]:
        """Return what the pages of each language are made from, the default first."""
        lenses = material.lenses
        return {lens.lang.code: Plain(lens, lenses, material.texts) for lens in lenses}

    def warm_up(self, scenes: Mapping[str, Any]) -> None:
        """Load what most pages need, before they are spread over processes that would each load it."""

    def raster(self, material: Material) -> Raster | None:
        """Return what draws PNG pictures; None where none are wanted."""
        return None

    def context(self, edition: Edition, scene: Any, page: Page) -> Mapping[str, object]:
        """Return what the template of a page is given."""
        return {"page": page.view}

    def beside(self, edition: Edition, page: Page) -> Iterator[tuple[str, str | bytes]]:
        """Yield the path and the content of each file that goes with a page."""
        return iter(())

    def finish(self, material: Material, edition: Edition) -> None:
        """Write what is no page, once the pages are made."""


@cache
def blueprint(name: str) -> Blueprint:
    """Return the blueprint that ``module:NAME`` names; raises UsageError where there is none."""
    module, _, attribute = name.partition(":")
    try:
        found = getattr(importlib.import_module(module), attribute, None)
    except ModuleNotFoundError as error:
        if error.name != module:
            raise
        found = None
    if not isinstance(found, Blueprint):
        raise UsageError(f"ATLAS_BLUEPRINT is {name!r}; it must name a Blueprint, as module:NAME")
    return found


def code_of(name: str) -> Path | None:
    """Return the folder of the code of a blueprint, where that is not the atlas' own."""
    module = importlib.import_module(name.partition(":")[0])
    if module.__name__.split(".")[0] == "atlas" or not module.__file__:
        return None
    return Path(module.__file__).parent


@dataclass(kw_only=True)
class Edition:
    """Everything that the pages of one build are made from."""

    scenes: Mapping[str, Scene]
    """By the code of the language, the default first."""
    templates: Templates
    raster: Raster | None = None
    """Draws PNG pictures; None while somebody is still working on the site."""
    plan: str = DEFAULT
    """The name of the blueprint of the site."""
    environment: str = ""
    """The digest of what is the same for every page, see ``Material``."""
    _results: dict[Read, tuple[str, tuple[Read, ...]]] = field(init=False, repr=False, default_factory=dict)

    @property
    def blueprint(self) -> Blueprint:
        """The kinds of pages of the site."""
        return blueprint(self.plan)

    @property
    def siteurl(self) -> str:
        """The absolute address of the site without a final slash, or empty."""
        return next(iter(self.scenes.values())).lens.siteurl

    @property
    def atlas(self) -> TrackedAtlas:
        """The atlas, which notes what is read of it."""
        atlas = next(iter(self.scenes.values())).lens.atlas
        assert isinstance(atlas, TrackedAtlas)
        return atlas

    def jobs(self, names: Container[str] | None = None) -> list[Job]:
        """Return everything there is to make, or that of some routes; what is about the same thing stands
        together.
        """
        every = self.blueprint.routes
        routes = every if names is None else {name: one for name, one in every.items() if name in names}
        return list(jobs(tuple(self.scenes.values()), routes))

    def digests(self, table: str) -> Mapping[Any, str]:
        """Return the digests of all rows or texts of a table, or of a part of the scenes, by their keys."""
        texts = next(iter(self.scenes.values())).texts.table
        if table.startswith(texts.name):
            return texts.digests(table.removeprefix(texts.name))
        if table.startswith(SCENE):  # most parts are one and the same in all languages
            held = (getattr(scene, table.removeprefix(SCENE)) for scene in self.scenes.values())
            return {"": digest(*{id(one): one for one in held}.values())}
        return self.atlas.digests(table)

    def result(self, read: Read) -> tuple[str, tuple[Read, ...]]:
        """Return the digest of a result that a note speaks of, and what it was worked out from."""
        if read not in self._results:
            self._results[read] = result(read, self._owner)
        return self._results[read]

    def _owner(self, lang: str | None) -> object:
        return self.atlas if lang is None else self.scenes[lang].lens

    def render(self, job: Job) -> Iterator[tuple[str, str | bytes]]:
        """Yield the path and the text, or the bytes, of each file that a job makes."""
        place = " ".join(job)
        try:
            for made in all_of(self.blueprint.routes[job.route].make(self.scenes[job.lang], job.id)):
                place = made.name if isinstance(made, Page) else place
                yield from self.written(made)
        except AtlasError:
            raise
        except Exception as error:
            if is_machine(error):
                raise
            raise internal(error, place) from error

    def written(self, made: Page | tuple[str, str | bytes]) -> Iterator[tuple[str, str | bytes]]:
        """Yield what a route has made as files: a page with what stands beside it, or a file as it is."""
        if isinstance(made, Page):
            yield made.name, self.page(self.scenes[made.view.frame.lang], made)
            yield from self.blueprint.beside(self, made)
        else:
            yield made

    def files(self, job: Job) -> dict[str, bytes]:
        """Return the content of each file that a job makes by its path."""
        return {name: encoded(content) for name, content in self.render(job)}

    def page(self, scene: Scene, page: Page) -> str:
        """Return the HTML of a page in the language of the scene."""
        root = urlsplit(self.siteurl).path + "/" if page.file else way_to_root(page.view.frame.path)
        environment = self.templates.environment(scene.lens.lang, root)
        template = environment.get_template(f"{page.template}.html")
        text = _INDENTED.sub("\n", template.render(self.blueprint.context(self, scene, page)))
        return _shortest_links(text, root, page.view.frame.path)


_INDENTED = re.compile(r"\n\s+(?=<)")
"""The indentation of templates weighs in every page and says nothing: before a tag one break will do."""


def _shortest_links(text: str, root: str, path: str) -> str:
    """Return a page whose links lead up no further than they have to: templates write all from the root."""
    text = text.replace(f'href="{root}{path}#', 'href="#')  # a place on this very page
    above = path.split("/")[:-2] if root.startswith(".") else ()
    for depth in range(len(above), 0, -1):
        up = "../" * (len(above) + 1 - depth)
        text = text.replace(f'href="{root}{"/".join(above[:depth])}/', f'href="{up}')
    return text


def encoded(content: str | bytes) -> bytes:
    """Return the bytes of a file."""
    return content if isinstance(content, bytes) else content.encode("utf-8")
