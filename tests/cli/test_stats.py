"""Coverage against the networks' own counts, freshness, and the queue of what to look at again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from tests.builders import (
    atlas,
    charter,
    city,
    commitment,
    contradiction,
    lens,
    network,
    source,
    when,
)

from atlas.cli.main import main
from atlas.cli.stats import as_text
from atlas.model.records import Atlas, Count
from atlas.views.shared.statistics import Ages, stats

GOOD = Path(__file__).parent.parent / "data/good"
AS_OF = date(2026, 11, 22)


def whole() -> Atlas:
    counts = (Count(members=170, on=when("2024"), qualifier="about", sources=("network",)),)
    return atlas(
        city("krakow", "Kraków"),
        city("lodz", "Łódź"),
        city("koeln", "Köln", "DE"),
        city("idle", "Idle", "DE"),
        replace(network("eccar", acronym="ECCAR"), counts=counts),
        charter("equality", acronym="EQ"),
        source("network", "Members", publisher="ECCAR", url="https://a.example/", accessed="2026-10-01"),
        source("kept", url="https://b.example/", archived="https://archive.ph/x", accessed="2025-03"),
        source("old", accessed="2023"),
        source("idle-source"),
        commitment("eccar", "krakow", since="2024-09-25", verified="2026-11-01", sources=("network", "kept")),
        commitment("eccar", "lodz", since="2015~", verified="2025-10-22", sources=("network",)),
        commitment("eccar", "koeln", sources=("old",)),
        commitment("equality", "lodz", "former", until="2006", sources=("old",)),
        commitment("equality", "koeln", "none", verified="2024-01-22", sources=("kept", "network")),
        contradiction("commitments/eccar:koeln", "since", "2004", preferred=True),
    )


def seen(code: str = "en", **chosen: Any) -> Any:
    return stats(lens(whole(), code, AS_OF), **chosen)


def test_coverage_is_told_against_the_network_s_own_count() -> None:
    eccar, equality = seen().coverage
    assert (eccar.id, eccar.recorded, eccar.counted, eccar.says) == ("eccar", 3, 170, "ECCAR, 2024")
    assert round(eccar.share, 4) == 0.0176
    assert (equality.recorded, equality.counted, equality.share) == (0, None, None)


def test_more_than_a_source_counts_is_no_share() -> None:
    few = replace(network("eccar"), counts=(Count(members=1),))
    both = atlas(city("a"), city("b"), few, commitment("eccar", "a"), commitment("eccar", "b"))
    (one,) = stats(lens(both, as_of=AS_OF)).coverage
    assert (one.recorded, one.counted, one.share) == (2, 1, None)


def test_claims_by_what_they_rest_on_and_when_they_were_looked_at() -> None:
    claims = seen().claims
    assert (claims.number, claims.dated, claims.single, claims.disputed) == (5, 3, 3, 1)
    assert claims.verified == Ages(fresh=1, ageing=1, stale=1, never=2)
    assert claims.verified.total == 5


def test_sources_by_when_they_were_read() -> None:
    sources = seen().sources
    # The page of the builders is a fifth source; nothing but the disputed value rests on it.
    assert sources.read == Ages(fresh=2, ageing=1, stale=1, never=1)
    assert (sources.archived, sources.unarchived, sources.unused) == (1, 1, 1)


@pytest.mark.parametrize(
    ("day", "age"),
    [
        ("2025-11-22", "fresh"),
        ("2025-11-21", "ageing"),
        ("2024-11-22", "ageing"),
        ("2024-11-21", "stale"),
        ("2024", "ageing"),  # a year counts from its last day
    ],
)
def test_the_borders_of_the_ages(day: str, age: str) -> None:
    one = atlas(city("a"), network("n"), commitment("n", "a", verified=day))
    assert getattr(stats(lens(one, as_of=AS_OF)).claims.verified, age) == 1


def test_one_instrument_of_one_country() -> None:
    found = seen(instruments=["eccar"], countries=["PL"])
    assert [one.id for one in found.coverage] == ["eccar"]
    assert (found.coverage[0].recorded, found.coverage[0].claims.number) == (3, 2)
    assert found.sources.read.total == 2
    assert [(one.source.id, [claim.key for claim in one.claims]) for one in found.documents] == [
        ("network", ["lodz/eccar"])
    ]


def test_what_nobody_looked_at_for_twelve_months_is_due_by_document() -> None:
    assert [(one.source.id, [claim.key for claim in one.claims]) for one in seen().documents] == [
        ("network", ["koeln/equality", "lodz/eccar"]),
        ("old", ["koeln/eccar", "lodz/equality"]),
        ("kept", ["koeln/equality"]),
    ]


@pytest.mark.parametrize(("day", "due"), [("2025-11-22", True), ("2025-11-23", False)])
def test_months_are_whole(day: str, due: bool) -> None:
    one = atlas(city("a"), network("n"), commitment("n", "a", verified=day))
    assert bool(stats(lens(one, as_of=AS_OF)).documents) is due


# The command ----------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1769904000")  # 2026-02-01


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["stats", "--data", str(GOOD), *arguments]) == 0
    return capsys.readouterr().out


def test_tables_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    lines = run(capsys).splitlines()
    rows = [" ".join(line.split()) for line in lines]
    assert "WEL 2 about 170 1 Network of Welcome, 2025 8 4 3" in rows
    assert "claims verified 3 0 0 12 15" in rows
    assert "claims with one source only 13 15" in rows
    assert "3 network-members https://welcome.example.org/members" in rows
    assert all(line == line.rstrip() for line in lines)
    assert "Project-Id" not in run(capsys, "--lang", "pl")


def test_polish_tables(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [" ".join(line.split()) for line in run(capsys, "--lang", "pl", "--limit", "1").splitlines()]
    assert "WEL 2 około 170 1 Network of Welcome, 2025 8 4 3" in rows
    assert rows[-1].startswith("… i jeszcze ")


def test_hostile_names_stay_text() -> None:
    hostile = replace(network("n"), names={"en": "[red]<b>Tag</b>[/red]"}, acronym=None)
    through, written = lens(atlas(hostile), as_of=AS_OF), StringIO()
    as_text(stats(through), through, 20, written)
    assert "[red]<b>Tag</b>[/red]" in written.getvalue()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--instrument", "welcom"], "no such instrument 'welcom'; did you mean welcome?"),
        (["--country", "xx"], "no such country 'XX'"),
        (
            ["--country", "zz", "--lang", "pl"],
            "nie ma takiego wpisu (kraj): 'ZZ'",
        ),
    ],
)
def test_wrong_names_are_wrong_commands(
    capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    assert main(["stats", "--data", str(GOOD), *arguments]) == 2
    assert capsys.readouterr().err == f"atlas: {message}\n"


def test_data_with_errors_has_no_numbers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["stats", "--data", str(tmp_path)]) == 1
    assert "vocabulary.yaml:1:1: E-FILE the file is missing" in capsys.readouterr().err
