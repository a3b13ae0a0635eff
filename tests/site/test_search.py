"""What the search can find, what Pagefind is given of it, and that two indexes of the same are the same."""

from __future__ import annotations

import collections
import json
import re
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from tests.builders import ROOT, atlas, city, commitment, lens, network, sample_atlas, source

from atlas.errors import EnvironmentFault, InternalError
from atlas.languages.words import Link, Words
from atlas.site.search import index_format
from atlas.site.search import pagefind as search
from atlas.site.search import sources as searchable
from atlas.views.lens import Lens
from atlas.views.pages.search import search_page
from atlas.views.pages.search_entries import KINDS, STATES, SearchEntry, search_entries
from atlas.views.sections import site_links


def small(code: str = "en") -> Lens:
    """Return a lens over a city with a former id in one network."""
    names = {"en": "Lodz (old)", "pl": "Łódź"}
    return lens(
        atlas(
            city("lodz", "Łódź", names=names, former_ids=("old-town",)),
            network("n", "Network of Cities", acronym="NOC", topics=("migration",)),
            commitment("n", "lodz", since="2011-10", until="2015", note={"en": "A note"}),
        ),
        code,
    )


def by_kind(found: Sequence[SearchEntry], kind: str) -> list[SearchEntry]:
    return [find for find in found if find.kind == kind]


# Entries


def test_every_claim_is_an_entry_of_its_own_that_leads_to_it() -> None:
    atlas = sample_atlas()
    found = list(search_entries(lens(atlas)))
    claims = by_kind(found, "claim")
    assert [find.href for find in claims] == [
        f"cities/{city}/#{c.anchor}" for city in atlas.cities for c in atlas.commitments_of_city.get(city, ())
    ]
    for kind, number in (
        ("city", len(atlas.cities)),
        ("action", len(atlas.actions)),
        ("source", len(atlas.sources)),
        ("country", len(atlas.cities_of_country)),
        ("topic", len(atlas.vocabulary.topics)),
    ):
        assert len(by_kind(found, kind)) == number, kind
    assert {find.kind for find in found} <= set(KINDS)


def test_a_claim_says_what_it_is_and_is_found_by_every_name() -> None:
    [claim] = by_kind(list(search_entries(small())), "claim")
    assert claim.title == Words(text="Lodz (old): NOC")
    assert (
        " ".join(part.text for part in claim.text)
        == "Lodz (old) belonged to NOC from October 2011 until 2015. A note."
    )
    assert {"Łódź", "Lodz (old)", "old town", "NOC", "Network of Cities", "Sieć n"} <= set(claim.also)
    assert (claim.countries, claim.topics, claim.state) == (("PL",), ("migration",), "ended")


def test_a_city_and_its_claims_are_found_by_the_names_it_had() -> None:
    found = list(
        search_entries(
            lens(
                atlas(
                    city("wroclaw", "Wrocław", former_names=("de:Breslau",)),
                    network("n", "Network of Cities"),
                    commitment("n", "wroclaw"),
                )
            )
        )
    )
    [place], [claim] = by_kind(found, "city"), by_kind(found, "claim")
    assert "Breslau" in place.names
    assert "Breslau" in claim.also


def test_the_note_on_a_source_is_shown_to_those_who_read_its_language_and_finds_it_for_all() -> None:
    of = atlas(source("zlist", "List", note={"en": "About sixty members."}))
    english, polish = (by_kind(list(search_entries(lens(of, code))), "source")[-1] for code in ("en", "pl"))
    shown = [" ".join(part.text for part in one.text) for one in (english, polish)]
    assert ["sixty" in text for text in shown] == [True, False]
    assert polish.also == ("About sixty members.",)


def test_addresses_are_in_the_language_of_the_lens() -> None:
    assert {find.href.partition("/")[0] for find in search_entries(small("pl"))} == {"pl"}


def test_texts_are_found_part_by_part_and_no_address_twice() -> None:
    html = '<p>Before <b>all</b>.</p><h2 id="dates">Three <em>dates</em></h2><p>One</p><p>two.</p><h3 id="s">'
    texts = [(Link(text="Method", href="method/"), html)]
    found = searchable.entries(
        small(), texts, [Link(text="Method", href="method/"), Link(text="Map", href="map/")]
    )
    pages = [
        (find.href, find.title.text, [part.text for part in find.text]) for find in by_kind(found, "page")
    ]
    assert pages == [
        ("method/", "Method", ["Before all."]),
        ("method/#dates", "Method: Three dates", ["One two."]),
        ("map/", "Map", []),
    ]
    hrefs = [
        find.href for find in searchable.entries(lens(sample_atlas()), (), site_links(lens(sample_atlas())))
    ]
    assert len(hrefs) == len(set(hrefs))


# What Pagefind is given


def test_words_with_letters_that_are_more_than_marked_stand_there_plainly_as_well() -> None:
    find = SearchEntry(kind="city", href="x/", title=Words(text="Łódź"), names=("Großenhain", "Kraków"))
    names = re.search(r'data-v="([^"]*)"></i>\n</body>', search.document("pl", find))
    assert names
    assert names[1].split() == ["Großenhain", "Kraków", "Lodz", "Grossenhain"]


def test_text_of_the_data_is_text_for_pagefind_too() -> None:
    attack = '"><img src=x onerror=alert(1)>'
    html = search.document(
        "en", SearchEntry(kind="city", href="x/", title=Words(text=attack), names=(attack,), status=attack)
    )
    assert "<img" not in html
    assert html.count("&quot;&gt;&lt;img src=x onerror=alert(1)&gt;") == 4


def test_what_is_shown_is_counted_in_words() -> None:
    find = SearchEntry(
        kind="claim",
        href="x/",
        title=Words(text="Łódź:  NOC"),
        text=(Words(text="Member since 2011."), Words(text="And a note.")),
        also=("Poland",),
    )
    assert search._meta(find) == {"href": "x/", "kind": "claim", "shown": "2 3 6", "title": "Łódź: NOC"}


# The index


def made(cache: Path, found: dict[str, list[SearchEntry]]) -> dict[str, bytes]:
    """Make an index, and return its files."""
    return {name.removeprefix("pagefind/"): content for name, content in search.files(found, cache)}


@pytest.fixture(scope="module")
def everything() -> dict[str, list[SearchEntry]]:
    """What can be found in the whole atlas: enough for Pagefind to use all its threads."""
    return {code: searchable.entries(lens(sample_atlas(), code), (), ()) for code in ("en", "pl")}


@pytest.fixture(scope="module")
def built(
    everything: dict[str, list[SearchEntry]], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, dict[str, bytes]]:
    """The cache of an index of the whole atlas, and the files of the index."""
    cache = tmp_path_factory.mktemp("search")
    return cache, made(cache, everything)


def test_the_same_entries_give_the_same_bytes(
    tmp_path: Path, everything: dict[str, list[SearchEntry]], built: tuple[Path, dict[str, bytes]]
) -> None:
    _, first = built
    # What hangs on chance comes out the same in one of two runs often enough.
    for number in "12":
        again = made(tmp_path / number, everything)
        assert sorted(again) == sorted(first)
        assert [name for name in first if again[name] != first[name]] == []
    assert [name for name in first if name.startswith(("pagefind-ui", "pagefind-component", "filter/"))] == []
    for code, found in everything.items():
        facets = json.loads(first[f"facets.{code}.json"])
        results = [json.loads(first[name]) for name in first if name.startswith(f"results.{code}.")]
        assert sorted(int(id) for together in results for id in together) == list(range(len(facets["of"])))
        assert len(facets["of"]) == len(found)
        assert len(results) == -(-len(found) // search.TOGETHER)
    assert [name for name in first if name.startswith("fragment")] == []


def test_facets_are_those_of_the_entry_with_the_id(tmp_path: Path) -> None:
    files = made(tmp_path, {"en": list(search_entries(small()))})
    facets = json.loads(files["facets.en.json"])
    claim = subject = network = None
    records = collections.defaultdict(set)
    for id, (kind, countries, topics, state, record, about, file) in enumerate(facets["of"]):
        meta = json.loads(files[f"results.en.{file}.json"])[str(id)]["meta"]
        assert meta["kind"] == facets["k"][kind]
        records[meta["href"].partition("#")[0]].add(record)
        if meta["kind"] == "network":
            network = record
        if meta["kind"] == "claim":
            assert about is not None
            subject = about
            claim = (
                [facets["c"][n] for n in countries],
                [facets["t"][n] for n in topics],
                facets["s"][state],
            )
    assert claim == (["pl"], ["migration"], "ended")
    assert (facets["k"], facets["s"]) == (list(KINDS), list(STATES))
    assert subject == network
    assert all(len(numbers) == 1 for numbers in records.values())
    assert len(set.union(*records.values())) == len(records)
    [record] = records["cities/lodz/"]
    assert [record, "city", ["Lodz (old)", "Łódź", "old town"]] in json.loads(files["names.en.json"])


def words_of(files: Mapping[str, bytes], lang: str) -> index_format.Part:
    """Return the numbers of words of the entries of an index, and all its words with their places."""
    asked = json.loads(files["pagefind-entry.json"])["languages"][lang]["hash"]
    _, pages, chunks, *_ = index_format._Reader(files[f"pagefind.{asked}.pf_meta"]).value()
    assert [id for id, _ in pages] == [str(number) for number in range(len(pages))]
    read = [index_format._Reader(files[f"index/{hash}.pf_index"]) for *_, hash in chunks]
    words = [word for one in read for word in one.words(len(pages)) if word[2][0]]
    assert [word for word, *_ in words] == sorted(word for word, *_ in words)
    return [count for _, count in pages], sorted(words)


@pytest.mark.parametrize("lang", ["en", "pl"])
def test_the_joined_index_holds_what_pagefind_makes_of_all_entries_at_once(
    everything: dict[str, list[SearchEntry]], built: tuple[Path, dict[str, bytes]], lang: str
) -> None:
    found = everything[lang]
    whole = search._run([search.document(lang, find) for find in (*found, search._WHOLE)])
    counts, words = index_format.read_part(whole)
    assert words_of(built[1], lang) == (counts, sorted(words))


def test_chunks_are_told_apart_by_the_letters_they_begin_and_end_with() -> None:
    """A search reads the file between whose first and last letters a word lies, as Pagefind cuts them."""
    long = "80" * 40_000
    words = [
        (word, "", (1, 0, 0, told)) for word, told in (("apple", long), ("apricot", long), ("peach", "8080"))
    ]
    hash, files = index_format.index_files("en", "1", [([3], words)])
    meta = index_format._Reader(files[f"pagefind.{hash}.pf_meta"]).value()
    assert [chunk[:2] for chunk in meta[2]] == [["apple", "app"], ["apr", "a"], ["p", "peach"]]
    assert [chunk[2] for chunk in meta[2]] == [name[6:-9] for name in files if name.startswith("index/")]


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[Sequence[str]]:
    """The documents of each run of Pagefind."""
    asked: list[Sequence[str]] = []
    run = search._run

    def counted(documents: Sequence[str]) -> dict[str, bytes]:
        asked.append(documents)
        return run(documents)

    monkeypatch.setattr(search, "_run", counted)
    return asked


def test_after_a_row_only_the_part_that_differs_is_read_and_the_files_are_those_of_a_first_build(
    tmp_path: Path,
    everything: dict[str, list[SearchEntry]],
    built: tuple[Path, dict[str, bytes]],
    runs: list[Sequence[str]],
) -> None:
    cache = tmp_path / "cache"
    shutil.copytree(built[0], cache)
    kept = sorted(cache.rglob("*"))
    found = {code: list(its) for code, its in everything.items()}
    page = SearchEntry(kind="page", href="pl/x/", title=Words(text="Nowa strona"))
    found["pl"].insert(3, page)
    again = made(cache, found)
    [documents] = runs
    assert search.document("pl", page) in documents
    assert len(documents) < len(found["pl"]) / 2
    assert made(tmp_path / "another", found) == again
    assert made(cache, everything) == built[1]
    assert sorted(cache.rglob("*")) == kept, "a part is kept in the place of the one before"


def test_what_was_kept_and_is_damaged_is_read_again(tmp_path: Path, runs: list[Sequence[str]]) -> None:
    found = {"en": list(search_entries(small()))}
    first = made(tmp_path, found)
    number = len(runs)
    for file in tmp_path.glob("*/*"):
        file.write_bytes(file.read_bytes()[:-10])
    assert made(tmp_path, found) == first
    assert len(runs) == 2 * number
    assert made(tmp_path, found) == first
    assert len(runs) == 2 * number


def test_another_facet_makes_another_index(tmp_path: Path) -> None:
    """Pagefind never sees countries and topics, so its documents alone do not tell."""
    find = SearchEntry(kind="page", href="x/", title=Words(text="x"), countries=("PL",))
    made(tmp_path, {"en": [find]})
    other = SearchEntry(kind="page", href="x/", title=Words(text="x"), countries=("DE",))
    assert json.loads(made(tmp_path, {"en": [other]})["facets.en.json"])["c"] == ["de"]


def test_another_state_makes_another_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Entries name states by their numbers, which Pagefind never sees either."""
    found = {"en": list(search_entries(small()))}
    made(tmp_path, found)
    monkeypatch.setattr(search, "STATES", ("new", *STATES))
    again = json.loads(made(tmp_path, found)["facets.en.json"])
    assert again["s"] == ["new", *STATES]


def test_without_pagefind_the_build_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "get_executable", lambda: None)
    with pytest.raises(EnvironmentFault) as raised:
        made(tmp_path / "cache", {"en": list(search_entries(small()))})
    assert str(raised.value) == (
        "Pagefind is not installed: run `make install`, or build with ATLAS_SEARCH=0"
    )


def test_a_run_that_fails_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "get_executable", lambda: Path("/bin/false"))
    with pytest.raises(InternalError, match="Pagefind made no index"):
        made(tmp_path / "cache", {"en": list(search_entries(small()))})
    assert not (tmp_path / "cache").exists()


# The page


@pytest.mark.parametrize("code", ["en", "pl"])
def test_the_page_offers_only_what_can_be_found(code: str) -> None:
    through = lens(sample_atlas(), code)
    page = search_page(through)
    kinds, countries, topics, states = (
        {choice.id for choice in some} for some in (page.kinds, page.countries, page.topics, page.states)
    )
    found = list(search_entries(through))
    assert kinds == set(KINDS)
    assert countries == {code.lower() for find in found for code in find.countries}
    assert topics >= {topic for find in found for topic in find.topics}
    assert states == set(STATES)
    assert page.indexes[0].href == through.href("cities")
    assert json.loads(page.words)["code"] == code


def test_the_script_knows_every_kind() -> None:
    """A kind that the script does not rank would be found and never shown in its place."""
    script = (ROOT / "theme/static/js/search/search.js").read_text("utf-8")
    ranked = re.search(r"const RANK = \{([^}]*)\}", script)
    assert ranked
    assert set(re.findall(r"(\w+):", ranked[1])) == set(KINDS)
