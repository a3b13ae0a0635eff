"""Canonical YAML read line by line: what ``atlas fmt`` writes, in a fraction of the parser's time.

Whatever is not surely of that form is left to the parser, which also words the findings. So a file is read
here whole or not at all, and the records are the same, with every place.
"""

from __future__ import annotations

import re

from ...findings import Place, place_of
from .text_file import unusual
from .yaml_tree import LONGEST, NULLS, Document, Mapping, Scalar, Sequence

_LINE = re.compile(
    r"""^ ((?:\ \ ){0,8}) (-\ )?
    (?: ([A-Za-z_][A-Za-z0-9_-]{0,63}|'[A-Za-z_][A-Za-z0-9_-]{0,63}') : (?:\ (?=[^ \n])|(?=\n)) )?
    ( '[^'\n]*+(?:''[^'\n]*+)*' | [^\s!"\#%&'*,\-:>?@\[\]`{|}] [^\n\#:]*+ (?::(?=\S)[^\n\#:]*+)* (?<!\ ) )?
    \n""",
    re.VERBOSE | re.MULTILINE,
)
"""Indent, item, key or both, then perhaps a value: quoted once, or plain and beyond any doubt.

It begins with a line, so that one which it does not know is not tried again from each of its letters.
"""


def by_lines(text: str, path: str, id_: str) -> Document | None:
    """Return what a canonical file holds, or None where the parser must look at it."""
    lines = _LINE.findall(text)
    if not lines or len(lines) != text.count("\n") or text[-1] != "\n" or not unusual(text).isprintable():
        return None
    if len(text) > LONGEST and max(map(len, text.split("\n"))) >= LONGEST:
        return None
    level, root = 0, Mapping(Place(path, 1, 1))
    holder: Mapping | Sequence = root
    outer: list[tuple[int, Mapping | Sequence]] = []
    awaited = ""
    """The key whose value begins in the next line, one level deeper."""
    for number, (indent, item, key, value) in enumerate(lines, 1):
        column = len(indent)
        if awaited and isinstance(holder, Mapping) and column > level:
            outer.append((level, holder))
            place = place_of((path, number, column + 1))
            inner = holder.entries[awaited] = Sequence(place) if item else Mapping(place)
            level, holder, awaited = level + 2, inner, ""
        while level > column:
            level, holder = outer.pop()
        if level != column or awaited:
            return None
        column += len(item) + 1
        if value:
            start = column + len(key) + 2 if key else column
            if value[0] == "'":
                scalar = Scalar(value[1:-1].replace("''", "'"), place_of((path, number, start)))
            elif value in NULLS:
                return None
            else:
                scalar = Scalar(value, place_of((path, number, start)))
        elif not key:
            return None
        if isinstance(holder, Sequence):
            if not item:
                return None
            if not key:
                holder.items.append(scalar)
                continue
            outer.append((level, holder))
            inner = Mapping(place_of((path, number, column)))
            holder.items.append(inner)
            level, holder = level + 2, inner
        elif item:
            return None
        key = key.strip("'")
        if key in NULLS or key in holder.keys:
            return None
        holder.keys[key] = place_of((path, number, column))
        if value:
            holder.entries[key] = scalar
        else:
            awaited = key
    return None if awaited else Document(path, id_, root, text)
