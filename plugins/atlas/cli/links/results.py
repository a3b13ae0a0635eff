"""What former runs found, kept in a file, and the failures that somebody decided to live with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from ...dataset.reading.csv_table import parse_csv
from ...dataset.reading.text_file import decoded
from ...errors import EnvironmentFault, UsageError
from ...findings import Finding, Place, Word, as_text
from ...model.dates import parse_date
from ..web import kept
from ..web.judge import FAILURES, KINDS, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRecord(Verdict):
    """What is known of one address after a run."""

    since: str = ""
    """The day from which on the address did not answer, run after run."""
    on: str = ""
    """The day on which it was last asked."""

    def dead_from(self, after: int) -> str:
        """Return from which day on a failure counts as dead, ``after`` days from the first, or nothing."""
        if self.kind not in FAILURES or not self.since:
            return ""
        return (date.fromisoformat(self.since) + timedelta(after)).isoformat()

    def was_good(self, day: date) -> bool:
        """Tell whether the address was asked on ``day`` and is where it was."""
        return self.kind == "ok" and self.on == day.isoformat()


def compared(
    verdicts: Mapping[str, Verdict], former: Mapping[str, LinkRecord], day: date
) -> dict[str, LinkRecord]:
    """Return the records after a run on ``day``; addresses that are no longer asked drop out.

    A host that asked to wait was not checked, so that its first failure stays the day it was.
    """
    records = {}
    for url, verdict in sorted(verdicts.items()):
        before = former.get(url)
        since = before.since if before else ""
        if verdict.kind in FAILURES:
            since = since or day.isoformat()
        elif verdict.kind != "postponed":
            since = ""
        records[url] = LinkRecord(**asdict(verdict), since=since, on=day.isoformat())
    return records


def read_results(path: Path) -> dict[str, LinkRecord]:
    """Return the records of the last run; none where there is no file yet. Raises UsageError."""
    return kept.read(path, "atlas links", _record)


def _record(entry: Any) -> LinkRecord:
    if entry["kind"] not in KINDS:
        raise ValueError
    final, since, on = (str(entry.get(name, "")) for name in ("final", "since", "on"))
    for day in filter(None, (since, on)):
        date.fromisoformat(day)
    reason = Word(entry["reason"]) if entry.get("reason") else ""  # translated where it is one of ours
    return LinkRecord(kind=entry["kind"], reason=reason, final=final, since=since, on=on)


def write_results(path: Path, records: Mapping[str, LinkRecord], day: date) -> None:
    """Write the records of a run on ``day``, one address after the other, empty values left out."""
    kept.write(path, {url: asdict(record) for url, record in records.items()}, day)


@dataclass(frozen=True, slots=True)
class Tolerated:
    """One row of the table of tolerated failures: addresses that begin with ``url``."""

    url: str
    reason: str
    until: date | None
    """The last day on which it is tolerated."""
    place: Place

    def covers(self, address: str, day: date) -> bool:
        """Tell whether the failure of ``address`` is tolerated on ``day``."""
        return address.startswith(self.url) and not (self.until and self.until < day)


def read_tolerated(path: Path) -> list[Tolerated]:
    """Return the rows of ``path``: url, reason and, if it is not for ever, until (a day).

    Raises UsageError for a table that is not one: nothing may be tolerated by accident.
    """
    found: list[Finding] = []
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return []
    except OSError as error:
        raise EnvironmentFault(f"{path}: {error.strerror}") from error
    text = decoded(data, path.as_posix(), found)
    table = parse_csv(text, path.as_posix(), found) if text is not None else None
    if found or table is None:
        raise UsageError(as_text(found).strip())
    if not {"url", "reason"} <= table.index.keys() <= {"url", "reason", "until"}:
        raise UsageError(f"{path}:1: the columns are url, reason and until")
    rows = []
    for row in table.rows:
        url, reason, until = (table.get(row, name) for name in ("url", "reason", "until"))
        if not url.startswith(("https://", "http://")) or not reason:
            raise UsageError(f"{path}:{row.line}: a row needs an address and the reason to tolerate it")
        try:
            last = parse_date(until).latest if until else None
        except ValueError as error:
            raise UsageError(f"{path}:{row.line}: until is a day such as 2026-12-31") from error
        rows.append(Tolerated(url, reason, last, table.place(row, "url")))
    return rows
