"""The language of a command: ``--lang`` before and after it, and everything that is said then."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from atlas.cli.main import language, main, parser

ROOT = Path(__file__).resolve().parents[2]
GOOD = ROOT / "tests/data/good"


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the valid dataset, in a working directory without a history."""
    shutil.copytree(GOOD, tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1769904000")  # 2026-02-01
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    return tmp_path / "data"


def run(*arguments: str) -> int:
    try:
        return main(arguments)
    except SystemExit as ended:
        assert isinstance(ended.code, int)
        return ended.code


@pytest.mark.parametrize(
    "arguments",
    [
        ("--lang", "pl", "check", "--data", "nowhere"),
        ("--lang=pl", "check", "--data", "nowhere"),
        ("check", "--lang", "pl", "--data", "nowhere"),
        ("check", "--data", "nowhere", "--lang=pl"),
    ],
)
def test_the_language_stands_before_or_behind_the_command(
    arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*arguments) == 2
    assert capsys.readouterr().err == (
        "atlas: nowhere: nie ma takiego folderu; wskaż folder danych opcją --data\n"
    )


def test_the_last_language_counts() -> None:
    assert language(["--lang", "en", "check", "--lang", "pl"]) == "pl"
    assert parser().parse_args(["--lang", "en", "check", "--lang", "pl"]).lang == "pl"
    assert parser().parse_args(["--lang", "pl", "check", "--all"]).lang == "pl"
    assert language(["new", "city", "--lang=pl"]) == "pl"
    assert language(["check", "--lang", "xx"]) == "en"


def test_a_language_before_new_is_that_of_its_questions(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--lang", "pl", "new", "commitment", "--city", "krakw", "--instrument", "welcome") != 0
    assert "city 'krakw': nie ma takiego wpisu (miasto); może krakow?" in capsys.readouterr().err


WRONG = {
    "no such command": (
        ("chek",),
        "usage: atlas [-h] [--lang {en,pl}] command ...\n"
        "atlas: error: argument command: invalid choice: 'chek' (choose from",
        "użycie: atlas [-h] [--lang {en,pl}] command ...\n"
        "atlas: błąd: argument command: nie ma takiego wyboru: 'chek' (do wyboru:",
    ),
    "no command": (
        (),
        "usage: atlas [-h] [--lang {en,pl}] command ...\n"
        "atlas: error: the following arguments are required: command\n",
        "użycie: atlas [-h] [--lang {en,pl}] command ...\natlas: błąd: brakuje argumentów: command\n",
    ),
    "no such option": (
        ("check", "--formt", "json"),
        "usage: atlas [-h] [--lang {en,pl}] command ...\n"
        "atlas: error: unrecognized arguments: --formt json\n",
        "użycie: atlas [-h] [--lang {en,pl}] command ...\natlas: błąd: nieznane argumenty: --formt json\n",
    ),
    "no such revision": (
        ("diff", "nowhere"),
        "atlas: data: not in a git repository (an unpacked archive has no history)\n",
        "atlas: data: to nie jest repozytorium git (rozpakowane archiwum nie ma historii)\n",
    ),
    "no such code": (
        ("check", "--code", "w-archiv"),
        "atlas: --code W-ARCHIV: no such code; did you mean W-ARCHIVE, E-ARCHIVE?\n",
        "atlas: --code W-ARCHIV: nie ma takiego kodu; może W-ARCHIVE, E-ARCHIVE?\n",
    ),
    "a code like no other": (
        ("check", "--code", "foo"),
        "atlas: --code FOO: no such code; the codes are: E-AMBIGUOUS,",
        "atlas: --code FOO: nie ma takiego kodu; kody to: E-AMBIGUOUS,",
    ),
}


@pytest.mark.parametrize("kind", WRONG)
def test_a_wrong_command_is_told_in_both_languages(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    arguments, english, polish = WRONG[kind]
    assert run(*arguments) == 2
    assert capsys.readouterr().err.startswith(english)
    assert run("--lang", "pl", *arguments) == 2
    assert capsys.readouterr().err.startswith(polish)


def test_a_wrong_revision_in_a_repository(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    subprocess.run(["git", "init", "-q", "."], check=True)
    assert run("check", "--base", "nosuch") == 2
    assert run("check", "--base", "nosuch", "--lang", "pl") == 2
    assert capsys.readouterr().err == (
        "atlas: nosuch: no such revision in this repository; nothing has been committed yet\n"
        "atlas: nosuch: nie ma takiej wersji w tym repozytorium; niczego jeszcze nie zatwierdzono\n"
    )


def test_a_lock_that_is_no_utf8_is_told_by_its_line(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("urls.lock").write_bytes(b"# addresses\n/cities/\xb3\xf3d\x9f/\n")
    before = Path("urls.lock").read_bytes()
    assert run("lock") == 2
    assert run("--lang", "pl", "lock") == 2
    assert capsys.readouterr().err == (
        "atlas: urls.lock:2: not UTF-8; put the file back with: git checkout -- urls.lock\n"
        "atlas: urls.lock:2: to nie jest UTF-8; przywróć plik: git checkout -- urls.lock\n"
    )
    assert Path("urls.lock").read_bytes() == before


NO_ADDRESS = (
    "not the address of a page or file of the site; delete the line",
    "to nie jest adres strony ani pliku serwisu; usuń ten wiersz",
)
MET = (
    "two changes met here; delete the lines <<<<<<<, ======= and >>>>>>> alone",
    "tu spotkały się dwie zmiany; usuń same wiersze <<<<<<<, ======= i >>>>>>>",
)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("/etc/passwd", NO_ADDRESS),
        ("/../x/", NO_ADDRESS),
        ("cities/krakow/", NO_ADDRESS),
        ("/cities/krakow/ eccar", NO_ADDRESS),
        ("<<<<<<< HEAD", MET),
        ("=======", MET),
        (">>>>>>> other", MET),
    ],
)
def test_a_line_of_the_lock_that_is_no_address_is_refused(
    line: str, told: tuple[str, str], data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("urls.lock").write_text(f"# addresses\n/cities/turku/ #welcome\n{line}\n/data/x.csv\n", "utf-8")
    before = Path("urls.lock").read_bytes()
    assert run("lock") == 2
    assert run("--lang", "pl", "lock", "--check") == 2
    english, polish = told
    assert capsys.readouterr().err == f"atlas: urls.lock:3: {english}\natlas: urls.lock:3: {polish}\n"
    assert Path("urls.lock").read_bytes() == before


def test_what_the_system_says_is_told_in_polish(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> None:
        raise OSError(13, "Permission denied", "data/cities.csv")

    monkeypatch.setattr("atlas.dataset.reading.load.read_bytes", fail)
    assert run("check", "--lang", "pl") == 3
    assert capsys.readouterr().err == "atlas: data/cities.csv: brak uprawnień\n"


def test_ctrl_c_while_commands_are_imported_is_130(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("atlas.cli.main.import_module", interrupted)
    assert main(["check"]) == 130


@pytest.mark.parametrize("moment", [0.1, 0.3, 0.6])
def test_ctrl_c_in_the_first_second_of_a_build_is_never_success(tmp_path: Path, moment: float) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "pelican", "-s", str(ROOT / "pelicanconf.py"), "-o", str(tmp_path / "site")],
        cwd=ROOT,
        env={**os.environ, "ATLAS_SEARCH": "0"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    time.sleep(moment)
    process.send_signal(signal.SIGINT)
    # Before Python has started, the signal itself ends it, which a shell tells as 130 too.
    assert process.wait(120) in (130, -signal.SIGINT)
    assert not (tmp_path / "site").exists()
