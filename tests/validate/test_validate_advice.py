"""The warnings that ask a person to look: each rule with a case that meets it and one that just does not."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from atlas.dataset.reading.load import load
from atlas.findings import as_text
from atlas.validate import validate
from atlas.validate.rules.advice import advise

GOOD = Path(__file__).parent.parent / "data/good"
TODAY = date(2026, 2, 1)
WELCOME = "commitments/welcome.csv"
UNARCHIVED = {"charter-text": 3, "network-members": 5, "press": 7}


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the valid dataset."""
    shutil.copytree(GOOD, tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "data"


def said(data: Path, code: str) -> list[str]:
    """The lines that one code gives."""
    found = advise(load(Path(data.name)), today=TODAY)
    return as_text(one for one in found if one.code == code).splitlines()


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")


def member(data: Path, status: str, verified: str) -> None:
    row = "honnelles,,observer,,,,,,network-members,,,"
    change(data / WELCOME, row, f"honnelles,,{status},,,,,,network-members,{verified},,")


@pytest.mark.parametrize("verified", ["2024-01-31", "2024-01", "2023", "2020~"])
@pytest.mark.parametrize("status", ["member", "observer", "suspended", "none"])
def test_what_was_verified_long_ago_is_stale(data: Path, status: str, verified: str) -> None:
    member(data, status, verified)
    column = len(f"honnelles,,{status},,,,,,network-members,") + 1
    assert said(data, "W-STALE") == [
        f"data/{WELCOME}:3:{column}: W-STALE verified '{verified}': more than 24 months ago; look at the "
        "source again and type the day on which you did"
    ]


@pytest.mark.parametrize(
    ("status", "verified"),
    [("member", "2024-02-01"), ("member", "2024"), ("member", ""), ("former", "2020"), ("declined", "2020")],
)
def test_what_is_recent_unknown_or_over_is_not_stale(data: Path, status: str, verified: str) -> None:
    member(data, status, verified)
    assert said(data, "W-STALE") == []


def test_a_source_without_a_copy_is_named(data: Path) -> None:
    columns = {"charter-text": 82, "network-members": 80, "press": 107}
    assert said(data, "W-ARCHIVE") == [
        f"data/sources.csv:{line}:{columns[id_]}: W-ARCHIVE source '{id_}': no archived copy; save the page "
        "at web.archive.org and put the address of the copy into archived"
        for id_, line in UNARCHIVED.items()
    ]


def test_a_source_that_is_not_on_the_web_needs_no_copy(data: Path) -> None:
    change(data / "sources.csv", "https://charter.example.org/text,", ",")
    assert [line.split("'")[1] for line in said(data, "W-ARCHIVE")] == ["network-members", "press"]


def test_two_places_at_one_point_are_both_named(data: Path) -> None:
    change(data / "cities.csv", "60.4515,22.2687", "54.352,18.64660")
    [line] = said(data, "W-POINT")
    assert line.endswith(
        ": W-POINT lat and lon: 'turku' lies at the same point as 'gdansk' in line 2; correct the "
        "coordinates of one, or keep one row if they are one place"
    )


def test_places_near_each_other_or_without_a_point_are_no_finding(data: Path) -> None:
    change(data / "cities.csv", "60.4515,22.2687", "54.3521,18.6466")
    assert said(data, "W-POINT") == []


def action(data: Path, **keys: str) -> None:
    described = {
        "kind": "statement",
        "status": "signed",
        "instrument": "welcome",
        "cities": "windhoek",
    } | keys
    lines = [f"{key}: {value}" for key, value in described.items() if key != "cities"]
    (data / "actions/new.yaml").write_text("\n".join([*lines, "cities:", f"  - {described['cities']}", ""]))


@pytest.mark.parametrize(("kind", "status"), [("statement", "signed"), ("resolution", "adopted")])
def test_a_signature_without_its_row_is_named(data: Path, kind: str, status: str) -> None:
    assert "windhoek" not in (data / WELCOME).read_text()
    action(data, kind=kind, status=status)
    assert said(data, "W-ACTION") == [
        f"data/actions/new.yaml:5:5: W-ACTION cities 'windhoek': {status} here, but without a row in "
        f"data/{WELCOME}; add the row, or correct status, instrument or cities"
    ]


@pytest.mark.parametrize(
    "keys",
    [
        {"cities": "honnelles"},
        {"status": "requested"},
        {"kind": "event", "status": "held"},
        {"kind": "resolution", "status": "annulled"},
        {"kind": "statement", "status": "adopted"},
        {"instrument": "nobody-knows"},
        {"cities": "nobody-knows"},
    ],
    ids=lambda keys: "-".join(keys.values()),
)
def test_what_commits_nobody_needs_no_row(data: Path, keys: dict[str, str]) -> None:
    action(data, **keys)
    assert said(data, "W-ACTION") == []


def test_checked_and_not_committed_is_no_row_for_a_signature(data: Path) -> None:
    member(data, "none", "2026-01-15")
    action(data, cities="honnelles")
    assert [line.split(": ")[1] for line in said(data, "W-ACTION")] == ["W-ACTION cities 'honnelles'"]


def test_a_misspelt_row_is_told_once_and_not_again_where_it_is_missed(data: Path) -> None:
    action(data, cities="honnelles", commitments="[honnelles/welcome]")
    path = data / WELCOME
    path.write_text(path.read_text().replace("\nhonnelles,", "\nhonneles,", 1))
    found = validate(load(Path(data.name)), today=TODAY)
    assert [(one.code, one.value) for one in found if one.code in ("E-REF", "W-ACTION")] == [
        ("E-REF", "honneles")
    ]


def test_rows_that_could_not_be_read_are_not_missing(data: Path) -> None:
    action(data)
    (data / WELCOME).write_bytes(b"\xff\xfe\x00")
    assert said(data, "W-ACTION") == []


def test_a_rule_is_what_takes_the_context_alone() -> None:
    from atlas.validate import RULES, rules
    from atlas.validate.rules import advice, periods

    names = {one.__name__ for one in (*RULES, *advice.RULES)}
    assert len(names) == len(RULES) + len(advice.RULES) >= 61
    assert {"order", "named_periods", "lookalike_hosts", "stale"} <= names
    assert periods.kept_ids not in RULES  # it compares with a revision
    assert rules.rules_of(periods) == (periods.named_periods,)
