"""The score of a timeline as SVG: positions are per cents of the width, marks are px, and nothing is styled.

Above the line of a lane stands what can be counted: a disc for a day, a ring for a month, three
in a row; more than ``MOST_MARKS`` are a block with its number. Below it lies one smooth shadow.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from markupsafe import Markup, escape

from ...views.analysis.accessions import YearSum
from ...views.lanes.score import Founding, Score, ScoreLane, YearColumn

MOST_MARKS = 18
"""Six rows of three: as many as have room above the line of a lane."""
_TALLEST = 150
"""The height in px of the tallest column."""
_LINE = 44
"""Where the line of a lane lies, in px from its top."""
_STEP = 6.6
"""From one mark to the next, in px."""
_PARTS = 4
"""In how many straight pieces a year of a shadow is drawn."""


def column(one: YearColumn, most: int) -> Markup:
    """Return the column of a year; ``most`` is the number of the tallest one."""
    if not one.sum.number:
        return Markup("")
    parts, y = [], 0.0
    for name, number in (("hy", one.sum.vague), ("hm", one.sum.months), ("hd", one.sum.days)):
        if number:
            tall = max(2.0, number / most * _TALLEST)
            parts.append(f'<rect class="{name}" y="{y:.1f}" width="100%" height="{tall:.1f}"/>')
            y += tall
    return Markup(f'<svg height="{math.ceil(y)}" aria-hidden="true">{"".join(parts)}</svg>')


def lane(one: ScoreLane, score: Score) -> Markup:
    """Return the lane of an instrument."""
    number = len(score.columns)
    parts = [_shadow(one.sums, score.first, number)]
    parts += _life(one, score.first, number)
    most = max((year.days + year.months for year in one.sums), default=0)
    for year in one.sums:
        parts += _marks(year, _middle(year, score.first, number), 100 / number, most)
    return _drawn("st", one, score, f'<svg y="{_LINE}" overflow="visible">{"".join(parts)}</svg>')


def small(one: ScoreLane, score: Score) -> Markup:
    """Return the lane of an instrument with one mark a year, as large as its number."""
    number = len(score.columns)
    parts = list(_life(one, score.first, number, tick=5))
    for year in one.sums:
        at = f"{_middle(year, score.first, number):.2f}%"
        size = min(9.0, 2.5 + math.sqrt(year.number))
        name = "pt1" if year.days else "pr1" if year.months else "pv1"
        parts.append(f'<circle class="{name}" cx="{at}" r="{size:.1f}"/>')
    return _drawn("mini", one, score, f'<svg y="50%" overflow="visible">{"".join(parts)}</svg>')


def _drawn(name: str, one: ScoreLane, score: Score, inner: str) -> Markup:
    number = len(score.columns)
    lines = "".join(_upright("gr", at / number) for at, one in enumerate(score.columns) if one.decade)
    colour = f" t-{escape(one.tag.id)}" if one.tag else ""
    return Markup(
        f'<svg class="lane {name}{colour}" aria-hidden="true">{lines}'
        f"{_upright('now', score.today / number)}{inner}</svg>"
    )


def _upright(name: str, at: float) -> str:
    return f'<line class="{name}" x1="{at:.2%}" x2="{at:.2%}" y2="100%"/>'


def _middle(year: YearSum, first: int, number: int) -> float:
    return (year.year - first + 0.5) / number * 100


def _life(one: ScoreLane, first: int, number: int, tick: int = 7) -> Iterator[str]:
    """Yield the line of an instrument: dotted before it is known to have begun, then whole; without a
    known beginning from the first accession on, and without a bar there."""
    earliest = min((year.year - first for year in one.sums), default=one.end)
    sure = one.founded.high if one.founded else earliest
    low = min(earliest, one.founded.low if one.founded else earliest)
    if low < sure:
        yield _level("before", low / number, sure / number)
    if sure < one.end:
        yield _level("life", sure / number, one.end / number)
    if one.founded and one.founded.high > 0 and _exact(one.founded):
        at = f"{one.founded.high / number:.2%}"
        yield f'<line class="life" x1="{at}" x2="{at}" y1="-{tick}" y2="{tick}"/>'


def _exact(founded: Founding) -> bool:
    return founded.high - founded.low < 0.1


def _level(name: str, start: float, stop: float) -> str:
    return f'<line class="{name}" x1="{start:.2%}" x2="{stop:.2%}"/>'


def _shadow(sums: Sequence[YearSum], first: int, number: int) -> str:
    """Return what is only known to the year as one shadow, which swells and ebbs over two years for each."""
    depth: dict[int, float] = {}
    for year in sums:
        if year.vague:
            middle = (year.year - first) * _PARTS + _PARTS // 2
            for away in range(-_PARTS, _PARTS + 1):
                at = middle + away
                depth[at] = depth.get(at, 0.0) + year.vague * math.cos(away / _PARTS * math.pi / 2) ** 2
    if not depth:
        return ""
    runs, path = sorted(depth), ""
    for at in runs:
        if at - 1 not in depth:
            path += f"M{at} 0"
        path += f"L{at} {min(18.0, 4 * math.sqrt(depth[at])):.1f}"
        if at + 1 not in depth:
            path += f"L{at} 0Z"
    box = f'viewBox="0 0 {number * _PARTS} 18" preserveAspectRatio="none"'
    return f'<svg width="100%" height="18" {box}><path class="shade" d="{path}"/></svg>'


def _marks(year: YearSum, at: float, wide: float, most: int) -> Iterator[str]:
    """Yield what can be counted of a year, and the same as a bar for where there is no room for marks.

    Bars of a lane have one measure, which its largest number ``most`` sets.
    """
    number = year.days + year.months
    if not number:
        return
    if number > MOST_MARKS:
        yield f'<svg x="{at:.2f}%" overflow="visible" class="wd">'
        yield from _bars(year, "-9", "18", 26 / number)
        yield f'<text y="-30" text-anchor="middle">{number}</text></svg>'
    else:
        discs, rings = [], []
        for place in range(number):
            row, spot = divmod(place, 3)
            length = min(3, number - row * 3)
            x, y = (spot - (length - 1) / 2) * _STEP, -6 - row * _STEP
            if place < year.days:
                discs.append(f"M{x:.1f} {y:.1f}h0")
            else:
                rings.append(f"M{x - 1.9:.1f} {y:.1f}a1.9 1.9 0 1 0 3.8 0a1.9 1.9 0 1 0-3.8 0")
        yield f'<svg x="{at:.2f}%" overflow="visible" class="wd">'
        if discs:
            yield f'<path class="discs" d="{"".join(discs)}"/>'
        if rings:
            yield f'<path class="rings" d="{"".join(rings)}"/>'
        yield "</svg>"
    yield '<g class="nw">'
    yield from _bars(year, f"{at - wide * 0.36:.2f}%", f"{wide * 0.72:.2f}%", min(2.1, 38 / most))
    yield "</g>"


def _bars(year: YearSum, x: str, width: str, each: float) -> Iterator[str]:
    """Yield a bar of days with one of months above it."""
    y = -1.5
    for name, number in (("cold", year.days), ("colm", year.months)):
        if number:
            tall = number * each
            y -= tall
            yield f'<rect class="{name}" x="{x}" y="{y:.1f}" width="{width}" height="{tall:.1f}"/>'
