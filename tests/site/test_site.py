"""The whole site, built for real: every page, every link, both languages, the same bytes every time."""

from __future__ import annotations

import csv
import json
import os
import posixpath
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from tests.elsewhere import contents, copied

from atlas.build import clock

SITEURL = "https://example.org/atlas"

# Elements and attributes that make a browser fetch something while it shows the page.
FETCHES = {
    ("audio", "src"), ("embed", "src"), ("iframe", "src"), ("image", "href"), ("img", "src"),
    ("img", "srcset"), ("input", "src"), ("object", "data"), ("script", "src"), ("source", "src"),
    ("source", "srcset"), ("track", "src"), ("use", "href"), ("video", "poster"), ("video", "src"),
}  # fmt: skip
FETCHING_LINKS = {
    "icon",
    "apple-touch-icon",
    "manifest",
    "modulepreload",
    "preload",
    "stylesheet",
    "mask-icon",
}
# Scripts of these types are data; nothing runs.
DATA = {"application/ld+json", "application/json"}
# Pages that stand for themselves, without a twin in the other language.
SINGLE = ("404.html",)


@dataclass
class Page(HTMLParser):
    """What the tests ask of one page."""

    path: str
    lang: str = ""
    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    fetched: list[str] = field(default_factory=list)
    inline: list[str] = field(default_factory=list)
    alternates: dict[str, str] = field(default_factory=dict)
    moved: bool = False
    """Whether it only leads to another page."""

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        rel = set(values.get("rel", "").lower().split())
        if tag == "html":
            self.lang = values.get("lang", "")
        if tag == "meta" and values.get("http-equiv") == "refresh":
            self.moved = True
            self.links.append(values["content"].partition("url=")[2])
        if "id" in values:
            self.ids.append(values["id"])
        if tag in ("a", "area", "form", "link"):
            self.links += [values[name] for name in ("href", "action") if name in values]
        self.fetched += [values[name] for name in values if (tag, name) in FETCHES]
        if tag == "link" and rel & FETCHING_LINKS:
            self.fetched.append(values["href"])
        if tag == "link" and "alternate" in rel and "hreflang" in values:
            self.alternates[values["hreflang"]] = values["href"]
        self.inline += [f"{tag} {name}" for name in values if name == "style" or name.startswith("on")]
        self.inline += [
            f"{tag} {name}" for name in values if values[name].strip().lower().startswith("javascript:")
        ]
        if tag == "style" or (tag == "script" and "src" not in values and values.get("type") not in DATA):
            self.inline.append(f"<{tag}>")


def target(page: str, address: str) -> tuple[str, str] | None:
    """Return the file and the anchor that an address on a page leads to; None for other sites."""
    rooted = urlsplit(SITEURL).path + "/"
    if address.startswith(rooted):  # 404.html is shown at any depth, so its links start at the root
        page, address = "index.html", address.removeprefix(rooted) or "./"
    if address.startswith(SITEURL):
        page, address = "index.html", address.removeprefix(SITEURL).lstrip("/") or "./"
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return None
    path = posixpath.join(posixpath.dirname(page), unquote(parts.path)) if parts.path else page
    is_folder = parts.path.endswith(("/", ".")) or not posixpath.basename(parts.path)
    path = posixpath.normpath(path)
    if parts.path and is_folder:
        path = posixpath.normpath(posixpath.join(path, "index.html"))
    return path, unquote(parts.fragment)


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, Page]:
    """Every page by its path."""
    found = {}
    for file in sorted(site.rglob("*.html")):
        page = Page(file.relative_to(site).as_posix())
        page.feed(file.read_text("utf-8"))
        page.close()
        found[page.path] = page
    assert found
    return found


def test_every_link_and_anchor_leads_somewhere(site: Path, pages: dict[str, Page]) -> None:
    broken = []
    for page in pages.values():
        for address in dict.fromkeys(page.links + page.fetched):
            to = target(page.path, address)
            if to is None:
                continue
            path, anchor = to
            if path not in pages and not (site / path).is_file():
                broken.append(f"{page.path}: {address}: no such file")
            elif anchor and path in pages and anchor not in pages[path].ids:
                broken.append(f"{page.path}: {address}: no such anchor")
    assert broken == []


def test_links_between_pages_are_relative(pages: dict[str, Page]) -> None:
    # 404.html answers at any depth: only there the way from the root is the right one.
    rooted = [
        f"{page.path}: {address}"
        for page in pages.values()
        if page.path not in SINGLE
        for address in page.links + page.fetched
        if address.startswith("/")
    ]
    assert rooted == []


def test_ids_are_unique_on_each_page(pages: dict[str, Page]) -> None:
    assert [page.path for page in pages.values() if len(page.ids) != len(set(page.ids))] == []


def test_pages_fetch_nothing_from_elsewhere(pages: dict[str, Page]) -> None:
    foreign = [
        f"{page.path}: {address}"
        for page in pages.values()
        for address in page.fetched
        if target(page.path, address.split()[0]) is None and not address.startswith("data:image/")
    ]
    assert foreign == []


def test_style_sheets_fetch_nothing_from_elsewhere_and_find_their_files(site: Path) -> None:
    wrong = []
    for file in site.rglob("*.css"):
        text = file.read_text("utf-8")
        for address in re.findall(r"""(?:url\(\s*|@import\s+)["']?([^"')\s;]+)""", text):
            if address.startswith(("data:", "#")):
                continue
            if urlsplit(address).scheme or address.startswith("/") or not (file.parent / address).is_file():
                wrong.append(f"{file.relative_to(site)}: {address}")
    assert wrong == []


def test_pages_have_no_inline_script_or_style(pages: dict[str, Page]) -> None:
    assert [f"{page.path}: {what}" for page in pages.values() for what in page.inline] == []


def test_every_page_has_its_twin_in_the_other_language(pages: dict[str, Page]) -> None:
    wrong = []
    for page in pages.values():
        if page.path in SINGLE or page.moved:
            continue
        lang = "pl" if page.path.startswith("pl/") else "en"
        if page.lang != lang:
            wrong.append(f"{page.path}: the language is {page.lang!r}")
        for other in {"en", "pl"} - {lang}:
            to = target(page.path, page.alternates.get(other, ""))
            twin = pages.get(to[0]) if to and other in page.alternates else None
            back = target(twin.path, twin.alternates.get(lang, "")) if twin else None
            if back is None or back[0] != page.path:
                wrong.append(f"{page.path}: no {other} page that points back")
    assert wrong == []


SECTIONS = {
    "cities": ("cities/{}", "pl/miasta/{}"),
    "networks": ("networks/{}", "pl/sieci/{}"),
    "charters": ("charters/{}", "pl/karty/{}"),
    "actions": ("actions/{}", "pl/dzialania/{}"),
    "sources": ("sources/{}", "pl/zrodla/{}"),
}


def ids(root: Path, section: str) -> list[str]:
    """Return the ids of a section straight from the files, not through the atlas."""
    table = root / "data" / f"{section}.csv"
    if table.is_file():
        with table.open(encoding="utf-8-sig", newline="") as lines:
            return [row["id"] for row in csv.DictReader(lines)]
    return sorted(path.stem for path in (root / "data" / section).glob("*.yaml"))


@pytest.mark.parametrize("section", SECTIONS)
def test_every_record_has_a_page_in_both_languages(root: Path, pages: dict[str, Page], section: str) -> None:
    known = ids(root, section)
    assert known
    for address in SECTIONS[section]:
        expected = {f"{address.format(id)}/index.html" for id in known}
        prefix = address.format("")
        found = {path for path in pages if path.startswith(prefix) and not pages[path].moved}
        found -= {f"{prefix}index.html"}
        assert found == expected


def sample(site: Path) -> list[Path]:
    """Return some pages of every folder: what a template does, the largest and the smallest show."""
    folders: dict[Path, list[Path]] = {}
    for file in site.rglob("*.html"):
        folders.setdefault(file.parent.parent, []).append(file)
    chosen: list[Path] = []
    for files in folders.values():
        files.sort(key=lambda file: (file.stat().st_size, file))
        chosen += {files[0], *files[-3:]}
    return sorted(chosen)


@pytest.mark.parametrize("whole", [False, pytest.param(True, marks=pytest.mark.proof)])
def test_html_validate_has_nothing_to_say(root: Path, site: Path, tmp_path: Path, whole: bool) -> None:
    report = tmp_path / "report.json"  # a pipe loses what does not fit into it when the program ends
    files = [f"{site}/**/*.html"] if whole else [str(file) for file in sample(site)]
    command = [sys.executable, "scripts/npm.py", "exec", "--offline", "--no", "--", "html-validate"]
    done = subprocess.run(
        [*command, "--config", ".htmlvalidate.cjs", "--formatter", f"json={report}", *files],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert report.is_file(), done.stderr
    told = [
        f"{Path(file['filePath']).relative_to(site)}:{m['line']}:{m['column']}: {m['ruleId']}: {m['message']}"
        for file in json.loads(report.read_text("utf-8"))
        for m in file["messages"]
    ]
    assert told[:40] == []
    assert done.returncode == 0


def test_another_machine_builds_the_same_bytes(
    root: Path, site: Path, builder: Callable[..., None], tmp_path: Path
) -> None:
    """Another folder, order of files, hash seed, time zone, language and umask change nothing."""
    copy = copied(root, tmp_path / "some other" / "folder")
    umask = os.umask(0o077)
    try:
        builder(
            copy / "output",
            root=copy,
            SOURCE_DATE_EPOCH=str(int(clock.build_time(root).timestamp())),
            PYTHONHASHSEED="42",
            TZ="Pacific/Kiritimati",
            LANG="C",
            LC_ALL="C",
            LANGUAGE="pl",
            COLUMNS="40",
        )
    finally:
        os.umask(umask)
    one, other = contents(site), contents(copy / "output")
    assert sorted(one) == sorted(other)
    assert [path for path in one if one[path] != other[path]] == []


def test_the_data_of_the_tests_builds(good_site: Path) -> None:
    assert (good_site / "index.html").is_file()
    assert (good_site / "pl/index.html").is_file()
