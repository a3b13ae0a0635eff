"""The pages of changes: what happened in the world, what the atlas had wrong, what it learnt, by edition."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ...cache.reads import remembered
from ...changes.history.edition_report import PARTS, ChangeEntry, Chronicle, EditionReport, Part
from ...changes.moved_ids import SECTIONS, Kind, moves
from ...changes.wording.affected_pages import Page
from ...changes.wording.sentences import EVENTS
from ...languages.language import Language
from ...languages.wordings import plurals, wordings
from ...languages.words import Link
from ...model.frozen import Frozen
from ...model.grouping import grouped
from ...model.records import Atlas
from ..families import counted
from ..lens import Lens
from ..parts import Choice, Group, PageView
from ..sections import page_frame

NEWEST = 20
"""Editions on the first page; the pages of the years hold all."""
AT_ONCE = 25
"""Up to so many changes of one part of an edition are told one by one; more are counted first."""
CHANGES_PER_YEAR_PAGE = 200
"""So many are told on the page of a year even then; the command names the rest."""

_KINDS: Mapping[str, Kind] = {section: kind for kind, section in SECTIONS.items()}


class EditionPart(Frozen):
    """What the world did, what was wrong, or what the atlas learnt in one edition."""

    part: Part
    heading: str
    number: str
    counts: tuple[str, ...]
    """What the changes are, in numbers, where they are too many to be told at once."""
    groups: tuple[Group[Link], ...]
    """Sentences by city or instrument, each with where it can be seen, or with an empty address; none on the
    first page where there are too many."""
    rest: str | None
    """How many more there are that even the page of the year does not tell."""


class EditionEntry(Frozen):
    """One edition of the data."""

    anchor: str
    day: str
    """Its day as ISO 8601 writes it."""
    heading: str
    href: str
    """Where it stands for good: on the page of its year."""
    begins: str | None
    """A sentence on what the atlas begins with, for the first edition alone."""
    parts: tuple[EditionPart, ...]
    notes: tuple[str, ...]
    """What could not be told, and why."""
    command: str | None
    """What tells everything on a computer with the repository."""


class ChangesPage(PageView):
    """The newest editions, or those of one year."""

    gap: str | None
    """Why the history is missing or not whole."""
    years: tuple[Choice, ...]
    editions: tuple[EditionEntry, ...]
    older: str | None
    """How many editions stand only on the pages of the years."""
    ways: tuple[Link, ...]
    """The feed and the calendar of everything."""


def years(chronicle: Chronicle) -> list[str]:
    """Return the years that have a page, the newest first."""
    return list(dict.fromkeys(str(edition.day.year) for edition in chronicle.editions))


def changes_page(lens: Lens, chronicle: Chronicle, ways: tuple[Link, ...], year: str = "") -> ChangesPage:
    """Return the page of the newest editions, or of all those of a year."""
    lang = lens.lang
    title = lang.t("Changes in %(year)s", year=year) if year else None
    lead = lang.phrase("changelog/lead")
    own = [one for one in chronicle.editions if not year or str(one.day.year) == year]
    shown = own if year else own[:NEWEST]
    more = len(own) - len(shown)
    return ChangesPage(
        frame=page_frame(lens, "changes", "changes", year, title=title, lead=(lead,)),
        gap=gap(lang, chronicle),
        years=tuple(
            Choice(
                id=one,
                text=one,
                href=lens.href("changes", one),
                number=lang.number(sum(str(edition.day.year) == one for edition in chronicle.editions)),
                current=one == year,
            )
            for one in years(chronicle)
        ),
        editions=tuple(_edition(lens, one, whole=bool(year)) for one in shown),
        older=lang.phrase("changelog/older", more) if more else None,
        ways=ways,
    )


def gap(lang: Language, chronicle: Chronicle) -> str | None:
    """Return why the history is missing or not whole."""
    if chronicle.gap == "none":
        return lang.phrase("changelog/no_history")
    if chronicle.gap == "shallow" and chronicle.known_from:
        return lang.phrase("changelog/part_of_history", date=lang.day_in_sentence(chronicle.known_from))
    return None


def edition_href(lens: Lens, edition: EditionReport) -> str:
    """Return the lasting address of an edition."""
    return lens.href("changes", str(edition.day.year), _anchor(edition))


def _anchor(edition: EditionReport) -> str:
    return f"edition-{edition.day}"


def begins(lens: Lens, edition: EditionReport) -> str:
    """Return a sentence on what the atlas begins with."""
    lang, holds, words = lens.lang, edition.record_counts or {}, plurals("records")

    def told(name: str, number: int) -> str:
        known = words.get(name)
        return lang.n(*known, number) if known else f"{lang.number(number)} {counted(lens, name, number)}"

    families = lens.atlas.vocabulary.families
    names = ("cities", "networks", "charters", *families, "commitments", "actions", "sources")
    what = lang.join([told(name, holds[name]) for name in names if holds.get(name)])
    if not what:
        return lang.t("The atlas begins, still empty.")
    return lang.t("The atlas begins. Recorded so far: %(what)s.", what=what)


def _edition(lens: Lens, edition: EditionReport, *, whole: bool) -> EditionEntry:
    lang = lens.lang
    parts = tuple(
        _part(lens, part, own, whole=whole)
        for part in PARTS
        if (own := [one for one in edition.changes if one.part == part])
    )
    notes = []
    if not edition.readable:
        notes.append(lang.t("The data of this edition cannot be read by the present rules."))
    if edition.left_out:
        notes.append(lang.phrase("changelog/left_out", edition.left_out))
    return EditionEntry(
        anchor=_anchor(edition),
        day=edition.day.isoformat(),
        heading=lang.full_date(edition.day),
        href=edition_href(lens, edition),
        begins=begins(lens, edition) if edition.record_counts is not None else None,
        parts=parts,
        notes=tuple(notes),
        command=f"atlas diff {edition.former[:9]} {edition.commit[:9]}"
        if edition.changes and any(part.counts for part in parts)
        else None,
    )


def part_heading(lang: Language, part: Part) -> str:
    """Return the heading over a part of an edition."""
    return lang.t(wordings("parts_of_editions")[part])


def _part(lens: Lens, part: Part, own: Sequence[ChangeEntry], *, whole: bool) -> EditionPart:
    lang = lens.lang
    many = len(own) > AT_ONCE
    told = sorted(own, key=lambda one: one.order.get(lang.code, 0))
    told = (told[:CHANGES_PER_YEAR_PAGE] if whole else []) if many else told
    rest = len(own) - len(told)
    return EditionPart(
        part=part,
        heading=part_heading(lang, part),
        number=lang.number(len(own)),
        counts=tuple(part_counts(lang, own)) if many else (),
        groups=tuple(_groups(lens, told)),
        rest=lang.n("… and %(num)s more", "… and %(num)s more", rest) if told and rest else None,
    )


def _groups(lens: Lens, told: Iterable[ChangeEntry]) -> Iterator[Group[Link]]:
    for heading, own in grouped(told, lambda one: in_language(lens.lang, one.group)).items():
        pages = {page[:2] for one in own if (page := first_page(lens, one))}
        href = lens.href(*pages.pop()) if len(pages) == 1 else None
        lines = tuple(Link(text=sentence(lens.lang, one), href=seen_at(lens, one)) for one in own)
        yield Group(heading=heading, entries=lines, href=href)


def in_language(lang: Language, texts: Mapping[str, str]) -> str:
    """Return the text of a language; that of another one where the site has got a new language."""
    return texts.get(lang.code) or next(iter(texts.values()), "")


def sentence(lang: Language, told: ChangeEntry) -> str:
    """Return what a change is in a language."""
    return in_language(lang, told.sentence)


def first_page(lens: Lens, told: ChangeEntry) -> Page | None:
    """Return the closest page on which a change can be seen and that exists today, wherever it went."""
    return next((page for one in told.pages if (page := _present(lens, one))), None)


def seen_at(lens: Lens, told: ChangeEntry) -> str:
    """Return the address of the closest page on which a change can be seen today, or nothing."""
    page = first_page(lens, told)
    return lens.href(*page) if page else ""


def _present(lens: Lens, page: Page) -> Page | None:
    atlas, (section, id, fragment) = lens.atlas, page
    if section == "countries":
        return page if id.upper() in atlas.cities_of_country else None
    kind = _KINDS.get(section, "instrument")
    id = moves(atlas).id(kind, id)
    if kind == "instrument":
        found = atlas.instruments.get(id)
        return (lens.instrument_section(found), id, "") if found else None
    if kind == "city":
        return (
            ("cities", id, fragment if fragment in _anchors(atlas, id) else "")
            if id in atlas.cities
            else None
        )
    known = {"action": atlas.actions, "source": atlas.sources, "topic": atlas.vocabulary.topics}[kind]
    return (section, id, "") if id in known else None


@remembered()
def _anchors(atlas: Atlas, city: str) -> frozenset[str]:
    """Return the anchors of the claims on the page of a city."""
    return frozenset(one.anchor for one in atlas.commitments_of_city.get(city, ()))


# Numbers --------------------------------------------------------------------------------------

_NEW = frozenset({"added", "founded", "happened"})
_ENTRIES = frozenset(EVENTS) - {"decided"}


def part_counts(lang: Language, told: Iterable[ChangeEntry]) -> Iterator[str]:
    """Yield what some changes are, in numbers, the most first."""
    numbers = Counter(_bucket(one) for one in told)
    for bucket, number in sorted(numbers.items(), key=lambda item: (item[0] == "other", -item[1], item[0])):
        yield lang.n(*plurals("changes")[bucket], number)


def _bucket(one: ChangeEntry) -> str:
    if one.act == "removed":
        return "removed"
    if one.act in ("corrected", "cleared") or one.part == "corrected":
        return "corrected"
    if one.kind in ("city", "instrument", "action", "source") and one.act in _NEW:
        return one.kind
    if one.kind == "commitment" and one.act in _ENTRIES:
        return "commitment"
    return "verified" if one.act == "verified" else "other"
