"""The interactive maps in a real browser under the strict policy: choosing, years, keys, addresses."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.barriers import CONTRAST, RULES, barriers
from tests.browser.visit import opened, window

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "tests/data/sample"
SCREENSHOTS = ROOT / "build" / "screenshots"
MAPS = {"en": "map/", "pl": "pl/mapa/"}
# Pages with a drawn map, and what the full one then shows.
WAYS = (
    ("", ""),
    ("networks/eccar/", "i=eccar"),
    ("countries/pl/", "c=pl"),
    ("topics/migration/", "t=migration"),
    ("actions/ump-declaration-2017/", "a=ump-declaration-2017"),
    ("pl/sieci/icc/", "i=icc"),
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
    """Count the marks, also those out of sight: a path of discs for a size, or a path for each shape."""
    drawn = page.locator(".live svg.map .dot:not(.seek, .seekin), .live .shapes > path")
    return sum(
        max(1, data.count("h0"))
        for data in drawn.evaluate_all("all => all.map(one => one.getAttribute('d'))")
    )


def names(page: Page) -> list[str]:
    """Return the names that stand on the map, in the order in which they were given."""
    return page.locator(".live svg.map text").all_text_contents()


# Drawing


@pytest.mark.parametrize("width", [360, 768, 1280])
@pytest.mark.parametrize("lang", MAPS)
def test_map_is_drawn(browser: Browser, server: str, lang: str, width: int) -> None:
    with tool(browser, server + MAPS[lang], width=width, color_scheme="light") as page:
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=SCREENSHOTS / f"map-{lang}-{width}-light.png")
        page.emulate_media(color_scheme="dark")
        page.screenshot(path=SCREENSHOTS / f"map-{lang}-{width}-dark.png")
        assert len(page.locator(".live path.land").get_attribute("d") or "") > 50_000
        places = listed(page)
        assert on_the_map(page) == sum(bool(city["lat"]) and city["id"] in places for city in CITIES)
        assert len(places) > 100
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        map_box, drawer = page.locator("#map_atlas").bounding_box(), page.locator(".filters")
        assert map_box and map_box["width"] == width
        if width < 1000:
            expect(drawer).to_be_hidden()
            opener = page.locator(".opener").bounding_box()
            assert opener and opener["y"] < map_box["y"]
            page.locator(".opener").click()
        expect(drawer).to_be_visible()


def test_coasts_are_finer_where_the_map_is_near(browser: Browser, server: str) -> None:
    asked: list[str] = []
    with window(browser) as context:
        page = context.new_page()
        page.on("request", lambda sent: asked.append(sent.url.rpartition("/")[2]))
        page.goto(server + "map/?v=4/52/12")
        ready(page)
        assert "land.json" in asked and "coast.json" not in asked
        coarse = page.locator(".live path.land").get_attribute("d")
        with page.expect_response(re.compile("coast.json")):
            page.evaluate("map_atlas.setView([52, 19], 7, {animate: false})")
        expect(page.locator(".live path.region")).to_have_attribute("d", re.compile("M"))
        assert page.locator(".live path.land").get_attribute("d") != coarse


def test_exact_coasts_of_another_continent_follow_when_it_is_looked_at(browser: Browser, server: str) -> None:
    with window(browser) as context:
        page = context.new_page()
        page.goto(server + "map/?v=4/52/12")
        ready(page)
        for view in ("[40, -100], 2", "[50, 20], 4.5"):
            page.evaluate(f"map_atlas.setView({view}, {{animate: false}})")
        whole = page.locator(".live path.land").get_attribute("d")
        with page.expect_response(re.compile("continents.json")):
            page.evaluate("map_atlas.setView([40, -100], 4, {animate: false})")
        expect(page.locator(".live path.land")).not_to_have_attribute("d", whole or "")


def test_names_stand_at_the_places_that_readers_know(browser: Browser, server: str) -> None:
    with tool(browser, server + "map/") as page:
        shown = names(page)
        assert {"Warsaw", "Paris", "Rome"} <= set(shown)
        boxes = page.evaluate(
            "[...document.querySelectorAll('.live svg.map text')].map(one => one.getBoundingClientRect())"
            ".map(({left, right, top, bottom}) => ({left, right, top, bottom}))"
        )
        for n, one in enumerate(boxes):
            for other in boxes[:n]:
                apart = one["left"] >= other["right"] or other["left"] >= one["right"]
                assert apart or one["top"] >= other["bottom"] - 4 or other["top"] >= one["bottom"] - 4
        page.evaluate("map_atlas.setView([50, 20], 7, {animate: false})")
        assert "Kraków" in names(page)


def test_the_world_is_whole_and_its_places_lie_where_a_country_shows_them(
    browser: Browser, server: str
) -> None:
    """Another projection for another extent: what lies in the middle stays in the middle."""
    with tool(browser, server + "map/?v=0/20/11") as page:
        place = "(() => { const {x, y} = map_atlas.latLngToContainerPoint([%s]); return [x, y]; })()"
        wide = page.evaluate("map_atlas.getSize().x")
        for corner in ("-14, -171.8", "-37, 175", "21.3, -157.8", "64, -22"):
            assert 0 < page.evaluate(place % corner)[0] < wide
        assert page.evaluate("map_atlas.options.crs.plane.lon0") == 11
        page.evaluate("map_atlas.setView([-18, 178], 4, {animate: false})")
        assert page.evaluate("map_atlas.options.crs.plane.lon0") == -180
        suva, apia = (page.evaluate(place % at) for at in ("-18.1, 178.4", "-13.8, -171.8"))
        assert 0 < suva[0] < apia[0] < wide
        inland = page.evaluate("""() => {
            const path = document.querySelector('.live path.land');
            const at = ({x, y}) => {
                const box = map_atlas.getContainer().getBoundingClientRect();
                const point = new DOMPoint(x + box.left, y + box.top);
                return path.isPointInFill(point.matrixTransform(path.getScreenCTM().inverse()));
            };
            return [[-25, 135], [-30, -170]].map(point => at(map_atlas.latLngToContainerPoint(point)));
        }""")
        assert inland == [True, False], "Australia is land, the ocean is not"


def test_styles_reach_the_page_without_style_attributes_in_markup(browser: Browser, server: str) -> None:
    with tool(browser, server + "map/") as page:
        # Leaflet sets styles through the object model, which the policy allows; nothing is parsed.
        assert (
            page.evaluate("getComputedStyle(document.querySelector('#map_atlas .pin')).position")
            == "absolute"
        )


@pytest.mark.parametrize(("address", "chosen"), WAYS)
def test_one_way_leads_from_a_drawn_map_to_the_full_one_with_the_same_choice(
    browser: Browser, server: str, address: str, chosen: str
) -> None:
    asked: list[str] = []
    with opened(browser, server + address) as page:
        page.on("request", lambda sent: asked.append(sent.url.removeprefix(server)))
        page.reload(wait_until="networkidle")
        fetched = ("maps/", "api/", "theme/vendor/", "theme/js/map/")
        assert not [url for url in asked if url.startswith(fetched)]
        page.locator(".chart .door a").click()
        ready(page)
        assert query(page) == chosen
        assert on_the_map(page) > 0


def test_failing_to_load_is_said_and_leaves_the_drawn_map(browser: Browser, server: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.route("**/maps/data.json", lambda route: route.abort())
        page.goto(f"{server}map/?i=eccar")
        expect(page.locator("[data-map-failed]")).to_be_visible()
        expect(page.locator(".stage > svg.map")).to_be_visible()


# Choosing


def choose(page: Page, name: str, value: str) -> None:
    page.locator(f"select[name={name}]").select_option(value)


def test_list_and_map_follow_the_choice(browser: Browser, server: str) -> None:
    with tool(browser, server + "map/") as page:
        before = len(listed(page))
        choose(page, "i", "eccar")
        members = {row["city"] for row in ECCAR}
        assert set(listed(page)) == members
        placed = {city["id"] for city in CITIES if city["lat"]}
        assert on_the_map(page) == len(members & placed)
        assert status(page).startswith(f"{len(members)} places in ")
        expect(page.locator("h1")).to_have_text("ECCAR")
        assert query(page) == "i=eccar"
        choose(page, "i", "")
        assert len(listed(page)) == before
        expect(page.locator("h1")).to_have_text("All commitments")
        assert query(page) == ""


def test_choices_of_different_sorts_narrow_each_other(browser: Browser, server: str) -> None:
    with tool(browser, server + "map/?k=charter") as page:
        expect(page.locator("[data-only] button")).to_have_count(1)
        charters = len(listed(page))
        choose(page, "t", "migration")
        assert 0 < len(listed(page)) < charters
        page.locator("[data-all]").click()
        assert len(listed(page)) > charters
        expect(page.locator("[data-all]")).to_be_hidden()


def test_a_shape_is_the_one_topic_that_is_chosen(browser: Browser, server: str) -> None:
    """Otherwise every mark is a disc: its size is a number, and the legend has only what is on the map."""
    with tool(browser, server + "map/") as page:
        assert page.locator(".live .shapes").count() == 0
        legend = page.locator("[data-legend] li")
        expect(legend).to_have_text(["one recorded commitment", "two or three", "four or more"])
        choose(page, "t", "migration")
        assert page.locator(".live .shapes.t-migration > path").count() == on_the_map(page) > 10
        choose(page, "t", "")
        choose(page, "i", "eccar")
        assert page.locator(".live .shapes").count() == 0
        assert page.locator(".live svg.map .dot.d2").count() == 1, "one network: all marks are alike"
        expect(legend).to_have_count(0)


def test_several_values_of_an_address_stand_in_the_field(browser: Browser, server: str) -> None:
    with tool(browser, server + "map/?i=eccar,icorn") as page:
        assert page.locator("select[name=i]").input_value() == "eccar,icorn"
        expect(page.locator("h1")).to_have_text("ECCAR, ICORN")
        choose(page, "i", "icorn")
        assert query(page) == "i=icorn"


def test_statuses_that_do_not_hold_can_be_chosen(browser: Browser, server: str) -> None:
    with tool(browser, server + "map/?i=icorn") as page:
        assert "frederiksberg" not in listed(page)
        choose(page, "s", "former")
        assert set(listed(page)) == {"frederiksberg", "molde", "odense"}
        expect(page.locator("h1")).to_have_text("ICORN · former")


# Years


def test_a_year_shows_the_world_as_it_was(browser: Browser, server: str) -> None:
    with tool(browser, server + "map/?i=eccar") as page:
        set_year(page, 2010)
        dated = {row["city"] for row in ECCAR if row["since"] and int(row["since"][:4]) <= 2010}
        undated = sum(not row["since"] for row in ECCAR)
        assert set(listed(page)) == dated
        assert status(page).startswith(f"{len(dated)} places in ")
        expect(page.locator("h1")).to_have_text("ECCAR in 2010")
        assert f"{undated} commitments without a date not shown." in status(page)
        assert query(page) == "i=eccar&y=2010"
        page.locator("[data-today]").click()
        expect(page.locator("[data-today]")).to_be_focused()
        assert query(page) == "i=eccar"
        expect(page.locator("h1")).to_have_text("ECCAR")


def test_bars_of_the_years_leave_out_who_only_applied(browser: Browser, server: str) -> None:
    with tool(browser, server + "map/?i=human-rights-cities") as page:
        expect(page.locator("[data-chart] rect")).to_have_count(0)
        expect(page.locator("[data-dated]")).to_have_text(re.compile(r"\b0\b.*\b4\b"))


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
    assert any(row["since"] == "2007" for row in ECCAR)
    with tool(browser, server + "map/?i=eccar") as page:
        set_year(page, 2007)
        assert page.locator(".live svg.map .hole").count() == 1
        expect(page.locator("[data-legend]")).to_contain_text("the date leaves open whether it held then")
        set_year(page, 2008)
        assert page.locator(".live svg.map .hole").count() == 0


def test_undated_commitments_are_a_layer_of_their_own(browser: Browser, server: str) -> None:
    with tool(browser, server + "map/?i=eccar&y=2024") as page:
        before = len(listed(page))
        box = page.locator("input[name=undated]")
        expect(box).to_be_visible()
        box.click()
        assert len(listed(page)) > before
        assert page.locator(".live svg.map .hole").count() == 1
        assert "u=1" in query(page)


def test_years_play_and_pause(browser: Browser, server: str) -> None:
    with tool(browser, server + "map/") as page:
        page.locator("[data-player]").click()
        expect(page.locator("[data-player]")).to_have_text("Pause")
        expect(page.locator("[data-year-shown]")).to_have_text("1987", timeout=4000)
        page.locator("[data-player]").click()
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
        expect(page.locator(".place-card h2")).to_have_text(shown)
        assert f"p={place}" in query(page)
        page.keyboard.press("Escape")
        expect(page.locator(".place-card")).to_have_count(0)
        assert page.evaluate("document.activeElement.id") == "s-find"


@pytest.mark.parametrize("typed", ["poland", "polska"])
def test_search_finds_countries_in_every_language(browser: Browser, server: str, typed: str) -> None:
    with tool(browser, server + "map/") as page:
        page.locator("[data-find]").fill(typed)
        page.keyboard.press("Enter")
        assert "c=pl" in query(page)
        assert set(listed(page)) <= {city["id"] for city in CITIES if city["country"] == "PL"}
        expect(page.locator("h1")).to_have_text("Poland")
        page.locator("[data-only] button").click()
        assert "c=pl" not in query(page)


def test_search_says_when_nothing_is_found(browser: Browser, server: str) -> None:
    with tool(browser, server + "map/") as page:
        page.locator("[data-find]").fill("xyzzy")
        expect(page.locator("[data-find-status]")).to_have_text("No place of that name is recorded.")
        expect(page.locator("#s-find-found")).to_be_hidden()


# Keyboard


def here(page: Page) -> str:
    """Return the name of the mark that has the focus."""
    return page.evaluate(
        "document.activeElement.matches('.pin') && document.activeElement.getAttribute('aria-label')"
    )


def test_marks_are_one_stop_and_arrows_move_between_them(browser: Browser, server: str) -> None:
    with tool(browser, server + "map/?i=rcn") as page:
        assert page.locator("#map_atlas .pin").count() == 1
        page.locator("#map_atlas .pin").focus()
        page.keyboard.press("Home")
        seen = []
        for _ in range(on_the_map(page)):
            seen.append(here(page))
            page.keyboard.press("PageDown")
        assert len(set(seen)) == on_the_map(page)
        before = page.evaluate("document.activeElement.getBoundingClientRect().x")
        page.keyboard.press("ArrowLeft")
        assert page.evaluate("document.activeElement.getBoundingClientRect().x") <= before
        assert here(page)


def test_the_mark_at_the_end_is_brought_into_the_frame(browser: Browser, server: str) -> None:
    with tool(browser, server + "map/") as page:
        page.locator("#map_atlas .pin").focus()
        for key in ("End", "Home", "End"):
            page.keyboard.press(key)
            assert here(page)
            pin, box = (
                page.locator("#map_atlas .pin").bounding_box(),
                page.locator("#map_atlas").bounding_box(),
            )
            assert pin and box
            assert box["x"] <= pin["x"] + 14 <= box["x"] + box["width"]
            assert box["y"] <= pin["y"] + 14 <= box["y"] + box["height"]


@pytest.mark.parametrize("width", [360, 1280])
def test_card_opens_with_enter_closes_with_escape_and_gives_the_focus_back(
    browser: Browser, server: str, width: int
) -> None:
    with tool(browser, server + "map/?i=rcn", width=width) as page:
        page.locator("#map_atlas .pin").focus()
        name = here(page)
        page.keyboard.press("Enter")
        card = page.locator(".place-card")
        expect(card).to_be_focused()
        expect(card).to_have_attribute("role", "dialog")
        expect(card.locator(".shut")).to_be_in_viewport()
        assert name and name.startswith(card.get_attribute("aria-label") or "?")
        assert card.locator("a").first.get_attribute("href")
        assert page.locator(".live svg.map .seekin").count() == 1
        page.keyboard.press("Escape")
        expect(card).to_have_count(0)
        assert here(page) == name


def test_a_click_opens_the_nearest_mark(browser: Browser, server: str) -> None:
    with tool(browser, server + "map/?c=pl") as page:
        x, y = page.evaluate(
            "(() => { const {x, y} = map_atlas.latLngToContainerPoint([51.25, 22.57]); return [x, y]; })()"
        )
        page.locator("#map_atlas").click(position={"x": x + 5, "y": y - 4})
        expect(page.locator(".place-card h2")).to_have_text("Lublin")
        page.locator(".place-card .shut").click()
        expect(page.locator(".place-card")).to_have_count(0)


def test_links_of_a_popup_lead_to_the_claims(browser: Browser, server: str) -> None:
    with tool(browser, server + "pl/mapa/?p=krakow") as page:
        expect(page.locator(".place-card h2")).to_have_text("Kraków")
        page.locator(".place-card li a", has_text="ECCAR").first.click()
        expect(page).to_have_url(re.compile(r"/pl/miasta/krakow/#eccar$"))


def test_a_place_whose_membership_ended_opens_with_what_it_had(browser: Browser, server: str) -> None:
    with tool(browser, server + "map/?p=molde") as page:
        expect(page.locator(".place-card h2")).to_have_text("Molde")
        expect(page.locator(".place-card li")).to_have_text([re.compile("ICORN.*former")])
        assert re.search(r"[?&]s=[a-z,]*former", page.url)


def test_list_shows_places_on_the_map(browser: Browser, server: str) -> None:
    with tool(browser, server + "map/") as page:
        button = page.locator("[data-place=lublin] .on-map")
        page.locator("[data-country]:has([data-place=lublin])").evaluate("one => { one.open = true }")
        button.click()
        expect(page.locator(".place-card h2")).to_have_text("Lublin")
        assert page.locator("[data-place=lublin]").get_attribute("aria-current") == "true"
        page.keyboard.press("Escape")
        expect(button).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_map_has_no_serious_barrier(browser: Browser, server: str, scheme: Any) -> None:
    address = server + "map/?y=2011&u=1&p=krakow"
    with tool(browser, address, color_scheme=scheme, watched=False) as page:  # axe adds styles of its own
        assert barriers(page, CONTRAST if scheme == "dark" else RULES, serious=True) == {}


# Addresses


def test_an_address_can_be_shared(browser: Browser, server: str) -> None:
    with tool(browser, server + "map/?i=eccar&y=2010") as page:
        first = (status(page), sorted(listed(page)))
        choose(page, "t", "anti-racism")
        page.evaluate("map_atlas.setView([50, 8], 6, {animate: false})")
        page.locator(".zoom .minus").click()
        address = page.url
        middle = page.evaluate(
            "[map_atlas.getZoom(), map_atlas.getCenter().lat, map_atlas.options.crs.plane.lon0]"
        )
        second = status(page)
    with tool(browser, address) as page:
        assert status(page) == second
        assert page.locator("select[name=t]").input_value() == "anti-racism"
        seen = page.evaluate(
            "[map_atlas.getZoom(), map_atlas.getCenter().lat, map_atlas.options.crs.plane.lon0]"
        )
        assert seen == pytest.approx(middle, abs=0.01)
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


@pytest.mark.parametrize(
    "asked", ["i=nothing", "t=%3Cimg%3E&y=99999", "c=zz&p=atlantis&a=x&v=a/b/c", "v=99/900/900"]
)
def test_what_an_address_does_not_know_is_left_out_and_said(
    browser: Browser, server: str, asked: str
) -> None:
    with tool(browser, server + f"map/?{asked}") as page:
        assert len(listed(page)) > 100
        assert "Warsaw" in names(page)
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

        def touch(kind: str, *points: int) -> None:
            at = [{"x": 180, "y": y} for y in points]
            session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": at})

        touch("touchStart", 500)
        for y in range(475, 225, -25):
            touch("touchMove", y)
        touch("touchEnd")
        page.wait_for_function("scrollY > 0")
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


def test_forced_colours_keep_land_and_marks_apart(browser: Browser, server: str) -> None:
    with tool(browser, server + "map/", forced_colors="active") as page:
        land, mark = (
            page.evaluate(f"getComputedStyle(document.querySelector('.live {one}')).{how}")
            for one, how in (("path.land", "fill"), ("path.dot", "stroke"))
        )
        assert land != mark
        # Clipped from a box: a triangle of borders would be a square.
        assert "polygon" in page.evaluate(
            "getComputedStyle(document.querySelector('.play'), '::before').clipPath"
        )


def test_paper_says_what_is_chosen_and_shows_the_map(browser: Browser, server: str) -> None:
    with tool(browser, server + "map/?i=eccar&y=2015") as page:
        page.emulate_media(media="print")
        expect(page.locator("h1")).to_have_text("ECCAR in 2015")
        expect(page.locator("h1")).to_be_visible()
        expect(page.locator(".filters")).to_be_hidden()
        expect(page.locator(".years")).to_be_hidden()
        expect(page.locator(".live svg.map .dot").first).to_be_visible()


@pytest.mark.parametrize("lang", MAPS)
def test_without_a_script_there_are_the_drawn_map_and_every_place(
    browser: Browser, server: str, lang: str
) -> None:
    with browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        page.goto(server + MAPS[lang])
        expect(page.locator("svg.map .dot").first).to_be_attached()
        expect(page.locator("svg.map")).to_be_visible()
        links = page.locator("[data-list] li a")
        assert links.count() == len(CITIES)
        expect(links.first).to_be_visible()
        assert page.locator(".map-form :is(input, select):visible").count() == 0
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=SCREENSHOTS / f"map-{lang}-1280-no-script.png")
