"""Structured data: valid, true to the dates of the sources, and never more than data."""

from __future__ import annotations

import dataclasses
import json
import re
from typing import Any

import pytest
from rdflib import RDF, Graph, Literal, Namespace, URIRef
from tests.builders import atlas, charter, city, commitment, lens, network, sample_lens, sample_pages, when

from atlas.dataset.file_formats import Download
from atlas.opendata.jsonld import script, structured
from atlas.views.lens import Lens
from atlas.views.pages.city import city_page
from atlas.views.pages.home import home_page
from atlas.views.pages.instrument import instrument_page
from atlas.views.pages.open_data import data_page

SCHEMA = Namespace("https://schema.org/")
SITE = "https://example.org/atlas"
EVIL = "</script><script>alert(1)</script><!-- & \u2028"

SMALL = atlas(
    city("krakow", "Kraków", wikidata="Q31487", geonames="3094802", lat=50.06, lon=19.94),
    city("evil", EVIL),
    network("eccar", "European Coalition", acronym="ECCAR", began=when("2004-12")),
    network("exact", EVIL),
    network("unsure"),
    network("left"),
    network("gone"),
    charter("pact", began=when("2019-12-16")),
    commitment("eccar", "krakow", since="2022"),
    commitment("exact", "krakow", since="2011-10-05"),
    commitment("unsure", "krakow", since="2015~"),
    commitment("left", "krakow", status="former", since="1992", until="2004-05"),
    commitment("gone", "krakow", status="former", since="1992"),
    commitment("pact", "krakow", status="signatory", since="2020"),
)

# schema.org's own definitions (version 29) of what is used here: the properties of each type, its
# supertypes' among them.
THING = {"name", "alternateName", "description", "url", "sameAs", "@id"}
WORK = (
    THING
    | {"dateCreated", "dateModified", "inLanguage", "license", "creator", "version"}
    | {
        "isAccessibleForFree",
        "encodingFormat",
    }
)
PROPERTIES = {
    "City": THING | {"address", "geo"},
    "Country": THING,
    "Organization": THING | {"address", "memberOf", "foundingDate", "dissolutionDate"},
    "OrganizationRole": THING | {"memberOf", "startDate", "endDate"},
    "PostalAddress": THING | {"addressCountry"},
    "GeoCoordinates": THING | {"latitude", "longitude"},
    "BreadcrumbList": THING | {"itemListElement"},
    "ListItem": THING | {"position", "item"},
    "CreativeWork": WORK,
    "WebSite": WORK,
    "Dataset": WORK | {"distribution", "keywords"},
    "DataDownload": WORK | {"contentUrl"},
}


def published(of: Lens) -> Lens:
    return dataclasses.replace(of, siteurl=SITE, edition="2026-11-22.3f9c2a1")


def told(through: Lens, view: Any) -> dict[str, Any]:
    block = structured(through, view, view.frame)
    assert block is not None
    content: dict[str, Any] = json.loads(block)
    return content


def about(view: Any, through: Lens) -> dict[str, Any]:
    first: dict[str, Any] = told(through, view)["@graph"][0]
    return first


def krakow() -> dict[str, Any]:
    through = published(lens(SMALL))
    return about(city_page(through, "krakow"), through)


def nodes(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, list):
        return [node for item in value for node in nodes(item)]
    if isinstance(value, dict):
        return [value, *(node for item in value.values() for node in nodes(item))]
    return []


def test_a_city_is_told_with_its_entries_elsewhere() -> None:
    node = krakow()
    assert node["@type"] == ["City", "Organization"]
    assert node["@id"] == node["url"] == f"{SITE}/cities/krakow/"
    assert node["sameAs"] == [
        "https://www.wikidata.org/entity/Q31487",
        "https://sws.geonames.org/3094802/",
    ]
    assert node["geo"] == {"@type": "GeoCoordinates", "latitude": 50.06, "longitude": 19.94}


def test_a_membership_has_the_date_of_its_source_and_no_other() -> None:
    roles = {
        role["memberOf"]["url"].rstrip("/").rpartition("/")[2]: (role.get("startDate"), role.get("endDate"))
        for role in krakow()["memberOf"]
    }
    assert roles == {
        "eccar": ("2022", None),
        "exact": ("2011-10-05", None),
        "unsure": (None, None),
        "left": ("1992", "2004-05"),
        # "gone" ended nobody knows when: without an end it would read as a membership of today. A charter
        # has no members.
    }


def test_networks_are_organisations_and_charters_are_works() -> None:
    through = published(lens(SMALL))
    eccar, pact = (about(instrument_page(through, id), through) for id in ("eccar", "pact"))
    assert (eccar["@type"], eccar["alternateName"], eccar["foundingDate"]) == (
        "Organization",
        "ECCAR",
        "2004-12",
    )
    assert (pact["@type"], pact["dateCreated"]) == ("CreativeWork", "2019-12-16")


def test_the_dataset_stands_on_the_home_page_and_with_its_files_on_the_data_page() -> None:
    through = published(lens(SMALL, "pl"))
    home = told(through, home_page(through))["@graph"]
    assert [node["@type"] for node in home] == ["WebSite", "Dataset"]
    whole = about(data_page(through, (Download("data/cities.csv", 9),)), through)
    assert whole["@id"] == home[1]["@id"] == f"{SITE}/data/#dataset"
    assert (whole["version"], whole["dateModified"]) == ("2026-11-22.3f9c2a1", "2026-11-22")
    assert whole["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert {
        "@type": "DataDownload",
        "contentUrl": f"{SITE}/data/cities.csv",
        "encodingFormat": "text/csv",
    } in whole["distribution"]


def test_the_way_to_a_page() -> None:
    through = published(lens(SMALL))
    way = told(through, city_page(through, "krakow"))["@graph"][-1]
    assert [(item["position"], item["name"], item["item"]) for item in way["itemListElement"]] == [
        (1, "Home", f"{SITE}/"),
        (2, "Cities", f"{SITE}/cities/"),
        (3, "Poland", f"{SITE}/countries/pl/"),
        (4, "Kraków", f"{SITE}/cities/krakow/"),
    ]


def test_nothing_is_told_without_the_address_of_the_site() -> None:
    through = lens(SMALL)
    view = city_page(through, "krakow")
    assert structured(through, view, view.frame) is None


def test_nothing_in_it_ends_the_element() -> None:
    through = published(lens(SMALL))
    view = city_page(through, "evil")
    block = str(structured(through, view, view.frame))
    assert not re.search("[<>&\u2028\u2029]", block)
    assert json.loads(block)["@graph"][0]["name"] == EVIL
    with pytest.raises(ValueError):
        script(float("nan"))


@pytest.mark.parametrize("code", ["en", "pl"])
def test_every_block_of_the_real_data_keeps_to_the_vocabulary(code: str) -> None:
    through = published(sample_lens(code))
    kinds = set()
    for path, view in sample_pages(code).items():
        block = structured(through, view, view.frame)
        for node in nodes(json.loads(block)["@graph"]) if block else ():
            types = node["@type"] if isinstance(node["@type"], list) else [node["@type"]]
            allowed = {"@type"}.union(*(PROPERTIES[type] for type in types))
            assert set(node) <= allowed, (path, set(node) - allowed)
            assert all(value not in (None, "", []) for value in node.values()), (path, node)
            kinds |= set(types)
            for name in ("startDate", "endDate", "foundingDate", "dateCreated"):
                assert re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", node.get(name, "2000")), (path, node)
    assert kinds == set(PROPERTIES)


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
def test_it_is_rdf() -> None:
    """rdflib reads it as what it means; the context is given here, as nothing is fetched."""
    through = published(lens(SMALL))
    content = told(through, city_page(through, "krakow")) | {"@context": {"@vocab": str(SCHEMA)}}
    graph = Graph().parse(data=json.dumps(content), format="json-ld")
    city = URIRef(f"{SITE}/cities/krakow/")
    assert {SCHEMA.City, SCHEMA.Organization} == set(graph.objects(city, RDF.type))
    starts = {
        (
            str(graph.value(graph.value(role, SCHEMA.memberOf), SCHEMA.name)),
            graph.value(role, SCHEMA.startDate),
        )
        for role in graph.objects(city, SCHEMA.memberOf)
    }
    assert ("European Coalition", Literal("2022")) in starts and len(starts) == 4
