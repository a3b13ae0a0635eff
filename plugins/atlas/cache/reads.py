"""Dependency tracking: what a page or result has read is noted, and decides what is made again.

A ``TrackedTable`` is a read-only mapping that notes which of its rows are asked for. What is worked out
once and used by many pages is ``remembered``: who uses the result has read the result, and the result has
read what it was worked out from. Notes mean the same in every process and in the next build.
"""

from __future__ import annotations

import dataclasses
import json
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Concatenate, NamedTuple, ParamSpec, TypeVar

from .digests import Digests, digest

K = TypeVar("K")
V = TypeVar("V")
OwnerT = TypeVar("OwnerT")
P = ParamSpec("P")
R = TypeVar("R")

WHOLE = "*"
"""The key that stands for a whole table."""
KEYS = "#"
"""The key that stands for the keys of a table and their order."""

PRESENCE = "?"
"""What stands before the key of a row of which nothing is read but whether there is one."""


class Read(NamedTuple):
    """One thing that was read: a row of a table by its key in JSON, or the result of a function."""

    table: str
    key: str


Notes = dict[Read, None]
"""What was read, each once, in the order of the first time."""

_open: list[Notes] = []
"""The notes of the computations under way, the innermost last."""


@contextmanager
def noting() -> Iterator[Notes]:
    """Yield the notes of what the block reads; what is around the block has not read it."""
    notes: Notes = {}
    _open.append(notes)
    try:
        yield notes
    finally:
        _open.pop()


def is_noting() -> bool:
    """Tell whether anybody wants to know what is read."""
    return bool(_open)


def note(read: Read) -> None:
    """Note that something was read."""
    if _open:
        _open[-1][read] = None


class TrackedTable(Mapping[K, V]):
    """A read-only mapping that notes what is read of it. Keys are text, or tuples of text."""

    __slots__ = ("_digests", "_looks", "_reads", "_rows", "name")

    def __init__(self, name: str, rows: Mapping[K, V], digests: Digests | None = None) -> None:
        """Take the rows, under a name by which notes speak of them, and digests of records they may share."""
        self.name = name
        self._rows = rows
        self._digests = digests or Digests()
        self._reads: dict[object, Read] = {}
        self._looks: dict[object, Read] = {}

    def _note(self, key: object) -> None:
        if _open:
            read = self._reads.get(key)
            if read is None:
                read = self._reads[key] = Read(self.name, json.dumps(key, ensure_ascii=False))
            _open[-1][read] = None

    def __getitem__(self, key: K) -> V:
        """Return a row."""
        self._note(key)
        return self._rows[key]

    def get(self, key: K, default: Any = None) -> Any:
        """Return a row or the default; that there is none is noted as well."""
        self._note(key)
        return self._rows.get(key, default)

    def __contains__(self, key: object) -> bool:
        """Return whether there is such a row, which is not to read it."""
        if _open:
            look = self._looks.get(key)
            if look is None:
                told = PRESENCE + json.dumps(key, ensure_ascii=False)
                look = self._looks[key] = Read(self.name, told)
            _open[-1][look] = None
        return key in self._rows

    def __iter__(self) -> Iterator[K]:
        """Iterate over the keys."""
        note(Read(self.name, KEYS))
        return iter(self._rows)

    def __len__(self) -> int:
        """Return the number of rows."""
        note(Read(self.name, KEYS))
        return len(self._rows)

    def values(self) -> Any:
        """Return all rows, which is to read the whole table."""
        note(Read(self.name, WHOLE))
        return self._rows.values()

    def items(self) -> Any:
        """Return all keys and rows, which is to read the whole table."""
        note(Read(self.name, WHOLE))
        return self._rows.items()

    def __reduce__(self) -> tuple[Any, ...]:
        """A table is sent to another process as its rows."""
        return TrackedTable, (self.name, self.plain())

    def plain(self) -> dict[K, V]:
        """Return the rows as they are, of which nothing is noted."""
        return dict(self._rows)

    def digest(self, key: str) -> str:
        """Return the digest of what a note speaks of, as it is now; empty where there is nothing."""
        if key == KEYS:
            return digest(tuple(self._rows))
        if key == WHOLE:
            return digest(tuple(self._rows), "".join(map(self._digests.of_row, self._rows.values())))
        name = key.removeprefix(PRESENCE)
        parsed = json.loads(name) if name[0] != '"' or "\\" in name else name[1:-1]
        found: Any = tuple(parsed) if isinstance(parsed, list) else parsed
        if found not in self._rows:
            return ""
        return "present" if key.startswith(PRESENCE) else self._digests.of_row(self._rows[found])


# What is worked out once


@dataclasses.dataclass(slots=True)
class _Result:
    value: Any
    notes: Notes
    read: Read | None
    """What notes say of it; None where its arguments mean nothing in another build: who uses it has read
    what it was worked out from."""


class Function(NamedTuple):
    """A remembered function, with the results it has at hand."""

    call: Callable[..., Any]
    results: OrderedDict[tuple[Any, ...], _Result]
    whole: bool


FUNCTIONS: dict[str, Function] = {}
"""All remembered functions, by the names that notes have for them."""


def remembered(
    maxsize: int = 1 << 16, *, whole: bool = True
) -> Callable[[Callable[Concatenate[OwnerT, P], R]], Callable[Concatenate[OwnerT, P], R]]:
    """Remember what a function of an atlas or a lens returned for its other arguments, and what it read.

    Whoever uses the result has read it as a ``whole``: while it is the same nothing changes for them. One
    that is so large that it changes with everything it was worked out from needs no digest.
    """

    def decorate(function: Callable[Concatenate[OwnerT, P], R]) -> Callable[Concatenate[OwnerT, P], R]:
        name = f"{function.__module__}.{function.__qualname__}()"
        results: OrderedDict[tuple[Any, ...], _Result] = OrderedDict()

        def remembering(owner: OwnerT, /, *args: P.args, **kwargs: P.kwargs) -> R:
            assert not kwargs, "a remembered function is called by position"
            key = owner, *args
            found = results.get(key)
            if found is None:
                with noting() as notes:
                    value = function(owner, *args, **kwargs)
                found = results[key] = _Result(value, notes, _read(name, owner, args))
                if len(results) > maxsize:
                    results.popitem(last=False)
            if _open:
                if found.read:
                    _open[-1][found.read] = None
                else:
                    _open[-1].update(found.notes)
            known: R = found.value
            return known

        remembering.__doc__, remembering.__module__ = function.__doc__, function.__module__
        remembering.__name__, remembering.__qualname__ = function.__name__, function.__qualname__
        FUNCTIONS[name] = Function(remembering, results, whole)
        return remembering

    return decorate


def _read(name: str, owner: object, args: tuple[object, ...]) -> Read | None:
    """Return the note for a result; None where its arguments mean nothing in another build."""
    if not all(isinstance(arg, str | int | None) for arg in args):
        return None
    lang = getattr(owner, "lang", None)
    return Read(name, json.dumps([lang.code if lang else None, *args], ensure_ascii=False))


def is_result(read: Read) -> bool:
    """Return whether a note speaks of the result of a function."""
    return read.table.endswith("()")


def result(read: Read, owner_of: Callable[[str | None], object]) -> tuple[str, Notes]:
    """Return the digest of the result that a note speaks of, and what it was worked out from.

    ``owner_of`` returns the lens of a language or, for None, the atlas.
    """
    lang, *args = json.loads(read.key)
    function, owner = FUNCTIONS[read.table], owner_of(lang)
    with noting():
        function.call(owner, *args)
    found = function.results[owner, *args]
    return digest(found.value) if function.whole else "", found.notes
