"""The atlas' own site: all pages and files of ``routes``, and everything that stands beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, cast

from ..changes.history.chronicle import chronicle
from ..drawings.maps import map_files
from ..opendata.docs.example_records import examples
from ..opendata.jsonld import structured
from ..output_paths import write_file
from ..validate.json_schema import schema_files
from ..views.analysis.citation import quote
from ..views.pages.site_layout import site_layout as around
from . import response_headers
from .assets import fonts as typefaces
from .assets import npm_files, stylesheets
from .blueprint import Blueprint, Edition, Material
from .jobs import Page, Route
from .permanence.write_redirects import write_redirects
from .routes import FILES, LATER, ROUTES, AtlasScene

if TYPE_CHECKING:
    from ..drawings.maps.static_map import Sheets
    from ..drawings.png import Raster

_UNQUOTED = ("404", "gone", "redirect", "embed_city", "embed_map", "embed_table")
"""Kinds of pages that say nothing anybody would quote."""


class _LaterSheets:
    """Every map sheet; the base map and what draws it are loaded when a page first asks for one."""

    def __init__(self, cache: Path) -> None:
        self.cache = cache

    @cached_property
    def drawn(self) -> Sheets:
        """What draws them."""
        from ..drawings.maps.basemap import Basemap
        from ..drawings.maps.static_map import Sheets

        return Sheets(Basemap.load(self.cache), self.cache)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(self.drawn, name)


class Whole(Blueprint):
    """Every page and file of the atlas."""

    routes: ClassVar[Mapping[str, Route]] = {**LATER, **ROUTES, **FILES}
    later: ClassVar[frozenset[str]] = frozenset(LATER)
    here: ClassVar[frozenset[str]] = frozenset({"assets"})

    def scenes(self, material: Material) -> Mapping[str, AtlasScene]:
        """Return the atlas with its maps and its history."""
        lenses, dataset = material.lenses, material.dataset
        sheets, samples = cast("Sheets", _LaterSheets(material.cache)), examples(dataset)
        search = material.cache if material.settings["ATLAS_SEARCH"] else None
        told = chronicle(material.data, [lens.lang for lens in lenses], material.cache)
        assets = partial(_assets, material.engine, material.cache)
        more = dict(material.contents), dataset, samples, told, search, assets
        return {lens.lang.code: AtlasScene(lens, lenses, sheets, material.texts, *more) for lens in lenses}

    def warm_up(self, scenes: Mapping[str, AtlasScene]) -> None:
        """Load the base map."""
        for scene in scenes.values():
            getattr(scene.sheets, "drawn", None)

    def raster(self, material: Material) -> Raster | None:
        """Return what draws the social cards and the pictures for the press, where they are asked for."""
        if not material.settings["ATLAS_CARDS"]:
            return None
        from ..drawings.png import Raster

        return Raster(material.engine, material.cache)

    def context(self, edition: Edition, scene: AtlasScene, page: Page) -> Mapping[str, object]:
        """Return the view of a page with its parts, and what surrounds every page."""
        frame = page.view.frame
        return {
            "page": page.view,
            "sheet": page.sheet,
            "prose": page.prose,
            "door": page.door,
            "press": page.press,
            "cites": page.cites,
            "embeds": page.embeds,
            "cite": quote(scene.lens, frame) if frame.kind not in _UNQUOTED else None,
            "structured": structured(scene.lens, page.view, frame),
            "card": page.card() if page.card and edition.raster and edition.siteurl else None,
            "site": around(scene.lens, frame, scene.texts.sections(scene.lens.lang.code)),
        }

    def beside(self, edition: Edition, page: Page) -> Iterator[tuple[str, str | bytes]]:
        """Yield what maps fetch, beside their page; and the card of a page, where cards are asked for."""
        if page.template == "map":
            lenses = [scene.lens for scene in edition.scenes.values()]
            lens = edition.scenes[page.view.frame.lang].lens
            glyphs = edition.templates.environment(lens.lang, "./").get_template("_glyph.html")
            yield from map_files.files(lens, lenses, glyphs.module.shapes)  # type: ignore[attr-defined]
        raster = edition.raster
        if page.card and raster:
            from ..drawings import social_card

            card, sheet = page.card(), page.card_sheet() if page.card_sheet else page.sheet
            yield card.path, raster.png(social_card.card(card, sheet, raster.fonts))

    def finish(self, material: Material, edition: Edition) -> None:
        """Write styles, fonts, maps, schemas and data; leave something at every old address."""
        scenes = cast(Mapping[str, AtlasScene], edition.scenes)  # as they were made above
        _write_files(material, edition, scenes)
        setting = material.settings["ATLAS_URLS_LOCK"]
        lock, hashed = Path(setting) if setting else None, bool(material.settings.get("ATLAS_HASHED_ASSETS"))
        names = write_redirects(edition, material.output, lock)
        rules = response_headers.headers_of(names, material.lenses[0], hashed=hashed)
        write_file(material.output, "_headers", rules.encode("utf-8"))


def _assets(engine: Path, cache: Path) -> None:
    """Cut the fonts, and make the script and the land of the interactive maps, where they are not kept."""
    typefaces.parts(engine, cache)
    map_files.assets(cache)


def _write_files(material: Material, edition: Edition, scenes: Mapping[str, AtlasScene]) -> None:
    lenses, output = material.lenses, material.output
    vocabulary = lenses[0].atlas.vocabulary
    npm_files.install(output, material.engine)
    faces = typefaces.parts(material.engine, material.cache)
    typefaces.write(output, faces)
    stylesheets.write(output, material.theme, vocabulary.topics.values(), typefaces.rules(faces))
    for name, text in map_files.assets(material.cache).items():
        write_file(output, name, text.encode("utf-8"))
    languages = scenes[lenses[0].lang.code].samples.languages
    schemas = schema_files(languages, vocabulary, edition.siteurl)
    for name, text in schemas:
        write_file(output, name, text.encode("utf-8"))


WHOLE = Whole()
