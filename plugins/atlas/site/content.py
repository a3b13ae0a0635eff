"""Sanitized prose from ``content/``: what it is about, and its HTML with nothing but safe markup in it.

A text may link to any page of the atlas by kind and id, whatever its language:
``[Kraków](atlas:cities/krakow#eccar)``.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from html import escape
from typing import Any, NamedTuple

import nh3
from markupsafe import Markup

from ..cache.reads import TrackedTable
from ..errors import UsageError
from ..model.records import Atlas
from ..views.lens import Lens

SECTIONS = ("about", "method", "contribute", "accessibility")
"""The pages that are written in ``content/`` and have an address of their own."""

BELOW = ("contribute/fields", "contribute/recheck", "contribute/suggest")
"""Pages below those that are made in every language, whether or not there is a text above them."""

TAGS = frozenset(
    (
        *("p", "br", "hr", "h2", "h3", "h4", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre"),
        *("a", "em", "strong", "b", "i", "code", "q", "cite", "abbr", "sup", "sub", "time"),
        *("table", "caption", "thead", "tbody", "tr", "th", "td", "figure", "figcaption"),
    )
)
ATTRIBUTES = {
    "a": {"href", "hreflang"},
    "abbr": {"title"},
    "th": {"scope"},
    "time": {"datetime"},
    "*": {"lang", "id"},
}
SCHEMES = frozenset({"http", "https", "mailto", "atlas"})

_OUTSIDE_LINK = re.compile(r'<a href="https?:[^"]*"')
_ATLAS_LINK = re.compile(r'href="atlas:([^"#]*)(?:#([^"]*))?"', re.IGNORECASE)


def safe_html(html: str, resolve: Callable[[str, str], str]) -> Markup:
    """Return the HTML with nothing but plain markup left in it.

    ``resolve`` gets the path and the fragment of every ``atlas:`` link and returns the
    address to put in its place.
    """
    clean = nh3.clean(
        html,
        tags=set(TAGS),
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        url_schemes=set(SCHEMES),
        link_rel=None,
    )
    clean = _OUTSIDE_LINK.sub(r'\g<0> rel="external noopener noreferrer"', clean)
    clean = _ATLAS_LINK.sub(lambda m: f'href="{escape(resolve(m.group(1), m.group(2) or ""))}"', clean)
    return Markup(clean)  # nh3 has just removed all that is not on the allow-list


class Text(NamedTuple):
    """One text, as Pelican has read it."""

    place: str
    """Its file, for people."""
    title: str
    description: str
    html: str
    """Not yet cleaned."""


class Texts:
    """The texts of ``content/`` by language and by what they are about."""

    def __init__(self, pages: Iterable[Any], atlas: Atlas) -> None:
        """Sort Pelican's pages; raises UsageError where one is about nothing that exists."""
        texts: dict[tuple[str, str, str], Text] = {}
        known: dict[str, Iterable[str]] = {
            "section": SECTIONS,
            "city": atlas.cities,
            "instrument": atlas.instruments,
        }
        for page in pages:
            key = next((key for key in known if getattr(page, key, None)), None)
            place = os.path.relpath(page.source_path)
            if key is None:
                raise UsageError(
                    f"{place}: say what the text is about with a line at its top, "
                    "such as Section: about, City: krakow or Instrument: eccar"
                )
            about = str(getattr(page, key))
            if about not in known[key]:
                raise UsageError(f"{place}: there is no {key} {about!r}")
            if (page.lang, key, about) in texts:
                raise UsageError(f"{place}: there is another text about {key} {about!r} in the same language")
            texts[page.lang, key, about] = Text(
                place, str(page.title), str(page.metadata.get("description", "")), page.content
            )
        self.table: TrackedTable[tuple[str, str, str], Text] = TrackedTable("texts", texts)

    def sections(self, lang: str) -> frozenset[str]:
        """Return the sections that are written in a language."""
        return frozenset(about for code, key, about in self.table if (code, key) == (lang, "section"))

    def languages(self, section: str) -> frozenset[str]:
        """Return the languages in which a section is written."""
        return frozenset(code for code, key, about in self.table if (key, about) == ("section", section))

    def title_and_description(self, lang: str, section: str) -> tuple[str, str]:
        """Return the title of a section's text, and its description or nothing."""
        text = self.table[lang, "section", section]
        return text.title, text.description

    def html(self, lens: Lens, key: str, about: str, root: str) -> Markup | None:
        """Return the text on a section, city or instrument for a page whose way to the root is ``root``."""
        text: Text | None = self.table.get((lens.lang.code, key, about))
        if text is None:
            return None
        place = text.place
        sections = self.sections(lens.lang.code)
        return safe_html(
            text.html, lambda path, fragment: root + _resolve(lens, sections, place, path, fragment)
        )


def ids_of_sections(atlas: Atlas) -> dict[str, Iterable[str]]:
    """Return the ids of the records that have a page, by their section."""
    words = atlas.vocabulary
    of_families: dict[str, list[str]] = {
        words.section(f): [] for f in ("network", "charter", *words.families)
    }
    for one in atlas.instruments.values():
        of_families[words.section(words.family(one))].append(one.id)
    return {
        "cities": atlas.cities,
        **of_families,
        "actions": atlas.actions,
        "topics": atlas.vocabulary.topics,
        "sources": atlas.sources,
        "countries": [code.lower() for code in atlas.cities_of_country],
    }


def targets(atlas: Atlas) -> frozenset[str]:
    """Return what an ``atlas:`` link may name, whatever its language."""
    sections = ids_of_sections(atlas)
    pages = (f"{section}/{id_}" for section, ids in sections.items() for id_ in ids)
    return frozenset((*sections, *pages, *SECTIONS, *BELOW, "data", "licences", ""))


def _resolve(lens: Lens, sections: Iterable[str], place: str, path: str, fragment: str) -> str:
    if path.strip("/") in BELOW:
        return lens.href(path.strip("/"), fragment=fragment)
    section, _, id = path.strip("/").partition("/")
    ids: dict[str, Iterable[str]] = {
        **ids_of_sections(lens.atlas),
        **dict.fromkeys((*sections, "data", "licences", ""), ()),
    }
    if section not in ids or (id and id not in ids[section]):
        raise UsageError(f"{place}: the link atlas:{path} leads nowhere")
    return lens.href(section, id, fragment)
