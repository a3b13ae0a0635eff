"""The JSON Schemas say what the checks say, as far as one record can say it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML
from ruamel.yaml.constructor import SafeConstructor

from atlas.dataset.assembly.assemble import assemble
from atlas.dataset.reading.load import load
from atlas.model.dates import parse_date, parse_duration
from atlas.model.records import Vocabulary
from atlas.model.schema import DEFAULT_LANGUAGES, Field, Record, schema
from atlas.validate import patterns
from atlas.validate.json_schema import allowed, schema_files
from atlas.validate.values import value_problem

ROOT = Path(__file__).resolve().parents[2]
GOOD, SAMPLE = ROOT / "tests/data/good", ROOT / "tests/data/sample"
RECORDS = schema()


class Core(SafeConstructor):
    """YAML as editors read it, by the core schema of YAML 1.2: a date is text."""


Core.add_constructor("tag:yaml.org,2002:timestamp", Core.construct_yaml_str)


def core_yaml(text: str) -> Any:
    reader = YAML(typ="safe", pure=True)
    reader.Constructor = Core
    return reader.load(text)


def vocabulary(data: Path) -> Vocabulary:
    return assemble(load(data)).vocabulary


VOCABULARY = vocabulary(GOOD)


def schemas_of(languages: tuple[str, ...], codes: Vocabulary, base: str = "") -> dict[str, Any]:
    return {path: json.loads(text) for path, text in schema_files(languages, codes, base)}


SCHEMAS = schemas_of(DEFAULT_LANGUAGES, VOCABULARY)
FILES = ("network", "charter", "action", "vocabulary")


def validator(name: str, schemas: dict[str, Any] = SCHEMAS) -> Draft202012Validator:
    return Draft202012Validator(schemas[f"schema/{name}.json"])


def faults(name: str, instance: Any, schemas: dict[str, Any] = SCHEMAS) -> list[str]:
    """Return where an instance is wrong, and the keyword that says so."""
    found = validator(name, schemas).iter_errors(instance)
    return sorted(f"{'/'.join(map(str, one.path))}: {one.validator}" for one in found)


def accepts(type_: str, text: str) -> bool:
    """Tell whether the values or the pattern of a type allow a text."""
    values = allowed(field(type_), VOCABULARY)
    return text in values if values else re.fullmatch(patterns.BY_TYPE[type_], text) is not None  # type: ignore[index]


# Every real and every good file


def record_of(path: Path) -> Record:
    folders = {"networks": "network", "charters": "charter", "actions": "action"}
    return RECORDS[folders.get(path.parent.name, "vocabulary")]


@pytest.mark.parametrize("data", [SAMPLE, GOOD], ids=["sample", "good"])
def test_every_file_of_valid_data_is_valid_in_an_editor(data: Path) -> None:
    schemas = schemas_of(DEFAULT_LANGUAGES, vocabulary(data))
    files = {path: record_of(path).name for path in sorted(data.rglob("*.yaml"))}
    wrong = [
        f"{path.name}: {one}"
        for path, name in files.items()
        for one in faults(name, core_yaml(path.read_text("utf-8")), schemas)
    ]
    assert wrong == []
    assert set(files.values()) == set(FILES)


@pytest.mark.parametrize("name", FILES)
def test_every_schema_is_one(name: str) -> None:
    body = SCHEMAS[f"schema/{name}.json"]
    Draft202012Validator.check_schema(body)
    assert body["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert body["additionalProperties"] is False
    assert body["$id"] == f"{name}.json"


def test_ids_are_addresses_where_the_address_of_the_site_is_known() -> None:
    published = schemas_of(DEFAULT_LANGUAGES, VOCABULARY, "https://example.org/atlas")
    ids = {body["$id"] for body in published.values()}
    assert ids == {f"https://example.org/atlas/schema/{name}.json" for name in FILES}


# One table of values for the checks and the schemas

VALUES = {
    "id": (
        ("krakow", "a", "bielsko-biala", "a1", "x" * 64),
        ("Krakow", "kra kow", "-a", "a-", "a--b", "łódź", "../a", "con", "x" * 65, "krakow\n", "a_b", "nul"),
    ),
    "date": (
        (
            "2022", "2022-09", "2022-09-25", "2015~", "2015?", "2015%", "2020-02-29", "2000-02-29", "1000-01",
            "../2018", "../2018-03", "../2018-03-03~", "../2020-02-29",
        ),
        (
            "2022-13", "2022-00", "2020-02-31", "2021-02-29", "1900-02-29", "31.02.2020", "2020-W01-1", "999",
            "01/02/2020", "0999", "20220925", "2022-9", "2022-09-25T10:00", "2022 ", "wrz 2022", "2022-04-31",
            "2022/2023", "45678", "../", "../2018-13", "../../2018", "2018/..", "./2018", "2022-09-25\n",
        ),
    ),
    "duration": (
        ("P2Y", "P18M", "P1Y6M", "P10D", "P1Y2M3D"),
        ("P", "2Y", "P2W", "PT1H", "P1D2Y", "p2y", "P2Y\n"),
    ),
    "integer": (
        ("0", "170", "804237", "10000000000"),
        ("007", "1 653", "1,653", "1.5", "-1", "+1", "1e3", "10000000001", "20000000000", "", "170\n"),
    ),
    "latitude": (
        ("50.0614", "-33", "+5", "90", "90.0", "-90.000", "0", "089.9", "000"),
        ("90.1", "91", "191", "nan", "inf", "52,1", "5°", "1e1", "50.", ".5", "0090", "99"),
    ),
    "longitude": (
        ("19.9366", "-179.999", "180", "180.00", "0", "099", "-180"),
        ("180.1", "181", "200", "nan", "19,9", "1800", "190.5", "19 E"),
    ),
    "country": (("PL", "NO", "XK", "GB"), ("pl", "UK", "EL", "POL", "ZZ", "Polska")),
    "region": (
        ("PL-12", "DE-BY", "FR-75C", "ES-M"),
        ("PL-01", "PL-13", "ZZ-1", "DE", "DE-", "de-by", "PL-ABC", "DE-ABCD"),
    ),
    "language": (("pl", "en", "sr-Latn", "pt-BR", "szl"), ("PL", "polski", "p", "en_GB")),
    "url": (
        (
            "https://www.krakow.pl", "http://example.org:8080/a?b=c#d", "HTTPS://EXAMPLE.ORG",
            "https://pl.wikipedia.org/wiki/Kraków", "https://localhost.example.org/", "https://a.pl/@miasto",
        ),
        (
            "javascript:alert(1)", "data:text/html,x", "//evil.org/", "https://user:pw@evil.org/", "ftp://a.pl/",
            "http://localhost/", "https://intranet/", "http://printer.local/x", "https://a b.pl/", "www.a.pl",
            "https://a.pl/<b>", "https://LOCALHOST:80/", "https://", "https://a.example/",
            "https://x.pl/" + "y" * 2000,
        ),
    ),
    "geonames": (("3094802", "1"), ("0", "007", "Q1", "1234567890", "3 094 802")),
    "wikidata": (("Q31487", "Q1"), ("q31487", "31487", "Q0", "Q", "Q12345678901")),
    "colour": (("#1f6feb", "#1F6FEB"), ("1f6feb", "#fff", "red", "#1f6feb;", "#1f6feb} a{")),
}  # fmt: skip


def field(type_: str) -> Field:
    return Field(name=type_, type=type_, help={}, required=True)  # type: ignore[arg-type]


def cases(*, good: bool) -> list[Any]:
    return [
        pytest.param(type_, text, id=f"{type_}-{text[:30]!r}")
        for type_, columns in VALUES.items()
        for text in columns[0 if good else 1]
    ]


@pytest.mark.parametrize(("type_", "text"), cases(good=True))
def test_what_the_checks_accept_is_accepted(type_: str, text: str) -> None:
    one = field(type_)
    assert value_problem(text, one) is None
    assert accepts(type_, text)


@pytest.mark.parametrize(("type_", "text"), cases(good=False))
def test_what_the_checks_refuse_is_refused(type_: str, text: str) -> None:
    assert value_problem(text, field(type_)) is not None
    assert type_ in ("id", "url") or not accepts(type_, text)


def test_every_type_with_a_pattern_is_in_the_table() -> None:
    assert set(patterns.BY_TYPE) - {"ref"} <= set(VALUES)


def readable(parse: Any, text: str) -> bool:
    try:
        parse(text)
    except ValueError:
        return False
    return True


SOME_YEARS = st.sampled_from(
    ["0999", "1000", "1600", "1700", "1899", "1900", "1996", "2000", "2023", "2024", "9999"]
)
TWO_DIGITS = st.integers(0, 40).map("{:02d}".format)


@given(SOME_YEARS, TWO_DIGITS, TWO_DIGITS, st.sampled_from(["", "~", "?", "%", "x"]))
def test_a_date_of_a_schema_is_a_day_that_exists(year: str, month: str, day: str, mark: str) -> None:
    text = f"{year}-{month}-{day}{mark}"
    right = readable(parse_date, text) and int(year) >= 1000
    assert accepts("date", text) == right


@given(st.from_regex(r"\AP?[0-9]{0,2}[YMD]?[0-9]{0,2}[YMD]?[0-9]?[YMD]?\Z"))
def test_a_duration_of_a_schema_is_one_of_the_checks(text: str) -> None:
    assert accepts("duration", text) == readable(parse_duration, text)


@given(st.decimals(-200, 200, places=3).map(str) | st.integers(-999, 999).map(str))
def test_degrees_of_a_schema_are_those_of_the_checks(text: str) -> None:
    for type_ in ("latitude", "longitude"):
        assert accepts(type_, text) == (value_problem(text, field(type_)) is None)


# Documents

NETWORK = """
kind: network
name:
  en: A network
  pl: Sieć
sources:
  - a-source
"""


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("", []),
        ("acronym:", []),
        ("acronym: 100\nfounded: 2004", []),
        ("founded: 2004-12-10\nwebsite: ~", []),
        ("founded: 2004-13", ["founded: pattern"]),
        ("adopted: 2004", [": additionalProperties"]),
        ("website: www.a.pl", ["website: pattern"]),
        ("topics: human-rights", ["topics: type"]),
        ("topics: [humans]", ["topics/0: enum"]),
        ("topics: [human-rights, human-rights]", ["topics: uniqueItems"]),
        ("open_to: all", []),
        ("open_to: [PL, NO]", []),
        ("open_to: everybody", ["open_to: anyOf"]),
        ("former_names: [Milena, {en: Milly, pl: Mila}]", []),
        ("former_names: Milena", ["former_names: type"]),
        ("founder: {en: UNESCO}", []),
        ("founder: {de: UNESCO}", ["founder: anyOf"]),
        ("summary: One text for all", ["summary: type"]),
        ("summary:\n  en: |\n    Two\n    lines.", []),
        ("counts: [{members: 170, on: 2024, qualifier: about, sources: [a]}]", []),
        ("counts: [{members: a few, sources: [a]}]", ["counts/0/members: pattern"]),
        ("counts: [{on: 2024, sources: []}]", ["counts/0/sources: minItems", "counts/0: required"]),
        ("hosts: [{city: Lublin, sources: [a]}]", ["hosts/0/city: pattern"]),
        ("obligations: [{id: plan, text: {en: Plan}, due_within: 2 years}]",
         ["obligations/0/due_within: pattern"]),
    ],
)  # fmt: skip
def test_documents(more: str, expected: list[str]) -> None:
    assert faults("network", core_yaml(NETWORK + more)) == expected


def test_a_name_stands_in_one_language_and_a_label_in_all() -> None:
    assert faults("network", core_yaml(NETWORK.replace("  pl: Sieć\n", ""))) == []
    nameless = NETWORK.replace("name:\n  en: A network\n  pl: Sieć\n", "name: {}\n")
    assert faults("network", core_yaml(nameless)) == ["name: minProperties"]
    label = "topics: {rights: {label: {en: Rights}}}"
    assert any("label: required" in fault for fault in faults("vocabulary", core_yaml(label)))


def test_codes_of_the_vocabulary_are_checked_with_their_labels() -> None:
    text = "topics: {Human Rights: {label: {en: Human rights, pl: Prawa człowieka}}}"
    found = faults("vocabulary", core_yaml(text))
    assert found == [": required", ": required", ": required", "topics: pattern"]


# What editors show


def test_a_field_explains_itself_in_both_languages() -> None:
    founded = SCHEMAS["schema/network.json"]["properties"]["founded"]
    english, polish = RECORDS["network"].by_name["founded"].help.values()
    assert founded["description"] == english
    assert founded["markdownDescription"] == f"{english}\n\n*pl*: {polish}"
    assert founded["examples"] == [RECORDS["network"].by_name["founded"].example]


def test_a_code_is_explained_by_the_vocabulary() -> None:
    kind = SCHEMAS["schema/network.json"]["properties"]["kind"]
    assert kind["enum"] == list(VOCABULARY.instrument_kinds)
    assert len(kind["markdownEnumDescriptions"]) == len(kind["enum"])
    first = next(iter(VOCABULARY.instrument_kinds.values()))
    assert kind["markdownEnumDescriptions"][0].startswith(first.label["en"])


def test_a_third_language_adds_its_keys() -> None:
    three = schemas_of(("en", "pl", "uk"), VOCABULARY)
    assert faults("network", core_yaml(NETWORK.replace("  pl: ", "  uk: ")), three) == []


# The copies in the repository, which editors use in a clone


def test_the_copies_in_the_repository_are_those_of_the_description() -> None:
    expected = dict(schema_files(DEFAULT_LANGUAGES, vocabulary(ROOT / "data")))
    found = {f"schema/{path.name}": path.read_text("utf-8") for path in (ROOT / "schema").glob("*.json")}
    assert found == expected, "run: make docs"


def test_editors_know_which_schema_is_for_which_file() -> None:
    settings = json.loads((ROOT / ".vscode/settings.json").read_text("utf-8"))
    wired = {}
    for name, patterns_ in settings["yaml.schemas"].items():
        assert (ROOT / name).is_file()
        for pattern in [patterns_] if isinstance(patterns_, str) else patterns_:
            matched = list(ROOT.glob(pattern))
            assert matched, pattern
            wired |= dict.fromkeys(matched, Path(name).stem)
    assert wired == {path: record_of(path).name for path in (ROOT / "data").rglob("*.yaml")}
