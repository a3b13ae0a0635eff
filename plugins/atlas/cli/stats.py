"""``atlas stats``: coverage, freshness, and what to look at again next, as tables."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TextIO

from ..build.read_data import read_atlas
from ..changes.wording.report import plain
from ..languages import summaries
from ..views.lens import Lens
from ..views.shared.statistics import Ages, Coverage, Stats, stats
from .check import today
from .dialogue import check_known
from .lenses import lenses
from .messages import SAID, translations


def run(options: argparse.Namespace) -> int:
    """Print the numbers and return 0; data with errors has no numbers, and FindingsError names them."""
    day = today()
    atlas = read_atlas(options.data, day)
    check_known(SAID.stats.instrument, options.instrument, atlas.instruments)
    check_known(SAID.stats.country, options.country, atlas.cities_of_country)
    lens = lenses(atlas, day)[options.lang]
    found = stats(lens, options.instrument, options.country)
    as_text(found, lens, max(0, options.limit), sys.stdout)
    return 0


WIDE = 160
"""Columns of a table that no terminal limits."""


def as_text(found: Stats, lens: Lens, limit: int, stream: TextIO) -> None:
    """Write the numbers as tables as wide as the terminal, or 160 columns without one."""
    from io import StringIO

    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    t = translations(lens.lang.code).gettext
    written = StringIO()
    # Styles are of no use in tables without colour, and markup in names must stay text.
    width = Console(file=stream).width if stream.isatty() else WIDE
    console = Console(file=written, width=width, markup=False, highlight=False, emoji=False)
    more = 0
    for one in _tables(found, lens, limit, t):
        if more > 0:
            console.print()
        more = one.more
        made = Table(box=SIMPLE_HEAD, title=t(one.title), title_justify="left", pad_edge=False)
        for n, head in enumerate(one.heads):
            # The empty msgid is the head of the catalogue.
            side: Literal["left", "right"] = "left" if n in one.left else "right"
            made.add_column(t(head) if head else "", justify=side, overflow="fold")
        for row in one.rows:
            made.add_row(*(Text(plain(cell)) for cell in row))
        console.print(made)
        if one.more > 0:
            console.print(t(SAID.stats.more).format(count=lens.lang.number(one.more)))
    stream.writelines(f"{line.rstrip()}\n" for line in written.getvalue().splitlines())


@dataclass(frozen=True, slots=True)
class _Numbers:
    """A table of the terminal; ``more`` is how many rows it leaves out."""

    title: str
    heads: Sequence[str]
    rows: Iterable[Sequence[str]]
    left: Sequence[int] = (0,)
    """The columns that hold words."""
    more: int = 0


def _tables(found: Stats, lens: Lens, limit: int, t: Callable[[str], str]) -> Iterator[_Numbers]:
    number, claims, sources = lens.lang.number, found.claims, found.sources
    coverage, freshness, evidence, documents = SAID.stats.tables
    yield _Numbers(**coverage, rows=(_coverage(one, lens) for one in found.coverage), left=(0, 4))
    ages = zip(SAID.stats.ages, (claims.verified, sources.read), strict=True)
    yield _Numbers(**freshness, rows=((t(name), *_ages(one, number)) for name, one in ages))
    parts = (
        (claims.single, claims.number),
        (claims.number - claims.dated, claims.number),
        (claims.disputed, claims.number),
        (sources.unarchived, sources.read.total),
        (sources.unused, sources.read.total),
    )
    facts = zip(SAID.stats.facts, parts, strict=True)
    yield _Numbers(**evidence, rows=((t(name), *map(number, numbers)) for name, numbers in facts))
    rows = ((number(len(one.claims)), one.source.id, one.source.url or "") for one in found.documents[:limit])
    yield _Numbers(**documents, rows=rows, left=(1, 2), more=len(found.documents) - limit)


def _coverage(one: Coverage, lens: Lens) -> tuple[str, ...]:
    number = lens.lang.number
    count = lens.atlas.instruments[one.id].quoted_count
    share = "" if one.share is None else f"{one.share:.0%}".rstrip("%")
    return (
        one.name,
        number(one.recorded),
        summaries.members_counted(lens.lang, count) if count else "",
        share,
        one.says,
        number(one.claims.number),
        number(one.claims.dated),
        number(one.claims.verified.total - one.claims.verified.never),
    )


def _ages(ages: Ages, number: Callable[[float], str]) -> tuple[str, ...]:
    return tuple(map(number, (ages.fresh, ages.ageing, ages.stale, ages.never, ages.total)))
