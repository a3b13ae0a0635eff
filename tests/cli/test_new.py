"""``atlas new`` as people run it: options, questions on a terminal, refusals, Polish."""

from __future__ import annotations

import io
import os
import pty
import select
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.terminal import answering

from atlas.cli import dialogue as talk
from atlas.cli.edit.options import Given, Leaf, leaves, tree_of
from atlas.cli.main import main
from atlas.cli.new import draft as new_draft
from atlas.languages import gazetteer
from atlas.model.schema import schema

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "tests/data"
PLACES = {
    "oswiecim": ("3089658", "Oświęcim", "PL", "PL-12", "50.0344", "19.2104", "34170"),
    "lodz": ("3093133", "Łódź", "PL", "PL-10", "51.7706", "19.4739", "639890"),
}
SPRINGFIELDS = (
    ("4409896", "Springfield", "US", "US-MO", "37.2153", "-93.2982", "170188"),
    ("4951788", "Springfield", "US", "US-MA", "42.1015", "-72.5898", "154341"),
)


def places(name: str, country: str = "") -> tuple[gazetteer.GazetteerPlace, ...]:
    if name == "Springfield":
        return tuple(gazetteer.GazetteerPlace(*one) for one in SPRINGFIELDS)
    found = PLACES.get(gazetteer.key(name))
    return (gazetteer.GazetteerPlace(*found),) if found and country in ("", found[2]) else ()


@pytest.fixture(autouse=True)
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the dataset outside the repository, on a fixed day, with a gazetteer of three places."""
    shutil.copytree(DATA / "good", tmp_path / "good")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1769904000")  # 2026-02-01
    monkeypatch.setattr(gazetteer, "look_up", places)
    monkeypatch.setattr(
        gazetteer,
        "by_number",
        lambda number: next(
            (gazetteer.GazetteerPlace(*one) for one in SPRINGFIELDS if one[0] == number), None
        ),
    )
    monkeypatch.setattr("sys.stdin", io.StringIO())  # no terminal
    return tmp_path


def new(*arguments: str) -> int:
    return main(["new", *arguments, "--data", "good"])


def added(name: str) -> list[str]:
    """The lines that the file has more than the original; nothing else may differ."""
    before = (DATA / "good" / name).read_text().splitlines()
    after = Path("good", name).read_text().splitlines()
    rest = list(after)
    for line in before:
        rest.remove(line)
    assert [line for line in after if line in before] == before
    return rest


def unchanged() -> bool:
    done = subprocess.run(
        ["diff", "-r", str(DATA / "good"), "good"], capture_output=True, text=True, check=False
    )
    return done.stdout == ""


# Cities


def test_a_city_is_looked_up_and_put_in_its_place(capsys: pytest.CaptureFixture[str]) -> None:
    assert new("city", "--name", "Oświęcim", "--name-en", "Oświęcim", "--name-pl", "Oświęcim") == 0
    out, err = capsys.readouterr()
    row = "oswiecim,Oświęcim,Oświęcim,Oświęcim,PL,PL-12,50.0344,19.2104,34170,3089658,,,"
    assert out == f"good/cities.csv:7: {row}\n"
    assert err == "added good/cities.csv:7; the checks find nothing wrong\n"
    assert added("cities.csv") == [row]
    assert main(["check", "--data", "good"]) == 0


def test_lodz_is_in_the_atlas_as_lodz_with_its_letters(capsys: pytest.CaptureFixture[str]) -> None:
    assert new("city", "--name", "Lodz", "--country", "PL") == 1
    assert capsys.readouterr().err == (
        "good/cities.csv:6: Łódź (lodz) is in the atlas already; --anyway adds it all the same\n"
        "nothing was written\n"
    )
    assert unchanged()


def test_the_same_refusal_in_polish(capsys: pytest.CaptureFixture[str]) -> None:
    assert new("city", "--name", "Gmina Miasto Lodz", "--country", "PL", "--lang", "pl") == 1
    assert capsys.readouterr().err.splitlines() == [
        "good/cities.csv:6: Łódź (lodz) jest już w atlasie; --anyway doda mimo to",
        "niczego nie zapisano",
    ]


def test_a_name_in_another_language_and_a_number_of_geonames_are_compared_too(
    capsys: pytest.CaptureFixture[str],
) -> None:
    city = ("city", "--name", "Nowe", "--country", "DE", "--no-lookup")
    assert new(*city, "--name-en", "Cologne", "--name-pl", "Kolonia") == 1
    assert new(*city, "--geonames", "2886242") == 1
    line = "good/cities.csv:4: Köln (koeln) is in the atlas already; --anyway adds it all the same"
    assert capsys.readouterr().err.splitlines().count(line) == 2


def test_anyway_insists_but_the_checks_still_hold(capsys: pytest.CaptureFixture[str]) -> None:
    assert new("city", "--name", "Lodz", "--country", "PL", "--anyway") == 1
    out, err = capsys.readouterr()
    assert "good/cities.csv:7:9: E-NAME name 'Lodz': the same as 'Łódź' in line 6" in out
    assert err.endswith("nothing was written: mend what is said above and try again\n")
    assert unchanged()
    other = ("--id", "lodz-nad-notecia", "--region", "PL-04")
    assert new("city", "--name", "Lodz", "--country", "PL", "--anyway", "--no-lookup", *other) == 0


def test_ids_that_are_were_or_will_never_be_again_are_not_proposed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name, id_ in (("Old Town", "old-town-gb"), ("Cologne", "cologne-gb")):
        assert new("city", "--name", name, "--country", "GB") == 0
        assert f": {id_}," in capsys.readouterr().out
    assert new("city", "--name", "Neu", "--country", "DE", "--id", "old-town") == 1
    assert capsys.readouterr().err == (
        "--id: E-DUPLICATE id 'old-town': already taken at good/retired.csv:2; keep one of the two, "
        "or choose another id\nnothing was written\n"
    )


def test_places_of_one_name_are_listed_with_the_option_to_give(capsys: pytest.CaptureFixture[str]) -> None:
    assert new("city", "--name", "Springfield") == 2
    assert capsys.readouterr().err == (
        "GeoNames knows several places of that name; say which, or --no-lookup:\n"
        "  --geonames 4409896  Springfield, US-MO, 170188\n"
        "  --geonames 4951788  Springfield, US-MA, 154341\n"
        "nothing was written\n"
    )
    assert new("city", "--name", "Springfield", "--geonames", "4951788") == 0
    assert capsys.readouterr().out.endswith(
        "springfield,Springfield,,,US,US-MA,42.1015,-72.5898,154341,4951788,,,\n"
    )


def test_nothing_is_made_up_where_the_gazetteer_is_missing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def missing(*_: str) -> Any:
        raise gazetteer.NoGazetteer

    monkeypatch.setattr(gazetteer, "look_up", missing)
    assert new("city", "--name", "Nigdzie", "--country", "PL") == 0
    out, err = capsys.readouterr()
    assert out == "good/cities.csv:7: nigdzie,Nigdzie,,,PL,,,,,,,,\n"
    assert err.splitlines()[0] == "GeoNames is not installed, so nothing is looked up: make gazetteer"


def test_what_is_missing_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert new("city") == 2
    assert capsys.readouterr().err == (
        "atlas: --name NAME, --country COUNTRY: needed; `atlas new city --help` lists every option\n"
    )


# Values


def test_every_wrong_value_is_told_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    wrong = ("--lat", "52,1", "--country", "Polska", "--wikidata", "31487", "--website", "javascript:1")
    assert new("city", "--name", "Nigdzie", *wrong) == 1
    assert capsys.readouterr().err.splitlines() == [
        "--lat: E-NUMBER lat '52,1': not a number of degrees; type 52.1",
        "--country: E-COUNTRY country 'Polska': no such country code; type PL",
        "--wikidata: E-NUMBER wikidata '31487': no Wikidata identifier; type the letter Q and digits, for "
        "example Q31487",
        "--website: E-URL website 'javascript:1': not an address that begins with https:// or http://; give "
        "the public address of the page, as a reader would type it",
        "nothing was written",
    ]
    assert unchanged()


def test_an_invisible_character_is_no_value(capsys: pytest.CaptureFixture[str]) -> None:
    assert new("city", "--name", "Nig\u202edzie", "--country", "PL") == 1
    assert "E-CONTROL" in capsys.readouterr().err


def test_unknown_ids_and_codes_name_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    wrong = ("--instrument", "welcom", "--city", "krakw", "--status", "membr", "--source", "netwrk-members")
    assert new("commitment", *wrong) == 1
    assert capsys.readouterr().err.splitlines() == [
        "--instrument: E-REF instrument 'welcom': no such instrument; did you mean welcome?",
        "--city: E-REF city 'krakw': no such city; did you mean krakow?",
        (
            "--status: E-CODE status 'membr': no such code in statuses of vocabulary.yaml; did "
            "you mean member? "
            "The codes are: member, signatory, applicant, observer, suspended, former, declined, none"
        ),
        "--sources: E-REF sources 'netwrk-members': no such source; did you mean network-members?",
        "nothing was written",
    ]


# Sources and commitments


def test_a_source_was_read_today(capsys: pytest.CaptureFixture[str]) -> None:
    title = ("--title", "Lista członków sieci", "--language", "pl")
    assert new("source", "--url", "https://nowa.example.org/lista", *title) == 0
    assert added("sources.csv") == [
        "nowa-lista-czlonkow-sieci,Lista członków sieci,,https://nowa.example.org/lista,,pl,,2026-02-01,,,"
    ]
    assert capsys.readouterr().err == "added good/sources.csv:7; 1 warning\n"


@pytest.mark.parametrize(
    "url",
    [
        "http://www.welcome.example.org/members/",
        "https://web.archive.org/web/20250101000000/https://welcome.example.org/members",
    ],
)
def test_an_address_is_recorded_once(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert new("source", "--url", url, "--title", "Members") == 1
    assert capsys.readouterr().err == (
        "good/sources.csv:5: this address is recorded already, as network-members; --anyway adds it all the "
        "same\nnothing was written\n"
    )
    assert unchanged()


def test_a_commitment_takes_names_and_stands_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    values = ("--status", "member", "--since", "2020-05", "--source", "press", "--note-en", "A, b")
    assert new("commitment", "--instrument", "Welcome", "--city", "Windhuk", *values) == 0
    assert added("commitments/welcome.csv") == ['windhoek,,member,,2020-05,,,,press,,"A, b",']
    assert "W-LANGUAGE note: the text is missing in the language 'pl'" in capsys.readouterr().out


def test_a_period_that_overlaps_is_not_written(capsys: pytest.CaptureFixture[str]) -> None:
    values = ("--city", "krakow", "--status", "member", "--since", "2020", "--source", "press")
    assert new("commitment", "--instrument", "welcome", *values) == 1
    out, err = capsys.readouterr()
    assert out.splitlines() == [
        "good/commitments/welcome.csv:7: krakow,2020,member,,2020,,,,press,,,",
        "good/commitments/welcome.csv:7:1: E-OVERLAP city 'krakow': the period overlaps the one in line 6; "
        "give each period its since and until, or keep one row",
    ]
    assert err == "nothing was written: mend what is said above and try again\n"
    assert unchanged()


def test_the_first_commitment_of_an_instrument_makes_its_file() -> None:
    instrument = ("--kind", "network", "--name-en", "Ring of Towns", "--name-pl", "Pierścień Miast")
    assert new("network", *instrument, "--sources", "press", "--acronym", "ROT") == 0
    values = ("--city", "krakow", "--status", "member", "--source", "press")
    assert new("commitment", "--instrument", "rot", *values) == 0
    assert Path("good/commitments/rot.csv").read_text() == (
        "city,status,decided,since,until,role,act,sources,verified,verified_by,note_en,note_pl\n"
        "krakow,member,,,,,,press,,,,\n"
    )


def test_errors_that_were_there_before_do_not_stop_a_new_row(capsys: pytest.CaptureFixture[str]) -> None:
    path = Path("good/commitments/equality.csv")
    path.write_text(path.read_text().replace("koeln,signatory", "kolen,signatory"))
    assert new("source", "--title", "On paper") == 0
    assert capsys.readouterr().err.splitlines()[0] == (
        "the data has 1 other error, which was there before: atlas check"
    )


def test_a_table_that_cannot_be_read_is_not_touched(capsys: pytest.CaptureFixture[str]) -> None:
    path = Path("good/sources.csv")
    path.write_text(path.read_text() + 'broken,"never closed\n')
    before = path.read_bytes()
    assert new("source", "--title", "On paper") == 1
    assert "E-QUOTE" in capsys.readouterr().out
    assert path.read_bytes() == before


# Records in files of their own


def test_an_action_is_written_in_canonical_order(capsys: pytest.CaptureFixture[str]) -> None:
    values = (
        "--sources press --topics migration --topics human-rights --items-en A --items-pl B "
        "--act-number 1.10 --items-en C --items-sources press;network-report --date 2020 "
        "--kind resolution --status adopted"
    )
    names = ("--title-pl", "Uchwała: gościnność", "--title-en", "A resolution on hospitality")
    assert new("action", *values.split(), *names, "--cities", "Łódź;krakow") == 0
    path = Path("good/actions/lodz-resolution-hospitality-2020.yaml")
    assert path.read_text() == (
        "kind: resolution\n"
        "date: '2020'\n"
        "cities:\n  - lodz\n  - krakow\n"
        "title:\n  en: A resolution on hospitality\n  pl: 'Uchwała: gościnność'\n"
        "act:\n  number: '1.10'\n"
        "status: adopted\n"
        "items:\n  - en: A\n    pl: B\n  - en: C\n    sources:\n      - press\n      - network-report\n"
        "topics:\n  - migration\n  - human-rights\n"
        "sources:\n  - press\n"
    )
    assert "W-LANGUAGE" in capsys.readouterr().out


def test_a_charter_that_is_there_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    name = next(iter(Path("good/charters").glob("equality.yaml"))).read_text()
    english = next(line for line in name.splitlines() if line.startswith("  en:")).removeprefix("  en: ")
    values = ("--kind", "charter", "--sources", "charter-text", "--name-pl", "Nowa")
    assert new("charter", *values, "--name-en", english.upper()) == 1
    assert capsys.readouterr().err.endswith(
        " (equality) is in the atlas already; --anyway adds it all the same\nnothing was written\n"
    )
    assert unchanged()


def test_a_text_for_all_languages_and_for_one_are_not_both_given(capsys: pytest.CaptureFixture[str]) -> None:
    assert new("action", "--note", "a", "--note-en", "b") == 2
    assert capsys.readouterr().err == (
        "atlas: --note-en: given once for all languages and again for one; give one of the two\n"
    )


def test_a_dry_run_writes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert new("source", "--title", "On paper", "--dry-run") == 0
    assert capsys.readouterr().err == "nothing was written: this was a dry run\n"
    assert unchanged()


# The options come from the schema


def test_whoever_knows_one_language_adds_a_network_and_an_action(capsys: pytest.CaptureFixture[str]) -> None:
    assert new("network", "--kind", "network", "--name-pl", "Sieć Ciszy", "--sources", "press") == 0
    assert capsys.readouterr().out.splitlines()[-1] == (
        "good/networks/siec-ciszy.yaml:3:3: W-LANGUAGE name: the text is missing in the language 'en'; "
        "translate it, or leave it and the page shows the other language"
    )
    about = ("--title-pl", "Uchwała o ciszy", "--date", "2020", "--cities", "lodz", "--sources", "press")
    assert new("action", "--kind", "resolution", *about) == 0
    assert Path("good/actions/lodz-uchwala-ciszy-2020.yaml").is_file()
    assert new("network", "--kind", "network", "--acronym", "NN", "--sources", "press") == 1
    assert "E-REQUIRED name: needed, but empty" in capsys.readouterr().out


@pytest.mark.parametrize("kind", ["city", "commitment", "source", "action", "network", "charter"])
@pytest.mark.parametrize("lang", ["en", "pl"])
def test_every_column_and_key_has_an_option_with_its_help(
    kind: str, lang: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "2000")
    with pytest.raises(SystemExit) as caught:
        new(kind, "--help", "--lang", lang)
    assert caught.value.code == 0
    out = capsys.readouterr().out
    options = [leaf.option for leaf in leaves(kind, ("en", "pl"))]
    assert len(set(options)) == len(options)
    for one in schema()[kind].fields:
        assert any(option.startswith(f"--{one.name.replace('_', '-')}") for option in options) or (
            one.name == "lang" and "--language" in options
        )
    for leaf in leaves(kind, ("en", "pl")):
        assert f"  {leaf.option} " in out
        assert leaf.field.help.get(lang, "") in out


def test_repeated_options_of_a_list_of_mappings_begin_the_next_entry() -> None:
    by_option = {leaf.option: leaf for leaf in leaves("network", ("en", "pl"))}

    def given(*pairs: tuple[str, str]) -> list[Given]:
        return [Given(by_option[option], text) for option, text in pairs]

    assert tree_of(
        given(
            ("--counts-members", "170"),
            ("--counts-note-en", "x"),
            ("--counts-members", "140"),
            ("--topics", "a;b"),
        )
    ) == {"counts": [{"members": "170", "note": {"en": "x"}}, {"members": "140"}], "topics": ["a", "b"]}
    assert tree_of(given(("--former-names", "Milena"), ("--former-names-en", "M"))) == {
        "former_names": ["Milena", {"en": "M"}]
    }


def test_the_options_follow_the_languages_of_the_dataset() -> None:
    assert Leaf(("name_uk",), schema(("en", "uk"))["city"].by_name["name_uk"]) in leaves("city", ("en", "uk"))


def test_an_unknown_option_is_a_wrong_command() -> None:
    with pytest.raises(SystemExit) as caught:
        new("city", "--nme", "x")
    assert caught.value.code == 2


def test_a_missing_folder_is_a_wrong_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "source", "--title", "x", "--data", "nowhere"]) == 2
    assert capsys.readouterr().err == (
        "atlas: nowhere: no such folder; name the folder of the data with --data\n"
    )


def test_a_full_disk_is_the_environment(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "good/sources.csv")

    monkeypatch.setattr("atlas.dataset.write._beside", full)
    assert new("source", "--title", "On paper") == 3
    assert capsys.readouterr().err == "atlas: good/sources.csv: No space left on device\n"
    assert unchanged()


# Questions


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """Pretends a terminal on which these answers are typed; the prompts are returned."""
    return answering(monkeypatch, new_draft)


def test_a_city_question_by_question(
    answers: Callable[..., list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    prompts = answers("Oswiecim", "", "", "", "", "", "", "", "52,1", "", "", "-", "", "", "", "")
    assert new("city") == 0
    row = "oswiecim,Oświęcim,Oświęcim,Oświęcim,PL,PL-12,50.0344,19.2104,,3089658,,,"
    assert added("cities.csv") == [row]
    out, err = capsys.readouterr()
    assert out == f"good/cities.csv:7: {row}\n"
    assert "\nname: The official local name. (for example Kraków; needed)\n" in err
    assert "  GeoNames writes the name Oświęcim. Take that?\n" in err
    assert "  lat '52,1': not a number of degrees; type 52.1\n" in err
    assert prompts[:3] == ["> ", "[Y/n] > ", "[PL] > "]
    assert prompts.count("[50.0344] > ") == 2
    assert "[34170] > " in prompts  # the answer to it was "-"


def test_the_questions_in_polish(
    answers: Callable[..., list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    answers("Lodz", "t", "", "n")
    assert new("city", "--lang", "pl") == 1
    err = capsys.readouterr().err
    assert "\nname: Urzędowa nazwa miejscowa. (na przykład Kraków; wymagane)\n" in err
    assert err.endswith(
        "  good/cities.csv:6: Łódź (lodz) jest już w atlasie. Dodać mimo to?\nniczego nie zapisano\n"
    )
    assert unchanged()


def test_a_place_is_chosen_among_several(
    answers: Callable[..., list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    answers("Springfield", "7", "2", *[""] * 13)
    assert new("city") == 0
    assert added("cities.csv") == [
        "springfield,Springfield,Springfield,Springfield,US,US-MA,42.1015,-72.5898,154341,4951788,,,"
    ]
    err = capsys.readouterr().err
    assert "  2  Springfield, US-MA, 154341\n" in err
    assert "type a number from 1 to 2, or only Enter for none\n" in err


def test_an_error_of_the_whole_row_is_asked_about_again(
    answers: Callable[..., list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    row = ("turku", "former", "", "2010", "2009", "", "", "press", "", "", "")
    # until is before since: both are asked for again, and what was said before is offered
    prompts = answers("welcome", *row, "2005", "", "")
    assert new("commitment") == 0
    assert prompts[-3:] == ["[2010] > ", "[2009] > ", "[Y/n] > "]
    assert added("commitments/welcome.csv") == ["turku,2005,former,,2005,2009,,,press,,,"]
    assert capsys.readouterr().out.splitlines()[0] == (
        "good/commitments/welcome.csv:9:25: E-ORDER until '2009': before since '2010'; correct one of "
        "them, or swap them"
    )


def test_codes_are_listed_and_help_tells_what_they_mean(
    answers: Callable[..., list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    answers("welcome", "windhoek", "?", "^C")
    assert new("commitment") == 130
    err = capsys.readouterr().err
    assert "\n  member | signatory | applicant | observer | suspended | former | declined | none\n" in err
    assert "\n  member: member\n" in err
    assert unchanged()


def test_entries_of_a_list_are_asked_for_until_there_are_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    agreed, entry = ["y", "y", "n"], ["A", "B", "", "", "", "C", "D", "done", "2021", "press"]

    def line(prompt: str) -> str:
        if prompt == "[y/N] > ":
            return agreed.pop(0)
        return entry.pop(0) if len(agreed) < 3 and entry else ""

    monkeypatch.setattr(talk, "_line", line)
    monkeypatch.setattr(new_draft, "on_terminal", lambda: True)
    values = ("--kind", "event", "--title-en", "Day", "--title-pl", "Dzień", "--sources", "press")
    assert new("action", *values, "--date", "2020", "--cities", "gdansk") == 0
    assert Path("good/actions/gdansk-day-2020.yaml").read_text().split("items:\n")[1] == (
        "  - en: A\n    pl: B\n  - en: C\n    pl: D\n    state: done\n"
        "    'on': '2021'\n    sources:\n      - press\nsources:\n  - press\n"
    )


def test_a_commitment_brings_the_city_and_the_source_that_it_needs(
    answers: Callable[..., list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    city = ("y", "", *[""] * 12)
    source = ("y", "The list of members", "The network", *[""] * 8)
    rest = ("", "", "2021", "", "", "", "https://nowa.example.org/list", *source, "", "", "", "")
    prompts = answers("welcome", "Oswiecim", *city, *rest)
    assert new("commitment") == 0
    err = capsys.readouterr().err
    assert (
        "  city 'Oswiecim': no such city; add it first: atlas new city --name \"Oswiecim\". "
        "Add it now?\n" in err
    )
    assert prompts[-1] == "[Y/n] > "
    assert added("cities.csv") == [
        "oswiecim,Oświęcim,Oświęcim,Oświęcim,PL,PL-12,50.0344,19.2104,34170,3089658,,,"
    ]
    [row] = added("sources.csv")
    assert row.startswith("nowa-list-members,The list of members,The network,https://nowa.example.org/list,")
    assert added("commitments/welcome.csv") == ["oswiecim,,member,,2021,,,,nowa-list-members,,,"]


def test_what_was_added_on_the_way_goes_when_the_rest_is_given_up(
    answers: Callable[..., list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    answers("welcome", "Oswiecim", "t", *[""] * 12, "^C")
    assert new("commitment", "--lang", "pl") == 130
    assert "Dodać to teraz?\n" in capsys.readouterr().err
    assert unchanged()


def test_help_lists_names_with_their_ids_and_only_kinds_that_fit(
    answers: Callable[..., list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    answers("?", "welcome", "?", "^C")
    assert new("commitment") == 130
    err = capsys.readouterr().err
    assert "\n  lodz: Łódź\n" in err
    assert "\n  welcome: " in err
    answers("?", "^C")
    assert new("network") == 130
    err = capsys.readouterr().err
    assert "\n  network: network\n" in err
    assert "\n  charter: " not in err


def test_ctrl_c_leaves_nothing_behind(
    answers: Callable[..., list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    answers("https://nowa.example.org/", "Title", "^C")
    assert new("source") == 130
    assert capsys.readouterr().err.endswith("\nnothing was written\n")
    assert unchanged()


def test_an_input_that_ends_leaves_nothing_behind(
    answers: Callable[..., list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    answers("https://nowa.example.org/")
    assert new("source") == 2
    assert capsys.readouterr().err.endswith(
        "atlas: the input ended before the last answer; nothing was written\n"
    )


def test_a_real_terminal() -> None:
    """The command in a terminal of its own, as a person types."""
    code = "import sys; from atlas.cli.main import main; sys.exit(main())"
    command = [sys.executable, "-c", code, "new", "source", "--data", "good"]
    typed = [
        "https://nowa.example.org/lista",
        "Lista",
        "Sieć",
        "",
        "",
        "",
        "2025-13",
        "2025",
        "",
        "",
        "",
        "",
        "",
    ]
    terminal, screen = pty.openpty()
    shown = b""
    environ = {**os.environ, "PYTHONPATH": str(ROOT / "plugins"), "TERM": "dumb"}
    with subprocess.Popen(command, stdin=screen, stdout=screen, stderr=screen, env=environ) as running:
        os.close(screen)
        try:
            while select.select([terminal], [], [], 60)[0]:
                try:
                    part = os.read(terminal, 4096)
                except OSError:  # the other end is closed
                    break
                shown += part
                if shown.endswith(b"> ") and typed:
                    os.write(terminal, typed.pop(0).encode() + b"\n")
        finally:
            running.kill()
            os.close(terminal)
    assert typed == [], shown.decode()
    assert added("sources.csv") == [
        "nowa-lista,Lista,Sieć,https://nowa.example.org/lista,,,2025,2026-02-01,,,"
    ]
    assert "there is no month 13" in shown.decode()
