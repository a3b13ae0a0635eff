"""Catalogue faults: what would break a build or give away a translation that is none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from gettext import c2py
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog, Message
from babel.messages.plurals import get_plural

from ..findings import N_

_PLACEHOLDER = re.compile(r"%(?:\((\w+)\))?(.)", re.DOTALL)
_WORD = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LETTER = re.compile(r"[^\W\d_]")
SENTENCE = frozenset(("city", "within", "of", "object", "plain"))
"""Values that every sentence about a city and an instrument has, to agree in its language."""
ALIKE_BY_CHANCE = 20
"""So few messages may well be alike in two languages."""


class Fault(NamedTuple):
    """One fault: the line of its message, 0 for the whole file, and a sentence with its values."""

    line: int
    message: str
    values: dict[str, object]


def lacking(message: Message) -> bool:
    """Tell whether a message lacks its translation, or one of its plural forms."""
    return not all(_texts(message.string))


def placeholders(text: str) -> set[str]:
    """Return the names of the values that a message is filled in with.

    >>> sorted(placeholders("%(num)s of %(all)s, 5%%"))
    ['all', 'num']
    """
    return {name or kind for name, kind in _PLACEHOLDER.findall(text) if kind != "%"}


def bare(text: str) -> str:
    """Return the letters of a message that are no placeholder."""
    return "".join(_LETTER.findall(_PLACEHOLDER.sub("", text)))


def faults(catalogue: Catalog, others: dict[str, Catalog]) -> Iterator[Fault]:
    """Yield what is wrong in a catalogue; ``others`` are those that it may have been copied from."""
    forms, rule = get_plural(str(catalogue.locale))
    if catalogue.num_plurals != forms and _parted(catalogue.plural_expr) != _parted(rule):
        told = N_("the head of the file names {number} plural forms; the language has {forms}")
        yield Fault(0, told, {"number": catalogue.num_plurals, "forms": forms})
    for message in catalogue:
        if message.id and not lacking(message):
            yield from _wrong(message)
    for code, other in others.items():
        both = [(m, o) for m in catalogue if m.id and not lacking(m) and (o := other.get(m.id, m.context))]
        worded = [(m, o) for m, o in both if m.string != _same(o) and bare("".join(_texts(o.string)))]
        alike = [m for m, o in worded if m.string == o.string]
        if len(alike) > ALIKE_BY_CHANCE and 2 * len(alike) > len(worded):
            told = N_("{number} of {all} messages are those of the language '{code}': is this a copy?")
            yield Fault(0, told, {"number": len(alike), "all": len(worded), "code": code})


def _parted(rule: str) -> list[int]:
    """Return how a rule parts the numbers that an atlas counts: CLDR came to part millions from them, too."""
    form, seen = c2py(rule), dict[int, int]()
    return [seen.setdefault(form(number), len(seen)) for number in range(200)]


def _wrong(message: Message) -> Iterator[Fault]:
    texts, allowed = _texts(message.string), set().union(*map(placeholders, _texts(message.id)))
    allowed |= SENTENCE if allowed & SENTENCE else set()
    first = _texts(message.id)[0]
    line = message.lineno or 0
    for text in texts:
        if wrong := placeholders(text) - allowed:
            names = ", ".join(f"%({name})s" for name in sorted(wrong))
            told = N_("'{message}': its translation names values that it does not have: {names}")
            yield Fault(line, told, {"message": first, "names": names})
        if message.context == "address" and not _WORD.fullmatch(text):
            told = N_("'{message}': a word of an address has only a to z, 0 to 9 and hyphens, not '{text}'")
            yield Fault(line, told, {"message": first, "text": text})


def _same(message: Message) -> object:
    """Return a translation that is the message itself, as a name has."""
    return message.id if isinstance(message.id, str) else None


def _texts(text: object) -> tuple[str, ...]:
    return tuple(text) if isinstance(text, tuple | list) else (str(text or ""),)


def place(path: Path, line: int) -> str:
    """Return a place as findings name it."""
    return f"{path.as_posix()}:{line}" if line else path.as_posix()
