"""Embeds: bare pages that other sites may frame, each with the way to the page it is taken from.

An embed is named by the word of its section and an id: ``cities/krakow`` is a card, ``networks/eccar``
and ``charters/…`` a map, ``timeline/krakow`` the lanes of a city, ``compare/pl`` a table.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import escape
from typing import Any
from urllib.parse import urlsplit

from ...languages import sentences as wording
from ...languages.words import Link, Words
from ...model.records import Commitment
from ..analysis.comparison_table import CellPeriod, ComparisonTable, in_order, period
from ..lanes.tables import LaneTable, city_lanes, city_lanes_caption, city_lanes_number
from ..lens import Lens
from ..pages.comparison import comparison_page, comparison_parts, comparison_title
from ..pages.instrument import who_says
from ..parts import Frame, MapPoint

MESSAGE = "city-commitments-atlas:height"
"""The ``type`` of the message with which an embed tells the page around it its height."""
WIDTH = 640
"""The width in CSS pixels for which oEmbed states a height."""
MOST_ROWS = 12
"""How many rows of an embed the height of its frame makes room for; the rest is scrolled to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardLine:
    """One commitment on the card of a city, linked to the claim on its page."""

    instrument: Link
    period: CellPeriod


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbedPage:
    """Everything that an embed shows; of the last four, what its kind has."""

    frame: Frame
    full: Link
    """The page that it is taken from."""
    heading: str
    note: Words | None
    """The whole name, or where the city lies."""
    lead: str
    source: str
    """The line with the atlas, the edition and the licence."""
    height: int
    """CSS pixels that it needs at ``WIDTH``, roughly."""
    oembed: str | None
    """The address of its oEmbed answer, where the address of the site is known."""
    lines: tuple[CardLine, ...] = ()
    places: tuple[MapPoint, ...] = ()
    lanes: LaneTable | None = None
    table: ComparisonTable | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbedOffer:
    """An embed that a page offers: what it is called, and what to copy."""

    label: str
    page: Link
    """The embed itself, to look at."""
    frame: str
    """The HTML to copy."""
    listener: str
    """The script that a page around it may run, so that the frame is as high as the embed."""
    oembed: str


@dataclass(frozen=True, slots=True)
class _Outline:
    """What others have to know of an embed, which is worked out without making it."""

    path: str
    title: str
    """With the name of the site."""
    height: int
    """CSS pixels that it needs at ``WIDTH``, roughly."""

    def oembed(self, lens: Lens) -> str | None:
        """Return the address of its oEmbed answer, where the address of the site is known."""
        return f"{lens.siteurl}/{self.path}oembed.json" if lens.siteurl else None


def embeds(lens: Lens) -> Iterator[str]:
    """Yield the name of every embed."""
    atlas = lens.atlas
    yield from (f"cities/{id}" for id in atlas.cities)
    for id, instrument in atlas.instruments.items():
        if _places(lens, id):
            yield f"{lens.instrument_section(instrument)}/{id}"
    yield from (f"timeline/{id}" for id in atlas.cities if _has_lanes(lens, id))
    yield from (f"compare/{id}" for id in comparison_parts(atlas))


def embed_page(lens: Lens, name: str) -> EmbedPage:
    """Return one embed; raises KeyError where there is none of that name."""
    section, _, id = name.partition("/")
    makers = {"cities": _card, "networks": _map, "charters": _map, "timeline": _timeline, "compare": _table}
    return makers[section](lens, section, id)


def offers(lens: Lens, section: str, id: str) -> tuple[EmbedOffer, ...]:
    """Return the embeds of what stands at a page of the site; none where its address is not known."""
    names = [(section, lens.lang.p("embed", "Table"))]
    if section == "cities":
        names = [("cities", lens.lang.p("embed", "Card"))]
        if _has_lanes(lens, id):
            names.append(("timeline", lens.lang.p("embed", "Timeline")))
    elif section in ("networks", "charters"):
        names = [(section, lens.lang.p("embed", "Map"))] if _places(lens, id) else []
    if not lens.siteurl:
        return ()
    return tuple(_offer(lens, part, id, label) for part, label in names)


def oembed(lens: Lens, name: str) -> tuple[str, dict[str, Any]]:
    """Return the path and the content of the oEmbed answer of an embed (https://oembed.com, version 1.0)."""
    section, _, id = name.partition("/")
    outline = _outline(lens, section, id)
    return f"{outline.path}oembed.json", {
        "version": "1.0",
        "type": "rich",
        "title": outline.title,
        "provider_name": lens.lang.t("City Commitments Atlas"),
        "provider_url": f"{lens.siteurl}/{lens.href()}",
        "cache_age": 86400,
        "html": _frame(outline, lens.siteurl),
        "width": WIDTH,
        "height": outline.height,
    }


def _offer(lens: Lens, part: str, id: str, label: str) -> EmbedOffer:
    outline = _outline(lens, part, id)
    return EmbedOffer(
        label=label,
        page=Link(text=outline.title, href=lens.href(f"embed/{part}", id)),
        frame=_frame(outline, lens.siteurl),
        listener=_listener(lens.siteurl),
        oembed=outline.oembed(lens) or "",
    )


def _frame(outline: _Outline, siteurl: str) -> str:
    title, address = escape(outline.title), escape(f"{siteurl}/{outline.path}")
    return (
        f'<iframe src="{address}" title="{title}" width="100%" height="{outline.height}" '
        'style="border:0" loading="lazy"></iframe>'
    )


def _outline(lens: Lens, section: str, id: str) -> _Outline:
    """Return what is said of an embed elsewhere; raises KeyError where there is none of that name."""
    atlas = lens.atlas
    if section == "cities":
        title, lines = lens.city_name(atlas.cities[id]), len(atlas.commitments_of_city.get(id, ()))
        height = 230 + 44 * min(lines, MOST_ROWS)
    elif section == "timeline":
        title, rows = city_lanes_caption(lens, id), city_lanes_number(lens, id)
        height = 300 + 88 * min(rows, MOST_ROWS)
    elif section == "compare":
        title, height = comparison_title(lens, id), 900
    else:
        title, height = lens.instrument_short(atlas.instruments[id]), 760
    site = lens.lang.t("City Commitments Atlas")
    return _Outline(lens.addresses.path(lens.lang.code, f"embed/{section}", id), f"{title} – {site}", height)


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


def _page(lens: Lens, kind: str, name: tuple[str, str], full: Link, lead: str, **parts: Any) -> EmbedPage:
    section, id = name
    outline = _outline(lens, section, id)
    frame = replace(
        lens.frame(
            f"embed_{kind}",
            section=f"embed/{section}",
            id=id,
            title=outline.title,
            description=lead,
        ),
        canonical=lens.addresses.path(lens.lang.code, "cities" if section == "timeline" else section, id),
    )
    return EmbedPage(
        frame=frame,
        full=full,
        lead=lead,
        source=lens.lang.t(
            "%(site)s, edition of %(day)s, CC BY 4.0",
            site=lens.lang.t("City Commitments Atlas"),
            day=lens.lang.full_date(lens.as_of),
        ),
        height=outline.height,
        oembed=outline.oembed(lens),
        **parts,
    )


def _card(lens: Lens, section: str, id: str) -> EmbedPage:
    atlas, lang = lens.atlas, lens.lang
    city = atlas.cities[id]
    commitments = atlas.commitments_of_city.get(id, ())
    standing = lens.committed(commitments)
    charters = sum(atlas.instruments[c.instrument].family == "charter" for c in standing)
    lines = tuple(_line(lens, c) for c in in_order(lens, commitments))
    where = ", ".join(filter(None, (lens.region_name(city.region), lang.country(city.country))))
    return _page(
        lens,
        "card",
        (section, id),
        lens.city_link(id),
        wording.standing(lang, len(standing) - charters, charters),
        heading=lens.city_name(city),
        note=Words(text=where),
        lines=lines,
    )


def _line(lens: Lens, commitment: Commitment) -> CardLine:
    name = lens.instrument_link(commitment.instrument, short=True)
    shown = period(lens, commitment)
    return CardLine(instrument=Link(text=name.text, href=shown.href, lang=name.lang), period=shown)


def _places(lens: Lens, id: str) -> tuple[MapPoint, ...]:
    standing = lens.committed(lens.atlas.commitments_of_instrument.get(id, ()))
    weights = dict.fromkeys((c.city for c in standing), 1)
    return lens.places((lens.atlas.cities[city] for city in weights), weights)


def _map(lens: Lens, section: str, id: str) -> EmbedPage:
    instrument = lens.atlas.instruments[id]
    places = _places(lens, id)
    if not places:
        raise KeyError(id)
    name, short = lens.instrument_name(instrument), lens.instrument_short(instrument)
    recorded = len({c.city for c in lens.committed(lens.atlas.commitments_of_instrument.get(id, ()))})
    says = who_says(lens, instrument.quoted_count)
    return _page(
        lens,
        "map",
        (section, id),
        lens.instrument_link(id),
        wording.coverage(lens.lang, instrument, recorded, says),
        heading=short,
        note=None if short == name.text else name,
        places=places,
    )


def _has_lanes(lens: Lens, id: str) -> bool:
    return city_lanes_number(lens, id) > 0


def _timeline(lens: Lens, section: str, id: str) -> EmbedPage:
    lanes = city_lanes(lens, id)
    if lanes is None:
        raise KeyError(id)
    name = lens.city_link(id)
    return _page(
        lens,
        "timeline",
        (section, id),
        name,
        lanes.caption,
        heading=name.text,
        note=None,
        lanes=lanes,
    )


def _table(lens: Lens, section: str, id: str) -> EmbedPage:
    full = comparison_page(lens, id)
    return _page(
        lens,
        "table",
        (section, id),
        Link(text=full.frame.title, href=lens.href("compare", id)),
        " ".join(full.lead),
        heading=full.heading,
        note=full.full_name,
        table=full.table,
    )
