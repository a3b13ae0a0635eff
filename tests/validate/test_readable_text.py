"""Texts that cannot be read, private data in other spellings, copies that are none: whole messages, two languages."""

# ruff: noqa: E501  # lines of findings stand whole, as people see them

from __future__ import annotations

import pytest

from atlas.cli.messages import translations
from atlas.dataset.reading.text_file import decoded
from atlas.dataset.reading.yaml_tree import parse_yaml
from atlas.findings import Finding, Place, as_text
from atlas.model.schema import schema
from atlas.validate.values import excel_problem, value_problem
from atlas.validate.values.dates import only_meaning
from atlas.validate.values.urls import archive_problem

RECORDS = schema(("en", "pl"))
PAGE = "https://example.com/a"


def said(text: str, record: str = "source", column: str = "title") -> tuple[str, str]:
    """The finding for one value in English and Polish, without its place; empty where nothing is wrong."""
    one = RECORDS[record].by_name[column]
    problem = excel_problem(text) or value_problem(text, one)
    return _both(problem.at(Place("f"), column, text)) if problem else ("", "")


def _both(found: Finding) -> tuple[str, str]:
    english, polish = as_text([found]), as_text([found], translations("pl").gettext)
    return english.strip().partition(" ")[2], polish.strip().partition(" ")[2]


CASES = {
    "\u200d \u200c": (
        "E-TEXT title: nothing in it can be seen; type the text, or leave the value empty",
        "E-TEXT title: nie widać w tym nic; wpisz tekst albo zostaw pustą wartość",
    ),
    "KrakÃ³w": (
        "E-TEXT title 'KrakÃ³w': letters broken by a wrong encoding; type Kraków",
        "E-TEXT title 'KrakÃ³w': litery zepsute przez złe kodowanie; wpisz Kraków",
    ),
    "GdaÅ„sk": (
        "E-TEXT title 'GdaÅ„sk': letters broken by a wrong encoding; type Gdańsk",
        "E-TEXT title 'GdaÅ„sk': litery zepsute przez złe kodowanie; wpisz Gdańsk",
    ),
    "GdaĹ„sk": (
        "E-TEXT title 'GdaĹ„sk': letters broken by a wrong encoding; type Gdańsk",
        "E-TEXT title 'GdaĹ„sk': litery zepsute przez złe kodowanie; wpisz Gdańsk",
    ),
    "?ód?": (
        "E-TEXT title '?ód?': a question mark where a letter was lost; type the letter again from the source",
        "E-TEXT title '?ód?': znak zapytania w miejscu zgubionej litery; wpisz tę literę jeszcze raz według źródła",
    ),
    "Wroc?aw": (
        "E-TEXT title 'Wroc?aw': a question mark where a letter was lost; type the letter again from the source",
        "E-TEXT title 'Wroc?aw': znak zapytania w miejscu zgubionej litery; wpisz tę literę jeszcze raz według źródła",
    ),
    "?????": (
        "E-TEXT title '?????': a question mark where a letter was lost; type the letter again from the source",
        "E-TEXT title '?????': znak zapytania w miejscu zgubionej litery; wpisz tę literę jeszcze raz według źródła",
    ),
    "Who may vote? And who may not?": ("", ""),
    "SÃO PAULO": ("", ""),
    "########": (
        "E-EXCEL title '########': Excel damage, a column that was too narrow; type the value again from the source",
        "E-EXCEL title '########': uszkodzenie z Excela, za wąska kolumna; wpisz wartość jeszcze raz ze źródła",
    ),
    "2020-03-01 00:00:00": (
        "E-EXCEL title '2020-03-01 00:00:00': Excel damage, a time that nobody typed; type it again from the "
        "source; a day is written 2020-03-01",
        "E-EXCEL title '2020-03-01 00:00:00': uszkodzenie z Excela, godzina, której nikt nie wpisał; wpisz to "
        "jeszcze raz według źródła; dzień zapisuje się 2020-03-01",
    ),
    "43831": (
        "E-EXCEL title '43831': Excel damage, a day number instead of a text; type the value again from the source",
        "E-EXCEL title '43831': uszkodzenie z Excela, numer dnia zamiast tekstu; wpisz wartość jeszcze raz "
        "ze źródła",
    ),
}


@pytest.mark.parametrize("text", CASES)
def test_a_text_that_cannot_be_meant_is_refused(text: str) -> None:
    assert said(text) == CASES[text]


NAMES = {
    "Wroc³aw": (
        "E-TEXT name 'Wroc³aw': a sign where a letter was lost; type Wrocław",
        "E-TEXT name 'Wroc³aw': znak w miejscu zgubionej litery; wpisz Wrocław",
    ),
    "£ód¼": (
        "E-TEXT name '£ód¼': a sign where a letter was lost; type Łódź",
        "E-TEXT name '£ód¼': znak w miejscu zgubionej litery; wpisz Łódź",
    ),
    "Poznañ i Wroc³aw – Łódź": (
        "E-TEXT name 'Poznañ i Wroc³aw – Łódź': a sign where a letter was lost; type the letter again from the source",
        "E-TEXT name 'Poznañ i Wroc³aw – Łódź': znak w miejscu zgubionej litery; wpisz tę literę jeszcze raz według źródła",
    ),
    "Pozna?": (
        "E-TEXT name 'Pozna?': a question mark where a letter was lost; type the letter again from the source",
        "E-TEXT name 'Pozna?': znak zapytania w miejscu zgubionej litery; wpisz tę literę jeszcze raz według źródła",
    ),
    "...": (
        "E-TEXT name '...': not a name; type the name",
        "E-TEXT name '...': to nie jest nazwa; wpisz nazwę",
    ),
    "-": ("E-TEXT name '-': not a name; type the name", "E-TEXT name '-': to nie jest nazwa; wpisz nazwę"),
    "n/a": (
        "E-TEXT name 'n/a': not a name; type the name",
        "E-TEXT name 'n/a': to nie jest nazwa; wpisz nazwę",
    ),
}


@pytest.mark.parametrize("record", ["city", "network"])
@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_is_none_is_refused(name: str, record: str) -> None:
    assert said(name, record, "name") == NAMES[name]
    assert said("A network for whom?") == ("", "")


@pytest.mark.parametrize(
    "name", ["NA", "null", "Å", "Y", "Sant Adrià del Besòs", "L'Hospitalet", "Œuvre!", "100 RC"]
)
def test_a_short_or_odd_name_is_a_name(name: str) -> None:
    assert said(name, "city", "name") == ("", "")


@pytest.mark.parametrize(
    "text", ["do 2018", "until 2018 at the latest", "do 2018 r. najpóźniej", "Until 2018"]
)
def test_until_a_date_is_answered_by_both_that_it_can_mean(text: str) -> None:
    assert said(text, "network", "founded") == (
        f"E-DATE founded '{text}': not a date; type ../2018 if it was so by then; the end of a period has a column of its own",
        f"E-DATE founded '{text}': to nie jest data; wpisz ../2018, jeśli wtedy już tak było; koniec okresu ma osobną kolumnę",
    )
    assert only_meaning(text) is None


@pytest.mark.parametrize("text", ["sty.20", "wrz-24", "Sep-24", "3-mar"])
def test_months_that_a_spreadsheet_made_are_refused_in_either_case(text: str) -> None:
    assert said(text)[0].startswith(f"E-EXCEL title '{text}': Excel damage, a value turned into a month")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Sekretariat (22) 123-45-67", "a phone number ((22) 123-45-67)"),
        ("Jan Kowalski, 601234567", "a phone number (601234567)"),
        ("jan (at) example.org", "an e-mail address (jan (at) example.org)"),
        ("jan [małpa] example [kropka] org", "an e-mail address (jan [małpa] example [kropka] org)"),
        ("jan AT example DOT org", "an e-mail address (jan AT example DOT org)"),
        ("Jan Kowalski, 601.234.567", "a phone number (601.234.567)"),
        ("PESEL 440514 01359", "a PESEL number (44…)"),
        ("PESEL 44 05 14 01359", "a PESEL number (44…)"),
        ("PESEL 440514-01359", "a PESEL number (44…)"),
        ("mieszka: ul. Kwiatowa 3/5", "the address of a flat (ul. Kwiatowa 3/5)"),
        ("os. Słoneczne 12 m. 7", "the address of a flat (os. Słoneczne 12 m. 7)"),
        ("48 601 234 567", "a phone number (48 601 234 567)"),
        ("22 123 45 67", "a phone number (22 123 45 67)"),
        ("jan\uff20example.org", "an e-mail address (jan@example.org)"),
        ("mailto:jan%40example.org", "an e-mail address (jan@example.org)"),
        ("jan (małpa) example kropka org", "an e-mail address (jan (małpa) example kropka org)"),
    ],
)
def test_private_data_is_found_in_other_spellings(text: str, what: str) -> None:
    assert said(text)[0].startswith(f"E-PRIVATE title: {what};")


@pytest.mark.parametrize(
    "text",
    [
        "uchwała nr XVI/171/11",
        "Uchwała 601/2020 z 3.05.2020",
        "Urząd Miasta, pl. Wolności 1",
        "population 601234",
        "601.234.567.890 euro",
        "44 05 14 01358",
        "a conference at Kraków, dot by dot",
        "12 345 678 90 euro",
        "48 601 miast",
    ],
)
def test_numbers_of_acts_and_offices_are_no_private_data(text: str) -> None:
    assert said(text) == ("", "")


@pytest.mark.parametrize("text", ["٥٢.٠٦", "५२", "５２.０"])
def test_digits_of_other_scripts_are_no_numbers(text: str) -> None:
    assert said(text, "city", "lat")[0].startswith(f"E-NUMBER lat '{text}': not a number of degrees")
    assert said(text.partition(".")[0], "city", "population")[0].startswith("E-NUMBER population")


@pytest.mark.parametrize("letter", ["\xad", "\u061c", "\u2800", "\u3164", "\ufffd", "\ue000", "\U000f0000"])
def test_letters_that_show_nothing_or_anything_are_refused_with_their_place(letter: str) -> None:
    found: list[Finding] = []
    decoded(f"id,name\nx,Kra{letter}ków\n".encode(), "data/cities.csv", found)
    assert [(one.code, one.line, one.column) for one in found] == [("E-CONTROL", 2, 6)]


@pytest.mark.parametrize(
    ("escape", "told"),
    [
        ("\\u202e", "the text direction character \\u202e"),
        ("\\x00", "the control character \\u0000"),
        ("\\u3164", "the invisible character \\u3164"),
    ],
)
def test_letters_that_yaml_spells_out_are_refused_as_well(escape: str, told: str) -> None:
    for text in (f'name: "Kra{escape}ków"\n', f'name: "{escape}ów"\n', f'"na{escape}me": Kraków\n'):
        found: list[Finding] = []
        parse_yaml(text, "data/networks/x.yaml", "x", found)
        place = f"data/networks/x.yaml:1:{7 if text.startswith('name') else 1}"
        assert [str(one) for one in found] == [
            f"{place}: E-CONTROL {told} is not allowed in the data; delete it"
        ]


@pytest.mark.parametrize(
    "address",
    [
        "https://web.archive.org/save/https://example.com/a",
        "https://web.archive.org/web/*/https://example.com/a",
        "https://web.archive.org/web/2024/https://example.com/a",
        "https://web.archive.org/web/20241399120000/https://example.com/a",
        "https://archive.ph/",
        "https://archive.ph/19700101120000/https://example.com/a",
        "https://archive.ph/1970.01.01-120000/https://example.com/a",
        "https://arquivo.pt/wayback/19700101120000/https://example.com/a",
        "https://web.archive.org/web/19700101120000/https://example.com/a",
        "https://example.net/copy-of-a",
    ],
)
def test_an_archived_address_that_is_no_copy_is_refused(address: str) -> None:
    problem = archive_problem(address, PAGE)
    assert problem is not None
    assert _both(problem.at(Place("f"), "archived", address)) == (
        f"E-ARCHIVE archived '{address}': no copy in an archive of the web; give the address of one copy, for "
        "example https://web.archive.org/web/20240925120000/https://example.com/a",
        f"E-ARCHIVE archived '{address}': to nie jest kopia w archiwum sieci; podaj adres jednej kopii, na "
        "przykład https://web.archive.org/web/20240925120000/https://example.com/a",
    )


@pytest.mark.parametrize(
    "address",
    [
        "https://web.archive.org/web/20240925120000/https://example.com/a",
        "https://web.archive.org/web/20240925120000id_/https://example.com/a",
        "https://archive.ph/Ab3dE",
        "https://perma.cc/AB12-CD34",
        "https://arquivo.pt/wayback/20240925120000/https://example.com/a",
    ],
)
def test_a_copy_in_a_known_archive_is_right(address: str) -> None:
    assert archive_problem(address, PAGE) is None
