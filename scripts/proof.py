"""Run everything that shows a promise of the atlas, and keep what came out in ``docs/proof.md``.

``python scripts/proof.py`` runs the tests that bear the mark ``proof`` or ``promise`` and puts a row for each
promise into the table: how many checks were tried and how many passed. A test says what it shows with
``@pytest.mark.promise("…")``, and how many things it tried, where they are many, with the fixture ``tried``.
Options behind ``--`` go to pytest. Exits as pytest does; without a whole run the page stays as it is.
"""

from __future__ import annotations

import argparse
import platform
import subprocess
import sys
import tempfile
import tomllib
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs/proof.md"
BEGIN, END = "<!-- written by make proof -->\n", "<!-- until here -->\n"


@dataclass
class Row:
    """One promise: how many checks it had, and which of them failed or could not be made."""

    promise: str
    tried: int = 0
    passed: int = 0
    failed: list[str] = field(default_factory=list)
    skipped: dict[str, str] = field(default_factory=dict)
    """The reason by the name of the test."""


def read(report: Path) -> list[Row]:
    """Return the promises of a report of pytest (JUnit XML), in the order in which they were tried."""
    rows: dict[str, Row] = {}
    for case in ElementTree.parse(report).iter("testcase"):
        values = {one.get("name"): one.get("value") for one in case.iter("property")}
        promise = values.get("promise")
        if not promise:
            continue
        row = rows.setdefault(promise, Row(promise))
        name = f"{(case.get('classname') or '').removeprefix('tests.')}::{case.get('name')}"
        skipped = case.find("skipped")
        if skipped is not None:
            row.skipped[name] = skipped.get("message") or "no reason"
            continue
        number = int(values.get("tried") or 1)
        row.tried += number
        if case.find("failure") is None and case.find("error") is None:
            row.passed += number
        else:
            row.failed.append(name)
    return list(rows.values())


def table(rows: Sequence[Row]) -> str:
    """Return the promises as a table in Markdown, and below it what could not be tried."""
    lines = ["| promise | tried | passed |", "|---|---:|---:|"]
    for row in rows:
        passed = f"{row.passed:,}" if row.passed == row.tried else f"**{row.passed:,}**"
        promise = row.promise.replace("|", "\\|")
        lines.append(f"| {promise} | {row.tried:,} | {passed} |")
    lines.append("")
    failed = [name for row in rows for name in row.failed]
    if failed:
        lines += ["Failed:", "", *(f"- `{name}`" for name in failed), ""]
    if skipped := {name: why for row in rows for name, why in row.skipped.items()}:
        lines += ["Not tried here:", "", *(f"- `{name}`: {why}" for name, why in skipped.items()), ""]
    return "\n".join(lines)


def words(rows: Sequence[Row]) -> Iterator[str]:
    """Yield the table as lines for a terminal."""
    for row in rows:
        sign = "FAILED" if row.failed else "ok    " if row.tried else "none  "
        yield f"{sign} {row.passed:>8,} of {row.tried:>8,}  {row.promise}"


def circumstances() -> str:
    """Return when, of what and with what the run was made."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    commit = _said("git", "rev-parse", "--short=12", "HEAD")
    changed = " with changes" if _said("git", "status", "--porcelain", "--untracked-files=no") else ""
    browser = _said(_said(sys.executable, "scripts/browser.py"), "--version") or "no browser"
    with_what = (f"Python {platform.python_version()}", f"Pelican {version('pelican')}", browser)
    today = datetime.now(UTC).date().isoformat()
    at = f", commit {commit}{changed}" if commit else ""
    return f"Run on {today}: version {project['version']}{at}; {', '.join(with_what)}.\n"


def _said(*command: str) -> str:
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return done.stdout.strip()


def put(page: str, text: str) -> str:
    """Return the page with the text between the two marks; raises ValueError where they are missing."""
    before, _, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not end:
        raise ValueError(f"{PAGE.name} has lost its marks {BEGIN.strip()} and {END.strip()}")
    return f"{before}{BEGIN}\n{text}\n{END}{after}"


def main() -> int:
    """Run, print the table, keep it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--keep", action=argparse.BooleanOptionalAction, default=True, help="write the page")
    parser.add_argument("pytest", nargs="*", help="options of pytest, behind --; with a choice use --no-keep")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", "-m", "proof or promise", f"--junitxml={report}", "-q"]
        code = subprocess.run([*command, *options.pytest], cwd=ROOT, check=False).returncode
        if code not in (0, 1) or not report.is_file():
            print("the run did not come to its end; the page stays as it was", file=sys.stderr)
            return code or 1
        rows = read(report)
    print(*words(rows), sep="\n")
    if options.keep:
        text = f"{circumstances()}\n{table(rows)}"
        PAGE.write_text(put(PAGE.read_text("utf-8"), text), "utf-8")
        print(f"kept in {PAGE.relative_to(ROOT)}")
    return code


if __name__ == "__main__":
    sys.exit(main())
