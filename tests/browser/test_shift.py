"""Nothing moves while a page loads, also where its script comes late: what the script shows has its place."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.visit import opened
from tests.conftest import Handler

LATE = 0.25
"""Seconds that a script or its data comes later than the page."""
SHIFT_ALLOWED = 0.02
ADDRESSES = (
    "contribute/suggest/",
    "contribute/suggest/?city=krakow&instrument=eccar",
    "search/",
    "search/?q=krakow",
    "search/?q=krakow%20eccar",
    "map/",
    "compare/",
    "compare/?c=krakow,lodz,warszawa",
    "timeline/",
)
_MOVED = """
window.moved = [];
new PerformanceObserver(list => {
    for (const one of list.getEntries()) window.moved.push([one.value, ...one.sources.map(
        ({ node }) => node?.outerHTML?.slice(0, 90) ?? String(node?.nodeName))]);
}).observe({ type: "layout-shift", buffered: true });
"""


class Late(Handler):
    """Sends scripts and what they ask for a moment later."""

    def do_GET(self) -> None:
        if ".js" in self.path:
            time.sleep(LATE)
        super().do_GET()


@pytest.fixture(scope="module")
def late(site: Path, serving: Callable[..., AbstractContextManager[str]]) -> Iterator[str]:
    with serving(site, Late) as address:
        yield address


def settled(page: Page) -> None:
    expect(page.locator(".awaited[hidden], .find.awaited")).to_have_count(0)
    page.wait_for_load_state("networkidle")
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


@pytest.mark.parametrize(("width", "height"), [(360, 740), (1280, 800)])
@pytest.mark.parametrize("address", ADDRESSES)
def test_what_a_script_shows_has_its_place(
    browser: Browser, late: str, address: str, width: int, height: int
) -> None:
    with opened(browser, late + address, width=width, height=height, watched=False, init=_MOVED) as page:
        settled(page)
        moved = page.evaluate("window.moved")
        assert sum(value for value, *_ in moved) < SHIFT_ALLOWED, moved


@pytest.mark.parametrize(
    ("address", "script", "after"),
    [
        ("contribute/suggest/", "suggest/suggest.js", "#s-without"),
        ("search/", "search/search.js", "#s-lists"),
        ("compare/", "tables/compare.js", "#s-ready"),
    ],
)
def test_a_script_that_never_comes_gives_its_place_back(
    browser: Browser, server: str, address: str, script: str, after: str
) -> None:
    with opened(browser, server + address, height=800, watched=False) as page:
        page.route(f"**/{script}*", lambda route: route.abort())
        page.reload(wait_until="networkidle")
        page.evaluate("document.getAnimations().forEach(one => one.finish())")
        expect(page.locator(after)).to_be_visible()
        expect(page.locator(after)).to_be_in_viewport()
