"""Quotas of hosts: known in one table, told when a site is near them."""

from __future__ import annotations

import re
from pathlib import Path

from atlas.build.folder_swap import MARKER_TEXT, Settled, Staging
from atlas.build.host_limits import QUOTAS, Quota, warnings

ROOT = Path(__file__).resolve().parents[2]


def test_a_site_is_measured(tmp_path: Path) -> None:
    version = Staging(tmp_path / "output")
    version.open()
    (version.site / "a").mkdir()
    (version.site / "a/index.html").write_text("four")
    (version.site / "b.txt").write_text("s" * 1000)
    marker = len(MARKER_TEXT)
    assert version.settle() == Settled(3, 3, 0, Quota(files=3, size=1004 + marker, largest=1000))
    version.close()


def test_what_is_near_or_over_a_quota_is_told_and_nothing_else() -> None:
    assert list(warnings(Quota(12_085, 234_000_000, 12_000_000))) == []
    assert list(warnings(Quota(18_000, 1_200_000_000, 30_000_000))) == [
        "GitHub Pages takes 1,000,000,000 bytes; this site has 1,200,000,000",
        "Cloudflare Pages takes 20,000 files; this site has 18,000",
        "Cloudflare Pages takes 26,214,400 bytes a file; the largest here has 30,000,000",
    ]


def test_the_documentation_has_the_same_quotas() -> None:
    text = (ROOT / "docs/hosting.md").read_text("utf-8")
    rows = dict(re.findall(r"^\| (\w+ Pages) \| (.*) \|$", text, re.MULTILINE))
    assert rows == {
        "GitHub Pages": "any number | 1 GB | any size",
        "Cloudflare Pages": "20,000 | any size | 25 MB",
    }
    assert rows.keys() == QUOTAS.keys()
