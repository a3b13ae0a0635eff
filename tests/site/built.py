"""The pages of a built site: what stands in them, where their links lead, and what html-validate says."""

from __future__ import annotations

import json
import posixpath
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

from tests.conftest import SITEURL

ROOT = Path(__file__).resolve().parents[2]

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


@dataclass
class Page(HTMLParser):
    """What the tests ask of one page."""

    path: str
    lang: str = ""
    kind: str = ""
    """The class of its body, which names its template."""
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
        if tag == "body":
            self.kind = values.get("class", "")
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


def read(site: Path, file: Path) -> Page:
    """Return what stands in a page."""
    page = Page(file.relative_to(site).as_posix())
    page.feed(file.read_text("utf-8"))
    page.close()
    return page


def html_faults(site: Path, files: Sequence[str], report: Path) -> list[str]:
    """Return what html-validate finds; its report is a file, since a pipe loses what does not fit."""
    command = [sys.executable, "scripts/npm.py", "exec", "--offline", "--no", "--", "html-validate"]
    done = subprocess.run(
        [*command, "--config", ".htmlvalidate.cjs", "--formatter", f"json={report}", *files],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert report.is_file(), done.stderr
    found = [
        f"{Path(file['filePath']).relative_to(site)}:{m['line']}:{m['column']}: {m['ruleId']}: {m['message']}"
        for file in json.loads(report.read_text("utf-8"))
        for m in file["messages"]
    ]
    assert found or done.returncode == 0, done.stderr
    return found
