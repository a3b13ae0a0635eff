"""``atlas recheck``: the queue of claims to look at again, walked document by document."""

from __future__ import annotations

import argparse
import sys
import webbrowser
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from ..build.read_data import read_atlas
from ..dataset.reading.load import load
from ..findings import Finding, Place, printable
from ..model.records import Source
from ..model.schema import schema
from ..validate.values import value_problem
from ..views.analysis.recheck import RecheckDocument, recheck_documents
from ..views.freshness import OVER
from ..views.lens import Lens
from .check import today
from .dialogue import Talk, check_known
from .edit.rows import ClaimRow, Edit, claim_rows, edited, write
from .lenses import lenses
from .messages import SAID
from .verify import day_of

_KEYS = "sngukq"


def run(options: argparse.Namespace) -> int:
    """List the queue, or walk it and write what was answered; return 0, or 1 where that would be an error."""
    talk = Talk(options.lang)
    day = day_of(options.on)
    atlas = read_atlas(options.data, today())
    lens = lenses(atlas, today())[options.lang]
    check_known(SAID.recheck.source, options.sources, atlas.sources)
    check_known(SAID.recheck.instrument, options.instrument or (), atlas.instruments)
    claims = [
        one for one in atlas.commitments if not options.instrument or one.instrument in options.instrument
    ]
    queue = recheck_documents(lens, claims, options.months)
    if options.sources:
        queue = tuple(one for one in queue if one.source.id in options.sources)
    if options.list:
        sys.stdout.write(_text(queue, options.limit, talk))
        return 0
    return _Walk(options, talk, lens, day).run(queue)


def _text(queue: Sequence[RecheckDocument], limit: int, talk: Talk) -> str:
    lines = []
    for one in queue[:limit]:
        lines += [f"{talk.count(SAID.recheck.claim, len(one.claims))}: {_named(one.source)}"]
        lines += [f"  {printable(address)}" for address in (one.source.url, one.source.archived) if address]
        lines.append(f"  {' '.join(claim.key for claim in one.claims)}")
    rest = len(queue) - limit
    if rest > 0:
        lines.append(talk.say(SAID.recheck.more, count=rest))
    return "".join(f"{line}\n" for line in lines) or f"{talk.say(SAID.recheck.nothing)}\n"


def _named(source: Source) -> str:
    return printable(f"{source.id}: {', '.join(filter(None, (source.title, source.publisher)))}")


@dataclass(slots=True)
class _Answers:
    """What was answered of one document so far."""

    cells: list[dict[str, str]] = field(default_factory=list)
    """New cells claim by claim; none where it was skipped."""
    gone: bool = False
    stop: bool = False


class _Walk:
    """One sitting: from document to document until the queue or the person has enough."""

    def __init__(self, options: argparse.Namespace, talk: Talk, lens: Lens, day: date) -> None:
        """Take the options, and through what the claims are told."""
        self.options, self.talk, self.lens, self.day = options, talk, lens, day
        self.verified: set[str] = set()

    def run(self, queue: Sequence[RecheckDocument]) -> int:
        """Ask, document by document, and write each of them; return the exit code."""
        talk = self.talk
        if not queue:
            talk.tell(SAID.recheck.nothing)
            return 0
        talk.tell(SAID.recheck.legend)
        try:
            for number, one in enumerate(queue, 1):
                keys = [claim.key for claim in one.claims if claim.key not in self.verified]
                if not keys:
                    continue
                self._show(one, number, len(queue), len(keys))
                answers, code = self._document(one, keys)
                if code or answers.stop:
                    return code
            talk.tell(SAID.recheck.last)
        finally:
            talk.tell(SAID.recheck.written, done=talk.count(SAID.recheck.claim, len(self.verified)))
        return 0

    def _show(self, one: RecheckDocument, number: int, of: int, claims: int) -> None:
        source = one.source
        print(file=sys.stderr)
        self.talk.tell(
            SAID.recheck.progress,
            number=number,
            of=of,
            claims=self.talk.count(SAID.recheck.claim, claims),
            done=len(self.verified),
        )
        addresses = [address for address in (source.url, source.archived) if address]
        for line in (_named(source), *addresses):
            print(f"  {printable(line)}", file=sys.stderr)
        if self.options.open and addresses:
            webbrowser.open(addresses[-1] if source.gone else addresses[0])

    def _document(self, one: RecheckDocument, keys: Sequence[str]) -> tuple[_Answers, int]:
        """Ask of one document until what was answered can be written, and write it."""
        dataset = load(self.options.data)
        rows = {row.name: row for row in claim_rows(dataset)}
        statements = {claim.key: self.lens.statement(claim) for claim in one.claims}
        answers = _Answers()
        while True:
            try:
                self._ask(keys, rows, statements, answers)
            except KeyboardInterrupt:  # a hundred answers are not thrown away
                print(file=sys.stderr)
                answers.stop = True
            given = {key: cells for key, cells in zip(keys, answers.cells, strict=False) if cells}
            edits: list[Edit] = [(rows[key].table, rows[key].row, cells) for key, cells in given.items()]
            contents = edited(self.options.data, dataset, "commitment", edits)
            told = list(self._told(rows, given))
            if answers.gone:
                table = dataset.table("sources")
                row = next(row for row, id_ in table.column("id") if id_ == one.source.id)
                gone: list[Edit] = [(table, row, {"gone": self.day.isoformat()})]
                contents |= edited(self.options.data, dataset, "source", gone)
                found = self.talk.say(SAID.recheck.gone, day=self.day)
                told.append(f"{table.path}:{row.line}: {one.source.id}: {found}")
            if not contents:
                return answers, 0
            code = write(self.talk, self.options.data, contents)
            if code == 0:
                self.verified |= given.keys()
                print(*told, sep="\n")
                return answers, 0
            if answers.stop:
                return answers, code

    def _told(self, rows: dict[str, ClaimRow], given: dict[str, dict[str, str]]) -> Iterator[str]:
        for key, cells in given.items():
            told = rows[key].told(self.day, self.talk)
            if "until" in cells:
                until = cells["until"] or self.talk.say(SAID.recheck.unknown_day)
                told += self.talk.say(SAID.recheck.former_until, until=until)
            yield told

    def _ask(
        self, keys: Sequence[str], rows: dict[str, ClaimRow], statements: dict[str, str], answers: _Answers
    ) -> None:
        """Ask of each claim that is not answered yet; the last question is whether to write them."""
        talk, given = self.talk, answers.cells
        answers.gone = answers.stop = False
        while True:
            if len(given) >= len(keys):
                if not any(given) or not talk.key(talk.say(SAID.recheck.write_or_undo), "u"):
                    return
                given.pop()
                continue
            row = rows[keys[len(given)]]
            statement = printable(statements[row.name])
            pressed = talk.key(f"{len(given) + 1}/{len(keys)}  {statement} ({row.name}) > ", _KEYS)
            if pressed == "u":
                del given[-1:]
            elif pressed in ("g", "q"):
                answers.gone, answers.stop = pressed == "g", pressed == "q"
                return
            elif pressed == "s":
                given.append(row.verified(self.day, self.options.by))
            elif pressed == "n":
                given.append(self._ended(row))
            else:
                given.append({})

    def _ended(self, row: ClaimRow) -> dict[str, str]:
        """Return the cells of a claim that holds no longer; none where its status says that already."""
        if row.cell("status") in (*OVER, "none"):
            self.talk.tell(SAID.recheck.says_correct_row, place=row.place, status=row.cell("status"))
            return {}
        until = schema(())["commitment"].by_name["until"]

        def wrong(text: str) -> Finding | None:
            found = value_problem(text, until) if text else None
            return found.at(Place("until"), "until", text) if found else None

        day = self.talk.value(
            self.talk.say(SAID.recheck.since_when_no),
            default="",
            problem=wrong,
            help_=lambda: [until.help.get(self.talk.lang, until.help["en"])],
        )
        return row.verified(self.day, self.options.by) | {"status": "former", "until": day}
