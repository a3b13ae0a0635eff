"""What a visitor can help with: documents by their claims, copies and coverage, as ``atlas stats`` counts."""

from __future__ import annotations

import pytest
from tests.builders import sample_lens, sample_pages

from atlas.views.pages.instrument import covered
from atlas.views.shared.recheck_page import DOCUMENTS_LISTED, RecheckPage
from atlas.views.shared.statistics import stats

AT = {"en": "contribute/recheck/", "pl": "pl/wspoltworz/sprawdz/"}


def page(lang: str) -> RecheckPage:
    view = sample_pages(lang)[AT[lang]]
    assert isinstance(view, RecheckPage)
    return view


@pytest.mark.parametrize("lang", AT)
def test_the_documents_are_those_of_the_statistics(lang: str) -> None:
    lens = sample_lens(lang)
    found = stats(lens)
    assert [row.link.href for row in page(lang).documents] == [
        lens.href("sources", one.source.id) for one in found.documents[:DOCUMENTS_LISTED]
    ]
    assert [row.url for row in page(lang).documents] == [
        one.source.url for one in found.documents[:DOCUMENTS_LISTED]
    ]
    assert [row.note for row in page(lang).coverage] == [
        covered(lens, lens.atlas.instruments[one.id]) for one in found.coverage
    ]


@pytest.mark.parametrize(
    ("lang", "one", "many"),
    [
        ("en", "This document carries 1 claim.", "This document carries %s claims."),
        ("pl", "Na tym dokumencie opiera się 1 zobowiązanie.", "Na tym dokumencie opiera się %s zobowiązań."),
    ],
)
def test_a_document_says_how_many_claims_it_carries(lang: str, one: str, many: str) -> None:
    counts = [len(each.claims) for each in stats(sample_lens(lang)).documents[:DOCUMENTS_LISTED]]
    told = [row.carries for row in page(lang).documents]
    assert [text for text, count in zip(told, counts, strict=True) if count == 1] == [one] * counts.count(1)
    large = next(count for count in counts if count > 4)
    assert told[counts.index(large)] == many % large


def test_every_claim_is_in_one_number_of_freshness() -> None:
    ages = stats(sample_lens("en")).claims.verified
    numbers = [int(text.split()[0].replace(",", "")) for text in page("en").claims]
    assert sum(numbers) == ages.total
