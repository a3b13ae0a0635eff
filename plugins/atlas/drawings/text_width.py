"""How wide text is in a font, and the size at which it fits into a place: nothing overflows."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from fontTools.ttLib import TTFont

from ..model.frozen import dataclass

LEADING = 1.1
"""From one line to the next, in shares of the size."""
_OTHER = 1.1
"""The width of a character that the font does not have and another one will show."""
_SPARE = 1.02
"""Room for what advances alone do not say: overhang, and rounding by the program that draws."""


@dataclass(frozen=True, slots=True)
class Setting:
    """Text that fits: its lines and its size in px."""

    lines: tuple[str, ...]
    size: float


@lru_cache(maxsize=8)
def _advances(font: Path) -> Mapping[int, float]:
    """Return how wide the characters of a font are by code point, in shares of the size."""
    with TTFont(font, lazy=True) as read:
        em, advances = read["head"].unitsPerEm, read["hmtx"].metrics
        return {code: advances[glyph][0] / em for code, glyph in read.getBestCmap().items()}


def width(text: str, font: Path, size: float) -> float:
    """Return the width of text in px."""
    known = _advances(font)
    return sum(known.get(ord(character), _OTHER) for character in text) * _SPARE * size


def fit(text: str, font: Path, *, room: float, sizes: tuple[int, ...], height: float) -> Setting:
    """Return the text at the largest of ``sizes`` at which it fits into ``room`` by ``height`` px.

    Where even the smallest is too large, what does not fit is cut off and an ellipsis says so.
    """
    ordered = sorted(sizes, reverse=True)
    for size in ordered:
        broken = _broken(text.split(), font, room, size)
        if broken is not None and len(broken) * size * LEADING <= height:
            return Setting(tuple(broken), size)
    most = max(1, int(height / (ordered[-1] * LEADING)))
    return Setting(tuple(_cut(text, font, room, ordered[-1], most)), ordered[-1])


def _broken(words: list[str], font: Path, room: float, size: float) -> list[str] | None:
    """Return the words in lines, or None where one of them alone is too wide."""
    found: list[str] = []
    for word in words:
        longer = f"{found[-1]} {word}" if found else word
        if found and width(longer, font, size) <= room:
            found[-1] = longer
        elif width(word, font, size) <= room:
            found.append(word)
        else:
            return None
    return found


def _cut(text: str, font: Path, room: float, size: float, lines: int) -> list[str]:
    found = [""]
    for character in " ".join(text.split()):
        last = len(found) == lines
        if width(found[-1] + character + ("…" if last else ""), font, size) <= room:
            found[-1] += character
        elif last:
            return [*found[:-1], found[-1].rstrip() + "…"]
        else:
            found.append(character.strip())
    return found
