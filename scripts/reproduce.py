"""Build the public site and print its digest, so that two machines can compare what they made.

``python scripts/reproduce.py`` builds into ``build/reproduce/site`` and writes the digest of every file to
``build/reproduce/SHA256SUMS``. With ``--against FILE``, the list of another machine, it names the files that
differ and exits 1 where there are any.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import platform
import subprocess
import sys
from pathlib import Path

from atlas.build import clock

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "build/reproduce"
SITEURL = "https://example.org/atlas"
"""The address stands in the pages, so both machines must build for the same one."""


def digests(site: Path) -> dict[str, str]:
    """Return the SHA-256 of every file by its path below the site."""
    files = (path for path in site.rglob("*") if path.is_file())
    return {
        path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(files)
    }


def listed(known: dict[str, str]) -> str:
    """Return digests in the form of ``sha256sum``."""
    return "".join(f"{digest}  {path}\n" for path, digest in sorted(known.items()))


def read(text: str) -> dict[str, str]:
    """Return the digests of a list."""
    pairs = (line.split("  ", 1) for line in text.splitlines() if line)
    return {path: digest for digest, path in pairs}


def whole(known: dict[str, str]) -> str:
    """Return one digest for all."""
    return hashlib.sha256(listed(known).encode()).hexdigest()


def differing(mine: dict[str, str], other: dict[str, str]) -> list[str]:
    """Return a line for each file that the two have not in common."""
    lines = []
    for path in sorted(mine.keys() | other.keys()):
        if path not in other:
            lines.append(f"only here: {path}")
        elif path not in mine:
            lines.append(f"only there: {path}")
        elif mine[path] != other[path]:
            lines.append(f"differs: {path}")
    return lines


def _build(epoch: str) -> int:
    command = [sys.executable, "-m", "pelican", "-s", "publishconf.py", "--fatal", "errors"]
    environ = {**os.environ, "ATLAS_SITEURL": SITEURL, "SOURCE_DATE_EPOCH": epoch}
    # The code host of a workflow stands in the pages as well.
    environ.pop("ATLAS_CODE_URL", None)
    return subprocess.run(
        [*command, "-o", str(FOLDER / "site")], cwd=ROOT, env=environ, check=False
    ).returncode


def main() -> int:
    """Build, print, compare."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--against", type=Path, metavar="FILE", help="the list of another machine")
    options = parser.parse_args()
    epoch = str(int(clock.build_time(ROOT).timestamp()))
    if code := _build(epoch):
        return code
    mine = digests(FOLDER / "site")
    (FOLDER / "SHA256SUMS").write_text(listed(mine), "utf-8")
    asked = ("git", "rev-parse", "HEAD")
    commit = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()
    print(f"{whole(mine)}  {len(mine):,} files, commit {commit or 'unknown'}")
    print(f"made by Python {platform.python_version()} with SOURCE_DATE_EPOCH={epoch} for {SITEURL}")
    if options.against is None:
        print(
            "On another machine, in a clone of the same commit without changes:\n"
            f"    SOURCE_DATE_EPOCH={epoch} make reproduce\n"
            "The first line must be the same. Where it is not, copy build/reproduce/SHA256SUMS from here\n"
            "and add AGAINST=path/to/SHA256SUMS to learn which files differ."
        )
        return 0
    lines = differing(mine, read(options.against.read_text("utf-8")))
    print("\n".join(lines) or "every file is the same")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
