"""``atlas links`` against a server of this machine that does everything wrong."""

from __future__ import annotations

import datetime
import json
import shutil
import ssl
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import pytest
from tests.misbehaving import LONG, Log, server

from atlas.cli.diff_formats import escaped
from atlas.cli.links import results
from atlas.cli.links.survey import Survey
from atlas.cli.main import main
from atlas.cli.web import judge, page_text, visit
from atlas.cli.web.fetch import Answer, Fetcher, Guard, Limits, NoSuchHost, PrivateAddress
from atlas.cli.web.judge import Kind, Verdict, verdict
from atlas.cli.web.visit import Courtesy, Visitor
from atlas.errors import UsageError

GOOD = Path(__file__).parent.parent / "data/good"
HERE = "127.0.0.1"
DAY = date(2026, 2, 1)
LIMITS = Limits(connect_s=2, read_s=0.4, total_s=1)


class Clock:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []
        self.lock = threading.Lock()

    def sleep(self, seconds: float) -> None:
        with self.lock:
            self.now += seconds
            self.slept.append(round(seconds, 3))


def look_up(host: str, port: int) -> Sequence[str]:
    """The names of the tests: all on this machine, but for those that are not."""
    if host.startswith(("nowhere.", "unknown.")):
        raise OSError("no such name")
    if host.startswith("inward."):
        return ["10.0.0.8"]
    if host.startswith("mixed."):
        return [HERE, "192.168.1.1"]
    return [host] if host[0].isdigit() else [HERE]


@pytest.fixture(scope="module")
def here() -> Iterator[tuple[str, Log]]:
    with server() as (base, log):
        yield base, log


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def visitor(clock: Clock) -> Visitor:
    """A visitor that is let through to this machine, and to no other private address."""
    fetch = Fetcher(Guard(look_up, frozenset((HERE,))), LIMITS)
    return Visitor(fetch, Courtesy(1.0, lambda: clock.now, clock.sleep), now=lambda: clock.now)


def asked(visitor: Visitor, url: str) -> Verdict:
    return Survey(visitor).verdicts([url])[url]


CASES: list[tuple[str, Kind, str]] = [
    ("good", "ok", ""),
    ("document", "ok", ""),
    ("no-head", "ok", ""),
    ("for-now", "ok", ""),
    ("for-now-then-moved", "ok", ""),
    ("shell", "ok", ""),
    ("squeezed", "ok", ""),
    ("nothing", "dead", "404 Not Found"),
    ("gone", "dead", "410 Gone"),
    ("moved-to-nothing", "dead", "404 Not Found"),
    ("odd-location", "dead", "it leads to an address that is none"),
    ("script-location", "dead", "it leads to an address that is none"),
    ("file-location", "dead", "it leads to an address that is none"),
    ("moved", "moved", "moved for good"),
    ("home-again", "soft-404", "it leads to the home page"),
    ("polish-home", "soft-404", "it leads to the home page"),
    ("refreshed", "dead", "404 Not Found"),
    ("body-404", "soft-404", "the page says that it was not found"),
    ("parked", "soft-404", "its domain is for sale"),
    ("empty", "soft-404", "the answer is empty"),
    ("report.pdf", "soft-404", "a page stands where a document was"),
    ("other-host", "soft-404", "it leads to another host"),
    ("to-login", "blocked", "it asks to log in"),
    ("password", "blocked", "it asks to log in"),
    ("cookies", "blocked", "a wall of cookies"),
    ("human", "blocked", "a test that only people pass"),
    ("polite-404", "soft-404", "the page says that it was not found"),
    ("heading-404", "soft-404", "the page says that it was not found"),
    ("same/page/one", "soft-404", "the host gives the same page for any address"),
    ("forbidden", "blocked", "403 Forbidden"),
    ("broken", "error", "500 Internal Server Error"),
    ("circle", "error", "its redirects never end"),
    ("long-way/0", "error", "its redirects never end"),
    ("reset", "error", "the host cuts the connection off"),
    ("silence", "error", "the host cuts the connection off"),
    ("hang", "timeout", "no answer in time"),
    ("drip", "timeout", "no answer in time"),
    ("drip-headers", "timeout", "no answer in time"),
    ("inward", "private", "it leads into a private network"),
    ("inward-by-name", "private", "it leads into a private network"),
    ("far-too-many", "postponed", "the host asks to wait"),
]


@pytest.mark.parametrize(("path", "kind", "reason"), CASES, ids=[path for path, *_ in CASES])
def test_each_bad_habit_has_its_name(
    here: tuple[str, Log], visitor: Visitor, path: str, kind: Kind, reason: str
) -> None:
    found = asked(visitor, f"{here[0]}/{path}")
    assert (found.kind, str(found.reason)) == (kind, reason)


def test_what_is_not_http_is_an_error(here: tuple[str, Log], visitor: Visitor) -> None:
    assert asked(visitor, f"{here[0]}/not-http").kind == "error"


def test_a_head_that_hangs_is_asked_again_with_get(here: tuple[str, Log], visitor: Visitor) -> None:
    assert asked(visitor, f"{here[0]}/head-hangs").kind == "ok"
    assert here[1].methods("/head-hangs") == ["HEAD", "GET"]


def test_silence_ends_before_the_whole_time_is_over(here: tuple[str, Log]) -> None:
    """The whole time is a minute here: only the limit of silence can end it."""
    fetch = Fetcher(Guard(look_up, frozenset((HERE,))), Limits(read_s=0.2, total_s=60))
    done = threading.Event()
    answers: list[Answer] = []

    def work() -> None:
        answers.append(fetch("GET", f"{here[0]}/hang"))
        done.set()

    threading.Thread(target=work, daemon=True).start()
    assert done.wait(15)  # the server itself gives up after twenty
    assert answers[0].trouble == "timeout"


def test_a_document_is_not_downloaded(here: tuple[str, Log], visitor: Visitor) -> None:
    asked(visitor, f"{here[0]}/document?once")
    assert here[1].methods("/document?once") == ["HEAD"]


def test_the_final_address_keeps_the_fragment(here: tuple[str, Log], visitor: Visitor) -> None:
    assert asked(visitor, f"{here[0]}/moved#top").final == f"{here[0]}/good#top"


def test_only_permanent_redirects_are_worth_typing(here: tuple[str, Log], visitor: Visitor) -> None:
    assert visitor.visit(f"{here[0]}/moved").moved_to == f"{here[0]}/good"
    assert visitor.visit(f"{here[0]}/for-now-then-moved").moved_to == ""


def test_a_huge_page_is_read_in_part(here: tuple[str, Log], visitor: Visitor) -> None:
    found = visitor.visit(f"{here[0]}/huge")
    assert len(found.answer.body) == LIMITS.body_bytes
    assert here[1].sent_bytes < 50_000_000


def test_a_page_shorter_than_it_says_still_answers(here: tuple[str, Log], visitor: Visitor) -> None:
    found = asked(visitor, f"{here[0]}/lying-length")
    assert found.kind in ("ok", "error")


def test_nobody_listens(visitor: Visitor) -> None:
    found = asked(visitor, "http://city.example.org:1/")
    assert (found.kind, str(found.reason)) == ("error", "the host refuses the connection")


def test_a_name_that_does_not_exist(visitor: Visitor) -> None:
    found = asked(visitor, "http://nowhere.example.org/")
    assert (found.kind, str(found.reason)) == ("dead", "no such host")


# Courtesy


def test_the_project_says_who_it_is(here: tuple[str, Log], visitor: Visitor) -> None:
    asked(visitor, f"{here[0]}/good")
    assert here[1].agents == {"city-commitments-atlas/0.1 (link check; one request at a time)"}


def test_a_host_is_given_a_pause_between_requests(
    here: tuple[str, Log], visitor: Visitor, clock: Clock
) -> None:
    Survey(visitor).verdicts([f"{here[0]}/document?{number}" for number in range(3)])
    assert clock.slept == [1.0, 1.0]


def test_retry_after_is_honoured(here: tuple[str, Log], visitor: Visitor, clock: Clock) -> None:
    here[1].requests.clear()
    assert asked(visitor, f"{here[0]}/too-many").kind == "ok"
    assert clock.slept == [7.0, 7.0, 1.0]
    assert here[1].methods("/too-many") == ["HEAD", "GET", "GET"]


def test_retry_after_may_be_a_date(here: tuple[str, Log], visitor: Visitor, clock: Clock) -> None:
    here[1].requests.clear()
    assert asked(visitor, f"{here[0]}/too-many-by-date").kind == "ok"
    assert clock.slept == [20.0, 1.0]


def test_a_server_error_is_tried_again_after_growing_waits(
    here: tuple[str, Log], visitor: Visitor, clock: Clock
) -> None:
    here[1].requests.clear()
    assert asked(visitor, f"{here[0]}/recovers").kind == "ok"
    assert here[1].methods("/recovers") == ["HEAD", "GET", "GET", "GET"]
    assert clock.slept == [1.0, 2.0, 4.0, 1.0]


def test_a_host_that_asks_for_a_day_is_left_alone(here: tuple[str, Log], visitor: Visitor) -> None:
    here[1].requests.clear()
    urls = [f"{here[0]}/far-too-many", f"{here[0]}/good", f"{here[0]}/moved"]
    found = Survey(visitor).verdicts(urls)
    assert [found[url].kind for url in urls] == ["postponed"] * 3
    assert [path for _, _, path in here[1].requests] == ["/far-too-many"]


class Counting:
    """A fetcher that notes how many requests each host has at the same time, and all hosts together."""

    def __init__(self) -> None:
        self.fetch = Fetcher(Guard(look_up, frozenset((HERE,))))
        self.running: Counter[str] = Counter()
        self.most: Counter[str] = Counter()
        self.most_hosts = 0
        self.lock = threading.Lock()

    def __call__(self, method: Literal["HEAD", "GET"], url: str) -> Answer:
        host = urlsplit(url).hostname or ""
        with self.lock:
            self.running[host] += 1
            self.most[host] = max(self.most[host], self.running[host])
            self.most_hosts = max(self.most_hosts, self.running.total())
        try:
            return self.fetch(method, url)
        finally:
            with self.lock:
                self.running[host] -= 1


def test_hosts_side_by_side_and_each_one_in_turn(here: tuple[str, Log]) -> None:
    port = here[0].rpartition(":")[2]
    hosts = [f"{name}.example.org" for name in "abcd"]
    urls = [f"http://{host}:{port}/slow?{number}" for number in range(3) for host in hosts]
    fetch = Counting()
    found = Survey(Visitor(fetch, Courtesy(0.0))).verdicts(urls)
    assert {one.kind for one in found.values()} == {"ok"}
    assert dict(fetch.most) == dict.fromkeys(hosts, 1)
    assert fetch.most_hosts > 1


def test_a_host_reached_by_redirect_waits_for_its_turn(here: tuple[str, Log]) -> None:
    """Eight hosts lead to one, which still sees one request at a time."""
    urls = [here[0].replace("city.", f"{name}.") + "/moved-again" for name in "abcdefgh"]
    fetch = Counting()
    found = Survey(Visitor(fetch, Courtesy(0.0))).verdicts(urls)
    assert {one.kind for one in found.values()} == {"moved"}
    assert fetch.most["city.example.org"] == 1


# Safety


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1%eth0",
        "fc00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "2002:7f00:0001::",
        "2002:0a00:0001::1",
        "64:ff9b::7f00:1",
        "2001:0:4136:e378:8000:63bf:80ff:fffe",
    ],
)
def test_private_addresses_are_refused(address: str) -> None:
    with pytest.raises(PrivateAddress):
        Guard(lambda host, port: [address]).addresses("city.example.org", 80)


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
def test_public_addresses_are_allowed(address: str) -> None:
    assert Guard(lambda host, port: [address]).addresses("city.example.org", 80) == [address]


def test_one_private_address_among_public_ones_is_enough() -> None:
    with pytest.raises(PrivateAddress):
        Guard(lambda host, port: ["93.184.215.14", "10.0.0.1"]).addresses("city.example.org", 80)
    with pytest.raises(NoSuchHost):
        Guard(lambda host, port: []).addresses("city.example.org", 80)


def test_nothing_is_trusted_by_default() -> None:
    assert visit.visitor().fetch.guard == Guard()  # type: ignore[attr-defined]
    assert Guard().trusted == frozenset()


def test_the_name_is_looked_up_once_for_each_request(here: tuple[str, Log]) -> None:
    """A name that is public when it is checked and private when it is used gets nowhere."""
    asked_for: list[str] = []

    def rebinding(host: str, port: int) -> Sequence[str]:
        asked_for.append(host)
        return [HERE] if len(asked_for) == 1 else ["10.0.0.1"]

    fetch = Fetcher(Guard(rebinding, frozenset((HERE,))), LIMITS)
    assert fetch("GET", f"{here[0]}/good").status == 200
    assert asked_for == ["city.example.org"]
    assert fetch("GET", f"{here[0]}/good").trouble == "private"


@pytest.mark.parametrize(
    "url", ["ftp://city.example.org/", "http://user:pw@city.example.org/", "http://", "x"]
)
def test_odd_addresses_are_not_asked(visitor: Visitor, url: str) -> None:
    assert visitor.fetch("GET", url).trouble == "address"


def certificate(folder: Path, name: str) -> Path:
    """A certificate that nobody vouches for, with its key."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = folder / "server.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path


@pytest.fixture
def secure(tmp_path: Path) -> Iterator[tuple[int, Path]]:
    """The port of a server with TLS, and its certificate."""
    from http.server import BaseHTTPRequestHandler, HTTPServer

    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self.send_response(200)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    pem = certificate(tmp_path, "city.example.org")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    with HTTPServer((HERE, 0), Handler) as http:
        http.handle_error = lambda *_: None  # type: ignore[method-assign, assignment]
        http.socket = context.wrap_socket(http.socket, server_side=True)
        threading.Thread(target=http.serve_forever, daemon=True).start()
        yield http.server_address[1], pem
        http.shutdown()


def test_a_certificate_that_nobody_vouches_for(visitor: Visitor, secure: tuple[int, Path]) -> None:
    found = asked(visitor, f"https://city.example.org:{secure[0]}/")
    assert (found.kind, str(found.reason)) == ("certificate", "the certificate is not valid")


def test_a_certificate_of_another_host(secure: tuple[int, Path]) -> None:
    port, pem = secure
    context = ssl.create_default_context(cafile=str(pem))
    fetch = Fetcher(Guard(look_up, frozenset((HERE,))), LIMITS, context)
    assert fetch("HEAD", f"https://city.example.org:{port}/").status == 200
    assert fetch("HEAD", f"https://other.example.org:{port}/").trouble == "certificate"


def test_plain_http_where_tls_is_expected_is_no_matter_of_certificates(
    here: tuple[str, Log], visitor: Visitor
) -> None:
    found = asked(visitor, here[0].replace("http://", "https://") + "/good")
    assert (found.kind, str(found.reason)) == ("error", "the host speaks plain HTTP there, without TLS")


# Judgement


def page(url: str = "https://a.org/x", body: str = "", **more: object) -> Answer:
    fields = {"status": 200, "content_type": "text/html; charset=utf-8"} | more
    return Answer(url=url, body=body.encode(), **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "heading",
    [
        "Error 404",
        "Page not found",
        "Nie znaleziono",
        "Seite nicht gefunden",
        "Page introuvable",
        "Strona nie istnieje",
        "Sidan kunde inte hittas",
        "Sidan finns inte",
        "Siden findes ikke",
        "Fant ikke siden",
        "Pagina bestaat niet",
        "Página não encontrada",
    ],
)
def test_a_page_says_in_many_languages_that_it_is_not_there(heading: str) -> None:
    assert page_text.headings(f"<TITLE lang=x>{heading}</TITLE>{LONG}") == [heading]
    assert page_text.NOT_FOUND.search(heading)


@pytest.mark.parametrize("heading", ["Resolution 4040/24", "Founding of the network", "Uchwała nr 404a/19"])
def test_what_only_looks_like_it(heading: str) -> None:
    assert not page_text.NOT_FOUND.search(heading)


def test_words_in_the_text_are_not_judged() -> None:
    from atlas.cli.web.visit import Visit

    body = f"<title>Lost and found</title><p>The keys were not found. {LONG}</p>"
    assert verdict(Visit(url="https://a.org/x", answer=page(body=body))).kind == "ok"


def test_scripts_and_comments_are_not_words() -> None:
    source = "<p>a<script>if (1 < 2) b()</script>c<!-- d -->e &amp; f<style>g"
    assert page_text.visible(source) == "a c e & f"


@pytest.mark.parametrize("piece", ["<", "<script ", "<!-- ", "<title>", "<h1 ", "&amp", "</"])
def test_odd_pages_are_judged_in_one_go(piece: str) -> None:
    """Patterns that try again from every place would take minutes here."""
    source = piece * (200_000 // len(piece))
    finished = threading.Event()

    def work() -> None:
        page_text.visible(source)
        page_text.headings(source)
        finished.set()

    threading.Thread(target=work, daemon=True).start()
    assert finished.wait(20)


@pytest.mark.parametrize(
    ("url", "home"),
    [
        ("https://a.org", True),
        ("https://a.org/pl/", True),
        ("https://a.org/en-gb", True),
        ("https://a.org/index.php", True),
        ("https://a.org/about", False),
        ("https://a.org/?id=7", False),
    ],
)
def test_what_is_a_home_page(url: str, home: bool) -> None:
    assert judge._is_home(url) is home


# Results of former runs


def runs(*kinds: Kind) -> list[str]:
    """The day of the first failure after each of several weekly runs."""
    records: dict[str, results.LinkRecord] = {}
    found = []
    for week, kind in enumerate(kinds):
        records = results.compared({"u": Verdict(kind)}, records, date(2026, 2, 1 + 7 * week))
        found.append(records["u"].since)
    return found


def test_failures_are_dated_until_the_address_answers() -> None:
    first = "2026-02-01"
    assert runs("dead", "timeout", "error") == [first] * 3
    assert runs("dead", "ok", "dead") == [first, "", "2026-02-15"]
    assert runs("dead", "postponed", "dead") == [first] * 3
    assert runs("dead", "blocked") == [first, ""]


def test_results_are_the_same_after_writing_and_reading(tmp_path: Path) -> None:
    path = tmp_path / "links.json"
    records = {
        "https://b.org/ż": results.LinkRecord(kind="moved", final="https://c.org"),
        "https://a.org": results.LinkRecord(
            kind="dead", reason="404 Not Found", since="2026-01-25", on="2026-02-01"
        ),
    }
    results.write_results(path, records, DAY)
    assert results.read_results(path) == records
    assert path.read_text("utf-8") == (
        '{\n "version": 1,\n "checked": "2026-02-01",\n "links": {\n  "https://a.org": {\n'
        '   "kind": "dead",\n'
        '   "reason": "404 Not Found",\n   "since": "2026-01-25",\n   "on": "2026-02-01"\n  },\n'
        '  "https://b.org/ż": {\n   "kind": "moved",\n   "final": "https://c.org"\n  }\n }\n}\n'
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"version": 2, "links": {}}',
        '{"version": 1, "links": {"u": {"kind": "x"}}}',
        '{"version": 1, "links": {"u": {"kind": "dead", "since": "soon"}}}',
        "[" * 9999,
    ],
)
def test_a_file_that_holds_no_results_is_a_wrong_command(tmp_path: Path, text: str) -> None:
    path = tmp_path / "links.json"
    path.write_text(text)
    with pytest.raises(UsageError, match=r"links\.json: not the results of `atlas links`; name another file"):
        results.read_results(path)


def tolerated(tmp_path: Path, text: str) -> list[results.Tolerated]:
    path = tmp_path / "tolerated.csv"
    path.write_text(text)
    return results.read_tolerated(path)


def test_a_tolerated_failure_covers_what_begins_with_it(tmp_path: Path) -> None:
    rows = tolerated(
        tmp_path, "url,reason,until\nhttps://a.org/,closed to programs,\nhttps://b.org,x,2026-01\n"
    )
    assert [row.covers("https://a.org/page", DAY) for row in rows] == [True, False]
    assert rows[1].covers("https://b.org/page", date(2026, 1, 31))
    assert not rows[1].covers("https://b.org/page", DAY)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("address,why\n", ":1: the columns are url, reason and until"),
        ("url,reason\nhttps://a.org,\n", ":2: a row needs an address and the reason to tolerate it"),
        ("url,reason\n*,x\n", ":2: a row needs an address and the reason to tolerate it"),
        ("url,reason,until\nhttps://a.org,x,soon\n", ":2: until is a day such as 2026-12-31"),
        ("url;reason\n", "E-DELIMITER"),
    ],
)
def test_nothing_is_tolerated_by_accident(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        tolerated(tmp_path, text)
    assert said in str(caught.value)


# The command


@pytest.fixture
def base(here: tuple[str, Log], tmp_path: Path, visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of the server, which the command asks; the working directory is empty."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1769904000")  # 2026-02-01
    monkeypatch.setattr(visit, "visitor", lambda: visitor)
    Path("data").mkdir()
    return here[0]


HEADER = "id,title,publisher,url,archived,lang,published,accessed,note_en,note_pl,type\n"
COPY = "https://web.archive.org/web/2024/"


def sources(base: str, *paths: str, name: str = "data/sources.csv") -> None:
    """Write a table of sources without archived copies."""
    rows = "".join(f"s{number},T,,{base}/{path},,,,2026-01-01,,,\n" for number, path in enumerate(paths))
    Path(name).write_text(HEADER + rows)


def run(capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, list[str]]:
    code = main(["links", *options])
    return code, capsys.readouterr().out.splitlines()


def test_what_is_dead_moved_and_good(base: str, capsys: pytest.CaptureFixture[str]) -> None:
    sources(base, "good", "nothing", "moved", "polite-404", "forbidden", "inward")
    code, lines = run(capsys)
    assert code == 1
    assert lines == [
        f"data/sources.csv:3:7: E-DEAD url '{base}/nothing': 404 Not Found, since 2026-02-01; find the "
        f"page's new "
        "address, or an archived copy",
        f"data/sources.csv:7:7: E-INWARD url '{base}/inward': it leads into a private network; give the "
        f"public "
        "address of the page, as a reader would type it",
        f"data/sources.csv:4:7: W-MOVED url '{base}/moved': moved for good; type {base}/good instead",
        f"data/sources.csv:5:7: W-SOFT url '{base}/polite-404': answers as if it were there, but the page "
        f"says that "
        "it was not found; open it; if the page is gone, find its new address or an archived copy",
        f"data/sources.csv:6:7: W-BLOCKED url '{base}/forbidden': closed to programs: 403 Forbidden; "
        f"open it in a "
        "browser; if it is there, tolerate it with that reason",
        "what the codes mean: docs/findings.md",
        "6 addresses asked: good 1, moved 1, not really there 1, dead 1, closed to programs 1, private 1",
    ]


def test_the_same_in_polish(base: str, capsys: pytest.CaptureFixture[str]) -> None:
    sources(base, "good", "nothing", "moved")
    _, lines = run(capsys, "--lang", "pl")
    assert lines == [
        f"data/sources.csv:3:7: E-DEAD url '{base}/nothing': 404 Not Found, od 2026-02-01; znajdź nowy "
        f"adres strony "
        "albo kopię w archiwum",
        f"data/sources.csv:4:7: W-MOVED url '{base}/moved': przeniesiono na stałe; wpisz zamiast tego "
        f"{base}/good",
        "co oznaczają kody: docs/findings.md#e-dead docs/findings.md#w-moved",
        "3 sprawdzone adresy: działa 1, przeniesione 1, martwe 1",
    ]


def test_an_address_is_dead_after_two_weeks_however_often_it_is_asked(
    base: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    sources(base, "nothing")
    options = ("--results", "links.json", "--code", "w-failed", "--code", "e-dead")
    for _ in range(3):
        assert run(capsys, *options) == (
            0,
            [
                f"data/sources.csv:2:7: W-FAILED url '{base}/nothing': 404 Not Found, since 2026-02-01; from "
                "2026-02-15 on it counts as dead; open it in a browser",
                "what the codes mean: docs/findings.md#w-failed",
                "1 address asked: dead 1",
            ],
        )
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1771113600")  # 2026-02-15
    code, lines = run(capsys, *options)
    assert (code, lines[0].split()[1]) == (1, "E-DEAD")
    assert json.loads(Path("links.json").read_text())["links"][f"{base}/nothing"] == {
        "kind": "dead",
        "reason": "404 Not Found",
        "since": "2026-02-01",
        "on": "2026-02-15",
    }
    assert run(capsys, *options, "--after", "15")[0] == 0


def test_what_was_found_is_listed_again_without_asking(
    base: str, here: tuple[str, Log], capsys: pytest.CaptureFixture[str]
) -> None:
    sources(base, "good", "nothing", "moved")
    first = run(capsys, "--results", "links.json", "--after", "0")
    here[1].requests.clear()
    assert run(capsys, "--results", "links.json", "--after", "0", "--list") == first
    code, lines = run(capsys, "--results", "links.json", "--list", "--code", "W-MOVED", "--lang", "pl")
    assert (code, lines[0]) == (
        0,
        f"data/sources.csv:4:7: W-MOVED url '{base}/moved': przeniesiono na stałe; wpisz zamiast tego "
        f"{base}/good",
    )
    assert here[1].requests == []
    assert main(["links", "--list"]) == 2
    assert capsys.readouterr().err == "atlas: --list needs --results FILE, the record of the last run\n"


def test_what_was_good_today_is_not_asked_again(
    base: str, here: tuple[str, Log], capsys: pytest.CaptureFixture[str]
) -> None:
    sources(base, "document", "nothing")
    first = run(capsys, "--results", "links.json")
    here[1].requests.clear()
    assert run(capsys, "--results", "links.json") == first
    assert {path for _, _, path in here[1].requests} == {"/nothing"}


def test_what_is_known_when_a_run_is_stopped_is_kept(base: str, monkeypatch: pytest.MonkeyPatch) -> None:
    sources(base, "document", "nothing")

    def stopped(self: Survey, urls: Iterable[str], done: Callable[[str, Verdict], None]) -> None:
        done(sorted(urls)[0], Verdict("ok"))
        raise KeyboardInterrupt

    monkeypatch.setattr(Survey, "verdicts", stopped)
    assert main(["links", "--results", "links.json"]) == 130
    assert json.loads(Path("links.json").read_text())["links"] == {
        f"{base}/document": {"kind": "ok", "on": "2026-02-01"}
    }


def test_a_certificate_is_a_warning(
    base: str, secure: tuple[int, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    address = f"https://city.example.org:{secure[0]}"
    sources(address, "")
    assert run(capsys, "--code", "W-CERTIFICATE") == (
        0,
        [
            f"data/sources.csv:2:7: W-CERTIFICATE url '{address}/': the certificate is not valid; open it "
            f"in a "
            "browser; readers are warned away from it",
            "what the codes mean: docs/findings.md#w-certificate",
            "1 address asked: with a certificate that is not valid 1",
        ],
    )
    assert run(capsys, "--code", "W-CERTIFICATE", "--strict")[0] == 1


def test_a_failure_can_be_tolerated_with_a_reason(base: str, capsys: pytest.CaptureFixture[str]) -> None:
    sources(base, "forbidden", "nothing", "good")
    Path("tolerated-links.csv").write_text(
        f"url,reason\n{base}/nothing,the page returns in spring\n{base}/forbidden,closed to programs\n"
        f"{base}/good,once it failed\n"
    )
    code, lines = run(capsys)
    assert code == 0
    assert lines[:1] == [
        f"tolerated-links.csv:4:1: W-TOLERATED url '{base}/good': tolerated, but nothing under it fails, "
        f"or its "
        "until has passed; delete the row"
    ]


def test_every_place_of_an_address_is_named_and_it_is_asked_once(
    base: str, here: tuple[str, Log], capsys: pytest.CaptureFixture[str]
) -> None:
    sources(base, "gone", "gone")
    Path("data/networks").mkdir()
    Path("data/networks/net.yaml").write_text(f"kind: network\nwebsite: {base}/gone\n")
    here[1].requests.clear()
    _, lines = run(capsys, "--code", "w-failed", "--code", "e-dead")
    assert [line.split(": ")[0] for line in lines[:-2]] == [
        "data/networks/net.yaml:2:10",
        "data/sources.csv:2:7",
        "data/sources.csv:3:7",
    ]
    assert here[1].methods("/gone") == ["HEAD", "GET"]


def test_wrong_addresses_are_left_to_the_check(base: str, capsys: pytest.CaptureFixture[str]) -> None:
    sources("http://127.0.0.1", "x")
    assert run(capsys)[1][-1] == "nothing asked"


def test_markdown_for_an_issue_lets_nothing_out(base: str, capsys: pytest.CaptureFixture[str]) -> None:
    sources(base, "nothing?@council", "moved")
    code, lines = run(capsys, "--format", "markdown", "--docs", "https://example.org/findings")
    address = f"{base}/nothing?@council"
    assert code == 1
    assert lines[:5] == [
        "2 addresses asked: moved 1, dead 1",
        "",
        "## [E-DEAD](https://example.org/findings#e-dead)",
        "",
        f"- data/sources.csv:2:7: url '{escaped(address)}': 404 Not Found, since 2026-02-01; find the page's "
        "new address, or an archived copy",
    ]


def test_json_for_programs(base: str, capsys: pytest.CaptureFixture[str]) -> None:
    sources(base, "moved")
    code, lines = run(capsys, "--format", "json", "--code", "W-MOVED")
    [found] = json.loads("\n".join(lines))["findings"]
    assert (code, found["code"], found["hint"]) == (0, "W-MOVED", f"type {base}/good instead")


def test_without_a_network_nothing_is_recorded(base: str, capsys: pytest.CaptureFixture[str]) -> None:
    sources("http://nowhere.example.org", "a", "b")
    assert main(["links", "--results", "links.json"]) == 3
    assert capsys.readouterr().err == (
        "atlas: no host was found at all; is there a network? Nothing was recorded\n"
    )
    assert not Path("links.json").exists()


def test_a_number_of_days_that_is_none(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["links", "--after", "-1"])
    assert caught.value.code == 2


def test_addresses_of_every_kind_of_record_are_asked() -> None:
    """The description of the data decides, so that a new column is not forgotten."""
    from atlas.cli.links.survey import mentions
    from atlas.dataset.reading.load import load

    columns = {(Path(one.place.path).parts[-1], one.field.name) for one in mentions(load(GOOD), DAY)}
    assert {("cities.csv", "website"), ("sources.csv", "url"), ("sources.csv", "archived")} <= columns


def test_a_page_that_is_known_to_be_gone_is_not_asked_for_but_its_copy_is(tmp_path: Path) -> None:
    from atlas.cli.links.survey import mentions
    from atlas.dataset.reading.load import load

    shutil.copytree(GOOD, tmp_path / "data")
    sources = tmp_path / "data/sources.csv"
    header, first, *rest = sources.read_text("utf-8").splitlines()
    lines = [f"{header},gone", f"{first},2026-01-20", *(f"{line}," for line in rest)]
    sources.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    before = {one.text for one in mentions(load(GOOD), DAY)}
    after = {one.text for one in mentions(load(tmp_path / "data"), DAY)}
    assert before - after == {"https://charter.example.org/signatories?page=1"}
