"""Citations in a browser: one click copies; without script they can be selected."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.visit import opened

CLIPBOARD = ["clipboard-read", "clipboard-write"]


def clipboard(page: Page) -> str:
    text: str = page.evaluate("navigator.clipboard.readText()")
    return text


@pytest.mark.parametrize(
    ("address", "copy", "said"),
    [("cities/krakow/", "Copy", "Copied: BibTeX"), ("pl/miasta/krakow/", "Kopiuj", "Skopiowano: BibTeX")],
)
def test_one_click_copies_the_citation_of_a_page(
    browser: Browser, server: str, address: str, copy: str, said: str
) -> None:
    with opened(browser, server + address, permissions=CLIPBOARD) as page:
        page.locator("details.cite-page > summary").click()
        page.get_by_role("button", name=f"{copy}: BibTeX").click()
        expect(page.locator(".copied")).to_have_text(said)
        assert clipboard(page).startswith("@misc{atlas-")
        assert page.locator("details.cite-page button").count() == 5


def test_a_claim_is_copied_in_every_format(browser: Browser, server: str) -> None:
    with opened(browser, server + "cities/krakow/", permissions=CLIPBOARD) as page:
        details = page.locator("details.cite-one[data-claim='krakow/eccar']")
        details.locator("summary").click()
        details.get_by_role("button", name="CSL-JSON").click()
        expect(page.locator(".copied")).to_have_text("Copied: CSL-JSON")
        (item,) = json.loads(clipboard(page))
        assert item["URL"].endswith("/cities/krakow/#eccar")
        details.get_by_role("button", name="Copy: Plain text").click()
        expect(page.locator(".copied")).to_have_text("Copied: Plain text")
        assert clipboard(page) == details.locator(".copyable").text_content()
        assert details.locator("button").count() == 5


def test_without_script_one_click_selects(browser: Browser, server: str) -> None:
    with opened(browser, server + "cities/krakow/", script=False) as page:
        assert page.locator("button.copy").count() == 0
        details = page.locator("details.cite-one").first
        details.locator("summary").click()
        expect(details.locator(".copyable")).to_be_visible()
        assert details.locator(".copyable").evaluate("e => getComputedStyle(e).userSelect") == "all"


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_is_wider_than_the_window(browser: Browser, server: str, width: int) -> None:
    for address in ("cities/krakow/", "pl/sieci/eccar/"):
        with opened(browser, server + address, width=width) as page:
            for summary in page.locator("details.cite-page > summary, details.cite-one > summary").all()[:6]:
                summary.click()
            page.wait_for_timeout(300)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
