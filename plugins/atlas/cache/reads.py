"""Dependency tracking: what a page or result has read is noted, and decides what is made again.

A ``TrackedTable`` is a read-only mapping that notes which of its rows are asked for. What is worked out
once and used by many pages is ``remembered``: who uses the result has read the result, and the result has
read what it was worked out from. Notes mean the same in every process and in the next build.
"""

from __future__ import annotations

import dataclasses
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Concatenate, NamedTuple, ParamSpec, TypeAlias, TypeVar

from .digests import digest

K = TypeVar("K")
V = TypeVar("V")
OwnerT = TypeVar("OwnerT")
P = ParamSpec("P")
R = TypeVar("R")

WHOLE, KEYS, PRESENCE = "*", "#", "?"
"""What follows the name of a table of which all is read, or its keys in order, or whether there is a row.

In the first two cases the key is empty.
"""

Key: TypeAlias = str | int | tuple[str | int | None, ...] | None


Read: TypeAlias = tuple[str, Key]
"""One thing that was read: a row of a table by its key, or the result of a function by its arguments.

A plain tuple, as these are many: it is made, sent and written down without a call of Python code.
"""

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


def note(read: Read) -> None:
    """Note that something was read."""
    if _open:
        _open[-1][read] = None


class _Reads(dict[object, Read]):
    """What notes say of the rows of a table, by their keys; made when a row is first read."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def __missing__(self, key: object) -> Read:
        read = self[key] = self.name, _plain(key)
        return read


class TrackedTable(Mapping[K, V]):
    """A read-only mapping that notes what is read of it. Keys are text, or tuples of text."""

    __slots__ = ("_looks", "_reads", "_rows", "name")

    def __init__(self, name: str, rows: Mapping[K, V]) -> None:
        """Take the rows, under a name by which notes speak of them."""
        self.name = name
        self._rows = rows
        self._reads = _Reads(name)
        self._looks = _Reads(name + PRESENCE)

    def __getitem__(self, key: K) -> V:
        """Return a row."""
        if _open:
            _open[-1][self._reads[key]] = None
        return self._rows[key]

    def get(self, key: K, default: Any = None) -> Any:
        """Return a row or the default; that there is none is noted as well."""
        if _open:
            _open[-1][self._reads[key]] = None
        return self._rows.get(key, default)

    def __contains__(self, key: object) -> bool:
        """Return whether there is such a row, which is not to read it."""
        if _open:
            _open[-1][self._looks[key]] = None
        return key in self._rows

    def __iter__(self) -> Iterator[K]:
        """Iterate over the keys."""
        note((self.name + KEYS, ""))
        return iter(self._rows)

    def __len__(self) -> int:
        """Return the number of rows."""
        note((self.name + KEYS, ""))
        return len(self._rows)

    def values(self) -> Any:
        """Return all rows, which is to read the whole table."""
        note((self.name + WHOLE, ""))
        return self._rows.values()

    def items(self) -> Any:
        """Return all keys and rows, which is to read the whole table."""
        note((self.name + WHOLE, ""))
        return self._rows.items()

    def __reduce__(self) -> tuple[Any, ...]:
        """A table is sent to another process as its rows."""
        return TrackedTable, (self.name, self.plain())

    def plain(self) -> dict[K, V]:
        """Return the rows as they are, of which nothing is noted."""
        return dict(self._rows)

    def digests(
        self, look: str, told: Callable[[Iterable[V]], Iterable[str]] = lambda rows: map(digest, rows)
    ) -> dict[Any, str]:
        """Return the digests of what notes may speak of, as it is now, by its keys: of all rows, or of one
        ``look`` at the table. ``told`` returns the digests of rows.
        """
        if look == PRESENCE:
            return dict.fromkeys(self._rows, "present")
        if look == KEYS:
            return {"": digest(tuple(self._rows))}
        rows = dict(zip(self._rows, told(self._rows.values()), strict=True))
        return {"": digest(tuple(rows), "".join(rows.values()))} if look == WHOLE else rows


def _plain(key: object) -> Any:
    """Return a key without classes of its own, as it is kept for the next build."""
    if isinstance(key, tuple):
        return tuple(map(_plain, key))
    return str(key) if isinstance(key, str) else key


# What is worked out once


@dataclasses.dataclass(slots=True)
class _Result:
    value: Any
    notes: tuple[Read, ...]
    read: Read | None
    """What notes say of it; None where its arguments mean nothing in another build: who uses it has read
    what it was worked out from."""


class Same:
    """An argument that is this very object: records hold mappings, so they have no hash."""

    __slots__ = ("one",)

    def __init__(self, one: Any) -> None:
        """Take the object."""
        self.one = one

    def __eq__(self, other: object) -> bool:
        """Return whether the other one stands for the same object."""
        return isinstance(other, Same) and self.one is other.one

    def __hash__(self) -> int:
        """Return a hash of which object it is."""
        return id(self.one)


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
                found = results[key] = _Result(value, tuple(notes), _read(name, owner, args))
                if len(results) > maxsize:
                    results.popitem(last=False)
            if _open:
                if found.read:
                    _open[-1][found.read] = None
                else:
                    _open[-1].update(dict.fromkeys(found.notes))
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
    return name, _plain((lang.code if lang else None, *args))


def is_result(read: Read) -> bool:
    """Return whether a note speaks of the result of a function."""
    return read[0].endswith("()")


def result(read: Read, owner_of: Callable[[str | None], object]) -> tuple[str, tuple[Read, ...]]:
    """Return the digest of the result that a note speaks of, and what it was worked out from.

    ``owner_of`` returns the lens of a language or, for None, the atlas.
    """
    name, key = read
    assert isinstance(key, tuple)
    lang, *args = key
    assert not isinstance(lang, int)
    function, owner = FUNCTIONS[name], owner_of(lang)
    with noting():
        function.call(owner, *args)
    found = function.results[owner, *args]
    return digest(found.value) if function.whole else "", found.notes
