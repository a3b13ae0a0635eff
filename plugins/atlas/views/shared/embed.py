"""Embeds: bare pages that other sites may frame, each with the way to the page it is taken from.

An embed is named by the word of its section and an id: ``networks/eccar``, ``charters/…`` and
``countries/pl`` are maps, ``compare/pl`` is the first part of a table. ``city`` alone is the card of
any city: a script reads the document of the one that the address asks for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from html import escape
from typing import Any
from urllib.parse import urlsplit

from ...languages.words import Link, Words
from ...model.frozen import dataclass
from ..analysis.comparison_table import ComparisonTable
from ..families import families
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


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbedPage(PageView):
    """Everything that an embed shows; of the last two, what its kind has."""

    full: Link
    """The page that it is taken from."""
    heading: str
    note: Words | None
    """The whole name, or where the city lies."""
    source: str
    """The line with the atlas, the edition and the licence."""
    oembed: str | None
    """The address of its oEmbed answer, where the address of the site is known."""
    places: tuple[MapPoint, ...] = ()
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
    oembed: str | None
    """The address of its oEmbed answer; cities have none, because they share an embed."""


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
    makers = {"city": _card, "countries": _country, "compare": _table}
    makers |= {one.section: _map for one in families(lens)}
    return makers[section](lens, section, id)


def offers(lens: Lens, section: str, id: str) -> tuple[EmbedOffer, ...]:
    """Return the embed of what stands at a page of the site; none where its address is not known."""
    if not lens.siteurl:
        return ()
    if section == "cities":
        return (_city_offer(lens, id),)
    if not _can_be_drawn(lens, section, id):
        return ()
    outline = _outline(lens, section, id)
    label = lens.lang.p("embed", "Table") if section == "compare" else lens.lang.p("embed", "Map")
    page = Link(text=outline.title, href=lens.href(f"embed/{section}", id))
    return (_offer(lens, label, page, outline, outline.oembed(lens)),)


def oembed(lens: Lens, name: str) -> tuple[str, dict[str, Any]]:
    """Return the path and the content of the oEmbed answer of an embed (https://oembed.com, version 1.0)."""
    section, _, id = name.partition("/")
    outline = _outline(lens, section, id)
    return f"{outline.path}oembed.json", {
        "version": "1.0",
        "type": "rich",
        "title": outline.title,
        "provider_name": lens.name,
        "provider_url": f"{lens.siteurl}/{lens.href()}",
        "cache_age": 86400,
        "html": _frame(outline, lens.siteurl),
        "width": WIDTH,
        "height": outline.height,
    }


def _city_offer(lens: Lens, id: str) -> EmbedOffer:
    lines = len(lens.atlas.commitments_of_city.get(id, ()))
    outline = _Outline(
        f"{lens.addresses.path(lens.lang.code, 'embed/city')}?id={id}",
        _titled(lens, lens.city_name(lens.atlas.cities[id])),
        230 + 44 * min(lines, MOST_ROWS),
    )
    page = Link(text=outline.title, href=f"{lens.href('embed/city')}?id={id}")
    return _offer(lens, lens.lang.p("embed", "Card"), page, outline, None)


def _offer(lens: Lens, label: str, page: Link, outline: _Outline, oembed: str | None) -> EmbedOffer:
    return EmbedOffer(
        label=label,
        page=page,
        frame=_frame(outline, lens.siteurl),
        listener=_listener(lens.siteurl),
        oembed=oembed,
    )


def _frame(outline: _Outline, siteurl: str) -> str:
    title, address = escape(outline.title), escape(f"{siteurl}/{outline.path}")
    return (
        f'<iframe src="{address}" title="{title}" width="100%" height="{outline.height}" '
        'style="border:0" loading="lazy"></iframe>'
    )


def _outline(lens: Lens, section: str, id: str) -> _Outline:
    """Return what is said of an embed elsewhere; raises KeyError where there is none of that name."""
    atlas, height = lens.atlas, 760
    if section == "city":
        title, height = lens.lang.t("A city"), 300
    elif section == "compare":
        title, height = comparison_title(lens, id), 900
    elif section == "countries":
        title = lens.lang.country(id.upper())
    else:
        title = lens.instrument_short(atlas.instruments[id])
    return _Outline(lens.addresses.path(lens.lang.code, f"embed/{section}", id), _titled(lens, title), height)


def _titled(lens: Lens, title: str) -> str:
    return f"{title} – {lens.name}"


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
        page_frame(
            lens, f"embed_{kind}", f"embed/{section}", id, title=outline.title, lead=(lead,), crumbs=()
        ),
        canonical=lens.addresses.path(lens.lang.code, "cities" if section == "city" else section, id),
    )
    return EmbedPage(
        frame=frame,
        full=full,
        source=lens.lang.t(
            "%(site)s, edition of %(day)s, %(licence)s",
            site=lens.name,
            day=lens.lang.full_date(lens.as_of),
            licence=lens.about.licence.name,
        ),
        oembed=outline.oembed(lens) if section != "city" else None,
        **parts,
    )


def _card(lens: Lens, section: str, id: str) -> EmbedPage:
    lang = lens.lang
    return _page(
        lens,
        "city",
        (section, id),
        section_link(lens, "cities"),
        lang.t(
            "This card shows the city named in its address and needs JavaScript. All cities are in the list."
        ),
        heading=lang.t("A city"),
        note=None,
    )


def _standing(lens: Lens, id: str) -> dict[str, int]:
    """Return the cities that are in an instrument today, each as one point."""
    standing = lens.committed(lens.atlas.commitments_of_instrument.get(id, ()))
    return dict.fromkeys((c.city for c in standing), 1)


def _places(lens: Lens, id: str) -> tuple[MapPoint, ...]:
    weights = _standing(lens, id)
    return lens.places((lens.atlas.cities[city] for city in weights), weights)


def _map(lens: Lens, section: str, id: str) -> EmbedPage:
    instrument = lens.atlas.instruments[id]
    places = _places(lens, id)
    if not places:
        raise KeyError(id)
    name, short = lens.instrument_name(instrument), lens.instrument_short(instrument)
    return _page(
        lens,
        "map",
        (section, id),
        lens.instrument_link(id),
        covered(lens, instrument),
        heading=short,
        note=None if short == name.text else name,
        places=places,
    )


def _country(lens: Lens, section: str, id: str) -> EmbedPage:
    view = country_page(lens, id.upper())
    if not view.places:
        raise KeyError(id)
    return _page(
        lens,
        "map",
        (section, id),
        lens.country_link(id.upper()),
        " ".join(view.lead),
        heading=view.name,
        note=None,
        places=view.places,
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
