"""What is generated from the description of the data: the README of the folder and the page of fields."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from scripts.describe import code_owners, misleading

from atlas.build.read_data import read_atlas
from atlas.cli.main import COMMANDS
from atlas.dataset.reading.load import Dataset, load, with_files
from atlas.languages.language import Language
from atlas.model.records import Vocabulary
from atlas.model.schema import DEFAULT_LANGUAGES, Field, schema
from atlas.opendata.docs.annotated_record import Samples
from atlas.opendata.docs.data_readme import readme
from atlas.opendata.docs.example_records import examples
from atlas.site.about_file import read_about
from atlas.validate import validate
from atlas.views.pages.data_fields import FieldRow, record_rows

ROOT = Path(__file__).resolve().parents[2]
GOOD, SAMPLE = ROOT / "tests/data/good", ROOT / "tests/data/sample"
TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return read_atlas(GOOD, TODAY).vocabulary


@pytest.fixture(scope="module")
def good() -> Dataset:
    return load(GOOD)


def rows(vocabulary: Vocabulary, lang: str, samples: Samples) -> dict[str, FieldRow]:
    """Every field by its anchor."""
    language = Language(lang)
    told = record_rows(language, samples.languages, vocabulary, samples.told(language))
    return {row.anchor: row for record in told for row in record.rows}


def test_nothing_generated_is_out_of_date() -> None:
    done = subprocess.run(
        [sys.executable, "scripts/describe.py", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.returncode) == ("", 0), f"{done.stdout}{done.stderr}"


@pytest.mark.parametrize(
    ("old", "new", "drift"),
    [
        ("Kraków,PL,PL-12", "Kraków,PL,PL-24", False),
        ("| `816614` |", "| `900000` |", False),
        ("People who live there", "Beds in hotels", True),
        ("| `lat` |", "| `latitude` |", True),
    ],
)
def test_only_what_is_said_of_the_data_goes_out_of_date(
    tmp_path: Path, old: str, new: str, drift: bool
) -> None:
    text = (ROOT / "data/README.md").read_text("utf-8")
    assert old in text
    edited = tmp_path / "README.md"
    edited.write_text(text.replace(old, new), "utf-8")
    assert misleading(edited, text) is drift


# Examples


def test_examples_are_records_that_people_know() -> None:
    found = examples(load(SAMPLE)).by_kind
    assert {name: sample.path for name, sample in found.items()} == {
        "city": "data/cities.csv",
        "source": "data/sources.csv",
        "commitment": "data/commitments/eccar.csv",
        "contradiction": "data/contradictions.csv",
        "network": "data/networks/eccar.yaml",
        "charter": "data/charters/cemr-charter.yaml",
        "action": "data/actions/krakow-open-programme-2016.yaml",
        "vocabulary": "data/vocabulary.yaml",
        "retired": "data/retired.csv",
    }
    assert found["city"].values["id"] == found["commitment"].values["city"] == "krakow"


def test_another_dataset_shows_its_first_records(good: Dataset) -> None:
    found = examples(good).by_kind
    assert found["network"].path == f"data/networks/{next(iter(good.networks))}.yaml"
    assert found["city"].values["id"] == "krakow"


def test_a_kind_without_records_has_a_made_up_one() -> None:
    told = Samples().told(Language("en"))
    assert told["retired"].path == ""
    assert told["retired"].text == (
        "kind,id,reason_en,reason_pl,replaced_by,on\ncity,old-town,,,new-town,2026-11-22"
    )


def test_a_network_is_annotated_in_the_language_of_the_reader() -> None:
    samples = examples(load(SAMPLE))
    english = samples.told(Language("en"))["network"].text.split("\n")
    assert (
        english[0]
        == "kind: network                                 # required: What kind of instrument it is."
    )
    assert "  - members: 170                              # required: The number, digits only." in english
    polish = samples.told(Language("pl"))["network"].text.split("\n")
    assert polish[0] == "kind: network                                 # wymagane: Rodzaj instrumentu."


def test_an_annotated_record_is_a_valid_one() -> None:
    """Without its notes, which follow a #, a shortened record passes the check."""
    dataset = load(SAMPLE)
    told = examples(dataset).told(Language("pl"))
    records = {
        told[kind].path.removeprefix("data/"): re.sub(r" +# .*$", "", told[kind].text, flags=re.MULTILINE)
        for kind in ("network", "action")
    }
    changed = with_files(dataset, {path: text.encode() for path, text in records.items()})
    errors = [one for one in [*changed.findings, *validate(changed, today=TODAY)] if one.severity == "error"]
    assert errors == []


# Fields


def every_field(fields: tuple[Field, ...]) -> int:
    return sum(1 + every_field(one.fields) for one in fields)


def test_every_field_of_every_record_is_told(vocabulary: Vocabulary, good: Dataset) -> None:
    told = rows(vocabulary, "en", examples(good))
    for name, record in schema().items():
        own = [anchor for anchor in told if anchor.startswith(f"{name}-")]
        if name == "charter":
            assert own == ["charter-kind", "charter-adopted"]
        elif name == "vocabulary":
            assert {f"vocabulary-{one.name}" for one in record.fields} <= set(own)
            assert {"vocabulary-topics-id-label", "vocabulary-instrument_kinds-id-family"} <= set(own)
        else:
            assert len(own) == every_field(record.fields)


def test_a_field_says_what_to_type(vocabulary: Vocabulary, good: Dataset) -> None:
    told = rows(vocabulary, "en", examples(good))
    sources = told["commitment-sources"]
    assert sources.kind == "list with ; between the values: id from sources.csv"
    assert sources.required
    assert told["network-sources"].kind == "list: id from sources.csv"
    assert told["city-lat"].kind == "decimal number from -90 to 90 (unit: degrees)"
    open_to = "country code of two capital letters (ISO 3166-1), or all instead of the list"
    assert told["network-open_to"].kind == f"list: {open_to}"
    since = "date: 2022, 2022-09 or 2022-09-25, where needed with ~, ? or %"
    assert told["commitment-since"].kind == since
    status = told["commitment-status"]
    assert [one.code for one in status.values] == list(vocabulary.statuses)
    assert status.only
    assert not told["commitment-role"].only


def test_a_field_is_told_in_polish(vocabulary: Vocabulary, good: Dataset) -> None:
    told = rows(vocabulary, "pl", examples(good))
    assert (
        told["commitment-since"].help
        == "Od kiedy obowiązuje członkostwo lub podpis; ../2018, gdy najpóźniej od tego roku."
    )
    assert told["network-counts-members"].kind == "liczba całkowita, same cyfry (jednostka: członkowie)"
    assert told["contradiction-rank"].kind == "jeden z tych kodów"


def test_a_code_given_as_an_example_exists() -> None:
    real = read_atlas(SAMPLE, TODAY).vocabulary

    def walk(fields: tuple[Field, ...]) -> list[Field]:
        return [found for one in fields for found in (one, *walk(one.fields))]

    coded = [one for record in schema().values() for one in walk(record.fields) if one.codes and one.example]
    assert coded
    assert [one.name for one in coded if one.example not in getattr(real, one.codes or "")] == []


# The README


def test_markdown_keeps_what_stands_in_the_data(vocabulary: Vocabulary, good: Dataset) -> None:
    samples = examples(good)
    text = readme(
        Language("en"), DEFAULT_LANGUAGES, vocabulary, samples.told(Language("en")), {"Polski": "x.md"}
    )
    line = next(line for line in text.split("\n") if line.startswith("| `record` | yes |"))
    assert "commitments/\\<instrument\\>:\\<city\\>" in line
    rows = [line for line in text.split("\n") if line.startswith("| ")]
    assert {line.replace("\\|", "").count("|") for line in rows} == {6}
    assert "*[Polski](x.md)*" in text


# The way in


GUIDES = (
    *("CONTRIBUTING.md", "CONTRIBUTING.pl.md", "data/README.md", "data/README.pl.md"),
    *("docs/contributing.md", "docs/contributing.pl.md"),
)


def anchors(text: str) -> set[str]:
    """Return the anchors of a Markdown page, as code hosts make them of headings, and its own."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    made = {re.sub(r"[^\w\- ]", "", one.lower()).replace(" ", "-") for one in headings}
    return made | set(re.findall(r'<a id="([^"]+)">', text))


@pytest.mark.parametrize("name", GUIDES)
def test_every_link_of_a_guide_leads_somewhere(name: str) -> None:
    page = ROOT / name
    links = re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8"))
    broken = []
    for link in links:
        path, _, anchor = link.partition("#")
        target = (page.parent / path) if path else page
        missing = not target.exists() or (anchor and anchor not in anchors(target.read_text("utf-8")))
        if not link.startswith("https://") and missing:
            broken.append(link)
    assert links
    assert broken == []


@pytest.mark.parametrize("lang", ["en", "pl"])
def test_each_way_in_has_a_picture_that_loads_fast(lang: str) -> None:
    text = (ROOT / GUIDES[lang == "pl"]).read_text("utf-8")
    pictures = re.findall(r"!\[([^\]]+)\]\((docs/images/[^)]+)\)", text)
    assert [path for _, path in pictures] == [
        f"docs/images/contribute-{way}.{lang}.png" for way in ("form", "edit", "check")
    ]
    assert all(len(words) > 40 for words, _ in pictures)
    assert [path for _, path in pictures if (ROOT / path).stat().st_size > 150_000] == []


@pytest.mark.parametrize("name", GUIDES[:2])
def test_every_command_of_a_guide_exists(name: str) -> None:
    used = set(re.findall(r"\.venv/bin/atlas (\w+)", (ROOT / name).read_text("utf-8")))
    assert {"check", "diff", "fmt", "new"} <= used <= set(COMMANDS)
    targets = set(re.findall(r"make (\w+)", (ROOT / name).read_text("utf-8")))
    assert {"check", "gazetteer", "test"} <= targets
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert [one for one in targets if f"\n{one}:" not in makefile] == []


def test_who_reviews_is_named_in_one_place_and_nobody_is_invented() -> None:
    owners = (ROOT / ".github/CODEOWNERS").read_text("utf-8")
    assert owners == code_owners(read_about(ROOT / "atlas.yaml").reviewers)
    assert code_owners(()).count("@") == 0
    assert code_owners(("anna", "team/editors")).splitlines()[1:] == ["* @anna @team/editors"]
