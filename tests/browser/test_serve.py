"""An edited row shows itself in the open page, and a mistake leaves the page as it was."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from tests.browser.visit import opened
from tests.build.test_incremental import Project
from tests.builders import ROOT


class Serving:
    """``make serve`` in a small project."""

    def __init__(self, project: Project) -> None:
        (project.root / "scripts").mkdir()
        for name in ("serve.py", "live.py", "workshop.py"):
            shutil.copy(ROOT / "scripts" / name, project.root / "scripts")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.project = project
        self.address = f"http://127.0.0.1:{self.port}/"
        plugins = str(project.root / "plugins")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "scripts.serve", "--port", str(self.port)],
            cwd=project.root,
            env={**os.environ, "ATLAS_SEARCH": "0", "PYTHONPATH": plugins},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            # What runs in the background of a shell would not hear it.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        )

    def says(self, what: str) -> str:
        """Wait until it says something; return all since the last time."""
        assert self.process.stdout is not None
        said = ""
        for line in self.process.stdout:
            said += line
            if what in line:
                return said
        raise AssertionError(said)

    def replace(self, old: str, new: str) -> None:
        row = self.project.root / "data/commitments/welcome.csv"
        text = row.read_text()
        assert old in text
        row.write_text(text.replace(old, new))


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[Serving]:
    made = Serving(Project(tmp_path / "atlas"))
    try:
        made.says("-> http://")
        yield made
    finally:
        made.process.send_signal(signal.SIGINT)
        made.process.communicate(timeout=300)
        assert made.process.returncode == 0
        assert not (made.project.root / ".output.staging").exists()


def test_an_edited_row_shows_itself(serving: Serving, browser: Browser) -> None:
    with opened(browser, serving.address + "cities/gdansk/", watched=False) as page:
        claim = page.locator("#welcome")
        expect(claim).to_contain_text("2016")
        assert page.evaluate("document.querySelectorAll('script[src^=\"/.live.js\"]').length") == 1
        serving.replace("gdansk,,member,2016,2016-06", "gdansk,,member,2013,2013-06")
        expect(claim).to_contain_text("2013", timeout=60_000)
        serving.says("-> built in")
        assert b"2013" in (serving.project.output / "cities/gdansk/index.html").read_bytes()
        serving.replace("gdansk,,member,2013,2013-06", "gdansk,,member,2013,2013-13")
        said = serving.says("-> not built")
        assert "E-DATE since '2013-13': there is no month 13" in said
        expect(claim).to_contain_text("2013")
        serving.replace("2013,2013-13", "2014,2014-03")
        expect(claim).to_contain_text("2014", timeout=60_000)
        assert page.evaluate("window.violations") == []
