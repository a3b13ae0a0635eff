"""The full-text search of the site: what can be found is handed to Pagefind, which makes the index.

Pagefind reads one small HTML document for each entry, made for it alone: so a search finds the claim and not
only the page it stands on. It gets the documents of a few records at a time, and what it makes of them is
kept: after a row it reads only the parts that differ. All are joined into one index for each language.

Pagefind writes the values of its own filters in an order that changes from run to run. So it gets none, and
the facets stand in a file of ours beside the index, by the numbers of entries. And Pagefind makes a file for
each entry, of which hosts take only so many: what a result shows stands in files of ours, many to a file.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import subprocess
import threading
import unicodedata
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache, partial
from html import escape
from importlib.metadata import version
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import IO, Any

from anyascii import anyascii
from pagefind.service import get_executable

from ...cache.digests import digest
from ...cache.disk_cache import DiskCache
from ...cache.disk_cache import version as code_version
from ...dataset.reading.uncollected import uncollected
from ...errors import EnvironmentFault, InternalError
from ...languages.words import Words
from ...views.pages import search_entries
from ...views.pages.search_entries import KINDS, STATES, SearchEntry, spaced
from . import index_format

FOLDER = "pagefind"
PAGES = 64
"""On how many pages the entries of a part lie, on average: a record and its claims are in the same."""

TOGETHER = 64
"""How many entries share a file; neighbours are about the same place, and so are found together."""

_ENTRY, _FRAGMENT = "pagefind-entry.json", ".pf_fragment"
_PROGRAM = ("pagefind.js", _ENTRY, "wasm.")
"""What a search loads beside the index."""
_NEEDED = (*_PROGRAM, "pagefind.", "index", "fragment")
"""What is taken of Pagefind's files, by the beginnings of their names; the rest are interfaces of its own."""
_WHOLE = SearchEntry(kind="x", href="x", title=Words(text="x"), names=("x",), state="ended", status="x")
"""An entry with every field, at the end of each part, so that fields have the same numbers in all."""
_NAMED = ("city", "network", "charter", "country", "topic")
"""The kinds of entries that the words of a search can name, and that are offered where nothing is found."""
_WORD = re.compile(r"\w+")


def files(found: Mapping[str, Sequence[SearchEntry]], cache: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the files of the index by their paths; ``found`` holds the entries by the code of their language.

    ``cache`` is a folder for what was read before. Raises EnvironmentFault where Pagefind cannot run, and
    InternalError where it fails.
    """
    code = [Path(file) for file in (__file__, index_format.__file__, search_entries.__file__)]
    kept = DiskCache(cache, "search", code_version(code, version("pagefind_bin"), version("anyascii")))
    entry: dict[str, Any] = {}
    needed: dict[str, str] = {}
    for lang, its in sorted(found.items()):
        program = json.loads(kept.get(f"{lang} program", partial(_program, lang)))
        told = json.loads(b64decode(program.pop(_ENTRY)))
        with uncollected():
            hash, made = _index(kept, lang, told["version"], its)
        told["languages"] = {
            **entry.get("languages", {}),
            **{key: {**one, "hash": hash, "page_count": len(its)} for key, one in told["languages"].items()},
        }
        entry = told
        needed |= program
        yield from ((f"{FOLDER}/{name}", content) for name, content in made.items())
    yield from ((f"{FOLDER}/{name}", b64decode(text)) for name, text in needed.items())
    yield f"{FOLDER}/{_ENTRY}", _json(entry)


def document(lang: str, find: SearchEntry) -> str:
    """Return the HTML that Pagefind indexes for one entry: what is shown of it, then what only finds it."""
    title, text = _shown(find)
    names = [*find.names, *_plain((title, *find.names))]
    also = [*find.also, *_plain((text, *find.also))]
    facts = {
        "href": find.href,
        "kind": find.kind,
        "names": spaced(" ".join(names)) if find.names else None,
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


def _shown(find: SearchEntry) -> tuple[str, str]:
    """Return the title and the text of an entry."""
    return spaced(find.title.text), spaced(" ".join(part.text for part in find.text))


def _meta(find: SearchEntry) -> dict[str, str]:
    """Return what a result shows beside its text.

    ``shown`` counts the words of the title, of the first part of the text and of the whole text; what
    follows them only finds.
    """
    title, text = _shown(find)
    parts = (title, find.text[0].text if find.text else "", text)
    facts = {
        "href": find.href,
        "kind": find.kind,
        "lang": find.title.lang,
        "shown": " ".join(str(len(part.split())) for part in parts),
        "state": find.state,
        "status": find.status,
        "title": title,
    }
    return {name: value for name, value in facts.items() if value}


def _plain(texts: Iterable[str]) -> list[str]:
    """Return, in plain letters, the words with letters that are no letter with a mark, such as ł and ß."""
    words = (word for text in texts if not text.isascii() for word in _WORD.findall(text))
    return list(dict.fromkeys(filter(None, map(_plain_word, words))))


@cache
def _plain_word(word: str) -> str:
    """Return a word in plain letters; nothing where it has none but such with marks."""
    marked = unicodedata.normalize("NFD", word)
    if "".join(char for char in marked if not unicodedata.combining(char)).isascii():
        return ""
    return anyascii(word).strip()


def _index(
    kept: DiskCache, lang: str, version: str, its: Sequence[SearchEntry]
) -> tuple[str, dict[str, bytes]]:
    """Return the hash of the index of one language, and its files: those of Pagefind and ours."""
    made = [_part(kept, lang, part) for part in _parts(its)]
    hash, files = index_format.index_files(lang, version, (part["index"] for part in made))
    results = [
        f'"{number}":{one}' for number, one in enumerate(one for part in made for one in part["shown"])
    ]
    for start in range(0, len(its), TOGETHER):
        together = f"{{{','.join(results[start : start + TOGETHER])}}}\n"
        files[f"results.{lang}.{start // TOGETHER}.json"] = together.encode()
    files[f"facets.{lang}.json"], files[f"names.{lang}.json"] = _json(facets(its)), _json(names(its))
    return hash, files


def _parts(its: Iterable[SearchEntry]) -> Iterator[list[SearchEntry]]:
    """Yield the entries in parts, cut before the same pages whatever becomes of others."""
    part: list[SearchEntry] = []
    for page, found in groupby(its, lambda find: _page(find.href)):
        if part and zlib.crc32(page.encode()) % PAGES == 0:
            yield part
            part = []
        part += found
    if part:
        yield part


def _part(kept: DiskCache, lang: str, its: Sequence[SearchEntry]) -> dict[str, Any]:
    """Return the index of some entries, and in JSON what is shown of each: kept, or made by Pagefind."""

    def make() -> str:
        made = _run([document(lang, find) for find in (*its, _WHOLE)])
        fragments = (gzip.decompress(made[name]) for name in made if name.endswith(_FRAGMENT))
        pages = sorted((json.loads(one[one.index(b"{") :]) for one in fragments), key=itemgetter("url"))
        shown = [
            _json({"content": page["content"], "meta": _meta(find)}).decode().strip()
            for page, find in zip(pages, its, strict=False)
        ]
        return json.dumps({"index": index_format.read_part(made), "shown": shown})

    return dict(json.loads(kept.get(f"{lang} {_page(its[0].href)}", make, digest(its))))


def _program(lang: str) -> str:
    """Return the files of Pagefind that a search in a language loads beside the index."""
    made = _run([document(lang, _WHOLE)])
    return json.dumps({name: b64encode(made[name]).decode() for name in made if name.startswith(_PROGRAM)})


def _run(documents: Sequence[str]) -> dict[str, bytes]:
    """Return the files of an index of documents by their names; they go to Pagefind and come by pipes."""
    program = get_executable()
    if program is None:
        raise EnvironmentFault("Pagefind is not installed: run `make install`, or build with ATLAS_SEARCH=0")
    asked: list[dict[str, object]] = [
        {"type": "NewIndex"},
        *(
            {"type": "AddFile", "index_id": 0, "file_path": f"{number:06}.html", "file_contents": text}
            for number, text in enumerate(documents)
        ),
        {"type": "GetFiles", "index_id": 0},
    ]
    lines = [json.dumps({"message_id": number, "payload": one}) for number, one in enumerate(asked, 1)]
    told = b"".join(b64encode(line.encode()) + b"," for line in lines)
    answers = [json.loads(b64decode(one))["payload"] for one in _asked(program, told, len(asked))]
    failed = [one["message"] for one in answers if one["type"] == "Error"]
    if failed or len(answers) < len(asked):
        raise InternalError(f"Pagefind made no index: {'; '.join(failed[:1]) or 'it ended too soon'}")
    files = {file["path"]: file["content"] for file in answers[-1]["files"]}
    return {name: b64decode(text) for name, text in files.items() if name.startswith(_NEEDED)}


def _asked(program: Path, told: bytes, number: int) -> list[bytes]:
    """Return what the program answers, so many parts as are expected or as there are until it ends."""
    try:
        running = subprocess.Popen([program, "--service"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    except OSError as error:
        raise EnvironmentFault(f"Pagefind cannot run: {error}") from error
    assert running.stdin and running.stdout
    parts: list[bytes] = []
    with running:
        # It answers while it is asked, and stops as soon as nobody can ask any more.
        asking = threading.Thread(target=_ask, args=(running.stdin, told))
        asking.start()
        while number and (part := os.read(running.stdout.fileno(), 1 << 20)):
            parts.append(part)
            number -= part.count(b",")
        asking.join()
    return b"".join(parts).split(b",")[:-1]


def _ask(to: IO[bytes], told: bytes) -> None:
    try:
        to.write(told)
        to.flush()
    except BrokenPipeError:  # it came to an end, which its answers tell
        with suppress(BrokenPipeError):
            to.close()


def facets(found: Sequence[SearchEntry]) -> dict[str, Any]:
    """Return the facets of all entries: the values there are, and of each entry the numbers of its own.

    An entry has the number of its kind, those of its countries and topics, that of its state or None, that
    of its record, that of the record that a claim is about or None, and that of the file with what a result
    shows.
    """
    records = _records(found)
    countries = sorted({code.lower() for find in found for code in find.countries})
    topics = sorted({topic for find in found for topic in find.topics})
    of = [
        [
            KINDS.index(find.kind),
            [countries.index(code.lower()) for code in find.countries],
            [topics.index(topic) for topic in find.topics],
            STATES.index(find.state) if find.state else None,
            records[_page(find.href)],
            records.get(find.about),
            at // TOGETHER,
        ]
        for at, find in enumerate(found)
    ]
    return {"k": list(KINDS), "c": countries, "t": topics, "s": list(STATES), "of": of}


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


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
