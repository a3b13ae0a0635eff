"""Quotas of static hosts: how many files and bytes they take, told while there is still room."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

NEAR = 0.9
"""From this share of a quota on it is told."""


class Quota(NamedTuple):
    """What a host takes; None is as much as one likes."""

    files: int | None = None
    size: int | None = None
    """Bytes of the whole site."""
    largest: int | None = None
    """Bytes of one file."""


QUOTAS = {
    "GitHub Pages": Quota(size=1_000_000_000),
    "Cloudflare Pages": Quota(files=20_000, largest=25 * 2**20),
}
"""By host, as docs/hosting.md has them."""


def warnings(site: Quota) -> Iterator[str]:
    """Yield a sentence for each quota that a site is near, or over."""
    words = {
        "files": "{host} takes {quota:,} files; this site has {number:,}",
        "size": "{host} takes {quota:,} bytes; this site has {number:,}",
        "largest": "{host} takes {quota:,} bytes a file; the largest here has {number:,}",
    }
    for host, quotas in QUOTAS.items():
        for name, quota in quotas._asdict().items():
            number = getattr(site, name)
            if quota is not None and number >= NEAR * quota:
                yield words[name].format(host=host, quota=quota, number=number)
