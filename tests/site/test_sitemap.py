"""sitemap.xml and robots.txt: whole and valid."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

from atlas.site.sitemap import robots, sitemap

SITEURL = "https://example.org/atlas"
S = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def urls(text: str) -> dict[str, ET.Element]:
    """Return the entries of a sitemap by their addresses."""
    root = ET.fromstring(text)
    assert root.tag == f"{S}urlset"
    return {entry.findtext(f"{S}loc") or "": entry for entry in root}


def test_pages_are_listed_by_their_addresses() -> None:
    [(name, text)] = sitemap(["cities/lodz/", "a&b/"], SITEURL)
    assert name == "sitemap.xml"
    assert list(urls(text)) == [f"{SITEURL}/cities/lodz/", f"{SITEURL}/a&b/"]


def test_more_addresses_than_a_file_may_hold() -> None:
    files = dict(sitemap([f"{n}/" for n in range(1, 6)], SITEURL, most=2))
    assert list(files) == ["sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml", "sitemap.xml"]
    index = ET.fromstring(files["sitemap.xml"])
    assert index.tag == f"{S}sitemapindex"
    assert [one.findtext(f"{S}loc") for one in index] == [f"{SITEURL}/sitemap-{n}.xml" for n in (1, 2, 3)]
    assert [len(urls(files[f"sitemap-{n}.xml"])) for n in (1, 2, 3)] == [2, 2, 1]


def test_a_robot_may_read_everything() -> None:
    assert robots(SITEURL) == f"User-agent: *\nAllow: /\n\nSitemap: {SITEURL}/sitemap.xml\n"
    assert robots("") == "User-agent: *\nAllow: /\n"


# The site as it is built


def test_the_sitemap_of_the_site_lists_every_page_and_no_other(site: Path) -> None:
    found = urls((site / "sitemap.xml").read_text("utf-8"))
    listed = {address.removeprefix(f"{SITEURL}/") for address in found}
    pages = {}
    for file in site.rglob("index.html"):
        path = file.parent.relative_to(site).as_posix()
        pages["" if path == "." else f"{path}/"] = file.read_text("utf-8")
    hidden = {path for path, text in pages.items() if '<meta name="robots" content="noindex' in text}
    assert {path for path in hidden if "/wien/" in path} == {"cities/wien/", "pl/miasta/wien/"}
    assert sorted(listed) == sorted(set(pages) - hidden)


def test_every_page_of_the_site_says_the_edition(site: Path) -> None:
    names = set()
    for file in site.rglob("index.html"):
        text = file.read_text("utf-8")
        if '<meta name="robots" content="noindex' not in text:
            names |= set(re.findall(r'<meta name="edition" content="([^"]*)">', text)) or {file}
    [name] = names
    assert re.fullmatch(r"\d{4}-\d\d-\d\d\.[0-9a-f]{7}", str(name))
