"""No build writes outside its output folder: one function says where; who alone does without."""

from __future__ import annotations

import ast
import csv
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

import pytest
from tests.broken_data import GOOD, TODAY
from tests.proof.payloads import PATHS

from atlas.cli.messages import translations
from atlas.dataset.reading.load import load
from atlas.output_paths import Outside, below, copy_file, link_file, read_file, write_file
from atlas.site.permanence import url_lock as lock
from atlas.validate import validate
from atlas.validate.rules.retired import is_address

ROOT = Path(__file__).resolve().parents[2]
ATLAS = ROOT / "plugins/atlas"

ASTRAY = (
    *("", "/", "/etc/x", "..", "../x", "a/../../x", "a/..", "./x", "a/./x", "a//x", "a/", "//x", "a\\..\\x"),
    *("C:/x", "a\x00b", "a\nb", "a\x9bb", "a\udcffb", "x" * 256, "ł" * 128, "a/" + "x" * 256 + "/b"),
)
WRITES = {
    *("write_text", "write_bytes", "symlink_to", "hardlink_to", "rename", "fdopen"),
    *("copyfile", "copy2", "copytree", "os.replace", "os.link", "os.symlink", "shutil.copy", "shutil.move"),
}
ELSEWHERE = {
    "output_paths": "the place itself",
    "dataset/write": "writes the data, for the tools that change it",
    "cli/init.run": "begins another atlas in a folder of its own",
    "cli/language.run": "begins a catalogue beside the others",
    "cache/disk_cache": "writes the cache",
    "dataset/history/git": "writes the data of former days into a folder for the moment",
    "build/manifest.save": "writes what is beside the output folder, for the next build",
    "build/folder_swap._take_lock": "writes the lock, beside the output folder",
    "build/folder_swap.publish": "puts the manifest beside the output folder",
    "build/folder_swap._swap": "exchanges the output folder whole",
    "build/folder_swap.keep": "moves folders of a former site to their own place in the next one",
    "build/folder_swap._recover": "exchanges the output folder whole",
}
"""Who writes without asking, and why that is no part of the output folder."""


@pytest.mark.parametrize("name", ASTRAY, ids=ascii)
@pytest.mark.parametrize("write", [write_file, link_file, copy_file])
def test_a_name_that_leads_elsewhere_is_refused(
    name: str, write: Callable[..., object], tmp_path: Path
) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "source").write_bytes(b"x")
    given = b"x" if write is write_file else tmp_path / "source"
    with pytest.raises(Outside, match="is no path below the output folder; nothing was published"):
        write(tmp_path / "site", name, given)
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["site", "source"]


@pytest.mark.parametrize("name", ASTRAY, ids=ascii)
def test_a_file_elsewhere_is_not_read(name: str, tmp_path: Path) -> None:
    with pytest.raises(Outside, match="is no path below the output folder; nothing was published"):
        read_file(tmp_path, name)


def test_a_file_is_read_where_there_is_one(tmp_path: Path) -> None:
    write_file(tmp_path, "a/x", b"content")
    assert read_file(tmp_path, "a/x") == b"content"
    assert read_file(tmp_path, "a/y") == b""


@pytest.mark.parametrize("name", ["x", "_headers", "a/b.c/d", ".atlas-output", "a/..b", "ł" * 127, "..."])
def test_a_name_that_leads_down_is_a_path(name: str, tmp_path: Path) -> None:
    assert below(tmp_path, name) == f"{tmp_path}/{name}"
    write_file(tmp_path, name, b"x")
    assert (tmp_path / name).read_bytes() == b"x"


def test_symbolic_links_are_not_followed(tmp_path: Path) -> None:
    site, around = tmp_path / "site", tmp_path / "around"
    site.mkdir()
    around.mkdir()
    (around / "file").write_bytes(b"kept")
    (site / "folder").symlink_to(around)
    (site / "file").symlink_to(around / "file")
    with pytest.raises(Outside):
        write_file(site, "folder/new/file", b"x")
    write_file(site, "file", b"x")
    assert [path.name for path in around.iterdir()] == ["file"]
    assert (around / "file").read_bytes() == b"kept"
    assert not (site / "file").is_symlink()


def test_a_file_of_the_last_edition_keeps_what_it_holds(tmp_path: Path) -> None:
    write_file(tmp_path / "old", "a/x", b"old")
    link_file(tmp_path / "new", "a/x", tmp_path / "old/a/x")
    assert os.path.samefile(tmp_path / "old/a/x", tmp_path / "new/a/x")
    write_file(tmp_path / "new", "a/x", b"new")
    assert (tmp_path / "old/a/x").read_bytes() == b"old"
    with pytest.raises(FileExistsError):
        write_file(tmp_path / "new", "a/x", b"again", new=True)


def _writes(module: Path) -> Iterator[tuple[str, str]]:
    """Yield the function and the name of each call that writes a file."""
    tree = ast.parse(module.read_text("utf-8"))
    name = module.relative_to(ATLAS).with_suffix("").as_posix()

    def within(node: ast.AST, function: str) -> Iterator[tuple[str, str]]:
        for child in ast.iter_child_nodes(node):
            inner = child.name if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef) else function
            if isinstance(child, ast.Call) and (told := _written(child)):
                yield f"{name}.{inner}", told
            yield from within(child, inner)

    return within(tree, "")


def _written(call: ast.Call) -> str:
    """Return the name of a call that writes; nothing for others."""
    whole = ast.unparse(call.func)
    last = whole.rpartition(".")[2]
    if last == "open":
        modes = [*call.args, *(one.value for one in call.keywords if one.arg == "mode")]
        texts = [one.value for one in modes if isinstance(one, ast.Constant) and isinstance(one.value, str)]
        flags = any("O_CREAT" in ast.unparse(one) for one in call.args)
        return whole if flags or any(text.strip("bt+") in ("w", "x", "a") for text in texts) else ""
    return whole if last in WRITES or whole in WRITES else ""


def test_nobody_else_writes_into_the_output() -> None:
    found = {where: told for module in sorted(ATLAS.rglob("*.py")) for where, told in _writes(module)}
    unasked = {
        where: told
        for where, told in found.items()
        if not {where, where.rpartition(".")[0]} & ELSEWHERE.keys()
    }
    assert unasked == {}
    used = {key for where in found for key in (where, where.rpartition(".")[0])}
    assert ELSEWHERE.keys() - used == set()


# What the checks refuse

KINDS = (*("city", "network", "charter", "instrument", "commitment", "action", "source", "topic", "address"),)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("column", ["id", "replaced_by"])
def test_a_path_is_refused_wherever_one_may_come_of_it(
    kind: str, column: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(GOOD, "data")
    with Path("data/retired.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(("kind", "id", "reason_en", "reason_pl", "replaced_by", "on"))
        for number, path in enumerate(PATHS):
            old = f"gone-{number}/" if kind == "address" else f"gone-{number}"
            id_, new = (path, "") if column == "id" else (old, path)
            table.writerow((kind, id_, "A reason.", "Powód.", new, "2020"))
    dataset = load(Path("data"))
    errors = [one for one in (*dataset.findings, *validate(dataset, today=TODAY)) if one.severity == "error"]
    refused = {one.line for one in errors if one.path == "data/retired.csv"}
    assert [path for line, path in enumerate(PATHS, 2) if line not in refused] == []


@pytest.mark.parametrize("path", PATHS, ids=ascii)
def test_a_path_is_no_former_id(path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(GOOD, "data")
    cities = Path("data/cities.csv")
    text = cities.read_text("utf-8")
    cities.write_text(text.replace("https://www.turku.fi,", f"https://www.turku.fi,{path}"), "utf-8")
    dataset = load(Path("data"))
    errors = [one for one in (*dataset.findings, *validate(dataset, today=TODAY)) if one.severity == "error"]
    assert {one.path for one in errors} == {"data/cities.csv"}


NO = "not the address of a page or file that the site may have had"
PATH = "type its path in small letters, such as cities/krakow/ or data/cities.csv"
NOWHERE = (
    "there is no such page, and no such claim; type the address of a page of the atlas, such as "
    "cities/krakow/"
)
OUT = "take the row out: only what is gone is retired"


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("address,../../../elsewhere/,x,x,,2020", f"9: E-RETIRED id '../../../elsewhere/': {NO}; {PATH}"),
        ("address,cities/%2e%2e/x/,x,x,,", f"9: E-RETIRED id 'cities/%2e%2e/x/': {NO}; {PATH}"),
        ("address,_headers,x,x,,", f"9: E-RETIRED id '_headers': {NO}; {PATH}"),
        ("address,theme/css/atlas.css,x,x,,", f"9: E-RETIRED id 'theme/css/atlas.css': {NO}; {PATH}"),
        ("address,/cities/old/index.html,x,x,,", f"9: E-RETIRED id '/cities/old/index.html': {NO}; "
         "type cities/old/"),
        ("address,cities/old,x,x,,", f"9: E-RETIRED id 'cities/old': {NO}; type cities/old/"),
        ("address,old/,x,x,../krakow/,", f"18: E-RETIRED replaced_by '../krakow/': {NO}; {PATH}"),
        ("address,data/old.csv,x,x,cities/krakow/,", "26: E-RETIRED replaced_by 'cities/krakow/': a page is "
         "replaced by a page, and a file by a file; name what stands there now, or leave it empty"),
        ("address,cities/krakow/,x,x,,", "9: E-RETIRED address 'cities/krakow/': retired, but in use at "
         f"data/cities.csv:5; {OUT}"),
        ("address,pl/miasta/krakow/,x,x,,", "9: E-RETIRED address 'pl/miasta/krakow/': retired, but in use "
         f"at data/cities.csv:5; {OUT}"),
        ("address,networks/welcome/,x,x,,", "9: E-RETIRED address 'networks/welcome/': retired, but in use "
         f"at data/networks/welcome.yaml:1; {OUT}"),
        ("address,embed/networks/welcome/,x,x,,", "9: E-RETIRED address 'embed/networks/welcome/': retired, "
         f"but in use at data/networks/welcome.yaml:1; {OUT}"),
        ("address,pl/embed/sieci/welcome/,x,x,,", "9: E-RETIRED address 'pl/embed/sieci/welcome/': retired, "
         f"but in use at data/networks/welcome.yaml:1; {OUT}"),
        ("address,embed/cities/,x,x,,", ""),
        ("address,countries/pl/,x,x,,", "9: E-RETIRED address 'countries/pl/': retired, but in use at "
         f"data/cities.csv:2; {OUT}"),
        ("address,old/,x,x,pl/kraje/xx/,", f"18: E-RETIRED replaced_by 'pl/kraje/xx/': {NOWHERE}"),
        ("address,pl/sieci/,x,x,,", "9: E-RETIRED address 'pl/sieci/': retired, but a page or file of the "
         f"site; {OUT}"),
        ("address,api/v1/cities.json,x,x,,", "9: E-RETIRED address 'api/v1/cities.json': retired, but a page "
         f"or file of the site; {OUT}"),
        ("address,api/v1/instruments/welcome.json,x,x,,", "9: E-RETIRED address 'api/v1/instruments/welcome."
         f"json': retired, but in use at data/networks/welcome.yaml:1; {OUT}"),
        ("address,data/cities.csv,x,x,,", "9: E-RETIRED address 'data/cities.csv': retired, but in use at "
         f"data/cities.csv:1; {OUT}"),
        ("address,api/v1/cities/old.json,x,x,,", ""),
        ("address,old/,x,x,cities/nowhere/,", f"18: E-RETIRED replaced_by 'cities/nowhere/': {NOWHERE}"),
        ("address,old/,x,x,cities/krakow/2/,", f"18: E-RETIRED replaced_by 'cities/krakow/2/': {NOWHERE}"),
        ("address,old/,x,x,pl/miasta/krakow/a/,", "18: E-RETIRED replaced_by "
         f"'pl/miasta/krakow/a/': {NOWHERE}"),
        ("address,old/,x,x,pl/miasta/nowhere/#eccar,", "18: E-RETIRED replaced_by "
         f"'pl/miasta/nowhere/#eccar': {NOWHERE}"),
        ("address,old/,x,x,cities/cologne/,", ""),
        ("city,../x,x,x,,", "6: E-ID id '../x': an id has only the letters a-z, digits and single hyphens; "
         "type x"),
        ("address,old/,x,x,cities/krakow/#welcome,", ""),
        ("address,data/README.pl.md,x,x,data/cities.csv,", ""),
        ("address,old/,x,x,cities/krakow/#welcome-2011-10,", ""),
        ("address,old/,x,x,cities/krakow/#equal,", "18: E-RETIRED replaced_by 'cities/krakow/#equal': "
         f"{NOWHERE}"),
        ("address,old/,x,x,pl/miasta/krakow/#old-pact,", "18: E-RETIRED replaced_by "
         f"'pl/miasta/krakow/#old-pact': {NOWHERE}"),
        ("address,old/,x,x,cities/krakow/?y=2020,", "18: E-RETIRED replaced_by 'cities/krakow/?y=2020': "
         f"{NO}; {PATH}"),
        ("address,cities/krakow/#eccar,x,x,cities/krakow/#welcome,", ""),
        ("address,networks/welcome/#lodz,x,x,,", f"9: E-RETIRED id 'networks/welcome/#lodz': {NO}; {PATH}"),
    ],
)  # fmt: skip
def test_what_an_address_may_be(row: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(GOOD, "data")
    Path("data/retired.csv").write_text(f"kind,id,reason_en,reason_pl,replaced_by,on\n{row}\n", "utf-8")
    found = [str(one) for one in validate(load(Path("data")), today=TODAY)]
    assert found == ([f"data/retired.csv:2:{told}"] if told else [])


PACTS = """families:
  pact:
    label: {en: pact, pl: pakt}
    plural: {en: Pacts, pl: Pakty}
    counted: {en: pact|pacts, pl: pakt|pakty|paktów}
    held: {en: "has {n} pact|has {n} pacts", pl: "ma {n} pakt|ma {n} pakty|ma {n} paktów"}
    address: {en: pacts, pl: pakty}
    kinds: [pact]
"""


@pytest.mark.parametrize(
    ("address", "there"),
    [
        ("pacts/", "a page or file of the site"),
        ("pl/pakty/old-pact/", "in use at data/charters/old-pact.yaml:1"),
        ("embed/pacts/old-pact/", "in use at data/charters/old-pact.yaml:1"),
        ("charters/old-pact/", ""),
    ],
)
def test_pages_of_a_family_are_known(
    address: str, there: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(GOOD, "data")
    with Path("data/vocabulary.yaml").open("a", encoding="utf-8") as vocabulary:
        vocabulary.write(PACTS)
    Path("data/retired.csv").write_text(
        f"kind,id,reason_en,reason_pl,replaced_by,on\naddress,{address},x,x,,\n", "utf-8"
    )
    found = [one for one in validate(load(Path("data")), today=TODAY) if one.path == "data/retired.csv"]
    assert [str(one).partition("retired, but ")[2].partition(";")[0] for one in found] == [there] * bool(
        there
    )


def test_a_page_and_a_file_that_cannot_be_are_told_in_polish(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(GOOD, "data")
    Path("data/retired.csv").write_text(
        "kind,id,reason_en,reason_pl,replaced_by,on\naddress,api/v1/cities.json,x,x,,\n"
        "address,old/,x,x,cities/nowhere/,\naddress,older/,x,x,cities/krakow/#equal,\n",
        "utf-8",
    )
    spoken = translations("pl").gettext
    assert [one.sentence(spoken) for one in validate(load(Path("data")), today=TODAY)] == [
        "address 'api/v1/cities.json': wycofano, ale w serwisie jest taka strona lub plik; usuń "
        "ten wiersz: wycofuje się tylko to, czego już nie ma",
        "replaced_by 'cities/nowhere/': nie ma takiej strony ani takiej informacji; wpisz adres strony "
        "atlasu, na przykład cities/krakow/",
        "replaced_by 'cities/krakow/#equal': nie ma takiej strony ani takiej informacji; wpisz adres strony "
        "atlasu, na przykład cities/krakow/",
    ]


def test_a_refused_address_is_told_in_polish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(GOOD, "data")
    Path("data/retired.csv").write_text(
        "kind,id,reason_en,reason_pl,replaced_by,on\naddress,../x/,x,x,,\n", "utf-8"
    )
    (found,) = validate(load(Path("data")), today=TODAY)
    assert found.sentence(translations("pl").gettext) == (
        "id '../x/': to nie jest adres strony ani pliku, który mógł być w serwisie; "
        "wpisz ścieżkę małymi literami, na przykład cities/krakow/ albo data/cities.csv"
    )


def test_every_address_that_was_published_may_be_retired() -> None:
    known = lock.read((ROOT / "urls.lock").read_text("utf-8"))
    assert {one for one in known if not is_address(one[1:])} == {"/"}


# A build of poisoned data


def _digest(folder: Path, without: Path) -> str:
    """Return the digest of all names and files of a folder but those below another one."""
    told = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if without not in (path, *path.parents):
            told.update(
                f"{path.relative_to(folder)}\n".encode() + (path.read_bytes() if path.is_file() else b"")
            )
    return told.hexdigest()


UNCHECKED = f"""
import sys
sys.path[:0] = [{str(ROOT)!r}]
from publishconf import *
from atlas import validate as reading
from atlas.validate import retired
reading.RULES = tuple(rule for rule in reading.RULES if rule.__module__ != retired.__name__)
"""
"""Settings of a site whose data is checked by all rules but those about paths."""


def publish(place: Path, checked: bool) -> subprocess.CompletedProcess[str]:
    """Build the site of the data in a folder."""
    conf = ROOT / "publishconf.py" if checked else place / "conf.py"
    given = {
        "ATLAS_DATA": str(place / "data"),
        "ATLAS_URLS_LOCK": "",
        "ATLAS_CACHE": str(ROOT / "build/cache"),
    }
    return subprocess.run(
        [
            *(sys.executable, "-m", "pelican", "-s", str(conf), str(place / "content")),
            *("-o", str(place / "output"), "--fatal", "errors", "-e"),
            *(f"{name}={json.dumps(value)}" for name, value in given.items()),
        ],
        cwd=ROOT,
        env={**os.environ, "ATLAS_SITEURL": "https://example.org", "ATLAS_SEARCH": "0", "COLUMNS": "200"}
        | {"PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


POISONED = (
    "address,../../../elsewhere/,A reason.,Powód.,,2020",
    "address,old/,A reason.,Powód.,../../../elsewhere/,2020",
    "address,data/old.csv,A reason.,Powód.,../elsewhere/index.html,2020",
    "city,../../../elsewhere,A reason.,Powód.,,2020",
)


@pytest.mark.parametrize(
    ("row", "checked"),
    [
        (POISONED[0], False),
        (POISONED[0], True),
        # The check refuses these as well: see what an address may be.
        *(pytest.param(*one, marks=pytest.mark.proof) for one in product(POISONED[1:], (False, True))),
    ],
)
def test_a_build_of_poisoned_data_touches_nothing_around_it(row: str, checked: bool, tmp_path: Path) -> None:
    place = tmp_path / "place"
    for name in ("elsewhere/index.html", "place/elsewhere/index.html", "place/urls.lock"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("" if name.endswith("lock") else "not ours")
    (place / "content/pages").mkdir(parents=True)
    shutil.copytree(GOOD, place / "data")
    with (place / "data/retired.csv").open("a", encoding="utf-8") as table:
        table.write(f"{row}\n")
    (place / "conf.py").write_text(UNCHECKED)
    before = _digest(tmp_path, place / "output")
    done = publish(place, checked)
    assert done.returncode in ((1,) if checked else (1, 70)), done.stdout + done.stderr
    assert not checked or "data/retired.csv:4:" in done.stderr
    assert not (place / "output").exists()
    assert _digest(tmp_path, place / "output") == before
