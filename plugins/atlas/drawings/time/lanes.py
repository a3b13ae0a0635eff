"""Lanes as SVG: text stays text at every width, because positions are per cents and there is no view box.

Signs are drawn once a page in ``defs`` and used by every lane; colours, widths and the
width of a year come from the theme by class. There are no style attributes and no script.
A lane is hidden from screen readers: the row that it stands in says the same in words.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from markupsafe import Markup, escape

from ...views.lanes.geometry import UNKNOWN_LENGTH, Lane, LanePeriod, Mark, Scale, Tick

_DEFS = """\
<svg class="vh" aria-hidden="true"><defs>\
<linearGradient id="s-g2"><stop class="m0" offset="0"/><stop class="m7" offset=".35"/>\
<stop class="m7" offset=".65"/><stop class="m0" offset="1"/></linearGradient>\
<linearGradient id="s-gi"><stop class="m0" offset="0"/><stop class="m1" offset="1"/></linearGradient>\
<linearGradient id="s-go"><stop class="m1" offset="0"/><stop class="m0" offset="1"/></linearGradient>\
<mask id="s-m2" maskContentUnits="objectBoundingBox"><path fill="url(#s-g2)" d="M0 0h1v1H0z"/></mask>\
<mask id="s-mi" maskContentUnits="objectBoundingBox"><path fill="url(#s-gi)" d="M0 0h1v1H0z"/></mask>\
<mask id="s-mo" maskContentUnits="objectBoundingBox"><path fill="url(#s-go)" d="M0 0h1v1H0z"/></mask>\
<rect id="s-y" class="iv year" x="-9" y="-13" width="18" height="26" mask="url(#s-m2)"/>\
<rect id="s-m" class="iv" x="-9" y="-13" width="18" height="26" mask="url(#s-m2)"/>\
<rect id="s-p" class="iv year" x="-18" y="-13" width="18" height="26" mask="url(#s-mi)"/>\
<circle id="s-d" class="pt" r="8"/>\
<circle id="s-r" class="ring" r="5"/>\
<path id="s-a" class="stroke" d="M-7-7 0 0-7 7"/>\
<path id="s-e" class="stroke" d="M0-9V9"/>\
<text id="s-q" class="q" dy=".35em" text-anchor="middle">?</text>"""

_CLOSE, _CLOSE_IF_NARROW = 0.115, 0.24
"""How far a year must be from today for its label to have room, on a screen and on a phone."""


@lru_cache(1 << 9)
def defs(scale: Scale) -> Markup:
    """Return the signs that all lanes of a page share, and the lines of its scale."""
    lines = "".join(_line("gr", tick.at) for tick in scale.ticks)
    lines += _line("now", scale.today)
    return Markup(f'{_DEFS}<g id="s-s">{lines}</g></defs></svg>')


@lru_cache(1 << 9)
def axis(scale: Scale, today: str) -> Markup:
    """Return the labels of the scale, years and the word for today."""
    labels = [_label(tick, scale.today) for tick in scale.ticks if tick.at < scale.today - _CLOSE]
    labels.append(f'<text x="{_p(scale.today)}" y="20" text-anchor="end">{escape(today)}</text>')
    return Markup(f'<svg class="lane axis" aria-hidden="true">{"".join(labels)}</svg>')


@lru_cache(1 << 9)
def lane(one: Lane, scale: Scale | None = None) -> Markup:
    """Return the drawing of one lane; without a scale it is a sample for the key."""
    parts: list[str] = []
    if scale:
        parts.append('<use href="#s-s"/>')
    today = scale.today if scale else 0.92
    for period in one.periods:
        parts += _period(period, today, UNKNOWN_LENGTH if scale else 0.5)
    colour = f" t-{escape(one.topic)}" if one.topic else ""
    return Markup(f'<svg class="lane{colour}" aria-hidden="true">{"".join(parts)}</svg>')


def _period(period: LanePeriod, today: float, length: float) -> Iterator[str]:
    """Yield the parts of a period, what lies under others first."""
    waiting = period.ending == "waiting"
    if period.ending != "moment":
        start, stop = _reach(period, today, length)
        if period.start is None:
            yield f'<line class="dash" x1="{_p(start + 0.02)}" x2="{_p(stop - 0.012)}" y1="50%" y2="50%"/>'
            yield _use("q", 0.018)
        elif waiting:
            yield f'<line class="dash" x1="{_p(start)}" x2="{_p(stop)}" y1="50%" y2="50%"/>'
        elif period.ending == "unknown" or (period.end and period.end.fade):
            yield _span(start, stop, "s-mo")
        else:
            yield _span(start, stop)
        if period.start and not waiting and not _is_day(period.start):
            yield _span(period.start.low, period.start.high, "s-mi")
        if period.ending == "open":
            yield _use("a", stop)
        elif period.ending == "unknown":
            yield _use("q", stop + 0.015)
        elif period.ending == "ended" and period.end:
            yield _use("e", stop) if _is_day(period.end) else _mark(period.end)
    elif period.start is None:
        yield _use("q", 0.018)
    if period.start:
        hollow = period.ending == "waiting" and _is_day(period.start)
        yield _use("r", period.start.low) if hollow else _mark(period.start)
    if period.decided:
        yield _mark(period.decided, "r")


def _is_day(mark: Mark) -> bool:
    return mark.precision == "day" and not mark.fade


def _reach(period: LanePeriod, today: float, length: float) -> tuple[float, float]:
    """Return where the line of a period begins and ends."""
    start = period.start.high if period.start else 0.018
    if period.ending == "ended" and period.end:
        return start, max(start, period.end.high if period.end.fade else period.end.low)
    if period.ending == "unknown":
        return start, min(today - 0.02, start + length) if period.start else 0.5
    return start, max(start, today)


def _mark(mark: Mark, point: str = "d") -> str:
    soft = " soft" if mark.soft else ""
    if mark.fade:
        return _use("p", mark.high, soft + (" faint" if point == "r" else ""))
    if mark.precision == "day":
        return _use(point, mark.low, soft)
    faint = " faint" if point == "r" else ""
    return _use("y" if mark.precision == "year" else "m", mark.middle, soft + faint)


def _span(start: float, stop: float, mask: str = "") -> str:
    masked = f' mask="url(#{mask})"' if mask else ""
    width = max(0.0, stop - start)
    return f'<rect class="span" x="{_p(start)}" y="50%" width="{_p(width)}" height="4"{masked}/>'


def _use(sign: str, at: float, more: str = "") -> str:
    extra = f' class="{more.strip()}"' if more else ""
    return f'<use href="#s-{sign}" x="{_p(at)}" y="50%"{extra}/>'


def _line(name: str, at: float) -> str:
    return f'<line class="{name}" x1="{_p(at)}" x2="{_p(at)}" y1="0" y2="100%"/>'


def _label(tick: Tick, today: float) -> str:
    minor = ' class="minor"' if tick.minor or tick.at > today - _CLOSE_IF_NARROW else ""
    return f'<text{minor} x="{_p(tick.at)}" y="20" text-anchor="middle">{tick.label}</text>'


def _p(fraction: float) -> str:
    """Return a fraction as a per cent with one decimal at most: "11.3%", "50%"."""
    return f"{fraction * 100:.1f}".removesuffix(".0") + "%"
