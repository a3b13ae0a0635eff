"""Findings for a terminal: warnings of one kind counted together, colour, links to what codes mean."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from gettext import NullTranslations
from typing import Literal, TextIO

from ..findings import (
    DOCS,
    N_,
    NN_,
    SHOWN_AT_MOST,
    Finding,
    as_github,
    as_json,
    as_text,
    escaped_data,
    help_address,
)

Colour = Literal["auto", "always", "never"]

LISTED_OF_A_CODE = 5
"""More warnings of one code than this are told in one line, so that no finding drowns in them."""

_NAMED_CODES = 4
_RED, _YELLOW, _DIM, _RESET = "\x1b[31m", "\x1b[33m", "\x1b[2m", "\x1b[0m"


@dataclass(frozen=True, slots=True)
class WarningGroup:
    """Warnings of one code that are only counted, with the first of them as an example."""

    code: str
    count: int
    first: Finding


@dataclass(frozen=True, slots=True)
class Look:
    """How findings are shown."""

    docs: str = DOCS
    """The page that explains the codes: a path, or an address on the web."""
    colour: bool = False
    whole: bool = False
    """Every finding in a line of its own, however many."""


def wants_colour(choice: Colour, stream: TextIO) -> bool:
    """Tell whether to colour ``stream``: on a terminal, unless NO_COLOR (no-color.org) is set."""
    if choice != "auto":
        return choice == "always"
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def grouped(findings: Iterable[Finding]) -> tuple[list[Finding], list[WarningGroup]]:
    """Return the findings to list, and the warnings that are too many of one code, in order."""
    ordered = sorted(findings, key=lambda found: found.sort_key)
    counts = Counter(found.code for found in ordered if found.severity == "warning")
    many = {code for code, count in counts.items() if count > LISTED_OF_A_CODE}
    first: dict[str, Finding] = {}
    for found in ordered:
        first.setdefault(found.code, found)
    groups = [WarningGroup(code, counts[code], first[code]) for code in sorted(many)]
    return [found for found in ordered if found.code not in many], groups


def text(findings: Sequence[Finding], spoken: NullTranslations, look: Look) -> str:
    """Return one line for each finding and for each group, and where the codes are explained."""
    listed, groups = (list(findings), []) if look.whole else grouped(findings)
    limit = len(listed) if look.whole else SHOWN_AT_MOST
    lines = as_text(listed, spoken.gettext, limit=limit).splitlines()
    if look.colour:
        codes = {found.code for found in listed}
        lines = [_coloured(line, codes, look.docs) for line in lines]
    lines += [_group_line(group, spoken, look) for group in groups]
    if findings:
        lines.append(_explained(findings, spoken, look))
    return "".join(f"{line}\n" for line in lines)


def github(findings: Sequence[Finding], spoken: NullTranslations, look: Look) -> str:
    """Return workflow commands; a group is one notice, because few annotations of a step are shown."""
    if look.whole:
        return as_github(findings, spoken.gettext, limit=len(findings))
    listed, groups = grouped(findings)
    notices = [f"::notice title={group.code}::{escaped_data(_told(group, spoken))}\n" for group in groups]
    return as_github(listed, spoken.gettext) + "".join(notices)


def json(findings: Sequence[Finding], spoken: NullTranslations, look: Look) -> str:
    """Return one JSON document; nothing is grouped there."""
    limit = len(findings) if look.whole else SHOWN_AT_MOST
    return as_json(findings, spoken.gettext, limit=limit, docs=look.docs)


def _told(group: WarningGroup, spoken: NullTranslations) -> str:
    one, many = NN_("{n} warning, at {place}: {sentence}", "{n} warnings, the first at {place}: {sentence}")
    first = group.first
    return spoken.ngettext(one, many, group.count).format(
        n=group.count,
        place=f"{first.path}:{first.line}:{first.column}",
        sentence=first.sentence(spoken.gettext),
    )


def _group_line(group: WarningGroup, spoken: NullTranslations, look: Look) -> str:
    advice = spoken.gettext(N_("list them with --code {code}")).format(code=group.code)
    line = f"{group.code} {_told(group, spoken)} ({advice})"
    return line.replace(group.code, _painted(group.code, look.docs), 1) if look.colour else line


def _explained(findings: Iterable[Finding], spoken: NullTranslations, look: Look) -> str:
    codes = sorted({found.code for found in findings})
    if len(codes) > _NAMED_CODES:
        where = look.docs
    else:
        where = " ".join(help_address(look.docs, code) for code in codes)
    line = spoken.gettext(N_("what the codes mean: {where}")).format(where=where)
    return f"{_DIM}{line}{_RESET}" if look.colour else line


def _coloured(line: str, codes: set[str], docs: str) -> str:
    """Return a line of ``as_text`` with its place dimmed and its code in the colour of its severity."""
    place, separator, rest = line.partition(": ")
    code, space, sentence = rest.partition(" ")
    if not separator or code not in codes:
        return line
    return f"{_DIM}{place}:{_RESET} {_painted(code, docs)}{space}{sentence}"


def _painted(code: str, docs: str) -> str:
    colour = _RED if code.startswith("E") else _YELLOW
    shown = f"{colour}{code}{_RESET}"
    if not docs.startswith(("https://", "http://")):
        return shown
    # OSC 8: terminals that do not know it show the text alone.
    return f"\x1b]8;;{help_address(docs, code)}\x1b\\{shown}\x1b]8;;\x1b\\"
