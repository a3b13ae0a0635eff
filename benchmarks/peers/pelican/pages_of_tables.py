"""A Pelican plugin as the documentation teaches it: a generator that writes pages of the joined tables."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import tables
from pelican import signals
from pelican.generators import Generator
from pelican.writers import Writer


class PagesOfTables(Generator):
    """Writes a page for each network, country and city."""

    def generate_context(self) -> None:
        """Read the tables."""
        self.data = tables.read(Path(self.settings["ATLAS_TABLES"]))
        self.context.update(self.data)

    def generate_output(self, writer: Writer) -> None:
        """Write all pages."""

        def page(name: str, template: Any, **more: Any) -> None:
            url = "/" + name.removesuffix("index.html")
            writer.write_file(name, template, self.context, page_url=url, **more)

        page("index.html", self.get_template("index"))
        page("sitemap.xml", self.env.get_template("sitemap.xml"))
        for network in self.data["networks"]:
            page(f"network/{network['id']}/index.html", self.get_template("network"), network=network)
        for country in self.data["countries"]:
            page(f"country/{country['slug']}/index.html", self.get_template("country"), country=country)
        for city in self.data["cities"]:
            page(f"city/{city['id']}/index.html", self.get_template("city"), city=city)
        points = tables.geojson(self.data["cities"])
        Path(self.output_path, "cities.geojson").write_text(points, "utf-8")


def get_generators(_: Any) -> type[PagesOfTables]:
    """Return the generator."""
    return PagesOfTables


def register() -> None:
    """Connect to Pelican's signals."""
    signals.get_generators.connect(get_generators)
