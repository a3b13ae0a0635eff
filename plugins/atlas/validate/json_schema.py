"""JSON Schemas (draft 2020-12) of the YAML files, from the one description of the dataset.

They serve editors, which complete keys and codes, show their help and underline what is wrong. An editor
reads ``2022`` as a number, which the atlas reads as text: numbers are allowed wherever text is. Tables are
described by the Data Package; whether a value is right beside others is for ``atlas check``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from ..languages.country_codes import COUNTRIES
from ..model.records import Code, Vocabulary
from ..model.schema import ID_PATTERN, Field, schema
from . import patterns

DIALECT = "https://json-schema.org/draft/2020-12/schema"
FOLDER = "schema"

Json: TypeAlias = dict[str, Any]


def schema_files(
    languages: tuple[str, ...], vocabulary: Vocabulary, base: str = ""
) -> Iterator[tuple[str, str]]:
    """Yield the path below the root of the site (``schema/network.json``) and the text of every schema.

    ``base`` is the address of the site without a final slash; empty makes ids that are
    relative to wherever the file lies.
    """
    documents = _Documents(languages, vocabulary)
    for record in schema(languages).values():
        if record.format == "yaml":
            path = f"{FOLDER}/{record.name}.json"
            body = {
                "$schema": DIALECT,
                "$id": f"{base}/{path}" if base else path.rpartition("/")[2],
                "title": f"data/{record.path}",
                **_help(record.help),
                **documents.object(record.fields, sections=record.name == "vocabulary"),
            }
            yield path, json.dumps(body, ensure_ascii=False, indent=2) + "\n"


def allowed(one: Field, vocabulary: Vocabulary) -> tuple[str, ...] | None:
    """Return the only values of a field, or None where there is no such list."""
    if one.type == "country":
        return (*one.choices, *sorted(COUNTRIES))
    if one.type == "code":
        return tuple(_codes(one, vocabulary)) or one.choices or None
    return None


def _codes(one: Field, vocabulary: Vocabulary) -> Mapping[str, Code]:
    """Return the codes that a field may hold or, for free words, that are proposed."""
    return getattr(vocabulary, one.codes) if one.codes else {}


def _help(texts: Mapping[str, str]) -> Json:
    """Return help in all its languages: plain English, and Markdown that shows every one."""
    if not texts:
        return {}
    others = [f"*{lang}*: {text}" for lang, text in texts.items() if lang != "en" and text]
    return {"description": texts["en"], "markdownDescription": "\n\n".join([texts["en"], *others])}


def _meaning(code: Code) -> str:
    lines = [": ".join(filter(None, (label, code.help.get(lang)))) for lang, label in code.label.items()]
    return "\n\n".join(lines)


@dataclass(frozen=True, slots=True)
class _Documents:
    """The schemas of documents of one dataset: its languages and its codes."""

    languages: tuple[str, ...]
    vocabulary: Vocabulary

    def object(self, fields: Iterable[Field], *, sections: bool = False) -> Json:
        """Return the schema of a mapping; ``sections`` says that its keys are those of the vocabulary."""
        fields = tuple(fields)
        needed = [one.name for one in fields if one.required]
        properties = {
            one.name: _about(one) | (self._section(one) if sections and not one.many else self._value(one))
            for one in fields
        }
        schema: Json = {"type": "object", "properties": properties, "additionalProperties": False}
        return schema | ({"required": needed} if needed else {})

    def _section(self, one: Field) -> Json:
        """Return the schema of a section of the vocabulary, whose keys are the codes."""
        ids = {"pattern": f"^({ID_PATTERN.pattern})$"}
        return {"type": "object", "propertyNames": ids, "additionalProperties": self.object(one.fields)}

    def _value(self, one: Field) -> Json:
        if not one.many:
            return self._one(one, needed=one.required)
        schema: Json = {"type": "array", "items": self._one(one, needed=True)}
        schema |= {"minItems": 1} if one.required else {"type": ["array", "null"]}
        if one.type != "mapping":
            schema["uniqueItems"] = True
        # One of the words that stand instead of a list: ``open_to: all``.
        return {"anyOf": [schema, {"enum": list(one.choices)}]} if one.choices else schema

    def _one(self, one: Field, *, needed: bool) -> Json:
        """Return the schema of one value; ``needed`` says that it may not be empty."""
        if one.type == "plain-or-localized":
            return {"anyOf": [self._scalar(one, needed=needed), self._localized(one)]}
        if one.type not in ("mapping", "localized"):
            return self._scalar(one, needed=needed)
        schema = self._localized(one) if one.type == "localized" else self.object(one.fields)
        # A key with nothing behind it means unknown.
        return schema if needed else schema | {"type": ["object", "null"]}

    def _localized(self, one: Field) -> Json:
        """Return the schema of text by language: of a label in each, of prose in those it is written in."""
        texts = dict.fromkeys(self.languages, self._scalar(one, needed=one.label))
        schema: Json = {"type": "object", "properties": texts, "additionalProperties": False}
        if one.label:
            return schema | {"required": list(self.languages)}
        return schema | ({"minProperties": 1} if one.required else {})

    def _scalar(self, one: Field, *, needed: bool) -> Json:
        codes, values = _codes(one, self.vocabulary), allowed(one, self.vocabulary)
        if values:
            empty = [] if needed else [None, ""]
            schema: Json = {"enum": [*empty, *values]}
            if one.type == "code" and codes:
                schema["markdownEnumDescriptions"] = [""] * len(empty) + [*map(_meaning, codes.values())]
            return schema
        schema = {"type": ["string", "number", "boolean"] + ([] if needed else ["null"])}
        if pattern := patterns.of(one):
            schema["pattern"] = f"^({pattern}){'' if needed else '?'}$"
        elif needed:
            schema["pattern"] = "\\S"
        return schema | ({"examples": list(codes)} if codes else {})


def _about(one: Field) -> Json:
    """Return what an editor shows about a field: name, help, unit, example."""
    schema: Json = {"title": one.name, **_help(one.help)}
    if one.unit:
        schema["x-unit"] = one.unit
    if one.example:
        schema["examples"] = [one.example]
    return schema
