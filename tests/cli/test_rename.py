"""A record gets another id in every file, and the former one leads on."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.repository import git, repository

from atlas.cli.main import main


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    found = repository(tmp_path, monkeypatch)
    assert main(["lock"]) == 0
    return found


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [
        ("city", "krakow", "cracovia"),
        ("network", "welcome", "welcoming"),
        ("charter", "equality", "equal-towns"),
        ("action", "lodz-team", "lodz-team-2019"),
        ("source", "press", "press-2017"),
    ],
)
def test_a_rename_passes_every_check_and_loses_no_address(
    data: Path, kind: str, old: str, new: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["rename", kind, old, new]) == 0
    capsys.readouterr()
    assert main(["check"]) == 0
    assert main(["lock", "--check"]) == 0
    left = git("grep", "--untracked", "-wn", old, "--", "data")
    if kind == "city":
        assert [line for line in left.splitlines() if f",{old}" not in line and "README" not in line] == []
    else:
        said = f"{kind},{old},It has another id now.,Ma teraz inny identyfikator.,{new},2026-02-01"
        assert said in (data / "retired.csv").read_text("utf-8")


def test_what_cannot_be_renamed_changes_nothing(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["rename", "city", "krakw", "x"]) == 2
    assert capsys.readouterr().err == "atlas: no such city 'krakw'; did you mean krakow?\n"
    assert main(["rename", "city", "krakow", "lodz"]) == 2
    assert capsys.readouterr().err == "atlas: 'lodz' is the id of another record\n"
    for new, told in (
        ("Kraków", "an id has only the letters a-z, digits and single hyphens"),
        ("con", "a name that Windows reserves for a device"),
        ("k" * 65, "longer than 64 characters"),
    ):
        assert main(["rename", "city", "krakow", new]) == 2
        assert capsys.readouterr().err == f"atlas: NEW '{new}': {told}\n"
    assert main(["--lang", "pl", "rename", "city", "krakow", "con"]) == 2
    assert capsys.readouterr().err == "atlas: NEW 'con': nazwa zastrzeżona w Windows dla urządzenia\n"
    assert main(["rename", "city", "krakow", "old-town"]) == 1  # it was withdrawn, and is never used again
    assert capsys.readouterr().out.startswith("data/retired.csv:2:6: E-RETIRED city 'old-town': ")
    assert main(["--lang", "pl", "rename", "city", "krakow", "krakow"]) == 2
    assert capsys.readouterr().err == "atlas: 'krakow' to już jego identyfikator\n"
    assert main(["rename", "city", "krakow", "krakow"]) == 2
    assert capsys.readouterr().err == "atlas: 'krakow' is its id already\n"
    assert git("status", "--porcelain", "--", "data") == ""


def test_a_city_gets_back_the_id_that_it_had(data: Path) -> None:
    assert main(["rename", "city", "koeln", "cologne"]) == 0
    assert "\ncologne,Köln," in (data / "cities.csv").read_text("utf-8")
    assert "stadt-koeln.de,koeln\n" in (data / "cities.csv").read_text("utf-8")
    assert main(["check"]) == 0
    assert main(["lock", "--check"]) == 0
