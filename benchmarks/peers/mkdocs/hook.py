"""Adds a page for each network, country and city to MkDocs."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import tables  # noqa: E402  # after the way to it
from mkdocs.structure.files import File  # noqa: E402

_data: dict[str, Any] = {}
_about: dict[str, dict[str, Any]] = {}


def on_config(config: Any, **_: Any) -> None:
    """Read the tables."""
    _data.update(tables.read(Path(os.environ["PEER_TABLES"])))
    config.site_dir = os.environ["PEER_OUTPUT"]


def on_files(files: Any, config: Any, **_: Any) -> None:
    """Add the pages."""

    def add(path: str, template: str, **about: Any) -> None:
        _about[path] = about
        files.append(File.generated(config, path, content=f"---\ntemplate: {template}\n---\n"))

    for network in _data["networks"]:
        add(f"network/{network['id']}.md", "network.html", network=network)
    for country in _data["countries"]:
        add(f"country/{country['slug']}.md", "country.html", country=country)
    for city in _data["cities"]:
        add(f"city/{city['id']}.md", "city.html", city=city)


def on_env(env: Any, **_: Any) -> None:
    """Escape text, and add the filters."""
    env.autoescape = env.trim_blocks = env.lstrip_blocks = True
    env.filters.update(tables.FILTERS)


def on_page_context(context: Any, page: Any, **_: Any) -> None:
    """Give a page what it is about."""
    url = "/" + page.url if page.url != "./" else "/"
    context.update(_data, SITEURL=tables.SITEURL, page_url=url, **_about.get(page.file.src_uri, {}))


def on_template_context(context: Any, **_: Any) -> None:
    """Give the sitemap all records."""
    context.update(_data, SITEURL=tables.SITEURL)


def on_post_build(config: Any, **_: Any) -> None:
    """Write the points."""
    Path(config.site_dir, "cities.geojson").write_text(tables.geojson(_data["cities"]), "utf-8")
