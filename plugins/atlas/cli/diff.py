"""``atlas diff``: the change of the data in sentences.

With ``--review``: what a reviewer opens and ticks off, document by document, as Markdown.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from ..changes.history.edition import edition
from ..dataset.history.git import HEAD, find_revision, read_revision
from ..dataset.reading.load import load
from ..findings import Finding
from ..model.records import Commitment, Source
from ..views.analysis.recheck import documents_of
from .check import today
from .dialogue import Talk
from .diff_formats import EditionDiff, as_json, as_markdown, as_text, comment, escaped
from .edit.rows import brought, claim_rows
from .lenses import lenses
from .messages import SAID


def beside_it(data_dir: Path, revision: str) -> tuple[list[Finding], dict[str, str]]:
    """Return what the checks find that they did not find in a revision, and the row of each claim."""
    dataset, former = load(data_dir), read_revision(data_dir, find_revision(data_dir, revision))
    rows = {one.name: f"{one.place}: {' '.join(one.row.raw.split())}" for one in claim_rows(dataset)}
    return brought(former, dataset)[0], rows


def as_review(difference: EditionDiff, found: Sequence[Finding], rows: Mapping[str, str], talk: Talk) -> str:
    """Return the changed claims by the documents behind them, with their rows and what the checks say."""
    lang, t = talk.lang, talk.t
    entries = difference.reports[lang]
    changes = [(one.change, one.sentence) for one in entries if one.change.kind == "commitment"]
    claims = {one.new.key: one.new for one, _ in changes if isinstance(one.new, Commitment)}
    lens = lenses(difference.after.atlas, difference.after.day)[lang]
    beside: dict[str, list[Finding]] = {key: [] for key in claims}
    elsewhere: list[Finding] = []
    at = {(one.place.path, one.place.line): key for key, one in claims.items() if one.place}
    for finding in sorted(found, key=lambda one: one.sort_key):
        beside.get(at.get((finding.path, finding.line), ""), elsewhere).append(finding)
    sentences: dict[str, list[str]] = {}
    for change, sentence in changes:
        if isinstance(change.new, Commitment) and change.old is not None:
            sentences.setdefault(change.new.key, []).append(sentence)
    lines = []
    for document in documents_of(lens, claims.values()):
        source, rest = document.source, document.claims
        lines += ["", f"### {_link(source)} ({talk.count(SAID.diff.claim, len(rest))})", ""]
        if source.archived:
            lines += [f"[{t(SAID.diff.archived_copy)}](<{_target(source.archived)}>)", ""]
        for claim in rest:
            told = [escaped(lens.statement(claim)), *(escaped(one) for one in sentences.get(claim.key, ()))]
            lines.append(f"- [ ] {' · '.join((*told, *_details(claim)))} (`{claim.key}`)")
            lines += (f"  - {escaped(rows[claim.key])}",) if claim.key in rows else ()
            lines += (f"  - ⚠ {escaped(one.sentence(t))}" for one in beside[claim.key])
    gone = [sentence for change, sentence in changes if change.new is None]
    rest_of = [f"{one.path}:{one.line}: {one.sentence(t)}" for one in elsewhere]
    for heading, listed in ((SAID.diff.removed, gone), (SAID.diff.rest, rest_of)):
        if listed:
            lines += ["", f"### {t(heading)}", "", *(f"- [ ] {escaped(one)}" for one in listed)]
    head = t(SAID.diff.tick)
    return comment([head, *lines] if lines else [t(SAID.diff.nothing_to_review)])


def _link(source: Source) -> str:
    title = escaped(", ".join(filter(None, (source.title, source.publisher))))
    return f"[{title}](<{_target(source.url)}>)" if source.url else title


def _target(url: str) -> str:
    return url.replace("<", "%3C").replace(">", "%3E").replace("\\", "%5C")


def _details(claim: Commitment) -> Iterator[str]:
    """Yield what else to look for in the document."""
    if claim.act:
        yield escaped(claim.act)
    if claim.roles:
        yield escaped("; ".join(claim.roles))


def run(options: argparse.Namespace) -> int:
    """Print the change and return 0, whatever changed."""
    if len(options.revisions) > 2:
        options.usage_error(f"at most two revisions, not {len(options.revisions)}")
    first, second = (*options.revisions, None, None)[:2]
    day, talk = today(), Talk(options.lang)
    before = edition(options.data, first or HEAD, day)
    after = edition(options.data, second, day)
    difference = EditionDiff.between(before, after, options.data)
    if options.review:
        found, rows = ([], {}) if second else beside_it(options.data, first or HEAD)
        sys.stdout.write(as_review(difference, found, rows, talk))
        return 0
    formats = {"text": as_text, "json": as_json, "markdown": as_markdown}
    sys.stdout.write(formats[options.format](difference, talk))
    return 0
