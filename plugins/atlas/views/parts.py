"""The parts that pages are made of: strings and flags ready to show, nothing to compute.

Addresses (``href``) are paths from the root of the site, such as
``pl/miasta/krakow/#eccar``; templates put the way to the root before them.
Addresses of other sites are whole and stand in fields named ``url``.
"""

from __future__ import annotations

from typing import Generic, Literal, TypeVar

from ..languages.words import DateMark, Link, Words
from ..model.frozen import Frozen

T = TypeVar("T")

State = Literal["committed", "suspended", "ended", "declined", "pending", "participated"]
"""What a recorded commitment amounts to today; *not checked* is the absence of one."""


class TopicTag(Frozen):
    """A topic as shape, colour class and name. ``shape`` is one of the theme's glyphs."""

    id: str
    label: str
    shape: str
    href: str

    @property
    def link(self) -> Link:
        """The way to its page."""
        return Link(text=self.label, href=self.href)


class SourceRef(Frozen):
    """One numbered source of a claim: publisher, title, date or "undated", language."""

    number: int
    publisher: str | None
    title: str
    lang: str | None
    """BCP 47 language of the title; None where it is that of the page, or not recorded."""
    language: str
    """The name of that language in the language of the page, or empty."""
    date: str
    """The date of publication in words, or the words for "undated"."""
    href: str
    """The source's page in the atlas."""
    url: str | None
    archived: str | None
    gone: str | None = None
    """A remark where the page at ``url`` is there no more."""


class DifferingValue(Frozen):
    """One of the values that sources give, whether the atlas takes it, and why."""

    value: str
    lang: str | None
    """The language of the value where it is words in another one than the page's."""
    preferred: bool
    reason: Words | None
    sources: tuple[SourceRef, ...]


class Difference(Frozen):
    """Sources that differ about one thing; the preferred value first."""

    title: str
    what: Words | None
    """What they differ about, where the data say it in words of another language alone."""
    values: tuple[DifferingValue, ...]


class RecordLinks(Frozen):
    """The ways from a record to its line: to edit it, to see its history, to question it."""

    correct: str
    """The address of the form within the site, filled in for this record."""
    edit: str | None = None
    history: str | None = None
    id: str | None = None
    """The short id by which a claim is quoted, independent of any page (``krakow/eccar``)."""


class Claim(Frozen):
    """One commitment with all that is known of it.

    ``subject`` links to the instrument on a city's page and to the city elsewhere.
    ``statement`` says in a sentence what the city is in the instrument, since when, and when its council
    decided on it. ``href`` is the claim's own address.
    """

    anchor: str
    former: tuple[str, ...]
    """Anchors that it had before and that may be linked to."""
    href: str
    subject: Link
    full_name: Words | None
    state: State
    status: str
    when: DateMark
    statement: str
    act: str | None
    roles: tuple[Words, ...]
    topics: tuple[TopicTag, ...]
    note: Words | None
    actions: tuple[ActionEntry, ...]
    """What brought it about."""
    differences: tuple[Difference, ...]
    sources: tuple[SourceRef, ...]
    checked: str
    """One sentence: when a person last verified it, or when its sources were read."""
    record: RecordLinks


class ActionItem(Frozen):
    """One task of an action."""

    text: Words
    state: str
    """How far it got, in words; empty where nothing is said of any task of the action."""
    sources: tuple[SourceRef, ...]


class ActionEntry(Frozen):
    """An action in a list or, whole, on its own page."""

    id: str
    title: Link
    when: DateMark
    period: str | None
    """Both days in words where the action lasted longer than one."""
    kind: str
    status: str | None
    told: str
    """The kind, for lists; with the status where that is news: planned, refused, annulled."""
    cities: tuple[Link, ...]
    instrument: Link | None
    summary: Words | None
    act: tuple[tuple[str, str], ...]
    """Label and value of what is known of the legal act."""
    items: tuple[ActionItem, ...]
    topics: tuple[TopicTag, ...]
    note: Words | None
    differences: tuple[Difference, ...]
    sources: tuple[SourceRef, ...]


class Fact(Frozen):
    """One line of a short list of facts; ``value`` or ``links`` is shown."""

    label: str
    value: Words | None = None
    links: tuple[Link, ...] = ()
    url: str | None = None
    """A whole address of another site that the value links to."""


def fact(label: str, text: str, url: str | None = None) -> Fact:
    """Return a fact in words of the language of the page."""
    return Fact(label=label, value=Words(text=text), url=url)


class Choice(Frozen):
    """One value that readers can choose, or are at: in a form, a filter or the navigation."""

    id: str
    text: str
    number: str = ""
    help: str = ""
    href: str | None = None
    """Its page, where it has one."""
    current: bool = False
    topic: TopicTag | None = None


class Tally(Frozen):
    """A name with a number behind it, in a table or a directory."""

    link: Link
    number: str
    note: str | None = None
    topic: TopicTag | None = None


class ListEntry(Frozen):
    """A name and what is to be said of it, in a list."""

    link: Link
    """Its address is empty where there is nothing to lead to."""
    note: str
    lang: str | None = None
    """The language of the note where it is not that of the page."""


class Group(Frozen, Generic[T]):
    """A heading with the entries under it, and their number in words."""

    heading: str
    anchor: str = ""
    entries: tuple[T, ...]
    href: str | None = None
    count: str = ""
    topic: TopicTag | None = None


class MapPoint(Frozen):
    """A point on a static map; WGS84 degrees. ``weight`` is a number of commitments."""

    id: str
    name: str
    lat: float
    lon: float
    weight: int = 1
    rank: float = 0.0
    """Which are named first: those that readers know (see ``capitals.rank``)."""


class Frame(Frozen):
    """What every page has: its names, its place in the site and its other languages."""

    kind: str
    """The kind of page, which is also the name of its template."""
    lang: str
    path: str
    title: str
    """For ``<title>``, without the name of the site."""
    description: str
    """One sentence for search engines and shared links."""
    lead: tuple[str, ...] = ()
    """The sentences that answer in the first screenful."""
    crumbs: tuple[Link, ...] = ()
    alternates: tuple[Link, ...] = ()
    """The same page in every language, this one included; ``lang`` is always set."""
    canonical: str | None = None
    """The path of the page that this one only leads to or repeats."""
    section: str = ""
    """The entry of the navigation that is current, by the word of its English address."""
    id: str = ""
    """What the page is about, within its section."""


class PageView(Frozen):
    """What every page shows."""

    frame: Frame

    @property
    def lead(self) -> tuple[str, ...]:
        """The sentences that answer in the first screenful."""
        return self.frame.lead
