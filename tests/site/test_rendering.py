"""Pages are made in several processes as in one: the same bytes, the same faults, nothing left behind."""

from __future__ import annotations

import errno
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import cast

import pytest
from jinja2 import Environment
from tests.builders import ROOT, atlas, city, commitment, lens, network
from tests.project import PATIENCE, wait_until

from atlas.build.page_writer import Press
from atlas.build.processes import Forked, Serial, local, number_of_workers, spread
from atlas.drawings.maps.basemap import Basemap
from atlas.drawings.maps.static_map import Sheets
from atlas.errors import EnvironmentFault, InternalError, UsageError
from atlas.languages.language import Language
from atlas.site import templates
from atlas.site.blueprint import Edition
from atlas.site.content import Texts
from atlas.site.fast_templates import FastEnvironment
from atlas.site.jobs import Job
from atlas.site.routes import AtlasScene
from atlas.site.templates import Templates, fastest

Files = dict[str, bytes]


def edition(folder: Path = ROOT / "theme/templates", kind: type[Environment] | None = None) -> Edition:
    """Return a small edition in two languages."""
    small = atlas(
        city("krakow", "Kraków", lat=50.06, lon=19.94),
        city("lodz", "Łódź", lat=51.75, lon=19.46),
        city("praha", "Praha", "CZ", lat=50.09, lon=14.42),
        network("wel", "Welcome <b>Network</b>", acronym="WEL"),
        commitment("wel", "krakow", since="2012"),
        commitment("wel", "praha", since="2019-03"),
    )
    lenses = tuple(replace(lens(small, code), siteurl="https://example.org/atlas") for code in ("en", "pl"))
    sheets, texts = Sheets(Basemap.load()), Texts([], small)
    return Edition(
        scenes={each.lang.code: AtlasScene(each, lenses, sheets, texts) for each in lenses},
        templates=Templates(folder, kind),
    )


def files(folder: Path) -> Files:
    return {f.relative_to(folder).as_posix(): f.read_bytes() for f in folder.rglob("*") if f.is_file()}


def printed(one: Edition, folder: Path, workers: int) -> Files:
    press, jobs = Press(one, folder), one.jobs()
    with local(press, workers) as executor:
        made = [each for part in spread(press, jobs, executor, workers) for each in part.made]
    assert sorted(each.job for each in made) == sorted(jobs)
    written = files(folder)
    assert sorted(name for each in made for name in each.files) == sorted(written)
    return written


def test_assets_are_made_by_a_job_that_writes_nothing() -> None:
    """The end of the build writes them, from what is kept."""
    one, made = edition(), list[str]()
    scenes = {
        code: replace(cast(AtlasScene, scene), assets=partial(made.append, code))
        for code, scene in one.scenes.items()
    }
    one = replace(one, scenes=scenes)
    jobs = [job for job in one.jobs() if job.route == "assets"]
    assert [[*one.render(job)] for job in jobs] == [[]]
    assert made == ["en"]


def test_any_number_of_processes_writes_the_same_bytes(tmp_path: Path) -> None:
    one = edition()
    serial = printed(one, tmp_path / "1", 1)
    assert "pl/miasta/lodz/index.html" in serial
    assert printed(one, tmp_path / "2", 2) == serial
    assert printed(edition(), tmp_path / "5", 5) == serial


def test_an_edition_can_be_sent_to_a_process_that_was_not_forked(tmp_path: Path) -> None:
    one = edition()
    press = Press(one, tmp_path / "here")
    jobs = one.jobs()[:12]
    press(jobs)
    press.folder = tmp_path / "there"
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as executor:
        made = [each for part in spread(press, jobs, executor, 1) for each in part.made]
    # Parts come back as they are done, which on a busy machine is in no order.
    assert sorted(each.job for each in made) == sorted(jobs)
    assert files(tmp_path / "there") == files(tmp_path / "here")


def test_the_faster_templates_give_the_bytes_of_plain_ones(tmp_path: Path) -> None:
    fast = printed(edition(kind=FastEnvironment), tmp_path / "fast", 1)
    assert printed(edition(kind=Environment), tmp_path / "plain", 1) == fast


def test_another_version_of_jinja_compiles_templates_in_its_own_way(monkeypatch: pytest.MonkeyPatch) -> None:
    assert fastest() is FastEnvironment
    monkeypatch.setattr("atlas.site.templates.version", lambda package: "3.2.0")
    assert fastest() is Environment


def test_jobs_are_small_and_plain() -> None:
    jobs = edition().jobs()
    assert Job("en", "city", "krakow") in jobs
    assert max(len(pickle.dumps(job)) for job in jobs) < 200
    # The same page in all languages, and the cities of a country, share a drawing.
    cities = [job for job in jobs if job.route == "city"]
    assert [(job.id, job.lang) for job in cities] == [
        ("krakow", "en"), ("krakow", "pl"), ("lodz", "en"), ("lodz", "pl"), ("praha", "en"), ("praha", "pl"),
    ]  # fmt: skip


def broken_theme(tmp_path: Path, text: str) -> Path:
    templates = tmp_path / "templates"
    templates.mkdir()
    for file in (ROOT / "theme/templates").iterdir():
        (templates / file.name).symlink_to(file)
    (templates / "city.html").unlink()
    (templates / "city.html").write_text(text)
    return templates


@pytest.mark.parametrize("workers", [1, 2])
def test_a_template_that_raises_names_the_page(tmp_path: Path, workers: int) -> None:
    one = edition(broken_theme(tmp_path, "fine\n{% if page.frame.id == 'lodz' %}{{ nobody }}{% endif %}"))
    with pytest.raises(InternalError) as raised:
        printed(one, tmp_path / "site", workers)
    text = str(raised.value)
    assert text.startswith(("cities/lodz/index.html: ", "pl/miasta/lodz/index.html: "))
    assert text.endswith("city.html:2: UndefinedError: 'nobody' is undefined\nnothing was published")


@pytest.mark.parametrize("workers", [1, 2])
def test_a_view_that_raises_names_the_job(
    tmp_path: Path, workers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise ZeroDivisionError("no city")

    monkeypatch.setattr("atlas.site.routes.city_page", fails)
    with pytest.raises(InternalError, match=r"(?s)While writing (en|pl) city [a-z]+:\n.*ZeroDivisionError"):
        printed(edition(), tmp_path / "site", workers)


@pytest.mark.parametrize("workers", [1, 2])
def test_a_full_disk_stays_an_error_of_the_machine(
    tmp_path: Path, workers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "page.html")

    monkeypatch.setattr("os.makedirs", full)
    with pytest.raises(OSError, match="No space left"):
        printed(edition(), tmp_path / "site", workers)


def test_two_jobs_never_write_the_same_file(tmp_path: Path) -> None:
    one = edition()
    press = Press(one, tmp_path)
    press([Job("en", "city", "lodz")])
    with pytest.raises(InternalError, match=r"cities/lodz/index\.html is made twice"):
        press([Job("en", "city", "lodz")])


# Processes


def squares(numbers: Sequence[int]) -> list[int]:
    return [number * number for number in numbers]


@pytest.mark.parametrize("workers", [1, 2, 3])
@pytest.mark.parametrize("number", [0, 1, 7, 1000])
def test_every_job_is_done_once(workers: int, number: int) -> None:
    with local(squares, workers) as executor:
        done = [one for part in spread(squares, range(number), executor, workers) for one in part]
    assert sorted(done) == squares(range(number))


def dies(numbers: Sequence[int]) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_worker_that_is_killed_is_the_environment() -> None:
    with local(dies, 2) as executor, pytest.raises(EnvironmentFault, match="was ended from outside"):
        list(spread(dies, range(8), executor, 2))


def test_the_first_fault_ends_all(tmp_path: Path) -> None:
    def fails_at_once(numbers: Sequence[int]) -> None:
        (tmp_path / str(numbers[0])).touch()
        raise KeyError(numbers[0])

    with local(fails_at_once, 2) as executor, pytest.raises(KeyError):
        list(spread(fails_at_once, range(1000), executor, 2))
    assert len(list(tmp_path.iterdir())) < 12


def processes_of(numbers: Sequence[int]) -> list[tuple[int, int]]:
    return [(number, os.getpid()) for number in numbers]


def test_the_first_jobs_have_a_process_of_their_own() -> None:
    with local(processes_of, 2) as executor:
        done = [one for part in spread(processes_of, range(100), executor, 2, 3) for one in part]
    assert sorted(number for number, _ in done) == [*range(100)]
    alone = {process for number, process in done if number < 3}
    assert len(alone) == 1 and alone.isdisjoint(process for number, process in done if number >= 3)


@pytest.mark.parametrize("first", [1, 4])
def test_what_ends_the_process_of_the_first_jobs_ends_all(first: int) -> None:
    def fails(numbers: Sequence[int]) -> None:
        raise KeyError(numbers[0])

    with local(fails, 2) as executor, pytest.raises(KeyError):
        list(spread(fails, range(first), executor, 2, first))
    with local(dies, 2) as executor, pytest.raises(EnvironmentFault, match="was ended from outside"):
        list(spread(dies, range(first), executor, 2, first))


def test_one_processor_works_here_and_two_are_forked() -> None:
    with local(squares, 1) as executor:
        assert isinstance(executor, Serial)
    with local(squares, 2) as executor:
        assert isinstance(executor, Forked)


@pytest.mark.parametrize("setting", ["0", "-1", "two", 1.5])
def test_a_wrong_number_of_workers_is_told(setting: object) -> None:
    with pytest.raises(UsageError, match=r"ATLAS_WORKERS is .*; it must be a number of processes, 1 or more"):
        number_of_workers(setting)


def test_the_number_of_workers() -> None:
    assert number_of_workers("3") == number_of_workers(3) == 3
    assert number_of_workers(None) == number_of_workers("") >= 1


SCRIPT = """
import os, sys, time
from pathlib import Path
from typing import cast
from atlas.build.folder_swap import Staging
from atlas.build.processes import local, spread
from atlas.build import pelican_run as publish

folder = Path(sys.argv[1])
def work(numbers):
    (folder / f"worker-{os.getpid()}").touch()
    time.sleep(0.05)

class Pelican:
    output_path = str(folder / "output")
    settings = {"OUTPUT_PATH": output_path, "STATIC_PATHS": [], "PATH": "/nowhere/a", "THEME": "/nowhere/b"}
    def run(self):
        with local(work, 2) as executor:
            list(spread(work, range(5000), executor, 2))

os.chdir("/tmp")
publish.connect()
pelican = Pelican()
publish.arm(pelican)
pelican.run()
"""


def alive(pid: int) -> bool:
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False
    return text.rpartition(")")[2].split()[0] != "Z"


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="it asks /proc which processes live")
@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGKILL, -signal.SIGKILL)]
)
def test_however_a_build_ends_its_workers_end(tmp_path: Path, number: signal.Signals, code: int) -> None:
    command = [sys.executable, "-c", SCRIPT, str(tmp_path)]
    with subprocess.Popen(command, text=True, stderr=subprocess.PIPE, start_new_session=True) as process:
        wait_until(lambda: len(list(tmp_path.glob("worker-*"))) == 2, "two workers begin")
        if number == signal.SIGINT:
            os.killpg(process.pid, number)  # as a terminal does it
        else:
            process.send_signal(number)
        _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == code, said
    assert "Traceback" not in said
    workers = [int(path.name.removeprefix("worker-")) for path in tmp_path.glob("worker-*")]
    wait_until(lambda: not any(alive(pid) for pid in workers), "the workers end")
    if number == signal.SIGKILL:
        # No worker holds the lock of a parent that is gone.
        from atlas.build.folder_swap import Staging

        again = Staging(tmp_path / "output")
        again.open()
        again.close()
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".output")] == []


def test_compiled_templates_are_kept_and_never_used_for_another_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, kept = tmp_path / "page.html", tmp_path / "cache"

    def said(text: str) -> str:
        """Render a template as another process would."""
        page.write_text(text)
        templates._compiled.cache_clear()
        found = Templates(tmp_path, cache=kept).environment(Language("en"), "./").get_template("page.html")
        return found.render(n="<b>")

    assert said("{{ n }}, one") == "&lt;b&gt;, one"
    assert said("{{ n }}, two") == "&lt;b&gt;, two"
    [file] = (path for path in kept.rglob("*") if path.is_file())
    good = file.read_bytes()
    for damaged in (b"", good[:-9], good[:80] + b"AAAA" + good[84:]):
        file.write_bytes(damaged)
        assert said("{{ n }}, two") == "&lt;b&gt;, two"
    monkeypatch.setattr(FastEnvironment, "compile", lambda *_: pytest.fail("it was kept"))
    assert said("{{ n }}, two") == "&lt;b&gt;, two"


def test_lines_of_templates_are_short_enough_to_review() -> None:
    long = [
        f"{path.name}:{number}"
        for path in sorted((ROOT / "theme/templates").glob("*.html"))
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if len(line) > 160
    ]
    assert long == []
