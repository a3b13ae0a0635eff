"""Which feed and which calendar belong to a page, and where they are."""

from __future__ import annotations

from collections.abc import Iterator

from ...languages.words import Link
from ...model.frozen import Frozen
from ..lens import Lens
from ..parts import Frame
from .calendar_days import Whole, has_diary

ALL = "all"
FOLLOWED = ("city", "instrument", "country", "topic")
"""Kinds of pages that have a feed of their own."""


class Subscriptions(Frozen):
    """What a reader of a page may subscribe to. Addresses are those of files below the root of the site."""

    feed: Link
    """That of the page or, where it has none, that of everything."""
    calendar: Link | None
    own: bool
    """Whether they are about this page alone."""


def feed_path(lang: str, section: str, id: str = "") -> str:
    """Return the path of a feed: ``feeds/en/networks/eccar.xml``, ``feeds/en/all.xml``.

    A city has one, which says everything in all languages: ``feeds/cities/krakow.xml``.
    """
    return f"{_stem(lang, section, id)}.xml"


def calendar_path(lang: str, section: str, id: str = "") -> str:
    """Return the path of a calendar."""
    return f"{_stem(lang, section, id)}.ics"


def _stem(lang: str, section: str, id: str) -> str:
    if section == "cities":
        return f"feeds/cities/{id}"
    return f"feeds/{lang}/{section}/{id}" if id else f"feeds/{lang}/{section}"


def feeds(lens: Lens) -> Iterator[tuple[str, str]]:
    """Yield section and id of what has a feed in each language; that of everything comes first."""
    atlas = lens.atlas
    yield ALL, ""
    yield from ((lens.instrument_section(one), one.id) for one in atlas.instruments.values())
    yield from (("countries", code.lower()) for code in atlas.cities_of_country)
    yield from (("topics", id) for id in atlas.vocabulary.topics)


def feed_title(lens: Lens, section: str, id: str = "") -> str:
    """Return the name of a feed."""
    return lens.lang.t("Changes: %(what)s", what=subject(lens, section, id))


def calendar_title(lens: Lens, section: str, id: str = "") -> str:
    """Return the name of a calendar."""
    return lens.lang.t("Dates: %(what)s", what=subject(lens, section, id))


def subject(lens: Lens, section: str, id: str) -> str:
    """Return the name of what a feed is about."""
    atlas, lang = lens.atlas, lens.lang
    if section == ALL:
        return lens.name
    if section == "cities":
        return lens.city_name(atlas.cities[id])
    if section == "countries":
        return lang.country(id.upper())
    if section == "topics":
        return lang.label(atlas.vocabulary.topics[id]) or id
    return lens.instrument_short(atlas.instruments[id])


def subscriptions(lens: Lens, frame: Frame) -> Subscriptions:
    """Return what can be subscribed to on a page."""
    own = frame.kind in FOLLOWED
    section, id = (frame.section, frame.id) if own else (ALL, "")
    code = lens.lang.code
    key = (section, id) if own else Whole
    return Subscriptions(
        feed=Link(text=feed_title(lens, section, id), href=feed_path(code, section, id)),
        calendar=Link(text=calendar_title(lens, section, id), href=calendar_path(code, section, id))
        if has_diary(lens, *key)
        else None,
        own=own,
    )


def ways(lens: Lens) -> tuple[Link, ...]:
    """Return the feed and the calendar of everything, as they stand on the page of changes."""
    lang, code = lens.lang, lens.lang.code
    links = [Link(text=lang.t("Feed of all changes (Atom)"), href=feed_path(code, ALL))]
    if has_diary(lens, *Whole):
        links.append(Link(text=lang.t("Calendar of all dates (iCalendar)"), href=calendar_path(code, ALL)))
    return tuple(links)
