"""On which day each record of the data last changed, from one look at the whole history.

Nothing is said where the history is not there or not whole: the first commit of a shallow clone seems to
add everything, which would be an invented day. Rows that are only moved have not changed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path, PurePosixPath

from .git import ask

_COMMIT = b"\0commit "
_NAME = re.compile(rb"(?:---|\+\+\+) (?:[ab]/)?(.*?)\t?$")


def last_changes(folder: Path) -> Mapping[str, date]:
    """Return the day, in UTC, of the last commit that changed each file and each row below ``folder``.

    A file is named by its path there (``actions/lodz-team.yaml``), a row by file and first cell
    (``cities.csv krakow``). Empty without a history, or where it is not whole.
    """
    shallow = ask(folder, "rev-parse", "--is-shallow-repository")
    if shallow is None or shallow.strip() != b"false":
        return {}
    patch = ask(
        folder,
        *("-c", "core.quotePath=false", "log", "--no-renames", "--relative", "--format=%x00commit %ct"),
        *("--patch", "--unified=0", "--no-color", "--no-ext-diff", "--no-textconv", "--text", "--", "."),
    )
    found: dict[str, date] = {}
    for commit in (patch or b"").split(_COMMIT)[1:]:
        stamp, _, rest = commit.partition(b"\n")
        day = datetime.fromtimestamp(int(stamp), UTC).date()
        for name in _changed(rest):
            found[name] = max(day, found.get(name, day))
    return found


def _changed(patch: bytes) -> Iterator[str]:
    """Yield the files that a patch changes, and the rows of tables."""
    for part in (
        patch.split(b"\ndiff --git ")[1:] if patch.startswith(b"\n") else patch.split(b"diff --git ")[1:]
    ):
        head, _, hunks = part.partition(b"\n@@ ")
        names = [match[1] for line in head.split(b"\n") if (match := _NAME.match(line))]
        file = next((name for name in reversed(names) if name != b"/dev/null"), b"").decode(
            "utf-8", "replace"
        )
        if not file or not hunks:
            continue
        yield file
        if PurePosixPath(file).suffix == ".csv":
            yield from (f"{file} {row}" for row in _rows(hunks))


def _rows(hunks: bytes) -> set[str]:
    """Return the first cells of the lines that were added or deleted, and not only moved."""
    lines: Counter[bytes] = Counter()
    for line in hunks.split(b"\n")[1:]:  # the first one is the rest of the head of the hunk
        if line[:1] in (b"+", b"-"):
            lines[line[1:].rstrip(b"\r")] += 1 if line[:1] == b"+" else -1
    return {line.partition(b",")[0].decode("utf-8", "replace") for line, number in lines.items() if number}
