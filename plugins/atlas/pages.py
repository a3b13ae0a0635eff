"""The Pelican generator of the atlas: reads the dataset, then writes every page."""

from __future__ import annotations

import datetime
import logging
import os
import shutil
from pathlib import Path
from typing import Any

from pelican import signals
from pelican.generators import Generator, PagesGenerator
from pelican.log import console
from pelican.writers import Writer

from . import clock, frontend, publish, stylesheet
from .addresses import Addresses
from .datapackage import package_file
from .examples import examples
from .i18n import Language
from .load import load, shown_path
from .permanence.edition import edition_name
from .permanence.leave import leave
from .progress import progress
from .prose import Texts
from .reading import read_atlas
from .regions import read_regions
from .render import map_files
from .render.basemap import Basemap
from .render.sheet import Sheets
from .rendering import Edition, Press
from .routes import Scene
from .schemas import schema_files
from .templates import Templates
from .views.lens import Lens
from .views.record import CodeHost
from .workers import local, number_of_workers, spread

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
        codes: tuple[str, ...] = tuple(self.settings["ATLAS_LANGUAGES"])
        self.languages = tuple(Language(code, default=codes[0]) for code in codes)

    def generate_context(self) -> None:
        """Read the dataset; raises FindingsError with everything that is wrong in it."""
        today = datetime.datetime.now(datetime.UTC).date()
        self.atlas = read_atlas(self.data, today=today)

    def generate_output(self, writer: Writer) -> None:
        """Write all pages, the stylesheet, the fonts and the files of the dataset."""
        files = self._data_files()
        edition = self._edition(files)
        jobs = edition.jobs()
        press = Press(edition, Path(self.output_path))
        workers = number_of_workers(os.environ.get("ATLAS_WORKERS") or self.settings.get("ATLAS_WORKERS"))
        with progress(len(jobs), "pages", console) as advance, local(press, workers) as executor:
            for made in spread(press, jobs, executor, workers):
                advance(len(made))
        self._write_files(files, edition)
        self._leave(edition)

    def _leave(self, edition: Edition) -> None:
        """Leave something at every address that was ever published."""
        lock = self.settings["ATLAS_URLS_LOCK"]
        new = leave(edition, Path(self.output_path), self.data, Path(lock) if lock else None)
        if new:
            told = shown_path(Path(lock))
            log.warning("%s: %d new addresses are not in it, such as %s: make lock-urls", told, len(new), new[0])

    def _edition(self, files: tuple[str, ...]) -> Edition:
        addresses = Addresses(self.languages, "index.html" if self.settings.get("ATLAS_INDEX_LINKS") else "")
        as_of, regions, host = clock.build_date(self.root), read_regions(), self._host()
        name = self._edition_name(as_of, files) if self.settings["ATLAS_NAME_EDITION"] else ""
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
        sheets = Sheets(Basemap.load())
        samples = examples(load(self.data))
        return Edition(
            scenes={
                lens.lang.code: Scene(lens, lenses, sheets, self.texts, files, samples) for lens in lenses
            },
            templates=Templates(Path(self.theme) / "templates"),
            siteurl=self.settings["SITEURL"].rstrip("/"),
            code_url=self.settings.get("ATLAS_CODE_URL"),
        )

    def _edition_name(self, day: datetime.date, files: tuple[str, ...]) -> str:
        data = (file for file in files if file.endswith((".csv", ".yaml")))
        return edition_name(day, {file: (self.data / file).read_bytes() for file in data})

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

    def _write(self, name: str, text: str) -> None:
        target = Path(self.output_path) / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8", newline="")

    def _data_files(self) -> tuple[str, ...]:
        files = (path for path in self.data.rglob("*") if path.suffix in (".csv", ".yaml", ".md"))
        return tuple(
            sorted((f.relative_to(self.data).as_posix() for f in files), key=lambda f: (f.count("/"), f))
        )

    def _write_files(self, files: tuple[str, ...], edition: Edition) -> None:
        output = Path(self.output_path)
        frontend.install(output, self.root)
        stylesheet.write(output, Path(self.theme), self.atlas.vocabulary.topics.values())
        scenes = tuple(edition.scenes.values())
        glyphs = edition.templates.environment(self.languages[0], "./").get_template("_glyph.html")
        map_files.write(output, [scene.lens for scene in scenes], glyphs.module.shapes)  # type: ignore[attr-defined]
        for file in files:
            copy = output / "data" / file
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(self.data / file, copy)
        self._write_descriptions(files, edition)

    def _write_descriptions(self, files: tuple[str, ...], edition: Edition) -> None:
        """Write what tells programs the shape of the data: JSON Schemas and the Data Package."""
        dataset, siteurl = load(self.data), edition.siteurl
        for name, text in schema_files(dataset.languages, self.atlas.vocabulary, siteurl):
            self._write(name, text)
        tables = {file: (self.data / file).read_bytes() for file in files if file.endswith(".csv")}
        as_of = next(iter(edition.scenes.values())).lens.as_of
        self._write(*package_file(dataset, tables, atlas=self.atlas, edition=as_of, siteurl=siteurl))
