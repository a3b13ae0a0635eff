"""An action that brought about a commitment stands within its entry, and nowhere a second time."""

from __future__ import annotations

import pytest
from tests.builders import action, atlas, city, commitment, lens, network

from atlas.model.records import Item
from atlas.opendata.api.documents import city as city_document
from atlas.views import evidence
from atlas.views.analysis.events import events
from atlas.views.lens import Lens
from atlas.views.pages.action import action_index
from atlas.views.pages.city import city_page
from atlas.views.pages.home import home_page
from atlas.views.pages.instrument import instrument_page
from atlas.views.pages.topic import topic_page


def through(code: str = "en", *, cities: tuple[str, ...] = ("krakow",)) -> Lens:
    joining = {"cities": cities, "instrument": "eccar", "topics": ("anti-racism",), "date": "2024-03-06"}
    return lens(
        atlas(
            city("krakow", "Kraków"),
            city("lodz", "Łódź"),
            network("eccar", "Coalition", topics=("anti-racism",)),
            commitment("eccar", "krakow", since="2024-09-25"),
            action("accession", kind="resolution", commitments=("krakow/eccar",), **joining),
            action("campaign", kind="programme", **(joining | {"date": "2025"})),
        ),
        code,
    )


@pytest.mark.parametrize("code", ["en", "pl"])
def test_it_stands_within_the_entry_of_the_commitment(code: str) -> None:
    page = city_page(through(code), "krakow")
    alone, joined = page.entries
    assert joined.claim is not None and alone.action is not None
    assert [entry.id for entry in joined.claim.actions] == ["accession"]
    assert alone.action.id == "campaign"


def test_the_menu_of_the_entry_leaves_to_the_action_what_its_page_says() -> None:
    act, note = "resolution no 5", {"en": "Renewed in 2025.", "pl": "Odnowione w 2025 r."}
    summary = {"en": "The council agreed.", "pl": "Rada wyraziła zgodę."}
    records = (
        commitment("eccar", "krakow", act=act, note=note),
        action("accession", commitments=("krakow/eccar",), cities=("krakow",), summary=summary, note=note),
        action("debate", commitments=("krakow/eccar",), cities=("krakow",), summary=note),
    )
    [entry] = city_page(lens(atlas(city("krakow"), network("eccar"), *records)), "krakow").entries
    assert entry.text is not None
    assert entry.text.text == "The council agreed."
    assert [one.text for one in entry.notes] == ["Renewed in 2025.", "resolution no 5"]


def test_it_is_not_listed_or_counted_a_second_time() -> None:
    seen = through()
    assert [event.id for event in events(seen) if event.on_its_own] == ["campaign"]
    assert [entry.id for group in action_index(seen).groups for entry in group.entries] == ["campaign"]
    assert action_index(seen).lead == (
        "1 act of a city or body: a team, a policy, a resolution, a statement or a congress.",
    )
    assert [entry.id for entry in topic_page(seen, "anti-racism").actions] == ["campaign"]
    assert [entry.id for entry in instrument_page(seen, "eccar").actions] == ["campaign"]
    total = next(one for one in home_page(seen).totals if one.link.href == "actions/")
    assert (total.number, total.link.text) == ("1", "action")


def test_for_another_city_it_is_an_action_of_its_own() -> None:
    seen = through(cities=("krakow", "lodz"))
    entries = city_page(seen, "lodz").entries
    assert [entry.action.id for entry in entries if entry.action] == ["campaign", "accession"]
    assert "accession" in {event.id for event in events(seen)}


def test_the_api_names_it_with_the_claim() -> None:
    seen = through()
    document = city_document((seen,), "krakow")
    assert document["actions"] == ["campaign"]
    assert document["commitments"][0]["brought_about_by"] == ["accession"]


@pytest.mark.parametrize(
    ("code", "states"),
    [("en", ["done, 2022", "not checked"]), ("pl", ["zrobione, 2022", "nie sprawdzono"])],
)
def test_a_task_says_how_far_it_got(code: str, states: list[str]) -> None:
    from tests.builders import when

    text = {"en": "A plan", "pl": "Plan"}
    items = (Item(text=text, state="done", on=when("2022")), Item(text=text))
    seen = lens(atlas(city("krakow"), action("a", items=items), action("b", items=items[1:])), code)
    assert [item.state for item in evidence.action(seen, seen.atlas.actions["a"]).items] == states
    assert [item.state for item in evidence.action(seen, seen.atlas.actions["b"]).items] == [""]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("en", "Last verified on 5 May 2026 by atlas editors."),
        ("pl", "Ostatnio sprawdzono 5 maja 2026\u00a0r.; kto: atlas editors."),
    ],
)
def test_a_check_says_who_made_it(code: str, said: str) -> None:
    claim = commitment("eccar", "krakow", verified="2026-05-05", verified_by="atlas editors")
    seen = lens(atlas(city("krakow"), network("eccar"), claim), code)
    assert evidence.checked(seen, claim) == said


def test_who_verified_a_claim_stands_with_its_entry_on_the_page_of_the_city() -> None:
    looked = commitment("eccar", "krakow", verified="2026-05-05", verified_by="atlas editors")
    page = city_page(lens(atlas(city("krakow"), network("eccar"), looked)), "krakow")
    assert [[note.text for note in entry.notes] for entry in page.entries] == [
        ["Last verified on 5 May 2026 by atlas editors."]
    ]
    unread = city_page(lens(atlas(city("krakow"), network("eccar"), commitment("eccar", "krakow"))), "krakow")
    assert [entry.notes for entry in unread.entries] == [()]
