"""Every kind of page in a real browser: both languages, narrow and wide, light and dark."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[2]
SCREENSHOTS = ROOT / "build" / "screenshots"

with (ROOT / "data/sources.csv").open(encoding="utf-8-sig", newline="") as lines:
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
    "timeline": ("timeline/", "pl/os-czasu/"),
    "timeline-topic": ("timeline/topics/migration/", "pl/os-czasu/tematy/migration/"),
    "sources": ("sources/", "pl/zrodla/"),
    "source": (f"sources/{SOURCE}/", f"pl/zrodla/{SOURCE}/"),
    "about": ("about/", "pl/o-atlasie/"),
    "method": ("method/", "pl/metoda/"),
    "contribute": ("contribute/", "pl/wspoltworz/"),
    "data": ("data/", "pl/dane/"),
    "404": ("404.html",),
}
ADDRESSES = [
    pytest.param(kind, address, id=f"{kind}-{'pl' if address.startswith('pl/') else 'en'}")
    for kind, addresses in KINDS.items()
    for address in addresses
]
WIDTHS = (360, 1280)
SCHEMES = ("light", "dark")

# Violations of a policy reach the page as events, also where the console stays silent.
WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation",
    event => window.violations.push(event.violatedDirective + " " + event.blockedURI));
"""


@contextmanager
def opened(browser: Browser, address: str, width: int, scheme: str) -> Iterator[tuple[Page, list[str]]]:
    """Open a page in a fresh profile; yield it with the list of what went wrong."""
    with browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    ) as context:
        context.add_init_script(WATCH)
        page, wrong = context.new_page(), []
        own = address[: address.index("/", len("http://")) + 1]
        page.on(
            "console", lambda said: wrong.append(said.text) if said.type in ("error", "warning") else None
        )
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("requestfailed", lambda request: wrong.append(f"failed: {request.url}"))
        page.on(
            "response", lambda got: wrong.append(f"{got.status}: {got.url}") if got.status >= 400 else None
        )
        page.on(
            "request",
            lambda sent: (
                None if sent.url.startswith((own, "data:")) else wrong.append(f"foreign: {sent.url}")
            ),
        )
        page.goto(address, wait_until="load")
        page.evaluate("document.fonts.ready.then(() => true)")
        yield page, wrong


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(("kind", "address"), ADDRESSES)
def test_page_is_sound(
    browser: Browser, server: str, kind: str, address: str, width: int, scheme: str
) -> None:
    lang = "pl" if address.startswith("pl/") else "en"
    with opened(browser, server + address, width, scheme) as (page, wrong):
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=SCREENSHOTS / f"{kind}-{lang}-{width}-{scheme}.png", full_page=True)
        assert wrong == []
        assert page.evaluate("window.violations") == []
        assert page.evaluate("document.documentElement.lang") == lang
        assert page.evaluate("document.querySelectorAll('h1').length") == 1
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"the page is {wide} px wide and scrolls sideways"


@pytest.mark.parametrize("kind", ["home", "city", "network"])
def test_page_reads_at_320_pixels(browser: Browser, server: str, kind: str) -> None:
    with opened(browser, server + KINDS[kind][0], 320, "light") as (page, _):
        assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("kind", KINDS)
def test_page_has_no_serious_barrier(browser: Browser, server: str, kind: str, scheme: str) -> None:
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    with opened(browser, server + KINDS[kind][0], 1280, scheme) as (page, _):
        found = Axe().run(page, options={"runOnly": tags}).response["violations"]
    serious = [
        f"{one['id']}: {one['help']}: {node['target']}"
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]
    assert serious == []


def test_fonts_are_loaded_from_the_site(browser: Browser, server: str) -> None:
    with opened(browser, server, 1280, "light") as (page, _):
        loaded = page.evaluate("[...document.fonts].filter(f => f.status === 'loaded').map(f => f.family)")
    assert {name.strip("\"'") for name in loaded} >= {"Atkinson Hyperlegible", "Brygada 1918"}


@pytest.mark.parametrize("kind", ["home", "city", "country"])
def test_page_is_whole_without_javascript(browser: Browser, server: str, kind: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(server + KINDS[kind][0])
        assert page.locator("h1").count() == 1
        assert page.locator("main").inner_text().strip()
