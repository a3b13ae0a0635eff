"""The one stylesheet of the site: the theme's files in a fixed order, then the topics' colours."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from .model import Code

ORDER = (
    "fonts",
    "tokens",
    "base",
    "layout",
    "components",
    "compare",
    "timeline",
    "map",
    "door",
    "record",
    "changes",
    "print",
)
"""The theme's files in the order of their cascade layers."""
ALONE = ("mapview", "suggest")
"""Files that only the pages load which need them."""


def write(output: Path, theme: Path, topics: Iterable[Code]) -> None:
    """Write ``theme/css/atlas.css`` below the output folder."""
    folder = theme / "static" / "css"
    text = "\n".join((folder / f"{name}.css").read_text("utf-8").strip() for name in ORDER)
    target = output / "theme" / "css" / "atlas.css"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text + "\n" + topic_colours(topics), "utf-8")


def topic_colours(topics: Iterable[Code]) -> str:
    """Return a rule for each topic that sets ``--c``, on light paper and on dark.

    Colours are checked when the vocabulary is read: nothing but ``#rrggbb`` gets here.
    """
    known = [topic for topic in topics if topic.colour_light and topic.colour_dark]
    light = "".join(f"  .t-{topic.id} {{ --c: {topic.colour_light}; }}\n" for topic in known)
    dark = "".join(f"    .t-{topic.id} {{ --c: {topic.colour_dark}; }}\n" for topic in known)
    return f"@layer topics {{\n{light}  @media screen and (prefers-color-scheme: dark) {{\n{dark}  }}\n}}\n"
