"""YAML with positions, from the event stream: every scalar stays text.

No node is ever constructed as a Python object and no alias is ever followed, so
that nothing runs and nothing grows. The tree is built without recursion.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, NamedTuple, TypeAlias, TypeVar

import yaml

from ...findings import FieldValue, Finding, Place, finding
from .text_file import FORBIDDEN, forbidden

DEEPEST = 16
"""Levels of keys and lists within each other: no record has half as many, and every reader recurses."""
LONGEST = 10_000
"""Code points of a value, as in a table."""
MOST_FINDINGS = 1000
"""As many as of a table."""
_HEAD = re.compile(r"(?: *(?:#.*)?\n)*")
_COMMENT = re.compile("#.*")
_BLOCK = ("|", ">")
NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_TAB_INDENT = re.compile(r"^ *\t", re.MULTILINE)
# The loader in C is ten times as fast; both give the same events.
EVENT_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


N = TypeVar("N", "Scalar", "Mapping")


class Scalar(NamedTuple):
    """One value; ``text`` is None for an empty value, ``~`` or ``null``, which mean unknown."""

    text: str | None
    place: Place

    def finding(self, code: str, name: str, **fields: FieldValue) -> Finding:
        """Return a finding about the value."""
        about: dict[str, Any] = {"value": self.text or "", **fields}
        return finding(code, name, self.place, **about)


@dataclass(slots=True)
class Sequence:
    """A list."""

    place: Place
    items: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class Mapping:
    """Keys and values, in the order of the file."""

    place: Place
    entries: dict[str, Node] = field(default_factory=dict)
    keys: dict[str, Place] = field(default_factory=dict)
    """Where each key stands."""

    def text(self, key: str) -> str | None:
        """Return the text of a scalar below ``key``, or None."""
        scalar = self.scalar(key)
        return scalar.text if scalar else None

    def scalar(self, key: str) -> Scalar | None:
        """Return the scalar below ``key``, or None."""
        node = self.entries.get(key)
        return node if isinstance(node, Scalar) else None

    def listed(self, key: str, kind: type[N]) -> list[N]:
        """Return the entries of one kind of the list below ``key``; none where there is no list."""
        node = self.entries.get(key)
        return [item for item in node.items if isinstance(item, kind)] if isinstance(node, Sequence) else []


Node: TypeAlias = Scalar | Sequence | Mapping


@dataclass(slots=True)
class Document:
    """One YAML file; ``id`` is the name of the file without its ending."""

    path: str
    id: str
    root: Mapping
    text: str


class _Span(NamedTuple):
    """Where a key or value begins and ends in the text of a file."""

    start: int
    end: int
    block: bool
    """Whether it is a text of several lines below | or >."""


class _Unreadable(Exception):  # it ends the reading of one file and is never seen outside
    def __init__(self, why: str, place: Place, *, value: str = "", **fields: object) -> None:
        super().__init__(why)
        self.finding = finding("E-YAML", why, place, value=value, **fields)


_NO_BREAKS = dict.fromkeys((0x85, 0x2028, 0x2029), " ")


def parse_yaml(text: str, path: str, id_: str, found: list[Finding]) -> Document | None:
    """Return the one mapping that ``text`` holds, or None after a finding."""
    if tab := _TAB_INDENT.search(text):
        line = text.count("\n", 0, tab.end()) + 1
        found.append(finding("E-YAML", "tab", Place(path, line, len(tab.group()))))
        return None
    try:
        # What the parser takes for ends of lines is refused in `text_file`; an editor counts no lines there.
        builder = _Builder(path, found, frozenset(FORBIDDEN.findall(text)))
        root = builder.build(yaml.parse(text.translate(_NO_BREAKS), Loader=EVENT_LOADER))
    except _Unreadable as refused:
        found.append(refused.finding)
        return None
    except yaml.YAMLError as error:
        found.append(_unclosed(error, builder.quoted, path) or _malformed(error, text, path))
        return None
    found += islice(_comments(f"{text}\n", path, builder.spans), MOST_FINDINGS)
    return Document(path, id_, root, text)


def head(text: str) -> str:
    """Return the comments at the head of a file, above all keys: for an editor, or about the whole file."""
    found = _HEAD.match(text)
    return found.group() if found else ""


def _comments(text: str, path: str, spans: Iterable[_Span]) -> Iterator[Finding]:
    """Yield a finding for each comment below the head: what begins with # outside of all values."""
    position = len(head(text))
    for start, end, block in (*spans, _Span(len(text), len(text), False)):
        # Behind the | or > that opens a text of several lines may stand a comment as well.
        for comment in _COMMENT.finditer(text, position, text.index("\n", start) if block else start):
            line = text.rfind("\n", 0, comment.start()) + 1
            place = Place(path, text.count("\n", 0, line) + 1, comment.start() - line + 1)
            value = _beside(text[line : comment.start()])
            if value or (value is None and comment.group()[1:2].strip()):
                cut_off = f"{value or ''} {comment.group()}".strip()
                yield finding("E-YAML", "cut-off", place, value=cut_off)
            else:
                yield finding("E-YAML", "comment", place)
        position = max(position, end)


def _beside(before: str) -> str | None:
    """Return the text before a comment in its line: empty where it is complete, None where there is none."""
    value = re.sub(r"^[ -]*(?:[^:'\"]+:(?= |$))?", "", before).strip()
    if not value:
        return None if before.strip() else ""
    return "" if value[-1] in "'\"|>]}" else value


def scalar_text(event: Any) -> str | None:
    """Return what a scalar says: the text of its event, or None where it is plain and empty or null."""
    text: str = event.value
    if event.style in _BLOCK:
        text = text.rstrip("\n")
    return None if not event.style and text in NULLS else text


def _span(event: Any) -> _Span:
    return _Span(event.start_mark.index, event.end_mark.index, event.style in _BLOCK)


def _unclosed(error: yaml.YAMLError, quoted: Any, path: str) -> Finding | None:
    """Return the finding for a quote that is never closed, at the place where it opens, or None.

    It ends with the file, or with the next quote: ``quoted`` is the event of a last text in quotes that took
    several lines, behind which the parser stumbled.
    """
    mark, problem = getattr(error, "context_mark", None), getattr(error, "problem_mark", None)
    if "quoted scalar" not in str(getattr(error, "context", "")):
        ends = quoted is not None and problem is not None and problem.line == quoted.end_mark.line
        mark = quoted.start_mark if ends else None
    if mark is None:
        return None
    return finding("E-YAML", "open-quote", Place(path, mark.line + 1, mark.column + 1))


def _malformed(error: yaml.YAMLError, text: str, path: str) -> Finding:
    mark = getattr(error, "problem_mark", None)
    place = Place(path)
    if mark:
        # What is missing at the end of a file, the parser misses in a line behind it.
        lines = text.split("\n")
        line = min(mark.line, len(lines) - 1)
        column = mark.column if line == mark.line else len(lines[line])
        place = Place(path, line + 1, min(column, len(lines[line])) + 1)
    problem = getattr(error, "problem", None) or "the text cannot be read"
    return finding("E-YAML", "malformed", place, problem=problem)


class _Builder:
    """Builds the tree from events; a stack of open containers stands in for recursion."""

    def __init__(self, path: str, found: list[Finding], told: frozenset[str]) -> None:
        self.path = path
        self.found = found
        self.told = told
        """Forbidden characters that stand in the file, which have their findings."""
        self.quoted: Any = None
        """The event of the last scalar, if it was in quotes and took several lines."""
        self.stack: list[Sequence | Mapping] = []
        self.key: list[Scalar | None] = []
        self.root: Node | None = None
        self.twice = 0
        self.spans: list[_Span] = []

    def build(self, events: Iterator[Any]) -> Mapping:
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise _Unreadable("second-document", self.place(event))
                if event.version or event.tags:
                    raise _Unreadable("directive", self.place(event))
            elif isinstance(event, yaml.NodeEvent):
                self.node(event)
            elif isinstance(event, yaml.CollectionEndEvent):
                self.stack.pop()
                self.key.pop()
        if not isinstance(self.root, Mapping):
            raise _Unreadable("no-mapping", self.root.place if self.root else Place(self.path))
        return self.root

    def place(self, event: Any) -> Place:
        return Place(self.path, event.start_mark.line + 1, event.start_mark.column + 1)

    def node(self, event: Any) -> None:
        place = self.place(event)
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            raise _Unreadable("anchor", place)
        if event.tag is not None:
            raise _Unreadable("tag", place, value=event.tag)
        if isinstance(event, yaml.ScalarEvent):
            self.spans.append(_span(event))
            self.add(Scalar(self.scalar(event, place), place))
            return
        if len(self.stack) >= DEEPEST:
            raise _Unreadable("deep", place, limit=DEEPEST)
        container: Sequence | Mapping
        container = Mapping(place) if isinstance(event, yaml.MappingStartEvent) else Sequence(place)
        self.add(container)
        self.stack.append(container)
        self.key.append(None)

    def scalar(self, event: Any, place: Place) -> str | None:
        """Return what a scalar says; what is too long, or cut off by ``#``, becomes a finding."""
        several = event.style in ("'", '"') and event.start_mark.line < event.end_mark.line
        self.quoted = event if several else None
        text = scalar_text(event)
        if event.style == '"':  # "\u202e" and its like stand for a character
            hidden = (one for one in FORBIDDEN.findall(event.value) if one not in self.told)
            self.found += (forbidden(place, one) for one in islice(hidden, 1))
        if text is not None and len(text) > LONGEST:
            self.found.append(
                finding("E-LONG", "value", place, value=text[:LONGEST], length=len(text), limit=LONGEST)
            )
            return text[:LONGEST]
        return text

    def add(self, node: Node) -> None:
        if not self.stack:
            self.root = node
            return
        parent = self.stack[-1]
        if isinstance(parent, Sequence):
            parent.items.append(node)
            return
        key = self.key[-1]
        if key is None:
            self.key[-1] = self.checked_key(parent, node)
            return
        assert key.text is not None  # checked_key refuses an empty key
        self.key[-1] = None
        if key.text in parent.entries:
            self.twice += 1
            if self.twice > MOST_FINDINGS:
                return
            self.found.append(
                finding("E-YAML", "twice", key.place, value=key.text, line=parent.keys[key.text].line)
            )
            return
        parent.entries[key.text] = node
        parent.keys[key.text] = key.place

    def checked_key(self, parent: Mapping, node: Node) -> Scalar:
        if isinstance(node, Scalar) and node.text:
            return node
        raise _Unreadable("no-word", node.place)
