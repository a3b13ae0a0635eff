"""The format of Pagefind's index, in which parts of an index are read and joined: CBOR behind a mark, packed.

A word has postings: the numbers of the entries in which it stands, each counted on from the one before, and
its places there. The forms of a word that bear marks have postings of their own. Where parts follow each
other, only the first number of each is counted anew.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import takewhile
from typing import Any, TypeAlias

from ...errors import InternalError

FIELDS = ["href", "kind", "names", "state", "status", "title"]
"""Where words stand beside the text. Places name these fields by number, so each part needs all of them."""

_MARK = b"pagefind_dcd"
_CHUNK = 40_000
"""How many bytes of words share a file, before they are packed: a search reads one for each of its words."""
_NUMBER, _TEXT, _LIST = 0, 3, 4
_WIDTHS = [*[1] * 24, 2, 3, 5, 9]
"""How many bytes a number takes, by what its first byte says."""

Postings: TypeAlias = tuple[int, int, int, str]
"""How many entries have a word, the numbers of the first and the last, and all that follows the first number,
as hexadecimal digits."""
Part: TypeAlias = tuple[list[int], list[tuple[str, str, Postings]]]
"""How many words each entry has, and the words with their postings: a word, and one of its forms that bear
marks or nothing for the word as such."""


def read_part(made: Mapping[str, bytes]) -> Part:
    """Return how many words the entries of an index have, and the words, but for its last entry."""
    [meta] = [_Reader(content).value() for name, content in made.items() if name.endswith(".pf_meta")]
    _, pages, chunks, _, _, fields = meta
    if fields != FIELDS:
        raise InternalError(f"Pagefind has other fields than expected: {fields}")
    files = (_Reader(made[f"index/{hash}.pf_index"]) for _, _, hash in chunks)
    counts = [count for _, count in pages[:-1]]
    return counts, [word for file in files for word in file.words(len(counts)) if word[2][0]]


class _Reader:
    """Reads the values of a file, one after the other."""

    def __init__(self, file: bytes) -> None:
        self._content, self._at = gzip.decompress(file).removeprefix(_MARK), 0

    def _head(self) -> tuple[int, int]:
        """Return the kind of the next value, and its number or how long it is."""
        kind, number = divmod(self._content[self._at], 32)
        self._at += 1
        if number >= 24:
            start, self._at = self._at, self._at + (1 << (number - 24))
            number = int.from_bytes(self._content[start : self._at], "big")
        return kind, number

    def value(self) -> Any:
        """Return the next value."""
        kind, number = self._head()
        if kind == _LIST:
            return [self.value() for _ in range(number)]
        if kind == _TEXT:
            start, self._at = self._at, self._at + number
            return self._content[start : self._at].decode()
        return -1 - number if kind else number

    def _items(self) -> range:
        return range(self._head()[1])

    def _skip(self) -> None:
        """Go on behind a list of numbers."""
        for _ in self._items():
            self._at += _WIDTHS[self._content[self._at] % 32]

    def words(self, end: int) -> Iterator[tuple[str, str, Postings]]:
        """Yield the words of a file of words, each followed by its forms, in the entries before a number."""
        self._head()
        for _ in self._items():
            self._head()
            word = self.value()
            yield word, "", self._postings(end)
            for _ in self._items():
                self._head()
                yield word, self.value(), self._postings(end)

    def _postings(self, end: int) -> Postings:
        count = first = last = number = start = stop = 0
        for _ in self._items():
            self._head()
            number += self._head()[1]
            start = start or self._at
            self._skip()  # places in the text
            self._skip()  # places in the fields
            if number < end:
                first = first if count else number
                count, last, stop = count + 1, number, self._at
        return count, first, last, self._content[start:stop].hex()


def index_files(lang: str, version: str, parts: Iterable[Part]) -> tuple[str, dict[str, bytes]]:
    """Return the hash of the index of all entries, by which a search asks for it, and its files."""
    joined: dict[str, dict[str, list[Postings]]] = {}
    pages: list[list[str | int]] = []
    for counts, words in parts:
        for word, form, (count, first, last, rest) in words:
            told = count, len(pages) + first, len(pages) + last, rest
            joined.setdefault(word, {}).setdefault(form, []).append(told)
        pages += [[str(number), count] for number, count in enumerate(counts, len(pages))]
    files: dict[str, bytes] = {}
    listed: list[list[str]] = []
    for chunk in _chunks([(word, _word(word, joined[word])) for word in sorted(joined)]):
        hash, content = _packed(lang, f"81{_head(_LIST, len(chunk))}{''.join(told for _, told in chunk)}")
        files[f"index/{hash}.pf_index"] = content
        begins, ends = chunk[0][0], chunk[-1][0]
        if listed:  # between two chunks, as many letters as tell them apart
            before = listed[-1][1]
            most = 1 + len(list(takewhile(lambda two: two[0] == two[1], zip(before, begins, strict=False))))
            listed[-1][1], begins = before[:most], begins[:most]
        listed.append([begins, ends, hash])
    hash, content = _packed(lang, _encoded([version, pages, listed, [], [], FIELDS]))
    return hash, {**files, f"pagefind.{hash}.pf_meta": content}


def _chunks(words: Iterable[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    """Yield the words of each file."""
    chunk, size = [], 0
    for word, told in words:
        chunk.append((word, told))
        size += len(told)
        if size >= 2 * _CHUNK:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _word(word: str, forms: Mapping[str, Iterable[Postings]]) -> str:
    """Return a word with its postings and those of its forms."""
    marked = [f"82{_encoded(form)}{_postings(forms[form])}" for form in sorted(forms) if form]
    return f"83{_encoded(word)}{_postings(forms.get('', ()))}{_head(_LIST, len(marked))}{''.join(marked)}"


def _postings(parts: Iterable[Postings]) -> str:
    """Return the postings of a word or form in all parts."""
    digits: list[str] = []
    number = before = 0
    for count, first, last, rest in parts:
        digits += ("83", _head(_NUMBER, first - before), rest)
        number, before = number + count, last
    return _head(_LIST, number) + "".join(digits)


@cache
def _head(kind: int, number: int) -> str:
    """Return, as hexadecimal digits, what a value begins with: its kind, and its number or how long it is."""
    if number < 24:
        return f"{kind << 5 | number:02x}"
    size = (number > 0xFF) + (number > 0xFFFF)
    return f"{kind << 5 | 24 + size:02x}{number:0{2 << size}x}"


def _encoded(value: str | int | Sequence[Any]) -> str:
    """Return a value in CBOR, as hexadecimal digits."""
    if isinstance(value, int):
        return _head(_NUMBER, value)
    if isinstance(value, str):
        return _head(_TEXT, len(value.encode())) + value.encode().hex()
    return _head(_LIST, len(value)) + "".join(map(_encoded, value))


def _packed(lang: str, digits: str) -> tuple[str, bytes]:
    """Return the hash of a file, by which it is named, and what it holds."""
    content = bytes.fromhex(digits)
    return f"{lang}_{hashlib.sha256(content).hexdigest()[:10]}", gzip.compress(_MARK + content, 6, mtime=0)
