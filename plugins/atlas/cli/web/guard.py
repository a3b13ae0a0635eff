"""What may be connected to: addresses on the public internet, looked up once and then kept.

A source is contributed text, and so is where it redirects to. Without this a link check
would be a way to knock at doors behind the firewall of whoever runs it.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass

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
