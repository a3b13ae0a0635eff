"""The timeline and the lanes in a real browser: filters, shared addresses, no script, narrow and print."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from tests.browser.visit import opened

TIMELINES = {"en": "timeline/", "pl": "pl/os-czasu/"}


def entries(page: Page) -> Locator:
    return page.locator(".time li[data-k]:visible")


def asked(page: Page) -> str:
    return str(page.evaluate("location.search"))


def numbers(page: Page) -> list[int]:
    """Return how many entries are shown, of how many."""
    said = page.locator(".said").inner_text()
    return [int(word.rstrip(".")) for word in said.split() if word.rstrip(".").isdigit()]


@pytest.mark.parametrize("lang", TIMELINES)
def test_filters_work_together_and_stand_in_the_address(browser: Browser, server: str, lang: str) -> None:
    with opened(browser, server + TIMELINES[lang]) as page:
        whole = entries(page).count()
        assert numbers(page) == [whole, whole]
        page.locator("#f-i").select_option("eccar")
        page.locator("#f-c").select_option("PL")
        assert asked(page) == "?c=PL&i=eccar"
        left = entries(page).count()
        assert 0 < left < whole
        assert numbers(page) == [left, whole]
        for entry in entries(page).all():
            assert entry.get_attribute("data-i") == "eccar"
            assert "PL" in (entry.get_attribute("data-c") or "").split()
        assert page.locator(".year:visible").count() == page.locator(".year:has(li:visible)").count()
        page.locator(".sieve button").click()
        expect(entries(page)).to_have_count(whole)
        assert asked(page) == ""


def test_a_shared_address_shows_the_same(browser: Browser, server: str) -> None:
    with opened(browser, f"{server}timeline/?i=eccar&c=pl&k=joined") as page:
        assert [page.locator(f"#f-{name}").input_value() for name in "ick"] == ["eccar", "PL", "joined"]
        expect(entries(page)).to_have_count(1)
        expect(entries(page)).to_contain_text("Kraków")


def test_a_city_can_be_chosen_and_is_marked_among_others(browser: Browser, server: str) -> None:
    with opened(browser, f"{server}timeline/?p=krakow") as page:
        assert page.locator("#f-p option:checked").inner_text() == "Kraków"
        assert entries(page).count() > 5
        marked = page.locator(".time .meant:visible")
        assert set(marked.all_inner_texts()) == {"Kraków"}


def test_unknown_ids_are_said_and_never_become_markup(browser: Browser, server: str) -> None:
    with opened(browser, f"{server}timeline/?i=%3Cimg%20src=x%3E&t=migration") as page:
        expect(page.locator(".said")).to_contain_text("<img src=x>")
        assert page.locator(".said img").count() == 0
        assert page.locator("#f-t").input_value() == "migration"


def test_the_order_can_be_turned_and_turned_back(browser: Browser, server: str) -> None:
    with opened(browser, server + "timeline/") as page:
        headings = page.locator(".year > h3")
        newest_first = headings.all_inner_texts()
        assert newest_first == sorted(newest_first, reverse=True)
        page.locator("#f-o").select_option("old")
        assert asked(page) == "?o=old"
        assert headings.all_inner_texts() == newest_first[::-1]
        assert page.locator(".jump.years a").first.inner_text() == newest_first[-1]
        page.locator("#f-o").select_option("")
        assert headings.all_inner_texts() == newest_first


def test_filters_work_by_keyboard(browser: Browser, server: str) -> None:
    with opened(browser, server + "timeline/") as page:
        page.locator("#f-t").focus()
        page.keyboard.type("Migration")
        page.keyboard.press("Enter")
        expect(page.locator("#f-t")).to_have_value("migration")
        assert "migration" in asked(page)


def test_a_part_filters_within_itself(browser: Browser, server: str) -> None:
    with opened(browser, server + "timeline/topics/migration/?c=PL") as page:
        assert page.locator("#f-t").count() == 0
        assert 0 < entries(page).count() < page.locator(".time li[data-k]").count()


@pytest.mark.parametrize("lang", TIMELINES)
def test_without_javascript_links_lead_to_the_parts(browser: Browser, server: str, lang: str) -> None:
    with opened(browser, server + TIMELINES[lang], script=False) as page:
        assert page.locator(".sieve").is_hidden()
        whole = entries(page).count()
        page.locator(".parts-of summary").click()
        page.locator(".parts-of a.t-migration").click()
        assert page.url.endswith(("timeline/topics/migration/", "os-czasu/tematy/migration/"))
        page.wait_for_load_state()
        assert 0 < entries(page).count() < whole
        page.locator(".parts-of summary").click()
        page.locator(".parts-of a[href$='/pl/']").last.click()
        assert page.locator("h1").inner_text() in ("Poland", "Polska")


def test_every_year_has_an_anchor(browser: Browser, server: str) -> None:
    with opened(browser, server + "timeline/#y-2016") as page:
        assert page.locator("#y-2016").is_visible()
        assert page.evaluate("document.querySelector('#y-2016').getBoundingClientRect().top") < 200


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_lanes_are_drawn_within_their_rows(browser: Browser, server: str, width: int) -> None:
    with opened(browser, server + "cities/krakow/", width=width) as page:
        assert page.locator(".lanes:visible td .lane:visible").count() > 0
        wide = page.evaluate(
            "[...document.querySelectorAll('.lanes td .lane')].map(e => e.getBoundingClientRect().width)"
        )
        assert min(wide) > (280 if width == 360 else 250)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("address", ["countries/pl/", "topics/human-rights/"])
@pytest.mark.parametrize("width", [360, 1280])
def test_a_country_and_a_topic_have_the_picture_of_their_timeline(
    browser: Browser, server: str, address: str, width: int
) -> None:
    with opened(browser, server + address, width=width) as page:
        assert page.locator(".score-lanes .lane:visible").count() > 0
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        if width == 1280:
            year = page.locator(".hist a", has=page.locator("svg")).last
            year.click()
            assert f"timeline/{address}#y-" in page.url
            expect(page.locator(":target")).to_be_visible()


def test_an_interval_is_never_narrower_than_it_can_be_seen(browser: Browser, server: str) -> None:
    for width in (360, 1280):
        with opened(browser, server + "cities/krakow/", width=width) as page:
            found = page.evaluate(
                "[...document.querySelectorAll('.lanes use[href=\"#s-y\"]')]"
                ".map(e => e.getBoundingClientRect().width).filter(w => w)"
            )
            assert found
            assert min(found) == pytest.approx(18, abs=0.1) or min(found) > 18


def test_the_row_of_a_lane_leads_to_its_claim(browser: Browser, server: str) -> None:
    with opened(browser, server + "cities/nuremberg/") as page:
        row = page.locator(".lanes tbody tr", has_text="ECCAR")
        assert row.locator("td.d").inner_text() == "10 December 2004"
        row.locator("a").click()
        assert page.url.endswith("cities/nuremberg/#eccar")


def test_folded_lanes_open_without_javascript_and_stand_on_paper(browser: Browser, server: str) -> None:
    with opened(browser, server + "timeline/", script=False) as page:
        small = page.locator(".score .fold .multi li").first
        assert small.is_hidden()
        page.locator(".score .fold > summary").click()
        assert small.is_visible()
    with opened(browser, server + "timeline/") as page:
        page.emulate_media(media="print")
        assert page.locator(".score .fold .multi li").first.bounding_box()
