"""The form for suggestions: its page and the rules that its script goes by."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from tests.builders import (
    ROOT,
    action,
    atlas,
    charter,
    city,
    commitment,
    language,
    lens,
    lenses,
    network,
    sample_lens,
    source,
)

from atlas.languages.script_words import script_words
from atlas.model.dates import parse_date
from atlas.model.records import Atlas
from atlas.model.schema import schema
from atlas.opendata import form_rules as rules
from atlas.opendata.api import documents
from atlas.views.code_host import CodeHost
from atlas.views.lens import Lens
from atlas.views.pages.suggest import suggest_page


def small() -> Atlas:
    return atlas(
        city("krakow", "Kraków", names={"en": "Kraków", "pl": "Kraków"}),
        network(
            "wel", acronym="WEL", names={"en": "Welcome", "pl": "Gościnność"}, columns=("city", "status")
        ),
        charter("equal", "Charter for Equality"),
        commitment("wel", "krakow", since="2011", note={"en": "Note.", "pl": "Uwaga."}),
        source("report", "A report", url="https://example.org/report"),
        action("team", title={"en": "A team", "pl": "Zespół"}),
    )


def with_host(host: CodeHost, code: str = "en") -> Lens:
    see = lens(small(), code)
    return Lens(atlas=see.atlas, lang=see.lang, addresses=see.addresses, as_of=see.as_of, host=host)


def rules_of(code: str) -> dict[str, Any]:
    every = lenses(small())
    path, text = rules.rules_file(lens(small(), code), every)
    assert path == {"en": "contribute/suggest/rules.json", "pl": "pl/wspoltworz/zglos/rules.json"}[code]
    content: dict[str, Any] = json.loads(text)
    return content


def test_the_page_stands_at_its_address_in_both_languages() -> None:
    frames = [suggest_page(lens(small(), code), contribute=True).frame for code in ("en", "pl")]
    assert [frame.path for frame in frames] == ["contribute/suggest/", "pl/wspoltworz/zglos/"]
    assert [frame.title for frame in frames] == [
        "Suggest an entry or a correction",
        "Zgłoś wpis lub poprawkę",
    ]
    assert [crumb.href for crumb in frames[1].crumbs] == ["pl/wspoltworz/"]
    assert suggest_page(lens(small()), contribute=False).frame.crumbs == ()


def test_without_a_host_and_an_address_only_copying_is_offered() -> None:
    page = suggest_page(lens(small()), contribute=False)
    assert (page.issue, page.email, page.issues, page.folder) == ("", "", None, None)


def test_the_host_of_the_code_is_known_by_its_templates() -> None:
    host = CodeHost(
        code="https://code.example.org/atlas",
        issue="{code}/issues/new?title={title}&body={body}",
        issues="{code}/issues/new/choose",
        file="{code}/tree/{branch}/{path}",
        email="atlas@example.org",
    )
    page = suggest_page(with_host(host), contribute=False)
    assert page.issue == "https://code.example.org/atlas/issues/new?title={title}&body={body}"
    assert page.issues == "https://code.example.org/atlas/issues/new/choose"
    assert page.folder == "https://code.example.org/atlas/tree/main/data/commitments"
    assert page.email == "atlas@example.org"


def test_a_way_of_its_own_needs_no_host_of_code() -> None:
    page = suggest_page(
        with_host(CodeHost(issue="https://desk.example.org/new?text={body}")), contribute=False
    )
    assert page.issue == "https://desk.example.org/new?text={body}"


def test_the_columns_are_those_of_the_schema() -> None:
    said = rules_of("en")
    records = schema(("en", "pl"))
    assert said["columns"] == [one.name for one in records["commitment"].fields]
    assert said["source_columns"] == [one.name for one in records["source"].fields]
    assert said["city_columns"] == [one.name for one in records["city"].fields]
    as_they_stand = lens(replace(small(), columns={"sources": ("id", "url", "title")}))
    content = json.loads(rules.rules_file(as_they_stand, (as_they_stand,))[1])
    assert content["file_columns"] == {"sources": ["id", "url", "title"]}
    assert said["files"]["commitment"] == "commitments/{instrument}.csv"


def test_the_codes_are_those_of_the_vocabulary() -> None:
    statuses = lens(small()).atlas.vocabulary.statuses
    assert list(rules_of("en")["statuses"]) == list(statuses)
    assert [option.id for option in suggest_page(lens(small()), contribute=False).statuses] == list(statuses)
    assert set(rules_of("en")["current"]) < set(statuses)


@pytest.mark.parametrize("text", ["2022", "2022-09", "2022-09-25", "2015~", "2015?", "2015%"])
def test_the_pattern_of_dates_takes_what_the_data_takes(text: str) -> None:
    assert parse_date(text)
    assert re.fullmatch(rules_of("en")["patterns"]["date"], text)


def test_instruments_are_known_by_all_their_names_and_by_their_columns() -> None:
    equal, welcome = rules_of("en")["instruments"]
    assert welcome == {
        "id": "wel",
        "family": "network",
        "name": "Welcome",
        "names": ["WEL", "Welcome", "Gościnność"],
        "href": "networks/wel/",
        "columns": ["city", "status"],
    }
    assert "columns" not in equal


def test_each_language_has_its_own_words_and_the_same_keys() -> None:
    english, polish = rules_of("en")["words"], rules_of("pl")["words"]
    assert english.keys() == polish.keys()
    assert english["choose_status"] == "Choose a status."
    assert polish["choose_status"] == "Wybierz status."
    assert polish["errors"] == {
        "many": "%(num)s rzeczy do poprawienia",
        "one": "%(num)s rzecz do poprawienia",
        "few": "%(num)s rzeczy do poprawienia",
    }


def test_every_word_is_said_and_every_word_said_is_there() -> None:
    scripts = "".join(script.read_text() for script in (ROOT / "theme/static/js/suggest").glob("*.js"))
    known = set(script_words(language("en"), "suggest"))
    assert {key for key in known - {"fields"} if f'"{key}"' not in scripts} == set()
    assert set(re.findall(r'(?:say|problem|count)\("(\w+)"', scripts)) <= known


def test_records_that_are_no_commitments_are_known_by_id() -> None:
    path, text = rules.records_file(lens(small()))
    assert path == "contribute/suggest/records.json"
    assert json.loads(text) == {
        "sources": {"page": ["A page"], "report": ["A report", "https://example.org/report"]},
        "actions": {"team": ["A team"]},
    }


def test_the_files_are_small() -> None:
    see = sample_lens("en")
    assert len(rules.rules_file(see, (see,))[1]) < 40_000
    assert len(rules.records_file(see)[1]) < 80_000


def test_a_citys_file_has_what_a_correction_keeps() -> None:
    every = lenses(small())
    [entry] = documents.city(every, "krakow")["commitments"]
    assert entry["id"] == "krakow/wel"
    assert entry["note"] == {"en": "Note.", "pl": "Uwaga."}


def test_a_refusal_that_an_action_records_has_no_row_to_correct() -> None:
    refused = atlas(
        city("krakow"),
        network("wel"),
        action("no", cities=("krakow",), instrument="wel", status="refused", date="2020"),
    )
    every = lenses(refused)
    [entry] = documents.city(every, "krakow")["commitments"]
    assert (entry["id"], entry["action"]) == (None, "no")
