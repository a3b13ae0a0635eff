"""The stylesheets that are made of several: the one of the site, and the two of embeds.

Each holds the faces, the theme's files in a fixed order, then the topics' colours; comments stay behind.
Embeds have their dark colours in a file of its own, so that the address of an embed can ask for them whatever
the reader's device asks for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from ...model.records import Code
from ...output_paths import write_file

ORDER = (
    *("fonts", "tokens", "base", "layout", "components", "compare", "lists", "timeline", "map", "door"),
    *("record", "city", "cite", "changes", "print"),
)
"""The theme's files in the order of their cascade layers."""
EMBEDS = ("fonts", "tokens", "base", "layout", "components", "compare", "timeline", "map", "embed", "print")
"""The files that embeds need, in their order."""

_DARK = re.compile(r"\n  @media screen and \(prefers-color-scheme: dark\) \{\n(.*?)\n  \}", re.DOTALL)
_SPARE = re.compile(r"/\*.*?\*/\s*|(?<=\n) +", re.DOTALL)
"""Comments and indentation, a tenth of a stylesheet as it is sent."""
_LAYER = re.compile(r"^@layer (\w+) \{", re.MULTILINE)


def write(output: Path, theme: Path, topics: Iterable[Code], faces: str = "") -> None:
    """Write ``atlas.css``, ``embeds.css`` and ``embeds-dark.css`` into ``theme/css`` below the output.

    ``faces`` are rules of faces, to be found before everything else (see ``typefaces.rules``).
    """
    topics = tuple(topics)
    colours = topic_colours(topics)
    split = [split_dark(text) for text in (*_files(theme, EMBEDS), colours)]
    made = {
        "atlas": _lean(faces, *_files(theme, ORDER), colours, topic_filters(topics)),
        "embeds": _lean(faces, *(light for light, _ in split)),
        "embeds-dark": _lean("".join(dark for _, dark in split)),
    }
    for name, text in made.items():
        write_file(output, f"theme/css/{name}.css", text.encode("utf-8"))


def _files(theme: Path, names: Iterable[str]) -> list[str]:
    texts = ((theme / "static" / "css" / f"{name}.css").read_text("utf-8") for name in names)
    return [text.strip() for text in texts]


def _lean(*texts: str) -> str:
    return _SPARE.sub("", "\n".join(texts))


def split_dark(text: str) -> tuple[str, str]:
    """Return a stylesheet without what holds on dark screens, and that by itself, both in its layer.

    Only one scheme is left in each, so that fields and scroll bars go with the colours.
    """
    dark = _DARK.search(text)
    if dark is None:
        return text, ""
    layer = _LAYER.search(text)
    light = _DARK.sub("", text).replace("color-scheme: light dark;", "color-scheme: light;")
    scheme = "    :root { color-scheme: dark; }\n" if light != _DARK.sub("", text) else ""
    return light, f"@layer {layer[1] if layer else ''} {{\n{scheme}{dark[1]}\n}}\n"


def topic_colours(topics: Iterable[Code]) -> str:
    """Return a rule for each topic that sets ``--c``, on light paper and on dark.

    Colours are checked when the vocabulary is read: nothing but ``#rrggbb`` gets here.
    """
    known = [topic for topic in topics if topic.colour_light and topic.colour_dark]
    light = "".join(f"  .t-{topic.id} {{ --c: {topic.colour_light}; }}\n" for topic in known)
    dark = "".join(f"    .t-{topic.id} {{ --c: {topic.colour_dark}; }}\n" for topic in known)
    return f"@layer topics {{\n{light}  @media screen and (prefers-color-scheme: dark) {{\n{dark}  }}\n}}\n"


def topic_filters(topics: Iterable[Code]) -> str:
    """Return a rule for each topic that leaves only its entries in a register, while it is chosen."""
    rules = "".join(
        f"  main:has(#f-{topic.id}:checked) .reg > li:not(.k-{topic.id}) {{ display: none; }}\n"
        for topic in topics
    )
    return f"@layer topics {{\n{rules}}}\n"
