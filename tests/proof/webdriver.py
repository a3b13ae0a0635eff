"""Driving other browsers than Chromium by WebDriver, without a library: Firefox and WebKitGTK of Debian.

WebKitWebDriver speaks WebDriver over HTTP. Firefox alone speaks it over a socket of its own (Marionette): the
same commands with the same parameters, each as its length, a colon and a list in JSON.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

PATIENCE = 180.0
"""Seconds; a machine that does much else at the time is no fault of the page."""
WIDTH, HEIGHT = 1280, 900

# The paths of WebDriver over HTTP below the session; over the socket the name is enough.
_PATHS = {
    "Navigate": "/url",
    "ExecuteScript": "/execute/sync",
    "PerformActions": "/actions",
    "SetWindowRect": "/window/rect",
}
_KEYS = {"End": "\ue010", "Home": "\ue011", "ArrowDown": "\ue015", "Enter": "\ue007"}
_MINI = sorted(Path("/usr/lib").glob("*/webkit2gtk-4.1/MiniBrowser"))


class NotHere(Exception):
    """A browser is missing; the message says what would have to be installed."""


class Driver:
    """A browser with one window."""

    def __init__(self, send: Callable[[str, Mapping[str, Any]], Any]) -> None:
        self._send = send
        self._send("SetWindowRect", {"width": WIDTH, "height": HEIGHT})

    def go(self, address: str) -> None:
        """Open a page and wait until it is loaded."""
        self._send("Navigate", {"url": address})

    def run(self, script: str, *given: Any) -> Any:
        """Return what a script returns, the body of a function of ``arguments``."""
        return self._send("ExecuteScript", {"script": script, "args": given})

    def until(self, condition: str, *given: Any) -> Any:
        """Return what an expression in JavaScript gives as soon as it holds."""
        end = time.monotonic() + PATIENCE
        while not (got := self.run(f"return {condition}", *given)):
            assert time.monotonic() < end, f"never so: {condition}"
            time.sleep(0.1)
        return got

    def press(self, *keys: str) -> None:
        """Press and release keys one after another, by name or letter."""
        strokes = [
            {"type": kind, "value": _KEYS.get(key, key)} for key in keys for kind in ("keyDown", "keyUp")
        ]
        self._send("PerformActions", {"actions": [{"type": "key", "id": "keys", "actions": strokes}]})

    def type(self, selector: str, text: str) -> None:
        """Put the focus into a field and type."""
        seen = "document.querySelector(arguments[0])?.checkVisibility({ visibilityProperty: true })"
        self.until(seen, selector)
        self.run("document.querySelector(arguments[0]).focus()", selector)
        self.press(*text)

    def drag(self, x: float, y: float, to: Sequence[float]) -> None:
        """Press the pointer at a place of the window and draw it along, one stop after another."""
        steps = [{"type": "pointerMove", "duration": 0, "x": round(one), "y": round(y)} for one in (x, *to)]
        down, up = ({"type": kind, "button": 0} for kind in ("pointerDown", "pointerUp"))
        actions = [steps[0], down, *steps[1:], up]
        self._send("PerformActions", {"actions": [{"type": "pointer", "id": "mouse", "actions": actions}]})


@contextmanager
def firefox(folder: Path) -> Iterator[Driver]:
    """Run Firefox without a screen, with a profile in a folder."""
    program = shutil.which("firefox-esr") or shutil.which("firefox")
    if program is None:
        raise NotHere("Firefox is not here: apt-get install firefox-esr")
    port = _free_port()
    (folder / "user.js").write_text(f'user_pref("marionette.port", {port});\n', "utf-8")
    command = [program, "--headless", "--marionette", "--no-remote", "--profile", str(folder)]
    with _running(command, folder, HOME=str(folder)), _connected(port) as line:
        _received(line)  # a greeting
        number = 0

        def send(name: str, given: Mapping[str, Any]) -> Any:
            nonlocal number
            number += 1
            text = json.dumps([0, number, f"WebDriver:{name}", given]).encode()
            line.sendall(b"%d:%s" % (len(text), text))
            _, _, wrong, got = _received(line)
            assert wrong is None, wrong
            return got["value"] if set(got) == {"value"} else got

        send("NewSession", {"capabilities": {"alwaysMatch": {}}})
        yield Driver(send)


@contextmanager
def webkit(folder: Path) -> Iterator[Driver]:
    """Run the small browser of WebKitGTK on a screen that nobody sees."""
    program, screen = shutil.which("WebKitWebDriver"), shutil.which("Xvfb")
    if program is None or screen is None or not _MINI:
        raise NotHere("WebKitGTK is not here: apt-get install webkit2gtk-driver libwebkit2gtk-4.1-0 xvfb")
    port = _free_port()
    read, write = os.pipe()
    with ExitStack() as running:
        command = [screen, "-displayfd", str(write), "-screen", "0", f"{WIDTH + 100}x{HEIGHT + 100}x24"]
        running.enter_context(_running(command, folder, pass_fds=[write]))
        display = f":{os.read(read, 9).decode().strip()}"
        drawn_by_hand = {"WEBKIT_DISABLE_COMPOSITING_MODE": "1", "LIBGL_ALWAYS_SOFTWARE": "1"}
        environ = {"DISPLAY": display, "GDK_BACKEND": "x11", "HOME": str(folder), **drawn_by_hand}
        running.enter_context(_running([program, f"--port={port}"], folder, **environ))
        with _connected(port):
            pass

        def ask(path: str, given: Mapping[str, Any], method: str = "POST") -> Any:
            body = json.dumps(given).encode() if method == "POST" else None
            request = urllib.request.Request(f"http://127.0.0.1:{port}/session{path}", body, method=method)
            try:
                with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
                    return json.load(answer)["value"]
            except urllib.error.HTTPError as error:
                raise AssertionError(error.read().decode()) from error

        options = {"binary": str(_MINI[-1]), "args": ["--automation"]}
        session = ask("", {"capabilities": {"alwaysMatch": {"webkitgtk:browserOptions": options}}})
        here = f"/{session['sessionId']}"
        running.callback(ask, here, {}, "DELETE")
        yield Driver(lambda name, given: ask(here + _PATHS[name], given))


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def _running(
    command: Sequence[str], folder: Path, pass_fds: Sequence[int] = (), **environ: str
) -> Iterator[None]:
    with (folder / f"{Path(command[0]).name}.log").open("w") as log:
        process = subprocess.Popen(
            command, env={**os.environ, **environ}, stdout=log, stderr=log, pass_fds=pass_fds
        )
        try:
            yield
        finally:
            process.terminate()
            process.wait(PATIENCE)


@contextmanager
def _connected(port: int) -> Iterator[socket.socket]:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with suppress(ConnectionError), socket.create_connection(("127.0.0.1", port), PATIENCE) as line:
            yield line
            return
        time.sleep(0.1)
    raise AssertionError(f"nobody listens at port {port}")


def _received(line: socket.socket) -> Any:
    size = b""
    while not size.endswith(b":"):
        size += line.recv(1)
    text = b""
    while len(text) < int(size[:-1]):
        text += line.recv(int(size[:-1]) - len(text))
    return json.loads(text)
