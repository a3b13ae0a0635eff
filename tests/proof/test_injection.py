"""Text of the data is only ever text, wherever it comes to light."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.broken_data import TODAY
from tests.proof.payloads import ATTRIBUTES, MARKUP, PAYLOADS, REFUSED, TEMPLATES
from tests.proof.poisoned import Poison, text_fields
from tests.proof.surfaces import ASKED, READERS, SURFACES, Found, Visitor, asking

from atlas.dataset.reading.load import load
from atlas.dataset.reading.text_file import decoded
from atlas.findings import Finding
from atlas.validate import validate

FEW = (*MARKUP[:3], ATTRIBUTES[2], TEMPLATES[0], TEMPLATES[5], "{{7*7}} {% raw %} |tag|", "=1+1")
"""For the bounded run: a payload of each kind."""
BOUNDED = ("search/", "contribute/suggest/?city=c0&instrument=i0")
"""What is opened in the bounded run."""
UNSEEN = {"vocabulary.topics.shape"}
"""Fields that no page shows; they are whole in the files."""

QUOTING = ("oembed.json",)
"""Files whose values are texts of other formats: HTML to embed."""

WHOLE = {
    "map/": {"city.name_en"},
    "search/": {"city.name_en", "source.title"},
    "pl/szukaj/": {"city.name_pl", "source.title"},
}
"""Fields of which every text must come to light where everything is opened."""

SHOWN = pytest.mark.promise(
    "Whatever is put into a field of the data stays text: nothing runs, nothing is fetched, nothing is lost, "
    "on any page, map, search, list, drawing, feed or file"
)


@dataclass
class Site:
    """A site whose every text is a payload."""

    folder: Path
    server: str
    payloads: tuple[str, ...]
    found: Found
    pages: list[str] = field(default_factory=list)

    def html(self, address: str) -> str:
        """Return the page at an address."""
        file = self.folder / address
        return (file if file.suffix else file / "index.html").read_text("utf-8")


@pytest.fixture(
    scope="module",
    params=[pytest.param(FEW, id="few"), pytest.param(PAYLOADS, id="all", marks=pytest.mark.proof)],
)
def site(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    small_builder: Callable[..., None],
    serving: Callable[..., AbstractContextManager[str]],
) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("poisoned")
    poison = Poison(request.param)
    for name, data in poison.files().items():
        (folder / "data" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "data" / name).write_bytes(data)
    dataset = load(folder / "data")
    found = [*dataset.findings, *validate(dataset, today=TODAY)]
    assert [str(one) for one in found if one.severity == "error"] == []
    small_builder(folder / "data", folder / "site")
    with serving(folder / "site") as server:
        made = Site(folder / "site", server, request.param, Found(poison.texts))
        for path in sorted(made.folder.rglob("*.html")):
            address = path.relative_to(made.folder).as_posix()
            made.pages.append(address.removesuffix("index.html"))
        yield made


@pytest.fixture
def visitor(browser: Browser, site: Site) -> Iterator[Visitor]:
    visiting = Visitor(browser, site.server)
    yield visiting
    visiting.close()


def test_there_are_payloads_for_every_text() -> None:
    poison = Poison(FEW)
    poison.files()
    assert set(poison.texts) == text_fields()
    assert len(PAYLOADS) == len(set(PAYLOADS)) >= 60
    everything = Poison(PAYLOADS)
    everything.files()
    assert len(Found(everything.texts).wanted) == sum(map(len, everything.texts.values()))


@pytest.mark.parametrize("text", REFUSED, ids=ascii)
def test_what_would_not_be_seen_is_refused(text: str) -> None:
    found: list[Finding] = []
    decoded(f"id,name\nlodz,{text}\n".encode(), "t", found)
    assert [one.code for one in found] == ["E-CONTROL"] * (2 if "\u2069" in text else 1)


@SHOWN
def test_pages_show_text_and_nothing_else(site: Site, visitor: Visitor, tried: Callable[[int], None]) -> None:
    found = site.found.again()
    for address in _chosen(site):
        found.look(address, visitor.go(address))
        html = site.html(address)
        if 'http-equiv="refresh"' in html:
            found.look(address, visitor.read(html))
    assert visitor.wrong == []
    assert found.altered == []
    tried(len(_chosen(site)))
    if site.payloads is PAYLOADS:
        lost = found.lost()
        assert {name: texts for name, texts in lost.items() if name not in UNSEEN} == {}


def _chosen(site: Site) -> list[str]:
    """Return every page, or in the bounded run one of each kind and language."""
    if site.payloads is PAYLOADS:
        return site.pages
    kinds: dict[str, list[str]] = {}
    for address in site.pages:
        kinds.setdefault(address.rstrip("/").rpartition("/")[0], []).append(address)
    return sorted({address for pages in kinds.values() for address in (pages[0], pages[-1])})


@SHOWN
@pytest.mark.parametrize(
    "address",
    [pytest.param(one, marks=() if one in BOUNDED else pytest.mark.proof) for one in SURFACES],
)
def test_what_opens_moves_or_answers_shows_text(site: Site, visitor: Visitor, address: str) -> None:
    found = site.found.again()
    visitor.go(address)
    for text in SURFACES[address](visitor, site.payloads[0]):
        found.look(address, text)
    assert visitor.wrong == []
    assert found.altered == []
    assert found.seen
    assert {name: lost for name, lost in found.lost().items() if name in WHOLE.get(address, ())} == {}


@SHOWN
def test_an_address_full_of_payloads_is_only_an_address(
    site: Site, visitor: Visitor, tried: Callable[[int], None]
) -> None:
    payloads = site.payloads if site.payloads is PAYLOADS else site.payloads[:2]
    for payload in payloads:
        for address in ASKED:
            visitor.go(address + asking(payload))
    assert visitor.wrong == []
    tried(len(payloads) * len(ASKED))


@SHOWN
def test_files_hold_the_exact_text(site: Site, tried: Callable[[int], None]) -> None:
    found = site.found.again()
    wrong, read = [], 0
    for path in sorted(site.folder.rglob("*")):
        if not path.is_file() or path.suffix == ".html":
            continue
        name, read = path.relative_to(site.folder).as_posix(), read + 1
        if path.name.startswith("."):
            continue
        try:
            for text in READERS[path.suffix](path):
                found.look(name, text, notation=path.name in QUOTING)
        except Exception as error:
            wrong.append(f"{name}: {type(error).__name__}: {error}")
    assert wrong == []
    assert found.altered == []
    assert found.lost() == {}
    tried(read)
