"""Long lists: what a field leaves of them, how tables are sorted, what they are saved as."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.visit import opened


def members(page: Page) -> list[str]:
    return page.locator("#l-members tbody tr:visible th a").all_text_contents()


def test_members_are_narrowed_by_country_and_sorted_by_date(browser: Browser, server: str) -> None:
    with opened(browser, server + "networks/eccar/") as page:
        page.get_by_label("Find a city or country").fill("poland")
        page.get_by_role("button", name="Sort by Since").click()
        assert members(page)[0] == "Kraków" and "Wrocław" in members(page)
        assert page.locator("#l-members th[aria-sort]").get_attribute("aria-sort") == "ascending"
        expect(page.locator(".finder .said")).to_contain_text("Shown: ")
        page.get_by_label("Find a city or country").press("Tab")
        assert "find=poland" in page.url and "sort=2" in page.url
        page.reload()
        assert members(page)[0] == "Kraków"


def test_a_long_table_shows_its_first_rows_until_asked(browser: Browser, server: str) -> None:
    for script in (True, False):
        with opened(browser, server + "networks/eccar/", script=script) as page:
            assert len(members(page)) == 30
            page.get_by_label("Show all").check()
            assert len(members(page)) > 40
    with opened(browser, server + "networks/eccar/#s-pl") as page:
        assert len(members(page)) > 40


def test_on_a_phone_the_table_of_countries_has_a_line_for_each(browser: Browser, server: str) -> None:
    with opened(browser, server + "countries/", width=360) as page:
        rows = page.locator("#l-countries tbody tr").evaluate_all(
            "rows => rows.map(row => getComputedStyle(row).display)"
        )
        assert set(rows) == {"table-row"}
        assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_on_a_phone_what_is_disputed_stands_over_what_the_sources_say(browser: Browser, server: str) -> None:
    with opened(browser, server + "contradictions/", width=360) as page:
        row = page.locator("#l-questions tbody tr").first
        widths = row.evaluate("row => [...row.cells].slice(2).map(one => one.clientWidth / row.clientWidth)")
        assert min(widths) > 0.99
        assert row.locator(".values").evaluate("cell => getComputedStyle(cell).textAlign") == "start"


def test_tasks_of_one_document_name_it_once(browser: Browser, server: str) -> None:
    with opened(browser, server + "actions/czestochowa-team-2019/", script=False) as page:
        assert page.locator(".obligations > li").count() == 8
        expect(page.locator(".obligations .cited")).to_have_count(0)
        expect(page.locator(".obligations + .cited > li").first).to_contain_text("Polityka równości")


def test_members_are_saved_as_they_are_shown(browser: Browser, server: str) -> None:
    with opened(browser, server + "networks/eccar/") as page:
        page.get_by_label("Find a city or country").fill("krak")
        with page.expect_download() as download:
            page.get_by_role("button", name="Save as CSV").click()
        rows = list(csv.reader(io.StringIO(Path(download.value.path()).read_text("utf-8-sig"))))
    assert download.value.suggested_filename == "eccar.csv"
    assert rows[0] == ["City", "Country", "Since", "Source"]
    assert [row[:3] for row in rows[1:]] == [["Kraków", "Poland", "2024-09-25"]]


@pytest.mark.parametrize(
    ("address", "label", "typed", "left"),
    [
        ("cities/", "Find a city or country", "lodz", ["Łódź"]),
        ("pl/miasta/", "Znajdź miasto lub kraj", "lodz", ["Łódź"]),
        ("countries/", "Find a country", "pol", ["Poland"]),
        ("actions/", "Find an action or a city", "open krakow", ["Kraków adopts the programme Open Kraków"]),
        ("sources/", "Find a publisher or a title", "story femcities", ["The Story of FemCities"]),
        ("networks/", "Find a network", "refuge", ["International Cities of Refuge Network"]),
        ("data/", "Find a file", "commitments eccar", ["eccar.csv"]),
    ],
)
def test_a_field_leaves_of_a_list_what_is_asked_for(
    browser: Browser, server: str, address: str, label: str, typed: str, left: list[str]
) -> None:
    with opened(browser, server + address) as page:
        page.get_by_label(label).fill(typed)
        rows = page.locator(
            "[id^=l-] :is(tbody tr, .dense > li, .register > li, .publisher li):visible a:first-of-type"
        )
        assert [text for text in rows.all_text_contents() if text in left] == left
        assert page.locator("[id^=l-] :is(.dir > section, .letter, .publisher):visible").count() <= 2


def test_enter_goes_to_the_only_row_and_a_word_of_no_row_to_the_search(browser: Browser, server: str) -> None:
    with opened(browser, server + "cities/") as page:
        field = page.get_by_label("Find a city or country")
        field.fill("zzzz")
        link = page.get_by_role("link", name="Search the whole atlas")
        assert str(link.get_attribute("href")).endswith("search/?q=zzzz")
        field.fill("krakow")
        field.press("Enter")
        page.wait_for_url("**/cities/krakow/")


def test_without_script_lists_are_plain(browser: Browser, server: str) -> None:
    for address in ("cities/", "actions/", "networks/eccar/"):
        with opened(browser, server + address, script=False) as page:
            expect(page.locator(".finder")).to_be_hidden()
            assert page.locator(":is(.dense > li, .register > li, tbody tr):visible").count() > 10


def test_contradictions_are_narrowed_by_country_and_the_choice_stands_in_the_address(
    browser: Browser, server: str
) -> None:
    with opened(browser, server + "contradictions/") as page:
        rows = page.locator("#l-questions tbody tr:visible")
        every = rows.count()
        page.get_by_label("Country").select_option("PL")
        assert 0 < rows.count() < every
        assert page.url.endswith("contradictions/?country=PL")
        page.reload()
        assert 0 < rows.count() < every
        page.get_by_role("link", name="Polski").click()
        page.wait_for_url("**/pl/sprzecznosci/?country=PL")
        assert 0 < page.locator("#l-questions tbody tr:visible").count() < every
