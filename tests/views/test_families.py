"""Families of instruments besides networks and charters come from the vocabulary, with their words."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
import yaml
from tests.builders import ROOT, atlas, charter, city, commitment, lens, network

from atlas.languages.naming import city_name
from atlas.languages.summaries import held
from atlas.model.records import Atlas, Code
from atlas.model.schema import schema
from atlas.site.content import ids_of_sections
from atlas.views.lens import Lens
from atlas.views.pages.comparison import compare_page
from atlas.views.pages.home import home_page
from atlas.views.pages.instrument import instrument_index, instrument_page
from atlas.views.pages.search import kind_labels
from atlas.views.sections import lists
from atlas.views.shared.card import city_card

PLEDGE = Code(
    id="pledge",
    label={"en": "pledge", "pl": "deklaracja"},
    help={"en": "A promise that a city signs.", "pl": "Obietnica, którą miasto podpisuje."},
    plural={"en": "Pledges", "pl": "Deklaracje"},
    counted={"en": "pledge|pledges", "pl": "deklaracja|deklaracje|deklaracji"},
    held={
        "en": "has signed {n} pledge|has signed {n} pledges",
        "pl": "{podpisał|podpisała|podpisało|podpisały} {n} deklarację"
        "|{podpisał|podpisała|podpisało|podpisały} {n} deklaracje"
        "|{podpisał|podpisała|podpisało|podpisały} {n} deklaracji",
    },
    address={"en": "pledges", "pl": "deklaracje"},
    kinds=("pledge",),
)
CLUB = Code(
    id="club",
    label={"en": "club", "pl": "klub"},
    help={"en": "A club that cities join.", "pl": "Klub, do którego należą miasta."},
    plural={"en": "Clubs", "pl": "Kluby"},
    counted={"en": "club|clubs", "pl": "klub|kluby|klubów"},
    held={
        "en": "is in {n} club|is in {n} clubs",
        "pl": "jest w {n} klubie|jest w {n} klubach|jest w {n} klubach",
    },
    address={"en": "clubs", "pl": "kluby"},
    kinds=("club",),
)


def of_families(*families: Code) -> Atlas:
    """An atlas of one network, two pledges and a club, all of which Lublin is in."""
    found = atlas(
        city("lublin"),
        city("torun", "Toruń"),
        network("ring"),
        charter("sky", kind="pledge"),
        charter("sea", kind="pledge"),
        network("chess", kind="club"),
        *(commitment(id, "lublin") for id in ("ring", "sky", "sea", "chess")),
        *(commitment(id, "torun") for id in ("sky", "sea")),
    )
    return replace(found, vocabulary=replace(found.vocabulary, families={one.id: one for one in families}))


@pytest.fixture(scope="module")
def english() -> Lens:
    return lens(of_families(PLEDGE, CLUB))


@pytest.fixture(scope="module")
def polish() -> Lens:
    return lens(of_families(PLEDGE, CLUB), "pl")


def test_each_stands_in_the_lists_under_its_own_address(english: Lens, polish: Lens) -> None:
    def shown(through: Lens) -> list[tuple[str, str]]:
        return [(link.text, link.href) for link in lists(through)][2:5]

    assert shown(english) == [("Networks", "networks/"), ("Pledges", "pledges/"), ("Clubs", "clubs/")]
    assert shown(polish) == [("Sieci", "pl/sieci/"), ("Deklaracje", "pl/deklaracje/"), ("Kluby", "pl/kluby/")]


def test_an_atlas_may_have_no_network_and_no_charter() -> None:
    alone = atlas(city("lublin"), charter("sky", kind="pledge"), commitment("sky", "lublin"))
    vocabulary = replace(alone.vocabulary, families={"pledge": PLEDGE})
    through = lens(replace(alone, vocabulary=vocabulary))
    assert [link.text for link in lists(through)][2:4] == ["Pledges", "Actions"]
    assert [family.title for family, _ in home_page(through).instruments] == ["Pledges"]
    assert kind_labels(through)["charter"] == "pledge"


def test_its_list_counts_them_and_says_what_they_are(english: Lens, polish: Lens) -> None:
    said = instrument_index(english, "pledges")
    assert (said.frame.title, said.lead) == ("Pledges", ("2 pledges.", "A promise that a city signs."))
    assert said.find == "Find one of these: Pledges"
    assert instrument_index(polish, "pledges").lead == ("2 deklaracje.", "Obietnica, którą miasto podpisuje.")


def test_its_instruments_stand_below_it(polish: Lens) -> None:
    page = instrument_page(polish, "sky")
    assert page.frame.path == "pl/deklaracje/sky/"
    assert [(link.text, link.href) for link in page.frame.crumbs] == [("Deklaracje", "pl/deklaracje/")]
    assert (page.members_title, page.signed) == ("Sygnatariusze", True)
    assert instrument_page(polish, "chess").members_title == "Członkowie"


def test_a_city_is_said_to_be_in_each(english: Lens, polish: Lens) -> None:
    standing = english.committed(english.atlas.commitments_of_city["lublin"])
    said = held(english.lang, city_name(english.lang, "Lublin", "PL"), english.numbers(standing))
    assert said == "belongs to one network, has signed 2 pledges and is in 1 club"
    said = held(polish.lang, city_name(polish.lang, "Lublin", "PL"), polish.numbers(standing))
    assert said == "należy do jednej sieci, podpisał 2 deklaracje i jest w 1 klubie"
    facts = [f"{fact.value} {fact.label}" for fact in city_card(polish, "lublin").facts]
    assert [fact for fact in facts if "deklaracje" in fact or "klub" in fact] != []


def test_tables_of_its_cities_are_offered_under_its_name(english: Lens) -> None:
    assert "Pledges" in [group.heading for group in compare_page(english).tables]


def test_texts_may_link_to_it(english: Lens) -> None:
    sections = ids_of_sections(english.atlas)
    assert {name: sections[name] for name in ("networks", "charters", "pledges", "clubs")} == {
        "networks": ["ring"],
        "charters": [],
        "pledges": ["sky", "sea"],
        "clubs": ["chess"],
    }


def test_the_family_of_the_document_has_every_key() -> None:
    found = re.search(
        r"```yaml\n(families:.*?)```", (ROOT / "docs/your-atlas.md").read_text("utf-8"), re.DOTALL
    )
    assert found is not None
    shown = yaml.safe_load(found[1])["families"]["pledge"]
    described = schema()["vocabulary"].by_name["families"].fields
    assert list(shown) == [one.name for one in described]
    assert (shown["address"], tuple(shown["kinds"])) == (PLEDGE.address, PLEDGE.kinds)
