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

from ..model import Commitment
from . import wording
from .comparison import comparison_page, comparison_parts
from .instrument import who_says
from .lane_rows import shown_in_time, with_date
from .lens import Lens
from .matrix import Period, Table, in_order, period
from .parts import Frame, Link, Place, Words
from .since import LaneTable, city_lanes

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
    period: Period


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
    places: tuple[Place, ...] = ()
    lanes: LaneTable | None = None
    table: Table | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """An embed that a page offers: what it is called, and what to copy."""

    label: str
    page: Link
    """The embed itself, to look at."""
    frame: str
    """The HTML to copy."""
    listener: str
    """The script that a page around it may run, so that the frame is as high as the embed."""
    oembed: str


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


def offers(lens: Lens, section: str, id: str) -> tuple[Offer, ...]:
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
    page = embed_page(lens, name)
    return f"{page.frame.path}oembed.json", {
        "version": "1.0",
        "type": "rich",
        "title": page.frame.title,
        "provider_name": lens.lang.t("City Commitments Atlas"),
        "provider_url": f"{lens.siteurl}/{lens.href()}",
        "cache_age": 86400,
        "html": _frame(page, lens.siteurl),
        "width": WIDTH,
        "height": page.height,
    }


def _offer(lens: Lens, part: str, id: str, label: str) -> Offer:
    page = embed_page(lens, f"{part}/{id}")
    return Offer(
        label=label,
        page=Link(text=page.frame.title, href=lens.href(f"embed/{part}", id)),
        frame=_frame(page, lens.siteurl),
        listener=_listener(lens.siteurl),
        oembed=page.oembed or "",
    )


def _frame(page: EmbedPage, siteurl: str) -> str:
    title, address = escape(page.frame.title), escape(f"{siteurl}/{page.frame.path}")
    return (
        f'<iframe src="{address}" title="{title}" width="100%" height="{page.height}" '
        'style="border:0" loading="lazy"></iframe>'
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


def _page(lens: Lens, kind: str, name: tuple[str, str], full: Link, lead: str, **parts: Any) -> EmbedPage:
    section, id = name
    heading: str = parts.pop("heading")
    site = lens.lang.t("City Commitments Atlas")
    frame = replace(
        lens.frame(
            f"embed_{kind}",
            section=f"embed/{section}",
            id=id,
            title=f"{parts.pop('title', heading)} – {site}",
            description=lead,
        ),
        canonical=lens.addresses.path(lens.lang.code, "cities" if section == "timeline" else section, id),
    )
    return EmbedPage(
        frame=frame,
        full=full,
        heading=heading,
        lead=lead,
        source=lens.lang.t(
            "%(site)s, edition of %(day)s, CC BY 4.0", site=site, day=lens.lang.full_date(lens.as_of)
        ),
        oembed=f"{lens.siteurl}/{frame.path}oembed.json" if lens.siteurl else None,
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
        height=230 + 44 * min(len(lines), MOST_ROWS),
        lines=lines,
    )


def _line(lens: Lens, commitment: Commitment) -> CardLine:
    name = lens.instrument_link(commitment.instrument, short=True)
    shown = period(lens, commitment)
    return CardLine(instrument=Link(text=name.text, href=shown.href, lang=name.lang), period=shown)


def _places(lens: Lens, id: str) -> tuple[Place, ...]:
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
        height=760,
        places=places,
    )


def _has_lanes(lens: Lens, id: str) -> bool:
    return bool(with_date(shown_in_time(lens, lens.atlas.commitments_of_city.get(id, ()))))


def _timeline(lens: Lens, section: str, id: str) -> EmbedPage:
    lanes = city_lanes(lens, id)
    if lanes is None:
        raise KeyError(id)
    name = lens.city_link(id)
    rows = sum(len(group.rows) for group in lanes.groups)
    return _page(
        lens,
        "timeline",
        (section, id),
        name,
        lanes.caption,
        heading=name.text,
        title=lanes.caption,
        note=None,
        height=300 + 88 * min(rows, MOST_ROWS),
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
        title=full.frame.title,
        note=full.full_name,
        height=900,
        table=full.table,
    )
