"""What search engines and language models ask a site for first: sitemap.xml, robots.txt, llms.txt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from ..views.lens import Lens
from ..views.sections import section_title, sections

SITEMAP_SIZE = 50_000
"""Addresses in one file, as https://www.sitemaps.org/protocol.html has it."""

_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACES = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_XHTML = 'xmlns:xhtml="http://www.w3.org/1999/xhtml"'


@dataclass(frozen=True, slots=True, kw_only=True)
class SitemapEntry:
    """One page: its path, that in every language by code, and the day of its last change where known."""

    path: str
    alternates: Mapping[str, str]
    changed: date | None = None


def sitemap(
    entries: Sequence[SitemapEntry], siteurl: str, *, most: int = SITEMAP_SIZE
) -> Iterator[tuple[str, str]]:
    """Yield ``sitemap.xml``, or an index of that name and the files it names where one would be too long."""
    parts = [entries[start : start + most] for start in range(0, len(entries), most)]
    if len(parts) < 2:
        yield "sitemap.xml", _urlset(entries, siteurl)
        return
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    for name, part in zip(names, parts, strict=True):
        yield name, _urlset(part, siteurl)
    lines = (
        f"<sitemap><loc>{escape(f'{siteurl}/{name}')}</loc>{_lastmod(_newest(part))}</sitemap>\n"
        for name, part in zip(names, parts, strict=True)
    )
    yield "sitemap.xml", f"{_DECLARATION}<sitemapindex {_NAMESPACES}>\n{''.join(lines)}</sitemapindex>\n"


def _newest(entries: Sequence[SitemapEntry]) -> date | None:
    return max((entry.changed for entry in entries if entry.changed), default=None)


def _urlset(entries: Sequence[SitemapEntry], siteurl: str) -> str:
    urls = "".join(_url(entry, siteurl) for entry in entries)
    return f"{_DECLARATION}<urlset {_NAMESPACES} {_XHTML}>\n{urls}</urlset>\n"


def _url(entry: SitemapEntry, siteurl: str) -> str:
    links = ""
    if len(entry.alternates) > 1:
        default = next(iter(entry.alternates.values()))
        links = "".join(
            f'<xhtml:link rel="alternate" hreflang={quoteattr(code)} href={quoteattr(f"{siteurl}/{path}")}/>'
            for code, path in (*entry.alternates.items(), ("x-default", default))
        )
    return f"<url><loc>{escape(f'{siteurl}/{entry.path}')}</loc>{_lastmod(entry.changed)}{links}</url>\n"


def _lastmod(day: date | None) -> str:
    return f"<lastmod>{day.isoformat()}</lastmod>" if day else ""


def robots(siteurl: str) -> str:
    """Return ``robots.txt``: everything may be read, and here is the list."""
    where = f"\nSitemap: {siteurl}/sitemap.xml\n" if siteurl else ""
    return f"User-agent: *\nAllow: /\n{where}"


def llms(lenses: Sequence[Lens]) -> str:
    """Return ``llms.txt`` (https://llmstxt.org): what the atlas is, how to quote it, where its data are."""
    first, *others = lenses
    lang = first.lang

    def entry(text: str, path: str, note: str = "") -> str:
        return f"- [{text}]({first.siteurl}/{path})" + (f": {note}" if note else "")

    lines = [
        f"# {first.name}",
        "",
        f"> {lang.text(first.about.tagline)}",
        "",
        lang.t(
            "Every claim names its source, and its date is as exact as the source gives it: “2022” is not "
            "the first of January. Where nobody has looked, the atlas says “not checked”, which is no “no”."
        ),
        lang.t("Quote a claim by its own address and name the edition: %(edition)s.", edition=first.version),
        "",
        f"## {lang.t('Lists')}",
        "",
        *(
            entry(section_title(first, section), first.addresses.path(lang.code, section))
            for section in sections(first)
        ),
        entry(lang.t("Sources"), first.addresses.path(lang.code, "sources")),
        "",
        f"## {lang.t('Open data')}",
        "",
        entry(lang.t("Open data"), first.addresses.path(lang.code, "data"), first.about.licence.name),
        entry(lang.t("Places, with their names, coordinates and populations"), "data/cities.csv"),
        entry("Data Package", "data/datapackage.json"),
        entry(lang.t("Cities as JSON"), "api/v1/cities.json"),
        "",
        f"## {lang.t('Language')}",
        "",
        *(entry(lens.lang.own_name, lens.addresses.path(lens.lang.code)) for lens in others),
    ]
    return "\n".join(lines) + "\n"
