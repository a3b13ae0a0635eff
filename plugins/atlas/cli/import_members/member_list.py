"""A list of members as a network publishes it: names, perhaps countries and dates, nothing tidy."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ...dataset.canonical.spreadsheet import RepairStep
from ...dataset.canonical.values import canonical_text
from ...dataset.reading.text_file import decoded
from ...findings import Finding, Place, finding
from ...languages.country_names import country_code
from ...languages.folding import folded
from ...languages.name_matching import BODY_WORDS, PlaceHint
from ...validate.values.dates import date_problem
from ..edit.answers import point_of
from ..messages import SAID
from .columns import WORDS, Columns, columns_of
from .list_dates import Order, date_in_name, is_nothing, order_of, read_date
from .list_file import Row, read_file

_BULLET = re.compile(r"^\s*(?:\d{1,5}\s*[.)]\s+|[-•*–—·]\s+)")
_FOOTNOTE = re.compile(r"\s*(?:\*+|\[\d+\]|[¹²³⁴⁵⁶⁷⁸⁹⁰†‡]+)$")
_NOT_IN_FORCE = re.compile(rf"\b(?:{'|'.join(sorted(WORDS['not_in_force']))})\b")
"""Words, folded, that say of a member that it is none, or not yet, or no longer."""
_IN_FORCE = re.compile(rf"\b(?:{'|'.join(sorted(WORDS['in_force']))})\b")
_OTHER_BODY = BODY_WORDS | frozenset(
    ("ngo", "organisation", "organization", "company", "school", "association")
)
_MOST_WORDS = 5
"""A cell of more words is a remark and tells no kind of member."""


@dataclass(frozen=True, slots=True)
class MemberEntry:
    """One name of the list with what stands beside it."""

    line: int
    """Where it begins, from 1; of JSON the number of the record."""
    name: str
    """Without bullet, number and footnote mark."""
    country: str = ""
    """ISO 3166-1, empty where the list does not say."""
    dates: Mapping[str, str] = field(default_factory=dict)
    """By column of a commitment, as exact as the list."""
    beside: PlaceHint = field(default_factory=PlaceHint)
    doubt: str = ""
    """A msgid: why it may be no city, or no member."""
    other_name: str = ""
    """What another column of names says."""
    rest: tuple[str, ...] = ()
    """The cells of columns that are not understood."""


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
    steps: Sequence[RepairStep] = ()
    """How the file was read."""
    unused: tuple[str, ...] = ()
    """Headings of the columns that nothing is made of."""


def read_list(
    data: bytes,
    path: str,
    *,
    name_column: str = "",
    date_column: str = "",
    country: str = "",
    known_words: Collection[str] = (),
) -> MemberList:
    """Return the entries of a list: a table with a heading over the names, else one name a line.

    ``country`` is that of entries without one; by ``known_words`` an encoding is recognised. Raises
    FindingsError for bytes that are no text, and UsageError where the columns cannot be told.
    """
    file = read_file(data, path, known_words)
    columns = columns_of(file, path, name_column, date_column)
    result = MemberList(path, findings=file.findings, steps=file.steps)
    result.unused = tuple(text for text in columns.unused.values() if text)
    orders = {
        column: order_of(cells[n].strip() for _, cells in columns.rows if n < len(cells))
        for column, n in columns.dates.items()
    }
    for line, cells in columns.rows:
        if not any(cell.strip() for cell in cells):
            continue
        if any(cell.strip() for cell in cells[columns.width :]):
            wide, place = columns.width, Place(path, line)
            result.findings.append(finding("E-CELLS", "too-many", place, count=len(cells), width=wide))
            continue
        _add(result, (line, [*cells, *[""] * (columns.width - len(cells))]), columns, orders, country)
    result.findings.sort(key=lambda one: one.line)
    return result


def cleaned(text: str) -> str:
    """Return a name without bullet, number, footnote mark and doubled spaces.

    >>> cleaned("12) Gdańsk *"), cleaned("• m.st.  Warszawa [3]")
    ('Gdańsk', 'm.st. Warszawa')
    """
    return " ".join(canonical_text(_FOOTNOTE.sub("", _BULLET.sub("", text))).split())


def _add(
    result: MemberList, row: Row, columns: Columns, orders: Mapping[str, Order], default_country: str
) -> None:
    line, cells = row
    place = Place(result.path, line)
    name, in_name = date_in_name(cleaned(cells[columns.name]))
    wrong: list[Finding] = []
    if is_nothing(name):
        name = ""
        wrong.append(finding("E-REQUIRED", "no-name", place))
    decoded(name.encode("utf-8", "surrogatepass"), result.path, wrong)
    wrong = [replace(one, line=line, column=1) for one in wrong]
    country = default_country
    said = "" if columns.country is None else cells[columns.country].strip()
    if not is_nothing(said):
        country = country_code(said) or ""
        if not country:
            wrong.append(finding("E-COUNTRY", "unknown", place, value=said, column="country"))
    texts = {column: cells[n].strip() for column, n in columns.dates.items()}
    texts = {column: text for column, text in texts.items() if not is_nothing(text)}
    if in_name:
        texts.setdefault("since", in_name)
    dates: dict[str, str] = {}
    for column, text in texts.items():
        meant = read_date(text, orders.get(column, ""))
        if meant is None:
            problem = date_problem(text)
            wrong.extend((problem.at(place, column, text),) if problem else ())
            continue
        if meant != text:
            result.rewritten.append((text, meant))
        dates[column] = meant
    if wrong:
        result.findings.extend(wrong)
        if name:
            result.unread.append(MemberEntry(line, name, country))
        return
    rest = tuple(cells[n].strip() for n in (*columns.unused, *columns.regions))
    region = next((cells[n].strip() for n in columns.regions if not is_nothing(cells[n])), "")
    lat, lon = (cells[columns.named[one]] if one in columns.named else "" for one in ("lat", "lon"))
    beside = PlaceHint(region, point_of(lat, lon))
    other = "" if columns.other_name is None else cleaned(cells[columns.other_name])
    doubt = _doubt({heading: cells[n] for n, heading in columns.unused.items()})
    result.entries.append(MemberEntry(line, name, country, dates, beside, doubt, other, rest))


def _doubt(cells: Mapping[str, str]) -> str:
    """Return why a member may be no city or none any more, as a short cell beside its name says."""
    for heading, cell in cells.items():
        text = folded(cell)
        if text in _OTHER_BODY:
            return str(SAID.members.another_body)
        denied = text in WORDS["no"] and _IN_FORCE.search(folded(heading))
        if denied or (len(cell.split()) <= _MOST_WORDS and _NOT_IN_FORCE.search(text)):
            return str(SAID.members.not_a_member_now)
    return ""
