"""The recheck queue as a page: what a visitor can help with in two minutes, and how far the atlas has got."""

from __future__ import annotations

from ...languages.wordings import plurals
from ...languages.words import Link
from ...model.frozen import Frozen
from ..analysis.recheck import RecheckDocument, recheck_documents
from ..lens import Lens
from ..pages.instrument import covered, largest_first
from ..parts import ListEntry, PageView
from ..sections import page_frame
from .statistics import Ages, ages, source_stats

SECTION = "contribute/recheck"
DOCUMENTS_LISTED = 40
"""Documents that are listed; the first ten of the atlas carry nearly half of what is due."""


class DocumentRow(Frozen):
    """A document to open, and how many claims a look at it settles."""

    link: Link
    """Its page, which lists the claims."""
    url: str | None
    carries: str
    copy: str | None
    """Where the archived copy is."""


class RecheckPage(PageView):
    """What to look at again, what has no archived copy, and what is covered."""

    documents: tuple[DocumentRow, ...]
    rest: str
    """How many more documents there are, or nothing."""
    claims: tuple[str, ...]
    """How long ago claims were looked at."""
    sources: tuple[str, ...]
    coverage: tuple[ListEntry, ...]
    """How much is recorded of each network or charter."""


def recheck_page(lens: Lens, *, contribute: bool) -> RecheckPage:
    """Return the page; its numbers are those of ``atlas stats``.

    ``contribute`` tells whether there is a page on how to contribute above it.
    """
    lang = lens.lang
    documents = recheck_documents(lens, lens.atlas.commitments)
    sources = source_stats(lens, lens.atlas.sources.values())
    title, summary = lang.t("Help in two minutes"), lang.phrase("recheck/lead")
    rest = len(documents) - DOCUMENTS_LISTED
    return RecheckPage(
        frame=page_frame(
            lens, "recheck", SECTION, title=title, lead=(summary,), crumbs=None if contribute else ()
        ),
        documents=tuple(_document(lens, one) for one in documents[:DOCUMENTS_LISTED]),
        rest=lang.n("and %(num)s more document", "and %(num)s more documents", rest) if rest > 0 else "",
        claims=_ages(lens, ages(lens, (one.verified for one in lens.atlas.commitments))),
        sources=(
            lang.phrase("recheck/archived", sources.archived),
            lang.phrase("recheck/unarchived", sources.unarchived),
        ),
        coverage=tuple(
            ListEntry(link=lens.instrument_link(one.id), note=covered(lens, one))
            for one in largest_first(lens, list(lens.atlas.instruments.values()))
        ),
    )


def _document(lens: Lens, one: RecheckDocument) -> DocumentRow:
    return DocumentRow(
        link=lens.source_link(one.source.id),
        url=one.source.url,
        carries=lens.lang.phrase("recheck/carries", len(one.claims)),
        copy=one.source.archived,
    )


def _ages(lens: Lens, ages: Ages) -> tuple[str, ...]:
    numbers = ((words, getattr(ages, age)) for age, words in plurals("ages").items())
    return tuple(lens.lang.n(*words, number) for words, number in numbers if number)
