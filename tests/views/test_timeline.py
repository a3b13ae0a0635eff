"""What is on the timeline. ``python tests/views/test_timeline.py`` writes the golden file anew."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from tests.builders import (
    ROOT,
    action,
    atlas,
    charter,
    city,
    commitment,
    lens,
    network,
    sample_atlas,
    sample_lens,
    when,
)

from atlas.model.records import Atlas, Host
from atlas.site.templates import Templates
from atlas.views.analysis.events import CITIES, KINDS, TARGET, Event, events
from atlas.views.lens import Lens
from atlas.views.pages.site_layout import site_layout
from atlas.views.pages.timeline import TimelinePage, timeline_page, timeline_parts

RALLY = (
    "23 September 2024 | Action rally: event, 23 September 2024 to 25 September 2024 · Kraków, Turku | met"
)
GOLDEN = Path(__file__).resolve().parents[1] / "golden"


def small() -> Atlas:
    """Return an atlas in which every kind of event happened."""
    return atlas(
        city("krakow", "Kraków"),
        city("lodz", "Łódź"),
        city("turku", "Turku", country="FI"),
        network(
            "eccar",
            "Coalition",
            acronym="ECCAR",
            topics=("anti-racism", "human-rights"),
            began=when("2004-12-10"),
            ended=when("2025"),
            hosts=(Host(city="turku", on=when("2018-05")), Host(city="lodz")),
        ),
        network("polish", "Polish & <b>own</b>", topics=("participation",), began=when("1990-10-11")),
        charter("pact", "Pact", topics=("migration",), began=when("2019")),
        commitment("eccar", "krakow", decided="2024-03-06", since="2024-09-25"),
        commitment("eccar", "lodz", since="2024-09"),
        commitment("eccar", "turku", "former", since="2024-09-25", until="2025-01-01"),
        commitment("polish", "krakow"),
        commitment("polish", "lodz"),
        commitment("pact", "krakow", "signatory", since="2024"),
        commitment("pact", "lodz", "signatory", since="2024"),
        commitment("pact", "turku", "none", since="2023", verified="2026-01-01"),
        action("rally", kind="event", date="2024-09-23", end_date="2024-09-25", cities=("krakow", "turku"),
               instrument="eccar", topics=("anti-racism",)),
        action("team", kind="body", cities=("lodz",), topics=("migration",)),
        action("plan", kind="policy", date="2023-05", cities=("lodz",), topics=("migration",)),
    )  # fmt: skip


def lines(page: TimelinePage) -> list[str]:
    """Return the entries of a page, one line each."""
    return [
        f"{event.when.rest} {event.when.year} | {said(event)} | {event.kind}"
        for decade in page.decades
        for year in decade.entries
        for event in year.entries
    ]


def said(event: Event) -> str:
    """Return what the page says of an event."""
    cities = ", ".join(link.text for link in event.cities)
    if event.on_its_own:
        return f"{event.target.text}: {event.words} · {cities}"
    links = {CITIES: cities, TARGET: event.target.text}
    return "".join(links.get(piece, piece) for piece in event.sentence)


def pages(code: str = "en") -> dict[str, TimelinePage]:
    through = lens(small(), code)
    pages = (timeline_page(through, *part) for part in timeline_parts(through))
    return {page.frame.path: page for page in pages}


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (
            "en",
            [
                "Turku joined the Charter Network",
                "2 cities founded the Charter Network: Kraków, Łódź",
                "Turku took part in the “Refuge” declaration",
                "The “Refuge” declaration was adopted",
                "The Charter Network was founded",
            ],
        ),
        (
            "pl",
            [
                "Miasto Turku przystąpiło do sieci Charter Network",
                "2 miasta założyły sieć Charter Network: Kraków, Łódź",
                "Miasto Turku wzięło udział: Refuge",
                "Refuge: przyjęcie dokumentu",
                "Charter Network: powstanie",
            ],
        ),
    ],
)
def test_cities_that_founded_a_network_did_not_join_it_and_a_document_is_called_one(
    code: str, expected: list[str]
) -> None:
    day, founder = "1990-10-11", ("founding-city",)
    told = events(
        lens(
            atlas(
                *small().cities.values(),
                network("n", names={"und": "Charter Network"}, began=when(day)),
                charter("c", kind="declaration", names={"und": "Refuge"}, began=when(day)),
                commitment("n", "krakow", since=day, roles=founder),
                commitment("n", "lodz", since=day, roles=founder),
                commitment("n", "turku", since=day),
                commitment("c", "turku", "participant", since=day),
            ),
            code,
        )
    )
    assert sorted(map(said, told)) == sorted(expected)


def test_everything_stands_on_the_timeline_the_newest_first() -> None:
    assert lines(pages()["timeline/"]) == [
        "1 January 2025 | Turku is no longer part of ECCAR | ended",
        "year only 2025 | ECCAR ended | founded",
        "25 September 2024 | 2 cities joined ECCAR: Kraków, Turku | joined",
        RALLY,
        "September 2024 | Łódź joined ECCAR | joined",
        "6 March 2024 | Kraków decided to join ECCAR | decided",
        "year only 2024 | 2 cities signed Pact: Kraków, Łódź | joined",
        "May 2023 | Action plan: policy · Łódź | done",
        "year only 2019 | Pact was adopted | founded",
        "May 2018 | ECCAR held a conference in Turku | met",
        "10 December 2004 | ECCAR was founded | founded",
        "11 October 1990 | Polish & <b>own</b> was founded | founded",
    ]


def test_a_council_that_decides_and_signs_on_one_day_is_one_event() -> None:
    day = "2025-04-24"
    found = events(
        lens(
            atlas(
                city("krakow"),
                city("lodz"),
                charter("pact"),
                commitment("pact", "krakow", "signatory", decided=day, since=day),
                commitment("pact", "lodz", "signatory", decided="2025-04", since="2025-04"),
            )
        )
    )
    assert [(event.kind, event.city_ids) for event in found] == [
        ("joined", ("krakow",)),
        ("decided", ("lodz",)),
        ("joined", ("lodz",)),
    ]


def test_decades_and_years_have_anchors() -> None:
    page = pages()["timeline/"]
    assert [(decade.heading, decade.anchor) for decade in page.decades] == [
        ("2020–2029", "d-2020"),
        ("2010–2019", "d-2010"),
        ("2000–2009", "d-2000"),
        ("1990–1999", "d-1990"),
    ]
    assert [(year.anchor, len(year.entries)) for year in page.decades[0].entries] == [
        ("y-2025", 2),
        ("y-2024", 5),
        ("y-2023", 1),
    ]


def test_what_has_no_date_is_counted_and_linked_but_not_placed() -> None:
    page = pages()["timeline/"]
    assert [(row.link.href, row.number) for row in page.undated] == [("networks/polish/", "2")]
    assert page.undated_sentence == (
        "For 2 commitments no source found gives a date. They are on no timeline."
    )
    assert [link.href for link in page.undated_actions] == ["actions/team/"]
    assert page.lead == (
        "12 dated entries, from 1990 to 2025, the newest first.",
        "2 commitments have no known date and are counted at the end.",
    )


def test_each_topic_country_and_kind_with_entries_has_a_page_of_its_own() -> None:
    assert list(pages()) == [
        "timeline/",
        "timeline/topics/anti-racism/",
        "timeline/topics/migration/",
        "timeline/topics/human-rights/",
        "timeline/topics/participation/",
        "timeline/countries/fi/",
        "timeline/countries/pl/",
        "timeline/kinds/founded/",
        "timeline/kinds/joined/",
        "timeline/kinds/decided/",
        "timeline/kinds/ended/",
        "timeline/kinds/met/",
        "timeline/kinds/done/",
    ]
    assert list(pages("pl"))[1] == "pl/os-czasu/tematy/anti-racism/"
    assert "pl/os-czasu/kraje/pl/" in pages("pl")
    assert "pl/os-czasu/wydarzenia/met/" in pages("pl")


def test_the_page_of_a_country_names_only_its_own_cities() -> None:
    assert lines(pages()["timeline/countries/fi/"]) == [
        "1 January 2025 | Turku is no longer part of ECCAR | ended",
        "25 September 2024 | Turku joined ECCAR | joined",
        RALLY,
        "May 2018 | ECCAR held a conference in Turku | met",
    ]


def test_what_is_of_one_country_only_was_founded_there() -> None:
    assert "11 October 1990 | Polish & <b>own</b> was founded | founded" in lines(
        pages()["timeline/countries/pl/"]
    )


def test_the_page_of_a_topic_counts_its_undated_alone() -> None:
    page = pages()["timeline/topics/migration/"]
    assert lines(page) == [
        "year only 2024 | 2 cities signed Pact: Kraków, Łódź | joined",
        "May 2023 | Action plan: policy · Łódź | done",
        "year only 2019 | Pact was adopted | founded",
    ]
    assert page.undated == ()
    assert [link.text for link in page.undated_actions] == ["Action team"]
    assert (page.fixed, page.heading, page.frame.section) == ("topics", "Migration", "timeline")


def test_the_numbers_of_the_filters_are_those_of_their_pages() -> None:
    found = pages()
    whole = found["timeline/"]
    for choice in (whole.all, *whole.topics, *whole.countries, *whole.kinds):
        assert choice.number == str(found[choice.href].number), choice.href
    assert [choice.id for choice in whole.kinds] == list(KINDS)


def test_only_the_whole_timeline_numbers_the_filters_for_numbers_change_with_every_event() -> None:
    parts = [page for path, page in pages().items() if path != "timeline/"]
    numbers = {one.number for page in parts for one in (page.all, *page.topics, *page.countries, *page.kinds)}
    assert numbers == {""}


def test_polish_words() -> None:
    assert lines(pages("pl")["pl/os-czasu/"])[6:8] == [
        "tylko rok 2024 | 2 miasta podpisały dokument Karta pact: Kraków, Łódź | joined",
        "maj 2023 | Działanie plan: polityka · Łódź | done",
    ]


def test_an_action_that_lasted_has_both_days_in_polish() -> None:
    lasted = "wydarzenie, od 23 września 2024\N{NO-BREAK SPACE}r. do 25 września 2024\N{NO-BREAK SPACE}r."
    assert [line for line in lines(pages("pl")["pl/os-czasu/"]) if lasted in line]


@pytest.mark.parametrize("code", ["en", "pl"])
def test_nothing_dated_is_missing_from_the_real_timeline(code: str) -> None:
    found = events(sample_lens(code))
    held = sample_atlas().commitments
    for kind, field in (("joined", "since"), ("decided", "decided"), ("ended", "until")):
        dated = sum(getattr(c, field) is not None for c in held if c.status != "none")
        assert sum(len(event.cities) for event in found if event.kind == kind) == dated
    actions = [a for a in sample_atlas().actions.values() if a.date]
    assert sum(event.on_its_own for event in found) == len(actions)
    order = [int(event.when.year) for event in found]
    assert order == sorted(order, reverse=True)


# The page


BESIDE = ["sheet", "prose", "door", "press", "cites", "cite", "structured", "card"]
"""What other pages have beside their view."""


def rendered(page: TimelinePage, through: Lens) -> str:
    """Return what the template makes of a page."""
    environment = Templates(ROOT / "theme/templates").environment(through.lang, "../")
    around: Any = site_layout(through, page.frame, frozenset())
    return environment.get_template("timeline.html").render(
        page=page, site=around, embeds=(), **dict.fromkeys(BESIDE)
    )


def golden() -> str:
    """Return what the whole timeline of the small atlas has in its body."""
    through = lens(small())
    text = rendered(timeline_page(through), through)
    start, end = text.index('<div class="wrap body">'), text.index("</main>")
    return re.sub(r"\n\s*\n+", "\n", text[start:end])


def test_golden() -> None:
    assert golden() == (GOLDEN / "timeline-whole.html").read_text("utf-8")


def test_words_of_contributors_stay_words() -> None:
    assert "<b>own</b>" not in golden()
    assert "Polish &amp; &lt;b&gt;own&lt;/b&gt;" in golden()


if __name__ == "__main__":
    (GOLDEN / "timeline-whole.html").write_text(golden(), "utf-8")
