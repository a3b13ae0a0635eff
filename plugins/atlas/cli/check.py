"""``atlas check``: validate everything and print every finding."""

from __future__ import annotations

import argparse
import os
import sys
from datetime import UTC, date, datetime

from ..dataset.reading.load import Dataset, load
from ..dataset.reading.uncollected import uncollected
from ..errors import UsageError
from ..validate import every_finding
from ..validate.rules.removals import base_ids
from . import report
from .dialogue import Talk, check_codes
from .messages import SAID


def run(options: argparse.Namespace) -> int:
    """Check the data and return 0, or 1 where something must be mended."""
    talk = Talk(options.lang)
    check_codes(options.code)
    day = today()
    with uncollected():
        dataset = load(options.data)
        base = base_ids(options.data, options.base)
        found = every_finding(dataset, day, base)
    listed = [one for one in found if not options.code or one.code in options.code]
    look = report.look_of(options, whole=bool(options.strict or options.all or options.code))
    sys.stdout.write(report.FORMATS[options.format](listed, talk, look))
    errors = sum(one.severity == "error" for one in found)
    warnings = len(found) - errors
    if options.format == "text":
        print(summary(dataset, errors, warnings, talk))
    return 1 if errors or (options.strict and warnings) else 0


def today() -> date:
    """Return the day of the check in UTC: that of SOURCE_DATE_EPOCH where it is set."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return datetime.now(UTC).date()
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date()
    except (ValueError, OverflowError, OSError) as error:
        raise UsageError(SAID.check.epoch, value=epoch) from error


def summary(dataset: Dataset, errors: int, warnings: int, talk: Talk) -> str:
    """Return one line: how much was checked and what was found."""
    rows = sum(len(table.rows) for table in dataset.commitments.values())
    records = (
        talk.count(SAID.check.city, len(dataset.table("cities").rows)),
        talk.count(SAID.check.instrument, len(dataset.instruments)),
        talk.count(SAID.check.commitment, rows),
        talk.count(SAID.check.action, len(dataset.actions)),
        talk.count(SAID.check.source, len(dataset.table("sources").rows)),
    )
    wrong = (
        talk.count(SAID.check.error, errors, SAID.check.no_errors),
        talk.count(SAID.check.warning, warnings, SAID.check.no_warnings),
    )
    return f"{', '.join(records)}: {', '.join(wrong)}"
