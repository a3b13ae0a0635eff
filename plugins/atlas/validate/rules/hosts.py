"""Homographs: hosts that imitate another one by letters that look alike, of one alphabet or of two."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache, partial
from typing import NamedTuple

from ...findings import Finding, Place, finding
from ...languages.homographs import host_of, imitation
from ..context import Context, table_values, value_place

_TWINS = (("rn", "m"), ("vv", "w"), ("0", "o"), ("1", "l"), ("i", "l"))
"""Latin letters and digits that look like others."""
IN_TEXT = re.compile(r"(?:https?://|www\.)[^\s<>\"')\]]+", re.IGNORECASE)
_TEXTS = frozenset(("text", "localized", "plain-or-localized"))


class _Address(NamedTuple):
    """An address of the data and where it stands."""

    text: str
    column: str
    place: Callable[[], Place]

    def finding(self, how: str, **fields: str | int) -> Finding:
        """Return a finding about the host."""
        return finding("W-HOST", how, self.place(), value=self.text, **{"column": self.column, **fields})


def hosts_of_two_alphabets(context: Context) -> Iterator[Finding]:
    """A host does not mix letters of two alphabets, nor write Latin words in another one."""
    for one in (*_addresses(context), *_addresses_in_texts(context)):
        if one.text.isascii() and "xn--" not in one.text.lower():
            continue
        how, written = imitation(host_of(one.text))
        if how:
            yield one.finding(how, host=written)


def lookalike_hosts(context: Context) -> Iterator[Finding]:
    """No host looks like another one of the data, nor ends in ``.lnfo`` or ``.pl.pl``."""
    by_host: dict[str, list[_Address]] = {}
    for one in _addresses(context):
        if host := host_of(one.text).removeprefix("www."):
            by_host.setdefault(host, []).append(one)
    ends = Counter(host.rpartition(".")[2] for host in by_host)
    likest = {_skeleton(end): end for end, _ in reversed(ends.most_common()) if len(end) > 2}
    first: dict[str, str] = {}
    for host in sorted(by_host, key=lambda host: -len(by_host[host])):  # the one that is used less imitates
        other = first.setdefault(_skeleton(host), host)
        *_, domain, end = ("", *host.split("."))
        like = likest.get(_skeleton(end), end)
        fields: dict[str, str | int] = {"end": end, "other": like}
        if other != host:
            place = by_host[other][0].place()
            how = "alike"
            fields = {"other": other, "path": place.path, "line": place.line}
        elif like != end:
            how = "end-alike"
        elif domain == end:
            how = "end-twice"
        else:
            continue
        yield from (one.finding(how, **fields) for one in by_host[host])


@cache
def _skeleton(host: str) -> str:
    """Return a host with one letter for those that look alike; countries, of two letters, are told apart."""
    name, dot, end = host.rpartition(".")
    if dot and len(end) == 2:
        return f"{_skeleton(name)}.{end}"
    for letters, like in _TWINS:
        host = host.replace(letters, like)
    return host


def _addresses(context: Context) -> Iterator[_Address]:
    """Yield the addresses of the data that are values."""
    for record, table in context.tables():
        for one in (one for one in record.fields if one.type == "url"):
            for row, text, offset in table_values(table, one):
                yield _Address(text, one.name, partial(value_place, table, row, one, offset))
    for value in context.document_values():
        if value.field.type == "url":
            yield _Address(value.text, value.field.name, partial(Place, *value.place))


def _addresses_in_texts(context: Context) -> Iterator[_Address]:
    """Yield the addresses within texts that are not plain ASCII."""
    for record, table in context.tables():
        for one in (one for one in record.fields if one.type in _TEXTS):
            if any(_suspect(text) for text in context.cells(table, one.name)):
                for row, text, offset in table_values(table, one):
                    place = partial(value_place, table, row, one, offset)
                    yield from (_Address(found, one.name, place) for found in _suspect(text))
    for value in context.document_values():
        if value.field.type in _TEXTS and not value.text.isascii():
            place = partial(Place, *value.place)
            yield from (_Address(found, value.field.name, place) for found in _suspect(value.text))


def _suspect(text: str) -> list[str]:
    return [] if text.isascii() else [one for one in IN_TEXT.findall(text) if not one.isascii()]


RULES = (hosts_of_two_alphabets, lookalike_hosts)
