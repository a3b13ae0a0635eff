"""A third language needs nothing but files: a catalogue, columns and keys, and texts.

Czech is made up here: every message stands in square brackets, every word of the data in braces. So
whatever is left outside of them on a Czech page is a word that no translator can reach.
"""

from __future__ import annotations

import csv
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml
from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po
from tests.builders import ROOT
from tests.elsewhere import with_assets

CODE = "cs"
SETTINGS = """
from pelicanconf import *  # noqa: F403

SITEURL = "https://example.org/atlas"
"""


def script(name: str) -> ModuleType:
    """Return a script of the repository as a module."""
    spec = importlib.util.spec_from_file_location(f"scripts_{name}", ROOT / "scripts" / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# The files of the new language


def pretended(message: str, context: str | None) -> str:
    if context == "address":
        return f"x-{message}"
    if context and "pattern" in context:
        return message
    return "|".join(f"[{part}]" for part in message.split("|"))  # months and numerals are told in a row


def write_catalogue(path: Path) -> None:
    catalogue = Catalog(locale=CODE, charset="utf-8")
    messages: Catalog = script("catalogue").collect()
    for message in messages:
        if not message.id:
            continue
        if message.pluralizable:
            one, many = (pretended(text, message.context) for text in message.id)
            string: Any = (one, *(many for _ in range(catalogue.num_plurals - 1)))
        else:
            string = pretended(str(message.id), message.context)
        catalogue.add(message.id, string, context=message.context)
    path.parent.mkdir(parents=True)
    with path.open("wb") as stream:
        write_po(stream, catalogue)


def in_czech(node: Any) -> Any:
    """Return vocabulary with a Czech text beside every English one."""
    if isinstance(node, dict):
        translated = {key: in_czech(value) for key, value in node.items()}
        if isinstance(node.get("en"), str):
            translated[CODE] = "{" + node["en"] + "}"
        return translated
    return node


def table(path: Path, *rows: dict[str, str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def document(path: Path, content: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    # Quoted throughout: a code such as "no" must stay a text.
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False, default_style='"'), "utf-8")


def three(text: str) -> dict[str, str]:
    return {"en": text, "pl": f"{text} (pl)", CODE: "{" + text + "}"}


def write_data(data: Path) -> None:
    vocabulary = yaml.safe_load((ROOT / "tests/data/sample/vocabulary.yaml").read_text("utf-8"))
    document(data / "vocabulary.yaml", {"languages": ["en", "pl", CODE], **in_czech(vocabulary)})
    blank = {"region": "", "geonames": "", "wikidata": "", "website": "", "former_ids": ""}
    rows = (
        ("krakow", "{Kraków}", "Kraków", "Kraków", "{Krakov}", "PL", "50.0614", "19.9366", "816614"),
        ("lublin", "{Lublin}", "Lublin", "Lublin", "{Lublin}", "PL", "51.25", "22.5667", ""),
        ("graz", "{Graz}", "Graz", "Graz", "{Štýrský Hradec}", "AT", "47.0667", "15.45", "222326"),
    )
    columns = ("id", "name", "name_en", "name_pl", f"name_{CODE}", "country", "lat", "lon", "population")
    table(data / "cities.csv", *({**dict(zip(columns, row, strict=True)), **blank} for row in rows))
    table(
        data / "sources.csv",
        {
            "id": "page", "title": "{Page}", "publisher": "{Publisher}", "url": "https://example.org/page",
            "archived": "", "lang": "en", "published": "2024-10-01", "accessed": "2026-11-01",
        },
    )  # fmt: skip
    document(
        data / "networks/net.yaml",
        {
            "kind": "network",
            "name": three("Network"),
            "founded": "2004-12-10",
            "topics": ["anti-racism"],
            "summary": three("What it is."),
            "counts": [{"members": "9", "on": "2024", "sources": ["page"]}],
            "sources": ["page"],
        },
    )
    document(
        data / "charters/pact.yaml",
        {
            "kind": "charter",
            "name": three("Pact"),
            "adopted": "2006-05",
            "topics": ["migration"],
            "summary": three("What it says."),
            "sources": ["page"],
        },
    )
    empty = {
        "status": "member", "decided": "", "since": "", "until": "", "role": "", "act": "", "sources": "page",
        "verified": "", "note_en": "", "note_pl": "", f"note_{CODE}": "",
    }  # fmt: skip
    note = {f"note_{key}": value for key, value in three("A note.").items()}
    table(
        data / "commitments/net.csv",
        {"city": "graz", **empty},
        {"city": "krakow", **empty, "decided": "2024-03-06", "since": "2024-09-25", **note},
        {"city": "lublin", **empty, "status": "former", "since": "2011", "until": "2019-05"},
    )
    signed = {**empty, "status": "signatory"}
    table(
        data / "commitments/pact.csv",
        {"city": "graz", **signed},
        {"city": "krakow", **signed, "since": "2022-09~"},
    )
    document(
        data / "actions/act.yaml",
        {
            "kind": "resolution",
            "date": "2024-03-06",
            "cities": ["krakow"],
            "instrument": "net",
            "title": three("Resolution"),
            "summary": three("The council resolves to join."),
            "topics": ["anti-racism"],
            "sources": ["page"],
        },
    )
    reasons = {f"reason_{key}": value for key, value in three("The register says so.").items()}
    pair = {"record": "commitments/net:krakow", "field": "since", "sources": "page", **reasons}
    table(
        data / "contradictions.csv",
        {**pair, "value": "2024-09-25", "rank": "preferred"},
        {**pair, "value": "2024", "rank": "deprecated"},
    )


def write_texts(content: Path) -> None:
    for lang, word in (("en", "About"), ("pl", "O atlasie"), (CODE, "{O atlasu}")):
        path = content / "pages" / lang / "about.md"
        path.parent.mkdir(parents=True)
        path.write_text(
            f"Title: {word}\nSlug: about\nLang: {lang}\nSection: about\n\n"
            f"{word}: [{word}](atlas:cities/krakow#net)\n",
            "utf-8",
        )


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site in three languages; nothing of the code was changed for the third."""
    root = tmp_path_factory.mktemp("three")
    skip = shutil.ignore_patterns("__pycache__", "*.egg-info")
    for folder in ("plugins", "theme"):
        shutil.copytree(ROOT / folder, root / folder, ignore=skip)
    shutil.copyfile(ROOT / "pelicanconf.py", root / "pelicanconf.py")
    about = in_czech(yaml.load((ROOT / "atlas.yaml").read_text("utf-8"), yaml.BaseLoader))
    document(root / "atlas.yaml", about | {"languages": ["en", "pl", CODE]})
    (root / "node_modules").symlink_to(ROOT / "node_modules")
    (root / "three.py").write_text(SETTINGS, "utf-8")
    write_catalogue(root / "plugins" / "atlas" / "locale" / CODE / "LC_MESSAGES" / "atlas.po")
    write_data(root / "data")
    write_texts(root / "content")
    with_assets(root)
    done = subprocess.run(
        [sys.executable, "-m", "pelican", "-s", "three.py", "-o", "output", "--fatal", "errors"],
        cwd=root,
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join((str(root), str(root / "plugins"))),
            "PYTHONDONTWRITEBYTECODE": "1",
            "SOURCE_DATE_EPOCH": "1795305600",
            "COLUMNS": "160",
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        pytest.fail(f"the build ended with {done.returncode}\n{done.stdout}{done.stderr}", pytrace=False)
    return root / "output"


class Reader(HTMLParser):
    """What a reader sees or hears of a page, and where its twins are."""

    VOID = ("br", "col", "hr", "img", "input", "link", "meta", "wbr")
    SHARED = ("og:title", "og:description", "og:site_name", "og:image:alt")
    SPOKEN = ("aria-label", "alt", "title", "content", "placeholder")
    INLINE = ("a", "abbr", "b", "bdi", "cite", "code", "em", "i", "q", "small", "span", "strong", "time")

    def __init__(self) -> None:
        super().__init__()
        self.lang = ""
        self.texts: list[str] = []
        self.sentences: list[str] = [""]
        """The texts whole: what stands in the elements within a sentence belongs to it."""
        self.twins: dict[str, str] = {}
        self.links: list[str] = []
        self.open: list[tuple[str, str]] = []
        """The elements that are open, each with its language."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.lang = values.get("lang", "")
        if tag not in self.INLINE:
            self.sentences.append("")
        if tag not in self.VOID:
            inherited = self.open[-1][1] if self.open else ""
            # Ids and names of files are in no language: ``zxx`` is BCP 47 for that.
            own = "zxx" if values.get("translate") == "no" else values.get("lang")
            self.open.append((tag, own or inherited))
        if tag == "link" and values.get("rel") == "alternate" and "hreflang" in values:
            self.twins[values["hreflang"]] = values["href"]
        if tag == "a":
            self.links.append(values.get("href", ""))
        said = values.get("name") == "description" or values.get("property") in self.SHARED
        # What is spoken within a part in another language is meant to be in it.
        if (tag != "meta" or said) and (not self.open or self.open[-1][1] in ("", self.lang)):
            attributes = [values[name] for name in self.SPOKEN if values.get(name)]
            self.texts += attributes
            self.sentences[-1:-1] = attributes

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.INLINE:
            self.sentences.append("")
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        # What is marked as another language is meant to be in it.
        if data.strip() and self.open and self.open[-1][0] != "script" and self.open[-1][1] == self.lang:
            self.texts.append(data.strip())
            self.sentences[-1] += f" {data}"


def read(path: Path) -> Reader:
    reader = Reader()
    reader.feed(path.read_text("utf-8"))
    return reader


def czech_pages(output: Path) -> Iterator[Path]:
    yield from sorted((output / CODE).rglob("*.html"))


PAGES = (
    "",
    "x-cities/",
    "x-cities/krakow/",
    "x-cities/lublin/",
    "x-networks/",
    "x-networks/net/",
    "x-charters/pact/",
    "x-actions/act/",
    "x-countries/pl/",
    "x-topics/migration/",
    "x-sources/page/",
    "x-data/",
    "x-about/",
)


@pytest.mark.parametrize("path", PAGES)
def test_every_kind_of_page_stands_under_the_code_of_the_language(output: Path, path: str) -> None:
    page = read(output / CODE / path / "index.html")
    assert page.lang == CODE


def test_each_page_has_twins_in_all_three_languages(output: Path) -> None:
    home = "https://example.org/atlas/"
    expected = {
        "en": f"{home}cities/krakow/",
        "pl": f"{home}pl/miasta/krakow/",
        CODE: f"{home}{CODE}/x-cities/krakow/",
        "x-default": f"{home}cities/krakow/",
    }
    for path in ("cities/krakow", "pl/miasta/krakow", f"{CODE}/x-cities/krakow"):
        assert read(output / path / "index.html").twins == expected


def test_the_other_languages_are_unchanged_by_the_third(output: Path) -> None:
    for path in ("cities/krakow/index.html", "pl/miasta/krakow/index.html"):
        texts = " ".join(read(output / path).texts)
        assert "[" not in texts
    assert "Kraków has belonged to" in " ".join(read(output / "cities/krakow/index.html").texts)


def test_links_of_a_czech_text_stay_in_czech(output: Path) -> None:
    assert "../x-cities/krakow/#net" in read(output / CODE / "x-about" / "index.html").links


def test_the_czech_page_of_krakow_says_everything_in_czech(output: Path) -> None:
    texts = " ".join(read(output / CODE / "x-cities/krakow/index.html").texts)
    for part in (
        "{Krakov}",
        "its council decided on it [on 6. března 2024].]",
        "{Network}",
        "{A note.}",
        "{The register says so.}",
        "{Resolution}",
        "Polsko",
    ):
        assert part in texts


# What may stand outside of brackets and braces: names and licences that no language translates.
NAMES = re.compile(
    r"GeoNames|Natural Earth|CC BY 4\.0|AGPL-3\.0-or-later|Wikidata|English|Polski|Čeština"
    r"|[\w/-]+\.(?:csv|yaml|md|txt|jsonld|geojson|json|parquet|sqlite)|SHA256SUMS|\bText\b"
    r"|MIT|BSD-2-Clause|OFL-1\.1|Wikipedia|BibTeX|RIS|(?:CSL-)?JSON(?:-LD)?|GeoJSON|CSV|SVG|PNG|YAML|SQLite|Parquet"
    r"|\bkB\b|\b[a-z]+/(?:net|pact)\b"
    rf"|/{CODE}/\S+|https?://\S+|\bkm\b|www\.\S+|\b\w\b"  # a redirect names the address
)
CZECH = Locale(CODE)
SPOKEN_BY_CLDR = {
    *(
        name.casefold()
        for form in CZECH.months.values()
        for names in form.values()
        for name in names.values()
    ),
    *(CZECH.territories[code].casefold() for code in ("PL", "AT")),
    *(CZECH.languages[code].casefold() for code in ("en", "pl", CODE)),
    "a",
}


def left_over(text: str) -> list[str]:
    """Return the words of a text that stand neither in brackets nor in braces."""
    # A link within a sentence cuts it into texts: what closes in one was opened in another.
    levels = [0]
    for char in text:
        levels.append(levels[-1] + (char in "[{") - (char in "]}"))
    depth, kept = -min(levels), []
    for char in text:
        depth += (char in "[{") - (char in "]}")
        kept.append(char if depth == 0 and char not in "]}" else " ")
    words = re.findall(r"[^\W\d_]+", NAMES.sub(" ", "".join(kept)))
    return [word for word in words if word.casefold() not in SPOKEN_BY_CLDR]


def test_no_english_word_is_left_on_any_czech_page(output: Path) -> None:
    wrong: dict[str, str] = {}
    for path in czech_pages(output):
        for text in map(str.strip, read(path).sentences):
            if left_over(text):
                wrong.setdefault(text, path.relative_to(output / CODE).as_posix())
    assert "\n".join(f"{path}: {text}" for text, path in sorted(wrong.items())) == ""
