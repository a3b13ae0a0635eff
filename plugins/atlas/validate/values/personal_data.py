"""Private data that must not be published: e-mail addresses, phone numbers, PESEL numbers.

The rules look for shapes that nothing else in the data has: numbers of acts
(XVI/171/11), dates, populations and numbers inside web addresses are left alone.
"""

from __future__ import annotations

import re
from datetime import date

from ..problem import Problem

EMAIL = re.compile(r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
SPELT_EMAIL = re.compile(
    r"[\w.+-]{1,64}\s*[(\[{<]\s*(?:at|małpa|malpa)\s*[)\]}>]\s*[\w-]{1,63}(?:\s*(?:\.|[(\[{<]\s*(?:dot|kropka)\s*[)\]}>]|\b(?:dot|kropka)\b)\s*[\w-]{1,63}){1,8}",
    re.IGNORECASE,
)
"""An address written so that programs do not find it: ``jan (at) example.org``."""
SAID_EMAIL = re.compile(
    r"\b[\w.+-]{1,64} (?:AT|małpa|at) [\w-]{1,63}(?: (?:DOT|kropka|dot) [\w-]{1,63}){1,8}\b"
)
"""The same in words alone: ``jan AT example DOT org``."""
_WEB = re.compile(r"\bhttps?://\S+|\bwww\.\S+", re.IGNORECASE)
_INTERNATIONAL = re.compile(r"(?<![\w/+.-])(?:\+|00)[1-9]\d{0,2}(?:[ .()/-]{0,2}\d){7,12}(?![\w/])")
_CALLED = re.compile(
    r"\b(?:tel|telefon|phone|mobile|kom|komórka|fax|faks|call)\b\.?:?\s*"
    r"(\(?\d(?:[ .()/-]{0,2}\d){6,12})(?![\w/])",
    re.IGNORECASE,
)
AT = re.compile("%40|[\uff20\ufe6b]")
"""Other ways in which a computer writes @."""
# Nine digits in threes that begin like a Polish mobile number, with or without 48 for the country.
_POLISH_MOBILE = re.compile(
    r"(?<![\w/.,-])(?<!\d )(?:48[ .-])?(?:45|5[0137]|6[069]|7[2-9]|88)\d([ .-])\d{3}\1\d{3}(?![\w/]|[ .-]?\d)"
)
# The same without spaces, which a year or a number of an act never is.
_POLISH_MOBILE_SOLID = re.compile(
    r"(?<![\w/.,-])(?<!\d )(?:45|5[0137]|6[069]|7[2-9]|88)\d{7}(?![\w/.,-]|[ -]?\d)", re.ASCII
)
_LANDLINE = re.compile(
    r"(?<![\w/])\(0?[1-9]\d\)\s*\d{3}[ -]?\d{2}[ -]?\d{2}(?![\w/]|[ -]?\d)"
    r"|(?<![\w/.,-])(?<!\d )[1-9]\d([ -])\d{3}\1\d\d\1\d\d(?![\w/]|[ -]?\d)",
    re.ASCII,
)
PHONES = (_INTERNATIONAL, _CALLED, _POLISH_MOBILE, _POLISH_MOBILE_SOLID, _LANDLINE)
HOME = re.compile(
    r"\b(?:ul|al|os|pl)\.\s*[^\W\d_][^,;\d]{1,40}\d{1,4}[a-zA-Z]?\s*(?:/|\bm\.?|\blok\.?)\s*\d{1,4}\b",
    re.IGNORECASE,
)
"""A street with the number of a house and of a flat."""
PESEL = re.compile(
    r"(?<![\w/.-])\d{6}[ -]?\d{5}(?![\w/-])|(?<![\w/.-])(?<!\d )\d{2} \d{2} \d{2} \d{5}(?![\w/-])"
)
# What most texts do not hold is looked for once: seven digits stand in all these.
_DIGITS = re.compile(r"\d(?:[ .()/-]{0,2}\d){6}")
PESEL_WEIGHTS = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3)
"""What the first ten digits count for in the eleventh, the check digit."""
CENTURIES = {8: 1800, 0: 1900, 2: 2000, 4: 2100, 6: 2200}


def personal_problem(text: str) -> Problem | None:
    """Return the private data that a text holds, or None."""
    text = AT.sub("@", text)
    if ("@" in text and (match := EMAIL.search(text))) or (
        match := SPELT_EMAIL.search(text) or SAID_EMAIL.search(text)
    ):
        return _private("email", match.group())
    if match := HOME.search(text):
        return _private("flat", match.group())
    if not _DIGITS.search(text):
        return None
    text = _WEB.sub(" ", text)
    for match in PESEL.finditer(text):
        if is_pesel(re.sub("[ -]", "", match.group())):
            return _private("pesel", match.group()[:2] + "…")
    phone = next(filter(None, (phone.search(text) for phone in PHONES)), None)
    return _private("phone", phone.group()) if phone else None


def _private(what: str, text: str) -> Problem:
    return Problem("E-PRIVATE", what, {"found": text})


def email_problem(address: str) -> Problem | None:
    """Return an e-mail address that stands inside a web address, or None."""
    if "@" not in address and "%40" not in address.lower():
        return None
    match = EMAIL.search(re.sub("%40", "@", address, flags=re.IGNORECASE).split("://")[-1])
    if match is None or match.group().startswith("%"):
        return None
    return _private("email", match.group())


def is_pesel(digits: str) -> bool:
    """Tell whether eleven digits are a PESEL number: checksum and date of birth agree.

    https://www.gov.pl/web/gov/czym-jest-numer-pesel
    """
    numbers = [int(digit) for digit in digits]
    total = sum(weight * number for weight, number in zip(PESEL_WEIGHTS, numbers, strict=False))
    if (10 - total % 10) % 10 != numbers[10]:
        return False
    month = int(digits[2:4])
    try:
        date(CENTURIES[month // 20 * 2] + int(digits[:2]), month % 20, int(digits[4:6]))
    except ValueError:
        return False
    return True
