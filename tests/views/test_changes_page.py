"""The pages of changes: the history of a repository, edition by edition, in sentences."""

from __future__ import annotations

import logging
import shutil
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.builders import atlas, city, commitment, language, lens, network
from tests.repository import GOOD, edit, git, repository

from atlas.cache.digests import digest
from atlas.changes.history import chronicle as kept
from atlas.changes.history.chronicle import chronicle
from atlas.changes.history.edition_report import ChangeEntry, Chronicle, EditionReport, Part, by_subject
from atlas.changes.wording.affected_pages import Concerns
from atlas.dataset.assembly.assemble import assemble
from atlas.dataset.history.edition_name import edition_name
from atlas.dataset.published_files import Contents
from atlas.dataset.reading.load import load
from atlas.views.code_host import CodeHost
from atlas.views.lens import Lens
from atlas.views.pages.changelog import (
    AT_ONCE,
    CHANGES_PER_YEAR_PAGE,
    NEWEST,
    ChangesPage,
    changes_page,
    years,
)
from atlas.views.pages.editions import editions_page

LANGUAGES = (language("en"), language("pl"))


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return repository(tmp_path, monkeypatch)


def commit(day: str) -> None:
    git("add", "data")
    git("commit", "-qm", day, day=day)


def history(data: Path) -> Chronicle:
    return chronicle(data, LANGUAGES, Path("kept"))


def page(told: Chronicle, code: str = "en", year: str = "") -> ChangesPage:
    return changes_page(lens(assemble(load(GOOD)), code), told, (), year)


def lines(of: ChangesPage) -> list[str]:
    """Return what a page says, one line for each heading and sentence; addresses in brackets."""
    found = []
    for edition in of.editions:
        found.append(edition.heading)
        found += [edition.begins] if edition.begins else []
        for part in edition.parts:
            found.append(f"  {part.heading} ({part.number})")
            found += [f"    {count}" for count in part.counts]
            for group in part.groups:
                found.append(f"    {group.heading}")
                found += [f"      {line.text} [{line.href or None}]" for line in group.entries]
            found += [f"    {part.rest}"] if part.rest else []
        found += [f"  {note}" for note in edition.notes]
        found += [f"  {edition.command}"] if edition.command else []
    return [line.replace("\u00a0", " ") for line in found]


def play(data: Path) -> None:
    """Let something happen, be corrected and be learnt, on three days."""
    edit(
        data / "commitments/rights-commission.csv",
        "lodz,member",
        "gdansk,member,,2026-01-25,,,,press,,,\nlodz,member",
    )
    commit("2026-01-28")
    edit(data / "cities.csv", "175945", "201863")
    commit("2026-01-30")
    edit(data / "sources.csv", "https://charter.example.org/text,,en", "https://charter.example.org/text,,pl")
    commit("2026-02-01")


def test_the_history_is_told_by_day_the_world_apart_from_corrections(data: Path) -> None:
    play(data)
    assert lines(page(history(data))) == [
        "1 February 2026",
        "  Corrected (1)",
        "    Sources",
        "      “Text of the charter” (Charter Office) – language: Polish (corrected; the atlas said: "
        "English) [sources/charter-text/]",
        "30 January 2026",
        "  Corrected (1)",
        "    Turku",
        "      Turku – number of inhabitants: 201,863 (corrected; the atlas said: 175,945) [cities/turku/]",
        "28 January 2026",
        "  In the world (1)",
        "    Gdańsk",
        "      Gdańsk joined Commission on Rights on 25 January 2026 (1 source) [cities/gdansk/]",
        "20 January 2026",
        "The atlas begins. Recorded so far: 8 cities, 2 networks, 2 charters, 15 commitments, 3 actions and "
        "6 sources.",
    ]


def test_the_same_in_polish(data: Path) -> None:
    play(data)
    told = lines(page(history(data), "pl"))
    assert told[:3] == ["1 lutego 2026", "  Poprawiono (1)", "    Źródła"]
    assert told[8:11] == [
        "28 stycznia 2026",
        "  Na świecie (1)",
        "    Gdańsk",
    ]
    assert told[-1] == (
        "Początek atlasu. Odnotowano dotąd: 8 miast, 2 sieci, 2 karty, 15 zobowiązań, 3 działania i 6 źródeł."
    )


def test_what_is_told_the_first_time_has_the_digest_of_what_is_kept(data: Path) -> None:
    """Else the build after one from nothing would take every feed for changed."""
    edit(data / "commitments/rights-commission.csv", ",press,", ",press;network-report,")
    commit("2026-01-28")
    assert digest(history(data)) == digest(history(data))


def test_words_that_changed_are_told_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_CODE", tmp_path)
    told = set()
    for name in ("sentences.py", "atlas.po", "findings.toml", "events.yaml"):
        (tmp_path / name).write_text("words")
        told.add(kept._fingerprint(["en", "pl"]))
    assert len(told) == 4


def test_commits_of_one_day_are_one_edition(data: Path) -> None:
    edit(data / "cities.csv", "175945", "175946")
    commit("2026-01-28")
    edit(data / "cities.csv", "175946", "201863")
    commit("2026-01-28")
    told = lines(page(history(data)))
    assert told[:4] == [
        "28 January 2026",
        "  Corrected (1)",
        "    Turku",
        "      Turku – number of inhabitants: 201,863 (corrected; the atlas said: 175,945) [cities/turku/]",
    ]
    assert len(told) == 6


def test_a_clock_that_went_back_does_not_turn_the_editions_round(data: Path) -> None:
    edit(data / "cities.csv", "175945", "175946")
    commit("2026-01-30")
    edit(data / "cities.csv", "175946", "201863")
    commit("2026-01-25")
    assert [one.day for one in history(data).editions] == [date(2026, 1, 30), date(2026, 1, 20)]


def test_a_commit_that_changes_no_value_is_no_edition(data: Path) -> None:
    edit(data / "networks/welcome.yaml", "founded: '1992'", 'founded: "1992"')
    (data / "README.md").write_text("Explained.\n")
    commit("2026-01-28")
    (data.parent / "note.txt").write_text("not data\n")
    git("add", "note.txt")
    git("commit", "-qm", "note", day="2026-01-29")
    assert [one.day for one in history(data).editions] == [date(2026, 1, 20)]


def test_a_merge_is_told_on_the_day_of_the_merge(data: Path) -> None:
    git("checkout", "-qb", "side")
    edit(data / "cities.csv", "175945", "201863")
    commit("2026-01-22")
    git("checkout", "-q", "-")
    git("merge", "-q", "--no-ff", "-m", "merge", "side", day="2026-01-30")
    assert [one.day for one in history(data).editions] == [date(2026, 1, 30), date(2026, 1, 20)]


def test_without_history_the_page_and_the_log_say_so(data: Path, caplog: pytest.LogCaptureFixture) -> None:
    shutil.rmtree(".git")
    told = history(data)
    assert told.gap == "none"
    assert [record.getMessage() for record in caplog.records] == [
        "no git history of data here: the pages of changes say so and stay empty"
    ]
    english, polish = page(told), page(told, "pl")
    assert (english.editions, english.years) == ((), ())
    assert english.gap == (
        "This copy of the atlas was made without the history of its data (from an archive, for example), so "
        "it cannot say what changed."
    )
    assert polish.gap is not None and polish.gap.startswith("Ta kopia atlasu powstała bez historii danych")


def test_a_shallow_clone_tells_what_it_knows_and_no_beginning(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    play(data)
    git("clone", "-q", "--depth", "2", f"file://{tmp_path}", "clone")
    monkeypatch.chdir("clone")
    told = history(Path("data"))
    assert told.gap == "shallow"
    assert "this clone is shallow: changes before 2026-01-30 are not told" in caplog.text
    one = page(told)
    assert [edition.heading for edition in one.editions] == ["1 February 2026"]
    assert one.gap == (
        "This copy of the atlas was made with a part of the history of its data: changes before 30 January "
        "2026 are not told."
    )


def test_an_edition_that_cannot_be_read_is_named_and_the_next_one_compared_with_the_last_readable(
    data: Path, caplog: pytest.LogCaptureFixture
) -> None:
    good = (data / "vocabulary.yaml").read_text("utf-8")
    (data / "vocabulary.yaml").write_text("topics: [\n", "utf-8")
    commit("2026-01-28")
    (data / "vocabulary.yaml").write_text(good, "utf-8")
    edit(data / "cities.csv", "175945", "201863")
    commit("2026-01-30")
    told = lines(page(history(data)))
    assert told[:3] == ["30 January 2026", "  Corrected (1)", "    Turku"]
    assert told[4:6] == ["28 January 2026", "  The data of this edition cannot be read by the present rules."]
    assert "the edition of 2026-01-28 cannot be told" in caplog.text


def test_records_with_errors_are_counted_and_not_told_as_removed(data: Path) -> None:
    edit(data / "commitments/equality.csv", "windhoek,signatory,2022,", "windhoek,signatory,2022-13,")
    edit(data / "cities.csv", "175945", "201863")
    commit("2026-01-28")
    told = lines(page(history(data)))
    assert told[1:5] == [
        "  Corrected (1)",
        "    Turku",
        "      Turku – number of inhabitants: 201,863 (corrected; the atlas said: 175,945) [cities/turku/]",
        "  1 record was not compared, because the data had an error there.",
    ]


# What is kept ---------------------------------------------------------------------------------


def test_finished_editions_are_kept_and_read_back_the_same(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    play(data)
    first = history(data)
    monkeypatch.setattr("atlas.changes.history.chronicle.edition", None)  # nothing may be worked out again
    assert history(data).editions == first.editions


def test_what_is_kept_may_be_broken_or_of_another_version(data: Path) -> None:
    play(data)
    first = history(data)
    [folder] = Path("kept").iterdir()
    for number, path in enumerate(sorted(folder.iterdir())):
        path.write_text(("{", "[]", '{"changes": [{}]}', "null")[number % 4])
    assert history(data).editions == first.editions
    folder.rename("kept/editions-0123456789ab")
    assert history(data).editions == first.editions
    assert list(Path("kept").iterdir()) == [folder]


def test_what_is_kept_of_other_data_in_the_same_commits_is_no_hit(data: Path) -> None:
    other = Path("other")
    shutil.copytree(data, other)
    git("add", "other")
    git("commit", "-qm", "other", day="2026-01-28")
    edit(data / "cities.csv", "175945", "201863")
    edit(other / "cities.csv", "175945", "300000")
    git("add", "data", "other")
    git("commit", "-qm", "both", day="2026-01-30")
    edit(data / "cities.csv", "201863", "201864")
    edit(other / "cities.csv", "300000", "300001")
    git("add", "data", "other")
    git("commit", "-qm", "both again", day="2026-01-31")
    told = [lines(page(history(folder)))[3] for folder in (data, other)]
    assert ["201,864" in told[0], "300,001" in told[1]] == [True, True]


def test_a_folder_that_cannot_be_written_keeps_nothing(data: Path) -> None:
    Path("kept").write_text("a file")
    assert len(history(data).editions) == 1


# A long history -------------------------------------------------------------------------------


def told(number: int, part: Part = "learnt", kind: str = "source", act: str = "added") -> ChangeEntry:
    return ChangeEntry(
        name=f"sources/s{number}|{act}",
        part=part,
        kind=kind,
        act=act,
        sentence={"en": f"Source {number}", "pl": f"Źródło {number}"},
        group={"en": "Sources", "pl": "Źródła"},
        order={"en": number, "pl": -number},
        pages=(),
        concerns=Concerns(),
    )


def edition(day: date, *changes: ChangeEntry) -> EditionReport:
    time = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    return EditionReport(day=day, time=time, commit="c" * 40, former="f" * 40, changes=changes)


def small() -> Lens:
    return lens(atlas(city("krakow", "Kraków"), network("eccar"), commitment("eccar", "krakow")))


def test_many_changes_are_counted_first_and_told_on_the_page_of_their_year() -> None:
    many = [told(number) for number in range(CHANGES_PER_YEAR_PAGE + 1)]
    many += [told(number, kind="city") for number in range(2)] + [told(9, kind="commitment", act="verified")]
    long = Chronicle(editions=(edition(date(2026, 3, 1), *many, told(1, "world")),), gap=None)
    counts = ["    201 new sources", "    2 new cities", "    1 record looked at again"]
    short = lines(changes_page(small(), long, ()))
    assert short == [
        "1 March 2026",
        "  In the world (1)",
        "    Sources",
        "      Source 1 [None]",
        "  Learnt (204)",
        *counts,
        "  atlas diff fffffffff ccccccccc",
    ]
    whole = lines(changes_page(small(), long, (), "2026"))
    assert whole[4:9] == ["  Learnt (204)", *counts, "    Sources"]
    assert len([line for line in whole if line.startswith("      Source")]) == CHANGES_PER_YEAR_PAGE + 1
    assert whole[-2:] == ["    … and 4 more", "  atlas diff fffffffff ccccccccc"]


def test_few_changes_are_told_at_once() -> None:
    few = Chronicle(editions=(edition(date(2026, 3, 1), *(told(n) for n in range(AT_ONCE))),), gap=None)
    assert lines(changes_page(small(), few, ()))[1:4] == [
        f"  Learnt ({AT_ONCE})",
        "    Sources",
        "      Source 0 [None]",
    ]
    polish = lens(small().atlas, "pl")
    assert lines(changes_page(polish, few, ()))[3] == f"      Źródło {AT_ONCE - 1} [None]"


def test_years_have_pages_and_the_first_page_holds_the_newest() -> None:
    days = [date(2025, 12, day) for day in range(1, 31)] + [date(2026, 1, 1)]
    long = Chronicle(editions=tuple(edition(day, told(1)) for day in reversed(days)), gap=None)
    assert years(long) == ["2026", "2025"]
    first, last = changes_page(small(), long, ()), changes_page(small(), long, (), "2025")
    assert (len(first.editions), len(last.editions)) == (NEWEST, 30)
    assert first.older == "11 older editions stand on the pages of the years."
    assert last.older is None
    assert (first.frame.path, last.frame.path, last.frame.title) == (
        "changes/",
        "changes/2025/",
        "Changes in 2025",
    )
    assert [(year.href, year.number, year.current) for year in last.years] == [
        ("changes/2026/", "1", False),
        ("changes/2025/", "30", True),
    ]
    assert first.editions[0].href == "changes/2026/#edition-2026-01-01"


# Where it can be seen -------------------------------------------------------------------------


def test_a_change_leads_to_what_it_is_about_under_its_present_name() -> None:
    whole = atlas(
        city("cracow", "Kraków", former_ids=("krakow",)), network("eccar"), commitment("eccar", "cracow")
    )
    one = replace(
        told(1),
        pages=(("cities", "krakow", "eccar"),),
        concerns=Concerns(cities=("krakow",), countries=("PL",)),
    )
    gone = replace(told(2), pages=(("cities", "lost", ""), ("countries", "pl", "")))
    anchor = replace(told(3), pages=(("cities", "krakow", "icc"),))
    chronicle = Chronicle(editions=(edition(date(2026, 3, 1), one, gone, anchor),), gap=None)
    shown = changes_page(lens(whole), chronicle, ()).editions[0].parts[0].groups[0]
    assert [line.href for line in shown.entries] == [
        "cities/cracow/#eccar",
        "countries/pl/",
        "cities/cracow/",
    ]
    assert by_subject(chronicle, whole)["cities", "cracow"] == {"c" * 40: [one]}


def test_sentences_are_text_without_control_characters(data: Path) -> None:
    edit(data / "sources.csv", "Text of the charter,", "Text \x1b[31m<script>,")
    commit("2026-01-28")
    told = lines(page(history(data)))
    assert told[3].startswith("      “Text \ufffd[31m<script>” (Charter Office)")


def test_nothing_is_told_twice_under_one_name(data: Path) -> None:
    play(data)
    names = [(edition.day, one.name) for edition in history(data).editions for one in edition.changes]
    assert len(names) == len(set(names))


def test_the_log_is_quiet_where_all_is_well(data: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        history(data)
    assert caplog.records == []


# The page of the editions


def test_editions_are_listed_with_their_names_and_the_way_to_their_files() -> None:
    first = replace(
        edition(date(2026, 3, 1)), record_counts={"cities": 2}, name="2026-03-01.aaaaaaa", commit="a" * 40
    )
    later = replace(edition(date(2026, 4, 2), told(1), told(2)), name="2026-04-02.bbbbbbb")
    host = CodeHost(
        code="https://host.example/atlas", file="{code}/tree/{branch}/{path}", releases="{code}/releases"
    )
    view = editions_page(replace(small(), host=host), Chronicle(editions=(later, first), gap=None))
    assert [(row.name, row.day, row.what, row.href, row.files) for row in view.editions] == [
        ("2026-04-02.bbbbbbb", "2 April 2026", "2 changes", "changes/2026/#edition-2026-04-02",
         f"https://host.example/atlas/tree/{'c' * 40}/data"),
        ("2026-03-01.aaaaaaa", "1 March 2026", "The atlas begins. Recorded so far: 2 cities.",
         "changes/2026/#edition-2026-03-01", f"https://host.example/atlas/tree/{'a' * 40}/data"),
    ]  # fmt: skip
    assert view.releases == "https://host.example/atlas/releases"
    assert view.command == "git archive --format=zip -o 2026-04-02.bbbbbbb.zip ccccccccc data"
    without = editions_page(small(), Chronicle())
    assert (without.editions, without.releases, without.command) == ((), None, None)
    assert without.gap


def test_the_name_of_an_edition_is_that_of_its_files(data: Path) -> None:
    [only] = history(data).editions
    files = {path: content for path, content in Contents(data).items() if not path.endswith(".md")}
    assert only.name == edition_name(only.day, files)
    assert history(data).editions == (only,)
