"""From a page to the line of the data that it rests on."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.builders import ROOT, atlas, city, commitment, lens, network, parts, source

from atlas.dataset.assembly.assemble import assemble
from atlas.dataset.reading.load import load
from atlas.findings import Place
from atlas.model.records import Atlas
from atlas.views.code_host import CodeHost, record_links
from atlas.views.lens import Lens
from atlas.views.pages.action import action_page
from atlas.views.pages.city import city_page
from atlas.views.pages.instrument import instrument_page
from atlas.views.pages.source import source_page
from atlas.views.parts import Claim, RecordLinks

HOST = CodeHost(
    code="https://code.example.org/atlas",
    edit="{code}/edit/{branch}/{path}#L{line}",
    history="{code}/commits/{branch}/{path}",
)
PLACE = Place("data/commitments/eccar.csv", 14)


@pytest.fixture(scope="module")
def good() -> Atlas:
    return assemble(load(ROOT / "tests/data/good"))


def through(good: Atlas, code: str = "en", host: CodeHost = HOST) -> Lens:
    plain = lens(good, code)
    return Lens(
        atlas=good,
        lang=plain.lang,
        addresses=plain.addresses,
        as_of=plain.as_of,
        host=host,
    )


def test_a_record_leads_to_its_line_and_its_history() -> None:
    assert record_links(HOST, PLACE, correct="contribute/suggest/", id="krakow/eccar") == RecordLinks(
        correct="contribute/suggest/",
        edit="https://code.example.org/atlas/edit/main/data/commitments/eccar.csv#L14",
        history="https://code.example.org/atlas/commits/main/data/commitments/eccar.csv",
        id="krakow/eccar",
    )


def test_another_host_needs_other_templates_and_nothing_else() -> None:
    host = CodeHost(
        code="https://git.example.org/a",
        branch="stable/1",
        edit="{code}/_edit/{branch}/{path}",
        history="{code}/src/branch/{branch}/{path}?line={line}",
    )
    links = record_links(host, PLACE, correct="")
    assert links.edit == "https://git.example.org/a/_edit/stable/1/data/commitments/eccar.csv"
    assert links.history == "https://git.example.org/a/src/branch/stable/1/data/commitments/eccar.csv?line=14"


@pytest.mark.parametrize(
    ("host", "place"),
    [
        pytest.param(CodeHost(edit=HOST.edit, history=HOST.history), PLACE, id="no address of the code"),
        pytest.param(CodeHost(code=HOST.code), PLACE, id="no templates"),
        pytest.param(HOST, Place("/elsewhere/data/cities.csv", 2), id="data outside of the repository"),
        pytest.param(HOST, Place("C:/elsewhere/cities.csv", 2), id="data on another disk"),
        pytest.param(HOST, None, id="no place"),
    ],
)
def test_a_way_that_leads_nowhere_is_left_out(host: CodeHost, place: Place | None) -> None:
    links = record_links(host, place, correct="contribute/suggest/")
    assert (links.edit, links.history, links.correct) == (None, None, "contribute/suggest/")


def test_a_path_is_written_as_an_address() -> None:
    links = record_links(HOST, Place("my data/50%/cities.csv", 2), correct="")
    assert links.edit == "https://code.example.org/atlas/edit/main/my%20data/50%25/cities.csv#L2"


def line_of(place: Place | None) -> str:
    assert place is not None
    return (ROOT / place.path).read_text("utf-8").splitlines()[place.line - 1]


def test_every_record_knows_its_line(good: Atlas) -> None:
    for one in good.commitments:
        assert line_of(one.place).startswith((f"{one.city},{one.status},", f"{one.city},{one.period or ''},"))
    for each in good.cities.values():
        assert line_of(each.place).startswith(f"{each.id},")
    for document in good.sources.values():
        assert line_of(document.place).startswith(f"{document.id},")
    for action in good.actions.values():
        assert action.place and Path(action.place.path).stem == action.id
        assert line_of(action.place).startswith("kind:")
    for instrument in good.instruments.values():
        assert instrument.place and Path(instrument.place.path).stem == instrument.id


def test_a_line_that_moves_makes_no_other_record() -> None:
    assert city("krakow", place=Place("cities.csv", 2)) == city("krakow", place=Place("cities.csv", 9))
    assert commitment("wel", "krakow", place=PLACE) == commitment("wel", "krakow")


def test_the_columns_of_a_file_are_kept_as_they_stand(good: Atlas) -> None:
    assert good.instruments["equality"].columns == (
        "city", "status", "since", "sources", "note_en", "note_pl",
    )  # fmt: skip


def claims(view: object) -> dict[str, Claim]:
    return {claim.record.id or "": claim for claim in parts(view, Claim)}


def test_each_period_of_a_claim_has_its_own_id_line_and_correction(good: Atlas) -> None:
    found = claims(city_page(through(good), "krakow"))
    assert sorted(found) == ["krakow/equality", "krakow/welcome", "krakow/welcome/2011-10"]
    base = "https://code.example.org/atlas/edit/main/tests/data/good/commitments"
    assert found["krakow/welcome"].record == RecordLinks(
        correct="contribute/suggest/?city=krakow&instrument=welcome",
        edit=f"{base}/welcome.csv#L5",
        history="https://code.example.org/atlas/commits/main/tests/data/good/commitments/welcome.csv",
        id="krakow/welcome",
    )
    further = found["krakow/welcome/2011-10"].record
    assert further.correct == "contribute/suggest/?city=krakow&instrument=welcome&period=2011-10"
    assert further.edit == f"{base}/welcome.csv#L6"


def test_a_claim_has_the_same_id_on_every_page(good: Atlas) -> None:
    on_city = claims(city_page(through(good, "pl"), "krakow"))
    on_instrument = claims(instrument_page(through(good), "welcome"))
    assert on_instrument["krakow/welcome"].anchor == "krakow"
    assert on_city["krakow/welcome"].record.correct.startswith("pl/wspoltworz/zglos/?city=krakow")


def test_the_pages_of_records_lead_to_them(good: Atlas) -> None:
    see = through(good)
    instrument, action_id, source_id = "welcome", "krakow-resolution-2011", "press"
    found = {
        "cities/krakow": city_page(see, "krakow").record,
        f"instruments/{instrument}": instrument_page(see, instrument).record,
        f"actions/{action_id}": action_page(see, action_id).record,
        f"sources/{source_id}": source_page(see, source_id).record,
    }
    for name, record in found.items():
        assert record.correct == f"contribute/suggest/?record={name}"
        assert record.edit and "/edit/main/tests/data/good/" in record.edit
    assert str(found["instruments/welcome"].edit).endswith("/networks/welcome.yaml#L1")


def test_a_city_and_an_instrument_offer_the_form_with_themselves_chosen() -> None:
    small = atlas(city("krakow"), network("wel"), source("a"), commitment("wel", "krakow"))
    assert city_page(lens(small), "krakow").suggest.href == "contribute/suggest/?city=krakow"
    assert instrument_page(lens(small), "wel").suggest.href == "contribute/suggest/?instrument=wel"
