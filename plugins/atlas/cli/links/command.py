"""``atlas links``: ask every address of the data, and say which are dead, moved or not archived."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from ...build.progress import progress
from ...dataset.reading.load import load
from ...errors import EnvironmentFault, UsageError
from ...findings import N_, NN_, Finding
from ...model.grouping import grouped
from ...validate.context import Context
from ...validate.rules.advice import unarchived
from .. import report
from ..check import today
from ..dialogue import Talk
from ..web import visit
from ..web.judge import NO_HOST, Kind, Verdict
from . import report as told
from . import results
from .results import LinkRecord
from .survey import Mention, Survey, mentions

ONLY: Mapping[str, tuple[str, ...]] = {
    "dead": ("E-DEAD", "W-FAILED", "E-INWARD"),
    "moved": ("W-MOVED",),
    "soft-404": ("W-SOFT",),
    "certificate": ("W-CERTIFICATE",),
    "blocked": ("W-BLOCKED",),
    "unarchived": ("W-ARCHIVE",),
}
"""What ``--only`` lists, by the codes of the findings."""

AFTER = 14
"""Days after which an address that fails is dead, where former runs are known."""

_WITHOUT_COPY = NN_("{n} source without an archived copy", "{n} sources without an archived copy")


def run(options: argparse.Namespace) -> int:
    """Ask, compare, print; return 1 where an address is dead."""
    if options.list and not options.results:
        raise UsageError(N_("--list needs --results FILE, the record of the last run"))
    talk = Talk(options.lang)
    day = today()
    dataset = load(options.data)
    places = grouped(mentions(dataset, day), lambda one: one.url)
    tolerated = results.read_tolerated(options.tolerated)
    former = results.read_results(options.results) if options.results else {}
    records: dict[str, LinkRecord] = {}
    if options.list:
        records = {url: former[url] for url in places if url in former}
    elif options.only != "unarchived":
        records = _recorded(options.results, places, former, day)
    verdicts = {url: record.verdict for url, record in records.items()}
    found: list[Finding] = []
    if options.list or options.only != "unarchived":
        after = (AFTER if options.results else 0) if options.after is None else options.after
        known = {url: mentioned for url, mentioned in places.items() if url in records}
        found += told.findings(known, records, tolerated, after=after, day=day)
    found += unarchived(Context(dataset, day))
    listed = [one for one in found if not options.only or one.code in ONLY[options.only]]
    line = summary(verdicts, talk)
    if options.format == "markdown":
        if not options.only:
            copies = sum(one.code == "W-ARCHIVE" for one in listed)
            listed = [one for one in listed if one.code != "W-ARCHIVE"]
            line += " · " + talk.count(_WITHOUT_COPY, copies, N_("every source has an archived copy"))
        sys.stdout.write(told.markdown(listed, line, talk, options.docs))
    else:
        look = report.look_of(options, whole=bool(options.only))
        sys.stdout.write(report.FORMATS[options.format](listed, talk, look))
        if options.format == "text":
            print(line)
    failed = any(one.severity == "error" for one in listed) or (options.strict and listed)
    return 1 if failed else 0


def _recorded(
    path: Path | None, places: Mapping[str, Sequence[Mention]], former: Mapping[str, LinkRecord], day: date
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
            raise EnvironmentFault(N_("no host was found at all; is there a network? Nothing was recorded"))
    finally:
        records = good | results.compared(verdicts, former, day)
        if path and records:
            every = {**former, **records}
            results.write_results(path, {url: every[url] for url in places if url in every}, day)
    return records


def summary(verdicts: Mapping[str, Verdict], talk: Talk) -> str:
    """Return one line: how many addresses were asked, and what came of it."""
    kinds = Counter(verdict.kind for verdict in verdicts.values())
    words: dict[Kind, str] = {
        "ok": N_("good"),
        "moved": N_("moved"),
        "soft-404": N_("not really there"),
        "dead": N_("dead"),
        "timeout": N_("without an answer in time"),
        "error": N_("with an error of the server"),
        "certificate": N_("with a certificate that is not valid"),
        "blocked": N_("closed to programs"),
        "postponed": N_("put off"),
        "private": N_("private"),
    }
    asked = talk.count(NN_("{n} address asked", "{n} addresses asked"), len(verdicts), N_("nothing asked"))
    parts = [f"{talk.t(word)} {kinds[kind]}" for kind, word in words.items() if kinds[kind]]
    return f"{asked}: {', '.join(parts)}" if parts else asked
