"""Build the site, show it on this machine, and build it again whenever a source changes.

An edited row is seen as soon as the data has been read and checked: pages are asked of the build under way
(``live``), which goes on to make all that differs. Each build is forked from a process that has the code
loaded (``workshop``), and a further change stops it and begins another. A build that fails says why and
leaves the last good site in place.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path

import watchfiles
from scripts import live, workshop

ROOT = Path.cwd()
"""The folder of the atlas, which may not be that of the engine."""
SOURCES = ("content", "data", "plugins", "theme", "locale", "atlas.yaml", "pelicanconf.py")
CODE = ("plugins", "locale", "atlas.yaml", "pelicanconf.py")
"""The sources that are loaded once for many builds."""
LOOK = 100
"""Milliseconds between two looks at the build under way."""


class Builds:
    """Builds one after the other, and tells the server of them."""

    def __init__(self, output: Path, server: Connection, sockets: Path) -> None:
        """Build into ``output``; ``sockets`` is a folder that nobody else can write to."""
        self._workshop = workshop.Workshop(ROOT, output)
        self._server = server
        self._sockets = sockets
        self._number = 0
        self._began = 0.0
        self._build: workshop.Build | None = None

    def begin(self, *, code: bool = False) -> None:
        """Begin a build and stop the one under way; ``code`` says that code of the atlas has changed."""
        self.stop()
        if code:
            self._workshop.close()
        self._number += 1
        self._began = time.monotonic()
        address = str(self._sockets / str(self._number))
        self._build = self._workshop.build(address)
        self._server.send(address)

    def look(self) -> bool | None:
        """Say how the build went, if it has just ended; return that, and None where nothing ended."""
        code = self._build.code() if self._build else None
        if code is None:
            return None
        self._end()
        if code:
            print("-> not built: mend what is said above; the last good site stays as it is", flush=True)
        else:
            print(f"-> built in {time.monotonic() - self._began:.1f} s", flush=True)
        return not code

    def stop(self) -> None:
        """Stop the build under way, if there is one."""
        if self._build:
            self._build.stop()
            self._end()

    def close(self) -> None:
        """Stop everything."""
        self.stop()
        self._workshop.close()

    def _end(self) -> None:
        self._build = None
        self._server.send("")


@contextmanager
def served(output: Path, port: int) -> Iterator[Connection]:
    """Show a folder at a port during the block, from a process of its own that is told of the builds.

    Raises OSError or OverflowError where the port cannot be used.
    """
    shown = live.Shown(output)
    server = live.server(shown, port)
    ours, theirs = Pipe()
    if child := os.fork():
        # Builds are forked from this process, which therefore has no threads.
        theirs.close()
        server.socket.close()
        try:
            yield ours
        finally:
            ours.close()
            os.waitpid(child, 0)
        return
    threading.Thread(target=server.serve_forever, daemon=True).start()
    ours.close()
    _listen(shown, theirs)
    os._exit(0)


def _listen(shown: live.Shown, builds: Connection) -> None:
    """Take what the builds tell, until there is nobody who tells."""
    while True:
        try:
            shown.tell(builds.recv())
        except KeyboardInterrupt:
            continue  # the other process decides when it ends
        except (EOFError, OSError):
            return


def main() -> int:
    """Serve until Ctrl-C."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--output", type=Path, default=Path("output"))
    options = parser.parse_args()
    output = (ROOT / options.output).resolve()
    try:
        with served(output, options.port) as server, tempfile.TemporaryDirectory() as sockets:
            workshop.warm()
            builds = Builds(output, server, Path(sockets))
            try:
                _serve(builds, options.port)
            except KeyboardInterrupt:
                print()
            finally:
                builds.close()
    except (OSError, OverflowError) as error:
        print(
            f"port {options.port} cannot be used ({error}): try `make serve PORT=8001`",
            file=sys.stderr,
        )
        return 3
    return 0


def _serve(builds: Builds, port: int) -> None:
    """Build, and build again whenever a source changes."""
    watched = [ROOT / name for name in SOURCES if (ROOT / name).exists()]
    builds.begin()
    told = False
    for changes in watchfiles.watch(
        *watched, step=20, rust_timeout=LOOK, yield_on_timeout=True, raise_interrupt=True
    ):
        names = sorted({Path(path).relative_to(ROOT).as_posix() for _, path in changes})
        if names:
            print(f"-> changed: {', '.join(names)}", flush=True)
            builds.begin(code=any(name.split("/")[0] in CODE for name in names))
        elif builds.look() is not None and not told:
            told = True
            print(f"-> http://127.0.0.1:{port}/ (Ctrl-C ends it)", flush=True)


if __name__ == "__main__":
    sys.exit(main())
