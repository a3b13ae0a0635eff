"""``atlas check`` as people run it: output, exit codes, languages."""

from __future__ import annotations

import io
import json
import os
import shutil
from pathlib import Path

import pytest
from tests.terminal import HEAVY, imported

from atlas.cli import check
from atlas.cli.main import main
from atlas.cli.report import wants_colour

ROOT = Path(__file__).resolve().parents[2]
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
    assert capsys.readouterr().out.splitlines()[-1] == (
        "8 cities, 4 instruments, 15 commitments, 3 actions, 6 sources: no errors, 3 warnings"
    )


def test_the_summary_in_polish(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--data", "good", "--lang", "pl"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == (
        "8 miast, 4 instrumenty, 15 zobowiązań, 3 działania, 6 źródeł: bez błędów, 3 ostrzeżenia"
    )


def test_findings_in_polish(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--data", "bad", "--lang", "pl"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert (
        "bad/commitments/welcome.csv:2:1: E-REF city 'krakw': nie ma takiego wpisu (miasto); może krakow?"
        in lines
    )
    assert lines[-1] == "5 miast, 2 instrumenty, 5 zobowiązań, 0 działań, 3 źródła: 49 błędów, 4 ostrzeżenia"


def test_warnings_fail_only_when_strict(capsys: pytest.CaptureFixture[str]) -> None:
    path = Path("good/commitments/old-pact.csv")
    path.write_text(path.read_text().replace("charter-text,,,\n", "charter-text,,Only English.,\n", 1))
    assert main(["check", "--data", "good"]) == 0
    assert main(["check", "--data", "good", "--strict"]) == 1
    assert capsys.readouterr().out.splitlines()[-1].endswith("no errors, 4 warnings")


def test_json_is_one_document(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--data", "bad", "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert (len(found["findings"]), found["more"]) == (53, 0)


def test_github_shows_only_commands(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--data", "bad", "--format", "github"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert all(line.startswith(("::error file=bad/", "::warning file=bad/")) for line in lines)


def unarchived(number: int) -> None:
    """Add sources that no archive holds."""
    with Path("good/sources.csv").open("a") as table:
        for one in range(number):
            table.write(f"page-{one},A page,,https://example.org/{one},,en,,2026-01-15,,,document\n")


FIRST = (
    "good/sources.csv:3:82: source 'charter-text': no archived copy; save the page at web.archive.org and "
    "put the address of the copy into archived"
)


def test_many_warnings_of_one_code_are_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    unarchived(4)
    assert main(["check", "--data", "good"]) == 0
    assert capsys.readouterr().out == (
        f"W-ARCHIVE 7 warnings, the first at {FIRST} (list them with --code W-ARCHIVE)\n"
        "what the codes mean: docs/findings.md#w-archive\n"
        "8 cities, 4 instruments, 15 commitments, 3 actions, 10 sources: no errors, 7 warnings\n"
    )


def test_errors_come_first(capsys: pytest.CaptureFixture[str]) -> None:
    unarchived(1)
    cities = Path("good/zzz.csv")
    cities.write_text("id\n")
    assert main(["check", "--data", "good", "--strict"]) == 1
    codes = [line.split(": ")[1].split()[0] for line in capsys.readouterr().out.splitlines()[:-2]]
    assert codes == sorted(codes) and {code[0] for code in codes} == {"E", "W"}


def test_many_warnings_in_polish(capsys: pytest.CaptureFixture[str]) -> None:
    unarchived(4)
    assert main(["check", "--data", "good", "--lang", "pl"]) == 0
    assert capsys.readouterr().out.splitlines()[:2] == [
        "W-ARCHIVE 7 ostrzeżeń, pierwsze w good/sources.csv:3:82: źródło 'charter-text': brak kopii w "
        "archiwum; zapisz stronę na web.archive.org i wpisz adres kopii w kolumnie archived "
        "(lista: --code W-ARCHIVE)",
        "co oznaczają kody: docs/findings.md#w-archive",
    ]


@pytest.mark.parametrize("options", [["--all"], ["--code", "w-archive"], ["--strict"]])
def test_they_are_listed_on_demand(options: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    unarchived(300)
    assert main(["check", "--data", "good", *options]) == int(options == ["--strict"])
    lines = capsys.readouterr().out.splitlines()
    assert sum(" W-ARCHIVE source 'page-" in line for line in lines) == 300


def test_one_code_of_many(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--data", "bad", "--code", "E-PRIVATE", "--code", "E-LIST"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert {line.split(": ")[1].split()[0] for line in lines[:-2]} <= {"E-PRIVATE", "E-LIST"}
    assert lines[-1].endswith("49 errors, 4 warnings")


def test_github_gets_one_notice_for_many_warnings(capsys: pytest.CaptureFixture[str]) -> None:
    unarchived(4)
    assert main(["check", "--data", "good", "--format", "github"]) == 0
    assert capsys.readouterr().out == f"::notice title=W-ARCHIVE::7 warnings, the first at {FIRST}\n"


def test_colour_and_links_on_demand(capsys: pytest.CaptureFixture[str]) -> None:
    docs = "https://example.org/findings"
    assert main(["check", "--data", "good", "--color", "always", "--docs", docs]) == 0
    first = capsys.readouterr().out.splitlines()[0]
    link = f"\x1b]8;;{docs}#w-archive\x1b\\\x1b[33mW-ARCHIVE\x1b[0m\x1b]8;;\x1b\\"
    assert first.startswith(f"\x1b[2mgood/sources.csv:3:82:\x1b[0m {link} source 'charter-text': no archived")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_colour_only_on_a_terminal_that_wants_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert wants_colour("auto", Terminal())
    assert not wants_colour("auto", io.StringIO())
    assert not wants_colour("never", Terminal())
    monkeypatch.setenv("NO_COLOR", "1")
    assert not wants_colour("auto", Terminal())
    assert wants_colour("always", Terminal())


def test_where_codes_are_explained_can_be_set(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ATLAS_DOCS_URL", "https://example.org/findings")
    assert main(["check", "--data", "good", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)["findings"]
    assert {one["help"] for one in found} == {"https://example.org/findings#w-archive"}


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

    monkeypatch.setattr("atlas.dataset.reading.load.read_bytes", fail)
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
    assert imported("check", "--data", "good").isdisjoint(HEAVY | {"rich"})


def test_the_real_data_is_good(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert main(["check"]) == 0, capsys.readouterr().out
