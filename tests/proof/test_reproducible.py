"""The same data give the same bytes, whatever the machine, the day and the person."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.elsewhere import contents, copied

EPOCH = "1795305600"
OTHERWISE = """
import datetime, os, time

shift = float(os.environ.get("SHIFT_DAYS", "0"))
if shift:
    import pandas  # compiled against the real classes, it must not meet the others first

    real, day, now = datetime.datetime, datetime.date, time.time

    class Same(type):
        def __instancecheck__(cls, one):
            return isinstance(one, cls.__mro__[1])

    class Later(real, metaclass=Same):
        @classmethod
        def now(cls, tz=None):
            return real.now(tz) + datetime.timedelta(shift)

        @classmethod
        def utcnow(cls):
            return real.now(datetime.UTC).replace(tzinfo=None) + datetime.timedelta(shift)

        today = now

    class LaterDay(day, metaclass=Same):
        @classmethod
        def today(cls):
            return Later.now().date()

    datetime.datetime, datetime.date = Later, LaterDay
    time.time = lambda: now() + 86400 * shift

if os.environ.get("TURNED"):
    listdir, scandir = os.listdir, os.scandir

    class Turned:
        def __init__(self, entries):
            with entries:
                self.entries = iter(sorted(entries, key=lambda entry: entry.name, reverse=True))

        def __iter__(self):
            return self

        def __next__(self):
            return next(self.entries)

        def __enter__(self):
            return self

        def __exit__(self, *error):
            pass

        close = __exit__

    os.listdir = lambda *path: sorted(listdir(*path), reverse=True)
    os.scandir = lambda *path: Turned(scandir(*path))
"""
"""Read by Python before a build: another day, or files in another order."""

ENVIRONMENTS = {
    "hash seed": {"PYTHONHASHSEED": "4711"},
    "time zone": {"TZ": "Pacific/Kiritimati"},
    "language": {"LANG": "tr_TR.UTF-8", "LC_ALL": "C", "LANGUAGE": "pl", "COLUMNS": "40"},
    "umask": {},
    "folder": {},
    "order of files": {"TURNED": "1"},
    "day": {"SHIFT_DAYS": "400"},
    "number of workers": {"ATLAS_WORKERS": "5"},
}
SAME = pytest.mark.promise(
    "The same data give the same bytes in another environment: hash seed, time zone, language, umask, "
    "folder, order of files, day, number of workers, no network"
)


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory, small_builder: Callable[..., None], root: Path) -> Path:
    """A site of the small data set, made the usual way."""
    output = tmp_path_factory.mktemp("one") / "site"
    small_builder(
        root / "tests/data/good", output, SOURCE_DATE_EPOCH=EPOCH, ATLAS_WORKERS="2", PYTHONHASHSEED="0"
    )
    return output


def assert_same(one: Path, other: Path) -> None:
    mine, theirs = contents(one), contents(other)
    assert sorted(mine) == sorted(theirs)
    assert [path for path in mine if mine[path] != theirs[path]] == []


@SAME
@pytest.mark.proof
@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_another_environment_gives_the_same_bytes(
    name: str, one: Path, small_builder: Callable[..., None], root: Path, tmp_path: Path
) -> None:
    (tmp_path / "python").mkdir()
    (tmp_path / "python/sitecustomize.py").write_text(OTHERWISE)
    environ = {"SOURCE_DATE_EPOCH": EPOCH, "PYTHONPATH": str(tmp_path / "python"), **ENVIRONMENTS[name]}
    start = copied(root, tmp_path / "some other" / "folder") if name == "folder" else root
    former = os.umask(0o077 if name == "umask" else 0o022)
    try:
        small_builder(start / "tests/data/good", tmp_path / "other", root=start, **environ)
    finally:
        os.umask(former)
    assert_same(one, tmp_path / "other")


@SAME
@pytest.mark.proof
@pytest.mark.skipif(
    shutil.which("unshare") is None, reason="there is no unshare here to take the network away"
)
def test_without_a_network_the_same_is_built(one: Path, root: Path, tmp_path: Path) -> None:
    alone = ["unshare", "--net", *(() if os.geteuid() == 0 else ("--map-root-user",))]
    if subprocess.run([*alone, "true"], capture_output=True, check=False).returncode:
        pytest.skip("nobody may take the network away here")
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); from pathlib import Path; from tests import conftest; "
        "conftest.build_from(Path(sys.argv[1], 'tests/data/good'), Path(sys.argv[2]))"
    )
    done = subprocess.run(
        [*alone, sys.executable, "-c", code, str(root), str(tmp_path / "other")],
        env={**os.environ, "SOURCE_DATE_EPOCH": EPOCH},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert_same(one, tmp_path / "other")


def test_the_other_day_and_order_are_real(tmp_path: Path) -> None:
    """Else the builds above would show nothing."""
    (tmp_path / "sitecustomize.py").write_text(OTHERWISE)
    for name in "abc":
        (tmp_path / f"{name}.txt").touch()
    code = (
        "import datetime, os, time, pathlib; print(datetime.date.today() - datetime.date.fromtimestamp(0), "
        "datetime.datetime.now(datetime.UTC).year, [n for n in os.listdir('.') if n.endswith('.txt')], "
        "[p.name for p in pathlib.Path('.').glob('*.txt')])"
    )

    def says(**environ: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", code],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(tmp_path), **environ},
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    usual, other = says(), says(SHIFT_DAYS="400", TURNED="1")
    assert int(other.split()[0]) == int(usual.split()[0]) + 400
    assert "['c.txt', 'b.txt', 'a.txt'] ['c.txt', 'b.txt', 'a.txt']" in other
