"""The API: every document fits its description, which is valid OpenAPI, and lists come in parts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from openapi_spec_validator import OpenAPIV31SpecValidator
from tests.builders import (
    action,
    atlas,
    charter,
    city,
    commitment,
    contradiction,
    lenses,
    network,
    sample_atlas,
    source,
    when,
)
from tests.opendata.test_exports import read

from atlas.model.records import Atlas
from atlas.opendata.api import documents, lists, openapi, shapes, values
from atlas.opendata.api.values import Json
from atlas.site.routes import FILES, AtlasScene

every_set = pytest.mark.parametrize("name", ["sample", "good"])


def atlas_of(name: str) -> Atlas:
    return sample_atlas() if name == "sample" else read("good")


@cache
def described() -> Json:
    return openapi.openapi(lenses(read("good")))


def closed(shape: Any) -> Any:
    """Return a shape that allows nothing but what is described, as the API promises less to others."""
    if isinstance(shape, list):
        return [closed(one) for one in shape]
    if not isinstance(shape, dict):
        return shape
    made = {key: closed(value) for key, value in shape.items()}
    if "properties" in made and "additionalProperties" not in made:
        made["additionalProperties"] = False
    return made


@cache
def validator(shape: str) -> Draft202012Validator:
    components = {"schemas": closed(shapes.shapes())}
    schema = {"$ref": f"#/components/schemas/{shape}", "components": components}
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=FormatChecker())


def problems(shape: str, text: str) -> list[str]:
    return [f"{one.json_path}: {one.message}" for one in validator(shape).iter_errors(json.loads(text))]


def files(of: Atlas) -> Iterator[tuple[str, str]]:
    """Yield every file of the API, as the routes make them."""
    every = lenses(of)
    scene = AtlasScene(every[0], every, *(None,) * 2)  # type: ignore[arg-type]  # the API needs no drawings, texts or files
    for name in ("city document", "document", "list", "api"):
        for id in FILES[name].ids(scene):
            made = FILES[name].make(scene, id)
            yield from made  # type: ignore[misc]  # these routes make files


# The description


def test_the_description_is_valid_openapi() -> None:
    OpenAPIV31SpecValidator(described()).validate()


def test_every_file_is_described_and_fits_its_description() -> None:
    """Also of the real atlas, whose claims are of more kinds than those of any test."""
    for name in ("good", "sample"):
        paths = described()["paths"]
        patterns = {re.compile(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(path))): path for path in paths}
        for path, text in files(atlas_of(name)):
            below = path.removeprefix("api/v1")
            if below == "/openapi.json":
                continue
            [found] = [known for pattern, known in patterns.items() if pattern.fullmatch(below)][:1]
            content = paths[found]["get"]["responses"]["200"]["content"]["application/json"]
            shape = content["schema"]["$ref"].rpartition("/")[2]
            assert problems(shape, text) == [], path


def test_the_check_notices_what_is_not_described() -> None:
    document = documents.topic(lenses(read("good")), "human-rights")
    assert problems("Topic", json.dumps(document)) == []
    assert problems("Topic", json.dumps({**document, "new": 1})) == [
        "$: Additional properties are not allowed ('new' was unexpected)"
    ]
    del document["pages"]
    assert problems("Topic", json.dumps(document)) == ["$: 'pages' is a required property"]


def test_shapes_are_open_to_further_fields() -> None:
    assert "additionalProperties" not in shapes.shapes()["City"]


# Documents


def test_a_date_says_how_exact_it_is() -> None:
    assert values.date(when("2012~")) == {
        "edtf": "2012~",
        "value": "2012",
        "precision": "year",
        "earliest": "2012-01-01",
        "latest": "2012-12-31",
        "approximate": True,
        "uncertain": False,
    }
    assert values.date(None) is None


def small() -> Atlas:
    return atlas(
        city("krakow", "Kraków", names={"en": "Krakow", "pl": "Kraków"}, lat=50.06, lon=19.94),
        city("nowhere"),
        network("wel", "Welcome", acronym="WEL", topics=("migration",)),
        charter("pact", "Pact"),
        commitment("wel", "krakow", since="1992-11-09", until="2004"),
        commitment("wel", "krakow", since="2011-10", period="2011-10", verified="2026-11"),
        commitment("pact", "krakow", "signatory"),
        contradiction("commitments/pact:krakow", "since", "2019", preferred=True),
        contradiction("commitments/pact:krakow", "since", "2020"),
        action("no", cities=("krakow",), instrument="wel", status="refused", date="1990"),
    )


def test_a_claim_has_its_id_its_dates_its_pages_and_its_sources() -> None:
    document = documents.city(lenses(small()), "krakow")
    claims = {one["id"]: one for one in document["commitments"]}
    assert set(claims) == {"krakow/wel", "krakow/wel/2011-10", "krakow/pact"}
    ended, standing, pact = claims["krakow/wel"], claims["krakow/wel/2011-10"], claims["krakow/pact"]
    assert (ended["state"], standing["state"]) == ("ended", "committed")
    assert standing["since"]["value"] == "2011-10"
    assert standing["verified"]["precision"] == "month"
    assert standing["pages"] == {"en": "cities/krakow/#wel-2011-10", "pl": "pl/miasta/krakow/#wel-2011-10"}
    assert standing["sources"] == ["page"]
    assert document["sources"]["page"]["title"] == "A page"
    assert (pact["since"], pact["disputed"], standing["disputed"]) == (None, True, False)
    assert [one["value"] for one in document["differences"][0]["values"]] == ["2019", "2020"]


def test_a_page_that_is_gone_is_told_wherever_its_source_is_named() -> None:
    every = lenses(
        atlas(
            city("krakow"),
            network("wel"),
            source("page", url="https://example.org/list", gone=when("2026-03")),
            commitment("wel", "krakow"),
        )
    )
    told = {
        "own": documents.source(every, "page")["gone"],
        "city": documents.city(every, "krakow")["sources"]["page"]["gone"],
        "instrument": documents.instrument(every, "wel")["sources"]["page"]["gone"],
    }
    assert {name: date["edtf"] for name, date in told.items()} == dict.fromkeys(told, "2026-03")


def test_an_action_names_what_it_fulfils() -> None:
    every = lenses(
        atlas(city("krakow"), network("wel"), action("plan", instrument="wel", fulfils=("report",)))
    )
    assert documents.action(every, "plan")["fulfils"] == ["report"]


def test_what_is_unknown_is_null() -> None:
    document = documents.city(lenses(small()), "nowhere")
    unknown = ("region", "location", "population", "geonames", "wikidata", "website")
    assert [document[name] for name in unknown] == [None] * 6
    assert document["commitments"] == []


def test_a_claim_reads_the_same_in_every_document() -> None:
    every = lenses(small())
    of_city = {one["id"]: one for one in documents.city(every, "krakow")["commitments"]}
    of_instrument = documents.instrument(every, "wel")["commitments"]
    listed = {one["id"]: one for one in lists.part(every, "commitments", 1)["items"]}
    assert of_instrument[0]["shown"]["en"] == {"city": "Krakow", "country": "PL"}
    for one in of_instrument:
        for told in (one, of_city[one["id"]]):
            assert {key: value for key, value in told.items() if key != "shown"} == listed[one["id"]]


@every_set
def test_every_id_that_a_document_names_has_a_document(name: str) -> None:
    of = atlas_of(name)
    every = lenses(of)
    made = {path for path, _ in files(of)}
    for id in of.instruments:
        document = documents.instrument(every, id)
        assert {f"api/v1/cities/{one['city']}.json" for one in document["commitments"]} <= made
        assert {f"api/v1/sources/{source}.json" for source in document["sources"]} <= made
        assert {f"api/v1/actions/{one}.json" for one in document["actions"]} <= made
        assert {source for one in document["commitments"] for source in one["sources"]} <= document[
            "sources"
        ].keys()


def test_the_index_leads_to_every_list() -> None:
    made = dict(files(read("good")))
    index = json.loads(made["api/v1/index.json"])
    for name, one in index["lists"].items():
        part = json.loads(made[f"api/v1/{one['first']}"])
        assert (part["id"], part["total"], part["pages"]) == (name, one["total"], one["pages"])
    assert f"api/v1/{index['vocabulary']}" in made and f"api/v1/{index['description']}" in made
    assert index["licence"]["id"] == "CC-BY-4.0"


# Parts


def test_a_long_list_comes_in_parts_that_name_the_next() -> None:
    every = lenses(atlas(*(city(f"c{number}") for number in range(5))))
    parts = [lists.part(every, "cities", page, most=2) for page in (1, 2, 3)]
    assert [part["next"] for part in parts] == ["cities.2.json", "cities.3.json", None]
    assert [[one["id"] for one in part["items"]] for part in parts] == [["c0", "c1"], ["c2", "c3"], ["c4"]]
    assert {(part["total"], part["pages"]) for part in parts} == {(5, 3)}


def test_an_empty_list_has_one_empty_part() -> None:
    every = lenses(atlas())
    path, text = lists.file(every, "actions", "1")
    assert path == "api/v1/actions.json"
    assert json.loads(text)["items"] == []


def test_a_list_has_one_record_a_line() -> None:
    _, text = lists.file(lenses(small()), "cities", "1")
    assert [line[:14] for line in text.splitlines()[1:3]] == ['{"id":"krakow"', '{"id":"nowhere']
