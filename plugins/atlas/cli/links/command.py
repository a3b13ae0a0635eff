"""``atlas links``: ask every address of the data, and say which are dead, moved or not archived."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from gettext import NullTranslations
from pathlib import Path
from typing import TYPE_CHECKING

from ...dataset.reading.load import load
from ...errors import EnvironmentFault
from ...findings import N_, NN_, Finding
from ...validate.context import Context
from ...validate.rules.advice import unarchived
from .. import report
from ..check import add_look, counted, look_of, today
from ..messages import LANGUAGES, translations

if TYPE_CHECKING:
    from ..web.judge import Kind, Verdict
    from .survey import Mention

ONLY: Mapping[str, tuple[str, ...]] = {
    "dead": ("E-DEAD", "W-FAILED", "E-INWARD"),
    "moved": ("W-MOVED",),
    "soft-404": ("W-SOFT",),
    "certificate": ("W-CERTIFICATE",),
    "blocked": ("W-BLOCKED",),
    "unarchived": ("W-ARCHIVE",),
}
"""What ``--only`` lists, by the codes of the findings."""

AFTER = 3

_WITHOUT_COPY = NN_("{n} source without an archived copy", "{n} sources without an archived copy")


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to ``atlas``."""
    command = subparsers.add_parser(
        "links",
        help="ask every address of the data: dead, moved, not archived (needs a network)",
        description="Ask every address of the data, one request at a time for each host. "
        "Exit code 0: good, 1: dead addresses.",
    )
    command.add_argument(
        "--data", type=Path, default=Path("data"), metavar="DIR", help="the folder of the data"
    )
    command.add_argument(
        "--results", type=Path, metavar="FILE", help="keep the results here and compare with the former run"
    )
    command.add_argument(
        "--tolerated",
        type=Path,
        default=Path("tolerated-links.csv"),
        metavar="FILE",
        help="table of failures to live with: url, reason, until (default: %(default)s)",
    )
    command.add_argument(
        "--after",
        type=_at_least_one,
        metavar="N",
        help=f"failed runs before an address is dead (default: {AFTER} with --results, else 1)",
    )
    command.add_argument("--only", choices=tuple(ONLY), help="list only these; `unarchived` asks nobody")
    command.add_argument("--format", choices=("text", "json", "github", "markdown"), default="text")
    command.add_argument("--strict", action="store_true", help="make warnings fail as well")
    command.add_argument("--lang", choices=LANGUAGES, default="en", help="language of the messages")
    add_look(command)
    command.set_defaults(run=run, all=False, code=None)


def _at_least_one(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


def run(options: argparse.Namespace) -> int:
    """Ask, compare, print; return 1 where an address is dead."""
    from . import report as told
    from . import results, survey

    spoken = translations(options.lang)
    day = today()
    dataset = load(options.data)
    places = survey.by_address(survey.mentions(dataset, day))
    tolerated = results.read_tolerated(options.tolerated)
    former = results.read_results(options.results) if options.results else {}
    verdicts = {} if options.only == "unarchived" else _asked(places)
    records = results.compared(verdicts, former, day)
    found: list[Finding] = []
    if options.only != "unarchived":
        after = options.after or (AFTER if options.results else 1)
        found += told.findings(places, verdicts, records, tolerated, after=after, day=day)
        if options.results:
            results.write_results(options.results, records, day)
    found += unarchived(Context(dataset, day))
    listed = [one for one in found if not options.only or one.code in ONLY[options.only]]
    line = summary(verdicts, spoken)
    if options.format == "markdown":
        if not options.only:
            copies = sum(one.code == "W-ARCHIVE" for one in listed)
            listed = [one for one in listed if one.code != "W-ARCHIVE"]
            line += " · " + counted(spoken, _WITHOUT_COPY, copies, N_("every source has an archived copy"))
        sys.stdout.write(told.markdown(listed, line, spoken, options.docs))
    else:
        show = {"text": report.text, "json": report.json, "github": report.github}[options.format]
        sys.stdout.write(show(listed, spoken, look_of(options, whole=bool(options.only))))
        if options.format == "text":
            print(line)
    failed = any(one.severity == "error" for one in listed) or (options.strict and listed)
    return 1 if failed else 0


def _asked(places: Mapping[str, Sequence[Mention]]) -> Mapping[str, Verdict]:
    """Return the verdicts of all addresses. Raises EnvironmentFault where there is no network."""
    # Imported here: both take a while, and most commands need neither.
    from ...build.progress import progress
    from ..web import visit
    from ..web.judge import NO_HOST
    from .survey import Survey

    with progress(len(places), "links") as done:
        verdicts = Survey(visit.visitor()).verdicts(places, lambda: done(1))
    if len(verdicts) > 1 and all(verdict.reason == NO_HOST for verdict in verdicts.values()):
        raise EnvironmentFault(N_("no host was found at all; is there a network? Nothing was recorded"))
    return verdicts


def summary(verdicts: Mapping[str, Verdict], spoken: NullTranslations) -> str:
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
    asked = counted(
        spoken, NN_("{n} address asked", "{n} addresses asked"), len(verdicts), N_("nothing asked")
    )
    parts = [f"{spoken.gettext(word)} {kinds[kind]}" for kind, word in words.items() if kinds[kind]]
    return f"{asked}: {', '.join(parts)}" if parts else asked
