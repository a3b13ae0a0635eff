"""The JSON Schema of one value: of a cell, which is always text, or of a scalar in YAML.

An editor reads YAML by its core schema: ``2022`` is a number there and ``2022-09`` text.
The atlas reads both as text; so numbers are allowed wherever their text is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from ...languages.country_codes import COUNTRIES
from ...model.records import Code, Vocabulary
from ...model.schema import ID_LONGEST, Field
from ..values import LARGEST_NUMBER, RESERVED
from ..values.dates import EARLIEST_YEAR
from ..values.urls import LONGEST
from . import patterns

Json: TypeAlias = dict[str, Any]

# Whitespace may stand around text; at least one character must be something else.
_SOME = "\\S"
_ONE_LINE = "^[^\\n]*\\n*$"
LIMITS = {"latitude": 90, "longitude": 180, "integer": LARGEST_NUMBER, "geonames": 999_999_999}


def words(texts: Mapping[str, str]) -> Json:
    """Return help in all its languages: plain English, and Markdown that shows every one."""
    if not texts:
        return {}
    english = texts.get("en") or next(iter(texts.values()))
    others = [f"*{lang}*: {text}" for lang, text in texts.items() if lang != "en" and text]
    return {"description": english, "markdownDescription": "\n\n".join([english, *others])}


def codes_of(one: Field, vocabulary: Vocabulary) -> Mapping[str, Code]:
    """Return the codes that a field may hold or, for free words, that are proposed."""
    return getattr(vocabulary, one.codes) if one.codes else {}


def allowed(one: Field, vocabulary: Vocabulary) -> tuple[str, ...] | None:
    """Return the only values of a field, or None where there is no such list."""
    if one.type == "country":
        return (*one.choices, *sorted(COUNTRIES))
    if one.type == "code":
        return tuple(codes_of(one, vocabulary)) or one.choices or None
    return None


def cell(one: Field, vocabulary: Vocabulary) -> Json:
    """Return the schema of a cell: text, empty where nothing is known and nothing is required."""
    schema: Json = {"type": "string", **about(one)}
    values = allowed(one, vocabulary)
    if values and not one.many:
        empty = () if one.required else ("",)
        return schema | {"enum": [*empty, *values]} | _explained(one, vocabulary, len(empty))
    pattern = patterns.choice(values) if values else patterns.of(one)
    if pattern is None:
        schema |= _proposed(one, vocabulary)
        text: Json = {"pattern": _SOME} if one.required else {}
        if not one.lines:
            text["allOf"] = [{"pattern": _ONE_LINE}]
        return schema | text | {"not": {"pattern": patterns.anchored(patterns.damage())}}
    if one.many:
        pattern = patterns.listed(pattern)
    if not one.required:
        pattern = f"({pattern})?"
    return schema | {"pattern": patterns.anchored(pattern)} | _hint(one) | _limits(one)


def scalar(one: Field, vocabulary: Vocabulary, *, needed: bool) -> Json:
    """Return the schema of one value in YAML; ``needed`` says that it may not be empty."""
    values = allowed(one, vocabulary)
    if values:
        empty = [] if needed else [None, ""]
        return {"enum": [*empty, *values]} | _explained(one, vocabulary, len(empty))
    pattern = patterns.of(one)
    if pattern is None:
        return text(one, needed=needed) | _proposed(one, vocabulary)
    schema: Json = {"type": ["string"], "pattern": patterns.anchored(pattern if needed else f"({pattern})?")}
    if one.type in LIMITS:
        lowest = {"integer": 0, "geonames": 1}.get(one.type, -LIMITS[one.type])
        kind = "integer" if one.type in ("integer", "geonames") else "number"
        schema |= {"type": ["string", kind], "minimum": lowest, "maximum": LIMITS[one.type]}
    elif one.type == "date":
        # A year stands there as a number unless somebody puts it in quotes.
        schema |= {"type": ["string", "integer"], "minimum": EARLIEST_YEAR, "maximum": 9999}
    elif one.type in ("id", "ref"):
        schema |= {"type": ["string", "integer"], "minimum": 0}
    if not needed:
        schema["type"].append("null")
    return schema | _hint(one) | _limits(one)


def text(one: Field, *, needed: bool) -> Json:
    """Return the schema of text in YAML; what looks like a number or a truth value is text as well."""
    schema: Json = {"type": ["string", "number", "boolean"] + ([] if needed else ["null"])}
    if needed:
        schema["pattern"] = _SOME
    if not one.lines:
        schema["allOf"] = [{"pattern": _ONE_LINE}]
    return schema


def about(one: Field) -> Json:
    """Return what an editor shows about a field: name, help, unit, example."""
    schema: Json = {"title": one.name, **words(one.help)}
    if one.unit:
        schema["x-unit"] = one.unit
    if one.example:
        schema["examples"] = [one.example]
    return schema


def _proposed(one: Field, vocabulary: Vocabulary) -> Json:
    proposals = codes_of(one, vocabulary)
    return {"examples": list(proposals)} if proposals else {}


def _explained(one: Field, vocabulary: Vocabulary, empty: int) -> Json:
    """Return what each value of an enumeration means, in the order of the values."""
    codes = codes_of(one, vocabulary)
    if one.type != "code" or not codes:
        return {}
    meanings = [_meaning(code) for code in codes.values()]
    return {"markdownEnumDescriptions": [""] * empty + meanings}


def _meaning(code: Code) -> str:
    lines = [": ".join(filter(None, (label, code.help.get(lang)))) for lang, label in code.label.items()]
    return "\n\n".join(lines)


def _hint(one: Field) -> Json:
    """Return what editors say instead of the pattern (a keyword of VS Code)."""
    example = patterns.EXAMPLES[one.type]
    if one.many and one.type not in ("date",):
        return {"patternErrorMessage": f"one or several, for example {one.example or example}"}
    return {"patternErrorMessage": f"for example {example}"}


def _limits(one: Field) -> Json:
    """Return limits that a pattern does not say, of values that stand alone."""
    if one.many:
        return {}
    if one.type == "url":
        return {"maxLength": LONGEST, "not": {"type": "string", "pattern": patterns.not_public()}}
    if one.type == "id":
        return {"maxLength": ID_LONGEST, "not": {"enum": sorted(RESERVED)}}
    return {}
