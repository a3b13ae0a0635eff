"""Where every kind of page lives, in every language."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.builders import language

from atlas.languages.addresses import Addresses
from atlas.languages.language import Language
from atlas.languages.words import Link

BOTH = Addresses((language("en"), language("pl")))

# kind, id: English, Polish (DESIGN section 5)
PLACES = {
    ("", ""): ("", "pl/"),
    ("map", ""): ("map/", "pl/mapa/"),
    ("cities", ""): ("cities/", "pl/miasta/"),
    ("cities", "krakow"): ("cities/krakow/", "pl/miasta/krakow/"),
    ("networks", ""): ("networks/", "pl/sieci/"),
    ("networks", "eccar"): ("networks/eccar/", "pl/sieci/eccar/"),
    ("charters", ""): ("charters/", "pl/karty/"),
    ("charters", "cemr-charter"): ("charters/cemr-charter/", "pl/karty/cemr-charter/"),
    ("actions", ""): ("actions/", "pl/dzialania/"),
    ("actions", "krm-congress-1"): ("actions/krm-congress-1/", "pl/dzialania/krm-congress-1/"),
    ("countries", ""): ("countries/", "pl/kraje/"),
    ("countries", "pl"): ("countries/pl/", "pl/kraje/pl/"),
    ("topics", ""): ("topics/", "pl/tematy/"),
    ("topics", "migration"): ("topics/migration/", "pl/tematy/migration/"),
    ("timeline", ""): ("timeline/", "pl/os-czasu/"),
    ("compare", ""): ("compare/", "pl/porownaj/"),
    ("compare", "pl"): ("compare/pl/", "pl/porownaj/pl/"),
    ("sources", ""): ("sources/", "pl/zrodla/"),
    ("sources", "page"): ("sources/page/", "pl/zrodla/page/"),
    ("data", ""): ("data/", "pl/dane/"),
    ("changes", ""): ("changes/", "pl/zmiany/"),
    ("search", ""): ("search/", "pl/szukaj/"),
    ("contribute", ""): ("contribute/", "pl/wspoltworz/"),
    ("data/editions", ""): ("data/editions/", "pl/dane/edycje/"),
    ("contribute/fields", ""): ("contribute/fields/", "pl/wspoltworz/pola/"),
    ("contribute/recheck", ""): ("contribute/recheck/", "pl/wspoltworz/sprawdz/"),
    ("contribute/suggest", ""): ("contribute/suggest/", "pl/wspoltworz/zglos/"),
    ("about", ""): ("about/", "pl/o-atlasie/"),
    ("method", ""): ("method/", "pl/metoda/"),
    ("embed/city", ""): ("embed/city/", "pl/embed/miasto/"),
}


@pytest.mark.parametrize(("kind", "id"), PLACES)
def test_every_kind_of_page_has_its_address(kind: str, id: str) -> None:
    assert (BOTH.path("en", kind, id), BOTH.path("pl", kind, id)) == PLACES[kind, id]


def test_no_two_sections_share_an_address() -> None:
    assert len({path for pair in PLACES.values() for path in pair}) == 2 * len(PLACES)


def test_the_id_of_a_record_is_never_translated() -> None:
    assert BOTH.path("pl", "topics", "cities") == "pl/tematy/cities/"


def test_a_fragment_follows_the_slash() -> None:
    assert BOTH.href("pl", "cities", "krakow", "eccar") == "pl/miasta/krakow/#eccar"


def test_a_copy_on_a_disk_links_to_files() -> None:
    disk = Addresses(BOTH.languages, "index.html")
    assert disk.href("en") == "index.html"
    assert disk.href("pl", "cities", "krakow", "eccar") == "pl/miasta/krakow/index.html#eccar"
    assert disk.path("pl", "cities", "krakow") == "pl/miasta/krakow/"


def test_a_page_is_offered_in_every_language_in_that_language() -> None:
    assert BOTH.alternates("charters", "echrc") == (
        Link(text="English", href="charters/echrc/", lang="en"),
        Link(text="Polski", href="pl/karty/echrc/", lang="pl"),
    )


def test_the_first_language_stands_at_the_root_whichever_it_is() -> None:
    turned = Addresses((language("pl"), language("en")))
    assert (turned.path("pl", "cities"), turned.path("en", "cities")) == ("miasta/", "en/cities/")


def test_a_third_language_brings_its_words_in_its_catalogue(tmp_path: Path) -> None:
    folder = tmp_path / "sv" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "atlas.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgctxt "address"\nmsgid "cities"\nmsgstr "stader"\n',
        "utf-8",
    )
    three = Addresses((*BOTH.languages, Language("sv", folder=tmp_path)))
    assert three.path("sv", "cities", "krakow") == "sv/stader/krakow/"
    # A word that has not been translated stays English rather than empty.
    assert three.path("sv", "networks", "eccar") == "sv/networks/eccar/"
    assert [link.href for link in three.alternates("cities")] == ["cities/", "pl/miasta/", "sv/stader/"]
