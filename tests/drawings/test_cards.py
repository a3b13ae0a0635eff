"""Social cards: what they say, that nothing leaves them, and that none is drawn twice."""

from __future__ import annotations

import io
import itertools
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PIL import Image
from tests.builders import action, atlas, charter, city, commitment, lens, network

from atlas.drawings import png as raster
from atlas.drawings.maps.basemap import Basemap
from atlas.drawings.maps.static_map import Sheets
from atlas.drawings.png import Raster
from atlas.drawings.social_card import HEIGHT, WIDTH, card
from atlas.drawings.text_width import fit, width
from atlas.errors import EnvironmentFault
from atlas.views.parts import MapPoint
from atlas.views.shared.card import Card, CardFact, city_card, country_card, instrument_card

ROOT = Path(__file__).resolve().parents[2]
SVG = "{http://www.w3.org/2000/svg}"
PANEL = 592
"""Where the map begins."""

SMALL = atlas(
    city("krakow", "Kraków"),
    city("graz", "Graz", "AT"),
    network("eccar", "European Coalition of Cities against Racism", acronym="ECCAR", topics=("anti-racism",)),
    network("icorn", topics=("freedom-of-expression",)),
    charter("pact", "Pact of Free Cities"),
    commitment("eccar", "krakow", since="2011-10"),
    commitment("icorn", "krakow", since="1990~"),
    commitment("pact", "krakow", status="signatory"),
    commitment("eccar", "graz"),
    action("team", cities=("krakow",), date="2020"),
)


@pytest.fixture
def draw(tmp_path: Path) -> Raster:
    return Raster(ROOT, tmp_path / "cards")


@pytest.fixture(scope="module")
def sheet() -> Iterator[object]:
    places = [MapPoint(id="krakow", name="Kraków <b>", lon=19.9, lat=50.1)]
    yield Sheets(Basemap.load()).city(places[0], places, "PL", "Map")


def facts(view: Card) -> list[str]:
    return [f"{fact.value} {fact.label}" for fact in view.facts]


# What they say


def test_a_city_says_where_it_lies_and_what_it_holds() -> None:
    view = city_card(lens(SMALL), "krakow")
    assert (view.path, view.kicker, view.name) == ("cards/en/cities/krakow.png", "Poland", "Kraków")
    # The oldest date is only approximate, so no year is claimed.
    assert facts(view) == ["2 networks", "1 charter or declaration", "1 action of the city"]
    assert view.alt == "Kraków: 2 networks, 1 charter or declaration, 1 action of the city"


def test_cards_speak_polish() -> None:
    view = city_card(lens(SMALL, "pl"), "krakow")
    assert (view.path, view.kicker, view.site) == (
        "cards/pl/cities/krakow.png",
        "Polska",
        "Atlas zobowiązań miast",
    )
    assert facts(view) == ["2 sieci", "1 karta lub deklaracja", "1 działanie miasta"]


def test_few_networks_are_named_where_all_have_acronyms() -> None:
    assert facts(city_card(lens(SMALL), "graz")) == ["1 network: ECCAR", "1 source"]
    assert facts(city_card(lens(SMALL, "pl"), "graz")) == ["1 sieć: ECCAR", "1 źródło"]
    several = [network(name.lower(), acronym=name) for name in ("ECCAR", "ICORN", "ICC")]
    for held, said in ((2, "2 networks: ECCAR and ICORN"), (3, "3 networks")):
        joined = [commitment(one.id, "graz") for one in several[:held]]
        assert facts(city_card(lens(atlas(city("graz"), *several, *joined)), "graz"))[0] == said


def test_other_cards() -> None:
    through = lens(SMALL)
    instrument = instrument_card(through, "eccar")
    assert (instrument.path, instrument.name, instrument.full_name) == (
        "cards/en/networks/eccar.png",
        "ECCAR",
        "European Coalition of Cities against Racism",
    )
    assert facts(instrument) == ["2 recorded cities", "2 countries", "2011 the oldest dated commitment"]
    assert facts(country_card(through, "PL")) == [
        "1 recorded city",
        "3 commitments",
        "3 networks and charters",
    ]


def test_the_edition_alone_changes_no_card() -> None:
    now = lens(SMALL)
    later = replace(now, as_of=date(2027, 3, 1), edition="2027-03-01.0000000")
    assert city_card(now, "krakow") == city_card(later, "krakow")


# Lettering


@pytest.mark.parametrize(
    "name",
    [
        "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogoch" * 3,
        "Commission on Human Rights and Equal Treatment " * 12,
        "W" * 400,
        "Ł",
        "Αθήνα 臺北市",
        "<script>alert(1)</script> & \"'`{{7*7}}${x}",
    ],
)
def test_no_text_leaves_the_card_whatever_it_says(name: str, draw: Raster, sheet: object) -> None:
    view = Card(
        path="x.png",
        kicker=name,
        name=name,
        full_name=name,
        facts=tuple(CardFact(value="1,234,567", label=name) for _ in range(3)),
        site=name,
    )
    drawn = card(view, sheet, draw.fonts)  # type: ignore[arg-type]
    font = {"400": "text", "700": "bold", "600": "head"}
    for text in ET.fromstring(drawn).findall(f"{SVG}text"):
        size, x, y = (float(text.attrib[key]) for key in ("font-size", "x", "y"))
        assert text.text
        used = draw.fonts[font[text.get("font-weight", "400")]]
        assert x + width(text.text, used, size) <= PANEL, text.text
        assert size <= y <= HEIGHT
    assert "<script" not in drawn


def test_lines_of_a_card_do_not_lie_upon_each_other(draw: Raster) -> None:
    name = "Commission on Human Rights and Equal Treatment of the Association of Polish Cities"
    labels = tuple(CardFact(value="2004", label="the oldest dated commitment") for _ in range(3))
    view = Card(path="x", kicker="Network", name=name, full_name=name, facts=labels, site="Atlas")
    texts = ET.fromstring(card(view, None, draw.fonts)).findall(f"{SVG}text")
    left = [(float(t.attrib["y"]), float(t.attrib["font-size"])) for t in texts if t.attrib["x"] == "64"]
    for (above, _), (below, size) in itertools.pairwise(left):
        assert below - above >= size * 0.9


def test_text_is_set_as_large_as_it_fits(draw: Raster) -> None:
    font = draw.fonts["head"]
    assert fit("Kraków", font, room=500, sizes=(104, 40), height=200).size == 104
    small = fit("Civitella in Val di Chiana", font, room=500, sizes=(104, 60), height=200)
    assert (small.size, small.lines) == (60, ("Civitella in Val di", "Chiana"))
    cut = fit("a" * 200, font, room=300, sizes=(40,), height=50)
    assert len(cut.lines) == 1 and cut.lines[0].endswith("…")


# Pictures


def test_a_card_is_a_png_of_the_size_that_networks_ask_for(draw: Raster, sheet: object) -> None:
    png = draw.png(card(city_card(lens(SMALL), "krakow"), sheet, draw.fonts))  # type: ignore[arg-type]
    with Image.open(io.BytesIO(png)) as picture:
        assert (picture.format, picture.size) == ("PNG", (WIDTH, HEIGHT))
        colours = picture.convert("RGB").getcolors(WIDTH * HEIGHT)
    assert len(png) < 80_000
    shares = {colour: number for number, colour in colours or []}
    # Ink for the letters, the sea, and the ring around the city: something was drawn with the fonts.
    assert shares.get((255, 255, 255), 0) > 100_000 and len(shares) > 20


def test_a_card_has_letters(draw: Raster) -> None:
    view = city_card(lens(SMALL), "krakow")
    blank = Card(path="", kicker=" ", name=" ", facts=(), site=" ")
    assert draw.png(card(view, None, draw.fonts)) != draw.png(card(blank, None, draw.fonts))
    for use in draw.fonts:
        text = "Łódź, Ćmielów, İzmir"
        assert width(text, draw.fonts[use], 20) > 100


def test_the_same_card_is_the_same_bytes_and_is_drawn_once(
    draw: Raster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    svg = card(city_card(lens(SMALL), "krakow"), None, draw.fonts)
    first = draw.png(svg)
    assert Raster(ROOT, tmp_path / "other").png(svg) == first
    again = Raster(ROOT, tmp_path / "cards")
    monkeypatch.setattr(raster.resvg_py, "svg_to_bytes", lambda **_: pytest.fail("drawn again"))
    assert again.png(svg) == first


def test_another_card_is_drawn(draw: Raster, tmp_path: Path) -> None:
    through = lens(SMALL)
    assert draw.png(card(city_card(through, "krakow"), None, draw.fonts)) != draw.png(
        card(city_card(through, "graz"), None, draw.fonts)
    )
    assert len([path for path in (tmp_path / "cards").rglob("*") if path.is_file()]) == 2


def test_what_was_drawn_otherwise_is_drawn_again(
    draw: Raster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cache outlives many versions of the code: what is kept must be what would be drawn."""
    svg = card(city_card(lens(SMALL), "krakow"), None, draw.fonts)
    draw.png(svg)
    code = Path(raster.__file__)
    for name in ("png.py", "picture_file.py"):
        (tmp_path / name).write_text(code.with_name(name).read_text() + "# drawn otherwise\n")
    monkeypatch.setattr(raster, "__file__", str(tmp_path / "png.py"))
    monkeypatch.setattr(Raster, "_draw", lambda *_: b"anew")
    assert Raster(ROOT, tmp_path / "cards").png(svg) == b"anew"


def test_a_missing_font_is_said_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault, match=r"AtkinsonHyperlegible_400Regular\.ttf is missing: run `make"):
        Raster(tmp_path, tmp_path)
