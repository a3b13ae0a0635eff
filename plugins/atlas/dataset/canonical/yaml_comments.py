"""A YAML file as a tree that keeps its comments.

Each comment belongs to an entry (a key with its value, or an item of a list), so
that it moves with the entry: above it, beside it, or below it when it is indented like
it and something less indented follows. General round-trip libraries tie a comment to the token
before it, which is another key's when keys are sorted. Only files that ``parse_yaml`` accepts
come here: no anchors, tags or second documents. The tree is built without recursion.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

import yaml

from ..reading.yaml_tree import EVENT_LOADER, scalar_text

MODELINE = re.compile(r"#\s*yaml-language-server:")
_BLANK = re.compile(r"^(?:[ ]*|---.*)\n", re.MULTILINE)
_BLOCK = ("|", ">")
_CLOSED = ("]", "}")


@dataclass(slots=True)
class Leaf:
    """One value; None is an empty one, which means unknown."""

    text: str | None
    style: Literal["", "number", "date"] = ""
    """A number never stands in quotes, a date always does; set by who knows the schema."""


@dataclass(slots=True)
class Branch:
    """Keys with their values, or the items of a list."""

    keyed: bool
    entries: list[Entry] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Entry:
    """One key with its value, or one item (``key`` is None), with its comments."""

    key: str | None
    value: Leaf | Branch
    above: list[str] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)
    below: list[str] = field(default_factory=list)
    line: int = 0
    """Where it begins, from 1; 0 for one that was not read from a file."""
    column: int = 0
    """How far its key or its hyphen is indented."""
    start: int = 0
    """Offset of its key, or of an item's value."""
    ends: int = 0
    """Offset of the end of its value, or of the key that a branch stands below."""
    parent: Entry | None = None


@dataclass(slots=True)
class Commented:
    """A whole file: comments at its head and tail belong to the file and never move."""

    root: Branch
    head: list[str] = field(default_factory=list)
    tail: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Comment:
    start: int
    column: int
    text: str
    alone: bool
    """Whether nothing else stands on its line."""


def read_commented(text: str) -> Commented:
    """Return the tree of a YAML file that ``parse_yaml`` has accepted without a finding."""
    reader = _Reader()
    for event in yaml.parse(text, Loader=EVENT_LOADER):
        reader.take(event)
    assert isinstance(reader.root, Branch)  # for parse_yaml refuses anything else
    whole = Commented(reader.root)
    comments = _comments(text, reader.spans)
    if reader.entries:
        _attach(comments, reader.entries, whole, text)
    else:
        for one in comments:
            (whole.head if one.start < reader.begins else whole.tail).append(one.text)
    return whole


class _Reader:
    """Builds the tree from events, with the spans of all scalars, outside of which comments stand."""

    def __init__(self) -> None:
        self.root: Branch | Leaf | None = None
        self.begins = 0
        self.entries: list[Entry] = []
        self.spans: list[tuple[int, int]] = []
        self.stack: list[tuple[Branch, int, Entry | None]] = []
        """Open branches with the column of their entries and the entry that they stand in."""
        self.key: list[Any] = []

    def take(self, event: Any) -> None:
        # PyYAML's events may have no marks; those that its parsers make have them.
        start, end = event.start_mark, event.end_mark
        if isinstance(event, yaml.CollectionEndEvent):
            self.stack.pop()
            self.key.pop()
        elif isinstance(event, yaml.ScalarEvent):
            stop = end.index
            header = 1 if event.style in _BLOCK else None  # its first line may end in a comment
            self.spans.append((start.index, stop))
            if self.stack and self.stack[-1][0].keyed and self.key[-1] is None:
                self.key[-1] = event
            else:
                self.add(Leaf(scalar_text(event)), event, stop if header is None else start.index + 1)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            branch = Branch(isinstance(event, yaml.MappingStartEvent))
            entry = self.add(branch, event, None)
            self.stack.append((branch, start.column, entry))
            self.key.append(None)

    def add(self, value: Leaf | Branch, event: Any, ends: int | None) -> Entry | None:
        if not self.stack:
            self.root, self.begins = value, event.start_mark.index
            return None
        branch, column, parent = self.stack[-1]
        begins = event
        if branch.keyed:
            begins = self.key[-1]
            self.key[-1] = None
        mark = begins.start_mark
        entry = Entry(
            key=begins.value if branch.keyed else None,
            value=value,
            line=mark.line + 1,
            column=column,
            start=mark.index,
            ends=ends if ends is not None else (begins.end_mark.index if branch.keyed else mark.index),
            parent=parent,
        )
        branch.entries.append(entry)
        self.entries.append(entry)
        return entry


def _comments(text: str, spans: list[tuple[int, int]]) -> Iterator[_Comment]:
    """Yield the comments of a file: what begins with # outside of all scalars."""
    starts = [start for start, _ in spans]
    position = 0
    while (start := text.find("#", position)) >= 0:
        number = bisect_right(starts, start) - 1
        stop = spans[number][1] if number >= 0 else 0
        if start < stop and not _in_header(text, spans[number][0], start):
            position = stop
            continue
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        line = text.rfind("\n", 0, start) + 1
        yield _Comment(start, start - line, text[start:end].rstrip(), not text[line:start].strip())
        position = end


def _in_header(text: str, scalar: int, start: int) -> bool:
    """Tell whether ``start`` is a comment behind the | or > that opens a block of lines."""
    return text[scalar] in _BLOCK and re.fullmatch(r"[|>][-+0-9]*[ \t]+", text[scalar:start]) is not None


def _attach(comments: Iterable[_Comment], entries: list[Entry], whole: Commented, text: str) -> None:
    starts = [entry.start for entry in entries]
    separators = [match.end() for match in _BLANK.finditer(text, 0, starts[0])]
    for one in comments:
        number = bisect_right(starts, one.start)
        before = entries[number - 1] if number else None
        # Of an item and its first key, which begin together, the item is the one meant.
        after = entries[number] if number < len(entries) else None
        if before is None:
            apart = bool(separators) and one.start < separators[-1]
            owner = whole.head if apart or after is None or MODELINE.match(one.text) else after.above
            owner.append(one.text)
        elif not one.alone and "\n" not in text[before.ends : one.start]:
            before.beside.append(one.text)
        elif isinstance(before.value, Leaf) and one.start < before.ends:
            before.above.append(one.text)  # between a key and its value
        elif not one.alone and text[: one.start].rstrip().endswith(_CLOSED):
            before.beside.append(one.text)
        elif after is not None and (one.column <= after.column or not one.alone or _within(after, one, text)):
            after.above.append(one.text)
        elif after is None and one.column == 0:
            whole.tail.append(one.text)
        else:
            _innermost(before, one.column).below.append(one.text)


def _within(item: Entry, comment: _Comment, text: str) -> bool:
    """Tell whether a comment stands between the hyphen of a list and the item behind it."""
    return item.key is None and "-" not in re.sub("#.*", "", text[comment.start : item.start])


def _innermost(entry: Entry, column: int) -> Entry:
    """Return the entry, or the nearest one around it, that is indented no more than ``column``."""
    while entry.column > column and entry.parent is not None:
        entry = entry.parent
    return entry
