"""Adding records: tried on a copy in memory first, then written whole or not at all."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ...dataset.reading.load import load, with_files
from ...dataset.write import write_files
from ...findings import N_, NN_, Finding, as_text
from ...validate import every_finding
from ..dialogue import Refused, Talk
from ..messages import translations


@dataclass(frozen=True, slots=True)
class CheckedFiles:
    """New contents of files by their names below the data, and what the checks say of them."""

    contents: Mapping[str, bytes]
    findings: tuple[Finding, ...]
    """Only those that the contents bring, sorted."""
    others: int
    """Errors that the data had before."""

    @property
    def errors(self) -> int:
        """Return how many errors the contents would bring."""
        return sum(one.severity == "error" for one in self.findings)


def tried(data_dir: Path, contents: Mapping[str, bytes], today: date) -> CheckedFiles:
    """Return what the data would be with ``contents``, checked against what it is now."""
    now = load(data_dir)
    before = every_finding(now, today)
    after = with_files(now, contents)
    old = Counter(_what(one) for one in before)
    new: list[Finding] = []
    # What was read now is not read again, so its findings are counted once and left out.
    for one in sorted(every_finding(after, today), key=lambda one: one.sort_key):
        if old[_what(one)] > 0:
            old[_what(one)] -= 1
        else:
            new.append(one)
    return CheckedFiles(contents, tuple(new), sum(one.severity == "error" for one in before))


def _what(one: Finding) -> tuple[str, str, str, str]:
    """Return what a finding says without its line: a new row moves the others down."""
    return one.code, one.path, one.value, one.message


def report(talk: Talk, done: CheckedFiles) -> None:
    """Print the findings that concern what was added, and how much stands wrong elsewhere."""
    sys.stdout.write(as_text(done.findings, translations(talk.lang).gettext))
    if done.others:
        print(talk.count(_OTHERS, done.others), file=sys.stderr)


_OTHERS = NN_(
    "the data has {n} other error, which was there before: atlas check",
    "the data has {n} other errors, which were there before: atlas check",
)


def finish(
    talk: Talk, data_dir: Path, done: CheckedFiles, *, dry_run: bool = False, asks: bool = False
) -> int:
    """Ask where that is wanted, report, and write where nothing is wrong; return the exit code.

    Nothing is written where the contents bring an error, or on a dry run. Raises Refused for a no.
    """
    if asks and not (dry_run or done.errors) and not talk.agreed(talk.say(N_("Write this?")), default=True):
        raise Refused("")
    report(talk, done)
    if done.errors:
        talk.tell(N_("nothing was written: mend what is said above and try again"))
        return 1
    if dry_run:
        talk.tell(N_("nothing was written: this was a dry run"))
        return 0
    write_files({data_dir / name: data for name, data in done.contents.items()})
    return 0
