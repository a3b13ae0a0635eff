"""Redirects and tombstones at every address that was ever published, and the lists of what there is.

A build writes them last. It looks at the files that were made, not at what was meant to be made; so a kind
of page that is added, or forgotten, is noticed by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from ...changes.history.edition_report import Chronicle
from ...dataset.reading.load import shown_path
from ...errors import FindingsError, UsageError
from ...output_paths import below, copy_file, file_names, read_file, read_found, write_file
from ...views.pages.gone import gone_page, redirect_page
from ..blueprint import Edition
from ..jobs import Page, Scene
from ..sitemap import robots, sitemap
from . import url_lock
from .lost_urls import Check

_ID = re.compile(r'\sid="([^"]*)"')
_NOINDEX = b'<meta name="robots" content="noindex'
_HEAD = 4096
"""Bytes of a page in which that would stand."""


class Aftermath:
    """The last files of a build, made from what it has made."""

    def __init__(self, edition: Edition, output: Path, locked: Mapping[str, int]) -> None:
        """Look at what was made; ``locked`` are the addresses of the lock with their lines."""
        self.edition, self.output = edition, output
        self.scenes = tuple(edition.scenes.values())
        self.chronicle: Chronicle = getattr(self.scenes[0], "chronicle", Chronicle())
        self.lenses = tuple(scene.lens for scene in self.scenes)
        self.names = [*file_names(output)]
        self.made = frozenset(addresses_of(self.names))
        self.lost = Check(self.lenses, self.made, locked, lru_cache(maxsize=64)(self._ids))
        self.plan = self.lost.plan

    def check(self, path: str) -> None:
        """Raise FindingsError where an address of the lock, which is at ``path``, leads nowhere.

        So does an address of ``retired.csv`` that leads to nothing, or at which a page or file still stands.
        """
        if found := tuple(self.lost.findings(path, self.lenses[0].as_of)):
            raise FindingsError(found)

    def _ids(self, page: str) -> frozenset[str]:
        """Return the ids of the elements of a page."""
        name = f"{page.strip('/')}/index.html".lstrip("/")
        return frozenset(_ID.findall(read_file(self.output, name).decode("utf-8")))

    def files(self) -> Iterator[tuple[str, str]]:
        """Yield the path and text of every page and list that is left."""
        for path, redirect in sorted(self.plan.redirects.items()):
            scene = self.edition.scenes[redirect.lang]
            yield from self._page(scene, Page(redirect_page(scene.lens, path, redirect)))
        for path, gone in sorted(self.plan.gone.items()):
            scene = self.edition.scenes[gone.lang]
            yield from self._page(scene, Page(gone_page(scene.lens, path, gone, self.chronicle)))
        yield "_redirects", self._rules()
        yield from self._lists()

    def _page(self, scene: Scene, page: Page) -> Iterator[tuple[str, str]]:
        yield page.name, self.edition.page(scene, page)

    def _rules(self) -> str:
        """Return the redirects for hosts that read ``_redirects`` (Netlify, Cloudflare Pages)."""
        base = urlsplit(self.edition.siteurl).path
        moved = {old: one.to for old, one in self.plan.redirects.items()} | self.plan.copies
        return "".join(f"{base}/{old} {base}/{to} 301\n" for old, to in sorted(moved.items()))

    def _lists(self) -> Iterator[tuple[str, str]]:
        siteurl = self.edition.siteurl
        yield "robots.txt", robots(siteurl)
        if siteurl:
            pages = (one for one in self.made if one.endswith("/") or not one)
            yield from sitemap(sorted(filter(self._is_listed, pages)), siteurl)

    def _is_listed(self, page: str) -> bool:
        """Tell whether search engines may list a page: not, where it only repeats others."""
        return _NOINDEX not in read_found(self.output, f"{page}index.html", _HEAD)


def addresses_of(names: Iterable[str]) -> Iterator[str]:
    """Yield the addresses of the files of a site: pages end in a slash, the first one is empty."""
    for path in names:
        folder, slash, name = path.rpartition("/")
        if path.startswith("theme/"):
            continue
        if name == "index.html":
            yield folder + slash
        elif not name.startswith(".") and name != "404.html":
            yield path


def read_lock(path: Path) -> Mapping[str, int]:
    """Return the addresses of a lock with their lines; raises UsageError where there is none."""
    try:
        return url_lock.load(path)
    except FileNotFoundError:
        raise UsageError(
            f"{shown_path(path)}: missing; nothing is published without knowing what was published before "
            "(git checkout brings it back; for a first edition: atlas lock)"
        ) from None


def write_redirects(edition: Edition, output: Path, lock_path: Path | None) -> list[str]:
    """Write redirect and tombstone pages; return the names of all files that there are then.

    Raises FindingsError where the build has lost an address of the lock, and where ``retired.csv`` is wrong.
    """
    locked = read_lock(lock_path) if lock_path else {}
    after = Aftermath(edition, output, locked)
    after.check(shown_path(lock_path) if lock_path else "")
    known: set[str] = set()
    for name, text in after.files():
        write_file(output, name, text.encode("utf-8"), known=known)
        after.names.append(name)
    for name, there in sorted(after.plan.copies.items()):
        copy_file(output, name, below(output, there))
    return [*after.names, *after.plan.copies]
