"""``atlas lock``: take new addresses into ``urls.lock``, worked out from the data; tell which are lost."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from ..build.read_data import read_atlas
from ..dataset.history import git as history
from ..dataset.reading.load import load, shown_path
from ..dataset.write import write_files
from ..findings import Finding, as_text
from ..site.about_file import read_about
from ..site.permanence import url_lock as lock
from ..site.permanence.addresses_from_data import addresses, anchors, claims
from ..site.permanence.lost_urls import Check
from ..views.lens import Lens
from .check import today
from .dialogue import Talk
from .lenses import lenses
from .messages import SAID

_SECTION = re.compile(r"^Section:[ \t]*(\S+)", re.MULTILINE)


def run(options: argparse.Namespace) -> int:
    """Add what is new, or with --check tell what is lost or was removed; return 0 or 1."""
    known = lock.load(options.lock) if options.lock.is_file() else {}
    published, lost = _built(options, known)
    if lost:
        print(as_text(lost, Talk(options.lang).t), end="")
        return 1
    new = published - known.keys()
    if not options.check:
        if new:
            write_files({options.lock: lock.write(known.keys() | published).encode()})
        _tell(options, SAID.lock.added, new)
        return 0
    gone = sorted(_former(options.lock, options.base or history.HEAD) - known.keys())
    if gone:
        _tell(options, SAID.lock.removed_since, gone)
        print("\n".join(gone))
        return 1
    _tell(options, SAID.lock.nothing_lost, known)
    return 0


def _built(
    options: argparse.Namespace, known: Mapping[str, int]
) -> tuple[frozenset[str], tuple[Finding, ...]]:
    """Return the addresses that the data has, as the lock writes them, and what is lost of those known."""
    day = today()
    atlas = read_atlas(options.data, day)
    settings = options.content.with_name("atlas.yaml")
    codes = read_about(settings).languages if settings.is_file() else load(options.data).languages
    written = {code: tuple(_written(options.content, code)) for code in codes}
    spoken = tuple(lenses(atlas, day, codes).values())
    return compared(spoken, options.data, written, known, shown_path(options.lock))


def compared(
    spoken: Sequence[Lens],
    data: Path,
    written: Mapping[str, Iterable[str]],
    known: Mapping[str, int],
    path: str,
) -> tuple[frozenset[str], tuple[Finding, ...]]:
    """Return the addresses that an atlas has, and what is lost of the ``known`` ones in ``path``."""
    made = frozenset(addresses(spoken, data, written))
    held = anchors(spoken)
    check = Check(spoken, made, known, lambda page: held.get(page, frozenset()))
    lost = tuple(check.findings(path, spoken[0].as_of))
    published = {f"/{address}" for address in made} | {f"/{page}#{anchor}" for page, anchor in claims(spoken)}
    return frozenset(published), lost


def _written(content: Path, code: str) -> Iterator[str]:
    """Yield the sections that have a text of their own in a language."""
    for path in sorted((content / "pages" / code).glob("*.md")):
        if found := _SECTION.search(path.read_text("utf-8").split("\n\n")[0]):
            yield found[1]


def _tell(options: argparse.Namespace, message: str, addresses: Iterable[str]) -> None:
    talk = Talk(options.lang)
    number = talk.count(SAID.lock.address, len(set(addresses)))
    print(talk.say(message, path=options.lock, number=number, base=options.base or history.HEAD))


def _former(path: Path, base: str) -> frozenset[str]:
    """Return the addresses of the lock at a revision; none without a history, or before it was there."""
    name = path.absolute()
    text = history.ask(name.parent, "show", f"{base}:./{name.name}") if name.parent.is_dir() else None
    return frozenset(lock.read(text.decode("utf-8", "replace"))) if text else frozenset()
