"""What a page saves as files: its drawings as pictures that stand alone, and its data as tables."""

from __future__ import annotations

import codecs
import csv
import io
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect
from tests.browser.visit import opened

SVG = "{http://www.w3.org/2000/svg}"


@contextmanager
def visit(browser: Browser, address: str) -> Iterator[Page]:
    with opened(browser, address) as page:
        expect(page.locator(".press button").first).to_be_visible()
        yield page


def saved(page: Page, name: str) -> tuple[str, bytes]:
    """Press the button of a name; return the name of the file that it saves, and what it holds."""
    with page.expect_download() as download:
        page.get_by_role("button", name=name, exact=True).click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def excel(content: bytes) -> str:
    """Return a table as Excel reads it, which takes UTF-8 only where a byte order mark says so."""
    assert content.startswith(codecs.BOM_UTF8)
    return content.decode("utf-8-sig")


def whole(svg: bytes) -> ET.Element:
    """Return a picture after a look at what it must not need."""
    root = ET.fromstring(svg)
    used = {part.attrib["href"].removeprefix("#") for part in root.iter(f"{SVG}use")}
    assert used <= {part.attrib.get("id") for part in root.iter()}
    for part in root.iter():
        assert not {"class", "style"} & set(part.attrib)
        assert not any(value.startswith(("var(", "http:", "https:")) for value in part.attrib.values())
    return root


@pytest.mark.parametrize(
    ("address", "of", "title"),
    [
        ("cities/krakow/", "Map", "Kraków"),
        ("cities/krakow/", "Timeline", "Commitments over time: Kraków"),
        ("networks/eccar/", "Timeline", "When cities joined: ECCAR"),
        ("pl/sieci/eccar/", "Mapa", "ECCAR"),
    ],
)
def test_a_drawing_stands_alone_with_title_licence_and_address(
    browser: Browser, server: str, address: str, of: str, title: str
) -> None:
    with visit(browser, server + address) as page:
        name, content = saved(page, f"{of}: SVG")
    root = whole(content)
    said = [text.text or "" for text in root.findall(f"{SVG}text")]
    assert title in said[0] and said[0] == root.findtext(f"{SVG}title")
    assert "CC BY 4.0" in said[-2] and said[-1] == f"https://example.org/atlas/{address}"
    assert name == f"{address.split('/')[-2]}-{'map' if of.startswith('Map') else 'timeline'}.svg"


@pytest.mark.parametrize("kind", ["", "map/", "cities/", "countries/", "countries/pl/", "topics/migration/"])
def test_every_drawn_map_can_be_saved(browser: Browser, server: str, kind: str) -> None:
    with opened(browser, server + kind) as page:
        page.locator("details.press > summary").click()
        name, content = saved(page, "Map: SVG")
    said = [text.text or "" for text in whole(content).findall(f"{SVG}text")]
    assert name.endswith("-map.svg") and said[-1] == f"https://example.org/atlas/{kind}"


def test_a_timeline_has_the_words_that_stand_beside_it(browser: Browser, server: str) -> None:
    with visit(browser, server + "cities/krakow/") as page:
        shown = page.locator(".since > table.lanes tbody th .named a").all_text_contents()
        _, content = saved(page, "Timeline: SVG")
    said = " ".join(text.text or "" for text in whole(content).iter(f"{SVG}text"))
    assert shown and all(" ".join(name.split()[:2]) in said for name in shown)


@pytest.mark.parametrize("of", ["Map", "Timeline"])
def test_the_same_as_png_shows_something(browser: Browser, server: str, of: str) -> None:
    with visit(browser, server + "cities/krakow/") as page:
        _, drawn = saved(page, f"{of}: SVG")
        name, content = saved(page, f"{of}: PNG")
    width, height = (float(ET.fromstring(drawn).attrib[side]) for side in ("width", "height"))
    with Image.open(io.BytesIO(content)) as picture:
        assert picture.format == "PNG" and name.endswith(".png")
        assert picture.size == pytest.approx((2 * width, 2 * height), abs=1)
        assert len(picture.convert("RGB").getcolors(1 << 24) or ()) > 20


def test_the_data_of_a_city_and_of_a_network_as_a_table(browser: Browser, server: str) -> None:
    with visit(browser, server + "pl/miasta/krakow/") as page:
        name, content = saved(page, "Dane z tej strony: CSV")
    rows = {row["instrument"]: row for row in csv.DictReader(io.StringIO(excel(content)))}
    assert name == "krakow.csv"
    eccar = rows["eccar"]
    assert (eccar["city_name"], eccar["country"], eccar["instrument_name"]) == ("Kraków", "PL", "ECCAR")
    assert eccar["state"] == "committed" and eccar["since"] and eccar["sources"]
    with visit(browser, server + "networks/eccar/") as page:
        name, content = saved(page, "Data of this page: CSV")
    assert name == "eccar.csv"
    members = {row["city"]: row for row in csv.DictReader(io.StringIO(excel(content)))}
    assert members["krakow"] == eccar


def test_a_comparison_as_it_is_shown(browser: Browser, server: str) -> None:
    with opened(browser, server + "compare/ump/") as page:
        page.get_by_label("Find a city or country").fill("wroc")
        name, content = saved(page, "Save the table as CSV")
        heads = page.locator(".cmp thead tr:last-child th a").all_text_contents()
    head, *lines = csv.reader(io.StringIO(excel(content)))
    assert name == "ump.csv" and head == ["City", *heads]
    assert [line[0] for line in lines] == ["Wrocław"]
    assert "not checked" in lines[0] and any(cell.startswith("Committed: ") for cell in lines[0])


def test_no_cell_of_a_table_is_a_formula(browser: Browser, server: str) -> None:
    with opened(browser, server + "compare/ump/") as page:
        text: str = page.evaluate(
            "async (cells) => (await import(document.querySelector('script[src*=\"tables/table.js\"]').src"
            ".replace('tables/table', 'shared/csv'))).csv([cells])",
            ["=1+1", "+1", "-1", "@a", "\tx", "＝1", "'=1", "a=1", 'say "a, b"', "two\nlines", None],
        )
    (row,) = csv.reader(io.StringIO(excel(text.encode()), newline=""))
    harmless = ["'=1+1", "'+1", "'-1", "'@a", "'\tx", "'＝1", "''=1", "a=1", 'say "a, b"', "two\nlines", ""]
    assert row == harmless
    assert text.endswith("\r\n")


def test_without_script_nothing_is_offered_that_needs_one(browser: Browser, server: str) -> None:
    for address in ("cities/krakow/", "compare/ump/"):
        with opened(browser, server + address, script=False) as page:
            assert page.locator("button:visible").count() == 0
