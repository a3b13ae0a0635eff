"""Facts that cannot be, or hardly: each rule with its whole message and a case that just does not meet it."""

# ruff: noqa: E501  # lines of findings stand whole, as people see them

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from atlas.cli.messages import translations
from atlas.dataset.reading.load import load
from atlas.findings import as_text
from atlas.validate import validate
from atlas.validate.rules.advice import advise

GOOD = Path(__file__).parent.parent / "data/good"
TODAY = date(2026, 2, 1)
WELCOME, CITIES, SOURCES = "commitments/welcome.csv", "cities.csv", "sources.csv"
ROW = "honnelles,,observer,,,,,,network-members,,,"


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the valid dataset."""
    shutil.copytree(GOOD, tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "data"


def said(data: Path, *codes: str, lang: str = "en") -> list[str]:
    """The lines that the codes give, errors before advice."""
    dataset = load(Path(data.name))
    found = [*dataset.findings, *validate(dataset, today=TODAY), *advise(dataset, today=TODAY)]
    return as_text([one for one in found if one.code in codes], translations(lang).gettext).splitlines()


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert text.count(old) == 1, text
    path.write_text(text.replace(old, new), "utf-8")


class Case(NamedTuple):
    """One change of a file of the good data, and the line it gives in English and in Polish."""

    file: str
    old: str
    new: str
    english: str
    polish: str


CASES = {
    "joined before the founding": Case(
        WELCOME,
        ROW,
        "honnelles,,observer,,1990,,,,network-members,,,",
        "data/commitments/welcome.csv:3:22: W-LIFE since '1990': before 1992, data/networks/welcome.yaml:10; correct one of the two dates, or say in a note how both can be",
        "data/commitments/welcome.csv:3:22: W-LIFE since '1990': przed 1992, data/networks/welcome.yaml:10; popraw jedną z dwóch dat albo wyjaśnij w uwadze, jak obie mogą być prawdziwe",
    ),
    "since later than every source": Case(
        WELCOME,
        ROW,
        "honnelles,,observer,,2026-01-20,,,,network-members,,,",
        "data/commitments/welcome.csv:3:22: W-READ since '2026-01-20': every source was read before that day; correct the date, or name a source of that time",
        "data/commitments/welcome.csv:3:22: W-READ since '2026-01-20': wszystkie źródła przeczytano przed tym dniem; popraw datę albo podaj źródło z tego czasu",
    ),
    "like names next to each other": Case(
        CITIES,
        "turku,Turku",
        "turkku,Turkku,Turkku,Turkku,FI,,60.4520,22.2690,,,,,\nturku,Turku",
        "data/cities.csv:9:7: W-TWIN name 'Turku': like that of 'Turkku' in line 8, less than 2 km away; keep one row if they are one place",
        "data/cities.csv:9:7: W-TWIN name 'Turku': podobna nazwa jak 'Turkku' z wiersza 8, mniej niż 2 km stąd; zostaw jeden wiersz, jeśli to jedno miejsce",
    ),
    "two sources of one address": Case(
        SOURCES,
        "press,",
        "members-again,Members,Network of Welcome,https://welcome.example.org/members/,,en,,2026-01-15,,,network\npress,",
        "data/sources.csv:7:42: W-TWIN url 'https://welcome.example.org/members/': the same as at data/sources.csv:5; keep one record if they are one",
        "data/sources.csv:7:42: W-TWIN url 'https://welcome.example.org/members/': to samo co w data/sources.csv:5; zostaw jeden wpis, jeśli to jedno i to samo",
    ),
    "one address with and without its s": Case(
        SOURCES,
        "press,",
        "members-again,Members,Network of Welcome,http://www.welcome.example.org/members/,,en,,2026-01-15,,,network\npress,",
        "data/sources.csv:7:42: W-TWIN url 'http://www.welcome.example.org/members/': the same as at data/sources.csv:5; keep one record if they are one",
        "data/sources.csv:7:42: W-TWIN url 'http://www.welcome.example.org/members/': to samo co w data/sources.csv:5; zostaw jeden wpis, jeśli to jedno i to samo",
    ),
    "two sources of one copy": Case(
        SOURCES,
        "artykul/12345678901,,",
        "artykul/12345678901,https://archive.ph/aBc12,",
        "data/sources.csv:7:107: W-TWIN archived 'https://archive.ph/aBc12': the same as at data/sources.csv:6; keep one record if they are one",
        "data/sources.csv:7:107: W-TWIN archived 'https://archive.ph/aBc12': to samo co w data/sources.csv:6; zostaw jeden wpis, jeśli to jedno i to samo",
    ),
    "two networks of one website": Case(
        "networks/rights-commission.yaml",
        "kind:",
        "website: http://www.welcome.example.org/\nkind:",
        "data/networks/welcome.yaml:15:10: W-TWIN website 'https://welcome.example.org': the same as at data/networks/rights-commission.yaml:1; keep one record if they are one",
        "data/networks/welcome.yaml:15:10: W-TWIN website 'https://welcome.example.org': to samo co w data/networks/rights-commission.yaml:1; zostaw jeden wpis, jeśli to jedno i to samo",
    ),
    "a copy of a day to come": Case(
        SOURCES,
        "web/20240110120000/",
        "web/20990110120000/",
        "data/sources.csv:2:96: E-FUTURE archived 'https://web.archive.org/web/20990110120000/https://charter.example.org/signator…': in the future, today is 2026-02-01; open the copy and copy its address again",
        "data/sources.csv:2:96: E-FUTURE archived 'https://web.archive.org/web/20990110120000/https://charter.example.org/signator…': w przyszłości, dziś jest 2026-02-01; otwórz kopię i skopiuj jej adres jeszcze raz",
    ),
    "a member of what has ended": Case(
        "commitments/old-pact.csv",
        "lodz,former,,,2006,",
        "lodz,member,,,,",
        "data/commitments/old-pact.csv:3:6: W-LIFE status 'member': but the instrument ended 2006, data/charters/old-pact.yaml:6; type former and until, or correct the end of the instrument",
        "data/commitments/old-pact.csv:3:6: W-LIFE status 'member': ale instrument zakończył się 2006, data/charters/old-pact.yaml:6; wpisz former i until albo popraw datę zakończenia instrumentu",
    ),
    "an action after the end of its pact": Case(
        "actions/welcome-congress-2019.yaml",
        "instrument: welcome",
        "instrument: old-pact",
        "data/actions/welcome-congress-2019.yaml:2:7: W-LIFE date '2019-06-21': after 2006, data/charters/old-pact.yaml:6; correct one of the two dates, or say in a note how both can be",
        "data/actions/welcome-congress-2019.yaml:2:7: W-LIFE date '2019-06-21': po 2006, data/charters/old-pact.yaml:6; popraw jedną z dwóch dat albo wyjaśnij w uwadze, jak obie mogą być prawdziwe",
    ),
    "a city behind the word for it": Case(
        WELCOME,
        ROW,
        ROW.replace("honnelles", "Miasto Köln"),
        "data/commitments/welcome.csv:3:1: E-REF city 'Miasto Köln': no such city; did you mean koeln?",
        "data/commitments/welcome.csv:3:1: E-REF city 'Miasto Köln': nie ma takiego wpisu (miasto); może koeln?",
    ),
    "a city with words of another language for it": Case(
        WELCOME,
        ROW,
        ROW.replace("honnelles", "Gemeente Kolonia (Niemcy)"),
        "data/commitments/welcome.csv:3:1: E-REF city 'Gemeente Kolonia (Niemcy)': no such city; did you mean koeln?",
        "data/commitments/welcome.csv:3:1: E-REF city 'Gemeente Kolonia (Niemcy)': nie ma takiego wpisu (miasto); może koeln?",
    ),
    "two alphabets in a host": Case(
        SOURCES,
        "https://gazeta.example.org/artykul",
        "https://g\u0430zeta.example.org/artykul",
        "data/sources.csv:7:60: W-HOST url 'https://gаzeta.example.org/artykul/12345678901': the host mixes letters of two alphabets; it is xn--gzeta-4ve.example.org; type the address again from the page itself",
        "data/sources.csv:7:60: W-HOST url 'https://gаzeta.example.org/artykul/12345678901': nazwa hosta miesza litery dwóch alfabetów; to xn--gzeta-4ve.example.org; przepisz adres jeszcze raz z samej strony",
    ),
    "a short name that is the acronym of another": Case(
        "networks/rights-commission.yaml",
        "kind:",
        "short:\n  en: Wel\n  pl: KP\nkind:",
        "data/networks/welcome.yaml:5:10: W-TWIN acronym 'WEL': the same as at data/networks/rights-commission.yaml:2; keep one record if they are one",
        "data/networks/welcome.yaml:5:10: W-TWIN acronym 'WEL': to samo co w data/networks/rights-commission.yaml:2; zostaw jeden wpis, jeśli to jedno i to samo",
    ),
    "a former name of another": Case(
        "networks/rights-commission.yaml",
        "en: Commission on Rights",
        "en: Cities of open doors",
        "data/networks/welcome.yaml:8:9: W-TWIN former_names 'Cities of Open Doors': the same as at data/networks/rights-commission.yaml:3; keep one record if they are one",
        "data/networks/welcome.yaml:8:9: W-TWIN former_names 'Cities of Open Doors': to samo co w data/networks/rights-commission.yaml:3; zostaw jeden wpis, jeśli to jedno i to samo",
    ),
    "a city called like a network": Case(
        CITIES,
        "turku,Turku,Turku,Turku",
        "turku,Turku,Wel,Turku",
        "data/cities.csv:8:13: W-TWIN name_en 'Wel': the same as at data/networks/welcome.yaml:5; keep one record if they are one",
        "data/cities.csv:8:13: W-TWIN name_en 'Wel': to samo co w data/networks/welcome.yaml:5; zostaw jeden wpis, jeśli to jedno i to samo",
    ),
    "an action before its network": Case(
        "actions/welcome-congress-2019.yaml",
        "instrument: welcome",
        "instrument: rights-commission",
        "data/actions/welcome-congress-2019.yaml:2:7: W-LIFE date '2019-06-21': before 2020-11, data/networks/rights-commission.yaml:5; correct one of the two dates, or say in a note how both can be",
        "data/actions/welcome-congress-2019.yaml:2:7: W-LIFE date '2019-06-21': przed 2020-11, data/networks/rights-commission.yaml:5; popraw jedną z dwóch dat albo wyjaśnij w uwadze, jak obie mogą być prawdziwe",
    ),
    "a task done before the team was set up": Case(
        "actions/lodz-team.yaml",
        "    sources: [press]\n",
        "    state: done\n    'on': 2018-12\n    sources: [press]\n",
        "data/actions/lodz-team.yaml:15:11: W-LIFE on '2018-12': before 2019, data/actions/lodz-team.yaml:2; correct one of the two dates, or say in a note how both can be",
        "data/actions/lodz-team.yaml:15:11: W-LIFE on '2018-12': przed 2019, data/actions/lodz-team.yaml:2; popraw jedną z dwóch dat albo wyjaśnij w uwadze, jak obie mogą być prawdziwe",
    ),
    "a host of Cyrillic letters alone": Case(
        SOURCES,
        "https://gazeta.example.org/artykul",
        "https://\u0440\u0440\u0430.example.org/artykul",
        "data/sources.csv:7:60: W-HOST url 'https://\u0440\u0440\u0430.example.org/artykul/12345678901': the letters of the host only look Latin; it is xn--80a5aa.example.org; type the address again from the page itself",
        "data/sources.csv:7:60: W-HOST url 'https://\u0440\u0440\u0430.example.org/artykul/12345678901': litery nazwy hosta tylko wyglądają na łacińskie; to xn--80a5aa.example.org; przepisz adres jeszcze raz z samej strony",
    ),
    "two alphabets in a host that is written in ASCII": Case(
        SOURCES,
        "https://gazeta.example.org/artykul",
        "https://xn--gzeta-4ve.example.org/artykul",
        "data/sources.csv:7:60: W-HOST url 'https://xn--gzeta-4ve.example.org/artykul/12345678901': the host mixes letters of two alphabets; it is xn--gzeta-4ve.example.org; type the address again from the page itself",
        "data/sources.csv:7:60: W-HOST url 'https://xn--gzeta-4ve.example.org/artykul/12345678901': nazwa hosta miesza litery dwóch alfabetów; to xn--gzeta-4ve.example.org; przepisz adres jeszcze raz z samej strony",
    ),
    "two alphabets in an address within a note": Case(
        WELCOME,
        "First membership.",
        "First membership (https://w\u0435lcome.example.org/1992).",
        "data/commitments/welcome.csv:5:51: W-HOST note_en 'https://w\u0435lcome.example.org/1992': the host mixes letters of two alphabets; it is xn--wlcome-3of.example.org; type the address again from the page itself",
        "data/commitments/welcome.csv:5:51: W-HOST note_en 'https://w\u0435lcome.example.org/1992': nazwa hosta miesza litery dwóch alfabetów; to xn--wlcome-3of.example.org; przepisz adres jeszcze raz z samej strony",
    ),
    "a host that looks like another": Case(
        SOURCES,
        "https://welcome.example.org/report-2019.pdf",
        "https://www.we1corne.example.org/report-2019.pdf",
        "data/sources.csv:6:54: W-HOST url 'https://www.we1corne.example.org/report-2019.pdf': the host looks like welcome.example.org, data/sources.csv:5; type the address again from the page itself",
        "data/sources.csv:6:54: W-HOST url 'https://www.we1corne.example.org/report-2019.pdf': nazwa hosta wygląda jak welcome.example.org, data/sources.csv:5; przepisz adres jeszcze raz z samej strony",
    ),
    "an ending that looks like another": Case(
        SOURCES,
        "https://gazeta.example.org/artykul",
        "https://gazeta.example.0rg/artykul",
        "data/sources.csv:7:60: W-HOST url 'https://gazeta.example.0rg/artykul/12345678901': the host ends in .0rg, which looks like .org; type the address again from the page itself",
        "data/sources.csv:7:60: W-HOST url 'https://gazeta.example.0rg/artykul/12345678901': nazwa hosta kończy się na .0rg, co wygląda jak .org; przepisz adres jeszcze raz z samej strony",
    ),
    "an ending twice": Case(
        CITIES,
        "https://www.gdansk.pl",
        "https://www.gdansk.pl.pl",
        "data/cities.csv:2:75: W-HOST website 'https://www.gdansk.pl.pl': the host ends in .pl twice; type the address again from the page itself",
        "data/cities.csv:2:75: W-HOST website 'https://www.gdansk.pl.pl': nazwa hosta ma na końcu dwa razy .pl; przepisz adres jeszcze raz z samej strony",
    ),
    "two instruments of one acronym": Case(
        "networks/rights-commission.yaml",
        "kind:",
        "acronym: Wel\nkind:",
        "data/networks/welcome.yaml:5:10: W-TWIN acronym 'WEL': the same as at data/networks/rights-commission.yaml:1; keep one record if they are one",
        "data/networks/welcome.yaml:5:10: W-TWIN acronym 'WEL': to samo co w data/networks/rights-commission.yaml:1; zostaw jeden wpis, jeśli to jedno i to samo",
    ),
    "two cities with one number": Case(
        CITIES,
        "175945,633679,",
        "175945,3093133,",
        "data/cities.csv:8:57: E-NAME geonames '3093133': that of 'lodz' in line 6; correct one of them, or keep one row if they are one place",
        "data/cities.csv:8:57: E-NAME geonames '3093133': to numer miasta 'lodz' z wiersza 6; popraw jeden z nich albo zostaw jeden wiersz, jeśli to jedno miejsce",
    ),
    "a member from a day to come": Case(
        WELCOME,
        ROW,
        "honnelles,,member,,2027-06,,,,network-members,,,",
        "data/commitments/welcome.csv:3:12: E-STATUS status 'member': but since '2027-06' is still to come; type applicant until that day, or correct since",
        "data/commitments/welcome.csv:3:12: E-STATUS status 'member': ale since '2027-06' dopiero nadejdzie; do tego dnia wpisz applicant albo popraw since",
    ),
    "decided on a day to come": Case(
        WELCOME,
        ROW,
        "honnelles,,applicant,2027,,,,,network-members,,,",
        "data/commitments/welcome.csv:3:22: E-FUTURE decided '2027': in the future, today is 2026-02-01; type the day on which it was done",
        "data/commitments/welcome.csv:3:22: E-FUTURE decided '2027': w przyszłości, dziś jest 2026-02-01; wpisz dzień, w którym to zrobiono",
    ),
    "a year with its digits swapped": Case(
        WELCOME,
        ROW,
        "honnelles,,applicant,,2206-06,,,,network-members,,,",
        "data/commitments/welcome.csv:3:23: E-FUTURE since '2206-06': more than 10 years from now; correct the year",
        "data/commitments/welcome.csv:3:23: E-FUTURE since '2206-06': za ponad 10 lat; popraw rok",
    ),
    "a network founded in the future": Case(
        "networks/welcome.yaml",
        "founded: '1992'",
        "founded: '2992'",
        "data/networks/welcome.yaml:10:10: E-FUTURE founded '2992': in the future, today is 2026-02-01; type the day on which it was done",
        "data/networks/welcome.yaml:10:10: E-FUTURE founded '2992': w przyszłości, dziś jest 2026-02-01; wpisz dzień, w którym to zrobiono",
    ),
    "an action in a far year": Case(
        "actions/lodz-team.yaml",
        "kind:",
        "end_date: '2099'\nkind:",
        "data/actions/lodz-team.yaml:1:11: E-FUTURE end_date '2099': more than 10 years from now; correct the year",
        "data/actions/lodz-team.yaml:1:11: E-FUTURE end_date '2099': za ponad 10 lat; popraw rok",
    ),
    "an act decided on a day to come": Case(
        "actions/krakow-resolution-2011.yaml",
        "decided: 2011-05-25",
        "decided: 2111-05-25",
        "data/actions/krakow-resolution-2011.yaml:12:12: E-FUTURE decided '2111-05-25': in the future, today is 2026-02-01; type the day on which it was done",
        "data/actions/krakow-resolution-2011.yaml:12:12: E-FUTURE decided '2111-05-25': w przyszłości, dziś jest 2026-02-01; wpisz dzień, w którym to zrobiono",
    ),
    "an act in force in a far year": Case(
        "actions/krakow-resolution-2011.yaml",
        "effective: 2011-06",
        "effective: ../2111",
        "data/actions/krakow-resolution-2011.yaml:13:14: E-FUTURE effective '../2111': more than 10 years from now; correct the year",
        "data/actions/krakow-resolution-2011.yaml:13:14: E-FUTURE effective '../2111': za ponad 10 lat; popraw rok",
    ),
    "an item done on a day to come": Case(
        "actions/lodz-team.yaml",
        "    sources: [press]\n",
        "    state: done\n    'on': 2027\n    sources: [press]\n",
        "data/actions/lodz-team.yaml:15:11: E-FUTURE on '2027': in the future, today is 2026-02-01; type the day on which it was done",
        "data/actions/lodz-team.yaml:15:11: E-FUTURE on '2027': w przyszłości, dziś jest 2026-02-01; wpisz dzień, w którym to zrobiono",
    ),
    "a host of a far year": Case(
        "networks/welcome.yaml",
        "'on': 2019-06-21",
        "'on': 2119-06-21",
        "data/networks/welcome.yaml:55:11: E-FUTURE on '2119-06-21': more than 10 years from now; correct the year",
        "data/networks/welcome.yaml:55:11: E-FUTURE on '2119-06-21': za ponad 10 lat; popraw rok",
    ),
    "listed since a far year": Case(
        "lists/welcome.csv",
        ",1999,",
        ",2140,",
        "data/lists/welcome.csv:2:12: E-FUTURE since '2140': more than 10 years from now; correct the year",
        "data/lists/welcome.csv:2:12: E-FUTURE since '2140': za ponad 10 lat; popraw rok",
    ),
    "left after the end of the pact": Case(
        "commitments/old-pact.csv",
        "lodz,former,,,2006,",
        "lodz,former,,,2016,",
        "data/commitments/old-pact.csv:3:15: W-LIFE until '2016': after 2006, data/charters/old-pact.yaml:6; correct one of the two dates, or say in a note how both can be",
        "data/commitments/old-pact.csv:3:15: W-LIFE until '2016': po 2006, data/charters/old-pact.yaml:6; popraw jedną z dwóch dat albo wyjaśnij w uwadze, jak obie mogą być prawdziwe",
    ),
    "a claim withdrawn by its city alone": Case(
        "retired.csv",
        "commitment,turku/equality,",
        "commitment,turku,",
        "data/retired.csv:3:12: E-ID id 'turku': not the id of a commitment; type the ids of city and instrument, as in krakow/eccar",
        "data/retired.csv:3:12: E-ID id 'turku': to nie jest identyfikator zobowiązania; wpisz identyfikatory miasta i instrumentu, na przykład krakow/eccar",
    ),
    "replaced by what is not there": Case(
        "retired.csv",
        "Łodzi.,lodz,",
        "Łodzi.,../nowhere-near,",
        "data/retired.csv:2:66: E-RETIRED replaced_by '../nowhere-near': no such city; name what stands there now, or leave it empty",
        "data/retired.csv:2:66: E-RETIRED replaced_by '../nowhere-near': nie ma takiego wpisu (miasto); podaj to, co jest tam teraz, albo zostaw puste",
    ),
    "a claim of an action the wrong way round": Case(
        "actions/krakow-resolution-2011.yaml",
        "status: adopted",
        "status: adopted\ncommitments: ['welcome:krakow']",
        "data/actions/krakow-resolution-2011.yaml:15:15: E-REF commitments 'welcome:krakow': no such commitment; type the ids of city and instrument, as in krakow/eccar; its row must be there",
        "data/actions/krakow-resolution-2011.yaml:15:15: E-REF commitments 'welcome:krakow': nie ma takiego zobowiązania; wpisz identyfikatory miasta i instrumentu, na przykład krakow/eccar; jego wiersz musi już być",
    ),
    "a time in the number of an act": Case(
        WELCOME,
        "uchwała nr XVI/171/11",
        "01.03.2020 00:00:00",
        "data/commitments/welcome.csv:6:94: E-EXCEL act '01.03.2020 00:00:00': Excel damage, a time that nobody typed; type it again from the source; a day is written 2020-03-01",
        "data/commitments/welcome.csv:6:94: E-EXCEL act '01.03.2020 00:00:00': uszkodzenie z Excela, godzina, której nikt nie wpisał; wpisz to jeszcze raz według źródła; dzień zapisuje się 2020-03-01",
    ),
    "a city with its country": Case(
        WELCOME,
        ROW,
        ROW.replace("honnelles", "Köln (DE)"),
        "data/commitments/welcome.csv:3:1: E-REF city 'Köln (DE)': no such city; did you mean koeln?",
        "data/commitments/welcome.csv:3:1: E-REF city 'Köln (DE)': nie ma takiego wpisu (miasto); może koeln?",
    ),
    "an address without its scheme": Case(
        WELCOME,
        ROW,
        ROW.replace("network-members", "www.charter.example.org/text"),
        "data/commitments/welcome.csv:3:26: E-REF sources 'www.charter.example.org/text': no such source; type charter-text",
        "data/commitments/welcome.csv:3:26: E-REF sources 'www.charter.example.org/text': nie ma takiego wpisu (źródło); wpisz charter-text",
    ),
    "the newest copy, which changes": Case(
        SOURCES,
        "https://archive.ph/aBc12",
        "https://archive.ph/newest/https://welcome.example.org/report-2019.pdf",
        "data/sources.csv:6:98: E-ARCHIVE archived 'https://archive.ph/newest/https://welcome.example.org/report-2019.pdf': no copy in an archive of the web; give the address of one copy, for example https://web.archive.org/web/20240925120000/https://welcome.example.org/report-2…",
        "data/sources.csv:6:98: E-ARCHIVE archived 'https://archive.ph/newest/https://welcome.example.org/report-2019.pdf': to nie jest kopia w archiwum sieci; podaj adres jednej kopii, na przykład https://web.archive.org/web/20240925120000/https://welcome.example.org/report-2…",
    ),
}


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (WELCOME, "2012~", "3012"),
        ("networks/welcome.yaml", "founded: '1992'", "founded: '2206'"),
        (SOURCES, "2017-06-30,2026-01-16", "2017-06-30,../2018"),
    ],
)
def test_a_date_that_cannot_be_has_no_follow_ups(data: Path, file: str, old: str, new: str) -> None:
    change(data / file, old, new)
    assert said(data, "W-LIFE", "W-READ", "E-STATUS") == []
    assert len(said(data, "E-FUTURE", "E-DATE")) == 1


def test_two_actions_of_one_day_and_title_are_asked_about(data: Path) -> None:
    shutil.copy(data / "actions/welcome-congress-2019.yaml", data / "actions/a-congress.yaml")
    assert said(data, "W-TWIN") == [
        "data/actions/welcome-congress-2019.yaml:7:7: W-TWIN title 'Congress of the network': the same as at data/actions/a-congress.yaml:7; keep one record if they are one"
    ]


@pytest.mark.parametrize("name", CASES)
def test_what_cannot_be_is_told_with_both_places(data: Path, name: str) -> None:
    case = CASES[name]
    code = case.english.split(" ")[1]
    assert said(data, code) == []
    change(data / case.file, case.old, case.new)
    assert said(data, code) == [case.english]
    assert said(data, code, lang="pl") == [case.polish]


@pytest.mark.parametrize(
    ("successor", "circle"),
    [("old-pact", "old-pact > old-pact"), ("equality", "equality > old-pact > equality")],
)
def test_what_succeeds_itself_is_refused(data: Path, successor: str, circle: str) -> None:
    old = data / "charters/old-pact.yaml"
    old.write_text(old.read_text("utf-8").replace("successor: equality", f"successor: {successor}"))
    if successor == "equality":
        path = data / "charters/equality.yaml"
        path.write_text(path.read_text("utf-8") + "successor: old-pact\n")
    [line] = said(data, "E-REF")
    assert line.endswith(f": leads in a circle: {circle}; name what came after it, or take it out")
    [line] = said(data, "E-REF", lang="pl")
    assert line.endswith(f": prowadzi w kółko: {circle}; podaj, co przyszło później, albo usuń to")


def test_more_members_than_any_source_counts_are_told(data: Path) -> None:
    assert said(data, "W-COUNT") == []
    path = data / "networks/welcome.yaml"
    path.write_text(
        re.sub(
            r"counts:.*?(?=^\w|\Z)",
            "counts:\n  - members: 1\n    'on': '2025'\n    sources:\n      - press\n",
            path.read_text("utf-8"),
            flags=re.DOTALL | re.MULTILINE,
        )
    )
    [line] = said(data, "W-COUNT")
    assert line.endswith(
        ": W-COUNT members '1': but data/commitments/welcome.csv records 2 cities that belong to it today; add a "
        "newer count, or find the cities that left"
    )


@pytest.mark.parametrize(
    ("claim", "preferred", "english", "polish"),
    [
        ("krakow/2011-10", "2011-10", [], []),
        ("krakow", "1992-11-09", [], []),
        (
            "krakow",
            "2011-10",
            [
                "E-PREFERRED commitments/welcome:krakow, since: preferred is '2011-10', but the data says '1992-11-09'; make them agree"
            ],
            [
                "E-PREFERRED commitments/welcome:krakow, since: preferowane jest '2011-10', a w danych stoi '1992-11-09'; uzgodnij jedno z drugim"
            ],
        ),
        (
            "krakow/2011",
            "2011-10",
            [
                "E-REF record 'commitments/welcome:krakow/2011': no such record; did you mean commitments/welcome:krakow/2011-10?"
            ]
            * 2,
            [
                "E-REF record 'commitments/welcome:krakow/2011': nie ma takiego rekordu; może commitments/welcome:krakow/2011-10?"
            ]
            * 2,
        ),
    ],
)
def test_a_contradiction_is_about_one_period(
    data: Path, claim: str, preferred: str, english: list[str], polish: list[str]
) -> None:
    path = data / "contradictions.csv"
    text = path.read_text("utf-8").replace("welcome:turku,", f"welcome:{claim},")
    path.write_text(text.replace(",2015?,", f",{preferred},"), "utf-8")
    told = [said(data, "E-REF", "E-PREFERRED", lang=lang) for lang in ("en", "pl")]
    assert [[line.split(" ", 1)[1] for line in lines] for lines in told] == [english, polish]


def test_neighbours_in_two_regions_may_have_like_names(data: Path) -> None:
    new = "turkku,Turkku,Turkku,Turkku,FI,FI-02,60.4520,22.2690,,,,,\nturku,Turku"
    change(data / CITIES, "turku,Turku", new)
    assert said(data, "W-TWIN") == []


@pytest.mark.parametrize(
    "host", ["газета.example.org", "welcome.example.it", "we1corne.example.com", "kraków.pl"]
)
def test_a_host_that_imitates_none_is_right(data: Path, host: str) -> None:
    change(data / SOURCES, "https://gazeta.example.org/artykul", f"https://{host}/artykul")
    change(data / CITIES, "https://www.gdansk.pl", "https://welcome.example.lt")
    assert said(data, "W-HOST") == []
