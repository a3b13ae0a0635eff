"""``make serve`` builds in processes that are forked from a warm one."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from tests.builders import ROOT
from tests.test_publish import Project


@pytest.fixture
def serve(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script, for a tiny project."""
    spec = importlib.util.spec_from_file_location("scripts_serve", ROOT / "scripts/serve.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "ROOT", tmp_path / "project")
    return module


def test_every_build_meets_the_code_as_it_is(
    serve: ModuleType, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    project = Project(tmp_path / "project")
    assert serve.build(project.output) is True
    assert (project.output / "0/index.html").read_text() == "0 new"
    project.plugin("n or (output / 'more').write_text('more')")
    assert serve.build(project.output) is True
    assert (project.output / "more").read_text() == "more"
    assert "-> built in " in capfd.readouterr().out


def test_a_build_that_fails_leaves_the_site_and_says_so(
    serve: ModuleType, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    project = Project(tmp_path / "project")
    assert serve.build(project.output) is True
    before = project.site()
    project.template.write_text("{{ nobody }}")
    assert serve.build(project.output) is False
    assert "-> not built: mend what is said above" in capfd.readouterr().out
    assert project.site() == before
    project.template.write_text("{{ n }} again")
    assert serve.build(project.output) is True
    assert (project.output / "0/index.html").read_text() == "0 again"


def test_the_warm_process_knows_nothing_of_the_atlas() -> None:
    code = (
        "import sys; sys.path.insert(0, 'scripts'); import serve; serve.warm()\n"
        "print([name for name in sys.modules if name.split('.')[0] == 'atlas'])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
