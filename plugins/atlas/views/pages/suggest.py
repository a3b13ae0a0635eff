"""The form that suggests an entry or a correction: its page, and what can be chosen on it.

The page sends nothing. It shows the row as it will stand in the file and hands it over: to an
issue on the code host that is written already, to the clipboard, or to an e-mail program.
"""

from __future__ import annotations

from typing import Any

from ...findings import Place
from ...languages.words import Link
from ..lens import Lens
from ..parts import Choice, PageView
from ..sections import page_frame

SECTION = "contribute/suggest"
RECORDS = "contribute/suggest/records.json"
"""Where the script finds the sources and other records by their ids, for every language."""

LARGEST_ADDRESS = 7000
"""Characters of an address that browsers and code hosts still take; longer text is copied instead."""


class SuggestPage(PageView):
    """The form, and what to send for those who cannot or will not use it."""

    statuses: tuple[Choice, ...]
    roles: tuple[str, ...]
    """What cities are called in instruments, to choose from; other words are welcome."""
    rules: str
    """The file of the rules and words that the script goes by, from the root of the site."""
    records: str
    issue: str
    """The template of the address of an issue, or empty where the way is not offered."""
    email: str
    issues: str | None
    """Where the forms for issues stand on the code host."""
    folder: str | None
    """Where the files of the commitments stand on the code host."""


def suggest_page(lens: Lens, *, contribute: bool) -> SuggestPage:
    """Return the form; ``contribute`` tells whether there is a page above it to link to."""
    lang, host, vocabulary = lens.lang, lens.host, lens.atlas.vocabulary
    lead = lang.phrase("suggest/lead")
    crumbs = (Link(text=lang.t("How to contribute"), href=lens.href("contribute")),) if contribute else ()
    return SuggestPage(
        frame=page_frame(lens, "suggest", SECTION, lead=(lead,), crumbs=crumbs),
        statuses=tuple(
            Choice(id=id, text=lang.label(code), help=lang.text(code.help))
            for id, code in vocabulary.statuses.items()
        ),
        roles=tuple(lang.label(code) for code in vocabulary.roles.values()),
        rules=rules_file(lens),
        records=RECORDS,
        issue=host.filled(host.issue) if host.offers(host.issue) else "",
        email=host.email,
        issues=host.filled(host.issues) if host.offers(host.issues) else None,
        folder=host.at(host.file, Place(f"{host.data}/commitments")),
    )


def rules_file(lens: Lens) -> str:
    """Return where the rules and words in the language of this lens lie."""
    return lens.addresses.path(lens.lang.code, SECTION) + "rules.json"


def names(lens: Lens) -> dict[str, Any]:
    """Return what can be chosen, by its names in the language of the lens."""
    lang, atlas = lens.lang, lens.atlas
    return {
        # Of the files as they stand: a row must fit the header that is there.
        "file_columns": {kind: list(columns) for kind, columns in atlas.columns.items()},
        "statuses": {id: lang.label(code) for id, code in atlas.vocabulary.statuses.items()},
        "roles": {id: lang.label(code) for id, code in atlas.vocabulary.roles.items()},
        "instruments": [
            {
                "id": instrument.id,
                "family": instrument.family,
                "name": lens.instrument_name(instrument).text,
                "names": list(dict.fromkeys((lens.instrument_short(instrument), *instrument.names.values()))),
                "href": lens.href(lens.instrument_section(instrument), instrument.id),
                **({"columns": list(instrument.columns)} if instrument.columns else {}),
            }
            for instrument in lang.sorted_by_name(atlas.instruments.values(), lens.instrument_short)
        ],
    }


def records(lens: Lens) -> dict[str, Any]:
    """Return the records that can be corrected but are no commitments, by kind and id.

    A source has its address as well, so that a document is not entered twice.
    """
    atlas = lens.atlas
    return {
        "sources": {
            source.id: [source.title, source.url] if source.url else [source.title]
            for source in atlas.sources.values()
        },
        "actions": {action.id: [lens.lang.text(action.title)] for action in atlas.actions.values()},
    }
