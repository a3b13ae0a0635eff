"""Accessions by year as SVG: stacked marks, a disc for a day, a ring for a month, a bar for a year only.

Columns lie at per cents of the width and marks at px of the height, without a view box, so
that text and marks keep their size at every width. The table on the page says the same.
"""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup, escape

from ...views.analysis.accessions import Accessions, YearSum

_HEIGHT = 280
"""The height in px that the tallest column may take."""
_STEP = 20
"""From one mark of a column to the next, in px, where there is room."""
_NARROW = 300
"""The width in px of the drawing on a phone."""
_FOOT = 32
"""Room under the columns for the years, in px."""
_LEAST_STEP = 5
"""Below it single marks cannot be told apart, and a column is drawn as bars."""
_LABELLED = (1, 2, 5, 10, 20, 50)
"""Steps of years that are labelled: the first that leaves six labels, which have room on a phone."""


def chart(accessions: Accessions, topic: str | None = None) -> Markup:
    """Return the drawing, in the colour of a topic."""
    years = accessions.years
    most = max(year.number for year in years)
    step = min(_STEP, _HEIGHT / most)
    radius = max(1.5, min(6.5, step * 0.42, _NARROW / len(years) * 0.42))
    top = round(most * step) + 12
    columns = "".join(
        _column(year, _middle(at, len(years)), step, radius, top) for at, year in enumerate(years)
    )
    labels = "".join(_labels(years, top))
    colour = f" t-{escape(topic)}" if topic else ""
    return Markup(
        f'<svg class="acc{colour}" role="img" aria-label="{escape(accessions.label)}" height="{top + _FOOT}">'
        f'{columns}<line class="gr" x1="0" x2="100%" y1="{top}" y2="{top}"/>{labels}</svg>'
    )


def _column(year: YearSum, x: float, step: float, radius: float, foot: int) -> str:
    if not year.number:
        return ""
    draw = _marks if step >= _LEAST_STEP else _bars
    return f"<g><title>{year.year}: {year.number}</title>{''.join(draw(year, x, step, radius, foot))}</g>"


def _marks(year: YearSum, x: float, step: float, radius: float, foot: int) -> Iterator[str]:
    for level, precision in enumerate(year.precisions):
        y = foot - 2 - step * (level + 0.5)
        if precision == "day":
            yield f'<circle class="known" cx="{x:.2f}%" cy="{y:g}" r="{radius:g}"/>'
        elif precision == "month":
            yield f'<circle class="ring" cx="{x:.2f}%" cy="{y:g}" r="{radius * 0.8:.3g}"/>'
        else:
            half, thick = radius * 1.5, min(10.0, radius * 1.5)
            yield (
                f'<svg x="{x:.2f}%" y="{y:g}"><path class="bar" d="M{-half:.3g} 0H{half:.3g}" '
                f'stroke-width="{thick:.3g}"/></svg>'
            )


def _bars(year: YearSum, x: float, step: float, radius: float, foot: int) -> Iterator[str]:
    """Yield a bar for each precision, as high as its number of cities."""
    y = float(foot)
    for name, number in (("known", year.days), ("ring", year.months), ("bar", year.vague)):
        if number:
            y -= number * step
            yield (
                f'<svg x="{x:.2f}%" y="{y:.4g}"><rect class="{name}" x="{-radius:.3g}" '
                f'width="{2 * radius:.3g}" height="{number * step:.4g}"/></svg>'
            )


def _labels(years: tuple[YearSum, ...], foot: int) -> Iterator[str]:
    step = next(step for step in _LABELLED if len(years) / step <= 6)
    for at, year in enumerate(years):
        if year.year % step == 0:
            x = _middle(at, len(years))
            anchor = "start" if x < 5 else "end" if x > 95 else "middle"
            at_edge = {"start": 0.0, "end": 100.0}.get(anchor, x)
            yield f'<text x="{at_edge:.2f}%" y="{foot + 22}" text-anchor="{anchor}">{year.year}</text>'


def _middle(at: int, number: int) -> float:
    """Return the middle of a column in per cent of the width."""
    return (at + 0.5) / number * 100
