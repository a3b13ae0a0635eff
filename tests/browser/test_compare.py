"""The comparison in a real browser: sorting, filters, turning, the chooser and shared addresses."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from tests.browser.visit import opened


def cities(page: Page) -> list[str]:
    return page.locator(".cmp tbody tr > th > a").all_inner_texts()


def columns(page: Page) -> list[str]:
    """Return the cities of a table that is as wide as they are few."""
    return page.locator(".cmp.few thead th > a").all_inner_texts()


def said(page: Page) -> Locator:
    return page.locator(".tools .said")


def choose(page: Page, text: str) -> None:
    box = page.get_by_role("combobox", name="City, in any language")
    box.fill(text)
    expect(page.locator("[role=option]").first).to_be_visible()
    box.press("ArrowDown")
    box.press("Enter")


def chosen(page: Page) -> list[str]:
    return page.locator(".chosen li > span").all_inner_texts()


def test_sorting_by_a_column_puts_the_earliest_first_and_the_unknown_last(
    browser: Browser, server: str
) -> None:
    with opened(browser, server + "compare/ump/") as page:
        head = page.locator("th[data-column=icorn]")
        button = head.get_by_role("button", name="Sort by ICORN")
        button.focus()
        page.keyboard.press("Enter")
        expect(head).to_have_attribute("aria-sort", "ascending")
        assert cities(page)[:4] == ["Kraków", "Wrocław", "Gdańsk", "Warsaw"]
        expect(button).to_be_focused()
        page.keyboard.press("Enter")
        expect(head).to_have_attribute("aria-sort", "descending")
        assert cities(page)[:4] == ["Warsaw", "Gdańsk", "Wrocław", "Kraków"]
        page.keyboard.press("Enter")
        assert cities(page)[0] == "Białystok"


def test_sorting_by_name_and_from_the_list(browser: Browser, server: str) -> None:
    with opened(browser, server + "pl/porownaj/ump/") as page:
        sort = page.get_by_role("button", name="Sortuj według: Miasto")
        sort.click()
        sort.click()
        assert cities(page)[:2] == ["Wrocław", "Warszawa"]
        page.get_by_label("Kolejność").select_option(label="ICORN")
        assert cities(page)[0] == "Kraków"


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_two_periods_in_a_cell_stay_within_their_row(browser: Browser, server: str, width: int) -> None:
    with opened(browser, server + "compare/ump/", width=width) as page:
        page.locator("td.is-yes").first.wait_for()
        below = page.evaluate(
            """() => {
              const cells = [...document.querySelectorAll(".cmp td.is-yes")];
              for (const cell of cells) cell.append(cell.firstElementChild.cloneNode(true));
              return cells.map((cell) => cell.lastElementChild.getBoundingClientRect().bottom
                - cell.getBoundingClientRect().bottom);
            }"""
        )
        assert below and max(below) < 1


@pytest.mark.parametrize("text", ["lodz", "ŁÓDŹ", "Łódź", " łódź "])
def test_rows_are_found_without_diacritics(browser: Browser, server: str, text: str) -> None:
    with opened(browser, server + "compare/ump/") as page:
        page.get_by_label("Find a city or country").fill(text)
        assert cities(page) == ["Łódź"]
        expect(said(page)).to_contain_text("cities 1 of 12")


def test_rows_can_be_limited_to_an_instrument(browser: Browser, server: str) -> None:
    with opened(browser, server + "compare/ump/") as page:
        page.get_by_label("Only cities recorded in").select_option(label="ECCAR")
        assert "Kraków" in cities(page)
        assert "Białystok" not in cities(page)


def test_only_what_differs_stays(browser: Browser, server: str) -> None:
    with opened(browser, server + "compare/ump/") as page:
        assert page.locator("th[data-column=ump]").count() == 1
        page.get_by_label("Only where the cities differ").check()
        assert page.locator("th[data-column=ump]").count() == 0
        spans = page.locator(".by-topic th").evaluate_all(
            "all => all.reduce((sum, th) => sum + th.colSpan, 0)"
        )
        assert spans == page.locator("th[data-column]").count()
        page.get_by_label("Only where the cities differ").uncheck()
        assert page.locator("th[data-column=ump]").count() == 1


def test_rows_and_columns_can_be_swapped(browser: Browser, server: str) -> None:
    with opened(browser, server + "compare/ump/") as page:
        before = page.locator(".cmp tbody td.is-yes").count()
        page.get_by_label("Swap rows and columns").check()
        assert cities(page)[0] == "UMP"
        assert page.locator(".cmp thead th > a").first.inner_text() == "Białystok"
        assert page.locator(".cmp tbody td.is-yes").count() == before
        page.get_by_role("button", name="Sort by Kraków").click()
        assert cities(page)[0] == "UMP"
        page.get_by_label("Swap rows and columns").uncheck()
        assert cities(page)[0] == "Białystok"
        assert page.locator(".by-topic th").count() > 3


def test_the_head_stays_in_sight(browser: Browser, server: str) -> None:
    with opened(browser, server + "compare/eccar/") as page:
        region = page.locator(".grid")
        region.evaluate("region => region.scrollTo(600, 1500)")
        top, left = (
            region.evaluate(f"r => r.{what} - r.querySelector('{node}').getBoundingClientRect().{side}")
            for what, node, side in (
                ("getBoundingClientRect().top", "thead", "top"),
                ("getBoundingClientRect().left", "tbody tr:nth-child(40) th", "left"),
            )
        )
        assert abs(top) < 1
        assert abs(left) < 1


def test_places_are_chosen_with_the_keyboard(browser: Browser, server: str) -> None:
    with opened(browser, server + "compare/") as page:
        choose(page, "krakow")
        choose(page, "LODZ")
        choose(page, "Wiedeń")
        expect(page.locator(".cmp.c3")).to_be_visible()
        assert chosen(page) == columns(page) == ["Kraków", "Łódź", "Vienna"]
        assert page.url == server + "compare/?c=krakow,lodz,vienna"
        page.go_back()
        expect(page.locator(".cmp.c2")).to_be_visible()
        page.get_by_role("button", name="Remove Kraków").click()
        expect(page.locator(".cmp.c1")).to_be_visible()
        assert page.url == server + "compare/?c=lodz"
        expect(page.get_by_role("button", name="Remove Łódź")).to_be_focused()


def test_an_example_stands_there_until_a_place_is_chosen(browser: Browser, server: str) -> None:
    with opened(browser, server + "compare/") as page:
        expect(page.locator(".cmp.few")).to_be_visible()
        expect(page.locator(".example")).to_contain_text("An example")
        assert chosen(page) == []
        choose(page, "krakow")
        expect(page.locator(".cmp.c1")).to_be_visible()
        expect(page.locator(".example")).to_be_hidden()


def test_a_name_in_another_case_finds_the_place(browser: Browser, server: str) -> None:
    with opened(browser, server + "pl/porownaj/") as page:
        box = page.locator("#f-place")
        box.fill("krakowie")
        expect(page.locator("[role=option]").first).to_contain_text("Kraków")


def test_a_few_cities_are_columns_with_sums_and_who_holds_what(browser: Browser, server: str) -> None:
    with opened(browser, server + "compare/?c=krakow,lodz,wroclaw", width=1280) as page:
        expect(page.locator(".cmp.c3")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 1280
        held = page.locator(".cmp tbody tr", has=page.locator("td.is-yes"))
        row = held.filter(has=page.get_by_role("link", name="ECCAR", exact=True))
        assert row.locator(".who").inner_text() in ("all", "2 of 3", "only Kraków")
        for place in range(3):
            said = page.locator(".sums b").nth(place).inner_text()
            assert int(said) == page.locator(f".cmp tbody td:nth-child({place + 2}).is-yes").count()


FIVE = "compare/?c=krakow,warszawa,wroclaw,gdansk,poznan"


def test_the_first_rows_of_five_cities_stand_on_the_first_screen(browser: Browser, server: str) -> None:
    with opened(browser, server + FIVE, width=1280, height=800) as page:
        expect(page.locator(".cmp.c5")).to_be_visible()
        first = page.locator(".cmp tbody td.is-yes").first.bounding_box()
        assert first is not None
        assert first["y"] < 600
        expect(page.get_by_label("Only where the cities differ")).to_be_visible()
        expect(page.locator(".options > summary")).to_be_hidden()


def test_on_a_phone_options_are_asked_for(browser: Browser, server: str) -> None:
    with opened(browser, server + FIVE, width=360) as page:
        expect(page.locator(".cmp.c5")).to_be_visible()
        expect(page.get_by_label("Swap rows and columns")).to_be_hidden()
        page.locator(".options > summary").press("Enter")
        page.get_by_label("Swap rows and columns").check()
        assert page.url.endswith("&turn=1")


@pytest.mark.parametrize("address", ["compare/", "pl/porownaj/"])
def test_the_heads_of_eight_cities_keep_off_the_edge(browser: Browser, server: str, address: str) -> None:
    eight = "krakow,lodz,wroclaw,gdansk,poznan,lublin,katowice,szczecin"
    with opened(browser, f"{server}{address}?c={eight}", width=1280) as page:
        expect(page.locator(".cmp.c8")).to_be_visible()
        room = page.locator(".cmp thead .sums > *").evaluate_all(
            """all => all.map(one => {
                const range = document.createRange();
                range.selectNodeContents(one);
                return one.closest("th").getBoundingClientRect().right - range.getBoundingClientRect().right;
            })"""
        )
        assert room
        assert min(room) >= 4
        over = "all => all.filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.textContent)"
        assert page.locator(".cmp td > a small").evaluate_all(over) == []


@pytest.mark.parametrize("width", [360, 1280])
def test_eight_cities_fit_the_screen(browser: Browser, server: str, width: int) -> None:
    eight = "krakow,lodz,wroclaw,gdansk,poznan,lublin,katowice,szczecin"
    with opened(browser, f"{server}compare/?c={eight}", width=width) as page:
        expect(page.locator(".cmp.c8 td:not([class])").first).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_eight_cities_are_printed_with_every_word_in_one_piece(browser: Browser, server: str) -> None:
    eight = "krakow,lodz,wroclaw,gdansk,poznan,lublin,katowice,szczecin"
    with opened(
        browser, f"{server}compare/?c={eight}", width=1032
    ) as page:  # a wide sheet between its margins
        expect(page.locator(".cmp.c8 td:not([class])").first).to_be_visible()
        page.emulate_media(media="print")
        assert page.evaluate("getComputedStyle(document.body).page") == "compared"
        assert page.locator(".chosen").is_hidden(), "the head of the table names them"
        broken = """elements => elements.filter(element => {
            const range = document.createRange();
            range.selectNodeContents(element);
            const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
            return lines.size > element.textContent.trim().split(/\\s+/).length;
        }).map(element => element.textContent)"""
        assert page.locator(".cmp thead a, td > a b, td > a small").evaluate_all(broken) == []


def test_order_filter_and_sides_stand_in_the_address(browser: Browser, server: str) -> None:
    with opened(browser, server + "compare/ump/?sort=-icorn&in=icorn&differ=1&rows=pol") as page:
        assert page.get_by_label("Only where the cities differ").is_checked()
        assert page.get_by_label("Order").input_value() == "icorn"
        page.get_by_label("Find a city or country").fill("")
        assert cities(page)[0] == "Warsaw"
        page.get_by_label("Swap rows and columns").check()
        assert page.url.endswith("compare/ump/?in=icorn&differ=1&turn=1")
        page.get_by_role("button", name="Sort by Kraków").click()
        assert page.url.endswith("compare/ump/?in=icorn&differ=1&turn=1&sort=krakow")


def test_escape_closes_the_list(browser: Browser, server: str) -> None:
    with opened(browser, server + "compare/") as page:
        box = page.locator("#f-place")
        box.fill("wro")
        expect(box).to_have_attribute("aria-expanded", "true")
        box.press("Escape")
        expect(box).to_have_attribute("aria-expanded", "false")
        box.fill("qqqq")
        expect(page.locator(".choose .said")).to_have_text("No recorded city has this name.")


def test_a_shared_address_keeps_the_order_and_names_what_is_unknown(browser: Browser, server: str) -> None:
    with opened(browser, server + "compare/?c=wroclaw,nowhere,krakow,<b>x,krakow,lodz") as page:
        expect(page.locator(".cmp.c3")).to_be_visible()
        assert columns(page) == ["Wrocław", "Kraków", "Łódź"]
        expect(page.locator(".unknown")).to_have_text("Not in the atlas: nowhere, <b>x.")
        assert page.locator(".langs a").get_attribute("href").endswith("?c=wroclaw,krakow,lodz")
        page.locator(".langs a").click()
        expect(page.locator(".cmp.c3")).to_be_visible()
        assert page.url.endswith("pl/porownaj/?c=wroclaw,krakow,lodz")


def test_nine_places_are_one_too_many(browser: Browser, server: str) -> None:
    nine = "krakow,lodz,wroclaw,gdansk,poznan,lublin,katowice,szczecin,rzeszow"
    with opened(browser, f"{server}compare/?c={nine}") as page:
        expect(page.locator(".cmp.c8")).to_be_visible()
        expect(page.locator(".choose .said")).to_have_text(
            "Up to 8 places fit in a table. Remove one to add another."
        )


def test_a_chosen_table_says_the_same_as_the_ready_made_one(browser: Browser, server: str) -> None:
    with opened(browser, server + "compare/?c=krakow") as page:
        expect(page.locator(".cmp.c1")).to_be_visible()
        mine = page.locator(".cmp td > a").evaluate_all(
            "all => all.map(a => [a.href, a.textContent, a.title])"
        )
    with opened(browser, server + "compare/pl/") as page:
        row = page.locator(".cmp tbody tr", has=page.get_by_role("link", name="Kraków", exact=True))
        ready = row.locator("td > a").evaluate_all("all => all.map(a => [a.href, a.textContent, a.title])")
    assert sorted(mine) == sorted(ready)


def test_every_cell_leads_to_its_claim(browser: Browser, server: str) -> None:
    with opened(browser, server + "compare/ump/") as page:
        page.locator("tr", has_text="Kraków").locator("td > a[href$='#eccar']").click()
        page.wait_for_url(server + "cities/krakow/#eccar")
        expect(page.locator("#eccar")).to_be_visible()


@pytest.mark.parametrize("address", ["compare/ump/", "pl/porownaj/ump/"])
def test_without_script_the_table_is_whole(browser: Browser, server: str, address: str) -> None:
    with opened(browser, server + address, script=False) as page:
        assert page.locator(".cmp tbody tr").count() == 12
        expect(page.locator(".tools")).to_be_hidden()
        expect(page.get_by_role("columnheader", name="ECCAR")).to_be_visible()


def test_without_script_the_chooser_is_a_list_of_tables(browser: Browser, server: str) -> None:
    with opened(browser, server + "compare/?c=krakow", script=False) as page:
        expect(page.locator(".chooser")).to_be_hidden()
        expect(page.get_by_role("link", name="Poland", exact=True)).to_be_visible()


@pytest.mark.parametrize("script", [True, False])
def test_on_a_phone_each_city_is_a_list(browser: Browser, server: str, script: bool) -> None:
    with opened(browser, server + "compare/ump/", width=360, script=script) as page:
        expect(page.locator(".cmp thead")).to_be_hidden()
        row = page.locator("tr", has_text="Białystok")
        expect(row.locator(".rest")).to_be_visible()
        expect(row.locator("td:not([class])").first).to_be_hidden()
        assert page.evaluate("document.documentElement.scrollWidth") <= 360 if script else True
        assert page.locator(".cmp").get_attribute("role") == "table"


@pytest.mark.parametrize("script", [True, False])
def test_on_a_phone_a_long_table_shows_its_first_cities_until_asked(
    browser: Browser, server: str, script: bool
) -> None:
    with opened(browser, server + "compare/eccar/", width=360, script=script) as page:
        rows = page.locator(".cmp tbody tr:visible")
        expect(rows).to_have_count(20)
        page.get_by_label("Show all").check()
        assert rows.count() > 40
    with opened(browser, server + "compare/eccar/", width=1280, script=script) as page:
        assert page.locator(".cmp tbody tr:visible").count() > 40
        expect(page.get_by_label("Show all")).to_be_hidden()


def test_on_a_phone_a_long_table_is_searched_beyond_its_first_cities(browser: Browser, server: str) -> None:
    with opened(browser, server + "compare/eccar/", width=360) as page:
        page.get_by_label("Find a city or country").fill("wroclaw")
        expect(page.locator(".cmp tbody tr:visible")).to_have_count(1)
        expect(page.get_by_label("Show all")).to_be_hidden()


@pytest.mark.parametrize("width", [740, 768, 1000, 1280])
def test_the_boxes_of_five_cities_hold_what_stands_in_them(browser: Browser, server: str, width: int) -> None:
    with opened(browser, server + FIVE, width=width) as page:
        expect(page.locator(".cmp.c5")).to_be_visible()
        held = "thead th > a, .sums > span, td > a b, td > a small"
        over = page.locator(f".cmp.few :is({held})").evaluate_all(
            "all => all.filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.textContent)"
        )
        assert over == []


def test_an_unknown_date_comes_last_in_both_directions(browser: Browser, server: str) -> None:
    with opened(browser, server + "compare/ump/") as page:
        found = page.evaluate(
            """async (cells) => {
                const { arranged, pressed, weigh, UNSORTED } = await import(
                    new URL("../../theme/js/tables/order.js", location.href));
                const lines = cells.map(([name, date], place) => ({ place, weight: weigh([name], date) }));
                const orders = [];
                for (let sort = pressed(UNSORTED, 3), n = 0; n < 3; n += 1, sort = pressed(sort, 3)) {
                    orders.push(arranged(lines, sort, ({ weight }) => weight).map(({ place }) => place));
                }
                return orders;
            }""",
            [["is-no", "2009"], ["is-yes", ""], ["", ""], ["is-yes", "2012"], ["is-yes", "2011-05"]],
        )
    assert found == [[4, 3, 1, 0, 2], [3, 4, 1, 0, 2], [0, 1, 2, 3, 4]]


def test_a_word_finds_rows_in_which_it_begins_a_word(browser: Browser, server: str) -> None:
    with opened(browser, server + "compare/ump/") as page:
        found = page.evaluate(
            """async (rows) => {
                const { differing, matching, weigh } = await import(
                    new URL("../../theme/js/tables/order.js", location.href));
                const all = rows.map(([text, ...states]) => (
                    { text: ` ${text}`, weights: states.map((name) => weigh([name], "")) }));
                const shown = (text, only) => matching(all, text, only).map((row) => row.text.trim());
                const columns = differing([{ place: 0 }, { place: 1 }], all.slice(0, 2));
                return [shown("targ", null), shown("targ", 1), columns];
            }""",
            [
                ["nowy targ", "is-yes", "is-yes"],
                ["targowek", "is-yes", ""],
                ["startarg", "is-no", "is-no"],
            ],
        )
    assert found == [["nowy targ", "targowek"], ["nowy targ"], [{"place": 1}]]
