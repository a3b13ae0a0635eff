"""Make the pictures of README.md and CONTRIBUTING.md: home, the form, a change in the browser, the check.

``python scripts/pictures.py OUTPUT`` takes home and the form from the site built in ``OUTPUT`` and the check
from a run of ``atlas check`` over a copy of the data with two mistakes in it.
The change in the browser is a drawing: every code host looks different.
"""

from __future__ import annotations

import functools
import html
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright
from rich.console import Console
from rich.terminal_theme import DIMMED_MONOKAI
from rich.text import Text

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
LANGUAGES = ("en", "pl")
FORM = {"en": "contribute/suggest/", "pl": "pl/wspoltworz/zglos/"}
WIDTH = 860

COMMITMENTS = "data/commitments/eccar.csv"
MISTAKES = (("krakow,member", "krakw,member"), (",2024-09-25,", ",25.09.2024,"))

# The words of the drawing: heading of the file, label and text of the message, button.
WORDS = {
    "en": ("Editing", "Why, and what it rests on", "Kraków: the day of acceptance, from the city's own page",
           "Propose the change"),
    "pl": ("Edycja", "Dlaczego i na jakiej podstawie", "Kraków: dzień przyjęcia, ze strony miasta",
           "Zaproponuj zmianę"),
}  # fmt: skip
BEFORE = "krakow,member,2024-03-06,2024,,,,krakow-eccar-de,,,"
AFTER = "krakow,member,2024-03-06,2024-09-25,,,,krakow-eccar-de,,,"
STYLE = """
  body { margin: 0; padding: 16px; background: #fff; width: 828px; font: 16px/1.5 system-ui, sans-serif; }
  pre, code { font: 13.5px/1.55 monospace; }
  .box { border: 1px solid #8a949e; border-radius: 8px; overflow: hidden; color: #16202a; background: #fff; }
  .bar { padding: 9px 16px; background: #e7ecef; border-bottom: 1px solid #8a949e; }
  .terminal { background: #191919; color: #e6e6e6; padding: 14px 16px; }
  .terminal pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
  .rows { margin: 0; padding: 10px 0; }
  .rows span { display: block; padding: 0 16px; white-space: pre; }
  .rows .out { background: #fbe3e1; } .rows .in { background: #dff1e2; }
  form { padding: 12px 16px 16px; border-top: 1px solid #c6ced4; }
  label { display: block; font-weight: 600; margin-bottom: 4px; }
  .field { display: block; border: 1px solid #8a949e; border-radius: 4px; padding: 6px 10px; }
  .button { display: inline-block; margin-top: 12px; padding: 7px 16px; border-radius: 6px; }
  .button { background: #0b5f56; color: #fff; font-weight: 600; }
"""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on this computer while pictures are made of it."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder))) as http:
        threading.Thread(target=http.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{http.server_address[1]}/"
        finally:  # a thread that still listens when its socket is closed turns for ever
            http.shutdown()


def form(page: Page, address: str, target: Path) -> None:
    """Fill in who and where, and show what the form says to it."""
    page.goto(address)
    page.wait_for_selector("form.suggest:not([hidden])")
    for field, text in (("f-city", "Kraków"), ("f-instrument", "ECCAR")):
        page.fill(f"#{field}", text)
        page.press(f"#{field}", "ArrowDown")
        page.press(f"#{field}", "Enter")
    page.check("#f-status-member")
    page.evaluate("scrollTo(0, 0)")  # boxes are measured from the corner of the window
    box = page.locator("form.suggest").bounding_box()
    end = page.locator(".statuses").bounding_box()
    assert box and end  # both are shown
    height = end["y"] + end["height"] + 20 - box["y"]
    clip = {"x": 0, "y": box["y"], "width": WIDTH, "height": height}
    page.screenshot(path=target, full_page=True, clip=clip)  # type: ignore[arg-type]  # a FloatRect


def checked(lang: str) -> str:
    """Return what ``atlas check`` says on a terminal about a copy of the data with mistakes."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "data", Path(folder) / "data")
        path = Path(folder) / COMMITMENTS
        text = path.read_text("utf-8")
        for right, wrong in MISTAKES:
            if right not in text:
                raise SystemExit(f"{COMMITMENTS}: no {right!r} to make a mistake of")
            text = text.replace(right, wrong, 1)
        path.write_text(text, "utf-8")
        command = ["atlas", "check", "--lang", lang, "--color", "always"]
        atlas = Path(sys.executable).with_name("atlas")
        done = subprocess.run(
            [atlas, *command[1:]], cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False
        )
        if done.returncode != 1:
            raise SystemExit(f"atlas check ended with {done.returncode}: {done.stderr}")
    return f"$ {' '.join(command[:2] if lang == 'en' else command[:4])}\n{done.stdout}"


def terminal(text: str) -> str:
    """Return terminal output as the body of a page."""
    console = Console(record=True, width=400, file=open("/dev/null", "w", encoding="utf-8"))  # noqa: SIM115
    console.print(Text.from_ansi(text), soft_wrap=True)
    inner = console.export_html(theme=DIMMED_MONOKAI, inline_styles=True, code_format="{code}")
    return f'<div class="box terminal"><pre>{inner.strip()}</pre></div>'


def drawing(lang: str) -> str:
    """Return the change of one row in a browser as the body of a page."""
    editing, label, message, button = (html.escape(word) for word in WORDS[lang])
    return (
        f'<div class="box"><div class="bar">{editing} <code>{COMMITMENTS}</code></div>'
        f'<p class="rows"><code><span class="out">- {BEFORE}</span>'
        f'<span class="in">+ {AFTER}</span></code></p>'
        f'<form><label>{label}</label><span class="field">{message}</span>'
        f'<span class="button">{button}</span></form></div>'
    )


def shown(page: Page, lang: str, body: str, target: Path) -> None:
    """Show a body in a page of its own and take a picture of it."""
    page.set_content(f'<!doctype html><html lang="{lang}"><style>{STYLE}</style><body>{body}</body></html>')
    page.locator("body").screenshot(path=target)
    few_colours(target, 64)


def few_colours(picture: Path, number: int) -> None:
    """Keep a picture in a palette, which takes a third of the bytes."""
    Image.open(picture).convert("RGB").quantize(number, Image.Quantize.MAXCOVERAGE).save(
        picture, optimize=True
    )


def pictures(browser: Browser, site: str) -> None:
    """Make every picture in every language, and that of the home page."""
    home = browser.new_page(viewport={"width": 1280, "height": 900}, color_scheme="light")
    home.goto(site)
    home.screenshot(path=IMAGES / "home.png")
    few_colours(IMAGES / "home.png", 128)
    page = browser.new_page(viewport={"width": WIDTH, "height": 700}, color_scheme="light")
    # A page of its own: the site's policy would refuse the style of the drawings.
    empty = browser.new_page(viewport={"width": WIDTH, "height": 700})
    for lang in LANGUAGES:
        form(page, site + FORM[lang], IMAGES / f"contribute-form.{lang}.png")
        shown(empty, lang, terminal(checked(lang)), IMAGES / f"contribute-check.{lang}.png")
        shown(empty, lang, drawing(lang), IMAGES / f"contribute-edit.{lang}.png")


def main() -> int:
    """Make the pictures from the site in the folder that is named."""
    if len(sys.argv) != 2 or not (Path(sys.argv[1]) / "index.html").is_file():
        print("name the folder of a built site: python scripts/pictures.py output", file=sys.stderr)
        return 2
    found = subprocess.run(
        [sys.executable, ROOT / "scripts/browser.py"], capture_output=True, text=True, check=True
    )
    flags = ["--no-sandbox"] if os.geteuid() == 0 else []  # Chromium refuses to run as root with it
    with served(Path(sys.argv[1])) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found.stdout.strip(), args=flags)
        pictures(browser, site)
        browser.close()
    for path in sorted(IMAGES.glob("*.png")):
        print(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1024} KB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
