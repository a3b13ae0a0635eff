"""Embeds: bare pages that other sites may frame, each with the way to the page it is taken from.

An embed is named by the word of its section and an id: ``networks/eccar``, ``charters/…`` and
``countries/pl`` are maps, ``compare/pl`` is the first part of a table. ``city`` alone is the card of
any city: a script reads the document of the one that the address asks for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from html import escape
from typing import Any
from urllib.parse import urlsplit

from ...cache.reads import remembered
from ...languages.words import Link, Words
from ...model.frozen import Frozen
from ..analysis.comparison_table import ComparisonTable
from ..analysis.subscriptions import subject
from ..lens import Lens
from ..pages.comparison import comparison_page, comparison_title, subjects
from ..pages.country import country_page
from ..pages.instrument import covered
from ..parts import MapPoint, PageView
from ..sections import page_frame, section_link

MESSAGE = "city-commitments-atlas:height"
"""The ``type`` of the message with which an embed tells the page around it its height."""
WIDTH = 640
"""The width in CSS pixels for which oEmbed states a height."""
MOST_ROWS = 12
"""How many rows of an embed the height of its frame makes room for; the rest is scrolled to."""


class EmbedPage(PageView):
    """Everything that an embed shows; of the last two, what its kind has."""

    full: Link
    """The page that it is taken from."""
    heading: str
    note: Words | None = None
    """The whole name, or where the city lies."""
    source: str
    """The line with the atlas, the edition and the licence."""
    oembed: str | None
    """The address of its oEmbed answer, where the address of the site is known."""
    places: tuple[MapPoint, ...] = ()
    table: ComparisonTable | None = None


class EmbedOffer(Frozen):
    """What others have to know of an embed and may copy, which is worked out without making it."""

    label: str
    page: Link
    """The embed itself, to look at, by its title with the name of the site."""
    address: str
    """The whole address, for other sites."""
    height: int
    """CSS pixels that it needs at ``WIDTH``, roughly."""
    oembed: str | None
    """The address of its oEmbed answer, where that of the site is known; none of a city, as all share one."""
    listener: str
    """The script that a page around it may run, so that the frame is as high as the embed."""

    @property
    def frame(self) -> str:
        """The HTML to copy."""
        return (
            f'<iframe src="{escape(self.address)}" title="{escape(self.page.text)}" width="100%" '
            f'height="{self.height}" style="border:0" loading="lazy"></iframe>'
        )


def embeds(lens: Lens) -> Iterator[str]:
    """Yield the name of every embed that shows one thing, and so can be named by oEmbed."""
    atlas = lens.atlas
    named = [
        *((lens.instrument_section(one), one.id) for one in atlas.instruments.values()),
        *(("countries", code.lower()) for code in atlas.cities_of_country),
        *(("compare", subject.address) for subject in subjects(atlas)),
    ]
    yield from (f"{section}/{id}" for section, id in named if _can_be_drawn(lens, section, id))


def _can_be_drawn(lens: Lens, section: str, id: str) -> bool:
    """Tell whether a map has places, and whether a page of a table is the first one."""
    if section == "compare":
        return not id.rpartition("/")[2].isdecimal()
    if section == "countries":
        return any(map(lens.is_on_map, lens.atlas.cities_of_country[id.upper()]))
    return any(lens.is_on_map(lens.atlas.cities[city]) for city in _standing(lens, id))


def embed_page(lens: Lens, name: str) -> EmbedPage:
    """Return one embed; raises KeyError where there is none of that name."""
    section, _, id = name.partition("/")
    offer = _offer(lens, section, id)
    kind, lead, parts = _shown(lens, section, id)
    frame = page_frame(
        lens, f"embed_{kind}", f"embed/{section}", id, title=offer.page.text, lead=(lead,), crumbs=()
    )
    about = "cities" if section == "city" else section
    return EmbedPage(
        frame=replace(frame, canonical=lens.addresses.path(lens.lang.code, about, id)),
        source=lens.lang.t(
            "%(site)s, edition of %(day)s, %(licence)s",
            site=lens.name,
            day=lens.lang.full_date(lens.as_of),
            licence=lens.about.licence.name,
        ),
        oembed=offer.oembed,
        **parts,
    )


def offers(lens: Lens, section: str, id: str) -> tuple[EmbedOffer, ...]:
    """Return the embed of what stands at a page of the site; none where its address is not known."""
    if not lens.siteurl or (section != "cities" and not _can_be_drawn(lens, section, id)):
        return ()
    return (_offer(lens, section, id),)


def oembed(lens: Lens, name: str) -> tuple[str, dict[str, Any]]:
    """Return the path and the content of the oEmbed answer of an embed (https://oembed.com, version 1.0)."""
    section, _, id = name.partition("/")
    offer = _offer(lens, section, id)
    return f"{lens.addresses.path(lens.lang.code, f'embed/{section}', id)}oembed.json", {
        "version": "1.0",
        "type": "rich",
        "title": offer.page.text,
        "provider_name": lens.name,
        "provider_url": f"{lens.siteurl}/{lens.href()}",
        "cache_age": 86400,
        "html": offer.frame,
        "width": WIDTH,
        "height": offer.height,
    }


def _offer(lens: Lens, section: str, id: str) -> EmbedOffer:
    """Return what is said of an embed elsewhere; raises KeyError where there is none of that name."""
    p, page, query = lens.lang.p, (f"embed/{section}", id), ""
    label, height = p("embed", "Card"), 300
    if section == "city":
        title = lens.lang.t("A city")
    elif section == "cities":
        lines = len(lens.atlas.commitments_of_city.get(id, ()))
        title, height = lens.city_name(lens.atlas.cities[id]), 230 + 44 * min(lines, MOST_ROWS)
        page, query = ("embed/city", ""), f"?id={id}"
    elif section == "compare":
        label, title, height = p("embed", "Table"), comparison_title(lens, id), 900
    else:
        label, title, height = p("embed", "Map"), subject(lens, section, id), 760
    address = f"{lens.siteurl}/{lens.addresses.path(lens.lang.code, *page)}{query}"
    return EmbedOffer(
        label=label,
        page=Link(text=f"{title} – {lens.name}", href=lens.href(*page) + query),
        address=address,
        height=height,
        oembed=f"{address}oembed.json" if lens.siteurl and section not in ("city", "cities") else None,
        listener=_listener(lens.siteurl),
    )


def _listener(siteurl: str) -> str:
    parts = urlsplit(siteurl)
    return f"""<script>
addEventListener("message", ({{ data, origin, source }}) => {{
  if (origin !== "{parts.scheme}://{parts.netloc}" || data?.type !== "{MESSAGE}") return;
  for (const frame of document.querySelectorAll("iframe")) {{
    if (frame.contentWindow === source) frame.height = Number(data.height);
  }}
}});
</script>"""


# Kinds of embeds


def _shown(lens: Lens, section: str, id: str) -> tuple[str, str, dict[str, Any]]:
    """Return the kind of an embed, the sentence on it, and what else it shows."""
    if section == "city":
        lead = lens.lang.phrase("embeds/city")
        return "city", lead, {"full": section_link(lens, "cities"), "heading": lens.lang.t("A city")}
    if section == "compare":
        view = comparison_page(lens, id)
        full = Link(text=view.frame.title, href=lens.href("compare", id))
        parts = {"full": full, "heading": view.heading, "note": view.full_name, "table": view.table}
        return "table", " ".join(view.lead), parts
    lead, parts = _country(lens, id.upper()) if section == "countries" else _instrument(lens, id)
    if not parts["places"]:
        raise KeyError(id)
    return "map", lead, parts


def _country(lens: Lens, code: str) -> tuple[str, dict[str, Any]]:
    view = country_page(lens, code)
    return " ".join(view.lead), {
        "full": lens.country_link(code),
        "heading": view.name,
        "places": view.places,
    }


def _instrument(lens: Lens, id: str) -> tuple[str, dict[str, Any]]:
    instrument, weights = lens.atlas.instruments[id], _standing(lens, id)
    name, short = lens.instrument_name(instrument), lens.instrument_short(instrument)
    return covered(lens, instrument), {
        "full": lens.instrument_link(id),
        "heading": short,
        "note": None if short == name.text else name,
        "places": lens.places((lens.atlas.cities[city] for city in weights), weights),
    }


@remembered(512)
def _standing(lens: Lens, id: str) -> Mapping[str, int]:
    """Return the cities that are in an instrument today, each as one point."""
    standing = lens.committed(lens.atlas.commitments_of_instrument.get(id, ()))
    return dict.fromkeys((c.city for c in standing), 1)
