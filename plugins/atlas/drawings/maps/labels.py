"""Names on a sheet: which ones, and where each stands so that it covers no dot and no name.

All measures are in units of the sheet; text is 17 units high, as the style sheet sets it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from math import cos, hypot, radians, sin
from typing import Literal

import numpy as np

from ...model.frozen import dataclass
from .basemap import Window

SIZE = 17
"""The height of the text."""

_CLEAR = 3.0
"""How far a name stays from the edge of a dot that is not its own."""
_TRIED = 500
"""How many dots are tried for a name; where these find no room, lighter ones would not either."""

Anchor = Literal["start", "middle", "end"]

_LINES = (18, 26, 36, 46, 58, 74)
"""How long a line to a name may be, in units."""
_FIRST = (0, 12, 21, 15, 3, 9, 6, 18)
_WAYS = [(cos(radians(15 * step)), sin(radians(15 * step))) for step in (*_FIRST, *range(24))]

_NARROW = frozenset("fijlrtIJ.,:;'’-()[]| łţțíìîïı")
_WIDE = frozenset("mwMWæœÆŒ@%—")


@dataclass(frozen=True, slots=True)
class Dot:
    """A dot with its radius, and the name it may bear; the best known are named first, then the heaviest."""

    x: float
    y: float
    radius: float
    name: str = ""
    weight: int = 0
    id: str = ""
    rank: float = 0.0


@dataclass(frozen=True, slots=True)
class Label:
    """A name and the point its base line is anchored at."""

    x: int
    y: int
    anchor: Anchor
    text: str
    line: tuple[int, int, int, int] | None = None
    """A short line from the dot to a name that found no room beside it."""


@dataclass(frozen=True, slots=True)
class Box:
    """What a name covers."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether two boxes overlap."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def gap(self, x: float, y: float) -> float:
        """The distance of a point; 0 inside."""
        return hypot(max(self.left - x, 0, x - self.right), max(self.top - y, 0, y - self.bottom))


@dataclass(frozen=True, slots=True)
class NamedDot:
    """A dot with the name it was given, and what the name covers."""

    dot: Dot
    label: Label
    box: Box


def width(text: str) -> float:
    """How wide a text is, rather too wide than too narrow, without knowing the font."""
    total = 0.0
    for char in text:
        if unicodedata.combining(char):
            continue
        if unicodedata.east_asian_width(char) in "WF":
            total += 1.0
        elif char in _NARROW:
            total += 0.36
        elif char in _WIDE:
            total += 0.9
        elif char.isupper():
            total += 0.7
        else:
            total += 0.57
    return total * SIZE


def place(dots: Sequence[Dot], area: Window, *, most: int, apart: float, least: int = 0) -> list[NamedDot]:
    """At most ``most`` names inside ``area``, their dots at least ``apart`` from each other.

    The best known dots are tried first, then the heaviest, then by id, so that the same records always give
    the same names; those lighter than ``least`` are not named. A name that fits at none of its
    positions is left out.
    """
    found: list[NamedDot] = []
    taken: list[Box] = []
    crowd = _Crowd(dots)
    for dot in sorted(
        (d for d in dots if d.name and d.weight >= least), key=lambda d: (-d.rank, -d.weight, d.id, d.x, d.y)
    )[:_TRIED]:
        if len(found) == most:
            break
        if any(hypot(dot.x - other.dot.x, dot.y - other.dot.y) < apart for other in found):
            continue
        for label, box in _positions(dot):
            if not _fits(box, area) or any(box.meets(b) for b in taken):
                continue
            line = _along(label.line)
            crossed = any(b.meets(part) for part in line for b in taken)
            if not crossed and not crowd.covered(box, dot):
                found.append(NamedDot(dot, label, box))
                taken.extend(line)
                taken.append(Box(box.left - 14, box.top - 8, box.right + 14, box.bottom + 8))
                break
    return found


def _along(line: tuple[int, int, int, int] | None) -> list[Box]:
    """Parts of a line to a name, as boxes that no other name may cover."""
    if line is None:
        return []
    x, y, u, v = line
    points = ((x + (u - x) * part, y + (v - y) * part) for part in (0.2, 0.4, 0.6, 0.8))
    return [Box(a - 1, b - 1, a + 1, b + 1) for a, b in points]


def _positions(dot: Dot) -> Iterable[tuple[Label, Box]]:
    """East, west, below, above, the four corners, the ends of lines: a name beside its dot reads best."""
    wide, aside, corner = width(dot.name), dot.radius + 5, dot.radius * 0.7 + 2
    tries: tuple[tuple[float, float, Anchor], ...] = (
        (aside, 5.5, "start"),
        (-aside, 5.5, "end"),
        (0, dot.radius + 17, "middle"),
        (0, -dot.radius - 6, "middle"),
        (corner, -corner - 3, "start"),
        (corner, corner + 13, "start"),
        (-corner, -corner - 3, "end"),
        (-corner, corner + 13, "end"),
    )
    for dx, dy, anchor in tries:
        x, y = round(dot.x + dx), round(dot.y + dy)
        left = {"start": x, "middle": x - wide / 2, "end": x - wide}[anchor]
        yield Label(x, y, anchor, dot.name), Box(left, y - 13, left + wide, y + 4)
    for length in _LINES:
        for right, down in _WAYS:
            start, end = dot.radius + 1, dot.radius + length
            at = round(dot.x + right * end), round(dot.y + down * end)
            anchor = "start" if right > 0.3 else "end" if right < -0.3 else "middle"
            x = at[0] + {"start": 3, "middle": 0, "end": -3}[anchor]
            y = round(at[1] + 5 + 7 * down)
            left = {"start": x, "middle": x - wide / 2, "end": x - wide}[anchor]
            line = (round(dot.x + right * start), round(dot.y + down * start), *at)
            yield Label(x, y, anchor, dot.name, line), Box(left, y - 13, left + wide, y + 4)


def _fits(box: Box, area: Window) -> bool:
    return (
        area.left <= box.left
        and box.right <= area.right
        and area.top <= box.top
        and box.bottom <= area.bottom
    )


def covers(box: Box, dot: Dot) -> bool:
    """Whether a name lies on a dot or so near to it that it could be read as its name."""
    return box.gap(dot.x, dot.y) < dot.radius + _CLEAR


class _Crowd:
    """All dots of a sheet at once: with many of them a loop would take longer than the rest of the sheet."""

    def __init__(self, dots: Sequence[Dot]) -> None:
        values = np.array([(dot.x, dot.y, dot.radius) for dot in dots], dtype=np.float64).reshape(-1, 3)
        self._x, self._y, self._radius = values.T
        self._index = {id(dot): index for index, dot in enumerate(dots)}

    def covered(self, box: Box, own: Dot) -> bool:
        """Whether a name covers any dot, or stands too near to another than its own."""
        dx = np.maximum(np.maximum(box.left - self._x, 0), self._x - box.right)
        dy = np.maximum(np.maximum(box.top - self._y, 0), self._y - box.bottom)
        reach = self._radius + _CLEAR
        reach[self._index[id(own)]] -= _CLEAR
        return bool((np.hypot(dx, dy) < reach).any())
