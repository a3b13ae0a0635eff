"""docs/hosting.md is what a real nginx runs: at the root of a host and below a path."""

from __future__ import annotations

import contextlib
import gzip
import http.client
import os
import re
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import brotli
import pytest
from scripts.nginx import find
from tests.conftest import SUBFOLDER, headers_of
from tests.proof.test_headers import addresses, snippets

pytestmark = pytest.mark.promise(
    "nginx, set up as the documentation says, serves the site at a root and below a path"
)

MAPS, SNIPPET, AT_ROOT, BELOW, BROTLI = snippets("nginx")
TYPES = {
    "": "text/html; charset=utf-8",
    "data/ATTRIBUTION.txt": "text/plain; charset=utf-8",
    "data/cities.csv": "text/csv; charset=utf-8",
    "data/vocabulary.yaml": "application/yaml; charset=utf-8",
    "data/dcat.jsonld": "application/ld+json",
    "data/cities.geojson": "application/geo+json",
    "data/atlas.sqlite": "application/vnd.sqlite3",
    "data/parquet/cities.parquet": "application/vnd.apache.parquet",
    "api/v1/index.json": "application/json; charset=utf-8",
    "feeds/en/all.xml": "text/xml; charset=utf-8",
    "feeds/en/all.ics": "text/calendar; charset=utf-8",
    "theme/css/atlas.css": "text/css; charset=utf-8",
    "theme/js/pages/header.js": "application/javascript; charset=utf-8",
    "theme/img/favicon.svg": "image/svg+xml",
    "sitemap.xml": "text/xml; charset=utf-8",
}


class Answer(NamedTuple):
    """What a host answers."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Host(NamedTuple):
    """A running nginx, and the path of the site on it."""

    port: int
    base: str

    def get(self, path: str, **headers: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        with contextlib.closing(connection):
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request("GET", self.base + path, headers=named)
            answer = connection.getresponse()
            return Answer(answer.status, dict(answer.getheaders()), answer.read())


@contextlib.contextmanager
def running(folder: Path, site: Path, server: str, more: str = "", modules: str = "") -> Iterator[int]:
    """Run nginx with the documented files, changed only in where it listens and where the site lies."""
    nginx = find()
    if nginx is None:
        pytest.skip("nginx can be installed by root only, or is there already")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = server.replace("listen 80;", f"listen 127.0.0.1:{port};").replace("/srv/atlas", str(site))
    places = "".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root; " if os.geteuid() == 0 else ""  # folders of pytest are its owner's alone
    files = {
        "nginx.conf": f"{modules}{user}daemon off; pid {folder}/pid; error_log {folder}/error.log;\n"
        "events {}\n"
        f"http {{ access_log off; {places} include conf.d/atlas.conf; include server.conf; }}\n",
        "conf.d/atlas.conf": MAPS,
        "snippets/atlas.conf": SNIPPET + more,
        "server.conf": server,
        "mime.types": Path("/etc/nginx/mime.types").read_text("utf-8"),
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    command = [nginx, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            for _ in range(200):
                with contextlib.suppress(ConnectionError), socket.create_connection(("127.0.0.1", port)):
                    break
                if process.poll() is not None:
                    assert process.stderr is not None
                    pytest.fail(process.stderr.read(), pytrace=False)
                time.sleep(0.05)
            yield port
        finally:
            process.terminate()


@pytest.fixture(scope="module", params=["at the root", "below a path"])
def host(
    request: pytest.FixtureRequest, good_site: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Host]:
    server, base = {"at the root": (AT_ROOT, "/"), "below a path": (BELOW, SUBFOLDER)}[request.param]
    with running(tmp_path_factory.mktemp("nginx"), good_site, server) as port:
        yield Host(port, base)


def test_files_have_their_types_and_texts_their_charset(host: Host) -> None:
    got = {path: host.get(path).headers.get("Content-Type") for path in TYPES}
    assert got == TYPES


def test_headers_are_those_that_the_site_asks_for(
    host: Host, good_site: Path, tried: Callable[[int], None]
) -> None:
    asked = (good_site / "_headers").read_text("utf-8")
    wrong, count = [], 0
    for path in addresses(good_site):
        wanted = dict(headers_of(asked, SUBFOLDER.rstrip("/") + path))
        if "Content-Security-Policy" not in wanted:
            continue  # files at the root, which are no pages: what else is sent for them does no harm
        answer = host.get(quote(path[1:]))
        count += 1
        wrong += [f"{path}: {answer.status}"] if answer.status != 200 else []
        wrong += [f"{path}: {name}" for name, value in wanted.items() if answer.headers.get(name) != value]
    assert wrong == []
    tried(count)


@pytest.mark.parametrize(
    ("path", "lang"), [("no/such/page/", "en"), ("pl/miasta/nie-ma/", "pl"), ("_headers", "en")]
)
def test_a_wrong_address_is_answered_in_its_language(host: Host, path: str, lang: str) -> None:
    answer = host.get(path)
    assert answer.status == 404
    assert f'<html lang="{lang}">'.encode() in answer.body
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")


def test_an_address_without_its_slash_leads_on_below_the_same_path(host: Host) -> None:
    answer = host.get("cities/krakow")
    assert (answer.status, answer.headers["Location"]) == (301, f"{host.base}cities/krakow/")


def test_texts_are_compressed_and_files_that_are_already_are_not(host: Host, good_site: Path) -> None:
    for path in (
        "",
        "data/cities.geojson",
        "data/atlas-flat.csv",
        "theme/css/atlas.css",
        "data/atlas.sqlite",
    ):
        answer = host.get(path, Accept_Encoding="gzip")
        assert answer.headers.get("Content-Encoding") == "gzip", path
        assert answer.headers["Vary"] == "Accept-Encoding"
        file = good_site / (path or "index.html")
        assert gzip.decompress(answer.body) == file.read_bytes()
    assert "Content-Encoding" not in host.get("data/parquet/cities.parquet", Accept_Encoding="gzip").headers
    assert "Content-Encoding" not in host.get("").headers


def test_what_is_unchanged_is_not_sent_again(host: Host) -> None:
    first = host.get("cities/krakow/")
    assert first.headers["Cache-Control"] == "public, max-age=300"
    again = host.get("cities/krakow/", If_None_Match=first.headers["ETag"])
    assert (again.status, again.body) == (304, b"")


def test_scripts_and_styles_are_kept_for_a_year_under_addresses_with_their_hash(host: Host) -> None:
    page = host.get("").body.decode()
    assets = re.findall(r'(?:href|src)="\./(theme/[^"]+)"', page)
    assert assets
    for address in assets:
        assert re.search(r"\?v=[0-9a-f]{8}$", address), address
        assert host.get(address).headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert host.get("theme/css/atlas.css?v=00000000").status == 200  # as a page of a former edition asks
    assert host.get("theme/css/gone.css").headers["Cache-Control"] == "public, max-age=300"


def test_brotli_can_be_added(good_site: Path, tmp_path: Path) -> None:
    module = Path("/usr/lib/nginx/modules/ngx_http_brotli_filter_module.so")
    if not module.is_file():
        pytest.skip("the module for Brotli can be installed by root only, or is there already")
    load = f"load_module {module};"
    with running(tmp_path, good_site, AT_ROOT, BROTLI, load) as port:
        answer = Host(port, "/").get("", Accept_Encoding="gzip, br")
        assert answer.headers["Content-Encoding"] == "br"
        assert brotli.decompress(answer.body) == (good_site / "index.html").read_bytes()
