from __future__ import annotations

import dataclasses

from tests.builders import atlas, charter, city, commitment, lens, network, source

from atlas.views.analysis.citation import claim_texts, quote
from atlas.views.lens import Lens
from atlas.views.pages.city import city_page
from atlas.views.pages.home import home_page

EVIL = "A \\b {c} 100% & $5 #1 _x_ ~y~ ^z | [[w]] <i> ''q'' __NOTOC__\nTY  - BOOK\x07"

SMALL = atlas(
    city("krakow", "Kraków"),
    network("eccar", "European Coalition of Cities against Racism", acronym="ECCAR"),
    charter("pact", EVIL),
    commitment("eccar", "krakow", since="2011-10", sources=("page", "minutes")),
    commitment("pact", "krakow", status="signatory", since="2022"),
    source("minutes", "Council minutes"),
)


def published(code: str = "en", edition: str = "2026-11-22.3f9c2a1") -> Lens:
    return dataclasses.replace(lens(SMALL, code), siteurl="https://example.org/atlas", edition=edition)


def the_page(code: str = "en") -> str:
    through = published(code)
    return quote(through, city_page(through, "krakow").frame).text.striptags()


def the_claim(code: str = "en") -> str:
    return claim_texts(published(code), SMALL.commitments)["krakow/eccar"].striptags()


def test_a_page_in_plain_text_names_edition_and_address() -> None:
    assert the_page() == (
        "“Kraków”. City Commitments Atlas, edition of 22 November 2026 (2026-11-22.3f9c2a1). "
        "https://example.org/atlas/cities/krakow/"
    )
    assert the_page("pl") == (
        "„Kraków”. Atlas zobowiązań miast, wydanie z 22 listopada 2026 r. (2026-11-22.3f9c2a1). "
        "https://example.org/atlas/pl/miasta/krakow/"
    )


def test_the_home_page_is_cited_by_the_name_of_the_atlas() -> None:
    through = published()
    assert quote(through, home_page(through).frame).text == (
        "City Commitments Atlas, edition of 22 November 2026 (2026-11-22.3f9c2a1). https://example.org/atlas/"
    )


def test_without_an_address_and_an_edition_neither_is_made_up() -> None:
    through = lens(SMALL)
    made = quote(through, city_page(through, "krakow").frame)
    assert made.text == "“<cite>Kraków</cite>”. City Commitments Atlas, edition of 22 November 2026."
    assert (made.edition, made.named) == ("", "")


def test_a_claim_in_plain_text_says_what_it_rests_on() -> None:
    assert the_claim() == (
        "“Kraków has belonged to ECCAR since October 2011”. City Commitments Atlas, edition of 22 November "
        "2026 (2026-11-22.3f9c2a1). Sources: City of Kraków, A page (1 October 2024); Council minutes "
        "(undated). Claim krakow/eccar. https://example.org/atlas/cities/krakow/#eccar"
    )
    assert the_claim("pl") == (
        "„Kraków należy do ECCAR od października 2011 r.”. Atlas zobowiązań miast, wydanie z 22 "
        "listopada 2026 r. (2026-11-22.3f9c2a1). Źródła: City of Kraków, A page "
        "(1 października 2024); Council minutes (bez daty). Informacja krakow/eccar. https://example.org/atlas/pl/miasta/krakow/#eccar"
    )


def test_the_parts_of_a_citation_are_marked_and_text() -> None:
    through = published()
    said = claim_texts(through, SMALL.commitments)
    assert list(said) == ["krakow/eccar", "krakow/pact"]
    assert said["krakow/eccar"] == (
        "“<cite>Kraków has belonged to ECCAR since October 2011</cite>”. City Commitments Atlas, edition of "
        "22 November 2026 (2026-11-22.3f9c2a1). "
        "Sources: <span>City of Kraków, A page (1 October 2024)</span>; "
        "<span>Council minutes (undated)</span>. Claim <code>krakow/eccar</code>. "
        "https://example.org/atlas/cities/krakow/#eccar"
    )
    title = said["krakow/pact"].partition("<cite>")[2].partition("</cite>")[0]
    assert title == (
        "Kraków signed the “A \\b {c} 100% &amp; $5 #1 _x_ ~y~ ^z | [[w]] &lt;i&gt; &#39;&#39;q&#39;&#39; "
        "__NOTOC__ TY - BOOK ” charter in 2022"
    )


def test_the_citation_of_a_page_says_where_its_data_are() -> None:
    through = published()
    assert quote(through, city_page(through, "krakow").frame).document == "api/v1/cities/krakow.json"
    assert quote(through, home_page(through).frame).document is None
