"""How many bytes the interactive map takes, and how long until its first mark, in headless Chromium.

Run: ``python benchmarks/bench_map.py [--runs 5] [--cities 10000]``. It builds the site from today's
data, then puts made-up places (the same on every run) into the data and the list of the map, and
measures both. Brotli is measured where the package ``brotli`` is installed. Nothing is asserted: the
numbers are for people.
"""

from __future__ import annotations

import argparse
import functools
import gzip
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

REPOSITORY = Path(__file__).resolve().parent.parent
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'"
)
GROUPS = {
    "page of the map": ("map/index.html",),
    "Leaflet": ("theme/vendor/leaflet/leaflet.js", "theme/vendor/leaflet/leaflet.css"),
    "scripts of the map": (),  # filled in below
    "script by folium": ("maps/atlas.js",),
    "style of the map": ("theme/css/mapview.css",),
    "data: map.json": ("maps/data.json",),
    "words (en)": ("maps/words.en.json",),
    "land": ("maps/land.json",),
    "other continents, when there": ("maps/continents.json",),
    "finer coasts, when near": ("maps/coast.json",),
}
MODULES = (
    *("map/open", "map/map", "map/years", "map/choice", "map/data", "map/sheet", "map/plane", "map/labels"),
    *("map/card", "map/keys", "map/told", "map/touch", "map/slider", "map/list", "map/find"),
    *("shared/load", "shared/words", "shared/combobox"),
)

# Around these points, so that places are as uneven as real ones.
CENTRES = [(52.0, 19.5), (51.0, 10.0), (47.0, 2.5), (40.0, -4.0), (43.0, 12.0), (60.0, 15.0), (54.0, -2.0)]
CODES = ["PL", "DE", "FR", "ES", "IT", "SE", "GB"]

FIRST_MARK = """
window.firstMark = null;
const look = () => {
    if (document.querySelector(".live svg.map .dot")) { window.firstMark = performance.now(); return; }
    requestAnimationFrame(look);
};
requestAnimationFrame(look);
"""
FRAMES = """
window.frames_seen = [];
let last = performance.now();
const step = () => {
    const now = performance.now();
    window.frames_seen.push(now - last); last = now;
    requestAnimationFrame(step);
};
requestAnimationFrame(step);
"""
CHANGE = """
([name, key, value]) => new Promise(done => {
    const from = performance.now(), box = document.querySelector(name);
    box[key] = value;
    for (const kind of ["input", "change"]) box.dispatchEvent(new Event(kind, {bubbles: true}));
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - from)));
})
"""


class Handler(SimpleHTTPRequestHandler):
    """Serves a folder with the strict policy."""

    extensions_map = SimpleHTTPRequestHandler.extensions_map | {
        ".js": "text/javascript",
        ".geojson": "application/geo+json",
    }

    def end_headers(self) -> None:
        """Add the policy."""
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder; yield its address."""
    handler = functools.partial(Handler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as http:
        threading.Thread(target=http.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{http.server_address[1]}/"
        finally:  # a thread that still listens when its socket is closed turns for ever
            http.shutdown()


def made_up(data: dict[str, Any], number: int) -> dict[str, Any]:
    """Return the data of the map with ``number`` places in it, the same on every run."""
    chance = random.Random(20260101)
    places, commitments = (
        [list(row) for row in zip(*data[name]["columns"], strict=True)] for name in ("places", "commitments")
    )
    instruments = len(data["instruments"]["columns"][0])
    for n in range(number - len(places)):
        which = chance.randrange(len(CENTRES))
        lat, lon = (round(chance.gauss(middle, 2.2), 4) for middle in CENTRES[which])
        places.append([f"place-{n}", f"Place {n}", None, None, CODES[which], None, lat, lon, None, 30])
        for instrument in chance.sample(range(instruments), 1 + int(chance.expovariate(1.2)) % 6):
            since = str(chance.randint(1990, 2025)) if chance.random() < 0.45 else None
            commitments.append([len(places) - 1, instrument, 0, since, None, None])
    return {
        **data,
        "places": {**data["places"], "columns": list(zip(*places, strict=True))},
        "commitments": {**data["commitments"], "columns": list(zip(*commitments, strict=True))},
    }


def with_rows(html: str, data: dict[str, Any], known: int) -> str:
    """Return the page of the map with the made-up places in its list."""
    rows = "".join(
        f'<li><span class="who"><a href="../cities/{id}/">{name}</a></span> <span class="num">1</span></li>\n'
        for id, name in list(zip(*data["places"]["columns"][:2], strict=True))[known:]
    )
    group = (
        '<details data-country><summary><h3>More</h3> <span class="count"></span></summary>'
        f'<ul class="dense">{rows}</ul></details>'
    )
    end = html.rindex("</details>", html.index("data-list")) + len("</details>")
    return html[:end] + group + html[end:]


def sizes(folder: Path) -> Iterator[tuple[str, list[int]]]:
    """Yield the size of each group of files: raw, gzip and, where it is installed, brotli."""
    ways: list[Callable[[bytes], bytes]] = [bytes, lambda raw: gzip.compress(raw, 9)]
    try:
        import brotli

        ways.append(lambda raw: brotli.compress(raw, quality=11))
    except ImportError:
        pass
    groups = {**GROUPS, "scripts of the map": tuple(f"theme/js/{name}.js" for name in MODULES)}
    for name, files in groups.items():
        raw = [(folder / file).read_bytes() for file in files]
        yield name, [sum(len(way(one)) for one in raw) for way in ways]


def measured(browser: Browser, address: str, runs: int) -> dict[str, float]:
    """Return the medians of several fresh visits, in milliseconds."""
    found: dict[str, list[float]] = {}
    for _ in range(runs):
        with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
            page = context.new_page()
            page.add_init_script(FIRST_MARK)
            page.goto(address + "map/index.html")
            page.wait_for_selector("[data-map-ready]", state="attached", timeout=120_000)
            once(page, found)
    return {name: statistics.median(values) for name, values in found.items()}


def once(page: Page, found: dict[str, list[float]]) -> None:
    """Add the times of one visit."""
    page.wait_for_timeout(1500)

    def add(name: str, value: float) -> None:
        found.setdefault(name, []).append(value)

    add("first mark", page.evaluate("window.firstMark"))
    page.mouse.move(600, 450)
    page.evaluate(f"(() => {{ {FRAMES} }})()")
    page.mouse.down()
    for n in range(60):
        page.mouse.move(600 + 3 * n, 450 + n)
    page.mouse.up()
    page.wait_for_timeout(300)
    frames: list[float] = page.evaluate("window.frames_seen.slice(2)")
    add("frame while panning, median", statistics.median(frames))
    add("frame while panning, slowest", max(frames))
    add("choose a network", page.evaluate(CHANGE, ["select[name=i]", "value", "eccar"]))
    add("choose everything again", page.evaluate(CHANGE, ["select[name=i]", "value", ""]))
    add("choose a year", page.evaluate(CHANGE, ["[data-year]", "value", "2010"]))
    add("names on the map", page.locator(".live svg.map text").count())


def table(title: str, heads: list[str], rows: list[list[str]]) -> None:
    """Print a table."""
    widths = [max(len(row[n]) for row in [heads, *rows]) for n in range(len(heads))]
    print(f"\n{title}")
    for name, *numbers in [heads, *rows]:
        cells = (number.rjust(width) for number, width in zip(numbers, widths[1:], strict=True))
        print("  " + "  ".join((name.ljust(widths[0]), *cells)))


def main() -> int:
    """Build, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--cities", type=int, default=10_000)
    parser.add_argument("--site", type=Path, help="a site that is already built")
    options = parser.parse_args()
    path = subprocess.run(
        [sys.executable, "scripts/browser.py"], cwd=REPOSITORY, capture_output=True, text=True, check=True
    ).stdout.strip()
    with tempfile.TemporaryDirectory() as temporary:
        today = options.site or Path(temporary) / "today"
        if options.site is None:
            build = [sys.executable, "-m", "pelican", "-s", "publishconf.py", "-o", str(today)]
            subprocess.run(build, cwd=REPOSITORY, check=True, stdout=subprocess.DEVNULL)
        large = Path(temporary) / "large"
        shutil.copytree(
            today, large, ignore=lambda folder, _: [] if folder != str(today) else ["pl", "cities"]
        )
        data = json.loads((today / "maps/data.json").read_text("utf-8"))
        more = made_up(data, options.cities)
        text = json.dumps(more, ensure_ascii=False, separators=(",", ":"))
        (large / "maps/data.json").write_text(text, "utf-8")
        page = large / "map/index.html"
        page.write_text(with_rows(page.read_text("utf-8"), more, len(data["places"]["columns"][0])), "utf-8")

        numbers = [len(data["places"]["columns"][0]), len(more["places"]["columns"][0])]
        for folder, number in zip((today, large), numbers, strict=True):
            rows = [[name, *(f"{size:,}" for size in found)] for name, found in sizes(folder)]
            table(f"Bytes, {number:,} places", ["file", "raw", "gzip", "brotli"][: len(rows[0])], rows)
        flags = ["--no-sandbox"] if os.geteuid() == 0 else []
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=flags)
            times = []
            for folder in (today, large):
                with served(folder) as address:
                    times.append(measured(browser, address, options.runs))
            browser.close()
        table(
            f"Milliseconds, median of {options.runs} visits from this machine, nothing cached",
            ["what", *(f"{number:,} places" for number in numbers)],
            [[name, *(f"{one[name]:,.0f}" for one in times)] for name in times[0]],
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
