"""``make serve``: builds forked from a process that has all loaded, and pages before a build has ended."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from multiprocessing import Pipe
from multiprocessing.connection import Client, Connection
from pathlib import Path

import pytest
from scripts import live, serve
from tests.builders import ROOT
from tests.project import Project
from tests.site.test_rendering import edition

from atlas.build import pages_on_demand as preview
from atlas.build.folder_swap import Staging
from atlas.build.manifest import Manifest, jobs_of_files
from atlas.build.pages_on_demand import Preview
from atlas.site.jobs import Job


class Builds:
    """The builds of a tiny project, and what the server is told of them."""

    def __init__(self, root: Path) -> None:
        self.project = Project(root / "project")
        self.told, server = Pipe()
        self.all = serve.Builds(self.project.output, server, root)

    def build(self, *, code: bool = False) -> bool:
        self.all.begin(code=code)
        while (ended := self.all.look()) is None:
            time.sleep(0.01)
        return bool(ended)


@pytest.fixture
def builds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Builds]:
    monkeypatch.setattr(serve, "ROOT", tmp_path / "project")
    made = Builds(tmp_path)
    yield made
    made.all.close()


def test_every_build_meets_the_code_as_it_is(builds: Builds, capfd: pytest.CaptureFixture[str]) -> None:
    page = builds.project.output / "0/index.html"
    assert builds.build() is True
    assert page.read_text() == "0 new"
    builds.project.plugin("n or (output / 'more').write_text('more')")
    assert builds.build(code=True) is True
    assert (builds.project.output / "more").read_text() == "more"
    builds.project.template.write_text("{{ n }} again")
    assert builds.build() is True
    assert page.read_text() == "0 again"
    assert "-> built in " in capfd.readouterr().out


def test_a_build_that_fails_leaves_the_site_and_says_so(
    builds: Builds, capfd: pytest.CaptureFixture[str]
) -> None:
    assert builds.build() is True
    before = builds.project.site()
    builds.project.template.write_text("{{ nobody }}")
    assert builds.build() is False
    assert "-> not built: mend what is said above" in capfd.readouterr().out
    assert builds.project.site() == before
    builds.project.template.write_text("{{ n }} again")
    assert builds.build() is True
    assert (builds.project.output / "0/index.html").read_text() == "0 again"


def test_a_change_stops_the_build_under_way_and_begins_another(builds: Builds) -> None:
    builds.project.plugin("(output.parent / 'site/begun').touch(); time.sleep(60)")
    builds.all.begin()
    begun = builds.project.root / ".output.staging/site/begun"
    while not begun.exists():
        time.sleep(0.01)
    builds.project.plugin()
    assert builds.build(code=True) is True
    assert (builds.project.output / "2/index.html").is_file()
    assert not (builds.project.output / "begun").exists()
    told = [builds.told.recv() for _ in range(4)]
    assert told[1] == told[3] == ""
    assert told[0] != told[2]


def test_the_process_that_watches_knows_nothing_of_the_atlas() -> None:
    code = (
        "import sys; from scripts import serve, workshop; workshop.warm()\n"
        "print([name for name in sys.modules if name.split('.')[0] == 'atlas'])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_a_preview_is_what_the_build_will_write() -> None:
    one = edition()
    written = {name: text for job in one.jobs() for name, text in one.render(job)}
    former = {"cities/krakow/index.html": Job("en", "city", "krakow")}
    seen = Preview(one, former)
    for name in ("cities/krakow/index.html", "pl/miasta/lodz/index.html", "api/v1/cities/praha.json"):
        text = written[name]
        assert seen.file(name) == (text if isinstance(text, bytes) else text.encode())
    assert seen.file("cities/nowhere/index.html") is None
    known = Preview(one, {"data/index.html": Job("en", "data")})
    assert known.file("data/index.html") is None, "what can be downloaded is not known yet"


def test_a_preview_is_offered_until_the_build_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, address = edition(), str(tmp_path / "socket")
    site = Staging(tmp_path / "output").site
    preview.offer(one, site)  # nobody asks
    assert not preview._under_way
    monkeypatch.setenv(preview.SETTING, address)
    preview.offer(one, site)

    def ask(name: str) -> bytes:
        for _ in range(500):
            try:
                with Client(address, "AF_UNIX") as build:
                    build.send_bytes(name.encode())
                    return build.recv_bytes()
            except OSError:
                time.sleep(0.02)
        raise AssertionError("nobody answers")

    try:
        assert b"Krak\xc3\xb3w" in ask("cities/krakow/index.html")
        assert ask("no/such/page.html") == b""
    finally:
        preview.close()
    with pytest.raises(OSError):
        Client(address, "AF_UNIX")


def test_a_manifest_tells_what_made_a_file(tmp_path: Path) -> None:
    path = tmp_path / "manifest"
    assert jobs_of_files(path) == {}
    job = Job("pl", "city", "lodz")
    Manifest("any", jobs={job: ((), {"a.html": None, "b.svg": None})}).save(path)
    assert jobs_of_files(path) == {"a.html": job, "b.svg": job}
    path.write_text("damaged")
    assert jobs_of_files(path) == {}


class Answers:
    """Stands for a build that knows some pages."""

    def __init__(self, address: str, pages: dict[str, bytes]) -> None:
        from multiprocessing.connection import Listener

        self.pages = pages
        self.listener = Listener(address, "AF_UNIX")
        threading.Thread(target=self._run, daemon=True).start()

    def _run(self) -> None:
        while True:
            asking: Connection = self.listener.accept()
            asking.send_bytes(self.pages.get(asking.recv_bytes().decode(), b""))


def test_pages_are_asked_of_the_build_and_then_taken_from_the_folder(tmp_path: Path) -> None:
    folder, address = tmp_path / "output", str(tmp_path / "socket")
    folder.mkdir()
    (folder / "a.html").write_bytes(b"old")
    (folder / "c.html").write_bytes(b"same")
    shown = live.Shown(folder)
    assert shown.page("a.html") == b"old"
    assert shown.page("b.html") is None
    shown.tell(address)
    late = threading.Timer(0.1, lambda: Answers(address, {"a.html": b"new", "b.html": b"added"}))
    late.start()
    assert shown.page("a.html") == b"new"
    assert shown.page("b.html") == b"added"
    assert shown.page("c.html") == b"same"
    threading.Timer(0.1, lambda: shown.tell("")).start()
    assert shown.page("d.html") is None, "it waits for the end of the build"
    assert shown.page("a.html") == b"old", "the build failed"


def test_an_open_page_learns_of_a_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "a.html"
    page.write_bytes(b"old")
    shown = live.Shown(tmp_path)
    seen = live.digest(b"old")
    assert shown.await_other("a.html", live.digest(b"older")) is True
    monkeypatch.setattr(live, "WAIT", 0.1)
    assert shown.await_other("a.html", seen) is False
    monkeypatch.setattr(live, "WAIT", 30)

    def change() -> None:
        shown.tell("")  # a build that changed nothing of the page
        page.write_bytes(b"new")
        shown.tell("")

    threading.Timer(0.1, change).start()
    assert shown.await_other("a.html", seen) is True


def test_only_a_page_that_may_run_scripts_is_given_one() -> None:
    page = b"<head><meta content=\"script-src 'self'\"></head>"
    told = live.watching(page, "a & b.html")
    assert b'<script src="/.live.js?page=a%20%26%20b.html&amp;seen=' in told
    assert told.count(b"<script") == 1
    other = b"<head><meta content=\"default-src 'none'\"></head>"
    assert live.watching(other, "a.html") == other


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/", "index.html"),
        ("/cities/", "cities/index.html"),
        ("/404.html", "404.html"),
        ("/pl/miasta/%C5%82/", "pl/miasta/ł/index.html"),
        ("/data/cities.csv", None),
        ("/../secret.html", None),
        ("/%2e%2e/secret.html", None),
    ],
)
def test_names_of_pages(path: str, name: str | None) -> None:
    assert live._page_name(path) == name
