"""The Pelican generator of the atlas: reads the dataset, then writes every page."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment
from pelican import signals
from pelican.generators import Generator, PagesGenerator
from pelican.log import console
from pelican.writers import Writer

from . import clock, frontend, publish, stylesheet
from .addresses import Addresses
from .i18n import Language
from .progress import progress
from .prose import Texts
from .reading import read_atlas
from .regions import read_regions
from .render import cityfiles, drawings, map_files, tables
from .render.basemap import Basemap
from .render.sheet import Sheets
from .routes import Page, pages, way_to_root
from .views.lens import Lens
from .views.site import not_found_page, site


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
        """Prepare the languages, and a Jinja environment for each so that templates translate themselves."""
        super().__init__(*args, **kwargs)
        self.root = Path.cwd()
        self.data = Path(self.settings["ATLAS_DATA"])
        self.siteurl: str = self.settings["SITEURL"].rstrip("/")
        codes: tuple[str, ...] = tuple(self.settings["ATLAS_LANGUAGES"])
        self.languages = tuple(Language(code, default=codes[0]) for code in codes)
        self.environments = {language.code: self._environment(language) for language in self.languages}

    def _environment(self, language: Language) -> Environment:
        # The extension installs into the environment it was made for, and an overlay shares its
        # dictionary of globals: install first, then give the overlay a copy.
        self.env.install_gettext_translations(language.translations, newstyle=True)
        environment: Environment = self.env.overlay()
        environment.globals = dict(self.env.globals)
        environment.filters = self.env.filters | drawings.FILTERS
        return environment

    def generate_context(self) -> None:
        """Read the dataset; raises FindingsError with everything that is wrong in it."""
        today = datetime.datetime.now(datetime.UTC).date()
        self.atlas = read_atlas(self.data, today=today)
        addresses = Addresses(self.languages, "index.html" if self.settings.get("ATLAS_INDEX_LINKS") else "")
        self.sheets = Sheets(Basemap.load())
        regions = read_regions()
        self.lenses = tuple(
            Lens(
                atlas=self.atlas,
                lang=language,
                addresses=addresses,
                as_of=clock.build_date(self.root),
                regions=regions,
            )
            for language in self.languages
        )
        self.context["atlas"] = self.atlas

    def generate_output(self, writer: Writer) -> None:
        """Write all pages, the stylesheet, the fonts and the files of the dataset."""
        self.writer = writer
        files = self._data_files()
        for lens in self.lenses:
            with progress(_number_of_pages(lens), lens.lang.own_name, console) as advance:
                for page in pages(lens, self.sheets, self.texts, files):
                    self._write(lens, page, page.name, way_to_root(page.view.frame.path))
                    advance()
        # Hosts show it for wrong addresses of any depth, so its links start at the root of the host.
        root = urlsplit(self.siteurl).path + "/"
        self._write(self.lenses[0], Page(not_found_page(self.lenses)), "404.html", root)
        self._write_files(files)
        self._write_tables()
        shapes = self.env.get_template("_glyph.html").module.shapes
        map_files.write(Path(self.output_path), self.lenses, shapes)

    def _write(self, lens: Lens, page: Page, name: str, root: str) -> None:
        code = lens.lang.code
        self.writer.write_file(
            name,
            self.environments[code].get_template(f"{page.template}.html"),
            self.context,
            page=page.view,
            root=root,
            sheet=page.sheet,
            prose=page.prose,
            door=page.door,
            site=site(
                lens,
                page.view.frame,
                siteurl=self.siteurl,
                code_url=self.settings.get("ATLAS_CODE_URL"),
                written=self.texts.sections(code),
            ),
        )

    def _write_tables(self) -> None:
        for lens in self.lenses:
            self._write_texts(tables.files(lens))
        self._write_texts(cityfiles.files(self.lenses))

    def _write_texts(self, files: Iterable[tuple[str, str]]) -> None:
        for name, text in files:
            target = Path(self.output_path) / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, "utf-8", newline="")

    def _data_files(self) -> tuple[str, ...]:
        files = (path for path in self.data.rglob("*") if path.suffix in (".csv", ".yaml", ".md"))
        return tuple(
            sorted((f.relative_to(self.data).as_posix() for f in files), key=lambda f: (f.count("/"), f))
        )

    def _write_files(self, files: tuple[str, ...]) -> None:
        output = Path(self.output_path)
        frontend.install(output, self.root)
        stylesheet.write(output, Path(self.theme), self.atlas.vocabulary.topics.values())
        for file in files:
            copy = output / "data" / file
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(self.data / file, copy)


def _number_of_pages(lens: Lens) -> int:
    atlas = lens.atlas
    tables = (
        atlas.cities,
        atlas.instruments,
        atlas.actions,
        atlas.cities_of_country,
        atlas.vocabulary.topics,
    )
    return sum(map(len, tables)) + len(atlas.sources)
