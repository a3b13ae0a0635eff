"""The commands on Windows: they start without what only Unix has."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from atlas.build.processes import processors

PLUGIN = Path(__file__).resolve().parents[2] / "plugins/atlas"
UNIX = ("fcntl", "grp", "posix", "pwd", "resource", "termios", "tty")
ONLY_UNIX = (
    *("O_CLOEXEC", "O_DIRECTORY", "O_NOFOLLOW", "chown", "fchmod", "fork", "geteuid", "getuid", "killpg"),
    *("setsid", "SIGALRM", "SIGHUP", "SIGKILL", "SIGUSR1", "AF_UNIX"),
)
FORKS = "atlas.build.processes"
"""Forks where more than one processor is counted, which is nowhere on Windows."""
IMPORT_ALL = """
import importlib, pkgutil, sys
import pathlib, shutil, tempfile  # these ask for such modules themselves, and do without
for name in sys.argv[1:]:
    sys.modules[name] = None
import atlas.cli
for one in pkgutil.walk_packages(atlas.cli.__path__, "atlas.cli."):
    importlib.import_module(one.name)
import atlas.build.read_data, atlas.views.shared.statistics
print(*sorted(name for name in sys.modules if name.partition(".")[0] == "atlas"))
"""


def used(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in ONLY_UNIX:
            yield node.attr


def test_no_command_needs_what_only_unix_has() -> None:
    done = subprocess.run(
        [sys.executable, "-c", IMPORT_ALL, *UNIX], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    found = []
    for module in set(done.stdout.split()) - {FORKS}:
        path = PLUGIN.parent / module.replace(".", "/")
        file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
        found += [f"{module}: {name}" for name in used(ast.parse(file.read_text("utf-8")))]
    assert found == []


def test_where_nothing_forks_one_processor_does_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "fork")
    assert processors() == 1
