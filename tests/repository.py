"""A git repository of the small dataset, for tests that look into the history."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

GOOD = Path(__file__).parent / "data/good"
FORMER = "2026-01-20"
"""The day of the first commit."""


def git(*arguments: str, day: str = FORMER) -> str:
    """Run git in the working directory as a fixed person on a fixed day; return what it prints."""
    settings = ("user.name=Test", "user.email=test@example.org", "commit.gpgsign=false")
    options = [word for setting in settings for word in ("-c", setting)]
    stamp = f"{day}T12:00:00Z"
    environ = {**os.environ, "GIT_AUTHOR_DATE": stamp, "GIT_COMMITTER_DATE": stamp}
    done = subprocess.run(
        ["git", *options, *arguments], check=True, capture_output=True, text=True, env=environ
    )
    return done.stdout.strip()


def repository(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make ``folder`` a repository whose one commit holds the valid dataset; return its ``data``."""
    monkeypatch.chdir(folder)
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1769904000")  # 2026-02-01
    shutil.copytree(GOOD, folder / "data")
    git("init", "-q")
    git("add", "data")
    git("commit", "-qm", "first")
    return Path("data")


def edit(path: Path, old: str, new: str) -> None:
    """Replace a text that must stand in a file exactly once."""
    text = path.read_text("utf-8")
    assert text.count(old) == 1, f"{path}: {old!r} stands there {text.count(old)} times"
    path.write_text(text.replace(old, new), "utf-8")
