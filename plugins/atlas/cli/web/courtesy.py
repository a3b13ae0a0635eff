"""Rate limit of the link check: throttles to one request at a time to one host, with a pause between two."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

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
