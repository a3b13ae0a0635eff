"""Redirect pages, which send their reader on, and tombstone pages, which say what was withdrawn and why."""

from __future__ import annotations

from dataclasses import replace

from ...changes.history.edition_report import Chronicle, said_last
from ...changes.moved_ids import SECTIONS, Gone, Redirect, Withdrawn, moves
from ...findings import Place as Position
from ...languages.wordings import wordings
from ...languages.words import Link, Words
from ...model.frozen import Frozen
from ...model.records import Retired
from ...model.schema import schema
from ..families import families
from ..lens import Lens
from ..parts import Frame, PageView
from ..sections import section_link


class Note(Frozen):
    """When something was withdrawn, in a sentence, and why."""

    when: str
    reason: Words | None


class WithdrawnClaim(Frozen):
    """A claim that stood on a city's page, and is none any more."""

    anchor: str
    id: str
    """The short id by which it may have been quoted."""
    subject: Words
    link: Link | None
    """The instrument, where it is still there."""
    note: Note
    successor: Link | None


class RedirectPage(PageView):
    """A page that sends its reader on."""

    target: Link
    claims: tuple[tuple[str, Link], ...]
    """The anchors of the claims that stood here, with where they stand now."""
    note: Note | None


class GonePage(PageView):
    """A page that says what was withdrawn."""

    note: Note
    said: tuple[str, ...]
    """What the entry said last, in sentences; empty where the history of the data does not tell."""
    claims: tuple[WithdrawnClaim, ...]
    index: Link
    """The list in which it stood."""
    history: str | None
    """Where the record can still be read, on the code host."""


def redirect_page(lens: Lens, path: str, redirect: Redirect) -> RedirectPage:
    """Return the page at ``path`` that leads to another one."""
    city = redirect.city
    claims = lens.atlas.commitments_of_city.get(city, ())
    text = lens.city_name(lens.atlas.cities[city]) if city else f"/{redirect.to}"
    there, mark, anchor = redirect.to.partition("#")
    frame = _frame(lens, "redirect", path, lens.lang.t("This page is at another address"))
    return RedirectPage(
        frame=replace(frame, canonical=there),
        target=Link(text=text, href=there + lens.addresses.index + mark + anchor),
        claims=tuple(
            (
                anchor,
                Link(
                    text=lens.instrument_short(lens.atlas.instruments[one.instrument]),
                    href=lens.href("cities", city, one.anchor),
                ),
            )
            for one in claims
            for anchor in (one.anchor, *moves(lens.atlas).former_anchors(city, one.anchor))
        ),
        note=_note(lens, redirect.why) if redirect.why else None,
    )


def gone_page(lens: Lens, path: str, gone: Gone, chronicle: Chronicle) -> GonePage:
    """Return the page at ``path`` that says what was withdrawn there, when and why, and what it said last."""
    lang = lens.lang
    section, title = "", lang.t("A page that was withdrawn")
    if gone.kind:
        section, title = SECTIONS[gone.kind], lang.t(wordings("withdrawn")[gone.kind], id=gone.id)
    lead = (
        lang.t("The atlas published an entry at this address and has withdrawn it."),
        lang.t("The address is never used for anything else."),
    )
    if gone.kind == "instrument":
        known = families(lens)
        stood = (one for one in known if path.startswith(lens.href(one.section)))
        section = next(stood, known[gone.why.kind == "charter"]).section
    return GonePage(
        frame=replace(_frame(lens, "gone", path, title, section, gone.id), lead=lead),
        note=_note(lens, gone.why),
        said=tuple(
            f"{one.sentence[lang.code]}."
            for one in said_last(chronicle, gone.kind or "", gone.id)
            if lang.code in one.sentence
        ),
        claims=withdrawn_claims(lens, gone.id) if gone.kind == "city" else (),
        index=section_link(lens, section),
        history=_history(lens, gone),
    )


def withdrawn_claims(lens: Lens, city: str) -> tuple[WithdrawnClaim, ...]:
    """Return what was withdrawn from the page of a city, in the order of the data."""
    return tuple(_claim(lens, city, one) for one in moves(lens.atlas).withdrawn.get(city, ()))


def _claim(lens: Lens, city: str, one: Withdrawn) -> WithdrawnClaim:
    there = one.instrument in lens.atlas.instruments
    successor = None
    if one.successor:
        link = lens.city_link(*one.successor)
        claims = lens.atlas.commitments_of_city[one.successor[0]]
        instrument = next(c.instrument for c in claims if c.anchor == one.successor[1])
        name = lens.instrument_short(lens.atlas.instruments[instrument])
        successor = Link(text=f"{link.text}: {name}", href=link.href)
    return WithdrawnClaim(
        anchor=one.anchor,
        id=one.id,
        subject=lens.instrument_name(lens.atlas.instruments[one.instrument])
        if there
        else Words(text=one.instrument),
        link=lens.instrument_link(one.instrument) if there else None,
        note=_note(lens, one.why),
        successor=successor,
    )


def _note(lens: Lens, why: Retired) -> Note:
    lang = lens.lang
    when = lang.t("Withdrawn %(when)s.", when=lang.when(why.on)) if why.on else ""
    if why.replaced_by and why.on:
        when = lang.t("Replaced %(when)s.", when=lang.when(why.on))
    return Note(when=when or lang.t("The day of the change is not recorded."), reason=lang.words(why.reason))


def _history(lens: Lens, gone: Gone) -> str | None:
    kind = {"topic": "vocabulary", "instrument": gone.why.kind}.get(gone.kind or "", gone.kind)
    record = schema().get(kind or "")
    if record is None:
        return None
    return lens.host.at(lens.host.history, Position(f"{lens.host.data}/{record.path.format(id=gone.id)}"))


def _frame(lens: Lens, kind: str, path: str, title: str, section: str = "", id: str = "") -> Frame:
    """Return the frame of a page that is in no list and no other language speaks of."""
    return Frame(
        kind=kind,
        lang=lens.lang.code,
        path=path,
        title=title,
        description=title,
        alternates=lens.addresses.alternates(section, id) if id else (),
        section=section,
    )
