"""A web server on this machine that does everything that servers on the web do wrong."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

LONG = "The council of the city adopted the document after a long debate. " * 8
PAGE = f"<!doctype html><title>Resolution</title><h1>Resolution</h1><p>{LONG}</p>"


@dataclass
class Log:
    """What was asked."""

    requests: list[tuple[str, str, str]] = field(default_factory=list)
    """Method, host without its port, path."""
    agents: set[str] = field(default_factory=set)
    sent_bytes: int = 0
    stop: threading.Event = field(default_factory=threading.Event)

    def methods(self, path: str) -> list[str]:
        return [method for method, _, asked in self.requests if asked == path]


class Misbehaving(BaseHTTPRequestHandler):
    """Each path is one kind of bad habit."""

    protocol_version = "HTTP/1.1"
    log: Log
    base = ""

    def log_message(self, format: str, *args: object) -> None:
        pass

    def do_HEAD(self) -> None:
        self.answer()

    def do_GET(self) -> None:
        self.answer()

    def answer(self) -> None:
        host = self.headers["Host"].split(":")[0]
        log = self.log
        log.requests.append((self.command, host, self.path))
        log.agents.add(self.headers["User-Agent"])
        try:
            name = self.path.split("?")[0].strip("/").split("/")[0].split(".")[0].replace("-", "_")
            habit: Callable[[], None] = getattr(self, f"at_{name}", self.at_nothing)
            habit()
        except (BrokenPipeError, ConnectionResetError):
            pass
        finally:
            self.close_connection = True

    def send(self, status: int, body: str | bytes = PAGE, **headers: str) -> None:
        data = body.encode() if isinstance(body, str) else body
        self.send_response(status)
        for name, value in ({"Content_Type": "text/html; charset=utf-8"} | headers).items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(data)

    def to(self, status: int, location: str) -> None:
        self.send(status, "", Location=location)

    def at_(self) -> None:
        self.send(200, f"<title>Home</title>{LONG}")

    def at_nothing(self) -> None:
        self.send(404, "<title>404</title>")

    def at_good(self) -> None:
        self.send(200)

    def at_document(self) -> None:
        self.send(200, b"%PDF-1.7", Content_Type="application/pdf")

    def at_gone(self) -> None:
        self.send(410)

    def at_forbidden(self) -> None:
        self.send(403)

    def at_broken(self) -> None:
        self.send(500)

    def at_no_head(self) -> None:
        self.send(405 if self.command == "HEAD" else 200)

    def at_head_hangs(self) -> None:
        if self.command == "HEAD":
            self.log.stop.wait(20)
        else:
            self.send(200)

    def at_moved(self) -> None:
        self.to(301, "/moved-again")

    def at_moved_again(self) -> None:
        self.to(308, f"{self.base}/good#part")

    def at_for_now(self) -> None:
        self.to(302, "/good")

    def at_for_now_then_moved(self) -> None:
        self.to(302, "/moved-again")

    def at_moved_to_nothing(self) -> None:
        self.to(301, "/nothing-here")

    def at_home_again(self) -> None:
        self.to(302, "/")

    def at_polish_home(self) -> None:
        self.to(301, "/pl/")

    def at_pl(self) -> None:
        self.send(200, f"<title>Strona główna</title>{LONG}")

    def at_circle(self) -> None:
        self.to(302, "/circle")

    def at_long_way(self) -> None:
        number = int(self.path.rpartition("/")[2] or 0)
        self.to(302, f"/long-way/{number + 1}")

    def at_odd_location(self) -> None:
        self.to(302, "http://[::1")

    def at_script_location(self) -> None:
        self.to(302, "javascript:alert(1)")

    def at_file_location(self) -> None:
        self.to(302, "file:///etc/passwd")

    def at_inward(self) -> None:
        self.to(302, "http://169.254.169.254/latest/meta-data/")

    def at_inward_by_name(self) -> None:
        self.to(302, self.base.replace("city.", "inward."))

    def at_polite_404(self) -> None:
        self.send(200, f"<html><head><title>Nie znaleziono strony</title></head><body>{LONG}</body>")

    def at_heading_404(self) -> None:
        self.send(200, f"<title>City</title><h1 class='x'>Page <em>not found</em></h1><p>{LONG}")

    def at_body_404(self) -> None:
        self.send(200, "<title>City</title><p>Sorry, the page you were looking for was not found.")

    def at_refreshed(self) -> None:
        self.send(
            200, '<title>Moved</title><meta http-equiv="refresh" content="0; url=/nothing?a=1&amp;b=2">'
        )

    def at_parked(self) -> None:
        self.send(200, "<title>example.org</title><p>The domain example.org is for sale. Make an offer.")

    def at_empty(self) -> None:
        self.send(200, "")

    def at_report(self) -> None:
        self.send(200)

    def at_other_host(self) -> None:
        self.to(302, self.base.replace("city.example.org", "city.example.net") + "/good")

    def at_to_login(self) -> None:
        self.to(302, "/login?next=/x")

    def at_login(self) -> None:
        self.send(200, "<title>Portal</title>")

    def at_password(self) -> None:
        self.send(200, "<title>Intranet</title><form><input name=u><input name=p type=password></form>")

    def at_cookies(self) -> None:
        self.send(200, "<title>Before you continue to Example</title><p>We use cookies.")

    def at_human(self) -> None:
        self.send(200, "<title>Just a moment...</title>")

    def at_same(self) -> None:
        self.send(200, f"<title>City of Example</title><script>var x = 'not found'</script><p>{LONG}</p>")

    def at_shell(self) -> None:
        self.send(200, "<title>App</title><div id=app></div><script src=/app.js></script>")

    def at_too_many(self) -> None:
        if len(self.log.methods("/too-many")) < 3:
            self.send(429, "", Retry_After="7")
        else:
            self.send(200)

    def at_far_too_many(self) -> None:
        self.send(429, "", Retry_After="86400")

    def at_too_many_by_date(self) -> None:
        if len(self.log.methods("/too-many-by-date")) < 2:
            self.send(503, "", Retry_After="Thu, 01 Jan 1970 00:00:20 GMT")
        else:
            self.send(200)

    def at_recovers(self) -> None:
        self.send(502 if len(self.log.methods("/recovers")) < 4 else 200)

    def at_hang(self) -> None:
        self.log.stop.wait(20)

    def at_drip(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        while self.command == "GET" and not self.log.stop.wait(0.05):
            self.wfile.write(b".")
            self.wfile.flush()

    def at_drip_headers(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
        while not self.log.stop.wait(0.05):
            self.wfile.write(b"x")
            self.wfile.flush()

    def at_reset(self) -> None:
        # Linger 0: the kernel sends RST instead of a farewell.
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()

    def at_silence(self) -> None:
        self.connection.shutdown(socket.SHUT_RDWR)

    def at_not_http(self) -> None:
        self.wfile.write(b"SSH-2.0-OpenSSH_9.6\r\n")

    def at_huge(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(10**12))
        self.end_headers()
        deadline = time.monotonic() + 20
        while self.command == "GET" and time.monotonic() < deadline:
            self.wfile.write(b"<" * 65536)
            self.log.sent_bytes += 65536

    def at_lying_length(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", "5000")
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(b"<title>Short")

    def at_squeezed(self) -> None:
        self.send(200, b"\x1f\x8b not really gzip", Content_Encoding="gzip")

    def at_slow(self) -> None:
        time.sleep(0.05)
        self.send(200)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away is what this server is for."""


@contextlib.contextmanager
def server(host: str = "city.example.org") -> Iterator[tuple[str, Log]]:
    """Yield the address of the server under the name ``host``, and its log."""
    log = Log()
    handler = type("Handler", (Misbehaving,), {"log": log})
    with _Server(("127.0.0.1", 0), handler) as http:
        handler.base = f"http://{host}:{http.server_address[1]}"
        threading.Thread(target=http.serve_forever, daemon=True).start()
        try:
            yield handler.base, log
        finally:
            log.stop.set()
            http.shutdown()
