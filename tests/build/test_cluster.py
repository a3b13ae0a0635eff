"""The workers of a cluster make the pages that are made here: the same bytes, whatever happens to them.

The cluster is real: Dask's scheduler and two worker processes on this machine.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from distributed import Client, LocalCluster
from tests.conftest import ROOT, build_from
from tests.site.test_rendering import broken_theme, edition, files, printed

import atlas.build.dask_cluster
from atlas.build.dask_cluster import Cluster, cluster, program
from atlas.build.incremental import Begun
from atlas.build.manifest import Manifest, Present
from atlas.build.processes import spread
from atlas.build.run_jobs import printed as print_site
from atlas.errors import EnvironmentFault, InternalError, UsageError
from atlas.site.blueprint import Edition

# Sockets that a killed worker left are closed by the collector, whenever it comes.
pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")


def asked() -> str:
    return atlas.build.dask_cluster.program()


@contextmanager
def local_cluster(workers: int) -> Iterator[LocalCluster]:
    """Yield a cluster on this machine; its program is taken for ours, as an editor may be at work."""
    with (
        LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            processes=True,
            host="127.0.0.1",
            dashboard_address="127.0.0.1:0",
        ) as local,
        pytest.MonkeyPatch.context() as patched,
    ):
        with Client(local.scheduler_address, set_as_default=False) as client:
            (theirs,) = set(client.run(asked).values())
        patched.setattr(atlas.build.dask_cluster, "program", lambda: theirs)
        yield local


@pytest.fixture(scope="module")
def dask() -> Iterator[LocalCluster]:
    with local_cluster(2) as local:
        yield local


@pytest.fixture
def scheduler(dask: LocalCluster) -> str:
    address: str = dask.scheduler_address
    return address


def squares(numbers: Sequence[int]) -> list[int]:
    return [number * number for number in numbers]


@dataclass(frozen=True)
class Flaky:
    """Fails as often as it is told for each part, and notes every attempt."""

    notes: Path
    failures: int

    def __call__(self, numbers: Sequence[int]) -> list[int]:
        with open(self.notes / str(numbers[0]), "ab") as note:
            note.write(b"x")
            if note.tell() <= self.failures:
                raise ConnectionError(f"no answer for {numbers[0]}")
        return squares(numbers)


@dataclass(frozen=True)
class Deadly:
    """Ends its process, in the middle of a part, the first time or always."""

    notes: Path
    part: int
    always: bool = False

    def __call__(self, numbers: Sequence[int]) -> list[int]:
        note = self.notes / "killed"
        if self.part in numbers and (self.always or not note.exists()):
            note.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return squares(numbers)


def done(work: Any, numbers: Sequence[int], executor: Cluster) -> list[int]:
    return sorted(one for part in spread(work, numbers, executor, executor.workers) for one in part)


def advance(_: int) -> None:
    pass


def nothing(one: Edition) -> Begun:
    """What is under way in a build from nothing."""
    return Begun(Manifest("x"), Present(one.digests, one.result))


def test_a_cluster_sends_back_the_same_bytes(tmp_path: Path, scheduler: str) -> None:
    one = edition()
    print_site(one, one.jobs(), nothing(one), tmp_path / "there", {"ATLAS_SCHEDULER": scheduler}, advance)
    assert files(tmp_path / "there") == printed(one, tmp_path / "here", 1)


def test_the_edition_is_sent_once_and_jobs_are_small(scheduler: str, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[object] = []
    call = Client.submit
    monkeypatch.setattr(Client, "submit", lambda self, *a, **k: (sent.append(a), call(self, *a, **k))[1])
    with cluster(squares, scheduler) as executor:
        assert done(squares, range(200), executor) == squares(range(200))
    assert len(sent) > 20
    assert all(function is atlas.build.dask_cluster._call and squares not in rest for function, *rest in sent)


def test_a_part_that_fails_twice_is_tried_again(tmp_path: Path, scheduler: str) -> None:
    flaky = Flaky(tmp_path, failures=2)
    with cluster(flaky, scheduler) as executor:
        assert done(flaky, range(8), executor) == squares(range(8))
    assert {note.name: note.read_bytes() for note in tmp_path.iterdir()} == {str(n): b"xxx" for n in range(8)}


@pytest.mark.proof
def test_a_part_that_fails_three_times_ends_the_build(tmp_path: Path, scheduler: str) -> None:
    flaky = Flaky(tmp_path, failures=3)
    with cluster(flaky, scheduler) as executor, pytest.raises(ConnectionError, match="no answer for"):
        done(flaky, range(8), executor)


def test_a_template_that_raises_names_the_page(tmp_path: Path, scheduler: str) -> None:
    one = edition(broken_theme(tmp_path, "fine\n{% if page.frame.id == 'lodz' %}{{ nobody }}{% endif %}"))
    with pytest.raises(InternalError) as raised:
        print_site(one, one.jobs(), nothing(one), tmp_path / "site", {"ATLAS_SCHEDULER": scheduler}, advance)
    text = str(raised.value)
    assert text.startswith(("cities/lodz/index.html: ", "pl/miasta/lodz/index.html: "))
    assert text.endswith("city.html:2: UndefinedError: 'nobody' is undefined\nnothing was published")


def test_a_worker_that_is_killed_loses_nothing(tmp_path: Path, scheduler: str) -> None:
    deadly = Deadly(tmp_path, 30)
    with cluster(deadly, scheduler) as executor:
        assert done(deadly, range(60), executor) == squares(range(60))
    assert (tmp_path / "killed").exists()


@pytest.mark.proof
def test_a_worker_of_the_same_version_says_so() -> None:
    program.cache_clear()
    with (
        LocalCluster(n_workers=1, processes=True, host="127.0.0.1", dashboard_address="127.0.0.1:0") as other,
        Client(other.scheduler_address, set_as_default=False) as client,
    ):
        assert set(client.run(asked).values()) == {program()}


def test_another_version_of_the_atlas_is_refused(scheduler: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("atlas.build.dask_cluster.program", lambda: "another")
    with (
        pytest.raises(
            EnvironmentFault, match=r"^worker tcp://.* runs another version of the atlas .*; nothing was"
        ),
        cluster(squares, scheduler),
    ):
        pass


@pytest.mark.parametrize("address", ["127.0.0.1:8786", "http://127.0.0.1:8786", "yes"])
def test_an_address_that_is_none(address: str) -> None:
    with pytest.raises(UsageError) as raised, cluster(squares, address):
        pass
    assert str(raised.value) == f"ATLAS_SCHEDULER is {address!r}; write it like tcp://192.0.2.1:8786"


def test_nobody_answers() -> None:
    with (
        pytest.raises(
            EnvironmentFault, match=r"^no scheduler answers at tcp://127\.0\.0\.1:9 .*nothing was published$"
        ),
        cluster(squares, "tcp://127.0.0.1:9", patience=0.5),
    ):
        pass


WITHOUT = """
import sys
sys.modules["distributed"] = None
sys.path.insert(0, "plugins")
from atlas.errors import EnvironmentFault
from atlas.build.run_jobs import workers_of
try:
    workers_of("tcp://127.0.0.1:1", print)
except EnvironmentFault as fault:
    print(fault)
"""


@pytest.mark.proof
def test_without_the_package_it_is_told_in_a_line(root: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-c", WITHOUT], cwd=root, capture_output=True, text=True, check=False
    )
    told = "ATLAS_SCHEDULER needs an optional package: pip install 'city-commitments-atlas[cluster]'\n"
    assert (run.stdout, run.stderr, run.returncode) == (told, "", 0)


@pytest.mark.proof
def test_a_job_that_ends_every_worker_is_named(tmp_path: Path) -> None:
    deadly = Deadly(tmp_path, 7, always=True)
    with (
        local_cluster(2) as dask,
        cluster(deadly, dask.scheduler_address, patience=300) as executor,
        pytest.raises(
            EnvironmentFault, match=r"one after the other, while making \d+, or what was made beside it "
        ),
    ):
        done(deadly, range(20), executor)


@pytest.mark.proof
def test_no_worker_is_waited_for_without_end() -> None:
    with (
        local_cluster(1) as dask,
        cluster(time.sleep, dask.scheduler_address, patience=1) as executor,
    ):
        waiting = executor.submit(time.sleep, 60)
        dask.scale(0)
        with pytest.raises(
            EnvironmentFault, match=r"^no worker of the cluster is left; nothing was published$"
        ):
            waiting.result(timeout=30)


@pytest.mark.proof
def test_a_whole_site_made_by_a_cluster_is_the_site_of_one_machine(
    tmp_path: Path, good_site: Path, scheduler: str
) -> None:
    build_from(ROOT / "tests/data/good", tmp_path / "output", ATLAS_SCHEDULER=scheduler)
    there, here = files(tmp_path / "output"), files(good_site)
    assert there.keys() == here.keys()
    assert [path for path in here if there[path] != here[path]] == []
