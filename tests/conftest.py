"""What several tests share: real builds, a server with a strict policy, a browser."""

from __future__ import annotations

import contextlib
import fcntl
import functools
import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect, sync_playwright
from tests.faults import promise_of

ROOT = Path(__file__).resolve().parent.parent

# The site is tested in a sub-folder, which is the harder case.
SUBFOLDER = "/atlas/"
SITEURL = "https://example.org/atlas"

LONGEST = ("tests/cli/test_four_ways.py", "tests/build/test_incremental.py", "tests/browser/test_serve.py")
"""Tests that take half a minute: begun last, one of several processes would wait for them."""


def build(output: Path, *arguments: str, root: Path = ROOT, **environ: str) -> None:
    """Build the site as the public one is built, in a process of its own."""
    command = [sys.executable, "-m", "pelican", "-s", "publishconf.py", "--fatal", "errors"]
    done = subprocess.run(
        [*command, "-o", str(output), *arguments],
        cwd=root,
        env={**os.environ, "ATLAS_SITEURL": SITEURL, "COLUMNS": "160", **environ},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        pytest.fail(f"the build ended with {done.returncode}\n{done.stdout}{done.stderr}", pytrace=False)


def pytest_addoption(parser: pytest.Parser) -> None:
    """While a test is written, building anew for every run takes too long; and chance has no end."""
    parser.addoption("--site", type=Path, help="test this site instead of building one; see `build` for how")
    parser.addoption("--sites", type=Path, help="keep the sites that tests share here, for other runs")
    parser.addoption("--pictures", type=Path, help="put a picture of every kind of page into this folder")
    parser.addoption("--transcript", type=Path, help="write what the test of four ways types and reads here")
    parser.addoption("--inputs", type=int, default=5000, help="how many damaged datasets `make proof` tries")


def pytest_configure(config: pytest.Config) -> None:
    """A promise is a row of docs/proof.md, which `make proof` writes."""
    config.addinivalue_line("markers", "promise(text): what the test shows, in a sentence for readers")


@pytest.hookimpl(tryfirst=True)  # before the workers start
def pytest_sessionstart(session: pytest.Session) -> None:
    """Build the sites that tests share, where processes would wait for one another's builds of them."""
    config = session.config
    begins = getattr(config.option, "numprocesses", None) and not hasattr(config, "workerinput")
    if begins and config.args == config.getini("testpaths"):
        factory: pytest.TempPathFactory = config._tmp_path_factory  # type: ignore[attr-defined]
        kept: Path = config.getoption("--sites") or factory.getbasetemp() / "sites"
        for name, make in (("site", build_sample), ("good-site", build_good)):
            build_once(kept, name, make)


@pytest.hookimpl(tryfirst=True)  # before the marks choose
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the promises where reports take them from, and first what takes longest."""
    items.sort(key=lambda item: not item.nodeid.startswith(LONGEST))
    for item in items:
        if promise := promise_of(item.nodeid):
            item.add_marker(pytest.mark.promise(promise))
        if (mark := item.get_closest_marker("promise")) is not None:
            item.user_properties.append(("promise", mark.args[0]))


@pytest.fixture
def tried(request: pytest.FixtureRequest) -> Callable[[int], None]:
    """Says how many things of its kind a test tried, where they are more than one."""
    return lambda number: request.node.user_properties.append(("tried", number))


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def builder() -> object:
    """The function that builds the site, for tests that build in their own way."""
    return build


def shared(
    config: pytest.Config, factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]
) -> Path:
    """Return the folder of a site that several tests read: made now, or by another process or run."""
    kept: Path | None = config.getoption("--sites")
    if kept is None:
        own = factory.getbasetemp()  # below the folder that all processes of this run have
        kept = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "sites"
    return build_once(kept, name, make)


def build_once(kept: Path, name: str, make: Callable[[Path], None]) -> Path:
    """Build a site into the folder of the shared ones, unless it stands there."""
    output = kept.absolute() / name
    output.parent.mkdir(parents=True, exist_ok=True)
    with output.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two runs may need it at once
        if not (output / "_headers").is_file():
            make(output)
    return output


@pytest.fixture(scope="session")
def site(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The public site with its texts, built once from the excerpt of the data, ``tests/data/sample``."""
    if (built := pytestconfig.getoption("--site")) is not None:
        if not (Path(built) / "_headers").is_file():
            pytest.fail(f"{built} is no site, or one of before: build it anew", pytrace=False)
        return Path(built).absolute()
    return shared(pytestconfig, tmp_path_factory, "site", build_sample)


@pytest.fixture(scope="session")
def real_site(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The public site of the real data, without the index of its search: for ``test_real_site.py`` alone."""
    return shared(pytestconfig, tmp_path_factory, "real-site", functools.partial(build, ATLAS_SEARCH="0"))


def build_sample(output: Path, *, root: Path = ROOT, **more: str) -> None:
    """Build a site from the excerpt of the data, with the texts of the atlas."""
    settings = {"ATLAS_DATA": str(root / "tests/data/sample"), "ATLAS_URLS_LOCK": ""}
    build(
        output, "-e", *(f"{name}={json.dumps(value)}" for name, value in settings.items()), root=root, **more
    )


def build_from(data: Path, output: Path, *, root: Path = ROOT, **more: str) -> None:
    """Build a site from other data, without texts: those of the atlas speak of cities that these do not have.

    ``more`` are variables of the environment.
    """
    no_texts = output.with_name(f"{output.name}-content")
    (no_texts / "pages").mkdir(parents=True, exist_ok=True)
    settings = {"ATLAS_DATA": str(data), "ATLAS_URLS_LOCK": ""}
    given = (f"{name}={json.dumps(value)}" for name, value in settings.items())
    build(output, str(no_texts), "-e", *given, root=root, **more)


@pytest.fixture(scope="session")
def small_builder() -> Callable[..., None]:
    """The function that builds a site from other data."""
    return build_from


@pytest.fixture(scope="session")
def good_site(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site from the small data set of the tests."""
    return shared(pytestconfig, tmp_path_factory, "good-site", build_good)


def build_good(output: Path) -> None:
    """Build a site from the small data set of the tests."""
    build_from(ROOT / "tests/data/good", output)


@functools.cache
def headers_of(text: str, path: str) -> Mapping[str, str]:
    """Return what a host that reads ``_headers`` sends for a path: all rules that fit, put together."""
    sent: dict[str, str] = {}
    fits = False
    for line in text.splitlines():
        if not line.startswith(" "):
            fits = re.fullmatch(re.escape(line).replace(r"\*", ".*"), path) is not None
        elif fits:
            name, _, value = line.strip().partition(": ")
            sent[name] = f"{sent[name]}, {value}" if name in sent else value
    return sent


class Handler(SimpleHTTPRequestHandler):
    """Serves a folder under SUBFOLDER, with the headers that the site asks its host for."""

    extensions_map = SimpleHTTPRequestHandler.extensions_map | {
        ".geojson": "application/geo+json",
        ".js": "text/javascript",
        ".woff2": "font/woff2",
    }

    def translate_path(self, path: str) -> str:
        if not path.startswith(SUBFOLDER):
            return os.path.join(self.directory, "outside-the-site")
        return super().translate_path(path.removeprefix(SUBFOLDER.rstrip("/")))

    def list_directory(self, path: str | os.PathLike[str]) -> None:
        """A folder without index.html is a missing page, as on most hosts."""
        self.send_error(HTTPStatus.NOT_FOUND)

    def end_headers(self) -> None:
        text = Path(self.directory, "_headers").read_text("utf-8")
        path = urlsplit(self.path).path
        for name, value in headers_of(text, path).items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextlib.contextmanager
def served(site: Path, handler: type[SimpleHTTPRequestHandler] = Handler) -> Iterator[str]:
    """Serve a site in its sub-folder; yield its address, with a trailing slash."""
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(handler, directory=str(site))) as http:
        threading.Thread(target=http.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{http.server_address[1]}{SUBFOLDER}"
        finally:  # a thread that still listens when its socket is closed turns for ever
            http.shutdown()


@pytest.fixture(scope="session")
def serving() -> Callable[..., AbstractContextManager[str]]:
    """The function that serves a site."""
    return served


@pytest.fixture(scope="session")
def server(site: Path) -> Iterator[str]:
    """The address of the site, with a trailing slash."""
    with served(site) as address:
        yield address


@pytest.fixture
def browser(chromium: Callable[[], Browser]) -> Browser:
    """A Chromium that talks to nobody but the pages under test."""
    return chromium()


@pytest.fixture(scope="session")
def chromium(root: Path) -> Iterator[Callable[[], Browser]]:
    """The function that returns the browser; a new one where the last one has crashed with its test."""
    found = subprocess.run(
        [sys.executable, "scripts/browser.py"], cwd=root, capture_output=True, text=True, check=False
    )
    if found.returncode:
        pytest.fail(found.stderr, pytrace=False)
    flags = [
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-quic",
        "--disable-sync",
        "--no-first-run",
    ]
    if os.geteuid() == 0:
        flags.append("--no-sandbox")  # Chromium refuses to run as root with it
    expect.set_options(timeout=60_000)  # a machine that does much else is no fault of a page
    launched: list[Browser] = []
    with sync_playwright() as playwright:

        def running() -> Browser:
            if not launched or not launched[-1].is_connected():
                path = found.stdout.strip()
                launched.append(playwright.chromium.launch(executable_path=path, args=flags))
            return launched[-1]

        yield running
        if launched:
            launched[-1].close()
