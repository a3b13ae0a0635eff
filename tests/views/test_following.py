"""What could follow for a city: who its peers are, what they hold, and what is never proposed."""

from __future__ import annotations

import pytest
from tests.builders import Record, action, atlas, charter, city, commitment, lens, network, sample_lens

from atlas.languages.words import Link, Words
from atlas.views.analysis.peers import Following, following

FIVE = ("b", "c", "d", "e", "f")
SHARED = ("one", "two")
"""Networks that all towns are in."""


def towns(*ids: str, **fields: str) -> list[Record]:
    """Return cities that are all in the same two networks."""
    return [*(city(id, **fields) for id in ids), *(commitment(n, id) for n in SHARED for id in ids)]


def found(*records: Record, lang: str = "en", of: str = "a") -> Following | None:
    return following(lens(atlas(*map(network, SHARED), *records), lang), of)


def proposed(*records: Record) -> list[tuple[str, str]]:
    result = found(*records)
    assert result is not None
    return [(one.id, one.count) for one in result.suggestions]


def holders(instrument: str, *ids: str) -> list[Record]:
    return [commitment(instrument, id) for id in ids]


def test_what_most_cities_with_the_same_memberships_hold() -> None:
    result = found(
        *towns("a", *FIVE),
        city("other"),
        network("welcome", "Welcome Network", acronym="WEL", topics=("migration",)),
        *holders("welcome", "b", "c", "d", "other"),
    )
    assert result is not None
    assert result.rule == "Peers are the 5 recorded cities with the most memberships in common."
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
        "Miasta podobne to 5 odnotowanych miast, które mają najwięcej wspólnych zobowiązań."
    )
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


def test_of_what_nobody_says_who_may_join_a_city_of_the_same_country_must_be_in_it() -> None:
    abroad = towns("p", "q", "r", "s", country="CZ")
    records = [
        *towns("a"),
        *abroad,
        city("b"),
        *(network(id) for id in ("open", "closed")),
        *holders("open", "p", "q", "r", "b"),
        *holders("closed", "p", "q", "r"),
    ]
    assert proposed(*records) == [("open", "3 of 4 peers")]


def test_where_peers_are_too_few_nothing_is_said() -> None:
    records = [*towns("a", "b", "c"), network("welcome"), *holders("welcome", "b", "c")]
    assert found(*records) is None


def test_no_city_of_the_data_is_told_to_join_what_it_is_recorded_in() -> None:
    through = sample_lens("en")
    for id in through.atlas.cities:
        result = following(through, id)
        if result:
            recorded = {c.instrument for c in through.atlas.commitments_of_city.get(id, ())}
            assert recorded.isdisjoint(one.id for one in result.suggestions)
