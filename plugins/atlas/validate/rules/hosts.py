"""Homographs: hosts that imitate another one by letters that look alike, of one alphabet or of two."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache, partial

from ...findings import FieldValue, Finding
from ...languages.homographs import host_of, imitation
from ...model.grouping import grouped
from ...model.schema import Field
from ..context import Context

_TWINS = (("rn", "m"), ("vv", "w"), ("0", "o"), ("1", "l"), ("i", "l"))
"""Latin letters and digits that look like others."""
IN_TEXT = re.compile(r"(?:https?://|www\.)[^\s<>\"')\]]+", re.IGNORECASE)
_TEXTS = frozenset(("text", "localized", "plain-or-localized"))


def hosts_of_two_alphabets(context: Context) -> Iterator[Finding]:
    """A host does not mix letters of two alphabets, nor write Latin words in another one."""
    for value in context.matching(lambda one: partial(filter, partial(_suspects, one))):
        for address in _suspects(value.field, value.text):
            how, written = imitation(host_of(address))
            if how:
                yield value.finding("W-HOST", how, value=address, host=written)


def _suspects(one: Field, text: str) -> list[str]:
    """Return the addresses of a value, or within a text, that are not plain ASCII."""
    if one.type == "url":
        return [text] if not text.isascii() or "xn--" in text.lower() else []
    if text.isascii() or one.type not in _TEXTS:
        return []
    return [address for address in IN_TEXT.findall(text) if not address.isascii()]


def lookalike_hosts(context: Context) -> Iterator[Finding]:
    """No host looks like another one of the data, nor ends in ``.lnfo`` or ``.pl.pl``."""
    addresses = context.matching(lambda one: set if one.type == "url" else None)
    by_host = grouped(addresses, lambda one: host_of(one.text).removeprefix("www."))
    by_host.pop("", None)
    ends = Counter(host.rpartition(".")[2] for host in by_host)
    likest = {_skeleton(end): end for end, _ in reversed(ends.most_common()) if len(end) > 2}
    first: dict[str, str] = {}
    for host in sorted(by_host, key=lambda host: -len(by_host[host])):  # the one that is used less imitates
        other = first.setdefault(_skeleton(host), host)
        *_, domain, end = ("", *host.split("."))
        like = likest.get(_skeleton(end), end)
        fields: dict[str, FieldValue] = {"end": end, "other": like}
        if other != host:
            how, fields = "alike", {"other": other, **by_host[other][0].place.named}
        elif like != end:
            how = "end-alike"
        elif domain == end:
            how = "end-twice"
        else:
            continue
        yield from (one.finding("W-HOST", how, **fields) for one in by_host[host])


@cache
def _skeleton(host: str) -> str:
    """Return a host with one letter for those that look alike; countries, of two letters, are told apart."""
    name, dot, end = host.rpartition(".")
    if dot and len(end) == 2:
        return f"{_skeleton(name)}.{end}"
    for letters, like in _TWINS:
        host = host.replace(letters, like)
    return host
