"""What a site consists of: its kinds of pages, what their templates are given, what stands beside the pages.

The atlas' own site is ``whole.WHOLE``. The setting ``ATLAS_BLUEPRINT`` names another one, as
``module:NAME``: whoever wants pages of their own subclasses ``Blueprint``, or ``Whole`` to add to the atlas'
pages. Everything else stays as it is: the checks, the workers, kept pages and the swap.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from ..errors import UsageError
from ..views.lens import Lens
from .content import Texts
from .jobs import Page, Plain, Route, Scene

if TYPE_CHECKING:
    from ..dataset.reading.load import Dataset
    from ..drawings.png import Raster
    from .edition import Edition

DEFAULT = "atlas.site.whole_site:WHOLE"


@dataclass(frozen=True, kw_only=True)
class Material:
    """All there is to make a site from."""

    settings: Mapping[str, Any]
    root: Path
    """The folder of the repository."""
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
    made: dict[str, bytes] = field(default_factory=dict)
    """Files that were made on the way, by their paths below the output folder, for ``finish`` to write."""

    @property
    def cache(self) -> Path:
        """The folder of what builds make once and use again."""
        return Path(self.settings["ATLAS_CACHE"])


class Blueprint:
    """A site of nothing but the pages of its routes; its scenes hold the atlas and the texts."""

    routes: ClassVar[Mapping[str, Route]] = {}
    """Every kind of page, and of files that no template makes, in the order in which they are made."""

    later: ClassVar[frozenset[str]] = frozenset()
    """The routes that need what ``completed`` adds to the scenes."""

    def scenes(self, material: Material) -> Mapping[str, Scene]:
        """Return what the pages of each language are made from, the default first."""
        lenses = material.lenses
        return {lens.lang.code: Plain(lens, lenses, material.texts) for lens in lenses}

    def completed(self, material: Material, scenes: Mapping[str, Any]) -> Mapping[str, Scene]:
        """Return the scenes with what takes longer to make; only the routes of ``later`` may need it."""
        return scenes

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
