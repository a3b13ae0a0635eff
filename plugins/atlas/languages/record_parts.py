"""The parts of a record in words: periods, legal acts, tasks, times allowed, names of columns and keys."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from ..model.dates import OPEN_START, Duration, PartialDate, parse_date
from ..model.records import Act, Contradiction, Item, Localized, Vocabulary
from .language import Language
from .wordings import packaged
from .words import Words

FIELD_NAMES = Path(__file__).with_name("field_names.yaml")
DATE_FIELDS = frozenset({"since", "until", "decided", "date", "end_date", "founded", "adopted", "ended"})
"""Fields whose values in a contradiction are dates where they parse as one."""

_DAY = re.compile(r"\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b")
"""A day in the middle of words, as ISO 8601 writes it."""


def period(lang: Language, start: PartialDate | None, end: PartialDate | None) -> str | None:
    """Return both dates of something that lasted, or None where there is no end."""
    if start is None or end is None or end == start:
        return None
    return lang.p("period", "%(start)s to %(end)s", start=lang.in_sentence(start), end=lang.in_sentence(end))


def act_facts(lang: Language, act: Act) -> tuple[tuple[str, str], ...]:
    """Return label and value of everything known of a legal act."""
    dates = {"decided": act.decided, "effective": act.effective}
    facts = {"title": act.title, "body": act.body, "number": act.number}
    facts |= {name: lang.date(when) for name, when in dates.items() if when}
    return tuple((lang.named("legal act", name), value) for name, value in facts.items() if value)


def item_state(lang: Language, item: Item) -> str:
    """Return how far a task of an action got, and on which day; that nobody has checked is said, too."""
    state = lang.named("task", item.state or "unknown")
    return f"{state}, {lang.date(item.on)}" if item.on else state


def due(lang: Language, duration: Duration | None) -> str | None:
    """Return how much time a city has to fulfil an obligation, or None where none is set."""
    if duration is None:
        return None
    parts = (
        duration.years and lang.n("%(num)s year", "%(num)s years", duration.years),
        duration.months and lang.n("%(num)s month", "%(num)s months", duration.months),
        duration.days and lang.n("%(num)s day", "%(num)s days", duration.days),
    )
    return lang.t("Time allowed: %(time)s.", time=lang.join([part for part in parts if part]))


def difference_title(lang: Language, one: Contradiction, values: int) -> str:
    """Return the heading of a contradiction: how many values sources give, and of what in this language."""
    if one.field in DATE_FIELDS:
        return lang.n("Sources give %(num)s date", "Sources give %(num)s dates", values)
    what = disputed_field(lang, one)
    return lang.t("Sources differ") if what.lang else lang.t("Sources differ: %(what)s", what=what.text)


def disputed_field(lang: Language, one: Contradiction) -> Words:
    """Return what sources differ about: the name of a column or key, or the words of the data."""
    if is_known(one.field):
        return Words(text=field_name(lang, one.field))
    return _said(lang, one.field, one.field_words)


def disputed_value(lang: Language, one: Contradiction, vocabulary: Vocabulary) -> Words:
    """Return one of the values that sources give, as readers read it."""
    if one.field in DATE_FIELDS and (dates := _dates(one.value)):
        start, end = dates[0], dates[-1]
        return Words(text=period(lang, start, end) or lang.date(start))
    code = vocabulary.statuses.get(one.value) or vocabulary.action_statuses.get(one.value)
    if one.field == "status" and code and (label := lang.words(code.label)):
        return label
    if language := field_language(one.field):
        return Words(text=one.value, lang=None if language == lang.code else language)
    if one.field in ("population", "members") and one.value.isdigit():
        return Words(text=lang.number(int(one.value)))
    return _said(lang, one.value, one.value_words)


def _said(lang: Language, text: str, words: Localized) -> Words:
    """Return words of the data; without a language of their own they are in the default one."""
    if not any(map(str.isalpha, text)):
        return Words(text=text)
    said = lang.words(words if text in words.values() else {lang.default: text, **words}) or Words(text=text)
    if said.lang:
        return said  # a date in this language would not suit the other words
    return Words(
        text=_DAY.sub(lambda day: "".join(map(lang.in_sentence, _dates(day[0]))) or day[0], said.text)
    )


def _dates(text: str) -> list[PartialDate]:
    """Return the date, or both ends of the ISO 8601 interval, that the text writes, if it does."""
    parts = [text] if text.startswith(OPEN_START) else text.split("/", 1)
    try:
        return [parse_date(part) for part in parts]
    except ValueError:
        return []


def is_known(field: str) -> bool:
    """Tell whether a contradiction is about a column or key that languages have a name for."""
    return field in DATE_FIELDS or field in _field_names()["contradiction"] or bool(field_language(field))


def field_name(
    lang: Language, field: str, about: Literal["contradiction", "change"] = "contradiction"
) -> str:
    """Return the name of a column or key for readers; other words stand as they are."""
    if language := field_language(field):
        return lang.p("field", "name in %(language)s", language=lang.language_name(language))
    names = _field_names()
    known = names[about].get(field) or names["contradiction"].get(field)
    return lang.p("field", known) if known else field


@cache
def _field_names() -> Mapping[str, Mapping[str, str]]:
    written: Mapping[str, Mapping[str, str]] = packaged(FIELD_NAMES)
    return written


def field_language(field: str) -> str | None:
    """Return the language of a column or key that holds a name in one (``name_pl``, ``name.pl``)."""
    stem, _, language = field.replace(".", "_").partition("_")
    return language if stem == "name" and language else None
