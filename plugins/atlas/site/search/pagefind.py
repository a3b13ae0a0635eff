"""The full-text search of the site: what can be found is handed to Pagefind, which makes the index.

Pagefind reads one small HTML document for each entry, made for it alone: so a search finds the claim and not
only the page it stands on. The same entries give the same bytes, so an index is kept and used again.

Pagefind writes the values of its own filters in an order that changes from run to run. So it gets none, and
the facets stand in a file of ours beside the index, by the ids that Pagefind gives to entries. Each language
is indexed apart, so that one which is as it was is not indexed again. And Pagefind makes a file for each
entry, of which hosts take only so many: what a result shows stands in files of ours, many entries to a file.
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
import threading
import unicodedata
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cache, partial
from html import escape
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any

from anyascii import anyascii
from pagefind.service import get_executable

from ...errors import EnvironmentFault, InternalError
from ...output_paths import copy_file, write_file
from ...views.pages.search_entries import KINDS, STATES, SearchEntry, spaced

FOLDER = "pagefind"
KEPT = 4
"""How many indexes of a language the cache keeps: the last ones that were used."""

TOGETHER = 64
"""How many entries share a file; neighbours are about the same place, and so are found together."""

_ENTRY, _FRAGMENT = "pagefind-entry.json", ".pf_fragment"
_NEEDED = ("pagefind.js", _ENTRY, "pagefind.", "wasm.", "index")
"""What a search loads, by the beginning of its name; the rest belongs to Pagefind's own interfaces."""
_FORMAT = "5"
"""To be counted up when the index is made in another way, so that none of before is used."""
_NAMED = ("city", "network", "charter", "country", "topic")
"""The kinds of entries that the words of a search can name, and that are offered where nothing is found."""
_WORD = re.compile(r"\w+")


def write(output: Path, found: Mapping[str, Sequence[SearchEntry]], cache: Path) -> None:
    """Write the index below ``output``; ``found`` holds the entries by the code of their language.

    ``cache`` is a folder for indexes of one language that were made before. Raises EnvironmentFault where
    Pagefind cannot run, and InternalError where it fails.
    """
    with ThreadPoolExecutor(len(found)) as executor:  # Pagefind works meanwhile, in processes of its own
        made = list(executor.map(partial(_index, cache), found, found.values()))
    entry: dict[str, Any] = {}
    for index in made:
        os.utime(index)
        for file in sorted(path for path in index.rglob("*") if path.is_file()):
            copy_file(output, f"{FOLDER}/{file.relative_to(index).as_posix()}", file)
        told = json.loads((index / _ENTRY).read_text("utf-8"))
        entry = {**told, "languages": entry.get("languages", {}) | told["languages"]}
    entry["languages"] = dict(sorted(entry["languages"].items()))
    write_file(output, f"{FOLDER}/{_ENTRY}", _json(entry))
    _forget(cache, KEPT * len(found))


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
    words = (word for text in texts if not text.isascii() for word in _WORD.findall(text))
    return list(dict.fromkeys(filter(None, map(_plain_word, words))))


@cache
def _plain_word(word: str) -> str:
    """Return a word in plain letters; nothing where it has none but such with marks."""
    marked = unicodedata.normalize("NFD", word)
    if "".join(char for char in marked if not unicodedata.combining(char)).isascii():
        return ""
    return anyascii(word).strip()


def _index(cache: Path, lang: str, its: Sequence[SearchEntry]) -> Path:
    """Return the folder with the index of one language, which is made if it is not in the cache."""
    documents = {f"{lang}/{number:06}.html": document(lang, find) for number, find in enumerate(its)}
    others = [[find.href, find.countries, find.topics, find.about] for find in its]
    ours = [_FORMAT, TOGETHER, KINDS, STATES]
    told = json.dumps([ours, version("pagefind_bin"), documents, others], ensure_ascii=False)
    made = cache / hashlib.sha256(told.encode("utf-8")).hexdigest()[:32]
    if not made.is_dir():
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="making-", dir=cache) as scratch:
            index = Path(scratch, "index")
            for name, content in _files(lang, its, _run(documents)):
                write_file(index, name, content)
            try:
                index.rename(made)  # whole or not at all
            except OSError:
                if not made.is_dir():  # else another build has made the same one meanwhile
                    raise
    return made


def _files(lang: str, its: Sequence[SearchEntry], made: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Yield the files of an index: those of Pagefind that a search loads, and ours."""
    yield from ((name, content) for name, content in made.items() if name.startswith(_NEEDED))
    known = _entries(made)
    yield f"facets.{lang}.json", _json(facets(its, {href: id for href, (id, _) in known.items()}))
    for start in range(0, len(its), TOGETHER):
        together = dict(known[find.href] for find in its[start : start + TOGETHER])
        yield f"results.{lang}.{start // TOGETHER}.json", _json(together)
    yield f"names.{lang}.json", _json(names(its))


def _run(documents: Mapping[str, str]) -> dict[str, bytes]:
    """Return the files of an index of documents by their names; they go to Pagefind and come by pipes."""
    program = get_executable()
    if program is None:
        raise EnvironmentFault("Pagefind is not installed: run `make install`, or build with ATLAS_SEARCH=0")
    asked: list[dict[str, object]] = [
        {"type": "NewIndex"},
        *(
            {"type": "AddFile", "index_id": 0, "file_path": name, "file_contents": text}
            for name, text in documents.items()
        ),
        {"type": "GetFiles", "index_id": 0},
    ]
    lines = [json.dumps({"message_id": number, "payload": one}) for number, one in enumerate(asked, 1)]
    told = b"".join(b64encode(line.encode()) + b"," for line in lines)
    answers = [json.loads(b64decode(one))["payload"] for one in _asked(program, told, len(asked))]
    failed = [one["message"] for one in answers if one["type"] == "Error"]
    if failed or len(answers) < len(asked):
        raise InternalError(f"Pagefind made no index: {'; '.join(failed[:1]) or 'it ended too soon'}")
    return {file["path"]: b64decode(file["content"]) for file in answers[-1]["files"]}


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
    with suppress(BrokenPipeError):  # it came to an end, which its answers tell
        to.write(told)
        to.flush()


def _entries(made: Mapping[str, bytes]) -> dict[str, tuple[str, Any]]:
    """Return the id that Pagefind gave to each entry and what a result shows, by the entry's address."""
    found = {}
    for name in sorted(name for name in made if name.endswith(_FRAGMENT)):
        text = gzip.decompress(made[name]).decode("utf-8")
        told = json.loads(text[text.index("{") :])
        meta = {key: value for key, value in sorted(told["meta"].items()) if key != "names"}
        id = name.rpartition("/")[2].removesuffix(_FRAGMENT)
        found[meta["href"]] = (id, {"content": told["content"], "meta": meta})
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


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _forget(cache: Path, most: int) -> None:
    """Remove the indexes that were used longest ago, and what a build that was killed left behind."""
    made = sorted((path for path in cache.iterdir() if len(path.name) == 32), key=lambda p: p.stat().st_mtime)
    for path in made[:-most]:
        shutil.rmtree(path, ignore_errors=True)
