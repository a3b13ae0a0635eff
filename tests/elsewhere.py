"""The repository in another folder, and what a folder holds."""

from __future__ import annotations

import shutil
from pathlib import Path


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
