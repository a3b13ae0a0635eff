"""A whole site, built from the excerpt of the data: every page and link, both languages, the same bytes."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from tests.conftest import build_from
from tests.elsewhere import contents, copied
from tests.site.built import Page, html_faults, read, target

from atlas.build import clock

# Pages that stand for themselves, without a twin in the other language.
SINGLE = ("404.html", "pl/404.html")
FURTHER = re.compile(r"/(pages|strony)/\d+/index\.html$")
"""Where a long list continues: in another order, a page of the same number has other rows."""


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, Page]:
    """Every page by its path."""
    found = [read(site, file) for file in sorted(site.rglob("*.html"))]
    assert found
    return {page.path: page for page in found}


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
            if (
                urlsplit(address).scheme
                or address.startswith("/")
                or not (file.parent / urlsplit(address).path).is_file()
            ):
                wrong.append(f"{file.relative_to(site)}: {address}")
    assert wrong == []


def test_pages_have_no_inline_script_or_style(pages: dict[str, Page]) -> None:
    assert [f"{page.path}: {what}" for page in pages.values() for what in page.inline] == []


def test_every_page_has_its_twin_in_the_other_language(pages: dict[str, Page]) -> None:
    wrong = []
    for page in pages.values():
        if page.path in SINGLE or page.moved or FURTHER.search(page.path):
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


def largest(site: Path, pages: Mapping[str, Page]) -> list[str]:
    """Return the largest page of every template in both languages."""
    ordered = sorted(pages.values(), key=lambda page: ((site / page.path).stat().st_size, page.path))
    chosen = {(page.kind, page.moved, page.lang): str(site / page.path) for page in ordered}
    assert len(chosen) > 50
    return sorted(chosen.values())


@pytest.mark.parametrize("whole", [False, pytest.param(True, marks=pytest.mark.proof)])
def test_html_validate_has_nothing_to_say(
    site: Path, pages: Mapping[str, Page], tmp_path: Path, whole: bool
) -> None:
    files = [f"{site}/**/*.html"] if whole else largest(site, pages)
    assert html_faults(site, files, tmp_path / "report.json")[:40] == []


def test_another_machine_builds_the_same_bytes(root: Path, good_site: Path, tmp_path: Path) -> None:
    """Another folder, order of files, hash seed, time zone, language and umask change nothing."""
    copy = copied(root, tmp_path / "some other" / "folder")
    umask = os.umask(0o077)
    try:
        build_from(
            copy / "tests/data/good",
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
    one, other = contents(good_site), contents(copy / "output")
    assert sorted(one) == sorted(other)
    assert [path for path in one if one[path] != other[path]] == []


def test_the_data_of_the_tests_builds(good_site: Path) -> None:
    assert (good_site / "index.html").is_file()
    assert (good_site / "pl/index.html").is_file()
