"""What is made of the dataset for download: nothing lost, nothing invented, the same bytes every time."""

from __future__ import annotations

import csv
import io
import json
import shutil
import sqlite3
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pytest
import shapely
from tests.builders import AS_OF, ROOT, atlas, city, commitment, lens, lenses, network
from tests.opendata import reread

from atlas.build.read_data import read_atlas
from atlas.dataset.reading.load import load
from atlas.dataset.spreadsheet_cells import harmless, restored
from atlas.model.dates import parse_date
from atlas.model.records import Atlas
from atlas.opendata import downloads, open_data
from atlas.opendata.tables import geojson
from atlas.opendata.tables.relational import tables
from atlas.opendata.tables.spreadsheets import for_spreadsheets
from atlas.opendata.tables.sqlite import sqlite_file
from atlas.views.pages.open_data import data_page

FOLDERS = {"sample": ROOT / "tests/data/sample", "good": ROOT / "tests/data/good"}
LANGUAGES = ("en", "pl")

every_set = pytest.mark.parametrize("name", FOLDERS)


@cache
def read(name: str) -> Atlas:
    return read_atlas(FOLDERS[name], AS_OF)


def contents(name: str) -> dict[str, bytes]:
    folder = FOLDERS[name]
    return {
        f.relative_to(folder).as_posix(): f.read_bytes() for f in sorted(folder.rglob("*.*")) if f.is_file()
    }


@cache
def exports(name: str, siteurl: str = "https://example.org/atlas") -> Mapping[str, bytes]:
    here = [replace(one, siteurl=siteurl) for one in lenses(read(name))]
    return open_data(load(FOLDERS[name]), contents(name), here)


def dataset(of: Atlas) -> dict[str, list[Any]]:
    """Return all records of an atlas, as ``reread.records`` returns them."""
    return {
        "codes": [of.vocabulary],
        "sources": list(of.sources.values()),
        "cities": list(of.cities.values()),
        "instruments": list(of.instruments.values()),
        "commitments": list(of.commitments),
        "listed": [one for lines in of.lists.values() for one in lines],
        "actions": list(of.actions.values()),
        "contradictions": [one for group in of.contradictions.values() for one in group],
        "retired": list(of.retired),
    }


def rows_of(base: sqlite3.Connection, table: str) -> list[dict[str, Any]]:
    found = base.execute(f'SELECT * FROM "{table}" ORDER BY rowid')
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found]


def opened(content: bytes) -> sqlite3.Connection:
    base = sqlite3.connect(":memory:")
    base.deserialize(content)
    return base


def queried(query: str) -> duckdb.DuckDBPyRelation:
    found = duckdb.sql(query)
    assert found is not None  # a query always has an answer
    return found


# Every form gives back the model


@every_set
def test_the_files_of_the_repository_give_back_the_model(name: str, tmp_path: Path) -> None:
    for path, content in contents(name).items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    assert dataset(read_atlas(tmp_path, AS_OF)) == dataset(read(name))


@every_set
def test_tables_for_spreadsheets_give_back_the_model(name: str, tmp_path: Path) -> None:
    shutil.copytree(FOLDERS[name], tmp_path, dirs_exist_ok=True)
    for path, content in exports(name).items():
        if path.startswith("data/spreadsheets/") and not path.endswith("atlas-flat.csv"):
            buffer = io.StringIO(newline="")
            lines = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
            csv.writer(buffer).writerows([restored(value) for value in line] for line in lines)
            (tmp_path / path.removeprefix("data/spreadsheets/")).write_text(
                buffer.getvalue(), "utf-8", newline=""
            )
    assert dataset(read_atlas(tmp_path, AS_OF)) == dataset(read(name))


@every_set
def test_sqlite_gives_back_the_model(name: str) -> None:
    base = opened(exports(name)["data/atlas.sqlite"])
    found = {table.name: rows_of(base, table.name) for table in tables(read(name), LANGUAGES)}
    assert reread.records(found) == dataset(read(name))


@every_set
def test_parquet_gives_back_the_model(name: str, tmp_path: Path) -> None:
    found: dict[str, Iterable[Mapping[str, Any]]] = {}
    for path, content in exports(name).items():
        if path.startswith("data/parquet/"):
            file = tmp_path / Path(path).name
            file.write_bytes(content)
            held = queried(f"SELECT * FROM '{file}'")
            found[file.stem] = [dict(zip(held.columns, row, strict=True)) for row in held.fetchall()]
    assert reread.records(found) == dataset(read(name))


@every_set
def test_the_flat_table_gives_back_the_commitments_and_their_cities(name: str) -> None:
    of = read(name)
    lines = list(csv.DictReader(io.StringIO(exports(name)["data/atlas-flat.csv"].decode(), newline="")))
    assert [reread.flat_commitment(line, LANGUAGES) for line in lines] == list(of.commitments)
    assert [line["claim"] for line in lines] == [one.key for one in of.commitments]
    cities = {one.id: one for one in (reread.flat_city(line, LANGUAGES) for line in lines)}
    assert cities == {one.city: of.cities[one.city] for one in of.commitments}


@every_set
def test_geojson_gives_back_the_cities(name: str) -> None:
    collection = json.loads(exports(name)["data/cities.geojson"])
    assert [reread.feature_city(feature) for feature in collection["features"]] == list(
        read(name).cities.values()
    )


def test_a_field_of_the_model_that_has_no_columns_yet_is_noticed() -> None:
    from atlas.opendata.tables.relational import _shape

    with pytest.raises(TypeError, match="has no columns yet"):
        _shape(complex)


# The same bytes


def test_two_runs_give_the_same_bytes() -> None:
    exports.cache_clear()
    once = exports("good")
    exports.cache_clear()
    assert exports("good") == once
    assert not any(b"/tmp/" in content for content in once.values())


def test_the_checksums_are_those_of_the_files(tmp_path: Path) -> None:
    made = {**{f"data/{path}": content for path, content in contents("good").items()}, **exports("good")}
    for path, content in made.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    done = subprocess.run(
        ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"],
        cwd=tmp_path / "data", capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    listed = [line.split("  ")[1] for line in made["data/SHA256SUMS"].decode().splitlines()]
    assert {f"data/{path}" for path in listed} == made.keys() - {"data/SHA256SUMS"}


# One table of everything


def flat_rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(exports(name)["data/atlas-flat.csv"].decode(), newline="")))


@every_set
def test_the_flat_table_is_the_same_as_parquet(name: str, tmp_path: Path) -> None:
    file = tmp_path / "atlas-flat.parquet"
    file.write_bytes(exports(name)["data/atlas-flat.parquet"])
    held = queried(f"SELECT * FROM '{file}'")
    rows = [dict(zip(held.columns, row, strict=True)) for row in held.fetchall()]
    told = [{column: "" if value is None else str(value) for column, value in row.items()} for row in rows]
    assert told == flat_rows(name)
    kinds = dict(zip(held.columns, map(str, held.types), strict=True))
    assert {kinds[column] for column in ("city_lat", "city_population", "since_latest", "since")} == {
        "DOUBLE", "BIGINT", "DATE", "VARCHAR"
    }  # fmt: skip


def test_lists_have_one_separator_and_pages_whole_addresses() -> None:
    of = read("good")
    for row, one in zip(flat_rows("good"), of.commitments, strict=True):
        assert row["source_titles"] == ";".join(of.sources[id].title for id in one.sources)
        urls = [url for id in one.sources if (url := of.sources[id].url)]
        assert row["source_urls"] == ";".join(urls)
        assert row["page_pl"].startswith(f"https://example.org/atlas/pl/miasta/{one.city}/#")
    assert not any(" | " in value for row in flat_rows("good") for value in row.values())


@every_set
def test_the_view_of_claims_says_the_state_and_the_bounds_of_every_date(name: str) -> None:
    claims = {row["id"]: row for row in rows_of(opened(exports(name)["data/atlas.sqlite"]), "claims")}
    columns = [f"{day}{end}" for day in ("decided", "since", "until", "verified")
               for end in ("", "_precision", "_earliest", "_latest")]  # fmt: skip
    for row in flat_rows(name):
        claim = claims[row["claim"]]
        for column in ("state", "status", "sources", *columns):
            assert (claim[column] or "") == row[column], (row["claim"], column)


def test_cities_are_joined_by_their_official_numbers() -> None:
    of = atlas(city("krakow", codes=("teryt:1261011", "lau:PL_126101"), geonames="3094802"), city("lodz"))
    base = opened(sqlite_file(tables(of, LANGUAGES), LANGUAGES[0], {}))
    base.execute("CREATE TABLE budget (teryt TEXT, euros INTEGER)")
    base.execute("INSERT INTO budget VALUES ('1261011', 7)")
    joined = base.execute(
        "SELECT city, euros FROM city_registers JOIN budget ON number = teryt WHERE register = 'teryt'"
    )
    assert joined.fetchall() == [("krakow", 7)]
    assert base.execute("SELECT city, number FROM city_registers WHERE register = 'geonames'").fetchall() == [
        ("krakow", "3094802")
    ]


# Dates stay as exact as their source


def test_a_year_is_never_a_day(tmp_path: Path) -> None:
    file = tmp_path / "commitments.parquet"
    file.write_bytes(exports("good")["data/parquet/commitments.parquet"])
    columns = "since, since_precision, since_earliest, since_latest"
    expected = ("2012~", "year", date(2012, 1, 1), date(2012, 12, 31))
    where = "WHERE id = 'koeln/welcome'"
    assert queried(f"SELECT {columns} FROM '{file}' {where}").fetchall() == [expected]
    base = opened(exports("good")["data/atlas.sqlite"])
    found = base.execute(f"SELECT {columns} FROM commitments {where}").fetchall()
    assert found == [tuple(map(str, expected))]
    lines = csv.DictReader(io.StringIO(exports("good")["data/atlas-flat.csv"].decode(), newline=""))
    line = next(line for line in lines if line["claim"] == "koeln/welcome")
    assert tuple(line[name] for name in columns.split(", ")) == tuple(map(str, expected))


def test_only_the_bounds_of_a_date_are_days(tmp_path: Path) -> None:
    for path, content in exports("good").items():
        if path.startswith("data/parquet/"):
            file = tmp_path / Path(path).name
            file.write_bytes(content)
            held = queried(f"SELECT * FROM '{file}'")
            days = [name for name, kind in zip(held.columns, held.types, strict=True) if "DATE" in str(kind)]
            assert all(name.endswith(("_earliest", "_latest")) for name in days), path


def test_what_is_unknown_is_null() -> None:
    base = opened(exports("good")["data/atlas.sqlite"])
    columns = "since, since_precision, since_earliest, since_latest"
    found = base.execute(f"SELECT {columns} FROM commitments WHERE id = 'koeln/equality'")
    assert found.fetchall() == [(None,) * 4]
    assert base.execute("SELECT lat, lon FROM cities WHERE id = 'honnelles'").fetchall() == [(None, None)]


# Spreadsheets


def test_a_cell_that_begins_like_a_formula_is_text() -> None:
    table = b'a,b\n=1+1,"+48 12"\n-1+1,@me\n"\ttab",-3.7026\n'
    assert for_spreadsheets(table) == (
        b"\xef\xbb\xbfa,b\r\n'=1+1,'+48 12\r\n'-1+1,'@me\r\n'\ttab,-3.7026\r\n"
    )
    assert for_spreadsheets(b'a\n"\rx"\n') == b'\xef\xbb\xbfa\r\n"\'\rx"\r\n'


def test_an_apostrophe_that_was_there_stays() -> None:
    made = for_spreadsheets(b"a\n'=1\n'tis\n").decode("utf-8-sig")
    assert made == "a\r\n''=1\r\n'tis\r\n"
    assert [restored(cell) for cell in made.split()] == ["a", "'=1", "'tis"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'="])
def test_text_that_begins_like_a_formula_stays_text(start: str) -> None:
    text = f"{start}SUM(A1:A9)"
    assert harmless(text) == f"'{text}"
    assert restored(harmless(text)) == text


@every_set
def test_no_cell_for_spreadsheets_is_a_formula(name: str) -> None:
    for path, content in exports(name).items():
        if path.startswith("data/spreadsheets/"):
            assert content.startswith(b"\xef\xbb\xbf")
            for line in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")):
                assert not [cell for cell in line if cell[:1] in tuple("=+@\t\r\n＝＋－＠")], path
                assert all(float(cell) for cell in line if cell.startswith("-"))


# Places


@every_set
def test_points_are_those_of_rfc_7946(name: str) -> None:
    collection = json.loads(exports(name)["data/cities.geojson"])
    assert collection.keys() == {"type", "features"}  # no "crs": WGS84 is the only one
    for feature in collection["features"]:
        assert feature.keys() == {"type", "id", "geometry", "properties"}
        if feature["geometry"] is not None:
            point = shapely.from_geojson(json.dumps(feature["geometry"]))
            west, south, east, north = point.bounds
            assert point.geom_type == "Point"
            assert -180 <= west == east <= 180 and -90 <= south == north <= 90


def test_longitude_comes_first_and_no_place_is_invented() -> None:
    of = atlas(
        city("lodz", "Łódź", lat=51.77, lon=19.46), city("nowhere"),
        network("net"), commitment("net", "lodz", since="2011"), commitment("net", "nowhere", until="2004"),
    )  # fmt: skip
    lodz, nowhere = geojson.features(lens(of))
    assert lodz["geometry"] == {"type": "Point", "coordinates": [19.46, 51.77]}
    assert (lodz["properties"]["commitments"], nowhere["properties"]["commitments"]) == (1, 0)
    assert nowhere["geometry"] is None


# The database


@every_set
def test_the_database_is_sound(name: str) -> None:
    base = opened(exports(name)["data/atlas.sqlite"])
    assert base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert base.execute("PRAGMA foreign_key_check").fetchall() == []
    for (table,) in base.execute("SELECT name FROM sqlite_master WHERE name LIKE '%_fts'").fetchall():
        # Raises where the index and the rows that it stands for have come apart.
        base.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)")


def test_a_query_by_city_uses_an_index() -> None:
    base = opened(exports("sample")["data/atlas.sqlite"])
    [plan] = base.execute("EXPLAIN QUERY PLAN SELECT * FROM commitments WHERE city = 'krakow'").fetchall()
    assert "USING INDEX commitments_city" in plan[-1]


def test_a_table_that_names_what_is_not_there_is_a_fault() -> None:
    of = atlas(city("lodz"), network("net"), commitment("net", "lodz", sources=("nothing",)))
    with pytest.raises(ValueError, match="the tables name what is not there"):
        sqlite_file(tables(of, LANGUAGES), LANGUAGES[0], {})


# The page


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_offers_every_file_with_its_size(lang: str) -> None:
    offered = downloads(contents("good"), exports("good"))
    view = data_page(lens(read("good"), lang), offered)
    stored = [offer for folder in view.files for offer in folder.entries]
    shown = [file.link.href for offer in (*view.whole, *stored, *view.described) for file in offer.files]
    assert sorted(shown) == sorted(one.path for one in offered)
    assert len(set(shown)) == len(shown)
    assert all(offer.use for offer in (*view.whole, *view.described))
    assert all(file.note.count(", ") == 1 for offer in view.whole for file in offer.files)


def test_sizes_are_told_as_people_tell_them() -> None:
    english, polish = lenses(read("good"))
    assert english.lang.file_size(999) == "999\u00a0B"
    assert english.lang.file_size(1163264) == "1.2\u00a0MB"
    assert polish.lang.file_size(1163264) == "1,2\u00a0MB"
    assert english.lang.file_size(456_789) == "457\u00a0kB"


def test_the_source_is_named_in_every_language() -> None:
    lines = exports("good")["data/ATTRIBUTION.txt"].decode().splitlines()
    assert len(lines) == 2 and all("https://example.org/atlas/" in line for line in lines)
    assert all("2026-11-22" in line and "GeoNames" in line for line in lines)


def test_the_successor_of_a_city_is_a_city() -> None:
    data = atlas(city("here", until=parse_date("../2018"), successor="there"), city("there"))
    made = {table.name: table for table in tables(data, LANGUAGES)}["cities"]
    assert next(column.refers for column in made.columns if column.name == "successor") == ("cities", "id")
    rows = [dict(zip(made.names, row, strict=True)) for row in made.rows]
    assert [(row["until"], row["until_earliest"], row["until_latest"], row["successor"]) for row in rows] == [
        ("../2018", None, "2018-12-31", "there"),
        (None, None, None, None),
    ]
