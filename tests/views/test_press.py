"""For the press: sentences that can be printed, and what a page offers as files."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from tests.builders import action, atlas, charter, city, commitment, lenses, network, sample_lens, when

from atlas.model.records import Count
from atlas.views.shared.press import city_press, instrument_press

DAY = "(edition of 22 November 2026)"

SMALL = atlas(
    city("krakow", "Kraków"),
    city("graz", "Graz", "AT"),
    city("lodz", "Łódź"),
    city("nowhere", "Nowhere"),
    network("eccar", "Coalition & <Co>", acronym="ECCAR", began=when("2004-12-10"), topics=("anti-racism",)),
    network("icorn", "Cities of Refuge", counts=(Count(members=84, on=when("2026"), sources=("page",)),)),
    charter("pact", "Pact of Free Cities", began=when("2019")),
    charter("many"),
    commitment("eccar", "krakow", since="2011-10"),
    commitment("eccar", "graz", since="2007"),
    commitment("icorn", "krakow", since="2011"),
    commitment("pact", "krakow", status="signatory", sources=("page",)),
    commitment("pact", "lodz", status="signatory", since="2022-05-04"),
    commitment("many", "graz", status="signatory"),
    commitment("eccar", "lodz", status="former", since="2009", until="2015"),
    action("team", cities=("krakow",), date="2020-03", title={"en": "A team", "pl": "Zespół"}),
)


def sentences(id: str, code: str = "en") -> tuple[str, ...]:
    """Return the sentences of a kit."""
    through = lenses(SMALL)
    own = next(one for one in through if one.lang.code == code)
    if id in SMALL.cities:
        return city_press(own, id, timeline=True).sentences
    return instrument_press(own, id, timeline=True).sentences


# Sentences


def test_a_city_in_three_sentences() -> None:
    assert sentences("krakow") == (
        "Kraków belongs to two networks and has signed one charter or declaration, according to the City "
        f"Commitments Atlas {DAY}.",
        "Kraków has belonged to ECCAR since October 2011.",
        "These statements rest on 1 source.",
    )


def test_a_city_in_three_polish_sentences() -> None:
    assert sentences("krakow", "pl") == (
        "Kraków należy do dwóch sieci i podpisał jedną kartę lub deklarację – podaje Atlas "
        "zobowiązań miast (wydanie z 22 listopada 2026\xa0r.).",
        "Kraków należy do ECCAR od października 2011\xa0r.",
        "Informacje te opierają się na jednym źródle.",
    )


@pytest.mark.parametrize(
    ("id", "expected"),
    [
        (
            "lodz",
            (
                f"Łódź has signed one charter or declaration, according to the City Commitments Atlas {DAY}.",
                "Łódź signed the Pact of Free Cities on 4 May 2022.",
                "These statements rest on 1 source.",
            ),
        ),
        (
            "nowhere",
            (f"The City Commitments Atlas {DAY} records no commitment of Nowhere that holds today.",),
        ),
        (
            "eccar",
            (
                f"Coalition & <Co> (ECCAR): the City Commitments Atlas {DAY} records "
                "2 cities in 2 countries.",
                "No source that counts them all has been found.",
                "The latest accession with a known date: Kraków, October 2011.",
            ),
        ),
        (
            "icorn",
            (
                f"Cities of Refuge: the City Commitments Atlas {DAY} records 1 city in 1 country.",
                "A source counts 84 in all (City of Kraków, 2026).",
                "The latest accession with a known date: Kraków, 2011.",
            ),
        ),
        (
            "pact",
            (
                f"Pact of Free Cities: the City Commitments Atlas {DAY} records 2 cities in 1 country.",
                "No source that counts them all has been found.",
                "The latest signature with a known date: Łódź, 4 May 2022.",
            ),
        ),
        (
            "many",
            (
                f"Charter many: the City Commitments Atlas {DAY} records 1 city in 1 country.",
                "No source that counts them all has been found.",
            ),
        ),
    ],
)
def test_no_more_is_said_than_is_known(id: str, expected: tuple[str, ...]) -> None:
    assert sentences(id) == expected


@pytest.mark.parametrize(
    ("since", "expected"),
    [
        (("2011", "2012"), "Krakow has belonged to I since 2012."),
        (("2011", "2011-10"), "Krakow has belonged to I since October 2011."),
        ((None,), "Krakow belongs to E. The source gives no date."),
        ((None, None), "Krakow belongs to I. The source gives no date."),
    ],
)
def test_the_second_sentence_of_a_city_tells_its_newest_commitment(
    since: tuple[str | None, ...], expected: str
) -> None:
    ids = ("eccar", "icorn")[: len(since)]
    held = [commitment(id, "krakow", since=day) for id, day in zip(ids, since, strict=True)]
    through = lenses(atlas(city("krakow"), network("eccar", "E"), network("icorn", "I"), *held))
    kit = city_press(through[0], "krakow", timeline=True)
    assert kit.sentences[1:] == (expected, "These statements rest on 1 source.")


def test_a_kit_names_its_licence_in_the_language_of_its_page() -> None:
    kit = instrument_press(lenses(SMALL)[1], "eccar", timeline=False)
    assert kit.licence == "Atlas zobowiązań miast, CC BY 4.0; podkład mapy: Natural Earth"


@pytest.mark.parametrize("code", ["en", "pl"])
def test_every_record_of_the_real_data_has_its_sentences(code: str) -> None:
    through = sample_lens(code)
    kits = [city_press(through, id, timeline=True) for id in through.atlas.cities]
    kits += [instrument_press(through, id, timeline=True) for id in through.atlas.instruments]
    for kit in kits:
        assert 1 <= len(kit.sentences) <= 3
        assert len(set(kit.sentences)) == len(kit.sentences)
        assert all(re.search(r"[.”)]$", sentence) for sentence in kit.sentences), kit.sentences


# The pages


@pytest.mark.parametrize(
    ("page", "press", "cite"),
    [
        ("cities/krakow/", "For the press", "Cite this page"),
        ("pl/miasta/krakow/", "Dla prasy", "Cytuj tę stronę"),
        ("networks/welcome/", "For the press", "Cite this page"),
    ],
)
def test_a_page_offers_what_stands_beside_it(good_site: Path, page: str, press: str, cite: str) -> None:
    html = (good_site / page / "index.html").read_text("utf-8")
    assert f'<h2 id="s-press">{press}</h2>' in html and f"<summary>{cite}</summary>" in html
    section = html.partition('class="sec press"')[2].partition("</section>")[0]
    (data,) = re.findall(r'href="([^"]+)"', section)
    assert (good_site / page / data).is_file()
    assert re.findall(r'data-as="(\w+)"', section) == ["csv"], "a script makes the buttons of the pictures"
    assert section.count(" hidden>") == 3
    assert {path.name for path in (good_site / page).iterdir()} == {"index.html"}
    # Cards take long: they are not drawn for tests, and so not named.
    assert not (good_site / "cards").exists()
    assert "og:image" not in html and '<meta name="twitter:card" content="summary">' in html


def test_each_claim_can_be_cited_without_script(good_site: Path) -> None:
    folder = good_site / "cities" / "krakow"
    html = (folder / "index.html").read_text("utf-8")
    document = json.loads((good_site / "api/v1/cities/krakow.json").read_text("utf-8"))
    ids = re.findall(r"Claim <code>([^<]+)</code>", html)
    assert ids and set(ids) == {claim["id"] for claim in document["commitments"]} - {None}
    assert html.count("https://example.org/atlas/cities/krakow/#") >= len(ids)


def test_no_markup_of_the_data_is_markup_anywhere(good_site: Path) -> None:
    html = (good_site / "cities" / "markup" / "index.html").read_text("utf-8")
    for start, end in (
        ('class="cite cite-page wrap"', "</details>"),
        ('class="sec press"', "</section>"),
        ("application/ld+json", "</script>"),
    ):
        assert "<b>" not in html.partition(start)[2].partition(end)[0]
