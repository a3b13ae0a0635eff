"""Every kind of page in a real browser: both languages, narrow and wide, light and dark."""

from __future__ import annotations

import csv
from itertools import product
from pathlib import Path
from typing import cast

import pytest
from playwright.sync_api import Browser, expect
from tests.browser.barriers import CONTRAST, RULES, barriers
from tests.browser.visit import opened
from tests.builders import PAGES, SAMPLE, NoSheets, sample_lens

from atlas.drawings.maps.static_map import Sheets
from atlas.site.content import Texts
from atlas.site.jobs import Page, all_of, jobs
from atlas.site.routes import AtlasScene

with (SAMPLE / "sources.csv").open(encoding="utf-8-sig", newline="") as lines:
    SOURCE = next(csv.DictReader(lines))["id"]

# One page of every kind, by its address in each language.
KINDS = {
    "home": ("", "pl/"),
    "cities": ("cities/", "pl/miasta/"),
    "city": ("cities/krakow/", "pl/miasta/krakow/"),
    "city-with-actions": ("cities/czestochowa/", "pl/miasta/czestochowa/"),
    "networks": ("networks/", "pl/sieci/"),
    "network": ("networks/eccar/", "pl/sieci/eccar/"),
    "charters": ("charters/", "pl/karty/"),
    "charter": ("charters/cemr-charter/", "pl/karty/cemr-charter/"),
    "actions": ("actions/", "pl/dzialania/"),
    "action": ("actions/czestochowa-team-2019/", "pl/dzialania/czestochowa-team-2019/"),
    "countries": ("countries/", "pl/kraje/"),
    "country": ("countries/pl/", "pl/kraje/pl/"),
    "topics": ("topics/", "pl/tematy/"),
    "topic": ("topics/gender-equality/", "pl/tematy/gender-equality/"),
    "map": ("map/", "pl/mapa/"),
    "compare": ("compare/?c=krakow,lodz,warszawa", "pl/porownaj/?c=krakow,lodz,warszawa"),
    "compare-table": ("compare/ump/", "pl/porownaj/ump/"),
    "timeline": ("timeline/", "pl/os-czasu/"),
    "timeline-topic": ("timeline/topics/migration/", "pl/os-czasu/tematy/migration/"),
    "sources": ("sources/", "pl/zrodla/"),
    "more-sources": ("sources/pages/2/", "pl/zrodla/strony/2/"),
    "source": (f"sources/{SOURCE}/", f"pl/zrodla/{SOURCE}/"),
    "about": ("about/", "pl/o-atlasie/"),
    "method": ("method/", "pl/metoda/"),
    "contribute": ("contribute/", "pl/wspoltworz/"),
    "data": ("data/", "pl/dane/"),
    "editions": ("data/editions/", "pl/dane/edycje/"),
    "changes": ("changes/", "pl/zmiany/"),
    "changes-year": ("changes/2026/", "pl/zmiany/2026/"),
    "search": ("search/?q=krakow", "pl/szukaj/?q=krakow"),
    "suggest": ("contribute/suggest/", "pl/wspoltworz/zglos/"),
    "recheck": ("contribute/recheck/", "pl/wspoltworz/sprawdz/"),
    "fields": ("contribute/fields/", "pl/wspoltworz/pola/"),
    "accessibility": ("accessibility/", "pl/deklaracja-dostepnosci/"),
    "contradictions": ("contradictions/", "pl/sprzecznosci/"),
    "licences": ("licences/", "pl/licencje/"),
    "embed-city": ("embed/city/?id=krakow", "pl/embed/miasto/?id=krakow"),
    "embed-map": ("embed/networks/eccar/", "pl/embed/sieci/eccar/"),
    "embed-table": ("embed/compare/ump/", "pl/embed/porownaj/ump/"),
    "404": ("404.html", "pl/404.html"),
}
SAME_TEMPLATE = {
    *("charters", "charter", "timeline-topic", "more-sources", "changes-year"),
    *("method", "contribute", "accessibility"),
}
"""What is made by the template of another kind; `tests/proof/test_accessibility.py` looks at them as well."""
ALSO_DARK = ("home", "city", "compare-table")
"""Pages that have all colours together; `tests/proof/test_accessibility.py` looks at all others as well."""
ADDRESSES = [
    pytest.param(kind, address, id=f"{kind}-{'pl' if address.startswith('pl/') else 'en'}")
    for kind, addresses in KINDS.items()
    for address in addresses
]
WIDTHS = (360, 1280)
SCHEMES = ("light", "dark")


@pytest.mark.parametrize("code", ["en", "pl"])
def test_there_is_a_page_of_every_kind(code: str) -> None:
    through = sample_lens(code)
    scene = AtlasScene(through, (through,), cast(Sheets, NoSheets()), Texts([], through.atlas))
    addresses = {address.partition("?")[0] for pair in KINDS.values() for address in pair}
    # Texts and changes are not made here: they stand in `content/` and in the history.
    shown = {"section", "changes", "not found"}
    # Other lists have no further pages today; `tests/views/test_paging.py` makes some.
    asked = {job.route for job in jobs((scene,), PAGES)} | shown
    assert set(PAGES) - asked == {
        *("more actions", "more cities"),
        *("more of country", "more of instrument"),
    }
    for job in jobs((scene,), PAGES):
        if job.route not in shown:
            for page in all_of(PAGES[job.route].make(scene, job.id)):
                if isinstance(page, Page) and page.view.frame.path in addresses:
                    shown.add(job.route)
    assert asked - shown == set()


@pytest.mark.parametrize(("kind", "address"), ADDRESSES)
def test_page_is_sound(
    browser: Browser, server: str, pytestconfig: pytest.Config, kind: str, address: str
) -> None:
    lang = "pl" if address.startswith("pl/") else "en"
    pictures: Path | None = pytestconfig.getoption("--pictures")
    with opened(browser, server + address) as page:
        page.evaluate("document.fonts.ready.then(() => true)")
        assert page.evaluate("document.documentElement.lang") == lang
        assert page.evaluate("document.querySelectorAll('h1').length") == 1
        for width, scheme in product(WIDTHS, SCHEMES):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"the page is {wide} px wide and scrolls sideways"
            if pictures:
                picture = pictures / f"{kind}-{lang}-{width}-{scheme}.jpg"
                page.screenshot(path=picture, type="jpeg", quality=70, full_page=True)


@pytest.mark.parametrize("kind", ["home", "city", "network", "map", "compare-table"])
def test_page_reads_at_320_pixels(browser: Browser, server: str, kind: str) -> None:
    with opened(browser, server + KINDS[kind][0], width=320) as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in SAME_TEMPLATE])
def test_page_has_no_barrier(browser: Browser, server: str, kind: str) -> None:
    # The tool adds styles of its own, which the policy refuses: nobody watches.
    with opened(browser, server + KINDS[kind][0], watched=False) as page:
        assert barriers(page, RULES) == {}
        if kind in ALSO_DARK:
            page.emulate_media(color_scheme="dark")
            assert barriers(page, CONTRAST) == {}


def test_fonts_are_loaded_from_the_site(browser: Browser, server: str) -> None:
    with opened(browser, server) as page:
        page.evaluate("document.fonts.ready.then(() => true)")
        loaded = page.evaluate("[...document.fonts].filter(f => f.status === 'loaded').map(f => f.family)")
    assert {name.strip("\"'") for name in loaded} >= {"Atkinson Hyperlegible", "Brygada 1918"}


@pytest.mark.parametrize("kind", ["home", "city", "country"])
def test_page_is_whole_without_javascript(browser: Browser, server: str, kind: str) -> None:
    with opened(browser, server + KINDS[kind][0], script=False) as page:
        assert page.locator("h1").count() == 1
        assert page.locator("main").inner_text().strip()


def test_paper_that_is_narrow_is_no_phone(browser: Browser, server: str) -> None:
    """Firefox asks for the width of the paper within its margins, which is that of a phone."""
    with opened(browser, server + KINDS["city"][0], width=673) as page:
        page.emulate_media(media="print")
        topic = page.locator(".reg .tp span").first.bounding_box()
        assert topic and topic["width"] > 60 > topic["height"]


@pytest.mark.parametrize("address", ["cities/krakow/", "pl/miasta/krakow/"])
def test_the_menu_is_one_row_in_any_face(browser: Browser, server: str, address: str) -> None:
    with opened(browser, server + address) as page:
        measured = """() => {
            const top = (found) => Math.round(document.querySelector(found).getBoundingClientRect().top);
            const links = [...document.querySelectorAll(".nav a")].map((a) => a.getBoundingClientRect().top);
            return { menu: new Set(links).size, apart: Math.abs(top(".seek") - top(".langs a")),
                     height: document.querySelector(".top").offsetHeight };
        }"""
        for width, rows in ((320, 2), (360, 2), (1010, 2), (1270, 2), (1280, 1), (1920, 1)):
            page.set_viewport_size({"width": width, "height": 900})
            found = page.evaluate(measured)
            assert (width, found["menu"], found["apart"]) == (width, 1, 0)
            assert found["height"] <= rows * 70
            assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(
    ("asked", "other"),
    [
        ("cities/krakow/#eccar", "pl/miasta/krakow/#eccar"),
        ("map/?i=eccar&p=krakow", "pl/mapa/?i=eccar&p=krakow"),
        ("search/?q=krakow&k=city", "pl/szukaj/?q=krakow&k=city"),
    ],
)
def test_the_other_language_shows_the_same_choice_and_claim(
    browser: Browser, server: str, asked: str, other: str
) -> None:
    with opened(browser, server + asked) as page:
        way = page.locator(".langs a")
        expect(way).to_have_attribute("href", server + other)
        way.click()
        page.wait_for_url(server + other)
