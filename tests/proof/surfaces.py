"""Where text of the data comes to light: pages in a browser, what moves on them, and files for programs.

A new kind of file needs a reader in ``READERS``; a page with something to open, to type or to choose needs a
function in ``SURFACES``. Everything else is found by itself: every page of a site is visited.
"""

from __future__ import annotations

import csv
import html
import json
import re
import sqlite3
import unicodedata
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterable, Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote

import duckdb
import yaml
from icalendar import Calendar
from playwright.sync_api import Browser, Page
from tests.browser.visit import window
from tests.proof.payloads import HOST

# Pages


_CANARY = """
window.violations = [];
document.addEventListener("securitypolicyviolation",
    event => window.violations.push(event.violatedDirective + " " + event.blockedURI));
window.pwned = () => console.error("PWNED");
"""
_LOOK = """
([host, html]) => {
  const page = html ? new DOMParser().parseFromString(html, "text/html") : document;
  const texts = [], wrong = [];
  const walker = page.createTreeWalker(page, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const inside = walker.currentNode.parentElement?.localName;
    const text = walker.currentNode.data;
    if (inside === "pre") texts.push("\\u0001" + text + "\\u0002");
    else if (inside !== "script" && inside !== "style") texts.push(text);
  }
  const strange = "iframe,object,embed,math,marquee,video,audio,frameset,applet,x,animate,foreignObject";
  for (const one of page.querySelectorAll("*")) {
    if (one.matches(strange)) wrong.push("<" + one.localName + ">");
    if (one.localName === "script" && !one.src && !/json/.test(one.type)) wrong.push("<script>");
    for (const {name, value} of one.attributes) {
      if (name.startsWith("on")) wrong.push(one.localName + " " + name);
      else if (/^(xlink:)?(href|src|srcset|action|formaction|data|poster|background|ping|cite)$/.test(name)) {
        if (/^[\\s\\0-\\x1f]*(javascript|vbscript|data):/i.test(value) && !value.startsWith("data:image/"))
          wrong.push(one.localName + " " + name + " " + value);
        try { if (new URL(value, page.baseURI).host === host) wrong.push(name + " " + value); }
        catch { wrong.push("no address: " + value); }
      } else if (name === "data-words") texts.push("\\u0001" + value + "\\u0002");  // JSON
      else texts.push("\\n" + value + "\\n");
    }
  }
  if (page.title.startsWith("PWNED")) wrong.push("the title");
  return [texts.join(""), wrong, window.violations];
}
"""


class Visitor:
    """One visitor of a whole site, who notes whatever is not as it should be."""

    def __init__(self, browser: Browser, server: str) -> None:
        """Open a window; ``server`` is the address of the site with a trailing slash."""
        self.server = server
        self.context = window(browser)
        self.context.add_init_script(_CANARY)
        self.page: Page = self.context.new_page()
        self.wrong: list[str] = []
        own = server[: server.index("/", len("http://")) + 1]
        self.page.on("console", lambda said: self._heard(said.type, said.text))
        self.page.on("pageerror", lambda error: self._note(f"error: {error}"))
        self.page.on("dialog", lambda dialog: (self._note(f"dialog: {dialog.message}"), dialog.dismiss()))
        self.page.on("popup", lambda other: self._note(f"window: {other.url}"))
        self.page.on("response", lambda got: got.status >= 400 and self._note(f"{got.status}: {got.url}"))
        self.page.on(
            "request",
            lambda sent: sent.url.startswith((own, "data:", "blob:")) or self._note(f"foreign: {sent.url}"),
        )

    def _note(self, what: str) -> None:
        self.wrong.append(f"{self.page.url.removeprefix(self.server)}: {what[:300]}")

    def _heard(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self._note(f"console: {text}")

    def go(self, address: str) -> str:
        """Open a page of the site and look around; return its texts."""
        self.page.goto(self.server + address)
        return self.look()

    def look(self) -> str:
        """Return all texts of the page as it stands now; note what is there that must not be."""
        return self._texts("")

    def read(self, html: str) -> str:
        """Return all texts of a page that cannot be looked at, because it sends its reader on at once."""
        return self._texts(html)

    def _texts(self, html: str) -> str:
        texts, strange, violations = self.page.evaluate(_LOOK, [HOST, html])
        for one in (*strange, *violations):
            self._note(one)
        return str(texts)

    def close(self) -> None:
        """Leave."""
        self.context.close()


def _map(visitor: Visitor, payload: str) -> Iterator[str]:
    """Marks under the keyboard, names on the map, the card of every place, the field for places."""
    page = visitor.page
    page.wait_for_selector("[data-map-ready]")
    for _ in range(12):
        page.locator("#map_atlas .pin").focus()
        page.keyboard.press("PageDown")
        page.keyboard.press("Enter")
        yield visitor.look()
        page.keyboard.press("Escape")
    page.evaluate("for (const one of document.querySelectorAll('[data-country]')) one.open = true")
    places = page.locator("[data-place] .on-map")
    places.first.wait_for()
    for place in places.all():
        place.dispatch_event("mouseover")
        place.evaluate("one => one.click()")
        page.wait_for_selector(".place-card")
        yield visitor.look()
    page.keyboard.press("Escape")
    for field in page.locator("input[type=search], input[role=combobox]").all():
        for text in (payload[:60], "a"):
            field.fill(text)
            yield visitor.look()


def _search(visitor: Visitor, payload: str) -> Iterator[str]:
    """Every result of every kind; what is asked, and what is found."""
    page = visitor.page
    address = page.url.removeprefix(visitor.server)
    kinds = page.locator("form.find select[name=k] option").evaluate_all(
        "all => all.map(one => one.value).filter(Boolean)"
    )
    assert kinds
    # Their number is said before they are there, so the list itself tells when it has grown.
    more = 'before => document.querySelectorAll(".results ol > li").length > before'
    for kind in kinds:
        visitor.go(f"{address}?k={kind}")
        page.wait_for_function(more, arg=0)
        while page.locator(".more-results").is_visible():
            before = page.locator(".results ol > li").count()
            page.locator(".more-results").click()
            page.wait_for_function(more, arg=before)
        yield visitor.look()
    visitor.go(address)
    for text in (payload, "pwned", "q1n1"):
        page.locator("#f-q").fill(text[:80])
        page.wait_for_timeout(700)
        yield visitor.look()


def _choices(visitor: Visitor, payload: str) -> Iterator[str]:
    """Everything that can be opened, chosen, typed or pressed, one after the other."""
    page = visitor.page
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    yield visitor.look()
    for field in page.locator("input:visible:not([type=checkbox]):not([type=radio]):not([type=range])").all()[
        :20
    ]:
        field.fill((payload if field.get_attribute("type") in (None, "text", "search") else "")[:80])
        field.press("ArrowDown")
        yield visitor.look()
        field.press("Escape")
    for field in page.locator("select:visible").all()[:20]:
        count = field.locator("option").count()
        field.select_option(index=count - 1)
        yield visitor.look()
    for field in page.locator("input[type=checkbox]:visible, input[type=radio]:visible").all()[:12]:
        field.check(force=True)
    # The pin on a map is for the keyboard: the mouse meets the map beneath it.
    for button in page.locator("main button:visible:not(.pin)").all()[:12]:
        if button.is_visible() and button.is_enabled():
            button.click(no_wait_after=True)
            yield visitor.look()


SURFACES: Mapping[str, Callable[[Visitor, str], Iterator[str]]] = {
    "map/": _map,
    "search/": _search,
    "pl/szukaj/": _search,
    "timeline/": _choices,
    "compare/?c=c0,c1,c2": _choices,
    "pl/porownaj/?c=c0,c1,c2": _choices,
    "contribute/suggest/?city=c0&instrument=i0": _choices,
    "contribute/suggest/?record=sources/s0": _choices,
    "pl/wspoltworz/zglos/?city=c1&instrument=i1": _choices,
    "cities/c0/": _choices,
    "networks/i0/": _choices,
    "data/": _choices,
}
"""What is done on a page, by its address."""

PARAMETERS = (
    *("q", "c", "i", "p", "o", "y", "v", "u", "t", "s"),
    *("city", "instrument", "period", "record", "topic", "year"),
)
ASKED = (
    *("", "map/", "search/", "timeline/", "compare/", "contribute/suggest/"),
    *("pl/szukaj/", "cities/c0/", "404.html"),
)
"""Pages that are opened with a payload in every parameter and behind the ``#``."""


def asking(payload: str) -> str:
    """Return a query and a fragment that are full of a payload."""
    text = quote(payload, safe="")
    return "?" + "&".join(f"{name}={text}" for name in PARAMETERS) + f"#{text}"


# Files


def _json(path: Path) -> Iterator[str]:
    yield from strings(json.loads(path.read_text("utf-8")))


def strings(value: Any) -> Iterator[str]:
    """Yield every text within plain values, keys too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield str(key)
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


def _xml(path: Path) -> Iterator[str]:
    """Any XML: well-formed, without scripts, and markup in its texts is that of the site."""
    root = ElementTree.fromstring(path.read_bytes())
    for one in root.iter():
        name = one.tag.rpartition("}")[2] if isinstance(one.tag, str) else "comment"
        if name.lower() in ("script", "foreignobject", "iframe", "animate", "set", "handler"):
            raise AssertionError(f"<{name}>")
        for key, value in one.attrib.items():
            if key.lower().startswith("on") or re.match(
                r"\s*(javascript|data):(?!image/)", value, re.IGNORECASE
            ):
                raise AssertionError(f"{name} {key}={value}")
            yield value
        if name == "content" and one.get("type") in ("html", "xhtml"):
            yield from _markup(one.text or "")
        else:
            yield "".join(one.itertext()) if name != "comment" else ""


class _Markup(HTMLParser):
    allowed = frozenset(
        (
            *("p", "br", "ul", "ol", "li", "dl", "dt", "dd", "h2", "h3", "h4", "div", "span", "small"),
            *("a", "em", "strong", "b", "i", "q", "cite", "time"),
        )
    )

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.allowed:
            raise AssertionError(f"<{tag}> in the text of a feed")
        for name, value in attrs:
            if name.startswith("on") or (name == "href" and not re.match(r"https?:", value or "")):
                raise AssertionError(f"{tag} {name}={value}")

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def _markup(text: str) -> Iterator[str]:
    parser = _Markup()
    parser.feed(text)
    parser.close()
    yield "".join(parser.texts)


def _csv(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    for row in rows:
        if len(row) != len(rows[0]):
            raise AssertionError(f"a row of {len(row)} cells, not {len(rows[0])}")
        yield from row


def _calendar(path: Path) -> Iterator[str]:
    calendar = Calendar.from_ical(path.read_bytes())
    for part in calendar.walk():
        if part.name not in ("VCALENDAR", "VEVENT", "VTIMEZONE", "STANDARD"):
            raise AssertionError(part.name)
        yield from (str(value) for _, value in part.property_items(recursive=False))


def _rows(names: Iterable[str], rows: Iterable[tuple[Any, ...]]) -> Iterator[str]:
    """Yield the texts of a table but those that are only there to be searched, in plain letters."""
    shown = [number for number, name in enumerate(names) if not name.startswith("plain_")]
    for row in rows:
        yield from strings([row[number] for number in shown])


def _database(path: Path) -> Iterator[str]:
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    tables = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'view' "
        "OR type = 'table' AND name NOT LIKE '%|_fts|_%' ESCAPE '|'"
    )
    names = [name for (name,) in tables]
    assert "cities" in names
    for name in names:
        cursor = connection.execute(f'SELECT * FROM "{name}"')
        yield from _rows((column[0] for column in cursor.description), cursor)
    connection.close()


def _yaml(path: Path) -> Iterator[str]:
    yield from strings(yaml.load(path.read_bytes(), yaml.BaseLoader))


def _plain(path: Path) -> Iterator[str]:
    yield path.read_text("utf-8")


def _columns(path: Path) -> Iterator[str]:
    found = duckdb.execute("SELECT * FROM read_parquet(?)", [str(path)])
    yield from _rows([column[0] for column in found.description or ()], found.fetchall())


def _nothing(path: Path) -> Iterator[str]:
    yield from ()


READERS: Mapping[str, Callable[[Path], Iterator[str]]] = {
    ".json": _json, ".geojson": _json, ".jsonld": _json, ".webmanifest": _json,
    ".xml": _xml, ".svg": _xml, ".atom": _xml, ".rss": _xml,
    ".csv": _csv, ".ics": _calendar, ".sqlite": _database, ".parquet": _columns,
    ".yaml": _yaml, ".txt": _plain, ".md": _plain, ".css": _plain, "": _plain,
    # Without text of the data, or drawn already: a card is an SVG before, which had to be well-formed.
    **dict.fromkeys((".js", ".wasm", ".map", ".png", ".ico", ".woff2", ".zip", ".gz"), _nothing),
    **dict.fromkeys((".pf_index", ".pf_meta", ".pf_filter", ".pagefind"), _nothing),
}  # fmt: skip
"""How the texts of a file are read, by its ending; what cannot be read raises."""


# Texts


_MARK = re.compile(r" q\d+n\d+(?:en|pl|[xspd])?z")
"""Ends in a letter of its own: in a drawing the words of one mark stand right beside those of the next."""


_TEX = {"textbackslash": "\\", "textbraceleft": "{", "textbraceright": "}"}
_TEX |= {"textasciitilde": "~", "textasciicircum": "^"}


def _bibtex(text: str) -> str:
    named = re.sub(r"\\(text[a-z]+)\{\}", lambda match: f"\0{_TEX.get(match[1], match[0])}", text)
    return re.sub(r"\\([&%$#_])", r"\1", named).replace("\0", "")


def _json_string(text: str) -> str:
    return text.replace('\\"', '"').replace("\\\\", "\\")


NOTATIONS: tuple[Callable[[str], str], ...] = (
    _bibtex,
    _json_string,
    lambda text: _bibtex(_json_string(text)),
    html.unescape,
)
"""What a page offers to be copied elsewhere: BibTeX, JSON, wikitext and HTML."""


def plain(text: str) -> str:
    """Return text as it is compared: composed, and every run of spaces one space."""
    return " ".join(unicodedata.normalize("NFC", text).split())


class Found:
    """Which texts have come to light, and which came out otherwise than they went in."""

    def __init__(self, texts: Mapping[str, list[str]]) -> None:
        """Take the texts to look for, by the names of their fields."""
        self.wanted: dict[str, tuple[str, str]] = {}
        for field, made in texts.items():
            for text in made:
                known = plain(text)
                mark = _MARK.search(known)
                assert mark is not None and mark.end() == len(known)
                self.wanted[mark.group()] = (field, known)
        self.seen: set[str] = set()
        self.altered: list[str] = []

    def again(self) -> Found:
        """Return the same texts to look for, as if none had been seen."""
        other = Found({})
        other.wanted = self.wanted
        return other

    def look(self, where: str, text: str, *, notation: bool = False) -> None:
        """Look for the marks in a text; before each of them must stand its payload, whole.

        What is written in the notation of something else (in a page: between the two control characters)
        may write it in its own way.
        """
        flat = plain(text)
        for mark in _MARK.finditer(flat):
            if mark.group() not in self.wanted:
                continue
            field, known = self.wanted[mark.group()]
            before = flat[: mark.end()]
            notations = NOTATIONS if notation or before.rfind("\x01") > before.rfind("\x02") else ()
            if before.endswith(known) or any(read(before).endswith(known) for read in notations):
                self.seen.add(mark.group())
            else:
                self.altered.append(f"{where}: {field}: {known!r} came out as {before[-len(known) - 9 :]!r}")

    def lost(self) -> dict[str, list[str]]:
        """Return what was never seen, by fields."""
        missing: dict[str, list[str]] = {}
        for mark, (field, text) in self.wanted.items():
            if mark not in self.seen:
                missing.setdefault(field, []).append(text)
        return missing
