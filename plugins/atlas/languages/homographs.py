"""Homographs: hosts whose letters are taken from another alphabet, to look like those of another host."""

from __future__ import annotations

import unicodedata
from typing import Literal
from urllib.parse import urlsplit

_LATIN = str.maketrans("асеорхуѕіјһԁԛԝӏαορνιυκχ", "aceopxysijhdqwlaopviukx")
"""Cyrillic and Greek letters by the Latin ones that they look like."""


def host_of(address: str) -> str:
    """Return the host of an address as readers see it, empty where it is none."""
    try:
        host = urlsplit(address if "://" in address else f"//{address}").hostname or ""
        return host.encode("ascii").decode("idna") if "xn--" in host else host
    except ValueError:  # which has a finding of its own
        return ""


def imitation(host: str) -> tuple[Literal["mixed", "like Latin", ""], str]:
    """Tell how a host imitates another one, if it does, and return it in ASCII (punycode)."""
    try:
        written = host.encode("idna").decode("ascii")
    except ValueError:  # no address, which has a finding of its own
        return "", host
    for label in () if host.isascii() else host.split("."):
        alphabets = {unicodedata.name(letter, "").partition(" ")[0] for letter in label if letter.isalpha()}
        if len(alphabets) > 1:
            return "mixed", written
        if not label.isascii() and label.translate(_LATIN).isascii():
            return "like Latin", written
    return "", written


def undisguised(address: str) -> str:
    """Return an address as it is shown: with its host in ASCII where that imitates another one.

    >>> undisguised("https://g\\u0430zeta.example.org/a"), undisguised("https://gdańsk.example.org")
    ('https://xn--gzeta-4ve.example.org/a', 'https://gdańsk.example.org')
    """
    if address.isascii():
        return address
    host = host_of(address)
    how, written = imitation(host)
    return address.replace(host, written, 1) if how else address
