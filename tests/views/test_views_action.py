"""What the pages of actions and sources say: who did what, when, and what rests on which document."""

from __future__ import annotations

from tests.builders import (
    Record,
    action,
    atlas,
    charter,
    city,
    commitment,
    contradiction,
    lens,
    network,
    sample_atlas,
    sample_lens,
    source,
    when,
)

from atlas.languages.words import Link, Words
from atlas.model.records import Act, Count, Item
from atlas.views.pages.action import ActionPage, action_index, action_page
from atlas.views.pages.source import SourcePage, source_index, source_page, source_pages

CITIES = (city("krakow", "Kraków"), city("lodz", "Łódź"))


def page(id: str, *records: Record, lang: str = "en") -> ActionPage:
    return action_page(lens(atlas(*CITIES, *records), lang), id)


def facts(view: ActionPage | SourcePage) -> dict[str, str]:
    return {
        fact.label: fact.value.text if fact.value else ", ".join(link.text for link in fact.links)
        for fact in view.facts
    }


# Actions


def test_the_page_of_czestochowas_team_names_the_act_and_its_tasks() -> None:
    view = action_page(sample_lens("en"), "czestochowa-team-2019")
    assert facts(view) == {
        "Kind": "Body",
        "Date": "18 September 2019",
        "City": "Częstochowa",
        "Title": "Zarządzenie w sprawie powołania Zespołu ds. Równego Traktowania",
        "Adopted by": "Prezydent Miasta Częstochowy",
        "Number": "nr 529.2019",
    } | {"Kind": facts(view)["Kind"]}
    assert [item.text.text for item in view.action.items][:2] == [
        "Needs assessment",
        "Draft of the city's equality policy",
    ]
    assert len(view.action.items) == 8
    assert len(action_page(sample_lens("pl"), "czestochowa-team-2019").action.items) == 8


def test_an_action_knows_what_it_concerns_and_what_is_related() -> None:
    view = page(
        "one",
        network("net", acronym="N"),
        action("one", cities=("krakow",), instrument="net", date="2024-03-06"),
        action("two", instrument="net", date="2020"),
        action("three", cities=("krakow",)),
    )
    assert [fact.links for fact in view.facts if fact.label == "Network or charter"] == [
        (Link(text="N", href="networks/net/"),)
    ]
    assert [entry.id for entry in view.related] == ["two"]
    assert view.frame.description == "Action one. Kraków. 6 March 2024"


def test_an_action_of_no_instrument_is_related_to_others_of_its_cities_once_each() -> None:
    view = page(
        "one",
        action("one", cities=("krakow", "lodz"), date="2024"),
        action("both", cities=("krakow", "lodz"), date="2020"),
        action("lodz", cities=("lodz",), date="2022"),
    )
    assert [entry.id for entry in view.related] == ["lodz", "both"]
    assert facts(view)["Cities"] == "Kraków, Łódź"


def test_an_action_of_nobody_on_no_day_has_a_page() -> None:
    for lang in ("en", "pl"):
        view = page("one", action("one"), lang=lang)
        assert view.related == () and view.places == ()
        assert view.action.when.unknown
    assert facts(page("one", action("one")))["Date"] == "date unknown"


def test_an_action_that_lasted_shows_both_days() -> None:
    view = page("one", action("one", date="2017-05-18", end_date="2017-05-20"))
    assert view.action.period == "18 May 2017 to 20 May 2017"
    assert facts(view)["Date"] == "18 May 2017 to 20 May 2017"
    assert page("one", action("one", date="2017-05-18", end_date="2017-05-18")).action.period is None


def test_an_action_of_which_only_the_end_is_known_shows_it() -> None:
    assert "2017" in facts(page("one", action("one", end_date="2017")))["Date"]


def test_everything_known_of_a_legal_act_is_shown() -> None:
    act = Act(
        title="Uchwała", body="Rada", number="1/24", decided=when("2024-03-06"), effective=when("2024-04")
    )
    view = page("one", action("one", act=act))
    assert view.action.act == (
        ("Title", "Uchwała"),
        ("Adopted by", "Rada"),
        ("Number", "1/24"),
        ("Decided", "6 March 2024"),
        ("In force from", "April 2024"),
    )


def test_text_in_one_language_only_is_shown_with_its_mark() -> None:
    records = action(
        "one",
        title={"pl": "Uchwała"},
        summary={"pl": "Streszczenie."},
        items=(Item(text={"pl": "Zadanie"}), Item(text={"und": "Milena"})),
        note={"en": "A note."},
    )
    view = page("one", records)
    assert view.action.title == Link(text="Uchwała", href="actions/one/", lang="pl")
    assert view.action.summary == Words(text="Streszczenie.", lang="pl")
    assert [item.text for item in view.action.items] == [
        Words(text="Zadanie", lang="pl"),
        Words(text="Milena"),
    ]
    assert view.action.note == Words(text="A note.")
    assert page("one", records, lang="pl").action.note == Words(text="A note.", lang="en")


def test_a_title_in_one_language_says_which() -> None:
    quiet = action("quiet", title={"pl": "Uchwała o ciszy"})
    assert facts(page("quiet", quiet))["Language"] == "Polish"
    assert "Język" not in facts(page("quiet", quiet, lang="pl"))


def test_what_sources_say_differently_of_an_action_is_shown() -> None:
    view = page(
        "one",
        action("one", date="2020-12-18"),
        contradiction("actions/one", "date", "2020-12-18", preferred=True),
        contradiction("actions/one", "date", "2022"),
        contradiction("actions/one", "heading", "2021: VII Kongres"),
    )
    assert [(d.title, [v.value for v in d.values]) for d in view.action.differences] == [
        ("Sources give 2 dates", ["18 December 2020", "2022"]),
        ("Sources differ: heading", ["2021: VII Kongres"]),
    ]


def test_actions_are_listed_by_year_and_undated_ones_last() -> None:
    view = action_index(
        lens(
            atlas(
                action("a", date="2020-05"),
                action("b", date="2024"),
                action("c", date="2020-11-02"),
                action("d"),
                action("e", date="2020"),
            )
        )
    )
    assert [(g.heading, g.anchor, g.count, [e.id for e in g.entries]) for g in view.groups] == [
        ("2024", "s-2024", "1", ["b"]),
        ("2020", "s-2020", "3", ["c", "a", "e"]),
        ("date unknown", "s-undated", "1", ["d"]),
    ]
    assert view.lead == (
        "5 acts of cities and bodies: teams, policies, resolutions, statements and congresses.",
    )


def test_all_75_actions_are_listed_in_both_languages() -> None:
    for lang in ("en", "pl"):
        entries = [entry for group in action_index(sample_lens(lang)).groups for entry in group.entries]
        assert {entry.id for entry in entries} == set(sample_atlas().actions)
        assert len(entries) == 75
        assert all(entry.kind for entry in entries)


# Sources


def test_a_source_names_every_record_that_rests_on_it() -> None:
    view = source_page(
        lens(
            atlas(
                *CITIES,
                network("net", "Net", counts=(Count(members=5, sources=("s",)),)),
                charter("pact", "Pact"),
                source(
                    "s",
                    "Strona",
                    publisher="Kraków",
                    lang="pl",
                    accessed="2026-11-22",
                    note={"en": "Says so."},
                ),
                commitment("net", "krakow", since="2024-09", sources=("page", "s")),
                commitment("pact", "lodz", "signatory", sources=("s",)),
                action("one", date="2020", sources=(), items=(Item(text={"en": "x"}, sources=("s",)),)),
                contradiction("commitments/net:krakow", "since", "2024-09-25", sources=("s",)),
            )
        ),
        "s",
    )
    assert [(g.heading, [(r.link.text, r.link.href) for r in g.entries]) for g in view.uses] == [
        ("Net", [("Kraków", "cities/krakow/#net")]),
        ("Pact", [("Łódź", "cities/lodz/#pact")]),
        ("Actions", [("Action one", "actions/one/")]),
        ("Networks and charters", [("Net", "networks/net/")]),
        ("Where sources differ", [("Kraków: Net", "cities/krakow/#net")]),
    ]
    assert view.lead == ("5 records rest on this document.",)
    assert facts(view) == {
        "Publisher": "Kraków",
        "Published": "undated",
        "Read": "22 November 2026",
        "Language": "Polish",
        "Address": "none recorded",
        "What it says": "Says so.",
    }
    assert view.uses[0].entries[0].note.endswith(", September 2024")
    assert view.uses[1].entries[0].note.endswith(", date unknown")


def test_a_differing_date_reads_like_any_other_date() -> None:
    records = (
        *CITIES,
        network("net"),
        commitment("net", "krakow"),
        contradiction("commitments/net:krakow", "since", "2024-09-25"),
    )
    [_, differences] = source_page(lens(atlas(*records)), "page").uses
    assert differences.entries[0].note == "since: 25 September 2024"


def test_a_source_of_nothing_says_so() -> None:
    view = source_page(lens(atlas()), "page")
    assert (view.uses, view.lead) == ((), ("0 records rest on this document.",))
    assert source_page(lens(atlas(), "pl"), "page").uses == ()


def test_sources_stand_under_their_publishers_and_unknown_ones_together() -> None:
    view = source_index(
        lens(
            atlas(
                source("b", "Beta", publisher="Łódź"),
                source("a", "Alpha", publisher="Łódź"),
                source("n", "Nobody"),
            ),
            "pl",
        )
    )
    rows = {
        publisher.heading: [row.link.text for row in publisher.entries]
        for letter in view.groups
        for publisher in letter.entries
    }
    assert rows["Łódź"] == ["Alpha", "Beta"]
    assert rows["City of Kraków"] == ["A page"]
    assert [letter.heading for letter in view.groups if letter.entries[0].heading == "Łódź"] == ["Ł"]
    assert ["Nobody"] in rows.values()


def test_all_sources_are_listed_in_both_languages() -> None:
    for lang in ("en", "pl"):
        lens = sample_lens(lang)
        pages = [source_index(lens), *(source_index(lens, int(number)) for number in source_pages(lens))]
        letters = [letter for page in pages for letter in page.groups]
        rows = [row for letter in letters for group in letter.entries for row in group.entries]
        assert len({row.link.href for row in rows}) == len(rows) == 240
        for page in pages:
            headings = [letter.heading for letter in page.groups]
            assert len(set(headings)) == len(headings)
