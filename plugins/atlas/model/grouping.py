"""Grouping: items by what they have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

K = TypeVar("K")
T = TypeVar("T")


def grouped(items: Iterable[T], key: Callable[[T], K]) -> dict[K, list[T]]:
    """Return items by their key, the keys in the order in which each first occurs.

    >>> grouped(["Łódź", "Lublin", "Kraków"], len)
    {4: ['Łódź'], 6: ['Lublin', 'Kraków']}
    """
    found: dict[K, list[T]] = {}
    for item in items:
        found.setdefault(key(item), []).append(item)
    return found
