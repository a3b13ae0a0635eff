"""What search engines ask a site for first: sitemap.xml and robots.txt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

SITEMAP_SIZE = 50_000
"""Addresses in one file, as https://www.sitemaps.org/protocol.html has it."""
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def sitemap(paths: Sequence[str], siteurl: str, *, most: int = SITEMAP_SIZE) -> Iterator[tuple[str, str]]:
    """Yield ``sitemap.xml``, or an index of that name and the files it names where one would be too long.

    Pages name themselves in other languages in their heads.
    """
    parts = [paths[start : start + most] for start in range(0, len(paths), most)]
    if len(parts) < 2:
        yield "sitemap.xml", _listing("urlset", "url", paths, siteurl)
        return
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    for name, part in zip(names, parts, strict=True):
        yield name, _listing("urlset", "url", part, siteurl)
    yield "sitemap.xml", _listing("sitemapindex", "sitemap", names, siteurl)


def _listing(whole: str, each: str, paths: Sequence[str], siteurl: str) -> str:
    lines = "".join(f"<{each}><loc>{escape(f'{siteurl}/{path}')}</loc></{each}>\n" for path in paths)
    return f"{_DECLARATION}<{whole} {_NAMESPACE}>\n{lines}</{whole}>\n"


def robots(siteurl: str) -> str:
    """Return ``robots.txt``: everything may be read, and here is the list."""
    where = f"\nSitemap: {siteurl}/sitemap.xml\n" if siteurl else ""
    return f"User-agent: *\nAllow: /\n{where}"
