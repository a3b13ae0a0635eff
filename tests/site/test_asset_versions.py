"""Addresses of assets change with their content, and files of a former edition are still found."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from tests.builders import ROOT

from atlas.site.assets.versions import asset_version, stamp

NAMED = re.compile(r"""["'(]((?:\.{1,2}/|theme/)[\w./-]+\.(?:js|css|woff2|svg))(\?v=[0-9a-f]{8})?["')]""")


def test_a_version_changes_with_any_asset(tmp_path: Path) -> None:
    theme = tmp_path / "theme"
    shutil.copytree(ROOT / "theme/static", theme / "static")
    before = asset_version(theme, ROOT, (), ())
    assert asset_version(theme, ROOT, (), ()) == before
    assert re.fullmatch(r"[0-9a-f]{8}", before)
    script = theme / "static/js/shared/csv.js"
    script.write_text(script.read_text("utf-8") + "\n", "utf-8")
    assert asset_version(theme, ROOT, (), ()) != before


def test_what_scripts_and_styles_load_is_stamped_and_nothing_else(tmp_path: Path) -> None:
    files = {
        "js/a.js": 'import { b } from "./b.js";\nawait import("../c/d.js");\n'
        'at("theme/css/e.css"); "f.js";\n',
        "css/a.css": '@import "../vendor/l.css" layer(v);\n@font-face { src: url("../fonts/g.woff2"); }\n',
        "vendor/l.js": 'import "./m.js";\n',
    }
    for name, text in files.items():
        (tmp_path / "theme" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "theme" / name).write_text(text, "utf-8")
    stamp(tmp_path, "0123abcd")
    assert {name: (tmp_path / "theme" / name).read_text("utf-8") for name in files} == {
        "js/a.js": 'import { b } from "./b.js?v=0123abcd";\nawait import("../c/d.js?v=0123abcd");\n'
        'at("theme/css/e.css?v=0123abcd"); "f.js";\n',
        "css/a.css": '@import "../vendor/l.css?v=0123abcd" layer(v);\n'
        '@font-face { src: url("../fonts/g.woff2?v=0123abcd"); }\n',
        "vendor/l.js": 'import "./m.js";\n',
    }


def test_every_asset_of_a_public_site_is_named_with_one_version(good_site: Path) -> None:
    pages = [path for path in good_site.rglob("*.html") if "pagefind" not in path.parts]
    assets = [
        path for kind in ("css", "js") for path in (good_site / "theme" / kind).rglob("*") if path.is_file()
    ]
    versions, bare = set(), []
    for path in (*pages, *assets):
        for address, version in NAMED.findall(path.read_text("utf-8")):
            versions.add(version)
            if not version:
                bare.append(f"{path.relative_to(good_site)}: {address}")
    assert bare == []
    assert len(versions) == 1
