"""Findings: what is wrong with the data, where, and what to type instead.

A message is a gettext msgid with named placeholders (``"no such {kind}"``), so
that it can be said in another language; the values stand in ``fields``. All messages
stand in ``findings.toml``. This module knows no catalogues: whoever prints passes a translator.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Literal, NamedTuple

Severity = Literal["error", "warning"]
Translator = Callable[[str], str]
FieldValue = object
"""Text, a number, a path, a Place, a tuple (an enumeration), a Listing, a Phrase, a Word, a Finding, or a
function that returns one."""

SHOWN_AT_MOST = 200
"""After so many findings the rest are only counted."""

DOCS = "docs/findings.md"
"""The page that explains every code, below an anchor in lower case."""

LONGEST_VALUE = 80
"""Code points of a value that a message shows."""

SHARE = 3
"""One letter in so many may be wrong, and one in a shorter word: `zabrze` is not `zagreb`."""

_LONGEST_WORD = 80
"""Letters of a word that is looked up among the known ones, which are shorter; a comparison takes time."""
_SHORTEST_START = 3
"""Letters of a first part that stands for the whole, as `bielsko` for `bielsko-biala`."""


CAUSES = frozenset(("E-FILE", "E-SIZE", "E-ENCODING", "E-MERGE", "E-DELIMITER", "E-HEADER", "E-EMPTY"))
"""Codes of what keeps a whole file from being read: told first, because the rest may follow from it."""


def N_(message: str) -> str:
    """Mark ``message`` for the collection of msgids and return it as it is."""
    return message


_OR = N_("or")


def _same(message: str) -> str:
    return message


class Word(str):
    """A word in a message that is itself a msgid, for example the kind of a record."""

    __slots__ = ()


class Phrase(NamedTuple):
    """A msgid with the values of its placeholders, as a part of a message that is chosen when it is told."""

    message: str
    fields: Mapping[str, object]


class Listing(tuple[str, ...]):
    """Words in a message, parted by commas and never cut short, for example the columns of a table."""

    __slots__ = ()


class Place(NamedTuple):
    """Where a value stands: ``line`` is physical, ``column`` counts code points; both from 1."""

    path: str
    line: int = 1
    column: int = 1

    @property
    def named(self) -> dict[str, FieldValue]:
        """Return the place as fields of a message, which names it as another one than its own."""
        return {"path": self.path, "line": self.line}


place_of: Callable[[tuple[str, int, int]], Place] = partial(tuple.__new__, Place)
"""Makes a place of path, line and column without a call of Python, for the many that nobody looks at."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend. The first letter of ``code`` is its severity: E or W."""

    code: str
    path: str
    line: int
    column: int
    value: str
    message: str
    hint: str = ""
    fields: Mapping[str, FieldValue] = field(default_factory=dict, compare=False)

    @property
    def severity(self) -> Severity:
        """Return ``error`` or ``warning``."""
        return "error" if self.code.startswith("E") else "warning"

    @property
    def sort_key(self) -> tuple[bool, str, int, int, str, str]:
        """Return a key that sorts by path, line and column, the causes of other findings first."""
        return self.code not in CAUSES, self.path, self.line, self.column, self.code, self.message

    def told(self, translate: Translator = _same) -> str:
        """Return the message in the translator's language, without place and hint."""
        return filled(self.message, {"value": self.value, **self.fields}, translate)

    def advice(self, translate: Translator = _same) -> str:
        """Return what to type instead, or nothing where no advice is known."""
        if not self.hint:
            return ""
        fields = _spelled_fields({"value": self.value, **self.fields}, translate)
        if any(fields.get(name) == "" for name in _placeholders(self.hint)):
            return ""  # nothing near enough was found, so there is nothing to suggest
        return translate(self.hint).format_map(fields)

    def sentence(self, translate: Translator = _same) -> str:
        """Return message and advice as one line."""
        return "; ".join(filter(None, (self.told(translate), self.advice(translate))))

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.code} {self.sentence()}"


@cache
def texts() -> Mapping[str, Mapping[str, list[str]]]:
    """Return what findings say by code and name: a message and, where advice is known, a hint; all msgids.

    Every code is there, and explained in docs/findings.md.
    """
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


def finding(code: str, name: str, place: Place, *, value: str = "", **fields: FieldValue) -> Finding:
    """Return the finding ``code`` at ``place``, which says what ``findings.toml`` has under the name."""
    message, hint = (*texts()[code][name], "")[:2]
    return Finding(code, *place, value, message, hint, fields)


def shown(value: str) -> str:
    """Return ``value`` fit for a terminal: at most 80 code points, control characters escaped."""
    if len(value) > LONGEST_VALUE:
        value = value[: LONGEST_VALUE - 1] + "…"
    return printable(value)


def printable(text: str) -> str:
    """Return ``text`` with every character escaped that a terminal would obey or not show."""
    return text if text.isprintable() else "".join(_escaped(character) for character in text)


def _escaped(character: str) -> str:
    if character.isprintable() or unicodedata.category(character) == "Zs":
        # A no-break space looks like a space, so it is the one that is spelled out.
        return character if character not in "\u00a0\u2007\u202f" else f"\\u{ord(character):04x}"
    if character in "\t\n\r":
        return {"\t": "\\t", "\n": "\\n", "\r": "\\r"}[character]
    number = ord(character)
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


def _spelled(value: FieldValue, translate: Translator) -> str:
    if callable(value):
        value = value()
    if isinstance(value, Word):
        return translate(str(value))
    if isinstance(value, Phrase):
        return filled(value.message, value.fields, translate) if value.message else ""
    if isinstance(value, Finding):
        return value.sentence(translate)
    if isinstance(value, Path):
        return printable(str(value))
    if isinstance(value, Place):
        return printable(":".join(map(str, value)))
    if isinstance(value, Listing):
        return ", ".join(map(shown, value))
    if isinstance(value, tuple):
        words = [_spelled(word, translate) for word in value]
        if len(words) < 2:
            return "".join(words)
        return f"{', '.join(words[:-1])} {translate(_OR)} {words[-1]}"
    return shown(str(value))


def _placeholders(message: str) -> list[str]:
    return [part.split("}")[0] for part in message.split("{")[1:]]


def _spelled_fields(fields: Mapping[str, FieldValue], translate: Translator) -> dict[str, str]:
    return {name: _spelled(value, translate) for name, value in fields.items()}


def filled(message: str, fields: Mapping[str, FieldValue], translate: Translator = _same) -> str:
    """Return a msgid in the translator's language with its values, none of which moves the cursor."""
    return translate(message).format_map(_spelled_fields(fields, translate))


def help_address(docs: str, code: str) -> str:
    """Return where the page ``docs`` (a path or an address) explains ``code``."""
    return f"{docs}#{code.lower()}"


def as_text(
    findings: Iterable[Finding], translate: Translator = _same, *, limit: int | None = SHOWN_AT_MOST
) -> str:
    """Return one line for each finding, errors first, the rest counted; empty without findings."""
    listed, rest = cut(findings, limit, translate)
    lines = [
        f"{found.path}:{found.line}:{found.column}: {found.code} {found.sentence(translate)}"
        for found in listed
    ]
    return "".join(f"{line}\n" for line in (*lines, *rest))


def cut(
    findings: Iterable[Finding], limit: int | None, translate: Translator
) -> tuple[list[Finding], list[str]]:
    """Return the findings to list, errors first, and a line with the number of the others."""
    ordered = sorted(findings, key=lambda found: (found.severity == "warning", found.sort_key))
    listed = ordered[:limit]
    rest = len(ordered) - len(listed)
    return listed, [filled(N_("… and {count} more"), {"count": rest}, translate)] if rest else []


def nearest(word: str, choices: Collection[str], limit: int = 3) -> tuple[str, ...]:
    """Return up to ``limit`` of ``choices`` that are near to ``word``, the nearest first; mostly none.

    >>> nearest("krakw", ["krakow", "berlin"]), nearest("zabrze", ["zagreb"])
    (('krakow',), ())
    """
    folded = word.casefold()[:_LONGEST_WORD]
    allowed = max(1, len(re.split(r"[/:]", folded)[-1]) // SHARE)
    # Imported here, because good data never asks.
    from rapidfuzz.distance import OSA

    found = []
    for choice in choices:
        distance = OSA.distance(folded, choice, score_cutoff=allowed)
        if len(folded) >= _SHORTEST_START and choice.startswith(f"{folded}-"):
            distance = min(distance, allowed)
        if distance <= allowed < max(len(folded), len(choice)):
            found.append((distance, choice))
    found.sort()  # so that equally good choices come in the same order everywhere
    return tuple(choice for distance, choice in found if distance <= found[0][0] + 1)[:limit]


def code_advice(code: str) -> Phrase:
    """Return what to type instead of a word that is no code: those near to it, of any severity and case.

    >>> code_advice("w-archiv").fields["near"], code_advice("ref").fields["near"]
    (('W-ARCHIVE', 'E-ARCHIVE'), ('E-REF',))
    """
    known = {one.lower(): one for one in texts()} | {one[2:].lower(): one for one in texts()}
    near, every = Listing(dict.fromkeys(known[one] for one in nearest(code, known))), Listing(sorted(texts()))
    message = N_("did you mean {near}?") if near else N_("the codes are: {codes}")
    return Phrase(message, {"near": near, "codes": every})


def later(word: str, choices: Collection[str]) -> Callable[[], tuple[str, ...]]:
    """Return a function that looks for the nearest choices when a message is printed.

    A file may hold 70,000 wrong ids, of which only the first findings are ever shown.
    """
    return partial(nearest, word, choices)
