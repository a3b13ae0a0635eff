"""What the search of the site can find: the entries of the dataset, the parts of the texts, and the lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html.parser import HTMLParser

from ...languages.words import Link
from ...views.lens import Lens
from ...views.pages.search_entries import SearchEntry, page_entry, search_entries, spaced
from ...views.sections import site_links
from ..content import SECTIONS, Texts


def everything(lenses: Iterable[Lens], texts: Texts) -> dict[str, list[SearchEntry]]:
    """Return all that can be found, by the code of the language."""
    return {lens.lang.code: entries(lens, _texts(lens, texts), site_links(lens)) for lens in lenses}


def _texts(lens: Lens, texts: Texts) -> Iterator[tuple[Link, str]]:
    """Yield the page of every text of ``content/`` in the language of a lens, and the HTML of the text."""
    lang = lens.lang.code
    written = [section for section in SECTIONS if section in texts.sections(lang)]
    titles = {section: texts.title_and_description(lang, section)[0] for section in written}
    about = [
        *(("section", id, Link(text=title, href=lens.href(id))) for id, title in titles.items()),
        *(("city", id, lens.city_link(id)) for id in lens.atlas.cities),
        *(("instrument", id, lens.instrument_link(id)) for id in lens.atlas.instruments),
    ]
    for key, id, link in about:
        if html := texts.html(lens, key, id, ""):
            yield link, str(html)


def entries(lens: Lens, texts: Iterable[tuple[Link, str]], links: Iterable[Link]) -> list[SearchEntry]:
    """Return everything that can be found in one language, each address once.

    ``texts`` are pages of prose with their HTML, ``links`` pages that are found by their titles.
    """
    every = list(search_entries(lens))
    for page, html in texts:
        for anchor, heading, text in prose_parts(html):
            title = f"{page.text}: {heading}" if heading else page.text
            href = f"{page.href}#{anchor}" if anchor else page.href
            every.append(page_entry(Link(text=title, href=href), text))
    every += [page_entry(link) for link in links]
    first: dict[str, SearchEntry] = {}
    for find in every:
        first.setdefault(find.href, find)
    return list(first.values())


class _Parts(HTMLParser):
    """Cuts a text at its headings."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[tuple[str, list[str], list[str]]] = [("", [], [])]
        self._in_heading = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        anchor = dict(attrs).get("id")
        if tag in ("h2", "h3") and anchor:
            self.parts.append((anchor, [], []))
            self._in_heading = True

    def handle_endtag(self, tag: str) -> None:
        self._in_heading = self._in_heading and tag not in ("h2", "h3")
        self.parts[-1][2].append("" if tag in ("a", "em", "strong", "b", "i", "code", "abbr") else " ")

    def handle_data(self, data: str) -> None:
        _, heading, text = self.parts[-1]
        (heading if self._in_heading else text).append(data)


def prose_parts(html: str) -> list[tuple[str, str, str]]:
    """Return the anchor, the heading and the words of each part of a text; the first has no heading."""
    parser = _Parts()
    parser.feed(html)
    parser.close()
    cut = ((anchor, spaced("".join(head)), spaced("".join(body))) for anchor, head, body in parser.parts)
    return [part for part in cut if part[1] or part[2]]
