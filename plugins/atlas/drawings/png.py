"""PNG pictures of an SVG, for thumbnails and print, kept by what they show: none is drawn twice.

Only the fonts named here are used, whatever the machine has, so that the same picture is the same bytes
everywhere. What was drawn lies in a folder outside of the output, under a hash of the picture, of the fonts
and of the programs that draw. A palette makes files a quarter as large; flat colours lose nothing by it.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path

import PIL
import resvg_py
from PIL import Image, ImageColor

from ..cache.disk_cache import DiskCache, version
from ..errors import EnvironmentFault
from .picture_file import INK, LAND, PAPER, SEA

PACKAGES = "node_modules/@expo-google-fonts"
"""Where npm puts fonts in the only format that resvg reads; those of the site itself are for browsers."""
FONTS: Mapping[str, str] = {
    "text": "atkinson-hyperlegible/400Regular/AtkinsonHyperlegible_400Regular.ttf",
    "bold": "atkinson-hyperlegible/700Bold/AtkinsonHyperlegible_700Bold.ttf",
    "head": "brygada-1918/600SemiBold/Brygada1918_600SemiBold.ttf",
}
"""The fonts of pictures, by what they are for."""
HEAD_FONT = "'Brygada 1918', Georgia, serif"
"""The family of the font for headings, as an attribute names it."""
_COLOURS = 128
"""How many colours a picture has: those of the theme, and what lies between them along edges."""

_FLAT = tuple(ImageColor.getrgb(colour)[:3] for colour in (PAPER, SEA, LAND, INK))
_NEAR = 4
"""How far, of 255, a colour of the palette may lie from the flat one that it stands for."""


class Raster:
    """Draws PNG pictures and keeps them."""

    def __init__(self, root: Path, cache: Path) -> None:
        """Take the repository with its ``node_modules`` and the folder that keeps what was drawn.

        Raises EnvironmentFault where a font is missing.
        """
        self.fonts = {use: root / PACKAGES / name for use, name in FONTS.items()}
        for font in self.fonts.values():
            if not font.is_file():
                raise EnvironmentFault(f"{font.relative_to(root)} is missing: run `make node_modules`")
        code = (Path(__file__), Path(__file__).with_name("picture_file.py"))
        libraries = (resvg_py.__version__, PIL.__version__)
        self._kept = DiskCache(cache, "cards", version((*code, *self.fonts.values()), *libraries))

    def png(self, svg: str, *, zoom: int = 1) -> bytes:
        """Return the PNG of an SVG document, ``zoom`` times as large; from the cache where it is there."""
        return self._kept.get_bytes(f"{zoom}\n{svg}", lambda: self._draw(svg, zoom))

    def _draw(self, svg: str, zoom: int) -> bytes:
        drawn = resvg_py.svg_to_bytes(
            svg_string=svg,
            zoom=zoom,
            skip_system_fonts=True,
            font_files=[str(font) for font in self.fonts.values()],
            font_family="Atkinson Hyperlegible",
            sans_serif_family="Atkinson Hyperlegible",
            serif_family="Brygada 1918",
        )
        small = io.BytesIO()
        with Image.open(io.BytesIO(drawn)) as picture:
            flat = picture.convert("RGB")
        few = flat.quantize(_COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        few.putpalette(_exact(few.getpalette() or []))
        few.save(small, "PNG")
        return small.getvalue()


def _exact(palette: list[int]) -> list[int]:
    """Return a palette in which what is nearly a flat colour is that colour: paper stays white."""
    exact = list(palette)
    for at in range(0, len(palette), 3):
        for colour in _FLAT:
            if all(abs(mine - its) <= _NEAR for mine, its in zip(palette[at : at + 3], colour, strict=True)):
                exact[at : at + 3] = colour
    return exact
