"""No address is lost: the lock, what a build must keep, the line that keeps it; the name of an edition."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.builders import ROOT, atlas, charter, city, commitment, lenses, network, when
from tests.repository import GOOD, edit, git, repository

from atlas.changes.moved_ids import moves
from atlas.cli.main import main
from atlas.cli.messages import translations
from atlas.dataset.history.edition_name import edition_name
from atlas.errors import UsageError
from atlas.findings import Place, as_text
from atlas.model.records import Atlas, Retired
from atlas.output_paths import file_names
from atlas.site.permanence import url_lock as lock
from atlas.site.permanence.lost_urls import Check
from atlas.site.permanence.write_redirects import addresses_of, read_lock

TODAY = date(2026, 11, 22)
SECTIONS = {"cities": "miasta", "networks": "sieci", "charters": "karty"}


def retired(kind: str, id: str, replaced_by: str | None = None, on: str = "2025-03") -> Retired:
    reason = {"en": f"Why {id}.", "pl": f"Dlaczego {id}."}
    place = Place("data/retired.csv", 2, 1)
    return Retired(kind=kind, id=id, reason=reason, replaced_by=replaced_by, on=when(on), place=place)


def made(of: Atlas) -> frozenset[str]:
    """Return the addresses of the pages of records, as a build makes them in both languages."""
    pages = {"", "pl/", "data/cities.csv"}
    records = [("cities", id) for id in of.cities]
    records += [(f"{one.family}s", id) for id, one in of.instruments.items()]
    for section, id in records:
        pages |= {f"{section}/{id}/", f"pl/{SECTIONS[section]}/{id}/"}
    return frozenset(pages | {f"compare/{id}/" for id in of.instruments})


def locked_by(of: Atlas) -> dict[str, int]:
    """Return the lock of an atlas, as its first edition would leave it."""
    claims = {f"cities/{one.city}/#{one.anchor}" for one in of.commitments}
    claims |= {f"pl/miasta/{one.city}/#{one.anchor}" for one in of.commitments}
    return lock.read(lock.write(f"/{one}" for one in (*made(of), *claims)))


def lost(before: Atlas, after: Atlas, lang: str = "en") -> list[str]:
    """Return what a build of ``after`` is told that knows the addresses of ``before``."""
    locked, through, pages = locked_by(before), lenses(after), made(after)

    def ids(page: str) -> set[str]:
        id = page.rstrip("/").rpartition("/")[2]
        claims = after.commitments_of_city.get(id, ())
        known = {
            anchor for one in claims for anchor in (one.anchor, *moves(after).former_anchors(id, one.anchor))
        }
        return known | {one.anchor for one in moves(after).withdrawn.get(id, ())}

    found = Check(through, pages, locked, ids).findings("urls.lock", TODAY)
    return as_text(found, translations(lang).gettext).splitlines()


BEFORE = atlas(
    city("krakow", "Kraków"),
    city("lodz", "Łódź"),
    city("windhoek", "Windhoek", "NA"),
    network("wel", "Welcome"),
    charter("eq", "Equality"),
    commitment("wel", "krakow", since="2011"),
    commitment("wel", "krakow", since="2015", period="2015"),
    commitment("eq", "krakow", "signatory"),
    commitment("wel", "lodz"),
    commitment("eq", "windhoek", "signatory"),
)


def changed(
    *, without: tuple[str, ...] = (), renamed: tuple[str, str] = ("", ""), said: bool = False
) -> Atlas:
    """Return the atlas without some cities, or with another id for one."""
    old, new = renamed
    records = [
        replace(one, id=new, former_ids=(old,) if said else ()) if one.id == old else one
        for one in BEFORE.cities.values()
        if one.id not in without
    ]
    claims = [
        replace(one, city=new) if one.city == old else one
        for one in BEFORE.commitments
        if one.city not in without
    ]
    return atlas(*records, *BEFORE.instruments.values(), *claims)


# What a build must keep


def test_the_same_data_lose_nothing() -> None:
    assert lost(BEFORE, BEFORE) == []


def test_a_rename_that_nobody_said_prints_the_cell_to_type() -> None:
    line = locked_by(BEFORE)["/cities/windhoek/"]
    assert lost(BEFORE, changed(renamed=("windhoek", "windhuk"))) == [
        f"urls.lock:{line}:1: E-LOST /cities/windhoek/: the build no longer makes this address and 3 more of "
        "the same; if windhoek is now windhuk, type windhoek into former_ids of the row windhuk of "
        "cities.csv; if it was withdrawn, type this into retired.csv: city,windhoek,WHY,DLACZEGO,,2026-11-22"
    ]


def test_a_new_id_that_looks_like_nothing_is_found_by_its_claims() -> None:
    [told] = lost(BEFORE, changed(renamed=("krakow", "stolica")))
    assert "if krakow is now stolica, type krakow into former_ids of the row stolica of cities.csv" in told


def test_a_rename_that_is_said_loses_nothing() -> None:
    assert lost(BEFORE, changed(renamed=("krakow", "cracovia"), said=True)) == []


def test_a_removal_that_nobody_said_prints_the_row_to_type() -> None:
    line = locked_by(BEFORE)["/cities/lodz/"]
    assert lost(BEFORE, changed(without=("lodz",))) == [
        f"urls.lock:{line}:1: E-LOST /cities/lodz/: the build no longer makes this address and 3 more of the "
        "same; put it back, or type this into retired.csv: city,lodz,WHY,DLACZEGO,,2026-11-22"
    ]


def test_the_message_speaks_polish() -> None:
    line = locked_by(BEFORE)["/cities/lodz/"]
    assert lost(BEFORE, changed(without=("lodz",)), "pl") == [
        f"urls.lock:{line}:1: E-LOST /cities/lodz/: budowanie serwisu nie tworzy już tego adresu ani "
        "powiązanych z nim (jeszcze 3); przywróć to albo wpisz do retired.csv: "
        "city,lodz,WHY,DLACZEGO,,2026-11-22"
    ]


def test_a_removal_that_is_said_loses_nothing() -> None:
    after = replace(changed(without=("lodz",)), retired=(retired("city", "lodz"),))
    assert lost(BEFORE, after) == []


def test_a_claim_that_is_gone_is_asked_for_once_for_both_languages() -> None:
    after = atlas(*BEFORE.cities.values(), *BEFORE.instruments.values(), *BEFORE.commitments[:4])
    line = locked_by(BEFORE)["/cities/windhoek/#eq"]
    assert lost(BEFORE, after) == [
        f"urls.lock:{line}:1: E-LOST /cities/windhoek/#eq: the build no longer makes this address and 1 more "
        "of the same; put it back, or type this into retired.csv: "
        "commitment,windhoek/eq,WHY,DLACZEGO,,2026-11-22"
    ]
    assert lost(BEFORE, replace(after, retired=(retired("commitment", "windhoek/eq"),))) == []


def test_the_anchor_of_a_further_period_that_has_another_date() -> None:
    claims = [
        replace(one, anchor="wel-2016", period="2016") if one.anchor == "wel-2015" else one
        for one in BEFORE.commitments
    ]
    after = atlas(*BEFORE.cities.values(), *BEFORE.instruments.values(), *claims)
    [told] = lost(BEFORE, after)
    row = "address,cities/krakow/#wel-2015,WHY,DLACZEGO,cities/krakow/#wel-2016,2026-11-22"
    rest = "(without cities/krakow/#wel-2016 where nothing has taken its place)"
    assert told.endswith(f"type this into retired.csv: {row} {rest}")
    said = retired("address", "cities/krakow/#wel-2015", "cities/krakow/#wel-2016")
    assert lost(BEFORE, replace(after, retired=(said,))) == []


def test_a_network_that_is_gone_is_named_once_with_all_that_is_about_it() -> None:
    claims = [one for one in BEFORE.commitments if one.instrument != "wel"]
    after = atlas(*BEFORE.cities.values(), BEFORE.instruments["eq"], *claims)
    told = lost(BEFORE, after)
    assert [line.rpartition(": ")[2] for line in told] == [
        "commitment,krakow/wel,WHY,DLACZEGO,,2026-11-22",
        "address,cities/krakow/#wel-2015,WHY,DLACZEGO,,2026-11-22",
        "commitment,lodz/wel,WHY,DLACZEGO,,2026-11-22",
        "address,compare/wel/,WHY,DLACZEGO,,2026-11-22",
        "network,wel,WHY,DLACZEGO,,2026-11-22",
    ]


def test_a_network_under_a_new_id_keeps_pages_and_anchors() -> None:
    named = replace(BEFORE.instruments["wel"], id="wel-net")
    claims = [
        replace(one, instrument="wel-net", anchor=one.anchor.replace("wel", "wel-net"))
        if one.instrument == "wel"
        else one
        for one in BEFORE.commitments
    ]
    after = atlas(*BEFORE.cities.values(), BEFORE.instruments["eq"], named, *claims)
    assert lost(BEFORE, replace(after, retired=(retired("network", "wel", "wel-net"),))) == []


def test_an_address_that_is_sent_to_nowhere_is_refused() -> None:
    after = replace(BEFORE, retired=(retired("address", "old/", "cities/nowhere/"),))
    assert lost(BEFORE, after) == [
        "data/retired.csv:2:1: E-RETIRED replaced_by 'cities/nowhere/': there is no such page, and no such "
        "claim; type the address of a page of the atlas, such as cities/krakow/"
    ]


# The lock


def test_a_lock_is_sorted_and_says_what_it_is() -> None:
    text = lock.write(["/b/", "/a/#x", "/a/", "/b/"])
    assert text.splitlines()[-2:] == ["/a/ #x", "/b/"]
    assert "`atlas lock` adds new ones" in text
    assert lock.read(text) == {"/a/": 3, "/a/#x": 3, "/b/": 4}


def test_a_lock_of_two_branches_is_read_whatever_its_order() -> None:
    assert lock.read("\ufeff# c\r\n/b/\r\n\r\n/a/\r\n/b/\r\n") == {"/b/": 2, "/a/": 4}


def test_without_a_lock_nothing_is_published(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"urls\.lock: missing; nothing is published"):
        read_lock(tmp_path / "urls.lock")


def test_the_lock_of_the_repository_is_whole_and_in_order() -> None:
    text = (ROOT / "urls.lock").read_text("utf-8")
    known = lock.read(text)
    assert text == lock.write(known)
    assert {"/", "/pl/", "/cities/krakow/", "/pl/miasta/krakow/#eccar", "/data/cities.csv"} <= set(known)


def test_what_lies_in_a_folder(tmp_path: Path) -> None:
    for name in ("index.html", "a/index.html", "data/x.csv", "theme/x.css", "404.html", ".atlas-output"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert sorted(addresses_of(file_names(tmp_path))) == ["", "a/", "data/x.csv"]


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository of the small dataset with its lock, both committed."""
    repository(tmp_path, monkeypatch)
    assert main(["lock"]) == 0
    git("add", "urls.lock")
    git("commit", "-qm", "addresses")
    return tmp_path


def test_the_languages_are_those_of_the_site(small: Path) -> None:
    assert "/pl/" in lock.load(small / "urls.lock")
    (small / "urls.lock").unlink()
    (small / "atlas.yaml").write_text(
        "languages: [en]\nname: {en: A}\ntagline: {en: B}\ndescription: {en: C}\n"
    )
    assert main(["lock"]) == 0
    known = lock.load(small / "urls.lock")
    assert "/cities/" in known and not any(address.startswith("/pl/") for address in known)


def test_new_addresses_follow_from_the_data(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (small / "urls.lock").read_text("utf-8")
    edit(small / "data/commitments/equality.csv", "koeln,", "honnelles,signatory,2020,press,,\nkoeln,")
    capsys.readouterr()
    assert main(["lock", "--check"]) == 0
    assert capsys.readouterr().out == f"urls.lock: nothing is lost, {len(lock.read(before))} addresses\n"
    assert main(["lock"]) == 0
    assert capsys.readouterr().out == "urls.lock: 2 addresses added\n"
    after = (small / "urls.lock").read_text("utf-8")
    assert sorted(set(after.splitlines()) - set(before.splitlines())) == [
        "/cities/honnelles/ #equality #welcome",
        "/pl/miasta/honnelles/ #equality #welcome",
    ]


def test_an_older_period_adds_an_address_and_loses_none(small: Path) -> None:
    known = set(lock.read((small / "urls.lock").read_text("utf-8")))
    edit(
        small / "data/commitments/welcome.csv", "gdansk,", "gdansk,2008,former,,2008,2010,,,press,,,\ngdansk,"
    )
    assert main(["check"]) == 0
    assert main(["lock"]) == 0
    new = set(lock.read((small / "urls.lock").read_text("utf-8"))) - known
    assert new == {"/cities/gdansk/#welcome-2008", "/pl/miasta/gdansk/#welcome-2008"}


def test_a_claim_that_is_lost_fails_with_what_to_type(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(small / "data/commitments/equality.csv", "windhoek,signatory,2022,charter-list,,\n", "")
    capsys.readouterr()
    assert main(["lock", "--check"]) == 1
    line = lock.read((small / "urls.lock").read_text("utf-8"))["/cities/windhoek/#equality"]
    assert capsys.readouterr().out == (
        f"urls.lock:{line}:1: E-LOST /cities/windhoek/#equality: the build no longer makes this address and "
        "1 more of the same; put it back, or type this into retired.csv: "
        "commitment,windhoek/equality,WHY,DLACZEGO,,2026-02-01\n"
    )
    assert main(["lock"]) == 1  # nothing is added to what is not whole
    with (small / "data/retired.csv").open("a") as file:
        file.write("commitment,windhoek/equality,A mistake.,Pomyłka.,,2026-02-01\n")
    assert main(["lock", "--check"]) == 0


def test_a_line_that_was_removed_is_noticed(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    known = lock.read((small / "urls.lock").read_text("utf-8"))
    (small / "urls.lock").write_text(lock.write(known.keys() - {"/cities/turku/#welcome"}))
    capsys.readouterr()
    assert main(["lock", "--check", "--lang", "pl"]) == 1
    assert capsys.readouterr().out == (
        "urls.lock: od HEAD usunięto: 1 adres; przywróć te wiersze:\n/cities/turku/#welcome\n"
    )


def test_a_page_may_stand_on_several_lines_of_a_merged_lock() -> None:
    merged = "/cities/krakow/ #eccar\n/cities/krakow/ #eccar #iash\n/data/cities.csv\n"
    known = lock.read(merged)
    assert known == {
        "/cities/krakow/": 1,
        "/cities/krakow/#eccar": 1,
        "/cities/krakow/#iash": 2,
        "/data/cities.csv": 3,
    }
    assert lock.write(known).splitlines()[2:] == ["/cities/krakow/ #eccar #iash", "/data/cities.csv"]


# Editions


def test_an_edition_is_named_by_its_day_and_its_data() -> None:
    files = {"cities.csv": b"id\nkrakow\n", "actions/a.yaml": b"kind: x\n"}
    listed = "".join(
        f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in ("actions/a.yaml", "cities.csv")
    )
    digest = hashlib.sha256(listed.encode()).hexdigest()[:7]
    assert edition_name(TODAY, files) == f"2026-11-22.{digest}"
    assert edition_name(date(2026, 11, 23), files) == f"2026-11-23.{digest}"
    assert edition_name(TODAY, {**files, "cities.csv": b"id\nlodz\n"}) != edition_name(TODAY, files)
    assert edition_name(TODAY, {**files, "cities.csv": b"\xef\xbb\xbfid\r\nkrakow\r\n"}) == edition_name(
        TODAY, files
    )


def test_the_command_on_the_page_of_the_data_gives_the_same_hash() -> None:
    command = (
        "find * -name '*.csv' -o -name '*.yaml' | LC_ALL=C sort | xargs sha256sum | sha256sum | cut -c1-7"
    )
    assert command in (ROOT / "theme/templates/data.html").read_text("utf-8")
    done = subprocess.run(command, shell=True, cwd=GOOD, capture_output=True, text=True, check=True)
    files = {
        path.relative_to(GOOD).as_posix(): path.read_bytes()
        for path in GOOD.rglob("*")
        if path.suffix in (".csv", ".yaml")
    }
    assert edition_name(TODAY, files) == f"2026-11-22.{done.stdout.strip()}"


# A rename, a removal and a correction, from end to end


def publish(repository: Path) -> subprocess.CompletedProcess[str]:
    """Build the public site of a small repository as ``make publish`` does."""
    settings = {"ATLAS_DATA": str(repository / "data"), "ATLAS_URLS_LOCK": str(repository / "urls.lock")}
    arguments = ["-m", "pelican", "-s", str(ROOT / "publishconf.py"), str(repository / "content")]
    given = [f"{name}={json.dumps(value)}" for name, value in settings.items()]
    return subprocess.run(
        [sys.executable, *arguments, "-o", str(repository / "output"), "--fatal", "errors", "-e", *given],
        cwd=ROOT,
        env={
            **os.environ,
            "ATLAS_SITEURL": "https://example.org",
            "COLUMNS": "200",
            "SOURCE_DATE_EPOCH": "1795348800",
        },
        capture_output=True,
        text=True,
        check=False,
    )


UNPROMISED = re.compile(r"(pl/)?(timeline|os-czasu|(changes|zmiany)/[0-9]{4})/.*")
"""Pages that come and go with their entries."""


def pages_made(output: Path) -> set[str]:
    """Return the pages of a build that are no redirects of guessed or former addresses."""
    pages = {one for one in addresses_of(file_names(output)) if one.endswith("/") or not one}
    refresh = 'http-equiv="refresh"'
    return {one for one in pages if refresh not in (output / one / "index.html").read_text("utf-8")}


def test_a_rename_a_removal_and_a_correction_are_played_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / repository(tmp_path, monkeypatch)
    (tmp_path / "content/pages").mkdir(parents=True)
    output, locked = tmp_path / "output", tmp_path / "urls.lock"
    assert main(["lock"]) == 0
    done = publish(tmp_path)
    assert (done.returncode, "E-" in done.stderr) == (0, False), done.stderr
    promised = {lock.page_of(address)[1:] for address in lock.read(locked.read_text("utf-8"))}
    assert promised - set(addresses_of(file_names(output))) == set()
    unpromised = {one for one in pages_made(output) - promised if not UNPROMISED.fullmatch(one)}
    assert unpromised == set()
    first = (output / "cities/windhoek/index.html").read_text("utf-8")

    # Windhoek gets another id, Markup is removed, Kraków never declined: nobody says so.
    for name in ("cities.csv", "commitments/equality.csv"):
        edit(data / name, "\nwindhoek,", "\nwindhuk,")
    for name in ("cities.csv", "commitments/welcome.csv"):
        rows = (data / name).read_text("utf-8").splitlines(True)
        (data / name).write_text("".join(row for row in rows if not row.startswith("markup,")), "utf-8")
    edit(data / "commitments/equality.csv", "krakow,declined,,press,,\n", "")
    refused = publish(tmp_path)
    assert refused.returncode == 1
    told = [line for line in refused.stderr.splitlines() if "E-LOST" in line]
    rows = [line.partition("type this into retired.csv: ")[2] for line in told]
    assert rows == [
        "commitment,krakow/equality,WHY,DLACZEGO,,2026-11-22",
        "city,markup,WHY,DLACZEGO,,2026-11-22",
        "city,windhoek,WHY,DLACZEGO,,2026-11-22",
    ]
    assert "type windhoek into former_ids of the row windhuk of cities.csv" in told[2]
    assert (output / "cities/windhoek/index.html").read_text("utf-8") == first

    # They type what they were told.
    edit(data / "cities.csv", "Q3935,,\n", "Q3935,,windhoek\n")
    with (data / "retired.csv").open("a", encoding="utf-8") as table:
        for row in rows[:2]:
            table.write(row.replace("WHY", "A mistake of ours.").replace("DLACZEGO", "Nasza pomyłka.") + "\n")
    done = publish(tmp_path)
    assert (done.returncode, "E-" in done.stderr) == (0, False), done.stderr

    moved = (output / "pl/miasta/windhoek/index.html").read_text("utf-8")
    assert '<meta http-equiv="refresh" content="0; url=../../../pl/miasta/windhuk/">' in moved
    assert '<li id="equality"><a href="../windhuk/#equality">' in moved
    assert "/cities/windhoek/ /cities/windhuk/ 301\n" in (output / "_redirects").read_text("utf-8")
    gone = (output / "pl/miasta/markup/index.html").read_text("utf-8")
    assert "Wycofano 22 listopada 2026" in gone
    assert "Nasza pomyłka." in gone
    assert '<meta name="robots" content="noindex">' in gone
    page = (output / "cities/krakow/index.html").read_text("utf-8")
    assert '<li id="equality">' in page
    assert "Withdrawn on 22 November 2026. A mistake of ours." in page
    sitemap = (output / "sitemap.xml").read_text("utf-8")
    assert "<loc>https://example.org/cities/windhuk/</loc>" in sitemap
    assert "windhoek" not in sitemap
    assert "markup" not in sitemap

    # The id is never used again.
    edit(
        data / "cities.csv",
        "krakow,Kraków,",
        "markup,Markup,Markup,Markup,SE,,55.6,13.0,,,,,\nkrakow,Kraków,",
    )
    capsys.readouterr()
    assert main(["check"]) == 1
    assert "city 'markup': retired, but in use at data/cities.csv:" in capsys.readouterr().out
