"""How long ago somebody looked stands on every page, and that a page is gone but its copy is here."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from tests.builders import atlas, charter, city, commitment, lens, source, when

from atlas.model.records import Atlas
from atlas.views import evidence
from atlas.views.freshness import is_stale
from atlas.views.pages.city import city_page
from atlas.views.pages.source import source_page

AS_OF = date(2026, 11, 22)


def of(*records: Any) -> Atlas:
    return atlas(city("krakow", "Kraków"), charter("pact"), charter("other"), *records)


def claim(instrument: str = "pact", **fields: Any) -> Any:
    return commitment(instrument, "krakow", fields.pop("status", "signatory"), **fields)


def checked(one: Any, code: str = "en", *more: Any) -> str:
    return evidence.checked(lens(of(one, *more), code, AS_OF), one).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("looked", "stale"),
    [
        ("2024-11-22", False),
        ("2024-11-21", True),
        ("2024-11", False),
        ("2024-10", True),
        ("2024", False),
        ("2023", True),
    ],
)
def test_a_look_is_stale_only_where_it_certainly_is(looked: str, stale: bool) -> None:
    found = when(looked)
    assert found is not None
    assert is_stale(found, AS_OF) is stale


def test_a_claim_says_when_somebody_last_looked_and_that_it_is_long_ago() -> None:
    assert checked(claim(verified="2026-05-03")) == "Last verified on 3 May 2026."
    assert checked(claim(verified="2024-05-03")) == (
        "Last verified on 3 May 2024. That is more than 24 months ago."
    )
    assert checked(claim(verified="2024-05-03"), "pl") == (
        "Ostatnio sprawdzono 3 maja 2024 r. To ponad 24 miesiące temu."
    )


def test_sources_that_were_read_long_ago_say_so_too() -> None:
    old = source("old", accessed="2023-01-02")
    assert checked(claim(sources=("old",)), "en", old) == (
        "Sources read on 2 January 2023; not verified again since. That is more than 24 months ago."
    )


@pytest.mark.parametrize("status", ["former", "declined"])
def test_what_is_over_does_not_age(status: str) -> None:
    assert checked(claim(status=status, verified="2020-05-03")) == "Last verified on 3 May 2020."


@pytest.mark.parametrize(
    ("claims", "told"),
    [
        ([claim(), claim("other")], "Nobody has checked again since."),
        (
            [claim(verified="2026-05-03"), claim("other")],
            "1 commitment of 2 has been checked again, the last one on 3 May 2026.",
        ),
        (
            [claim(verified="2023"), claim("other", verified="2023")],
            "2 commitments of 2 have been checked again, the last one in 2023. "
            "That is more than 24 months ago.",
        ),
    ],
)
def test_a_city_says_how_much_of_it_was_verified_again(claims: list[Any], told: str) -> None:
    page = city_page(lens(of(*claims), as_of=AS_OF), "krakow")
    assert page.read.replace("\u00a0", " ").endswith(told)


GONE = source(
    "gone",
    url="https://example.org/lost",
    archived="https://web.archive.org/web/2024/https://example.org/lost",
    accessed="2023-01-02",
)


def gone(**fields: Any) -> Any:
    return replace(GONE, gone=when("2026-04-01"), **fields)


def test_a_page_that_is_gone_is_read_in_its_copy() -> None:
    page = source_page(lens(of(gone(), claim(sources=("gone",))), as_of=AS_OF), "gone")
    assert page.lead == (
        "1 record rests on this document.",
        "The page was found to be gone on 1 April 2026; its archived copy is here.",
    )
    assert (page.url, page.archived) == (None, GONE.archived)
    told = {fact.label: fact.value.text for fact in page.facts if fact.value}
    assert told["Page gone"] == "1 April 2026"
    assert told["Read"] == "2 January 2023"
    assert told["Address"] == "https://example.org/lost"


def test_without_a_copy_the_page_says_that_too() -> None:
    page = source_page(lens(of(gone(archived=None)), "pl", AS_OF), "gone")
    assert page.lead[1].replace("\u00a0", " ") == (
        "Brak strony stwierdzono 1 kwietnia 2026 r., a jej archiwalna kopia nie jest znana."
    )


def test_a_claim_marks_a_source_that_is_gone() -> None:
    one = claim(sources=("gone",))
    (ref,) = evidence.claim(lens(of(gone(), one), as_of=AS_OF), one, on_city=True).sources
    assert ref.gone == "page gone: 1 April 2026"


def test_a_source_that_is_still_there_says_when_it_was_read() -> None:
    page = source_page(lens(of(GONE), as_of=AS_OF), "gone")
    told = {fact.label: fact.value.text for fact in page.facts if fact.value}
    assert told["Read"] == "2 January 2023. That is more than 24 months ago."
    assert page.url == "https://example.org/lost"


@pytest.mark.parametrize(("code", "said"), [("en", ("pl", "Polish")), ("pl", (None, ""))])
def test_a_source_says_its_language_where_it_is_not_that_of_the_page(
    code: str, said: tuple[str | None, str]
) -> None:
    [ref] = evidence.sources(lens(atlas(source("report", lang="pl")), code), ("report",))
    assert (ref.lang, ref.language) == said
