"""How each language writes dates, numbers, lists and names, on any machine."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from tests.builders import code, language

from atlas.languages.language import NBSP, Language
from atlas.languages.regions import region_name
from atlas.languages.words import DateMark, Words
from atlas.model.dates import parse_date

EN, PL = language("en"), language("pl")

DATES = {
    # value: (standing alone, within a sentence, in answer to "when") in English, then in Polish
    "2024-09-25": (
        ("25 September 2024", "25 September 2024", "on 25 September 2024"),
        ("25 września 2024", f"25 września 2024{NBSP}r.", f"25 września 2024{NBSP}r."),
    ),
    "2022-09": (
        ("September 2022", "September 2022", "in September 2022"),
        ("wrzesień 2022", f"września 2022{NBSP}r.", f"we wrześniu 2022{NBSP}r."),
    ),
    "2011": (("2011", "2011", "in 2011"), ("2011", f"2011{NBSP}r.", f"w{NBSP}2011{NBSP}r.")),
}


@pytest.mark.parametrize("value", DATES)
def test_english_dates_are_as_exact_as_their_source(value: str) -> None:
    when = parse_date(value)
    assert (EN.date(when), EN.in_sentence(when), EN.when(when)) == DATES[value][0]


@pytest.mark.parametrize("value", DATES)
def test_polish_dates_are_declined_by_their_place_in_the_sentence(value: str) -> None:
    when = parse_date(value)
    assert (PL.date(when), PL.in_sentence(when), PL.when(when)) == DATES[value][1]


def test_a_whole_day_from_the_clock_reads_like_a_date_of_the_data() -> None:
    day = date(2026, 11, 2)
    assert [EN.full_date(day), EN.day_in_sentence(day)] == ["2 November 2026", "2 November 2026"]
    assert [PL.full_date(day), PL.day_in_sentence(day)] == ["2 listopada 2026", f"2 listopada 2026{NBSP}r."]


@pytest.mark.parametrize(
    ("value", "date_", "in_sentence", "when"),
    [
        ("2015~", "2015, approximately", "2015, approximately", "in 2015, approximately"),
        ("2015-05?", "May 2015, uncertain", "May 2015, uncertain", "in May 2015, uncertain"),
        (
            "2015-05-03%",
            "3 May 2015, approximately, uncertain",
            "3 May 2015, approximately, uncertain",
            "on 3 May 2015, approximately, uncertain",
        ),
    ],
)
def test_a_qualified_date_says_what_is_doubtful(value: str, date_: str, in_sentence: str, when: str) -> None:
    parsed = parse_date(value)
    assert (EN.date(parsed), EN.in_sentence(parsed), EN.when(parsed)) == (date_, in_sentence, when)


@pytest.mark.parametrize("value", ["2015~", "2015?", "2015-05~", "2015-05-03%"])
def test_a_qualified_date_is_told_from_a_plain_one_in_polish(value: str) -> None:
    plain, doubtful = parse_date(value[:-1]), parse_date(value)
    for say in (PL.date, PL.in_sentence, PL.when):
        assert say(doubtful) != say(plain)
        # The year is said whole, and what qualifies it is Polish.
        assert "2015" in say(doubtful)
        assert "approximately" not in say(doubtful)
        assert "uncertain" not in say(doubtful)


def test_every_month_has_its_name_in_every_place() -> None:
    days = [parse_date(f"2022-{month:02}") for month in range(1, 13)]
    assert [EN.when(day) for day in days] == [
        f"in {name} 2022"
        for name in (
            "January", "February", "March", "April", "May", "June",
            "July", "August", "September", "October", "November", "December",
        )
    ]  # fmt: skip
    assert [PL.when(day) for day in days] == [
        f"{name} 2022{NBSP}r."
        for name in (
            "w styczniu", "w lutym", "w marcu", "w kwietniu", "w maju", "w czerwcu",
            "w lipcu", "w sierpniu", "we wrześniu", "w październiku", "w listopadzie", "w grudniu",
        )
    ]  # fmt: skip
    assert [PL.in_sentence(day) for day in days][:3] == [
        f"{name} 2022{NBSP}r." for name in ("stycznia", "lutego", "marca")
    ]
    assert [PL.date(day) for day in days][:3] == ["styczeń 2022", "luty 2022", "marzec 2022"]


def test_the_margin_has_the_year_apart() -> None:
    assert EN.mark(parse_date("2024-09-25")) == DateMark(year="2024", rest="25 September", iso="2024-09-25")
    assert EN.mark(parse_date("2022-09")) == DateMark(year="2022", rest="September", iso="2022-09")
    assert EN.mark(parse_date("2011")) == DateMark(year="2011", rest="year only", iso="2011")
    assert EN.mark(parse_date("2011~")) == DateMark(year="2011", rest="year only, approximately", iso="2011")
    assert EN.mark(parse_date("2021-09~")).line == "September 2021, approximately"
    assert EN.mark(None) == DateMark(year="date unknown", rest="", iso=None, unknown=True)
    assert PL.mark(parse_date("2024-09-25")) == DateMark(year="2024", rest="25 września", iso="2024-09-25")
    assert PL.mark(parse_date("2022-09")) == DateMark(year="2022", rest="wrzesień", iso="2022-09")
    unknown = PL.mark(None)
    assert (unknown.iso, unknown.unknown, unknown.rest) == (None, True, "")
    assert unknown.year != "date unknown"


@pytest.mark.parametrize(
    ("number", "english", "polish"),
    [
        (0, "0", "0"),
        (999, "999", "999"),
        (1653, "1,653", "1653"),
        (9999, "9,999", "9999"),
        (16530, "16,530", f"16{NBSP}530"),
        (1863056, "1,863,056", f"1{NBSP}863{NBSP}056"),
    ],
)
def test_numbers_are_grouped_as_cldr_says(number: int, english: str, polish: str) -> None:
    assert (EN.number(number), PL.number(number)) == (english, polish)


@pytest.mark.parametrize(("kilometres", "text"), [(0.2, "1"), (1.4, "1"), (66.6, "67"), (1653.4, "1,653")])
def test_distances_are_whole_kilometres_and_never_none(kilometres: float, text: str) -> None:
    assert EN.kilometres(kilometres) == f"{text}{NBSP}km"


def test_lists_are_read_like_sentences() -> None:
    names = ["Kraków", "Lublin", "Łódź"]
    assert [EN.join(names[:n]) for n in (0, 1, 2, 3)] == [
        "", "Kraków", "Kraków and Lublin", "Kraków, Lublin and Łódź",
    ]  # fmt: skip
    assert [PL.join(names[:n]) for n in (1, 2, 3)] == [
        "Kraków", "Kraków i Lublin", "Kraków, Lublin i Łódź",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("number", "english", "polish"),
    [
        (1, "1 city", "1 miasto"),
        (2, "2 cities", "2 miasta"),
        (5, "5 cities", "5 miast"),
        (12, "12 cities", "12 miast"),
        (22, "22 cities", "22 miasta"),
        (25, "25 cities", "25 miast"),
        (112, "112 cities", "112 miast"),
        (0, "0 cities", "0 miast"),
        (1653, "1,653 cities", "1653 miasta"),
    ],
)
def test_plurals_follow_the_rules_of_the_catalogue(number: int, english: str, polish: str) -> None:
    assert EN.n("%(num)s city", "%(num)s cities", number) == english
    assert PL.n("%(num)s city", "%(num)s cities", number) == polish


def test_a_number_shown_may_differ_from_the_number_that_rules_the_plural() -> None:
    assert EN.n("%(num)s city", "%(num)s cities", 1, num="one") == "one city"


SHUFFLED = ["Łódź", "Lublin", "Zürich", "Ćmielów", "Örebro", "Cieszyn", "Aarhus", "Ålesund", "Zamość",
            "Oslo", "Żory", "Źródła", "Ostrava", "Øygarden"]  # fmt: skip


def test_polish_letters_stand_behind_the_ones_they_are_drawn_from() -> None:
    assert PL.sorted_by_name(SHUFFLED, str) == [
        "Aarhus", "Ålesund", "Cieszyn", "Ćmielów", "Lublin", "Łódź", "Örebro", "Oslo", "Ostrava", "Øygarden",
        "Zamość", "Zürich", "Źródła", "Żory",
    ]  # fmt: skip


def test_english_sorts_every_letter_with_its_plain_one() -> None:
    assert EN.sorted_by_name(SHUFFLED, str) == [
        "Aarhus", "Ålesund", "Cieszyn", "Ćmielów", "Łódź", "Lublin", "Örebro", "Oslo", "Ostrava", "Øygarden",
        "Zamość", "Żory", "Źródła", "Zürich",
    ]  # fmt: skip


def test_swedish_puts_three_letters_at_the_end(tmp_path: Path) -> None:
    folder = tmp_path / "sv" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "atlas.po").write_text('msgid ""\nmsgstr ""\n', "utf-8")
    swedish = Language("sv", folder=tmp_path)
    assert swedish.sorted_by_name(["Örebro", "Ängelholm", "Ålesund", "Zamość", "Malmö"], str) == [
        "Malmö", "Zamość", "Ålesund", "Ängelholm", "Örebro",
    ]  # fmt: skip


def test_spaces_hyphens_and_digits_come_before_letters() -> None:
    names = ["Saintes", "Saint-Denis", "Saint Étienne", "Sa4", "SA"]
    assert EN.sorted_by_name(names, str) == ["SA", "Sa4", "Saint-Denis", "Saint Étienne", "Saintes"]


def test_names_that_differ_only_in_marks_have_one_order() -> None:
    assert EN.sorted_by_name(["Malmö", "Malmo"], str) == EN.sorted_by_name(["Malmo", "Malmö"], str)


def test_composed_and_decomposed_letters_are_the_same_letter() -> None:
    assert PL.sort_key("Ło\u0301dź")[0] == PL.sort_key("Łódź")[0]
    assert PL.initial("C\u0301mielów") == "Ć"


@pytest.mark.parametrize(
    ("name", "english", "polish"),
    [
        ("Łódź", "L", "Ł"),
        ("Ćmielów", "C", "Ć"),
        ("Örebro", "O", "O"),
        ("Øygarden", "O", "O"),
        ("Æbeltoft", "A", "A"),
        ("'s-Hertogenbosch", "S", "S"),
        ("„Głos”", "G", "G"),
        ("42info", "#", "#"),
        ("臺北市", "#", "#"),
        ("", "#", "#"),
    ],
)
def test_an_index_lists_a_name_under_a_letter_of_the_language(name: str, english: str, polish: str) -> None:
    assert (EN.initial(name), PL.initial(name)) == (english, polish)


def test_the_language_of_the_page_is_shown_without_a_mark() -> None:
    text = {"en": "city", "pl": "miasto"}
    assert EN.words(text) == Words(text="city")
    assert PL.words(text) == Words(text="miasto")


def test_text_in_one_language_only_is_shown_and_marked_in_the_other() -> None:
    assert PL.words({"en": "city"}) == Words(text="city", lang="en")
    assert EN.words({"pl": "miasto"}) == Words(text="miasto", lang="pl")
    assert EN.words({"sv": "stad", "de": "Stadt"}) == Words(text="Stadt", lang="de")


def test_an_empty_text_counts_as_not_written() -> None:
    assert PL.words({"pl": "", "en": "city"}) == Words(text="city", lang="en")
    assert PL.words({"pl": ""}) is None
    assert PL.words({}) is None
    assert PL.words(None) is None
    assert PL.text(None) == ""


def test_text_given_once_for_all_languages_is_shown_in_each() -> None:
    assert EN.words({"und": "Milena"}) == Words(text="Milena")
    assert PL.text({"und": "Milena"}) == "Milena"


def test_labels_come_from_the_vocabulary() -> None:
    assert PL.label(code("member", en="member", pl="członek")) == "członek"
    assert PL.label(None) == ""


@pytest.mark.parametrize(
    ("code_", "english", "polish"),
    [
        ("pl", "Polish", "polski"),
        ("nb", "Norwegian Bokmål", "norweski (bokmål)"),
        ("sr-Latn", "Serbian", "serbski"),
        ("", "", ""),
        (None, "", ""),
        ("tlh-x", "Klingon", "klingoński"),
        ("zz", "zz", "zz"),
    ],
)
def test_languages_of_documents_have_names(code_: str | None, english: str, polish: str) -> None:
    assert (EN.language_name(code_), PL.language_name(code_)) == (english, polish)


def test_the_macrolanguage_of_norwegian_has_a_name() -> None:
    assert EN.language_name("no").startswith("Norwegian")
    assert PL.language_name("no").startswith("norweski")


def test_each_language_names_itself() -> None:
    assert (EN.own_name, PL.own_name) == ("English", "Polski")


def test_countries_have_their_names_and_unknown_codes_stay() -> None:
    assert [EN.country(code_) for code_ in ("PL", "GB", "NA", "XK", "QQ")] == [
        "Poland", "United Kingdom", "Namibia", "Kosovo", "QQ",
    ]  # fmt: skip
    assert [PL.country(code_) for code_ in ("PL", "NA")] == ["Polska", "Namibia"]


def test_a_language_without_a_catalogue_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Language("sv", folder=tmp_path)


def test_a_code_with_a_region_is_a_language_too(tmp_path: Path) -> None:
    folder = tmp_path / "pt-BR" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "atlas.po").write_text('msgid ""\nmsgstr ""\n', "utf-8")
    assert Language("pt-BR", folder=tmp_path).date(parse_date("2024-09-25")) == "25 de setembro de 2024"


def test_no_locale_of_the_machine_is_needed() -> None:
    script = (
        "from atlas.languages.language import Language; from atlas.model.dates import parse_date\n"
        "pl = Language('pl'); d = parse_date('2022-09-25')\n"
        "out = [pl.date(d), pl.number(16530), *pl.sorted_by_name(['Łódź', 'Lublin', 'Ćmielów'], str)]\n"
        "import sys; sys.stdout.buffer.write('|'.join(out).encode())"
    )
    said = []
    for locale in ("C", "C.UTF-8", "pl_PL.UTF-8", "de_DE"):
        environ = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG"))}
        done = subprocess.run(
            [sys.executable, "-c", script],
            env={**environ, "LANG": locale, "LC_ALL": locale, "LANGUAGE": locale},
            capture_output=True,
            check=True,
        )
        said.append(done.stdout.decode())
    assert said == ["25 września 2022|16\u00a0530|Ćmielów|Lublin|Łódź"] * 4


def test_regions_of_all_countries_have_names() -> None:
    codes = ("PL-12", "US-AK", "NZ-AUK", "FJ-C", "CL-VS", "US-HI")
    assert [region_name(code, "en") for code in codes] == [
        "Lesser Poland Voivodeship",
        "Alaska",
        "Auckland",
        "Central",
        "Valparaíso",
        "Hawaii",
    ]
    assert region_name("US-HI", "pl") == "Hawaje"
    assert region_name("PL-12", "pl") == "województwo małopolskie"
    assert region_name("XX-1", "en") == ""
