"""How long and how heavy each kind of page is, as rows of the table in docs/readers.md.

    python benchmarks/page_length.py SITE [ADDRESS …]

SITE is a built site. Screens are of 360 x 740 and 1280 x 800 pixels, words those of ``main`` that are seen at
once; kilobytes of HTML and of all that is fetched are with Brotli. The layout shift is the larger of both
widths and depends on the faces of the machine. Last come the rules of axe that the page breaks. Nothing is
asserted: the numbers are for people.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from page_weight import SHIFT, find, served, weigh
from playwright.sync_api import Browser, sync_playwright

PAGES = (
    "./",
    "pl/",
    "map/",
    "pl/mapa/",
    "cities/krakow/",
    "pl/miasta/krakow/",
    "cities/tokke/",
    "networks/eccar/",
    "charters/cemr-charter/",
    "countries/pl/",
    "topics/anti-racism/",
    "actions/czestochowa-team-2019/",
    "sources/krakow-eccar-de/",
    "timeline/",
    "compare/?c=krakow,lodz,warszawa,gdansk,wroclaw",
    "search/?q=krakow",
    "changes/",
    "data/",
    "contribute/suggest/",
    "404.html",
    "embed/networks/eccar/",
    "cities/",
    "actions/",
    "sources/",
    "contradictions/",
)
SIZES = ((360, 740), (1280, 800))


def row(browser: Browser, address: str, name: str) -> str:
    """Return one page as a row of Markdown."""
    screens, words, shift, broken = [], 0, 0.0, set()
    for wide, high in SIZES:
        with browser.new_context(
            viewport={"width": wide, "height": high}, reduced_motion="reduce"
        ) as context:
            context.add_init_script(SHIFT)
            page = context.new_page()
            page.set_default_timeout(300_000)
            page.goto(address, wait_until="networkidle")
            screens.append(page.evaluate("document.documentElement.scrollHeight") / high)
            words = page.evaluate(
                "(document.querySelector('main') ?? document.body).innerText.split(/\\s+/).length"
            )
            shift = max(shift, page.evaluate("window.shifted"))
            broken |= {one["id"] for one in Axe().run(page).response["violations"]}
    weight = weigh(browser, address)
    html, everything = weight.kind("document") / 1000, weight.total / 1000
    cells = (
        *(f"{one:.1f}" for one in screens),
        f"{words:,}",
        f"{html:.1f}",
        f"{everything:.0f}",
        f"{shift:.3f}",
    )
    return " | ".join(("", name, *cells, ", ".join(sorted(broken)) or "0", "")).strip()


def main() -> None:
    """Print a row for each page."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("site", type=Path)
    parser.add_argument("address", nargs="*", default=PAGES)
    options = parser.parse_args()
    with served(options.site) as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=["--no-sandbox"])
        for address in options.address:
            print(row(browser, base + address, f"/{address}"), flush=True)
        browser.close()


if __name__ == "__main__":
    main()
