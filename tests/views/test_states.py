"""What does not hold is called what it is: suspended, ended, or checked and found not to be."""

from __future__ import annotations

import pytest
from tests.builders import atlas, city, commitment, lens, network

from atlas.views.lanes.geometry import scale
from atlas.views.lanes.tables import lane_row
from atlas.views.lens import Lens
from atlas.views.pages.city import city_page


def through(code: str, *statuses: str) -> Lens:
    ids = [f"net{number}" for number in range(len(statuses))]
    found = [
        commitment(id, "krakow", status, verified="2026-01-05")
        for id, status in zip(ids, statuses, strict=True)
    ]
    return lens(atlas(city("krakow"), *(network(id) for id in ids), *found), code)


@pytest.mark.parametrize(
    ("statuses", "english", "polish"),
    [
        (("none",), "One more: checked, and not committed.", "Jedno inne: sprawdzone: bez zobowiązania."),
        (("suspended",), "One more: suspended.", "Jedno inne: zawieszone."),
        (("former", "suspended"), "Two more: suspended and ended.", "Dwa inne: zawieszone i zakończone."),
        (
            ("former", "applicant", "none"),
            "Three more: ended, applied for or observed and checked, and not committed.",
            "Trzy inne: zakończone, zgłoszone lub obserwowane i sprawdzone: bez zobowiązania.",
        ),
    ],
)
def test_the_sentence_names_only_what_is_there(statuses: tuple[str, ...], english: str, polish: str) -> None:
    said = [city_page(through(code, *statuses), "krakow").lead[1] for code in ("en", "pl")]
    assert said == [english, polish]


@pytest.mark.parametrize(
    ("code", "lead"),
    [
        (
            "en",
            (
                "The atlas records no commitment of Krakow that holds today.",
                "One more: checked, and not committed.",
            ),
        ),
        (
            "pl",
            (
                "Atlas nie zna żadnego zobowiązania, które obowiązuje dzisiaj: Krakow.",
                "Jedno inne: sprawdzone: bez zobowiązania.",
            ),
        ),
    ],
)
def test_a_city_that_was_only_checked_is_not_said_to_have_left(code: str, lead: tuple[str, ...]) -> None:
    assert city_page(through(code, "none"), "krakow").lead == lead


def test_a_suspended_membership_has_not_ended() -> None:
    seen = through("en", "suspended")
    [held] = seen.atlas.commitments
    assert seen.state(held) == "suspended"
    drawn = lane_row(seen, scale([], seen.as_of), [held])
    assert [period.ending for period in drawn.lane.periods] == ["open"]
    assert drawn.notes == ("suspended",)
