"""Fast acceptance of values: nothing is accepted in which a rule would find something."""

from __future__ import annotations

import csv
import random
from itertools import chain
from pathlib import Path

import pytest

from atlas.model.schema import schema
from atlas.validate.problem import Problem
from atlas.validate.values import excel_problem, surely_right, value_problem

GOOD = Path(__file__).parent.parent / "data/good"
FIELDS = tuple(
    schema(("en", "pl"))[record].by_name[name] for record, name in (("city", "name"), ("source", "url"))
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
    # Repeated, so that also short forms of the rules, such as those of a spreadsheet, are met.
    return [
        text for text in (*texts, "n", "a", "Kraków", "Sep", "mar", "https://www.example.org/a/b") if text
    ]


@pytest.fixture
def by_the_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is accepted before the rules have looked at it."""
    never = type("Never", (), {"match": staticmethod(lambda text: None)})
    monkeypatch.setattr("atlas.validate.values.surely_right", type("No", (), {"TEXT": never, "URL": never}))


@pytest.mark.usefixtures("by_the_rules")
@pytest.mark.parametrize("seed", range(4))
def test_what_is_accepted_at_once_is_right_by_the_rules(seed: int) -> None:
    chance, known, accepted = random.Random(seed), cells(), [0, 0]
    for _ in range(8000):
        text = chance.choice(known)
        for _ in range(chance.randrange(4)):
            at = chance.randrange(len(text) + 1)
            text = text[:at] + chance.choice(PIECES) + text[at + chance.choice((0, 0, 1, 2)) :]
        forms = (surely_right.TEXT, surely_right.URL)
        for number, (form, one) in enumerate(zip(forms, FIELDS, strict=True)):
            if form.match(text):
                accepted[number] += 1
                wrong: tuple[str, Problem | None] = text, excel_problem(text) or value_problem(text, one)
                assert wrong == (text, None)
    assert min(accepted) > 100


@pytest.mark.parametrize(
    "text",
    [
        "Łódź",
        "Saint-Denis",
        "Rada Miasta Krakowa (2019)",
        "City of Vienna, decision of 12 March 2020",
        "L’Aquila",
    ],
)
def test_plain_texts_are_accepted_at_once(text: str) -> None:
    assert surely_right.TEXT.match(text)


@pytest.mark.parametrize("text", ["https://www.eccar.info", "http://bip.krakow.pl/?dok_id=167&sub=2#a"])
def test_plain_addresses_are_accepted_at_once(text: str) -> None:
    assert surely_right.URL.match(text)
