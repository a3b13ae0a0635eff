"""``urls.lock``: every address and every claim anchor that was ever published, one a line.

It only grows. An address is written from the root of the site: ``/cities/krakow/`` is a page,
``/cities/krakow/#eccar`` a claim on it, ``/data/cities.csv`` a file.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ...dataset.reading.load import shown_path
from ...errors import UsageError
from ...findings import N_

LIST = "urls.txt"
"""The file of a built site that lists its addresses; ``atlas lock`` takes them from there."""

HEAD = (
    "# Every address and every claim anchor that was ever published. Lines are added by `make lock-urls`",
    "# and never removed: a build that no longer makes one of them is not published. See docs/permanence.md.",
)


def load(path: Path) -> dict[str, int]:
    """Return the addresses of a lock as ``read``; raises UsageError where it is no UTF-8."""
    data = path.read_bytes()
    try:
        return read(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = N_("{path}:{line}: not UTF-8; put the file back with: git checkout -- {path}")
        raise UsageError(message, path=shown_path(path), line=line) from None


def read(text: str) -> dict[str, int]:
    """Return the addresses of a lock with their lines; comments and empty lines are passed over."""
    found: dict[str, int] = {}
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), start=1):
        if (address := line.strip()).startswith("/"):
            found.setdefault(address, number)
    return found


def write(addresses: Iterable[str]) -> str:
    """Return the text of a lock that holds ``addresses``, sorted."""
    return "".join(f"{line}\n" for line in (*HEAD, *sorted(set(addresses))))


def page_of(address: str) -> str:
    """Return the address of the page that a claim stands on."""
    return address.partition("#")[0]
