"""Fast acceptance: nothing is accepted in which a rule would find something."""

from __future__ import annotations

import csv
import json
import random
import re
from collections import Counter
from itertools import chain

import pytest
from tests.broken_data import GOOD, TODAY

from atlas.dataset.reading.load import load, with_files
from atlas.languages.country_shapes import country_features
from atlas.model.schema import schema
from atlas.validate import validate
from atlas.validate.problem import Problem
from atlas.validate.rules import coherence, date_order, fields, places
from atlas.validate.rules.advice import advise
from atlas.validate.rules.places import WITHIN, WITHIN_DEGREES, in_or_near, shape_of
from atlas.validate.values import excel_problem, surely_right, value_problem

VALUES = (
    *(
        "../2018",
        "../2040",
        "2024-02-30",
        "2026-02",
        "2026-02-02",
        "2027",
        "2026~",
        "2036",
        "2037-01",
        "26.11.2020",
    ),
    *(
        "none",
        "member",
        "former",
        "signatory",
        "all",
        "a;a",
        "b;;c",
        "e\u0301",
        "pl: x",
        "de: x",
        "91",
        "-181",
        "~",
    ),
)
"""Dates on both sides of the day of the check, statuses, lists and numbers beyond their limits."""
CITY, SOURCE = (schema(("en", "pl"))[record].by_name for record in ("city", "source"))
FIELDS = tuple(
    one
    for one in (CITY["name"], SOURCE["title"], SOURCE["accessed"], *CITY.values(), SOURCE["url"])
    if one.type in surely_right.FORMS
)
PIECES: tuple[str, ...] = (
    *"0123456789-.+@/ ~?%#:E&(){}[]<>_ÂÃÄÅâĂĽĹ×÷§²€„”“—ſK°",
    *("00", "http://", "tel. ", "600 700 800", "+48 ", "localhost", ".example", "127.0.0.1", "0x7f.1"),
    *("a@b.pl", "%40", "jan-2024", "Sep-24", "1E+05", "..", "--", "fax ", "ul. ", "al.", "os. Długa "),
    *("12/3", " m. 4", " at ", " AT ", " dot ", " DOT ", " małpa ", " kropka ", "(at)", "( AT )", "[at]"),
    *("(MALPA)", "example.org", "n/a", "N.A.", "###", "44010101458", "44 01 01 01458", "(12) 345 67 89"),
    *(
        "tel 123 45 67",
        "fax. 1234567",
        "kom: 12-34-567",
        "+12345678",
        "Call 123.45.67",
        "163/1991",
        "#REF!",
        "Å¼",
        "Ä…",
        "â€™",
        "ĂłÂ",
        "a?b",
        "?ódź",
        "\u200b",
        "\u00a0",
        "\n",
        "45123",
        "2024-01-01 00:00",
    ),
)


def cells() -> list[str]:
    tables = sorted(GOOD.rglob("*.csv"))
    rows = chain.from_iterable(csv.reader(table.read_text("utf-8").splitlines()) for table in tables)
    texts = dict.fromkeys(cell.strip() for cell in chain.from_iterable(rows))
    # Also short forms, such as those of a spreadsheet, names of devices, and the edges of numbers and dates.
    short = ("n", "a", "Kraków", "Sep", "mar", "com1", "aux", "2024-02-29", "../1999-12", "Q1", "9", "89.9")
    return [
        text for text in (*texts, *short, "https://www.example.org/a/b", "179.5", "Uchwała 12/2015") if text
    ]


@pytest.mark.parametrize("seed", range(4))
def test_what_is_accepted_at_once_is_right_by_the_rules(seed: int) -> None:
    chance, known, accepted = random.Random(seed), cells(), Counter[str]()
    for _ in range(8000):
        text = chance.choice(known)
        for _ in range(chance.randrange(4)):
            at = chance.randrange(len(text) + 1)
            text = text[:at] + chance.choice(PIECES) + text[at + chance.choice((0, 0, 1, 2)) :]
        for one in FIELDS:
            if surely_right.FORMS[one.type].match(text):
                accepted[one.type] += 1
                wrong: tuple[str, Problem | None] = text, excel_problem(text) or value_problem(text, one)
                assert wrong == (text, None)
    assert min(accepted.values()) > 20
    assert {one.type for one in FIELDS} == {*accepted}


def change(text: str, chance: random.Random) -> str:
    """Change one to three values of a file: by another of the file, a date, a word or signs."""
    lines = text.splitlines()
    for _ in range(chance.randrange(1, 4)):
        at, other = chance.randrange(1, len(lines)), chance.choice(lines[1:])
        parts, others = (re.split(r"(,|(?<=:) |(?<=-) )", line) for line in (lines[at], other))
        number = chance.randrange(0, len(parts), 2)
        parts[number] = chance.choice(
            ("", chance.choice(VALUES), parts[number] + chance.choice(PIECES), others[number % len(others)])
        )
        lines[at] = "".join(parts)
        if chance.random() < 0.2:
            lines.insert(at, other)
    return "\n".join(lines) + "\n"


def test_with_and_without_fast_ways_the_findings_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    good, chance, shown = load(GOOD), random.Random(1), list[str]()
    files = [path for path in sorted(GOOD.rglob("*")) if path.suffix in (".csv", ".yaml")]
    for _ in range(150):
        changed = {path: change(path.read_text("utf-8"), chance) for path in chance.sample(files, 3)}
        data = with_files(
            good, {path.relative_to(GOOD).as_posix(): text.encode() for path, text in changed.items()}
        )
        found = [str(one) for one in (*validate(data, today=TODAY), *advise(data, today=TODAY))]
        with monkeypatch.context() as slowly:
            slowly.setattr(surely_right, "FORMS", {})
            slowly.setattr(fields, "_surely_shaped", lambda *of: False)
            slowly.setattr(places, "_within", dict)
            for module in (date_order, coherence):
                slowly.setattr(module, "surely_past", lambda text, today: False)
            assert found == [str(one) for one in (*validate(data, today=TODAY), *advise(data, today=TODAY))]
        shown += found
    assert len({*shown}) > 300


def test_squares_in_which_a_city_is_accepted_at_once_lie_in_or_near_the_country() -> None:
    chance, squares = random.Random(1), json.loads(WITHIN.read_text("utf-8"))
    named = {feature["properties"]["iso_a2"] for feature in country_features()}
    assert squares.keys() == {*filter(None, named)}
    for country, rows in squares.items():
        for _ in range(3):
            row, runs = chance.choice([*rows.items()])
            column = chance.choice([at for first, last in runs for at in range(first, last + 1)])
            lon, lat = (
                min(max((at + chance.choice((0, 0.5, 0.999999))) * WITHIN_DEGREES, -limit), limit)
                for at, limit in ((column, 180), (int(row), 90))
            )
            shape = shape_of(country)
            assert shape is not None
            assert in_or_near(shape, lon, lat), country


@pytest.mark.parametrize(
    "text",
    [
        "Łódź",
        "Saint-Denis",
        "Rada Miasta Krakowa (2019)",
        "City of Vienna, decision of 12 March 2020",
        "L’Aquila",
        "Usnesení zastupitelstva č. XII/700/2012",
        "Relazione 121/2016",
        "18 members",
    ],
)
def test_plain_texts_are_accepted_at_once(text: str) -> None:
    assert surely_right.TEXT.match(text)


@pytest.mark.parametrize("text", ["https://www.eccar.info", "http://bip.krakow.pl/?dok_id=167&sub=2#a"])
def test_plain_addresses_are_accepted_at_once(text: str) -> None:
    assert surely_right.URL.match(text)


@pytest.mark.parametrize("part", ["1 a ", "a1-2 ", "12-34 ", "a (b) /c. ", "a. 1/2 ", "Ä1 + "])
def test_a_long_text_that_is_not_plain_is_not_matched_in_all_ways(part: str) -> None:
    assert not surely_right.TEXT.match(f"{part * 60}@")
