"""Site layout: the navigation around every page, and the pages that hold prose, files or nothing."""

from __future__ import annotations

from collections.abc import Container, Iterable

from ...cache.reads import remembered
from ...languages.words import Link
from ...model.frozen import Frozen
from ..analysis.subscriptions import Subscriptions, subscriptions
from ..lens import Lens
from ..parts import Choice, Frame, PageView
from ..sections import lists, page_frame, section_link, section_title, sections

ANSWERED = ("about", "accessibility")
"""The texts that end with how to write to the publisher."""


class SiteLayout(Frozen):
    """What every page of one language shows around its own content."""

    name: str
    tagline: str
    home: Link
    nav: tuple[Choice, ...]
    search: Link
    footer: tuple[Link, ...]
    edition: str
    """The day of the edition in words."""
    named_edition: Link | None
    """Its name, and where that is explained; None while somebody is still working on it."""
    code_url: str | None
    locale: str
    """Language and region as Open Graph writes them."""
    absolute: str
    """What stands before a path in an absolute address; empty where the address of the site is not known."""
    canonical: str | None
    """The absolute address of the page, where the address of the site is known."""
    alternates: tuple[Link, ...]
    """The page in every language by absolute address, the default first."""
    licence: Link
    """The terms of the data."""
    subscriptions: Subscriptions


class ProsePage(PageView):
    """A page whose text comes from ``content/``."""

    contact: Contact | None = None
    """How to write to the publisher, where the text asks for it."""


class Contact(Frozen):
    """The ways to the publisher that the settings of the site name."""

    publisher: str
    """Who answers for this copy, or nothing."""
    email: str
    """An address, or nothing."""
    issues: str | None
    """Where the forms for issues stand on the code host."""
    suggest: Link
    languages: str
    """Those in which one may write, in words."""


class NotFoundPage(PageView):
    """What a wrong address shows, in one language and then in the others."""

    links: tuple[Link, ...]
    nearest: str
    """The words above the addresses that look like the one that was asked for."""
    city: str
    """The address of a city, with ``{id}`` in the place of its id."""
    others: tuple[NotFoundPage, ...] = ()


def site_layout(lens: Lens, frame: Frame, written: frozenset[str]) -> SiteLayout:
    """Return what stands around the page of ``frame``.

    ``written`` names the pages of prose that exist in this language.
    """
    lang = lens.lang
    canonical = frame.path if frame.canonical is None else frame.canonical
    return SiteLayout(
        name=lens.name,
        tagline=lang.text(lens.about.tagline),
        home=section_link(lens, ""),
        nav=_nav(lens, frame.section),
        search=section_link(lens, "search"),
        footer=_footer(lens, written),
        edition=lang.full_date(lens.as_of),
        named_edition=Link(text=lens.edition, href=lens.href("data", fragment="s-edition"))
        if lens.edition
        else None,
        code_url=lens.host.code or None,
        locale=str(lang.locale),
        absolute=lens.absolute(""),
        canonical=lens.absolute(canonical) or None,
        alternates=tuple(
            Link(text=link.text, href=lens.absolute(link.href), lang=link.lang) for link in frame.alternates
        )
        if lens.siteurl
        else (),
        licence=Link(text=lens.about.licence.name, href=lens.about.licence.url),
        subscriptions=subscriptions(lens, frame),
    )


@remembered(64)  # every page has one of few
def _nav(lens: Lens, current: str) -> tuple[Choice, ...]:
    """Return the menu of a page in a section."""
    return tuple(
        Choice(id=one, text=section_title(lens, one), href=lens.href(one), current=one == current)
        for one in sections(lens)
    )


@remembered(4)
def _footer(lens: Lens, written: frozenset[str]) -> tuple[Link, ...]:
    texts = [one for one in ("about", "method", "accessibility", "contribute") if one in written]
    below = ("sources", "contradictions", "data", "changes", *texts, "contribute/suggest", "licences")
    return tuple(section_link(lens, section) for section in below)


def prose_page(lens: Lens, section: str, title: str, summary: str, languages: Container[str]) -> ProsePage:
    """Return the page of a text from ``content/`` that is written in ``languages``."""
    lead = (summary,) if summary else ()
    frame = page_frame(
        lens, "prose", section, title=title, lead=lead, description=summary or title, languages=languages
    )
    return ProsePage(frame=frame, contact=_contact(lens) if section in ANSWERED else None)


def _contact(lens: Lens) -> Contact:
    host = lens.host
    issues = host.filled(host.issues) if host.offers(host.issues) else None
    spoken = [lens.lang.language_name(one.code) for one in lens.addresses.languages]
    return Contact(
        publisher=lens.lang.text(lens.about.publisher),
        email=host.email,
        issues=issues,
        suggest=section_link(lens, "contribute/suggest"),
        languages=lens.lang.join(spoken),
    )


def not_found_page(lens: Lens, others: Iterable[Lens] = ()) -> NotFoundPage:
    """Return the page for addresses that lead nowhere, in one language first and then in the others."""
    lang = lens.lang
    heading = lang.t("There is no page at this address")
    lead = lang.t("It may have been mistyped. Everything in the atlas can be found from these lists.")
    return NotFoundPage(
        frame=page_frame(lens, "404", title=heading, lead=(lead,), description=heading),
        links=(section_link(lens, ""), *lists(lens)),
        nearest=lang.t("Perhaps you were looking for"),
        city=lens.href("cities", "{id}"),
        others=tuple(not_found_page(other) for other in others),
    )
