"""``atlas archive``: the archived copy of each source that lies nearest to the day on which it was read."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from ...build.progress import progress
from ...dataset.reading.csv_table import Row, Table
from ...dataset.reading.load import Dataset, load
from ...findings import N_, NN_
from ...validate.context import partial
from ...validate.values.urls import url_problem
from ..check import today
from ..dialogue import Talk
from ..edit.claims import Edit, write_edits
from ..web import kept, visit
from ..web.fetch import Limits
from .wayback import Archive, CopyOutcome, Outcome, moment_of

PAUSE_S = 4.0
"""Between two requests: the archive takes about fifteen a minute."""
SAVING_S = 180.0
"""A page that is saved answers when its copy is there."""
AGAIN = 7
"""Days after which a page without a copy is looked for again."""
_AT_ONCE = 10
"""Copies that are found before they are written."""


def run(options: argparse.Namespace) -> int:
    """Look for copies, write those that are found, and return 0."""
    talk, day, dataset = Talk(options.lang), today(), load(options.data)
    record = kept.read(options.results, "atlas archive", dict) if options.results else {}
    wanted = list(_wanted(dataset, options.sources, record, day))[: options.limit]
    limits = Limits(read_s=SAVING_S, total_s=SAVING_S, body_bytes=1_000_000)
    archive = Archive(visit.visitor(limits, PAUSE_S), options.within, save=options.save)
    waiting: list[Edit] = []  # a few copies at a time, so that little is lost where a run is stopped
    outcomes: Counter[Outcome] = Counter()
    try:
        with progress(len(wanted), "archive") as done:
            for table, row in wanted:
                id_, url = table.get(row, "id"), table.get(row, "url")
                read = partial(table.get(row, "accessed"))
                found = archive.look(url, read.latest if read else day, gone=bool(table.get(row, "gone")))
                outcomes[found.outcome] += 1
                if found.outcome != "postponed":
                    record[url] = {"outcome": found.outcome, "on": day.isoformat()}
                    print(f"{table.path}:{row.line}: {id_}: {_told(found, talk)}", flush=True)
                if found.outcome == "found":
                    waiting.append((table, row, {"archived": found.address}))
                    if len(waiting) >= _AT_ONCE:
                        _write(options, dataset, waiting)
                done(1)
    finally:
        _write(options, dataset, waiting)
        if options.results:
            kept.write(options.results, record, day)
    print(_summary(outcomes, len(wanted), talk))
    return 0


def _wanted(
    dataset: Dataset, only: list[str], record: Mapping[str, Mapping[str, Any]], day: date
) -> Iterator[tuple[Table, Row]]:
    """Yield the sources on the web without a copy, but for those that were asked for lately."""
    table = dataset.table("sources")
    lately = (day - timedelta(AGAIN)).isoformat()
    for row in table.rows:
        url, former = table.get(row, "url"), record.get(table.get(row, "url"), {})
        if not url or url_problem(url) or table.get(row, "archived"):
            continue
        asked = former.get("outcome") in ("none", "far", "saving") and str(former.get("on", "")) > lately
        if table.get(row, "id") in only or not (only or asked):
            yield table, row


def _write(options: argparse.Namespace, dataset: Dataset, waiting: list[Edit]) -> None:
    if not options.dry_run:
        write_edits(options.data, dataset, "source", waiting)
    waiting.clear()


def _told(found: CopyOutcome, talk: Talk) -> str:
    if found.outcome in ("found", "far"):
        told = _COPIES[found.outcome, (found.days > 0) - (found.days < 0)]
        return talk.count(told, abs(found.days), day=moment_of(found.address).date().isoformat())
    return talk.say(_OUTCOMES[found.outcome], reason=found.reason)


_COPIES: Mapping[tuple[str, int], tuple[str, str]] = {
    ("found", 0): NN_("copy of {day}, the day of reading", "copy of {day}, the day of reading"),
    ("found", -1): NN_("copy of {day}, {n} day before reading", "copy of {day}, {n} days before reading"),
    ("found", 1): NN_("copy of {day}, {n} day after reading", "copy of {day}, {n} days after reading"),
    ("far", -1): NN_(
        "only a copy of {day}, {n} day before reading; --within takes it, --save asks for another",
        "only a copy of {day}, {n} days before reading; --within takes it, --save asks for another",
    ),
    ("far", 1): NN_(
        "only a copy of {day}, {n} day after reading; --within takes it, --save asks for another",
        "only a copy of {day}, {n} days after reading; --within takes it, --save asks for another",
    ),
}
_OUTCOMES: Mapping[str, str] = {
    "none": N_("no copy; --save asks for one"),
    "saving": N_("the archive is asked to save it; a later run finds the copy"),
    "failed": N_("not found out: {reason}"),
    "postponed": N_("put off: {reason}"),
}


def _summary(outcomes: Mapping[Outcome, int], wanted: int, talk: Talk) -> str:
    words: Mapping[Outcome, str] = {
        "found": N_("copies found"),
        "none": N_("without a copy"),
        "far": N_("with a copy of another time"),
        "saving": N_("being saved"),
        "failed": N_("not found out"),
        "postponed": N_("put off"),
    }
    asked = talk.count(NN_("{n} source asked for", "{n} sources asked for"), wanted)
    parts = [f"{talk.say(word)} {outcomes[kind]}" for kind, word in words.items() if outcomes.get(kind)]
    return f"{asked}: {', '.join(parts)}" if parts else asked
