"""Datasets as no person should write them: bytes, cells, lines, values and names, damaged by chance.

Every mutation is a function of a generator of random numbers alone, so a number names an input for ever.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from random import Random

from tests.proof.payloads import PATHS

Files = dict[str, bytes]
"""The bytes of the files of a dataset by their names below its folder."""

TOKENS = (
    # bytes and characters
    "\x00", "\x1b[31m", "\x7f", "\x85", "\xa0", "\xad", "\u00a0x\u00a0", "\u200b", "\u202e", "\u2028",
    "\ufeff",
    "\ufffd", "\U0001f600", "e\u0301", "\u0345", "\U00010348", "\ud7a3", "ǆ", "ß", "İ", "ı", "ﬁ", "²", "١٢",
    "Ⅷ",
    "\r", "\r\n", "\n", "\t", " ", "", "\\", "\\x\\2019", "%s%n", "{}", "{value}", "{0.__class__}", "%(x)s",
    "${x}",
    # CSV
    ",", ",,", '"', '""', '"x', 'x"y', '"x"y', ";", ";;", " ; ", "|", "'", "=1+1", "@SUM(A1)", "-1",
    # YAML
    "&a", "*a", "!!python/object/apply:os.system [x]", "!x y", "---", "...", "%YAML 1.1", "? x", "- - - -",
    "- ", "#",
    "{", "}", "[", "]", "[[[[", "{a: {b: {c: d}}}", "|", ">", "|2-", ">+", "a: b", ": ", "<<: x", "~",
    "null", "NO",
    "1.10", "0x1F", "12:30:45", "'", "'x'", "\\u0000", '"\\uD800"', '"\\x07"', '"\\U0001F600"', '"\\0"',
    "key:", "'':",
    # numbers, dates, ids, addresses
    "nan", "inf", "-inf", "1e309", "-0", "1" * 30, "9" * 5000, "0", "-1", "1,5", "1.5.5", "0.0000000000001",
    "٣",
    "0000", "9999", "2022-13", "2022-02-30", "2022-9-5", "31.12.9999", "01/02/2020", "2022~?", "2022?~",
    "?", "2022-00",
    "9999-12-31", "10000", "45560", "2958466", "P0Y", "P99999Y", "P2Y3M", "P", "PT1H", "2020-W53-7",
    "2021-W53-1",
    "con", "nul.txt", "../x", "a--b", "-a", "A", "a" * 65, "é", "krakow", "lodz", "welcome", "all", "PL",
    "QQ", "pl", "x-",
    "http://[", "http://[::1", "http://a:99999/", "http://a:x/", "https://", "https://ż.pl/",
    "https://xn--/", "http://%",
    "http://1/", "http://0x7f.1/", "http://a..b/", "https://web.archive.org/web/2020/",
    "https://archive.ph/x",
    "https://web.archive.org/web/20200101000000/http://[", "javascript:x", "https://a/" + "b" * 3000,
    "http://a@b/",
    # the data's own words
    "former", "none", "member", "preferred", "deprecated", "commitments/welcome:turku", "commitments/:",
    "counts/", "/",
    "cities/", "a/b", "city", "address", "en", "pl", "und", "name", "sources", "press", "press;press", "on",
    "id",
    "x" * 10_001, "ł" * 2_000, "x" * 70_000, "601 234 567", "44051401359", "a@b.pl",
    "jan.kowalski@example.org",
    *PATHS,
)  # fmt: skip

NAMES = (
    "networks/new.yaml", "charters/welcome.yaml", "actions/x.yaml", "commitments/new.csv",
    "commitments/equality.csv",
    "networks/.yaml", "networks/con.yaml", "networks/a b.yaml", "networks/ż.yaml", "networks/x.yml",
    "networks/A.yaml",
    "commitments/.csv", "commitments/a\nb.csv", "networks/\x1b[31m.yaml", "charters/%s{x}.yaml",
    "notes.txt",
    "cities.CSV", "other.csv", "actions/sub.csv", "charters/-.yaml", "commitments/" + "a" * 70 + ".csv",
    "README.md",
    "networks/a\u202eb.yaml", "networks/\udcff.yaml",
)  # fmt: skip
"""Names of files to put beside the others; the last one is not UTF-8."""

_LINE = re.compile(r"^(?P<indent> *)(?P<dash>(?:- )*)(?P<key>[^:#]+:)?(?P<value> .*)?$")


def mutated(files: Mapping[str, bytes], others: Mapping[str, bytes], chance: Random) -> Files:
    """Return the files with some of them damaged; ``others`` are real files to put in their places."""
    result = dict(files)
    for _ in range(chance.choice((1, 1, 1, 2, 5))):
        name = chance.choice(sorted(result))
        result[name] = chance.choice(_MUTATIONS)(result[name], name, chance)
    what = chance.random()
    if what < 0.1:
        name = chance.choice(sorted(others))
        data = others[name]
        for _ in range(chance.choice((1, 2, 8))):
            data = chance.choice(_MUTATIONS)(data, name, chance)
        result[name] = data
    elif what < 0.14:
        name = chance.choice(NAMES)
        kind = ".csv" if name.endswith(".csv") else ".yaml"
        result[name] = files[chance.choice(sorted(n for n in files if n.endswith(kind)))]
    elif what < 0.16:
        del result[chance.choice(sorted(result))]
    return result


def revalued(files: Mapping[str, bytes], chance: Random) -> Files:
    """Return the files with other values in one of them, which may well be valid."""
    result = dict(files)
    name = chance.choice(sorted(result))
    for _ in range(chance.choice((1, 1, 2, 4))):
        result[name] = _a_value(result[name], name, chance)
    return result


def _position(data: bytes, chance: Random) -> int:
    return chance.randint(0, len(data))


def _some_bytes(data: bytes, name: str, chance: Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 3, 20))):
        at = _position(changed, chance)
        what = chance.randrange(4)
        if what == 0 and at < len(changed):
            changed[at] ^= 1 << chance.randrange(8)
        elif what == 1:
            changed[at:at] = chance.randbytes(chance.choice((1, 1, 2, 9)))
        elif what == 2:
            changed[at : at + chance.choice((1, 1, 4, 40))] = b""
        else:
            changed[at:at] = chance.choice(TOKENS).encode("utf-8", "surrogatepass")
    return bytes(changed)


def _a_slice(data: bytes, name: str, chance: Random) -> bytes:
    one, other = sorted((_position(data, chance), _position(data, chance)))
    what = chance.randrange(4)
    if what == 0:
        return data[:one]
    if what == 1:
        return data[one:]
    if what == 2:
        return data[:other] + data[one:]
    return data[:one] + data[other:] + data[one:other]


def _encoded(data: bytes, name: str, chance: Random) -> bytes:
    text = data.decode("utf-8", "replace")
    encoding = chance.choice(("utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1250", "iso8859-2", "utf-7"))
    ends = chance.choice(("\n", "\r\n", "\r"))
    return text.replace("\n", ends).encode(encoding, "replace")


def _lines(data: bytes, name: str, chance: Random) -> bytes:
    lines = data.split(b"\n")
    at = chance.randrange(len(lines))
    what = chance.randrange(6)
    if what == 0:
        del lines[at]
    elif what == 1:
        lines.insert(chance.randrange(len(lines) + 1), lines[at])
    elif what == 2:
        lines[at] = b" " * chance.choice((1, 2, 4)) + lines[at]
    elif what == 3:
        lines[at] = lines[at].lstrip()
    elif what == 4:
        lines[at : at + 2] = [b"".join(lines[at : at + 2])]
    else:
        lines.insert(at, chance.choice((b"", b" ", b"# note", b"\t", b"---", b",,,")))
    return b"\n".join(lines)


def _a_value(data: bytes, name: str, chance: Random) -> bytes:
    text = data.decode("utf-8", "replace")
    if name.endswith(".csv"):
        return _a_cell(text, chance).encode("utf-8", "surrogatepass")
    lines = text.split("\n")
    at = chance.randrange(len(lines))
    parts = _LINE.fullmatch(lines[at])
    if parts is None:
        return data
    indent, dash, key, value = (part or "" for part in parts.groups())
    token = _token(text, chance)
    what = chance.randrange(5)
    if what == 0:
        key = f"{token}:"
    elif what == 1:
        value = " " + "[" * 3 + token + "]" * 3
    elif what == 2:
        value = f" {{{token}: {token}}}"
    elif what == 3:
        value = " '" + token.replace("'", "''") + "'"
    else:
        value = " " + token
    lines[at] = indent + dash + key + value
    return "\n".join(lines).encode("utf-8", "surrogatepass")


def _a_cell(text: str, chance: Random) -> str:
    try:
        rows = list(csv.reader(io.StringIO(text, newline="")))
    except csv.Error:  # damaged too much already
        return text
    row = chance.choice(rows) if rows else []
    for _ in range(chance.choice((1, 1, 3))):
        if row:
            row[chance.randrange(len(row))] = _token(text, chance)
    changed = io.StringIO(newline="")
    quoting = chance.choice((csv.QUOTE_MINIMAL, csv.QUOTE_MINIMAL, csv.QUOTE_ALL))
    csv.writer(changed, lineterminator="\n", quoting=quoting).writerows(rows)
    return changed.getvalue()


def _token(text: str, chance: Random) -> str:
    """Return a token, two of them, or a word of the file itself."""
    what = chance.random()
    if what < 0.25 and (words := text.split()):
        return chance.choice(words).strip('",')
    one = chance.choice(TOKENS)
    return one if what < 0.85 else one + chance.choice((" ", "", ";")) + chance.choice(TOKENS)


_MUTATIONS = (_some_bytes, _some_bytes, _a_slice, _encoded, _lines, _lines, *[_a_value] * 6)
