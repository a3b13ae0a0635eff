"""What the answers mean: dead, moved, a page that only pretends to be there, or good."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Literal, TypeAlias, get_args
from urllib.parse import urlsplit, urlunsplit

from ...errors import EnvironmentFault
from ...findings import FieldValue, Word
from ..messages import SAID
from .fetch import Answer, Trouble
from .page_text import asks_to_log_in, is_parked, says_missing, text_of, visible, wall
from .visit import Visit, Visitor

Kind: TypeAlias = Literal[
    "ok", "moved", "soft-404", "dead", "timeout", "error", "certificate", "blocked", "postponed", "private"
]  # fmt: skip
"""``blocked``: refuses programs, so that only a person can tell; ``postponed``: asked to wait too long."""

KINDS: tuple[Kind, ...] = get_args(Kind)
FAILURES: frozenset[Kind] = frozenset(("dead", "timeout", "error"))
"""What counts, run after run, until an address is taken for dead."""

SAME_PAGE_PERCENT = 95
SHORTEST_TEXT = 200
"""A page with fewer characters of text is a shell that a script fills, and tells nothing."""

NO_HOST: str = SAID.web.reasons["no-host"]
_LOGIN = re.compile(
    r"/(?:log-?in|sign-?in|logowanie|zaloguj|anmeld(?:en|ung)|connexion|inloggen|logga-in|sso|oauth2?)\b",
    re.IGNORECASE,
)
_FORWARDERS = frozenset(("doi.org", "handle.net", "purl.org", "w3id.org"))
"""Domains whose addresses are made to lead elsewhere."""
_DOCUMENT = re.compile(r"\.(?:pdf|docx?|xlsx?|odt|ods|zip)$", re.I)

_KINDS: dict[Trouble, Kind] = {
    "no-host": "dead",
    "address": "dead",
    "timeout": "timeout",
    "certificate": "certificate",
    "private": "private",
}
_BLOCKED = frozenset((401, 403, 405, 406, 407, 418, 425, 429, 451, 999))


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
        return Verdict("postponed", _why("resting"), final)
    if visit.endless:
        return Verdict("error", _why("endless"), final)
    if answer.trouble:
        return Verdict(_KINDS.get(answer.trouble, "error"), _why(answer.trouble), final)
    if answer.status in _BLOCKED:
        return Verdict("blocked", phrase(answer.status), final)
    if answer.status >= 500:
        return Verdict("error", phrase(answer.status), final)
    if not 200 <= answer.status < 300:
        return Verdict("dead", phrase(answer.status), final)
    if shut := _shut(visit):
        return Verdict("blocked", _why(shut), final)
    if pretence := _pretence(visit, probe):
        return Verdict("soft-404", _why(pretence), final)
    if visit.moved_to:
        return Verdict("moved", _why("moved"), visit.moved_to)
    return Verdict("ok", final=final)


def _why(reason: str) -> Word:
    return Word(SAID.web.reasons[reason])


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


def _shut(visit: Visit) -> str:
    """Return why a program sees nothing of a page that is perhaps there, or nothing."""
    answer = visit.answer
    asked, came = urlsplit(visit.url), urlsplit(answer.url)
    if visit.hops and (_LOGIN.search(came.path) and not _LOGIN.search(asked.path)):
        return "log-in"
    if visit.hops and (came.hostname or "").startswith("consent."):
        return "cookies"
    if not answer.is_page:
        return ""
    source = text_of(answer)
    return wall(source) or ("log-in" if asks_to_log_in(source) else "")


def _pretence(visit: Visit, probe: Answer | None) -> str:
    """Return in which way a page with a good status is none, or nothing."""
    answer = visit.answer
    if visit.hops and _is_home(answer.url) and not _is_home(visit.url):
        return "home"
    if visit.hops and not visit.moved_to and _domain(visit.url) not in (_domain(answer.url), *_FORWARDERS):
        return "other-host"
    if not answer.is_page:
        return ""
    if not answer.body and not answer.packed:
        return "empty"
    if _DOCUMENT.search(urlsplit(visit.url).path):
        return "no-document"
    source = text_of(answer)
    if says_missing(source):
        return "not-found"
    if is_parked(source):
        return "for-sale"
    if probe is not None and 200 <= probe.status < 300 and probe.is_page and not _is_home(answer.url):
        page, other = visible(source), visible(text_of(probe))
        if min(len(page), len(other)) >= SHORTEST_TEXT and _alike(page, other):
            return "same-page"
    return ""


def _domain(url: str) -> str:
    """Return the last two labels of a host, so that hosts of one body are one."""
    return ".".join((urlsplit(url).hostname or "").casefold().split(".")[-2:])


def _alike(page: str, other: str) -> bool:
    # Imported here, because few hosts come to this.
    from rapidfuzz import fuzz

    return fuzz.ratio(page[:20_000], other[:20_000], score_cutoff=SAME_PAGE_PERCENT) > 0


def _is_home(url: str) -> bool:
    """Tell whether ``url`` is a home page: the root, or that of one language."""
    parts = urlsplit(url)
    home = re.fullmatch(r"/?(?:[a-z]{2}(?:[-_][a-z]{2})?/?)?(?:(?:index|default)\.\w+)?", parts.path, re.I)
    return home is not None and not parts.query


def asked(visitor: Visitor, url: str) -> tuple[Any, Verdict]:
    """Return what an interface answers, and the verdict on its answer; nothing where that is not good.

    Raises EnvironmentFault where its host is not found: then there is no network.
    """
    visit = visitor.visit(url, "GET")
    found = verdict(visit)
    if found.reason == NO_HOST:
        raise EnvironmentFault(SAID.web.no_network)
    if found.kind not in ("ok", "moved", "soft-404"):
        return None, found
    try:
        return json.loads(visit.answer.body), found
    except (ValueError, RecursionError):  # a page of HTML, half an answer
        return None, Verdict("error", _why("no-json"))
