"""Findings for a terminal: warnings of one kind counted together, colour, links to what codes mean."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TextIO

from ..findings import DOCS, SHOWN_AT_MOST, Finding, Place, as_text, cut, help_address, shown
from ..model.grouping import grouped
from .dialogue import Talk
from .messages import SAID

Colour = Literal["auto", "always", "never"]

LISTED_OF_A_CODE = 5
"""More warnings of one code than this are told in one line, so that no finding drowns in them."""

_NAMED_CODES = 4
_RED, _YELLOW, _DIM, _RESET = "\x1b[31m", "\x1b[33m", "\x1b[2m", "\x1b[0m"


@dataclass(frozen=True, slots=True)
class Look:
    """How findings are shown."""

    docs: str = DOCS
    """The page that explains the codes: a path, or an address on the web."""
    colour: bool = False
    whole: bool = False
    """Every finding in a line of its own, however many."""

    @property
    def limit(self) -> int | None:
        """Return after how many findings the rest are only counted."""
        return None if self.whole else SHOWN_AT_MOST


def wants_colour(choice: Colour, stream: TextIO) -> bool:
    """Tell whether to colour ``stream``: on a terminal, unless NO_COLOR (no-color.org) is set."""
    if choice != "auto":
        return choice == "always"
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _parted(findings: Sequence[Finding], look: Look) -> tuple[list[Finding], list[list[Finding]]]:
    """Return the findings to list, and the groups of warnings that are too many of one code, in order."""
    ordered = sorted(findings, key=lambda found: found.sort_key)
    by_code = sorted(grouped(ordered, lambda found: found.code).items())
    many = {
        code: group
        for code, group in by_code
        if not look.whole and group[0].severity == "warning" and len(group) > LISTED_OF_A_CODE
    }
    return [found for found in ordered if found.code not in many], list(many.values())


def text(findings: Sequence[Finding], talk: Talk, look: Look) -> str:
    """Return one line for each finding and for each group, and where the codes are explained."""
    listed, groups = _parted(findings, look)
    if look.colour:
        told, rest = cut(listed, look.limit, talk.t)
        lines = [*(_coloured(found, talk, look.docs) for found in told), *rest]
    else:
        lines = as_text(listed, talk.t, limit=look.limit).splitlines()
    lines += [_group_line(group, talk, look) for group in groups]
    if findings:
        lines.append(_explained(findings, talk, look))
    return "".join(f"{line}\n" for line in lines)


def github(findings: Sequence[Finding], talk: Talk, look: Look) -> str:
    """Return workflow commands that GitHub shows beside the lines of a change.

    A group is one notice, because few annotations of a step are shown.
    https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
    """
    ordered, groups = _parted(findings, look)
    listed, rest = cut(ordered, look.limit, talk.t)
    lines = [
        f"::{found.severity} file={_property(found.path)},line={found.line},col={found.column},"
        f"title={found.code}::{_data(talk.sentence(found))}"
        for found in listed
    ]
    lines += (f"::notice::{_data(line)}" for line in rest)
    lines += (f"::notice title={group[0].code}::{_data(_told(group, talk))}" for group in groups)
    return "".join(f"{line}\n" for line in lines)


def _data(text: str) -> str:
    """Return text as the message of a workflow command, where a line break would end it."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def json(findings: Sequence[Finding], talk: Talk, look: Look) -> str:
    """Return ``{"findings": [...], "more": 0}`` for programs; keys as in Finding, nothing is grouped.

    ``help`` is the place on the page that explains the code.
    """
    from json import dumps  # only needed here

    listed, _ = cut(findings, look.limit, talk.t)
    records = [
        {
            **{name: getattr(found, name) for name in ("code", "severity", "path", "line", "column")},
            "value": shown(found.value),
            "message": found.told(talk.t),
            "hint": found.advice(talk.t),
            "help": help_address(look.docs, found.code),
        }
        for found in listed
    ]
    more = len(findings) - len(listed)
    return dumps({"findings": records, "more": more}, ensure_ascii=False, indent=2) + "\n"


FORMATS: Mapping[str, Callable[[Sequence[Finding], Talk, Look], str]] = {
    "text": text,
    "json": json,
    "github": github,
}


def look_of(options: argparse.Namespace, *, whole: bool) -> Look:
    """Return how findings are to be shown, from the options."""
    return Look(docs=options.docs, colour=wants_colour(options.color, sys.stdout), whole=whole)


def _told(group: Sequence[Finding], talk: Talk) -> str:
    first = group[0]
    place = Place(first.path, first.line, first.column)
    return talk.count(SAID.report.warnings_at, len(group), place=place, sentence=first)


def _group_line(group: Sequence[Finding], talk: Talk, look: Look) -> str:
    advice = talk.say(SAID.report.list_them, code=group[0].code)
    code = _painted(group[0].code, look.docs) if look.colour else group[0].code
    return f"{code} {_told(group, talk)} ({advice})"


def _explained(findings: Iterable[Finding], talk: Talk, look: Look) -> str:
    codes = sorted({found.code for found in findings})
    if len(codes) > _NAMED_CODES:
        where = look.docs
    else:
        where = " ".join(help_address(look.docs, code) for code in codes)
    line = talk.t(SAID.report.codes_mean).format(where=where)
    return f"{_DIM}{line}{_RESET}" if look.colour else line


def _coloured(found: Finding, talk: Talk, docs: str) -> str:
    """Return the line of a finding with its place dimmed and its code in the colour of its severity."""
    place = f"{found.path}:{found.line}:{found.column}:"
    return f"{_DIM}{place}{_RESET} {_painted(found.code, docs)} {talk.sentence(found)}"


def _painted(code: str, docs: str) -> str:
    colour = _RED if code.startswith("E") else _YELLOW
    shown = f"{colour}{code}{_RESET}"
    if not docs.startswith(("https://", "http://")):
        return shown
    # OSC 8: terminals that do not know it show the text alone.
    return f"\x1b]8;;{help_address(docs, code)}\x1b\\{shown}\x1b]8;;\x1b\\"
