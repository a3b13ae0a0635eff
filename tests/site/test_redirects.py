"""Former, withdrawn and guessed addresses: one step to the present one, never over a page that is there."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.builders import AS_OF, action, atlas, city, commitment, lens, lenses, network, when
from tests.repository import GOOD

from atlas.changes.comparison.change import Editions
from atlas.changes.history.edition_report import Chronicle, EditionReport, describe_edition
from atlas.changes.moved_ids import end_of, path_of
from atlas.dataset.reading.load import load
from atlas.findings import Place, as_text
from atlas.model.records import Atlas, Retired
from atlas.site.permanence.plan import Plan, plan
from atlas.validate import validate
from atlas.views.pages.city import city_page
from atlas.views.pages.gone import gone_page, redirect_page

PAGES = (
    *("", "cities/", "cities/krakow/", "cities/lodz/", "cities/wien/", "networks/wel/"),
    *("compare/", "compare/wel/", "pl/porownaj/"),
    *(
        "embed/cities/krakow/",
        "countries/",
        "countries/pl/",
        "countries/at/",
        "data/cities.csv",
        "api/v1/cities/krakow.json",
    ),
    *("pl/", "pl/miasta/krakow/", "pl/miasta/lodz/", "pl/miasta/wien/", "pl/sieci/wel/", "pl/porownaj/wel/"),
    *("pl/embed/miasta/krakow/", "pl/kraje/", "pl/kraje/pl/", "pl/kraje/at/"),
)


def retired(kind: str, id: str, replaced_by: str | None = None) -> Retired:
    reason = {"en": f"Why {id}.", "pl": f"Dlaczego {id}."}
    place = Place("data/retired.csv", 2, 1)
    return Retired(kind=kind, id=id, reason=reason, replaced_by=replaced_by, on=when("2025-03"), place=place)


def cities(*rows: Retired, former: tuple[str, ...] = ()) -> Atlas:
    whole = atlas(
        city("krakow", "Kraków", former_ids=former),
        city("lodz", "Łódź"),
        city("wien", "Wien", "AT", names={"en": "Vienna", "pl": "Wiedeń"}),
        network("wel", "Welcome", acronym="WEL"),
        commitment("wel", "krakow", since="2012"),
        commitment("wel", "krakow", since="2015", period="2015"),
        action("talk", cities=("krakow",)),
    )
    return replace(whole, retired=rows)


def left(of: Atlas, made: Iterable[str] = PAGES, locked: Iterable[str] = ()) -> Plan:
    return plan(lenses(of), frozenset(made), frozenset(locked))


def redirects(of: Atlas, *, start: str = "", locked: Iterable[str] = ()) -> dict[str, str]:
    return {old: one.to for old, one in left(of, locked=locked).redirects.items() if start in old}


# What was renamed


def test_every_address_of_a_renamed_city_leads_to_the_present_one() -> None:
    plan = left(cities(former=("cracow",)))
    assert {old: one.to for old, one in plan.redirects.items() if "cracow" in old} == {
        "cities/cracow/": "cities/krakow/",
        "embed/cities/cracow/": "embed/cities/krakow/",
        "pl/embed/miasta/cracow/": "pl/embed/miasta/krakow/",
        "pl/miasta/cracow/": "pl/miasta/krakow/",
    }
    # A file cannot say where it went.
    assert plan.copies == {"api/v1/cities/cracow.json": "api/v1/cities/krakow.json"}


def test_a_network_that_became_another_one() -> None:
    of = cities(retired("network", "old", "wel"))
    assert redirects(of, start="old") == {
        "compare/old/": "compare/wel/",
        "networks/old/": "networks/wel/",
        "pl/porownaj/old/": "pl/porownaj/wel/",
        "pl/sieci/old/": "pl/sieci/wel/",
    }
    assert redirects(cities(retired("charter", "old", "wel")), start="ka") == {
        "pl/karty/old/": "pl/sieci/wel/"
    } | redirects(cities(), start="ka")


def test_chains_take_one_step() -> None:
    rows = (retired("city", "a", "b"), retired("city", "b", "c"), retired("city", "c", "cracow"))
    of = cities(*rows, former=("cracow",))
    found = redirects(of, start="cities/")
    assert {old: found[f"cities/{old}/"] for old in ("a", "b", "c", "cracow")} == dict.fromkeys(
        ("a", "b", "c", "cracow"), "cities/krakow/"
    )
    assert not set(found) & set(found.values())


def test_a_chain_that_ends_with_a_withdrawal_is_withdrawn() -> None:
    of = cities(retired("city", "a", "b"), retired("city", "b"))
    assert sorted(left(of).gone) == ["cities/a/", "cities/b/", "pl/miasta/a/", "pl/miasta/b/"]


def test_a_circle_ends_nowhere() -> None:
    assert end_of("a", {"a": "b", "b": "a"}) == "b"
    of = cities(retired("city", "a", "b"), retired("city", "b", "a"))
    assert sorted(left(of).gone) == ["cities/a/", "cities/b/", "pl/miasta/a/", "pl/miasta/b/"]


def test_no_page_is_ever_overwritten() -> None:
    of = cities(retired("city", "lodz", "krakow"), retired("source", "krakow"), former=("wien",))
    plan = left(of)
    assert not {*plan.redirects, *plan.copies, *plan.gone} & set(PAGES)


def test_a_single_address_in_both_languages() -> None:
    of = cities(retired("address", "/map/old/index.html", "countries/pl"))
    assert redirects(of, start="old") == {"map/old/": "countries/pl/", "pl/mapa/old/": "pl/kraje/pl/"}


def test_a_page_that_became_a_claim_leads_to_the_claim() -> None:
    of = cities(retired("address", "networks/older/", "cities/krakow/#wel-2015"))
    page, polish = left(of).redirects["networks/older/"], left(of).redirects["pl/sieci/older/"]
    assert (page.to, polish.to) == ("cities/krakow/#wel-2015", "pl/miasta/krakow/#wel-2015")
    offline = replace(lens(of), addresses=replace(lens(of).addresses, index="index.html"))
    shown = redirect_page(offline, "networks/older/", page)
    assert (shown.target.text, shown.target.href) == ("Kraków", "cities/krakow/index.html#wel-2015")
    assert shown.frame.canonical == "cities/krakow/"


def test_an_address_in_another_language_is_that_page_alone() -> None:
    of = cities(retired("address", "pl/mapa/dawna/", "pl/miasta/krakow/"), retired("address", "pl/stare/"))
    plan = left(of)
    assert {old: one.to for old, one in plan.redirects.items() if "mapa" in old} == {
        "pl/mapa/dawna/": "pl/miasta/krakow/"
    }
    assert list(plan.gone) == ["pl/stare/"]


def test_a_file_that_became_another_one_is_a_copy_of_it() -> None:
    of = cities(retired("address", "data/places.csv", "data/cities.csv"), retired("address", "data/x.csv"))
    plan = left(of, made=(*PAGES, "data/cities.csv"))
    assert plan.copies == {"data/places.csv": "data/cities.csv"}
    assert plan.gone_files == {"data/x.csv"}
    assert not [address for address in (*plan.redirects, *plan.gone) if "data" in address]


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ("cities/krakow", "cities/krakow/"),
        ("/cities/krakow/index.html", "cities/krakow/"),
        ("cities/krakow/#eccar-2010", "cities/krakow/#eccar-2010"),
        ("cities/krakow#eccar", "cities/krakow/#eccar"),
        ("/data/cities.csv", "data/cities.csv"),
        ("/", ""),
    ],
)
def test_addresses_as_people_write_them(written: str, path: str) -> None:
    assert path_of(written) == path


# What was withdrawn


def test_a_withdrawn_city_leaves_a_page_for_all_that_was_published_of_it() -> None:
    locked = ("embed/cities/windhoek/", "api/v1/cities/windhoek.json", "feeds/cities/windhoek.xml")
    plan = left(cities(retired("city", "windhoek")), locked=locked)
    assert sorted(plan.gone) == ["cities/windhoek/", "embed/cities/windhoek/", "pl/miasta/windhoek/"]
    assert plan.gone_files == {"api/v1/cities/windhoek.json", "feeds/cities/windhoek.xml"}


def test_lists_that_became_shorter_or_empty() -> None:
    locked = (
        "compare/wel/3/",
        "pl/porownaj/wel/2/",
        "compare/migration/",
        "pl/porownaj/migration/2/",
        "countries/na/",
        "pl/kraje/na/",
        "cities/lodz-2/",
    )
    found = redirects(cities(), locked=locked)
    assert {old: to for old, to in found.items() if old in locked} == {
        "compare/wel/3/": "compare/wel/",
        "pl/porownaj/wel/2/": "pl/porownaj/wel/",
        "compare/migration/": "compare/",
        "pl/porownaj/migration/2/": "pl/porownaj/",
        "countries/na/": "countries/",
        "pl/kraje/na/": "pl/kraje/",
    }


def test_a_page_says_what_was_withdrawn_when_and_why() -> None:
    of = cities(retired("city", "windhoek"), retired("commitment", "windhoek/wel"))
    plan = left(of)
    page = gone_page(lens(of), "cities/windhoek/", plan.gone["cities/windhoek/"], Chronicle())
    assert page.frame.title == "A city that was withdrawn: windhoek"
    assert page.note.when == "Withdrawn in March 2025."
    assert page.note.reason is not None
    assert page.note.reason.text == "Why windhoek."
    assert [(claim.anchor, claim.note.when) for claim in page.claims] == [("wel", "Withdrawn in March 2025.")]
    polish = gone_page(lens(of, "pl"), "pl/miasta/windhoek/", plan.gone["pl/miasta/windhoek/"], Chronicle())
    assert polish.frame.title == "Wycofane miasto: windhoek"
    assert polish.note.when == "Wycofano w marcu 2025\u00a0r."
    assert [link.href for link in polish.frame.alternates] == ["cities/windhoek/", "pl/miasta/windhoek/"]


def test_a_page_says_what_stood_there_last() -> None:
    before = replace(cities(), retired=())
    rows = tuple(retired("city", id) for id in ("krakow", "lodz"))
    after = replace(
        atlas(city("wien", "Wien", "AT", names={"en": "Vienna", "pl": "Wiedeń"}), network("wel", "Welcome")),
        retired=rows,
    )
    told = describe_edition(
        before, after, Editions(AS_OF, AS_OF), (), [one.lang for one in lenses(after)], lens(after).addresses
    )
    edition = EditionReport(day=AS_OF, time=datetime(2026, 2, 1, tzinfo=UTC), commit="c", changes=told)
    plan = left(after, made=[page for page in PAGES if "krakow" not in page and "lodz" not in page])
    said = {
        lang: gone_page(lens(after, lang), path, plan.gone[path], Chronicle(editions=(edition,))).said
        for lang, path in (("en", "cities/krakow/"), ("pl", "pl/miasta/krakow/"))
    }
    assert said["en"] == (
        "Kraków: withdrawn: Why krakow.",
        "Kraków, Welcome: withdrawn: Why krakow (the atlas said: Kraków joined Welcome in 2012).",
        "Kraków, Welcome: withdrawn: Why krakow (the atlas said: Kraków joined Welcome in 2015).",
    )
    assert len(said["pl"]) == 3
    lodz = gone_page(lens(after), "cities/lodz/", plan.gone["cities/lodz/"], Chronicle())
    assert lodz.said == ()


def test_a_withdrawn_claim_stays_on_the_page_of_the_city() -> None:
    of = cities(retired("commitment", "lodz/wel"), retired("commitment", "lodz/gone", "krakow/wel"))
    first, second = city_page(lens(of), "lodz").withdrawn
    assert (first.anchor, first.id, first.successor) == ("wel", "lodz/wel", None)
    assert first.link is not None
    assert first.note.reason is not None
    assert first.note.reason.text == "Why lodz/wel."
    assert (second.anchor, second.link, second.subject.text) == ("gone", None, "gone")
    assert second.successor is not None
    assert second.successor.href == "cities/krakow/#wel"
    assert city_page(lens(of), "krakow").withdrawn == ()


def test_a_claim_keeps_the_anchors_that_it_had() -> None:
    rows = (
        retired("network", "old", "wel"),
        retired("commitment", "krakow/other", "krakow/wel"),
        retired("address", "cities/krakow/#wel-2014", "cities/krakow/#wel-2015"),
    )
    anchors = {
        entry.claim.anchor: entry.claim.former
        for entry in city_page(lens(cities(*rows)), "krakow").entries
        if entry.claim
    }
    assert anchors == {"wel": ("old", "other"), "wel-2015": ("old-2015", "wel-2014")}
    assert city_page(lens(cities(*rows)), "krakow").withdrawn == ()


def test_a_redirect_carries_the_claims_along() -> None:
    of = cities(former=("cracow",))
    page = redirect_page(lens(of), "cities/cracow/", left(of).redirects["cities/cracow/"])
    assert (page.target.text, page.target.href) == ("Kraków", "cities/krakow/")
    assert page.frame.canonical == "cities/krakow/"
    assert [(anchor, link.href) for anchor, link in page.claims] == [
        ("wel", "cities/krakow/#wel"),
        ("wel-2015", "cities/krakow/#wel-2015"),
    ]
    embed = redirect_page(lens(of), "embed/cities/cracow/", left(of).redirects["embed/cities/cracow/"])
    assert embed.claims == ()


# What the checks refuse


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (
            ("city,a,x,x,b,", "city,b,x,x,a,"),
            "data/retired.csv:2:12: E-RETIRED replaced_by 'b': leads in a circle: a > b > a; name what "
            "stands there now, or leave it empty",
        ),
        (
            ("network,a,x,x,a,",),
            "data/retired.csv:2:15: E-RETIRED replaced_by 'a': leads in a circle: a > a; name what stands "
            "there now, or leave it empty",
        ),
        (
            ("city,cologne,x,x,lodz,",),
            "data/retired.csv:2:6: E-RETIRED city 'cologne': retired, but in use at data/cities.csv:4; an "
            "address once withdrawn never means something else; choose another id",
        ),
        (("city,a,x,x,b,", "city,b,x,x,c,", "city,c,x,x,cologne,"), ""),
        (("network,a,x,x,b,", "charter,b,x,x,welcome,"), ""),
    ],
)
def test_what_may_replace_an_id(
    rows: tuple[str, ...], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(GOOD, "data")
    lines = ("kind,id,reason_en,reason_pl,replaced_by,on", *rows)
    Path("data/retired.csv").write_text("".join(f"{line}\n" for line in lines), "utf-8")
    dataset = load(Path("data"))
    found = [*dataset.findings, *validate(dataset, today=AS_OF)]
    assert as_text(found).splitlines() == ([told] if told else [])
