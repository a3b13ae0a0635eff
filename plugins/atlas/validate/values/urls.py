"""Addresses on the public web, and copies of them in archives."""

from __future__ import annotations

import ipaddress
import re
from datetime import date, datetime
from functools import cache
from urllib.parse import urlsplit

from ..problem import Problem

LONGEST = 2000
"""Characters of an address that every browser and archive takes."""
ALLOWED = re.compile(r"[^\s\x00-\x20\x7f<>\"`\\^{|}]+")
_LABEL = re.compile(r"(?!-)[^\W_](?:[\w-]{0,61}[^\W_])?|[^\W_]")
PRIVATE_NAMES = ("localhost", "local", "internal", "intranet", "lan", "home", "test", "invalid",
                 "example", "onion", "arpa", "corp")  # fmt: skip
_WAYBACK = re.compile(r"/web/(\d{14})(?:[a-z]{2}_)?/(.+)", re.DOTALL | re.ASCII)
_WAYBACK_HOSTS = frozenset(("web.archive.org", "www.web.archive.org", "wayback.archive.org"))
ARCHIVES = (
    "archive-it.org", "arquivo.pt", "haw.nsk.hr", "nationalarchives.gov.uk", "perma.cc", "vefsafn.is",
    "webarchiv.cz", "webarchive.nla.gov.au", "webarchive.org.uk", "webcitation.org", "archief.be",
    "web-archive.cvce.eu", "ghostarchive.org", "commoncrawl.org", "webharvest.gov", "archiwum.gov.pl",
)  # fmt: skip
"""Archives of the web beside the Wayback Machine and archive.today, by the ends of their hosts."""
_ARCHIVE_TODAY = re.compile(r"archive\.(?:today|ph|is|li|vn|fo|md)")
_LONG_FORM = re.compile(r"/(?:\d{4}[\d.-]*|newest|oldest|o/\w+)/(.+)|/(https?:/.+)", re.DOTALL)
_ONE_COPY = re.compile(r"/(?:\w{4,8}|(?:\d{4}[\d.-]*|o/\w+)/.+)", re.DOTALL | re.ASCII)
"""At archive.today: not a search, nor the newest copy, which changes."""
_STAMP = re.compile(r"/(\d{4})\.?(\d\d)\.?(\d\d)-?\d{6}(?:[a-z]{2}_)?/", re.ASCII)
_FIRST_COPIES = 1996


def url_problem(text: str) -> Problem | None:
    """Return why ``text`` is not the address of a public page, or None."""
    if len(text) > LONGEST:
        return Problem("E-URL", "long", {"limit": LONGEST})
    if not re.match(r"https?://", text, re.IGNORECASE):
        return Problem("E-URL", "scheme")
    if not ALLOWED.fullmatch(text):
        return Problem("E-URL", "character")
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        parts, port = None, None
    if parts is None or not parts.hostname or port == 0:
        return Problem("E-URL", "none")
    if "@" in parts.netloc:
        return Problem("E-URL", "password")
    if not _public_host(parts.hostname):
        return Problem("E-URL", "not-public")
    return None


@cache
def _public_host(host: str) -> bool:
    host = host.rstrip(".")
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        pass
    labels = host.split(".")
    last = labels[-1]
    if len(labels) < 2 or last in PRIVATE_NAMES or not all(map(_LABEL.fullmatch, labels)):
        return False
    # 127.1, 0x7f.1 and the like are read as numbers by browsers, so no name ends like this.
    return not (last.isdigit() or re.fullmatch(r"0x[0-9a-f]*", last))


def archive_problem(archived: str, url: str) -> Problem | None:
    """Return why ``archived`` is not a copy of the page at ``url``, or None.

    Both are addresses already found good. A short address of an archive does not say
    what it holds and is believed.
    """
    if not url:
        return Problem("E-ARCHIVE", "no-url")
    if same_page(archived, url):
        return Problem("E-ARCHIVE", "page-itself")
    if not _is_copy(archived):
        return Problem(
            "E-ARCHIVE", "no-copy", {"example": f"https://web.archive.org/web/20240925120000/{url}"}
        )
    original = archived_original(archived)
    if original is not None and not same_page(original, url):
        return Problem("E-ARCHIVE", "other-page", {"url": url})
    return None


def _is_copy(archived: str) -> bool:
    """Tell whether an address shows one copy of one moment, at one of the known archives."""
    parts = urlsplit(archived)
    host, rest = (parts.hostname or "").removeprefix("www."), archived.split(parts.netloc, 1)[1]
    if host in _WAYBACK_HOSTS:
        match = _WAYBACK.fullmatch(rest)
        return match is not None and _is_moment(match.group(1))
    if (day := archived_on(archived)) and day.year < _FIRST_COPIES:
        return False
    if _ARCHIVE_TODAY.fullmatch(host):
        return _ONE_COPY.fullmatch(rest) is not None
    return any(host == one or host.endswith(f".{one}") for one in ARCHIVES)


def _is_moment(stamp: str) -> bool:
    """Tell whether fourteen digits are a day and a time since the first copies."""
    try:
        return datetime.strptime(stamp, "%Y%m%d%H%M%S").year >= _FIRST_COPIES  # the archive writes UTC
    except ValueError:
        return False


def archived_on(archived: str) -> date | None:
    """Return the day on which a copy was made, or None where its address does not say it.

    >>> archived_on("https://web.archive.org/web/20240101120000/https://example.org/a")
    datetime.date(2024, 1, 1)
    """
    match = _STAMP.search(archived)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


def archived_original(archived: str) -> str | None:
    """Return the address of the page that an archived copy shows, or None where it is not said.

    >>> archived_original("https://web.archive.org/web/20240101120000/https://example.org/a")
    'https://example.org/a'
    """
    parts = urlsplit(archived)
    host = parts.hostname or ""
    rest = archived.split(parts.netloc, 1)[1]
    if host in _WAYBACK_HOSTS:
        match = _WAYBACK.fullmatch(rest)
        return _with_scheme(match.group(2)) if match else None
    if _ARCHIVE_TODAY.fullmatch(host):
        match = _LONG_FORM.fullmatch(rest)
        return _with_scheme(match.group(1) or match.group(2)) if match else None
    return None


def _with_scheme(text: str) -> str:
    # Archives fold the two slashes of an address inside an address into one.
    text = re.sub(r"^(https?):/+", r"\1://", text)
    return text if "://" in text else f"http://{text}"


def same_page(one: str, other: str) -> bool:
    """Tell whether two addresses are one page; http or https, www and a final slash decide nothing."""
    try:
        return page_key(one) == page_key(other)
    except ValueError:
        return False


def page_key(url: str) -> tuple[str, str, str]:
    """Return what tells pages apart: http or https, www and a final slash do not.

    Raises ValueError where ``url`` is no address.
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    if parts.port not in (None, 80, 443):
        host = f"{host}:{parts.port}"
    return host, parts.path.rstrip("/"), parts.query
