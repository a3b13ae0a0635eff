"""The canonical text of a YAML record.

Keys stand in the order of the schema, lists and the codes of the vocabulary in that
of the file, because their order says something. Blocks are indented by two spaces, each
value stands on one line, a text of several lines below ``|``. A value is quoted only where
another reader of YAML could take it for something else than text: ``'NO'``, ``'1.10'``,
``'2024-09-25'``. Comments stand at the head of a file, where they stay.
"""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

import yaml
from yaml.emitter import Emitter
from yaml.resolver import Resolver

from ...findings import Place
from ...model.schema import DEFAULT_LANGUAGES, UNDETERMINED, Field, Record
from ..reading import yaml_tree
from ..reading.yaml_tree import Node, Scalar, head, parse_yaml
from .values import FormatChange, canonical_text, value_changes

_ODD = re.compile(r"[-+]?\.?[0-9][-+0-9_.:eE]*|0[xob][0-9A-Fa-f]+|[yYnN]")
"""What some reader of YAML takes for a number, a date, a time or a truth value, beyond PyYAML's own."""
_NUMBER = re.compile("0|[1-9][0-9]*")
_INDENT = "  "
_LOCALIZED = ("localized", "plain-or-localized")


def canonical_yaml(
    record: Record, text: str, languages: tuple[str, ...] = DEFAULT_LANGUAGES
) -> tuple[str, list[FormatChange]]:
    """Return the canonical text of a YAML file and what changed.

    ``text`` is one that ``parse_yaml`` has accepted without a finding; ``languages`` are the
    dataset's, in whose order the texts of a label stand.
    """
    document = parse_yaml(text, "", "", [])
    assert document is not None
    writer = _Writer(record, languages)
    comments = [line.strip() for line in head(text).splitlines() if line.strip()]
    result = "".join(f"{line}\n" for line in (*comments, *writer.lines(document.root)))
    spelled = {change.line for change in writer.changes}
    kept = Counter(result.split("\n"))
    laid: list[int] = []
    for number, line in enumerate(text.split("\n"), 1):
        if kept[line]:
            kept[line] -= 1
        elif number not in spelled:
            laid.append(number)
    return result, [*writer.changes, *(FormatChange("layout", number) for number in laid)]


def new_yaml(
    record: Record, values: Mapping[str, object], languages: tuple[str, ...] = DEFAULT_LANGUAGES
) -> bytes:
    """Return the bytes of a new YAML file of plain ``values``: mappings, sequences, text, numbers, None."""
    root = _node(values)
    if not isinstance(root, yaml_tree.Mapping):
        raise TypeError("a record holds keys and values")
    return "".join(f"{line}\n" for line in _Writer(record, languages).lines(root)).encode()


def meaning(node: Node) -> object:
    """Return what a tree says, whatever the order of its keys and its spelling: for comparison."""
    if isinstance(node, Scalar):
        return None if node.text is None else canonical_text(node.text)
    if isinstance(node, yaml_tree.Sequence):
        return [meaning(item) for item in node.items]
    return {key: meaning(value) for key, value in node.entries.items()}


_NOWHERE = Place("")


def _node(value: object) -> Node:
    if isinstance(value, Mapping):
        entries = {str(key): _node(inner) for key, inner in value.items()}
        return yaml_tree.Mapping(_NOWHERE, entries, dict.fromkeys(entries, _NOWHERE))
    if isinstance(value, Sequence) and not isinstance(value, str):
        return yaml_tree.Sequence(_NOWHERE, [_node(inner) for inner in value])
    return Scalar(None if value is None else str(value), _NOWHERE)


class _Writer:
    """Writes a tree in canonical order and spelling, and notes what that changes."""

    def __init__(self, record: Record, languages: tuple[str, ...]) -> None:
        self.record = record
        self.languages = (*languages, UNDETERMINED)
        self.changes: list[FormatChange] = []

    def lines(self, root: yaml_tree.Mapping) -> Iterator[str]:
        """Yield the lines of a record."""
        if not root.entries:
            yield "{}"
            return
        known = self.record.by_name
        for key in self.in_order(root, list(known)):
            value, one = root.entries[key], known.get(key)
            if (
                self.record.name == "vocabulary"
                and one is not None
                and one.type == "mapping"
                and isinstance(value, yaml_tree.Mapping)
                and value.entries
            ):
                yield f"{_scalar(key)}:"
                for code in value.entries:
                    yield from self.entry(code, value.entries[code], one, _INDENT)
            else:
                yield from self.entry(key, value, one, "")

    def entry(self, key: str, value: Node, one: Field | None, pad: str) -> Iterator[str]:
        """Yield a key and its value, which ``one`` describes; None where the schema has no such key."""
        first, *more = self.value(value, one, pad + _INDENT)
        yield f"{pad}{_scalar(key)}: {first}".rstrip()
        yield from more

    def item(self, value: Node, one: Field | None, pad: str) -> Iterator[str]:
        """Yield an item of a list; keys and lists within it begin on the line of its hyphen."""
        first, *more = self.value(value, one, pad + _INDENT)
        if not first and more:
            first, *more = more
        yield f"{pad}- {first.removeprefix(pad + _INDENT)}".rstrip()
        yield from more

    def value(self, value: Node, one: Field | None, pad: str) -> Iterator[str]:
        """Yield what stands on the line of a key, which may be nothing, then the lines below it."""
        if isinstance(value, Scalar):
            yield from self.scalar(value, one, pad)
        elif isinstance(value, yaml_tree.Sequence):
            yield "" if value.items else "[]"
            for item in value.items:
                yield from self.item(item, one, pad)
        else:
            yield "" if value.entries else "{}"
            inner: Mapping[str, Field] = {}
            names: Iterable[str] = ()
            if one is not None and one.type == "mapping":
                names = inner = {nested.name: nested for nested in one.fields}
            elif one is not None and one.type in _LOCALIZED:
                names = self.languages
            for key in self.in_order(value, names):
                yield from self.entry(key, value.entries[key], inner.get(key), pad)

    def scalar(self, scalar: Scalar, one: Field | None, pad: str) -> Iterable[str]:
        """Return the lines of one value: itself, or the | and the lines below it."""
        if scalar.text is None:
            return [""]
        self.changes += value_changes(None, scalar.text, scalar.place.line)
        text = canonical_text(scalar.text)
        if one is not None and one.type == "integer" and _NUMBER.fullmatch(text):
            return [text]
        if "\n" not in text:
            return [_scalar(text, quoted=one is not None and one.type == "date")]
        lines = text.split("\n")
        # An indented line of tabs would be refused, and trailing spaces are lost on the way.
        if any(line.lstrip(" ").startswith("\t") or line != line.rstrip() for line in lines):
            return [_quoted_twice(text)]
        return ["|", *(f"{pad}{line}".rstrip() for line in lines)]

    def in_order(self, mapping: yaml_tree.Mapping, names: Iterable[str]) -> list[str]:
        """Return the keys in the order of ``names``; others follow in the order of the file."""
        rank = {name: number for number, name in enumerate(names)}
        highest = -1
        for key in mapping.entries:
            number = rank.get(key, len(rank))
            if number < highest:
                self.changes.append(FormatChange("keys", mapping.keys[key].line))
            highest = max(highest, number)
        return sorted(mapping.entries, key=lambda key: rank.get(key, len(rank)))


@cache
def _tools() -> tuple[Emitter, Resolver]:
    emitter = Emitter(io.StringIO())
    emitter.allow_unicode = True
    return emitter, Resolver()


def _scalar(text: str, *, quoted: bool = False) -> str:
    """Return text on one line, in quotes where it would be read as something else without them."""
    emitter, resolver = _tools()
    analysis = emitter.analyze_scalar(text)
    if (
        not (quoted or _ODD.fullmatch(text))
        and analysis.allow_block_plain
        and not analysis.multiline
        and text
    ):
        tag = resolver.resolve(yaml.ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]
        if tag == "tag:yaml.org,2002:str":
            return text
    if analysis.allow_single_quoted and not analysis.multiline:
        return "'" + text.replace("'", "''") + "'"
    return _quoted_twice(text)


def _quoted_twice(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
