"""The canonical text of a YAML record.

Keys stand in the order of the schema, lists and the codes of the vocabulary in that
of the file, because their order says something. Blocks are indented by two spaces, each
value stands on one line, a text of several lines below ``|``. A value is quoted only where
another reader of YAML could take it for something else than text: ``'NO'``, ``'1.10'``,
``'2024-09-25'``. Comments stand at the head of a file, where they stay.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import yaml

from ...findings import Place
from ...model.schema import DEFAULT_LANGUAGES, UNDETERMINED, Field, Record
from ..reading import yaml_tree
from ..reading.yaml_tree import Node, Scalar, head, parse_yaml
from .values import canonical_text

_ODD = re.compile(r"[-+]?\.?[0-9][-+0-9_.:eE]*|0[xob][0-9A-Fa-f]+|[yYnN]")
"""What some reader of YAML takes for a number, a date, a time or a truth value, beyond PyYAML's own."""
_NUMBER = re.compile("0|[1-9][0-9]*")
_LOCALIZED = ("localized", "plain-or-localized")


def canonical_yaml(record: Record, text: str, languages: tuple[str, ...] = DEFAULT_LANGUAGES) -> str:
    """Return the canonical text of a YAML file.

    ``text`` is one that ``parse_yaml`` has accepted without a finding; ``languages`` are the
    dataset's, in whose order the texts of a label stand.
    """
    document = parse_yaml(text, "", "", [])
    assert document is not None
    comments = [line.strip() for line in head(text).splitlines() if line.strip()]
    return "".join(f"{line}\n" for line in comments) + _Writer(record, languages).text(document.root)


def new_yaml(
    record: Record, values: Mapping[str, object], languages: tuple[str, ...] = DEFAULT_LANGUAGES
) -> bytes:
    """Return the bytes of a new YAML file of plain ``values``: mappings, sequences, text, numbers, None."""
    root = _node(values)
    if not isinstance(root, yaml_tree.Mapping):
        raise TypeError("a record holds keys and values")
    return _Writer(record, languages).text(root).encode()


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
    """Writes a tree in canonical order and spelling."""

    def __init__(self, record: Record, languages: tuple[str, ...]) -> None:
        self.record = record
        self.languages = (*languages, UNDETERMINED)
        sections = record.fields if record.name == "vocabulary" else ()
        self.codes = [one for one in sections if one.type == "mapping"]

    def text(self, root: yaml_tree.Mapping) -> str:
        """Return the text of a record."""
        tree = self.mapping(root, self.record.by_name, self.record.by_name)
        text: str = yaml.dump(tree, Dumper=_Dumper, sort_keys=False, width=sys.maxsize, allow_unicode=True)
        return text

    def mapping(
        self, value: yaml_tree.Mapping, names: Iterable[str], inner: Mapping[str, Field]
    ) -> dict[str, object]:
        """Return keys and values; keys stand in the order of ``names``, others in that of the file behind."""
        rank = {name: number for number, name in enumerate(names)}
        ordered = sorted(value.entries, key=lambda key: rank.get(key, len(rank)))
        return {key: self.value(value.entries[key], inner.get(key)) for key in ordered}

    def value(self, value: Node, one: Field | None) -> object:
        """Return a value, which ``one`` describes; None where the schema has no such key."""
        if isinstance(value, Scalar):
            return self.scalar(value, one)
        if isinstance(value, yaml_tree.Sequence):
            return [self.value(item, one) for item in value.items]
        if one is not None and one in self.codes:
            # Codes stand in the order of the file, and each is what the section holds.
            return self.mapping(value, value.entries, dict.fromkeys(value.entries, replace(one, name="")))
        if one is not None and one.type == "mapping":
            inner = {nested.name: nested for nested in one.fields}
            return self.mapping(value, inner, inner)
        localized = one is not None and one.type in _LOCALIZED
        return self.mapping(value, self.languages if localized else (), {})

    def scalar(self, scalar: Scalar, one: Field | None) -> str | None:
        """Return one value, as the class of text that is written as it must be."""
        if scalar.text is None:
            return None
        text = canonical_text(scalar.text)
        if one is not None and one.type == "integer" and _NUMBER.fullmatch(text):
            return _Number(text)
        return _Quoted(text) if one is not None and one.type == "date" else text


class _Number(str):
    """A number, which stays one for every reader."""


class _Quoted(str):
    """Text that some reader would take for something else without quotes."""


class _Dumper(yaml.SafeDumper):
    """Indents the items of lists, which PyYAML leaves below their key."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Go in by two spaces."""
        super().increase_indent(flow, False)

    def text(self, text: str) -> yaml.ScalarNode:
        """Return text, in quotes where it would be read as something else without them."""
        style = "'" if isinstance(text, _Quoted) or _ODD.fullmatch(text) else None
        if len(lines := text.splitlines()) > 1:
            # An indented line of tabs would be refused, and trailing spaces are lost on the way.
            odd = any(one.lstrip(" ").startswith("\t") or one != one.rstrip() for one in lines)
            style = '"' if odd or lines != text.split("\n") else "|"
            text += "" if style == '"' else "\n"
        return self.represent_scalar("tag:yaml.org,2002:str", text, style)


_Dumper.add_representer(str, _Dumper.text)
_Dumper.add_representer(_Quoted, _Dumper.text)
_Dumper.add_representer(_Number, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:int", text))
_Dumper.add_representer(type(None), lambda dumper, _: dumper.represent_scalar("tag:yaml.org,2002:null", ""))
