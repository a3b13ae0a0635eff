"""The words of a page, and what they say where a page is not what was asked for."""

from __future__ import annotations

import html
import re
import tomllib
from pathlib import Path

import nh3

from .fetch import Answer

_PHRASES = {
    what: "|".join(patterns)
    for what, patterns in tomllib.loads(Path(__file__).with_name("phrases.toml").read_text("utf-8")).items()
}
NOT_FOUND = re.compile(_PHRASES["not_found"], re.IGNORECASE)
"""What pages say in their title or first heading when they are not there."""
SHORT = 1200
"""Characters of a page without a heading that says it, whose text may say it nevertheless."""
_PAGE_NOT_FOUND = re.compile(rf"(?:{_PHRASES['page']})\b.{{0,40}}?(?:{_PHRASES['not_found']})", re.IGNORECASE)
_PARKED = re.compile(
    rf"(?:{_PHRASES['domain']})\b.{{0,60}}?(?:{_PHRASES['for_sale']})|{_PHRASES['seller']}", re.IGNORECASE
)
_WALLS = {name: re.compile(_PHRASES[name], re.IGNORECASE) for name in ("cookies", "people")}

_HEADINGS = tuple(re.compile(rf"<{name}\b[^<>]*>", re.IGNORECASE) for name in ("title", "h1"))
_LONGEST_HEADING = 500
_UNSEEN = {"script", "style", "noscript", "template"}
# No pattern may try again from every "<": a page is as long and as odd as its author likes.
_CHARSET = re.compile(rb"charset=[\"']?([\w-]+)", re.IGNORECASE)
_PASSWORD = re.compile(r"<input\b[^<>]*\btype=[\"']?password", re.IGNORECASE)


def says_missing(source: str) -> bool:
    """Tell whether a page says that it is not there: in its headings, or in all the little that it says."""
    if any(NOT_FOUND.search(heading) for heading in headings(source)):
        return True
    text = visible(source)
    return len(text) <= SHORT and _PAGE_NOT_FOUND.search(text) is not None


def is_parked(source: str) -> bool:
    """Tell whether a page stands where nobody lives: its domain is for sale."""
    return _PARKED.search(source[:50_000]) is not None and len(visible(source)) <= 2 * SHORT


def wall(source: str) -> str:
    """Return what a page has put before itself, against programs or whoever takes no cookies, or nothing."""
    first = [*headings(source), text] if len(text := visible(source)) <= 2 * SHORT else headings(source)
    return next((name for name, pattern in _WALLS.items() if any(map(pattern.search, first))), "")


def asks_to_log_in(source: str) -> bool:
    """Tell whether a page asks for a password and says little else."""
    return _PASSWORD.search(source) is not None and len(visible(source)) <= SHORT


def text_of(answer: Answer) -> str:
    """Return the HTML of an answer; bytes that do not fit its encoding are replaced."""
    named = _CHARSET.search(answer.content_type.encode("latin-1", "replace")) or _CHARSET.search(
        answer.body[:2000]
    )
    try:
        return answer.body.decode(named[1].decode("ascii") if named else "utf-8", "replace")
    except LookupError:
        return answer.body.decode("utf-8", "replace")


def headings(source: str) -> list[str]:
    """Return the title and the first heading of a page, as far as it has them."""
    found = []
    for opening in _HEADINGS:
        match = opening.search(source)
        if match:
            inside = source[match.end() : match.end() + _LONGEST_HEADING]
            end = inside.casefold().find(f"</{match[0][1:3].casefold()}")
            found.append(visible(inside if end < 0 else inside[:end]))
    return found


def visible(source: str) -> str:
    """Return the words of a piece of HTML that a reader sees, about."""
    apart = source.replace("<", " <")  # what stands in two elements is two words
    return " ".join(html.unescape(nh3.clean(apart, tags=set(), clean_content_tags=_UNSEEN)).split())
