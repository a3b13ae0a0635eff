"""States and provinces by which lists tell namesakes apart: "Portland, Maine", "woj. mazowieckie"."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from .country_names import country_code
from .folding import folded
from .regions import read_regions

_NAMES = {
    "US": (
        "AL Alabama|AK Alaska|AZ Arizona|AR Arkansas|CA California|CO Colorado|CT Connecticut|DE Delaware|"
        "DC District of Columbia|DC D C|FL Florida|GA Georgia|HI Hawaii|ID Idaho|IL Illinois|IN Indiana|"
        "IA Iowa|KS Kansas|KY Kentucky|LA Louisiana|ME Maine|MD Maryland|MA Massachusetts|MI Michigan|"
        "MN Minnesota|MS Mississippi|MO Missouri|MT Montana|NE Nebraska|NV Nevada|NH New Hampshire|"
        "NJ New Jersey|NM New Mexico|NY New York|NC North Carolina|ND North Dakota|OH Ohio|OK Oklahoma|"
        "OR Oregon|PA Pennsylvania|RI Rhode Island|SC South Carolina|SD South Dakota|TN Tennessee|TX Texas|"
        "UT Utah|VT Vermont|VA Virginia|WA Washington|WV West Virginia|WI Wisconsin|WY Wyoming"
    ),
    "CA": (
        "AB Alberta|BC British Columbia|MB Manitoba|NB New Brunswick|NL Newfoundland and Labrador|"
        "NS Nova Scotia|NT Northwest Territories|NU Nunavut|ON Ontario|PE Prince Edward Island|QC Quebec|"
        "SK Saskatchewan|YT Yukon"
    ),
    "AU": (
        "ACT Australian Capital Territory|NSW New South Wales|NT Northern Territory|QLD Queensland|"
        "SA South Australia|TAS Tasmania|VIC Victoria|WA Western Australia"
    ),
}
"""By country: the part of the ISO 3166-2 code after the hyphen, and the English name."""


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
    found: dict[str, set[str]] = {}
    for country, names in _NAMES.items():
        for code, name in (one.split(" ", 1) for one in names.split("|")):
            for spelt in (code, name):
                found.setdefault(folded(spelt), set()).add(f"{country}-{code}")
    for code, names_ in read_regions().items():
        adjective = folded(names_["pl"]).removeprefix("wojewodztwo ")
        for spelt in (adjective, f"wojewodztwo {adjective}", f"woj {adjective}", folded(names_["en"])):
            found.setdefault(spelt, set()).add(code)
    return {name: frozenset(codes) for name, codes in found.items()}
