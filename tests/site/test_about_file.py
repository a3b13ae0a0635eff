"""``atlas.yaml``: what an atlas is called, what it is about and whose it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.builders import ROOT, atlas, lens

from atlas.errors import UsageError
from atlas.site.about_file import read_about
from atlas.views.about import About, Licence

SMALLEST = """
languages: [en, 'no']
name: {en: Tides, no: Tidevann}
tagline: {en: Which, no: Hvilke}
description: {en: Who, no: Hvem}
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "atlas.yaml"
    path.write_text(text, "utf-8")
    return path


def test_names_and_words_are_read_as_they_stand(tmp_path: Path) -> None:
    about = read_about(
        written(tmp_path, SMALLEST + "keywords: {en: [sea], no: [hav]}\nthemes: [ENVI]\nreviewers: [anna]\n")
    )
    assert about == About(
        languages=("en", "no"),
        name={"en": "Tides", "no": "Tidevann"},
        tagline={"en": "Which", "no": "Hvilke"},
        description={"en": "Who", "no": "Hvem"},
        keywords={"en": ("sea",), "no": ("hav",)},
        themes=("ENVI",),
        licence=Licence(),
        reviewers=("anna",),
    )


def test_everything_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        SMALLEST.replace(", no: Hvem", "") + "title: x\nlicence: {id: CC0-1.0}\nreviewers: ['x y']\n",
    )
    with pytest.raises(UsageError) as told:
        read_about(path)
    assert str(told.value).splitlines() == [
        "atlas.yaml: no such key 'title'; the keys are: languages, name, tagline, description, keywords, "
        "themes, publisher, email, code, licence, reviewers",
        "atlas.yaml: 'description' is missing in the language 'no'",
        "atlas.yaml: 'reviewers' must be a list of names on the code host, such as [anna, team/editors]",
        "atlas.yaml: 'licence' must have the keys id, name and url",
    ]


def test_whoever_publishes_is_the_atlas_itself_where_nobody_is_named() -> None:
    see = lens(atlas())
    assert see.about == read_about(ROOT / "atlas.yaml")
    assert see.publisher == see.name == "City Commitments Atlas"
