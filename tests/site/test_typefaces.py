"""The faces: what their parts hold, that the first is small and has all the atlas says, how they are cut."""

from __future__ import annotations

import base64
import io
import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont
from tests.builders import ROOT

from atlas.errors import EnvironmentFault
from atlas.site.assets import fonts as typefaces
from atlas.site.assets.font_subset import woff2

MODULES = ROOT / "node_modules"
HEAD = typefaces.FACES[2]
SOME = tuple(map(ord, "Kraków 1918 Łódź fi"))
CORE = typefaces.PARTS[typefaces.CORE]


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> tuple[typefaces.Part, ...]:
    return typefaces.parts(ROOT, tmp_path_factory.mktemp("cache"))


def opened(content: bytes) -> TTFont:
    return TTFont(io.BytesIO(content))


@cache
def headings() -> bytes:
    return woff2([(weight, MODULES / name) for weight, name in HEAD.masters], HEAD.between, SOME)


def test_what_every_page_needs_weighs_less_than_30_kb(parts: tuple[typefaces.Part, ...]) -> None:
    core = [part for part in parts if part.name == typefaces.CORE]
    assert [part.face.family for part in core] == [
        "Atkinson Hyperlegible",
        "Atkinson Hyperlegible",
        "Brygada 1918",
    ]
    assert [part.face.weight for part in core] == ["400", "700", "400 700"]
    assert sum(len(base64.b64decode(part.content)) for part in core) < 30_000


def test_the_core_has_every_letter_that_the_atlas_itself_says() -> None:
    said = set()
    for po in (ROOT / "plugins/atlas/locale").rglob("atlas.po"):
        with po.open("rb") as file:
            for message in read_po(file):
                texts = message.string if isinstance(message.string, (list, tuple)) else [message.string]
                said |= set("".join([*([message.id] if isinstance(message.id, str) else message.id), *texts]))
    for css in (ROOT / "theme/static/css").glob("*.css"):
        said |= set("".join(re.findall(r'content: "([^"]*)"', css.read_text("utf-8"))))
    assert len(said) > 90
    assert {character for character in said if character >= " " and ord(character) not in CORE} == set()


def test_a_letter_is_in_one_part_of_a_face(parts: tuple[typefaces.Part, ...]) -> None:
    for face in typefaces.FACES:
        codes = [code for part in parts if part.face == face for code in part.codes]
        assert len(codes) == len(set(codes)) > 500
    for part in parts:
        mine = set(opened(base64.b64decode(part.content)).getBestCmap())
        assert mine <= set(part.codes)
        if part.name == typefaces.CORE:
            assert mine == set(part.codes) == CORE
        if part.name == "middle":
            assert {*map(ord, "čěřšžőűğşăâțĀ")} - typefaces.PARTS["west"] <= mine


def test_the_same_fonts_give_the_same_bytes() -> None:
    again = woff2([(weight, MODULES / name) for weight, name in HEAD.masters], HEAD.between, reversed(SOME))
    assert again == headings()


def test_weights_of_the_joined_face_are_those_of_the_package() -> None:
    for weight, name in ((400, "400Regular"), (500, "500Medium"), (600, "600SemiBold"), (700, "700Bold")):
        source = TTFont(MODULES / typefaces.BRYGADA / name / f"Brygada1918_{name}.ttf")
        mine = instantiateVariableFont(opened(headings()), {"wght": weight})
        for code in SOME:
            ours, theirs = mine.getBestCmap()[code], source.getBestCmap()[code]
            assert abs(mine["hmtx"][ours][0] - source["hmtx"][theirs][0]) <= 1, (weight, chr(code))
            drawn = mine["glyf"][ours].getCoordinates(mine["glyf"])[0]
            meant = source["glyf"][theirs].getCoordinates(source["glyf"])[0]
            assert len(drawn) == len(meant)
            for (x, y), (u, v) in zip(drawn, meant, strict=True):
                assert abs(x - u) <= 2 and abs(y - v) <= 2, (weight, chr(code))


def test_a_cut_font_says_whose_it_is_and_keeps_kerning_but_no_hinting() -> None:
    font = opened(headings())
    assert "The Brygada 1918 Project Authors" in font["name"].getDebugName(0)
    assert font["name"].getDebugName(14) in ("http://scripts.sil.org/OFL", "https://scripts.sil.org/OFL")
    assert "kern" in {record.FeatureTag for record in font["GPOS"].table.FeatureList.FeatureRecord}
    assert not {"fpgm", "cvt "} & set(font.keys())


def test_the_core_stands_in_the_stylesheet_and_the_rest_is_fetched(
    tmp_path: Path, parts: tuple[typefaces.Part, ...]
) -> None:
    rules = typefaces.rules(parts)
    assert rules.count("@font-face {") == len(parts) == 12
    assert rules.count('src: url("data:font/woff2;base64,') == 3
    typefaces.write(tmp_path, parts)
    written = {f"../fonts/{path.name}" for path in (tmp_path / "theme/fonts").iterdir()}
    assert set(re.findall(r'url\("(\.\./[^"]+)"\)', rules)) == written
    assert len(written) == 9
    assert "  unicode-range: U+20-7E, U+A0, U+A9, U+B7," in rules


def test_what_is_kept_is_not_cut_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []

    def cut(face: typefaces.Face, modules: Path, codes: tuple[int, ...]) -> str:
        made.append(face.stem)
        return "AAAA"

    monkeypatch.setattr(typefaces, "_cut", cut)
    first = typefaces.parts(ROOT, tmp_path)
    assert len(made) == 12
    assert typefaces.parts(ROOT, tmp_path) == first
    assert len(made) == 12


def test_missing_packages_name_the_command(tmp_path: Path) -> None:
    with pytest.raises(
        EnvironmentFault, match=r"AtkinsonHyperlegible_400Regular\.ttf is missing: run `make node_modules`"
    ):
        typefaces.parts(tmp_path, tmp_path / "cache")
