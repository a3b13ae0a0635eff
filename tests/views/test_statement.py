"""The accessibility statement: what Polish and EU law ask of its form, in both languages."""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

pytestmark = pytest.mark.promise(
    "The accessibility statement has the form that Polish and EU law ask of public bodies"
)
PAGES = {"en": "accessibility/index.html", "pl": "pl/deklaracja-dostepnosci/index.html"}
# The identifiers by which the Polish register reads statements, in the order of the official model. What is
# missing has nothing to hold: no auditor made it, and no telephone is answered.
PARTS = (
    *("a11y-wstep", "a11y-podmiot", "a11y-url", "a11y-data-publikacja", "a11y-data-aktualizacja"),
    *("a11y-status", "a11y-ocena", "a11y-data-sporzadzenie", "a11y-procedura"),
    *("a11y-architektura", "a11y-aplikacje", "a11y-kontakt"),
)


class _Parts(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: dict[str, dict[str, str]] = {}
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if values.get("id", "").startswith("a11y-"):
            assert values["id"] not in self.found, values
            self.found[values["id"]] = values | {"tag": tag}


@pytest.mark.parametrize("lang", PAGES)
def test_every_part_that_is_asked_for_is_there(site: Path, lang: str) -> None:
    text = (site / PAGES[lang]).read_text("utf-8")
    parts = _Parts(text).found
    assert tuple(name for name in parts if name != "a11y-email") == PARTS
    assert parts["a11y-url"]["href"] in ("../", "../../pl/")
    for name in ("a11y-data-publikacja", "a11y-data-aktualizacja", "a11y-data-sporzadzenie"):
        assert parts[name]["tag"] == "time"
        assert date(2026, 11, 1) <= date.fromisoformat(parts[name]["datetime"])
    for said in {
        "en": (
            "partially conformant",
            "EN 301 549",
            "2016/2102",
            "self-assessment",
            "https://bip.brpo.gov.pl/",
        ),
        "pl": ("częściowo zgodna", "EN 301 549", "2016/2102", "samooceny", "https://bip.brpo.gov.pl/"),
    }[lang]:
        assert said in text
    assert re.search(r'<a href="[^"]*"[^>]*>[^<]*</a>', text[text.index('id="a11y-kontakt"') :])


@pytest.mark.parametrize("lang", PAGES)
def test_what_it_says_was_tested_is_what_the_tests_try(site: Path, lang: str) -> None:
    """Who takes a test away must also take the sentence away."""
    text = (site / PAGES[lang]).read_text("utf-8")
    tests = (Path(__file__).parents[1] / "proof/test_accessibility.py").read_text("utf-8")
    without = (Path(__file__).parents[1] / "proof/test_without.py").read_text("utf-8")
    for word in ("1280", "320", "200"):
        assert word in text and word in tests
    for name in ("dark", "moving", "forced", "zoomed"):
        assert f'"{name}": (' in tests
    for function in (
        "test_the_map_is_filtered_by_keyboard",
        "test_cities_are_chosen_and_taken_away_by_keyboard",
        "test_a_search_is_done_by_keyboard_alone",
        "test_the_home_page_is_read_out_in_order",
        "test_a_city_is_read_out_in_order",
    ):
        assert f"def {function}(" in tests
    for missing in ("javascript", "style_sheets", "images", "colour"):
        assert f"def test_without_{missing}_" in without


def test_every_page_leads_to_it(site: Path) -> None:
    for name in ("index.html", "pl/index.html", "map/index.html", "pl/miasta/krakow/index.html", "404.html"):
        text = (site / name).read_text("utf-8")
        wanted = "deklaracja-dostepnosci/" if name.startswith("pl/") else "accessibility/"
        assert wanted in text[text.index("<footer") :], name
