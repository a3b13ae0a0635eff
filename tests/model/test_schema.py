"""The one description of every column and key."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from atlas.model.schema import DEFAULT_LANGUAGES, Field, schema
from atlas.validate.values import CHECKS, value_problem


def every_field(fields: tuple[Field, ...]) -> Iterator[Field]:
    for one in fields:
        yield one
        yield from every_field(one.fields)


FIELDS = [
    pytest.param(one, id=f"{record.name}-{one.name}")
    for record in schema().values()
    for one in every_field(record.fields)
]


@pytest.mark.parametrize("one", FIELDS)
def test_every_field_is_explained_in_both_languages(one: Field) -> None:
    assert set(one.help) == set(DEFAULT_LANGUAGES)
    assert all(text.endswith(".") for text in one.help.values())


@pytest.mark.parametrize("one", FIELDS)
def test_every_example_is_a_good_value(one: Field) -> None:
    if one.example:
        assert value_problem(one.example, one) is None


@pytest.mark.parametrize("one", FIELDS)
def test_every_type_has_a_check(one: Field) -> None:
    assert one.type in CHECKS or one.type in ("ref", "mapping")
    assert (one.type == "ref") == (one.refers is not None)
    assert (one.type == "mapping") == bool(one.fields)


def test_the_canonical_columns() -> None:
    columns = {record.path: [one.name for one in record.fields] for record in schema().values()}
    assert columns["cities.csv"] == [
        "id", "name", "name_en", "name_pl", "country", "region", "lat", "lon", "population", "geonames",
        "wikidata", "website", "codes", "former_names", "until", "successor", "former_ids",
    ]  # fmt: skip
    assert columns["commitments/{instrument}.csv"] == [
        "city", "period", "status", "decided", "since", "until", "role", "act", "sources", "verified",
        "verified_by", "note_en", "note_pl",
    ]  # fmt: skip


def test_a_third_language_adds_columns_and_keys() -> None:
    three = schema(("en", "pl", "uk"))
    assert list(three["city"].by_name)[1:5] == ["name", "name_en", "name_pl", "name_uk"]
    assert "note_uk" in three["commitment"].by_name
    assert "reason_uk" in three["contradiction"].by_name
    items = three["action"].by_name["items"]
    assert [one.name for one in items.fields] == ["en", "pl", "uk", "state", "on", "sources"]


def test_two_languages_are_the_default() -> None:
    assert dict(schema()) == dict(schema(("en", "pl")))
