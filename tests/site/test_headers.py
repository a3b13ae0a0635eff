"""What hosts are asked to send: one policy for each page, and frames for embeds alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.builders import ROOT, language
from tests.conftest import headers_of

from atlas.errors import InternalError
from atlas.languages.addresses import Addresses
from atlas.site.response_headers import EVERYWHERE, MOST_RULES, headers_file, policy

CSP = "Content-Security-Policy"
FOLDERS = ("cities", "data", "embed", "search", "theme", "pl", "pl/embed", "pl/miasta", "pl/szukaj")
ADDRESSES = Addresses((language("en"), language("pl")))


@pytest.mark.parametrize("base", ["", "/atlas"])
@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", ""),
        ("/pl/", ""),
        ("/404.html", ""),
        ("/pl/404.html", ""),
        ("/cities/krakow/", ""),
        ("/pl/miasta/krakow/", ""),
        ("/theme/js/search/search.js", ""),
        ("/search/", "search"),
        ("/pl/szukaj/", "search"),
        ("/embed/city/", "embed"),
        ("/pl/embed/miasto/", "embed"),
    ],
)
def test_each_page_is_under_one_policy(base: str, path: str, kind: str) -> None:
    sent = headers_of(headers_file(ADDRESSES, FOLDERS, base), base + path)
    assert sent[CSP] == policy(kind)
    assert sent.items() >= EVERYWHERE.items()


def test_policies_differ_in_who_may_frame_and_compile() -> None:
    for kind, frames, compiles in (("", "'none'", False), ("search", "'none'", True), ("embed", "*", False)):
        directives = dict(part.split(" ", 1) for part in policy(kind).split("; "))
        assert directives["default-src"] == directives["base-uri"] == "'none'"
        assert directives["frame-ancestors"] == frames
        assert ("'wasm-unsafe-eval'" in directives["script-src"]) == compiles
        assert not re.search(r"unsafe-(inline|eval)(?<!wasm-unsafe-eval)|https?:", policy(kind))


def test_scripts_of_other_sites_may_read_the_open_data() -> None:
    text = headers_file(ADDRESSES, FOLDERS)
    assert headers_of(text, "/data/cities.csv")["Access-Control-Allow-Origin"] == "*"
    assert headers_of(text, "/pl/embed/sieci/eccar/oembed.json")["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Origin" not in headers_of(text, "/cities/krakow/")


def test_more_rules_than_hosts_read_are_refused() -> None:
    folders = [f"folder-{number}" for number in range(MOST_RULES)]
    with pytest.raises(InternalError) as raised:
        headers_file(ADDRESSES, folders)
    assert str(raised.value).startswith("_headers would have 105 rules; hosts read 100")


def test_further_languages_go_without_rules_that_no_host_would_read() -> None:
    folders = [*FOLDERS, *(f"pl/folder-{number}" for number in range(MOST_RULES))]
    text = headers_file(ADDRESSES, folders)
    assert CSP not in headers_of(text, "/pl/folder-1/")
    for path, kind in (
        ("/cities/krakow/", ""),
        ("/pl/", ""),
        ("/pl/szukaj/", "search"),
        ("/pl/embed/x/", "embed"),
    ):
        assert headers_of(text, path)[CSP] == policy(kind)


def test_every_page_of_the_site_is_under_exactly_one_policy(good_site: Path) -> None:
    text = (good_site / "_headers").read_text("utf-8")
    wrong = []
    for file in good_site.rglob("*.html"):
        path = "/atlas/" + file.relative_to(good_site).as_posix().removesuffix("index.html")
        framed = "/embed/" in path
        sent = headers_of(text, path).get(CSP, "")
        if sent.count("default-src") != 1 or ("frame-ancestors *" in sent) != framed:
            wrong.append(f"{path}: {sent}")
    assert wrong == []


def test_a_template_may_only_fill_the_places_that_the_policy_has() -> None:
    """Also on pages that no small site has, such as those of long lists."""
    templates = (ROOT / "theme" / "templates").glob("*.html")
    changed = [one.name for one in templates if "block policy" in one.read_text("utf-8")]
    assert changed == ["base.html"]


def test_no_page_names_a_directive_of_its_policy_twice(good_site: Path) -> None:
    """A browser takes the first of two, so a wider second one does nothing."""
    wrong = []
    for file in good_site.rglob("*.html"):
        own = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', file.read_text("utf-8"))
        assert own, file
        names = [part.split()[0] for part in own[1].split(";")]
        if len(names) != len(set(names)):
            wrong.append(f"{file.relative_to(good_site)}: {own[1]}")
        if ("wasm-unsafe-eval" in own[1]) != (file.parent.name in ("search", "szukaj")):
            wrong.append(f"{file.relative_to(good_site)}: {own[1]}")
    assert wrong == []
