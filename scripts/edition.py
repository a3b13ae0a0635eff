"""Pack the dataset of a built site as a release of its edition, which a DOI service can keep.

``python scripts/edition.py output build/edition`` reads ``output/data`` and writes one zip with the data
package, every table, the checksums, ``CHANGES.md`` (the changes since the last release in sentences) and
``CITATION.cff`` with the version. It prints the tag of the release, ``data-<name of the edition>``, or
nothing where a release of the same data exists. The same site gives the same bytes.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TAG = "data-"
FIRST = "# Changes\n\nThe first release of the data.\n"


def released(root: Path) -> list[str]:
    """Return the tags of editions, the oldest first."""
    command = ["git", "tag", "--list", f"{TAG}*", "--sort=creatordate"]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout.split()


def changes(root: Path, since: str | None) -> str:
    """Return what changed since a tag, in sentences."""
    if since is None:
        return FIRST
    command = [sys.executable, "-m", "atlas.cli.main", "diff", since, "HEAD", "--format", "markdown"]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout


def citation(text: str, version: str) -> str:
    """Return CITATION.cff with the version and its day."""
    return f'{text}version: "{version}"\ndate-released: "{version.partition(".")[0]}"\n'


def files(site: Path) -> dict[str, bytes]:
    """Return the files that the checksums of a site list, and the list itself, by path below ``data/``."""
    data = site / "data"
    names = (line.split("  ", 1)[1] for line in (data / "SHA256SUMS").read_text("utf-8").splitlines())
    return {name: (data / name).read_bytes() for name in (*names, "SHA256SUMS")}


def pack(target: Path, members: dict[str, bytes], version: str) -> None:
    """Write a zip whose bytes depend on its members and the day of the edition alone."""
    year, month, day = map(int, version.partition(".")[0].split("-"))
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in sorted(members.items()):
            member = zipfile.ZipInfo(name, (year, month, day, 0, 0, 0))
            member.external_attr = 0o644 << 16
            member.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(member, content)


def main(arguments: list[str] | None = None, root: Path = ROOT) -> int:
    """Write the zip and print the tag."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("site", type=Path, help="a site that `make publish` built")
    parser.add_argument("folder", type=Path, help="where the zip and CHANGES.md go")
    options = parser.parse_args(arguments)
    package = json.loads((options.site / "data/datapackage.json").read_text("utf-8"))
    version = package["version"]
    known = released(root)
    if any(tag.rpartition(".")[2] == version.rpartition(".")[2] for tag in known):
        return 0
    told = changes(root, known[-1] if known else None)
    cited = citation((root / "CITATION.cff").read_text("utf-8"), version)
    members = files(options.site) | {"CHANGES.md": told.encode(), "CITATION.cff": cited.encode()}
    options.folder.mkdir(parents=True, exist_ok=True)
    (options.folder / "CHANGES.md").write_text(told, "utf-8")
    pack(options.folder / f"{package['name']}-{version}.zip", members, version)
    print(TAG + version)
    return 0


if __name__ == "__main__":
    sys.exit(main())
