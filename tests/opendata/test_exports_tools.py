"""The open data in tools that nobody here wrote: Datasette, Frictionless, an RDF library."""

from __future__ import annotations

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from datasette.app import Datasette  # type: ignore[import-untyped]
from frictionless import Package
from rdflib import DCAT, DCTERMS, FOAF, RDF, Graph, Literal, Namespace, URIRef
from tests.opendata.test_exports import contents, exports, read

SPDX = Namespace("http://spdx.org/rdf/terms#")
SITE = "https://example.org/atlas/"

# The library's own reader of JSON-LD makes one.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Everything below /data/ of the real atlas, as it is published."""
    root = tmp_path_factory.mktemp("published")
    made = {**{f"data/{path}": content for path, content in contents("sample").items()}, **exports("sample")}
    for path, content in made.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)
    return root / "data"


# Datasette


def asked(folder: Path, path: str, **query: str) -> Any:
    """Return what Datasette answers for a path below the database."""

    async def ask() -> Any:
        datasette = Datasette([str(folder / "atlas.sqlite")], immutables=[])
        answer = await datasette.client.get(f"/atlas/{path}.json?{urlencode({'_shape': 'objects', **query})}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    # The loop of a browser under test may run in this thread.
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(asyncio.run, ask()).result()


@pytest.mark.parametrize("word", ["lodz", "Łódź", "ŁÓDŹ"])
def test_datasette_finds_a_city_by_any_spelling(folder: Path, word: str) -> None:
    found = asked(folder, "cities", _search=word)
    assert found["rows"][0]["id"] == "lodz"


def test_datasette_knows_keys_and_names(folder: Path) -> None:
    table = asked(folder, "commitments", city="krakow", _size="max")
    assert table["primary_keys"] == ["id"]
    assert {row["id"] for row in table["rows"]} == {
        one.key for one in read("sample").commitments_of_city["krakow"]
    }
    row = asked(folder, "cities/krakow", _extras="foreign_key_tables")
    assert row["rows"][0]["name"] == "Kraków"


def test_datasette_counts_by_country_in_sql(folder: Path) -> None:
    of = read("sample")
    found = asked(folder, "claims", _facet="country", _size="1")
    counted = {one["value"]: one["count"] for one in found["facet_results"]["country"]["results"]}
    expected: dict[str, int] = {}
    for one in of.commitments:
        country = of.cities[one.city].country
        expected[country] = expected.get(country, 0) + 1
    assert counted == {country: expected[country] for country in counted}
    assert counted["PL"] == expected["PL"]


# Frictionless


def test_frictionless_accepts_the_package_with_all_that_is_made(folder: Path) -> None:
    report = Package.from_descriptor(str(folder / "datapackage.json")).validate()
    assert report.valid, report.to_summary()
    places = {task.place for task in report.tasks}
    assert {"atlas-flat.csv", "cities.geojson", "atlas.sqlite", "cities.csv"} <= places


# DCAT-AP


@pytest.fixture(scope="module")
def graph() -> Graph:
    return Graph().parse(data=exports("sample")["data/dcat.jsonld"], format="json-ld")


# What DCAT-AP 3.0 makes mandatory, and what it recommends that portals filter by.
REQUIRED = {
    DCAT.Catalog: (DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCAT.dataset, DCAT.service),
    DCAT.Dataset: (
        *(DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCAT.distribution, DCAT.theme, DCAT.keyword),
        *(DCTERMS.spatial, DCAT.landingPage, DCTERMS.identifier),
    ),
    DCAT.Distribution: (DCAT.accessURL, DCAT.downloadURL, DCTERMS.license, DCAT.mediaType, SPDX.checksum),
    DCAT.DataService: (DCTERMS.title, DCAT.endpointURL, DCAT.servesDataset),
    FOAF.Agent: (FOAF.name,),
    SPDX.Checksum: (SPDX.algorithm, SPDX.checksumValue),
}


@pytest.mark.parametrize("kind", REQUIRED)
def test_the_catalogue_has_what_dcat_ap_requires(graph: Graph, kind: URIRef) -> None:
    nodes = set(graph.subjects(RDF.type, kind))
    assert nodes
    missing = [(node, one) for node in nodes for one in REQUIRED[kind] if graph.value(node, one) is None]
    assert missing == []


def test_the_catalogue_names_no_more_than_there_is(graph: Graph, folder: Path) -> None:
    urls = {str(url) for url in graph.objects(None, DCAT.downloadURL)}
    assert all(url.startswith(SITE) for url in urls)
    assert all((folder.parent / url.removeprefix(SITE)).is_file() for url in urls)
    [dataset] = graph.subjects(RDF.type, DCAT.Dataset)
    assert set(graph.objects(dataset, DCAT.distribution)) == set(graph.subjects(RDF.type, DCAT.Distribution))
    titles = {title.language for title in graph.objects(dataset, DCTERMS.title) if isinstance(title, Literal)}
    assert titles == {"en", "pl"}
    [homepage] = {str(page) for page in graph.objects(None, FOAF.homepage)}
    assert homepage == SITE


def test_sizes_and_checksums_are_those_of_the_files(graph: Graph, folder: Path) -> None:
    listed = (folder / "SHA256SUMS").read_text("utf-8").splitlines()
    sums = {path: digest for digest, path in (line.split("  ") for line in listed)}
    for one in graph.subjects(RDF.type, DCAT.Distribution):
        path = str(graph.value(one, DCAT.downloadURL)).removeprefix(f"{SITE}data/")
        checksum = graph.value(graph.value(one, SPDX.checksum), SPDX.checksumValue)
        assert str(checksum).lower() == sums[path]
        assert int(str(graph.value(one, DCAT.byteSize))) == (folder / path).stat().st_size


def test_without_an_address_of_the_site_the_catalogue_is_relative() -> None:
    made = exports("good", "")["data/dcat.jsonld"]
    graph = Graph().parse(data=made, format="json-ld", publicID="http://localhost:8000/data/dcat.jsonld")
    urls = {str(url) for url in graph.objects(None, DCAT.downloadURL)}
    assert "http://localhost:8000/data/cities.csv" in urls
    assert "https://" not in json.dumps([url for url in urls])
