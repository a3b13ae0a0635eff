"""Build the site, show it on this machine, and build it again whenever a source changes.

Every build is a process of its own, so that changes of the plugin's code count as well. It is forked from
this one, which has the libraries at hand that take long to load, but nothing of the atlas. It makes only the
pages that differ. A build that fails says why and leaves the last good site in place.
"""

from __future__ import annotations

import argparse
import functools
import importlib
import os
import runpy
import subprocess
import sys
import threading
import time
import traceback
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import watchfiles

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ("content", "data", "plugins", "theme", "pelicanconf.py")


class Handler(SimpleHTTPRequestHandler):
    """Serves the output folder as a static host does: with the site's own page for what is not there."""

    extensions_map = SimpleHTTPRequestHandler.extensions_map | {
        ".geojson": "application/geo+json",
        ".js": "text/javascript",
        ".woff2": "font/woff2",
    }

    def end_headers(self) -> None:
        """Let the browser ask again each time: the page may have been rebuilt."""
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer 404 with 404.html."""
        page = Path(self.directory, "404.html")
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def list_directory(self, path: str | os.PathLike[str]) -> None:
        """Answer 404 for a folder without a page, as most hosts do."""
        self.send_error(HTTPStatus.NOT_FOUND)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the findings of a build must not scroll away."""


LIBRARIES = (
    "babel.dates", "babel.messages.pofile", "babel.numbers", "jinja2.ext", "markdown", "nh3", "numpy",
    "pandas", "pelican.generators", "pelican.readers", "pelican.writers", "rich.progress", "shapely", "yaml",
)  # fmt: skip
"""What every build loads, and no contributor changes."""


def warm() -> None:
    """Load the libraries, so that a forked build has them already."""
    for name in LIBRARIES:
        importlib.import_module(name)


def build(output: Path) -> bool:
    """Build once and say how it went; the findings are Pelican's own output."""
    began = time.monotonic()
    arguments = ["pelican", "-s", "pelicanconf.py", "-o", str(output)]
    if hasattr(os, "fork"):
        code = _forked(arguments)
    else:
        done = subprocess.run(
            [sys.executable, "-m", *arguments], cwd=ROOT, stdin=subprocess.DEVNULL, check=False
        )
        code = done.returncode
    if code:
        print("-> not built: mend what is said above; the last good site stays as it is", flush=True)
    else:
        print(f"-> built in {time.monotonic() - began:.1f} s", flush=True)
    return code == 0


def _forked(arguments: list[str]) -> int:
    """Run Pelican in a process forked from this one; return its exit code."""
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if child:
        try:
            _, status = os.waitpid(child, 0)
        except KeyboardInterrupt:
            os.waitpid(child, 0)  # it was interrupted as well, and clears up
            raise
        return os.waitstatus_to_exitcode(status)
    code = 70
    try:
        os.chdir(ROOT)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        sys.argv = arguments
        runpy.run_module("pelican", run_name="__main__", alter_sys=True)
        code = 0
    except SystemExit as error:
        code = error.code if isinstance(error.code, int) else int(error.code is not None)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)  # nothing of this process is to be cleaned up by its child


def main() -> int:
    """Serve until Ctrl-C."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--output", type=Path, default=Path("output"))
    options = parser.parse_args()
    output = (ROOT / options.output).resolve()

    handler = functools.partial(Handler, directory=str(output))
    try:
        server = ThreadingHTTPServer(("127.0.0.1", options.port), handler)
    except (OSError, OverflowError) as error:
        print(f"port {options.port} cannot be used ({error}): try `make serve PORT=8001`", file=sys.stderr)
        return 3
    try:
        warm()
        build(output)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        print(f"-> http://127.0.0.1:{options.port}/ (Ctrl-C ends it)", flush=True)
        watched = [ROOT / name for name in SOURCES if (ROOT / name).exists()]
        for changes in watchfiles.watch(*watched, raise_interrupt=True):
            names = sorted({str(Path(path).relative_to(ROOT)) for _, path in changes})
            print(f"-> changed: {', '.join(names)}", flush=True)
            build(output)
    except KeyboardInterrupt:
        print()
    finally:
        server.server_close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
