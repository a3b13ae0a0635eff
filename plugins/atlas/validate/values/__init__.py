"""What each type of value must look like: one function a type, text in, problem out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from itertools import filterfalse

from ...findings import later
from ...languages import country_codes
from ...languages.country_names import country_code
from ...languages.folding import slug
from ...model.dates import parse_duration
from ...model.schema import ID_LONGEST, ID_PATTERN, LANGUAGE_PATTERN, Field, Type
from ..problem import Problem
from . import surely_right
from .dates import date_problem
from .personal_data import email_problem, personal_problem
from .readable_text import damaged_text, name_problem, readable_problem
from .urls import url_problem

# Names that Windows keeps for devices; a folder of that name cannot be checked out there.
RESERVED = frozenset(("con", "prn", "aux", "nul", *(f"{n}{i}" for n in ("com", "lpt") for i in range(10))))
LARGEST_NUMBER = 10_000_000_000
"""More than there are people: what is larger is a slip."""

_ERROR = r"#(?:REF|NAME\?|VALUE|DIV/0|N/A|NULL|NUM|SPILL|CALC|ADR|ARG|NAZWA\?|DZIEL/0|LICZBA|N/D|ZERO)!?"
_MONTH = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|sty|lut|mar|kwi|maj|cze|lip|sie|wrz|paź|lis|gru"
_MONTH_NAME = rf"(?:{_MONTH})[-.](?:\d\d|\d\d\d\d)|\d\d?[-.](?:{_MONTH})(?:[-.]\d\d(?:\d\d)?)?"
DAMAGE = (
    (re.compile(_ERROR), "error-value"),
    (re.compile(r"\d(?:[.,]\d+)?E[+-]?\d+", re.ASCII), "scientific"),
    (re.compile(_MONTH_NAME, re.IGNORECASE), "month"),
)
MAY_BE_NUMBERS = frozenset(("value", "act", "number"))
"""Texts that may well be five digits: a population that sources give, the number of an act."""
_DECIMAL = re.compile(r"[+-]?\d{1,3}(?:\.\d{1,12})?", re.ASCII)
_REGION = re.compile(r"([A-Z]{2})-[A-Z0-9]{1,3}")

_Check = Callable[[str, Field], Problem | None]


def text_problem(text: str, one: Field) -> Problem | None:
    """Text can be read, holds no private data and, where it must be one line, no line break."""
    if "\n" in text and not one.lines:
        return Problem("E-TEXT", "lines")
    damaged = damaged_text(text, may_be_number=one.name in MAY_BE_NUMBERS)
    named = one.name == "name" or one.base == "name"
    return (
        damaged or readable_problem(text) or (name_problem(text) if named else None) or personal_problem(text)
    )


def excel_problem(text: str) -> Problem | None:
    """Return the trace that a spreadsheet left in a cell, or None."""
    if text[0] != "#" and (len(text) > 20 or not (text[0].isdigit() or text[-1].isdigit())):
        return None  # nothing that the patterns below describe
    return next((Problem("E-EXCEL", what) for pattern, what in DAMAGE if pattern.fullmatch(text)), None)


def id_problem(text: str, one: Field | None = None) -> Problem | None:
    """Ids are lower-case letters, digits and single hyphens, and no reserved file name."""
    if text in RESERVED:
        return Problem("E-ID", "reserved", {"instead": f"{text}-city"})
    if len(text) > ID_LONGEST:
        return Problem("E-ID", "long", {"limit": ID_LONGEST})
    if ID_PATTERN.fullmatch(text):
        return None
    return Problem("E-ID", "letters", {"instead": slug(text)})


def _date(text: str, one: Field) -> Problem | None:
    return (excel_problem(text) if text else None) or date_problem(text)


def _duration(text: str, one: Field) -> Problem | None:
    try:
        parse_duration(text)
    except ValueError:
        return Problem("E-NUMBER", "no-duration")
    return None


def _integer(text: str, one: Field) -> Problem | None:
    """Return a problem unless the text is a number in plain digits: no sign, space, point or zero first."""
    if re.fullmatch(r"0|[1-9][0-9]{0,10}", text) and int(text) <= LARGEST_NUMBER:
        return None
    digits = re.sub(r"[\s.,' ]", "", text)
    plausible = re.fullmatch(r"\d{1,3}(?:[\s.,' ]\d{3})+", text)
    return Problem("E-NUMBER", "spaced" if plausible else "not-whole", {"instead": digits})


def _degrees(text: str, one: Field) -> Problem | None:
    limit = 90 if one.type == "latitude" else 180
    if _DECIMAL.fullmatch(text):
        if abs(float(text)) <= limit:
            return None
        return Problem("E-NUMBER", "out-of-range", {"limit": limit, "example": one.example})
    with_point = text.replace(",", ".")
    name = "degrees-with-comma" if _DECIMAL.fullmatch(with_point) else "no-degrees"
    return Problem("E-NUMBER", name, {"instead": with_point, "example": one.example})


def _country(text: str, one: Field) -> Problem | None:
    if text in country_codes.COUNTRIES or text in one.choices:
        return None
    instead = country_code(text)
    return Problem("E-COUNTRY", "other-notation" if instead else "unknown", {"instead": instead or ""})


def _region(text: str, one: Field) -> Problem | None:
    match = _REGION.fullmatch(text)
    good = match is not None and match.group(1) in country_codes.COUNTRIES
    if good and (not text.startswith("PL-") or text in country_codes.POLISH_REGIONS):
        return None
    if text.startswith("PL-"):
        return Problem("E-REGION", "voivodeship")
    return Problem("E-REGION", "unknown", {"example": one.example})


def _url(text: str, one: Field) -> Problem | None:
    return url_problem(text) or email_problem(text)


def _matching(pattern: str | re.Pattern[str], code: str, name: str) -> _Check:
    """Return the check of a type whose every value matches a pattern."""

    def check(text: str, one: Field) -> Problem | None:
        if re.fullmatch(pattern, text):
            return None
        if meant := re.fullmatch(rf"https?://.*[/#]({pattern})/?", text):
            return Problem(code, f"{name}-address", {"instead": meant.group(1)})
        return Problem(code, name, {"example": one.example})

    return check


def _code(text: str, one: Field) -> Problem | None:
    """Codes of the vocabulary are looked up elsewhere; here only a field's own short list."""
    if not one.choices or text in one.choices:
        return None
    return Problem("E-CODE", "no-choice", {"choices": one.choices, "near": later(text, one.choices)})


CHECKS: Mapping[Type, _Check] = {
    "id": id_problem,
    "text": text_problem,
    "localized": text_problem,
    "plain-or-localized": text_problem,
    "date": _date,
    "duration": _duration,
    "integer": _integer,
    "latitude": _degrees,
    "longitude": _degrees,
    "country": _country,
    "region": _region,
    "language": _matching(LANGUAGE_PATTERN, "E-LANG", "language"),
    "url": _url,
    "code": _code,
    "geonames": _matching(r"[1-9][0-9]{0,8}", "E-NUMBER", "geonames"),
    "wikidata": _matching(r"Q[1-9][0-9]{0,9}", "E-NUMBER", "wikidata"),
    # Nothing else gets into the stylesheet, where a brace would end the rule.
    "colour": _matching(r"#[0-9A-Fa-f]{6}", "E-COLOUR", "colour"),
}
"""By type; a ``ref`` is looked up among the ids and a ``mapping`` has fields of its own."""


def value_problem(text: str, one: Field) -> Problem | None:
    """Return what is wrong with one value, whatever record it stands in."""
    check = CHECKS.get(one.type)
    return check(text, one) if check else None


def problems_of(texts: Iterable[str], one: Field) -> dict[str, Problem]:
    """Return what is wrong with values of one field, by each that is not right in a cell."""
    form = surely_right.FORMS.get(one.type)
    doubtful = filterfalse(form.match, texts) if form else texts
    return {text: found for text in doubtful if (found := excel_problem(text) or value_problem(text, one))}
