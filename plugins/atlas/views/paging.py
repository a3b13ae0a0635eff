"""Pagination: which rows of a long list stand on which page, and the links between the pages.

A list of at most ``PAGE_SIZE`` rows stands whole on the page of what it belongs to. Of a longer one the page
has the first piece; the others are pages of their own below it, numbered from two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Sized
from typing import Any, Generic, TypeVar

from ..languages.words import Link
from ..model.frozen import Frozen
from .lens import Lens
from .parts import Claim, Group, MapPoint, PageView, Tally
from .sections import page_frame, section_title

K = TypeVar("K")
T = TypeVar("T")

PAGE_SIZE = 500
"""How many rows a page has at most; in pictures of time, from how many on they are counted by year."""


class Pieces(Frozen):
    """The pages of a long list, as each of them shows them."""

    number: int
    """Which of them this one is, from 1."""
    links: tuple[Link, ...]
    """All of them, each named by what it begins and ends with."""
    said: str
    """Which rows this one has, in words."""
    before: Link | None
    after: Link | None


class ListPage(PageView, Generic[T]):
    """A page of the list of a whole section."""

    groups: tuple[Group[T], ...]
    pieces: Pieces | None
    """The pages of the list, where it is long."""
    places: tuple[MapPoint, ...]


class MorePage(PageView):
    """A further page of a long list."""

    heading: str
    pieces: Pieces
    cities: tuple[Group[Tally], ...] = ()
    members: tuple[Group[Claim], ...] = ()
    former: tuple[Claim, ...] = ()
    signed: bool = False


def more_page(
    lens: Lens,
    found: Pieces | None,
    *,
    name: str,
    section: str,
    id: str,
    heading: str,
    crumbs: tuple[Link, ...] | None = None,
    **parts: Any,
) -> MorePage:
    """Return a further page of the list of what is called ``name``, which has several pages.

    ``parts`` are the cities, or the members, that it shows.
    """
    assert found is not None  # as was said
    named = title(lens, name, found.number)
    frame = page_frame(
        lens,
        "more",
        section,
        id,
        title=named,
        description=f"{named}: {found.said}",
        crumbs=crumbs,
        languages=(lens.lang.code,),  # in another order, a page of the same number has other rows
    )
    return MorePage(frame=frame, heading=heading, pieces=found, **parts)


def paginate(
    groups: Mapping[K, Sequence[T]], most: int | None = None, weight: Callable[[T], int] = lambda _: 1
) -> list[dict[K, list[T]]]:
    """Return groups of rows in pieces of at most ``most`` rows, in their order; one where there are few.

    A group that fits a page stays whole where it can. A row may count as several, and one that counts more
    than a page has stands alone. Nothing at all is one empty piece.
    """
    most = PAGE_SIZE if most is None else most
    sizes = {key: sum(map(weight, rows)) for key, rows in groups.items()}
    if sum(sizes.values()) <= most:
        return [{key: list(rows) for key, rows in groups.items()}]
    found: list[dict[K, list[T]]] = [{}]
    filled = 0
    for key, rows in groups.items():
        if filled and filled + sizes[key] > most and sizes[key] <= most:
            found.append({})
            filled = 0
        for row in rows:
            if filled and filled + weight(row) > most:
                found.append({})
                filled = 0
            found[-1].setdefault(key, []).append(row)
            filled += weight(row)
    return found


def further_pages(rows: Mapping[str, Sized], cut: Callable[[str], Sized]) -> Iterator[str]:
    """Yield the ids of the second and later pages of the lists that are long; only those are ``cut``."""
    long = (id for id, its in rows.items() if len(its) > PAGE_SIZE)
    return (numbered(id, number) for id in long for number in range(2, len(cut(id)) + 1))


def page_links(
    lens: Lens,
    made: Sequence[Mapping[K, Sequence[T]]],
    number: int,
    heading: Callable[[K], str],
    href: Callable[[int], str],
) -> Pieces | None:
    """Return the ways between the pages of a list that was cut; None where there is one page.

    ``heading`` names a group, ``href`` says where a page stands.
    """
    if len(made) < 2:
        return None
    lang, first, links = lens.lang, 1, []
    rows = [sum(map(len, piece.values())) for piece in made]
    for page, piece in enumerate(made, start=1):
        last = first + rows[page - 1] - 1
        ends = dict.fromkeys((heading(next(iter(piece))), heading(next(reversed(list(piece))))))
        spread = lang.t("rows %(first)s–%(last)s", first=lang.number(first), last=lang.number(last))
        links.append(Link(text=f"{' – '.join(ends)} ({spread})", href=href(page)))
        if page == number:
            said = lang.t(
                "Rows %(first)s–%(last)s of %(all)s.",
                first=lang.number(first),
                last=lang.number(last),
                all=lang.number(sum(rows)),
            )
        first = last + 1
    return Pieces(
        number=number,
        links=tuple(links),
        said=said,
        before=links[number - 2] if number > 1 else None,
        after=links[number] if number < len(links) else None,
    )


def list_page(
    lens: Lens,
    section: str,
    made: Sequence[Mapping[K, Sequence[str]]],
    number: int,
    lead: str,
    group: Callable[[K, Sequence[str]], Group[T]],
    *,
    heading: Callable[[K], str] = str,
    alike: bool = True,
    places: tuple[MapPoint, ...] = (),
) -> ListPage[T]:
    """Return a page of the list of a whole section, whose template has the section's name.

    ``group`` makes a group of its key and its rows, which ``heading`` names in the links between the pages;
    ``alike`` tells that a page has the same rows in every language.
    """

    def href(page: int) -> str:
        return lens.href(section) if page == 1 else lens.href(f"{section}/pages", str(page))

    found = page_links(lens, made, number, heading, href)
    frame = page_frame(lens, section, section, lead=(lead,))
    if found and number > 1:
        named = title(lens, section_title(lens, section), number)
        frame = page_frame(
            lens,
            section,
            f"{section}/pages",
            str(number),
            title=named,
            description=f"{named}: {found.said}",
            languages=None if alike else (lens.lang.code,),
        )
    groups = tuple(group(key, rows) for key, rows in made[number - 1].items())
    return ListPage(frame=frame, pieces=found, groups=groups, places=places)


def title(lens: Lens, name: str, number: int) -> str:
    """Return the title of a page of a list."""
    return name if number == 1 else lens.lang.t("%(title)s, page %(number)s", title=name, number=number)


def numbered(id: str, number: int) -> str:
    """Return the id of a page of a list below that of what it belongs to."""
    return id if number == 1 else "/".join(filter(None, (id, str(number))))
