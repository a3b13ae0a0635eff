"""The formats of the files to download, for the page, the Data Package and the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple


class Format(NamedTuple):
    """A format of files: its name, its IANA media type, and its code in the EU's list of file types."""

    name: str
    media: str
    eu: str | None = None
    """http://publications.europa.eu/resource/authority/file-type/…"""


FORMATS: Mapping[str, Format] = {
    "csv": Format("CSV", "text/csv", "CSV"),
    "geojson": Format("GeoJSON", "application/geo+json", "GEOJSON"),
    "json": Format("JSON", "application/json", "JSON"),
    "jsonld": Format("JSON-LD", "application/ld+json", "JSON_LD"),
    "md": Format("Markdown", "text/markdown"),
    "parquet": Format("Parquet", "application/vnd.apache.parquet", "PARQUET"),
    "sqlite": Format("SQLite", "application/vnd.sqlite3"),
    "txt": Format("Text", "text/plain", "TXT"),
    "yaml": Format("YAML", "application/yaml"),
}
"""By the end of the file's name."""


def format_of(path: str) -> Format:
    """Return the format of a file."""
    return FORMATS.get(path.rpartition(".")[2], FORMATS["txt"])


@dataclass(frozen=True, slots=True)
class Download:
    """One file to download; ``size`` is in bytes."""

    path: str
    """Below the root of the site."""
    size: int
    made: bool = False
    """Whether it was made from the files of the repository, which are published as they stand."""

    @property
    def format(self) -> Format:
        """Return its format."""
        return format_of(self.path)
