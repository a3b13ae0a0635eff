"""The built site on this machine, with what a build under way can say already.

While a build runs, a page is asked of the build itself, which knows it as soon as the data is read; the files
of the last build stay there for all else. An open page shows itself anew when its content has changed: it
loads a script from this server whose answer waits until then.
"""

from __future__ import annotations

import functools
import hashlib
import os
import threading
import time
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.connection import Client
from pathlib import Path
from urllib.parse import parse_qs, quote, unquote, urlsplit

WAIT = 20.0
"""Seconds an answer waits for a change before the page has to ask again."""

SCRIPT = """\
"use strict";
{
  const { search } = new URL(document.currentScript.src);
  const wait = () => {
    if (document.hidden) document.addEventListener("visibilitychange", wait, { once: true });
    else {
      const answer = document.createElement("script");
      answer.src = `/.live${search}&${Date.now()}`;
      answer.onload = () => { answer.remove(); wait(); };
      answer.onerror = () => { answer.remove(); setTimeout(wait, 3000); };
      document.head.append(answer);
    }
  };
  addEventListener("load", () => setTimeout(wait));
}
"""


class Shown:
    """The site as it is now: the folder, and the build under way if there is one."""

    def __init__(self, folder: Path) -> None:
        """Take the folder that builds replace."""
        self.folder = folder
        self._changed = threading.Condition()
        self._preview = ""
        self._state = 0

    def tell(self, preview: str) -> None:
        """Take the socket of a build that has begun; an empty text is the end of it."""
        with self._changed:
            self._preview = preview
            self._state += 1
            self._changed.notify_all()

    def page(self, name: str) -> bytes | None:
        """Return a page by the path of its file; None where there is none, also after the build."""
        while preview := self._preview:
            if (found := self._ask(preview, name)) is not None:
                return found or self._file(name)
        return self._file(name)

    def await_other(self, name: str, seen: str) -> bool:
        """Wait until a page has another digest than ``seen``; return False where it has not."""
        end = time.monotonic() + WAIT
        while (left := end - time.monotonic()) > 0:
            state, page = self._state, self.page(name)
            if page is None or digest(page) != seen:
                return True
            with self._changed:
                self._changed.wait_for(functools.partial(self._is_past, state), left)
        return False

    def _is_past(self, state: int) -> bool:
        return state != self._state

    def _ask(self, preview: str, name: str) -> bytes | None:
        """Return what the build answers, empty where it does not know; None once it has ended."""
        while preview == self._preview:
            try:
                with Client(preview, "AF_UNIX") as build:
                    build.send_bytes(name.encode())
                    found = build.recv_bytes()
            except (OSError, EOFError):  # it has not read the data yet, or it has ended
                with self._changed:
                    self._changed.wait_for(lambda: preview != self._preview, 0.01)
                continue
            if found or (self.folder / name).is_file():
                return found
            with self._changed:  # the build may know it in the end
                self._changed.wait_for(lambda: preview != self._preview)
        return None

    def _file(self, name: str) -> bytes | None:
        try:
            return (self.folder / name).read_bytes()
        except OSError:
            return None


def digest(page: bytes) -> str:
    """Return what tells two versions of a page apart."""
    return hashlib.sha256(page).hexdigest()[:16]


def watching(page: bytes, name: str) -> bytes:
    """Return a page that shows itself anew when it has changed, as far as its policy lets it."""
    if b"script-src 'self'" not in page:
        return page
    tag = f'<script src="/.live.js?page={quote(name, safe="")}&amp;seen={digest(page)}" defer></script>\n'
    return page.replace(b"</head>", tag.encode() + b"</head>", 1)


class Handler(SimpleHTTPRequestHandler):
    """Serves a site as a static host does: with the site's own page for what is not there."""

    extensions_map = SimpleHTTPRequestHandler.extensions_map | {
        ".geojson": "application/geo+json",
        ".js": "text/javascript",
        ".woff2": "font/woff2",
    }

    def __init__(self, *args: object, shown: Shown) -> None:
        """Answer one request."""
        self.shown = shown
        super().__init__(*args, directory=str(shown.folder))  # type: ignore[arg-type]  # as the server gives them

    def do_GET(self) -> None:
        """Answer with a page or a file."""
        address = urlsplit(self.path)
        if address.path == "/.live.js":
            self._send(SCRIPT.encode(), "text/javascript")
        elif address.path == "/.live":
            asked = {key: values[0] for key, values in parse_qs(address.query).items()}
            other = self.shown.await_other(asked.get("page", ""), asked.get("seen", ""))
            self._send(b"location.reload();\n" if other else b"", "text/javascript")
        elif (name := _page_name(address.path)) and (page := self.shown.page(name)) is not None:
            self._send(watching(page, name), "text/html; charset=utf-8")
        else:
            super().do_GET()

    def end_headers(self) -> None:
        """Let the browser ask again each time: the page may have been rebuilt."""
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer 404 with 404.html."""
        page = self.shown.page("404.html") if code == HTTPStatus.NOT_FOUND else None
        if page is None:
            super().send_error(code, message, explain)
        else:
            self._send(page, "text/html; charset=utf-8", HTTPStatus.NOT_FOUND)

    def list_directory(self, path: str | os.PathLike[str]) -> None:
        """Answer 404 for a folder without a page, as most hosts do."""
        self.send_error(HTTPStatus.NOT_FOUND)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the findings of a build must not scroll away."""

    def _send(self, body: bytes, kind: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


def _page_name(path: str) -> str | None:
    """Return the path of the file of a page; None for another file, and for what leads out of the folder."""
    parts = unquote(path).lstrip("/").split("/")
    if ".." in parts or "\0" in path:
        return None
    name = "/".join(parts)
    if name == "" or name.endswith("/"):
        return f"{name}index.html"
    return name if name.endswith(".html") else None


def server(shown: Shown, port: int) -> ThreadingHTTPServer:
    """Return a server of this machine; raises OSError or OverflowError for a port it cannot use."""
    made = ThreadingHTTPServer(("127.0.0.1", port), functools.partial(Handler, shown=shown))
    made.daemon_threads = True
    return made
