"""What things and values are called in the sentences about changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ...languages import record_parts
from ...languages.language import Language
from ...languages.naming import instrument_name, undeclined
from ...model.claim_ids import disputed_claim
from ...model.records import Code, Retired
from ..comparison.change import Change, Pair, Value
from ..comparison.values import DATES, date_of, is_prose

_KINDS = ("instrument_kinds", "action_kinds", "source_types")
_LABELS: Mapping[str, tuple[str, ...]] = {
    "status": ("statuses", "action_statuses"),
    "kind": _KINDS,
    "type": _KINDS,
    "role": ("roles",),
    "topics": ("topics",),
}
"""The sections of the vocabulary in which a code of a column may be labelled."""
LONGEST = 120
"""Code points of a value that a sentence quotes."""


@dataclass(frozen=True, slots=True)
class Names:
    """The names of everything in two editions, in one language, on the day of the later one."""

    pair: Pair
    lang: Language
    as_of: date

    def city(self, id: str) -> str:
        """Return the name of a city; the id of one that neither edition knows."""
        city = self.pair.city(id)
        return (self.lang.text(city.names) or city.name) if city else id

    def instrument(self, id: str) -> str:
        """Return the short name of an instrument, else its acronym, else its name."""
        one = self.pair.instrument(id)
        if one is None:
            return id
        return self.lang.text(one.short) or one.acronym or self.lang.text(one.names) or id

    def in_sentence(self, id: str) -> str:
        """Return an instrument as it stands within a sentence: a title in quotation marks."""
        one = self.pair.instrument(id)
        if one is None or (one.acronym and not one.short):
            return self.instrument(id)
        named = undeclined(
            self.lang, instrument_name(self.lang, self.instrument(id), one.kind, acronym=False)
        )
        if one.family == "charter" and "“" in named:
            return named
        if one.family == "charter":
            return self.lang.p("title in a sentence", "“%(name)s”", name=self.instrument(id))
        return self.lang.p("name in a sentence", "%(name)s", name=self.instrument(id))

    def is_charter(self, id: str) -> bool:
        """Tell whether one signs an instrument."""
        one = self.pair.instrument(id)
        return one is not None and one.family == "charter"

    def source(self, id: str) -> str:
        """Return the title of a source with its publisher."""
        one = self.pair.source(id)
        if one is None:
            return id
        title = self.lang.p("title in a sentence", "“%(name)s”", name=cut(one.title))
        return f"{title} ({one.publisher})" if one.publisher else title

    def action(self, id: str) -> str:
        """Return the title of an action."""
        one = self.pair.action(id)
        return (self.lang.text(one.title) if one else "") or id

    def subject(self, change: Change) -> str:
        """Return what a change is about: "Kraków, ECCAR", a title, a name."""
        one = change.subject
        if isinstance(one, Code):
            return self.lang.label(one) or one.id
        if isinstance(one, Retired):
            return one.id
        return self.record(change.record)

    def record(self, record: str) -> str:
        """Return the name of a record that a contradiction may name."""
        kind, _, id = record.partition("/")
        if kind == "commitments":
            city, instrument, _ = disputed_claim(record)
            return f"{self.city(city)}, {self.instrument(instrument)}"
        of = {"cities": self.city, "actions": self.action, "sources": self.source}
        return of.get(kind, self.instrument)(id)

    # Values

    def field(self, change: Change) -> str:
        """Return the name of the column or key that changed."""
        lang, field = self.lang, change.field
        if record_parts.field_language(field):
            return record_parts.field_name(lang, field)
        stem, _, rest = field.partition(".")
        name = record_parts.field_name(lang, stem, "change")
        if stem == "act" and rest:
            return name if rest == "title" else lang.named("legal act", rest)
        if len(rest) == 2:
            return f"{name} ({lang.language_name(rest)})"
        return name

    def value(self, change: Change, value: Value) -> str:
        """Return a value in words: a date as exact as it is, a code by its label, a list joined."""
        if isinstance(value, tuple):
            return self.lang.join([self._one(change, part) for part in value])
        return self._one(change, value)

    def _one(self, change: Change, text: str) -> str:
        field, lang = change.field, self.lang
        if field in DATES and (when := date_of(text)):
            return lang.date(when)
        if sections := _LABELS.get(field):
            return self._label(text, *sections)
        if field == "country" or (field == "open_to" and len(text) == 2):
            return lang.country(text)
        if field == "open_to":
            return lang.p("open to", "all") if text == "all" else text
        if field in ("population", "counts") and text.isdigit():
            return lang.number(int(text))
        if field == "cities" or (field == "successor" and change.kind == "city"):
            return self.city(text)
        if field in ("instrument", "successor"):
            return self.instrument(text)
        return lang.language_name(text) if field == "lang" else cut(text)

    def _label(self, id: str, *sections: str) -> str:
        for atlas in (self.pair.after, self.pair.before):
            for section in sections:
                code: Code | None = getattr(atlas.vocabulary, section).get(id)
                if code and (label := self.lang.label(code)):
                    return label
        return id


def cut(text: str) -> str:
    """Return a text in one line, shortened where it is long."""
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"


def tells_values(change: Change) -> bool:
    """Tell whether the values of a field are short enough to be told, or only that they changed."""
    return not is_prose(change.field)
