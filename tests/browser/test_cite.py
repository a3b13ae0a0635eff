"""Citations in a browser: buttons copy them or save them as files; without script they can be selected."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from tests.browser.visit import opened

CLIPBOARD = ["clipboard-read", "clipboard-write"]
EVIL = "A \\b {c} 100% & $5 #1 _x_ ~y~ ^z | [[w]] <i> ''q'' __NOTOC__\nTY  - BOOK\x07"
CITED = {
    "key": "atlas-cities-krakow-eccar",
    "title": "Kraków, ECCAR: Member since October 2011",
    "site": "City Commitments Atlas",
    "lang": "en",
    "issued": "2026-11-22",
    "edition": "2026-11-22.3f9c2a1",
    "named": "edition 2026-11-22.3f9c2a1",
    "url": "https://example.org/atlas/cities/krakow/#eccar",
    "claim": "krakow/eccar",
    "sources": ["City of Kraków, A page (1 October 2024)", "Council minutes (undated)"],
}
NOTHING = {"edition": "", "named": "", "url": "", "claim": "", "sources": []}


def clipboard(page: Page) -> str:
    text: str = page.evaluate("navigator.clipboard.readText()")
    return text


def saved(page: Page, button: Locator) -> tuple[str, str]:
    """Press a button; return the name and the text of the file that it saves."""
    with page.expect_download() as download:
        button.click()
    return download.value.suggested_filename, Path(download.value.path()).read_text("utf-8")


@pytest.fixture(scope="module")
def page(chromium: Callable[[], Browser], server: str) -> Any:
    """A page on which the formats can be asked for by themselves."""
    with opened(chromium(), server + "cities/krakow/") as it:
        yield it


def made(page: Page, how: str, **other: Any) -> str:
    """Return a citation in one format, as the module of the site makes it."""
    asked = [how, {**CITED, **other}]
    text: str = page.evaluate(
        "async ([how, cited]) => (await import(document.querySelector('script[src*=\"pages/cite.js\"]').src"
        ".replace('pages/cite', 'shared/citation')))[how](cited)",
        asked,
    )
    return text


def test_bibtex(page: Page) -> None:
    assert made(page, "bibtex") == (
        "@misc{atlas-cities-krakow-eccar,\n"
        "  author = {{City Commitments Atlas}},\n"
        "  title = {{Kraków, ECCAR: Member since October 2011}},\n"
        "  year = {2026},\n"
        "  month = nov,\n"
        "  version = {2026-11-22.3f9c2a1},\n"
        "  url = {https://example.org/atlas/cities/krakow/#eccar},\n"
        "  langid = {british},\n"
        "  note = {krakow/eccar; City of Kraków, A page (1 October 2024); Council minutes (undated)},\n"
        "}\n"
    )


def test_ris(page: Page) -> None:
    assert made(page, "ris", lang="pl") == (
        "TY  - ELEC\n"
        "ID  - atlas-cities-krakow-eccar\n"
        "AU  - City Commitments Atlas\n"
        "TI  - Kraków, ECCAR: Member since October 2011\n"
        "T2  - City Commitments Atlas\n"
        "PY  - 2026\n"
        "DA  - 2026/11/22/\n"
        "ET  - 2026-11-22.3f9c2a1\n"
        "LA  - pl\n"
        "UR  - https://example.org/atlas/cities/krakow/#eccar\n"
        "N1  - krakow/eccar; City of Kraków, A page (1 October 2024); Council minutes (undated)\n"
        "ER  - \n"
    )


def test_csl_json(page: Page) -> None:
    assert json.loads(made(page, "csl")) == [
        {
            "id": "atlas-cities-krakow-eccar",
            "type": "webpage",
            "title": "Kraków, ECCAR: Member since October 2011",
            "author": [{"literal": "City Commitments Atlas"}],
            "container-title": "City Commitments Atlas",
            "issued": {"date-parts": [[2026, 11, 22]]},
            "version": "2026-11-22.3f9c2a1",
            "URL": "https://example.org/atlas/cities/krakow/#eccar",
            "language": "en",
            "note": "krakow/eccar; City of Kraków, A page (1 October 2024); Council minutes (undated)",
        }
    ]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (
            "en",
            "{{cite web |url=https://example.org/atlas/cities/krakow/#eccar "
            "|title=Kraków, ECCAR: Member since October 2011 |website=City Commitments Atlas "
            "|date=2026-11-22 |language=en |id=edition 2026-11-22.3f9c2a1, krakow/eccar}}",
        ),
        (
            "pl",
            "{{Cytuj stronę |url=https://example.org/atlas/cities/krakow/#eccar "
            "|tytuł=Kraków, ECCAR: Member since October 2011 |praca=City Commitments Atlas "
            "|data=2026-11-22 |język=pl |id=edition 2026-11-22.3f9c2a1, krakow/eccar}}",
        ),
    ],
)
def test_each_wikipedia_has_its_own_template(page: Page, code: str, expected: str) -> None:
    assert made(page, "wikitext", lang=code) == expected


@pytest.mark.parametrize("how", ["bibtex", "ris", "csl", "wikitext"])
def test_without_an_address_and_an_edition_neither_is_made_up(page: Page, how: str) -> None:
    assert not re.search(
        r"url|UR  -|http|version|ET  -|note|N1  -|undefined", made(page, how, **NOTHING), re.I
    )


def test_what_the_data_say_is_text_in_bibtex(page: Page) -> None:
    text = made(page, "bibtex", title=EVIL)
    title = re.search(r"title = \{\{(.*)\}\},", text)
    assert title is not None
    assert title[1] == (
        r"A \textbackslash{}b \textbraceleft{}c\textbraceright{} 100\% \& \$5 \#1 \_x\_ "
        r"\textasciitilde{}y\textasciitilde{} \textasciicircum{}z | [[w]] <i> ''q'' \_\_NOTOC\_\_ TY - BOOK"
    )
    depth = 0
    for character in text:
        depth += {"{": 1, "}": -1}.get(character, 0)
        assert depth >= 0
    assert depth == 0


def test_what_the_data_say_begins_no_field_in_ris(page: Page) -> None:
    lines = made(page, "ris", title=EVIL, sources=[EVIL]).removesuffix("\n").split("\n")
    assert [line[:6] for line in lines].count("TY  - ") == 1
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in lines)
    assert not [line for line in lines if any(ord(character) < 32 for character in line)]


def test_what_the_data_say_is_text_in_wikitext(page: Page) -> None:
    title = re.search(r"\|title=(.*?) \|website=", made(page, "wikitext", title=EVIL))
    assert title is not None
    assert not re.search(r"[\[\]{}<>|~]|''|__", title[1])
    assert "&#123;c&#125;" in title[1] and "&#91;&#91;w&#93;&#93;" in title[1]


@pytest.mark.parametrize(
    ("address", "copy", "said", "key"),
    [
        ("cities/krakow/", "Copy: Plain text", "Copied: Plain text", "atlas-cities-krakow"),
        ("pl/miasta/krakow/", "Kopiuj: Zwykły tekst", "Skopiowano: Zwykły tekst", "atlas-pl-miasta-krakow"),
    ],
)
def test_the_citation_of_a_page_is_copied_or_saved(
    browser: Browser, server: str, address: str, copy: str, said: str, key: str
) -> None:
    with opened(browser, server + address, permissions=CLIPBOARD) as page:
        details = page.locator("details.cite-page")
        details.locator("summary").click()
        details.get_by_role("button", name=copy).click()
        expect(page.locator(".copied")).to_have_text(said)
        assert clipboard(page) == details.locator(".copyable").text_content()
        name, text = saved(page, details.get_by_role("button", name="BibTeX"))
        assert name == f"{key}.bib" and text.startswith(f"@misc{{{key},\n")
        assert "title = {{Kraków}}" in text and f"url = {{https://example.org/atlas/{address}}}" in text


def test_a_claim_is_copied_or_saved_in_every_format(browser: Browser, server: str) -> None:
    with opened(browser, server + "cities/krakow/", permissions=CLIPBOARD) as page:
        details = page.locator("#eccar details.cite-one")
        details.locator("summary").click()
        name, text = saved(page, details.get_by_role("button", name="CSL-JSON"))
        assert name == "atlas-cities-krakow-eccar.json"
        (item,) = json.loads(text)
        assert item["URL"].endswith("/cities/krakow/#eccar") and item["note"].startswith("krakow/eccar; ")
        name, text = saved(page, details.get_by_role("button", name="RIS"))
        assert name == "atlas-cities-krakow-eccar.ris" and text.endswith("\nER  - \n")
        details.get_by_role("button", name="Wikipedia").click()
        expect(page.locator(".copied")).to_have_text("Copied: Wikipedia")
        assert clipboard(page).startswith("{{cite web |url=")
        assert details.locator("button").count() == 5


def test_without_script_one_click_selects(browser: Browser, server: str) -> None:
    with opened(browser, server + "cities/krakow/", script=False) as page:
        assert page.locator("button.copy:visible").count() == 0
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


def test_a_menu_is_named_after_its_entry(browser: Browser, server: str) -> None:
    with opened(browser, server + "cities/krakow/") as page:
        names = page.locator(".reg > li > .more > summary").all_text_contents()
        headings = page.locator(".reg > li:has(> .more) h3").all_text_contents()
    assert len(names) > 1
    assert names == [f"More about this entry: {heading.strip()}" for heading in headings]
