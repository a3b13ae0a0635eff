"""The pages by Jinja2 and nothing else: ``plain.py TABLES OUTPUT``. The reference for all others."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import tables
from jinja2 import Environment, FileSystemLoader

TEMPLATES = Path(__file__).parent / "templates"


def build(folder: Path, output: Path) -> None:
    """Write every page of the tables in ``folder`` below ``output``."""
    data = tables.read(folder)
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), trim_blocks=True, lstrip_blocks=True, autoescape=True
    )
    environment.filters |= tables.FILTERS

    def page(name: str, template: str, **more: Mapping[str, Any]) -> None:
        url = "/" + name.removesuffix("index.html")
        text = environment.get_template(template).render(data, SITEURL=tables.SITEURL, page_url=url, **more)
        target = output / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")

    page("index.html", "index.html")
    page("sitemap.xml", "sitemap.xml")
    for network in data["networks"]:
        page(f"network/{network['id']}/index.html", "network.html", network=network)
    for country in data["countries"]:
        page(f"country/{country['slug']}/index.html", "country.html", country=country)
    for city in data["cities"]:
        page(f"city/{city['id']}/index.html", "city.html", city=city)
    (output / "cities.geojson").write_text(tables.geojson(data["cities"]), "utf-8")


if __name__ == "__main__":
    build(Path(sys.argv[1]), Path(sys.argv[2]))
