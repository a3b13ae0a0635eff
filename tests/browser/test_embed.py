"""Embeds in the page of another host, in a real browser: framed, as high as they are, in their colours.

What the two hosts send is what the site asks hosts to send; see ``site/response_headers.py``.
"""

from __future__ import annotations

import functools
import json
import re
import threading
from collections.abc import Iterator
from html import unescape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.visit import opened
from tests.conftest import SITEURL, SUBFOLDER, Handler

CARD = "embed/city/?id=krakow"
EMBEDS = [
    CARD,
    "embed/networks/welcome/",
    "embed/countries/pl/",
    "embed/compare/pl/",
    "pl/embed/miasto/?id=krakow",
    "pl/embed/karty/equality/",
    "pl/embed/porownaj/pl/",
]


@pytest.fixture(scope="module")
def host(good_site: Path) -> Iterator[str]:
    """The address of a site from the small data set."""
    handler = functools.partial(Handler, directory=str(good_site))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as http:
        threading.Thread(target=http.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{http.server_address[1]}{SUBFOLDER}"
        http.shutdown()


class Foreign(BaseHTTPRequestHandler):
    """A page of somebody else: what stands in its address, on a host without any policy."""

    pages: ClassVar[dict[str, str]] = {}

    def do_GET(self) -> None:
        text = self.pages.get(self.path, "").encode("utf-8")
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def foreign() -> Iterator[str]:
    """The address of another host."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Foreign) as http:
        threading.Thread(target=http.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{http.server_address[1]}/"
        http.shutdown()


def snippets(good_site: Path, page: str, host: str) -> list[str]:
    """Return what a page offers to copy into other pages, as if the site stood at ``host``."""
    text = (good_site / page / "index.html").read_text("utf-8")
    details = re.search(r'<details class="cite embed-this.*?</details>', text, re.DOTALL)
    assert details
    copied = re.findall(r'<pre class="copyable"[^>]*>(.*?)</pre>', details[0], re.DOTALL)
    origin = host.removesuffix(SUBFOLDER)
    return [
        unescape(one).replace(SITEURL, host.rstrip("/")).replace("https://example.org", origin)
        for one in copied
    ]


def put(foreign: str, body: str) -> str:
    """Put a page on the other host; return its address."""
    name = f"/{len(Foreign.pages)}.html"
    Foreign.pages[name] = f'<!doctype html><html lang="en"><title>News</title><body>{body}</body></html>'
    return foreign.rstrip("/") + name


def sizes(page: Page) -> tuple[int, int]:
    """Return how high the frame is, and how high what it holds."""
    frame = page.frames[1]
    inside: int = frame.evaluate("Math.ceil(document.body.getBoundingClientRect().height)")
    outside: int = page.evaluate("document.querySelector('iframe').clientHeight")
    return outside, inside


@pytest.mark.parametrize("full", ["cities/krakow", "countries/pl", "pl/karty/equality"])
@pytest.mark.parametrize("width", [360, 1280])
def test_what_is_copied_from_a_page_fits_its_frame(
    browser: Browser, good_site: Path, host: str, foreign: str, full: str, width: int
) -> None:
    copied = snippets(good_site, full, host)
    address = put(foreign, copied[0] + copied[-1])
    with opened(browser, address, width=width, watched=False) as page:
        frame = page.frame_locator("iframe")
        expect(frame.locator("h1")).to_be_visible()
        page.wait_for_function("document.querySelector('iframe').getAttribute('height') !== '0'")
        page.wait_for_timeout(300)
        outside, inside = sizes(page)
        assert outside == inside
        page.set_viewport_size({"width": 420, "height": 900})
        page.wait_for_timeout(500)
        outside, inside = sizes(page)
        assert outside == inside
        assert page.frames[1].evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_without_the_listener_the_frame_has_the_height_it_was_given(
    browser: Browser, good_site: Path, host: str, foreign: str
) -> None:
    frame, *_ = snippets(good_site, "cities/krakow", host)
    given = re.search(r'height="(\d+)"', frame)
    with opened(browser, put(foreign, frame), watched=False) as page:
        expect(page.frame_locator("iframe").locator("h1")).to_have_text("Kraków")
        page.wait_for_timeout(300)
        outside, inside = sizes(page)
    assert given and outside == int(given[1])
    assert inside <= outside


def test_the_listener_hears_nobody_else(browser: Browser, good_site: Path, host: str, foreign: str) -> None:
    frame, *_, listener = snippets(good_site, "cities/krakow", host)
    with opened(browser, put(foreign, frame + listener), watched=False) as page:
        expect(page.frame_locator("iframe").locator("h1")).to_be_visible()
        page.wait_for_timeout(300)
        before = sizes(page)
        page.evaluate("postMessage({ type: 'city-commitments-atlas:height', height: 9999 }, '*')")
        page.wait_for_timeout(200)
        assert sizes(page) == before


@pytest.mark.parametrize(
    "path", ["", "cities/krakow/", "pl/miasta/krakow/", "search/", "pl/szukaj/", "map/", "404.html"]
)
def test_no_other_page_can_be_framed(browser: Browser, host: str, foreign: str, path: str) -> None:
    with opened(browser, put(foreign, f'<iframe src="{host}{path}"></iframe>'), watched=False) as page:
        page.wait_for_timeout(500)
        inside = page.frames[1]
        assert inside.locator("main").count() == 0
        assert inside.url.startswith("chrome-error:")


@pytest.mark.parametrize("path", EMBEDS)
@pytest.mark.parametrize("width", [280, 1280])
def test_an_embed_stands_by_itself_under_its_own_policy(
    browser: Browser, host: str, path: str, width: int
) -> None:
    with opened(browser, host + path, width=width) as page:
        expect(page.locator("h1 a")).to_be_visible()
        expect(page.locator("footer")).to_contain_text("CC BY 4.0")
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("path", EMBEDS)
def test_without_a_script_an_embed_says_all_the_same(browser: Browser, host: str, path: str) -> None:
    with opened(browser, host + path, script=False) as page:
        expect(page.locator("h1 a")).to_be_visible()
        expect(page.locator("footer a")).to_be_visible()


@pytest.mark.parametrize(
    ("path", "lines"),
    [(CARD, "Committed: "), ("pl/embed/miasto/?id=krakow", "Zobowiązanie: ")],
)
def test_the_card_says_every_commitment_and_leads_to_the_claim(
    browser: Browser, host: str, good_site: Path, path: str, lines: str
) -> None:
    document = json.loads((good_site / "api/v1/cities/krakow.json").read_text("utf-8"))
    lang = "pl" if path.startswith("pl/") else "en"
    with opened(browser, host + path) as page:
        expect(page.locator("h1 a")).to_have_text("Kraków")
        expect(page).to_have_title(re.compile("^Kraków – "))
        expect(page.locator("header")).to_contain_text(document["shown"][lang]["lead"])
        links = page.locator(".card-lines a")
        assert links.all_text_contents() == [c["shown"][lang]["instrument"] for c in document["commitments"]]
        assert [link.evaluate("a => a.href") for link in links.all()] == [
            host + claim["pages"][lang] for claim in document["commitments"]
        ]
        expect(page.locator(".card-lines")).to_contain_text(lines)


@pytest.mark.parametrize("query", ["", "?id=atlantis", "?id=../instruments/welcome", "?id=<b>", "?id=Kraków"])
def test_a_card_of_no_city_leads_to_the_list(browser: Browser, host: str, query: str) -> None:
    with opened(browser, f"{host}embed/city/{query}", watched=query != "?id=atlantis") as page:
        page.wait_for_load_state("networkidle")
        expect(page.locator("h1 a")).to_have_text("A city")
        assert page.locator("h1 a").evaluate("a => a.href") == f"{host}cities/"


def test_a_card_of_what_the_data_say_is_text(browser: Browser, host: str) -> None:
    with opened(browser, f"{host}embed/city/?id=markup") as page:
        expect(page.locator("h1 a")).to_contain_text("<b>")
        assert page.locator("main b").count() == 0


DARK, LIGHT = "rgb(15, 27, 30)", "rgb(251, 252, 251)"


@pytest.mark.parametrize(
    ("query", "scheme", "colour"),
    [
        ("", "light", LIGHT),
        ("", "dark", DARK),
        ("?theme=dark", "light", DARK),
        ("?theme=light", "dark", LIGHT),
        ("?theme=sepia", "dark", DARK),
        ("?theme=constructor", "light", LIGHT),
    ],
)
def test_the_address_can_ask_for_light_or_dark(
    browser: Browser, host: str, query: str, scheme: str, colour: str
) -> None:
    with opened(browser, host + CARD + query.replace("?", "&"), color_scheme=scheme) as page:
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == colour


def test_without_a_script_an_embed_goes_with_the_device(browser: Browser, host: str) -> None:
    with opened(browser, f"{host}{CARD}&theme=light", script=False, color_scheme="dark") as page:
        expect(page.locator("body")).to_have_css("background-color", DARK)


def test_links_of_an_embed_open_beside_the_page_around_it(browser: Browser, host: str, foreign: str) -> None:
    with opened(
        browser, put(foreign, f'<iframe src="{host}{CARD}" width="600" height="500"></iframe>'), watched=False
    ) as page:
        with page.context.expect_page() as beside:
            page.frame_locator("iframe").get_by_role("link", name="Kraków", exact=True).click()
        assert beside.value.url == f"{host}cities/krakow/"
        assert page.url.startswith(foreign)
