"""What a change takes away, against a revision in git."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from tests.repository import GOOD, git, repository

from atlas.dataset.reading.load import load
from atlas.errors import UsageError
from atlas.findings import as_text
from atlas.validate import validate
from atlas.validate.rules.removals import base_ids

TODAY = date(2026, 2, 1)


@pytest.fixture(name="repository")
def _repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return repository(tmp_path, monkeypatch)


def lines(data: Path, revision: str | None = None) -> list[str]:
    dataset = load(data)
    base = base_ids(data, revision)
    return as_text([*dataset.findings, *validate(dataset, today=TODAY, base=base)]).splitlines()


def delete_row(path: Path, start: str) -> None:
    kept = [line for line in path.read_text().splitlines(True) if not line.startswith(start)]
    path.write_text("".join(kept))


def test_nothing_is_gone(repository: Path) -> None:
    assert lines(repository) == []


def test_a_deleted_city_needs_a_reason(repository: Path) -> None:
    delete_row(repository / "cities.csv", "windhoek")
    delete_row(repository / "commitments/equality.csv", "windhoek")
    assert lines(repository) == [
        "data/cities.csv:1:1: E-DELETED 1 of 8 cities of HEAD are gone, 1 without a word: windhoek; "
        "put them back, or name each in retired.csv with a reason",
        "data/commitments:1:1: E-DELETED 1 of 15 commitments of HEAD are gone, 1 without a word: "
        "windhoek/equality; put them back, or name each in retired.csv with a reason",
    ]


def test_retired_ids_are_explained(repository: Path) -> None:
    delete_row(repository / "cities.csv", "windhoek")
    delete_row(repository / "commitments/equality.csv", "windhoek")
    with (repository / "retired.csv").open("a") as file:
        file.write("city,windhoek,Not a member.,Nie jest członkiem.,,\n")
        file.write("commitment,windhoek/equality,Not a member.,Nie jest członkiem.,,\n")
    assert lines(repository) == []


def test_a_deleted_file_counts_with_its_rows(repository: Path) -> None:
    (repository / "actions/lodz-team.yaml").unlink()
    (repository / "commitments/old-pact.csv").unlink()
    assert lines(repository) == [
        "data/actions:1:1: E-DELETED 1 of 3 actions of HEAD are gone, 1 without a word: lodz-team; "
        "put them back, or name each in retired.csv with a reason",
        "data/commitments:1:1: E-DELETED 2 of 15 commitments of HEAD are gone, 2 without a word: "
        "koeln/old-pact, lodz/old-pact; put them back, or name each in retired.csv with a reason",
    ]


def test_one_row_in_twenty_may_go(repository: Path) -> None:
    table = repository / "sources.csv"
    with table.open("a") as file:
        for number in range(14):
            file.write(f"source-{number},Title,,,,,,2026-01-01,,,\n")
    git("commit", "-qam", "twenty sources")
    delete_row(table, "source-0,")
    assert lines(repository) == []
    delete_row(table, "source-1,")
    assert lines(repository) == [
        "data/sources.csv:1:1: E-DELETED 2 of 20 sources of HEAD are gone, 2 without a word: "
        "source-0, source-1; put them back, or name each in retired.csv with a reason"
    ]


def test_another_revision_can_be_asked_for(repository: Path) -> None:
    delete_row(repository / "commitments/old-pact.csv", "koeln")
    git("commit", "-qam", "one less")
    assert lines(repository) == []
    assert [line.split(" E-")[0] for line in lines(repository, "HEAD~1")] == ["data/commitments:1:1:"]


def test_moving_and_sorting_rows_deletes_nothing(repository: Path) -> None:
    table = repository / "cities.csv"
    header, *rows = table.read_text().splitlines(True)
    table.write_text("".join([header, *reversed(rows)]))
    assert lines(repository) == []


def test_a_revision_that_does_not_exist_is_a_wrong_command(repository: Path) -> None:
    with pytest.raises(UsageError, match="nowhere: no such revision in this repository"):
        base_ids(repository, "nowhere")


def test_an_option_in_place_of_a_revision_is_not_run(repository: Path) -> None:
    with pytest.raises(UsageError, match="no such revision"):
        base_ids(repository, "--output=stolen")
    assert not Path("stolen").exists()


def test_outside_git_nothing_is_compared(tmp_path: Path) -> None:
    shutil.copytree(GOOD, tmp_path / "data")
    assert base_ids(tmp_path / "data") is None


def test_before_the_first_commit_nothing_is_compared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(GOOD, tmp_path / "data")
    git("init", "-q")
    assert base_ids(tmp_path / "data") is None


def test_a_renamed_city_is_not_gone(repository: Path) -> None:
    cities = repository / "cities.csv"
    cities.write_text(
        cities.read_text().replace("windhoek,", "windhuk,").replace("Q3935,,", "Q3935,,windhoek")
    )
    table = repository / "commitments/equality.csv"
    table.write_text(table.read_text().replace("windhoek,", "windhuk,"))
    assert lines(repository) == []


OLDER = "krakow,{period},former,,2008,2009,,,network-report,,,\n"


def add_older(data: Path, period: str, known: str = "2011-10") -> None:
    """Add a period of Kraków in the network before the one that is known."""
    table = data / "commitments/welcome.csv"
    text = table.read_text().replace("krakow,2011-10,", OLDER.format(period=period) + f"krakow,{known},")
    table.write_text(text)


def test_an_older_period_leaves_the_known_id_what_it_was(repository: Path) -> None:
    add_older(repository, "2008")
    assert lines(repository) == []


def test_an_id_is_not_given_to_an_older_period(repository: Path) -> None:
    add_older(repository, "2011-10", "2011")
    assert lines(repository) == [
        "data/commitments/welcome.csv:6:1: E-PERIOD krakow/welcome/2011-10: stood for 2011-10/ in HEAD, and "
        "now for 2008/2009; an id keeps its meaning: leave the row that was there as it is, and give the "
        "other one a word in the column period, such as the year of its beginning",
    ]


def test_a_row_that_is_put_in_place_of_another_period_is_refused(repository: Path) -> None:
    welcome = repository / "commitments/welcome.csv"
    text = welcome.read_text().replace("krakow,,former,,1992-11-09,2004", "krakow,,former,,2007,2009")
    welcome.write_text(text)
    (told,) = lines(repository)
    assert told.startswith(
        "data/commitments/welcome.csv:5:1: E-PERIOD krakow/welcome: stood for 1992-11-09/2004 in HEAD, and "
        "now for 2007/2009; an id keeps its meaning"
    )


def test_a_corrected_date_is_no_other_period(repository: Path) -> None:
    welcome = repository / "commitments/welcome.csv"
    text = welcome.read_text().replace("1992-11-09,2004", "1993,2005").replace("2011-05-25,2011-10", ",2012")
    welcome.write_text(text)
    assert lines(repository) == []


def rename_network(data: Path) -> None:
    (data / "networks/welcome.yaml").rename(data / "networks/welcoming.yaml")
    for folder in ("commitments", "lists"):
        (data / folder / "welcome.csv").rename(data / folder / "welcoming.csv")
    for path in (*data.glob("actions/*.yaml"), *data.glob("charters/*.yaml"), data / "contradictions.csv"):
        text = path.read_text().replace("instrument: welcome\n", "instrument: welcoming\n")
        text = text.replace("successor: welcome\n", "successor: welcoming\n")
        path.write_text(text.replace("/welcome", "/welcoming"))


def test_a_network_that_was_renamed_has_lost_nothing(repository: Path) -> None:
    rename_network(repository)
    assert [line.split(" E-")[1].split(" of ")[0] for line in lines(repository)] == [
        "DELETED 8",
        "DELETED 1",
    ]
    with (repository / "retired.csv").open("a") as file:
        file.write("network,welcome,Renamed.,Zmiana nazwy.,welcoming,\n")
    assert lines(repository) == []


def test_what_is_withdrawn_with_its_network_needs_no_word_of_its_own(repository: Path) -> None:
    (repository / "networks/rights-commission.yaml").unlink()
    (repository / "commitments/rights-commission.csv").unlink()
    for path in repository.glob("actions/*.yaml"):
        path.write_text(path.read_text().replace("instrument: rights-commission\n", ""))
    with (repository / "retired.csv").open("a") as file:
        file.write("network,rights-commission,It never was.,Nigdy jej nie było.,,\n")
    assert [line for line in lines(repository) if "E-DELETED" in line] == []
