"""The repository in another folder, what its builds have kept, and what a folder holds."""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ASSETS = ("basemap", "fonts", "land", "map", "templates")
"""The stores of a disk cache that hold what sites of any data have alike."""


def contents(folder: Path) -> dict[str, bytes]:
    """Return the bytes of all files by their paths below the folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def copied(root: Path, to: Path) -> Path:
    """Copy what a build needs into another folder, file by file in another order; return the folder."""
    for name in ("plugins", "theme", "data", "content", "tests/data/good", "tests/data/sample"):
        for file in sorted((root / name).rglob("*"), reverse=True):
            if file.is_file() and "__pycache__" not in file.parts:
                target = to / file.relative_to(root)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, target)
    for name in ("atlas.yaml", "pelicanconf.py", "publishconf.py", "urls.lock"):
        if (root / name).is_file():
            shutil.copyfile(root / name, to / name)
    (to / "node_modules").symlink_to(root / "node_modules")
    # What changed, and when, is told from the history, which another machine has cloned as well.
    (to / ".git").symlink_to(root / ".git")
    return to


def with_assets(folder: Path) -> Path:
    """Give an atlas in another folder the assets that builds of the repository have kept; return the folder.

    To draw the base map and to cut the typefaces takes longer than to build a small site. What is kept is
    found by its contents; that a build from nothing writes the same bytes is shown by
    ``test_another_machine_builds_the_same_bytes`` and by ``test_nothing_is_ever_stale``.
    """
    for store in ASSETS:
        for file in (ROOT / "build/cache").glob(f"{store}-*/*"):
            if not file.suffix:  # else another build is writing it
                target = folder / "build/cache" / file.parent.name / file.name
                target.parent.mkdir(parents=True, exist_ok=True)
                with contextlib.suppress(FileNotFoundError):  # another version has just taken its place
                    shutil.copyfile(file, target)
    return folder
