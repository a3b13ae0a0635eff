"""What a page has read decides whether it is made again: no change of the data is missed, whatever it is."""

from __future__ import annotations

import ast
import csv
import pickle
import shutil
from dataclasses import fields, replace
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from markupsafe import Markup
from tests.builders import ROOT, atlas, city, commitment, lens, network

from atlas.build.incremental import add
from atlas.build.manifest import Manifest, Present, stamp_of
from atlas.build.manifest import load as load_manifest
from atlas.build.page_writer import Press
from atlas.cache.digests import digest
from atlas.cache.reads import KEYS, PRESENCE, WHOLE, Read, TrackedTable, is_result, noting, remembered, result
from atlas.cache.row_text import RowText
from atlas.cache.small_print import FIELDS, SMALL_PRINT
from atlas.cache.tracked_atlas import TrackedAtlas
from atlas.dataset.assembly.assemble import assemble
from atlas.dataset.reading.load import load
from atlas.drawings.maps.basemap import Basemap
from atlas.drawings.maps.static_map import Sheets
from atlas.findings import Finding, Place
from atlas.model.dates import parse_date
from atlas.model.records import Atlas, Commitment
from atlas.site.blueprint import Edition
from atlas.site.content import Texts
from atlas.site.jobs import Job
from atlas.site.routes import AtlasScene
from atlas.site.templates import Templates

GOOD = ROOT / "tests/data/good"
NO_FINDINGS: tuple[Finding, ...] = ()


@cache
def sheets() -> Sheets:
    return Sheets(Basemap.load())


def edition(data: Path, search: Path | None = None) -> Edition:
    dataset = load(data)
    read = TrackedAtlas(assemble(dataset, NO_FINDINGS), RowText(dataset))
    lenses = tuple(replace(lens(read, code), siteurl="https://example.org") for code in ("en", "pl"))
    texts = Texts([], read)
    return Edition(
        scenes={each.lang.code: AtlasScene(each, lenses, sheets(), texts, search=search) for each in lenses},
        templates=Templates(ROOT / "theme/templates"),
    )


def columns_and_rows(path: Path) -> tuple[list[str], list[dict[str, str]]]:
    """Return the columns and the rows of a table, as ``write`` takes them."""
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        return list(reader.fieldnames or ()), list(reader)


def jobs_of(one: Edition) -> list[Job]:
    """Return all jobs but the open data, which is made of whole files that have been checked."""
    return [job for job in one.jobs() if job.route != "data"]


def made(one: Edition, folder: Path) -> tuple[Manifest, dict[Job, dict[str, bytes]]]:
    """Return the manifest of an edition, and the files of each job."""
    manifest, present = Manifest("x"), Present(one.digests, one.result)
    contents = {}
    part = Press(one, folder, folder / "published")(jobs_of(one))
    add(manifest, part, present, [])
    for job in part.made:
        contents[job.job] = {name: (folder / name).read_bytes() for name in job.files}
    return manifest, contents


@pytest.fixture(scope="module")
def former(tmp_path_factory: pytest.TempPathFactory) -> tuple[Manifest, dict[Job, dict[str, bytes]]]:
    """What the small data set makes, with a manifest that has been written and read."""
    folder = tmp_path_factory.mktemp("former")
    manifest, contents = made(edition(GOOD), folder / "site")
    manifest.save(folder / "manifest")
    again = load_manifest(folder / "manifest")
    for field in ("jobs", "reads", "digests", "inner"):
        assert getattr(again, field) == getattr(manifest, field)
    return again, contents


CHANGES = [
    ("cities.csv", "name_en", "Renamed"),
    ("cities.csv", "lat", "50.5"),
    ("cities.csv", "population", "99"),
    ("commitments/welcome.csv", "since", "2003"),
    ("commitments/welcome.csv", "status", "declined"),
    ("commitments/equality.csv", "note_en", "Another note"),
    ("commitments/welcome.csv", "verified", "2026-01-16"),
    ("commitments/welcome.csv", "act", "Another act"),
    ("commitments/old-pact.csv", "until", "2024-02"),
    ("sources.csv", "title", "Another title"),
    ("sources.csv", "published", "1999"),
    ("contradictions.csv", "value", "1977"),
]


@pytest.mark.parametrize(("file", "column", "value"), CHANGES)
@pytest.mark.parametrize("row", [0, -1])
def test_no_change_of_a_cell_is_missed(
    tmp_path: Path,
    former: tuple[Manifest, dict[Job, dict[str, bytes]]],
    file: str,
    column: str,
    value: str,
    row: int,
) -> None:
    data = tmp_path / "data"
    shutil.copytree(GOOD, data)
    columns, lines = columns_and_rows(data / file)
    assert column in columns
    lines[row][column] = value
    write(data / file, columns, lines)
    check(former, edition(data), tmp_path / "site")


@pytest.mark.parametrize(
    "file", ["commitments/welcome.csv", "commitments/old-pact.csv", "contradictions.csv"]
)
def test_no_row_that_is_gone_is_missed(
    tmp_path: Path, former: tuple[Manifest, dict[Job, dict[str, bytes]]], file: str
) -> None:
    data = tmp_path / "data"
    shutil.copytree(GOOD, data)
    columns, lines = columns_and_rows(data / file)
    write(data / file, columns, lines[1:])
    check(former, edition(data), tmp_path / "site")


@pytest.mark.parametrize(
    ("file", "row"),
    [
        ("cities.csv", {"id": "aachen", "name": "Aachen", "country": "DE"}),
        ("sources.csv", {"id": "archive", "title": "Archive"}),
        ("commitments/welcome.csv", {"city": "koeln", "status": "member"}),
    ],
)
def test_no_row_that_moved_is_missed(
    tmp_path: Path, former: tuple[Manifest, dict[Job, dict[str, bytes]]], file: str, row: dict[str, str]
) -> None:
    """A row before all others moves them one line down, which only pages with links to lines show."""
    data = tmp_path / "data"
    shutil.copytree(GOOD, data)
    columns, lines = columns_and_rows(data / file)
    write(data / file, columns, [row, *lines])
    check(former, edition(data), tmp_path / "site")


@pytest.mark.parametrize("folder", ["networks", "charters", "actions"])
def test_no_change_of_a_record_is_missed(
    tmp_path: Path, former: tuple[Manifest, dict[Job, dict[str, bytes]]], folder: str
) -> None:
    data = tmp_path / "data"
    shutil.copytree(GOOD, data)
    file = min((data / folder).glob("*.yaml"))
    text = file.read_text("utf-8")
    assert "  en: " in text
    file.write_text(text.replace("  en: ", "  en: Changed ", 1), "utf-8")
    check(former, edition(data), tmp_path / "site")


def write(file: Path, columns: list[str], lines: list[dict[str, str]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(lines)


def check(former: tuple[Manifest, dict[Job, dict[str, bytes]]], one: Edition, folder: Path) -> None:
    """Assert that jobs are kept only where they would make the same, and that some are kept."""
    manifest, contents = former
    changed = manifest.changed(Present(one.digests, one.result))
    kept = [job for job in jobs_of(one) if job in manifest.jobs and changed.isdisjoint(manifest.jobs[job][0])]
    _, now = made(one, folder)
    assert [job for job in kept if now[job] != contents[job]] == []
    assert any(now.get(job) != contents[job] for job in contents)  # something has changed
    assert kept


# Notes


def test_a_table_notes_what_is_read() -> None:
    table = TrackedTable("cities", {"a": 1, "ć": 2})
    with noting() as notes:
        assert table["a"] == 1
        assert table.get("b") is None
        assert "ć" in table
    assert list(notes) == [("cities", "a"), ("cities", "b"), ("cities" + PRESENCE, "ć")]
    for read_all in (list, len):
        with noting() as notes:
            read_all(table)
        assert list(notes) == [("cities" + KEYS, "")]
    for name in ("values", "items"):
        with noting() as notes:
            list(getattr(table, name)())
        assert list(notes) == [("cities" + WHOLE, "")]


def test_digests_tell_rows_keys_and_presence_apart() -> None:
    one, other = TrackedTable("t", {"a": "1", "b": "2"}), TrackedTable("t", {"a": "9", "b": "2"})
    assert one.digests("")["a"] != other.digests("")["a"]
    assert one.digests("")["b"] == other.digests("")["b"]
    assert one.digests(WHOLE) != other.digests(WHOLE)
    assert one.digests(KEYS) == other.digests(KEYS)
    assert one.digests(PRESENCE) == other.digests(PRESENCE) == {"a": "present", "b": "present"}
    assert one.digests(KEYS) != TrackedTable("t", {"b": "2", "a": "1"}).digests(KEYS)


def test_keys_are_noted_without_classes_of_their_own() -> None:
    """What is kept for the next build knows plain texts, numbers and tuples of them."""
    table: TrackedTable[object, int] = TrackedTable("t", {"a": 1, ("a", "b"): 2})
    with noting() as notes:
        assert table[Markup("a")] == 1
        assert table[Markup("a"), "b"] == 2
        assert table.get(None) is None
    assert [type(key) for _, key in notes] == [str, tuple, type(None)]
    assert [[type(part) for part in key] for _, key in notes if isinstance(key, tuple)] == [[str, str]]


def test_equal_values_have_equal_digests_and_nameless_ones_never() -> None:
    text = "".join(["Kra", "ków"])
    assert digest(["Kraków", "Kraków"]) == digest([text, "Kraków"])
    assert digest(lambda: None) != digest(lambda: None)


def test_digests_tell_values_of_other_kinds_apart() -> None:
    values = [
        None, "", "1", 1, 1.0, True, b"1", ("1",), ["1"], {"1": "1"}, {"1"}, ("1", None), date(2024, 1, 1),
        Markup("1"), Place("1"), ("1", 1, 1), city("a"), city("b"), parse_date("2024"),
        parse_date("2024-01-01"),
        {"a": 1, "b": 2}, {"b": 2, "a": 1},
    ]  # fmt: skip
    told = [digest(value) for value in values]
    assert len(set(told)) == len(values)
    assert told == [digest(value) for value in values]
    assert digest(MappingProxyType({"a": {"x", "y"}})) == digest(MappingProxyType({"a": {"y", "x"}}))
    assert len({digest("a", "b"), digest(("a", "b")), digest("ab")}) == 3


@pytest.mark.parametrize("field", [each.name for each in fields(Commitment)])
def test_every_field_of_a_record_counts_by_itself_or_as_small_print(field: str) -> None:
    one, text = commitment("n", "krakow"), RowText()
    other: dict[str, Any] = {field: Place("another")}
    changed = replace(one, **other)
    small = field in FIELDS[Commitment]
    assert text.rows([one]) == [digest(one)] == [digest(replace(one))]
    assert (digest(one) == digest(changed)) == small
    before, after = text.small_print([one, changed])
    assert (before != after) == small


def test_rows_differ_where_their_records_do() -> None:
    one, text = commitment("n", "krakow"), RowText()
    alone, same, twice = text.rows([(one,), (replace(one),), (one, one)])
    assert alone == same != twice


def test_small_print_is_noted_apart_from_the_record() -> None:
    def every(text: str, line: int) -> TrackedAtlas:
        place = Place("commitments/n.csv", line)
        claim = commitment("n", "krakow", note={"en": text}, place=place)
        return TrackedAtlas(atlas(city("krakow"), network("n"), claim))

    first, other = every("One", 2), every("Other", 3)
    row, small = (
        ("commitments_of_city", "krakow"),
        (f"{SMALL_PRINT}Commitment", ("krakow", "n", None)),
    )
    with noting() as notes:
        [claim] = first.commitments_of_city["krakow"]
        assert claim.status == "member"
    assert list(notes) == [row]
    for copy in (claim, pickle.loads(pickle.dumps(claim)), replace(claim, status="former")):
        with noting() as notes:
            assert copy.note == {"en": "One"}
        assert list(notes) == [small]
    plain = commitment("n", "krakow", note={"en": "One"})
    assert plain == claim == plain != replace(claim, note={})
    assert first.digests(row[0]) == other.digests(row[0])
    assert first.digests(small[0])[small[1]] != other.digests(small[0])[small[1]]
    assert digest(claim) == digest(*other.commitments)


CALLS: list[str] = []


@remembered()
def number(every: Atlas, id: str) -> int:
    CALLS.append(id)
    return len(every.commitments_of_city.get(id, ()))


def test_who_uses_a_result_has_read_the_result() -> None:
    every = TrackedAtlas(atlas(city("krakow"), network("n"), commitment("n", "krakow")))
    before = len(CALLS)
    for _ in range(2):
        with noting() as notes:
            assert number(every, "krakow") == 1
        [read] = notes
        assert read[0].endswith(".number()")
        assert read[1] == (None, "krakow")
    assert len(CALLS) == before + 1


def test_a_result_that_stays_the_same_changes_nothing() -> None:
    first = TrackedAtlas(atlas(city("krakow"), network("n"), commitment("n", "krakow")))
    with noting() as notes:
        number(first, "krakow")
    [read] = notes
    manifest = Manifest("")
    manifest.number(read, present_of(first))
    assert ("commitments_of_city", "krakow") in manifest.reads
    assert is_as_before(manifest, read, commitment("n", "krakow", status="applicant"))
    assert not is_as_before(manifest, read)


@remembered(whole=False)
def held(every: Atlas) -> dict[str, int]:
    return {id: number(every, id) for id in every.cities}


def test_a_result_that_is_not_whole_is_one_note_and_changes_with_all_it_was_worked_out_from() -> None:
    first = TrackedAtlas(atlas(city("krakow"), network("n"), commitment("n", "krakow")))
    with noting() as notes:
        held(first)
    [read] = notes
    manifest = Manifest("")
    inner = manifest.inner[manifest.number(read, present_of(first))]
    assert [manifest.reads[each][0].rpartition(".")[2] for each in inner] == [f"cities{KEYS}", "number()"]
    assert is_as_before(manifest, read, commitment("n", "krakow", status="applicant"))
    assert not is_as_before(manifest, read)
    assert not is_as_before(manifest, read, city("lodz"), commitment("n", "krakow"))


def is_as_before(manifest: Manifest, read: Read, *records: Commitment) -> bool:
    now = TrackedAtlas(atlas(city("krakow"), network("n"), *records))
    return manifest.reads.index(read) not in manifest.changed(present_of(now))


def present_of(every: TrackedAtlas) -> Present:
    return Present(every.digests, lambda read: result(read, lambda _: every))


def test_a_job_whose_file_was_touched_is_not_kept(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a")
    jobs = [Job("en", name) for name in "ab"]
    files = [{name: stamp_of(str(tmp_path / name))} for name in "ab"]
    Manifest("x", jobs={job: ((), its) for job, its in zip(jobs, files, strict=True)}).save(
        tmp_path / "manifest"
    )
    again, present = (
        load_manifest(tmp_path / "manifest"),
        Present(lambda table: {}, lambda read: ("", ())),
    )
    assert again.unchanged(jobs, present, tmp_path) == jobs[:1]  # of the other one there is no file
    (tmp_path / "a").write_text("ab")
    assert again.unchanged(jobs, present, tmp_path) == []
    assert load_manifest(tmp_path / "manifest").within("y").jobs == {}


def test_what_only_jobs_that_are_gone_have_read_is_forgotten(tmp_path: Path) -> None:
    one, jobs = edition(GOOD), jobs_of(edition(GOOD))
    former, _ = made(one, tmp_path / "site")
    kept, present = Manifest("x"), Present(one.digests, one.result)
    kept.keep(former, jobs[:3], present)
    assert list(kept.jobs) == jobs[:3]
    for job in jobs[:3]:
        told, before = kept.jobs[job], former.jobs[job]
        assert [kept.reads[each] for each in told[0]] == [former.reads[each] for each in before[0]]
        assert [kept.digests[each] for each in told[0]] == [former.digests[each] for each in before[0]]
    assert 0 < len(kept.reads) < len(former.reads)
    assert all(max(inner, default=-1) < number for number, inner in kept.inner.items())


def test_what_is_no_manifest_is_none(tmp_path: Path) -> None:
    path = tmp_path / "manifest"
    for text in ("", "{}", '{"format": 1}', "\0", '{"format":1,"environment":"x","read":[1]}'):
        path.write_text(text)
        assert load_manifest(path).jobs == {}, text


def test_a_manifest_that_was_damaged_anywhere_is_none(tmp_path: Path) -> None:
    path, read = tmp_path / "manifest", ("cities", "lodz")
    Manifest("x", [read], ["0"], {}, {Job("en", "a"): ((0,), {"a": None})}).save(path)
    good = path.read_bytes()
    assert load_manifest(path).digests == ["0"]
    for place in range(len(good)):
        path.write_bytes(good[:place] + bytes([good[place] ^ 1]) + good[place + 1 :])
        assert load_manifest(path).jobs == {}
        path.write_bytes(good[:place])
        assert load_manifest(path).jobs == {}


TABLES = ("cities", "sources", "commitments/equality", "commitments/welcome", "lists/welcome")


@pytest.mark.parametrize("table", TABLES)
def test_a_record_whose_text_is_the_same_is_the_same(tmp_path: Path, table: str) -> None:
    """Where any record of the data differs after any change of a table, so does its text."""
    data = tmp_path / "data"
    shutil.copytree(GOOD, data)
    path = data / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    before = _records(data)
    for number, column in ((number, column) for number in range(len(rows)) for column in range(len(rows[0]))):
        changed = [list(row) for row in rows]
        changed[number][column] += "2" if number else "_x"
        with path.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream, lineterminator="\n").writerows(changed)
        try:
            after = _records(data)
        except (ValueError, KeyError):  # what cannot be assembled is compared with nothing
            continue
        for place in before.keys() & after.keys():
            (one, text), (other, now) = before[place], after[place]
            assert repr(one) == repr(other) or text != now, (place, changed[number])


def test_only_rows_of_tables_that_changed_are_hashed_again(tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(GOOD, data)
    former = edition(data).atlas
    name = "commitments_of_instrument"
    before = former.digests(name)["equality"]
    tables = {
        path: (whole, dict.fromkeys(lines, ("kept", "kept")))
        for path, (whole, lines) in former.text.tables.items()
    }
    with (data / "commitments/equality.csv").open("a", encoding="utf-8") as stream:
        stream.write("gdansk,signatory,1950,press,,\n")
    now, anew = edition(data).atlas, edition(data).atlas
    now.text.tables = dict(tables)
    assert set(now.digests("cities").values()) == set(now.digests("sources").values()) == {"kept"}
    assert now.digests(name)["equality"] == anew.digests(name)["equality"] != before
    assert now.text.tables.keys() == tables.keys()
    assert [path for path, one in now.text.tables.items() if one != tables[path]] == [
        f"{data.as_posix()}/commitments/equality.csv"
    ]


def test_another_period_of_a_city_changes_no_claim(tmp_path: Path) -> None:
    """The address of a claim is its own, whatever rows stand around it."""
    data = tmp_path / "data"
    shutil.copytree(GOOD, data)
    before = _records(data)
    with (data / "commitments/equality.csv").open("a", encoding="utf-8") as stream:
        stream.write("gdansk,signatory,1950,press,,\n")
    after = _records(data)
    assert len(after) == len(before) + 1
    assert [place for place in before if before[place] != after[place]] == []


def _records(data: Path) -> dict[Place, tuple[object, str]]:
    """Return the records of a folder by their places, with their texts and small print."""
    dataset = load(data)
    read, written = TrackedAtlas(assemble(dataset)), RowText(dataset)
    lists = (one for each in read.lists.values() for one in each)
    found = (*read.cities.values(), *read.sources.values(), *read.commitments, *lists)
    return {
        one.place: (
            one,
            f"{written.rows([one])}\n{written.small_print([one]) if type(one) in FIELDS else ''}",
        )
        for one in found
        if one.place is not None
    }


@pytest.mark.parametrize("folder", ["views", "drawings", "opendata", "site"])
def test_no_module_that_pages_use_remembers_in_secret(folder: str) -> None:
    """What lru_cache returns to a second page is not noted: ``reads.remembered`` is for that."""
    secret = []
    for path in sorted((ROOT / "plugins/atlas" / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef):
                names = {ast.unparse(mark).partition("(")[0] for mark in node.decorator_list}
                first = [arg.annotation for arg in node.args.args[:2]]
                told = {ast.unparse(one) for one in first if one is not None}
                if names & {"cache", "lru_cache"} and told & {"Atlas", "Lens", "Chronicle", "Scene"}:
                    secret.append(f"{path.name}: {node.name}")
    assert secret == []


def test_a_worker_tells_the_digests_that_the_next_build_finds(tmp_path: Path) -> None:
    one = edition(GOOD)
    part = Press(one, tmp_path / "new", tmp_path / "published")(jobs_of(one)[:10])
    assert {number for each in part.made for number in each.reads} <= {*range(len(part.new))}
    present = Present(one.digests, one.result)
    for number, (read, told) in enumerate(part.new):
        assert is_result(read) == (told is not None)
        if told:
            assert (told[0], tuple(part.new[one][0] for one in told[1])) == present.result(read)
            assert all(one < number for one in told[1])


def test_a_process_tells_what_it_has_read_once(tmp_path: Path) -> None:
    one, manifest, whole = edition(GOOD), Manifest("x"), Manifest("x")
    present, numbers, jobs = Present(one.digests, one.result), list[int](), jobs_of(one)[:20]
    press = Press(one, tmp_path / "new", tmp_path / "published")
    parts = [press(jobs[:10]), press(jobs[10:])]
    for part in parts:
        add(manifest, part, present, numbers)
    told = [read for part in parts for read, _ in part.new]
    assert len(told) == len({*told})
    add(whole, Press(one, tmp_path / "again", tmp_path / "published")(jobs), present, [])
    assert manifest.reads == whole.reads
    assert {job: reads for job, (reads, _) in manifest.jobs.items()} == {
        job: reads for job, (reads, _) in whole.jobs.items()
    }


def test_what_was_read_is_not_told_where_nothing_will_be_compared(tmp_path: Path) -> None:
    one = edition(GOOD)
    part = Press(one, tmp_path)(jobs_of(one)[:2])
    assert not part.new and not any(each.reads for each in part.made)
