"""Every sentence about commitments, with what varies in it, in both languages: tests/golden/sentences.txt.

One person reads that file through. A sentence is changed by changing it and running this test with
``ATLAS_GOLDEN=write`` in the environment.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from tests.builders import ROOT, atlas, charter, city, commitment, language, lens, network, when

from atlas.languages import sentences as wording
from atlas.languages import summaries
from atlas.languages.naming import city_name, instrument_name
from atlas.languages.polish import decline, gender
from atlas.model.records import City, Instrument

GOLDEN = ROOT / "tests" / "golden" / "sentences.txt"

CITIES = (
    city("krakow", "Kraków"),
    city("warszawa", "Warszawa"),
    city("opole", "Opole"),
    city("katowice", "Katowice"),
    city("tokke", "Tokke", "NO"),
    city("lodz", "Łódź"),
)
ECCAR = network("eccar", "European Coalition of Cities against Racism", acronym="ECCAR")
INSTRUMENTS: tuple[Instrument, ...] = (
    ECCAR,
    network("eurocities", "Eurocities", names={"en": "Eurocities", "pl": "Eurocities"}),
    network(
        "commission",
        kind="commission",
        names={"en": "Commission on Human Rights", "pl": "Komisja Praw Człowieka"},
    ),
    network("fair", kind="programme", names={"en": "Fair Trade Towns", "pl": "Miasta Sprawiedliwe"}),
    network("union", names={"en": "Union of Polish Metropolises", "pl": "Unia Metropolii Polskich"}),
)
CHARTERS: tuple[Instrument, ...] = (
    charter("cemr", names={"en": "European Charter for Equality", "pl": "Europejska Karta Równości"}),
    charter("pact", kind="pact", names={"en": "Pact of Amsterdam", "pl": "Pakt Amsterdamski"}),
    charter("life", kind="declaration", names={"en": "Cities for Life", "pl": "Miasta dla życia"}),
    charter(
        "position", kind="declaration", names={"en": "Position on refugees", "pl": "Stanowisko o uchodźcach"}
    ),
    charter("letter", kind="declaration", names={"en": "Letter of European cities", "pl": "List miast"}),
)

JOINED: tuple[dict[str, Any], ...] = (
    {"since": "2024-09-25"},
    {"since": "2024-09-25", "decided": "2024-03-06"},
    {"since": "2022-09"},
    {"since": "2011", "decided": "2011-05-25"},
    {"since": "2015~"},
    {"since": "2015?"},
    {"since": "../2018"},
    {},
    {"sources": ("page", "other"), "decided": "2020"},
    {"since": "2024-09-25", "decided": "2024-09-25"},
    {"since": "1990-10-11", "roles": ("founding-city",)},
    {"status": "applicant", "since": "2024"},
    {"status": "applicant", "since": "../2024"},
    {"status": "applicant"},
    {"status": "observer", "since": "2024"},
    {"status": "observer", "since": "../2024"},
    {"status": "observer"},
    {"status": "suspended", "since": "2024"},
    {"status": "suspended", "since": "../2024"},
    {"status": "suspended"},
    {"status": "participant", "since": "2003"},
    {"status": "participant"},
    {"since": "2011", "until": "2019-06"},
    {"until": "2019"},
    {"since": "../2011", "until": "2019"},
    {"status": "former", "since": "2011"},
    {"status": "former", "since": "../2011"},
    {"status": "former"},
    {"status": "declined", "since": "2024-05-01"},
    {"status": "declined"},
    {"status": "none", "verified": "2026-11-20"},
    {"status": "none"},
)
SIGNED: tuple[dict[str, Any], ...] = (
    {"status": "signatory", "since": "2020-11-16"},
    {"status": "signatory", "since": "2020-11-16", "decided": "2020-10"},
    {"status": "signatory", "since": "2022"},
    {"status": "signatory", "since": "../2018"},
    {"status": "signatory"},
    {"status": "participant", "since": "2017-06-09"},
    {"status": "participant"},
    {"status": "signatory", "since": "2011", "until": "2019"},
    {"status": "former", "until": "2019"},
    {"status": "former", "since": "2011"},
    {"status": "former"},
    {"status": "declined", "since": "2017"},
    {"status": "declined"},
    {"status": "none", "verified": "2026-11"},
    {"status": "none"},
)

BEGAN = (
    *INSTRUMENTS,
    *CHARTERS,
    network("icc", "Intercultural Cities", kind="programme", acronym="ICC"),
    charter("theses", kind="declaration", names={"en": "15 Theses", "pl": "15 tez o Mieście"}),
    charter("emergency", kind="declaration", names={"en": "Climate emergency", "pl": "Alarm klimatyczny"}),
)


def specimens(code: str) -> Iterator[str]:
    """Yield each case with its sentence and its heading; cities and instruments take turns."""
    held = [
        *((INSTRUMENTS, fields) for fields in JOINED),
        *((CHARTERS, fields) for fields in SIGNED),
    ]
    for number, (instruments, fields) in enumerate(held):
        for turn in range(5):
            where, what = CITIES[(number + turn) % len(CITIES)], instruments[turn]
            yield from told(code, where, what, fields)
        yield ""
    yield from sums(code)


def told(code: str, where: City, what: Instrument, fields: dict[str, Any]) -> Iterator[str]:
    through = lens(atlas(where, what, commitment(what.id, where.id, **fields)), code)
    [only] = through.atlas.commitments
    yield f"  {wording.heading(through.told(only))}"
    yield f"    {through.statement(only)}"


def sums(code: str) -> Iterator[str]:
    lang = language(code)
    numbers = ((1, 0), (0, 1), (2, 0), (0, 2), (8, 4), (5, 5), (13, 22), (0, 0))
    dates = [[], ["2011"], ["1990-10-11", "2025-10-15"], ["2011", "2011-10"], ["../2005", "2020?"]]
    for turn, (networks, charters) in enumerate(numbers):
        for where in (CITIES[turn % len(CITIES)], CITIES[(turn + 3) % len(CITIES)]):
            named = city_name(lang, where.name, where.country)
            yield f"  {summaries.standing(lang, named, (networks, charters, {}))}"
    yield ""
    for turn, days in enumerate(dates):
        known = [date for day in days if (date := when(day))]
        where = CITIES[turn]
        yield f"  {summaries.lead(lang, city_name(lang, where.name, where.country), known, (3, 1, {}))}"
    yield ""
    for undated, disputed in ((1, 0), (2, 0), (0, 1), (0, 3), (2, 3), (5, 22)):
        yield f"  {summaries.doubts(lang, undated, disputed)}"
    over = (("ended", "former"), ("pending", "applicant"), ("declined", "none"), ("declined", "declined"))
    for number, some in ((1, over[:1]), (2, over[1:3]), (4, over), (5, over[:2]), (22, over[2:])):
        yield f"  {summaries.others(lang, [*some, *[some[0]] * (number - len(some))])}"
    yield ""
    day, month = when("2026-11-22"), when("2026-10")
    assert day is not None and month is not None
    for number, first in ((1, day), (2, day), (32, day), (32, month)):
        yield f"  {summaries.sources_read(lang, number, first, day)}"
    for verified, recorded in ((0, 1), (0, 12), (1, 1), (1, 12), (3, 12)):
        yield f"  {summaries.checked_again(lang, verified, recorded, day if verified else None)}"
    for number, where in zip((1, 2, 5, 13, 22), CITIES, strict=False):
        yield f"  {summaries.unchecked(lang, city_name(lang, where.name, where.country), number)}"
    yield ""
    several = ((2, 2, 5, 3, 1), (33, 30, 163, 25, 42), (22, 1, 2, 2, 5))
    for counted in ((1, 1, 1, 1, 0), *several, (5, 0, 0, 0, 0)):
        yield f"  {summaries.country_holds(lang, *counted)}"
    ends = [("Kraków joined ECCAR", "1990"), ("Łódź signed the Charter", "25 September 2024")]
    for some in (ends, ends[:1]):
        yield f"  {summaries.first_and_latest(lang, some)}"
    for what in BEGAN:
        yield f"  {wording.began(lang, lens(atlas(what), code).instrument_short(what), what, known[0])}"
    yield ""
    for people, country in (
        ([804_200, 1_000], 37_978_548),
        ([9_000, None], 40_000),
        ([1] + 5 * [None], None),
    ):
        yield f"  {summaries.people(lang, people, country)}"


def test_the_sentences_read_as_they_were_read_through() -> None:
    text = "".join(f"{code}\n\n" + "\n".join(specimens(code)) + "\n\n\n" for code in ("en", "pl"))
    if os.environ.get("ATLAS_GOLDEN") == "write":
        GOLDEN.write_text(text, "utf-8")
    assert GOLDEN.read_text("utf-8") == text


@pytest.mark.parametrize("code", ["en", "pl"])
def test_every_sentence_ends_in_one_full_stop_and_keeps_no_form_to_choose_from(code: str) -> None:
    for line in filter(None, specimens(code)):
        assert "{" not in line and "|" not in line and "  " not in line.strip()
        assert ".." not in line
        if line.startswith("    "):
            assert line.endswith(".")


@pytest.mark.parametrize(
    ("name", "country", "expected"),
    [
        ("Kraków", "PL", "m"),
        ("Łódź", "PL", "f"),
        ("Jelenia Góra", "PL", "f"),
        ("Nowy Dwór Gdański", "PL", "m"),
        ("Górowo Iławeckie", "PL", "n"),
        ("Gorzów Wielkopolski", "PL", "m"),
        ("Tarnowskie Góry", "PL", None),
        ("Zakopane", "PL", "n"),
        ("Tychy", "PL", "p"),
        ("Berlin", "DE", "m"),
        ("Praga", "CZ", "f"),
        ("Los Angeles", "US", None),
        ("Tokke", "NO", None),
        ("", "PL", None),
    ],
)
def test_a_gender_is_told_by_the_ending_or_not_at_all(name: str, country: str, expected: str | None) -> None:
    assert gender(name, country) == expected


@pytest.mark.parametrize(
    ("name", "genitive", "accusative"),
    [
        ("Europejska Karta Równości", "Europejskiej Karty Równości", "Europejską Kartę Równości"),
        ("Haska deklaracja burmistrzów", "Haskiej deklaracji burmistrzów", "Haską deklarację burmistrzów"),
        ("Pakt Amsterdamski", "Paktu Amsterdamskiego", "Pakt Amsterdamski"),
        ("Globalna Sieć Miast", "Globalnej Sieci Miast", "Globalną Sieć Miast"),
        ("Wspólne Stanowisko miast", "Wspólnego Stanowiska miast", "Wspólne Stanowisko miast"),
        ("Polskie Stowarzyszenie miast", "Polskiego Stowarzyszenia miast", "Polskie Stowarzyszenie miast"),
        ("Dwie Karty", None, None),
        ("Miasta i Karta", None, None),
        ("Eurocities", None, None),
    ],
)
def test_a_name_is_declined_where_its_noun_is_known(
    name: str, genitive: str | None, accusative: str | None
) -> None:
    assert (decline(name, "genitive"), decline(name, "accusative")) == (genitive, accusative)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Pact of Free Cities", "the Pact of Free Cities"),
        ("Diversity Charter (Poland)", "the Diversity Charter (Poland)"),
        ("The Hague Declaration", "The Hague Declaration"),
        ("Mayors for Peace", "Mayors for Peace"),
        ("ICORN", "ICORN"),
    ],
)
def test_an_english_name_has_its_article_where_its_noun_asks_for_one(name: str, expected: str) -> None:
    assert instrument_name(language("en"), name, "network", acronym=False).of == expected
