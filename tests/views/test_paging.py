"""Long lists stand on several pages: every row on exactly one of them, with ways between them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import urljoin

import pytest
from tests.builders import ROOT, action, atlas, charter, city, commitment, lens, network, source

from atlas.drawings.maps.basemap import Basemap
from atlas.drawings.maps.static_map import Sheets
from atlas.model.records import Atlas
from atlas.site.blueprint import Edition
from atlas.site.content import Texts
from atlas.site.routes import AtlasScene
from atlas.site.templates import Templates
from atlas.views import paging as pieces
from atlas.views.lens import Lens
from atlas.views.pages import country, timeline
from atlas.views.pages.instrument import instrument_page
from atlas.views.pages.instrument_members import more_of_instrument
from atlas.views.paging import paginate

TOWNS = "abcdefg"


def long() -> Atlas:
    """Return an atlas whose lists are long for pages of three rows."""
    return atlas(
        *(city(f"town-{x}", f"{x.upper()}town", lat=50 + n / 10, lon=19.0) for n, x in enumerate(TOWNS)),
        city("abroad", "Zet", country="SE", lat=59.3, lon=18.0),
        network("league", "The League"),
        *(commitment("league", f"town-{x}", since=f"201{n}-05-01") for n, x in enumerate(TOWNS)),
        commitment("league", "abroad", "former", since="2001", until="2002"),
        *(action(f"act-{n}", date=f"202{n}", cities=("town-a",)) for n in range(4)),
        *(source(f"src-{n}", publisher=name) for n, name in enumerate(("Łan", "Ahorn", "Ahorn", "Lipa", ""))),
    )


@pytest.fixture
def edition(monkeypatch: pytest.MonkeyPatch) -> Edition:
    monkeypatch.setattr(pieces, "PAGE_SIZE", 3)
    monkeypatch.setattr(timeline, "TIMELINE_PAGE_SIZE", 5)
    monkeypatch.setattr(country, "MOST_ACTIONS", 2)
    of = long()
    lenses = tuple(replace(lens(of, code), siteurl="https://example.org") for code in ("en", "pl"))
    sheets, texts = Sheets(Basemap.load()), Texts([], of)
    return Edition(
        scenes={one.lang.code: AtlasScene(one, lenses, sheets, texts) for one in lenses},
        templates=Templates(ROOT / "theme/templates"),
    )


def made(edition: Edition, *routes: str) -> dict[str, str]:
    """Return the pages of some routes by their paths, in both languages."""
    jobs = [job for job in edition.jobs() if job.route in routes]
    return {
        name: text.decode() if isinstance(text, bytes) else text
        for job in jobs
        for name, text in edition.render(job)
        if name.endswith("index.html")
    }


def section(page: str, id: str) -> str:
    """Return a section of a page, by the id of its heading."""
    return page.split(f'aria-labelledby="{id}"', 1)[1]


def test_groups_stay_whole_where_a_page_has_room_and_no_page_has_more() -> None:
    assert paginate({"a": [1, 2], "b": [3]}, 3) == [{"a": [1, 2], "b": [3]}]
    assert paginate({"a": [1, 2], "b": [3, 4], "c": [5]}, 3) == [{"a": [1, 2]}, {"b": [3, 4], "c": [5]}]
    assert paginate({"a": [1], "b": [2, 3, 4, 5, 6]}, 3) == [{"a": [1], "b": [2, 3]}, {"b": [4, 5, 6]}]
    assert paginate({"a": [1, 9, 1]}, 3, weight=int) == [{"a": [1]}, {"a": [9]}, {"a": [1]}]
    assert paginate({}, 3) == [{}]


ROWS: dict[str, tuple[tuple[str, ...], tuple[str, str], Callable[[str], list[str]]]] = {
    "cities": (
        ("cities", "more cities"),
        ("cities/", "pl/miasta/"),
        lambda page: re.findall(r'class="who">.*?href="[^"]*?(town-\w|abroad)/"', section(page, "s-list")),
    ),
    "country": (
        ("country", "more of country"),
        ("countries/pl/", "pl/kraje/pl/"),
        lambda page: re.findall(r'class="who">.*?href="[^"]*?(town-\w|abroad)/"', page),
    ),
    "instrument": (
        ("instrument", "more of instrument"),
        ("networks/league/", "pl/sieci/league/"),
        lambda page: (
            re.findall(r'scope="row"><a [^>]*>(\wtown|Zet)</a>', page)
            + re.findall(r"<h3><a [^>]*>(Zet)</a>", page)
        ),
    ),
    "timeline": (
        ("timeline",),
        ("timeline/", "pl/os-czasu/"),
        lambda page: re.findall(r"<li data-k=.*?</li>", page, re.DOTALL),
    ),
    "actions": (
        ("actions", "more actions"),
        ("actions/", "pl/dzialania/"),
        lambda page: re.findall(r'<li id="(act-\d)"', page),
    ),
    "sources": (
        ("sources", "more sources"),
        ("sources/", "pl/zrodla/"),
        lambda page: re.findall(r'<li><a href="[^"]*?/(src-\d|page)/"', page),
    ),
}
NUMBERS = {"cities": 8, "country": 7, "instrument": 8, "timeline": 13, "actions": 4, "sources": 6}
ALIKE = ("timeline", "actions")
"""Lists whose pages have the same rows in every language; of others only the first is the same page."""


@pytest.mark.parametrize("kind", ROWS)
@pytest.mark.parametrize("language", [0, 1], ids=["en", "pl"])
def test_every_row_stands_on_one_page(edition: Edition, kind: str, language: int) -> None:
    routes, starts, rows = ROWS[kind]
    every = made(edition, *routes)
    start = starts[language]
    own = [
        text
        for name, text in every.items()
        if re.fullmatch(rf"{start}((pages|strony)/)?(\d+/)?index\.html", name)
    ]
    found = [row for text in own for row in rows(text)]
    assert len(own) > 1
    assert len(found) == len(set(found)) == NUMBERS[kind]


def _led(page: str, href: str) -> str:
    """Return the path that a link of a page leads to."""
    root = "https://example.org/"
    return urljoin(root + page, href).removeprefix(root)


@pytest.mark.parametrize("kind", ROWS)
def test_pages_lead_to_each_other(edition: Edition, kind: str) -> None:
    routes, (start, _), _ = ROWS[kind]
    every = made(edition, *routes)
    [first] = re.findall(r'<nav class="parts".*?</nav>', every[f"{start}index.html"], re.DOTALL)
    seen = [start]
    for href in re.findall(r'href="([^"#]+)"', first):
        following = _led(start, href)
        back = re.search(r'<link rel="prev" href="([^"]*)"', every[f"{following}index.html"])
        assert back and _led(following, back[1]) == seen[-1]
        seen.append(following)
    assert not any('rel="next"' in text for text in every.values())
    for page in seen:
        text = every[f"{page}index.html"]
        [ways] = re.findall(r'<nav class="parts".*?</nav>', text, re.DOTALL)
        assert ways.count("<li>") == len(seen)
        assert ways.count('aria-current="page"') == 1
        assert f'<link rel="canonical" href="https://example.org/{page}">' in text
        alike = kind in ALIKE or page == start
        assert text.count('hreflang="pl"') == (2 if alike else 0)  # in the head, and the way to it
        for href in re.findall(r'href="([^"#]+)"', ways):
            assert f"{_led(page, href)}index.html" in every
    titles = [re.findall("<title>(.*?)</title>", every[f"{page}index.html"])[0] for page in seen]
    assert len(set(titles)) == len(titles)
    assert ", page 2 – " in titles[1]


def test_further_pages_of_a_charter_head_their_dates_as_its_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "PAGE_SIZE", 1)
    signed = (commitment("pact", id, "signatory", since="2020") for id in ("lodz", "lublin"))
    through = lens(atlas(city("lodz"), city("lublin"), charter("pact"), *signed))
    assert instrument_page(through, "pact").signed
    assert more_of_instrument(through, "pact/2").signed


def test_a_page_says_which_rows_it_has(edition: Edition) -> None:
    pages = made(edition, "country", "more of country")
    assert "This list is long; it stands on several pages. Rows 1–3 of 7." in pages["countries/pl/index.html"]
    assert "Wiersze 4–6 z 7." in pages["pl/kraje/pl/2/index.html"]
    assert "Rows 7–7 of 7." in pages["countries/pl/3/index.html"]


def test_of_many_actions_the_newest_stand_on_the_page(edition: Edition) -> None:
    through: Lens = edition.scenes["en"].lens
    page = country.country_page(through, "PL")
    assert [one.when.iso if one.when else None for one in page.actions] == ["2023", "2022"]
    assert page.more_actions
    assert page.more_actions.text == "These are the newest 2 of 4 actions; all stand on the timeline."
    assert page.more_actions.href == "timeline/countries/pl/"


def test_a_short_list_says_nothing_of_pages() -> None:
    through = lens(long())
    assert country.country_page(through, "PL").pieces is None
    assert list(country.country_pages(through)) == []
    assert all(page.count("/") == 1 for page in timeline.timeline_pages(through))
