"""The search in a real browser, in both languages, under the policies that the site ships."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.barriers import barriers
from tests.browser.visit import opened

EN, PL = "search/", "pl/szukaj/"


def results(page: Page) -> list[str]:
    """Return the titles that are shown."""
    return page.locator(".results h2").all_inner_texts()


def ready(page: Page) -> None:
    expect(page.locator("form.find")).to_be_visible()


def ask(page: Page, text: str) -> None:
    """Type a search, and wait until the page has answered it."""
    page.locator("#f-q").fill(text)
    page.wait_for_function("text => new URLSearchParams(location.search).get('q') === text", arg=text)
    expect(page.locator(".find > .said")).to_have_text(
        re.compile(r"result|wynik|found|znalezi", re.IGNORECASE)
    )


@pytest.mark.parametrize(
    ("address", "asked", "first"),
    [
        (PL, "lodz", "Łódź"),
        (PL, "ŁÓDŹ", "Łódź"),
        (PL, "Łodzi", "Łódź"),
        (PL, "krakowie", "Kraków"),
        (PL, "KRAKOWA", "Kraków"),
        (PL, "gdansku", "Gdańsk"),
        (PL, "Wien", "Wiedeń"),
        (PL, "Vienna", "Wiedeń"),
        (PL, "Wiedeń", "Wiedeń"),
        (PL, "wieden", "Wiedeń"),
        (PL, "warsaw", "Warszawa"),
        (PL, "warszawie", "Warszawa"),
        (PL, "poznaniu", "Poznań"),
        (EN, "lodz", "Łódź"),
        (EN, "ŁÓDŹ", "Łódź"),
        (EN, "Wiedeń", "Vienna"),
        (EN, "wien", "Vienna"),
        (EN, "vienna", "Vienna"),
        (EN, "warsaw", "Warsaw"),
        (EN, "warszawa", "Warsaw"),
        (EN, "gdansk", "Gdańsk"),
        (EN, "goteborg", "Gothenburg"),
        (EN, "gender equality", "Gender equality"),
        (EN, "rasizm", "Anti-racism"),
        (PL, "równość płci", "Równość płci"),
        (PL, "rownosc plci", "Równość płci"),
    ],
)
def test_a_name_finds_its_own_page_first_however_it_is_written(
    browser: Browser, server: str, address: str, asked: str, first: str
) -> None:
    with opened(browser, server + address) as page:
        ready(page)
        ask(page, asked)
        expect(page.locator(".results h2").first).to_have_text(first)


def test_a_word_of_another_language_is_found_in_other_cases(browser: Browser, server: str) -> None:
    with opened(browser, server + EN) as page:
        ready(page)
        ask(page, "uchodźcy")
        expect(page.locator(".results h2").filter(has_text="refugees").first).to_be_visible()


def test_a_result_is_the_claim_and_leads_to_it(browser: Browser, server: str) -> None:
    with opened(browser, f"{server}{EN}?q=krakow+eccar") as page:
        ready(page)
        claim = page.locator(
            ".results ol > li", has=page.get_by_role("link", name="Kraków: ECCAR", exact=True)
        )
        expect(claim.locator("> .of")).to_contain_text("Commitment")
        expect(claim.locator("> .of")).to_contain_text("Committed")
        expect(claim.locator("> .text")).to_contain_text(
            "Kraków has belonged to ECCAR since 25 September 2024"
        )
        assert claim.locator("h2 mark").all_inner_texts() == ["Kraków: ECCAR"]
        claim.locator("h2 a").click()
        assert page.url == f"{server}cities/krakow/#eccar"
        expect(page.locator("#eccar")).to_be_in_viewport()


def test_choices_narrow_a_search_and_say_how_many_are_left(browser: Browser, server: str) -> None:
    with opened(browser, f"{server}{PL}?q=eccar&k=claim&c=pl") as page:
        ready(page)
        expect(page.locator("#f-k")).to_have_value("claim")
        titles = page.locator(".results h2")
        expect(titles.first).to_contain_text("ECCAR")
        shown = int(re.sub(r"\D", "", page.locator("#f-c option[value=pl]").inner_text()))
        assert page.locator(".find > .said").inner_text().startswith(f"{shown} ")
        page.locator("#f-c").select_option("de")
        page.wait_for_url(f"{server}{PL}?q=eccar&k=claim&c=de")
        expect(page.locator(".find > .said")).not_to_have_text(re.compile(rf"^{shown} "))
        assert all("ECCAR" in title for title in results(page))
        page.get_by_role("button", name="Od nowa").click()
        page.wait_for_url(server + PL)
        expect(page.locator(".results")).to_be_hidden()


def test_choices_alone_list_what_they_name(browser: Browser, server: str) -> None:
    with opened(browser, f"{server}{EN}?s=ended") as page:
        ready(page)
        expect(page.locator(".results li").first).to_be_visible()
        signs = page.locator(".results .state .word").all_inner_texts()
        assert len(signs) == page.locator(".results li").count() > 0
        assert "Committed" not in signs


def test_more_results_are_added_and_the_first_new_one_has_the_focus(browser: Browser, server: str) -> None:
    with opened(browser, f"{server}{EN}?q=member") as page:
        ready(page)
        expect(page.locator(".results ol > li")).to_have_count(10)
        page.locator(".more-results").click()
        expect(page.locator(".results ol > li")).to_have_count(20)
        expect(page.locator(".results h2 a").nth(10)).to_be_focused()


@pytest.mark.parametrize(
    ("address", "asked", "meant"),
    [(EN, "krakw", "Kraków"), (PL, "Wiedniu", "Wiedeń"), (EN, "Gdasnk", "Gdańsk")],
)
def test_nothing_found_offers_what_was_meant(
    browser: Browser, server: str, address: str, asked: str, meant: str
) -> None:
    with opened(browser, server + address) as page:
        ready(page)
        ask(page, asked)
        page.locator(".meant").get_by_role("button", name=meant, exact=True).click()
        expect(page.locator("#f-q")).to_have_value(meant)
        expect(page.locator(".results h2").first).to_have_text(meant)


@pytest.mark.parametrize(
    ("address", "asked", "said"),
    [
        (
            EN,
            "zzzz",
            "Nothing found for “zzzz”. Fewer or other words may find more, and fewer choices.",
        ),
        (
            PL,
            "zzzz",
            "Nic nie znaleziono dla „zzzz”. Może pomóc mniej słów albo inne słowa, a także szerszy wybór.",
        ),
    ],
)
def test_a_word_of_which_only_the_first_letter_is_known_finds_nothing(
    browser: Browser, server: str, address: str, asked: str, said: str
) -> None:
    with opened(browser, f"{server}{address}?q={asked}") as page:
        ready(page)
        expect(page.locator(".find > .said")).to_have_text(said)
        expect(page.locator(".results")).to_be_hidden()
        expect(page.locator(".sieve")).to_be_hidden()
        ask(page, "krakow")
        expect(page.locator(".sieve")).to_be_visible()


def test_a_city_stands_there_once_with_its_claims_below_it(browser: Browser, server: str) -> None:
    with opened(browser, f"{server}{EN}?q=krakow") as page:
        ready(page)
        city = page.locator(".results ol > li").first
        expect(city.locator("h2")).to_have_text("Kraków")
        expect(city.locator("> .of")).to_have_text("City")
        expect(city.locator("ul > li")).to_have_count(3)
        assert not [title for title in results(page) if title.startswith("Kraków: ")]
        city.locator(".more-parts").click()
        expect(city.locator(".more-parts")).to_have_count(0)
        expect(city.locator("ul > li a").nth(3)).to_be_focused()
        hrefs = [link.get_attribute("href") or "" for link in city.locator("ul a").all()]
        assert all(href.startswith("../cities/krakow/#") for href in hrefs)


@pytest.mark.parametrize(
    ("asked", "answer", "href"),
    [
        (
            "does krakow belong to eccar",
            "Kraków has belonged to ECCAR since 25 September 2024; "
            "its council decided on it on 6 March 2024.",
            "krakow/#eccar",
        ),
        (
            "Łódź ICORN",
            "Łódź and ICORN: not checked. Nobody has looked for a source, so this is neither a yes nor a no.",
            "lodz/",
        ),
    ],
)
def test_a_city_and_a_network_are_answered_first(
    browser: Browser, server: str, asked: str, answer: str, href: str
) -> None:
    with opened(browser, f"{server}{EN}?q={asked}") as page:
        ready(page)
        expect(page.locator(".answer p")).to_have_text(answer)
        expect(page.locator(".answer a")).to_have_attribute("href", f"../cities/{href}")
        expect(page.locator(".find > .said")).not_to_contain_text("Nothing found")


def test_enter_on_the_only_record_that_is_left_chooses_it(browser: Browser, server: str) -> None:
    with opened(browser, f"{server}{EN}?k=network") as page:
        ready(page)
        page.locator("#f-q").fill("european coalition of cities against racism")
        page.keyboard.press("Enter")
        page.wait_for_url(f"{server}networks/eccar/")


def test_a_phone_shows_the_number_of_results_beside_the_field(browser: Browser, server: str) -> None:
    with opened(browser, server + EN, width=360, height=640) as page:
        ready(page)
        ask(page, "krakow")
        field, said = page.locator("#f-q").bounding_box(), page.locator(".find > .said").bounding_box()
        assert field
        assert said
        assert said["y"] - field["y"] < 160  # what a keyboard on the screen leaves free


def test_what_is_asked_for_in_the_address_stays_text(browser: Browser, server: str) -> None:
    attack = "%3Cimg%20src%3Dx%20onerror%3Ddocument.title%3D1%3E"
    with opened(browser, f"{server}{EN}?q={attack}&k=nonsense&c=<b>") as page:
        ready(page)
        said = page.locator(".find > .said")
        expect(said).to_contain_text(
            "Left out of this address, because the atlas does not know it: nonsense, <b>"
        )
        expect(page.locator("#f-q")).to_have_value("<img src=x onerror=document.title=1>")
        ask(page, "<b>xqzvwk</b>")
        expect(said).to_contain_text("Nothing found for “<b>xqzvwk</b>”.")
        assert page.locator("main img, main b").count() == 0
        assert page.title() != "1"


# Keys


@pytest.mark.parametrize(
    ("start", "search"), [("cities/krakow/", EN), ("pl/miasta/krakow/", PL), ("map/", EN)]
)
def test_the_slash_leads_to_the_search_from_anywhere(
    browser: Browser, server: str, start: str, search: str
) -> None:
    with opened(browser, server + start) as page:
        page.keyboard.press("/")
        page.wait_for_url(server + search)
        ready(page)
        expect(page.locator("#f-q")).to_be_focused()
        expect(page.locator("#f-q")).to_have_value("")


def test_the_slash_is_a_letter_while_somebody_types(browser: Browser, server: str) -> None:
    with opened(browser, f"{server}contribute/suggest/") as page:
        page.locator("#f-act").click()  # which waits for the form, as somebody does who types
        page.locator("#f-act").press_sequentially("XVI/171")
        expect(page.locator("#f-act")).to_have_value("XVI/171")
        assert page.url == f"{server}contribute/suggest/"


def test_arrows_go_through_the_results_and_escape_comes_back(browser: Browser, server: str) -> None:
    with opened(browser, f"{server}{EN}?q=lublin") as page:
        ready(page)
        links = page.locator(".results a")
        expect(links.first).to_be_visible()
        page.keyboard.press("/")
        page.keyboard.press("ArrowDown")
        expect(links.first).to_be_focused()
        page.keyboard.press("ArrowDown")
        expect(links.nth(1)).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator("#f-q")).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator("#f-q")).to_have_value("")
        page.wait_for_url(server + EN)


# Without a script or an index, and for everybody


@pytest.mark.parametrize(("address", "letters"), [(EN, "cities/"), (PL, "pl/miasta/")])
def test_without_a_script_the_lists_lead_everywhere(
    browser: Browser, server: str, address: str, letters: str
) -> None:
    with opened(browser, server + address, script=False) as page:
        expect(page.locator("form.find")).to_be_hidden()
        expect(page.locator(".scriptless")).to_be_visible()
        page.locator(".spread-links a").first.click()
        assert page.url == server + letters


def test_where_the_index_is_missing_the_page_says_so(browser: Browser, server: str) -> None:
    with opened(browser, server, watched=False) as page:
        page.route("**/pagefind/**", lambda route: route.abort())
        page.goto(server + EN)
        expect(page.locator(".scriptless")).to_have_text(
            "The search could not be loaded. These lists lead to everything."
        )
        expect(page.locator("form.find")).to_be_hidden()


def test_only_the_page_of_the_search_may_compile_webassembly(browser: Browser, server: str) -> None:
    tried = "WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])).then(() => 'yes', () => 'no')"
    for address, answer in ((EN, "yes"), (PL, "yes"), ("", "no"), ("cities/krakow/", "no")):
        with opened(browser, server + address, watched=False) as page:
            assert page.evaluate(tried) == answer, address


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
def test_the_results_have_no_serious_barrier(browser: Browser, server: str, width: int, scheme: str) -> None:
    with opened(browser, f"{server}{PL}?q=krakow+eccar", width=width, color_scheme=scheme) as page:
        ready(page)
        expect(page.locator(".results li").first).to_be_visible()
        assert barriers(page, serious=True) == {}
        assert page.evaluate("document.documentElement.scrollWidth") <= width
