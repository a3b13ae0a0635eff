"""Embeds: which there are, what they say, what to copy, and how oEmbed finds them."""

from __future__ import annotations

import dataclasses
import json
import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from tests.builders import ROOT, atlas, charter, city, commitment, lens, lenses, network, sample_lens
from tests.conftest import SITEURL

from atlas.dataset.assembly.assemble import assemble
from atlas.dataset.reading.load import load
from atlas.opendata.api import documents
from atlas.views.lens import Lens
from atlas.views.pages.comparison import subjects
from atlas.views.shared.embed import MESSAGE, embed_page, embeds, oembed, offers


def small(code: str = "en", siteurl: str = SITEURL) -> Lens:
    """Return a lens over two cities, one of them in a network with a date and once in a charter without."""
    through = lens(
        atlas(
            city(
                "krakow",
                "Kraków",
                names={"en": "Kraków & co", "pl": "Kraków"},
                region="PL-12",
                lat=50.06,
                lon=19.94,
            ),
            city("lodz", "Łódź", lat=51.77, lon=19.45),
            city("nowhere"),
            network("n", "Network of Cities", acronym="NOC"),
            charter("c"),
            charter("silent"),
            commitment("n", "krakow", since="2011-10"),
            commitment("n", "lodz", since="2012"),
            commitment("c", "krakow", "signatory", until="2015"),
            commitment("silent", "nowhere", "signatory"),
        ),
        code,
    )
    return dataclasses.replace(through, siteurl=siteurl)


def test_there_is_an_embed_of_everything_that_can_be_drawn() -> None:
    """A map needs a place, a table two cities."""
    assert list(embeds(small())) == ["networks/n", "countries/pl", "compare/pl", "compare/n"]


def test_of_a_long_table_the_first_part_is_an_embed() -> None:
    through = sample_lens("en")
    first = [name for name in embeds(through) if name.startswith("compare/")]
    assert len(first) == len(set(first)) == len(subjects(through.atlas))
    assert offers(small(), "compare", "pl") and offers(small(), "compare", "pl/2") == ()


@pytest.mark.parametrize("code", ["en", "pl"])
def test_every_embed_of_the_data_can_be_made(code: str) -> None:
    through = sample_lens(code)
    for name in embeds(through):
        page = embed_page(through, name)
        assert page.heading and page.lead and page.full.href, name
        assert bool(page.places) != bool(page.table), name


@pytest.mark.parametrize("name", ["networks/silent", "countries/de", "cities/krakow", "topics/x"])
def test_what_there_is_no_embed_of_is_not_made(name: str) -> None:
    with pytest.raises(KeyError):
        embed_page(small(), name)


def test_the_document_of_a_city_has_the_words_of_its_card() -> None:
    document = documents.city(lenses(small().atlas), "krakow")
    shown = document["shown"]["en"]
    assert (shown["name"], shown["lead"]) == ("Kraków & co", "Kraków & co belongs to one network.")
    assert shown["where"].endswith("Poland")
    assert [one["shown"]["en"] for one in document["commitments"]] == [
        {"word": "Committed", "head": "2011", "rest": "Oct", "instrument": "NOC"},
        {"word": "Ended", "head": "?–2015", "rest": "ended", "instrument": "Charter c"},
    ]


@pytest.mark.parametrize(
    ("name", "path", "canonical"),
    [
        ("city", "pl/embed/miasto/", "pl/miasta/"),
        ("networks/n", "pl/embed/sieci/n/", "pl/sieci/n/"),
        ("countries/pl", "pl/embed/kraje/pl/", "pl/kraje/pl/"),
        ("compare/pl", "pl/embed/porownaj/pl/", "pl/porownaj/pl/"),
    ],
)
def test_an_embed_belongs_to_the_page_it_is_taken_from(name: str, path: str, canonical: str) -> None:
    page = embed_page(small("pl"), name)
    assert (page.frame.path, page.frame.canonical, page.full.href) == (path, canonical, canonical)


def test_a_page_offers_its_embeds_and_none_without_the_address_of_the_site() -> None:
    assert [offer.label for offer in offers(small(), "cities", "nowhere")] == ["Card"]
    assert [offer.label for offer in offers(small(), "networks", "n")] == ["Map"]
    assert [offer.label for offer in offers(small("pl"), "compare", "pl")] == ["Tabela"]
    assert offers(small(), "charters", "silent") == ()
    assert offers(small(siteurl=""), "cities", "krakow") == ()


def test_what_to_copy_is_one_frame_whose_title_is_text() -> None:
    [card] = offers(small(), "cities", "krakow")
    assert card.frame == (
        f'<iframe src="{SITEURL}/embed/city/?id=krakow" '
        'title="Kraków &amp; co – City Commitments Atlas" width="100%" height="318" style="border:0" '
        'loading="lazy"></iframe>'
    )
    assert (card.page.href, card.oembed) == ("embed/city/?id=krakow", None)


def test_the_message_of_an_embed_is_the_one_that_is_listened_for() -> None:
    [card] = offers(small(), "cities", "krakow")
    assert f'origin !== "https://example.org" || data?.type !== "{MESSAGE}"' in card.listener
    assert f'const MESSAGE = "{MESSAGE}";' in (ROOT / "theme/static/js/pages/embed.js").read_text("utf-8")


def test_oembed_answers_as_its_specification_asks() -> None:
    """https://oembed.com, 2.3.4 and 2.3.4.4: what every answer has, and what one of type rich has."""
    path, answer = oembed(small(), "networks/n")
    assert path == "embed/networks/n/oembed.json"
    assert answer == {
        "version": "1.0",
        "type": "rich",
        "title": "NOC – City Commitments Atlas",
        "provider_name": "City Commitments Atlas",
        "provider_url": f"{SITEURL}/",
        "cache_age": 86400,
        "html": offers(small(), "networks", "n")[0].frame,
        "width": 640,
        "height": 760,
    }


# The site


class Discovery(HTMLParser):
    """Finds what a consumer of oEmbed looks for."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "link" and values.get("type") == "application/json+oembed":
            self.found.append(values["href"] or "")


@pytest.mark.parametrize("page", ["countries/pl", "pl/karty/equality", "compare/pl", "embed/compare/pl"])
def test_every_address_that_pages_name_for_oembed_answers(good_site: Path, page: str) -> None:
    parser = Discovery()
    parser.feed((good_site / page / "index.html").read_text("utf-8"))
    assert parser.found
    for address in parser.found:
        answer = json.loads((good_site / address.removeprefix(f"{SITEURL}/")).read_text("utf-8"))
        source = re.search(r'src="([^"]*)"', answer["html"])
        assert source
        framed = unescape(source[1]).removeprefix(f"{SITEURL}/")
        assert (good_site / framed / "index.html").is_file()


def test_embeds_are_for_frames_and_not_for_search_engines(good_site: Path) -> None:
    pages = [*good_site.glob("embed/**/index.html"), *good_site.glob("pl/embed/**/index.html")]
    made = [page for page in pages if 'class="embed ' in page.read_text("utf-8")]
    good = assemble(load(ROOT / "tests" / "data" / "good"))
    assert len(made) == sum(1 + len(list(embeds(one))) for one in lenses(good))
    for page in made:
        text = page.read_text("utf-8")
        assert '<meta name="robots" content="noindex">' in text
        assert f'<link rel="canonical" href="{SITEURL}/' in text
        assert 'rel="canonical" href="https://example.org/atlas/embed' not in text
    assert "/embed/" not in (good_site / "sitemap.xml").read_text("utf-8")
