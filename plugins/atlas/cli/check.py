"""``atlas check``: validate everything and print every finding."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from gettext import NullTranslations

from ..dataset.reading.load import Dataset, load
from ..dataset.reading.uncollected import uncollected
from ..errors import UsageError
from ..findings import N_, NN_, Finding, nearest_codes, texts
from ..validate import every_finding
from ..validate.rules.removals import base_ids
from . import report
from .messages import translations

FORMATS: dict[str, Callable[[Sequence[Finding], NullTranslations, report.Look], str]] = {
    "text": report.text,
    "json": report.json,
    "github": report.github,
}


def look_of(options: argparse.Namespace, *, whole: bool) -> report.Look:
    """Return how findings are to be shown, from the options."""
    return report.Look(docs=options.docs, colour=report.wants_colour(options.color, sys.stdout), whole=whole)


def run(options: argparse.Namespace) -> int:
    """Check the data and return 0, or 1 where something must be mended."""
    spoken = translations(options.lang)
    for code in options.code or ():
        if code not in texts():
            raise UsageError(
                N_("--code {code}: no such code; {advice}"),
                code=code,
                advice=_nearest_codes(code, spoken),
            )
    day = today()
    with uncollected():
        dataset = load(options.data)
        base = base_ids(options.data, options.base or options.changed_since)
        found = every_finding(dataset, day, base)
    if options.changed_since:
        from .changed_lines import touched  # reads a revision, which other checks do not

        found = touched(found, dataset, options.data, options.changed_since, day)
    listed = [one for one in found if not options.code or one.code in options.code]
    look = look_of(options, whole=bool(options.strict or options.all or options.code))
    sys.stdout.write(FORMATS[options.format](listed, spoken, look))
    errors = sum(one.severity == "error" for one in found)
    warnings = len(found) - errors
    if options.format == "text":
        print(summary(dataset, errors, warnings, spoken))
    return 1 if errors or (options.strict and warnings) else 0


def _nearest_codes(code: str, spoken: NullTranslations) -> str:
    if near := nearest_codes(code):
        return spoken.gettext(N_("did you mean {near}?")).format(near=", ".join(near))
    return spoken.gettext(N_("the codes are: {codes}")).format(codes=", ".join(sorted(texts())))


def today() -> date:
    """Return the day of the check in UTC: that of SOURCE_DATE_EPOCH where it is set."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return datetime.now(UTC).date()
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date()
    except (ValueError, OverflowError, OSError) as error:
        raise UsageError(N_("SOURCE_DATE_EPOCH={value}: must be seconds since 1970"), value=epoch) from error


def summary(dataset: Dataset, errors: int, warnings: int, spoken: NullTranslations) -> str:
    """Return one line: how much was checked and what was found."""
    rows = sum(len(table.rows) for table in dataset.commitments.values())
    records = (
        counted(spoken, NN_("{n} city", "{n} cities"), len(dataset.table("cities").rows)),
        counted(spoken, NN_("{n} instrument", "{n} instruments"), len(dataset.instruments)),
        counted(spoken, NN_("{n} commitment", "{n} commitments"), rows),
        counted(spoken, NN_("{n} action", "{n} actions"), len(dataset.actions)),
        counted(spoken, NN_("{n} source", "{n} sources"), len(dataset.table("sources").rows)),
    )
    wrong = (
        counted(spoken, NN_("{n} error", "{n} errors"), errors, N_("no errors")),
        counted(spoken, NN_("{n} warning", "{n} warnings"), warnings, N_("no warnings")),
    )
    return f"{', '.join(records)}: {', '.join(wrong)}"


def counted(spoken: NullTranslations, forms: tuple[str, str], n: int, none: str = "") -> str:
    """Return a number with its noun, or the words ``none`` for zero."""
    if n == 0 and none:
        return spoken.gettext(none)
    return spoken.ngettext(*forms, n).format(n=n)
