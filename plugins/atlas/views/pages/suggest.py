"""The form that suggests an entry or a correction: its page, and every word that its script says.

The page sends nothing. It shows the row as it will stand in the file and hands it over: to an
issue on the code host that is written already, to the clipboard, or to an e-mail program.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...findings import Place
from ...languages.language import Language
from ...languages.words import Link
from ...model.frozen import dataclass
from ..lens import Lens
from ..parts import Frame

SECTION = "contribute/suggest"
RECORDS = "contribute/suggest/records.json"
"""Where the script finds the sources and other records by their ids, for every language."""

NUMBER = "%(num)s"
LARGEST_ADDRESS = 7000
"""Characters of an address that browsers and code hosts still take; longer text is copied instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusOption:
    """A status that can be chosen, with what it means."""

    id: str
    text: str
    help: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestPage:
    """The form, and what to send for those who cannot or will not use it."""

    frame: Frame
    heading: str
    lead: tuple[str, ...]
    statuses: tuple[StatusOption, ...]
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
    heading = lang.t("Suggest an entry or a correction")
    lead = lang.t(
        "Say what you know and where it can be read. "
        "This page checks it, shows the row as it will stand in the data, and sends nothing by itself."
    )
    crumbs = (Link(text=lang.t("How to contribute"), href=lens.href("contribute")),) if contribute else ()
    return SuggestPage(
        frame=lens.frame(
            "suggest", section=SECTION, title=heading, description=lead, crumbs=crumbs, current="contribute"
        ),
        heading=heading,
        lead=(lead,),
        statuses=tuple(
            StatusOption(id=id, text=lang.label(code), help=lang.text(code.help))
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


def words(lang: Language) -> Mapping[str, Any]:
    """Return all that the form says in one language; the script holds no words of its own.

    Names in brackets are filled in by the script.
    """
    t = lang.translations.gettext
    return {
        # The fields
        "fields": {
            "city": t("City"),
            "instrument": t("Network or charter"),
            "status": t("Status"),
            "decided": t("Decision of the council"),
            "since": t("Since"),
            "until": t("Until"),
            "role": t("Role"),
            "act": t("Legal act"),
            "source": t("Address of the document"),
            "title": t("Title of the document"),
            "publisher": t("Who published it"),
            "lang": t("Language of the document"),
            "published": t("Date of the document"),
            "country": t("Country"),
            "verified": t("You read it on"),
            "verified_by": t("Your name"),
            "note": t("Note"),
            "wrong": t("What is wrong, and what would be right"),
        },
        # What is wrong with a value
        "needed": t("Fill this in."),
        "choose_status": t("Choose a status."),
        "source_needed": t("Give the address of the document, or its title if it exists on paper only."),
        "title_needed": t("The atlas does not know this document yet: give its title as the document does."),
        "not_a_date": t(
            "Not a date. Type 2022, 2022-09 or 2022-09-25, as exactly as the source says, "
            "or ../2022 for 2022 or earlier."
        ),
        "type_instead": t("Not a date as the data writes it. Type %(instead)s."),
        "ambiguous": t(
            "Day and month may stand either way. Type %(one)s or %(other)s, as the source means it."
        ),
        "no_such_day": t("There is no such day. Look at the source again."),
        "year_too_early": t("A year before 1000."),
        "before": t("Before “%(other)s” (%(date)s). Correct one of them, or swap them."),
        "in_future": t("This day is still to come."),
        "none_has_no_dates": t(
            "A city that is not committed has no date here. Leave it empty, or choose another status."
        ),
        "ended": t(
            "The end has passed, so this status no longer holds. Choose “%(status)s”, or correct the end."
        ),
        "not_ended": t("The end is still to come. Choose the status that holds today, or correct the end."),
        "overlaps": t(
            "This overlaps a period that is recorded already. Correct that entry, or give both their ends."
        ),
        "not_an_address": t("Not an address that begins with https:// or http://."),
        "bad_character": t("A space or a character that no address holds. Copy the address again."),
        "password": t("A user name or password before the host. Delete everything between // and @."),
        "not_public": t("The host is not on the public web."),
        "too_long": t("Longer than %(limit)s characters."),
        "private": t("Private data: %(found)s. Leave it out; the issue and the data are public."),
        "no_country": t("No country of this name. Type its name in this language, or its two letters."),
        "no_language": t("Not the code of a language, such as pl, en or pt-BR."),
        "no_id": t("No id can be made of this name. Write it in Latin letters."),
        # What is found
        "found": lang.forms(lambda n: lang.n("%(num)s match", "%(num)s matches", n, num=NUMBER)),
        "none_found": t("Nothing of that name is recorded; you can suggest it all the same."),
        "errors": lang.forms(
            lambda n: lang.n("%(num)s thing to mend", "%(num)s things to mend", n, num=NUMBER)
        ),
        "unknown": t("Left out of this address, because the atlas does not know it: %(what)s"),
        "new_city": t("A new place: %(name)s, with the id %(id)s in %(file)s."),
        "new_instrument": t(
            "New: %(name)s. The row uses the id %(id)s; somebody will describe it in a file of its own."
        ),
        "known_source": t("The atlas knows this document: %(title)s"),
        "decided_later": t(
            "The decision is later than the beginning. If that is right, say in the note that it came after."
        ),
        # What comes out
        "correcting": t("Correction of the entry: %(city)s, %(instrument)s"),
        "correcting_record": t("Correction of the record: %(name)s"),
        "row_goes": t("Row for %(file)s"),
        "row_replaces": t("Row that replaces the one in %(file)s"),
        "city_goes": t("Row for %(file)s, so that the place is known"),
        "changes": t("%(field)s: %(before)s, now %(after)s"),
        "nothing": t("nothing"),
        "block": t("For whoever takes it up (atlas accept)"),
        "source_goes": t("Row for %(file)s, so that the claim has its source"),
        "columns_added": t("The file gains the columns: %(columns)s."),
        "copied": t("Copied."),
        "not_copied": t("The browser does not let this page copy. Select the text and copy it yourself."),
        "long": t("(Too long for an address: please paste here what you copied from the page.)"),
        "issue_title": t("%(city)s in %(instrument)s: %(status)s"),
        "correction_title": t("Correction: %(city)s in %(instrument)s"),
        "record_title": t("Correction: %(record)s"),
        "from": t("Written with the form of the atlas."),
    }
