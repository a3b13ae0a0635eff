"""The page of contradictions: every question once, with its city, country, instrument and all values."""

from __future__ import annotations

import pytest
from tests.builders import action, atlas, charter, city, commitment, contradiction, lens, network

from atlas.changes.comparison.renames import Renames
from atlas.languages.words import Words
from atlas.views.analysis.comparison_table import period
from atlas.views.pages.contradictions import ContradictionsPage, contradictions_page
from atlas.views.pages.source import source_page

ATLAS = atlas(
    city("krakow", "Kraków"),
    city("lund", "Lund", "SE"),
    network("icc", acronym="ICC"),
    charter("cemr"),
    commitment("icc", "krakow", since="2020"),
    commitment("cemr", "lund", "signatory"),
    action("opening", cities=("krakow",), instrument="icc", date="2020"),
    contradiction("commitments/icc:krakow", "since", "2020-12", preferred=True),
    contradiction("commitments/icc:krakow", "since", "2022"),
    contradiction("commitments/cemr:lund", "status", "signatory", preferred=True),
    contradiction("commitments/cemr:lund", "status", "none"),
    contradiction("counts/icc", "members", "140", preferred=True),
    contradiction("counts/icc", "members", "150"),
    contradiction("actions/opening", "date", "2020", preferred=True),
    contradiction("actions/opening", "date", "2021"),
)


def page(lang: str = "en") -> ContradictionsPage:
    return contradictions_page(lens(ATLAS, lang))


def test_every_question_stands_once_under_its_city_country_and_instrument() -> None:
    told = [(one.about.text, one.country, one.instrument_id) for one in page().questions]
    assert told == [
        ("Action opening", "PL", "icc"),
        ("Kraków", "PL", "icc"),
        ("Lund", "SE", "cemr"),
        ("ICC", "", "icc"),
    ]
    assert len({one.anchor for one in page().questions}) == 4


def test_a_question_leads_to_its_claim_and_has_all_values_the_preferred_one_first() -> None:
    krakow = page().questions[1]
    assert krakow.about.href == "cities/krakow/#icc"
    assert krakow.instrument and krakow.instrument.text == "ICC"
    assert [(value.value, value.preferred) for value in krakow.difference.values] == [
        ("December 2020", True),
        ("2022", False),
    ]


@pytest.mark.parametrize(
    ("lang", "lead", "countries"),
    [
        ("en", "Sources disagree on 4 questions.", (("PL", "Poland"), ("SE", "Sweden"))),
        ("pl", "Źródła różnią się w 4 sprawach.", (("PL", "Polska"), ("SE", "Szwecja"))),
    ],
)
def test_the_page_says_how_many_there_are_and_where(
    lang: str, lead: str, countries: tuple[tuple[str, str], ...]
) -> None:
    view = page(lang)
    assert view.lead[0] == lead and view.frame.description == lead
    assert view.countries == countries
    assert dict(view.instruments)["icc"] == "ICC"


WORDED = atlas(
    network("icc", acronym="ICC"),
    city("lund", "Lund", "SE"),
    commitment("icc", "lund"),
    contradiction(
        "counts/icc", "who counts", "cities", preferred=True,
        field_words={"pl": "kogo się liczy"}, value_words={"pl": "miasta"},
    ),
    contradiction("counts/icc", "who counts", "mayors", field_words={"pl": "kogo się liczy"}),
    contradiction("commitments/icc:lund", "since", "../2015", preferred=True),
    contradiction("commitments/icc:lund", "since", "then", value_words={"en": "later", "pl": "później"}),
    contradiction("commitments/icc:lund", "status", "not listed", value_words={"pl": "brak na liście"}),
    contradiction("instruments/icc", "heading", "Kongres", preferred=True, value_words={"pl": "Kongres"}),
)  # fmt: skip


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        (
            "en",
            {
                "Sources give 2 dates": [("by 2015", None), ("later", None)],
                "Sources differ: status": [("not listed", None)],
                "Sources differ: who counts": [("cities", None), ("mayors", None)],
                "Sources differ: heading": [("Kongres", "pl")],
            },
        ),
        (
            "pl",
            {
                "Źródła podają 2 daty": [("najpóźniej w 2015 r.", None), ("później", None)],
                "Źródła się różnią: status": [("brak na liście", None)],
                "Źródła się różnią: kogo się liczy": [("miasta", None), ("mayors", "en")],
                "Źródła się różnią": [("Kongres", None)],
            },
        ),
    ],
)
def test_words_are_those_of_the_page_and_others_are_marked_with_their_language(
    lang: str, told: dict[str, list[tuple[str, str | None]]]
) -> None:
    shown = [one.difference for one in contradictions_page(lens(WORDED, lang)).questions]
    assert {
        one.title: [(value.value.replace("\u00a0", " "), value.lang) for value in one.values] for one in shown
    } == told
    assert [one.what for one in shown if one.what] == (
        [Words(text="heading", lang="en")] if lang == "pl" else []
    )


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", [("who counts: cities", None), ("heading: Kongres", "pl")]),
        ("pl", [("kogo się liczy: miasta", None), ("heading: Kongres", "en")]),
    ],
)
def test_a_source_says_what_it_is_preferred_for_in_the_words_of_the_page(
    lang: str, told: list[tuple[str, str | None]]
) -> None:
    page = source_page(lens(WORDED, lang), "page")
    said = [(one.note, one.lang) for one in page.uses[-1].entries]
    assert [one for one in said if one in told] == told


def test_of_several_periods_the_one_that_is_named_is_in_dispute() -> None:
    of = atlas(
        city("krakow", "Kraków"),
        network("icc", "ICC"),
        commitment("icc", "krakow", "former", since="1992", until="2004"),
        commitment("icc", "krakow", since="2011", period="2011"),
        contradiction("commitments/icc:krakow/2011", "since", "2011", preferred=True),
        contradiction("commitments/icc:krakow/2011", "since", "2012"),
    )
    [question] = contradictions_page(lens(of)).questions
    assert (question.anchor, question.about.text) == ("commitments-icc-krakow-2011", "Kraków")
    assert question.about.href == "cities/krakow/#icc-2011"
    disputed = {one.period: period(lens(of), one).disputed for one in of.commitments}
    assert disputed == {None: False, "2011": True}
    assert (
        Renames({"city": {"krakow": "cracow"}, "instrument": {}}).record("commitments/icc:krakow/2011")
        == "commitments/icc:cracow/2011"
    )


@pytest.mark.parametrize(
    ("lang", "values"),
    [
        ("en", ["after 21 May 2017", "before 2017-02-30"]),
        ("pl", [f"po 21 maja 2017{chr(160)}r.", "przed 2017-02-30"]),
    ],
)
def test_a_day_among_words_reads_as_the_language_of_the_page_writes_it(lang: str, values: list[str]) -> None:
    worded = atlas(
        network("icc"),
        contradiction("instruments/icc", "founded", "after 2017-05-21", value_words={"pl": "po 2017-05-21"}),
        contradiction(
            "instruments/icc", "founded", "before 2017-02-30", value_words={"pl": "przed 2017-02-30"}
        ),
    )
    [only] = contradictions_page(lens(worded, lang)).questions
    assert [one.value for one in only.difference.values] == values
