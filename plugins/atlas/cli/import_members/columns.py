"""Which column of a list is which, by its heading and by what stands below it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from ...findings import N_
from ...languages.country_names import country_code
from ...languages.folding import folded
from ..dialogue import Talk
from .list_file import DELIMITERS, ListFile, Row, below_title, csv_rows, lines_of

NAMES = frozenset((
    "city", "cities", "city name", "town", "towns", "municipality", "municipalities", "local authority",
    "local authorities", "local government", "locality", "council", "councils", "local council", "borough",
    "miasto", "miasta", "gmina", "gminy", "samorzad", "miejscowosc", "jednostka samorzadu",
    "jednostki samorzadu", "jst", "ville", "villes", "commune", "communes", "collectivite", "stadt",
    "stadte", "gemeinde", "gemeinden", "kommune", "kommunen", "kommuner", "kommun", "ciudad", "ciudades",
    "municipio", "municipios", "ayuntamiento", "comune", "comuni", "citta", "cidade", "cidades",
    "gemeente", "gemeenten", "obec", "mesto", "kaupunki", "kunta", "by", "municipi", "concelho", "ort",
    "localite",
))  # fmt: skip
"""Headings, folded, over the names of cities."""

BODIES = frozenset((
    "name", "names", "place", "member", "members", "signatory", "signatories", "participant",
    "participants", "organisation", "organization", "authority", "jurisdiction", "entity", "nazwa",
    "sygnatariusz", "czlonek", "czlonkowie", "nom", "membre", "membres", "signataire", "mitglied",
    "mitglieder", "nombre", "nome", "naam", "navn", "namn", "nazev", "ente", "enti", "miembro",
    "bezeichnung", "denominazione",
))  # fmt: skip
"""Headings over names of what may be no city; those above are preferred."""

COUNTRIES = frozenset((
    "country", "countries", "country code", "iso", "iso2", "iso3", "iso code", "country iso", "kraj",
    "panstwo", "kod kraju", "pays", "land", "pais", "paese", "nazione", "stato", "nation", "staat",
    "lander", "zeme", "maa",
))  # fmt: skip

REGIONS = frozenset((
    "state", "province", "state province", "region", "county", "departement", "department", "wojewodztwo",
    "powiat", "bundesland", "provincia", "estado", "comunidad autonoma", "regione", "lan", "fylke",
    "kanton", "canton", "prefecture", "district", "voivodeship", "prowincja",
))  # fmt: skip
"""Headings over what tells namesakes apart."""

DATES: Mapping[str, frozenset[str]] = MappingProxyType({
    "since": frozenset((
        "since", "date", "joined", "joining date", "date of joining", "member since", "signed", "year",
        "date of signature", "accession", "signature", "joining", "podpisania", "przystapienia",
        "signature date", "date signed", "od", "data", "rok", "data podpisania",
        "data przystapienia", "date d adhesion", "date de signature", "jahr", "seit", "beitritt", "fecha",
        "anno", "ano", "data di adesione", "depuis", "annee", "date joined", "year joined", "dato", "datum",
    )),
    "decided": frozenset(("decided", "resolution date", "date of resolution", "data uchwaly", "uchwala")),
    "until": frozenset(("until", "left", "end", "ended", "do", "data wystapienia", "date left")),
})  # fmt: skip
"""Headings by the column of a commitment that they mean."""

_POINT = {
    "lat": frozenset(("lat", "latitude", "breite", "breitengrad", "szerokosc geograficzna", "y")),
    "lon": frozenset(("lon", "lng", "long", "longitude", "lange", "langengrad", "dlugosc geograficzna", "x")),
}
_NUMBERS = frozenset(
    ("", "no", "nr", "lp", "l p", "id", "number", "numer", "poz", "n", "num", "objectid", "fid")
)
"""Headings over running numbers, which say nothing."""

_FILLERS = frozenset((
    "of", "the", "or", "and", "official", "full", "de", "la", "le", "der", "des", "di", "do", "miasta",
    "gminy", "samorzadu", "member", "members", "signatory", "participating", "name", "nazwa", "nom",
    "nombre", "nome", "en", "local", "lokalnego", "territoriale", "du", "lub", "oder", "ou",
))  # fmt: skip
"""Words that a heading may hold beside those above."""


_YES_OR_NO = frozenset(
    ("yes", "no", "y", "n", "tak", "nie", "oui", "non", "ja", "nein", "true", "false", "1", "0", "x", "")
)
_MOSTLY = 0.8
"""The share of cells that shows of what kind a column is."""
_REMARK = re.compile(r"[(\[][^()\[\]]*[)\]]")


@dataclass(slots=True)
class Columns:
    """The rows below the heading, and the positions of the columns that are understood."""

    rows: list[Row]
    width: int
    name: int = 0
    country: int | None = None
    dates: dict[str, int] = field(default_factory=dict)
    regions: list[int] = field(default_factory=list)
    point: dict[str, int] = field(default_factory=dict)
    other_name: int | None = None
    """Another column of names: of a body, where the name is a city's."""
    unused: dict[int, str] = field(default_factory=dict)
    """Headings of columns that nothing is made of, by position."""


def columns_of(file: ListFile, path: str, talk: Talk, delimiter: str, name: str, date: str) -> Columns:
    """Return the columns of a list; ``name`` and ``date`` are headings or numbers of columns.

    Raises UsageError where the names cannot be found.
    """
    rows = _rows(file, path, delimiter, name, talk)
    if file.heading is None and rows is None:
        return Columns(_lines(file.text), 1)
    rows = rows or file.rows
    heading = file.heading if file.heading is not None else rows[0][1] if rows else []
    words = [_heading(cell) for cell in heading]
    width = max((len(cells) for _, cells in rows), default=0)
    known = _position(words, NAMES) is not None or _position(words, BODIES) is not None
    headed = known or (name and not name.isdecimal()) or _heads(words, [cells for _, cells in rows[1:]])
    if file.heading is None and headed:
        rows, width = rows[1:], len(heading)
    elif file.heading is None:
        heading, words = [""] * width, ["-"] * width
    position = _wanted(name, words, width) if name else _preferred(words)
    if position is None:
        raise _no_names(file, heading, path, talk)
    found = Columns(rows, width, position)
    taken = {position, *(n for n, word in enumerate(words) if word in _NUMBERS)}

    def take(wanted: Collection[str]) -> int | None:
        at = _position([word if n not in taken else "" for n, word in enumerate(words)], wanted)
        taken.update(() if at is None else (at,))
        return at

    if date:
        if (at := _wanted(date, words, width)) is None:
            raise talk.wrong(
                N_("{path}: no column '{name}'; the first line is: {line}"),
                path=path,
                name=date,
                line=_first_line(file, heading),
            )
        found.dates["since"] = at
        taken.add(at)
    while (at := take(COUNTRIES)) is not None:
        if found.country is None or _readable(rows, at) > _readable(rows, found.country):
            found.country = at
    for column, wanted in DATES.items():
        if column not in found.dates and (at := take(wanted)) is not None:
            found.dates[column] = at
    for column, wanted in _POINT.items():
        if (at := take(wanted)) is not None:
            found.point[column] = at
    while (at := take(REGIONS)) is not None:
        found.regions.append(at)
    if found.country is None:
        columns = (n for n in range(width) if n not in taken)
        found.country = next((n for n in columns if _readable(rows, n) >= _MOSTLY * max(len(rows), 2)), None)
        taken.update(() if found.country is None else (found.country,))
    at = None if name else take(NAMES | BODIES)
    answers = [folded(cells[at]) in _YES_OR_NO for _, cells in rows if at is not None and at < len(cells)]
    if at is not None and sum(answers) >= _MOSTLY * len(answers):
        taken.remove(at)
    else:
        found.other_name = at
    found.unused = {n: heading[n].strip() for n, word in enumerate(words) if n not in taken}
    return found


def _rows(file: ListFile, path: str, delimiter: str, name: str, talk: Talk) -> list[Row] | None:
    """Return the rows of cells, None for one name a line. Raises UsageError for a table without heading."""
    if not file.text:
        return file.rows or None
    marks = (delimiter,) if delimiter else DELIMITERS
    tables = {mark: csv_rows(file.text, path, mark, talk) for mark in marks}
    for rows in (rows for table in tables.values() for rows in (below_title(table), table)):
        words = [_heading(cell) for cell in rows[0][1]] if rows else []
        at = _wanted(name, words, 0) if name else _preferred(words)
        if len(words) > 1 and at is not None:
            return rows
    even = next((mark for mark in marks if _even(tables[mark])), None)
    if even and name.isdecimal():
        return tables[even]
    if even or name or delimiter:
        raise _no_names(file, [], path, talk)
    return None


def _even(rows: Sequence[Row]) -> bool:
    """Tell whether rows are those of a table: nearly all of one width, and no "Paris, France"."""
    widths = [len(cells) for _, cells in rows if any(cell.strip() for cell in cells)]
    usual = max(set(widths), key=widths.count, default=0)
    if len(widths) < 2 or usual < 2 or widths.count(usual) < _MOSTLY * len(widths):
        return False
    places = sum(len(cells) == 2 and not any(c.isdigit() for c in cells[1]) for _, cells in rows)
    return usual > 2 or places < _MOSTLY * len(widths)


def _lines(text: str) -> list[Row]:
    """Return one name a line, without the heading, where there is one."""
    rows = lines_of(text)
    return rows[1:] if rows and _preferred([_heading(rows[0][1][0])]) is not None else rows


def _no_names(file: ListFile, heading: Sequence[str], path: str, talk: Talk) -> Exception:
    return talk.wrong(
        N_(
            "{path}: no column of names; the first line is: {line}; say which with --name-column, by "
            "heading or number"
        ),
        path=path,
        line=_first_line(file, heading),
    )


def _first_line(file: ListFile, heading: Sequence[str]) -> str:
    return next((line for line in file.text.split("\n") if line.strip()), ", ".join(heading))


def _preferred(words: Sequence[str]) -> int | None:
    at = _position(words, NAMES)
    return _position(words, BODIES) if at is None else at


def _wanted(said: str, words: Sequence[str], width: int) -> int | None:
    """Return the position of a column that a person named by its heading or number."""
    if folded(said) in words:
        return words.index(folded(said))
    return int(said) - 1 if said.isdecimal() and 1 <= int(said) <= width else None


def _position(words: Sequence[str], wanted: Collection[str]) -> int | None:
    """Return the column whose heading is one of ``wanted``, else is made of nothing but such words."""
    exact = (number for number, cell in enumerate(words) if cell and cell in wanted)
    made = (number for number, cell in enumerate(words) if cell and _made_of(cell, wanted))
    return next(exact, next(made, None))


def _heading(cell: str) -> str:
    """Return a heading, folded, without a remark in brackets."""
    return folded(_REMARK.sub("", cell)) or folded(cell)


def _made_of(cell: str, wanted: Collection[str]) -> bool:
    rest = cell.split()
    some = False
    while rest:
        longest = next((n for n in (3, 2, 1) if " ".join(rest[:n]) in wanted and len(rest) >= n), 0)
        some = some or longest > 0
        if not longest and rest[0] not in _FILLERS:
            return False
        del rest[: longest or 1]
    return some


def _heads(words: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Tell whether a first row without known words is a heading: it has no figures where the others have."""
    known: tuple[Collection[str], ...] = (COUNTRIES, REGIONS, *DATES.values(), *_POINT.values())
    if any(_position(words, wanted) is not None for wanted in known):
        return True
    figures: Callable[[str], bool] = lambda text: re.search(r"\d", text) is not None  # noqa: E731
    columns = ([row[n] for row in below if n < len(row) and row[n].strip()] for n in range(len(words)))
    return any(
        column and not figures(word) and sum(map(figures, column)) > _MOSTLY * len(column)
        for word, column in zip(words, columns, strict=True)
    )


def _readable(rows: Sequence[Row], at: int) -> int:
    return sum(at < len(cells) and country_code(cells[at]) is not None for _, cells in rows)
