"""The interactive maps in a real browser under the strict policy: choosing, years, keys, addresses."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from tests.browser.visit import opened, window

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "tests/data/sample"
SCREENSHOTS = ROOT / "build" / "screenshots"
MAPS = {"en": "map/", "pl": "pl/mapa/"}
# Pages whose drawn map opens, with an element that then must be there.
PAGES = (
    "networks/eccar/",
    "charters/cemr-charter/",
    "countries/pl/",
    "topics/migration/",
    "actions/ump-declaration-2017/",
    "pl/sieci/icc/",
)


with (SAMPLE / "cities.csv").open(encoding="utf-8-sig", newline="") as lines:
    CITIES = list(csv.DictReader(lines))
with (SAMPLE / "commitments/eccar.csv").open(encoding="utf-8-sig", newline="") as lines:
    ECCAR = list(csv.DictReader(lines))


@contextmanager
def tool(browser: Browser, address: str, **options: Any) -> Iterator[Page]:
    """Open the page of the map and wait until it works."""
    with opened(browser, address, **options) as page:
        ready(page)
        yield page


def ready(page: Page) -> None:
    page.wait_for_selector("[data-map-ready]", state="attached")
    page.wait_for_selector("#map_atlas .pin", state="attached")


def status(page: Page) -> str:
    return page.locator("[data-status]").inner_text()


def query(page: Page) -> str:
    """Return what the address asks for, once the slider of years rests."""
    expect(page.locator("[data-address-waits]")).to_have_count(0)
    return page.url.partition("?")[2]


def set_year(page: Page, year: int) -> None:
    page.locator("[data-year]").fill(str(year))


def listed(page: Page) -> list[str]:
    return page.evaluate(
        "[...document.querySelectorAll('[data-list] [data-place]')]"
        ".filter(item => !item.hidden).map(item => item.dataset.place)"
    )


def on_the_map(page: Page) -> int:
    """Count the places that marks and clusters stand for, outside of what is in sight as well."""
    return page.evaluate("window.marks_atlas.getLayers().length")


# Drawing


@pytest.mark.parametrize("width", [360, 768, 1280])
@pytest.mark.parametrize("lang", MAPS)
def test_map_is_drawn(browser: Browser, server: str, lang: str, width: int) -> None:
    with tool(browser, server + MAPS[lang], width=width, color_scheme="light") as page:
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=SCREENSHOTS / f"map-{lang}-{width}-light.png")
        page.emulate_media(color_scheme="dark")
        page.screenshot(path=SCREENSHOTS / f"map-{lang}-{width}-dark.png")
        assert page.locator("#map_atlas path.land").count() > 30
        assert on_the_map(page) == sum(bool(city["lat"]) for city in CITIES)
        assert len(listed(page)) == len(CITIES)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_every_map_asks_only_for_europe_until_more_is_in_sight(browser: Browser, server: str) -> None:
    asked: list[str] = []
    with window(browser) as context:
        page = context.new_page()
        page.on("request", lambda sent: asked.append(sent.url.rpartition("/")[2]))
        page.goto(server + "map/?v=4/52/12")
        ready(page)
        assert "europe.geojson" in asked and "countries.geojson" not in asked
        with page.expect_response(re.compile("countries.geojson")):
            page.evaluate("map_atlas.setView([0, 0], 3, {animate: false})")
        with page.expect_response(re.compile("voivodeships.geojson")):
            page.evaluate("map_atlas.setView([52, 19], 7, {animate: false})")


def test_styles_reach_the_page_without_style_attributes_in_markup(browser: Browser, server: str) -> None:
    with tool(browser, server + "map/") as page:
        # Leaflet sets styles through the object model, which the policy allows; nothing is parsed.
        assert (
            page.evaluate("getComputedStyle(document.querySelector('#map_atlas .pin')).position")
            == "absolute"
        )


@pytest.mark.parametrize("address", PAGES)
def test_drawn_map_of_a_page_opens(browser: Browser, server: str, address: str) -> None:
    with opened(browser, server + address) as page:
        asked: list[str] = []
        page.on("request", lambda sent: asked.append(sent.url))
        expect(page.locator("[data-map-open]")).to_be_visible()
        assert page.locator("#map_atlas").count() == 0
        page.locator("[data-map-open]").click()
        ready(page)
        assert any("leaflet.js" in url for url in asked)
        expect(page.locator(".chart > svg.map")).to_be_hidden()
        assert page.locator("#map_atlas .pin").count() > 0


@pytest.mark.parametrize(("address", "way"), [("", set()), ("networks/eccar/", {"map/open.js"})])
def test_page_asks_for_nothing_of_the_map_before_it_is_opened(
    browser: Browser, server: str, address: str, way: set[str]
) -> None:
    asked: list[str] = []
    with browser.new_context() as context:
        page = context.new_page()
        page.on("request", lambda sent: asked.append(sent.url.removeprefix(server)))
        page.goto(server + address, wait_until="networkidle")
    assert not [url for url in asked if url.startswith(("maps/", "api/", "theme/vendor/"))]
    scripts = {urlsplit(url).path.removeprefix("theme/js/") for url in asked}
    assert {name for name in scripts if name.startswith("map/")} == way


def test_failing_to_load_is_said_and_leaves_the_drawn_map(browser: Browser, server: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.route("**/maps/data.json", lambda route: route.abort())
        page.goto(f"{server}networks/eccar/")
        page.locator("[data-map-open]").click()
        expect(page.locator("[data-map-failed]")).to_be_visible()
        expect(page.locator(".chart > svg.map")).to_be_visible()


# Choosing


def tick(page: Page, name: str, value: str) -> None:
    page.locator(f"details:has(input[name={name}])").evaluate("one => { one.open = true }")
    page.locator(f"input[name={name}][value={value}]").click()


def test_list_and_map_follow_the_choice(browser: Browser, server: str) -> None:
    with tool(browser, server + "map/") as page:
        tick(page, "i", "eccar")
        members = {row["city"] for row in ECCAR}
        assert set(listed(page)) == members
        placed = {city["id"] for city in CITIES if city["lat"]}
        assert on_the_map(page) == len(members & placed)
        assert f"{len(members)} places" in status(page)
        assert query(page) == "i=eccar"
        assert page.locator("#map_atlas .pin.t-anti-racism").count() > 0
        tick(page, "i", "eccar")
        assert len(listed(page)) == len(CITIES)
        assert query(page) == ""


def test_choices_of_different_sorts_narrow_each_other(browser: Browser, server: str) -> None:
    with tool(browser, server + "map/") as page:
        tick(page, "t", "migration")
        many = len(listed(page))
        tick(page, "k", "charter")
        assert 0 < len(listed(page)) < many
        page.locator("[data-all]").click()
        assert len(listed(page)) == len(CITIES)


def test_statuses_that_do_not_hold_can_be_chosen(browser: Browser, server: str) -> None:
    with tool(browser, server + "map/?i=icorn") as page:
        before = set(listed(page))
        assert "frederiksberg" not in before
        tick(page, "s", "former")
        assert set(listed(page)) - before == {"frederiksberg", "molde", "odense"}


def test_countries_are_shaded_on_demand(browser: Browser, server: str) -> None:
    with tool(browser, server + "map/") as page:
        shaded = page.locator("#map_atlas path[class*=shade-]")
        assert shaded.count() == 0
        page.locator("input[name=shade]").click()
        assert shaded.count() > 30
        assert page.locator("#map_atlas path.shade-5").count() > 0
        expect(page.locator("[data-shades]")).to_be_visible()
        assert "shade=1" in query(page)


# Years


def test_a_year_shows_the_world_as_it_was(browser: Browser, server: str) -> None:
    with tool(browser, server + "map/?i=eccar") as page:
        set_year(page, 2010)
        dated = {row["city"] for row in ECCAR if row["since"] and int(row["since"][:4]) <= 2010}
        undated = sum(not row["since"] for row in ECCAR)
        assert set(listed(page)) == dated
        assert status(page).startswith(f"In 2010: {len(dated)} places")
        assert f"{undated} commitments without a date not shown." in status(page)
        assert query(page) == "i=eccar&y=2010"
        page.locator("[data-today]").click()
        expect(page.locator("[data-today]")).to_be_focused()
        assert query(page) == "i=eccar"
        assert status(page).startswith("Today:")


def test_the_slider_writes_the_address_only_once_it_rests(browser: Browser, server: str) -> None:
    """WebKit refuses more than a hundred addresses in ten seconds."""
    with tool(browser, server + "map/?i=eccar") as page:
        written = page.evaluate(
            """() => {
                let written = 0;
                const replace = history.replaceState.bind(history);
                history.replaceState = (...all) => { written += 1; replace(...all); };
                const range = document.querySelector("[data-year]");
                for (let year = 1990; year <= 2010; year += 1) {
                    range.value = year;
                    range.dispatchEvent(new Event("input", { bubbles: true }));
                }
                window.written = () => written;
                return written;
            }"""
        )
        assert written == 0
        assert query(page) == "i=eccar&y=2010"
        assert page.evaluate("window.written()") == 1


def test_a_date_of_a_year_is_hollow_in_that_year_only(browser: Browser, server: str) -> None:
    exact, vague = (
        {row["city"] for row in ECCAR if (len(row["since"]) > 4) == long and row["since"].startswith("2007")}
        for long in (True, False)
    )
    assert vague
    with tool(browser, server + "map/?i=eccar") as page:
        looks = "[...document.querySelectorAll('#map_atlas .pin:not(.gathered)')].map(pin => pin.className)"
        set_year(page, 2007)
        page.evaluate("map_atlas.setView([50, 10], 8, {animate: false})")
        city = next(city for city in CITIES if city["id"] in vague - exact)
        page.evaluate(f"map_atlas.setView([{city['lat']}, {city['lon']}], 10, {{animate: false}})")
        assert any("soft" in look for look in page.evaluate(looks))
        set_year(page, 2008)
        assert not any("soft" in look for look in page.evaluate(looks))


def test_undated_commitments_are_a_layer_of_their_own(browser: Browser, server: str) -> None:
    with tool(browser, server + "map/?i=eccar&y=2024") as page:
        before = len(listed(page))
        box = page.locator("input[name=undated]")
        expect(box).to_be_visible()
        box.click()
        assert len(listed(page)) > before
        assert page.locator("#map_atlas .pin.undated").count() > 0
        assert "u=1" in query(page)


def test_years_play_and_pause(browser: Browser, server: str) -> None:
    with tool(browser, server + "map/") as page:
        page.locator("[data-play]").click()
        expect(page.locator("[data-play]")).to_have_text("Pause")
        expect(page.locator("[data-year-shown]")).to_have_text("1987", timeout=4000)
        page.locator("[data-play]").click()
        shown = page.locator("[data-year-shown]").inner_text()
        page.wait_for_timeout(1100)
        assert page.locator("[data-year-shown]").inner_text() == shown


def test_slider_is_moved_by_arrow_keys(browser: Browser, server: str) -> None:
    with tool(browser, server + "map/") as page:
        page.locator("[data-year]").focus()
        page.keyboard.press("ArrowLeft")
        assert re.search(r"y=20\d\d", query(page))
        year = query(page)[-4:]
        assert page.locator("[data-year]").get_attribute("aria-valuetext") == year


# Search


@pytest.mark.parametrize(
    ("typed", "place", "shown"),
    [
        ("lodz", "lodz", "Łódź"),
        ("ŁÓDŹ", "lodz", "Łódź"),
        ("Wien", "vienna", "Wiedeń"),
        ("krakow", "krakow", "Kraków"),
    ],
)
def test_search_finds_places_by_any_name(
    browser: Browser, server: str, typed: str, place: str, shown: str
) -> None:
    with tool(browser, server + "pl/mapa/") as page:
        page.locator("[data-find]").fill(typed)
        first = page.locator("#s-find-found [role=option]").first
        expect(first).to_contain_text(shown)
        page.keyboard.press("Enter")
        expect(page.locator(".told h2")).to_have_text(shown)
        assert f"p={place}" in query(page)
        page.keyboard.press("Escape")
        expect(page.locator(".told")).to_have_count(0)
        assert page.evaluate("document.activeElement.id") == "s-find"


def test_search_finds_countries(browser: Browser, server: str) -> None:
    with tool(browser, server + "map/") as page:
        page.locator("[data-find]").fill("poland")
        page.keyboard.press("Enter")
        assert "c=pl" in query(page)
        assert set(listed(page)) == {city["id"] for city in CITIES if city["country"] == "PL"}
        page.locator("[data-only] button").click()
        assert "c=pl" not in query(page)


def test_search_says_when_nothing_is_found(browser: Browser, server: str) -> None:
    with tool(browser, server + "map/") as page:
        page.locator("[data-find]").fill("xyzzy")
        expect(page.locator("[data-find-status]")).to_have_text("No place of that name is recorded.")
        expect(page.locator("#s-find-found")).to_be_hidden()


# Keyboard


def test_marks_are_one_stop_and_arrows_move_between_them(browser: Browser, server: str) -> None:
    with tool(browser, server + "map/?i=rcn") as page:
        assert page.locator("#map_atlas .pin[tabindex='0']").count() == 1
        page.locator("#map_atlas .pin[tabindex='0']").focus()
        page.keyboard.press("Home")
        names = []
        for _ in range(page.locator("#map_atlas .pin").count()):
            names.append(page.evaluate("document.activeElement.getAttribute('aria-label')"))
            page.keyboard.press("PageDown")
        assert len(set(names)) > 10
        before = page.evaluate("document.activeElement.getBoundingClientRect().x")
        page.keyboard.press("ArrowLeft")
        assert page.evaluate("document.activeElement.getBoundingClientRect().x") <= before
        assert page.evaluate("document.activeElement.classList.contains('pin')")


def test_popup_opens_with_enter_closes_with_escape_and_gives_the_focus_back(
    browser: Browser, server: str
) -> None:
    with tool(browser, server + "map/?i=rcn") as page:
        single = page.locator("#map_atlas .pin:not(.gathered)").first
        name = single.get_attribute("aria-label")
        single.focus()
        page.keyboard.press("Enter")
        told = page.locator(".told")
        expect(told).to_be_focused()
        expect(told).to_have_attribute("role", "dialog")
        assert name and name.startswith(told.get_attribute("aria-label") or "?")
        assert told.locator("a").first.get_attribute("href")
        page.keyboard.press("Escape")
        expect(told).to_have_count(0)
        assert page.evaluate("document.activeElement.getAttribute('aria-label')") == name


def test_clusters_open_by_keyboard_and_the_focus_stays_on_the_map(browser: Browser, server: str) -> None:
    with tool(browser, server + "map/") as page:
        cluster = page.locator("#map_atlas .pin.gathered").first
        zoom = page.evaluate("map_atlas.getZoom()")
        cluster.focus()
        page.keyboard.press("Enter")
        page.wait_for_timeout(500)
        assert page.evaluate("map_atlas.getZoom()") > zoom
        assert page.evaluate("document.activeElement.classList.contains('pin')")


def test_links_of_a_popup_lead_to_the_claims(browser: Browser, server: str) -> None:
    with tool(browser, server + "pl/mapa/?p=krakow") as page:
        expect(page.locator(".told h2")).to_have_text("Kraków")
        page.locator(".told li a", has_text="ECCAR").first.click()
        expect(page).to_have_url(re.compile(r"/pl/miasta/krakow/#eccar$"))


def test_list_shows_places_on_the_map(browser: Browser, server: str) -> None:
    with tool(browser, server + "map/") as page:
        button = page.locator("[data-place=lublin] .on-map")
        button.click()
        expect(page.locator(".told h2")).to_have_text("Lublin")
        assert page.locator("[data-place=lublin]").get_attribute("aria-current") == "true"
        page.keyboard.press("Escape")
        expect(button).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_map_has_no_serious_barrier(browser: Browser, server: str, scheme: Any) -> None:
    address = server + "map/?y=2011&u=1&shade=1&p=krakow"
    with tool(browser, address, color_scheme=scheme, watched=False) as page:  # axe adds styles of its own
        tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
        found = Axe().run(page, options={"runOnly": tags}).response["violations"]
        serious = [
            f"{one['id']}: {one['help']}: {node['target']}"
            for one in found
            if one["impact"] in ("serious", "critical")
            for node in one["nodes"]
        ]
        assert serious == []


# Addresses


def test_an_address_can_be_shared(browser: Browser, server: str) -> None:
    with tool(browser, server + "map/?i=eccar&y=2010") as page:
        first = (status(page), sorted(listed(page)))
        tick(page, "t", "anti-racism")
        page.locator("input[name=shade]").click()
        address = page.url
        second = status(page)
    with tool(browser, address) as page:
        assert status(page) == second
        assert page.locator("input[name=shade]").is_checked()
        assert page.locator("[data-year]").input_value() == "2010"
    with tool(browser, server + "map/?i=eccar&y=2010") as page:
        assert (status(page), sorted(listed(page))) == first


def test_an_address_in_the_other_language_shows_the_same(browser: Browser, server: str) -> None:
    with tool(browser, server + "map/?i=eccar&y=2010") as page:
        here = sorted(listed(page))
        page.locator(".langs a").click()
        ready(page)
        assert "/pl/mapa/?i=eccar&y=2010" in page.url
        assert sorted(listed(page)) == here


@pytest.mark.parametrize("asked", ["i=nothing", "t=%3Cimg%3E&y=99999", "c=zz&p=atlantis&a=x&v=a/b/c"])
def test_what_an_address_does_not_know_is_left_out_and_said(
    browser: Browser, server: str, asked: str
) -> None:
    with tool(browser, server + f"map/?{asked}") as page:
        assert len(listed(page)) == len(CITIES)
        expect(page.locator("[data-note]")).to_be_visible()
        assert page.locator("[data-note] img").count() == 0
        assert query(page) == ""


# Touch, motion, no script


def test_a_finger_scrolls_the_page_and_does_not_move_the_map(browser: Browser, server: str) -> None:
    with tool(browser, server + "map/", width=360, height=740, has_touch=True, is_mobile=True) as page:
        page.locator("#map_atlas").scroll_into_view_if_needed()
        assert page.evaluate("map_atlas.dragging.enabled()") is False
        action = page.evaluate("getComputedStyle(document.querySelector('#map_atlas')).touchAction")
        assert "pan-y" in action
        centre = page.evaluate("map_atlas.getCenter()")
        session = page.context.new_cdp_session(page)
        session.send(
            "Input.synthesizeScrollGesture",
            {"x": 180, "y": 500, "yDistance": -250, "gestureSourceType": "touch", "speed": 2000},
        )
        assert page.evaluate("scrollY") > 0
        assert page.evaluate("map_atlas.getCenter()") == centre


def test_a_wheel_scrolls_the_page(browser: Browser, server: str) -> None:
    with tool(browser, server + "map/") as page:
        zoom = page.evaluate("map_atlas.getZoom()")
        page.locator("#map_atlas").hover()
        page.mouse.wheel(0, 300)
        page.wait_for_timeout(500)
        assert page.evaluate("scrollY") > 100
        assert page.evaluate("map_atlas.getZoom()") == zoom


def test_nothing_moves_by_itself_where_motion_is_reduced(browser: Browser, server: str) -> None:
    with tool(browser, server + "map/", reduced_motion="reduce") as page:
        assert page.evaluate("map_atlas.options.zoomAnimation") is False
        assert page.evaluate("marks_atlas.options.animate") is False


def test_forced_colours_keep_land_and_marks_apart(browser: Browser, server: str) -> None:
    with tool(browser, server + "map/", forced_colors="active") as page:
        land, mark = (
            page.evaluate(f"getComputedStyle(document.querySelector('{one}')).fill")
            for one in ("#map_atlas path.land", "#map_atlas .pin.certain path")
        )
        assert land != mark


@pytest.mark.parametrize("lang", MAPS)
def test_without_a_script_there_are_the_drawn_map_and_every_place(
    browser: Browser, server: str, lang: str
) -> None:
    with browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        page.goto(server + MAPS[lang])
        expect(page.locator("svg.map .dot").first).to_be_attached()
        expect(page.locator("svg.map")).to_be_visible()
        links = page.locator("[data-list] [data-place] a")
        assert links.count() == len(CITIES)
        expect(links.first).to_be_visible()
        assert page.locator(".map-form input:visible").count() == 0
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=SCREENSHOTS / f"map-{lang}-1280-no-script.png")
