"""Sections of the site: what each is called in a language, and the way to it."""

from __future__ import annotations

from collections.abc import Container

from ..cache.reads import remembered
from ..languages.wordings import wordings
from ..languages.words import Link
from .families import families, filled
from .lens import Lens
from .parts import Frame

SECTIONS = ("map", "cities", "actions", "countries", "topics", "timeline", "compare")
"""The sections of the navigation, by the words of their English addresses; families follow the cities."""
_APART = ("contradictions", "data", "changes", "contribute/suggest", "licences")
"""Pages about no record that are in no list."""


@remembered(16)
def sections(lens: Lens) -> tuple[str, ...]:
    """Return the sections that hold something: an atlas may have nothing to join, or nothing to sign."""
    return (*SECTIONS[:2], *(family.section for family in filled(lens)), *SECTIONS[2:])


def section_title(lens: Lens, section: str) -> str:
    """Return the name of a section, given by the word of its English address."""
    if title := wordings("sections").get(section):
        return lens.lang.t(title)
    return next(family.title for family in families(lens) if family.section == section)


def section_link(lens: Lens, section: str) -> Link:
    """Return the link to a section."""
    return Link(text=section_title(lens, section), href=lens.href(section))


def lists(lens: Lens) -> tuple[Link, ...]:
    """Return the lists in which everything stands."""
    return tuple(section_link(lens, section) for section in (*sections(lens), "sources"))


def site_links(lens: Lens) -> tuple[Link, ...]:
    """Return the pages that are about no record, and are found by their titles."""
    return (*lists(lens), *(section_link(lens, section) for section in _APART))


def page_frame(
    lens: Lens,
    kind: str,
    section: str = "",
    id: str = "",
    *,
    title: str | None = None,
    lead: tuple[str, ...] = (),
    description: str | None = None,
    crumbs: tuple[Link, ...] | None = None,
    languages: Container[str] | None = None,
) -> Frame:
    """Return the frame of the page at ``section`` and ``id`` that template ``kind`` shows.

    It is called like its section, described by the first sentence of its lead, and stands below the list of
    its section, unless something else is given. ``languages`` are the codes of those that it exists in.
    """
    root = section.partition("/")[0]
    if crumbs is None:
        crumbs = (section_link(lens, root),) if id or root != section else ()
    alternates = lens.addresses.alternates(section, id)
    return Frame(
        kind=kind,
        lang=lens.lang.code,
        path=lens.addresses.path(lens.lang.code, section, id),
        title=section_title(lens, section) if title is None else title,
        description=lead[0] if description is None else description,
        lead=lead,
        crumbs=crumbs,
        alternates=tuple(link for link in alternates if languages is None or link.lang in languages),
        section=root,
        id=id,
    )
