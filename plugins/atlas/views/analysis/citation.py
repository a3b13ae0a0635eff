"""How a page or one claim is quoted: a sentence or two, marked up so that a script knows its parts.

BibTeX, RIS, CSL-JSON and the template of Wikipedia are made from these parts in the browser, see
``theme/static/js/shared/citation.js``. No date of access is given, because only the reader knows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from markupsafe import Markup, escape

from ...languages.direction import kept_apart
from ...languages.language import Language
from ...model.frozen import dataclass
from ...model.records import Commitment
from .. import evidence
from ..lens import Lens
from ..parts import Frame

_DOCUMENTS = {
    "city": "cities", "instrument": "instruments", "country": "countries", "topic": "topics",
    "source": "sources", "action": "actions",
}  # fmt: skip
"""The folder of the API with the document of a page, by the kind of the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """What is quoted, from which edition."""

    title: str
    site: str
    lang: Language
    issued: date
    edition: str = ""
    url: str = ""
    """The absolute address; empty where that of the site is not known."""
    claim: str = ""
    """The short id of a claim (``krakow/eccar``)."""
    sources: tuple[str, ...] = ()
    """The sources of a claim, each in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """The citation of a page, and what all citations on it share."""

    text: Markup
    site: str
    issued: date
    edition: str
    named: str
    """How the edition is named where there is room for no more than an id; empty without a name."""
    document: str | None
    """The path of the page's document in the API, where it has one."""


def quote(lens: Lens, frame: Frame) -> Quote:
    """Return the citation of a page with what belongs to it."""
    citation, folder = page_citation(lens, frame), _DOCUMENTS.get(frame.kind)
    named = lens.lang.t("edition %(name)s", name=citation.edition) if citation.edition else ""
    return Quote(
        text=marked(citation),
        site=citation.site,
        issued=citation.issued,
        edition=citation.edition,
        named=named,
        document=f"api/v1/{folder}/{frame.id}.json" if folder else None,
    )


# What is cited


def page_citation(lens: Lens, frame: Frame) -> Citation:
    """Return the citation of a page."""
    return _citation(lens, frame.path, title=frame.title or lens.name)


MOST_SOURCES = 2
"""A citation names the first ones, those that are seen beside the claim at once."""


def claim_citation(lens: Lens, commitment: Commitment) -> Citation:
    """Return the citation of one claim: what it says, what it rests on, and its address."""
    # A title ends without a full stop, but an abbreviation keeps its own ("2011 r.").
    title = re.sub(r"(?<=\w\w)\.$", "", lens.statement(commitment))
    return _citation(
        lens,
        lens.href("cities", commitment.city, commitment.anchor),
        title=title,
        claim=commitment.key,
        sources=tuple(_source(lens, id) for id in commitment.sources[:MOST_SOURCES]),
    )


def claim_texts(lens: Lens, commitments: Iterable[Commitment]) -> dict[str, Markup]:
    """Return the citations of claims, by the short ids of the claims."""
    return {c.key: marked(claim_citation(lens, c)) for c in commitments}


def _citation(lens: Lens, address: str, *, title: str, **more: Any) -> Citation:
    return Citation(
        title=title,
        site=lens.name,
        lang=lens.lang,
        issued=lens.as_of,
        edition=lens.edition,
        url=lens.absolute(address),
        **more,
    )


def _source(lens: Lens, id: str) -> str:
    source = lens.atlas.sources[id]
    title = f"{source.publisher}, {source.title}" if source.publisher else source.title
    return f"{title} ({evidence.source_date(lens, source)})"


def marked(citation: Citation) -> Markup:
    """Return the citation as a sentence or two, in the language of the page.

    The title stands in ``cite``, each source in ``span``, the id of a claim in ``code``, the address last.
    """
    lang, site = citation.lang, citation.site
    day = lang.day_in_sentence(citation.issued)
    edition = f"{day} ({citation.edition})" if citation.edition else day
    parts = [escape(lang.t("%(site)s, edition of %(edition)s.", site=site, edition=edition))]
    if citation.title != site:
        parts.insert(0, _put(lang.t("“%(title)s”.", title=_HOLE), "cite", citation.title))
    if citation.sources:
        said = lang.n("Source: %(sources)s.", "Sources: %(sources)s.", len(citation.sources), sources=_HOLE)
        parts.append(_put(said, "span", *citation.sources))
    if citation.claim:
        parts.append(_put(lang.t("Claim %(id)s.", id=_HOLE), "code", citation.claim))
    return Markup(" ").join([*parts, *filter(None, [citation.url])])


_HOLE = "\0"
"""Stands for what is marked up, until the words around it are escaped."""
_CONTROL = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029]+")


def _put(said: str, element: str, *texts: str) -> Markup:
    made = (f"<{element}>{escape(kept_apart(_CONTROL.sub(' ', text).strip()))}</{element}>" for text in texts)
    return Markup(str(escape(said)).replace(_HOLE, "; ".join(made)))
