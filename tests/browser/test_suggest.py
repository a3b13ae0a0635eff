"""The form for suggestions in a real browser, in both languages, under the strict policy."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.barriers import CONTRAST, RULES, barriers
from tests.browser.visit import opened
from tests.conftest import build, served, shared

from atlas.build.read_data import read_atlas
from atlas.cli.main import main
from atlas.dataset.canonical.csv import csv_text
from atlas.model.schema import schema
from atlas.validate.values import excel_problem, value_problem
from atlas.validate.values.dates import date_problem
from atlas.validate.values.personal_data import email_problem, personal_problem
from atlas.validate.values.urls import url_problem

ROOT = Path(__file__).resolve().parents[2]
GOOD = ROOT / "tests" / "data" / "good"
CODE = "https://code.example.org/atlas"
EN, PL = "contribute/suggest/", "pl/wspoltworz/zglos/"
READ = "2024-05-01"


def make_site(output: Path) -> None:
    content = output.with_name(f"{output.name}-content")
    (content / "pages").mkdir(parents=True, exist_ok=True)
    settings = {"ATLAS_DATA": str(GOOD), "ATLAS_CODE_URL": CODE, "ATLAS_EMAIL": "atlas@example.org"}
    settings["ATLAS_URLS_LOCK"] = ""  # it is that of the real data
    build(output, str(content), "-e", *(f"{name}={json.dumps(value)}" for name, value in settings.items()))


@pytest.fixture(scope="module")
def form(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site from the small data set that says where its code is."""
    with served(shared(pytestconfig, tmp_path_factory, "suggest", make_site)) as address:
        yield address


def ready(page: Page) -> None:
    expect(page.locator("form.suggest")).to_be_visible()


def choose(page: Page, field: str, text: str) -> None:
    """Type into a chooser and take the first thing found, by keyboard."""
    box = page.locator(f"#f-{field}")
    box.fill(text)
    expect(page.locator(f"#f-{field}-found [role=option]").first).to_be_visible()
    box.press("ArrowDown")
    box.press("Enter")


def fill(page: Page, **values: str) -> None:
    for name, value in values.items():
        if name == "status":
            page.locator(f"#f-status-{value}").check()
        else:
            page.locator(f"#f-{name}").fill(value)


def submit(page: Page) -> None:
    page.locator("form.suggest button[type=submit]").click()


def rows(page: Page) -> list[tuple[str, str]]:
    """Return what is said over each row that is shown, and the row with its header."""
    expect(page.locator(".outcome")).to_be_visible()
    figures = page.locator(".row-out").all()
    return [(f.locator("figcaption").inner_text(), f.locator("code").text_content() or "") for f in figures]


def cells(text: str) -> dict[str, str]:
    [row] = csv.DictReader(io.StringIO(text))
    return {name: value for name, value in row.items() if value}


def block(body: str) -> dict[str, Any]:
    """Return the one block of an issue that a machine reads."""
    [text] = re.findall(r"^```json\n(.*?)\n```$", body, re.MULTILINE | re.DOTALL)
    found = json.loads(text)
    assert found.pop("atlas") == 1
    return found


def issue(page: Page) -> tuple[str, str]:
    """Return the title and the text of the issue that the page offers to open."""
    address = page.locator("[data-way=issue] a").get_attribute("href") or ""
    assert address.startswith(f"{CODE}/issues/new?")
    query = parse_qs(urlsplit(address).query)
    assert query["labels"] == ["data"]
    return query["title"][0], query["body"][0]


# A new entry


WORDS = {
    EN: (
        "member",
        "Row for tests/data/good/commitments/equality.csv",
        "Łódź in Charter for Equality: signatory",
    ),
    PL: (
        "członek",
        "Wiersz do pliku tests/data/good/commitments/equality.csv",
        "Łódź, Karta Równości: sygnatariusz",
    ),
}


@pytest.mark.parametrize("address", [EN, PL])
def test_a_new_entry_by_keyboard_becomes_a_row_that_the_check_accepts(
    browser: Browser, form: str, address: str, tmp_path: Path
) -> None:
    note = 'Said "yes",\nthey say. =1+1'
    with opened(browser, form + address) as page:
        ready(page)
        choose(page, "city", "LODZ")
        expect(page.locator("#f-city")).to_have_value("Łódź")
        choose(page, "instrument", "equality")
        page.locator("#f-status-signatory").focus()
        page.keyboard.press("Space")
        fill(page, since="2019-03", act="uchwała nr 1, §2", source="https://example.com/list?a=1&b=2")
        fill(page, title="The list, 2024", publisher="City of Łódź", lang="pl", published="2024-04")
        fill(page, verified=READ, verified_by="Anna W.", note=note)
        page.locator("form.suggest button[type=submit]").focus()
        page.keyboard.press("Enter")
        shown = rows(page)
        expect(page.locator("#s-outcome")).to_be_focused()
        title, body = issue(page)
    heads = [says for says, _ in shown]
    assert heads[0] == WORDS[address][1]
    lang = "pl" if address == PL else "en"
    assert cells(shown[0][1]) == {
        "city": "lodz",
        "status": "signatory",
        "since": "2019-03",
        "act": "uchwała nr 1, §2",
        "sources": "lodz-equality-2024",
        "verified": READ,
        "verified_by": "Anna W.",
        f"note_{lang}": note,
    }
    assert cells(shown[1][1]) == {
        "id": "lodz-equality-2024",
        "title": "The list, 2024",
        "publisher": "City of Łódź",
        "url": "https://example.com/list?a=1&b=2",
        "lang": "pl",
        "published": "2024-04",
        "accessed": READ,
    }
    for _, text in shown:
        assert text == csv_text(*csv.reader(io.StringIO(text))).rstrip("\n")
    assert block(body) == {
        "commitment": {"instrument": "equality", **cells(shown[0][1])},
        "source": cells(shown[1][1]),
    }
    assert title == WORDS[address][2]
    assert note.replace("\n", "\n  ") in body

    # What the page shows fits the files as they are, and the issue is taken up: the data has no error.
    assert (
        shown[0][1].partition("\n")[0] == "city,status,since,act,sources,verified,verified_by,note_en,note_pl"
    )
    data = tmp_path / "data"
    shutil.copytree(GOOD, data)
    assert shown[1][1].partition("\n")[0] == (data / "sources.csv").read_text("utf-8").partition("\n")[0]
    (tmp_path / "issue.txt").write_text(body, "utf-8")
    assert main(["accept", str(tmp_path / "issue.txt"), "--data", str(data)]) == 0
    read = read_atlas(data, date(2026, 11, 22))
    [entry] = [one for one in read.commitments_of_city["lodz"] if one.instrument == "equality"]
    assert (str(entry.since), entry.verified_by) == ("2019-03", "Anna W.")
    assert entry.note == {lang: note}
    assert read.sources[entry.sources[0]].publisher == "City of Łódź"


def test_a_missing_column_is_said(browser: Browser, form: str) -> None:
    with opened(browser, f"{form}{EN}?city=lodz&instrument=equality") as page:
        ready(page)
        fill(page, status="signatory", source="https://example.com/a", title="A", verified=READ)
        submit(page)
        expect(page.locator(".remarks li")).to_have_text(["The file gains the columns: verified."])


def test_a_new_city_and_network_get_ids_and_are_said_to_be_new(browser: Browser, form: str) -> None:
    with opened(browser, form + EN) as page:
        ready(page)
        expect(page.locator("#f-country")).to_be_hidden()
        fill(page, city="Ōtsu", instrument="Zażółć Network", status="member")
        fill(page, source="https://example.com/a", title="A", verified=READ)
        expect(page.locator("#f-country")).to_be_visible()
        submit(page)
        expect(page.locator("#e-country")).to_have_text("Fill this in.")
        fill(page, country="Japonia")
        submit(page)
        expect(page.locator("#e-country")).to_contain_text("No country of this name.")
        fill(page, country="Japan")
        submit(page)
        [row, place, _] = rows(page)
        _, body = issue(page)
        assert row[0] == "Row for tests/data/good/commitments/zazolc-network.csv"
        assert cells(row[1])["city"] == "otsu"
        assert place[0] == "Row for tests/data/good/cities.csv, so that the place is known"
        assert cells(place[1]) == block(body)["city"] == {"id": "otsu", "name": "Ōtsu", "country": "JP"}
        assert page.locator(".remarks li").all_inner_texts() == [
            "A new place: Ōtsu, with the id otsu in tests/data/good/cities.csv.",
            "New: Zażółć Network. The row uses the id zazolc-network; "
            "somebody will describe it in a file of its own.",
        ]


def test_roles_are_written_as_codes_and_other_words_stay(browser: Browser, form: str) -> None:
    with opened(browser, f"{form}{EN}?city=lodz&instrument=equality") as page:
        ready(page)
        fill(page, status="signatory", role="founding city; host of 2011;", verified=READ)
        fill(page, source="https://example.com/a", title="A")
        submit(page)
        assert cells(rows(page)[0][1])["role"] == "founding-city;host of 2011"


# What is wrong


def test_mistakes_are_listed_named_at_their_fields_and_mended(browser: Browser, form: str) -> None:
    with opened(browser, form + EN) as page:
        ready(page)
        fill(
            page,
            since="25.09.2024",
            until="03/04/2020",
            decided="2021-02-30",
            source="htp://x",
            verified="2199",
        )
        fill(page, note="Call 48 601 234 567 or write to jan@example.org")
        submit(page)
        summary = page.locator(".errors")
        expect(summary).to_be_focused()
        expect(summary.locator(".head")).to_have_text("9 things to mend")
        assert summary.locator("li").all_inner_texts() == [
            "City: Fill this in.",
            "Network or charter: Fill this in.",
            "Status: Choose a status.",
            "Since: Not a date as the data writes it. Type 2024-09-25.",
            "Decision of the council: There is no such day. Look at the source again.",
            "Until: Day and month may stand either way. "
            "Type 2020-04-03 or 2020-03-04, as the source means it.",
            "Address of the document: Not an address that begins with https:// or http://.",
            "You read it on: This day is still to come.",
            "Note: Private data: jan@example.org. Leave it out; the issue and the data are public.",
        ]
        expect(page.locator(".outcome")).to_be_hidden()
        since = page.locator("#f-since")
        expect(since).to_have_attribute("aria-invalid", "true")
        assert "e-since" in (since.get_attribute("aria-describedby") or "")
        expect(page.locator("#e-since")).to_have_text("Not a date as the data writes it. Type 2024-09-25.")
        summary.get_by_role("link", name="Since:").press("Enter")
        expect(since).to_be_focused()
        fill(page, since="2024-09-25")
        submit(page)
        expect(summary.locator(".head")).to_have_text("8 things to mend")
        expect(page.locator("#e-since")).to_be_hidden()
        assert since.get_attribute("aria-invalid") is None


def test_mistakes_are_said_in_polish(browser: Browser, form: str) -> None:
    with opened(browser, f"{form}{PL}?city=krakow&instrument=rights-commission") as page:
        ready(page)
        fill(page, status="none", since="2020", verified="wczoraj")
        submit(page)
        assert page.locator(".errors li").all_inner_texts() == [
            "Od kiedy: Miasto bez zobowiązania nie ma tu daty. Zostaw pole puste albo wybierz inny status.",
            "Adres dokumentu: Podaj adres dokumentu albo jego tytuł, jeśli istnieje tylko na papierze.",
            "Data przeczytania: To nie jest data. "
            "Wpisz 2022, 2022-09 lub 2022-09-25, tak dokładnie, jak mówi źródło, "
            "albo ../2022, czyli 2022 lub wcześniej.",
        ]
        expect(page.locator(".errors .head")).to_have_text("3 rzeczy do poprawienia")


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"status": "former", "since": "2020", "until": "2019-12"}, "Before “Since” (2020)."),
        ({"status": "member", "until": "2019"}, "Choose “former”"),
        ({"status": "former", "since": "2019", "until": "2199"}, "The end is still to come."),
        ({"status": "member", "since": "0999"}, "A year before 1000."),
    ],
)
def test_statuses_and_dates_must_agree(
    browser: Browser, form: str, values: dict[str, str], says: str
) -> None:
    with opened(browser, f"{form}{EN}?city=turku&instrument=rights-commission") as page:
        ready(page)
        fill(page, source="https://example.com/a", title="A", verified=READ, **values)
        submit(page)
        expect(page.locator(".errors li")).to_have_count(1)
        expect(page.locator(".errors li")).to_contain_text(says)


DATES = [
    "2022", "2022-09", "2022-09-25", "2015~", "2015?", "2015%", "2024-02-29", "2000-02-29", "1000",
    "9999-12-31", "2022-13", "2020-02-31", "1900-02-29", "31.02.2020", "2020-W01-1", "01/02/2020",
    "02/02/2020", "25.09.2024", "2022/09", "2022.9.5", "0000", "0999", "22", "2022-9-5", "2022-00",
    "../2018", "../2018-03-03~", "../0999", "../2018-13", "2018/..", "by 2018",
    "2022-09-00", "2022-09-25~~", " 2022", "2019/2020", "wrzesień", "٢٠٢٢", "2022\n",
]  # fmt: skip
ADDRESSES = [
    "https://www.krakow.pl", "http://example.com/a?b=c#d", "https://example.com:8080/ą",
    "HTTPS://EXAMPLE.COM", "javascript:alert(1)", "data:text/html,x", "//evil.example.com",
    "https://user:pw@example.com/", "http://localhost/", "http://127.0.0.1/", "http://10.0.0.1/",
    "https://intranet", "https://a.local/x", "https://example.com/a b", "ftp://example.com",
    "https://example.com/<b>", "https://", "https://example.com/jan@example.org",
    "https://example.com/jan%40example.org", "https://medium.com/@atlas/post", "http://2130706433/",
    "https://[::1]/", "https://example.com/" + "a" * 2000,
]  # fmt: skip
TEXTS = [
    "uchwała nr XVI/171/11", "jan@example.org", "tel. 12 616 12 34", "+48 601 234 567", "601-234-567",
    "44051401359", "44051401358", "population 804237", "https://example.com/44051401359", "2022-09-25",
    "Zarządzenie 1234567/2020", "", "jan (at) example.org", "jan [małpa] example (kropka) org",
    "Łukasz AT example DOT org", "ul. Świętokrzyska 5/7", "ul. Świętokrzyska 5", "44 05 14 01359",
    "44051499359", "44934401359", "Meeting at noon. Look there", "Kto? Ty", "Krak?w", "???",
    "jan%40example.org", "12 345 67 89", "?ód?", "(?ódź",
    "Dlaczego?", "KrakÃ³w", "KrakĂłw", "Ã la carte", "#REF!", "44197", "sty-20", "1,2E+05",
    "2024-05-01 00:00:00", "####", "\u00ad\u200d", "https://example.com/a?b=c", "§ 2a",
]  # fmt: skip
NAMES = [
    "Łódź",
    "Ōtsu",
    "大津",
    "?ód?",
    "Łód?",
    "Zgierz?",
    "£ódŸ",
    "¶l¹sk",
    "n/a",
    "--",
    "2022",
    "KrakÃ³w",
    "Æbeltoft",
]


def test_the_page_and_the_check_agree(browser: Browser, form: str) -> None:
    with opened(browser, form + EN) as page:
        ready(page)
        found: dict[str, list[bool]] = page.evaluate(
            """async ({ dates, addresses, texts, names }) => {
                const { Rules } = await import(new URL("../../theme/js/suggest/rules.js", location.href));
                const said = await (await fetch("rules.json")).json();
                const rules = new Rules(said, "2026-11-22");
                return {
                    dates: dates.map((text) => rules.dateProblem(text) === null),
                    addresses: addresses.map((text) => rules.urlProblem(text) === null),
                    private: texts.map((text) => rules.privateData(text) === null),
                    texts: texts.map((text) => rules.textProblem(text, "title") === null),
                    names: names.map((text) => rules.nameProblem(text) === null),
                };
            }""",
            {"dates": DATES, "addresses": ADDRESSES, "texts": TEXTS, "names": NAMES},
        )
    assert dict(zip(DATES, found["dates"], strict=True)) == {d: date_problem(d) is None for d in DATES}
    expected = {a: (url_problem(a) or email_problem(a)) is None for a in ADDRESSES}
    assert dict(zip(ADDRESSES, found["addresses"], strict=True)) == expected
    assert dict(zip(TEXTS, found["private"], strict=True)) == {t: personal_problem(t) is None for t in TEXTS}
    for which, texts, record, column in (
        ("texts", TEXTS, "source", "title"),
        ("names", NAMES, "city", "name"),
    ):
        one = schema()[record].by_name[column]
        expected = {t: not t or (excel_problem(t) or value_problem(t, one)) is None for t in texts}
        assert dict(zip(texts, found[which], strict=True)) == expected


# What is recorded already, and corrections


def test_what_is_recorded_already_is_shown_and_can_be_corrected(browser: Browser, form: str) -> None:
    with opened(browser, form + EN) as page:
        ready(page)
        choose(page, "city", "krakow")
        choose(page, "instrument", "wel")
        recorded = page.locator(".recorded")
        expect(recorded.locator("li")).to_have_count(2)
        expect(recorded).to_contain_text("from 9 November 1992 until 2004.")
        assert recorded.locator("[data-see]").last.get_attribute("href").endswith("cities/krakow/#welcome")
        fill(page, status="member", since="2003", source="https://example.com/a", title="A", verified=READ)
        submit(page)
        expect(page.locator("#e-since")).to_contain_text("This overlaps a period that is recorded already.")
        recorded.get_by_role("button", name="Correct this entry").first.click()
        expect(page.locator("#s-form")).to_have_text("Correction of the entry: Kraków, WEL")
        expect(page.locator("#f-since")).to_have_value("2011-10")
        expect(recorded.locator("li")).to_have_count(1)


@pytest.mark.parametrize("address", [EN, PL])
def test_a_correction_opens_filled_in_and_keeps_the_rest_of_its_row(
    browser: Browser, form: str, address: str
) -> None:
    city = "pl/miasta/gdansk/" if address == PL else "cities/gdansk/"
    with opened(browser, form + city) as page:
        entry = page.locator("#welcome")
        entry.locator("details.more > summary").click()
        links = entry.locator(".pop a[rel]")
        file = "main/tests/data/good/commitments/welcome.csv"
        assert links.first.get_attribute("href") == f"{CODE}/edit/{file}#L2"
        assert links.nth(1).get_attribute("href") == f"{CODE}/commits/{file}"
        entry.locator('.pop a[href*="city="]').click()
        ready(page)
        assert page.url == f"{form}{address}?city=gdansk&instrument=welcome"
        expect(page.locator("#f-since")).to_have_value("2016-06")
        expect(page.locator("#f-status-member")).to_be_checked()
        fill(page, since="2016-07-01", verified=READ)
        submit(page)
        [(says, text)] = rows(page)
        title, body = issue(page)
        remarks = page.locator(".remarks li").all_inner_texts()
    change = block(body)
    assert change["commitment"] == {"instrument": "welcome", **cells(text)}
    assert change["before"] == cells(text) | {"since": "2016-06", "verified": "2026-01-15"}
    assert (
        remarks
        == {
            EN: ["Since: 2016-06, now 2016-07-01", f"You read it on: 2026-01-15, now {READ}"],
            PL: ["Od kiedy: 2016-06, teraz 2016-07-01", f"Data przeczytania: 2026-01-15, teraz {READ}"],
        }[address]
    )
    assert cells(text) == {
        "city": "gdansk",
        "status": "member",
        "decided": "2016",
        "since": "2016-07-01",
        "role": "founding-city;chair",
        "sources": "network-members;network-report",
        "verified": READ,
        "note_en": "Founded it, the report says",
        "note_pl": "Współzakładało, jak podaje sprawozdanie",
    }
    file = "tests/data/good/commitments/welcome.csv"
    if address == EN:
        assert (says, title) == (f"Row that replaces the one in {file}", "Correction: Gdańsk in WEL")
    else:
        assert (says, title) == (
            f"Wiersz, który zastąpi dotychczasowy w pliku {file}",
            "Poprawka: Gdańsk, WEL",
        )


def test_an_older_period_has_a_word_of_its_own(browser: Browser, form: str) -> None:
    with opened(browser, form + EN) as page:
        ready(page)
        choose(page, "city", "gda")
        choose(page, "instrument", "wel")
        fill(page, status="former", since="2008", until="2010", verified=READ)
        fill(page, source="https://example.com/a", title="A")
        submit(page)
        text = rows(page)[0][1]
    assert cells(text)["period"] == "2008"


def test_a_further_period_is_corrected_by_its_own_date(browser: Browser, form: str) -> None:
    with opened(browser, f"{form}{EN}?city=krakow&instrument=welcome&period=2011-10") as page:
        ready(page)
        expect(page.locator("#f-since")).to_have_value("2011-10")
        expect(page.locator("#f-role")).to_have_value(
            "on the Steering Committee 2025–2029; took part <i>from the start</i>"
        )
        assert (
            page.locator(".langs a")
            .get_attribute("href")
            .endswith("?city=krakow&instrument=welcome&period=2011-10")
        )


@pytest.mark.parametrize(
    ("record", "name"),
    [
        ("sources/press", None),
        ("actions/krakow-resolution-2011", "Kraków's council resolves to join"),
        ("cities/krakow", "Kraków"),
        ("instruments/equality", "Charter for Equality"),
    ],
)
def test_a_record_that_is_no_claim_is_corrected_in_words(
    browser: Browser, form: str, record: str, name: str | None
) -> None:
    with opened(browser, f"{form}{EN}?record={record}") as page:
        ready(page)
        expect(page.locator("#s-form")).to_contain_text(f"Correction of the record: {name or ''}".strip())
        expect(page.locator("#f-city")).to_be_hidden()
        submit(page)
        expect(page.locator(".errors li")).to_have_text(
            ["What is wrong, and what would be right: Fill this in."]
        )
        fill(page, wrong="The title; it reads ```x```.", verified=READ)
        submit(page)
        expect(page.locator(".outcome")).to_be_visible()
        title, body = issue(page)
    assert title == f"Correction: {record}"
    assert "- What is wrong, and what would be right: The title; it reads ```x```." in body
    found = json.loads(body.partition("````json\n")[2].partition("\n````")[0])
    assert found == {"atlas": 1, "record": record, "wrong": "The title; it reads ```x```."}


STRANGE = [
    "?city=nowhere",
    "?record=sources/constructor",
    "?record=constructor/x",
    "?city=<img src=x onerror=alert(1)>",
]


@pytest.mark.parametrize("query", STRANGE)
def test_an_address_that_asks_for_what_nobody_knows_says_so(browser: Browser, form: str, query: str) -> None:
    with opened(browser, form + EN + query) as page:
        ready(page)
        asked = query.partition("=")[2]
        expect(page.locator("[data-unknown]")).to_have_text(
            f"Left out of this address, because the atlas does not know it: {asked}"
        )
        expect(page.locator("#f-city")).to_have_value("")
        assert page.locator(".langs a").get_attribute("href").endswith("pl/wspoltworz/zglos/")


def test_text_of_the_data_and_of_the_reader_stays_text(browser: Browser, form: str) -> None:
    attack = "<img src=x onerror=\"document.title='hit'\">${document.title=1}{{7*7}}"
    with opened(browser, f"{form}{EN}?city=markup&instrument=rights-commission") as page:
        ready(page)
        expect(page.locator("#f-city")).to_have_value('<b>Tag</b> & "Quote\'s"')
        fill(page, status="member", act=attack, source="https://example.com/a", title=attack, verified=READ)
        submit(page)
        shown = rows(page)
        assert cells(shown[0][1])["act"] == cells(shown[1][1])["title"] == attack
        assert page.locator(".outcome img, .suggest img").count() == 0
        assert "hit" not in page.title()


# Sending


def test_everything_can_be_copied_or_sent_by_e_mail(browser: Browser, form: str) -> None:
    permissions = ["clipboard-read", "clipboard-write"]
    with opened(browser, f"{form}{EN}?city=lodz&instrument=equality", permissions=permissions) as page:
        ready(page)
        fill(page, status="signatory", source="https://example.com/a", title="A", verified=READ)
        submit(page)
        [_, (_, source)] = rows(page)
        page.get_by_role("button", name="Copy everything").click()
        expect(page.locator('[data-said="copy"]')).to_have_text("Copied.")
        copied = page.evaluate("navigator.clipboard.readText()")
        mail = page.locator("[data-way=email] a").get_attribute("href") or ""
    title, body = issue_of(copied)
    assert title == "Łódź in Charter for Equality: signatory"
    assert block(body)["source"] == cells(source)
    assert mail.startswith("mailto:atlas@example.org?subject=")
    assert parse_qs(urlsplit(mail).query)["body"] == [body]


def issue_of(copied: str) -> tuple[str, str]:
    title, _, body = copied.partition("\n\n")
    return title, body.rstrip("\n")


def test_what_is_too_long_for_an_address_is_pasted(browser: Browser, form: str) -> None:
    with opened(browser, f"{form}{EN}?city=lodz&instrument=equality") as page:
        ready(page)
        fill(
            page,
            status="signatory",
            source="https://example.com/a",
            title="A",
            verified=READ,
            note="ż" * 4000,
        )
        submit(page)
        rows(page)
        assert issue(page)[1] == "(Too long for an address: please paste here what you copied from the page.)"


def test_a_change_after_the_check_takes_the_row_away(browser: Browser, form: str) -> None:
    with opened(browser, f"{form}{EN}?city=lodz&instrument=equality") as page:
        ready(page)
        fill(page, status="signatory", source="https://example.com/a", title="A", verified=READ)
        submit(page)
        expect(page.locator(".outcome")).to_be_visible()
        fill(page, since="2019")
        expect(page.locator(".outcome")).to_be_hidden()


def test_a_document_that_the_atlas_knows_is_not_entered_twice(browser: Browser, form: str) -> None:
    with (GOOD / "sources.csv").open(encoding="utf-8", newline="") as lines:
        known = next(row for row in csv.DictReader(lines) if row["url"])
    with opened(browser, f"{form}{EN}?city=turku&instrument=equality") as page:
        ready(page)
        fill(
            page,
            status="signatory",
            source=known["url"].replace("https://", "http://www.") + "/",
            verified=READ,
        )
        page.locator("#f-verified").focus()
        expect(page.locator('[data-said="source"]')).to_have_text(
            f"The atlas knows this document: {known['title']}"
        )
        expect(page.locator("#f-title")).to_be_hidden()
        submit(page)
        [(_, text)] = rows(page)
    assert cells(text)["sources"] == known["id"]


# Without a script, and for everybody


@pytest.mark.parametrize("address", [EN, PL])
def test_without_a_script_there_are_other_ways(browser: Browser, form: str, address: str) -> None:
    with opened(browser, form + address, script=False) as page:
        expect(page.locator("form.suggest")).to_be_hidden()
        section = page.locator("section[aria-labelledby=s-without]")
        links = [link.get_attribute("href") for link in section.locator("a").all()]
        assert links == [f"{CODE}/issues/new/choose", f"{CODE}/tree/main/tests/data/good/commitments"]
        expect(section).to_contain_text("atlas@example.org")
        expect(section.locator(".scriptless")).to_be_visible()


@pytest.mark.parametrize(
    ("width", "scheme"),
    [(360, "light"), (1280, "light"), (1280, "dark"), pytest.param(360, "dark", marks=pytest.mark.proof)],
)
def test_the_form_has_no_serious_barrier(browser: Browser, form: str, width: int, scheme: str) -> None:
    asked = f"{form}{PL}?city=krakow&instrument=welcome&period=2011-10"
    rules = CONTRAST if scheme == "dark" else RULES
    with opened(browser, asked, width=width, color_scheme=scheme) as page:
        ready(page)
        empty = barriers(page, rules, serious=True)
        fill(page, since="kiedyś")
        submit(page)
        refused = barriers(page, rules, serious=True)
        fill(page, since="2011-10", verified=READ)
        submit(page)
        rows(page)
        accepted = barriers(page, rules, serious=True)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert (empty, refused, accepted) == ({}, {}, {})


# The address of a claim


@pytest.mark.parametrize(
    ("address", "says"), [("cities/krakow/", "Link copied: "), ("pl/miasta/krakow/", "Skopiowano odnośnik: ")]
)
def test_the_sign_beside_a_claim_copies_its_address_and_leads_there(
    browser: Browser, form: str, address: str, says: str
) -> None:
    with opened(browser, form + address, permissions=["clipboard-read", "clipboard-write"]) as page:
        anchor = page.locator("#welcome a.anchor")
        expect(anchor).to_have_attribute(
            "title", "Copy the link to this claim" if says[0] == "L" else "Skopiuj odnośnik do tego wpisu"
        )
        page.locator("#welcome details.more > summary").click()
        anchor.focus()
        page.keyboard.press("Enter")
        expect(page.locator(".copied")).to_have_text(f"{says}{form}{address}#welcome")
        assert page.evaluate("navigator.clipboard.readText()") == page.url == f"{form}{address}#welcome"
        expect(page.locator("#welcome .copyable code")).to_have_text("krakow/welcome")


def test_without_a_script_the_sign_is_a_link(browser: Browser, form: str) -> None:
    with opened(browser, form + "cities/krakow/", script=False) as page:
        page.locator("#welcome details.more > summary").click()
        page.locator("#welcome a.anchor").click()
        assert page.url == f"{form}cities/krakow/#welcome"
        expect(page.locator('#welcome .pop a[href*="city="]')).to_be_visible()
