"""``urls.lock``: every address and every claim anchor that was ever published, a page a line.

It only grows. A line is an address from the root of the site, and behind it the claims on the page:
``/cities/krakow/ #eccar #iash``, ``/data/cities.csv``. Two branches that add addresses are merged line by
line, so a page may stand on several lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from ...dataset.reading.load import shown_path
from ...errors import UsageError
from ...findings import N_

HEAD = (
    "# Every address and every claim anchor that was ever published. `atlas lock` adds new ones, and none is",
    "# removed: a build that no longer makes one of them is not published. See docs/permanence.md.",
)

_LINE = re.compile(r"/(?:[\w~%-]+/)*(?:[\w-]+(?:\.\w+)+)?(?:\s+#[\w~?%-]+)*")
"""The address of a page or a file, and the claims on the page."""
_MERGE = re.compile(r"<{7}|={7}|>{7}|\|{7}")
"""What git leaves where two changes met."""


def load(path: Path) -> dict[str, int]:
    """Return the addresses of a lock as ``read``; raises UsageError at the first line that is none."""
    data = path.read_bytes()
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = N_("{path}:{line}: not UTF-8; put the file back with: git checkout -- {path}")
        raise UsageError(message, path=shown_path(path), line=line) from None
    for number, written in enumerate(text.removeprefix("\ufeff").splitlines(), start=1):
        if not written.strip() or written.startswith("#") or _LINE.fullmatch(written.strip()):
            continue
        message = N_("{path}:{line}: not the address of a page or file of the site; delete the line")
        if _MERGE.match(written):
            message = N_(
                "{path}:{line}: two changes met here; delete the lines <<<<<<<, ======= and >>>>>>> alone"
            )
        raise UsageError(message, path=shown_path(path), line=number)
    return read(text)


def read(text: str) -> dict[str, int]:
    """Return the addresses of a lock with their lines; comments and empty lines are passed over."""
    found: dict[str, int] = {}
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), start=1):
        address, *claims = line.split() or [""]
        if address.startswith("/"):
            for one in (address, *(f"{address}{claim}" for claim in claims if claim.startswith("#"))):
                found.setdefault(one, number)
    return found


def write(addresses: Iterable[str]) -> str:
    """Return the text of a lock that holds ``addresses``, sorted."""
    pages: dict[str, list[str]] = {}
    for one in sorted(set(addresses)):
        page, mark, claim = one.partition("#")
        pages.setdefault(page, []).extend([f"{mark}{claim}"] if claim else [])
    lines = (" ".join((page, *claims)) for page, claims in sorted(pages.items()))
    return "".join(f"{line}\n" for line in (*HEAD, *lines))


def page_of(address: str) -> str:
    """Return the address of the page that a claim stands on."""
    return address.partition("#")[0]
