"""Names from right to left among words from left to right: each stands apart, no attribute holds a tag."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest

from atlas.languages.direction import apart, right_to_left
from atlas.languages.language import Language
from atlas.site.templates import Templates

GOOD = Path(__file__).parents[1] / "data/good"
THEME = Path(__file__).parents[2] / "theme/templates"
CITY, NETWORK, TITLE, PUBLISHER = "ירושלים", "شبكة المدن", "رسالة", "דפוס"
FIELD = r'<input [^>]*type="(?:text|search)"[^>]*|<textarea [^>]*'
BARE = frozenset(("title", "script", "style", "textarea", "option", "svg"))


def test_what_is_written_from_right_to_left_is_recognised() -> None:
    assert [right_to_left(text) for text in (CITY, NETWORK, f"City of {CITY}", "Łódź", "Αθήνα", "")] == [
        True, True, True, False, False, False,
    ]  # fmt: skip


def test_a_sentence_isolates_such_a_name() -> None:
    said = Language("en").t("Hosted a conference %(when)s.", when=CITY)
    assert said == f"Hosted a conference \u2068{CITY}\u2069."
    assert Language("en").t("Hosted a conference %(when)s.", when="in Łódź") == "Hosted a conference in Łódź."
    assert apart(3) == 3


def test_only_text_between_tags_is_wrapped(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(
        '<title>{{ n }}</title><a href="{{ n }}"{% if n %} title="{{ n }}"{% endif %}>{{ n }}</a>, {{ m }}'
        "{% macro cell(v) %}<td>{{ v }}</td>{% endmacro %}{{ cell(n) }}"
        "<svg><text>{{ n }}</text></svg>{% for v in [n] %}<p>{{ v }}{% endfor %}"
    )
    page = Templates(tmp_path).environment(Language("en"), "./").get_template("page.html")
    bdi = f"<bdi>{CITY}</bdi>"
    assert page.render(n=CITY, m="Łódź") == (
        f'<title>{CITY}</title><a href="{CITY}" title="{CITY}">{bdi}</a>, Łódź'
        f"<td>{bdi}</td><svg><text>{CITY}</text></svg><p>{bdi}"
    )
    assert "<bdi>&lt;b&gt;" in page.render(n=f"<b>{CITY}", m="")


class Reader(HTMLParser):
    """Collects the names that stand among other text, and the attributes that hold markup."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.loose: list[str] = []
        self.apart = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        self.loose += [f"{name}={value}" for name, value in attrs if value and "bdi>" in value]

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        for name in (CITY, NETWORK, TITLE, PUBLISHER):
            bare = re.sub("\u2068[^\u2069]*\u2069", "", data)
            if name in bare and "bdi" not in self.open and BARE.isdisjoint(self.open):
                self.loose.append(data.strip())
            elif name in data:
                self.apart += 1


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, small_builder: Callable[..., None]) -> Path:
    """A site with a city, a network and a source whose names are written from right to left."""
    folder = tmp_path_factory.mktemp("directions")
    data = folder / "data"
    shutil.copytree(GOOD, data)
    for file, old, new in (
        ("cities.csv", "gdansk,Gdańsk,Gdańsk,Gdańsk", f"gdansk,{CITY},{CITY},{CITY}"),
        ("networks/welcome.yaml", "pl: Sieć Gościnności", f"pl: {NETWORK} Sieć Gościnności"),
        ("networks/welcome.yaml", "en: Network of Welcome", f"en: {NETWORK} Network of Welcome"),
        ("sources.csv", "Text of the charter,Charter Office", f"{TITLE},{PUBLISHER}"),
    ):
        text = (data / file).read_text("utf-8")
        assert old in text
        (data / file).write_text(text.replace(old, new, 1), "utf-8")
    small_builder(data, folder / "site", ATLAS_SEARCH="0")
    return folder / "site"


def test_on_every_page_such_names_stand_apart(site: Path) -> None:
    loose, apart_of = {}, 0
    for path in sorted(site.rglob("*.html")):
        reader = Reader()
        reader.feed(path.read_text("utf-8"))
        apart_of += reader.apart
        if reader.loose:
            loose[path.relative_to(site).as_posix()] = reader.loose[:3]
    assert loose == {}
    assert apart_of > 100


def test_every_field_for_text_takes_the_direction_of_what_is_typed() -> None:
    fields = [
        (path.name, field)
        for path in sorted(THEME.glob("*.html"))
        for field in re.findall(FIELD, path.read_text("utf-8"))
    ]
    assert len(fields) > 5
    assert [one for one in fields if 'dir="auto"' not in one[1]] == []
