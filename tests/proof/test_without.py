"""What still works where something is missing: script, styles, images, colour, a network, a locale."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Page
from tests.browser.test_pages import KINDS
from tests.browser.visit import opened

ROOT = Path(__file__).resolve().parents[2]
GOOD = ROOT / "tests/data/good"
pytestmark = [
    pytest.mark.proof,
    pytest.mark.promise(
        "The pages can be read without JavaScript, style sheets, images, colour, a mouse, a network or a "
        "locale"
    ),
]
every = pytest.mark.parametrize("kind", KINDS)

# The words of the page as they are there to be read, without what is only for the eye or only for scripts.
WORDS = """() => {
    const main = document.querySelector("main, body");
    return [...main.querySelectorAll("h1, h2, h3, p, li, th, td, dt, dd")].filter(one => one.checkVisibility()
        && one.textContent.trim()).length;
}"""


def said(page: Page) -> str:
    return str(page.locator("main").inner_text()).strip()


@every
def test_without_javascript_everything_is_said_and_no_control_is_dead(
    browser: Browser, server: str, kind: str
) -> None:
    for address in KINDS[kind]:
        with opened(browser, server + address, script=False) as page:
            assert page.locator("h1").count() == 1
            assert len(said(page)) > 60
            dead = page.locator("button:visible, input:visible, select:visible, textarea:visible")
            outside = [
                one.evaluate("one => one.outerHTML")
                for one in dead.all()
                if one.evaluate(
                    "one => !one.closest('form[action]') && !['checkbox', 'radio'].includes(one.type)"
                )
            ]
            assert outside == []
            chosen = []
            for one in page.locator("input[type=radio]:visible").all():  # these work by the style sheet alone
                one.check(force=True)
                chosen.append(said(page))
            assert len(set(chosen)) > 1 or not chosen
            assert page.locator("[aria-busy=true], .loading:visible").count() == 0


@every
def test_without_style_sheets_the_words_stand_in_their_order(
    browser: Browser, server: str, kind: str
) -> None:
    with browser.new_context(java_script_enabled=True) as context:
        page = context.new_page()
        page.goto(server + KINDS[kind][0], wait_until="networkidle")
        headings = page.locator("main :is(h1, h2):visible").all_inner_texts()
        styled = page.evaluate("getComputedStyle(document.querySelector('h1')).fontFamily")
        page.route("**/*.css*", lambda route: route.abort())
        page.reload(wait_until="networkidle")
        assert page.evaluate("getComputedStyle(document.querySelector('h1')).fontFamily") != styled
        bare = page.locator("main :is(h1, h2):visible").all_inner_texts()
        plain = ["".join(text.lower().split()) for text in bare]
        assert [text for text in headings if "".join(text.lower().split()) not in plain] == []
        assert page.evaluate(WORDS) > 0


@every
def test_without_images_nothing_that_can_be_pressed_loses_its_name(
    browser: Browser, server: str, kind: str
) -> None:
    with opened(browser, server + KINDS[kind][0], watched=False) as page:
        unnamed = page.evaluate(
            """() => [...document.querySelectorAll("svg[role=img], img")].filter(one => !(
                one.getAttribute("alt") !== null || one.getAttribute("aria-label")
                || one.getAttribute("aria-labelledby") || one.querySelector("title")
            )).map(one => one.outerHTML.slice(0, 120))"""
        )
        assert unnamed == []
        mute = page.evaluate(
            """() => {
                for (const one of document.querySelectorAll("img, picture")) one.remove();
                for (const one of document.querySelectorAll("svg")) if (!one.querySelector("a")) one.remove();
                return [...document.querySelectorAll("a[href], button, summary")].filter(one =>
                    one.checkVisibility() && !one.closest("svg") && !one.textContent.trim()
                    && !one.getAttribute("aria-label")).map(one => one.outerHTML.slice(0, 120));
            }"""
        )
        assert mute == []


@pytest.mark.parametrize("kind", ["compare-table", "city-with-actions", "network", "timeline"])
def test_without_colour_states_are_told_by_words_and_shapes(browser: Browser, server: str, kind: str) -> None:
    with opened(browser, server + KINDS[kind][0], forced_colors="active") as page:
        wordless = page.evaluate(
            """() => [...document.querySelectorAll("svg.sign, .cell > svg, td > a > svg")].filter(one => {
                const around = one.closest("td, li, dt, dd, p, span:not(:empty)") || one.parentElement;
                return !around.textContent.trim() && !one.closest("[aria-label]");
            }).map(one => one.parentElement.outerHTML.slice(0, 160))"""
        )
        assert wordless == []
        unseen = page.evaluate(
            """() => {
                const ground = getComputedStyle(document.body).backgroundColor;
                return [...document.querySelectorAll("svg.sign .fill")].filter(one => one.checkVisibility()
                    && getComputedStyle(one).fill === ground).length;
            }"""
        )
        assert unseen == 0


def test_printed_in_grey_every_topic_has_a_shape_of_its_own(browser: Browser, server: str) -> None:
    with opened(browser, server + "topics/") as page:
        page.emulate_media(media="print")
        shapes = page.evaluate(
            """() => [...document.querySelectorAll("main a[href*='topics/']")].map(link => {
                const drawn = (link.closest("li") || link).querySelector("svg path, svg circle");
                return [link.textContent.trim(), drawn ? drawn.getAttribute("d") || drawn.outerHTML : null];
            }).filter(([, shape]) => shape)"""
        )
        assert len(shapes) >= 3
        assert len({shape for _, shape in shapes}) == len({name for name, _ in shapes})


# Without a network, and without a locale


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        for name in ("href", "src"):
            if (value := values.get(name)) and values.get("rel") not in ("canonical", "alternate"):
                self.found.append(value)


@pytest.fixture(scope="module")
def unzipped(builder: Callable[..., None], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site that was built without a locale, packed, and unpacked into a folder with a difficult name."""
    folder = tmp_path_factory.mktemp("unzipped")
    (folder / "texts" / "pages").mkdir(parents=True)
    settings = {"ATLAS_DATA": str(GOOD), "ATLAS_URLS_LOCK": "", "ATLAS_INDEX_LINKS": True}
    given = (f"{name}={json.dumps(value)}" for name, value in settings.items())
    bare = {"LANG": "C", "LC_ALL": "C", "LANGUAGE": "", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    builder(folder / "output", str(folder / "texts"), "-e", *given, **bare)
    archive = folder / "atlas.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for path in sorted((folder / "output").rglob("*")):
            packed.write(path, path.relative_to(folder / "output"))
    target = folder / "Mój atlas #1 (100 %)"
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(target)
    return target


def test_every_link_of_an_unzipped_site_leads_to_a_file(unzipped: Path, tried: Callable[[int], None]) -> None:
    broken, count = [], 0
    for page in unzipped.rglob("*.html"):
        if page.name == "404.html":  # hosts show it; its links start at the root
            continue
        links = _Links()
        links.feed(page.read_text("utf-8"))
        for link in links.found:
            parts = urlsplit(link)
            if not parts.scheme and parts.path:
                count += 1
                if not (page.parent / unquote(parts.path)).is_file():
                    broken.append(f"{page.relative_to(unzipped)}: {link}")
    tried(count)
    assert count > 1000
    assert broken == []


@pytest.mark.parametrize(
    "name", ["index.html", "pl/index.html", "cities/krakow/index.html", "map/index.html"]
)
def test_an_unzipped_site_is_read_from_a_disk_without_a_network(
    browser: Browser, unzipped: Path, name: str
) -> None:
    with browser.new_context(offline=True) as context:
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto((unzipped / name).as_uri())
        assert {urlsplit(url).scheme for url in asked} == {"file"}
        assert page.locator("h1").is_visible()
        assert len(said(page)) > 60
        # The style sheet and its fonts came along.
        page.evaluate("document.fonts.ready.then(() => true)")
        assert "Atkinson" in page.evaluate("getComputedStyle(document.body).fontFamily")
        page.locator("header nav a").first.click()
        assert page.url.startswith("file:")
        assert page.url.endswith("/index.html")
        assert page.locator("h1").is_visible()


def test_a_site_built_without_a_locale_has_all_its_letters(unzipped: Path) -> None:
    page = (unzipped / "pl/miasta/krakow/index.html").read_text("utf-8")
    assert "<h1>Kraków</h1>" in page or ">Kraków</h1>" in page
    assert "zobowiązań" in page


def test_the_check_speaks_without_a_locale() -> None:
    bare = {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    environ = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "PYTHONIO"))}
    done = subprocess.run(
        [str(Path(sys.executable).with_name("atlas")), "check", "--data", str(GOOD), "--lang", "pl"],
        env=environ | bare,
        capture_output=True,
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    assert b"Traceback" not in done.stderr
    assert "błędów" in done.stdout.decode("utf-8")
