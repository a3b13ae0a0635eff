"""The site of the real data: it builds, every record has its pages, and links lead somewhere.

What every page must be is tried on the sites of the small datasets (see ``test_site.py``). The build takes
more than a minute, so that this is a part of ``make proof``, which a job of its own runs for every change.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

import pytest
from tests.conftest import ROOT
from tests.site.built import html_faults, read, target

pytestmark = pytest.mark.proof

SECTIONS = {
    "cities": ("cities/{}", "pl/miasta/{}"),
    "networks": ("networks/{}", "pl/sieci/{}"),
    "charters": ("charters/{}", "pl/karty/{}"),
    "actions": ("actions/{}", "pl/dzialania/{}"),
    "sources": ("sources/{}", "pl/zrodla/{}"),
}


def ids(section: str) -> list[str]:
    """Return the ids of a section straight from the files, not through the atlas."""
    table = ROOT / "data" / f"{section}.csv"
    if table.is_file():
        with table.open(encoding="utf-8-sig", newline="") as lines:
            return [row["id"] for row in csv.DictReader(lines)]
    return sorted(path.stem for path in (ROOT / "data" / section).glob("*.yaml"))


@pytest.fixture(scope="module")
def largest(real_site: Path) -> list[Path]:
    """The largest page of every folder, where lists are the longest."""
    sized = sorted((file.stat().st_size, file) for file in real_site.rglob("*.html"))
    return sorted({file.parent.parent: file for _, file in sized}.values())


def test_every_record_has_a_page_in_both_languages(real_site: Path) -> None:
    missing = []
    for section, addresses in SECTIONS.items():
        known = ids(section)
        assert known
        pages = [f"{address.format(id)}/index.html" for id in known for address in addresses]
        missing += [page for page in pages if not (real_site / page).is_file()]
    assert missing == []


def test_links_and_anchors_of_the_largest_pages_lead_somewhere(real_site: Path, largest: list[Path]) -> None:
    @cache
    def anchors(path: str) -> frozenset[str]:
        # A list may lead to thousands of pages, for which a parser takes ten times as long.
        return frozenset(re.findall(r' id="([^"]+)"', (real_site / path).read_text("utf-8")))

    broken = []
    for page in (read(real_site, file) for file in largest):
        for address in dict.fromkeys(page.links + page.fetched):
            path, anchor = target(page.path, address) or (page.path, "")
            if path.startswith("pagefind/"):
                continue  # the index of the search, which this build leaves out
            if not (real_site / path).is_file():
                broken.append(f"{page.path}: {address}: no such file")
            elif anchor and path.endswith(".html") and anchor not in anchors(path):
                broken.append(f"{page.path}: {address}: no such anchor")
    assert broken == []


def test_html_validate_has_nothing_to_say_about_any_page(real_site: Path, tmp_path: Path) -> None:
    assert html_faults(real_site, [f"{real_site}/**/*.html"], tmp_path / "report.json")[:40] == []
