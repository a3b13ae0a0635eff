"""Texts of ``content/``: safe markup only, links by kind and id, and nothing about nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest
from tests.builders import atlas, charter, city, commitment, every_page, lens, network

from atlas.errors import UsageError
from atlas.site.content import Texts, safe_html

SMALL = atlas(
    city("krakow", "Kraków"),
    network("eccar", acronym="ECCAR"),
    charter("echrc"),
    commitment("eccar", "krakow", since="2024-09-25"),
)


@dataclass
class Text:
    """A page as Pelican hands it over."""

    content: str = "<p>Words.</p>"
    lang: str = "en"
    title: str = "A title"
    source_path: str = "content/pages/en/text.md"
    metadata: dict[str, str] = field(default_factory=dict)


def text(about: str, value: str, **fields: Any) -> Text:
    page = Text(**fields)
    setattr(page, about, value)
    return page


def nowhere(path: str, fragment: str) -> str:
    raise AssertionError(f"nothing links to {path}#{fragment}")


def cleaned(html: str) -> str:
    return str(safe_html(html, nowhere))


@pytest.mark.parametrize(
    "html",
    [
        '<p>Plain, <em>with</em> <strong lang="pl">mocne</strong> words and a <q>quote</q>.</p>',
        '<h2 id="what">What</h2><ul><li>one</li></ul><ol><li>two</li></ol>',
        '<table><caption>All</caption><thead><tr><th scope="col">A</th></tr></thead>'
        "<tbody><tr><td>1</td></tr></tbody></table>",
        '<p><abbr title="European">E</abbr><br><code>x</code></p>',
    ],
)
def test_plain_markup_stays_as_it_is(html: str) -> None:
    assert cleaned(html) == html


@pytest.mark.parametrize(
    ("html", "left"),
    [
        ("<p>a<script>alert(1)</script>b</p>", "<p>ab</p>"),
        ("<p>a<style>p{}</style>b</p>", "<p>ab</p>"),
        ('<p onclick="alert(1)" style="color:red" class="x">a</p>', "<p>a</p>"),
        ('<p>a<img src="https://example.org/x.png" onerror="alert(1)">b</p>', "<p>ab</p>"),
        ('<iframe src="https://example.org/"></iframe><p>a</p>', "<p>a</p>"),
        ('<form action="/x"><input name="q"></form><p>a</p>', "<p>a</p>"),
        ("<h1>a</h1>", "a"),
        ("<p>a<!-- secret -->b</p>", "<p>ab</p>"),
        ("<svg><use href='x'/></svg><p>a</p>", "<p>a</p>"),
    ],
)
def test_what_is_not_on_the_list_is_removed(html: str, left: str) -> None:
    assert cleaned(html) == left


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        " javascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///x",
    ],
)
def test_a_link_that_runs_or_reads_files_loses_its_address(address: str) -> None:
    html = cleaned(f'<a href="{address}">a</a>')
    assert "href" not in html
    assert ">a</a>" in html


def test_a_link_to_another_site_says_that_it_leaves() -> None:
    assert cleaned('<a href="https://www.eccar.info/">ECCAR</a>') == (
        '<a href="https://www.eccar.info/" rel="external noopener noreferrer">ECCAR</a>'
    )


@pytest.mark.parametrize(
    ("lang", "link", "href"),
    [
        ("en", "atlas:cities/krakow", "../cities/krakow/"),
        ("pl", "atlas:cities/krakow", "../pl/miasta/krakow/"),
        ("en", "atlas:cities/krakow#eccar", "../cities/krakow/#eccar"),
        ("pl", "atlas:networks/eccar/", "../pl/sieci/eccar/"),
        ("pl", "atlas:charters/echrc", "../pl/karty/echrc/"),
        ("pl", "atlas:countries/pl", "../pl/kraje/pl/"),
        ("pl", "atlas:topics/migration", "../pl/tematy/migration/"),
        ("pl", "atlas:sources/page", "../pl/zrodla/page/"),
        ("pl", "atlas:sources", "../pl/zrodla/"),
        ("pl", "atlas:data", "../pl/dane/"),
        ("pl", "atlas:", "../pl/"),
        ("en", "atlas:", "../"),
    ],
)
def test_a_link_within_the_atlas_leads_to_the_page_in_the_same_language(
    lang: str, link: str, href: str
) -> None:
    texts = Texts([text("section", "about", lang=lang, content=f'<p><a href="{link}">x</a></p>')], SMALL)
    html = texts.html(lens(SMALL, lang), "section", "about", "../")
    assert f'href="{href}"' in str(html)
    assert "atlas:" not in str(html)


def test_a_link_within_the_atlas_is_not_called_external() -> None:
    texts = Texts([text("section", "about", content='<a href="atlas:cities/krakow">x</a>')], SMALL)
    assert str(texts.html(lens(SMALL), "section", "about", "../")) == '<a href="../cities/krakow/">x</a>'


@pytest.mark.parametrize(
    "link", ["cities/krakw", "networks/echrc", "charters/eccar", "nothing", "about/krakow", "topics/x"]
)
def test_a_link_that_leads_nowhere_names_the_file(link: str) -> None:
    texts = Texts([text("section", "about", content=f'<a href="atlas:{link}">x</a>')], SMALL)
    with pytest.raises(UsageError) as error:
        texts.html(lens(SMALL), "section", "about", "../")
    assert str(error.value) == f"content/pages/en/text.md: the link atlas:{link} leads nowhere"


def test_a_link_within_the_atlas_is_known_in_any_case() -> None:
    texts = Texts([text("section", "about", content='<a href="ATLAS:cities/krakow">x</a>')], SMALL)
    html = str(texts.html(lens(SMALL), "section", "about", "../"))
    assert "ATLAS:" not in html


def test_a_link_to_a_text_that_is_not_written_in_this_language_names_the_file() -> None:
    texts = Texts([text("section", "about", content='<a href="atlas:method">x</a>')], SMALL)
    with pytest.raises(UsageError, match=r"^content/pages/en/text\.md: "):
        texts.html(lens(SMALL), "section", "about", "../")


def test_a_text_about_nothing_is_refused() -> None:
    with pytest.raises(UsageError) as error:
        Texts([Text()], SMALL)
    assert str(error.value) == (
        "content/pages/en/text.md: say what the text is about with a line at its top, "
        "such as Section: about, City: krakow or Instrument: eccar"
    )


@pytest.mark.parametrize(("key", "value"), [("section", "imprint"), ("city", "krakw"), ("instrument", "x")])
def test_a_text_about_something_unknown_is_refused(key: str, value: str) -> None:
    with pytest.raises(UsageError) as error:
        Texts([text(key, value)], SMALL)
    assert str(error.value) == f"content/pages/en/text.md: there is no {key} '{value}'"


def test_two_texts_about_one_thing_in_one_language_are_refused() -> None:
    other = text("city", "krakow", source_path="content/pages/en/other.md")
    with pytest.raises(UsageError) as error:
        Texts([text("city", "krakow"), other], SMALL)
    assert str(error.value) == (
        "content/pages/en/other.md: there is another text about city 'krakow' in the same language"
    )


def test_a_text_is_shown_in_its_own_language_only() -> None:
    texts = Texts([text("city", "krakow")], SMALL)
    assert str(texts.html(lens(SMALL), "city", "krakow", "../../")) == "<p>Words.</p>"
    assert texts.html(lens(SMALL, "pl"), "city", "krakow", "../../") is None


def test_a_section_has_a_page_where_it_is_written() -> None:
    texts = Texts([text("section", "about", title="About", metadata={"description": "What this is."})], SMALL)
    assert texts.sections("en") == {"about"}
    assert texts.sections("pl") == frozenset()
    assert texts.title_and_description("en", "about") == ("About", "What this is.")
    assert "about/" in {page.view.frame.path for page in every_page(lens(SMALL), texts)}
    assert "pl/o-atlasie/" not in {page.view.frame.path for page in every_page(lens(SMALL, "pl"), texts)}
