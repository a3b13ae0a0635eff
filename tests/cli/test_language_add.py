"""``atlas language add``: a catalogue with what needs no translator, and what is wrong in one."""

from __future__ import annotations

import gettext
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from tests.builders import ROOT

from atlas.cli.main import main
from atlas.errors import UsageError
from atlas.languages.language import Language
from atlas.languages.untranslated import Untranslated
from atlas.model.dates import parse_date

HEAD = 'msgid ""\nmsgstr "Language: {code}\\n"\n\n'


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of an atlas."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def catalogue(home: Path, code: str, text: str) -> Path:
    path = home / "locale" / code / "LC_MESSAGES" / "atlas.po"
    path.parent.mkdir(parents=True)
    path.write_text(HEAD.format(code=code) + text, "utf-8")
    return path


def test_a_catalogue_begins_with_what_needs_no_translator(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["language", "add", "cs"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("locale/cs/LC_MESSAGES/atlas.po: begun, ")
    assert said[1:] == [
        "1. add cs to `languages` in atlas.yaml and data/vocabulary.yaml: what lacks words in it is named",
        '2. translate the words of addresses first (msgctxt "address"): '
        "addresses stay when they are published",
        "3. translate the rest, in any order: what is missing is shown in English and marked as such",
        "4. add columns such as name_cs to the tables, and leave a name empty where it is the local one",
        "5. write texts in content/pages/cs/",
        "6. look for mistakes: atlas language add cs --check",
    ]
    with (home / "locale/cs/LC_MESSAGES/atlas.po").open("rb") as file:
        made = read_po(file, locale="cs")
    assert made.num_plurals == 3
    assert str(made.get("d MMMM", "day and month, CLDR pattern").string) == "d. MMMM"
    assert made.get("cities", "address").string == "cities"
    assert made.get("Networks").string == ""
    assert made.get("By").auto_comments == ["Label before who founded a network or wrote a charter."]
    assert main(["language", "add", "cs", "--check"]) == 0
    czech = Language("cs")
    assert czech.country("NZ") == "Nový Zéland"
    assert czech.date(parse_date("2024-09-25")) == "25. září 2024"


def test_a_catalogue_is_not_written_over(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["language", "add", "de"]) == 0
    capsys.readouterr()
    assert main(["language", "add", "de"]) == 2
    assert capsys.readouterr().err == (
        "atlas: locale/de/LC_MESSAGES/atlas.po: it is there already; look for mistakes with --check\n"
    )
    assert main(["language", "add", "xx"]) == 2
    assert capsys.readouterr().err == "atlas: xx: CLDR knows no such language\n"


def test_a_check_names_wrong_values_plural_forms_and_words_of_addresses(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    catalogue(
        home,
        "de",
        'msgid "Edition of %(date)s."\nmsgstr "Ausgabe vom %(Datum)s."\n\n'
        'msgctxt "address"\nmsgid "cities"\nmsgstr "Städte"\n\n'
        'msgid "Map"\nmsgstr ""\n',
    )
    assert main(["language", "add", "de", "--check"]) == 1
    path = "locale/de/LC_MESSAGES/atlas.po"
    assert capsys.readouterr().out.splitlines() == [
        f"{path}:4: 'Edition of %(date)s.': its translation names values that it does not have: %(Datum)s",
        f"{path}:8: 'cities': a word of an address has only a to z, 0 to 9 and hyphens, not 'Städte'",
        f"{path}:11: not translated: Map",
        f"{path}: 1 message to translate",
    ]
    with pytest.raises(UsageError, match="names values that it does not have"):
        Language("de")


def test_a_copy_of_another_language_is_found(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    polish = (ROOT / "plugins/atlas/locale/pl/LC_MESSAGES/atlas.po").read_text("utf-8")
    path = home / "locale/uk/LC_MESSAGES/atlas.po"
    path.parent.mkdir(parents=True)
    path.write_text(polish, "utf-8")
    assert main(["language", "add", "uk", "--check"]) == 1
    said = capsys.readouterr().out
    assert "messages are those of the language 'pl': is this a copy?" in said
    path.write_text('msgid ""\nmsgstr "Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n', "utf-8")
    assert main(["language", "add", "uk", "--check"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "locale/uk/LC_MESSAGES/atlas.po: the head of the file names 2 plural forms; the language has 3",
        "locale/uk/LC_MESSAGES/atlas.po: 0 messages to translate",
    ]


def test_a_form_for_millions_that_cldr_came_to_know_breaks_no_catalogue(home: Path) -> None:
    rule = "nplurals=3; plural=(n == 1 ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2);"
    path = home / "locale/es/LC_MESSAGES/atlas.po"
    path.parent.mkdir(parents=True)
    path.write_text(f'msgid ""\nmsgstr "Plural-Forms: {rule}\\n"\n\nmsgid "Map"\nmsgstr "Mapa"\n', "utf-8")
    assert Language("es").t("Map") == "Mapa"


def test_own_words_go_before_those_of_the_engine(home: Path) -> None:
    before = Language("pl").t("Charters"), Language("en").t("Charters")
    catalogue(home, "pl", 'msgid "Charters"\nmsgstr "Deklaracje"\n')
    catalogue(home, "en", 'msgid "Charters"\nmsgstr "Pledges"\n')
    assert before == ("Karty", "Charters")
    assert (Language("pl").t("Charters"), Language("en").t("Charters")) == ("Deklaracje", "Pledges")
    assert Language("pl").t("Networks") == "Sieci"


def test_what_a_language_has_no_words_for_is_marked(home: Path) -> None:
    catalogue(home, "de", 'msgid "Networks"\nmsgstr "Netze"\n\nmsgid "Region"\nmsgstr "Region"\n')
    catalogue(home, "en", 'msgid "Charters"\nmsgstr "Pledges"\n')
    german = Language("de")
    assert type(german.t("Networks")) is str
    assert type(german.t("Region")) is str  # the word is the same
    assert (german.t("Charters"), type(german.t("Charters"))) == ("Pledges", Untranslated)
    assert type(german.t("Edition of %(date)s.", date="x")) is Untranslated
    assert type(german.n("%(num)s city", "%(num)s cities", 2)) is Untranslated
    assert isinstance(german.translations, gettext.GNUTranslations)
    assert type(Language("en").t("Networks")) is str
