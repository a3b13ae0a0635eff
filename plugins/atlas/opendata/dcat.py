"""The catalogue for open-data portals: DCAT-AP 3 in JSON-LD.

https://semiceu.github.io/DCAT-AP/releases/3.0.0/. One data set, one distribution for each form in which it
can be downloaded whole, and the API as a data service. The context stands in the file, so that nothing is
fetched to read it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from ..dataset.file_formats import format_of
from ..model.records import Atlas
from ..views.lens import Lens
from .checksums import sha256
from .descriptions import DESCRIPTIONS

PATH = "data/dcat.jsonld"

_EU = "http://publications.europa.eu/resource/authority"
_IANA = "http://www.iana.org/assignments/media-types"
Node = dict[str, Any]


def catalogue(lenses: Sequence[Lens], files: Mapping[str, bytes]) -> bytes:
    """Return the catalogue of ``files``, by their paths below the root of the site.

    Where the address of the site is not known, addresses are relative to the file.
    """
    lens = lenses[0]
    root = lens.absolute("") or "../"
    dataset, page = f"{root}data/#dataset", f"{root}{lens.addresses.path(lens.lang.code, 'data')}"
    about = {
        "dct:title": _said(lenses, lambda one: one.name),
        "dct:description": _said(lenses, lambda one: one.lang.text(one.about.description)),
        "dct:publisher": _publisher(lens, root),
        "dct:language": list(_languages(lenses)),
        "dct:modified": _typed(lens.as_of.isoformat(), "xsd:date"),
    }
    graph: list[Node] = [
        {
            "@id": f"{root}data/#catalogue",
            "@type": "dcat:Catalog",
            **about,
            "dct:license": _licence(lens),
            "foaf:homepage": {"@id": root, "@type": "foaf:Document"},
            "dcat:dataset": {"@id": dataset},
            "dcat:service": {"@id": f"{root}data/#api"},
        },
        {
            "@id": dataset,
            "@type": "dcat:Dataset",
            **about,
            "dct:identifier": dataset,
            "dcat:version": lens.version,
            "dct:accrualPeriodicity": _eu("frequency", "IRREG"),
            "dct:accessRights": _eu("access-right", "PUBLIC"),
            "dcat:theme": [_eu("data-theme", code) for code in lens.about.themes],
            "dcat:keyword": [
                _literal(word, code) for code, words in lens.about.keywords.items() for word in words
            ],
            "dcat:landingPage": {"@id": page, "@type": "foaf:Document"},
            **_contact(lens),
            **_spatial(lens.atlas),
            "dcat:distribution": [{"@id": f"{root}data/#{path}"} for path in files],
        },
        {
            "@id": f"{root}data/#api",
            "@type": "dcat:DataService",
            "dct:title": _said(lenses, _api_name),
            "dcat:endpointURL": {"@id": f"{root}api/v1/index.json"},
            "dcat:endpointDescription": {"@id": f"{root}api/v1/openapi.json"},
            "dcat:servesDataset": {"@id": dataset},
            "dct:license": _licence(lens),
            "dct:accessRights": _eu("access-right", "PUBLIC"),
        },
        *(_distribution(lenses, path, content, root) for path, content in files.items()),
    ]  # fmt: skip
    whole = {"@context": DESCRIPTIONS["dcat"]["context"], "@graph": graph}
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


def _distribution(lenses: Sequence[Lens], path: str, content: bytes, root: str) -> Node:
    form, name = format_of(path), path.removeprefix("data/")
    node: Node = {
        "@id": f"{root}data/#{path}",
        "@type": "dcat:Distribution",
        "dct:title": [_literal(f"{name} ({form.name})", one.lang.code) for one in lenses],
        "dcat:accessURL": {"@id": f"{root}{path}"},
        "dcat:downloadURL": {"@id": f"{root}{path}"},
        "dcat:mediaType": {"@id": f"{_IANA}/{form.media}", "@type": "dct:MediaType"},
        "dcat:byteSize": _typed(str(len(content)), "xsd:nonNegativeInteger"),
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": _typed(sha256(content), "xsd:hexBinary"),
        },
        "dct:license": _licence(lenses[0]),
        "dct:modified": _typed(lenses[0].as_of.isoformat(), "xsd:date"),
        "dcatap:availability": _eu("planned-availability", "STABLE"),
    }  # fmt: skip
    if form.eu:
        node["dct:format"] = _eu("file-type", form.eu)
    return node


def _languages(lenses: Sequence[Lens]) -> Iterator[Node]:
    import pycountry  # takes a while

    for one in lenses:
        if known := pycountry.languages.get(alpha_2=one.lang.code):
            yield _eu("language", known.alpha_3.upper())


def _publisher(lens: Lens, root: str) -> Node:
    return {"@id": f"{root}#publisher", "@type": "foaf:Agent", "foaf:name": lens.publisher}


def _contact(lens: Lens) -> Node:
    host = lens.host
    contact: Node = {"@type": "vcard:Kind", "vcard:fn": lens.publisher}
    if host.email:
        contact["vcard:hasEmail"] = {"@id": f"mailto:{host.email}"}
    if host.code:
        contact["vcard:hasURL"] = {"@id": host.code}
    return {"dcat:contactPoint": contact} if len(contact) > 2 else {}


def _spatial(atlas: Atlas) -> Node:
    """Return the rectangle around the cities whose place is known."""
    known = [
        (city.lon, city.lat)
        for city in atlas.cities.values()
        if city.lon is not None and city.lat is not None
    ]
    if not known:
        return {}
    west, south = (min(axis) for axis in zip(*known, strict=True))
    east, north = (max(axis) for axis in zip(*known, strict=True))
    corners = ((west, south), (east, south), (east, north), (west, north), (west, south))
    ring = ", ".join(f"{lon} {lat}" for lon, lat in corners)
    return {
        "dct:spatial": {"@type": "dct:Location", "dcat:bbox": _typed(f"POLYGON(({ring}))", "geo:wktLiteral")}
    }


def _licence(lens: Lens) -> Node:
    licence = lens.about.licence
    code = licence.id.replace("-", "_").replace(".", "_")
    known = f"{_EU}/licence/{code}" if code.startswith("CC_") else licence.url
    return {"@id": known, "@type": "dct:LicenseDocument", "foaf:page": {"@id": licence.url}}


def _eu(table: str, code: str) -> Node:
    return {"@id": f"{_EU}/{table}/{code}"}


def _said(lenses: Sequence[Lens], say: Callable[[Lens], str]) -> list[Node]:
    return [_literal(say(one), one.lang.code) for one in lenses]


def _api_name(lens: Lens) -> str:
    return lens.lang.t("JSON API: %(atlas)s", atlas=lens.name)


def _literal(text: str, lang: str) -> Node:
    return {"@value": text, "@language": lang}


def _typed(value: str, kind: str) -> Node:
    return {"@value": value, "@type": kind}
