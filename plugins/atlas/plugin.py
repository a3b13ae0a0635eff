"""The Pelican generator of the atlas: reads the dataset, then writes every page."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pelican import signals
from pelican.generators import Generator, PagesGenerator
from pelican.log import console
from pelican.writers import Writer

from .build import clock, manifest, pages_on_demand, pelican_run
from .build.environment import environment
from .build.folder_swap import Staging, public_folder
from .build.progress import progress
from .build.read_data import read
from .build.run_jobs import begun_ahead, printed, workers
from .cache.row_text import Tables
from .dataset.history.edition_name import edition_name
from .dataset.published_files import Contents
from .dataset.reading.load import Dataset, shown_path
from .errors import FindingsError, UsageError
from .languages.addresses import Addresses
from .languages.language import Language
from .site.assets import fonts, versions
from .site.blueprint import DEFAULT, Edition, Material, blueprint, code_of
from .site.content import Texts
from .site.prose_check import prose_findings
from .site.templates import Templates
from .views.code_host import CodeHost
from .views.lens import Lens


def connect() -> None:
    """Connect named functions only: Pelican's signals forget methods of temporary objects."""
    pelican_run.connect()
    signals.get_generators.connect(get_generators)
    signals.all_generators_finalized.connect(hand_over_texts)
    signals.finalized.connect(stamp_assets)


def get_generators(pelican: Any) -> type[AtlasGenerator]:
    """Return the generator of the atlas."""
    return AtlasGenerator


def hand_over_texts(generators: list[Any]) -> None:
    """Give the texts that Pelican read from ``content/`` to the generator of the atlas."""
    read = next(g for g in generators if isinstance(g, PagesGenerator))
    for generator in generators:
        if isinstance(generator, AtlasGenerator):
            generator.texts = Texts([*read.pages, *read.translations], generator.atlas)


def stamp_assets(pelican: Any) -> None:
    """Give scripts and styles their version, once Pelican has copied those of the theme."""
    if version := pelican.settings.get("ATLAS_ASSET_VERSION"):
        versions.stamp(Path(pelican.output_path), version)


class AtlasGenerator(Generator):  # type: ignore[misc]  # Pelican has no types
    """Writes every page of the atlas in every language of the site."""

    dataset: Dataset
    texts: Texts
    former: manifest.Manifest

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Prepare the languages of the site."""
        super().__init__(*args, **kwargs)
        self.root = Path.cwd()
        self.data = Path(self.settings["ATLAS_DATA"])
        codes: tuple[str, ...] = tuple(self.settings["ATLAS_LANGUAGES"])
        try:
            self.languages = tuple(Language(code, default=codes[0]) for code in codes)
        except FileNotFoundError as error:
            code = Path(error.args[0]).parts[-3]
            raise UsageError(f"{code}: there is no catalogue; run: atlas language add {code}") from error

    def generate_context(self) -> None:
        """Read the dataset; raises FindingsError with everything that is wrong in it."""
        today = datetime.datetime.now(datetime.UTC).date()
        self.dataset, self.atlas = read(self.data, today, workers(self.settings), self._former_tables)
        if faults := list(prose_findings(Path(self.settings["PATH"]), self.atlas)):
            raise FindingsError(faults)

    def _former_tables(self) -> Tables:
        """Look up what the last build made of what, and return what it has read of the data."""
        public = public_folder(Path(self.output_path))
        self.former = manifest.load(Staging(public).manifest) if public else manifest.Manifest("")
        return self.former.tables

    def generate_output(self, writer: Writer) -> None:
        """Write all pages, and whatever stands beside them."""
        material = self.material()
        edition = self.edition(material)
        pages_on_demand.offer(edition, material.output)
        with begun_ahead(edition, material.output, self.settings, self.former) as begun:
            jobs = edition.jobs()
            with progress(len(jobs), "pages", console) as advance:
                printed(edition, jobs, begun, material.output, self.settings, advance)
        edition.blueprint.finish(material, edition)

    def edition(self, material: Material) -> Edition:
        """Return what all pages are made from."""
        plan, settings = blueprint(self._plan), self.settings
        templates, version = material.theme / "templates", settings["ATLAS_ASSET_VERSION"]
        return Edition(
            scenes=plan.scenes(material),
            templates=Templates(templates, cache=material.cache, version=version),
            raster=plan.raster(material),
            plan=self._plan,
            environment=material.environment,
        )

    @property
    def _plan(self) -> str:
        return self.settings.get("ATLAS_BLUEPRINT") or DEFAULT

    def _asset_version(self, engine: Path, theme: Path) -> str:
        if not self.settings.get("ATLAS_HASHED_ASSETS"):
            return ""
        topics = self.atlas.vocabulary.topics.values()
        return versions.asset_version(
            theme, engine, topics, fonts.parts(engine, Path(self.settings["ATLAS_CACHE"]))
        )

    def material(self) -> Material:
        """Return all there is to make a site from."""
        contents = Contents(self.data)
        index = "index.html" if self.settings.get("ATLAS_INDEX_LINKS") else ""
        addresses = Addresses(self.languages, index).of(self.atlas.vocabulary)
        as_of, host = clock.build_date(self.root), self._host()
        name = self._edition_name(as_of, contents) if self.settings["ATLAS_NAME_EDITION"] else ""
        lenses = tuple(
            Lens(
                atlas=self.atlas,
                lang=language,
                addresses=addresses,
                as_of=as_of,
                edition=name,
                siteurl=self.settings["SITEURL"].rstrip("/"),
                host=host,
                about=self.settings["ATLAS_ABOUT"],
            )
            for language in self.languages
        )
        engine, theme = Path(self.settings["ATLAS_ENGINE"]), Path(self.theme)
        self.settings["ATLAS_ASSET_VERSION"] = self._asset_version(engine, theme)
        return Material(
            settings=self.settings,
            environment=environment(lenses, theme / "templates", self.settings, code_of(self._plan)),
            engine=engine,
            theme=theme,
            data=self.data,
            dataset=self.dataset,
            contents=contents,
            lenses=lenses,
            texts=self.texts,
            output=Path(self.output_path),
        )

    def _edition_name(self, day: datetime.date, contents: Mapping[str, bytes]) -> str:
        return edition_name(day, {f: text for f, text in contents.items() if f.endswith((".csv", ".yaml"))})

    def _host(self) -> CodeHost:
        """Return where the data can be looked up and changed, as the settings say."""
        settings = {
            name: str(self.settings.get(f"ATLAS_{name.upper()}_URL") or "")
            for name in ("edit", "history", "file", "issue", "issues", "releases")
        }
        return CodeHost(
            code=(self.settings.get("ATLAS_CODE_URL") or "").rstrip("/"),
            branch=self.settings["ATLAS_BRANCH"],
            email=self.settings.get("ATLAS_EMAIL") or "",
            data=shown_path(self.data),
            **settings,
        )
