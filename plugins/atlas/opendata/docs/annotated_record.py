"""A real record as text, with what each of its keys means beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ...dataset.canonical.yaml import new_yaml
from ...dataset.reading.yaml_tree import Document, Node, Scalar, Sequence, parse_yaml
from ...dataset.reading.yaml_tree import Mapping as YamlMapping
from ...languages.language import Language
from ...model.schema import DEFAULT_LANGUAGES, Field, Record, schema
from ...views.pages.data_fields import Example

LONGEST = 60
"""Characters of a text; the rest of it is no example of anything more."""
VALUES_SHOWN = 2
"""Entries of a list of values. Of records in a list, one is shown."""
MARGIN = 44
"""Where notes begin, unless the line is longer."""


@dataclass(frozen=True, slots=True)
class Samples:
    """One record of each kind, by the name of the kind, of a dataset in ``languages``."""

    languages: tuple[str, ...] = DEFAULT_LANGUAGES
    by_kind: Mapping[str, Example | Document] = field(default_factory=dict)
    """Rows of a table as they stand in its file, or a whole document."""

    def told(self, lang: Language) -> dict[str, Example]:
        """Return every sample as text with notes in ``lang``, and its values by key."""
        must = lang.t("required")
        return {
            name: _example(record, self.by_kind.get(name), lang.code, self.languages, must)
            for name, record in schema(self.languages).items()
        }


def _example(
    record: Record, sample: Example | Document | None, lang: str, languages: tuple[str, ...], must: str
) -> Example:
    if isinstance(sample, Document):
        tree = _shortened(sample.root, record.fields, vocabulary=record.name == "vocabulary")
        text = new_yaml(record, tree, languages).decode()
        return Example(
            path=sample.path, text=_annotated(text, record, lang, must), values=dict(_values(tree))
        )
    if sample:
        return sample
    if record.format == "yaml":
        return Example(path="", text="")
    cells = {one.name: one.example for one in record.fields}
    return Example(path="", text="\n".join((",".join(cells), ",".join(cells.values()))))


def _shortened(
    node: YamlMapping, fields: tuple[Field, ...], *, vocabulary: bool = False
) -> dict[str, object]:
    known = {one.name: one for one in fields}
    kept: dict[str, object] = {}
    for key, value in node.entries.items():
        one = known.get(key)
        if one is None:
            continue
        if vocabulary and isinstance(value, YamlMapping):
            first, code = next(iter(value.entries.items()))
            if isinstance(code, YamlMapping):
                kept[key] = {first: _shortened(code, one.fields)}
        else:
            kept[key] = _value(value, one)
    return kept


def _value(node: Node, one: Field) -> object:
    if isinstance(node, Sequence):
        return [_value(item, one) for item in node.items[: 1 if one.fields else VALUES_SHOWN]]
    if isinstance(node, YamlMapping):
        if one.fields:
            return _shortened(node, one.fields)
        return {lang: _short(text) for lang, text in node.entries.items()}
    return _short(node)


def _short(node: Node) -> str | None:
    text = node.text if isinstance(node, Scalar) else None
    if text is None or len(text) <= LONGEST or " " not in text:
        return text
    return " ".join(text.split())[:LONGEST].rpartition(" ")[0].rstrip(" ,;:.") + " …"


def _values(tree: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield the first value below every key, by the way to it (``counts.members``)."""
    if isinstance(tree, dict):
        for key, value in tree.items():
            below = f"{path}.{key}" if path else key
            yield from _values(value, below)
            first = next(iter(value.values()), None) if isinstance(value, dict) else None
            if isinstance(first, str):  # text by language: the first one stands for all
                yield below, first
    elif isinstance(tree, list):
        yield from _values(tree[0] if tree else None, path)
    elif tree is not None:
        yield path, str(tree)


def _annotated(text: str, record: Record, lang: str, must: str) -> str:
    """Return the text of a YAML file with a note beside every key that the schema explains."""
    lines = text.rstrip("\n").split("\n")
    document = parse_yaml(text, "", "", [])
    assert document is not None
    for line, one in _explained(document.root, record.fields, record.name == "vocabulary"):
        note = one.help.get(lang) or one.help["en"]
        number = line - 1
        lines[number] = f"{lines[number]:<{MARGIN}}  # {f'{must}: ' if one.required else ''}{note}"
    return "\n".join(lines)


def _explained(
    node: YamlMapping, fields: tuple[Field, ...], vocabulary: bool = False
) -> Iterator[tuple[int, Field]]:
    """Yield the line of every key that the schema explains, with its field."""
    known = {one.name: one for one in fields}
    for key, value in node.entries.items():
        if one := known.get(key):
            yield node.keys[key].line, one
            inner = (
                next(iter(value.entries.values())) if vocabulary and isinstance(value, YamlMapping) else value
            )
            for item in inner.items if isinstance(inner, Sequence) else (inner,):
                if one.fields and isinstance(item, YamlMapping):
                    yield from _explained(item, one.fields)
