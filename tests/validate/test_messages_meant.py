"""What is said of a word that is no id: what it was meant to be, or how it is added, in both languages."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.messages import CITIES, CITY_COLUMNS, NETWORK, NETWORK_KEYS, ROW, WELCOME, Told, check, replaced

LODZ = "lodz,,none,,,,,,network-members,2026-01-15"

CASES = (
    Told(
        "the name of a city",
        replaced(WELCOME, ROW, ROW.replace("honnelles", "Köln")),
        ("commitments/welcome.csv:3:1: E-REF city 'Köln': no such city; type koeln",),
        ("commitments/welcome.csv:3:1: E-REF city 'Köln': nie ma takiego wpisu (miasto); wpisz koeln",),
    ),
    Told(
        "the name of a city in another language",
        replaced(WELCOME, ROW, ROW.replace("honnelles", "Kolonia")),
        ("commitments/welcome.csv:3:1: E-REF city 'Kolonia': no such city; type koeln",),
        ("commitments/welcome.csv:3:1: E-REF city 'Kolonia': nie ma takiego wpisu (miasto); wpisz koeln",),
    ),
    Told(
        "the id of the network where that of a city belongs",
        replaced(WELCOME, ROW, ROW.replace("honnelles", "welcome")),
        (
            "commitments/welcome.csv:3:1: E-REF city 'welcome': no such city; it is a network or charter; "
            "the id of a city belongs here",
        ),
        (
            "commitments/welcome.csv:3:1: E-REF city 'welcome': nie ma takiego wpisu (miasto); to sieć lub "
            "karta; tu należy identyfikator miasta",
        ),
    ),
    Told(
        "a country where the id of a city belongs",
        replaced(WELCOME, ROW, ROW.replace("honnelles", "Belgia")),
        (
            "commitments/welcome.csv:3:1: E-REF city 'Belgia': no such city; it is a country; the id of a "
            "city belongs here",
        ),
        (
            "commitments/welcome.csv:3:1: E-REF city 'Belgia': nie ma takiego wpisu (miasto); to kraj; tu "
            "należy identyfikator miasta",
        ),
    ),
    Told(
        "two sources parted by a space",
        replaced(WELCOME, ROW, ROW.replace("network-members", "press network-members")),
        (
            "commitments/welcome.csv:3:26: E-REF sources 'press network-members': no such source; separate "
            "them with ';': type press;network-members",
        ),
        (
            "commitments/welcome.csv:3:26: E-REF sources 'press network-members': nie ma takiego wpisu "
            "(źródło); rozdziel je średnikiem: wpisz press;network-members",
        ),
    ),
    Told(
        "the address of a Wikidata item instead of its number",
        replaced(CITIES, "Q1792", "https://www.wikidata.org/wiki/Q1792"),
        (
            "cities.csv:2:69: E-NUMBER wikidata 'https://www.wikidata.org/wiki/Q1792': no Wikidata "
            "identifier; type Q1792",
        ),
        (
            "cities.csv:2:69: E-NUMBER wikidata 'https://www.wikidata.org/wiki/Q1792': to nie jest "
            "identyfikator Wikidanych; wpisz Q1792",
        ),
    ),
    Told(
        "a former id of a city",
        replaced(WELCOME, ROW, ROW.replace("honnelles", "cologne")),
        ("commitments/welcome.csv:3:1: E-REF city 'cologne': no such city; type koeln",),
        ("commitments/welcome.csv:3:1: E-REF city 'cologne': nie ma takiego wpisu (miasto); wpisz koeln",),
    ),
    Told(
        "a withdrawn id",
        replaced(WELCOME, ROW, ROW.replace("honnelles", "old-town")),
        ("commitments/welcome.csv:3:1: E-REF city 'old-town': no such city; it was withdrawn: type lodz",),
        (
            "commitments/welcome.csv:3:1: E-REF city 'old-town': nie ma takiego wpisu (miasto); "
            "wycofano go: wpisz lodz",
        ),
    ),
    Told(
        "an id withdrawn for good",
        lambda data: (
            replaced(WELCOME, ROW, ROW.replace("honnelles", "new-town"))(data),
            replaced("retired.csv", "commitment,turku", "city,new-town,Gone.,Nie ma.,,\ncommitment,turku")(
                data
            ),
        ),
        (
            "commitments/welcome.csv:3:1: E-REF city 'new-town': no such city; it was withdrawn, "
            "data/retired.csv:3 says why: name another, or take it out",
        ),
        (
            "commitments/welcome.csv:3:1: E-REF city 'new-town': nie ma takiego wpisu (miasto); "
            "wycofano go, data/retired.csv:3 mówi dlaczego: podaj inny albo usuń",
        ),
    ),
    Told(
        "a city that is not in the atlas",
        replaced(WELCOME, ROW, ROW.replace("honnelles", "Zabrze")),
        (
            "commitments/welcome.csv:3:1: E-REF city 'Zabrze': no such city; add it first: atlas new "
            'city --name "Zabrze"',
        ),
        (
            "commitments/welcome.csv:3:1: E-REF city 'Zabrze': nie ma takiego wpisu (miasto); "
            'najpierw dodaj: atlas new city --name "Zabrze"',
        ),
    ),
    Told(
        "an id of a city that is not in the atlas",
        replaced(WELCOME, ROW, ROW.replace("honnelles", "ruda-slaska")),
        (
            "commitments/welcome.csv:3:1: E-REF city 'ruda-slaska': no such city; add it first: atlas "
            'new city --name "Ruda Slaska"',
        ),
        (
            "commitments/welcome.csv:3:1: E-REF city 'ruda-slaska': nie ma takiego wpisu (miasto); "
            'najpierw dodaj: atlas new city --name "Ruda Slaska"',
        ),
    ),
    Told(
        "a name that a shell would obey",
        replaced(WELCOME, ROW, ROW.replace("honnelles", "$(reboot)`'")),
        (
            "commitments/welcome.csv:3:1: E-REF city '$(reboot)`'': no such city; add it first: atlas "
            "new city --name '$(reboot)`'\"'\"''",
        ),
        (
            "commitments/welcome.csv:3:1: E-REF city '$(reboot)`'': nie ma takiego wpisu (miasto); "
            "najpierw dodaj: atlas new city --name '$(reboot)`'\"'\"''",
        ),
    ),
    Told(
        "the name of a network",
        replaced("actions/lodz-team.yaml", "cities:", "instrument: Open Doors\ncities:"),
        ("actions/lodz-team.yaml:3:13: E-REF instrument 'Open Doors': no such instrument; type welcome",),
        (
            "actions/lodz-team.yaml:3:13: E-REF instrument 'Open Doors': nie ma takiego wpisu "
            "(instrument); wpisz welcome",
        ),
    ),
    Told(
        "the address of a source",
        replaced(WELCOME, ROW, ROW.replace("network-members", "http://www.charter.example.org/text/")),
        (
            "commitments/welcome.csv:3:26: E-REF sources 'http://www.charter.example.org/text/': no "
            "such source; type charter-text",
        ),
        (
            "commitments/welcome.csv:3:26: E-REF sources 'http://www.charter.example.org/text/': nie "
            "ma takiego wpisu (źródło); wpisz charter-text",
        ),
    ),
    Told(
        "the address of a page that is no source yet",
        replaced(WELCOME, ROW, ROW.replace("network-members", "https://example.org/new?a=1&b=2")),
        (
            "commitments/welcome.csv:3:26: E-REF sources 'https://example.org/new?a=1&b=2': no such "
            'source; add it first: atlas new source --url "https://example.org/new?a=1&b=2"',
        ),
        (
            "commitments/welcome.csv:3:26: E-REF sources 'https://example.org/new?a=1&b=2': nie ma "
            "takiego wpisu (źródło); najpierw dodaj: atlas new source --url "
            '"https://example.org/new?a=1&b=2"',
        ),
    ),
    Told(
        "the title of a source",
        replaced(WELCOME, ROW, ROW.replace("network-members", "Text of the charter")),
        (
            "commitments/welcome.csv:3:26: E-REF sources 'Text of the charter': no such source; type "
            "charter-text",
        ),
        (
            "commitments/welcome.csv:3:26: E-REF sources 'Text of the charter': nie ma takiego wpisu "
            "(źródło); wpisz charter-text",
        ),
    ),
    Told(
        "two sources parted by a comma within quotes",
        replaced(WELCOME, ROW, ROW.replace("network-members", '"network-members, press"')),
        (
            "commitments/welcome.csv:3:26: E-REF sources 'network-members, press': no such source; "
            "separate them with ';': type network-members;press",
        ),
        (
            "commitments/welcome.csv:3:26: E-REF sources 'network-members, press': nie ma takiego "
            "wpisu (źródło); rozdziel je średnikiem: wpisz network-members;press",
        ),
    ),
    Told(
        "a source that is not in the atlas",
        replaced(WELCOME, ROW, ROW.replace("network-members", "annual-report-1999")),
        (
            "commitments/welcome.csv:3:26: E-REF sources 'annual-report-1999': no such source; add it "
            "first: atlas new source",
        ),
        (
            "commitments/welcome.csv:3:26: E-REF sources 'annual-report-1999': nie ma takiego wpisu "
            "(źródło); najpierw dodaj: atlas new source",
        ),
    ),
    Told(
        "a label where a code belongs",
        replaced(WELCOME, LODZ, LODZ.replace("none", "Obserwator")),
        (
            "commitments/welcome.csv:7:7: E-CODE status 'Obserwator': no such code in statuses of "
            "vocabulary.yaml; type observer",
        ),
        (
            "commitments/welcome.csv:7:7: E-CODE status 'Obserwator': nie ma takiego kodu w części "
            "statuses pliku vocabulary.yaml; wpisz observer",
        ),
    ),
    Told(
        "a misspelt code",
        replaced(WELCOME, ROW, ROW.replace("observer", "obsrver")),
        (
            "commitments/welcome.csv:3:12: E-CODE status 'obsrver': no such code in statuses of "
            "vocabulary.yaml; did you mean observer? The codes are: member, signatory, applicant, "
            "observer, suspended, former, declined, none",
        ),
        (
            "commitments/welcome.csv:3:12: E-CODE status 'obsrver': nie ma takiego kodu w części "
            "statuses pliku vocabulary.yaml; może observer? Kody to: member, signatory, applicant, "
            "observer, suspended, former, declined, none",
        ),
    ),
    Told(
        "no code at all",
        replaced(WELCOME, ROW, ROW.replace("observer", "guest")),
        (
            "commitments/welcome.csv:3:12: E-CODE status 'guest': no such code in statuses of "
            "vocabulary.yaml; the codes are: member, signatory, applicant, observer, suspended, "
            "former, declined, none",
        ),
        (
            "commitments/welcome.csv:3:12: E-CODE status 'guest': nie ma takiego kodu w części "
            "statuses pliku vocabulary.yaml; kody to: member, signatory, applicant, observer, "
            "suspended, former, declined, none",
        ),
    ),
    Told(
        "a label of a topic",
        replaced(NETWORK, "  - migration", "  - prawa człowieka"),
        (
            "networks/welcome.yaml:17:5: E-CODE topics 'prawa człowieka': no such code in topics of "
            "vocabulary.yaml; type human-rights",
        ),
        (
            "networks/welcome.yaml:17:5: E-CODE topics 'prawa człowieka': nie ma takiego kodu w "
            "części topics pliku vocabulary.yaml; wpisz human-rights",
        ),
    ),
    Told(
        "commitments of an instrument that is not in the atlas",
        lambda data: shutil.copy(data / "commitments/old-pact.csv", data / "commitments/unknown.csv"),
        (
            "commitments/unknown.csv:1:1: E-REF instrument 'unknown': no such instrument; add it "
            "first: atlas new network, or: atlas new charter",
        ),
        (
            "commitments/unknown.csv:1:1: E-REF instrument 'unknown': nie ma takiego wpisu "
            "(instrument); najpierw dodaj: atlas new network albo: atlas new charter",
        ),
    ),
    Told(
        "an unknown column",
        replaced(CITIES, "population", "mayor"),
        (f"cities.csv:1:48: E-HEADER no such column 'mayor'; the columns are: {CITY_COLUMNS}",),
        (f"cities.csv:1:48: E-HEADER nie ma kolumny 'mayor'; kolumny to: {CITY_COLUMNS}",),
    ),
    Told(
        "an unknown key",
        replaced(NETWORK, "acronym: WEL", "mayor: x"),
        (f"networks/welcome.yaml:5:1: E-KEY no such key 'mayor'; the keys are: {NETWORK_KEYS}",),
        (f"networks/welcome.yaml:5:1: E-KEY nie ma klucza 'mayor'; klucze to: {NETWORK_KEYS}",),
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_word_that_is_no_id_is_told_what_it_means(
    case: Told, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check(case, tmp_path, monkeypatch)
