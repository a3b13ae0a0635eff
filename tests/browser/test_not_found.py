"""The page for addresses that lead nowhere, at such an address, in a real browser."""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterator
from http import HTTPStatus
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.visit import opened
from tests.conftest import SUBFOLDER, Handler


class Host(Handler):
    """Shows 404.html where nothing is, as hosts do; with a status that the browser does not report."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        body = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture(scope="module")
def host(site: Path) -> Iterator[str]:
    """The address of the site on a host that shows 404.html, with a trailing slash."""
    handler = functools.partial(Host, directory=str(site))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as http:
        threading.Thread(target=http.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{http.server_address[1]}{SUBFOLDER}"
        http.shutdown()


def near(page: Page) -> list[str]:
    """Return the addresses that are offered, once they are there."""
    expect(page.locator(".nearest:visible li").first).to_be_visible()
    links = page.locator(".nearest:visible a").all()
    return [(link.get_attribute("href") or "").removeprefix(SUBFOLDER) for link in links]


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("cities/krakuw/", "cities/krakow/"),
        ("cities/Częstochowa", "cities/czestochowa/"),
        ("miasto/częstohowa.html", "cities/czestochowa/"),
        ("pl/miasta/krakkow/index.html", "pl/miasta/krakow/"),
        ("pl/kraj/polsk/", "pl/kraje/pl/"),
        ("network/ecar/", "networks/eccar/"),
        ("citys/", "cities/"),
    ],
)
def test_the_nearest_address_comes_first(browser: Browser, host: str, asked: str, first: str) -> None:
    with opened(browser, host + asked) as page:
        assert near(page)[0] == first


def test_what_stands_in_the_address_is_never_markup(browser: Browser, host: str) -> None:
    with opened(browser, host + "cities/%3Cimg%20src=x%20onerror=alert(1)%3Ekrakow%ff/") as page:
        page.wait_for_load_state("networkidle")
        assert page.locator(".nearest img").count() == 0
        assert "onerror" not in page.locator("main").inner_html()


def test_nothing_alike_offers_nothing(browser: Browser, host: str) -> None:
    with opened(browser, host + "qqqqxxxxzzzz/") as page:
        page.wait_for_load_state("networkidle")
        expect(page.locator(".nearest:visible")).to_have_count(0)
        expect(page.get_by_role("link", name="Cities", exact=True).last).to_be_visible()


def test_without_script_the_lists_are_there(browser: Browser, host: str) -> None:
    with opened(browser, host + "cities/krakuw/", script=False) as page:
        expect(page.locator(".nearest:visible")).to_have_count(0)
        assert page.locator("main .ways a:visible").count() > 10


# Redirects


def test_a_guessed_address_leads_to_the_claim_that_was_meant(browser: Browser, host: str) -> None:
    with opened(browser, host + "pl/miasta/wien/#eccar") as page:
        page.wait_for_url(f"{host}pl/miasta/vienna/#eccar")


def test_a_redirect_works_without_script(browser: Browser, host: str) -> None:
    with opened(browser, host + "cities/wien/", script=False) as page:
        page.wait_for_url(f"{host}cities/vienna/")
