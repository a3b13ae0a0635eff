"""The ids nearest to a word that is not one."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial

LIKENESS = 60
"""Per cent of likeness below which a suggestion would only mislead."""

SPREAD = 20
"""Per cent by which a suggestion may be less like the word than the best one."""


def nearest(word: str, choices: Collection[str], limit: int = 3) -> tuple[str, ...]:
    """Return up to ``limit`` of ``choices`` that look like ``word``, the likest first.

    >>> nearest("krakw", ["krakow", "berlin"])
    ('krakow',)
    """
    folded = word.casefold()[:80]
    ordered = sorted(choices)  # so that equally good choices come in the same order everywhere
    # Imported here, because good data never asks.
    try:
        from rapidfuzz import fuzz, process
    except ImportError:
        from difflib import get_close_matches

        return tuple(get_close_matches(folded, ordered, limit, LIKENESS / 100))
    found = process.extract(folded, ordered, scorer=fuzz.ratio, limit=limit, score_cutoff=LIKENESS)
    return tuple(choice for choice, score, _ in found if score >= found[0][1] - SPREAD)


def later(word: str, choices: Collection[str]) -> Callable[[], tuple[str, ...]]:
    """Return a function that looks for the nearest choices when a message is printed.

    A file may hold 70,000 wrong ids, of which only the first findings are ever shown.
    """
    return partial(nearest, word, choices)
