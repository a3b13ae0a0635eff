"""Everybody can use it: every kind of page under axe in every appearance, by keyboard, and as read out."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.barriers import CONTRAST, LAYOUT, RULES, barriers
from tests.browser.test_pages import ADDRESSES
from tests.browser.visit import opened, window

pytestmark = [
    pytest.mark.proof,
    pytest.mark.promise(
        "Everybody can use every kind of page: WCAG 2.2 AA in both languages, light, dark and forced "
        "colours, at 320 pixels and enlarged to 200 %, by keyboard and read out"
    ),
]

# How a page looks: options of the browser, width in CSS pixels, and the rules that can differ from the first.
APPEARANCES: dict[str, tuple[dict[str, Any], int, Any]] = {
    "light": ({"color_scheme": "light"}, 1280, RULES),
    "narrow": ({"color_scheme": "light"}, 320, RULES),
    "dark": ({"color_scheme": "dark"}, 1280, CONTRAST),
    "narrow-dark": ({"color_scheme": "dark"}, 320, LAYOUT),
    "zoomed": ({"device_scale_factor": 2}, 640, LAYOUT),  # a window of 1280 pixels at 200 %
    "moving": ({"reduced_motion": "no-preference"}, 1280, CONTRAST),
    # Forced colours replace those of the page, so contrast is the system's business.
    "forced": ({"forced_colors": "active"}, 1280, ["wcag2a", "wcag21a"]),
}

# What a sighted person notices of the focus: an outline, a ring or another background.
STOPS = """() => {
    const shown = element => {
        const style = getComputedStyle(element);
        return [style.outlineStyle === "none" ? "" : style.outlineWidth, style.boxShadow,
            style.backgroundColor, style.textDecorationLine,
            style.textDecorationThickness, style.borderColor].join();
    };
    const one = document.activeElement;
    if (!one || one === document.body || one === document.documentElement) return null;
    const box = one.getBoundingClientRect();
    const focused = shown(one);
    one.blur();
    const noticed = focused !== shown(one);
    one.focus();
    return {at: [...document.querySelectorAll("*")].indexOf(one), noticed,
        width: box.width, height: box.height, inside: box.bottom > 0 && box.top < innerHeight,
        html: one.outerHTML.slice(0, 120),
        tabindex: one.tabIndex};
}"""


@pytest.fixture(scope="module")
def screens(chromium: Callable[[], Browser]) -> Iterator[dict[str, Page]]:
    """A window for each appearance, which goes from page to page: to open one takes longer than to look."""
    # The tool adds styles of its own, which the policy refuses: nobody watches.
    with ExitStack() as contexts:
        pages = {}
        for name, (profile, width, _) in APPEARANCES.items():
            context = contexts.enter_context(window(chromium(), width=width, **profile))
            pages[name] = context.new_page()
        yield pages


def in_every_appearance(screens: dict[str, Page], address: str) -> dict[str, dict[str, list[str]]]:
    """Return the barriers of a page by the appearances in which it has them."""
    found: dict[str, dict[str, list[str]]] = {}
    for name, (_, width, rules) in APPEARANCES.items():
        page = screens[name]
        page.goto(address)
        page.evaluate("document.fonts.ready.then(() => true)")
        if here := barriers(page, rules):
            found[name] = here
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            found.setdefault(name, {})["scrolls sideways"] = [f"{wide} px"]
    return found


@pytest.mark.parametrize(("kind", "address"), ADDRESSES)
def test_no_appearance_of_a_page_has_a_barrier(
    screens: dict[str, Page], server: str, kind: str, address: str, tried: Callable[[int], None]
) -> None:
    assert in_every_appearance(screens, server + address) == {}
    tried(len(APPEARANCES))


def test_what_only_other_data_has_is_without_barriers(
    screens: dict[str, Page],
    tmp_path: Path,
    root: Path,
    small_builder: Callable[..., None],
    serving: Callable[..., AbstractContextManager[str]],
    tried: Callable[[int], None],
) -> None:
    """A withdrawn city, a withdrawn claim, and a network with a list of its own."""
    shutil.copytree(root / "tests/data/good", tmp_path / "data")
    with (tmp_path / "data/retired.csv").open("a", encoding="utf-8") as rows:
        rows.write("city,atlantis,It is no city.,To nie miasto.,,2026-01\n")
    small_builder(tmp_path / "data", tmp_path / "site")
    addresses = [f"{folder}/{id_}/" for folder, id_ in (
        *(("cities", "atlantis"), ("cities", "turku"), ("networks", "welcome")),
        *(("pl/miasta", "atlantis"), ("pl/miasta", "turku"), ("pl/sieci", "welcome")),
    )]  # fmt: skip
    with serving(tmp_path / "site") as server:
        assert {
            one: found for one in addresses if (found := in_every_appearance(screens, server + one))
        } == {}
    tried(len(addresses) * len(APPEARANCES))


@pytest.mark.parametrize(("kind", "address"), ADDRESSES)
def test_text_can_be_twice_as_large(browser: Browser, server: str, kind: str, address: str) -> None:
    with opened(browser, server + address) as page:
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        page.evaluate("document.fonts.ready.then(() => true)")
        assert page.evaluate("document.documentElement.scrollWidth") <= 1280
        cut = page.evaluate(
            """() => [...document.querySelectorAll("h1, h2, h3, p, li, dd, button, label")].filter(one => {
                const style = getComputedStyle(one);
                return one.checkVisibility() && style.clipPath === "none"
                    && one.scrollHeight > one.clientHeight + 2
                    && ["hidden", "clip"].includes(style.overflowY);
            }).map(one => one.outerHTML.slice(0, 120))"""
        )
        assert cut == []


# By keyboard


def stops(page: Page, most: int = 400) -> Iterator[dict[str, Any]]:
    """Press Tab through a page until the focus leaves it; yield where it was."""
    for _ in range(most):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOPS)
        if stop is None:
            return
        yield stop
    pytest.fail(f"more than {most} stops, or a trap")


@pytest.mark.parametrize(
    "address",
    ["", "pl/", "cities/czestochowa/", "pl/miasta/czestochowa/", "contribute/suggest/", "compare/ump/"],
)
def test_tab_goes_through_the_page_in_its_order_and_is_always_seen(
    browser: Browser, server: str, address: str
) -> None:
    with opened(browser, server + address) as page:
        found = list(stops(page))
        assert "s-main" in found[0]["html"]
        assert [stop["html"] for stop in found if not stop["noticed"]] == []
        assert [
            stop["html"] for stop in found if not stop["inside"] or stop["width"] * stop["height"] == 0
        ] == []
        assert [stop["html"] for stop in found if stop["tabindex"] > 0] == []
        places = [stop["at"] for stop in found]
        assert places == sorted(places)
        links = page.locator("main a[href]:visible").count()
        assert len(found) >= links


def test_the_first_stop_leads_past_the_navigation(browser: Browser, server: str) -> None:
    with opened(browser, server + "cities/krakow/") as page:
        page.keyboard.press("Tab")
        expect(page.locator(".skip")).to_be_focused()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


@contextmanager
def typing(browser: Browser, address: str) -> Iterator[Page]:
    """A page on which the mouse is lost: whatever is pressed must be pressed by key."""
    with opened(browser, address) as page:
        page.evaluate(
            """["mousedown", "mouseup", "pointerdown", "touchstart"].forEach(kind => addEventListener(kind,
                event => { event.stopImmediatePropagation(); event.preventDefault(); }, true))"""
        )
        yield page


def tab_to(page: Page, selector: str, most: int = 120) -> None:
    """Press Tab until an element has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"Tab does not lead to {selector}")


def test_cities_are_chosen_and_taken_away_by_keyboard(browser: Browser, server: str) -> None:
    with typing(browser, server + "compare/") as page:
        expect(page.get_by_role("combobox", name="City, in any language")).to_be_visible()
        tab_to(page, "[role=combobox]")
        for name, chosen in (("krak", "Kraków"), ("wien", "Vienna")):
            page.keyboard.type(name)
            expect(page.get_by_role("option").first).to_be_visible()
            page.keyboard.press("ArrowDown")
            page.keyboard.press("Enter")
            expect(page.locator(".chosen li").last).to_contain_text(chosen)
            page.locator("[role=combobox]").focus()
        expect(page.get_by_role("columnheader", name="Kraków").or_(
            page.get_by_role("rowheader", name="Kraków")).first).to_be_visible()  # fmt: skip
        buttons = page.locator(".chosen button")
        before = page.locator(".chosen li").count()
        tab_to(page, ".chosen li:last-child button:last-of-type")
        page.keyboard.press("Enter")
        expect(page.locator(".chosen li")).to_have_count(before - 1)
        assert buttons.count() > 0


def test_the_map_is_filtered_by_keyboard(browser: Browser, server: str) -> None:
    with typing(browser, server + "map/") as page:
        expect(page.locator("#map_atlas .pin")).to_be_attached()
        tab_to(page, "select[name=t]")
        page.keyboard.press("ArrowDown")
        page.wait_for_function("location.search.includes('t=')")
        tab_to(page, "[data-find]")
        page.keyboard.type("poland")
        expect(page.locator("#s-find-found [role=option]").first).to_be_visible()
        page.keyboard.press("Enter")
        page.wait_for_function("location.search.includes('c=pl')")


def test_a_search_is_done_by_keyboard_alone(browser: Browser, server: str) -> None:
    with typing(browser, server + "pl/sieci/") as page:
        page.keyboard.press("/")
        page.wait_for_url("**/pl/szukaj/**")
        expect(page.locator("#f-q")).to_be_focused()
        page.goto(server + "pl/")
        page.keyboard.press("/")
        expect(page.locator("#f-ask")).to_be_focused()
        page.keyboard.type("krakow")
        page.keyboard.press("Enter")
        page.wait_for_url("**/pl/szukaj/?q=krakow")
        expect(page.locator(".results h2").first).to_contain_text("Krak")
        tab_to(page, ".results a")
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: "/szukaj/" not in url)


# As it is read out

LANDMARKS = ("banner", "main", "contentinfo")
NAVIGATION = {
    "": ["Map", "Cities", "Networks", "Charters", "Actions", "Countries", "Topics", "Timeline", "Compare"],
    "pl/": ["Mapa", "Miasta", "Sieci", "Karty", "Działania", "Kraje", "Tematy", "Oś czasu", "Porównaj"],
}


def read_out(page: Page) -> str:
    return page.locator("body").aria_snapshot()


def names(tree: str, role: str, more: str = "") -> list[str]:
    """Return the names that the tree gives to a role, in its order."""
    lines = re.findall(rf"^ *- '?{role} \"((?:[^\"\\]|\\.)*)\"{more}", tree, re.MULTILINE)
    return [line.replace('\\"', '"') for line in lines]


@pytest.mark.parametrize(
    ("home", "skip", "navs", "heading", "places", "regions"),
    [
        ("", "Skip to the content", ["Main", "Language", "About the atlas"],
         "Which cities promised what, since when, and what they did next", "Map of all recorded cities",
         ["Newest facts"]),
        ("pl/", "Przejdź do treści", ["Główna", "Język", "O atlasie"],
         None, "Mapa wszystkich odnotowanych miast", []),
    ],
    ids=["en", "pl"],
)  # fmt: skip
def test_the_home_page_is_read_out_in_order(
    browser: Browser, server: str, home: str, skip: str, navs: list[str], heading: str | None, places: str,
    regions: list[str],
) -> None:  # fmt: skip
    with opened(browser, server + home) as page:
        tree = read_out(page)
        lines = tree.splitlines()
        assert lines[0] == f'- link "{skip}":'
        assert [line[2:-1] for line in lines if line in {f"- {name}:" for name in LANDMARKS}] == list(
            LANDMARKS
        )
        found = names(tree, "navigation")
        assert [*found[:2], found[-1]] == navs
        assert names(tree[: tree.index("\n- main:")], "link")[2:11] == NAVIGATION[home]
        (title,) = names(tree, "heading", r" \[level=1\]")
        assert title == (heading or page.locator("h1").inner_text())
        assert names(tree, "img")[:1] == [places]
        assert set(regions) <= set(names(tree, "region"))
        footer = tree[tree.index("\n- contentinfo:") :]
        wanted = {"": "Accessibility statement", "pl/": "Deklaracja dostępności"}[home]
        assert wanted in names(footer, "link")


@pytest.mark.parametrize(
    ("address", "crumbs", "headings", "terms"),
    [
        ("cities/czestochowa/", ["Cities", "Poland"], ["Since when",
         "The work for equal treatment", "Register"], ["Region", "Inhabitants"]),
        ("pl/miasta/czestochowa/", ["Miasta", "Polska"], ["Od kiedy",
         "Praca na rzecz równego traktowania", "Rejestr"], ["Region", "Liczba mieszkańców"]),
    ],
    ids=["en", "pl"],
)  # fmt: skip
def test_a_city_is_read_out_in_order(
    browser: Browser, server: str, address: str, crumbs: list[str], headings: list[str], terms: list[str]
) -> None:
    with opened(browser, server + address) as page:
        tree = read_out(page)
        main = tree[tree.index("\n- main:") : tree.index("\n- contentinfo:")]
        assert names(main, "link")[:2] == crumbs
        assert names(main, "heading", r" \[level=1\]") == ["Częstochowa"]
        assert main.index("navigation") < main.index('heading "Częstochowa"') < main.index("img")
        second = names(main, "heading", r" \[level=2\]")
        assert second[: len(headings)] == headings
        said = re.findall(r"^ *- term: (.*)$", main, re.MULTILINE)
        assert said[: len(terms)] == terms
        levels = [int(level) for level in re.findall(r"\[level=(\d)\]", main)]
        assert all(after <= before + 1 for before, after in pairwise(levels))
        # Nothing that can be pressed is without a name.
        assert (
            re.findall(r"^ *- (?:link|button|textbox|combobox|checkbox)(?::| \[|$).*", tree, re.MULTILINE)
            == []
        )
