"""What a page weighs as a browser fetches it: every file that Chromium asks for, compressed as hosts do.

    python benchmarks/page_weight.py SITE [ADDRESS …]

SITE is a built site (`ATLAS_SITEURL=https://example.org/atlas make publish`). Text is compressed with Brotli
at its best (quality 11), which is what hosts of static files keep; fonts and pictures are compressed already.
Only what is fetched before a reader does anything counts, and how far the page jumps meanwhile (cumulative
layout shift). Ends with 1 where a page weighs more than its aim.
"""

from __future__ import annotations

import argparse
import functools
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from playwright._impl._driver import compute_driver_executable
from playwright.sync_api import Browser, Response, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

from browser import find  # noqa: E402  # a script beside this one, no package

BASE = "/atlas/"
"""The path of the site in its address, as it was built."""
AIMS: Mapping[str, tuple[float, float]] = {
    "": (50, 150),
    "cities/krakow/": (15, 60),
    "pl/miasta/krakow/": (15, 60),
    "cities/lodz/": (15, 60),
    "networks/eccar/": (50, 150),
}
"""By address: how many kB of HTML, and of everything."""

# The programme that drives the browser brings a Node along, and that a Brotli.
_COMPRESS = """
const zlib = require("zlib"), fs = require("fs");
const best = {params: {[zlib.constants.BROTLI_PARAM_QUALITY]: 11}};
process.stdout.write(String(zlib.brotliCompressSync(fs.readFileSync(0), best).length));
"""
SHIFT = """
window.shifted = 0;
new PerformanceObserver((list) => {
  for (const one of list.getEntries()) if (!one.hadRecentInput) window.shifted += one.value;
}).observe({ type: "layout-shift", buffered: true });
"""


class Fetched(NamedTuple):
    """One file as it was fetched."""

    address: str
    kind: str
    """What the browser wanted it for: document, stylesheet, script, font, image, fetch."""
    raw: int
    sent: int
    """Bytes, compressed."""


class Weight(NamedTuple):
    """What one page weighs."""

    files: tuple[Fetched, ...]
    shift: float
    blocking: int
    """How many stylesheets and scripts hold up the first picture."""

    def kind(self, kind: str) -> int:
        """Return the bytes of one kind of file."""
        return sum(one.sent for one in self.files if one.kind == kind)

    @property
    def total(self) -> int:
        """Return the bytes of everything."""
        return sum(one.sent for one in self.files)


def brotli(content: bytes) -> int:
    """Return how many bytes remain of a content that is compressed with Brotli."""
    node = compute_driver_executable()[0]
    done = subprocess.run([node, "-e", _COMPRESS], input=content, capture_output=True, check=True)
    return int(done.stdout)


@contextmanager
def served(site: Path) -> Iterator[str]:
    """Serve a built site below its path; yield the address."""

    class Handler(SimpleHTTPRequestHandler):
        def translate_path(self, path: str) -> str:
            return super().translate_path("/" + urlsplit(path).path.removeprefix(BASE))

        def log_message(self, format: str, *arguments: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=site)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{BASE}"
        finally:  # a thread that still listens when its socket is closed turns for ever
            server.shutdown()


def weigh(browser: Browser, address: str) -> Weight:
    """Return what a browser with an empty cache fetches for a page."""
    answers: list[Response] = []
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        context.add_init_script(SHIFT)
        page = context.new_page()
        page.set_default_timeout(300_000)
        page.on("response", lambda answer: answers.append(answer))
        page.goto(address, wait_until="networkidle")
        files = tuple(_fetched(one) for one in answers if one.url.startswith("http") and one.ok)
        blocking = page.evaluate(
            """() => [...document.head.querySelectorAll("link[rel=stylesheet], script[src]")].filter(
              (one) => one.localName === "link" ? one.media !== "print"
                : one.type !== "module" && !one.defer && !one.async).length"""
        )
        return Weight(files, page.evaluate("window.shifted"), blocking)


def _fetched(answer: Response) -> Fetched:
    content, kind = answer.body(), answer.request.resource_type
    packed = kind == "font" or answer.url.endswith((".png", ".woff2"))
    return Fetched(answer.url, kind, len(content), len(content) if packed else brotli(content))


def told(address: str, weight: Weight, *, files: bool) -> str:
    """Return one line on a page, and with ``files`` one on each of its files."""
    kinds = ("document", "stylesheet", "script", "font", "image")
    parts = "  ".join(f"{kind} {weight.kind(kind) / 1000:.1f}" for kind in kinds)
    line = f"/{address}: {weight.total / 1000:.1f} kB ({parts})"
    line += f", shift {weight.shift:.3f}, blocking {weight.blocking}"
    each = [f"    {one.sent:7} of {one.raw:7}  {urlsplit(one.address).path}" for one in weight.files]
    return "\n".join([line, *each] if files else [line])


def main() -> int:
    """Weigh the pages; return 1 where one weighs more than its aim."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("site", type=Path)
    parser.add_argument("address", nargs="*", default=list(AIMS))
    parser.add_argument("--files", action="store_true", help="list every file")
    options = parser.parse_args()
    heavy = []
    with served(options.site) as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=["--no-sandbox"])
        for address in options.address:
            weight = weigh(browser, base + address)
            print(told(address, weight, files=options.files), flush=True)
            html, everything = AIMS.get(address, (float("inf"),) * 2)
            if weight.kind("document") > html * 1000 or weight.total > everything * 1000:
                heavy.append(f"/{address}: aims are {html:g} kB of HTML and {everything:g} kB in all")
        browser.close()
    print("\n".join(heavy), file=sys.stderr)
    return 1 if heavy else 0


if __name__ == "__main__":
    sys.exit(main())
