"""Whatever stands in the files, the commands answer in words, soon, and without harm."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.builders import every_page, lenses
from tests.proof.fuzzing import MEGABYTES, small
from tests.proof.mutations import revalued

from atlas.dataset.assembly.assemble import assemble
from atlas.dataset.reading.csv_table import parse_csv
from atlas.dataset.reading.load import Dataset, load, with_files
from atlas.dataset.reading.text_file import decoded
from atlas.dataset.reading.yaml_tree import parse_yaml
from atlas.findings import Finding
from atlas.validate import validate

BOUNDED = 120
"""Inputs of a run in seconds."""


def fuzzed(root: Path, folder: Path, *, seed: int, first: int = 0, inputs: int) -> dict[str, object]:
    """Try inputs in a process of its own and return what it tells; a killed process names its last input."""
    command = [sys.executable, "-m", "tests.proof.fuzzing", str(folder)]
    done = subprocess.run(
        [*command, f"--seed={seed}", f"--first={first}", f"--inputs={inputs}"],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        timeout=60 + inputs,
        check=False,
    )
    if done.returncode not in (0, 1):
        last = (folder / "current").read_text() if (folder / "current").exists() else "none"
        pytest.fail(
            f"input {last.strip()} ended the process: {done.returncode}\n{done.stderr}", pytrace=False
        )
    told: dict[str, object] = json.loads(done.stdout)
    return told


PROMISE = pytest.mark.promise(
    "A damaged dataset never gets a traceback, a hang, a half-written file or more than 300 MB: "
    "what is refused has a finding, what is accepted keeps its meaning through `atlas fmt`"
)


@PROMISE
@pytest.mark.parametrize("whole", [False, pytest.param(True, marks=pytest.mark.proof)])
def test_damaged_data_is_answered_in_words(
    root: Path, tmp_path: Path, pytestconfig: pytest.Config, tried: Callable[[int], None], whole: bool
) -> None:
    inputs = pytestconfig.getoption("--inputs") if whole else BOUNDED
    told = fuzzed(root, tmp_path / "fuzz", seed=1 if whole else 7, inputs=inputs)
    assert told["faults"] == []
    assert told["inputs"] == inputs
    assert 0 < told["accepted"] < inputs  # type: ignore[operator]  # a number
    assert told["peak_megabytes"] < MEGABYTES  # type: ignore[operator]  # a number
    tried(inputs)


def test_the_fuzzer_notices_what_is_wrong(root: Path, tmp_path: Path) -> None:
    """Broken on purpose: a process that uses too much of the processor, and one that raises."""
    code = (
        "import sys; sys.argv = ['fuzzing', sys.argv[1], '--inputs', '3']\n"
        "from tests.proof import fuzzing\n"
        "from atlas.cli import check\n"
        "check.every_finding = {fault}\n"
        "fuzzing.SECONDS = 1\n"
        "sys.exit(fuzzing.main())\n"
    )

    def end(name: str, fault: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", code.format(fault=fault), str(tmp_path / name)],
            cwd=root,
            env={**os.environ, "PYTHONPATH": str(root)},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    raised = end("raises", "lambda *_, **__: 1 / 0")
    assert raised.returncode == 1
    assert [fault["input"] for fault in json.loads(raised.stdout)["faults"]] == [0, 1, 2]
    assert "ZeroDivisionError" in raised.stdout
    assert (tmp_path / "raises/fault-0/cities.csv").is_file()
    assert end("hangs", "lambda *_, **__: [0 for _ in iter(int, 1)]").returncode == -signal.SIGPROF


LETTERS = st.characters(codec="utf-8") | st.sampled_from(
    list("\",;\n\r\t'#&*!|>%@`{}[]:-? \x00\ufeff\u202e~.")
)
TEXTS = st.text(LETTERS, max_size=60)
QUICK = settings(max_examples=150, deadline=None, derandomize=True, database=None)


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    folder = tmp_path_factory.mktemp("data")
    for name, data in small().items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(data)
    return load(folder)


@PROMISE
@QUICK
@given(data=st.binary(max_size=300) | TEXTS.map(str.encode))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    found: list[Finding] = []
    text = decoded(data, "x", found)
    assert text is not None or found
    if text is None:
        return
    parsed = list(found)
    table = parse_csv(text, "x.csv", parsed)
    assert table.index or len(parsed) > len(found)
    for row in table.rows:
        for position in range(len(row.values)):
            place = table.place_at(row, position)
            lines = text.split("\n")
            assert 1 <= place.line <= len(lines)
            assert 1 <= place.column <= len(lines[place.line - 1]) + 1
    assert parse_yaml(text, "x.yaml", "x", parsed) or len(parsed) > len(found)


VALUES = st.recursive(
    TEXTS | st.none() | st.sampled_from(["2019", "all", "PL", "press", "lodz", "P2Y"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["en", "pl", "id", "members", "on", "text"]) | TEXTS, inner, max_size=3
        )
    ),
    max_leaves=6,
)
KEYS = (
    "kind",
    "name",
    "founded",
    "topics",
    "open_to",
    "obligations",
    "counts",
    "hosts",
    "sources",
    "website",
)


@PROMISE
@settings(QUICK, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(values=st.dictionaries(st.sampled_from(KEYS) | TEXTS, VALUES, max_size=8))
def test_any_record_is_validated(dataset: Dataset, values: dict[str, object]) -> None:
    """JSON is YAML: any shape of values can be written without a mistake in the writing."""
    text = json.dumps(values, ensure_ascii=False)
    changed = with_files(dataset, {"networks/welcome.yaml": text.encode("utf-8", "replace")})
    found = [*changed.findings, *validate(changed, today=date(2026, 2, 1))]
    assert all(str(one) for one in found)
    assert found or values


@pytest.mark.promise("What the check accepts can be built, whatever it says")
@pytest.mark.parametrize("number", [6, pytest.param(200, marks=pytest.mark.proof)])
def test_what_is_accepted_has_its_pages(dataset: Dataset, tried: Callable[[int], None], number: int) -> None:
    seeds, built, wrong = small(), 0, []
    for chance in map(Random, range(100 * number)):
        if built == number:
            break
        files = revalued(seeds, chance)
        changed = with_files(dataset, {name: files[name] for name in files if files[name] != seeds[name]})
        found = [*changed.findings, *validate(changed, today=date(2026, 2, 1))]
        if files == seeds or any(one.severity == "error" for one in found):
            continue
        built += 1
        try:
            of = assemble(changed)
            for through in lenses(of):
                assert every_page(through)
        except Exception as error:
            what = {name: data for name, data in files.items() if data != seeds[name]}
            wrong.append(f"{type(error).__name__}: {error}: {what}")
    assert wrong == []
    assert built == number
    tried(number)
