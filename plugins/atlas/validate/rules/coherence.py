"""Rules about what records say together: statuses, families, archives, contradictions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta

from ...dataset.reading.csv_table import Row, Table
from ...dataset.reading.yaml_tree import Document, Mapping, Scalar
from ...findings import N_, Finding, finding
from ...model.claim_ids import claim_parts, claim_record, disputed_claim
from ...model.grouping import grouped
from ...model.schema import Field
from .. import meant
from ..context import Context, partial
from ..values import id_problem
from ..values.urls import archive_problem, archived_on, url_problem
from .date_order import is_far, surely_past
from .retired import PAGES

CURRENT = frozenset(("member", "signatory", "applicant", "observer", "suspended"))
"""Statuses that hold today."""
_HOLDS = frozenset(("member", "signatory", "suspended"))
"""Statuses that cannot begin on a day to come."""
_FOLDERS = frozenset(("api", "calendars", "embed", "feeds", "pagefind", "schema", "share", "theme"))
"""Folders of a site that hold no pages of records."""
DATES = ("decided", "since", "until")
"""What a city that was checked and found not to be committed cannot have."""


def statuses(context: Context) -> Iterator[Finding]:
    """A status agrees with its dates: ``none`` is dated by ``verified``, a past ``until`` is ``former``."""
    began_on = context.records["commitment"].by_name["since"]
    for table in context.data.commitments.values():
        past = surely_past(context.values(table, began_on), context.today)
        for row, status, began, ended in context.rows(table, "status", "since", "until"):
            if status == "none":
                yield from _checked_and_not(table, row)
                continue
            over = not ended or (status not in CURRENT and surely_past({ended}, context.today))
            if over and (past or surely_past({began}, context.today)):
                continue
            since, until = partial(began), partial(ended)
            if is_far(began, context.today):
                since = None  # a slip of its own
            if until and status in CURRENT and until.latest < context.today:
                yield table.finding("E-STATUS", "until-passed", row, "status", until=str(until))
            if since and status in _HOLDS and since.first_day > context.today:
                yield table.finding("E-STATUS", "since-to-come", row, "status", since=str(since))
            if until and status == "former" and until.first_day > context.today:
                yield table.finding("E-STATUS", "until-to-come", row, "status", until=str(until))


def words_of_the_kind(context: Context) -> Iterator[Finding]:
    """One joins a network and signs a charter."""
    for instrument, table in context.data.commitments.items():
        charter = instrument in context.data.charters
        if charter == (instrument in context.data.networks):
            continue  # in neither folder, or in both, which other rules tell
        wrong, right, why = (
            ("member", "signatory", "signed") if charter else ("signatory", "member", "joined")
        )
        for row, status in context.rows(table, "status"):
            if status == wrong:
                yield table.finding("W-STATUS", why, row, "status", instrument=instrument, instead=right)


def _checked_and_not(table: Table, row: Row) -> Iterator[Finding]:
    if not table.get(row, "verified"):
        yield table.finding("E-STATUS", "unverified", row, "verified", value="none")
    for column in DATES:
        if table.get(row, column):
            yield table.finding("E-STATUS", "dated", row, column, value="none")


def families(context: Context) -> Iterator[Finding]:
    """The kind of an instrument fits the folder: one joins networks and signs charters."""
    kinds = context.codes.get("instrument_kinds", {})
    for record, document in context.documents():
        kind = document.root.scalar("kind")
        code = kinds.get(kind.text or "") if kind and record.name != "action" else None
        other = code.text("family") if code else None
        if kind and other in ("network", "charter") and other != record.name:
            yield kind.finding("E-FAMILY", "other-folder", folder=f"{other}s")


def words_of_families(context: Context) -> Iterator[Finding]:
    """A family has a free word of addresses, and kinds that are all joined or all signed."""
    kinds, taken = context.codes.get("instrument_kinds", {}), {*PAGES, *_FOLDERS, *context.data.languages}
    for id_, family in context.codes.get("families", {}).items():
        address, own = family.entries.get("address"), family.entries.get("kinds")
        words = address.entries.values() if isinstance(address, Mapping) else ()
        found = {one.text: one.place for one in words if isinstance(one, Scalar) and one.text}
        for word, place in found.items():
            if id_problem(word) or word in taken:
                yield finding("E-FAMILY", "word-taken", place, value=word)
        taken |= {*found}
        named = [kinds[one.text] for one in family.listed("kinds", Scalar) if one.text in kinds]
        if own is not None and len({kind.text("family") for kind in named}) > 1:
            yield finding("E-FAMILY", "joined-and-signed", own.place, value=id_)


def archives(context: Context) -> Iterator[Finding]:
    """An archived copy is a copy of the same page, made by today."""
    table = context.data.table("sources")
    for row, archived, url in context.rows(table, "archived", "url"):
        if archived and not url_problem(archived) and not (url and url_problem(url)):
            problem = archive_problem(archived, url)
            if problem:
                yield problem.at(table.place(row, "archived"), "archived", archived)
            elif (day := archived_on(archived)) and day > context.today + timedelta(days=1):
                today = context.today.isoformat()
                yield table.finding("E-FUTURE", "copy", row, "archived", today=today)


_RECORD_HINT = N_("type it like cities/krakow, instruments/eccar, counts/eccar or commitments/eccar:krakow")


def disputed_records(context: Context) -> Iterator[Finding]:
    """A contradiction names a record that exists."""
    table = context.data.table("contradictions")
    known = _record_names(context) if table.rows else set()
    for row, record in table.column("record"):
        if record and record not in known and not _unread(context, record):
            advice = meant.name(record, known, _RECORD_HINT)
            yield table.finding("E-REF", "no-record", row, "record", advice=advice)


def _record_names(context: Context) -> set[str]:
    named = {
        "cities": context.cities,
        "actions": context.actions,
        "instruments": context.instruments,
        "counts": context.instruments,
    }
    lost = (
        (city, of)
        for of, table in context.data.commitments.items()
        if table.lost
        for _, city in context.members(of)
    )
    names = {f"{word}/{id_}" for word, ids in named.items() for id_ in ids}
    names |= {claim_record(*claim_parts(id_)) for id_ in context.claims}
    return names | {claim_record(*claim) for claim in lost}


def _unread(context: Context, record: str) -> bool:
    """Tell whether the file that would hold a record could not be read."""
    kind, _, _ = record.partition("/")
    if kind == "commitments":
        city, instrument, _ = disputed_claim(record)
        return context.may_be_member(city, instrument)
    return kind == "cities" and context.unread("city")


def preferred_values(context: Context) -> Iterator[Finding]:
    """Of the values for one field exactly one is preferred, and there are at least two."""
    table = context.data.table("contradictions")
    groups = grouped(table.rows, lambda row: (table.get(row, "record"), table.get(row, "field")))
    for (record, column), rows in groups.items():
        ranks = [table.get(row, "rank") for row in rows]
        preferred = ranks.count("preferred")
        if not record or not set(ranks) <= {"preferred", "deprecated"}:
            continue
        if preferred != 1 or len(rows) < 2:
            fields = {"record": record, "column": column, "preferred": preferred, "count": len(rows)}
            yield table.finding("E-RANK", "preferred", rows[-1], "rank", **fields)


def preferred_in_data(context: Context) -> Iterator[Finding]:
    """The preferred value of a real column is the one that stands in the data."""
    table = context.data.table("contradictions")
    for row, rank, record, column, value in context.rows(table, "rank", "record", "field", "value"):
        if rank == "preferred":
            standing = _standing(context, record, column)
            if standing and value not in standing:
                fields = {"record": record, "column": column, "standing": tuple(standing)}
                yield table.finding("E-PREFERRED", "differs", row, "value", **fields)


def worded_values(context: Context) -> Iterator[Finding]:
    """What a contradiction says in words has a text in every language; its own words are in the first one."""
    table = context.data.table("contradictions")
    for row, record, column, value in context.rows(table, "record", "field", "value"):
        one = _column(context, record, column)
        worded = {"field": one is None, "value": _is_words(context, value, one)}
        for name in (name for name, words in worded.items() if words):
            texts = {lang: table.get(row, f"{name}_{lang}") for lang in context.data.languages}
            if table.get(row, name) not in texts.values():  # else it is quoted in that language
                for lang in tuple(texts)[1:]:
                    if not texts[lang]:
                        yield table.finding("W-LANGUAGE", "text", row, name, lang=lang)


def _column(context: Context, record: str, name: str) -> Field | None:
    """Return the column or key that a contradiction is about; None where its field is a few words."""
    kind = record.partition("/")[0]
    own = {"cities": ("city",), "actions": ("action",), "commitments": ("commitment",)}
    for fields in (context.records[each].by_name for each in own.get(kind, ("network", "charter"))):
        fields = {one.name: one for one in fields["counts"].fields} if kind == "counts" else fields
        if one := fields.get(name) or fields.get(re.split("[._]", name)[0]):
            return one
    return None


def _is_words(context: Context, value: str, one: Field | None) -> bool:
    """Tell whether a value is neither a number nor what its column holds."""
    if one is None or one.type in ("date", "integer"):
        return any(map(str.isalpha, value))  # no date and no number has letters
    return one.type == "code" and value not in context.codes.get(one.codes or "", {})


def _standing(context: Context, record: str, column: str) -> list[str]:
    """Return the values of a real column of a record; nothing where the field is free words."""
    kind, _, id_ = record.partition("/")
    if kind == "commitments":
        city, instrument, period = disputed_claim(record)
        return _cells(context.data.commitments.get(instrument), {"city": city, "period": period}, column)
    if kind == "cities":
        return _cells(context.data.table("cities"), {"id": id_}, column)
    documents = context.data.actions if kind == "actions" else context.data.instruments
    document = documents.get(id_)
    if document is None:
        return []
    if kind == "counts":
        return _counts(document) if column == "members" else []
    base, _, lang = column.rpartition("_")
    if lang in context.data.languages:
        node = document.root.entries.get(base)
        text = node.text(lang) if isinstance(node, Mapping) else None
    else:
        text = document.root.text(column)
    return [text] if text else []


def _cells(table: Table | None, keys: dict[str, str], column: str) -> list[str]:
    if table is None or column not in table.index:
        return []
    rows = (row for row in table.rows if all(table.get(row, key) == text for key, text in keys.items()))
    return _distinct(table.get(row, column) or "–" for row in rows)


def _counts(document: Document) -> list[str]:
    return _distinct(one.text("members") or "" for one in document.root.listed("counts", Mapping))


def _distinct(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(texts))
