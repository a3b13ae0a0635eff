"""Sources: each document, and every claim that rests on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import count, groupby

from ...cache.reads import remembered
from ...languages import record_parts
from ...languages.homographs import undisguised
from ...model.grouping import grouped
from ...model.records import Atlas, Contradiction, Source
from .. import evidence
from ..freshness import long_ago
from ..lens import Lens
from ..paging import ListPage, list_page, paginate
from ..parts import Fact, Group, ListEntry, PageView, RecordLinks, fact
from ..sections import page_frame


class SourcePage(PageView):
    """Everything that a source's page shows."""

    lang: str | None
    facts: tuple[Fact, ...]
    url: str | None
    archived: str | None
    uses: tuple[Group[ListEntry], ...]
    """Commitments by instrument, then actions, instruments and contradictions, each with what it says."""
    record: RecordLinks


def source_page(lens: Lens, source_id: str) -> SourcePage:
    """Return the page of one source with every record that rests on it."""
    lang = lens.lang
    source = lens.atlas.sources[source_id]
    uses = _uses(lens, source_id)
    total = number_of_uses(lens, source_id)
    lead = lang.n("%(num)s record rests on this document.", "%(num)s records rest on this document.", total)
    return SourcePage(
        frame=page_frame(
            lens,
            "source",
            "sources",
            source_id,
            title=source.title,
            lead=(lead, *filter(None, [_gone(lens, source)])),
            description=f"{source.title.rstrip('.')}. {lead}",
        ),
        lang=source.lang,
        facts=tuple(_facts(lens, source)),
        url=None if source.gone else source.url,
        archived=source.archived,
        uses=uses,
        record=lens.record(f"sources/{source_id}", source.place),
    )


def source_pages(lens: Lens) -> Iterator[str]:
    """Yield the numbers of the further pages of a long list of sources."""
    yield from map(str, range(2, len(_letters(lens)) + 1))


def source_index(lens: Lens, number: int = 1) -> ListPage[Group[ListEntry]]:
    """Return all sources by publisher, under letters, or one page of them where they are many."""
    lang, publishers = lens.lang, count()

    def group(letter: str, ids: Sequence[str]) -> Group[Group[ListEntry]]:
        sources = (lens.atlas.sources[id] for id in ids)
        those = groupby(sources, lambda source: _publisher(lens, source))
        return Group(
            heading=letter,
            anchor=f"s-{'other' if letter == '#' else letter.lower()}",
            entries=tuple(_of_publisher(lens, name, next(publishers), its) for name, its in those),
        )

    total = len(lens.atlas.sources)
    lead = lang.n("%(num)s document that claims rest on.", "%(num)s documents that claims rest on.", total)
    return list_page(lens, "sources", _letters(lens), number, lead, group, alike=False)


@remembered(4)
def _letters(lens: Lens) -> tuple[dict[str, list[str]], ...]:
    """Return the ids of all sources by the letters of their publishers, page by page."""
    lang = lens.lang
    publishers = grouped(lens.atlas.sources.values(), lambda source: _publisher(lens, source))
    letters: dict[str, list[str]] = {}
    for publisher in lang.sorted_by_name(publishers, str):
        rows = lang.sorted_by_name(publishers[publisher], lambda source: source.title)
        letters.setdefault(lang.initial(publisher), []).extend(source.id for source in rows)
    # A document fills as much of a phone's screen as three cities do.
    return tuple(paginate(letters, weight=lambda _: 3))


def _publisher(lens: Lens, source: Source) -> str:
    return source.publisher or lens.lang.t("Publisher not recorded")


def _of_publisher(lens: Lens, name: str, number: int, sources: Iterable[Source]) -> Group[ListEntry]:
    """Return a publisher with its documents: date, language and number of records."""
    rows = tuple(_row(lens, source) for source in sources)
    told = lens.lang.number(len(rows)) if len(rows) > 1 else ""
    return Group(heading=name, anchor=f"s-p{number}", entries=rows, count=told)


def _row(lens: Lens, source: Source) -> ListEntry:
    uses = lens.lang.n("%(num)s record", "%(num)s records", number_of_uses(lens, source.id))
    about = filter(None, (evidence.source_date(lens, source), lens.lang.language_name(source.lang)))
    return ListEntry(link=lens.source_link(source.id), note=f"{', '.join(about)} · {uses}")


def number_of_uses(lens: Lens, source_id: str) -> int:
    """Return how many records rest on a source."""
    return _uses_of(lens.atlas, source_id)


@remembered()
def _uses_of(atlas: Atlas, source_id: str) -> int:
    indexes = (
        atlas.commitments_of_source,
        atlas.actions_of_source,
        atlas.instruments_of_source,
        atlas.contradictions_of_source,
    )
    return sum(len(index.get(source_id, ())) for index in indexes)


def _gone(lens: Lens, source: Source) -> str | None:
    if source.gone is None:
        return None
    when = lens.lang.when(source.gone)
    if source.archived:
        return lens.lang.t("The page was found to be gone %(when)s; its archived copy is here.", when=when)
    return lens.lang.t("The page was found to be gone %(when)s, and no archived copy is known.", when=when)


def _facts(lens: Lens, source: Source) -> Iterator[Fact]:
    lang = lens.lang
    if source.publisher:
        yield fact(lang.t("Publisher"), source.publisher)
    # Translators: Label before the date of a document.
    yield fact(lang.t("Published"), evidence.source_date(lens, source))
    if source.accessed:
        old = "" if source.gone else long_ago(lang, source.accessed, lens.as_of)
        read = f"{lang.date(source.accessed)}. {old}" if old else lang.date(source.accessed)
        # Translators: Label before the day on which somebody read the document for the atlas: the
        # participle.
        yield fact(lang.t("Read"), read)
    if source.lang:
        yield fact(lang.t("Language"), lang.language_name(source.lang))
    if kind := lang.label(lens.atlas.vocabulary.source_types.get(source.type or "")):
        yield fact(lang.t("Kind"), kind)
    # Translators: Address of a page on the web. "none recorded" stands in its place.
    label, unknown = lang.t("Address"), lang.t("none recorded")
    yield fact(label, undisguised(source.url) if source.url else unknown, source.url)
    if source.gone:
        yield fact(lang.t("Page gone"), lang.date(source.gone))
    if source.archived:
        yield fact(lang.t("Archived copy"), source.archived, source.archived)
    if note := lang.own(source.note):
        yield Fact(label=lang.t("What it says"), value=note)


def _uses(lens: Lens, source_id: str) -> tuple[Group[ListEntry], ...]:
    atlas, lang = lens.atlas, lens.lang
    by_instrument: dict[str, list[ListEntry]] = {}
    for c in atlas.commitments_of_source.get(source_id, ()):
        label = lang.label(atlas.vocabulary.statuses.get(c.status))
        date = lang.date(c.since) if c.since else lang.t("date unknown")
        by_instrument.setdefault(c.instrument, []).append(
            ListEntry(link=lens.city_link(c.city, c.anchor), note=f"{label}, {date}")
        )
    groups = []
    for instrument, entries in by_instrument.items():
        link = lens.instrument_link(instrument)
        groups.append(lens.group(link.text, instrument, entries, link.href))
    actions = [
        ListEntry(
            link=(entry := evidence.action(lens, action)).title, note=f"{entry.kind}, {entry.when.year}"
        )
        for action in atlas.actions_of_source.get(source_id, ())
    ]
    groups.append(lens.group(lang.t("Actions"), "actions", actions, lens.href("actions")))
    instruments = [
        ListEntry(
            link=lens.instrument_link(i.id), note=lang.label(atlas.vocabulary.instrument_kinds.get(i.kind))
        )
        for i in atlas.instruments_of_source.get(source_id, ())
    ]
    groups.append(lens.group(lang.t("Networks and charters"), "instruments", instruments))
    contradictions = [_disputed(lens, one) for one in atlas.contradictions_of_source.get(source_id, ())]
    groups.append(lens.group(lang.t("Where sources differ"), "differences", contradictions))
    return tuple(group for group in groups if group.entries)


def _disputed(lens: Lens, one: Contradiction) -> ListEntry:
    what, value = record_parts.disputed_field(lens.lang, one), evidence.differing_value(lens, one)
    return ListEntry(
        link=lens.record_link(one.record),
        note=f"{what.text}: {value.text}",
        lang=what.lang or value.lang,
    )
