"""A row from a fork's browser edit to the published page, with no command typed by the contributor.

What the workflows run is read from them, so that this and they cannot part.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml
from tests.repository import GOOD, git
from tests.site.test_permanence import publish

ROOT = Path(__file__).resolve().parents[2]
WORKFLOWS = ROOT / ".github/workflows"
pytestmark = pytest.mark.promise("A row that somebody adds in the browser gets to the published page")


class Host(NamedTuple):
    """The code host: the repository of the project, and a clone on which its workflows run."""

    origin: Path
    runner: Path


@pytest.fixture
def host(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Host:
    """A project of the small dataset, published once, so that its addresses are promised."""
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1769904000")  # 2026-02-01
    origin, runner = tmp_path / "origin.git", tmp_path / "runner"
    git("init", "-q", "--bare", "-b", "main", str(origin))
    git("clone", "-q", str(origin), str(runner))
    monkeypatch.chdir(runner)
    git("checkout", "-q", "-b", "main")
    (runner / "content/pages").mkdir(parents=True)
    subprocess.run(["cp", "-r", str(GOOD), "data"], check=True)
    (runner / ".gitattributes").write_text("urls.lock merge=union\n")
    (runner / ".gitignore").write_text("/.venv\n/scripts\n/output\n/build\n")
    (runner / ".venv").symlink_to(Path(sys.executable).parents[1])
    (runner / "scripts").symlink_to(ROOT / "scripts")
    git("add", "-A")
    git("commit", "-qm", "first")
    git("push", "-q", "origin", "main")
    run(step("publish", "new_addresses.py"), runner)
    return Host(origin, runner)


def step(workflow: str, part: str) -> str:
    """Return the one command of a workflow that has a part in it."""
    jobs = yaml.safe_load((WORKFLOWS / f"{workflow}.yml").read_text("utf-8"))["jobs"]
    [found] = [
        one["run"] for job in jobs.values() for one in job.get("steps", ()) if part in one.get("run", "")
    ]
    return str(found)


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command of a workflow as the code host would; ``gh`` has nothing to do there."""
    environ = {
        **os.environ,
        "GITHUB_BASE_REF": "main",
        "GITHUB_STEP_SUMMARY": str(folder.parent / "summary.md"),
    }
    command = command.replace("gh auth setup-git\n", "").replace('--base "$BEFORE"', "--base HEAD~1")
    done = subprocess.run(
        ["bash", "-e", "-c", command], cwd=folder, env=environ, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done


def test_a_row_gets_from_a_browser_to_the_published_page(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    # Somebody edits the file in a fork: a row at the end, and nothing else.
    fork = host.runner.parent / "fork"
    git("clone", "-q", str(host.origin), str(fork))
    monkeypatch.chdir(fork)
    table = fork / "data/commitments/equality.csv"
    table.write_text(table.read_text("utf-8") + "honnelles,signatory,2020-05,press,,\n", "utf-8")
    git("checkout", "-q", "-b", "patch-1")
    git("commit", "-qam", "Update equality.csv", day="2026-01-25")
    git("push", "-q", "origin", "patch-1")

    # The pull request: what the workflow asks of it.
    monkeypatch.chdir(host.runner)
    git("fetch", "-q", "origin")
    git("checkout", "-q", "patch-1")
    run(step("check", "atlas check"), host.runner)
    run(step("check", "atlas lock"), host.runner)
    run(step("check", "atlas diff"), host.runner)
    told = (host.runner.parent / "summary.md").read_text("utf-8")
    assert "Honnelles signed “Charter for Equality” in May 2020" in told

    # It is merged, and the main branch published.
    git("checkout", "-q", "main")
    git("merge", "-q", "--no-ff", "-m", "Merge", "patch-1", day="2026-01-26")
    git("push", "-q", "origin", "main")
    done = publish(host.runner)
    assert (done.returncode, "E-" in done.stderr) == (0, False), done.stderr
    run(step("publish", "atlas lock"), host.runner)
    run(step("publish", "new_addresses.py"), host.runner)
    page = (host.runner / "output/cities/honnelles/index.html").read_text("utf-8")
    assert 'id="equality"' in page
    promised = git("--git-dir", str(host.origin), "show", "main:urls.lock").splitlines()
    assert "/cities/honnelles/ #equality #welcome" in promised
    assert git("--git-dir", str(host.origin), "log", "-1", "--format=%an %s", "main").startswith(
        "github-actions[bot] urls.lock: addresses of "
    )


def test_a_pull_request_that_loses_a_claim_is_told_what_to_type(
    host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = host.runner / "data/commitments/equality.csv"
    kept = [line for line in table.read_text("utf-8").splitlines(True) if not line.startswith("windhoek,")]
    table.write_text("".join(kept), "utf-8")
    with pytest.raises(AssertionError, match="commitment,windhoek/equality,WHY,DLACZEGO,,2026-02-01"):
        run(step("check", "atlas lock"), host.runner)
