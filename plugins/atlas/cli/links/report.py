"""The records of a run as findings, and as Markdown for an issue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby

from ...findings import DOCS, Finding, finding, help_address
from ...validate.values.urls import url_problem
from ..dialogue import Talk
from ..web.judge import Kind, Verdict
from .results import LinkRecord, Tolerated
from .survey import Mention


def findings(
    places: Mapping[str, Sequence[Mention]],
    records: Mapping[str, LinkRecord],
    tolerated: Sequence[Tolerated],
    *,
    after: int,
    day: date,
) -> Iterator[Finding]:
    """Yield what is to be mended, one finding for each place of an address.

    ``after`` is the number of days after which an address that fails is dead. What is tolerated
    on ``day`` gives none; a row of the table that covers no failure any more gives one.
    """
    used: set[Tolerated] = set()
    for url, mentioned in places.items():
        verdict = records[url].verdict
        if verdict.kind in ("ok", "postponed"):
            continue
        covering = [row for row in tolerated if row.covers(url, day)]
        used.update(covering)
        if not covering:
            for one in mentioned:
                yield _finding(one, verdict, records[url], after, day)
    for row in tolerated:
        if row not in used:
            yield finding("W-TOLERATED", "needless", row.place, value=row.url)


def _finding(one: Mention, verdict: Verdict, record: LinkRecord, after: int, day: date) -> Finding:
    code = _CODES[verdict.kind]
    dead_from = record.dead_from(after)
    if dead_from > day.isoformat():
        code = "W-FAILED"
    final = verdict.final if verdict.final and not url_problem(verdict.final) else ""
    return finding(
        code,
        "address",
        one.place,
        value=one.url,
        column=one.column,
        reason=verdict.reason,
        final=final,
        since=record.since,
        dead_from=dead_from,
    )


_CODES: Mapping[Kind, str] = {
    "dead": "E-DEAD",
    "timeout": "E-DEAD",
    "error": "E-DEAD",
    "moved": "W-MOVED",
    "soft-404": "W-SOFT",
    "certificate": "W-CERTIFICATE",
    "blocked": "W-BLOCKED",
    "private": "E-INWARD",
}


def markdown(found: Iterable[Finding], summary: str, talk: Talk, docs: str = DOCS) -> str:
    """Return the findings as Markdown: a heading for each code, a line for each place.

    Nothing from the data can end a line, become markup or call anybody.
    """
    lines = [summary, ""]
    by_code = sorted(found, key=lambda one: (one.code, one.sort_key))
    for code, group in groupby(by_code, key=lambda one: one.code):
        lines += [f"## [{code}]({help_address(docs, code)})", ""]
        for one in group:
            place = f"{one.path}:{one.line}:{one.column}"
            lines.append(f"- {_code(place)} {_code(talk.sentence(one))}")
        lines.append("")
    return "\n".join(lines).rstrip("\n") + "\n"


def _code(text: str) -> str:
    """Return one line of text as a code span, where Markdown and mentions mean nothing."""
    text = " ".join(text.split())
    fence = "`"
    while fence in text:
        fence += "`"
    return (
        f"{fence} {text} {fence}" if text.startswith("`") or text.endswith("`") else f"{fence}{text}{fence}"
    )
