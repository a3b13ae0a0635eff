"""Structured data for search engines: schema.org as JSON-LD, in a block that no browser runs.

Only what the atlas knows is said, and only as exactly as its source says it: a year stays a year, and a date
that a source itself doubts is left out, because schema.org has no way to say so. A charter is not an
organisation, so a signature is not a membership; it stands on the page and in the data alone.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from ..dataset.file_formats import format_of
from ..model.dates import PartialDate
from ..model.records import City, Commitment, Instrument
from ..views.lens import Lens
from ..views.pages.city import CityPage
from ..views.pages.country import CountryPage
from ..views.pages.home import HomePage
from ..views.pages.instrument import InstrumentPage
from ..views.pages.open_data import DataPage
from ..views.parts import Frame

Node = dict[str, Any]


def structured(lens: Lens, view: object, frame: Frame) -> Markup | None:
    """Return the block of a page as escaped JSON, or None where there is nothing to say.

    Nothing is said without the address of the site: what has no address cannot be linked to.
    """
    if not lens.siteurl:
        return None
    nodes = [*_about(lens, view), *_way(lens, frame)]
    return script({"@context": "https://schema.org", "@graph": nodes}) if nodes else None


def script(value: object) -> Markup:
    """Return JSON that can stand in a ``<script>``: whatever it holds cannot end that element."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for mark in "<>&\u2028\u2029":
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    return Markup(text)


def _about(lens: Lens, view: object) -> Sequence[Node]:
    match view:
        case CityPage():
            return (_city(lens, lens.atlas.cities[view.frame.id], view),)
        case InstrumentPage():
            return (_instrument(lens, lens.atlas.instruments[view.frame.id], view.frame),)
        case CountryPage():
            return ({"@type": "Country", "@id": _url(lens, view.frame), "name": view.name},)
        case HomePage():
            return (_website(lens, view.frame), _dataset(lens, ()))
        case DataPage():
            stored = (offer for folder in view.files for offer in folder.entries)
            offers = (*view.whole, *view.described, *stored)
            return (_dataset(lens, [file.link.href for offer in offers for file in offer.files]),)
        case _:
            return ()


# Places and what they belong to


def _city(lens: Lens, city: City, view: CityPage) -> Node:
    """Return the city as a place and as the body that joins networks."""
    same = (
        f"https://www.wikidata.org/entity/{city.wikidata}" if city.wikidata else None,
        f"https://sws.geonames.org/{city.geonames}/" if city.geonames else None,
    )
    held = lens.atlas.commitments_of_city.get(city.id, ())
    return _known(
        {
            "@type": ["City", "Organization"],
            "@id": _url(lens, view.frame),
            "name": view.name,
            "alternateName": [words.text for words in view.other_names],
            "url": _url(lens, view.frame),
            "sameAs": [address for address in same if address],
            "address": {"@type": "PostalAddress", "addressCountry": city.country},
            "geo": None
            if city.lat is None or city.lon is None
            else {"@type": "GeoCoordinates", "latitude": city.lat, "longitude": city.lon},
            "memberOf": [role for c in held if (role := _membership(lens, c))],
        }
    )


def _membership(lens: Lens, commitment: Commitment) -> Node | None:
    """Return a membership of a network; None for what is none, or whose end is certain but not its date."""
    instrument = lens.atlas.instruments[commitment.instrument]
    if instrument.family != "network" or commitment.status not in ("member", "former"):
        return None
    ended = lens.state(commitment) == "ended"
    if ended and not _iso(commitment.until):
        return None
    link = lens.instrument_link(instrument.id)
    return _known(
        {
            "@type": "OrganizationRole",
            "memberOf": {
                "@type": "Organization",
                "name": link.text,
                "url": lens.absolute(link.href),
            },
            "startDate": _iso(commitment.since),
            "endDate": _iso(commitment.until),
        }
    )


def _instrument(lens: Lens, instrument: Instrument, frame: Frame) -> Node:
    """Return a network as an organisation, a charter as a work that was adopted."""
    name = lens.instrument_name(instrument).text
    summary = lens.lang.words(instrument.summary)
    common = {
        "@id": _url(lens, frame),
        "name": name,
        "alternateName": short if (short := lens.instrument_short(instrument)) != name else None,
        "description": summary.text if summary else None,
        "url": instrument.website or _url(lens, frame),
    }
    if instrument.family == "charter":
        return _known({"@type": "CreativeWork", **common, "dateCreated": _iso(instrument.began)})
    dates = {"foundingDate": _iso(instrument.began), "dissolutionDate": _iso(instrument.ended)}
    return _known({"@type": "Organization", **common, **dates})


# The atlas itself


def _website(lens: Lens, frame: Frame) -> Node:
    return {"@type": "WebSite", "name": lens.name, "url": _url(lens, frame), "inLanguage": lens.lang.code}


def _dataset(lens: Lens, files: Sequence[str]) -> Node:
    about, home = lens.about, lens.absolute(lens.href())
    return _known(
        {
            "@type": "Dataset",
            "@id": lens.absolute("data/#dataset"),
            "name": lens.name,
            "description": lens.lang.text(about.description),
            "keywords": list(about.keywords.get(lens.lang.code, ())),
            "url": lens.absolute(lens.href("data")),
            "license": about.licence.url,
            "isAccessibleForFree": True,
            "inLanguage": [language.code for language in lens.addresses.languages],
            "creator": {"@type": "Organization", "name": lens.publisher, "url": home},
            "version": lens.edition,
            "dateModified": lens.as_of.isoformat(),
            "distribution": [
                {
                    "@type": "DataDownload",
                    "contentUrl": lens.absolute(file),
                    "encodingFormat": format_of(file).media,
                }
                for file in files
            ],
        }
    )


def _way(lens: Lens, frame: Frame) -> Sequence[Node]:
    """Return the way to a page that lies below others."""
    if not frame.crumbs:
        return ()
    home = (lens.lang.t("Home"), lens.href())
    steps = (home, *((crumb.text, crumb.href) for crumb in frame.crumbs), (frame.title, frame.path))
    items = [
        {"@type": "ListItem", "position": at, "name": name, "item": lens.absolute(href)}
        for at, (name, href) in enumerate(steps, start=1)
    ]
    return ({"@type": "BreadcrumbList", "itemListElement": items},)


# Small things


def _url(lens: Lens, frame: Frame) -> str:
    return lens.absolute(frame.path)


def _iso(when: PartialDate | None) -> str | None:
    """Return a date as exact as its source; nothing where the source is not sure or says only "by then"."""
    if when is None or when.approximate or when.uncertain or when.open_start:
        return None
    return when.value


def _known(node: Mapping[str, Any]) -> Node:
    """Return what is known: nothing empty."""
    return {name: value for name, value in node.items() if value not in (None, "", [], ())}
