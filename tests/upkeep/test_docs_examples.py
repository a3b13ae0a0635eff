"""What the documents show comes out, and every fenced block of theirs is shown by some test."""

from __future__ import annotations

import csv
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import duckdb
import pytest
from tests.builders import sample_lens
from tests.repository import git
from tests.upkeep.test_docs import ALL, ROOT, Block, clone, typed

from atlas.site.blueprint import Blueprint
from atlas.site.jobs import Job, Page, Route

__all__ = ["clone"]  # the fixture
pytestmark = pytest.mark.promise("What the documents tell to type works, and what they show comes out")
TESTS = ROOT / "tests"

# The tests that show blocks, by their file and how they begin. Blocks of commands (`sh`) are in test_docs.
FINDINGS = "test_docs::test_the_findings_of_the_documents_come_out_as_shown"
COMMIT = "test_the_example_of_a_commit_keeps_its_own_rules"
LAYERS = "test_layers::test_imports_keep_to_the_layers"
GENERATED = "test_describe::test_nothing_generated_is_out_of_date"
LOST = "test_permanence::test_a_rename_a_removal_and_a_correction_are_played_through"
FRAME = "browser/test_embed::test_without_the_listener_the_frame_has_the_height_it_was_given"
ELSEWHERE: Mapping[tuple[str, str], str] = {
    ("docs/contributing.md", "data/commitments/"): FINDINGS,
    ("docs/contributing.pl.md", "data/commitments/"): FINDINGS,
    ("docs/findings.md", "data/commitments/"): FINDINGS,
    ("docs/contributing.md", "data: nine members"): COMMIT,
    ("docs/contributing.pl.md", "data: nine members"): COMMIT,
    ("docs/architecture.md", "data/ ─ load"): LAYERS,
    ("data/README.md", ""): GENERATED,
    ("data/README.pl.md", ""): GENERATED,
    ("docs/api.md", "$ curl "): "test_the_answer_of_the_api_has_what_the_example_asks_for",
    ("docs/blueprints.md", "class Mine(Blueprint)"): "test_a_blueprint_as_it_is_shown_makes_its_pages",
    ("docs/changes.md", "kind: policy"): "test_the_record_that_fulfils_an_obligation_is_valid",
    ("docs/commands.md", "$ atlas import"): "test_import::test_a_messy_list_of_sixty_names",
    ("docs/commands.md", "$ atlas links"): "test_links::test_what_is_dead_moved_and_good",
    ("docs/commands.md", "$ atlas diff"): "test_the_sentences_of_the_diff_are_those_of_the_command",
    ("docs/commands.md", "$ atlas lock"): "test_permanence::test_new_addresses_follow_from_the_data",
    ("docs/data.md", "$ datasette"): "test_the_question_to_duckdb_is_answered",
    ("docs/data.md", "SELECT city, number"): "test_exports::test_cities_are_joined_by_their_official_numbers",
    ("docs/data.md", "name,country"): "test_the_list_of_an_instrument_is_valid",
    ("docs/embeds.md", "<iframe"): FRAME,
    ("docs/embeds.md", "<script>"): "browser/test_embed::test_what_is_copied_from_a_page_fits_its_frame",
    ("docs/your-atlas.md", "families:"): "test_families::test_the_family_of_the_document_has_every_key",
    ("docs/hosting.md", ""): "proof/test_headers::test_a_snippet_sends_what_the_site_asks_for",
    ("docs/permanence.md", "urls.lock:"): LOST,
    ("docs/proof.md", "python -m tests.proof.fuzzing"): "test_one_input_of_the_fuzzer_is_tried_again",
}


def key_of(block: Block) -> tuple[str, str] | None:
    return next((key for key in ELSEWHERE if key[0] == block.file and block.text.startswith(key[1])), None)


SHOWN = [block for block in ALL if "$ atlas " in block.text and key_of(block) is None]
"""Commands that are run below, with what they print."""


def test_every_block_is_shown_by_a_test() -> None:
    lost = [
        f"{block.file}:{block.line}"
        for block in ALL
        if block.language != "sh" and block not in SHOWN and key_of(block) is None
    ]
    assert lost == []
    assert set(ELSEWHERE) - {key_of(block) for block in ALL} == set()
    assert len(SHOWN) == len(BEFORE)


@pytest.mark.parametrize("test", sorted(set(ELSEWHERE.values())))
def test_the_test_that_shows_it_exists(test: str) -> None:
    file, _, function = test.rpartition("::")
    texts = [path.read_text("utf-8") for path in TESTS.glob(f"**/{file or 'test_docs_examples'}.py")]
    assert any(f"\ndef {function}(" in text for text in texts)


# Run


def atlas(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        [str(Path(sys.executable).with_name("atlas")), *arguments],
        cwd=folder,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT / "plugins"),
            "SOURCE_DATE_EPOCH": "1795392000",
            "COLUMNS": "120",
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr
    return done.stdout + done.stderr


def pattern(line: str) -> str:
    """Return the expression of a line as it is shown; numbers, ids and codes of the data may be others."""
    text = re.sub(r"\d+(\\\.\d+)*", r"\\d[\\d.]*", re.escape(line.strip()))
    text = re.sub(r"'[^']*'", "'[^']*'", text)
    text = re.sub(r"mean:\\ docs/\S+", r"mean:(\\ docs/findings\.md(#[\\w-]+)?)+", text)
    return re.sub(r"(?:\\ )+", " +", re.sub("─+", "─+", text))


def untidy(folder: Path) -> None:
    """Put a row, two values and two keys where they do not belong."""
    cities = folder / "data/cities.csv"
    head, first, *rows = cities.read_text("utf-8").splitlines(keepends=True)
    cities.write_text("".join([head, *rows, first]), "utf-8")
    sources = folder / "data/sources.csv"
    lines = sources.read_text("utf-8").split("\n")
    whole = (line.split(",") if '"' not in line else [] for line in lines)
    at, cells = next((n, row) for n, row in enumerate(whole) if n and len(row) > 3 and all(row[:3]))
    lines[at] = ",".join([cells[0], f" {cells[1]}", f"{cells[2]} ", *cells[3:]])
    sources.write_text("\n".join(lines), "utf-8")
    network = folder / "data/networks/eccar.yaml"
    blocks = re.findall(r"^\w+:.*\n(?:[ ].*\n)*", network.read_text("utf-8"), re.MULTILINE)
    network.write_text("".join([*blocks[:2][::-1], *blocks[2:]]), "utf-8")


def saved_by_a_spreadsheet(folder: Path) -> None:
    """Save a table as Excel with Polish settings does."""
    path = folder / "data/commitments/eccar.csv"
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    with path.open("w", newline="", encoding="cp1250", errors="replace") as file:
        csv.writer(file, delimiter=";").writerows(rows)


def nothing(folder: Path) -> None:
    """The data as they are."""


ZABRZE = (
    "--no-lookup --country PL --region PL-24 --lat 50.3249 --lon 18.7858 --population 192177 "
    "--geonames 3080985"
)
"""What the gazetteer says of the city of the example; it is not part of every installation."""

BEFORE: Mapping[str, Callable[[Path], None]] = {
    "atlas check": nothing,
    "atlas fmt": untidy,
    "atlas fmt --repair": saved_by_a_spreadsheet,
    "atlas new city --name Zabrze --name-en Zabrze --name-pl Zabrze": nothing,
    "atlas verify krakow/eccar wroclaw/eccar --source eccar-global-2023 --add": nothing,
    "atlas stats --instrument eccar --limit 1": nothing,
}
"""What is done to the data before the first command of a block."""


@pytest.mark.parametrize("block", SHOWN, ids=lambda block: f"{block.file}:{block.line}")
def test_what_is_shown_below_a_command_is_what_it_prints(block: Block, clone: Path, tmp_path: Path) -> None:
    folder = tmp_path / "clone"
    shutil.copytree(clone, folder)
    BEFORE[next(typed(block))](folder)
    for shown in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
        command, *lines = shown.strip().splitlines()
        arguments = shlex.split(command)[1:]
        if arguments[-1] == "Zabrze":
            arguments += shlex.split(ZABRZE)
        said = atlas(folder, *arguments)
        if "stats" in arguments:  # its numbers and the claim at the top go with the data
            lines = [line for line in lines if not re.search(r"\d", line)]
        wanted = [pattern(line) for line in lines if line.strip() and line.strip() != "…"]
        printed = iter(said.splitlines())
        for one in wanted:
            assert any(re.fullmatch(one, line.strip()) for line in printed), f"{one}\nnot in\n{said}"


# Examples that are data, questions or words


def only(start: str) -> Block:
    (block,) = (block for block in ALL if block.text.startswith(start))
    return block


def errors(folder: Path) -> list[str]:
    return [line for line in atlas(folder, "check").splitlines() if re.match(r"data/\S+:\d+:\d+: E-", line)]


def test_a_blueprint_as_it_is_shown_makes_its_pages() -> None:
    """The view is the reader's; here a small one stands for it."""
    text = only("class Mine(Blueprint)").text.replace(", ...", "")
    known: dict[str, Any] = {"Blueprint": Blueprint, "Route": Route, "Page": Page, "Frame": SimpleNamespace}
    known["CityView"] = lambda frame: SimpleNamespace(frame=frame)
    head, _, tail = text.partition("\n\n\n")  # the function first, as Python wants it
    function, _, last = tail.partition("\n\n\n")
    exec(f"{function}\n{head}\n{last}", known)
    scene = SimpleNamespace(lens=sample_lens("en"))
    made = [Job("en", "city", id_) for id_ in known["MINE"].routes["city"].ids(scene)]
    assert len(made) == len(scene.lens.atlas.cities)
    page = known["MINE"].routes["city"].make(scene, "krakow")
    assert (page.view.frame.kind, page.view.frame.path) == ("city", "c/krakow/")


def test_the_record_that_fulfils_an_obligation_is_valid(clone: Path, tmp_path: Path) -> None:
    folder = tmp_path / "clone"
    shutil.copytree(clone, folder)
    with (folder / "data/sources.csv").open(newline="", encoding="utf-8") as rows:
        source = next(csv.DictReader(rows))["id"]
    needed = f"title:\n  en: A plan\n  pl: Plan\nsources:\n  - {source}\n"
    (folder / "data/actions/example.yaml").write_text(only("kind: policy").text + needed, "utf-8")
    assert errors(folder) == []


def test_the_list_of_an_instrument_is_valid(clone: Path, tmp_path: Path) -> None:
    folder = tmp_path / "clone"
    shutil.copytree(clone, folder)
    block = next(one for one in ALL if one.file == "docs/data.md" and one.text.startswith("name,country"))
    with (folder / "data/sources.csv").open("a", encoding="utf-8") as rows:
        rows.write("network-members,Members,,https://www.example.org/members,,en,,2026-11-22,,,network\n")
    (folder / "data/lists").mkdir(exist_ok=True)
    (folder / "data/lists/eccar.csv").write_text(block.text, "utf-8")
    assert errors(folder) == []


def test_the_sentences_of_the_diff_are_those_of_the_command(clone: Path, tmp_path: Path) -> None:
    """The example is made up; each kind of line that it has comes out for a change of that kind."""
    folder = tmp_path / "clone"
    shutil.copytree(clone, folder)
    cities = folder / "data/cities.csv"
    rows = cities.read_text("utf-8").splitlines(keepends=True)
    names = rows[0].strip().split(",")
    id_ = "przykladowo"
    row = dict.fromkeys(names, "") | {"id": id_, "name": "X", "name_en": "X", "name_pl": "X", "country": "NA"}
    cities.write_text("".join([*rows, ",".join(row.values()) + "\n"]), "utf-8")
    git("-C", str(folder), "commit", "-qam", "one more", day="2026-11-22")
    cities.write_text("".join(rows), "utf-8")
    shown = only("$ atlas diff").text.splitlines()
    said = atlas(folder, "diff").splitlines()
    head = r"HEAD = [0-9a-f]{9} \(\d{4}-\d\d-\d\d\) → the files as they are: \d+ changes?"
    assert re.fullmatch(head, said[0])
    assert re.fullmatch(head, shown[1])
    for line in shown[12:]:
        meant = line.replace("Windhoek", "X").replace("windhoek", id_)
        assert any(re.fullmatch(pattern(meant), one.strip()) for one in said), (meant, said)


def test_the_answer_of_the_api_has_what_the_example_asks_for(good_site: Path) -> None:
    asked = re.search(r"jq -r '(.*)'", only("$ curl").text)
    assert asked is not None
    assert asked[1] == '.commitments[] | "\\(.id) \\(.since.edtf)"'
    answer = json.loads((good_site / "api/v1/cities/krakow.json").read_text("utf-8"))
    assert answer["commitments"]
    for one in answer["commitments"]:
        assert one["id"]
        assert one["since"] is None or one["since"]["edtf"]


def test_the_question_to_duckdb_is_answered(good_site: Path) -> None:
    asked = re.search(r'duckdb -c "(.*)"', only("$ datasette").text)
    assert asked is not None
    found = good_site / "data/parquet/commitments.parquet"
    question = asked[1].replace("parquet/commitments.parquet", str(found))
    assert duckdb.sql(question).columns == ["city", "since"]


@pytest.mark.parametrize("file", ["docs/contributing.md", "docs/contributing.pl.md"])
def test_the_example_of_a_commit_keeps_its_own_rules(file: str) -> None:
    (text,) = (block.text for block in ALL if block.file == file and block.text.startswith("data: "))
    subject, *body = text.strip().splitlines()
    assert re.fullmatch(r"[a-z, ]+: \S.*[^.]", subject)
    assert len(subject) <= 72
    assert any(line.strip() for line in body)


def test_one_input_of_the_fuzzer_is_tried_again(tmp_path: Path) -> None:
    block = only("python -m tests.proof.fuzzing")
    words = shlex.split(block.text)
    done = subprocess.run(
        [sys.executable, *words[1:3], str(tmp_path / "one"), *words[4:]],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert '"inputs": 1' in done.stdout
