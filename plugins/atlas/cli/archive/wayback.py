"""Copies at the Wayback Machine: looked for near a day, and opened before they are believed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal, TypeAlias
from urllib.parse import quote, urlsplit

from ...findings import FieldValue
from ...validate.values.urls import archive_problem
from ..web.interface import asked
from ..web.judge import verdict
from ..web.visit import Visitor

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
            self._fails(found.kind == "postponed", found.reason)
        return answer

    def _fails(self, postponed: bool, reason: FieldValue) -> None:
        self._trouble = CopyOutcome("postponed" if postponed else "failed", reason=reason)

    def _shown(self, address: str, url: str) -> str | None:
        """Return where a copy stands that shows this page when it is opened, or None."""
        if archive_problem(address, url):
            return None
        visit = self.visitor.visit(address)
        found = verdict(visit)
        if found.kind in ("postponed", "timeout", "error", "blocked"):
            self._fails(found.kind == "postponed", found.reason)
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
        return CopyOutcome("postponed" if found.kind == "postponed" else "failed", reason=found.reason)


def _secure(address: str) -> str:
    """Return the address of a copy with https: the interface answers with http."""
    return f"https://{address.removeprefix('http://')}" if address.startswith("http://web.") else address


def moment_of(address: str) -> datetime:
    """Return when a copy was made, by the fourteen digits of its address."""
    return datetime.strptime(urlsplit(address).path.split("/")[2][:14], "%Y%m%d%H%M%S")
