"""The example of another subject in a real browser: three languages, five continents, a family of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.browser.visit import opened
from tests.cli.test_init import climate
from tests.conftest import served

__all__ = ["climate"]  # the fixture


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize(
    "address", ["", "pledges/clear-sky/", "pl/miasta/tauira-bay/", "es/promesas/", "cities/mithal/"]
)
def test_pages_fit_and_offer_the_other_languages(
    browser: Browser, climate: Path, address: str, width: int
) -> None:
    with served(climate) as server, opened(browser, server + address, width=width) as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        before = page.locator(".nav").bounding_box()
        page.locator(".langs summary").click()
        assert page.locator(".langs a").count() == 2
        assert all(link.is_visible() for link in page.locator(".langs a").all())
        assert page.locator(".nav").bounding_box() == before
