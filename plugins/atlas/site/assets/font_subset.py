"""Font subset: a few code points of a whole font, and one variable font of several weights."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from fontTools import subset
from fontTools.designspaceLib import DesignSpaceDocument
from fontTools.ttLib import TTFont
from fontTools.varLib import build

# Kerning, ligatures, letters as the language wants them, marks upon letters, figures for tables.
_FEATURES = ("ccmp", "kern", "liga", "lnum", "locl", "mark", "mkmk", "tnum")
_NAMES = (0, 1, 2, 6, 14)
"""What a font says of itself: whose it is, its name, where its licence stands."""


def letters(source: Path) -> set[int]:
    """Return the code points that a font has."""
    with TTFont(source, lazy=True) as font:
        return set(font.getBestCmap())


def woff2(
    masters: Sequence[tuple[int, Path]], between: Iterable[tuple[int, float]], codes: Iterable[int]
) -> bytes:
    """Return these code points of a font as a WOFF 2 file.

    ``masters`` are weights and their files, lightest first; of more than one, a variable font is made.
    ``between`` says of weights between them where they lie, if not evenly.
    The same fonts give the same bytes.
    """
    kept = tuple(codes)
    cuts = [(weight, _cut(source, kept)) for weight, source in masters]
    font = _joined(cuts, between) if len(cuts) > 1 else cuts[0][1]
    font["post"].formatType = 3.0  # without the names of glyphs, which joining needed
    font.flavor = "woff2"
    file = io.BytesIO()
    font.save(file)
    return file.getvalue()


def _cut(source: Path, codes: Iterable[int]) -> TTFont:
    """Return a font with nothing but these code points.

    Instructions for hinting are left out, a third of the bytes: text on the site is 15 px at least.
    """
    options = subset.Options(
        layout_features=list(_FEATURES),
        name_IDs=list(_NAMES),
        hinting=False,
        glyph_names=True,
        notdef_outline=True,
        drop_tables=[*subset.Options().drop_tables, "STAT"],
    )
    font = TTFont(source, recalcTimestamp=False)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=codes)
    cutter.subset(font)
    return font


def _joined(masters: Sequence[tuple[int, TTFont]], between: Iterable[tuple[int, float]]) -> TTFont:
    """Return a variable font of the weights from the first master to the last."""
    lightest, boldest = masters[0][0], masters[-1][0]
    space = DesignSpaceDocument()
    space.addAxisDescriptor(
        tag="wght",
        name="Weight",
        minimum=lightest,
        default=lightest,
        maximum=boldest,
        map=[(lightest, lightest), *between, (boldest, boldest)],
    )
    for weight, font in masters:
        space.addSourceDescriptor(name=str(weight), font=font, location={"Weight": weight})
    joined, _, _ = build(space)
    joined["head"].modified = masters[0][1]["head"].modified
    joined.recalcTimestamp = False
    return joined
