"""Text of a page together with its language: words, links, and dates for the margin."""

from __future__ import annotations

from dataclasses import field

from ..model.frozen import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Text, with its language where that is not the language of the page (else None)."""

    text: str
    lang: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A name and the page it leads to."""

    text: str
    href: str
    lang: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DateMark:
    """A date for the margin: the year large, the rest small.

    ``rest`` is the day and month, the month, or the words for "year only"; ``iso`` is
    the date exactly as precise as the source, for ``<time datetime>``. When nothing
    is known, ``unknown`` is true, ``year`` holds the words for it and ``iso`` is None.
    ``line`` is the same in one line.
    """

    year: str
    rest: str
    iso: str | None
    unknown: bool = False
    line: str = field(default="", compare=False)


def capitalized(text: str) -> str:
    """Return the text as a sentence begins: "The Pact", "Sieć ECCAR"; the rest of it stays."""
    return text[:1].upper() + text[1:]
