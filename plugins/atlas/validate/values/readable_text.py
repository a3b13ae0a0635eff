"""Readable text: nothing visible, letters broken by a wrong encoding, cells damaged by a spreadsheet."""

from __future__ import annotations

import re
import unicodedata

from ..problem import Problem

INVISIBLE = frozenset(["Cf", "Cc", "Zs", "Zl", "Zp", "Mn", "Me"])
"""Unicode categories of characters that show nothing by themselves."""
MISREAD = {
    "cp1252": re.compile("[ÂÃÄÅ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â(?:€.|„.)"),
    "cp1250": re.compile("[ĂÂĹÄĽ][\x80-\xbf€‚„…†‡‰Š‹ŚŤŽŹ‘’“”•–—™š›śťžźˇ˘ŁĄŞŻ˛łąşĽ˝ľż]|â(?:€.|„.)"),
}
"""Encodings in which UTF-8 is read by mistake, with the pairs of characters that come of it."""
LOST_LETTER = re.compile(r'(?:^|(?<=[\s(„“"-]))\?[^\W\d_]|[^\W\d_]\?[^\W\d_]')
LAST_LETTER = re.compile(r"\w+[^\W\d_]\?")
"""A name of one word that would ask something; of several words it may well be a question."""
SIGN = re.compile(r"[¢£¤¥¦§¨±²³¶¸¹¼½¾÷×][^\W\d_]|[^\W\d_][¢£¤¥¦§¨±²³¶¸¹¼½¾÷×]")
"""A sign beside a letter, as Polish letters look where another alphabet is taken for theirs."""
NO_NAME = re.compile(r"[\W_]+|n/a|n\.\s?a\.?", re.IGNORECASE)
HASHES = re.compile(r"#{3,}")
MIDNIGHT = re.compile(
    r"(?:([0-9]{4})-([0-9]{2})-([0-9]{2})|([0-9]{2})\.([0-9]{2})\.([0-9]{4}))[ T]00:00(?::00)?(?:\.0+)?"
)
DAY_NUMBER = re.compile(r"[1-5][0-9]{4}")

_LOST = Problem("E-TEXT", "lost-letter")


def readable_problem(text: str) -> Problem | None:
    """Return why ``text`` cannot be read as a name or a sentence, or None."""
    if text.isascii():
        return _lost_letter(text) if "?" in text else None
    if all(unicodedata.category(letter) in INVISIBLE for letter in text):
        return Problem("E-TEXT", "invisible")
    return _misread(text) or (_lost_letter(text) if "?" in text else None)


def name_problem(text: str) -> Problem | None:
    """Return why ``text`` is no name of a place or an instrument, or None."""
    if NO_NAME.fullmatch(text):
        return Problem("E-TEXT", "no-name")
    if LAST_LETTER.fullmatch(text):
        return _LOST
    if not SIGN.search(text):
        return None
    try:
        instead = text.encode("latin-1").decode("iso-8859-2")
    except UnicodeError:
        return Problem("E-TEXT", "sign")
    return Problem("E-TEXT", "sign-for-letter", {"instead": instead})


def _misread(text: str) -> Problem | None:
    for encoding, pairs in MISREAD.items():
        if not pairs.search(text):
            continue
        try:
            instead = text.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
        return Problem("E-TEXT", "misread", {"instead": instead})
    return None


def _lost_letter(text: str) -> Problem | None:
    """A question mark inside a word, or alone, stands for what a program could not write."""
    if "://" in text or not (LOST_LETTER.search(text) or NO_NAME.fullmatch(text)):
        return None
    return _LOST


def damaged_text(text: str, *, may_be_number: bool) -> Problem | None:
    """Return what a spreadsheet did to a text that is neither a date nor a number, or None."""
    if HASHES.fullmatch(text):
        return Problem("E-EXCEL", "narrow-column")
    if midnight := MIDNIGHT.fullmatch(text):
        year, month, day, *turned = midnight.groups()
        return Problem(
            "E-EXCEL", "time", {"instead": "-".join([year, month, day] if year else reversed(turned))}
        )
    if not may_be_number and DAY_NUMBER.fullmatch(text):
        return Problem("E-EXCEL", "number-for-text")
    return None
