"""``atlas verify``: a person looked again, and the source still says so."""

from __future__ import annotations

import argparse
from collections.abc import Collection, Iterable
from datetime import date

from ..dataset.reading.load import Dataset, load
from ..errors import UsageError
from ..findings import Listing, nearest
from ..model.schema import LIST_SEPARATOR
from ..validate.context import partial
from .check import today
from .dialogue import Talk
from .edit.rows import ClaimRow, claim_rows, edited, write
from .messages import SAID

_LISTED = 5


def run(options: argparse.Namespace) -> int:
    """Write what was verified; return 0, or 1 where that would be an error."""
    talk = Talk(options.lang)
    dataset = load(options.data)
    day = day_of(options.on)
    claims, refused = _named(options.commitments, dataset, talk)
    if wrong := _unknown_source(options.source, dataset, talk):
        refused.append(wrong)
    elif not options.add:
        refused += (_rests_elsewhere(one, options.source, talk) for one in claims)
    refused += (
        talk.say(SAID.verify.verified_later, name=one.name, later=one.cell("verified"))
        for one in claims
        if (former := partial(one.cell("verified"))) and former.first_day > day
    )
    if refused := list(filter(None, refused)):
        raise UsageError("\n".join([*refused, talk.say(SAID.verify.nothing_written)]))
    edits = [(one.table, one.row, _cells(one, options.source, day, options.by)) for one in claims]
    code = write(talk, options.data, edited(options.data, dataset, "commitment", edits))
    if code == 0:
        told = (f"{one.told(day, talk)}; {_source_told(one, options.source, talk)}" for one in claims)
        print(*told, sep="\n")
    return code


def day_of(text: str | None) -> date:
    """Return the day that ``--on`` names, else today. Raises UsageError for one that is none or to come."""
    now = today()
    if text is None:
        return now
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:
        raise UsageError(SAID.verify.no_day, value=text, example=now)
    if day > now:
        raise UsageError(SAID.verify.future_day, value=text, today=now)
    return day


def _unknown_source(id_: str, dataset: Dataset, talk: Talk) -> str:
    """Return why the source cannot be named, or nothing where it is known."""
    known = {text for _, text in dataset.table("sources").column("id")}
    if id_ in known:
        return ""
    if near := nearest(id_, known):
        return talk.say(SAID.verify.near_source, id=id_, near=near)
    return talk.say(SAID.verify.add_source, id=id_)


def _named(names: Iterable[str], dataset: Dataset, talk: Talk) -> tuple[list[ClaimRow], list[str]]:
    """Return the claims of these names, each once, and why others cannot be found."""
    claims = list(claim_rows(dataset))
    found: dict[tuple[str, int], ClaimRow] = {}
    refused: list[str] = []
    for name in dict.fromkeys(names):
        matching = [one for one in claims if one.name == name] or [
            one for one in claims if one.name.startswith(f"{name}/") and name.count("/") == 1
        ]
        if len(matching) == 1:
            found.setdefault((matching[0].table.path, matching[0].row.line), matching[0])
        elif matching:
            listed = tuple(one.name for one in matching)
            refused.append(talk.say(SAID.verify.several_periods, name=name, listed=listed))
        else:
            refused.append(_unknown(name, claims, dataset, talk))
    return list(found.values()), refused


def _unknown(name: str, claims: Collection[ClaimRow], dataset: Dataset, talk: Talk) -> str:
    """Return why no commitment has this name, and which was perhaps meant."""
    city, slash, instrument = name.partition("/")
    known = any(city == text for _, text in dataset.table("cities").column("id"))
    if known and instrument in dataset.instruments:
        return talk.say(SAID.verify.no_row, city=city, instrument=instrument)
    names = {one.name for one in claims}
    if not slash:
        near = tuple(one.name for one in claims if one.cell("city") == city)[:_LISTED] or nearest(name, names)
        return talk.say(SAID.verify.no_commitment_id, name=name, near=near or "krakow/eccar")
    if near := nearest(name, names):
        return talk.say(SAID.verify.near_commitment, name=name, near=near)
    return talk.say(SAID.verify.no_commitment, name=name)


def _rests_elsewhere(claim: ClaimRow, source: str, talk: Talk) -> str:
    """Return that a claim does not rest on the source, or nothing where it does."""
    if source in claim.sources:
        return ""
    sources = Listing(claim.sources)
    return talk.say(
        SAID.verify.rests_elsewhere, place=claim.place, name=claim.name, sources=sources, source=source
    )


def _cells(claim: ClaimRow, source: str, day: date, by: str | None) -> dict[str, str]:
    cells = claim.verified(day, by)
    if source in claim.sources:
        return cells
    return cells | {"sources": LIST_SEPARATOR.join([*claim.sources, source])}


def _source_told(claim: ClaimRow, source: str, talk: Talk) -> str:
    return talk.say(
        SAID.verify.source_named if source in claim.sources else SAID.verify.source_added, id=source
    )
