"""A list of members as a network publishes it: names, perhaps countries and dates, nothing tidy."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from ...dataset.canonical.values import canonical_text
from ...dataset.reading.text_file import decoded
from ...errors import FindingsError
from ...findings import N_, Finding, Place, finding
from ...languages.country_names import country_code
from ...languages.folding import folded
from ...validate.values.dates import date_problem, only_meaning
from ..dialogue import Talk

DELIMITERS = (",", ";", "\t", "|")

NAMES = frozenset((
    "name", "names", "city", "cities", "city name", "town", "municipality", "municipalities", "member",
    "members", "signatory", "signatories", "local authority", "local government", "locality", "place",
    "miasto", "miasta", "gmina", "nazwa", "samorzad", "miejscowosc", "sygnatariusz", "czlonek", "ville",
    "villes", "commune", "collectivite", "stadt", "stadte", "gemeinde", "kommune", "mitglied", "ciudad",
    "municipio", "ayuntamiento", "comune", "citta", "ente", "cidade", "gemeente",
))  # fmt: skip
"""Headings, folded, over the names."""

COUNTRIES = frozenset((
    "country", "country code", "iso", "kraj", "panstwo", "kod kraju", "pays", "land", "pais", "paese",
    "nazione", "stato",
))  # fmt: skip

DATES: Mapping[str, frozenset[str]] = MappingProxyType({
    "since": frozenset((
        "since", "date", "joined", "joining date", "date of joining", "member since", "signed", "year",
        "date of signature", "accession", "signature", "joining", "podpisania", "przystapienia",
        "signature date", "date signed", "od", "data", "rok", "data podpisania",
        "data przystapienia", "date d adhesion", "date de signature", "jahr", "seit", "beitritt", "fecha",
        "anno", "ano", "data di adesione",
    )),
    "decided": frozenset(("decided", "resolution date", "date of resolution", "data uchwaly", "uchwala")),
    "until": frozenset(("until", "left", "end", "ended", "do", "data wystapienia")),
})  # fmt: skip
"""Headings by the column of a commitment that they mean."""

_FILLERS = frozenset((
    "of", "the", "or", "and", "official", "full", "de", "la", "le", "der", "di", "do", "miasta", "gminy",
    "samorzadu",
))  # fmt: skip
"""Words that a heading may hold beside those above."""

_BULLET = re.compile(r"^\s*(?:\d{1,5}\s*[.)]\s+|[-•*–—·]\s+)")
_FOOTNOTE = re.compile(r"\s*(?:\*+|\[\d+\]|[¹²³⁴⁵⁶⁷⁸⁹⁰†‡]+)$")


@dataclass(frozen=True, slots=True)
class MemberEntry:
    """One name of the list with what stands beside it."""

    line: int
    """Where it begins, from 1."""
    name: str
    """Without bullet, number and footnote mark."""
    country: str = ""
    """ISO 3166-1, empty where the list does not say."""
    dates: Mapping[str, str] = field(default_factory=dict)
    """By column of a commitment, as exact as the list."""


@dataclass(slots=True)
class MemberList:
    """The entries of a list; what could not be understood stands in ``findings``, with its line."""

    path: str
    entries: list[MemberEntry] = field(default_factory=list)
    unread: list[MemberEntry] = field(default_factory=list)
    """Entries beside whose names something could not be understood: they are on the list all the same."""
    findings: list[Finding] = field(default_factory=list)
    rewritten: list[tuple[str, str]] = field(default_factory=list)
    """Dates of another notation with the only date that they can mean."""


def read_list(
    data: bytes, path: str, talk: Talk, *, delimiter: str = "", name_column: str = "", country: str = ""
) -> MemberList:
    """Return the entries of a list: CSV with a heading over the names, else one name a line.

    ``country`` is that of entries without one. Raises FindingsError for bytes that are no
    UTF-8, and UsageError where the columns cannot be told.
    """
    found: list[Finding] = []
    text = decoded(data, path, found)
    if text is None or found:
        raise FindingsError(found)
    rows = list(_rows(text, path, delimiter or ",", talk))
    heading = [folded(cell) for cell in rows[0][1]] if rows else []
    position = _position(heading, {folded(name_column)} if name_column else NAMES)
    if position is None:
        _explain(text, path, delimiter, name_column, talk)
        rows = [(number, [line]) for number, line in enumerate(text.split("\n"), 1)]
        heading, position = ["name"], 0
    elif len(heading) == 1 and not name_column:
        # Names under a heading: a comma belongs to the name ("Paris, France").
        rows = [(number, [line]) for number, line in enumerate(text.split("\n"), 1)][1:]
    else:
        rows = rows[1:]
    result = MemberList(path)
    columns = {name: _position(heading, words) for name, words in DATES.items()}
    where = _position(heading, COUNTRIES)
    for line, cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(heading):
            result.findings.append(_too_wide(Place(path, line), len(cells), len(heading)))
            continue
        cells = [*cells, *[""] * (len(heading) - len(cells))]
        name = cleaned(cells[position])
        beside = "" if where is None else cells[where].strip()
        dates = {column: cells[n].strip() for column, n in columns.items() if n is not None}
        _add(result, line, name, beside, {k: v for k, v in dates.items() if v}, country)
    return result


def cleaned(text: str) -> str:
    """Return a name without bullet, number, footnote mark and doubled spaces.

    >>> cleaned("12) Gdańsk *"), cleaned("• m.st.  Warszawa [3]")
    ('Gdańsk', 'm.st. Warszawa')
    """
    return " ".join(canonical_text(_FOOTNOTE.sub("", _BULLET.sub("", text))).split())


def _add(
    result: MemberList, line: int, name: str, beside: str, dates: Mapping[str, str], country: str
) -> None:
    place = Place(result.path, line)
    wrong: list[Finding] = []
    if not name:
        wrong.append(finding("E-REQUIRED", place, N_("a line without a name"), hint=N_("delete it")))
    code = country_code(beside) if beside else country
    if code is None:
        wrong.append(
            finding(
                "E-COUNTRY",
                place,
                N_("{column} '{value}': no such country code"),
                value=beside,
                hint=N_("type the ISO 3166-1 code of two capital letters"),
                column="country",
            )
        )
    kept: dict[str, str] = {}
    for column, text in dates.items():
        if problem := date_problem(text):
            meant = only_meaning(text)
            if meant is None:
                wrong.append(problem.at(place, column, text))
                continue
            result.rewritten.append((text, meant))
            text = meant
        kept[column] = text
    if wrong:
        result.findings.extend(wrong)
        if name:
            result.unread.append(MemberEntry(line, name, code or ""))
    else:
        result.entries.append(MemberEntry(line, name, code or "", kept))


def _rows(text: str, path: str, delimiter: str, talk: Talk) -> Sequence[tuple[int, list[str]]]:
    """Return the rows with the lines on which they begin; none where the text is no CSV."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: list[tuple[int, list[str]]] = []
    line = 1
    try:
        for cells in reader:
            rows.append((line, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        raise talk.wrong(
            N_("{path}:{line}: this is not CSV ({problem})"), path=path, line=line, problem=str(error)
        ) from None
    return rows


def _position(heading: Sequence[str], words: Collection[str]) -> int | None:
    """Return the column whose heading is one of ``words``, else is made of nothing but such words."""
    exact = (number for number, cell in enumerate(heading) if cell in words)
    made = (
        number
        for number, cell in enumerate(heading)
        if cell.split() and all(word in words or word in _FILLERS for word in cell.split())
    )
    return next(exact, next(made, None))


def _explain(text: str, path: str, delimiter: str, name_column: str, talk: Talk) -> None:
    """Raise where the first line is a heading, only not one that can be used as it is."""
    first = text.split("\n", 1)[0]
    for mark in DELIMITERS:
        cells = [folded(cell) for cell in first.split(mark)]
        wanted = {folded(name_column)} if name_column else NAMES
        if mark != (delimiter or ",") and len(cells) > 1 and _position(cells, wanted) is not None:
            raise talk.wrong(
                N_("{path}: the columns are separated by '{value}'; add --delimiter '{value}'"),
                path=path,
                value=mark,
            )
    if name_column or delimiter:
        raise talk.wrong(
            N_("{path}: no column of names; the first line is: {line}; say which with --name-column"),
            path=path,
            line=first,
        )


def _too_wide(place: Place, count: int, width: int) -> Finding:
    return finding(
        "E-CELLS",
        place,
        N_("the row has {count} cells, the header has {width}"),
        hint=N_("put a value that holds a comma in double quotes, or delete what is too much"),
        count=count,
        width=width,
    )
