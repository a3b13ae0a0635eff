"""Atom feeds: what changed, for those who follow one thing; read back by a reader of feeds."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import feedparser
import pytest
from tests.builders import atlas, city, commitment, lens, network

from atlas.changes.history.edition_report import ChangeEntry, Chronicle, EditionReport, Part
from atlas.changes.wording.affected_pages import Concerns
from atlas.opendata.atom_feeds import NEWEST, feed
from atlas.views.analysis.subscriptions import feeds
from atlas.views.lens import Lens
from atlas.views.pages.changelog import AT_ONCE

ATOM = "{http://www.w3.org/2005/Atom}"
WHOLE = atlas(
    city("krakow", "Kraków"),
    city("turku", country="FI"),
    network("eccar", acronym="ECCAR", topics=("anti-racism",)),
    commitment("eccar", "krakow"),
)
KRAKOW = Concerns(cities=("krakow",), instruments=("eccar",), countries=("PL",), topics=("anti-racism",))


def told(sentence: str, part: Part = "learnt", concerns: Concerns = KRAKOW, number: int = 0) -> ChangeEntry:
    return ChangeEntry(
        name=f"{sentence}|{number}",
        part=part,
        kind="source",
        act="added",
        sentence={"en": sentence, "pl": f"Zdanie: {sentence}"},
        group={"en": "Kraków", "pl": "Kraków"},
        order={"en": number, "pl": number},
        pages=(("cities", "krakow", "eccar"),) if concerns.cities else (),
        concerns=concerns,
    )


def edition(day: int, *changes: ChangeEntry, **fields: Any) -> EditionReport:
    time = datetime(2026, 3, day, 9, 30, tzinfo=UTC)
    return EditionReport(day=time.date(), time=time, commit=f"{day:040}", changes=changes, **fields)


FIRST = edition(
    1,
    record_counts={"cities": 2, "commitments": 1, "networks": 0},
    begins_with=Concerns(cities=("krakow",), instruments=("eccar",), countries=("PL",)),
)
CHRONICLE = Chronicle(
    editions=(
        edition(
            5,
            told("Kraków joined ECCAR in 2019 (1 source)", "world"),
            told('A title <img src=x onerror="alert(1)"> & {{7*7}} ]]>', "corrected"),
            told("“A page”: new source", concerns=Concerns(), number=1),
        ),
        FIRST,
    ),
    gap=None,
)


def through(code: str = "en", siteurl: str = "https://example.org/atlas") -> Lens:
    return replace(lens(WHOLE, code), siteurl=siteurl)


def read(section: str = "all", id: str = "", *, of: Chronicle = CHRONICLE, lens: Lens | None = None) -> Any:
    found = feedparser.parse(feed(lens or through(), of, section, id)[1].encode())
    assert not found.bozo, found.get("bozo_exception")
    assert found.version == "atom10"
    return found


def test_everything_is_told_the_newest_first() -> None:
    found = read()
    assert [(one.title_detail.value, one.link) for one in found.entries] == [
        ("Kraków joined ECCAR in 2019 (1 source)", "https://example.org/atlas/cities/krakow/#eccar"),
        (
            'A title <img src=x onerror="alert(1)"> & {{7*7}} ]]>',
            "https://example.org/atlas/cities/krakow/#eccar",
        ),
        ("“A page”: new source", "https://example.org/atlas/changes/2026/#edition-2026-03-05"),
        (
            "The atlas begins. Recorded so far: 2 cities and 1 commitment.",
            "https://example.org/atlas/changes/2026/#edition-2026-03-01",
        ),
    ]
    assert [one.get("tags", [{}])[0].get("term") for one in found.entries] == [
        "world",
        "corrected",
        "learnt",
        None,
    ]
    assert found.entries[0].summary == "In the world. Edition of 5 March 2026."


def test_titles_are_text_and_no_markup() -> None:
    root = ElementTree.fromstring(feed(through(), CHRONICLE, "all", "")[1].encode())
    titles = [entry.find(f"{ATOM}title") for entry in root.iter(f"{ATOM}entry")]
    assert all(title is not None and title.get("type", "text") == "text" for title in titles)
    assert titles[1] is not None
    assert titles[1].text == 'A title <img src=x onerror="alert(1)"> & {{7*7}} ]]>'


def test_dates_are_those_of_the_editions_and_a_year_stays_a_year() -> None:
    found = read()
    assert found.feed.updated == found.entries[0].updated == "2026-03-05T09:30:00+00:00"
    assert found.entries[-1].updated == found.entries[-1].published == "2026-03-01T09:30:00+00:00"
    assert "2019-01" not in feed(through(), CHRONICLE, "all", "")[1]


def test_a_feed_says_what_it_is_where_it_is_and_in_which_language() -> None:
    found = read("networks", "eccar", lens=through("pl"))
    assert found.feed.title == "Zmiany: ECCAR"
    assert found.feed.language == "pl"
    assert {link.rel: link.href for link in found.feed.links} == {
        "alternate": "https://example.org/atlas/pl/sieci/eccar/",
        "self": "https://example.org/atlas/feeds/pl/networks/eccar.xml",
    }
    assert found.feed.author == "Atlas zobowiązań miast"
    assert found.feed.rights == "CC BY 4.0"
    assert found.entries[0].title.startswith("Zdanie: ")


def test_a_city_has_one_feed_that_says_everything_in_all_languages() -> None:
    path, text = feed(through(), CHRONICLE, "cities", "krakow", others=[through("pl")])
    found = feedparser.parse(text.encode())
    assert path == "feeds/cities/krakow.xml"
    assert found.feed.title == "Changes: Kraków / Zmiany: Kraków"
    assert (found.entries[0].title, found.entries[0].link) == (
        "Kraków joined ECCAR in 2019 (1 source) / Zdanie: Kraków joined ECCAR in 2019 (1 source)",
        "https://example.org/atlas/cities/krakow/#eccar",
    )


@pytest.mark.parametrize(
    ("section", "id", "titles"),
    [
        ("cities", "krakow", ["Kraków: in the atlas from its beginning"]),
        ("networks", "eccar", ["ECCAR: in the atlas from its beginning"]),
        ("countries", "pl", ["Poland: in the atlas from its beginning"]),
        ("topics", "anti-racism", []),
    ],
)
def test_who_follows_one_thing_gets_what_concerns_it(section: str, id: str, titles: list[str]) -> None:
    found = [one.title_detail.value for one in read(section, id).entries]
    assert found[0] == "Kraków joined ECCAR in 2019 (1 source)"
    assert found[2:] == titles


def test_a_feed_without_entries_bears_the_day_of_the_first_edition() -> None:
    found = read("cities", "turku")
    assert found.entries == []
    assert found.feed.updated == "2026-03-01T09:30:00+00:00"


def test_without_history_a_feed_is_empty_and_says_why() -> None:
    found = read(of=Chronicle())
    assert found.entries == []
    assert found.feed.updated == "2026-11-22T00:00:00+00:00"
    assert found.feed.subtitle == "This copy of the atlas was made without the history of its data."


def test_many_changes_of_one_kind_are_one_entry() -> None:
    many = [told("new source", number=number) for number in range(AT_ONCE + 1)]
    found = read(of=Chronicle(editions=(edition(5, *many, told("Born", "world")),), gap=None))
    assert [one.title for one in found.entries] == ["Born", "Learnt: 26 new sources"]
    assert found.entries[1].link == "https://example.org/atlas/changes/2026/#edition-2026-03-05"


def test_only_the_newest_entries_are_kept() -> None:
    long = Chronicle(
        editions=tuple(edition(day, *(told("x", number=n) for n in range(20))) for day in range(28, 1, -1)),
        gap=None,
    )
    found = read("cities", "krakow", of=long)
    assert len(found.entries) == NEWEST
    assert found.entries[-1].updated == "2026-03-26T09:30:00+00:00"


def test_ids_are_lasting_and_different_by_language() -> None:
    def ids(lens: Lens, section: str = "all", id: str = "") -> list[str]:
        found = read(section, id, lens=lens)
        return [found.feed.id, *(one.id for one in found.entries)]

    here, moved, polish = (
        ids(one) for one in (through(), through(siteurl="https://new.example"), through("pl"))
    )
    assert here == moved
    assert not set(here) & set(polish)
    assert len(set(here)) == len(here)
    # The same entry in two feeds is one entry for a reader of both.
    assert ids(through(), "cities", "krakow")[1] == here[1]


def test_ids_do_not_follow_the_wording() -> None:
    (newest, first) = CHRONICLE.editions
    reworded = tuple(replace(one, sentence={"en": "Other words"}) for one in newest.changes)
    other = Chronicle(editions=(replace(newest, changes=reworded), first), gap=None)
    assert [one.id for one in read(of=other).entries] == [one.id for one in read().entries]


def test_without_an_address_of_the_site_links_are_relative() -> None:
    text = feed(through(siteurl=""), CHRONICLE, "cities", "krakow")[1]
    assert 'href="../../cities/krakow/#eccar"' in text
    assert (
        'href="../../changes/2026/#edition-2026-03-01"' in feed(through(siteurl=""), CHRONICLE, "all", "")[1]
    )


def test_the_same_bytes_every_time() -> None:
    assert feed(through(), CHRONICLE, "all", "") == feed(through(), CHRONICLE, "all", "")


def test_everything_that_is_followed_has_a_feed_in_both_languages() -> None:
    assert list(feeds(through()))[:2] == [("all", ""), ("networks", "eccar")]
    assert feed(through("pl"), CHRONICLE, "countries", "fi")[0] == "feeds/pl/countries/fi.xml"


def test_the_feeds_of_a_built_site_are_read_back(site: Path) -> None:
    found = sorted(site.glob("feeds/**/*.xml"))
    assert {path.relative_to(site).parts[1] for path in found} == {"cities", "en", "pl"}
    ids = set()
    for path in found:
        one = feedparser.parse(path.read_bytes())
        assert not one.bozo, path
        assert one.feed.links[1].href == f"https://example.org/atlas/{path.relative_to(site).as_posix()}"
        ids.add(one.feed.id)
    assert len(ids) == len(found)


@pytest.mark.parametrize(
    ("page", "feed"),
    [
        ("index.html", "feeds/en/all.xml"),
        ("pl/zmiany/index.html", "../../feeds/pl/all.xml"),
        ("cities/krakow/index.html", "../../feeds/cities/krakow.xml"),
        ("pl/miasta/krakow/index.html", "../../../feeds/cities/krakow.xml"),
        ("pl/tematy/migration/index.html", "../../../feeds/pl/topics/migration.xml"),
    ],
)
def test_pages_name_their_feed(site: Path, page: str, feed: str) -> None:
    text = (site / page).read_text("utf-8")
    assert '<link rel="alternate" type="application/atom+xml" title="' in text
    assert feed in text.split('type="application/atom+xml"', 1)[1].split(">", 1)[0]
    assert (site / page).parent.joinpath(feed).is_file()
