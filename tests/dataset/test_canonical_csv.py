"""The canonical form of tables, and edits of one row that leave all other bytes alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atlas.dataset.canonical.csv import (
    canonical_csv,
    with_cells,
    with_row,
    with_rows,
)
from atlas.dataset.canonical.values import canonical_cell
from atlas.dataset.reading.csv_table import parse_csv
from atlas.errors import FindingsError
from atlas.findings import Finding
from atlas.model.schema import schema

SAMPLE = Path(__file__).resolve().parents[1] / "data/sample"
RECORDS = schema()
TABLES = {"cities": "city", "sources": "source", "contradictions": "contradiction", "retired": "retired"}
HEADER = "city,status,since,sources,verified\n"


def canonical(text: str, record: str = "commitment") -> str:
    found: list[Finding] = []
    table = parse_csv(text, "x.csv", found)
    assert found == []
    return canonical_csv(RECORDS[record], table.header.values, (row.values for row in table.rows))


def test_canonical_tables_stay_as_they_are() -> None:
    texts = {path: path.read_text("utf-8") for path in SAMPLE.rglob("*.csv")}
    assert len(texts) > 20
    changed = [
        path.name
        for path, text in texts.items()
        if canonical(text, TABLES.get(path.stem, "commitment")) != text
    ]
    assert changed == []


def test_columns_rows_quotes_and_spelling_are_made_canonical() -> None:
    assert canonical(
        "status,city,extra,sources,note_en,since\n"
        'member,"lodz",1, a ; b;; ,"x, ""y""",2012\n'
        "former,gdansk,,a,\u00a0Zesp\u0061\u0328 \u202f,\n"
        'member,gdansk,2,a;,"two\nlines",2010\n'
        ",,,,,\n"
    ) == (
        "city,status,since,sources,note_en,extra\n"
        "gdansk,former,,a,Zespą,\n"
        'gdansk,member,2010,a,"two\nlines",2\n'
        'lodz,member,2012,a;b,"x, ""y""",1\n'
    )


def test_the_preferred_value_comes_first_and_equal_rows_keep_their_order() -> None:
    rows = "record,field,value,sources,rank\n{}actions/b,date,1,s,preferred\n"
    text = rows.format("actions/b,date,3,s,deprecated\nactions/b,date,2,s,deprecated\n")
    assert canonical(text, "contradiction").splitlines()[1:] == [
        "actions/b,date,1,s,preferred",
        "actions/b,date,3,s,deprecated",
        "actions/b,date,2,s,deprecated",
    ]


def test_cities_are_sorted_by_country_and_id() -> None:
    text = "id,name,country\nlodz,Łódź,PL\nturku,Turku,FI\ngdansk,Gdańsk,PL\n"
    assert canonical(text, "city").split()[1:] == ["turku,Turku,FI", "gdansk,Gdańsk,PL", "lodz,Łódź,PL"]


def test_only_lists_are_split() -> None:
    fields = RECORDS["commitment"].by_name
    assert canonical_cell(fields["sources"], " b ;a;\u00a0a ") == "b;a;a"
    assert canonical_cell(fields["act"], " b ;a ") == "b ;a"
    assert canonical_cell(None, " b ;a ") == "b ;a"


CELLS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")) | st.sampled_from(' ,";\n\u00a0')
)


@settings(max_examples=150, deadline=None)
@given(
    st.permutations(["city", "since", "sources", "note_en", "other"]),
    st.lists(st.lists(CELLS, min_size=5, max_size=5), max_size=6),
)
def test_the_canonical_form_is_its_own_and_loses_no_value(columns: list[str], rows: list[list[str]]) -> None:
    record = RECORDS["commitment"]
    text = canonical_csv(record, columns, rows)
    assert canonical(text) == text
    found: list[Finding] = []
    table = parse_csv(text, "x.csv", found)

    def meaning(header: list[str], lines: list[list[str]]) -> list[list[tuple[str, str]]]:
        spelled = (
            sorted(
                (name, canonical_cell(record.by_name.get(name), cell))
                for name, cell in zip(header, line, strict=True)
            )
            for line in lines
        )
        return sorted(line for line in spelled if any(cell for _, cell in line))

    assert found == []
    assert meaning(table.header.values, [row.values for row in table.rows]) == meaning(columns, rows)


# One row


DATA = (
    b"\xef\xbb\xbfcity,status,since,sources,verified\r\n"
    b'"aarhus", member,2010,"a ;b",\r\n'
    b'lodz,member,2012,"a",2020\r\n'
    b"turku,member,,a,"
)


def test_a_new_row_stands_in_its_place_and_all_other_bytes_stay() -> None:
    edited = with_row(
        RECORDS["commitment"], DATA, "x.csv", {"city": "gdansk", "status": "member ", "sources": " a; b"}
    )
    assert edited.line == 3
    lines = DATA.splitlines(keepends=True)
    assert edited.data == b"".join([*lines[:2], b"gdansk,member,,a;b,\r\n", *lines[2:]])


def test_a_row_at_the_end_closes_the_line_before() -> None:
    edited = with_row(RECORDS["commitment"], DATA, "x.csv", {"city": "wien", "status": "member"})
    assert edited == (DATA + b"\r\nwien,member,,,\r\n", 5)


def test_a_later_period_follows_the_earlier_one() -> None:
    edited = with_row(RECORDS["commitment"], DATA, "x.csv", {"city": "lodz", "since": "2015"})
    assert edited.line == 4


def test_a_row_after_a_value_of_two_lines() -> None:
    data = (HEADER + 'a,"x\ny",,s,\nb,member,,s,\n').encode()
    assert with_row(RECORDS["commitment"], data, "x.csv", {"city": "aa"}).line == 4
    assert with_row(RECORDS["commitment"], data, "x.csv", {"city": "c"}).line == 5


def test_the_first_row_of_a_table() -> None:
    edited = with_row(RECORDS["commitment"], HEADER.rstrip().encode(), "x.csv", {"city": "a"})
    assert edited == (HEADER.encode() + b"a,,,,\n", 2)


def test_a_value_brings_its_column() -> None:
    data = b'id,title,accessed\na,"A",2020\n'
    edited = with_row(
        RECORDS["source"],
        data,
        "x.csv",
        {"id": "b", "url": "https://b.example", "type": "web", "note_en": ""},
    )
    assert edited.data == (b"id,title,url,accessed,type\na,A,,2020,\nb,,https://b.example,,web\n")


def test_cells_are_set_and_nothing_else() -> None:
    edited = with_cells(
        RECORDS["commitment"], DATA, "x.csv", 3, {"verified": "2026-01-02", "sources": "a; c", "city": "lodz"}
    )
    assert edited == (DATA.replace(b'2012,"a",2020', b"2012,a;c,2026-01-02"), 3)
    last = with_cells(RECORDS["commitment"], DATA, "x.csv", 4, {"verified": "2026"})
    assert last.data == DATA + b"2026"


def test_cells_of_a_row_with_quotes_and_lines() -> None:
    data = (HEADER.replace("since", "note_en") + 'a,member,"x,\n""y""",s,\nb,member,,s,\n').encode()
    edited = with_cells(RECORDS["commitment"], data, "x.csv", 2, {"verified": "2026", "status": 'x "y", z'})
    assert edited.data == data.replace(b"s,\nb", b"s,2026\nb").replace(b"a,member", b'a,"x ""y"", z"')


def test_cells_of_a_row_that_is_not_there() -> None:
    with pytest.raises(LookupError, match=r"x\.csv:9: no row begins here"):
        with_cells(RECORDS["commitment"], DATA, "x.csv", 9, {"verified": "2026"})


def test_a_table_that_cannot_be_read_is_not_edited() -> None:
    with pytest.raises(FindingsError) as caught:
        with_row(RECORDS["commitment"], DATA + b'"', "x.csv", {"city": "b"})
    assert str(caught.value) == (
        "x.csv:4:17: E-QUOTE the double quote that opens here is never closed; "
        "close the value with a double quote; write a quote inside it twice"
    )


def test_a_column_that_does_not_exist_is_a_mistake_of_the_program() -> None:
    with pytest.raises(KeyError):
        with_row(RECORDS["commitment"], DATA, "x.csv", {"town": "b"})


def test_a_new_table_has_every_column() -> None:
    rows = [{"city": "b"}, {"city": "a", "sources": "s; t"}]
    text = with_rows(RECORDS["commitment"], None, "x.csv", rows)[0].decode()
    assert text.splitlines() == [
        "city,status,decided,since,until,role,act,sources,verified,verified_by,note_en,note_pl",
        "a,,,,,,,s;t,,,,",
        "b,,,,,,,,,,,",
    ]
