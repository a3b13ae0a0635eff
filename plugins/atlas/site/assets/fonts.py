"""The faces of the site, cut from whole fonts of npm packages so that a page fetches what it shows.

Each face comes in parts with a ``unicode-range`` each. The first holds what nearly every page shows and
stands in the stylesheet itself: with it, the face is there. Browsers fetch a further part when a page has
a letter of it. Brygada's weights are joined into one variable face, smaller than any two of them.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from functools import partial
from importlib.metadata import version as installed
from pathlib import Path
from typing import Final, NamedTuple

from ...cache.disk_cache import DiskCache, version
from ...errors import EnvironmentFault
from ...output_paths import write_file

FOLDER = "theme/fonts"
"""Where the parts that are fetched stand in the output."""
ATKINSON = "@expo-google-fonts/atkinson-hyperlegible"
BRYGADA = "@expo-google-fonts/brygada-1918"

CORE = "core"
_LETTERS = "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ" + "äöüßéèàáçñåøÖÜ"
_SIGNS = "\N{NO-BREAK SPACE}©·×–—‘’“”„…"
PARTS: Final[Mapping[str, frozenset[int]]] = {
    # What the atlas says in its languages, and the other letters that names and titles have most often.
    CORE: frozenset([*range(0x20, 0x7F), *map(ord, _LETTERS + _SIGNS)]),
    "west": frozenset([*range(0xA0, 0x100), 0x152, 0x153, 0x178, *range(0x2000, 0x2070), 0x20AC, 0x2122]),
    "middle": frozenset(range(0x100, 0x180)) | frozenset(range(0x218, 0x21C)) | {0x1E9E},
    "more": frozenset([*range(0x180, 0x370), *range(0x1E00, 0x1F00), *range(0x2070, 0x2C00), 0xFB01, 0xFB02]),
}
"""Code points by the name of the part; each belongs to the first that has it."""


class Face(NamedTuple):
    """One face, as stylesheets name it."""

    family: str
    stem: str
    """The beginning of its files' names."""
    masters: tuple[tuple[int, str], ...]
    """Weights and, below ``node_modules``, their files; of more than one, a variable face is made."""
    between: tuple[tuple[int, float], ...] = ()
    """Weights between the masters that do not lie evenly, and where they do (``avar``)."""

    @property
    def weight(self) -> str:
        """Return the ``font-weight`` that the face serves."""
        return " ".join(dict.fromkeys(str(weight) for weight, _ in (self.masters[0], self.masters[-1])))


FACES: Final = (
    Face("Atkinson Hyperlegible", "atkinson-hyperlegible-400",
         ((400, f"{ATKINSON}/400Regular/AtkinsonHyperlegible_400Regular.ttf"),)),
    Face("Atkinson Hyperlegible", "atkinson-hyperlegible-700",
         ((700, f"{ATKINSON}/700Bold/AtkinsonHyperlegible_700Bold.ttf"),)),
    Face("Brygada 1918", "brygada-1918",
         ((400, f"{BRYGADA}/400Regular/Brygada1918_400Regular.ttf"),
          (700, f"{BRYGADA}/700Bold/Brygada1918_700Bold.ttf")),
         ((500, 469.232), (600, 538.464))),
)  # fmt: skip


class Part(NamedTuple):
    """One part of a face, as browsers get it."""

    face: Face
    name: str
    codes: tuple[int, ...]
    """The code points, in order, for which it is asked: all that any of the faces has."""
    content: str
    """The file (WOFF 2), in Base64."""

    @property
    def file(self) -> str:
        """Return the name of its file."""
        return f"{self.face.stem}-{self.name}.woff2"


def parts(root: Path, cache: Path) -> tuple[Part, ...]:
    """Return the parts of all faces, cut from ``root/node_modules`` unless ``cache`` holds them already.

    The same packages give the same bytes. Raises EnvironmentFault where a font is missing.
    """
    sources = [root / "node_modules" / name for face in FACES for _, name in face.masters]
    for source in sources:
        if not source.is_file():
            raise EnvironmentFault(f"{source.relative_to(root)} is missing: run `make node_modules`")
    code = (Path(__file__), Path(__file__).with_name("font_subset.py"))
    kept = DiskCache(cache, "fonts", version([*code, *sources], installed("fonttools"), installed("brotli")))
    left = set(map(int, kept.get("letters", partial(_letters, sources)).split()))
    made: list[Part] = []
    for name, wanted in PARTS.items():
        codes = tuple(sorted(left & wanted))
        left -= wanted
        for face in FACES:
            content = kept.get(f"{face.stem} {name}", partial(_cut, face, root / "node_modules", codes))
            made.append(Part(face, name, codes, content))
    return tuple(made)


# Imported where nothing is kept yet: fontTools takes longer to load than the parts.
def _letters(sources: Iterable[Path]) -> str:
    from .font_subset import letters

    return " ".join(map(str, sorted({code for source in sources for code in letters(source)})))


def _cut(face: Face, modules: Path, codes: Iterable[int]) -> str:
    from .font_subset import woff2

    masters = [(weight, modules / source) for weight, source in face.masters]
    return base64.b64encode(woff2(masters, face.between, codes)).decode("ascii")


def rules(all_parts: Iterable[Part]) -> str:
    """Return the rules of a stylesheet in ``theme/css`` that name the parts and hold those of the core."""
    return "\n".join(map(_rule, all_parts))


def _rule(part: Part) -> str:
    here = part.name == CORE
    address = f"data:font/woff2;base64,{part.content}" if here else f"../fonts/{part.file}"
    return (
        "@font-face {\n"
        f'  font-family: "{part.face.family}";\n'
        "  font-style: normal;\n"
        f"  font-weight: {part.face.weight};\n"
        "  font-display: swap;\n"
        f'  src: url("{address}") format("woff2");\n'
        f"  unicode-range: {_ranges(part.codes)};\n"
        "}\n"
    )


def _ranges(codes: Iterable[int]) -> str:
    runs: list[list[int]] = []
    for code in codes:
        if runs and runs[-1][1] == code - 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return ", ".join(f"U+{first:X}" if first == last else f"U+{first:X}-{last:X}" for first, last in runs)


def write(output: Path, all_parts: Iterable[Part]) -> None:
    """Write the parts that stylesheets do not hold themselves into ``theme/fonts`` below the output."""
    for part in all_parts:
        if part.name != CORE:
            write_file(output, f"{FOLDER}/{part.file}", base64.b64decode(part.content))
