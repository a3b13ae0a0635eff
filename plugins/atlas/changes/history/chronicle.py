"""The history of the data from git, edition by edition, told in every language.

Reading and comparing an edition takes a quarter of a second, and what it says never changes while the code
that says it stays the same: it is kept in a folder, by the data, both commits and the code. At most two
editions are in memory at once.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import babel

from ...cache.disk_cache import DiskCache, version
from ...dataset.history import git as history
from ...dataset.history.edition_name import edition_name
from ...dataset.history.git import Step
from ...errors import AtlasError
from ...languages.addresses import Addresses
from ...languages.language import Language
from ..comparison.change import Editions
from .edition import EditionData, edition
from .edition_report import (
    Chronicle,
    EditionReport,
    all_concerns,
    as_json,
    describe_edition,
    from_json,
    record_counts,
)

log = logging.getLogger(__name__)

_CODE = Path(__file__).parents[2]


def chronicle(data_dir: Path, languages: Sequence[Language], kept: Path) -> Chronicle:
    """Return the history of the data, the newest edition first.

    An edition is the last commit of a day (UTC) that touched the data. ``kept`` is the folder
    in which finished editions wait for the next build; it may be deleted at any time. Where the
    history is missing or cut off, the log and the chronicle say so; nothing is raised.
    """
    days = _by_day(history.steps(data_dir))
    if not days:
        log.warning("no git history of %s here: the pages of changes say so and stay empty", data_dir)
        return Chronicle()
    shallow = history.is_shallow(data_dir)
    if shallow:
        log.warning(
            "this clone is shallow: changes before %s are not told; git fetch --unshallow brings them",
            days[0][0],
        )
    told = tuple(_Teller(data_dir, languages, kept).describe(days, begins=not shallow))
    return Chronicle(
        editions=told[::-1], gap="shallow" if shallow else None, known_from=days[0][0] if shallow else None
    )


def _by_day(steps: Sequence[Step]) -> list[tuple[date, Step]]:
    """Return the last commit of each day, the oldest first; a clock that went back does not count."""
    last: dict[date, Step] = {}
    newest = date.min
    for one in steps:
        newest = max(newest, one.time.date())
        last[newest] = one
    return list(last.items())


class _Teller:
    """Tells one edition after the other, from the folder where it can."""

    def __init__(self, data_dir: Path, languages: Sequence[Language], kept: Path) -> None:
        self.data_dir = data_dir
        self.languages = languages
        self.addresses = Addresses(languages)
        self.kept = DiskCache(kept, "editions", _fingerprint([language.code for language in languages]))
        self.days: dict[str, date] = {}
        self._read: EditionData | None = None

    def describe(self, days: Sequence[tuple[date, Step]], *, begins: bool) -> Iterator[EditionReport]:
        """Yield the editions of some days; without ``begins`` the first day is only compared with."""
        self.days = {step.commit: day for day, step in days}
        former = ""
        for number, (day, step) in enumerate(days):
            if number == 0 and not begins:
                former = step.commit
                continue
            told = self.kept.find(self._key(step, former))
            said = {"day": day, "time": step.time, "commit": step.commit, "former": former}
            # Read from JSON the first time as well, so that the next build finds just the same.
            one = from_json(self._work_out(day, step, former) if told is None else told, said)
            # Else only its bytes are others.
            if one.changes or one.record_counts is not None or not one.readable:
                yield one
            if one.readable:
                former = step.commit

    def _work_out(self, day: date, step: Step, former: str) -> str:
        name = edition_name(day, history.edition_files(self.data_dir, step.commit))
        told = EditionReport(day=day, time=step.time, commit=step.commit, name=name, former=former)
        try:
            before = self._edition(former) if former else None
            after = self._edition(step.commit)
        except AtlasError as error:
            log.warning("the edition of %s cannot be told: %s", day, error)
            return as_json(replace(told, readable=False))
        if before is None:
            told = replace(
                told, record_counts=record_counts(after.atlas), begins_with=all_concerns(after.atlas)
            )
        else:
            days, left_out = Editions(before.day, after.day), before.left_out | after.left_out
            changes = describe_edition(
                before.atlas, after.atlas, days, left_out, self.languages, self.addresses
            )
            told = replace(told, changes=changes, left_out=len(left_out))
        self.kept.keep(self._key(step, former), content := as_json(told))
        return content

    def _key(self, step: Step, former: str) -> str:
        # One commit may touch the data of several atlases, which may have one cache.
        return f"{self.data_dir.resolve()} {former} {step.commit}"

    def _edition(self, commit: str) -> EditionData:
        if self._read is None or self._read.commit != commit:
            self._read = edition(self.data_dir, commit, self.days[commit])
        return self._read


def _fingerprint(languages: Sequence[str]) -> str:
    """Return a name for the code, its words, the catalogues and the languages in which changes are told."""
    suffixes = ("py", "po", "toml", "yaml")
    code = sorted(path for suffix in suffixes for path in _CODE.rglob(f"*.{suffix}"))
    return version(code, babel.__version__, *languages)
