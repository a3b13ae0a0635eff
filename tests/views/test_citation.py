from __future__ import annotations

import dataclasses
import json
import re

import pytest
from tests.builders import atlas, charter, city, commitment, lens, network, source

from atlas.views.analysis.citation import (
    claim_citation,
    claim_texts,
    claims_file,
    formats,
    page_citation,
    plain,
    quote,
)
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
    return plain(page_citation(through, city_page(through, "krakow").frame))


def the_claim(code: str = "en", instrument: str = "eccar") -> dict[str, str]:
    through = published(code)
    claim = next(c for c in SMALL.commitments if c.instrument == instrument)
    citation = claim_citation(through, claim)
    return {"text": plain(citation)} | formats(citation)


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
    citation = page_citation(through, home_page(through).frame)
    assert (citation.key, plain(citation)) == (
        "atlas",
        "City Commitments Atlas, edition of 22 November 2026 (2026-11-22.3f9c2a1). "
        "https://example.org/atlas/",
    )


def test_without_an_address_and_an_edition_neither_is_made_up() -> None:
    through = lens(SMALL)
    made = quote(page_citation(through, city_page(through, "krakow").frame))
    assert made.text == "“Kraków”. City Commitments Atlas, edition of 22 November 2026."
    assert [name for name, _ in made.formats] == ["BibTeX", "RIS", "CSL-JSON", "Wikipedia"]
    assert not [text for _, text in made.formats if re.search("url|UR  -|http|version|ET  -", text, re.I)]


def test_a_claim_in_plain_text_says_what_it_rests_on() -> None:
    assert the_claim()["text"] == (
        "“Kraków, ECCAR: Member since October 2011”. City Commitments Atlas, edition of 22 November 2026 "
        "(2026-11-22.3f9c2a1). Sources: City of Kraków, A page (1 October 2024); Council minutes (undated). "
        "Claim krakow/eccar. https://example.org/atlas/cities/krakow/#eccar"
    )
    assert the_claim("pl")["text"] == (
        "„Kraków, ECCAR: Miasto członkowskie od października 2011 r.”. Atlas zobowiązań miast, wydanie z 22 "
        "listopada 2026 r. (2026-11-22.3f9c2a1). Źródła: City of Kraków, A page "
        "(1 października 2024); Council minutes (bez daty). Informacja krakow/eccar. https://example.org/atlas/pl/miasta/krakow/#eccar"
    )


def test_bibtex() -> None:
    assert the_claim()["bibtex"] == (
        "@misc{atlas-cities-krakow-eccar,\n"
        "  author = {{City Commitments Atlas}},\n"
        "  title = {{Kraków, ECCAR: Member since October 2011}},\n"
        "  year = {2026},\n"
        "  month = nov,\n"
        "  version = {2026-11-22.3f9c2a1},\n"
        "  url = {https://example.org/atlas/cities/krakow/#eccar},\n"
        "  langid = {british},\n"
        "  note = {krakow/eccar; City of Kraków, A page (1 October 2024); Council minutes (undated)},\n"
        "}"
    )


def test_ris() -> None:
    assert the_claim("pl")["ris"] == (
        "TY  - ELEC\n"
        "ID  - atlas-pl-miasta-krakow-eccar\n"
        "AU  - Atlas zobowiązań miast\n"
        "TI  - Kraków, ECCAR: Miasto członkowskie od października 2011 r.\n"
        "T2  - Atlas zobowiązań miast\n"
        "PY  - 2026\n"
        "DA  - 2026/11/22/\n"
        "ET  - 2026-11-22.3f9c2a1\n"
        "LA  - pl\n"
        "UR  - https://example.org/atlas/pl/miasta/krakow/#eccar\n"
        "N1  - krakow/eccar; City of Kraków, A page (1 października 2024); Council minutes (bez daty)\n"
        "ER  - "
    )


def test_csl_json() -> None:
    assert json.loads(the_claim()["csl"]) == [
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
            "{{Cytuj stronę |url=https://example.org/atlas/pl/miasta/krakow/#eccar "
            "|tytuł=Kraków, ECCAR: Miasto członkowskie od października 2011 r. |praca=Atlas zobowiązań miast "
            "|data=2026-11-22 |język=pl |id=wydanie 2026-11-22.3f9c2a1, krakow/eccar}}",
        ),
    ],
)
def test_each_wikipedia_has_its_own_template(code: str, expected: str) -> None:
    assert the_claim(code)["wiki"] == expected


def test_what_the_data_say_is_text_in_bibtex() -> None:
    title = re.search(r"title = \{\{(.*)\}\},", the_claim(instrument="pact")["bibtex"])
    assert title is not None
    assert title[1] == (
        r"Kraków, A \textbackslash{}b \textbraceleft{}c\textbraceright{} 100\% \& \$5 \#1 \_x\_ "
        r"\textasciitilde{}y\textasciitilde{} \textasciicircum{}z | [[w]] <i> ''q'' \_\_NOTOC\_\_ "
        r"TY - BOOK : Signed in 2022"
    )
    depth = 0
    for character in the_claim(instrument="pact")["bibtex"]:
        depth += {"{": 1, "}": -1}.get(character, 0)
        assert depth >= 0
    assert depth == 0


def test_what_the_data_say_begins_no_field_in_ris() -> None:
    lines = the_claim(instrument="pact")["ris"].split("\n")
    assert [line[:6] for line in lines].count("TY  - ") == 1
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in lines)
    assert not [line for line in lines if any(ord(character) < 32 for character in line)]


def test_what_the_data_say_is_text_in_wikitext() -> None:
    said = the_claim(instrument="pact")["wiki"]
    title = re.search(r"\|title=(.*?) \|website=", said)
    assert title is not None
    assert not re.search(r"[\[\]{}<>|~]|''|__", title[1])
    assert "&#123;c&#125;" in title[1] and "&#91;&#91;w&#93;&#93;" in title[1]


def test_the_file_of_a_city_has_every_claim_in_every_format() -> None:
    through = published("pl")
    path, text = claims_file(through, "krakow")
    content = json.loads(text)
    assert path == "pl/miasta/krakow/cite.json"
    assert {id: list(of) for id, of in content.items()} == {
        id: ["bibtex", "ris", "csl", "wiki"] for id in ("krakow/eccar", "krakow/pact")
    }
    assert content["krakow/eccar"]["ris"] == the_claim("pl")["ris"]
    assert list(claim_texts(through, SMALL.commitments)) == ["krakow/eccar", "krakow/pact"]
