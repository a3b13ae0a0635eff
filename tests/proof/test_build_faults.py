"""Whatever happens to a build of the atlas itself, the old site stays whole and the next build succeeds."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from tests.elsewhere import contents

pytestmark = [
    pytest.mark.proof,
    pytest.mark.promise(
        "A build of the whole atlas that is killed at 20 moments, loses a worker, meets a full or read-only "
        "disk, a broken template, another build or a dangerous folder leaves the old site byte for byte, and "
        "the next one succeeds"
    ),
]
EPOCH = "1795305600"
MOMENTS = 20


class Builds:
    """Builds of the small data set into one folder."""

    def __init__(self, root: Path, output: Path) -> None:
        """Name the repository and the folder."""
        self.root, self.output = root, output
        self.address = "https://example.org/atlas"
        self.texts = output.with_name("texts")
        (self.texts / "pages").mkdir(parents=True)

    def start(self, output: Path | None = None, **settings: str) -> subprocess.Popen[str]:
        """Begin a build, as the public one is made."""
        # Without what the last build wrote down everything is made anew, and there is something to interrupt.
        with contextlib.suppress(OSError):  # a disk that is read-only
            self.output.with_name(f".{self.output.name}.manifest").unlink()
        data = str(self.root / "tests/data/good")
        given = {"ATLAS_DATA": data, "ATLAS_URLS_LOCK": "", **settings}
        command = [sys.executable, "-m", "pelican", "-s", "publishconf.py", str(self.texts)]
        more = ["-e", *(f"{name}={json.dumps(value)}" for name, value in given.items())]
        return subprocess.Popen(
            [*command, "-o", str(output or self.output), *more],
            cwd=self.root,
            env={
                **os.environ,
                "ATLAS_SITEURL": self.address,
                "SOURCE_DATE_EPOCH": EPOCH,
                "ATLAS_WORKERS": "2",
                "COLUMNS": "200",
            },
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def build(self, output: Path | None = None, **settings: str) -> tuple[int, str]:
        """Build; return the exit code and what was said."""
        with self.start(output, **settings) as process:
            said, _ = process.communicate(timeout=600)
        return process.returncode, said

    def leftovers(self) -> list[str]:
        """Return what stands beside the folder and belongs to a build."""
        found = {path.name for path in self.output.parent.glob(f".{self.output.name}.*")}
        # What the next build goes by stays.
        return sorted(found - {f".{self.output.name}.manifest", f".{self.output.name}.twin"})


@pytest.fixture(scope="module")
def first(root: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Builds, dict[str, bytes], float]:
    """A folder with a site, its files, and how many seconds they took."""
    builds = Builds(root, tmp_path_factory.mktemp("faults") / "output")
    began = time.monotonic()
    code, said = builds.build()
    assert code == 0, said
    return builds, contents(builds.output), time.monotonic() - began


@pytest.fixture
def builds(first: tuple[Builds, dict[str, bytes], float]) -> Iterator[Builds]:
    """The folder; afterwards the site in it is whole, and nothing is left beside it."""
    yield first[0]
    assert contents(first[0].output) == first[1]


@pytest.mark.parametrize("moment", range(MOMENTS))
def test_killed_at_any_moment(
    builds: Builds, first: tuple[Builds, dict[str, bytes], float], moment: int
) -> None:
    with builds.start() as process:
        try:
            process.wait(first[2] * (moment + 0.5) / MOMENTS)
        except subprocess.TimeoutExpired:
            process.kill()
        process.communicate()
    # The same data: the whole old site and the whole new one are the same bytes.
    assert contents(builds.output) == first[1]


def test_after_all_that_the_next_build_succeeds(builds: Builds) -> None:
    code, said = builds.build()
    assert code == 0, said
    assert builds.leftovers() == []


def _is_worker(one: psutil.Process) -> bool:
    """Git, too, is called like its parent until it has begun, and ends soon."""
    try:
        named = "pelican" in " ".join(one.cmdline())
        time.sleep(0.2 if named else 0)
        return named and "pelican" in " ".join(one.cmdline())
    except (psutil.NoSuchProcess, psutil.ZombieProcess):
        return False


def test_a_worker_is_killed(builds: Builds) -> None:
    with builds.start() as process:
        parent, end = psutil.Process(process.pid), time.monotonic() + 120
        # Git is a child for moments; workers are called like their parent.
        while not (workers := [one for one in parent.children() if _is_worker(one)]):
            assert process.poll() is None and time.monotonic() < end, "no worker was seen"
            time.sleep(0.005)
        workers[0].send_signal(signal.SIGKILL)
        said, _ = process.communicate(timeout=120)
    assert process.returncode == 3, said
    assert "a process that made pages was ended from outside" in said
    assert "Traceback" not in said
    assert builds.leftovers() == []


def test_two_at_once(builds: Builds) -> None:
    with builds.start() as one, builds.start() as other:
        told = [process.communicate(timeout=600)[0] for process in (one, other)]
    assert sorted([one.returncode, other.returncode]) == [0, 3], told
    late, early = (told[0], other) if one.returncode else (told[1], one)
    assert f"another build is running into the same folder (process {early.pid}, since" in late


@pytest.fixture
def disk(tmp_path: Path, first: tuple[Builds, dict[str, bytes], float]) -> Iterator[Builds]:
    """A disk on which one site has room, and no second; its name is unmounted in the end."""
    size = sum(-(-len(data) // 4096) * 4096 for data in first[1].values())
    folder = tmp_path / "disk"
    folder.mkdir()
    room = ["mount", "-t", "tmpfs", "-o", f"size={size * 3 // 2 + (2 << 20)}", "tmpfs", str(folder)]
    if subprocess.run(room, capture_output=True, check=False).returncode:
        pytest.skip("a small disk can be mounted by root only")
    try:
        made = Builds(first[0].root, folder / "output")
        shutil.copytree(first[0].output, made.output)
        yield made
    finally:
        subprocess.run(["umount", folder], check=True)


def test_the_disk_is_full(disk: Builds, first: tuple[Builds, dict[str, bytes], float]) -> None:
    disk.address = "https://example.org/another"  # so that every page differs and needs room of its own
    code, said = disk.build()
    assert code == 3, said
    assert "No space left on device" in said
    assert "Traceback" not in said
    assert contents(disk.output) == first[1]
    assert disk.leftovers() == []


def test_the_disk_is_read_only(disk: Builds, first: tuple[Builds, dict[str, bytes], float]) -> None:
    subprocess.run(["mount", "-o", "remount,ro", disk.output.parent], check=True)
    code, said = disk.build()
    assert code == 3, said
    assert "Read-only file system; nothing was published" in said
    assert "Traceback" not in said
    assert contents(disk.output) == first[1]


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("city.html", "{% if page.frame.id == 'turku' %}{{ nobody.at_all }}{% endif %}", "UndefinedError"),
        ("base.html", "{% if page.frame.path %}{{ 1 // 0 }}{% endif %}", "ZeroDivisionError"),
        ("map.html", "{% macro %}", "TemplateSyntaxError"),
    ],
)
def test_a_template_is_broken(builds: Builds, tmp_path: Path, name: str, text: str, told: str) -> None:
    theme = tmp_path / "theme"
    shutil.copytree(builds.root / "theme", theme)
    template = theme / "templates" / name
    template.write_text(text + template.read_text("utf-8"), "utf-8")
    code, said = builds.build(THEME=str(theme))
    assert code == 70, said
    assert f"{name}:" in said
    assert told in said
    assert said.rstrip().endswith("nothing was published")
    assert builds.leftovers() == []


def test_the_data_are_wrong(builds: Builds, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(builds.root / "tests/data/good", data)
    with (data / "cities.csv").open("a") as file:
        file.write("Köln,x\n")
    code, said = builds.build(ATLAS_DATA=str(data))
    assert code == 1, said
    assert "cities.csv:10:1: E-CELLS" in said
    assert "Traceback" not in said
    assert builds.leftovers() == []


@pytest.mark.parametrize(
    "place", ["/", "{home}", "{root}", "{root}/data", "{root}/theme/static", "{root}/.."]
)
def test_a_dangerous_folder(builds: Builds, place: str) -> None:
    output = Path(place.format(home=Path.home(), root=builds.root))
    code, said = builds.build(output)
    assert code == 2, said
    assert "the output folder" in said
    assert "Traceback" not in said
    assert (builds.root / "data/cities.csv").is_file()


def test_a_link_out_of_the_data(builds: Builds, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(builds.root / "tests/data/good", data)
    (data / "actions/passwd.yaml").symlink_to("/etc/passwd")
    code, said = builds.build(ATLAS_DATA=str(data))
    assert code == 1, said
    assert (
        "actions/passwd.yaml:1:1: E-FILE a symbolic link is not followed; put the file itself there" in said
    )
    assert "root:" not in said
