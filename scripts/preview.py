"""Build the site and keep the pages that a change touches, small and with links that open from a disk.

``python -m scripts.preview REV`` compares with a git revision and writes ``build/preview/``.
"""

from __future__ import annotations

import argparse
import html
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SITE, PREVIEW = ROOT / "build/preview-site", ROOT / "build/preview"
PAGES_SHOWN = 200
"""Pages that are kept; a change that touches more is looked at in the comment."""
_PATH = re.compile(r"(?:[a-z0-9-]+/)*")
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)


def changed_pages(difference: str) -> list[str]:
    """Return the paths of the pages on which the JSON of ``atlas diff`` says that something changed."""
    pages = {
        address.partition("#")[0].strip("/")
        for change in json.loads(difference)["changes"]
        for addresses in change["pages"].values()
        for address in addresses
    }
    return [f"{page}/" if page else "" for page in sorted(pages)][:PAGES_SHOWN]


def keep(pages: Iterable[str], site: Path, out: Path) -> int:
    """Copy pages of a built site, what they are drawn with, and a list of them; return how many there are."""
    shutil.rmtree(out, ignore_errors=True)
    shutil.copytree(site / "theme", out / "theme")
    listed = []
    for page in pages:
        file = site / page / "index.html"
        if not _PATH.fullmatch(page) or not file.is_file():
            continue
        (out / page).mkdir(parents=True, exist_ok=True)
        # The home page gives its place to the list.
        name = f"{page}index.html" if page else "home.html"
        shutil.copyfile(file, out / name)
        title = _TITLE.search(file.read_text("utf-8"))
        listed.append(
            f'<li><a href="{name}">{title.group(1).strip() if title else html.escape(name)}</a></li>'
        )
    text = "<p>Only pages that change are here; links to others lead nowhere.</p>"
    whole = f'<!doctype html>\n<meta charset="utf-8">\n<title>Preview</title>\n{text}\n<ul>\n'
    (out / "index.html").write_text(whole + "\n".join(listed) + "\n</ul>\n", "utf-8")
    return len(listed)


def main(arguments: list[str]) -> int:
    """Build, keep what changed, and say how much that is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("revision")
    options = parser.parse_args(arguments)
    atlas = ["-c", "import sys; from atlas.cli.main import main; sys.exit(main(sys.argv[1:]))"]
    difference = subprocess.run(
        [sys.executable, *atlas, "diff", options.revision, "--format", "json"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    build = [sys.executable, "-m", "pelican", "-s", "pelicanconf.py", "-o", str(SITE)]
    subprocess.run([*build, "-e", "ATLAS_INDEX_LINKS=true"], cwd=ROOT, check=True)
    print(f"{keep(changed_pages(difference), SITE, PREVIEW)} pages in {PREVIEW.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
