"""A tiny Pelican project that uses nothing of the atlas but ``publish``, in a folder of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

PATIENCE = 120
"""Seconds after which a test gives up waiting: a machine that does much else is no fault of a build."""

PLUGIN = '''
import os, time
from pathlib import Path
from pelican import signals
from pelican.generators import Generator
from atlas.build import pelican_run as publish

BODY = os.environ.get("BODY", "new")

class Pages(Generator):
    def generate_output(self, writer):
        template = self.get_template("row")
        for n in range(int(os.environ.get("PAGES", "3"))):
            writer.write_file(f"{n}/index.html", template, self.context, n=n, body=BODY)
            step(n, Path(self.output_path))

def step(n, output):
    """What each test makes happen while page n is written."""
    {fault}

def get_generators(pelican):
    return Pages

def register():
    publish.connect()
    signals.get_generators.connect(get_generators)
    {register}
'''

CONF = """
from jinja2 import StrictUndefined
PLUGIN_PATHS, PLUGINS = ["plugins"], ["tiny"]
PATH, THEME, OUTPUT_PATH = "content", "theme", "output"
ATLAS_DATA = "data"
DIRECT_TEMPLATES, ARTICLE_PATHS, PAGE_PATHS = [], [], ["pages"]
STATIC_PATHS = ["static"]
READERS = {"rst": None}
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
TIMEZONE = "UTC"
LOAD_CONTENT_CACHE = False
JINJA_ENVIRONMENT = {"undefined": StrictUndefined, "autoescape": True}
"""


class Project:
    """A Pelican project in a folder of its own, and what its builds leave."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.output = root / "output"
        for folder in (
            "content/pages",
            "content/static",
            "data",
            "plugins",
            "theme/templates",
            "theme/static",
        ):
            (root / folder).mkdir(parents=True)
        (root / "pelicanconf.py").write_text(CONF)
        self.template = root / "theme/templates/row.html"
        self.template.write_text("{{ n }} {{ body }}")
        (root / "theme/templates/page.html").write_text("{{ page.content|safe }}")
        self.plugin()

    def plugin(self, fault: str = "pass", register: str = "pass") -> None:
        text = PLUGIN.replace("{fault}", fault).replace("{register}", register)
        (self.root / "plugins/tiny.py").write_text(text)

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "pelican", "-s", "pelicanconf.py", *arguments]

    def build(self, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(*arguments),
            cwd=self.root,
            env={**os.environ, "COLUMNS": "200", **environ},
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            timeout=PATIENCE,
            check=False,
        )

    def start(self, *arguments: str, **environ: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            self.command(*arguments),
            cwd=self.root,
            env={**os.environ, **environ},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            text=True,
        )

    def site(self) -> dict[str, bytes]:
        files = (path for path in self.output.rglob("*") if path.is_file())
        return {path.relative_to(self.output).as_posix(): path.read_bytes() for path in files}

    def leftovers(self) -> list[str]:
        return sorted(path.name for path in self.root.glob(".output*"))


def wait_until(what: Callable[[], object], wanted: str) -> None:
    """Wait for what another process does; fails in the end."""
    end = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < end, f"in vain: {wanted}"
        time.sleep(0.01)


def wait_for(path: Path) -> None:
    """Wait for a file."""
    wait_until(path.exists, f"{path} appears")


Published = tuple[Project, dict[str, bytes]]
"""A project and the files of its site, which no failed build may touch."""


def with_site(project: Project) -> Published:
    """Publish the site of a project."""
    done = project.build(BODY="old")
    assert done.returncode == 0, done.stdout + done.stderr
    assert project.leftovers() == []
    return project, project.site()


def refused(published: Published, code: int, *texts: str, args: tuple[str, ...] = ()) -> str:
    """Build; assert the exit code, the message, that the old site is untouched and that nothing is left."""
    project, before = published
    done = project.build(*args)
    said = done.stdout + done.stderr
    assert done.returncode == code, said
    for text in texts:
        assert text in said
    assert project.site() == before
    assert project.leftovers() == []
    return said
