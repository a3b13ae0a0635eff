"""The command ``atlas init``: asks for what is missing, and writes the folder of a new atlas.

Its worked example is the part of ``examples/climate`` that lies on one continent.
"""

from __future__ import annotations

import argparse
import csv
import json
import sysconfig
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import distribution
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from ..dataset.canonical.csv import canonical_csv
from ..dataset.canonical.yaml import new_yaml
from ..dataset.history.git import ask
from ..errors import UsageError
from ..languages.catalogue import LOCALE
from ..model.schema import Record, schema
from .dialogue import Talk
from .language import begun
from .messages import SAID

_NEW: Mapping[str, Any] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
"""Parts of the world, settings and texts of a new atlas."""
REGIONS: Mapping[str, str] = _NEW["regions"]
_NOTES = ("note", "reason")

Row = dict[str, str]


def example(source: Path, languages: Sequence[str], region: str) -> Iterator[tuple[str, bytes]]:
    """Yield the path and the bytes of each file of the example's data, for one region and some languages."""
    tables = {path.relative_to(source).as_posix(): _rows(path) for path in sorted(source.rglob("*.csv"))}
    texts = {path.relative_to(source).as_posix(): _tree(path) for path in sorted(source.rglob("*.yaml"))}
    countries = REGIONS[region].split()
    cities = {row["id"] for row in tables["cities.csv"] if row["country"] in countries}
    texts = {
        name: tree
        for name, tree in texts.items()
        if not name.startswith("actions/") or cities.issuperset(tree["cities"])
    }
    for name, rows in tables.items():
        if name.startswith("commitments/"):
            tables[name] = [row for row in rows if row["city"] in cities]
    used = {id for tree in texts.values() for id in tree.get("sources", ())}
    used |= {id for tree in texts.values() for part in _parts(tree) for id in part.get("sources", ())}
    used |= {
        id for name in tables if name.startswith("commitments/") for row in tables[name]
        for id in row["sources"].split(";")
    }  # fmt: skip
    tables["cities.csv"] = [row for row in tables["cities.csv"] if row["id"] in cities]
    tables["sources.csv"] = [row for row in tables["sources.csv"] if row["id"] in used]
    records = {one.path.partition("/")[0]: one for one in schema(tuple(languages)).values()}
    for name, rows in tables.items():
        record = records[name.partition("/")[0]]
        cells = [_cells(row, record) for row in rows]
        columns = list(cells[0]) if cells else [one.name for one in record.fields if not one.rare]
        yield name, canonical_csv(record, columns, (list(row.values()) for row in cells)).encode()
    for name, tree in texts.items():
        tree = _in_languages(tree, languages)
        if name == "vocabulary.yaml":
            tree["languages"] = list(languages)
        yield name, new_yaml(records[name.partition("/")[0]], tree, tuple(languages))


def _rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _tree(path: Path) -> dict[str, Any]:
    tree: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return tree


def _parts(tree: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield from (part for key in ("obligations", "counts") for part in tree.get(key, ()))


def _cells(row: Row, record: Record) -> Row:
    """Return the cells of a row of the example in the languages of the record."""
    # A note has no words in a language that the example does not speak: English is better than none.
    return {
        name: row.get(name, row[f"{one.base}_en"] if one.base in _NOTES else "")
        for name, one in record.by_name.items()
        if name in row or f"{one.base}_en" in row
    }


def _in_languages(node: Any, languages: Sequence[str]) -> Any:
    """Return a tree whose texts are in these languages: in English where the example has no others."""
    if isinstance(node, list):
        return [_in_languages(item, languages) for item in node]
    if not isinstance(node, dict):
        return node
    if isinstance(node.get("en"), str):
        return {code: node.get(code, node["en"]) for code in languages}
    return {key: _in_languages(value, languages) for key, value in node.items()}


ENGINE = Path(__file__).resolve().parents[3]
"""The folder of the engine, where the command runs in a clone of it."""
PACKAGE = "city-commitments-atlas"
_EXAMPLES = (ENGINE / "examples/climate", Path(sysconfig.get_path("data"), "share", PACKAGE))
"""Where the example lies: in a clone, or in what was installed."""


def run(options: argparse.Namespace) -> int:
    """Write the folder and say what to do next; return 0."""
    folder: Path = options.folder
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(SAID.init.not_empty, path=folder)
    talk = Talk(options.lang)
    name = options.name or _asked(talk, SAID.init.name)
    subject = options.subject or _asked(talk, SAID.init.subject)
    said = options.languages or _asked(talk, SAID.init.languages, "en")
    places = ", ".join(sorted(REGIONS))
    region = options.region or _asked(talk, SAID.init.region, "europe", places=places)
    languages = tuple(dict.fromkeys(filter(None, (code.strip() for code in said.split(",")))))
    if region not in REGIONS:
        raise UsageError(SAID.init.type_one_of, value=region, places=places)
    address, revision = _engine()
    address = options.engine or address or _asked(talk, SAID.init.engine)
    files = dict(_files(name, subject, languages, region, f"{address}\n{revision}\n"))
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content if isinstance(content, bytes) else content.encode())
    print(talk.say(SAID.init.done, path=folder, number=len(files)))
    return 0


def _asked(talk: Talk, question: str, default: str = "", **values: object) -> str:
    """Return the answer to a question; Enter stands for the default, else the question is asked again."""
    prompt = talk.say(question, **values) + (f" [{default}]: " if default else ": ")
    while not (answer := talk.ask(prompt) or default):
        pass
    return answer


def _files(
    name: str, subject: str, languages: Sequence[str], region: str, engine: str
) -> Iterator[tuple[str, str | bytes]]:
    """Yield the path and the content of every file of a new atlas."""
    source = next(folder for folder in _EXAMPLES if folder.is_dir())
    for shared in _NEW["shared"]:
        yield shared, (source / shared).read_bytes()
    said = {"name": name, "tagline": subject, "description": subject}
    about = {
        "languages": list(languages),
        **{key: dict.fromkeys(languages, text) for key, text in said.items()},
    }
    about |= _NEW["about"]
    yield "atlas.yaml", yaml.safe_dump(about, allow_unicode=True, sort_keys=False, width=10_000)
    yield "engine.txt", engine
    for path, text in _NEW["files"].items():
        yield path, text.format(name=name, subject=subject)
    for path, table in example(source / "data", languages, region):
        yield f"data/{path}", table
    for code in languages:
        for path, text in _NEW["for_each_language"].items():
            yield path.format(lang=code), text.format(name=name, subject=subject, lang=code)
        catalogue = f"locale/{code}/LC_MESSAGES/atlas.po"
        if (source / catalogue).is_file():  # words for what the example has instead of charters
            yield catalogue, (source / catalogue).read_bytes()
        elif not (LOCALE / code).is_dir():
            yield catalogue, begun(code, LOCALE)[0]


def _engine() -> tuple[str, str]:
    """Return where the engine can be fetched, or nothing where that is not known, and its revision.

    A clone knows its repository; what was installed knows where it came from (``direct_url.json``, PEP 610).
    """
    if _EXAMPLES[0].is_dir():
        return _of_clone(ENGINE)
    source = json.loads(distribution(PACKAGE).read_text("direct_url.json") or "{}")
    if commit := source.get("vcs_info", {}).get("commit_id"):
        return source["url"], commit
    return _of_clone(Path(urlsplit(source["url"]).path)) if "dir_info" in source else ("", "main")


def _of_clone(folder: Path) -> tuple[str, str]:
    address = ask(folder, "remote", "get-url", "origin") or str(folder).encode()
    return address.decode().strip(), (ask(folder, "rev-parse", "HEAD") or b"main").decode().strip()
