"""The headers of a host: what the documented snippets send, and the whole site under them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from http.server import SimpleHTTPRequestHandler
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser
from tests.browser.visit import opened
from tests.conftest import SUBFOLDER, Handler, headers_of

ROOT = Path(__file__).resolve().parents[2]
DOC = ROOT / "docs/hosting.md"
pytestmark = pytest.mark.promise(
    "Under the headers that the site asks for, and under the snippets for each host, nothing is refused, "
    "nothing is fetched from elsewhere and nothing is stored"
)

Sends = Callable[[str], dict[str, str]]
"""What a host sends for a path below the root of the site."""


def snippets(language: str) -> list[str]:
    found = re.findall(rf"^```{language}\n(.*?)^```$", DOC.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert found, f"docs/hosting.md has no snippet in {language}"
    return found


def snippet(language: str) -> str:
    return "".join(snippets(language))


def nginx(text: str) -> Sends:
    """Read the maps and the headers of a configuration of nginx."""
    maps = {}
    for name, body in re.findall(r"map \$uri \$(\w+) \{(.*?)\}", text, re.DOTALL):
        rows = re.findall(r'^\s*(?:"~([^"]*)"|(default)) "([^"]*)";$', body, re.MULTILINE)
        assert len(rows) == len(body.strip().splitlines())
        maps[name] = rows
    added = re.findall(r'add_header ([\w-]+) (?:"([^"]*)"|\$(\w+)) always;', text)

    def value(name: str, path: str) -> str:
        # The first expression that fits, and the default where none does.
        default = next(value for _, word, value in maps[name] if word)
        return str(next((v for fits, _, v in maps[name] if fits and re.search(fits, path)), default))

    def sends(path: str) -> dict[str, str]:
        every = {name: fixed or value(variable, path) for name, fixed, variable in added}
        return {name: value for name, value in every.items() if value}

    return sends


def caddy(text: str) -> Sends:
    """Read the matchers and the headers of a Caddyfile; the last setting of a header stays."""
    matchers = dict(re.findall(r"^\s*@(\w+) path_regexp (\S+)$", text, re.MULTILINE))
    block = re.search(r"^    header \{(.*?)^    \}", text, re.DOTALL | re.MULTILINE)
    assert block is not None
    always = dict(re.findall(r'^\s*([\w-]+) "([^"]*)"$', block[1], re.MULTILINE))
    some = re.findall(r'^\s*header @(\w+) ([\w-]+) "([^"]*)"$', text, re.MULTILINE)

    def sends(path: str) -> dict[str, str]:
        return always | {name: value for at, name, value in some if re.search(matchers[at], path)}

    return sends


def apache(text: str) -> Sends:
    """Read the headers of a configuration of Apache; conditions overrule what stands outside."""
    rules: list[tuple[str, str, str]] = []
    where = ""
    for line in text.splitlines():
        if opens := re.match(r'<If "%\{REQUEST_URI\} =~ m#(.*)#">', line):
            where = opens[1]
        elif line == "</If>":
            where = ""
        elif sets := re.match(r'\s*Header always set ([\w-]+) "([^"]*)"$', line):
            rules.append((where, sets[1], sets[2]))
        else:
            assert not re.match(r"\s*(Header|<If)", line), line
    rules.sort(key=lambda rule: bool(rule[0]))

    def sends(path: str) -> dict[str, str]:
        return {name: value for where, name, value in rules if re.search(where, path)}

    return sends


HOSTS: Mapping[str, Callable[[str], Sends]] = {"nginx": nginx, "caddy": caddy, "apache": apache}


def addresses(site: Path) -> Iterator[str]:
    """Yield the path of everything that a host answers to, from the root of the site."""
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
        if path.is_file() and not name.startswith(("_", ".")):
            yield "/" + (name.removesuffix("index.html") if name.endswith("/index.html") else name)
    yield "/"


@pytest.mark.parametrize("host", HOSTS)
def test_a_snippet_sends_what_the_site_asks_for(
    good_site: Path, host: str, tried: Callable[[int], None]
) -> None:
    asked = (good_site / "_headers").read_text("utf-8")
    sends = HOSTS[host](snippet(host))
    differ, count = [], 0
    for path in addresses(good_site):
        wanted = headers_of(asked, SUBFOLDER.rstrip("/") + path)
        if "Content-Security-Policy" not in wanted:
            continue  # files at the root, which are no pages: what else is sent for them does no harm
        count += 1
        sent = dict(sends(path))
        if "Cache-Control" not in wanted:
            sent.pop("Cache-Control", None)  # pages are kept as long as a host likes
        if sent != wanted:
            differ.append((path, sent, wanted))
    tried(count)
    assert count > 200
    assert differ == []


def test_every_page_is_under_exactly_one_policy_and_only_embeds_are_framed(good_site: Path) -> None:
    asked = (good_site / "_headers").read_text("utf-8")
    framed, compiled = set(), set()
    for path in addresses(good_site):
        if path.endswith(("/", "/404.html")):
            sent = headers_of(asked, SUBFOLDER.rstrip("/") + path)
            policy = sent["Content-Security-Policy"]
            assert "," not in policy, path  # two policies would stand in one line
            assert policy.startswith("default-src 'none'; ")
            assert "unsafe-inline" not in policy
            assert "http" not in policy
            if "frame-ancestors 'none'" not in policy:
                framed.add(re.sub(r"(/embed/).*", r"\1", path))
            if "unsafe-eval" in policy:
                compiled.add(path)
    assert framed == {"/embed/", "/pl/embed/"}
    assert compiled == {"/search/", "/pl/szukaj/"}


def test_every_page_names_a_policy_by_itself_that_allows_no_more(good_site: Path) -> None:
    asked = (good_site / "_headers").read_text("utf-8")
    for page in good_site.rglob("*.html"):
        name = page.relative_to(good_site).as_posix()
        if name.startswith("pagefind/"):
            continue
        found = re.search(
            r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', page.read_text("utf-8")
        )
        assert found is not None, name
        inside = _directives(found[1].replace("&#39;", "'"))
        address = SUBFOLDER + (name.removesuffix("index.html") if name.endswith("index.html") else name)
        outside = _directives(headers_of(asked, address)["Content-Security-Policy"])
        assert inside["default-src"] == {"'none'"}, name
        for directive, allowed in inside.items():
            assert allowed - {"'none'"} <= outside.get(directive, outside["default-src"]), (name, directive)


def _directives(policy: str) -> dict[str, set[str]]:
    words = (part.split() for part in policy.split(";") if part.strip())
    return {name: set(values) for name, *values in words}


# In a browser

FEW = ("", "pl/", "cities/krakow/", "map/", "search/?q=krakow", "compare/?c=krakow,lodz", 
       "embed/city/", "contribute/suggest/", "timeline/", "404.html", "pl/404.html")  # fmt: skip


class Bare(Handler):
    """A host that knows no headers, as GitHub Pages."""

    def end_headers(self) -> None:
        SimpleHTTPRequestHandler.end_headers(self)


class AsDocumented(Handler):
    """A host with one of the snippets."""

    sends: ClassVar[Sends]

    def end_headers(self) -> None:
        path = urlsplit(self.path).path.removeprefix(SUBFOLDER.rstrip("/"))
        for name, value in type(self).sends(path).items():
            self.send_header(name, value)
        SimpleHTTPRequestHandler.end_headers(self)


def handler(host: str) -> type[SimpleHTTPRequestHandler]:
    """Return a handler that sends what a host sends."""
    if host == "netlify":
        return Handler
    if host == "github":
        return Bare
    return type("Host", (AsDocumented,), {"sends": staticmethod(HOSTS[host](snippet(host)))})


def visit(browser: Browser, server: str, address: str) -> None:
    """Open a page; whatever is refused, said on the console or asked of others fails, as does storing."""
    with opened(browser, server + address) as page:
        page.wait_for_load_state("networkidle")
        kept: dict[str, Any] = page.evaluate(
            """async () => ({local: localStorage.length, session: sessionStorage.length,
                databases: (await indexedDB.databases()).length, cookies: document.cookie,
                workers: (await (navigator.serviceWorker?.getRegistrations() ?? [])).length})"""
        )
        assert kept == {"local": 0, "session": 0, "databases": 0, "cookies": "", "workers": 0}
        assert page.context.cookies() == []


@pytest.mark.parametrize(
    "host", ["netlify", *(pytest.param(host, marks=pytest.mark.proof) for host in ("github", *HOSTS))]
)
def test_pages_work_under_the_headers_of_a_host(
    browser: Browser, site: Path, host: str, serving: Callable[..., AbstractContextManager[str]]
) -> None:
    with serving(site, handler(host)) as server:
        for address in FEW:
            visit(browser, server, address)


FETCHES = re.compile(r"data-script=|js/(?:tables/compare|search/search|suggest/suggest|pages/timeline)\.js\?")
"""What fetches more than the browser does by itself is waited for."""

STATE = """async () => {
    await new Promise(done => requestIdleCallback(done, {timeout: 500}));
    return [window.violations, localStorage.length + sessionStorage.length + document.cookie.length
        + (await indexedDB.databases()).length + (await caches.keys()).length];
}"""


@pytest.mark.proof
@pytest.mark.parametrize("which", ["site", "good_site"])
def test_every_page_of_a_site_works_under_its_headers(
    browser: Browser,
    which: str,
    request: pytest.FixtureRequest,
    serving: Callable[..., AbstractContextManager[str]],
    tried: Callable[[int], None],
) -> None:
    folder: Path = request.getfixturevalue(which)
    seen, refused = 0, {}
    with serving(folder) as server, opened(browser, server) as page:
        for path in sorted(folder.rglob("*.html")):
            text, name = path.read_text("utf-8"), path.relative_to(folder).as_posix()
            if 'http-equiv="refresh"' in text or name.startswith("pagefind/"):
                continue
            until: Any = "networkidle" if FETCHES.search(text) else "load"
            page.goto(server + name.removesuffix("index.html"), wait_until=until)
            violations, kept = page.evaluate(STATE)
            seen += 1
            if violations or kept:
                refused[name] = (violations, kept)
    assert refused == {}
    assert seen > 150
    tried(seen)
