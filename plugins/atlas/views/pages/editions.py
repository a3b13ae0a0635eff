"""The page of the editions of the data: how each is named, what it brought, where it can be had."""

from __future__ import annotations

from dataclasses import replace

from ...changes.history.edition_report import Chronicle, EditionReport
from ...findings import Place
from ...model.frozen import Frozen
from ..lens import Lens
from ..parts import PageView
from ..sections import page_frame
from .changelog import begins, edition_href, gap

SECTION = "data/editions"


class EditionRow(Frozen):
    """One edition."""

    name: str
    day: str
    what: str
    """What the atlas began with, or how many changes it brought."""
    href: str
    """Where its changes are told."""
    files: str | None
    """The data of the edition on the code host."""


class EditionsPage(PageView):
    """All editions that are known, the newest first."""

    gap: str | None
    """Why the history is missing or not whole."""
    editions: tuple[EditionRow, ...]
    releases: str | None
    """Where released editions are kept, each as one file."""
    command: str | None
    """What makes an archive of the newest edition where the repository is at hand."""


def editions_page(lens: Lens, chronicle: Chronicle) -> EditionsPage:
    """Return the page of the editions of a history."""
    lang, host = lens.lang, lens.host
    lead = lang.t("Every edition of the data, the newest first, by the name under which it can be cited.")
    newest = next(iter(chronicle.editions), None)
    return EditionsPage(
        frame=page_frame(lens, "editions", SECTION, title=lang.t("Editions"), lead=(lead,)),
        gap=gap(lang, chronicle),
        editions=tuple(_row(lens, one) for one in chronicle.editions),
        releases=host.filled(host.releases) if host.offers(host.releases) else None,
        command=f"git archive --format=zip -o {newest.name}.zip {newest.commit[:9]} {host.folder}"
        if newest
        else None,
    )


def _row(lens: Lens, edition: EditionReport) -> EditionRow:
    lang, number = lens.lang, len(edition.changes)
    then = replace(lens.host, branch=edition.commit)
    return EditionRow(
        name=edition.name,
        day=lang.full_date(edition.day),
        what=begins(lens, edition)
        if edition.record_counts is not None
        else lang.n("%(num)s change", "%(num)s changes", number),
        href=edition_href(lens, edition),
        files=then.at(then.file, Place(then.data)),
    )
