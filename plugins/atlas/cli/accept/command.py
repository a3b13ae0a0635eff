"""``atlas accept``: an issue, or the text of the form, to city, source and claim in one transaction."""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path

from ...dataset.canonical.csv import with_row
from ...dataset.reading.load import Dataset, load
from ...dataset.write import read_if_there, write_files
from ...errors import UsageError
from ...findings import Listing, nearest, printable
from ...languages import gazetteer
from ...model.schema import LIST_SEPARATOR, list_entries, schema
from ...validate.context import Context
from ..check import today
from ..dialogue import Refused, Talk, on_terminal
from ..edit.answers import Judge
from ..edit.rows import ClaimRow, claim_rows, edited, write
from ..messages import SAID
from ..web import visit
from ..web.judge import asked
from .suggestion import Cells, FormSuggestion, read


@dataclass(slots=True)
class Rows:
    """The rows of a suggestion on their way into the files."""

    suggestion: FormSuggestion
    data_dir: Path
    judge: Judge
    talk: Talk
    contents: dict[str, bytes] = field(default_factory=dict)
    city: str = ""
    """The id of the city, once it is known."""
    told: list[str] = field(default_factory=list)
    """What changes, line by line, for whoever accepts it."""

    @property
    def data(self) -> Dataset:
        """Return the dataset as it is."""
        return self.judge.data

    def add(self) -> None:
        """Take the suggestion up. Raises Refused for what must be decided by a person first."""
        one = self.suggestion
        if one.record or not one.commitment:
            raise Refused(SAID.accept.in_words, record=one.record or "?", wrong=one.wrong)
        if one.instrument not in self.data.instruments:
            near = Listing(nearest(one.instrument, self.data.instruments))
            told = SAID.accept.near_instrument if near else SAID.accept.add_instrument
            raise Refused(told, id=one.instrument, near=near)
        commitment = dict(one.commitment)
        if one.city:
            commitment["city"] = self._city(one.city)
        self.city = commitment.get("city", "")
        if one.source:
            known = one.source.get("id", "")
            id_ = self._source(one.source)
            sources = [
                id_ if source == known else source for source in list_entries(commitment.get("sources", ""))
            ]
            commitment["sources"] = LIST_SEPARATOR.join(dict.fromkeys(sources))
        if one.before:
            self._correct(commitment, one.before)
        else:
            self._row("commitment", f"commitments/{one.instrument}.csv", commitment)

    def _city(self, cells: Cells) -> str:
        """Return the id of the city, which is added where the atlas does not have it yet."""
        name, country = cells.get("name", ""), cells.get("country", "")
        match = self.judge.matcher.match(name, country)
        if match.kind == "exact" and match.place:
            self.told.append(self.talk.say(SAID.accept.city_is_there, name=name, id=match.place.id))
            return match.place.id
        id_ = self.judge.free_id("city", cells.get("id", ""), country.lower())
        self._row("city", "cities.csv", {**self._looked_up(name, country), **cells, "id": id_})
        return id_

    def _looked_up(self, name: str, country: str) -> dict[str, str]:
        """Return what GeoNames knows of a place that alone has this name in its country."""
        try:
            found = gazetteer.look_up(name, country) if name and country else ()
        except gazetteer.NoGazetteer:
            self.talk.tell(SAID.accept.no_gazetteer_lookup)
            return {}
        return found[0].cells if len(found) == 1 else {}

    def _source(self, cells: Cells) -> str:
        """Return the id of the document, which is added where its address is not recorded."""
        url = cells.get("url", "")
        if row := self.judge.recorded_source(url):
            id_ = self.data.table("sources").get(row, "id")
            self.told.append(self.talk.say(SAID.accept.source_is_there, url=url, id=id_))
            return id_
        id_ = self.judge.free_id("source", cells.get("id", ""))
        self._row("source", "sources.csv", {**cells, "id": id_})
        return id_

    def _row(self, kind: str, name: str, cells: Cells) -> None:
        record = schema(self.data.languages)[kind]
        path, data = self.data.path(name), read_if_there(self.data_dir / name)
        self.contents[name], line = with_row(record, data, path, cells)
        self.told.append(f"{path}:{line}:")
        self.told += (f"  + {column}: {cells[column]}" for column in record.by_name if cells.get(column))

    def _correct(self, commitment: Cells, before: Cells) -> None:
        """Change the cells of a row that the correction changes, where they still say what was corrected."""
        row = self._recorded(before)
        changed = {
            column: commitment.get(column, "")
            for column in schema(self.data.languages)["commitment"].by_name
            if column not in ("city", "period") and commitment.get(column, "") != before.get(column, "")
        }
        moved = [column for column in changed if not _says(row.cell(column), before.get(column, ""))]
        if moved:
            cells = (
                {"column": each, "before": before.get(each, ""), "now": row.cell(each)} for each in moved
            )
            at = {"place": row.place, "name": row.name}
            raise Refused("\n".join(self.talk.say(SAID.accept.changed_since, **at, **each) for each in cells))
        if not changed:
            raise Refused(SAID.accept.nothing_different, place=row.place, name=row.name)
        edits = [(row.table, row.row, changed)]
        self.contents |= edited(self.data_dir, self.data, "commitment", edits)
        self.told.append(f"{row.place}: {row.name}")
        for column, value in changed.items():
            self.told += (f"  - {column}: {row.cell(column)}",) if row.cell(column) else ()
            self.told += (f"  + {column}: {value}",) if value else ()

    def _recorded(self, before: Cells) -> ClaimRow:
        """Return the row that is corrected. Raises Refused where it is there no more."""
        one = self.suggestion
        period = before.get("period", "")
        id_ = "/".join(filter(None, (before.get("city", ""), one.instrument, period)))
        for row in claim_rows(self.data):
            if row.name == id_:
                return row
        raise Refused(SAID.accept.row_gone, name=id_)


def _says(now: str, before: str) -> bool:
    """Tell whether a cell still says what it said; the order of a list says nothing."""
    return now.strip() == before.strip() or sorted(list_entries(now)) == sorted(list_entries(before))


INTERFACE = "https://api.github.com/repos/{repository}/issues/{number}"

_ADDRESS = re.compile(r"https://github\.com/([\w.-]+/[\w.-]+)/issues/(\d+)(?:[#?].*)?")
_NUMBER = re.compile(r"#?(\d+)")


def run(options: argparse.Namespace) -> int:
    """Write the rows and return 0, or 1 where something must be decided or mended first."""
    talk, dataset = Talk(options.lang), load(options.data)
    suggestion = read(_text(options.suggestion), dataset)
    rows = Rows(suggestion, options.data, Judge(Context(dataset, today())), talk)
    rows.add()
    print(*map(printable, rows.told), sep="\n")
    code = write(talk, options.data, rows.contents, dry_run=options.dry_run, asks=on_terminal())
    if code == 0:
        message = _message(rows, options.by or "")
        print(f"\n{message}", end="")
        if options.message:
            write_files({options.message: message.encode()})
    return code


def _text(suggestion: str) -> str:
    """Return the text of a suggestion. Raises UsageError where there is none."""
    if suggestion == "-":
        return sys.stdin.read()
    data = read_if_there(Path(suggestion))
    if data is not None:
        return data.decode("utf-8", "replace")
    address, number = _ADDRESS.fullmatch(suggestion), _NUMBER.fullmatch(suggestion)
    repository = address[1] if address else os.environ.get("GITHUB_REPOSITORY", "")
    if not (found := address or number):
        raise UsageError(SAID.accept.no_file_or_issue, name=suggestion)
    if not repository:
        raise UsageError(SAID.accept.which_repository, number=suggestion)
    interface = INTERFACE.format(repository=repository, number=found[found.lastindex or 0])
    answer, verdict = asked(visit.visitor(), interface)
    if answer is None:
        raise Refused("{address}: {reason}", address=interface, reason=verdict.reason)
    return json.dumps(answer)


def _message(rows: Rows, by: str) -> str:
    """Return the message of the commit: what it adds, who suggested it, and which issue it closes."""
    one, data = rows.suggestion, rows.data
    cities = data.table("cities")
    names = {id_: cities.get(row, "name") for row, id_ in cities.column("id")}
    city = names.get(rows.city) or one.city.get("name", rows.city)
    acronym = data.instruments[one.instrument].root.text("acronym") or one.instrument
    head = f"data: {city} in {acronym}{', corrected' if one.before else ''}"
    who = by or (f"@{one.login}" if one.login else one.commitment.get("verified_by", ""))
    lines = [_line(head), ""]
    if who:
        where = f" in {one.issue}" if one.issue else ""
        lines += [_line(f"Suggested by {who}{where}, with the form of the atlas."), ""]
    if one.number:
        lines.append(f"Closes #{one.number}")
    return "\n".join(lines).rstrip("\n") + "\n"


def _line(text: str) -> str:
    """Return contributed text as one line of a message, where it can neither begin another nor hide."""
    return printable(" ".join(text.split()))
