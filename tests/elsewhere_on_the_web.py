"""Public interfaces of others, played by a server on this machine: what is asked of them is led here."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit, urlunsplit

import pytest

from atlas.cli.web import visit
from atlas.cli.web.fetch import Answer, Fetcher, Guard, Limits
from atlas.cli.web.visit import Courtesy, Method, Visitor

HERE = "127.0.0.1"
JSON = "application/json"


@dataclass(frozen=True)
class Said:
    """One answer; ``cut`` promises more than it sends."""

    body: str = ""
    status: int = 200
    kind: str = JSON
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: bool = False


Playing = Callable[[str, Mapping[str, str]], Said]
"""What is answered to an address without its query, and to the values of its query."""


@dataclass
class Elsewhere:
    """The web as the commands meet it; the clock moves only when somebody waits."""

    play: Playing
    asked: list[str] = field(default_factory=list)
    slept: list[float] = field(default_factory=list)
    now: float = 0.0

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        self.slept.append(round(seconds, 3))


@contextlib.contextmanager
def elsewhere(play: Playing, monkeypatch: pytest.MonkeyPatch) -> Iterator[Elsewhere]:
    """Lead every request of the commands to a server that answers as ``play`` says."""
    web = Elsewhere(play)

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            pass

        def answer(self) -> None:
            address = f"https://{self.headers['Host'].split(':')[0]}{self.path}"
            web.asked.append(f"{self.command} {address}")
            # The address of a copy has the query of the page that it shows.
            page, _, query = (address, "", "") if "/web/" in address else address.partition("?")
            said = web.play(page, dict(parse_qsl(query)))
            data = said.body.encode()
            self.send_response(said.status)
            for name, value in ({"Content-Type": said.kind} | dict(said.headers)).items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(data) + 1000 * said.cut))
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(data)

        do_GET = do_HEAD = answer

    with ThreadingHTTPServer((HERE, 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        fetch = Fetcher(Guard(lambda host, port: [HERE], frozenset((HERE,))), Limits(read_s=5, total_s=10))

        def led(method: Method, url: str) -> Answer:
            parts = urlsplit(url)
            here = urlunsplit(("http", f"{parts.hostname}:{server.server_address[1]}", *parts[2:]))
            return replace(fetch(method, here), url=url)

        made = Visitor(led, Courtesy(1.0, lambda: web.now, web.sleep), now=lambda: web.now)
        monkeypatch.setattr(visit, "visitor", lambda *_: made)
        try:
            yield web
        finally:
            server.shutdown()
