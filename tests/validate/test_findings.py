"""Findings: one line each, in two languages and three formats, and documented."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import cast

import pytest

from atlas.cli.dialogue import Talk
from atlas.cli.messages import MESSAGES, translations
from atlas.cli.report import Look, github
from atlas.cli.report import json as as_json
from atlas.errors import FindingsError
from atlas.findings import (
    DOCS,
    SHOWN_AT_MOST,
    Finding,
    Phrase,
    Place,
    Word,
    as_text,
    finding,
    nearest,
    shown,
    texts,
)

ROOT = Path(__file__).resolve().parents[2]
PLUGIN = ROOT / "plugins/atlas"
CATALOGUE = PLUGIN / "locale/pl/LC_MESSAGES/findings.po"


def sources() -> Iterator[Path]:
    """The modules that make findings."""
    yield from sorted(PLUGIN.rglob("*.py"))


CODES = sorted({code for path in sources() for code in re.findall(r'"([EW]-[A-Z]+)"', path.read_text())})


def saying(
    code: str, place: Place, message: str, *, value: str = "", hint: str = "", **fields: object
) -> Finding:
    return Finding(code, *place, value, message, hint, fields)


def unknown_city(line: int = 14) -> Finding:
    return finding(
        "E-REF",
        "unknown",
        Place("data/commitments/eccar.csv", line, 1),
        value="krakw",
        column="city",
        kind=Word("city"),
        advice=lambda: Phrase("did you mean {near}?", {"near": ("krakow",)}),
    )


def test_a_finding_is_one_line() -> None:
    assert str(unknown_city()) == (
        "data/commitments/eccar.csv:14:1: E-REF city 'krakw': no such city; did you mean krakow?"
    )


def test_a_finding_in_polish() -> None:
    assert as_text([unknown_city()], translations("pl").gettext) == (
        "data/commitments/eccar.csv:14:1: E-REF city 'krakw': nie ma takiego wpisu (miasto); może krakow?\n"
    )


def test_a_hint_without_an_answer_is_left_out() -> None:
    found = saying("E-REF", Place("a"), "no such {kind}", hint="did you mean {near}?", kind="x", near=())
    assert str(found) == "a:1:1: E-REF no such x"


def test_several_answers_are_an_enumeration() -> None:
    found = saying("E-CODE", Place("a"), "must be {choices}", choices=("x", "y", "z"))
    assert str(found) == "a:1:1: E-CODE must be x, y or z"
    assert found.sentence(translations("pl").gettext) == "must be x, y lub z"


def test_long_values_are_shortened_and_control_characters_escaped() -> None:
    assert shown("x" * 80) == "x" * 80
    assert shown("x" * 81) == "x" * 79 + "…"
    assert shown("a\tb\x1b[2J\u202ec\u00a0d\U000e0041") == r"a\tb\u001b[2J\u202ec\u00a0d\U000e0041"


def test_braces_in_a_value_are_only_text() -> None:
    found = saying("E-REF", Place("a"), "no such '{value}'", value="{7*7} {path.__class__}")
    assert str(found) == "a:1:1: E-REF no such '{7*7} {path.__class__}'"


def test_findings_are_sorted_by_path_line_and_column() -> None:
    places = [("b", 1, 1), ("a", 10, 2), ("a", 10, 1), ("a", 9, 5)]
    found = [saying("E-X", Place(*place), "x") for place in places]
    assert [line.split(": ")[0] for line in as_text(found).splitlines()] == [
        "a:9:5",
        "a:10:1",
        "a:10:2",
        "b:1:1",
    ]


def test_after_two_hundred_the_rest_are_counted() -> None:
    found = [unknown_city(line) for line in range(1, SHOWN_AT_MOST + 43)]
    assert as_text(found).splitlines()[-1] == "… and 42 more"
    assert len(as_text(found).splitlines()) == 201
    assert json.loads(as_json(found, Talk(), Look()))["more"] == 42
    assert github(found, Talk(), Look()).splitlines()[-1] == "::notice::… and 42 more"
    assert as_text(found, translations("pl").gettext).splitlines()[-1] == "… i jeszcze 42"


def test_no_warning_takes_the_place_of_an_error() -> None:
    warnings = [saying("W-X", Place("a", line), "x") for line in range(1, 300)]
    found = json.loads(as_json([*warnings, unknown_city()], Talk(), Look()))
    assert found["findings"][0]["code"] == "E-REF"
    assert (len(found["findings"]), found["more"]) == (200, 100)


def test_suggestions_are_looked_for_only_when_shown() -> None:
    asked = []
    found = [
        saying("E-REF", Place("a", line), "x", hint="{near}", near=lambda: asked.append(1) or ("y",))
        for line in range(1, 1000)
    ]
    as_text(found)
    assert len(asked) <= 3 * SHOWN_AT_MOST


def test_json_has_every_part() -> None:
    assert json.loads(as_json([unknown_city()], Talk(), Look())) == {
        "findings": [
            {
                "code": "E-REF",
                "severity": "error",
                "path": "data/commitments/eccar.csv",
                "line": 14,
                "column": 1,
                "value": "krakw",
                "message": "city 'krakw': no such city",
                "hint": "did you mean krakow?",
                "help": "docs/findings.md#e-ref",
            }
        ],
        "more": 0,
    }


def test_github_commands_are_escaped() -> None:
    found = saying("W-X", Place("a,b:c", 3, 4), "100 %\n::error::{value}", value="x")
    assert github([found], Talk(), Look()) == (
        "::warning file=a%2Cb%3Ac,line=3,col=4,title=W-X::100 %25%0A::error::x\n"
    )


def test_the_exception_lists_its_findings() -> None:
    error = FindingsError([unknown_city()])
    assert str(error) == str(unknown_city())
    assert (error.exitcode, error.findings) == (1, (unknown_city(),))


def test_the_three_nearest_ids() -> None:
    ids = ["krakow", "krakov", "krakau", "berlin", "krosno"]
    assert nearest("krakkow", ids) == ("krakow", "krakov")
    assert nearest("krako", ids) == ("krakov", "krakow")
    assert nearest("xyz", ids) == ()


@pytest.mark.parametrize(
    ("word", "ids"),
    [("zabrze", ["zagreb"]), ("bonn", ["bari"]), ("instruments/nothing", ["instruments/aliases"])],
)
def test_what_is_not_near_is_not_offered(word: str, ids: list[str]) -> None:
    assert nearest(word, ids) == ()


def test_the_beginning_of_an_id_is_near() -> None:
    assert nearest("bielsko", ["bielsko-biala", "bielawa"]) == ("bielsko-biala",)


@pytest.mark.parametrize("code", CODES)
def test_every_code_is_documented(code: str) -> None:
    rows = re.findall(rf"^\| `{code}` \|", (ROOT / "docs/findings.md").read_text(), re.MULTILINE)
    assert len(rows) == 1


@pytest.mark.parametrize("code", CODES)
def test_every_code_has_a_test(code: str) -> None:
    assert any(f" {code} " in path.read_text() for path in sorted(ROOT.glob("tests/*/test_*.py")))


@pytest.mark.parametrize("code", CODES)
def test_every_code_can_be_linked_to(code: str) -> None:
    assert (ROOT / DOCS).read_text().count(f'| `{code}` | <a id="{code.lower()}"></a>') == 1


def test_every_code_has_its_texts() -> None:
    assert sorted(texts()) == CODES


def test_every_text_that_is_named_is_there() -> None:
    made = (
        (path.name, [one.value for one in call.args[:2] if isinstance(one, ast.Constant)])
        for path in sources()
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in ("finding", "Problem")
    )
    named = [(file, *said) for file, said in made if len(said) == 2]
    assert len(named) > 100
    assert [one for one in named if one[2] not in texts()[one[1]]] == []


def test_only_codes_that_exist_are_documented() -> None:
    rows = re.findall(r"^\| `([EW]-\w+)` \|", (ROOT / "docs/findings.md").read_text(), re.MULTILINE)
    assert sorted(rows) == CODES


def msgids() -> dict[str, set[str]]:
    """Every collected message with the placeholders it must keep."""
    from babel.messages.extract import extract

    found: dict[str, set[str]] = {}
    keywords = {"N_": None}
    for path in sources():
        with path.open("rb") as file:
            for _, message, _, _ in extract("python", file, keywords):
                found[message] = set(re.findall(r"{(\w+)}", message))
    said = [*leaves(texts()), *leaves(MESSAGES)]
    return found | {one: set(re.findall(r"{(\w+)}", one)) for one in said if one not in ("", "%", "{advice}")}


def leaves(said: object) -> Iterator[str]:
    """Every text of a file of words."""
    if isinstance(said, str):
        yield said
    else:
        parts = said.values() if isinstance(said, Mapping) else cast(Iterable[object], said)
        yield from (one for part in parts for one in leaves(part))


def test_commands_say_all_that_is_written_for_them_and_nothing_else() -> None:
    parts = (
        (one.value.attr, one.attr)
        for path in (PLUGIN / "cli").rglob("*.py")
        for one in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(one, ast.Attribute) and isinstance(one.value, ast.Attribute)
        and isinstance(one.value.value, ast.Name) and one.value.value.id == "SAID"
    )  # fmt: skip
    common, said = MESSAGES["common"], set(parts)
    written = {
        (of, name) for of, names in MESSAGES.items() for name in names if of not in ("argparse", "words")
    }
    told = {(of if name in MESSAGES[of] else "common", name) for of, name in said}
    assert len(told) > 200
    assert sorted(told - written) == []
    assert sorted(written - told) == []
    assert common.keys() == {name for of, name in told if of == "common"}


def test_every_message_has_a_polish_one_with_the_same_placeholders() -> None:
    from babel.messages.pofile import read_po

    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="pl")
    polish: dict[str, tuple[str, ...]] = {}
    for message in catalogue:
        forms = message.string if isinstance(message.string, tuple) else (message.string,)
        for one in (message.id,) if isinstance(message.id, str) else message.id:
            polish[one] = forms
    polish.pop("")
    wanted = msgids()
    assert sorted(polish) == sorted(wanted)
    for english, forms in polish.items():
        for form in forms:
            assert set(re.findall(r"{(\w+)}", form)) == wanted[english], english
