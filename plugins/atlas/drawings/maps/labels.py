"""Names on a sheet: which ones, and where each stands so that it covers no dot and no name.

All measures are in units of the sheet; text is 17 units high, as the style sheet sets it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from math import cos, hypot, radians, sin
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from ...model.frozen import dataclass
from .basemap import Window

SIZE = 17
"""The height of the text."""

_CLEAR = 3.0
"""How far a name stays from the edge of a dot that is not its own."""
_TRIED = 500
"""How many dots are tried for a name; where these find no room, lighter ones would not either."""

Anchor = Literal["start", "middle", "end"]
Boxes: TypeAlias = NDArray[np.float64]
"""Rows of left, top, right and bottom."""
Marks: TypeAlias = NDArray[np.bool_]

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
    taken = np.empty((0, 4))
    crowd = _Crowd(dots)
    for dot in sorted(
        (d for d in dots if d.name and d.weight >= least), key=lambda d: (-d.rank, -d.weight, d.id, d.x, d.y)
    )[:_TRIED]:
        if len(found) == most:
            break
        if any(hypot(dot.x - other.dot.x, dot.y - other.dot.y) < apart for other in found):
            continue
        tries = _Positions(dot)
        free = _inside(tries.boxes, area)
        free = free[~_meet(tries.boxes[free], taken).any(axis=1)]
        free = free[~crowd.covered(tries.boxes[free], dot)]
        for index in free.tolist():
            label, box, line = tries.at(index)
            if not _meet(line, taken).any():
                found.append(NamedDot(dot, label, box))
                around = (box.left - 14, box.top - 8, box.right + 14, box.bottom + 8)
                taken = np.vstack((taken, line, around))
                break
    return found


_AROUND: tuple[Anchor, ...] = ("start", "end", "middle", "middle", "start", "start", "end", "end")
_RIGHT, _DOWN = np.array(_WAYS * len(_LINES)).T
_LENGTH = np.repeat(_LINES, len(_WAYS))
_ANCHORS: tuple[Anchor, ...] = (
    *_AROUND,
    *("start" if right > 0.3 else "end" if right < -0.3 else "middle" for right in _RIGHT.tolist()),
)
_SHIFT = np.array([{"start": 0.0, "middle": 0.5, "end": 1.0}[anchor] for anchor in _ANCHORS])
"""How much of a name stands left of its anchor."""
_PARTS = np.array((0.2, 0.4, 0.6, 0.8))


class _Positions:
    """Where a name may stand: east, west, below, above, the four corners, the ends of lines.

    All at once: where dots are many, most positions of most names are tried. The first one reads best.
    """

    def __init__(self, dot: Dot) -> None:
        self._dot, wide = dot, width(dot.name)
        aside, corner = dot.radius + 5, dot.radius * 0.7 + 2
        dx = np.array((aside, -aside, 0, 0, corner, corner, -corner, -corner))
        up, under = -corner - 3, corner + 13
        dy = np.array((5.5, 5.5, dot.radius + 17, -dot.radius - 6, up, under, up, under))
        end = dot.radius + _LENGTH
        self._ends = np.rint(dot.x + _RIGHT * end), np.rint(dot.y + _DOWN * end)
        x = self._ends[0] + 3 - 6 * _SHIFT[len(_AROUND) :]
        y = np.rint(self._ends[1] + 5 + 7 * _DOWN)
        self._x = np.concatenate((np.rint(dot.x + dx), x))
        self._y = np.concatenate((np.rint(dot.y + dy), y))
        left = self._x - wide * _SHIFT
        self.boxes = np.column_stack((left, self._y - 13, left + wide, self._y + 4))
        """Left, top, right and bottom of what the name would cover."""

    def at(self, index: int) -> tuple[Label, Box, Boxes]:
        """The name at a position, what it covers, and parts of its line, which no other name may cover."""
        dot, place = self._dot, index - len(_AROUND)
        line, parts = None, np.empty((0, 4))
        if place >= 0:
            start = dot.radius + 1
            x, y = round(dot.x + float(_RIGHT[place]) * start), round(dot.y + float(_DOWN[place]) * start)
            u, v = int(self._ends[0][place]), int(self._ends[1][place])
            line = x, y, u, v
            a, b = x + (u - x) * _PARTS, y + (v - y) * _PARTS
            parts = np.column_stack((a - 1, b - 1, a + 1, b + 1))
        label = Label(int(self._x[index]), int(self._y[index]), _ANCHORS[index], dot.name, line)
        return label, Box(*self.boxes[index].tolist()), parts


def _inside(boxes: Boxes, area: Window) -> NDArray[np.intp]:
    """Which boxes lie in an area."""
    left, top, right, bottom = boxes.T
    fit = (area.left <= left) & (right <= area.right) & (area.top <= top) & (bottom <= area.bottom)
    return np.flatnonzero(fit)


def _meet(boxes: Boxes, others: Boxes) -> Marks:
    """Which boxes overlap which others."""
    left, top, right, bottom = boxes.T[:, :, None]
    found: Marks = (
        (left < others[:, 2]) & (others[:, 0] < right) & (top < others[:, 3]) & (others[:, 1] < bottom)
    )
    return found


def covers(box: Box, dot: Dot) -> bool:
    """Whether a name lies on a dot or so near to it that it could be read as its name."""
    return box.gap(dot.x, dot.y) < dot.radius + _CLEAR


class _Crowd:
    """All dots of a sheet at once: with many of them a loop would take longer than the rest of the sheet."""

    def __init__(self, dots: Sequence[Dot]) -> None:
        values = np.array([(dot.x, dot.y, dot.radius) for dot in dots], dtype=np.float64).reshape(-1, 3)
        self._x, self._y, self._radius = values.T
        self._index = {id(dot): index for index, dot in enumerate(dots)}

    def covered(self, boxes: Boxes, own: Dot) -> Marks:
        """Which names cover any dot, or stand too near to another than their own."""
        reach = self._radius + _CLEAR
        reach[self._index[id(own)]] -= _CLEAR
        # Most names cover the square in some dot, which is soon told; of the others the way is measured.
        square = np.column_stack((self._x, self._y, self._x, self._y)) + np.outer(
            reach, (-0.7, -0.7, 0.7, 0.7)
        )
        covered: Marks = np.asarray(_meet(boxes, square).any(axis=1))
        left, top, right, bottom = boxes[~covered].T[:, :, None]
        dx = np.maximum(np.maximum(left - self._x, 0), self._x - right)
        dy = np.maximum(np.maximum(top - self._y, 0), self._y - bottom)
        covered[~covered] = (np.hypot(dx, dy) < reach).any(axis=1)
        return covered
