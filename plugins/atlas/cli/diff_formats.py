"""The difference of two editions as text for a terminal, as JSON, and as Markdown for a comment."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from pathlib import Path
from typing import Literal

from ..changes.comparison.change import Change, Editions, Pair
from ..changes.comparison.records import compare
from ..changes.history.edition import EditionData
from ..changes.wording.affected_pages import concerns
from ..changes.wording.report import ReportEntry, plain, report
from ..findings import Finding
from ..languages.addresses import Addresses
from ..languages.language import Language
from .dialogue import Talk
from .lenses import lenses
from .lock import compared
from .messages import LANGUAGES, SAID

VERSION = 2
"""Of the JSON: it grows only when a key changes its meaning or goes."""

MARKDOWN_LONGEST = 60_000
"""Characters of Markdown: GitHub refuses a comment of more than 65,536."""

_ESCAPED = re.compile(r"([\\`*_\[\]<>#|~&$])")
_LINKING = re.compile(r"(?i)(www)(\.)|(:)(?=//)")
_MENTION = re.compile(r"([@#])(?=\w)|\b(GH)(?=-\d)")
_WORD_JOINER = "\u2060"


@dataclass(frozen=True, slots=True)
class EditionDiff:
    """Two editions with everything that changed, and a report of it in each language."""

    before: EditionData
    after: EditionData
    changes: tuple[Change, ...]
    lost: tuple[Finding, ...]
    """Addresses that the former edition had and the later one has not."""
    reports: dict[str, tuple[ReportEntry, ...]]

    @classmethod
    def between(cls, before: EditionData, after: EditionData, data_dir: Path) -> EditionDiff:
        """Compare two editions."""
        days = Editions(before.day, after.day)
        changes = compare(before.atlas, after.atlas, days, before.left_out | after.left_out)
        spoken = [Language(code) for code in LANGUAGES]
        addresses = Addresses(spoken)
        pair = Pair(before.atlas, after.atlas)
        reports = {lang.code: report(pair, changes, lang, addresses, after.day) for lang in spoken}
        return cls(before, after, changes, tuple(_lost(before, after, changes, data_dir)), reports)

    @property
    def left_out(self) -> list[str]:
        """Records that one of the editions could not read, sorted."""
        return sorted(self.before.left_out | self.after.left_out)


def _lost(
    before: EditionData, after: EditionData, changes: Iterable[Change], data_dir: Path
) -> Iterator[Finding]:
    """Yield the addresses that a change loses; none where a record could not be read on one of the sides."""
    ids = [{claim.key for claim in one.atlas.commitments} for one in (before, after)]
    gone = any(change.act in ("removed", "renamed") for change in changes)
    if before.left_out or after.left_out or (ids[0] <= ids[1] and not gone):
        return
    former, present = (tuple(lenses(one.atlas, one.day).values()) for one in (before, after))
    known, _ = compared(former, data_dir, {}, {}, "")
    _, found = compared(present, data_dir, {}, dict.fromkeys(sorted(known), 1), "")
    yield from (one for one in found if one.code == "E-LOST")


Part = Literal["section", "group", "change"]
_TEXT: Mapping[Part, str] = {"section": "\n{}", "group": "  {}", "change": "    {}"}
_MARKDOWN: Mapping[Part, str] = {"section": "\n### {}", "group": "\n**{}**\n", "change": "- {}"}


def _parts(entries: Iterable[ReportEntry]) -> Iterator[tuple[Part, str, Sequence[str]]]:
    """Yield headings and sentences, each with what it is and with the pages on which it can be seen."""
    for section, own in groupby(entries, key=lambda one: one.section):
        listed = list(own)
        yield "section", f"{section} ({len(listed)})", ()
        for group, rest in groupby(listed, key=lambda one: one.group):
            yield "group", group[1], ()
            yield from (("change", one.sentence, one.pages) for one in rest)


# Text -----------------------------------------------------------------------------------------


def as_text(difference: EditionDiff, talk: Talk) -> str:
    """Return the change as lines for people."""
    t = talk.t
    lines = [_title(difference, talk)]
    for part, words, pages in _parts(difference.reports[talk.lang]):
        lines.append(_TEXT[part].format(words))
        if pages:
            lines.append(f"      {' '.join('/' + page for page in pages[:2])}")
    if difference.lost:
        lost = map(talk.sentence, difference.lost)
        lines += ["", f"{t(SAID.diff.lost)} ({len(difference.lost)})"]
        lines += (f"  {one}" for one in (*lost, t(SAID.diff.give_reasons)))
    if difference.left_out:
        lines += ["", t(SAID.diff.left_out), *(f"  {plain(record)}" for record in difference.left_out)]
    return "".join(f"{line}\n" for line in lines)


def _title(difference: EditionDiff, talk: Talk) -> str:
    changes = talk.count(SAID.diff.change, len(difference.changes), SAID.diff.no_change)
    before, after = (_edition(one, talk) for one in (difference.before, difference.after))
    return f"{before} → {after}: {changes}"


def _edition(edition: EditionData, talk: Talk) -> str:
    if not edition.commit:
        return talk.t(SAID.diff.as_they_are)
    name = plain(edition.name)
    return f"{name if edition.commit.startswith(name) else f'{name} = {edition.commit[:9]}'} ({edition.day})"


# JSON -----------------------------------------------------------------------------------------


def as_json(difference: EditionDiff, talk: Talk) -> str:
    """Return the change for programs, sentences and addresses in every language; see docs/commands.md."""
    pair = Pair(difference.before.atlas, difference.after.atlas)
    told: dict[int, dict[str, dict[str, object]]] = {}
    for code, telling in difference.reports.items():
        for entry in telling:
            one = told.setdefault(id(entry.change), {"sentence": {}, "pages": {}})
            one["sentence"][code] = entry.sentence
            one["pages"][code] = [f"/{page}" for page in entry.pages]
    document = {
        "version": VERSION,
        "from": _edition_json(difference.before),
        "to": _edition_json(difference.after),
        "changes": [_change_json(change, pair) | told[id(change)] for change in difference.changes],
        "lost": [
            {"address": one.value, "message": one.told(talk.t), "hint": one.advice(talk.t)}
            for one in difference.lost
        ],
        "left_out": difference.left_out,
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _edition_json(edition: EditionData) -> dict[str, str | None]:
    return {"revision": edition.name or None, "commit": edition.commit or None, "date": str(edition.day)}


def _change_json(change: Change, pair: Pair) -> dict[str, object]:
    plain_ones = ("nature", "kind", "act", "record", "field", "before", "after")
    return {name: getattr(change, name) or None for name in plain_ones} | {
        "when": str(change.when) if change.when else None,
        "sources": list(change.sources),
        "reason": dict(change.reason or {}) or None,
        **asdict(concerns(change, pair)),
    }


# Markdown -------------------------------------------------------------------------------------


def as_markdown(difference: EditionDiff, talk: Talk) -> str:
    """Return the change for a comment on a pull request."""
    lines = [f"**{escaped(_title(difference, talk))}**", *_lost_lines(difference, talk)]
    if difference.left_out:
        lines += ["", f"{talk.t(SAID.diff.left_out)} {', '.join(map(escaped, difference.left_out[:20]))}"]
    parts = _parts(difference.reports[talk.lang])
    return comment([*lines, *(_MARKDOWN[part].format(escaped(words)) for part, words, _ in parts)])


def comment(lines: Iterable[str]) -> str:
    """Return as many lines as a code host takes in a comment."""
    kept, room = [], MARKDOWN_LONGEST - 10
    for line in lines:
        room -= len(line) + 1
        if room < 0:
            kept.append("…")
            break
        kept.append(line)
    return "".join(f"{line}\n" for line in kept)


def _lost_lines(difference: EditionDiff, talk: Talk) -> list[str]:
    """Return what the author must still do; it comes first, so that it is never cut away."""
    if not difference.lost:
        return []
    listed = (f"- {escaped(talk.sentence(one))}" for one in difference.lost[:50])
    head = f"### {talk.t(SAID.diff.lost)} ({len(difference.lost)})"
    return ["", head, "", *listed, "", talk.t(SAID.diff.give_reasons)]


def escaped(text: str) -> str:
    """Return contributed text as Markdown that shows it: no markup, link, image or mention is made."""
    text = _ESCAPED.sub(r"\\\1", plain(text))
    text = _LINKING.sub(lambda m: f"{m[1]}\\." if m[1] else "\\:", text)
    text = _MENTION.sub(lambda m: (m[1] or m[2]) + _WORD_JOINER, text)
    # At the beginning of an item these would begin a list, a quotation or a rule.
    return re.sub(r"^(\d+)([.)])", r"\1\\\2", re.sub(r"^([-+>])", r"\\\1", text))
