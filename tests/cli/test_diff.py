"""``atlas diff`` as people and programs use them."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from tests.repository import edit, git, repository

from atlas.cli.diff_formats import MARKDOWN_LONGEST, escaped
from atlas.cli.main import main


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return repository(tmp_path, monkeypatch)


def run(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    assert main(arguments) == code
    return capsys.readouterr().out.replace("\u00a0", " ")


def join(data: Path) -> None:
    edit(
        data / "commitments/rights-commission.csv",
        "lodz,member",
        "gdansk,member,,2026-01-25,,,,press,,,\nlodz,member",
    )
    edit(data / "commitments/welcome.csv", "turku,,former,,2015?", "turku,,former,,2014")
    edit(
        data / "contradictions.csv",
        "since,,2015?,,network-report,preferred",
        "since,,2014,,network-report,preferred",
    )
    edit(data / "contradictions.csv", "since,,2014,,press,deprecated", "since,,2015?,,press,deprecated")


ENGLISH = """\
HEAD = COMMIT (2026-01-20) → the files as they are: 3 changes

The world changed (1)
  Gdańsk
    Gdańsk joined Commission on Rights on 25 January 2026 (1 source)
      /cities/gdansk/#rights-commission /networks/rights-commission/

The atlas learnt or corrected (2)
  Turku
    Turku, WEL – since: 2014 (1 source; corrected; the atlas said: 2015, uncertain)
      /cities/turku/#welcome /networks/welcome/
    Turku, WEL – since: sources differ: 2014 (preferred) and 2015, uncertain
      /cities/turku/#welcome /networks/welcome/
"""

POLISH = """\
HEAD = COMMIT (2026-01-20) → pliki w obecnym stanie: 3 zmiany

Zmienił się świat (1)
  Gdańsk
    Miasto Gdańsk przystąpiło do sieci „Komisja Praw” 25 stycznia 2026 r. (1 źródło)
      /pl/miasta/gdansk/#rights-commission /pl/sieci/rights-commission/

Atlas dowiedział się lub poprawił (2)
  Turku
    Turku, WEL – od kiedy: 2014 (1 źródło; poprawka; atlas podawał: prawdopodobnie 2015)
      /pl/miasta/turku/#welcome /pl/sieci/welcome/
    Turku, WEL – od kiedy: źródła się różnią: 2014 (preferowane) i prawdopodobnie 2015
      /pl/miasta/turku/#welcome /pl/sieci/welcome/
"""


@pytest.mark.parametrize(("lang", "expected"), [("en", ENGLISH), ("pl", POLISH)])
def test_the_change_in_sentences(
    data: Path, capsys: pytest.CaptureFixture[str], lang: str, expected: str
) -> None:
    join(data)
    commit = git("rev-parse", "HEAD")[:9]
    assert run(capsys, "diff", "--lang", lang) == expected.replace("COMMIT", commit)


def test_between_two_revisions_and_back(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    join(data)
    git("commit", "-qam", "second", day="2026-01-28")
    edit(data / "cities.csv", "Q3935", "Q1")
    there = run(capsys, "diff", "HEAD~1", "HEAD").splitlines()
    assert re.fullmatch(
        r"HEAD~1 = [0-9a-f]{9} \(2026-01-20\) → HEAD = [0-9a-f]{9} \(2026-01-28\): 3 changes", there[0]
    )
    back = run(capsys, "diff", "HEAD", "HEAD~1")
    assert "Gdańsk, Commission on Rights: withdrawn without a reason" in back
    since = run(capsys, "diff", "HEAD~1")
    assert "4 changes" in since and "Windhoek – wikidata: Q1 (corrected; the atlas said: Q3935)" in since


def test_nothing_changed(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (data / "cities.csv").write_text((data / "cities.csv").read_text().replace("\n", "\r\n"))
    assert run(capsys, "diff").endswith("(2026-01-20) → the files as they are: no change\n")
    assert run(capsys, "diff", "--lang", "pl").endswith("bez zmian\n")


def test_what_would_be_lost_comes_with_the_line_to_paste(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cities = data / "cities.csv"
    row = next(line for line in cities.read_text().splitlines(True) if line.startswith("windhoek"))
    edit(cities, row, "")
    edit(data / "commitments/equality.csv", "windhoek,signatory,2022,charter-list,,\n", "")
    told = run(capsys, "diff")
    line = "city,windhoek,WHY,DLACZEGO,,2026-02-01"
    assert told.endswith(
        "\nAddresses that would be lost (1)\n"
        "  /cities/windhoek/: the build no longer makes this address and 3 more of the same; "
        f"put it back, or type this into retired.csv: {line}\n"
        "  Put your reasons in place of WHY (English) and DLACZEGO (Polish).\n"
    )
    with (data / "retired.csv").open("a") as file:
        file.write(line.replace("WHY", "Not a member.").replace("DLACZEGO", "Nie należy.") + "\n")
    told = run(capsys, "diff")
    assert "Windhoek: withdrawn: Not a member\n" in told
    assert "lost" not in told
    # The line is one that the check accepts.
    assert "retired.csv" not in run(capsys, "check", "--code", "E-RETIRED")


def test_a_rename_that_nobody_says_is_told_in_every_format(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("cities.csv", "contradictions.csv", "commitments/welcome.csv"):
        text = (data / name).read_text("utf-8")
        (data / name).write_text(re.sub(r"\bturku(?=,)", "turku-fi", text), "utf-8")
    advice = (
        "if turku is now turku-fi, type turku into former_ids of the row turku-fi of cities.csv; "
        "if it was withdrawn, type this into retired.csv: city,turku,WHY,DLACZEGO,,2026-02-01"
    )
    (lost,) = json.loads(run(capsys, "diff", "--format", "json"))["lost"]
    assert lost == {
        "address": "/cities/turku/",
        "message": "/cities/turku/: the build no longer makes this address and 3 more of the same",
        "hint": advice,
    }
    told = run(capsys, "diff", "--format", "markdown")
    assert f"\n### Addresses that would be lost (1)\n\n- {lost['message']}; {escaped(advice)}\n" in told


def test_json_holds_both_languages(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    join(data)
    found = json.loads(run(capsys, "diff", "--format", "json", "--lang", "pl"))
    assert list(found) == ["version", "from", "to", "changes", "lost", "left_out"]
    assert found["from"] == {"revision": "HEAD", "commit": git("rev-parse", "HEAD"), "date": "2026-01-20"}
    assert found["to"] == {"revision": None, "commit": None, "date": "2026-02-01"}
    assert found["changes"][0] == {
        "nature": "world",
        "kind": "commitment",
        "act": "joined",
        "record": "commitments/rights-commission:gdansk",
        "field": None,
        "before": None,
        "after": None,
        "when": "2026-01-25",
        "sources": ["press"],
        "reason": None,
        "cities": ["gdansk"],
        "instruments": ["rights-commission"],
        "countries": ["PL"],
        "topics": ["human-rights"],
        "sentence": {
            "en": "Gdańsk joined Commission on Rights on 25 January 2026 (1 source)",
            "pl": "Miasto Gdańsk przystąpiło do sieci „Komisja Praw” 25 stycznia 2026 r. (1 źródło)",
        },
        "pages": {
            "en": ["/cities/gdansk/#rights-commission", "/networks/rights-commission/", "/countries/pl/"],
            "pl": [
                "/pl/miasta/gdansk/#rights-commission",
                "/pl/sieci/rights-commission/",
                "/pl/kraje/pl/",
            ],
        },
    }
    assert (found["changes"][1]["before"], found["changes"][1]["after"]) == ("2015?", "2014")


def test_data_with_errors_is_compared_as_far_as_it_can_be(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    join(data)
    edit(data / "commitments/equality.csv", "windhoek,signatory,2022,", "windhoek,signatory,2022-13,")
    told = run(capsys, "diff")
    assert "3 changes" in told.splitlines()[0]
    assert told.endswith(
        "\nNot compared, because the data has errors there (atlas check names them):\n"
        "  commitments/equality:windhoek\n"
    )


def test_wrong_revisions_are_wrong_commands(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "nowhere"]) == 2
    assert capsys.readouterr().err == "atlas: nowhere: no such revision in this repository\n"
    with pytest.raises(SystemExit) as stopped:
        main(["diff", "a", "b", "c"])
    assert stopped.value.code == 2
    assert "at most two revisions, not 3" in capsys.readouterr().err


def test_without_history(
    data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(".git")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(Path.cwd().parent))
    assert main(["diff"]) == 2
    assert capsys.readouterr().err == (
        "atlas: data: not in a git repository (an unpacked archive has no history)\n"
    )
    monkeypatch.setenv("PATH", "/nonexistent")
    assert main(["diff"]) == 3
    assert capsys.readouterr().err == (
        "atlas: git is not installed, so there is no former revision to read\n"
    )


# Markdown -------------------------------------------------------------------------------------

HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "[click](https://evil.example/)",
    "![x](https://evil.example/x.png)",
    "@octocat and @org/team",
    "#12 and GH-12",
    "www.evil.example and https://evil.example/",
    "`code` *bold* __bold__ ~~gone~~",
    "| a | b |",
    "# heading",
    "1. list",
    "- list",
    "&lt;b&gt; $x$",
    "line\u202eevil\x1b[31m\nnext",
)


@pytest.mark.parametrize("name", HOSTILE)
def test_contributed_text_makes_no_markup(name: str) -> None:
    shown = escaped(name)
    rendered = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(f"- {shown}\n")
    assert re.findall(r"<(?!/?(?:ul|li)>)", rendered) == []
    assert not re.search(r"[@#]\w|GH-\d", shown)
    assert not re.search(r"(?<!\\)://|www\.", shown)
    assert all(character.isprintable() or character == "\u2060" for character in shown)


def test_markdown_for_a_comment(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    join(data)
    edit(data / "cities.csv", "Turku,Turku,Turku,FI", "@octocat <b>,Turku,Turku,FI")
    told = run(capsys, "diff", "--format", "markdown")
    commit = git("rev-parse", "HEAD")[:9]
    assert told == (
        f"**HEAD = {commit} (2026-01-20) → the files as they are: 4 changes**\n"
        "\n### The world changed (1)\n"
        "\n**Gdańsk**\n"
        "\n- Gdańsk joined Commission on Rights on 25 January 2026 (1 source)\n"
        "\n### The atlas learnt or corrected (3)\n"
        "\n**Turku**\n"
        "\n- Turku – name: @\u2060octocat \\<b\\> (corrected; the atlas said: Turku)\n"
        "- Turku, WEL – since: 2014 (1 source; corrected; the atlas said: 2015, uncertain)\n"
        "- Turku, WEL – since: sources differ: 2014 (preferred) and 2015, uncertain\n"
    )


def test_markdown_is_cut_before_a_comment_would_be_refused(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with (data / "cities.csv").open("a") as file:
        for number in range(3000):
            file.write(f"city-{number},City {number},City {number},Miasto {number},SE,,,,,,,,\n")
    told = run(capsys, "diff", "--format", "markdown", "--lang", "pl")
    assert MARKDOWN_LONGEST - 500 < len(told) < MARKDOWN_LONGEST
    assert "3000 zmian" in told.splitlines()[0] and told.splitlines()[-1] == "…"


def test_a_wrong_revision_for_the_check(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--base", "nowhere"]) == 2
    assert capsys.readouterr().err == "atlas: nowhere: no such revision in this repository\n"


# For review

REVIEW = """\
Open each document and tick what it says.

### [Annual report 2019, Network of Welcome](<https://welcome.example.org/report-2019.pdf>) (1 claim)

[archived copy](<https://archive.ph/aBc12>)

- [ ] Turku joined WEL in 2014 and has left it; no source says when. · Turku, WEL – since: 2014 (1 source; \
corrected; the atlas said: 2015, uncertain) (`turku/welcome`)
  - data/commitments/welcome.csv:9: turku,,former,,2014,,,,network-report,,"Left, nobody says when.",\
"Wystąpiło, nie wiadomo kiedy."

### [Miasta, które się przyłączyły, Gazeta "Miejska"](<https://gazeta.example.org/artykul/12345678901>) \
(1 claim)

- [ ] Gdańsk has belonged to the Commission on Rights since 25 January 2026. (`gdansk/rights-commission`)
  - data/commitments/rights-commission.csv:2: gdansk,member,,2026-01-25,,,,press,,,
  - ⚠ since '2026-01-25': every source was read before that day; correct the date, or name a source of that \
time
"""


POLISH_REVIEW = """\
Otwórz każdy dokument i zaznacz to, co jest w nim napisane.

### [List of signatories, Charter Office](<https://charter.example.org/signatories?page=1>) (1 zobowiązanie)

[kopia w archiwum](<https://web.archive.org/web/20240110120000/https://charter.example.org/signatories?page=1>)

- [ ] Windhuk podpisał Kartę Równości w 2023 r. · Windhuk, Karta Równości – od kiedy: 2023 (1 źródło; \
poprawka; atlas podawał: 2022) (`windhoek/equality`)
  - data/commitments/equality.csv:7: windhoek,signatory,2023,charter-list,,

### Usunięte: czy słusznie?

- [ ] Honnelles, WEL: wycofano bez podania przyczyny (atlas podawał: Miasto Honnelles jest obserwatorem w \
sieci WEL; żadne znalezione źródło nie podaje daty)

### Co o pozostałych zmianach mówią kontrole

- [ ] data/cities.csv:9: lat i lon: 54.3520,18.6466 leży 7937 km poza krajem NA; popraw współrzędne albo kraj
- [ ] data/cities.csv:9: lat i lon: 'windhoek' leży w tym samym punkcie co 'gdansk' z wiersza 2; popraw \
współrzędne jednego z nich albo zostaw jeden wiersz, jeśli to jedno miejsce
"""


def test_a_review_goes_document_by_document(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    join(data)
    assert run(capsys, "diff", "--review") == REVIEW


def test_a_review_in_polish_with_what_is_gone_and_what_the_checks_say(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(data / "commitments/welcome.csv", "honnelles,,observer,,,,,,network-members,,,\n", "")
    edit(data / "cities.csv", "-22.5594,17.0832", "54.3520,18.6466")
    edit(data / "commitments/equality.csv", "windhoek,signatory,2022", "windhoek,signatory,2023")
    assert run(capsys, "diff", "--review", "--lang", "pl") == POLISH_REVIEW


def test_a_review_of_nothing(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "diff", "--review") == "No claim changed, and the checks find nothing.\n"


def test_a_review_lets_nothing_out(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(data / "sources.csv", "Miasta, które się przyłączyły", "[x](http://evil.example) @team <b>")
    edit(data / "sources.csv", "artykul/12345678901", "artykul/1)[x](y")
    edit(data / "commitments/rights-commission.csv", "lodz,member,,2021-02-04", "lodz,member,,2021-02-05")
    html = MarkdownIt().render(run(capsys, "diff", "--review"))
    assert re.findall(r'href="([^"]*)"', html) == ["https://gazeta.example.org/artykul/1)%5Bx%5D(y"]
    assert "<b>" not in html and "@\u2060team" in html


def test_a_city_that_went_without_its_claims_is_told_with_the_address_that_is_lost(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    row = next(line for line in (data / "cities.csv").read_text().splitlines(True) if "windhoek" in line)
    edit(data / "cities.csv", row, "")
    said = run(capsys, "diff", "HEAD")
    assert "    Windhoek: withdrawn without a reason\n" in said
    assert "  /cities/windhoek/: the build no longer makes this address and 3 more of the same" in said


def test_a_review_says_only_what_the_checks_did_not_find_before(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "W-ARCHIVE" in run(capsys, "check")
    row = next(line for line in (data / "cities.csv").read_text().splitlines(True) if "windhoek" in line)
    edit(data / "cities.csv", row, "")
    (data / "sources.csv").write_text((data / "sources.csv").read_text().replace("\n", "\n\n", 1))
    git("commit", "-qam", "wrong")
    assert run(capsys, "diff", "--review") == "No claim changed, and the checks find nothing.\n"
    found = run(capsys, "diff", "HEAD~1", "--review")
    assert "data/commitments/equality.csv:7: city 'windhoek': no such city" in found.replace("\\", "")
    assert "empty line" in found and "W-ARCHIVE" not in found
