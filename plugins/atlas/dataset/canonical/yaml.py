"""The canonical text of a YAML record.

Keys stand in the order of the schema, lists and the codes of the vocabulary in that
of the file, because their order says something. Blocks are indented by two spaces, each
value stands on one line, a text of several lines below ``|``. A value is quoted only where
another reader of YAML could take it for something else than text: ``'NO'``, ``'1.10'``,
``'2024-09-25'``. Comments stay with what they explain.
"""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

import yaml
from yaml.emitter import Emitter
from yaml.resolver import Resolver

from ...model.schema import DEFAULT_LANGUAGES, UNDETERMINED, Field, Record
from ..reading import yaml_tree as yamlfile
from ..reading.yaml_tree import Node
from .values import Change, canonical_text, value_changes
from .yaml_comments import MODELINE, Branch, Commented, Entry, Leaf, read_commented

_ODD = re.compile(r"[-+]?\.?[0-9][-+0-9_.:eE]*|0[xob][0-9A-Fa-f]+|[yYnN]")
"""What some reader of YAML takes for a number, a date, a time or a truth value, beyond PyYAML's own."""
_NUMBER = re.compile("0|[1-9][0-9]*")
_INDENT = "  "
_LOCALIZED = ("localized", "plain-or-localized")


def canonical_yaml(
    record: Record, text: str, languages: tuple[str, ...] = DEFAULT_LANGUAGES
) -> tuple[str, list[Change]]:
    """Return the canonical text of a YAML file and what changed.

    ``text`` is one that ``parse_yaml`` has accepted without a finding; ``languages`` are the
    dataset's, in whose order the texts of a label stand.
    """
    whole = read_commented(text)
    changes = list(_Arranger(record, languages).arrange(whole.root))
    result = _text(whole)
    spelled = {change.line for change in changes}
    kept = Counter(result.split("\n"))
    laid: list[int] = []
    for number, line in enumerate(text.split("\n"), 1):
        if kept[line]:
            kept[line] -= 1
        elif number not in spelled:
            laid.append(number)
    if not (changes or laid) and result.rstrip("\n") != text.rstrip("\n"):
        pairs = enumerate(zip(text.split("\n"), result.split("\n"), strict=False), 1)
        laid = [next(number for number, (was, now) in pairs if was != now)]  # where a comment moved
    return result, [*changes, *(Change("layout", number) for number in laid)]


def new_yaml(
    record: Record, values: Mapping[str, object], languages: tuple[str, ...] = DEFAULT_LANGUAGES
) -> bytes:
    """Return the bytes of a new YAML file of plain ``values``: mappings, sequences, text, numbers, None."""
    root = _planted(values)
    if not isinstance(root, Branch):
        raise TypeError("a record holds keys and values")
    for _ in _Arranger(record, languages).arrange(root):
        pass  # what is put in order here was not written before
    return _text(Commented(root)).encode()


def meaning(node: Node) -> object:
    """Return what a tree says, whatever the order of its keys and its spelling: for comparison."""
    if isinstance(node, yamlfile.Scalar):
        return None if node.text is None else canonical_text(node.text)
    if isinstance(node, yamlfile.Sequence):
        return [meaning(item) for item in node.items]
    return {key: meaning(value) for key, value in node.entries.items()}


def _planted(value: object) -> Branch | Leaf:
    if isinstance(value, Mapping):
        return Branch(True, [Entry(str(key), _planted(inner)) for key, inner in value.items()])
    if isinstance(value, Sequence) and not isinstance(value, str):
        return Branch(False, [Entry(None, _planted(inner)) for inner in value])
    return Leaf(None if value is None else str(value))


class _Arranger:
    """Puts a tree into canonical order and spelling, and tells what that changes."""

    def __init__(self, record: Record, languages: tuple[str, ...]) -> None:
        self.record = record
        self.languages = (*languages, UNDETERMINED)

    def arrange(self, root: Branch) -> Iterator[Change]:
        yield from self.sort(root, [one.name for one in self.record.fields])
        for entry in root.entries:
            one = self.record.by_name.get(entry.key or "")
            codes = self.record.name == "vocabulary" and one is not None and one.type == "mapping"
            if codes and one and isinstance(entry.value, Branch):
                for code in entry.value.entries:
                    yield from self.value(code, one)
            else:
                yield from self.value(entry, one)

    def value(self, entry: Entry, one: Field | None) -> Iterator[Change]:
        """Arrange the value of ``entry``, which ``one`` describes; None where the schema has no such key."""
        value = entry.value
        if isinstance(value, Leaf):
            if value.text is not None:
                yield from value_changes(None, value.text, entry.line)
                value.text = canonical_text(value.text)
                if one is not None and one.type == "date":
                    value.style = "date"
                elif one is not None and one.type == "integer" and _NUMBER.fullmatch(value.text):
                    value.style = "number"
            return
        if not value.keyed:
            for item in value.entries:
                yield from self.value(item, one)
            return
        inner: dict[str, Field] = {}
        if one is not None and one.type == "mapping":
            inner = {nested.name: nested for nested in one.fields}
            yield from self.sort(value, list(inner))
        elif one is not None and one.type in _LOCALIZED:
            yield from self.sort(value, self.languages)
        for nested in value.entries:
            yield from self.value(nested, inner.get(nested.key or ""))

    def sort(self, branch: Branch, names: Sequence[str]) -> Iterator[Change]:
        """Put known keys in the order of ``names``; others follow in the order of the file."""
        rank = {name: number for number, name in enumerate(names)}
        former = list(branch.entries)
        branch.entries.sort(key=lambda entry: rank.get(entry.key or "", len(rank)))
        highest = -1
        for entry in former:
            if rank.get(entry.key or "", len(rank)) < highest:
                yield Change("keys", entry.line)
            highest = max(highest, rank.get(entry.key or "", len(rank)))


def _text(whole: Commented) -> str:
    head = list(whole.head)
    if any(not MODELINE.match(line) for line in head):
        head.append("")  # the blank line tells them from a comment on the first key
    body = _lines(whole.root.entries, "") if whole.root.entries else ["{}"]
    return "".join(f"{line}\n" for line in [*head, *body, *whole.tail])


def _lines(entries: list[Entry], pad: str) -> Iterator[str]:
    for entry in entries:
        yield from (pad + comment for comment in entry.above)
        beside = "".join(f"  {comment}" for comment in entry.beside)
        if entry.key is None:
            yield from _item(entry, pad, beside)
        else:
            yield from _key(entry, pad, beside)
        yield from (pad + comment for comment in entry.below)


def _key(entry: Entry, pad: str, beside: str) -> Iterator[str]:
    name = f"{pad}{_scalar(entry.key or '')}:"
    value = entry.value
    if isinstance(value, Leaf):
        first, *more = _leaf_lines(value, pad + _INDENT)
        yield f"{name} {first}".rstrip() + beside
        yield from more
    elif value.entries:
        yield name + beside
        yield from _lines(value.entries, pad + _INDENT)
    else:
        yield f"{name} {'{}' if value.keyed else '[]'}{beside}"


def _item(entry: Entry, pad: str, beside: str) -> Iterator[str]:
    value = entry.value
    if isinstance(value, Leaf):
        first, *more = _leaf_lines(value, pad + _INDENT)
        yield f"{pad}- {first}".rstrip() + beside
        yield from more
    elif not value.entries:
        yield f"{pad}- {'{}' if value.keyed else '[]'}{beside}"
    else:
        yield from (pad + comment for comment in _lifted(value))
        first, *more = _lines(value.entries, pad + _INDENT)
        yield f"{pad}- {first[len(pad) + len(_INDENT) :]}"
        yield from more


def _lifted(branch: Branch) -> Iterator[str]:
    """Take away the comments that would stand between a hyphen and what begins on its line."""
    inner: Branch | Leaf = branch
    while isinstance(inner, Branch) and inner.entries:
        first = inner.entries[0]
        yield from first.above
        first.above = []
        if first.key is not None:
            return
        inner = first.value


def _leaf_lines(leaf: Leaf, pad: str) -> list[str]:
    """Return the text of a value: one line, or the | and the lines below it."""
    if leaf.text is None:
        return [""]
    if leaf.style == "number":
        return [leaf.text]
    if "\n" not in leaf.text:
        return [_scalar(leaf.text, quoted=leaf.style == "date")]
    lines = leaf.text.split("\n")
    # An indented line of tabs would be refused, and trailing spaces are lost on the way.
    if any(line.lstrip(" ").startswith("\t") or line != line.rstrip() for line in lines):
        return [_quoted_twice(leaf.text)]
    return ["|", *(f"{pad}{line}".rstrip() for line in lines)]


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
