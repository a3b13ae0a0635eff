"""``atlas accept``: an issue, or the text of the form, to city, source and claim in one transaction."""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from pathlib import Path

from ...dataset.reading.load import load
from ...dataset.write import read_if_there, write_files
from ...errors import UsageError
from ...findings import N_, printable
from ...validate.context import Context
from ..check import today
from ..dialogue import Refused, Talk, on_terminal
from ..edit.answers import Judge
from ..edit.write_records import finish, tried
from ..web import visit
from ..web.interface import asked
from .rows import Rows
from .suggestion import read

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
    done = tried(options.data, rows.contents, today())
    code = finish(talk, options.data, done, dry_run=options.dry_run, asks=on_terminal())
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
        raise UsageError(N_("{name}: no such file, and no issue"), name=suggestion)
    if not repository:
        raise UsageError(N_("issue {number}: of which repository? Give its whole address"), number=suggestion)
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
