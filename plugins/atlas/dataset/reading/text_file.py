"""Bytes to text: size, encoding, forbidden characters; the same for CSV and YAML.

Nothing here guesses: the data is UTF-8, and another encoding is only recognised
so that the message can name it.
"""

from __future__ import annotations

import os
import re
from codecs import BOM_UTF8
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from ...findings import N_, Finding, Place, Word, finding
from .wrong_rows import merge_finding

CSV_BYTES = 64 * 1024 * 1024
YAML_BYTES = 1024 * 1024
LINE_BYTES = 1024 * 1024
"""The largest files and lines that are read: what is larger is no data, and must not fill the memory."""
MOST_CHARACTERS = 1000
"""So many forbidden characters of a file are told one by one."""

# Everything that is invisible and changes meaning: C0 and C1 controls but tab and line feed,
# bidirectional overrides and isolates, zero-width marks, other line breaks, surrogates,
# the byte order mark inside a text, noncharacters, soft hyphens, blanks that count as letters,
# the signs for a broken letter and for an object that was not copied, and private characters, which
# every font shows in another way.
# The zero-width joiners are letters of some scripts and stay.
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u2028\u2029"
    "\u202a-\u202e\u2060-\u2069\u2800\u3164\ue000-\uf8ff\ufeff\uffa0\ufff9-\uffff"
    "\U000e0000-\U000e007f\U000f0000-\U0010ffff]"
)

_BLANK = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"

_PLAIN = bytes((10, *range(32, 127)))

_CONFLICT = re.compile(r"^<{7}(?: .*)?$", re.MULTILINE)
_MARKS = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
_CP1250_ONLY = frozenset(range(0x80, 0xA0)) | {0xA5, 0xB9}
_LATIN2_ONLY = frozenset((0xA1, 0xA6, 0xAC, 0xB1, 0xB6, 0xBC))


def read_bytes(file: Path | os.DirEntry[str], shown: str, limit: int, found: list[Finding]) -> bytes | None:
    """Return the bytes of a file of at most ``limit`` bytes, or None after a finding.

    The size is known before anything is read, so a huge file costs nothing.
    """
    size = file.stat().st_size
    if size <= limit:
        with open(file, "rb", buffering=0) as opened:
            data = opened.read()
        if len(data) <= limit:
            return data
        size = len(data)  # it has grown meanwhile
    found.append(finding("E-SIZE", "file", Place(shown), size=size, limit=limit))
    return None


def decoded(data: bytes, shown: str, found: list[Finding]) -> str | None:
    """Return the text without byte order mark and with LF line ends, or None after a finding.

    Where git left two versions of a file in one, neither is read.
    """
    if len(data) > LINE_BYTES and (number := _line_too_long(data)):
        found.append(finding("E-LONG", "line", Place(shown, number), limit=LINE_BYTES))
        return None
    wide = wide_encoding(data)
    if wide:
        found.append(_wrong_encoding(Place(shown), wide))
        return None
    try:
        text = data.removeprefix(BOM_UTF8).decode()
    except UnicodeDecodeError as error:
        found.append(_not_utf8(data, error.start, shown))
        return None
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "<<<<<<<" in text and (conflicts := list(islice(_CONFLICT.finditer(text), MOST_CHARACTERS))):
        found.extend(
            merge_finding(Place(shown, text.count("\n", 0, one.start()) + 1), one.group())
            for one in conflicts
        )
        return None
    found.extend(_forbidden(text, shown))
    return text


def _line_too_long(data: bytes) -> int | None:
    """Return the number of the first line that is too long, before anything is decoded."""
    lines = enumerate(data.splitlines(), 1)
    return next((number for number, line in lines if len(line) > LINE_BYTES), None)


def wide_encoding(data: bytes) -> str | None:
    """Return the name of an encoding of two or four bytes a character, or None."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name
    start = data[:4096]
    nuls = start.count(0)
    if nuls * 3 < len(start) or not nuls:
        return None  # a stray NUL is a control character, not an encoding
    return "UTF-32" if nuls * 2 > len(start) + 2 else "UTF-16"


def _wrong_encoding(place: Place, name: str) -> Finding:
    return finding("E-ENCODING", "table" if place.path.endswith(".csv") else "text", place, encoding=name)


def _not_utf8(data: bytes, offset: int, shown: str) -> Finding:
    start = data.rfind(b"\n", 0, offset) + 1
    before = data[start:offset].decode("utf-8-sig" if start == 0 else "utf-8", "replace")
    line = data.count(b"\n", 0, offset) + 1
    place = Place(shown, line, len(before) + 1)
    high = [byte for byte in data if byte > 0x7F]
    latin2 = sum(byte in _LATIN2_ONLY for byte in high)
    cp1250 = sum(byte in _CP1250_ONLY for byte in high)
    if _mostly_utf8(data):
        return finding("E-ENCODING", "byte", place, byte=f"0x{data[offset]:02x}")
    return _wrong_encoding(place, "ISO-8859-2" if latin2 > cp1250 else "Windows-1250 (cp1250)")


def _mostly_utf8(data: bytes) -> bool:
    """Tell whether well-formed multi-byte characters outnumber broken bytes."""
    broken = data.decode("utf-8", "replace").count("\ufffd")
    whole = sum(byte >= 0xC2 for byte in data)
    return whole > 2 * broken


def unusual(text: str) -> str:
    """Return the characters of a text that are neither line feeds nor printable ASCII: mostly few."""
    return text.encode().translate(None, _PLAIN).decode()


def _forbidden(text: str, shown: str) -> Iterator[Finding]:
    if not FORBIDDEN.search(unusual(text)):
        return
    line, start = 1, 0
    for match in islice(FORBIDDEN.finditer(text), MOST_CHARACTERS):
        breaks = text.count("\n", start, match.start())
        if breaks:
            line += breaks
            start = text.rindex("\n", 0, match.start()) + 1
        yield forbidden(Place(shown, line, match.start() - start + 1), match.group())


def forbidden(place: Place, character: str) -> Finding:
    """Return the finding for a character that shows nothing, or something else than it is."""
    # A blank that counts as a letter is printable, and shows nothing all the same.
    value = f"\\u{ord(character):04x}" if character in _BLANK else character
    return finding("E-CONTROL", "character", place, value=value, what=_kind_of(character))


def _kind_of(character: str) -> Word:
    if character == "\ufffd":
        return Word(N_("the sign for a broken letter"))
    if character in "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069":
        return Word(N_("the text direction character"))
    if character < "\xa0":
        return Word(N_("the control character"))
    return Word(N_("the invisible character"))
