"""``urls.lock``: every address and every claim anchor that was ever published, one a line.

It only grows. An address is written from the root of the site: ``/cities/krakow/`` is a page,
``/cities/krakow/#eccar`` a claim on it, ``/data/cities.csv`` a file.
"""

from __future__ import annotations

from collections.abc import Iterable

LIST = "urls.txt"
"""The file of a built site that lists its addresses; ``atlas lock`` takes them from there."""

HEAD = (
    "# Every address and every claim anchor that was ever published. Lines are added by `make lock-urls`",
    "# and never removed: a build that no longer makes one of them is not published. See docs/permanence.md.",
)


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
