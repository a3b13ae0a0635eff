"""The short ids of claims, and their anchors: words apart from the records, which a check does not need."""

from __future__ import annotations

from collections.abc import Mapping


def claim_id(city: str, instrument: str, period: str | None = None) -> str:
    """Return the short id of a claim; ``period`` is told where there is one."""
    return "/".join(filter(None, (city, instrument, period)))


def claim_parts(id: str) -> tuple[str, str, str]:
    """Return city, instrument and period of the short id of a claim; the last is mostly empty."""
    city, _, rest = id.partition("/")
    instrument, _, period = rest.partition("/")
    return city, instrument, period


def claim_anchor(instrument: str, period: str | None = None) -> str:
    """Return the fragment of a claim on the page of its city.

    >>> claim_anchor("eccar"), claim_anchor("eccar", "2008")
    ('eccar', 'eccar-2008')
    """
    return f"{instrument}-{period}" if period else instrument


def claim_record(city: str, instrument: str, period: str | None = None) -> str:
    """Return what contradictions call a claim."""
    return f"commitments/{instrument}:{claim_id('', city, period)}"


def disputed_claim(name: str) -> tuple[str, str, str]:
    """Return city, instrument and period of a claim that contradictions name.

    >>> disputed_claim("commitments/icc:krakow/2008"), disputed_claim("commitments/icc:krakow")
    (('krakow', 'icc', '2008'), ('krakow', 'icc', ''))
    """
    instrument, _, claim = name.partition("/")[2].partition(":")
    city, _, period = claim.partition("/")
    return city, instrument, period


def end_of(id: str, successors: Mapping[str, str | None]) -> str:
    """Return where a chain of successors ends, or what comes last in one that turns in a circle."""
    seen = {id}
    while (following := successors.get(id)) and following not in seen:
        id = following
        seen.add(id)
    return id
