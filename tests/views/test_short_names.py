"""Short names of instruments: shown everywhere but in the heading of their own page."""

from __future__ import annotations

import pytest
from tests.builders import atlas, charter, city, commitment, lens, network

from atlas.opendata.api.documents import instrument_entry
from atlas.views import evidence
from atlas.views.analysis.events import events
from atlas.views.lens import Lens
from atlas.views.pages.instrument import instrument_page
from atlas.views.pages.map import map_data
from atlas.views.pages.search_entries import search_entries

FULL = {
    "en": "Declaration of the mayors on cooperation in the field of migration",
    "pl": "Deklaracja Prezydentów o Współdziałaniu w Dziedzinie Migracji",
}
SHORT = {"en": "Migration declaration", "pl": "Deklaracja migracyjna"}


def through(code: str) -> Lens:
    return lens(
        atlas(
            city("krakow", "Kraków"),
            charter("migration", names=FULL, short=SHORT),
            network("eccar", "Coalition", acronym="ECCAR"),
            commitment("migration", "krakow", "signatory", since="2017-06-30"),
            commitment("eccar", "krakow", since="2017"),
        ),
        code,
    )


@pytest.mark.parametrize("code", ["en", "pl"])
def test_links_have_the_short_name(code: str) -> None:
    seen = through(code)
    links = [seen.instrument_link("migration", short=short).text for short in (True, False)]
    assert links == [SHORT[code], SHORT[code]]
    assert seen.instrument_link("eccar").text != "ECCAR"
    assert seen.instrument_link("eccar", short=True).text == "ECCAR"
    assert {event.target.text for event in events(seen)} == {SHORT[code], "ECCAR"}


@pytest.mark.parametrize("code", ["en", "pl"])
def test_a_claim_has_the_short_name_with_the_full_one_beside_it(code: str) -> None:
    seen = through(code)
    claim = evidence.claim(seen, seen.atlas.commitments_of_instrument["migration"][0], on_city=True)
    assert claim.subject.text == SHORT[code]
    assert claim.full_name is not None and claim.full_name.text == FULL[code]


@pytest.mark.parametrize("code", ["en", "pl"])
def test_the_page_of_the_charter_is_headed_by_its_full_name(code: str) -> None:
    assert instrument_page(through(code), "migration").name == FULL[code]


def test_the_map_the_search_and_the_api_know_the_short_name() -> None:
    seen = through("en")
    table = map_data(seen)["instruments"]
    rows = [dict(zip(table["fields"], row, strict=True)) for row in zip(*table["columns"], strict=True)]
    assert {row["id"]: row["short"] for row in rows} == {"migration": SHORT, "eccar": None}
    names = next(found.names for found in search_entries(seen) if found.href == "charters/migration/")
    assert set(SHORT.values()) <= set(names)
    assert instrument_entry((seen,), seen.atlas.instruments["migration"])["short"] == SHORT
