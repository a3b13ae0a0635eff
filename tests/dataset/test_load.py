"""Bytes, CSV and YAML: what is accepted, and what is said of the rest."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from atlas.dataset.reading import yaml_tree as yamlfile
from atlas.dataset.reading.csv_table import CELL_CODE_POINTS, parse_csv
from atlas.dataset.reading.load import Dataset, Memory, load
from atlas.dataset.reading.text_file import CSV_BYTES, YAML_BYTES, decoded
from atlas.dataset.reading.yaml_tree import Document, parse_yaml
from atlas.errors import UsageError
from atlas.findings import Finding, as_text

GOOD = Path(__file__).parent.parent / "data/good"


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the valid dataset, in the working directory."""
    shutil.copytree(GOOD, tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    return Path("data")


def lines(dataset: Dataset) -> list[str]:
    return as_text(dataset.findings).splitlines()


def csv(text: str) -> tuple[list[list[str]], list[str]]:
    """The rows of a table, and the lines of its findings."""
    found: list[Finding] = []
    table = parse_csv(text, "t.csv", found)
    return [row.values for row in table.rows], as_text(found).splitlines()


def yaml_of(text: str) -> tuple[Document | None, list[str]]:
    """The document, and the lines of its findings."""
    found: list[Finding] = []
    document = parse_yaml(text, "t.yaml", "t", found)
    return document, as_text(found).splitlines()


# What is known


def test_what_is_as_it_was_is_not_parsed_again(data: Path) -> None:
    memory: Memory = {}
    before = load(data, memory)
    path = data / "actions/lodz-team.yaml"
    path.write_text(path.read_text("utf-8").replace("status: ", "status:  "), "utf-8")
    os.utime(data / "cities.csv")
    after = load(data, memory)
    assert after.actions["lodz-team"] is not before.actions["lodz-team"]
    assert after.actions["lodz-team"] == load(data).actions["lodz-team"]
    assert after.actions["krakow-resolution-2011"] is before.actions["krakow-resolution-2011"]
    assert after.tables["cities"] is before.tables["cities"]
    (data / "cities.csv").write_bytes((data / "cities.csv").read_bytes() + b'"')
    assert lines(load(data, memory)) == lines(load(data, memory)) == lines(load(data)) != []


# The folder


def test_good_data_loads_without_a_finding(data: Path) -> None:
    dataset = load(data)
    assert lines(dataset) == []
    assert len(dataset.table("cities").rows) == 8
    assert sorted(dataset.commitments) == ["equality", "old-pact", "rights-commission", "welcome"]
    assert sorted(dataset.instruments) == ["equality", "old-pact", "rights-commission", "welcome"]
    assert sorted(dataset.actions) == ["krakow-resolution-2011", "lodz-team", "welcome-congress-2019"]


def test_paths_outside_the_working_directory_stand_as_given(data: Path, tmp_path: Path) -> None:
    os.chdir("/")
    assert (
        load(tmp_path / "data").table("cities").path
        == (tmp_path / "data/cities.csv").relative_to("/").as_posix()
    )


def test_a_missing_folder_is_a_wrong_command(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such folder; name the folder of the data with --data"):
        load(tmp_path / "nowhere")


def test_missing_files_are_named_and_optional_ones_are_not(data: Path) -> None:
    for name in ("cities.csv", "contradictions.csv", "retired.csv", "vocabulary.yaml"):
        (data / name).unlink()
    assert lines(load(data)) == [
        f"data/{name}:1:1: E-FILE the file is missing; put it back, for example with: git "
        f"checkout -- data/{name}"
        for name in ("cities.csv", "vocabulary.yaml")
    ]


def test_what_does_not_belong_to_the_data_is_found(data: Path) -> None:
    (data / "notes.txt").write_text("")
    (data / "networks/eccar.json").write_text("")
    (data / "old").mkdir()
    (data / "actions/.gitkeep").write_text("")
    (data / "LICENSE.md").write_text("")
    assert lines(load(data)) == [
        "data/networks/eccar.json:1:1: E-FILE this file does not belong to the data; move it elsewhere",
        "data/notes.txt:1:1: E-FILE this file does not belong to the data; move it elsewhere",
        "data/old:1:1: E-FILE this folder does not belong to the data; move it elsewhere",
    ]


def test_symbolic_links_are_not_followed(data: Path) -> None:
    (data / "retired.csv").unlink()
    (data / "retired.csv").symlink_to("/etc/passwd")
    shutil.rmtree(data / "actions")
    (data / "actions").symlink_to("/etc")
    (data / "networks/evil.yaml").symlink_to("welcome.yaml")
    (data / "notes.md").symlink_to("/etc/passwd")
    message = "E-FILE a symbolic link is not followed; put the file itself there"
    assert lines(load(data)) == [
        f"data/actions:1:1: {message}",
        f"data/networks/evil.yaml:1:1: {message}",
        f"data/notes.md:1:1: {message}",
        f"data/retired.csv:1:1: {message}",
    ]


@pytest.mark.parametrize(
    ("name", "shown"),
    [("a\u202eb.yaml", "a\\u202eb.yaml"), ("a\nb.yaml", "a\\nb.yaml"), ("\udcff.yaml", "\\udcff.yaml")],
    ids=["direction", "line break", "not UTF-8"],
)
def test_a_file_name_that_cannot_be_shown_is_refused(data: Path, name: str, shown: str) -> None:
    (data / "networks" / name).write_text("kind: network\n")
    dataset = load(data)
    assert [str(found) for found in dataset.findings] == [
        f"data/networks/{shown}:1:1: E-FILE the name of the file holds a character that cannot be seen or "
        "written; rename it"
    ]
    assert name.removesuffix(".yaml") not in dataset.networks


def test_a_pipe_is_not_read(data: Path) -> None:
    os.mkfifo(data / "charters/pipe.yaml")
    assert lines(load(data)) == [
        "data/charters/pipe.yaml:1:1: E-FILE this is not a regular file; move it elsewhere"
    ]


@pytest.mark.parametrize(
    ("name", "limit"), [("cities.csv", CSV_BYTES), ("networks/welcome.yaml", YAML_BYTES)]
)
def test_a_huge_file_is_refused_before_it_is_read(data: Path, name: str, limit: int) -> None:
    with (data / name).open("r+b") as file:
        file.truncate(limit + 1)  # sparse: nothing is written, and nothing may be read
    assert lines(load(data)) == [
        f"data/{name}:1:1: E-SIZE the file has {limit + 1} bytes, more than the {limit} that are read; "
        "split it, or remove what does not belong there"
    ]


def test_the_languages_of_the_dataset_come_from_the_vocabulary(data: Path) -> None:
    path = data / "vocabulary.yaml"
    path.write_text(path.read_text().replace("languages: [en, pl]", "languages: [en, pl, uk]"))
    assert load(data).languages == ("en", "pl", "uk")


# Bytes


@pytest.mark.parametrize(
    ("encoding", "shown"),
    [
        ("cp1250", "1:12: E-ENCODING the file is not UTF-8, it looks like Windows-1250 (cp1250)"),
        ("iso8859-2", "1:12: E-ENCODING the file is not UTF-8, it looks like ISO-8859-2"),
        ("utf-16", "1:1: E-ENCODING the file is not UTF-8, it looks like UTF-16"),
        ("utf-16-le", "1:1: E-ENCODING the file is not UTF-8, it looks like UTF-16"),
        ("utf-32", "1:1: E-ENCODING the file is not UTF-8, it looks like UTF-32"),
        ("utf-32-be", "1:1: E-ENCODING the file is not UTF-8, it looks like UTF-32"),
    ],
)
def test_another_encoding_is_named(encoding: str, shown: str) -> None:
    found: list[Finding] = []
    assert (
        decoded("id,name\nko,Śląsk, żółć, gęś, źdźbło\n".replace("\n", " ").encode(encoding), "t.csv", found)
        is None
    )
    assert as_text(found) == f"t.csv:{shown}; run: atlas fmt --repair\n"


def test_one_broken_byte_in_utf8_is_placed_in_characters() -> None:
    found: list[Finding] = []
    assert decoded("żółć,gęś\nŁódź,".encode() + b"\xb9,x\n", "t", found) is None
    assert as_text(found) == (
        "t:2:6: E-ENCODING byte 0xb9 is not UTF-8; type the character again; the rest of the file is UTF-8\n"
    )


def test_a_byte_order_mark_and_mixed_line_ends_change_nothing() -> None:
    found: list[Finding] = []
    plain = decoded(b"id,name\na,b\nc,d\n", "t", found)
    assert decoded(b"\xef\xbb\xbfid,name\r\na,b\rc,d\r\n", "t", found) == plain
    assert found == []


def test_control_and_direction_characters_are_placed() -> None:
    found: list[Finding] = []
    decoded("id\na\x00b\r\nc\u202ed\u200be\x07".encode(), "t", found)
    assert as_text(found).splitlines() == [
        "t:2:2: E-CONTROL the control character \\u0000 is not allowed in the data; delete it",
        "t:3:2: E-CONTROL the text direction character \\u202e is not allowed in the data; delete it",
        "t:3:4: E-CONTROL the invisible character \\u200b is not allowed in the data; delete it",
        "t:3:6: E-CONTROL the control character \\u0007 is not allowed in the data; delete it",
    ]


def test_what_an_editor_takes_for_no_line_is_none() -> None:
    """The parser of YAML ends lines at some characters that are refused anyway."""
    found: list[Finding] = []
    parse_yaml("a: x\u2028y\x85z\na: z\n", "x.yaml", "x", found)
    assert [(one.line, one.column) for one in found] == [(2, 1)]


def test_a_line_too_long_is_refused_before_it_is_decoded() -> None:
    found: list[Finding] = []
    assert decoded(b"id\n" + b"x" * 2_000_000, "t", found) is None
    assert as_text(found) == "t:2:1: E-LONG the line has more than 1048576 bytes; shorten it\n"


# CSV


def test_quotes_commas_and_line_breaks_in_values() -> None:
    rows, found = csv('id,name,note\na,"B, ""C""","two\nlines"\nd,e,\n')
    assert rows == [["a", 'B, "C"', "two\nlines"], ["d", "e", ""]]
    assert found == []


def test_what_looks_like_a_number_or_nothing_stays_text() -> None:
    assert csv("id,name\nNA,007\nnull,1.10\n")[0] == [["NA", "007"], ["null", "1.10"]]


def test_places_are_right_after_quoted_line_breaks() -> None:
    found: list[Finding] = []
    table = parse_csv('id,name,note\na,"x\ny",z\nb,"ż""ó",q\n', "t.csv", found)
    assert table.place(table.rows[0], "note")[1:] == (3, 4)
    assert table.place(table.rows[0], "name")[1:] == (2, 3)
    assert table.place(table.rows[1], "note")[1:] == (4, 10)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("id;name\na;b\n", "t.csv:1:3: E-DELIMITER the columns are separated by ';', not by a comma"),
        ("id\tname\na\tb\n", "t.csv:1:3: E-DELIMITER the columns are separated by '\\t', not by a comma"),
    ],
)
def test_another_delimiter_is_never_guessed(text: str, line: str) -> None:
    assert csv(text) == (
        [],
        [
            f"{line}; run: atlas fmt --repair (with Polish settings Excel writes semicolons, even "
            f"as 'CSV UTF-8')"
        ],
    )


def test_an_empty_file_needs_a_header() -> None:
    assert csv("") == ([], ["t.csv:1:1: E-HEADER the first line is empty; it must name the columns"])


def test_a_header_alone_is_an_empty_table() -> None:
    assert csv("id,name\n") == ([], [])


def test_rows_of_another_width() -> None:
    rows, found = csv("id,name,note\na,b\nc,d,e,f\n\ng,h,i\n")
    assert rows == [["g", "h", "i"]]
    assert found == [
        "t.csv:2:1: E-CELLS the row has 2 cells, the header has 3; an unknown value still needs its comma",
        "t.csv:3:7: E-CELLS the row has 4 cells, the header has 3; "
        "put a value that holds a comma in double quotes, or delete what is too much",
        "t.csv:4:1: E-CELLS empty line; delete it",
    ]


def test_an_unclosed_quote_is_reported_where_it_opens_and_the_rest_is_read() -> None:
    rows, found = csv('id,name\na,"b\nc,d\ne,f\n')
    assert rows == [["c", "d"], ["e", "f"]]
    assert found == [
        "t.csv:2:3: E-QUOTE the double quote that opens here is never closed; "
        "close the value with a double quote; write a quote inside it twice"
    ]


def test_an_unclosed_quote_is_not_closed_by_a_later_one() -> None:
    rows, found = csv('id,name\na,"b\nc,d\ne,"f, g"\n')
    assert rows == [["c", "d"], ["e", "f, g"]]
    assert [line.split(" ")[0] for line in found] == ["t.csv:2:3:"]


def test_stray_quotes_inside_values() -> None:
    _, found = csv('id,name\na,b "c" d\ne,"f"g\n')
    advice = "put the whole value in double quotes and write each quote in it twice"
    assert found == [
        f"t.csv:2:5: E-QUOTE a double quote inside a value; {advice}",
        f"t.csv:3:6: E-QUOTE a double quote inside a value; {advice}",
    ]


def test_a_value_too_long_is_placed_and_shortened() -> None:
    _, found = csv(f"id,name\na,{'x' * (CELL_CODE_POINTS + 1)}\n")
    assert found == ["t.csv:2:3: E-LONG the value has 10001 characters, more than 10000; shorten it"]


# YAML


def test_every_scalar_stays_text() -> None:
    document, found = yaml_of("a: NO\nb: 012\nc: 12:30:45\nd: 1.10\ne: 2024-01-02\nf: '~'\nno: 0x1F\n")
    assert found == []
    assert document is not None
    texts = {key: document.root.text(key) for key in document.root.entries}
    assert texts == {
        "a": "NO", "b": "012", "c": "12:30:45", "d": "1.10", "e": "2024-01-02", "f": "~", "no": "0x1F",
    }  # fmt: skip


def test_an_empty_value_is_unknown() -> None:
    document, _ = yaml_of("a:\nb: ~\nc: null\nd: ''\n")
    assert document is not None
    assert [document.root.text(key) for key in "abcd"] == [None, None, None, ""]


def test_places_in_yaml() -> None:
    document, _ = yaml_of("a: x\nżółć:\n  - p: q\n")
    assert document is not None
    assert document.root.keys["żółć"][1:] == (2, 1)
    items = document.root.entries["żółć"]
    assert isinstance(items, yamlfile.Sequence)
    assert items.items[0].place[1:] == (3, 5)


def test_comments_below_the_first_key_are_refused_where_they_stand() -> None:
    text = (
        "# at the head\n\n  # and there\na: b # beside\n  # below\nc: 'no # comment'\n"
        "d: | # beside the bar\n  # none\n"
        "ż: # of a key\n  - '#'\n  - 'x' # of an item\ne#f: g#h\n# at the end"
    )
    document, lines = yaml_of(text)
    assert document is not None
    where = ((5, 3), (7, 6), (9, 4), (11, 9), (13, 1))
    assert lines == [
        "t.yaml:4:6: E-YAML 'b # beside': the text ends before the #, which begins a "
        "comment; put the text in "
        "quotes; a remark belongs into note, or above the first key",
    ] + [
        f"t.yaml:{line}:{column}: E-YAML a comment stands below the first key; "
        "put the remark into the key note, or above the first key of the file"
        for line, column in where
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            "a: !!python/object/apply:os.system [x]\n",
            "t.yaml:1:4: E-YAML the tag 'tag:yaml.org,2002:python/object/apply:os.system' is not allowed; "
            "delete it, or put the value in quotes",
        ),
        (
            "a: !x y\n",
            "t.yaml:1:4: E-YAML the tag '!x' is not allowed; delete it, or put the value in quotes",
        ),
        (
            "a: &b c\n",
            "t.yaml:1:4: E-YAML anchors (&) and aliases (*) are not allowed; "
            "write the value out, or put it in quotes",
        ),
        (
            "a: *b\n",
            "t.yaml:1:4: E-YAML anchors (&) and aliases (*) are not allowed; "
            "write the value out, or put it in quotes",
        ),
        (
            "a: b\n---\nc: d\n",
            "t.yaml:2:1: E-YAML a second document begins here; "
            "one file holds one record; delete the line ---",
        ),
        ("%YAML 1.1\n---\na: b\n", "t.yaml:1:1: E-YAML a directive (%) is not allowed; delete it"),
        ("a:\n\tb: c\n", "t.yaml:2:1: E-YAML a tab indents the line; indent with two spaces"),
        (
            "? [a, b]\n: c\n",
            "t.yaml:1:3: E-YAML a key must be a word; put the text in quotes if it is a value",
        ),
        ("~: c\n", "t.yaml:1:1: E-YAML a key must be a word; put the text in quotes if it is a value"),
        (
            "- a\n",
            "t.yaml:1:1: E-YAML the file must hold keys and values; begin with a line like kind: network",
        ),
        ("", "t.yaml:1:1: E-YAML the file must hold keys and values; begin with a line like kind: network"),
        (
            "a: b: c\n",
            "t.yaml:1:5: E-YAML this is not YAML (mapping values are not allowed in this context); "
            "put text that holds ': ', ' #' or begins with a special character in quotes",
        ),
    ],
)
def test_yaml_that_is_refused(text: str, line: str) -> None:
    assert yaml_of(text) == (None, [line])


def test_what_the_end_of_a_file_lacks_is_placed_in_the_file() -> None:
    assert yaml_of("a: b\nc")[1] == [
        "t.yaml:2:2: E-YAML this is not YAML (could not find expected ':'); "
        "put text that holds ': ', ' #' or begins with a special character in quotes"
    ]


def test_a_key_twice_names_both_lines() -> None:
    assert yaml_of("a: b\nc: d\na: e\n")[1] == [
        "t.yaml:3:1: E-YAML the key 'a' stands twice, first in line 1; keep one of them"
    ]


@pytest.mark.parametrize(
    ("text", "most"),
    [
        ("[" * 2000 + "]" * 2000, 20),
        ("".join(f"{' ' * n}k:\n" for n in range(2000)), 60),
        ("a: &a [x]\n" + "".join(f"b{n}: [*a, *a]\n" for n in range(999)), 10),
        ("a: !!python/object/apply:os.system ['false']\n" + "b: c\n" * 999, 10),
    ],
    ids=["flow levels", "block levels", "billion laughs", "python tag"],
)
def test_hostile_yaml_ends_after_few_events(text: str, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """What bounds the time is how many events are taken, not how long the file is."""
    taken = 0
    parse = yaml.parse

    def counted(*arguments: object, **more: object) -> Iterator[object]:
        nonlocal taken
        for event in parse(*arguments, **more):  # type: ignore[arg-type]
            taken += 1
            yield event

    monkeypatch.setattr(yamlfile.yaml, "parse", counted)
    document, found = yaml_of(text)
    assert document is None
    assert len(found) == 1
    assert taken <= most


def test_sixteen_levels_are_enough() -> None:
    deep = "a: " + "[" * 15 + "x" + "]" * 15 + "\n"
    assert yaml_of(deep)[1] == []
    assert yaml_of("a: " + "[" * 16 + "x" + "]" * 16 + "\n")[1] == [
        "t.yaml:1:19: E-YAML more than 16 levels deep; a record needs at most four"
    ]
