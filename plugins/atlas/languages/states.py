"""States and provinces by which lists tell namesakes apart: "Portland, Maine", "woj. mazowieckie"."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from .country_names import country_code
from .folding import folded

_COUNTRIES = ("AU", "CA", "PL", "US")
"""Countries whose lists name the state, and for whose cities the atlas records the same regions."""


def whereabouts(text: str) -> frozenset[str]:
    """Return every country (``ME``) and region (``US-ME``) that ``text`` may stand for; mostly one.

    >>> sorted(whereabouts("ME")), sorted(whereabouts("Georgia")), whereabouts("Surrey")
    (['ME', 'US-ME'], ['GE', 'US-GA'], frozenset())
    """
    country = country_code(text)
    return _regions().get(folded(text), frozenset()) | ({country} if country else frozenset())


def is_region(text: str) -> bool:
    """Tell whether ``text`` is the name, and not only the code, of a state or province."""
    return len(text) > 3 and folded(text) in _regions()


@cache
def _regions() -> Mapping[str, frozenset[str]]:
    import pycountry  # takes a while

    found: dict[str, set[str]] = {}
    subdivisions: Any = pycountry.subdivisions  # it carries no types
    for code, name in (
        (one.code, folded(one.name)) for c in _COUNTRIES for one in subdivisions.get(country_code=c)
    ):
        short = code.partition("-")[2].lower()
        spelt = (name, f"wojewodztwo {name}", f"woj {name}") if code[:2] == "PL" else (name, short)
        for one in spelt:
            found.setdefault(one, set()).add(code)
    found["d c"] = {"US-DC"}
    return {name: frozenset(codes) for name, codes in found.items()}
