"""The one stylesheet: the theme's files in order, then a colour for every topic."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.builders import ROOT, sample_atlas

from atlas.model.records import Code
from atlas.site.assets import stylesheets as stylesheet

CLIMATE = Code(id="climate", label={}, help={}, shape="drop", colour_light="#2f6a1c", colour_dark="#a5d68c")
PLAIN = Code(id="plain", label={}, help={}, shape="ring")


def test_a_topic_has_one_colour_on_light_paper_and_one_on_dark() -> None:
    assert stylesheet.topic_colours([CLIMATE, PLAIN]) == (
        "@layer topics {\n"
        "  .t-climate { --c: #2f6a1c; }\n"
        "  @media screen and (prefers-color-scheme: dark) {\n"
        "    .t-climate { --c: #a5d68c; }\n"
        "  }\n"
        "}\n"
    )


def test_the_files_of_the_theme_stand_in_the_order_of_their_layers(tmp_path: Path) -> None:
    css = tmp_path / "theme" / "static" / "css"
    css.mkdir(parents=True)
    for name in {*stylesheet.ORDER, *stylesheet.EMBEDS}:
        (css / f"{name}.css").write_text(f"\n/* why */\n.{name} {{\n  --at: 1;\n}}\n", "utf-8")
    stylesheet.write(tmp_path / "output", tmp_path / "theme", [CLIMATE], ".face {\n  --at: 1;\n}\n")
    written = (tmp_path / "output" / "theme" / "css" / "atlas.css").read_text("utf-8")
    assert re.findall(r"^\.(\w+) \{\n--at: 1;\n\}$", written, re.MULTILINE) == ["face", *stylesheet.ORDER]
    made = f"{stylesheet.topic_colours([CLIMATE])}\n{stylesheet.topic_filters([CLIMATE])}"
    assert written.endswith(re.sub(r"\n +", "\n", made))
    assert "/*" not in written


def test_the_dark_colours_of_embeds_are_all_in_a_file_of_their_own(tmp_path: Path) -> None:
    stylesheet.write(tmp_path, ROOT / "theme", [CLIMATE])
    light = (tmp_path / "theme/css/embeds.css").read_text("utf-8")
    dark = (tmp_path / "theme/css/embeds-dark.css").read_text("utf-8")
    assert "prefers-color-scheme" not in light + dark
    names = set(re.findall(r"(--[\w-]+): #", (ROOT / "theme/static/css/tokens.css").read_text("utf-8")))
    assert set(re.findall(r"(--[\w-]+): #", light)) >= names
    assert set(re.findall(r"(--[\w-]+): #", dark)) == (names - {"--mark", "--on-mark"}) | {"--c"}
    assert dark.startswith("@layer tokens {\n:root { color-scheme: dark; }\n")
    assert dark.endswith("@layer topics {\n.t-climate { --c: #a5d68c; }\n}\n")
    assert dark.count("{") == dark.count("}")


def test_every_file_of_the_theme_is_in_the_stylesheet() -> None:
    folder = ROOT / "theme" / "static" / "css"
    assert {path.stem for path in folder.glob("*.css")} == {
        *stylesheet.ORDER,
        "embed",
        "mapview",
        "search",
        "suggest",
    }


def test_every_topic_of_the_data_has_a_colour_in_both_lights() -> None:
    rules = stylesheet.topic_colours(sample_atlas().vocabulary.topics.values())
    for topic in sample_atlas().vocabulary.topics:
        assert len(re.findall(rf"\.t-{topic} {{ --c: #[0-9a-f]{{6}}; }}", rules)) == 2


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_colour_of_every_topic_is_seen_on_paper_and_on_the_sea_of_maps(scheme: str) -> None:
    ground = grounds(scheme)
    for topic in sample_atlas().vocabulary.topics.values():
        colour = topic.colour_light if scheme == "light" else topic.colour_dark
        assert colour is not None
        assert contrast(colour, ground["paper"]) >= 6, topic.id
        assert contrast(colour, ground["sea"]) >= 5, topic.id


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == contrast("#ffffff", "#000000") == 21
    assert round(contrast("#767676", "#ffffff"), 2) == 4.54


def grounds(scheme: str) -> dict[str, str]:
    """Return the colours that the theme names, in one scheme."""
    light, dark = (
        (ROOT / "theme/static/css/tokens.css").read_text("utf-8").split("prefers-color-scheme: dark")
    )
    return dict(re.findall(r"--([a-z]+): (#[0-9a-f]{6});", light if scheme == "light" else dark))


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG 2.2 defines it, from 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_every_topic_of_the_data_has_a_shape_that_the_theme_can_draw() -> None:
    drawn = set(
        re.findall(r'^  "([a-z-]+)": "M', (ROOT / "theme/templates/_glyph.html").read_text("utf-8"), re.M)
    )
    shapes = [topic.shape for topic in sample_atlas().vocabulary.topics.values()]
    assert set(shapes) <= drawn
    assert len(set(shapes)) == len(shapes)
