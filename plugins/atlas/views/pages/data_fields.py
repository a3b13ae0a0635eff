"""Every file of the dataset explained to those who fill it in: what each column or key means."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import field

from ...languages.language import Language
from ...languages.wordings import wordings
from ...languages.words import Link
from ...model.frozen import Frozen, dataclass
from ...model.records import Code, Vocabulary
from ...model.schema import ID_LONGEST, Field, Record, schema
from ...validate.json_schema import FOLDER
from ..lens import Lens
from ..parts import PageView
from ..sections import page_frame

SECTION = "contribute/fields"
LONGEST = 80
"""Characters of an example in the list of fields; the record itself stands above it."""


_LAST_RESORT = "en"
"""The language of explanations that the description of the data lacks in another one."""


class Example(Frozen):
    """A record as text; ``path`` is empty where it is made up."""

    path: str
    text: str
    values: Mapping[str, str] = field(default_factory=dict)
    """By key, those of keys within keys by the way to them (``counts.members``)."""


class AllowedValue(Frozen):
    """One value that a field allows or proposes, and what it means."""

    code: str
    meaning: str = ""
    """Its label, where that is another word."""
    help: str = ""


class FieldRow(Frozen):
    """One column or key."""

    name: str
    anchor: str
    help: str
    required: bool
    kind: str
    """What to type, in words, with its unit."""
    values: tuple[AllowedValue, ...]
    only: bool
    """Whether nothing but these values is allowed."""
    example: str


class RecordRows(Frozen):
    """One kind of record."""

    id: str
    path: str
    heading: str
    rows: tuple[FieldRow, ...]
    example: Example
    schema: Link
    """The same for programs and editors."""
    note: str = ""


class FieldsPage(PageView):
    """All files with all their fields."""

    rules: tuple[str, ...]
    contents: tuple[Link, ...]
    records: tuple[RecordRows, ...]
    help_lang: str | None
    """The language of the explanations where it is not that of the page."""


def fields_page(
    lens: Lens, languages: tuple[str, ...], examples: Mapping[str, Example], *, contribute: bool
) -> FieldsPage:
    """Return the page that explains every field; ``examples`` are by the name of the kind.

    ``contribute`` tells whether there is a page on how to contribute above it.
    """
    lang = lens.lang
    records = record_rows(lang, languages, lens.atlas.vocabulary, examples)
    crumbs = None if contribute else ()
    return FieldsPage(
        frame=page_frame(
            lens, "fields", SECTION, title=lang.t("Files and columns"), lead=(lead(lang),), crumbs=crumbs
        ),
        rules=rules(lang),
        contents=tuple(Link(text=one.path, href=f"#{one.id}") for one in records),
        records=records,
        help_lang=None if lang.code in schema(languages)["city"].help else _LAST_RESORT,
    )


def lead(lang: Language) -> str:
    """Return what there is to read, in a sentence."""
    return lang.phrase("fields/lead")


def rules(lang: Language) -> tuple[str, ...]:
    """Return what holds in every file."""
    return tuple(lang.t(message, both="%") for message in wordings("rules_of_files").values())


def record_rows(
    lang: Language, languages: tuple[str, ...], vocabulary: Vocabulary, examples: Mapping[str, Example]
) -> tuple[RecordRows, ...]:
    """Return every kind of record in the order of the schema, explained in ``lang``."""
    records = schema(languages)
    rows = []
    for record in records.values():
        fields, note = record.fields, ""
        if record.name == "charter":
            known = records["network"].fields
            fields = tuple(one for one in fields if one not in known)
            note = lang.t("All other keys are those of a network.")
        shown = examples.get(record.name) or Example(path="", text="")
        told = _FieldReport(lang, languages, vocabulary, record, shown.values)
        table = record.format == "csv"
        folder, file = ("data", "datapackage.json") if table else (FOLDER, f"{record.name}.json")
        rows.append(
            RecordRows(
                id=record.name,
                path="data/" + record.path.replace("{", "<").replace("}", ">"),
                heading=told.help(record.help).rstrip("."),
                rows=tuple(told.rows(fields)),
                example=shown,
                schema=Link(text=file, href=f"{folder}/{file}"),
                note=note,
            )
        )
    return tuple(rows)


@dataclass(frozen=True, slots=True)
class _FieldReport:
    """Tells the fields of one record in one language."""

    lang: Language
    languages: tuple[str, ...]
    vocabulary: Vocabulary
    record: Record
    examples: Mapping[str, str]

    def help(self, texts: Mapping[str, str]) -> str:
        return texts.get(self.lang.code) or texts[_LAST_RESORT]

    def rows(self, fields: tuple[Field, ...]) -> Iterator[FieldRow]:
        told: list[Field] = []
        for one in fields:
            yield self.row(one, one.name)
            below = f"{one.name}.<id>" if self.record.name == "vocabulary" else one.name
            for nested in one.fields:
                yield from self.nested(nested, f"{below}.{nested.name}", told)

    def nested(self, one: Field, name: str, told: list[Field]) -> Iterator[FieldRow]:
        """Yield a key within a key; codes of the vocabulary have some that are told once for all."""
        if self.record.name == "vocabulary":
            if one in told:
                return
            told.append(one)
        yield self.row(one, name)
        for inner in one.fields:
            yield from self.nested(inner, f"{name}.{inner.name}", told)

    def row(self, one: Field, name: str) -> FieldRow:
        return FieldRow(
            name=name,
            anchor=f"{self.record.name}-{name.replace('.', '-').replace('<', '').replace('>', '')}",
            help=self.help(one.help),
            required=one.required,
            kind=self.kind(one),
            values=tuple(self.values(one)),
            only=one.type == "code",
            example=textwrap.shorten(self.examples.get(name) or one.example, LONGEST, placeholder=" …"),
        )

    def values(self, one: Field) -> Iterator[AllowedValue]:
        codes: Mapping[str, Code] = getattr(self.vocabulary, one.codes) if one.codes else {}
        for code in codes.values():
            label = self.lang.label(code)
            yield AllowedValue(
                code=code.id, meaning="" if label == code.id else label, help=self.lang.text(code.help)
            )
        if one.type == "code" and not codes:
            for choice in one.choices:
                yield AllowedValue(code=choice)

    def kind(self, one: Field) -> str:
        lang = self.lang
        kind = self.one_value(one)
        if one.unit:
            unit = wordings("units").get(one.unit)
            kind = lang.t("%(kind)s (unit: %(unit)s)", kind=kind, unit=lang.t(unit) if unit else one.unit)
        if one.type == "country" and one.choices:
            kind = lang.t(
                "%(kind)s, or %(words)s instead of the list", kind=kind, words=", ".join(one.choices)
            )
        if not one.many:
            return kind
        if self.record.format == "csv":
            return lang.t("list with ; between the values: %(kind)s", kind=kind)
        return lang.t("list: %(kind)s", kind=kind)

    def one_value(self, one: Field) -> str:
        """Return what one value looks like."""
        name: str = one.type
        if one.type == "ref":
            name = one.refers or "source"
        elif one.type == "text" and one.lines:
            name = "lines"
        elif one.type == "localized" and one.label:
            name = "label"
        languages = ", ".join(self.languages)
        message = wordings("types_of_fields")[name]
        return self.lang.t(message, languages=languages, most=ID_LONGEST, both="%")
