"""All views of the excerpt of the data together: nothing lost, every link leads somewhere, both ways."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from typing import Any

import pytest
from tests.builders import (
    atlas,
    every_page,
    language,
    lens,
    parts,
    sample_atlas,
    sample_lens,
    sample_page_list,
    sample_pages,
    strings,
    walk,
)

from atlas.languages.addresses import Addresses
from atlas.languages.words import Link
from atlas.site.content import SECTIONS, Texts
from atlas.views.pages.site_layout import site_layout
from atlas.views.parts import (
    ActionEntry,
    Claim,
    Difference,
    DifferingValue,
    Group,
    MapPoint,
    SourceRef,
    Tally,
)

LANGUAGES = ("en", "pl")
FURTHER = re.compile(r"/(pages|strony)/\d+/$")
"""Where a long list continues."""
NOTHING = atlas()
ADDRESSES = Addresses((language("en"), language("pl")))


def path(lang: str, kind: str, id: str = "") -> str:
    return ADDRESSES.path(lang, kind, id)


def page(lang: str, kind: str, id: str = "") -> Any:
    return sample_pages(lang)[path(lang, kind, id)]


def instrument(lang: str, id: str) -> Any:
    return page(lang, sample_atlas().instruments[id].family + "s", id)


@cache
def hrefs(lang: str, at: str) -> frozenset[str]:
    """Return every address within the site that a page holds, those of its twins aside."""
    view = sample_pages(lang)[at]
    found = {link.href for link in view.frame.crumbs}
    for field in fields(view):
        if field.name != "frame":
            found.update(
                part.href
                for part in walk(getattr(view, field.name))
                if getattr(part, "href", None) is not None
            )
    return frozenset(found)


@cache
def anchors(lang: str, at: str) -> frozenset[str]:
    """Return the fragments that exist on a page."""
    view = sample_pages(lang)[at]
    named = [part.anchor for part in walk(view) if hasattr(part, "anchor")]
    if view.frame.kind == "actions":
        named += [entry.id for entry in parts(view, ActionEntry)]
    if view.frame.kind == "fields":
        named += [record.id for record in view.records]
    return frozenset(named)


# Which pages there are


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_record_has_its_page(lang: str) -> None:
    data = sample_atlas()
    expected = {
        path(lang, kind)
        for kind in (
            "",
            "cities",
            "networks",
            "charters",
            "actions",
            "countries",
            "topics",
            "sources",
            "data",
        )
    }
    expected |= {path(lang, "cities", id) for id in data.cities}
    expected |= {path(lang, one.family + "s", id) for id, one in data.instruments.items()}
    expected |= {path(lang, "actions", id) for id in data.actions}
    expected |= {path(lang, "sources", id) for id in data.sources}
    expected |= {path(lang, "topics", id) for id in data.vocabulary.topics}
    expected |= {path(lang, "countries", code.lower()) for code in data.cities_of_country}
    records = tuple(
        path(lang, kind) for kind in ("cities", "networks", "charters", "actions", "sources", "topics")
    )
    assert expected <= set(sample_pages(lang))
    assert {at for at in sample_pages(lang) if at.startswith(records) and not FURTHER.search(at)} <= expected


def test_no_page_is_written_twice() -> None:
    names = [page.name for lang in LANGUAGES for page in sample_page_list(lang)]
    assert [name for name, number in Counter(names).items() if number > 1] == []
    assert all(name.endswith("index.html") for name in names)


def test_every_page_has_its_twin() -> None:
    every = sample_pages("pl")
    assert len(sample_pages("en")) == len(every)
    for english in sample_pages("en").values():
        if FURTHER.search(english.frame.path):  # in another order, a page of the same number has other rows
            continue
        polish = every[english.frame.alternates[-1].href]
        assert english.frame.alternates == polish.frame.alternates
        assert [link.href for link in english.frame.alternates] == [english.frame.path, polish.frame.path]
        assert english.frame.kind == polish.frame.kind


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_has_a_title_and_a_description_of_its_own(lang: str) -> None:
    frames = [view.frame for view in sample_pages(lang).values()]
    assert [frame.path for frame in frames if not frame.title and frame.kind != "home"] == []
    assert [frame.path for frame in frames if not frame.description.strip()] == []
    assert [frame.path for frame in frames if re.search(r"(?<!\.)\.\.(?!\.)|%\(|  ", frame.description)] == []


# Links


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_link_leads_to_a_page_and_every_fragment_to_an_anchor(lang: str) -> None:
    wrong = []
    for at in sample_pages(lang):
        for href in hrefs(lang, at):
            address, _, fragment = href.partition("#")
            to = at if href.startswith("#") else address.partition("?")[0]
            if to and not to.endswith("/"):
                continue  # a file of the dataset or for a program, which the test of the site looks for
            if to not in sample_pages(lang):
                wrong.append(f"{at} -> {href}: no such page")
            elif fragment and fragment not in anchors(lang, to):
                wrong.append(f"{at} -> {href}: no such anchor")
    assert wrong == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_stands_around_a_page_leads_to_pages(lang: str) -> None:
    view = page(lang, "cities", "krakow")
    around = site_layout(sample_lens(lang), view.frame, frozenset())
    links = [around.home.href, *(i.href for i in around.nav), *(link.href for link in around.footer)]
    assert [href for href in links if href not in sample_pages(lang)] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_anchor_stands_twice_on_a_page(lang: str) -> None:
    wrong = []
    for at, view in sample_pages(lang).items():
        counted = Counter(part.anchor for part in walk(view) if getattr(part, "anchor", ""))
        wrong += [f"{at}#{anchor}" for anchor, number in counted.items() if number > 1]
    assert wrong == []


@dataclass
class Text:
    """A page of ``content/`` as Pelican hands it over."""

    section: str
    lang: str
    title: str = "Title"
    content: str = "<p>Words.</p>"
    source_path: str = "content/pages/text.md"

    @property
    def metadata(self) -> dict[str, str]:
        return {}


def test_a_text_in_one_language_has_no_twin_in_the_other() -> None:
    texts = Texts([Text("about", "en"), Text("about", "pl"), Text("method", "en")], NOTHING)
    written = {
        page.view.frame.path: page.view.frame
        for lang in LANGUAGES
        for page in every_page(lens(NOTHING, lang), texts)
        if page.view.frame.kind == "prose"
    }
    assert set(written) == {"about/", "pl/o-atlasie/", "method/"}
    wrong = [
        f"{at} -> {link.href}"
        for at, f in written.items()
        for link in f.alternates
        if link.href not in written
    ]
    assert wrong == []


def test_texts_have_pages_at_their_addresses() -> None:
    texts = Texts([Text(section, lang) for section in SECTIONS for lang in LANGUAGES], NOTHING)
    for lang in LANGUAGES:
        paths = {page.view.frame.path for page in every_page(lens(NOTHING, lang), texts)}
        assert {path(lang, section) for section in SECTIONS} <= paths


# Nothing is lost


@cache
def claims(lang: str, at: str) -> list[Claim]:
    """Return the claims of a page."""
    return parts(sample_pages(lang)[at], Claim)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_commitment_stands_on_its_citys_page_and_on_its_instruments(lang: str) -> None:
    data = sample_atlas()
    for one in data.commitments:
        there = path(lang, data.instruments[one.instrument].family + "s", one.instrument)
        [on_city] = [c for c in claims(lang, path(lang, "cities", one.city)) if c.anchor == one.anchor]
        [on_instrument] = [c for c in claims(lang, there) if c.href == on_city.href]
        for claim in (on_city, on_instrument):
            assert claim.when.unknown == (one.since is None if claim.state != "ended" else one.until is None)
            assert [ref.href for ref in claim.sources] == [path(lang, "sources", id) for id in one.sources]
            assert claim.act == one.act
            assert len(claim.roles) == len(one.roles)
            assert bool(claim.note) == bool(one.note)
        assert on_city.subject.href == there
        assert on_instrument.subject.href == path(lang, "cities", one.city)


def test_all_commitments_are_shown() -> None:
    for lang in LANGUAGES:
        views = [view for view in sample_pages(lang).values() if view.frame.kind == "city"]
        assert sum(len(parts(view, Claim)) for view in views) == 291
        # Only claims that sources name stand in the atlas.
        assert all(claim.sources for view in views for claim in parts(view, Claim))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_action_stands_with_its_cities_its_instrument_its_topics_and_alone(lang: str) -> None:
    for id, one in sample_atlas().actions.items():
        view = page(lang, "actions", id)
        [entry] = [e for e in parts(view.action, ActionEntry) if e.id == id]
        assert len(entry.items) == len(one.items)
        assert [ref.href for ref in entry.sources] == [path(lang, "sources", s) for s in one.sources]
        assert bool(entry.summary) == bool(one.summary) and bool(entry.note) == bool(one.note)
        assert bool(entry.status) == bool(one.status)
        assert entry.when.unknown == (one.date is None)
        places = [page(lang, "cities", city) for city in one.cities]
        places += [instrument(lang, one.instrument)] if one.instrument else []
        places += [page(lang, "topics", topic) for topic in one.topics]
        for place in places:
            assert id in {e.id for e in parts(place, ActionEntry)}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_contradiction_is_shown_with_all_its_values_the_preferred_first(lang: str) -> None:
    data = sample_atlas()
    shown = 0
    for record, values in data.contradictions.items():
        kind, _, id = record.partition("/")
        if kind == "commitments":
            name, _, city = id.partition(":")
            [claim] = [
                c
                for c in parts(page(lang, "cities", city), Claim)
                if c.anchor.startswith(name + "-") or c.anchor == name
            ]
            differences = claim.differences
        elif kind == "actions":
            differences = page(lang, "actions", id).action.differences
        else:
            differences = instrument(lang, id).differences
        found = parts(differences, DifferingValue)
        assert len(found) >= len(values)
        for difference in parts(differences, Difference):
            flags = [value.preferred for value in difference.values]
            assert flags == sorted(flags, reverse=True)
            assert len(flags) >= 2
        shown += len(values)
        assert all(value.sources and value.reason for value in found)
    assert shown == 79


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_value_of_a_contradiction_is_a_bare_code(lang: str) -> None:
    values = [value for view in sample_pages(lang).values() for value in parts(view, DifferingValue)]
    raw = {value.value for value in values if re.fullmatch(r"\d{4}-\d{2}(-\d{2})?(/.*)?", value.value)}
    assert raw == set()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_source_names_all_that_rests_on_it(lang: str) -> None:
    data = sample_atlas()
    for id in data.sources:
        view = page(lang, "sources", id)
        expected = sum(
            len(index.get(id, ()))
            for index in (
                data.commitments_of_source,
                data.actions_of_source,
                data.instruments_of_source,
                data.contradictions_of_source,
            )
        )
        assert sum(len(group.entries) for group in view.uses) == expected
        assert view.url == data.sources[id].url
        assert expected, f"nothing rests on {id}"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_claim_and_its_source_link_to_each_other(lang: str) -> None:
    for view in sample_pages(lang).values():
        if view.frame.kind != "city":
            continue
        for claim in parts(view, Claim):
            for ref in claim.sources:
                assert claim.href in hrefs(lang, ref.href)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_cities_countries_and_topics_link_both_ways(lang: str) -> None:
    data = sample_atlas()
    for city in data.cities.values():
        here, there = path(lang, "cities", city.id), path(lang, "countries", city.country.lower())
        assert there in hrefs(lang, here)
        assert here in hrefs(lang, there)
    for id, one in data.instruments.items():
        for topic in one.topics:
            here, there = path(lang, one.family + "s", id), path(lang, "topics", topic)
            assert there in hrefs(lang, here)
            assert here in hrefs(lang, there)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_city_whose_place_is_known_is_on_the_map(lang: str) -> None:
    known = {city.id for city in sample_atlas().cities.values() if city.lat is not None}
    assert len(known) == 122 - 4
    assert {place.id for place in parts(page(lang, ""), MapPoint)} == known
    for city in sample_atlas().cities.values():
        assert (page(lang, "cities", city.id).place is not None) == (city.id in known)


# Words


def visible(view: object) -> Iterator[str]:
    """Yield the sentences and labels of a view that the atlas itself writes."""
    for part in walk(view):
        if isinstance(part, Claim):
            yield from (part.statement, part.checked, part.status)
        elif isinstance(part, Difference):
            yield part.title
        elif isinstance(part, Tally | Group):
            yield part.count if isinstance(part, Group) else part.number
    yield from getattr(view, "lead", ())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_sentence_has_a_hole_or_two_full_stops(lang: str) -> None:
    wrong = {
        text
        for view in sample_pages(lang).values()
        for text in visible(view)
        if re.search(r"\.\.|%\(|\bNone\b|  | [.,;:]|\(\)", text)
    }
    assert wrong == set()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_unfilled_is_on_any_page(lang: str) -> None:
    wrong = {
        text
        for view in sample_pages(lang).values()
        if view.frame.kind != "search"  # its script fills the words in
        for text in strings(view)
        if "%(" in text or text == "None"
    }
    assert wrong == set()


def leads(view: object) -> set[str]:
    """Return the sentences at the head of a page; an embed has one."""
    lead = getattr(view, "lead", ())
    return {lead} if isinstance(lead, str) else set(lead)


def test_polish_pages_speak_polish() -> None:
    """No sentence that the atlas writes itself is the same in both languages."""
    same = set()
    for english, polish in zip(sample_pages("en").values(), sample_pages("pl").values(), strict=True):
        for one, other in zip(parts(english, Claim), parts(polish, Claim), strict=False):
            if one.href.split("/")[-2] == other.href.split("/")[-2] and one.statement == other.statement:
                same.add(one.statement)
        same |= leads(english) & leads(polish)
    assert same == set()


def test_every_part_is_ready_to_show() -> None:
    """Templates get strings, flags, parts and words of a language: no record of the model and no date."""
    kinds = {type(part).__module__ for view in sample_pages("en").values() for part in walk(view)}
    assert {kind.partition(".views.")[0] for kind in kinds} == {"atlas", "atlas.languages.words"}
    for view in sample_pages("en").values():
        for part in walk(view):
            assert is_dataclass(part)
            for field in fields(part):
                value = getattr(part, field.name)
                assert (
                    value is None
                    or is_dataclass(value)
                    or isinstance(value, str | bool | int | float | tuple | Mapping)
                )


def test_sources_and_links_are_parts_of_the_pages() -> None:
    view = page("en", "cities", "krakow")
    assert len(parts(view, SourceRef)) > 30
    assert len(parts(view, Link)) > 50
