"""Canonical YAML read line by line: what ``atlas fmt`` writes, in a fraction of the parser's time.

Whatever is not surely of that form is left to the parser, which also words the findings. So a file is read
here whole or not at all, and the records are the same, with every place.
"""

from __future__ import annotations

import re

from ...findings import Place
from .yaml_tree import LONGEST, NULLS, Document, Mapping, Scalar, Sequence

_LINE = re.compile(
    r"""^ (?P<indent>(?:\ \ ){0,8}) (?P<item>-\ )?
    (?: (?P<key>[A-Za-z_][A-Za-z0-9_-]{0,63}|'[A-Za-z_][A-Za-z0-9_-]{0,63}') : (?:\ (?=[^ \n])|(?=\n)) )?
    (?: '(?P<quoted>(?:[^'\n]++|'')*)'
      | (?P<plain>[^\s!"\#%&'*,\-:>?@\[\]`{|}] (?:[^\n\#:]++|:(?=\S))* (?<!\ )) )?
    \n""",
    re.VERBOSE | re.MULTILINE,
)
"""A key, an item or both, then perhaps a value: quoted once, or plain and beyond any doubt.

It begins with a line, so that one which it does not know is not tried again from each of its letters.
"""


def by_lines(text: str, path: str, id_: str) -> Document | None:
    """Return what a canonical file holds, or None where the parser must look at it."""
    if not text.replace("\n", "").isprintable():
        return None
    root = Mapping(Place(path, 1, 1))
    open_: list[tuple[int, Mapping | Sequence]] = [(0, root)]
    awaited = ""
    """The key whose value begins in the next line, one level deeper."""
    end = 0
    for number, line in enumerate(_LINE.finditer(text), 1):
        start = line.start()
        if start != end or (end := line.end()) - start > LONGEST:
            return None
        indent, item, key, quoted, plain = line.groups()
        column = len(indent)
        place = Place(path, number, column + 1)
        if awaited:
            below, holder = open_[-1]
            assert isinstance(holder, Mapping)
            if column != below + 2:
                return None
            inner = holder.entries[awaited] = Sequence(place) if item else Mapping(place)
            open_.append((column, inner))
            awaited = ""
        while open_[-1][0] > column:
            open_.pop()
        level, holder = open_[-1]
        if level != column or isinstance(holder, Sequence) != bool(item):
            return None
        if isinstance(holder, Sequence) and key:
            place = Place(path, number, column + 3)
            inner = Mapping(place)
            holder.items.append(inner)
            open_.append((column + 2, inner))
            holder = inner
        scalar = None
        if quoted is not None:
            scalar = Scalar(quoted.replace("''", "'"), Place(path, number, line.start("quoted") - start))
        elif plain is not None and plain not in NULLS:
            scalar = Scalar(plain, Place(path, number, line.start("plain") - start + 1))
        if isinstance(holder, Sequence):
            if scalar is None:
                return None
            holder.items.append(scalar)
            continue
        key = key.strip("'") if key else ""
        if not key or key in NULLS or key in holder.keys:
            return None
        holder.keys[key] = place
        if scalar is not None:
            holder.entries[key] = scalar
        elif plain is None:
            awaited = key
        else:
            return None
    return None if awaited or not end or end != len(text) else Document(path, id_, root, text)
