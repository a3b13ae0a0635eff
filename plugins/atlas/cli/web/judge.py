"""What the answers mean: dead, moved, a page that only pretends to be there, or good."""

from __future__ import annotations

import hashlib
import html
import re
from dataclasses import dataclass
from http import HTTPStatus
from typing import Literal, TypeAlias
from urllib.parse import urlsplit, urlunsplit

from ...findings import N_, FieldValue, Word
from .courtesy import name_of
from .fetch import Answer
from .visit import Visit

Kind: TypeAlias = Literal[
    "ok",
    "moved",
    "soft-404",
    "dead",
    "timeout",
    "error",
    "certificate",
    "blocked",
    "postponed",
    "private",
]
"""``blocked``: refuses programs, so that only a person can tell; ``postponed``: asked to wait too long."""

KINDS: tuple[Kind, ...] = (
    "dead",
    "moved",
    "soft-404",
    "timeout",
    "error",
    "certificate",
    "blocked",
    "postponed",
    "private",
    "ok",
)
FAILURES: frozenset[Kind] = frozenset(("dead", "timeout", "error"))
"""What counts, run after run, until an address is taken for dead."""

SAME_PAGE_PERCENT = 95
SHORTEST_TEXT = 200
"""A page with fewer characters of text is a shell that a script fills, and tells nothing."""

NO_HOST = N_("no such host")

_TROUBLES: dict[str, tuple[Kind, str]] = {
    "no-host": ("dead", NO_HOST),
    "refused": ("error", N_("the host refuses the connection")),
    "cut-off": ("error", N_("the host cuts the connection off")),
    "protocol": ("error", N_("the answer is not HTTP")),
    "address": ("dead", N_("it leads to an address that is none")),
    "timeout": ("timeout", N_("no answer in time")),
    "certificate": ("certificate", N_("the certificate is not valid")),
    "private": ("private", N_("it leads into a private network")),
}
_BLOCKED = frozenset((401, 403, 405, 406, 407, 418, 425, 429, 451, 999))

# What pages say in their title or first heading when they are not there.
_NOT_FOUND = re.compile(
    r"\b404\b|not[ -]found|page (?:does not|doesn.t) exist|no longer (?:available|exists)|"
    r"nie (?:znaleziono|istnieje|odnaleziono)|strona nieodnaleziona|nie ma takiej strony|"
    r"nicht gefunden|existiert nicht|introuvable|n.existe (?:pas|plus)|no encontrad[ao]|"
    r"no existe|non trovat[ao]|inesistente|não encontrad[ao]|niet gevonden|hittades inte|"
    r"ikke fundet|ikke funnet|ei löy[td]y|nenalezen|nem található|не знайдено",
    re.IGNORECASE,
)
_HEADINGS = tuple(re.compile(rf"<{name}\b[^<>]*>", re.IGNORECASE) for name in ("title", "h1"))
_LONGEST_HEADING = 500
_UNSEEN = re.compile(r"<(script|style|noscript|template)\b|<!--", re.IGNORECASE)
# No pattern may try again from every "<": a page is as long and as odd as its author likes.
_TAG = re.compile(r"<[^<>]*>")
_CHARSET = re.compile(rb"charset=[\"']?([\w-]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be said of one address today."""

    kind: Kind
    reason: FieldValue = ""
    """Why, as a Word that can be translated, or as the server put it."""
    final: str = ""
    """Where it leads, if that is somewhere else."""


def verdict(visit: Visit, probe: Answer | None = None) -> Verdict:
    """Return what ``visit`` means.

    ``probe`` is the answer of the same host for an address that nobody ever made; where
    it is the same page, the page says nothing.
    """
    answer = visit.answer
    final = answer.url if answer.url != visit.url else ""
    if visit.resting:
        return Verdict("postponed", Word(N_("the host asks to wait")), final)
    if visit.endless:
        return Verdict("error", Word(N_("its redirects never end")), final)
    if answer.trouble:
        kind, reason = _TROUBLES[answer.trouble]
        return Verdict(kind, Word(reason), final)
    if answer.status in _BLOCKED:
        return Verdict("blocked", phrase(answer.status), final)
    if answer.status >= 500:
        return Verdict("error", phrase(answer.status), final)
    if not 200 <= answer.status < 300:
        return Verdict("dead", phrase(answer.status), final)
    pretence = _pretence(visit, probe)
    if pretence:
        return Verdict("soft-404", Word(pretence), final)
    if visit.moved_to:
        return Verdict("moved", Word(N_("moved for good")), visit.moved_to)
    return Verdict("ok", final=final)


def phrase(status: int) -> str:
    """Return a status with its standard phrase: ``404 Not Found``."""
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def wants_probe(visit: Visit) -> bool:
    """Tell whether it is worth asking the host for an address that nobody made."""
    answer = visit.answer
    return 200 <= answer.status < 300 and answer.is_page and not _is_home(answer.url) and not visit.endless


def probe_address(url: str) -> str:
    """Return an address in the same folder that nobody made; the same one in every run."""
    parts = urlsplit(url)
    folder = parts.path.rpartition("/")[0]
    made_up = hashlib.sha256(parts.netloc.encode()).hexdigest()[:16]
    return urlunsplit((parts.scheme, parts.netloc, f"{folder}/{made_up}", "", ""))


def _pretence(visit: Visit, probe: Answer | None) -> str:
    """Return in which way a page with a good status is none, or nothing."""
    answer = visit.answer
    if visit.hops and _is_home(answer.url) and not _is_home(visit.url):
        same = name_of(urlsplit(visit.url).hostname or "") == name_of(urlsplit(answer.url).hostname or "")
        if same:
            return N_("it leads to the home page")
    if not answer.is_page:
        return ""
    source = text_of(answer)
    if any(_NOT_FOUND.search(heading) for heading in headings(source)):
        return N_("the page says that it was not found")
    if probe is not None and 200 <= probe.status < 300 and probe.is_page and not _is_home(answer.url):
        page, other = visible(source), visible(text_of(probe))
        if min(len(page), len(other)) >= SHORTEST_TEXT and _alike(page, other):
            return N_("the host gives the same page for any address")
    return ""


def _alike(page: str, other: str) -> bool:
    # Imported here, because few hosts come to this.
    from rapidfuzz import fuzz

    return fuzz.ratio(page[:20_000], other[:20_000], score_cutoff=SAME_PAGE_PERCENT) > 0


def _is_home(url: str) -> bool:
    """Tell whether ``url`` is a home page: the root, or that of one language."""
    parts = urlsplit(url)
    home = re.fullmatch(r"/?(?:[a-z]{2}(?:[-_][a-z]{2})?/?)?(?:(?:index|default)\.\w+)?", parts.path, re.I)
    return home is not None and not parts.query


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
    seen, position = [], 0
    lower = source.casefold() if source.isascii() else source.lower()
    while match := _UNSEEN.search(source, position):
        seen.append(source[position : match.start()])
        end = lower.find("-->" if match[1] is None else f"</{match[1].lower()}", match.end())
        position = len(source) if end < 0 else end + (3 if match[1] is None else 0)
    seen.append(source[position:])
    return " ".join(html.unescape(_TAG.sub(" ", " ".join(seen))).split())
