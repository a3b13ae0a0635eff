"""One address followed to its end: HEAD, then GET where needed, with retry, redirects by hand.

A rate limit throttles to one request at a time to one host, with a pause between two.
"""

from __future__ import annotations

import html
import re
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal, TypeAlias
from urllib.parse import urldefrag, urljoin, urlsplit

from .fetch import Answer, Fetcher, Guard, Limits

PAUSE_S = 1.0
PATIENCE_S = 90.0
"""A host that asks for a longer wait is left alone for the rest of the run."""


@dataclass(slots=True)
class Courtesy:
    """Whose turn it is at each host. Shared by the threads of one run."""

    pause_s: float = PAUSE_S
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    _locks: defaultdict[str, threading.Lock] = field(default_factory=lambda: defaultdict(threading.Lock))
    _not_before: dict[str, float] = field(default_factory=dict)
    _guard: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def turn(self, host: str) -> Iterator[None]:
        """Wait until nobody else asks ``host`` and the pause since the last request is over."""
        host = name_of(host)
        with self._guard:
            lock = self._locks[host]
        with lock:
            wait = self._not_before.get(host, 0.0) - self.clock()
            if wait > 0:
                self.sleep(wait)
            try:
                yield
            finally:
                rest = self.clock() + self.pause_s
                self._not_before[host] = max(rest, self._not_before.get(host, 0.0))

    def rest(self, host: str, seconds: float) -> None:
        """Ask nothing more of ``host`` for so long."""
        host = name_of(host)
        self._not_before[host] = max(self.clock() + seconds, self._not_before.get(host, 0.0))

    def is_resting(self, host: str) -> bool:
        """Tell whether ``host`` asked for more patience than a run has."""
        return self._not_before.get(name_of(host), 0.0) - self.clock() > PATIENCE_S


def name_of(host: str) -> str:
    """Return the name under which a host is asked: ``www.`` is mostly the same machine."""
    return host.casefold().removeprefix("www.")


MOST_HOPS = 10
ATTEMPTS = 3
BACKOFF_S = 2.0
"""Before the second attempt; twice as much before each further one."""

Method: TypeAlias = Literal["HEAD", "GET"]
Fetch: TypeAlias = Callable[[Method, str], Answer]
"""Makes one request; raises nothing."""

_REFRESH = re.compile(
    rb"<meta\s[^<>]{0,200}http-equiv=[\"']?refresh[^<>]{0,200}"
    rb"content=[\"']?\s*\d\s*;\s*url=\s*[\"']?([^\"'<>\s]+)",
    re.IGNORECASE,
)

_PERMANENT = frozenset((301, 308))
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_PASSING = frozenset((429, 500, 502, 503, 504))
_PASSING_TROUBLE = frozenset(("timeout", "cut-off", "protocol"))


def visitor(limits: Limits | None = None, pause_s: float = PAUSE_S) -> Visitor:
    """Return what asks the web: public addresses alone, one request at a time to a host."""
    return Visitor(Fetcher(Guard(), limits or Limits()), Courtesy(pause_s))


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """Where an address led."""

    url: str
    """The address that was asked, without its fragment."""
    answer: Answer
    """The last answer; its ``url`` is where the redirects ended."""
    moved_to: str = ""
    """Where the permanent redirects at the beginning led: what to type instead."""
    hops: tuple[str, ...] = ()
    endless: bool = False
    """Whether the redirects run in a circle or are too many."""
    resting: bool = False
    """Whether the host asked for a longer wait than a run has."""


@dataclass(slots=True)
class Visitor:
    """Follows addresses. One is shared by the threads of a run."""

    fetch: Fetch
    courtesy: Courtesy = field(default_factory=Courtesy)
    now: Callable[[], float] = time.time
    backoff_s: float = BACKOFF_S

    def visit(self, url: str, method: Method = "HEAD") -> Visit:
        """Return where ``url`` leads; ``method`` is GET where it is the page that is wanted."""
        url, fragment = urldefrag(url)
        current, moved_to, permanent = url, "", True
        hops: list[str] = []

        def end(answer: Answer, *, endless: bool = False, resting: bool = False) -> Visit:
            moved = moved_to if moved_to != url else ""
            return Visit(
                url=url, answer=answer, moved_to=moved, hops=tuple(hops), endless=endless, resting=resting
            )

        while True:
            if self.courtesy.is_resting(_host(current)):
                return end(Answer(url=current, status=429), resting=True)
            answer = self._asked(current, method)
            location = answer.location if answer.status in _REDIRECTS else _refresh(answer)
            if not location:
                moved_to += f"#{fragment}" if moved_to and fragment else ""
                resting = self.courtesy.is_resting(_host(current)) and answer.status in _PASSING
                return end(answer, resting=resting)
            try:
                following = urldefrag(urljoin(current, location.strip())).url
            except ValueError:
                return end(Answer(url=current, trouble="address"))
            hops.append(following)
            permanent = permanent and answer.status in _PERMANENT
            if permanent:
                moved_to = following
            if following in (url, *hops[:-1]) or len(hops) > MOST_HOPS:
                return end(answer, endless=True)
            current = following

    def page(self, url: str) -> Answer:
        """Return the answer to one GET, without retries: a probe, which may as well fail."""
        with self.courtesy.turn(_host(url)):
            return self.fetch("GET", url)

    def _asked(self, url: str, method: Method) -> Answer:
        """Return the answer of ``url`` itself, asked again where the trouble may pass."""
        host = _host(url)
        attempt = 1
        while True:
            with self.courtesy.turn(host):
                answer = self.fetch(method, url)
                wait = self._wait(answer, host)
            if wait is None and method == "HEAD" and _needs_get(answer):
                method = "GET"  # some servers answer HEAD wrongly, and only a page can be judged
                continue
            passing = answer.status in _PASSING or answer.trouble in _PASSING_TROUBLE
            if not passing or attempt == ATTEMPTS or self.courtesy.is_resting(host):
                return answer
            if wait is None:
                self.courtesy.rest(host, self.backoff_s * 2 ** (attempt - 1))
            method = "GET"
            attempt += 1

    def _wait(self, answer: Answer, host: str) -> float | None:
        """Let the host rest for as long as it asks to; return how long, where it asks."""
        if answer.status not in (429, 503):
            return None
        wait = answer.wait_s(self.now())
        if wait is not None:
            self.courtesy.rest(host, wait if wait <= PATIENCE_S else max(wait, 10 * PATIENCE_S))
        return wait


def _refresh(answer: Answer) -> str | None:
    """Return where a page leads by itself within seconds, or None; browsers without scripts do not count."""
    if answer.status != 200 or not answer.is_page:
        return None
    head = answer.body[:20_000]
    found = _REFRESH.search(head)
    if found is None:
        return None
    before = head[: found.start()]
    if before.rfind(b"<noscript") > before.rfind(b"</noscript"):
        return None
    return html.unescape(found[1].decode("utf-8", "replace"))


def _needs_get(answer: Answer) -> bool:
    if answer.trouble is not None:
        return answer.trouble in _PASSING_TROUBLE
    return answer.status >= 400 or (answer.status < 300 and answer.is_page)


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
