"""Digests of plain data, the same in every process and in the next build.

A value is written down as nested tuples of what ``marshal`` knows, which is in C, and then hashed. Records
are so many that asking each for its state through ``pickle`` took longer than anything else in a build that
had little to do. msgspec would be shorter; but it either sorts the keys of mappings, whose order pages
show, or writes sets in an order of chance, and it writes a list as it writes a tuple.
"""

from __future__ import annotations

import dataclasses
import hashlib
import io
import marshal
import os
import pickle
from collections.abc import Callable, Mapping
from datetime import date
from operator import attrgetter
from types import MappingProxyType
from typing import Any, TypeAlias

SIZE = 10
"""Bytes of a digest."""

_NO_REFERENCES = 2
"""The version of marshal's format that writes equal values alike, whether they are one object or two."""

Encoder: TypeAlias = Callable[[Any], object]

_AS_IT_IS = frozenset((str, int, float, bool, type(None), bytes))


def digest(*values: object) -> str:
    """Return a digest of plain data that is the same in every process.

    What cannot be written down gets another digest each time, so whatever depends on it is done again.
    """
    try:
        told = marshal.dumps(_encode(values), _NO_REFERENCES)
    except (pickle.PicklingError, TypeError, AttributeError, RecursionError, ValueError):
        return os.urandom(SIZE).hex()
    return hashed(told)


class DigestedOnce:
    """Base of frozen dataclasses with slots that stand in many results: each object is digested once."""

    __slots__ = ("_digest",)


def hashed(content: bytes) -> str:
    """Return the digest of bytes."""
    return hashlib.blake2b(content, digest_size=SIZE).hexdigest()


def _encode(value: object) -> Any:
    """Return a value as what ``marshal`` can write, with the names of its classes."""
    kind = type(value)
    if kind in _AS_IT_IS:
        return value
    encoder = _encoders.get(kind)
    if encoder is None:
        encoder = _encoders[kind] = _encoder_for(kind)
    return encoder(value)


def _encoder_for(kind: type) -> Encoder:
    """Return how values of a class are made plain."""
    name = f"{kind.__module__}.{kind.__qualname__}"
    if dataclasses.is_dataclass(kind) and _is_its_fields(kind):
        names = (field.name for field in dataclasses.fields(kind))
        # What a class has made a property of is small print, of which it notes who reads it.
        record = _of_record(
            name, tuple(one for one in names if not isinstance(getattr(kind, one, None), property))
        )
        return _once(record) if issubclass(kind, DigestedOnce) else record
    if issubclass(kind, str):
        return lambda text: (name, str.__str__(text))
    if issubclass(kind, tuple) and hasattr(kind, "_fields"):
        return lambda row: (name, *map(_encode, row))
    if issubclass(kind, Mapping):
        return _of_mapping
    return _pickled


def _is_its_fields(kind: type) -> bool:
    """Return whether nothing but its fields is the state of a dataclass."""
    # With slots, the library adds a function of its own that returns the fields.
    state: Any = kind.__getstate__
    plain = state is object.__getstate__ or state.__module__ == dataclasses.__name__
    return plain and all(
        getattr(kind, name) is getattr(object, name) for name in ("__reduce__", "__reduce_ex__")
    )


def _of_record(name: str, fields: tuple[str, ...]) -> Encoder:
    if len(fields) < 2:
        return lambda record: (name, *(_encode(getattr(record, field)) for field in fields))
    state = attrgetter(*fields)
    known = _AS_IT_IS

    def plain(record: object) -> object:
        return name, *[one if type(one) in known else _encode(one) for one in state(record)]

    return plain


def _once(encoder: Encoder) -> Encoder:
    def told(record: Any) -> object:
        try:
            return record._digest
        except AttributeError:
            plain: Any = encoder(record)
            record._digest = hashed(marshal.dumps(plain, _NO_REFERENCES))
            return record._digest

    return told


def _of_mapping(mapping: Mapping[Any, Any]) -> object:
    return "{", *[(_encode(key), _encode(one)) for key, one in mapping.items()]


def _of_set(members: frozenset[Any] | set[Any]) -> object:
    return "set", *sorted(marshal.dumps(_encode(one), _NO_REFERENCES) for one in members)


def _pickled(value: object) -> object:
    buffer = io.BytesIO()
    pickler = pickle.Pickler(buffer, protocol=5)
    pickler.fast = True  # equal strings are written alike, whether they are one object or two
    pickler.dump(value)
    return "pickle", buffer.getvalue()


_encoders: dict[type, Encoder] = {
    tuple: lambda row: tuple(map(_encode, row)),
    list: lambda row: list(map(_encode, row)),
    dict: _of_mapping,
    MappingProxyType: _of_mapping,
    date: lambda day: ("date", day.toordinal()),
    set: _of_set,
    frozenset: _of_set,
}
