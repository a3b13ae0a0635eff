"""Everything that is wrong with the texts is told in one run, with file, line and column."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.builders import real_atlas

from atlas.cli.messages import translations
from atlas.findings import as_text
from atlas.site.prose_check import prose_findings

ROOT = Path(__file__).parents[2]


def test_all_faults_of_all_texts_are_told_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    atlas = real_atlas()
    monkeypatch.chdir(tmp_path)
    pages = tmp_path / "content/pages"
    pages.mkdir(parents=True)
    (pages / "a.md").write_bytes("Title: Łódź\n\nMiasto Łódź leży w środku, żółć i gęś\n".encode("cp1250"))
    (pages / "b.md").write_text(f"Title: x\n\n{'> ' * 40}deep\n")
    (pages / "c.md").write_text(
        "Title: x\n\n[Kraków](atlas:cities/krakow#eccar) and [here](atlas:cities/krakwo) and "
        "[there](atlas:city/krakow)\n\n[r]: atlas:nowhere\n"
    )
    (pages / "d.md").write_text("Title: x\n\nKra&#x202e;ków, gmi&shy;na&nbsp;&amp; more\n")
    (pages / "e.md").write_text(
        "Title: x\n\n[claim](atlas:cities/krakow#ecar) [part](atlas:cities/krakow#s-press)\n"
    )
    (pages / "f.md").write_text("Title: x\n\n[of old](https://www.g\u0430zeta.example.org/a)\n")
    (pages / "good.md").write_text("Title: x\n\n- a\n    - b\n        - [c](atlas:about)\n\n> quoted\n")
    found = list(prose_findings(Path("content"), atlas))
    assert as_text(found).splitlines() == [
        "content/pages/a.md:1:8: E-ENCODING the file is not UTF-8, it looks like Windows-1250 (cp1250); "
        "save it as UTF-8 in the editor",
        "content/pages/b.md:3:1: E-PROSE the text nests more than 16 levels deep; take out quotes (>) or "
        "levels of lists",
        "content/pages/c.md:3:48: E-PROSE the link atlas:cities/krakwo leads nowhere; did you mean "
        "cities/krakow?",
        "content/pages/c.md:3:81: E-PROSE the link atlas:city/krakow leads nowhere",
        "content/pages/c.md:5:6: E-PROSE the link atlas:nowhere leads nowhere",
        "content/pages/d.md:3:4: E-CONTROL the text direction character \\u202e is not allowed in the data; "
        "delete it",
        "content/pages/d.md:3:20: E-CONTROL the invisible character \\u00ad is not allowed in the data; "
        "delete it",
        "content/pages/e.md:3:9: E-PROSE the link atlas:cities/krakow#ecar leads nowhere; did you mean "
        "cities/krakow#eccar?",
        "content/pages/f.md:3:10: E-PROSE link 'https://www.g\u0430zeta.example.org/a': the host mixes "
        "letters of two alphabets; it is www.xn--gzeta-4ve.example.org; type the address again "
        "from the page itself",
    ]
    polish = as_text(found, translations("pl").gettext).splitlines()
    assert polish[1:3] == [
        "content/pages/b.md:3:1: E-PROSE tekst jest zagnieżdżony głębiej niż 16 poziomów; usuń cytaty (>) "
        "albo poziomy list",
        "content/pages/c.md:3:48: E-PROSE odnośnik atlas:cities/krakwo donikąd nie prowadzi; może "
        "cities/krakow?",
    ]


def test_the_texts_of_the_atlas_have_no_fault() -> None:
    assert list(prose_findings(ROOT / "content", real_atlas())) == []
