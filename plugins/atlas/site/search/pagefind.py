"""The full-text search of the site: what can be found is handed to Pagefind, which makes the index.

Pagefind reads one small HTML file for each entry, made for it alone: so a search finds the claim and not
only the page it stands on. The same entries give the same bytes, so an index is kept and used again.

Pagefind writes the values of its own filters in an order that changes from run to run. So it gets none, and
the facets stand in a file of ours beside the index, by the ids that Pagefind gives to entries. It does the
same with the languages of an index; these are put in order afterwards. And it writes a file for each entry,
of which hosts take only so many: what a result shows stands in files of ours, many entries to a file.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
import shutil
import subprocess
import tempfile
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from importlib.metadata import version
from pathlib import Path
from typing import Any

from anyascii import anyascii
from pagefind.service import get_executable

from ...errors import EnvironmentFault, InternalError
from ...output_paths import copy_file
from ...views.pages.search_entries import KINDS, STATES, SearchEntry, spaced

FOLDER = "pagefind"
KEPT = 4
"""How many indexes the cache keeps: the last ones that were used."""

TOGETHER = 64
"""How many entries share a file; neighbours are about the same place, and so are found together."""

_NEEDED = ("pagefind.js", "pagefind-entry.json", "pagefind.", "wasm.", "index")
"""What a search loads, by the beginning of its name; the rest belongs to Pagefind's own interfaces."""
_FORMAT = "4"
"""To be counted up when the index is made in another way, so that none of before is used."""
_NAMED = ("city", "network", "charter", "country", "topic")
"""The kinds of entries that the words of a search can name, and that are offered where nothing is found."""
_WORD = re.compile(r"\w+")


def write(output: Path, found: Mapping[str, Sequence[SearchEntry]], cache: Path) -> None:
    """Write the index below ``output``; ``found`` holds the entries by the code of their language.

    ``cache`` is a folder for indexes that were made before. Raises EnvironmentFault where Pagefind
    cannot run, and InternalError where it fails.
    """
    documents = {
        f"{lang}/{number:06}.html": document(lang, find)
        for lang, its in found.items()
        for number, find in enumerate(its)
    }
    made = cache / _key(documents, found)
    if not made.is_dir():
        _make(made, documents, found)
    os.utime(made)
    for file in sorted(path for path in made.rglob("*") if path.is_file()):
        copy_file(output, f"{FOLDER}/{file.relative_to(made).as_posix()}", file)
    _forget(cache)


def document(lang: str, find: SearchEntry) -> str:
    """Return the HTML that Pagefind indexes for one entry.

    ``shown`` counts the words of the title, of the first part of the text and of the whole text; what
    follows them only finds.
    """
    title, text = spaced(find.title.text), spaced(" ".join(part.text for part in find.text))
    names = [*find.names, *_plain((title, *find.names))]
    also = [*find.also, *_plain((text, *find.also))]
    facts = {
        "href": find.href,
        "kind": find.kind,
        "lang": find.title.lang,
        "names": spaced(" ".join(names)) if find.names else None,
        "shown": " ".join(
            str(len(part.split())) for part in (title, find.text[0].text if find.text else "", text)
        ),
        "state": find.state,
        "status": find.status,
    }
    lines = [
        f'<!doctype html><html lang="{lang}"><body>',
        f'<p data-pagefind-meta="title" data-pagefind-weight="4">{escape(title)}</p>',
        f"<p>{escape(text)}</p>",
        f'<p data-pagefind-weight="2">{escape(spaced(" ".join(names)))}</p>',
        f"<p>{escape(spaced(' '.join(also)))}</p>",
        *(
            f'<i data-pagefind-meta="{name}[data-v]" data-v="{escape(value)}"></i>'
            for name, value in facts.items()
            if value
        ),
        "</body></html>\n",
    ]
    return "\n".join(lines)


def _plain(texts: Iterable[str]) -> list[str]:
    """Return, in plain letters, the words with letters that are no letter with a mark, such as ł and ß."""
    words = dict.fromkeys(word for text in texts for word in _WORD.findall(text) if not word.isascii())
    plain = (anyascii(word) for word in words if not _unmarked(word).isascii())
    return [word for word in dict.fromkeys(plain) if word.strip()]


def _unmarked(word: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFD", word) if not unicodedata.combining(char))


def _key(documents: Mapping[str, str], found: Mapping[str, Sequence[SearchEntry]]) -> str:
    """Return the name of the index of these documents with these facets."""
    others = [[find.href, find.countries, find.topics, find.about] for its in found.values() for find in its]
    ours = [_FORMAT, TOGETHER, KINDS, STATES]
    told = json.dumps([ours, version("pagefind_bin"), documents, others], ensure_ascii=False)
    return hashlib.sha256(told.encode("utf-8")).hexdigest()[:32]


def _make(made: Path, documents: Mapping[str, str], found: Mapping[str, Sequence[SearchEntry]]) -> None:
    """Make an index in the cache, whole or not at all."""
    made.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="making-", dir=made.parent) as scratch:
        site, index = Path(scratch, "site"), Path(scratch, "index")
        for name, text in documents.items():
            file = site / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")
        _run(site, index)
        entries = {lang: _entries(index, lang) for lang in found}
        for path in index.iterdir():
            if path.name == "fragment":
                shutil.rmtree(path)
            elif not path.name.startswith(_NEEDED):
                path.unlink()
        _settle(index / "pagefind-entry.json")
        for lang, its in found.items():
            known = entries[lang]
            _write_json(
                index / f"facets.{lang}.json", facets(its, {href: id for href, (id, _) in known.items()})
            )
            for start in range(0, len(its), TOGETHER):
                together = dict(known[find.href] for find in its[start : start + TOGETHER])
                _write_json(index / f"results.{lang}.{start // TOGETHER}.json", together)
            _write_json(index / f"names.{lang}.json", names(its))
        try:
            index.rename(made)
        except OSError:
            if not made.is_dir():  # else another build has made the same one meanwhile
                raise


def _run(site: Path, index: Path) -> None:
    program = get_executable()
    if program is None:
        raise EnvironmentFault("Pagefind is not installed: run `make install`, or build with ATLAS_SEARCH=0")
    command = [str(program), "--site", str(site), "--output-path", str(index), "--silent"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    except OSError as error:
        raise EnvironmentFault(f"Pagefind cannot run: {error}") from error
    if done.returncode or not (index / "pagefind-entry.json").is_file():
        raise InternalError(f"Pagefind made no index: {(done.stderr or done.stdout).strip()}")


def _settle(entry: Path) -> None:
    """Put the languages of an index into a fixed order, which Pagefind does not."""
    told = json.loads(entry.read_text("utf-8"))
    told["languages"] = dict(sorted(told["languages"].items()))
    _write_json(entry, told)


def _entries(index: Path, lang: str) -> dict[str, tuple[str, Any]]:
    """Return the id that Pagefind gave to each entry and what a result shows, by the entry's address."""
    found = {}
    for path in sorted((index / "fragment").glob(f"{lang}_*.pf_fragment")):
        text = gzip.decompress(path.read_bytes()).decode("utf-8")
        told = json.loads(text[text.index("{") :])
        meta = {key: value for key, value in sorted(told["meta"].items()) if key != "names"}
        found[meta["href"]] = (path.stem, {"content": told["content"], "meta": meta})
    return found


def facets(found: Sequence[SearchEntry], ids: Mapping[str, str]) -> dict[str, Any]:
    """Return the facets of all entries: the values there are, and of each entry the numbers of its own.

    An entry has the number of its kind, those of its countries and topics, that of its state or None, that
    of its record, that of the record that a claim is about or None, and that of the file with what a result
    shows.
    """
    records = _records(found)
    countries = sorted({code.lower() for find in found for code in find.countries})
    topics = sorted({topic for find in found for topic in find.topics})
    of = {
        ids[find.href]: [
            KINDS.index(find.kind),
            [countries.index(code.lower()) for code in find.countries],
            [topics.index(topic) for topic in find.topics],
            STATES.index(find.state) if find.state else None,
            records[_page(find.href)],
            records.get(find.about),
            at // TOGETHER,
        ]
        for at, find in enumerate(found)
    }
    return {
        "k": list(KINDS),
        "c": countries,
        "t": topics,
        "s": list(STATES),
        "of": dict(sorted(of.items())),
    }


def _page(href: str) -> str:
    """Return the address of the page that an address leads to."""
    return href.partition("#")[0]


def _records(found: Sequence[SearchEntry]) -> dict[str, int]:
    """Return the number of each record, by the address of its page."""
    return {page: number for number, page in enumerate(dict.fromkeys(_page(find.href) for find in found))}


def names(found: Sequence[SearchEntry]) -> list[tuple[int, str, list[str]]]:
    """Return what a search can name: the number of each record, its kind, its title and names."""
    records = _records(found)
    return [
        (records[_page(find.href)], find.kind, list(dict.fromkeys([find.title.text, *find.names])))
        for find in found
        if find.kind in _NAMED
    ]


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")


def _forget(cache: Path) -> None:
    """Remove the indexes that were used longest ago, and what a build that was killed left behind."""
    made = sorted((path for path in cache.iterdir() if len(path.name) == 32), key=lambda p: p.stat().st_mtime)
    for path in made[:-KEPT]:
        shutil.rmtree(path, ignore_errors=True)
