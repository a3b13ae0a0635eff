"""How a page or one claim is quoted: a sentence or two, marked up so that a script knows its parts.

BibTeX, RIS, CSL-JSON and the template of Wikipedia are made from these parts in the browser, see
``theme/static/js/shared/citation.js``. No date of access is given, because only the reader knows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from markupsafe import Markup, escape

from ...languages.direction import wrapped
from ...languages.language import Language
from ...model.frozen import Frozen
from ...model.records import Commitment
from .. import evidence
from ..lens import Lens
from ..parts import Frame

_DOCUMENTS = {
    "city": "cities", "instrument": "instruments", "country": "countries", "topic": "topics",
    "source": "sources", "action": "actions",
}  # fmt: skip
"""The folder of the API with the document of a page, by the kind of the page."""


class Quote(Frozen):
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
    folder = _DOCUMENTS.get(frame.kind)
    return Quote(
        text=_citation(lens, frame.path, frame.title or lens.name),
        site=lens.name,
        issued=lens.as_of,
        edition=lens.edition,
        named=lens.lang.t("edition %(name)s", name=lens.edition) if lens.edition else "",
        document=f"api/v1/{folder}/{frame.id}.json" if folder else None,
    )


MOST_SOURCES = 2
"""A citation names the first ones, those that are seen beside the claim at once."""


def claim_texts(lens: Lens, commitments: Iterable[Commitment]) -> dict[str, Markup]:
    """Return the citations of claims by their short ids: what each says, and what it rests on."""
    return {one.key: _of_claim(lens, one) for one in commitments}


def _of_claim(lens: Lens, commitment: Commitment) -> Markup:
    # A title ends without a full stop, but an abbreviation keeps its own ("2011 r.").
    title = re.sub(r"(?<=\w\w)\.$", "", lens.statement(commitment))
    address = lens.href("cities", commitment.city, commitment.anchor)
    sources = [_source(lens, id) for id in commitment.sources[:MOST_SOURCES]]
    return _citation(lens, address, title, sources, commitment.key)


def _source(lens: Lens, id: str) -> str:
    source = lens.atlas.sources[id]
    title = f"{source.publisher}, {source.title}" if source.publisher else source.title
    return f"{title} ({evidence.source_date(lens, source)})"


def _citation(lens: Lens, address: str, title: str, sources: Sequence[str] = (), claim: str = "") -> Markup:
    """Return a citation as a sentence or two, in the language of the page.

    The title stands in ``cite``, each source in ``span``, the id of a claim in ``code``, the address last.
    """
    site, words = lens.name, _wording(lens.lang)
    parts = [_edition(lens.lang, site, lens.as_of, lens.edition)]
    if title != site:
        parts.insert(0, _put(words.title, "cite", title))
    if sources:
        parts.append(_put(words.sources[len(sources) - 1], "span", *sources))
    if claim:
        parts.append(_put(words.claim, "code", claim))
    return Markup(" ").join([*parts, *filter(None, [lens.absolute(address)])])


class _Wording(NamedTuple):
    """Wording around what is marked up, escaped."""

    title: str
    sources: Sequence[str]
    """By their number."""
    claim: str


@lru_cache(16)
def _wording(lang: Language) -> _Wording:
    sources = (
        lang.n("Source: %(sources)s.", "Sources: %(sources)s.", number, sources=_HOLE)
        for number in range(1, MOST_SOURCES + 1)
    )
    title, claim = lang.t("“%(title)s”.", title=_HOLE), lang.t("Claim %(id)s.", id=_HOLE)
    return _Wording(str(escape(title)), [str(escape(one)) for one in sources], str(escape(claim)))


@lru_cache(16)
def _edition(lang: Language, site: str, as_of: date, name: str) -> Markup:
    day = lang.day_in_sentence(as_of)
    return escape(
        lang.t("%(site)s, edition of %(edition)s.", site=site, edition=f"{day} ({name})" if name else day)
    )


_HOLE = "\0"
"""Stands for what is marked up, until the words around it are escaped."""
_CONTROL = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029]+")


def _put(said: str, element: str, *texts: str) -> Markup:
    made = (f"<{element}>{wrapped(_in_line(text))}</{element}>" for text in texts)
    return Markup(said.replace(_HOLE, "; ".join(made)))


def _in_line(text: str) -> str:
    """Return a text without line breaks, and with no more than one space between words."""
    plain = text.isprintable() and "  " not in text
    return str(text if plain else _CONTROL.sub(" ", text)).strip()
