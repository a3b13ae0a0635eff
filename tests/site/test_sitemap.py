"""sitemap.xml, robots.txt and llms.txt: whole, valid, in both languages, with days that nobody invented."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import date
from pathlib import Path

from tests.builders import action, atlas, city, commitment, lens, lenses, network

from atlas.site.sitemap import SitemapEntry, llms, robots, sitemap
from atlas.views.last_changed import modified

SITEURL = "https://example.org/atlas"
S = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
X = "{http://www.w3.org/1999/xhtml}"


def urls(text: str) -> dict[str, ET.Element]:
    """Return the entries of a sitemap by their addresses."""
    root = ET.fromstring(text)
    assert root.tag == f"{S}urlset"
    return {entry.findtext(f"{S}loc") or "": entry for entry in root}


def test_a_page_with_its_twin_and_its_day() -> None:
    entry = SitemapEntry(
        path="cities/lodz/",
        alternates={"en": "cities/lodz/", "pl": "pl/miasta/lodz/"},
        changed=date(2026, 1, 25),
    )
    [(name, text)] = sitemap([entry, SitemapEntry(path="a&b/", alternates={"en": "a&b/"})], SITEURL)
    found = urls(text)
    assert name == "sitemap.xml"
    assert list(found) == [f"{SITEURL}/cities/lodz/", f"{SITEURL}/a&b/"]
    one, other = found.values()
    assert one.findtext(f"{S}lastmod") == "2026-01-25"
    assert [(link.get("hreflang"), link.get("href")) for link in one.findall(f"{X}link")] == [
        ("en", f"{SITEURL}/cities/lodz/"),
        ("pl", f"{SITEURL}/pl/miasta/lodz/"),
        ("x-default", f"{SITEURL}/cities/lodz/"),
    ]
    assert other.find(f"{S}lastmod") is None
    assert other.findall(f"{X}link") == []


def test_more_addresses_than_a_file_may_hold() -> None:
    entries = [
        SitemapEntry(path=f"{n}/", alternates={}, changed=date(2026, 1, n) if n < 3 else None)
        for n in range(1, 6)
    ]
    files = dict(sitemap(entries, SITEURL, most=2))
    assert list(files) == ["sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml", "sitemap.xml"]
    index = ET.fromstring(files["sitemap.xml"])
    assert index.tag == f"{S}sitemapindex"
    assert [(one.findtext(f"{S}loc"), one.findtext(f"{S}lastmod")) for one in index] == [
        (f"{SITEURL}/sitemap-1.xml", "2026-01-02"),
        (f"{SITEURL}/sitemap-2.xml", None),
        (f"{SITEURL}/sitemap-3.xml", None),
    ]
    assert [len(urls(files[f"sitemap-{n}.xml"])) for n in (1, 2, 3)] == [2, 2, 1]


def test_a_robot_may_read_everything() -> None:
    assert robots(SITEURL) == f"User-agent: *\nAllow: /\n\nSitemap: {SITEURL}/sitemap.xml\n"
    assert robots("") == "User-agent: *\nAllow: /\n"


def test_a_language_model_is_told_how_to_quote() -> None:
    named = {"siteurl": SITEURL, "edition": "2026-11-22.3f9c2a1"}
    text = llms([replace(one, **named) for one in lenses(atlas(city("lodz")))])
    assert text.startswith("# City Commitments Atlas\n\n> ")
    assert "name the edition: 2026-11-22.3f9c2a1." in text
    assert f"- [Cities]({SITEURL}/cities/)\n" in text
    assert f"- [Polski]({SITEURL}/pl/)\n" in text


def test_a_page_is_as_new_as_the_newest_record_behind_it() -> None:
    of = atlas(
        city("krakow"),
        city("lodz"),
        city("praha", country="CZ"),
        network("wel"),
        commitment("wel", "krakow"),
        action("talk", cities=("krakow",)),
    )
    changes = {
        "cities.csv krakow": date(2026, 1, 1),
        "cities.csv lodz": date(2026, 1, 2),
        "commitments/wel.csv krakow": date(2026, 1, 3),
        "commitments/wel.csv": date(2026, 1, 9),
        "actions/talk.yaml": date(2026, 1, 4),
        "networks/wel.yaml": date(2026, 1, 5),
        "sources.csv page": date(2026, 1, 6),
    }
    assert modified(lens(of, "pl"), changes) == {
        "pl/miasta/krakow/": date(2026, 1, 4),
        "pl/miasta/lodz/": date(2026, 1, 2),
        "pl/kraje/pl/": date(2026, 1, 4),
        "pl/sieci/wel/": date(2026, 1, 9),
        "pl/dzialania/talk/": date(2026, 1, 4),
        "pl/zrodla/page/": date(2026, 1, 6),
    }
    assert modified(lens(of), {}) == {}


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
    for address, entry in found.items():
        for link in entry.findall(f"{X}link"):
            assert link.get("href") in found, address


def test_every_page_of_the_site_says_the_edition(site: Path) -> None:
    names = set()
    for file in site.rglob("index.html"):
        text = file.read_text("utf-8")
        if '<meta name="robots" content="noindex' not in text:
            names |= set(re.findall(r'<meta name="edition" content="([^"]*)">', text)) or {file}
    [name] = names
    assert re.fullmatch(r"\d{4}-\d\d-\d\d\.[0-9a-f]{7}", str(name))
    assert str(name) in (site / "llms.txt").read_text("utf-8")
