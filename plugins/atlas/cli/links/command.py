"""``atlas links``: ask every address of the data, and say which are dead or moved."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from pathlib import Path

from ...build.progress import progress
from ...dataset.reading.load import load
from ...errors import EnvironmentFault, UsageError
from ...findings import DOCS, Finding, finding, help_address
from ...model.grouping import grouped
from ...validate.context import Value
from ...validate.values.urls import url_problem
from .. import report
from ..check import today
from ..dialogue import Talk, check_codes
from ..diff_formats import escaped
from ..messages import SAID
from ..web import visit
from ..web.judge import NO_HOST, Kind, Verdict
from . import results
from .results import LinkRecord, Tolerated
from .survey import Survey, mentions


def findings(
    places: Mapping[str, Sequence[Value]],
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
        if records[url].kind in ("ok", "postponed"):
            continue
        covering = [row for row in tolerated if row.covers(url, day)]
        used.update(covering)
        if not covering:
            for one in mentioned:
                yield _finding(one, records[url], after, day)
    for row in tolerated:
        if row not in used:
            yield finding("W-TOLERATED", "needless", row.place, value=row.url)


def _finding(one: Value, record: LinkRecord, after: int, day: date) -> Finding:
    dead_from = record.dead_from(after)
    code = "W-FAILED" if dead_from > day.isoformat() else _CODES[record.kind]
    final = record.final if record.final and not url_problem(record.final) else ""
    told = {"reason": record.reason, "final": final, "since": record.since, "dead_from": dead_from}
    return one.finding(code, "address", **told)


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
            lines.append(f"- {escaped(place)}: {escaped(talk.sentence(one))}")
        lines.append("")
    return "\n".join(lines).rstrip("\n") + "\n"


AFTER = 14
"""Days after which an address that fails is dead, where former runs are known."""


def run(options: argparse.Namespace) -> int:
    """Ask, compare, print; return 1 where an address is dead."""
    if options.list and not options.results:
        raise UsageError(SAID.links.list_needs_results)
    check_codes(options.code)
    talk, day, dataset = Talk(options.lang), today(), load(options.data)
    places = grouped(mentions(dataset, day), lambda one: one.text)
    tolerated = results.read_tolerated(options.tolerated)
    former = results.read_results(options.results) if options.results else {}
    if options.list:
        records = {url: former[url] for url in places if url in former}
    else:
        records = _recorded(options.results, places, former, day)
    after = (AFTER if options.results else 0) if options.after is None else options.after
    known = {url: mentioned for url, mentioned in places.items() if url in records}
    found = findings(known, records, tolerated, after=after, day=day)
    listed = [one for one in found if not options.code or one.code in options.code]
    line = summary(records, talk)
    if options.format == "markdown":
        sys.stdout.write(markdown(listed, line, talk, options.docs))
    else:
        look = report.look_of(options, whole=bool(options.code))
        sys.stdout.write(report.FORMATS[options.format](listed, talk, look))
        if options.format == "text":
            print(line)
    failed = any(one.severity == "error" for one in listed) or (options.strict and listed)
    return 1 if failed else 0


def _recorded(
    path: Path | None, places: Mapping[str, Sequence[Value]], former: Mapping[str, LinkRecord], day: date
) -> dict[str, LinkRecord]:
    """Return the records of all addresses, and keep them at ``path``, also where the run is stopped.

    What was good today is not asked again. Raises EnvironmentFault where there is no network.
    """
    good = {url: one for url in places if (one := former.get(url)) and one.was_good(day)}
    verdicts: dict[str, Verdict] = {}
    try:
        with progress(len(places) - len(good), "links") as done:

            def asked(url: str, verdict: Verdict) -> None:
                verdicts[url] = verdict
                done(1)

            Survey(visit.visitor()).verdicts((url for url in places if url not in good), asked)
        if len(verdicts) > 1 and all(verdict.reason == NO_HOST for verdict in verdicts.values()):
            verdicts.clear()
            raise EnvironmentFault(SAID.links.no_network)
    finally:
        records = good | results.compared(verdicts, former, day)
        if path and records:
            every = {**former, **records}
            results.write_results(path, {url: every[url] for url in places if url in every}, day)
    return records


def summary(verdicts: Mapping[str, Verdict], talk: Talk) -> str:
    """Return one line: how many addresses were asked, and what came of it."""
    kinds = Counter(verdict.kind for verdict in verdicts.values())
    asked = talk.count(SAID.links.asked, len(verdicts), SAID.links.nothing_asked)
    return talk.tally(asked, SAID.links.kinds, kinds)
