"""JSON Schemas of YAML files: keys, lists and text by language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ...model.records import Vocabulary
from ...model.schema import ID_LONGEST, Field, Record
from . import patterns, values
from .values import Json


@dataclass(frozen=True, slots=True)
class Documents:
    """The schemas of documents of one dataset: its languages and its codes."""

    languages: tuple[str, ...]
    vocabulary: Vocabulary

    def record(self, record: Record) -> Json:
        """Return the schema of a whole file."""
        if record.name == "vocabulary":
            sections = {one.name: self._section(one) for one in record.fields}
            return self._object(record.fields) | {"properties": sections}
        return self._object(record.fields)

    def _object(self, fields: Iterable[Field]) -> Json:
        fields = tuple(fields)
        needed = [one.name for one in fields if one.required]
        schema: Json = {
            "type": "object",
            "properties": {one.name: values.about(one) | self._value(one) for one in fields},
            "additionalProperties": False,
        }
        return schema | ({"required": needed} if needed else {})

    def _section(self, one: Field) -> Json:
        """Return the schema of a section of the vocabulary, whose keys are the codes."""
        if one.many:
            return values.about(one) | self._value(one)
        id_ = Field(name="id", type="id", help={})
        return values.about(one) | {
            "type": "object",
            "propertyNames": {
                "pattern": patterns.anchored(patterns.BY_TYPE[id_.type]),
                "maxLength": ID_LONGEST,
            },
            "additionalProperties": self._object(one.fields),
        }

    def _value(self, one: Field) -> Json:
        if not one.many:
            return self._one(one, needed=one.required)
        items = self._one(one, needed=True)
        schema: Json = {"type": "array", "items": items}
        if one.required:
            schema["minItems"] = 1
        else:
            schema["type"] = ["array", "null"]
        if one.type != "mapping":
            schema["uniqueItems"] = True
        if not one.choices:
            return schema
        # One of the words that stand instead of a list: ``open_to: all``.
        return {"anyOf": [schema, {"enum": list(one.choices)}]}

    def _one(self, one: Field, *, needed: bool) -> Json:
        """Return the schema of one value; ``needed`` says that it may not be empty."""
        if one.type == "mapping":
            return self._empty(self._object(one.fields), needed)
        if one.type == "localized":
            return self._empty(self._localized(one), needed)
        if one.type == "plain-or-localized":
            return {"anyOf": [values.text(one, needed=needed), self._localized(one)]}
        return values.scalar(one, self.vocabulary, needed=needed)

    def _localized(self, one: Field) -> Json:
        """Return the schema of text by language: of a label in each, of prose in those it is written in."""
        text = values.text(one, needed=one.label)
        schema: Json = {
            "type": "object",
            "properties": dict.fromkeys(self.languages, text),
            "additionalProperties": False,
        }
        if one.label:
            return schema | {"required": list(self.languages)}
        return schema | ({"minProperties": 1} if one.required else {})

    def _empty(self, schema: Json, needed: bool) -> Json:
        """Allow a key with nothing behind it, which means unknown."""
        return schema if needed else schema | {"type": ["object", "null"]}
