"""Addresses of ``urls.lock`` that a build no longer makes, and the line that keeps each."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from ...changes.moved_ids import moves, path_of
from ...dataset.canonical.csv import csv_text
from ...findings import Finding, Place, Word, finding, nearest
from ...model.records import Retired
from ...validate.rules.retired import PLACEHOLDERS
from ...views.lens import Lens
from .plan import SECTIONS, AddressWords, plan
from .url_lock import page_of

_DATE = re.compile(r"-[0-9]{4}(-[0-9]{2}){0,2}[~?%]?$")
"""What a further period adds to the anchor of a claim."""


@dataclass(frozen=True, slots=True)
class RetiredRow:
    """What one line of ``retired.csv`` would say."""

    kind: str
    id: str
    successor: str = ""
    """What seems to stand instead; empty where nothing resembles it."""


class Check:
    """Compares a lock with what a build has made."""

    def __init__(
        self,
        lenses: Sequence[Lens],
        made: Collection[str],
        locked: Mapping[str, int],
        ids: Callable[[str], Collection[str]],
    ) -> None:
        """Take the addresses of the build, and those of the lock with their lines.

        ``ids`` returns those of the elements of a page.
        """
        self.made, self.locked, self.ids = made, locked, ids
        self.plan = plan(lenses, made, frozenset(page_of(address)[1:] for address in locked))
        self.atlas = lenses[0].atlas
        self.moved = moves(self.atlas)
        self.words = AddressWords(lenses[0].addresses)
        vocabulary = self.atlas.vocabulary
        self.kinds = {
            **{sections[0]: str(kind) for kind, sections in SECTIONS.items()},
            "networks": "network",
            "charters": "charter",
            **{vocabulary.section(id): vocabulary.signed_or_joined(id) for id in vocabulary.families},
        }
        """The kinds of ``retired.csv`` by the section of their pages."""

    def keeps(self, address: str) -> bool:
        """Tell whether the address still leads to what it named, or to words about where that went.

        ``address`` is a path, with the fragment of a claim where it has one.
        """
        page, mark, anchor = address.partition("#")
        if page in self.plan.gone or page in self.plan.gone_files or page in self.plan.copies:
            return True
        if redirect := self.plan.redirects.get(page):
            page = page_of(redirect.to)
        return self._stands(page + mark + anchor)

    def _stands(self, address: str) -> bool:
        """Tell whether the build makes the page of an address, with the claim that is named."""
        page, _, anchor = address.partition("#")
        return page in self.made and (not anchor or anchor in self.ids(page))

    def findings(self, path: str, today: date) -> Iterator[Finding]:
        """Yield what is lost, a finding for each line that has to be typed; ``path`` is that of the lock."""
        losses: dict[RetiredRow, list[str]] = defaultdict(list)
        for address in self.locked:
            if not self.keeps(address[1:]):
                losses[self._row(address[1:])].append(address)
        for row, lost in losses.items():
            yield self._finding(row, lost, Place(path, self.locked[lost[0]]), today)
        for retired in self.atlas.retired:
            if retired.kind == "address":
                yield from self._misled(retired)

    def _misled(self, row: Retired) -> Iterator[Finding]:
        """Yield that ``retired.csv`` sends an address to where nothing is, or that something stands there."""
        path, place = path_of(row.id), row.place or Place("retired.csv")
        to = self.moved.addresses.get(path)
        if to and not self._stands(to):
            yield finding("E-RETIRED", "no-page", place, value=row.replaced_by or "")
        if "#" not in row.id and path in self.made:
            yield finding("E-RETIRED", "live", place, value=row.id, kind=row.kind)

    def _row(self, address: str) -> RetiredRow:
        """Return the line of ``retired.csv`` that would account for an address."""
        page, _, anchor = address.partition("#")
        segments = self._in_default_language(page)
        for section, name in pairwise(segments):
            id = name.partition(".")[0]
            if section in self.kinds and id not in self._records(section):
                return RetiredRow(self.kinds[section], id, self._alike(section, id))
            if section == "cities" and anchor:
                return self._claim(self.moved.id("city", id), anchor)
        return RetiredRow("address", "/".join(segments) + ("/" if page.endswith("/") else ""))

    def _in_default_language(self, page: str) -> list[str]:
        """Return the segments of a page's address, as the default language writes them."""
        lang = self.words.lang(page)
        known = (*self.kinds, "compare", "countries", "timeline", "contribute")
        english = {self.words.addresses.word(lang, word): word for word in known}
        segments = [segment for segment in page.split("/") if segment]
        if lang != self.words.codes[0]:
            segments = segments[1:]
        return [english.get(segment, segment) for segment in segments]

    def _records(self, section: str) -> Collection[str]:
        atlas = self.atlas
        if section == "cities":
            return {**atlas.cities, **self.moved.to["city"]}
        if section == "topics":
            return atlas.vocabulary.topics
        return {"actions": atlas.actions, "sources": atlas.sources}.get(section, atlas.instruments)

    def _alike(self, section: str, id: str) -> str:
        """Return the new record that a lost one may be: with a similar id, or a city with the same claims."""
        new = [one for one in self._records(section) if f"/{section}/{one}/" not in self.locked]
        new = [one for one in new if one not in self.moved.to["city"]]
        if section == "cities":
            stem = f"/cities/{id}/#"
            claims = {address.removeprefix(stem) for address in self.locked if address.startswith(stem)}
            for one in new:
                if claims and claims == {c.anchor for c in self.atlas.commitments_of_city.get(one, ())}:
                    return one
        return next(iter(nearest(id, new, 1)), "")

    def _claim(self, city: str, anchor: str) -> RetiredRow:
        """Return the line for a claim that is gone from the page of a city."""
        claims = self.atlas.commitments_of_city.get(city, ())
        known = [id for id in self.atlas.instruments if anchor == id or anchor.startswith(f"{id}-")]
        instrument = max(known, key=len, default=_DATE.sub("", anchor))
        periods = [one.anchor for one in claims if one.instrument == instrument]
        if not periods and anchor == instrument:
            return RetiredRow("commitment", f"{city}/{instrument}")
        new = [one for one in periods if f"/cities/{city}/#{one}" not in self.locked]
        return RetiredRow(
            "address", f"cities/{city}/#{anchor}", f"cities/{city}/#{new[0]}" if len(new) == 1 else ""
        )

    def _finding(self, row: RetiredRow, lost: Sequence[str], place: Place, today: date) -> Finding:
        successor = "" if row.kind == "city" else row.successor
        cells = [row.kind, row.id, *PLACEHOLDERS, successor, today.isoformat()]
        former, name = "", "renamed" if row.successor else "gone"
        if row.successor and row.kind == "city":
            former, name = ";".join((*self.atlas.cities[row.successor].former_ids, row.id)), "city"
        return finding(
            "E-LOST",
            f"several-{name}" if len(lost) > 1 else name,
            place,
            value=lost[0],
            others=len(lost) - 1,
            old=row.id,
            new=row.successor,
            former=former,
            # To be pasted, so it is never shortened.
            line=Word(csv_text(cells, end="")),
        )
