"""Build the site, show it on this machine, and build it again whenever a source changes.

Every build is a fresh Pelican process, so that changes of the plugin's code count
as well. A build that fails says why and leaves the last good site in place.
"""

from __future__ import annotations

import argparse
import functools
import os
import subprocess
import sys
import threading
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


def build(output: Path) -> bool:
    """Build once and say how it went; the findings are Pelican's own output."""
    command = [sys.executable, "-m", "pelican", "-s", "pelicanconf.py", "-o", str(output)]
    done = subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, check=False)
    if done.returncode:
        print("-> not built: mend what is said above; the last good site stays as it is", flush=True)
    return done.returncode == 0


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
