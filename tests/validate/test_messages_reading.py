"""What is said of files that cannot be read: the cause alone, its place and what to do, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.messages import (
    CITIES,
    CITY_COLUMNS,
    NETWORK,
    ROW,
    WELCOME,
    Told,
    check,
    edited,
    renamed,
    replaced,
    written,
)

CASES = (
    Told(
        "Excel's line before commas",
        edited(CITIES, lambda data: b"sep=,\n" + data),
        (
            "cities.csv:1:1: E-DELIMITER the line 'sep=,' is a sign to Excel and no part of the "
            "table; delete it, or run: atlas fmt --repair",
        ),
        (
            "cities.csv:1:1: E-DELIMITER wiersz 'sep=,' to wskazówka dla Excela, nie część tabeli; "
            "usuń go albo uruchom: atlas fmt --repair",
        ),
    ),
    Told(
        "Excel's line before semicolons",
        edited(WELCOME, lambda data: b"sep=;\r\n" + data.replace(b",", b";")),
        (
            "commitments/welcome.csv:1:1: E-DELIMITER the line 'sep=;' is a sign to Excel and no part "
            "of the table; delete it, or run: atlas fmt --repair",
        ),
        (
            "commitments/welcome.csv:1:1: E-DELIMITER wiersz 'sep=;' to wskazówka dla Excela, nie "
            "część tabeli; usuń go albo uruchom: atlas fmt --repair",
        ),
    ),
    Told(
        "semicolons instead of commas",
        edited(CITIES, lambda data: data.replace(b",", b";")),
        (
            "cities.csv:1:3: E-DELIMITER the columns are separated by ';', not by a comma; run: atlas "
            "fmt --repair (with Polish settings Excel writes semicolons, even as 'CSV UTF-8')",
        ),
        (
            "cities.csv:1:3: E-DELIMITER kolumny oddziela ';', a nie przecinek; uruchom: atlas fmt "
            "--repair (przy polskich ustawieniach Excel pisze średniki, także jako „CSV UTF-8”)",
        ),
    ),
    Told(
        "a table in Windows-1250",
        edited(CITIES, lambda data: data.decode().encode("cp1250", "ignore")),
        (
            "cities.csv:2:11: E-ENCODING the file is not UTF-8, it looks like Windows-1250 (cp1250); "
            "run: atlas fmt --repair",
        ),
        (
            "cities.csv:2:11: E-ENCODING plik nie jest w UTF-8, wygląda na Windows-1250 (cp1250); "
            "uruchom: atlas fmt --repair",
        ),
    ),
    Told(
        "a record in Windows-1250",
        edited(NETWORK, lambda data: data.decode().encode("cp1250", "ignore")),
        (
            "networks/welcome.yaml:4:10: E-ENCODING the file is not UTF-8, it looks like Windows-1250 "
            "(cp1250); save it as UTF-8 in the editor",
        ),
        (
            "networks/welcome.yaml:4:10: E-ENCODING plik nie jest w UTF-8, wygląda na Windows-1250 "
            "(cp1250); zapisz plik w edytorze jako UTF-8",
        ),
    ),
    Told(
        "a header and no cities",
        edited(CITIES, lambda data: data.split(b"\n")[0] + b"\n"),
        (
            "cities.csv:1:1: E-EMPTY the table has a header and no rows, but other files name its ids; "
            "put back the rows that were there",
        ),
        (
            "cities.csv:1:1: E-EMPTY tabela ma nagłówek i ani jednego wiersza, a inne pliki podają jej "
            "identyfikatory; przywróć wiersze, które tu były",
        ),
    ),
    Told(
        "an empty file",
        edited(CITIES, lambda data: b""),
        ("cities.csv:1:1: E-HEADER the first line is empty; it must name the columns",),
        ("cities.csv:1:1: E-HEADER pierwszy wiersz jest pusty; muszą w nim stać nazwy kolumn",),
    ),
    Told(
        "rows without their header",
        edited(CITIES, lambda data: data.split(b"\n", 1)[1]),
        (
            "cities.csv:1:1: E-HEADER the first line names no column of the table; put the header above "
            f"the rows; the columns are: {CITY_COLUMNS}",
        ),
        (
            "cities.csv:1:1: E-HEADER pierwszy wiersz nie wymienia żadnej kolumny tabeli; wstaw nagłówek nad "
            f"wierszami; kolumny to: {CITY_COLUMNS}",
        ),
    ),
    Told(
        "two tables pasted together",
        edited(WELCOME, lambda data: data + data.split(b"\n", 1)[0] + b"\n"),
        ("commitments/welcome.csv:10:1: E-HEADER the header stands here a second time; delete this line",),
        ("commitments/welcome.csv:10:1: E-HEADER nagłówek stoi tu drugi raz; usuń ten wiersz",),
    ),
    Told(
        "no name of the column with the ids",
        edited(CITIES, lambda data: data.replace(b"id,", b"ident,", 1)),
        (
            f"cities.csv:1:1: E-HEADER no such column 'ident'; the columns are: {CITY_COLUMNS}",
            f"cities.csv:1:1: E-HEADER the column 'id' is missing; the columns are: {CITY_COLUMNS}",
        ),
        (
            f"cities.csv:1:1: E-HEADER nie ma kolumny 'ident'; kolumny to: {CITY_COLUMNS}",
            f"cities.csv:1:1: E-HEADER brak kolumny 'id'; kolumny to: {CITY_COLUMNS}",
        ),
    ),
    Told(
        "a missing file",
        renamed(CITIES, "../cities.csv"),
        (
            "cities.csv:1:1: E-FILE the file is missing; put it back, for example with: git checkout "
            "-- data/cities.csv",
        ),
        ("cities.csv:1:1: E-FILE brak pliku; przywróć go, na przykład tak: git checkout -- data/cities.csv",),
    ),
    Told(
        "a misspelt file",
        renamed(CITIES, "citys.csv"),
        ("citys.csv:1:1: E-FILE this file does not belong to the data; did you mean cities.csv?",),
        ("citys.csv:1:1: E-FILE ten plik nie należy do danych; może cities.csv?",),
    ),
    Told(
        "a folder in the singular",
        renamed("networks", "network"),
        ("network:1:1: E-FILE this folder does not belong to the data; did you mean networks?",),
        ("network:1:1: E-FILE ten folder nie należy do danych; może networks?",),
    ),
    Told(
        "another ending",
        renamed(NETWORK, "networks/welcome.yml"),
        (
            "networks/welcome.yml:1:1: E-FILE this file does not belong to the data; did you mean "
            "networks/welcome.yaml?",
        ),
        ("networks/welcome.yml:1:1: E-FILE ten plik nie należy do danych; może networks/welcome.yaml?",),
    ),
    Told(
        "a workbook",
        written("cities.xlsx"),
        (
            "cities.xlsx:1:1: E-FILE this file does not belong to the data; save it as CSV in the "
            "spreadsheet program, then run: atlas fmt --repair",
        ),
        (
            "cities.xlsx:1:1: E-FILE ten plik nie należy do danych; zapisz go w arkuszu jako CSV, "
            "potem uruchom: atlas fmt --repair",
        ),
    ),
    Told(
        "nothing of what editors leave behind",
        written(
            *(".~lock.cities.csv#", "networks/.welcome.yaml.swp", "cities.csv~", ".DS_Store"),
            *("actions/Thumbs.db", "#cities.csv#", "cities.csv.orig", "commitments/~$welcome.csv"),
        ),
    ),
    Told(
        "a row with semicolons",
        replaced(WELCOME, ROW, ROW.replace(",", ";")),
        (
            "commitments/welcome.csv:3:10: E-DELIMITER the cells of the row are separated by ';', not "
            "by commas; type commas, or run: atlas fmt --repair",
        ),
        (
            "commitments/welcome.csv:3:10: E-DELIMITER komórki wiersza rozdziela ';', a nie "
            "przecinek; wpisz przecinki albo uruchom: atlas fmt --repair",
        ),
    ),
    Told(
        "a row with tabs",
        replaced(WELCOME, ROW, ROW.replace(",", "\t")),
        (
            "commitments/welcome.csv:3:10: E-DELIMITER the cells of the row are separated by '\\t', "
            "not by commas; type commas, or run: atlas fmt --repair",
        ),
        (
            "commitments/welcome.csv:3:10: E-DELIMITER komórki wiersza rozdziela '\\t', a nie "
            "przecinek; wpisz przecinki albo uruchom: atlas fmt --repair",
        ),
    ),
    Told(
        "a row with semicolons and quotes",
        replaced(WELCOME, ROW, 'honnelles;;observer;;;;;;network-members;;"a ""b""; c";'),
        (
            "commitments/welcome.csv:3:10: E-DELIMITER the cells of the row are separated by ';', not "
            "by commas; type commas, or run: atlas fmt --repair",
        ),
        (
            "commitments/welcome.csv:3:10: E-DELIMITER komórki wiersza rozdziela ';', a nie "
            "przecinek; wpisz przecinki albo uruchom: atlas fmt --repair",
        ),
    ),
    Told(
        "two versions of a row",
        replaced(WELCOME, ROW, f"<<<<<<< HEAD\n{ROW}\n=======\n{ROW}\n>>>>>>> other"),
        (
            "commitments/welcome.csv:3:1: E-MERGE '<<<<<<< HEAD': two changes met here and nobody has "
            "decided between them; keep one version, or both, and delete the lines that begin with "
            "<<<<<<<, ======= and >>>>>>>",
        ),
        (
            "commitments/welcome.csv:3:1: E-MERGE '<<<<<<< HEAD': tu spotkały się dwie zmiany i nikt "
            "nie wybrał jednej z nich; zostaw jedną wersję albo obie i usuń wiersze, które zaczynają "
            "się od <<<<<<<, ======= i >>>>>>>",
        ),
    ),
    Told(
        "two versions of a line of a record",
        replaced(NETWORK, "acronym: WEL", "<<<<<<< HEAD\nacronym: WEL\n=======\nacronym: W\n>>>>>>> other"),
        (
            "networks/welcome.yaml:5:1: E-MERGE '<<<<<<< HEAD': two changes met here and nobody has "
            "decided between them; keep one version, or both, and delete the lines that begin with "
            "<<<<<<<, ======= and >>>>>>>",
        ),
        (
            "networks/welcome.yaml:5:1: E-MERGE '<<<<<<< HEAD': tu spotkały się dwie zmiany i nikt "
            "nie wybrał jednej z nich; zostaw jedną wersję albo obie i usuń wiersze, które zaczynają "
            "się od <<<<<<<, ======= i >>>>>>>",
        ),
    ),
    Told(
        "what is left of two versions",
        replaced(WELCOME, ROW, f"{ROW}\n=======\n>>>>>>> other"),
        (
            "commitments/welcome.csv:4:1: E-MERGE '=======': two changes met here and nobody has "
            "decided between them; keep one version, or both, and delete the lines that begin with "
            "<<<<<<<, ======= and >>>>>>>",
            "commitments/welcome.csv:5:1: E-MERGE '>>>>>>> other': two changes met here and nobody "
            "has decided between them; keep one version, or both, and delete the lines that begin "
            "with <<<<<<<, ======= and >>>>>>>",
        ),
        (
            "commitments/welcome.csv:4:1: E-MERGE '=======': tu spotkały się dwie zmiany i nikt nie "
            "wybrał jednej z nich; zostaw jedną wersję albo obie i usuń wiersze, które zaczynają się "
            "od <<<<<<<, ======= i >>>>>>>",
            "commitments/welcome.csv:5:1: E-MERGE '>>>>>>> other': tu spotkały się dwie zmiany i nikt "
            "nie wybrał jednej z nich; zostaw jedną wersję albo obie i usuń wiersze, które zaczynają "
            "się od <<<<<<<, ======= i >>>>>>>",
        ),
    ),
    Told(
        "a comma without quotes",
        replaced(WELCOME, ROW, f"{ROW[:-2]},Small, but ours.,Mała"),
        (
            "commitments/welcome.csv:3:43: E-CELLS the comma in 'Small, but ours.' begins a new cell; "
            'type "Small, but ours."',
        ),
        (
            "commitments/welcome.csv:3:43: E-CELLS przecinek w 'Small, but ours.' zaczyna nową "
            'komórkę; wpisz "Small, but ours."',
        ),
    ),
    Told(
        "typographic quotes",
        replaced(WELCOME, ROW, f"{ROW[:-2]},„Small, but ours.”,Mała"),
        (
            "commitments/welcome.csv:3:43: E-QUOTE the quotation mark „ does not hold a value "
            'together; type the straight ones of the keyboard before and after the value: "',
        ),
        (
            "commitments/welcome.csv:3:43: E-QUOTE cudzysłów „ nie obejmuje wartości; wpisz przed "
            'wartością i po niej proste cudzysłowy z klawiatury: "',
        ),
    ),
    Told(
        "a comma between two sources",
        replaced(WELCOME, ROW, ROW.replace("network-members", "network-members,press")),
        (
            "commitments/welcome.csv:3:26: E-LIST sources 'network-members,press': the entries are "
            "separated by commas, not by ';'; type network-members;press",
        ),
        (
            "commitments/welcome.csv:3:26: E-LIST sources 'network-members,press': wpisy rozdzielają "
            "przecinki, a nie ';'; wpisz network-members;press",
        ),
    ),
    Told(
        "a decimal comma without quotes",
        replaced(CITIES, "60.4515", "60,4515"),
        ("cities.csv:8:34: E-CELLS the comma in '60,4515' begins a new cell; type 60.4515",),
        ("cities.csv:8:34: E-CELLS przecinek w '60,4515' zaczyna nową komórkę; wpisz 60.4515",),
    ),
    Told(
        "a cell too many",
        replaced(WELCOME, ROW, f"{ROW},"),
        (
            "commitments/welcome.csv:3:45: E-CELLS the row has 13 cells, the header has 12; put a "
            "value that holds a comma in double quotes, or delete what is too much",
        ),
        (
            "commitments/welcome.csv:3:45: E-CELLS liczba komórek w wierszu: 13, w nagłówku: 12; "
            'wartość z przecinkiem ujmij w cudzysłów (") albo usuń to, czego jest za dużo',
        ),
    ),
    Told(
        "a text cut off by a number sign",
        replaced(NETWORK, "founder: Köln", "founder: Köln #5 of them"),
        (
            "networks/welcome.yaml:11:15: E-YAML 'Köln #5 of them': the text ends before the #, which "
            "begins a comment; put the text in quotes; a remark belongs into note, or above the first "
            "key",
        ),
        (
            "networks/welcome.yaml:11:15: E-YAML 'Köln #5 of them': tekst kończy się przed #, bo # "
            "zaczyna komentarz; ujmij tekst w cudzysłów; uwaga należy do note albo nad pierwszy klucz",
        ),
    ),
    Told(
        "a text that begins with a number sign",
        replaced(NETWORK, "founder: Köln", "founder: #5"),
        (
            "networks/welcome.yaml:11:10: E-YAML '#5': the text ends before the #, which begins a "
            "comment; put the text in quotes; a remark belongs into note, or above the first key",
        ),
        (
            "networks/welcome.yaml:11:10: E-YAML '#5': tekst kończy się przed #, bo # zaczyna "
            "komentarz; ujmij tekst w cudzysłów; uwaga należy do note albo nad pierwszy klucz",
        ),
    ),
    Told(
        "a comment beside a code",
        replaced(NETWORK, "kind: network", "kind: network  # not a charter"),
        (
            "networks/welcome.yaml:1:16: E-YAML 'network # not a charter': the text ends before the "
            "#, which begins a comment; put the text in quotes; a remark belongs into note, or above "
            "the first key",
        ),
        (
            "networks/welcome.yaml:1:16: E-YAML 'network # not a charter': tekst kończy się przed #, "
            "bo # zaczyna komentarz; ujmij tekst w cudzysłów; uwaga należy do note albo nad pierwszy "
            "klucz",
        ),
    ),
    Told(
        "a quote that the file never closes",
        replaced(NETWORK, "founder: Köln", "founder: 'Köln"),
        (
            "networks/welcome.yaml:11:10: E-YAML the quote that opens here is never closed; close it "
            "at the end of the text; inside, write \\\" for \" and '' for '",
        ),
        (
            "networks/welcome.yaml:11:10: E-YAML otwarty tu cudzysłów nie jest nigdzie zamknięty; "
            "zamknij go na końcu tekstu; w środku pisz \\\" zamiast \" i '' zamiast '",
        ),
    ),
    Told(
        "a quote that the next one closes",
        replaced(NETWORK, "founder: Köln", 'founder: "Köln\nsuccessor: "x"'),
        (
            "networks/welcome.yaml:11:10: E-YAML the quote that opens here is never closed; close it "
            "at the end of the text; inside, write \\\" for \" and '' for '",
        ),
        (
            "networks/welcome.yaml:11:10: E-YAML otwarty tu cudzysłów nie jest nigdzie zamknięty; "
            "zamknij go na końcu tekstu; w środku pisz \\\" zamiast \" i '' zamiast '",
        ),
    ),
    Told(
        "a text of 900,000 characters in a record",
        replaced(NETWORK, "founder: Köln", "founder: " + "x" * 900_000),
        ("networks/welcome.yaml:11:10: E-LONG the value has 900000 characters, more than 10000; shorten it",),
        (
            "networks/welcome.yaml:11:10: E-LONG długość wartości w znakach: 900000, dozwolone "
            "najwyżej 10000; skróć",
        ),
    ),
    Told(
        "cities that are blank lines below a header",
        edited(CITIES, lambda data: data.splitlines(keepends=True)[0] + b"\n,,,\n"),
        (
            "cities.csv:2:1: E-CELLS empty line; delete it",
            "cities.csv:3:1: E-CELLS the row has 4 cells, the header has 13; an unknown value still needs "
            "its comma",
        ),
        (
            "cities.csv:2:1: E-CELLS pusty wiersz; usuń",
            "cities.csv:3:1: E-CELLS liczba komórek w wierszu: 4, w nagłówku: 13; nieznana wartość też "
            "potrzebuje swojego przecinka",
        ),
    ),
    Told(
        "a file of commitments under a name of its own",
        renamed(WELCOME, "commitments/Welcome.csv"),
        (
            "commitments/Welcome.csv:1:1: E-ID id 'Welcome': an id has only the letters a-z, digits and "
            "single hyphens; type welcome",
        ),
        (
            "commitments/Welcome.csv:1:1: E-ID id 'Welcome': identyfikator ma tylko litery a-z, cyfry i "
            "pojedyncze łączniki; wpisz welcome",
        ),
    ),
    Told(
        "a file of commitments under a near name",
        renamed(WELCOME, "commitments/welcom.csv"),
        ("commitments/welcom.csv:1:1: E-REF instrument 'welcom': no such instrument; did you mean welcome?",),
        (
            "commitments/welcom.csv:1:1: E-REF instrument 'welcom': nie ma takiego wpisu (instrument); może "
            "welcome?",
        ),
    ),
    Told(
        "a text of 900,000 characters in a table",
        replaced(WELCOME, ROW, f"{ROW[:-2]},{'x' * 900_000},Mała"),
        (
            "commitments/welcome.csv:3:43: E-LONG the value has 900000 characters, more than "
            "10000; shorten it",
        ),
        (
            "commitments/welcome.csv:3:43: E-LONG długość wartości w znakach: 900000, dozwolone "
            "najwyżej 10000; skróć",
        ),
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_cannot_be_read_is_told_with_its_cause(
    case: Told, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check(case, tmp_path, monkeypatch)
