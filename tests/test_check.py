"""``atlas check`` as people run it: output, exit codes, languages."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from atlas.tools import check
from atlas.tools.cli import main

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "tests/data"


@pytest.fixture(autouse=True)
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Copies of the datasets outside the repository, on a fixed day."""
    for name in ("good", "bad"):
        shutil.copytree(DATA / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1769904000")  # 2026-02-01
    return tmp_path


def test_the_wrong_dataset_gives_the_complete_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--data", "bad"]) == 1
    assert capsys.readouterr().out == (DATA / "bad.txt").read_text()


def test_good_data_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--data", "good"]) == 0
    assert capsys.readouterr().out == (
        "8 cities, 4 instruments, 15 commitments, 3 actions, 6 sources: no errors, no warnings\n"
    )


def test_the_summary_in_polish(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--data", "good", "--lang", "pl"]) == 0
    assert capsys.readouterr().out == (
        "8 miast, 4 instrumenty, 15 zobowiązań, 3 działania, 6 źródeł: bez błędów, bez ostrzeżeń\n"
    )


def test_findings_in_polish(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--data", "bad", "--lang", "pl"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert (
        "bad/commitments/welcome.csv:2:1: E-REF city 'krakw': nie ma takiego wpisu (miasto); może krakow?"
        in lines
    )
    assert lines[-1] == "5 miast, 2 instrumenty, 5 zobowiązań, 0 działań, 3 źródła: 51 błędów, 1 ostrzeżenie"


def test_warnings_fail_only_when_strict(capsys: pytest.CaptureFixture[str]) -> None:
    path = Path("good/commitments/old-pact.csv")
    path.write_text(path.read_text().replace("charter-text,,,\n", "charter-text,,Only English.,\n", 1))
    assert main(["check", "--data", "good"]) == 0
    assert main(["check", "--data", "good", "--strict"]) == 1
    assert capsys.readouterr().out.splitlines()[-1].endswith("no errors, 1 warning")


def test_json_is_one_document(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--data", "bad", "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert (len(found["findings"]), found["more"]) == (52, 0)


def test_github_shows_only_commands(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--data", "bad", "--format", "github"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert all(line.startswith(("::error file=bad/", "::warning file=bad/")) for line in lines)


def test_a_missing_folder_is_a_wrong_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--data", "nowhere"]) == 2
    assert (
        capsys.readouterr().err == "atlas: nowhere: no such folder; name the folder of the data with --data\n"
    )


def test_an_unknown_option_is_a_wrong_command() -> None:
    with pytest.raises(SystemExit) as caught:
        main(["check", "--formt", "json"])
    assert caught.value.code == 2


def test_a_wrong_clock_is_a_wrong_setting(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    assert main(["check", "--data", "good"]) == 2
    assert capsys.readouterr().err == "atlas: SOURCE_DATE_EPOCH=yesterday: must be seconds since 1970\n"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_the_environment(capsys: pytest.CaptureFixture[str]) -> None:
    Path("good/cities.csv").chmod(0)
    assert main(["check", "--data", "good"]) == 3
    assert capsys.readouterr().err == "atlas: good/cities.csv: Permission denied\n"


def test_a_disk_that_fails_is_the_environment(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> None:
        raise OSError(5, "Input/output error", "good/cities.csv")

    monkeypatch.setattr("atlas.load.read_bytes", fail)
    assert main(["check", "--data", "good"]) == 3
    assert capsys.readouterr().err == "atlas: good/cities.csv: Input/output error\n"


def test_a_bug_is_one_line_and_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(check, "load", lambda _: 1 / 0)
    assert main(["check", "--data", "good"]) == 70
    assert capsys.readouterr().err == (
        "atlas: ZeroDivisionError: division by zero; this is a bug of the atlas, not of your data; please "
        "report it with the command you typed (ATLAS_DEBUG=1 shows where it happened)\n"
    )
    monkeypatch.setenv("ATLAS_DEBUG", "1")
    assert main(["check", "--data", "good"]) == 70
    assert "Traceback" in capsys.readouterr().err


def test_ctrl_c_is_130(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(check, "load", interrupted)
    assert main(["check", "--data", "good"]) == 130


def test_a_check_imports_nothing_heavy() -> None:
    """What is imported decides how soon a check answers."""
    code = (
        "import sys; from atlas.tools.cli import main; main(['check', '--data', 'good']); "
        "print(*sorted({name.split('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "plugins")},
    )
    imported = set(done.stdout.splitlines()[-1].split())
    assert imported.isdisjoint(
        {"pelican", "folium", "pandas", "jinja2", "shapely", "babel", "rapidfuzz", "rich"}
    )


def test_the_real_data_is_good(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert main(["check"]) == 0, capsys.readouterr().out
