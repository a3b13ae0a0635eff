"""``atlas archive``: the archived copy of each source that lies nearest to the day on which it was read.

Copies are looked for at the Wayback Machine, and opened before they are believed.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Literal, TypeAlias
from urllib.parse import quote, urlsplit

from ..build.progress import progress
from ..dataset.reading.csv_table import Row, Table
from ..dataset.reading.load import Dataset, load
from ..findings import FieldValue
from ..validate.context import partial
from ..validate.values.urls import archive_problem, url_problem
from .check import today
from .dialogue import Talk
from .edit.rows import Edit, write_edits
from .messages import SAID
from .web import kept, visit
from .web.fetch import Limits
from .web.judge import Verdict, asked, verdict
from .web.visit import Visitor

AVAILABLE = "https://archive.org/wayback/available?url={url}&timestamp={day}"
COPIES = (
    "https://web.archive.org/cdx/search/cdx?url={url}&output=json&fl=timestamp,original"
    "&filter=statuscode:200&sort=closest&closest={day}&limit=5"
)
COPY = "https://web.archive.org/web/{moment}/{url}"
SAVE = "https://web.archive.org/save/{url}"

Outcome: TypeAlias = Literal["found", "none", "far", "saving", "failed", "postponed"]


@dataclass(frozen=True, slots=True)
class CopyOutcome:
    """What came of looking for the copy of one page."""

    outcome: Outcome
    address: str = ""
    days: int = 0
    """From the day of reading to the copy; negative where the copy is older."""
    reason: FieldValue = ""


@dataclass(slots=True)
class Archive:
    """The Wayback Machine, asked for copies."""

    visitor: Visitor
    within: int
    """Days between a copy and the day of reading; what lies farther may say something else."""
    save: bool = False
    _trouble: CopyOutcome | None = field(init=False, default=None)

    def look(self, url: str, day: date, *, gone: bool) -> CopyOutcome:
        """Return the copy of ``url`` nearest to the day of reading, or why there is none.

        A page that is gone is not asked to be saved.
        """
        self._trouble = None
        far: CopyOutcome | None = None
        for address in self._candidates(url, day):  # as many as are needed
            if (shown := self._shown(address, url)) is None:
                continue
            days = (moment_of(shown).date() - day).days
            if abs(days) <= self.within:
                return CopyOutcome("found", shown, days)
            far = far or CopyOutcome("far", shown, days)
        if self._trouble:
            return self._trouble
        if self.save and not gone:
            return self._saved(url, day)
        return far or CopyOutcome("none")

    def _candidates(self, url: str, day: date) -> Iterator[str]:
        """Yield addresses that may be copies: the nearest one, then those of the index."""
        values = {"url": quote(url, safe=""), "day": f"{day:%Y%m%d}"}
        answer = self._asked(AVAILABLE.format(**values))
        with suppress(KeyError, TypeError, AttributeError):
            yield _secure(str(answer["archived_snapshots"]["closest"]["url"]))
        for line in self._asked(COPIES.format(**values)) or ():
            with suppress(ValueError, TypeError):
                moment, original = line
                yield COPY.format(moment=moment, url=original)

    def _asked(self, address: str) -> Any:
        answer, found = asked(self.visitor, address)
        if answer is None:
            self._trouble = _trouble(found)
        return answer

    def _shown(self, address: str, url: str) -> str | None:
        """Return where a copy stands that shows this page when it is opened, or None."""
        if archive_problem(address, url):
            return None
        visit = self.visitor.visit(address)
        found = verdict(visit)
        if found.kind in ("postponed", "timeout", "error", "blocked"):
            self._trouble = _trouble(found)
        if found.kind not in ("ok", "moved") or archive_problem(visit.answer.url, url):
            return None
        self._trouble = None
        return visit.answer.url

    def _saved(self, url: str, day: date) -> CopyOutcome:
        """Ask the archive to save a page; where the copy is not there at once, a later run finds it."""
        visit = self.visitor.visit(SAVE.format(url=url), "GET")
        found = verdict(visit)
        if found.kind == "ok" and not archive_problem(visit.answer.url, url):
            return CopyOutcome("found", visit.answer.url, (moment_of(visit.answer.url).date() - day).days)
        if found.kind == "ok":
            return CopyOutcome("saving")
        return _trouble(found)


def _trouble(found: Verdict) -> CopyOutcome:
    return CopyOutcome("postponed" if found.kind == "postponed" else "failed", reason=found.reason)


def _secure(address: str) -> str:
    """Return the address of a copy with https: the interface answers with http."""
    return f"https://{address.removeprefix('http://')}" if address.startswith("http://web.") else address


def moment_of(address: str) -> datetime:
    """Return when a copy was made, by the fourteen digits of its address."""
    return datetime.strptime(urlsplit(address).path.split("/")[2][:14], "%Y%m%d%H%M%S")


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
        when = "before" if found.days < 0 else "after" if found.days else "same-day"
        told = SAID.archive.copies[found.outcome][when]
        return talk.count(told, abs(found.days), day=moment_of(found.address).date().isoformat())
    return talk.say(SAID.archive.outcomes[found.outcome], reason=found.reason)


def _summary(outcomes: Mapping[Outcome, int], wanted: int, talk: Talk) -> str:
    return talk.tally(talk.count(SAID.archive.asked, wanted), SAID.archive.tally, outcomes)
