"""What search engines and language models ask a site for first: sitemap.xml, robots.txt, llms.txt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

from ..views.lens import Lens
from ..views.sections import section_title, sections

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
