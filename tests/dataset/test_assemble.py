"""From valid records to the atlas with its indexes."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator, Mapping
from dataclasses import FrozenInstanceError, fields, replace
from datetime import date
from pathlib import Path

import pytest

from atlas.build import read_data as reading
from atlas.build.read_data import read_atlas
from atlas.dataset.assembly.assemble import assemble
from atlas.dataset.reading.load import Dataset, load
from atlas.errors import FindingsError
from atlas.findings import Finding, as_text
from atlas.model.records import Atlas
from atlas.validate import validate
from atlas.validate.rules.advice import advise

DATA = Path(__file__).parent.parent / "data"
ADVICE = {"W-STALE", "W-ARCHIVE", "W-POINT", "W-ACTION"}
TODAY = date(2026, 2, 1)


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return read_atlas(DATA / "good", TODAY)


@pytest.fixture
def dataset() -> Dataset:
    return load(DATA / "good")


def test_a_city(atlas: Atlas) -> None:
    city = atlas.cities["koeln"]
    assert (city.name, city.names, city.country) == ("Köln", {"en": "Cologne", "pl": "Kolonia"}, "DE")
    assert (city.lat, city.lon, city.population) == (50.9333, 6.95, 963395)
    assert (city.region, city.former_ids) == (None, ("cologne",))


def test_unknown_stays_unknown(atlas: Atlas) -> None:
    city = atlas.cities["honnelles"]
    assert (city.lat, city.lon, city.population, city.geonames) == (None, None, None, None)


def test_na_is_a_country(atlas: Atlas) -> None:
    assert [city.id for city in atlas.cities_of_country["NA"]] == ["windhoek"]


def test_markup_stays_as_it_was_written(atlas: Atlas) -> None:
    assert atlas.cities["markup"].name == '<b>Tag</b> & "Quote\'s"'
    assert atlas.commitments_of_city["markup"][0].note["en"].endswith(r"C:\x\2019")
    assert atlas.sources["network-members"].note["en"] == r"{{7*7}} and C:\x\2019"


def test_a_further_period_has_its_own_anchor(atlas: Atlas) -> None:
    claims = [one for one in atlas.commitments_of_city["krakow"] if one.instrument == "welcome"]
    assert [(one.anchor, one.key) for one in claims] == [
        ("welcome", "krakow/welcome"),
        ("welcome-2011-10", "krakow/welcome/2011-10"),
    ]


def test_anchors_do_not_depend_on_the_order_of_rows(dataset: Dataset, atlas: Atlas) -> None:
    dataset.commitments["welcome"].rows.reverse()
    turned = assemble(dataset)
    assert {(one.key, str(one.since)) for one in turned.commitments} == {
        (one.key, str(one.since)) for one in atlas.commitments
    }


def test_the_order_of_rows_means_nothing(dataset: Dataset, atlas: Atlas) -> None:
    lists, tables = dict(dataset.lists), dict(dataset.tables)
    for of, name in ((lists, "welcome"), (tables, "sources"), (tables, "retired")):
        of[name] = replace(of[name], rows=of[name].rows[::-1])
    # Of one field the values keep their order.
    differing = tables["contradictions"]
    rows = sorted(differing.rows, key=lambda row: row.values[0], reverse=True)
    tables["contradictions"] = replace(differing, rows=rows)
    other = assemble(replace(dataset, lists=lists, tables=tables))
    for field in fields(atlas):
        assert getattr(other, field.name) == getattr(atlas, field.name), field.name


def test_roles_are_codes_and_free_words(atlas: Atlas) -> None:
    claim = atlas.commitments_of_city["krakow"][-1]
    assert claim.roles == ("steering-committee", "took part <i>from the start</i>")


def test_text_for_all_languages_has_no_language(atlas: Atlas) -> None:
    welcome = atlas.instruments["welcome"]
    assert welcome.founder == {"und": "Köln"}
    assert welcome.former_names == (
        {"und": "Open Doors"},
        {"en": "Cities of Open Doors", "pl": "Miasta Otwartych Drzwi"},
    )
    assert welcome.open_to == ("all",)
    assert atlas.instruments["rights-commission"].open_to == ("PL",)


def test_founded_and_adopted_are_the_beginning(atlas: Atlas) -> None:
    began = {id_: str(one.began) for id_, one in atlas.instruments.items()}
    assert began == {
        "equality": "2006-05-12", "old-pact": "1998~", "rights-commission": "2020-11", "welcome": "1992",
    }  # fmt: skip
    assert {one.id for one in atlas.instruments.values() if one.family == "charter"} == {
        "equality",
        "old-pact",
    }


def test_the_quoted_count_is_the_first_without_a_scope(atlas: Atlas) -> None:
    quoted = atlas.instruments["welcome"].quoted_count
    assert quoted is not None
    assert (quoted.members, quoted.qualifier) == (170, "about")


def test_the_preferred_value_leads(atlas: Atlas) -> None:
    for group in atlas.contradictions.values():
        assert group[0].preferred


def test_indexes_hold_only_what_is_there(atlas: Atlas) -> None:
    assert [one.city for one in atlas.commitments_of_instrument["old-pact"]] == ["koeln", "lodz"]
    assert [one.id for one in atlas.actions_of_city["lodz"]] == ["lodz-team", "welcome-congress-2019"]
    assert [one.id for one in atlas.actions_of_instrument["welcome"]] == [
        "krakow-resolution-2011",
        "welcome-congress-2019",
    ]
    assert [one.id for one in atlas.instruments_of_topic["human-rights"]] == ["rights-commission", "welcome"]
    assert [one.id for one in atlas.actions_of_topic["gender-equality"]] == ["lodz-team"]
    assert [(one.id, host.city) for one, host in atlas.hosted_by_city["lodz"]] == [("welcome", "lodz")]
    assert [one.id for one in atlas.instruments_of_source["network-report"]] == ["welcome"]
    assert [one.city for one in atlas.commitments_of_source["charter-list"]] == ["koeln", "windhoek"]
    assert "old-pact" not in atlas.actions_of_instrument
    assert [(one.record, one.preferred) for one in atlas.contradictions_of_source["charter-list"]] == [
        ("counts/equality", True)
    ]


def test_letters_and_accents_are_joined(dataset: Dataset) -> None:
    table = dataset.table("cities")
    table.rows[4].values[1] = "Ło\u0301dz\u0301"
    assert assemble(dataset).cities["lodz"].name == "Łódź"


def test_the_atlas_cannot_be_changed(atlas: Atlas) -> None:
    with pytest.raises(FrozenInstanceError):
        atlas.cities["lodz"].name = "x"  # type: ignore[misc]
    with pytest.raises(TypeError):
        atlas.cities["x"] = atlas.cities["lodz"]  # type: ignore[index]


def test_errors_stop_the_assembly_and_warnings_do_not(dataset: Dataset) -> None:
    assemble(dataset, [Finding("W-X", "a", 1, 1, "", "x")])
    with pytest.raises(FindingsError, match="a:1:1: E-X x"):
        assemble(dataset, [Finding("E-X", "a", 1, 1, "", "x")])


def test_reading_wrong_data_raises_every_finding() -> None:
    with pytest.raises(FindingsError) as caught:
        read_atlas(DATA / "bad", TODAY)
    told = [line.split() for line in (DATA / "bad.txt").read_text().splitlines() if line.startswith("bad/")]
    lines = [words for words in told if words[1] not in ADVICE]  # advice is given by the check alone
    assert len(caught.value.findings) == len(lines)


def test_an_empty_dataset_is_an_empty_atlas(tmp_path: Path) -> None:
    (tmp_path / "cities.csv").write_text("id,name,country\n")
    (tmp_path / "sources.csv").write_text("id,title,accessed\n")
    (tmp_path / "vocabulary.yaml").write_text((DATA / "good/vocabulary.yaml").read_text())
    atlas = read_atlas(tmp_path, TODAY)
    assert (atlas.cities, atlas.commitments, atlas.instruments) == ({}, (), {})
    assert as_text(advise(load(tmp_path), today=TODAY)) == (
        f"{tmp_path}/cities.csv:1:1: W-EMPTY the dataset has no records yet; add the first city with "
        "atlas new city, or put back the rows that were there\n"
    )


@pytest.mark.parametrize(
    "path", ["commitments/welcome.csv", "lists/welcome.csv", "contradictions.csv", "retired.csv"]
)
def test_a_table_that_is_begun_is_a_header(path: str, tmp_path: Path) -> None:
    shutil.copytree(DATA / "good", tmp_path / "data")
    columns = {"commitments": "city,status,sources", "lists": "name,country,city"}
    table = tmp_path / "data" / path
    header = table.read_text("utf-8").split("\n")[0] if table.exists() else columns[path.split("/")[0]]
    if path.startswith("commitments"):
        (tmp_path / "data/contradictions.csv").unlink()
    table.parent.mkdir(exist_ok=True)
    table.write_text(f"{header}\n", "utf-8")
    assert as_text(validate(load(tmp_path / "data"), today=TODAY)) == ""


def test_a_text_of_spaces_is_not_written(tmp_path: Path) -> None:
    shutil.copytree(DATA / "good", tmp_path / "data")
    path = tmp_path / "data/networks/welcome.yaml"
    text = path.read_text("utf-8")
    for old, new in (
        ("pl: Co roku składać sprawozdanie.", "pl: ' '"),
        ("founder: Köln", "founder: '\u00a0'"),
    ):
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, "utf-8")
    welcome = read_atlas(tmp_path / "data", TODAY).instruments["welcome"]
    assert welcome.obligations[1].text == {"en": "Report every year."}
    assert welcome.founder is None


def test_what_is_remembered_changes_nothing(
    atlas: Atlas, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(reading, "_memory", None)
    data = tmp_path / "data"
    shutil.copytree(DATA / "good", data)
    reading.remember(data, TODAY)
    assert read_atlas(data, TODAY).commitments == atlas.commitments
    cities = data / "cities.csv"
    text = cities.read_text("utf-8")
    cities.write_text(text.replace(",50.9333,", ",50.5,"), "utf-8")
    assert [city.id for city in read_atlas(data, TODAY).cities.values() if city.lat == 50.5]
    cities.write_text(text.replace(",50.9333,", ",fifty,"), "utf-8")
    with pytest.raises(FindingsError, match="lat 'fifty': not a number of degrees"):
        read_atlas(data, TODAY)
    with pytest.raises(FindingsError):  # and what is wrong from the beginning is told every time
        reading.remember(data, TODAY)
    with pytest.raises(FindingsError):
        read_atlas(data, TODAY)
    cities.write_text(text, "utf-8")
    assert read_atlas(data, TODAY).cities == atlas.cities


def test_checking_in_another_process_changes_nothing(atlas: Atlas) -> None:
    _, beside = reading.read(DATA / "good", TODAY, workers=2)
    assert all(
        dict(table) == dict(getattr(atlas, name))
        if isinstance(table, Mapping)
        else table == getattr(atlas, name)
        for name, table in ((one.name, getattr(beside, one.name)) for one in fields(Atlas))
    )


def test_what_is_wrong_is_told_as_without_another_process(tmp_path: Path) -> None:
    shutil.copytree(DATA / "good", tmp_path / "data")
    cities = tmp_path / "data/cities.csv"
    cities.write_text(cities.read_text("utf-8").replace(",50.9333,", ",fifty,"), "utf-8")  # no atlas at all
    table = tmp_path / "data/commitments/welcome.csv"
    table.write_text(table.read_text("utf-8").replace("koeln,", "colonia,"), "utf-8")  # one with a gap
    for data in (DATA / "bad", tmp_path / "data"):
        found = []
        for workers in (1, 2):
            with pytest.raises(FindingsError) as caught:
                reading.read(data, TODAY, workers=workers)
            found.append(caught.value.findings)
        assert found[0] == found[1]


@pytest.mark.parametrize("fault", ["killed", "wrong"])
def test_a_process_that_ends_without_a_verdict_is_no_proof(
    fault: str, monkeypatch: pytest.MonkeyPatch, atlas: Atlas
) -> None:
    here, checked = os.getpid(), []

    def unsure(dataset: Dataset, today: date) -> Iterator[Finding]:
        if os.getpid() != here:
            if fault == "wrong":
                raise ValueError
            os.kill(os.getpid(), signal.SIGKILL)
        checked.append(today)
        return validate(dataset, today=today)

    monkeypatch.setattr(reading, "validate", unsure)
    assert reading.read(DATA / "good", TODAY, workers=2)[1].commitments == atlas.commitments
    assert checked == [TODAY]


def test_data_is_checked_here_where_nobody_is_told_how_processes_end(atlas: Atlas) -> None:
    former = signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    try:
        assert reading.read(DATA / "good", TODAY, workers=2)[1].commitments == atlas.commitments
    finally:
        signal.signal(signal.SIGCHLD, former)


def test_a_name_that_is_left_empty_is_the_local_one(tmp_path: Path) -> None:
    shutil.copytree(DATA / "good", tmp_path, dirs_exist_ok=True)
    cities = tmp_path / "cities.csv"
    cities.write_text(cities.read_text("utf-8").replace("Köln,Cologne,Kolonia", "Köln,Cologne,"), "utf-8")
    assert read_atlas(tmp_path, TODAY).cities["koeln"].names == {"en": "Cologne", "pl": "Köln"}
