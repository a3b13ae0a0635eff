"""One request: asked of a checked address, within limits of time and size, never following anything.

What may be connected to are addresses on the public internet, looked up once and then kept. A source is
contributed text, and so is where it redirects to: without this a link check would be a way to knock at doors
behind the firewall of whoever runs it.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Literal, TypeAlias

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.util import connection as sockets
from urllib3.util import parse_url

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class PrivateAddress(Exception):
    """A host that is not, or not only, on the public internet."""


class NoSuchHost(Exception):
    """A name that has no address."""


def look_up(host: str, port: int) -> Sequence[str]:
    """Return the IP addresses of ``host``. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


@dataclass(frozen=True, slots=True)
class Guard:
    """Looks names up and refuses what is not public.

    ``trusted`` are IP addresses that are let through all the same. Only tests name any:
    nothing on the command line, in a file or in the environment leads here.
    """

    look_up: Callable[[str, int], Sequence[str]] = look_up
    trusted: frozenset[str] = frozenset()

    def addresses(self, host: str, port: int) -> Sequence[str]:
        """Return the IP addresses to connect to.

        The caller must connect to these and not look the name up again: a second answer
        might be another one. Raises NoSuchHost, or PrivateAddress where even one is not public.
        """
        try:
            found = self.look_up(host, port)
        except (OSError, UnicodeError) as error:
            raise NoSuchHost(host) from error
        if not found:
            raise NoSuchHost(host)
        for text in found:
            if text not in self.trusted and not is_public(ipaddress.ip_address(text.split("%")[0])):
                raise PrivateAddress(host)
        return found


def is_public(address: IPAddress) -> bool:
    """Tell whether packets to ``address`` go to the public internet, also where IPv6 wraps IPv4."""
    if isinstance(address, ipaddress.IPv6Address):
        teredo = address.teredo
        inner = address.ipv4_mapped or address.sixtofour or (teredo[1] if teredo else None)
        if address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
    return address.is_global and not (address.is_multicast or address.is_reserved)


Trouble: TypeAlias = Literal[
    "no-host", "refused", "cut-off", "timeout", "certificate", "no-tls", "private", "address", "protocol"
]
"""Why there is no answer at all."""

_PLAIN = ("WRONG_VERSION_NUMBER", "HTTP_REQUEST", "UNKNOWN_PROTOCOL", "RECORD_LAYER_FAILURE")
"""What the library says where no TLS is spoken at all."""

_TROUBLES: Sequence[tuple[tuple[type[Exception], ...], Trouble]] = (
    ((PrivateAddress,), "private"),
    ((NoSuchHost,), "no-host"),
    ((ssl.SSLError, urllib3.exceptions.SSLError), "certificate"),
    ((TimeoutError, urllib3.exceptions.TimeoutError), "timeout"),
    ((ConnectionRefusedError,), "refused"),
    ((urllib3.exceptions.LocationValueError, ValueError), "address"),
    ((OSError, urllib3.exceptions.ProtocolError, urllib3.exceptions.IncompleteRead), "cut-off"),
)
"""What an exception means, the more exact kinds first; any other one is no HTTP."""

USER_AGENT = "city-commitments-atlas/0.1 (link check; one request at a time)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Limits of one request, in seconds and bytes."""

    connect_s: float = 10
    read_s: float = 15
    """Without a single byte."""
    total_s: float = 30
    """Against servers that send a byte now and then."""
    body_bytes: int = 200_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server said to one request, or the trouble that kept it from answering."""

    url: str
    status: int = 0
    trouble: Trouble | None = None
    location: str | None = None
    content_type: str = ""
    retry_after: str | None = None
    body: bytes = b""
    packed: bool = False
    """Whether the body came compressed although that was not asked for; it is not read then."""

    @property
    def is_page(self) -> bool:
        """Whether it is HTML, whose words can be judged."""
        return "html" in self.content_type.lower()

    def wait_s(self, now: float) -> float | None:
        """Return how long the server asks to wait; ``now`` is in seconds since 1970."""
        if self.retry_after is None:
            return None
        text = self.retry_after.strip()
        if text.isascii() and text.isdigit():
            return float(text[:9])
        try:
            return max(0.0, parsedate_to_datetime(text).timestamp() - now)
        except (ValueError, OverflowError):
            return None


@dataclass(slots=True)
class Fetcher:
    """Makes requests. One may be shared by threads."""

    guard: Guard
    limits: Limits = field(default_factory=Limits)
    context: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    user_agent: str = USER_AGENT

    def __call__(self, method: Literal["HEAD", "GET"], url: str) -> Answer:
        """Return the answer to one request. Raises nothing: every trouble is an answer."""
        try:
            return self._asked(method, url)
        except Exception as error:  # http.client has many ways to dislike what a server sends
            found: Trouble = next(
                (trouble for kinds, trouble in _TROUBLES if isinstance(error, kinds)), "protocol"
            )
            if found == "certificate" and any(w in str(error).upper().replace(" ", "_") for w in _PLAIN):
                found = "no-tls"
            return Answer(url=url, trouble=found)

    def _asked(self, method: str, url: str) -> Answer:
        parts = parse_url(url)
        if parts.scheme not in ("http", "https") or not parts.host or parts.auth:
            raise ValueError(url)
        secure = parts.scheme == "https"
        port = parts.port or (443 if secure else 80)
        host = parts.host.strip("[]")
        timer = _Timer(self.limits.total_s)
        found = self.guard.addresses(host, port)
        connection = _Checked(host, port, timeout=self.limits.connect_s)
        if secure:
            connection = _Secure(host, port, timeout=self.limits.connect_s, ssl_context=self.context)
        connection.prepared(found, timer.watch)
        try:
            connection.connect()
            connection.timeout = self.limits.read_s  # what the socket gets for the rest
            headers = {
                "User-Agent": self.user_agent,
                "Accept": "text/html, application/xhtml+xml, */*;q=0.8",
                "Accept-Encoding": "identity",
                "Connection": "close",
            }
            connection.request(
                method, parts.request_uri, headers=headers, preload_content=False, decode_content=False
            )
            response = connection.getresponse()
            body = self._body(response) if method == "GET" else b""
            if timer.rang:  # what was cut short may look like a whole answer
                raise TimeoutError
            packed = response.headers.get("Content-Encoding", "identity") != "identity"
            return Answer(
                url=url,
                status=response.status,
                location=_text(response.headers.get("Location")),
                content_type=response.headers.get("Content-Type", ""),
                retry_after=response.headers.get("Retry-After"),
                body=b"" if packed else body,
                packed=packed,
            )
        except Exception:
            if timer.rang:  # the socket was shut under it, which looks like many things
                raise TimeoutError from None
            raise
        finally:
            timer.stop()
            connection.close()

    def _body(self, response: urllib3.BaseHTTPResponse) -> bytes:
        kept = bytearray()
        while len(kept) < self.limits.body_bytes:
            piece = response.read(min(16_384, self.limits.body_bytes - len(kept)))
            if not piece:
                break
            kept += piece
        return bytes(kept)


class _Timer:
    """Shuts a connection when its time is over, whatever is being waited for."""

    def __init__(self, seconds: float) -> None:
        self.rang = False
        self._socket: socket.socket | None = None
        self._lock = threading.Lock()
        self._timer = threading.Timer(seconds, self._ring)
        self._timer.daemon = True
        self._timer.start()

    def watch(self, watched: socket.socket) -> None:
        # A duplicate, because TLS takes the socket itself over.
        with self._lock:
            self._socket = watched.dup()

    def _ring(self) -> None:
        with self._lock:
            self.rang = True
            if self._socket is not None:
                try:
                    self._socket.shutdown(socket.SHUT_RDWR)
                except OSError:  # already gone
                    return

    def stop(self) -> None:
        self._timer.cancel()
        with self._lock:
            if self._socket is not None:
                self._socket.close()
                self._socket = None


class _Checked(HTTPConnection):
    """Connects only to addresses that were checked, and never looks the name up again."""

    def prepared(self, addresses: Sequence[str], watch: Callable[[socket.socket], None]) -> None:
        """Take the checked addresses, and whom to hand the socket to."""
        self._addresses = addresses
        self._watch = watch

    def _new_conn(self) -> socket.socket:
        failure: OSError = OSError("no address")
        for address in self._addresses:
            try:
                made = sockets.create_connection((address, self.port), self.timeout)
            except OSError as error:
                failure = error
                continue
            self._watch(made)
            return made
        raise failure


class _Secure(_Checked, HTTPSConnection):
    pass


def _text(header: str | None) -> str | None:
    """Return a header that was read as Latin-1, as the UTF-8 that servers mean."""
    if header is None:
        return None
    try:
        return header.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return header
