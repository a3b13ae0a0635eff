"""The Pelican generator of the atlas: reads the dataset, then writes every page."""

from __future__ import annotations

import datetime
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pelican import signals
from pelican.generators import Generator, PagesGenerator
from pelican.log import console
from pelican.writers import Writer

from . import clock, frontend, publish, search, searchable, stylesheet
from .addresses import Addresses
from .chronicle import chronicle
from .examples import examples
from .exports import downloads, open_data
from .i18n import Language
from .load import load, shown_path
from .permanence.edition import edition_name
from .permanence.leave import leave
from .printing import printed
from .progress import progress
from .prose import Texts
from .reading import read_atlas
from .regions import read_regions
from .render import headers, map_files
from .render.basemap import Basemap
from .render.raster import Raster
from .render.sheet import Sheets
from .rendering import Edition
from .routes import Scene
from .schemas import schema_files
from .sites import Site
from .templates import Templates
from .views.lens import Lens
from .views.record import CodeHost
from .watched import Watched

log = logging.getLogger(__name__)


def connect() -> None:
    """Connect named functions only: Pelican's signals forget methods of temporary objects."""
    publish.connect()
    signals.get_generators.connect(get_generators)
    signals.all_generators_finalized.connect(hand_over_texts)


def get_generators(pelican: Any) -> type[AtlasGenerator]:
    """Return the generator of the atlas."""
    return AtlasGenerator


def hand_over_texts(generators: list[Any]) -> None:
    """Give the texts that Pelican read from ``content/`` to the generator of the atlas."""
    read = next(g for g in generators if isinstance(g, PagesGenerator))
    for generator in generators:
        if isinstance(generator, AtlasGenerator):
            generator.texts = Texts([*read.pages, *read.translations], generator.atlas)


class AtlasGenerator(Generator):  # type: ignore[misc]  # Pelican has no types
    """Writes every page of the atlas in every language of the site."""

    texts: Texts

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Prepare the languages of the site."""
        super().__init__(*args, **kwargs)
        self.root = Path.cwd()
        self.data = Path(self.settings["ATLAS_DATA"])
        self.cache = Path(self.settings["ATLAS_CACHE"])
        codes: tuple[str, ...] = tuple(self.settings["ATLAS_LANGUAGES"])
        self.languages = tuple(Language(code, default=codes[0]) for code in codes)

    def generate_context(self) -> None:
        """Read the dataset; raises FindingsError with everything that is wrong in it."""
        today = datetime.datetime.now(datetime.UTC).date()
        self.atlas = Watched(read_atlas(self.data, today=today))

    def generate_output(self, writer: Writer) -> None:
        """Write all pages, the stylesheet, the fonts and the files of the dataset."""
        contents = self._contents()
        edition, exports = self._edition(contents)
        output = Path(self.output_path)
        with progress(len(edition.jobs()), "pages", console) as advance:
            site = printed(edition, output, self.settings, self.settings.get("ATLAS_PUBLICATION"), advance)
        self._write_files(contents, exports, edition)
        if self.settings["ATLAS_SEARCH"]:
            cache = Path(self.settings["ATLAS_CACHE"]) / "search"
            search.write(output, searchable.everything(edition.scenes), cache)
        self._leave(edition, site)
        lens = next(iter(edition.scenes.values())).lens
        site.write("_headers", headers.headers_of(site.names(), lens).encode("utf-8"))

    def _leave(self, edition: Edition, site: Site) -> None:
        """Leave something at every address that was ever published."""
        setting = self.settings["ATLAS_URLS_LOCK"]
        lock = Path(setting) if setting else None
        new = leave(edition, site, self.data, lock)
        if new and lock:
            told = "%s: %d new addresses are not in it, such as %s: make lock-urls"
            log.warning(told, shown_path(lock), len(new), new[0])

    def _edition(self, contents: Mapping[str, bytes]) -> tuple[Edition, Mapping[str, bytes]]:
        """Return what pages are made from, and the files that are made of the dataset."""
        addresses = Addresses(self.languages, "index.html" if self.settings.get("ATLAS_INDEX_LINKS") else "")
        as_of, regions, host = clock.build_date(self.root), read_regions(), self._host()
        name = self._edition_name(as_of, contents) if self.settings["ATLAS_NAME_EDITION"] else ""
        lenses = tuple(
            Lens(
                atlas=self.atlas,
                lang=language,
                addresses=addresses,
                as_of=as_of,
                edition=name,
                siteurl=self.settings["SITEURL"].rstrip("/"),
                regions=regions,
                host=host,
            )
            for language in self.languages
        )
        dataset, sheets = load(self.data), Sheets(Basemap.load(), self.cache)
        samples = examples(dataset)
        told = chronicle(self.data, self.languages, Path(self.settings["ATLAS_CACHE"]) / "changes")
        exports = open_data(dataset, contents, lenses, lenses[0].siteurl)
        offered = downloads(contents, exports)
        edition = Edition(
            scenes={
                lens.lang.code: Scene(lens, lenses, sheets, self.texts, offered, samples, told)
                for lens in lenses
            },
            templates=Templates(Path(self.theme) / "templates"),
            siteurl=self.settings["SITEURL"].rstrip("/"),
            code_url=self.settings.get("ATLAS_CODE_URL"),
            raster=Raster(self.root, Path(self.settings["ATLAS_CACHE"]) / "cards")
            if self.settings["ATLAS_CARDS"]
            else None,
        )
        return edition, exports

    def _edition_name(self, day: datetime.date, contents: Mapping[str, bytes]) -> str:
        return edition_name(day, {f: text for f, text in contents.items() if f.endswith((".csv", ".yaml"))})

    def _host(self) -> CodeHost:
        """Return where the data can be looked up and changed, as the settings say."""
        settings = {
            name: str(self.settings.get(f"ATLAS_{name.upper()}_URL") or "")
            for name in ("edit", "history", "file", "issue", "issues")
        }
        return CodeHost(
            code=(self.settings.get("ATLAS_CODE_URL") or "").rstrip("/"),
            branch=self.settings["ATLAS_BRANCH"],
            email=self.settings.get("ATLAS_EMAIL") or "",
            data=shown_path(self.data),
            **settings,
        )

    def _write(self, name: str, content: str | bytes) -> None:
        target = Path(self.output_path) / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))

    def _contents(self) -> dict[str, bytes]:
        """Return the files of the dataset as they are published, by their paths below its folder."""
        files = (path for path in self.data.rglob("*") if path.suffix in (".csv", ".yaml", ".md"))
        names = (file.relative_to(self.data).as_posix() for file in files)
        ordered = sorted(names, key=lambda name: (name.count("/"), name))
        return {name: (self.data / name).read_bytes() for name in ordered}

    def _write_files(
        self, contents: Mapping[str, bytes], exports: Mapping[str, bytes], edition: Edition
    ) -> None:
        output = Path(self.output_path)
        frontend.install(output, self.root)
        stylesheet.write(output, Path(self.theme), self.atlas.vocabulary.topics.values())
        scenes = tuple(edition.scenes.values())
        glyphs = edition.templates.environment(self.languages[0], "./").get_template("_glyph.html")
        lenses, shapes = [scene.lens for scene in scenes], glyphs.module.shapes  # type: ignore[attr-defined]
        map_files.write(output, lenses, shapes, self.cache)
        for name, text in schema_files(scenes[0].samples.languages, self.atlas.vocabulary, edition.siteurl):
            self._write(name, text)
        for name, content in {**{f"data/{file}": text for file, text in contents.items()}, **exports}.items():
            self._write(name, content)
