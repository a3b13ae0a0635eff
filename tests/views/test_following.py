"""What could follow for a city: who its peers are, what they hold, and what is never proposed."""

from __future__ import annotations

import pytest
from tests.builders import Record, action, atlas, charter, city, commitment, lens, network, sample_lens

from atlas.languages.words import Link, Words
from atlas.views.analysis.peers import Following, following, size_class

FIVE = ("b", "c", "d", "e", "f")


def towns(*ids: str, population: int | None = 300_000, **fields: str) -> list[Record]:
    return [city(id, population=population, **fields) for id in ids]


def found(*records: Record, lang: str = "en", of: str = "a") -> Following | None:
    return following(lens(atlas(*records), lang), of)


def proposed(*records: Record) -> list[tuple[str, str]]:
    result = found(*records)
    assert result is not None
    return [(one.id, one.count) for one in result.suggestions]


def holders(instrument: str, *ids: str) -> list[Record]:
    return [commitment(instrument, id) for id in ids]


@pytest.mark.parametrize(
    ("population", "number"),
    [(0, 0), (49_999, 0), (50_000, 1), (100_000, 2), (250_000, 3), (500_000, 4), (1_000_000, 5)],
)  # fmt: skip
def test_size_classes_begin_at_their_lower_bound(population: int, number: int) -> None:
    assert size_class(population) == number


def test_what_most_peers_of_the_same_country_and_size_hold() -> None:
    result = found(
        *towns("a", *FIVE),
        city("small", population=40_000),
        city("abroad", population=300_000, country="CZ"),
        network("welcome", "Welcome Network", acronym="WEL", topics=("migration",)),
        *holders("welcome", "b", "c", "d", "small", "abroad"),
    )
    assert result is not None
    assert result.rule == (
        "Peers are the 5 other recorded cities of the same country (Poland) and size "
        "(250,000 to 500,000 inhabitants)."
    )
    assert result.compare == Link(
        text="Compare side by side with these cities", href="compare/?c=a,b,c,d,e,f"
    )
    [one] = result.suggestions
    assert (one.id, one.count, one.full_name) == ("welcome", "3 of 5 peers", Words(text="Welcome Network"))
    assert one.holders == (
        Link(text="B", href="cities/b/#welcome"),
        Link(text="C", href="cities/c/#welcome"),
        Link(text="D", href="cities/d/#welcome"),
    )


def test_in_polish() -> None:
    result = found(
        *towns("a", *FIVE), network("welcome", names={"pl": "Sieć"}), *holders("welcome", *FIVE), lang="pl"
    )
    assert result is not None
    assert result.rule == (
        "Miasta podobne to 5 innych odnotowanych miast z tego samego kraju (Polska) i tej samej wielkości "
        "(od 250\u00a0000 do 500\u00a0000 mieszkańców)."
    )
    assert result.compare.href == "pl/porownaj/?c=a,b,c,d,e,f"
    assert [one.count for one in result.suggestions] == ["5 spośród 5 podobnych miast"]


def test_half_of_the_peers_are_not_most() -> None:
    four = ("b", "c", "d", "e")
    records = [*towns("a", *four), network("welcome")]
    assert proposed(*records, *holders("welcome", "b", "c")) == []
    assert proposed(*records, *holders("welcome", "b", "c", "d")) == [("welcome", "3 of 4 peers")]


@pytest.mark.parametrize("status", ["member", "former", "declined", "none", "applicant"])
def test_nothing_is_proposed_of_which_something_is_recorded(status: str) -> None:
    own = commitment("welcome", "a", status, verified="2026-01-01")
    assert proposed(*towns("a", *FIVE), network("welcome"), *holders("welcome", *FIVE), own) == []


def test_nothing_is_proposed_that_the_city_refused_by_an_act() -> None:
    refusal = action("refusal", cities=("a",), instrument="welcome", status="refused")
    assert proposed(*towns("a", *FIVE), network("welcome"), *holders("welcome", *FIVE), refusal) == []


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"open_to": ("PL",)}, True),
        ({"open_to": ("all",)}, True),
        ({"open_to": ("DE",)}, False),
        ({"open_to": ()}, True),
    ],
)
def test_only_what_is_open_to_the_city(fields: dict[str, tuple[str, ...]], expected: bool) -> None:
    assert bool(proposed(*towns("a", *FIVE), network("n", **fields), *holders("n", *FIVE))) is expected


def test_what_has_ended_is_not_proposed() -> None:
    from atlas.model.dates import parse_date

    ended = charter("old", ended=parse_date("2019"))
    assert proposed(*towns("a", *FIVE), ended, *holders("old", *FIVE)) == []


def test_former_members_do_not_hold_it() -> None:
    gone = [commitment("welcome", id, "former", until="2020") for id in FIVE]
    assert proposed(*towns("a", *FIVE), network("welcome"), *gone) == []


def test_with_few_cities_of_its_size_the_most_shared_memberships_decide() -> None:
    abroad = towns("p", "q", "r", "s", country="CZ")
    records = [
        *towns("a", "b"),
        *abroad,
        *(network(id) for id in ("one", "two", "open", "closed")),
        *holders("one", "a", "p", "q", "r", "s"),
        *holders("two", "a", "p", "q", "r", "s"),
        *holders("open", "p", "q", "r", "b"),
        *holders("closed", "p", "q", "r"),
    ]
    result = found(*records)
    assert result is not None
    assert result.rule == (
        "Peers are the 4 recorded cities with the most memberships in common: too few of the same country "
        "are of the same size."
    )
    # Nobody says who may join either; only the first has a city of the same country in it.
    assert [(one.id, one.count) for one in result.suggestions] == [("open", "3 of 4 peers")]


def test_where_peers_are_too_few_nothing_is_said() -> None:
    records = [*towns("a", "b", "c"), network("welcome"), *holders("welcome", "b", "c")]
    assert found(*records) is None


def test_a_city_of_unknown_size_has_no_peers_by_size() -> None:
    assert found(city("a"), *towns(*FIVE), network("n"), *holders("n", *FIVE)) is None


def test_a_comparison_holds_eight_places() -> None:
    many = tuple(f"t{number}" for number in range(9))
    result = found(*towns("a", *many), network("n"), *holders("n", *many))
    assert result is not None
    assert result.compare == Link(
        text="Compare side by side with the first seven of these cities",
        href="compare/?c=a,t0,t1,t2,t3,t4,t5,t6",
    )


def test_no_city_of_the_data_is_told_to_join_what_it_is_recorded_in() -> None:
    through = sample_lens("en")
    for id in through.atlas.cities:
        result = following(through, id)
        if result:
            recorded = {c.instrument for c in through.atlas.commitments_of_city.get(id, ())}
            assert recorded.isdisjoint(one.id for one in result.suggestions)
