"""Firefox and WebKit show what Chromium shows: every kind of page once, and what readers do there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from tests.browser.test_pages import KINDS
from tests.conftest import SUBFOLDER, Handler
from tests.proof.webdriver import Driver, NotHere, firefox, webkit

pytestmark = [
    pytest.mark.proof,
    pytest.mark.promise(
        "Firefox and WebKit, each in Debian’s version, show every kind of page, the map, the comparison, the "
        "search and the form without an error"
    ),
]

# The first script of every page notes what goes wrong, as it would stand in the console.
WATCH = b"""
window.wrong = [];
const note = (...all) => window.wrong.push(all.map(String).join(" "));
addEventListener("error", ({ message, target }) =>
    note(message ?? `not loaded: ${target.src ?? target.href}`), true);
addEventListener("unhandledrejection", ({ reason }) => note(reason));
addEventListener("securitypolicyviolation", (one) => note(one.violatedDirective, one.blockedURI));
console.error = console.warn = note;
"""


class Watched(Handler):
    """Serves pages with the script that watches before all others."""

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        page = path / "index.html" if path.is_dir() else path
        if self.path == f"{SUBFOLDER}watch.js":
            self.answer(WATCH, "text/javascript")
        elif page.suffix == ".html" and page.is_file() and (page != path or path.suffix):
            script = f'<head><script src="{SUBFOLDER}watch.js"></script>'.encode()
            self.answer(page.read_bytes().replace(b"<head>", script, 1), "text/html; charset=utf-8")
        else:
            super().do_GET()

    def answer(self, body: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture(scope="module")
def watched(site: Path, serving: Callable[..., AbstractContextManager[str]]) -> Iterator[str]:
    with serving(site, Watched) as address:
        yield address


@pytest.fixture(scope="module", params=[firefox, webkit], ids=["firefox", "webkit"])
def driver(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Driver]:
    running = request.param(tmp_path_factory.mktemp(request.node.name.strip("[]") or "profile"))
    try:
        one = running.__enter__()
    except NotHere as missing:
        pytest.skip(str(missing))
    yield one
    running.__exit__(None, None, None)


def clean(driver: Driver) -> None:
    assert driver.run("return window.wrong") == []


def middle(driver: Driver, selector: str) -> tuple[float, float, float]:
    """Return where an element begins, how wide it is, and its middle line."""
    driver.run("document.querySelector(arguments[0]).scrollIntoView({ block: 'center' })", selector)
    box = driver.run(
        "const box = document.querySelector(arguments[0]).getBoundingClientRect();"
        "return [box.x, box.width, box.y + box.height / 2]",
        selector,
    )
    return box[0], box[1], box[2]


def test_every_kind_of_page_is_whole(driver: Driver, watched: str, tried: Callable[[int], None]) -> None:
    wrong = {}
    for kind, (address, _) in KINDS.items():
        driver.go(watched + address)
        driver.until("document.readyState === 'complete' && document.querySelector('h1')?.textContent.trim()")
        driver.until("!document.querySelector('.awaited[hidden]')")
        found = driver.run("return window.wrong")
        if driver.run("return document.documentElement.scrollWidth > innerWidth"):
            found.append("scrolls sideways")
        if driver.run("return document.querySelectorAll('h1').length !== 1"):
            found.append("not one heading")
        if found:
            wrong[kind] = found
    assert wrong == {}
    tried(len(KINDS))


def test_the_map_is_used_by_pointer_and_by_keyboard(driver: Driver, watched: str) -> None:
    driver.go(f"{watched}map/")
    driver.until("document.querySelector('#map_atlas .pin')")
    driver.run(
        "window.written = 0; const replace = history.replaceState.bind(history);"
        "history.replaceState = (...all) => { window.written += 1; replace(...all); }"
    )
    left, width, line = middle(driver, "[data-year]")
    driver.drag(left + width - 12, line, [left + width * part / 130 for part in range(120, 20, -1)])
    driver.until("/[?&]y=\\d{4}/.test(location.search)")
    assert driver.run("return window.written") < 20
    driver.run("document.querySelector('[data-today]').focus()")
    driver.press("Enter")
    driver.until("!/[?&]y=/.test(location.search)")
    assert driver.run("return document.activeElement.matches('[data-today]')")
    driver.run("document.querySelector('#map_atlas .pin').focus()")
    for key in ("End", "Home", "End"):
        driver.press(key)
        driver.until(
            """(() => {
                const [one, box] = [document.activeElement, document.querySelector("#map_atlas")]
                    .map((each) => each.getBoundingClientRect());
                return document.activeElement.matches(".pin") && one.x + 14 >= box.x && one.y + 14 >= box.y
                    && one.right - 14 <= box.right && one.bottom - 14 <= box.bottom;
            })()"""
        )
    driver.type("[data-find]", "polska")
    driver.until("document.querySelector('#s-find-found [role=option]')?.checkVisibility()")
    driver.press("Enter")
    driver.until("location.search.includes('c=pl')")
    clean(driver)


def test_the_comparison_finds_places_and_shows_them(driver: Driver, watched: str) -> None:
    driver.go(f"{watched}compare/")
    driver.type("#f-place", "lodz")
    driver.until("document.querySelector('.combo [role=option]')?.checkVisibility()")
    driver.press("ArrowDown", "Enter")
    driver.until("location.search === '?c=lodz'")
    driver.until("document.querySelector('.result .cmp')?.textContent.includes('Łódź')")
    clean(driver)


@pytest.mark.parametrize(("typed", "left"), [("germany", "berlin"), ("po", "krakow")])
def test_a_list_is_narrowed_by_the_beginning_of_a_country(
    driver: Driver, watched: str, typed: str, left: str
) -> None:
    driver.go(f"{watched}cities/")
    driver.until("document.querySelector('.finder.ready')")
    driver.type(".finder input", typed)
    shown = "[...document.querySelectorAll('[id^=l-] a')].filter((one) => one.checkVisibility())"
    driver.until(f"{shown}.length < document.querySelectorAll('[id^=l-] a').length")
    assert driver.run(f"return {shown}.some((one) => one.href.endsWith(`/${{arguments[0]}}/`))", left)
    clean(driver)


def test_the_search_finds_and_answers(driver: Driver, watched: str) -> None:
    driver.go(f"{watched}search/")
    driver.type("#f-q", "krakow eccar")
    driver.until("document.querySelector('.results a')?.href.includes('/cities/krakow/')")
    driver.until("document.querySelector('.answer a')?.textContent.includes('ECCAR')")
    clean(driver)


def test_the_form_makes_a_row(driver: Driver, watched: str) -> None:
    driver.go(f"{watched}contribute/suggest/?city=lodz&instrument=icorn")
    driver.until("document.querySelector('form.suggest:not([hidden])')")
    driver.run("document.querySelector('#f-status-member').click()")
    for name, text in {
        "since": "2019-03",
        "source": "https://example.com/list",
        "title": "The list",
        "published": "2024-04",
    }.items():
        driver.type(f"#f-{name}", text)
    driver.run("document.querySelector('form.suggest [type=submit]').click()")
    driver.until("document.querySelector('.row-out code')?.textContent.includes('2019-03')")
    clean(driver)
