"""Run everything that shows a promise of the atlas, and keep what came out in ``docs/proof.md``.

``python scripts/proof.py`` runs the tests that bear the mark ``proof`` or ``promise`` and puts a row for each
promise into the table: how many checks were tried and how many passed. A test says what it shows with
``@pytest.mark.promise("…")``, and how many things it tried, where they are many, with the fixture ``tried``.

The tests run in parts, two at a time; each part leaves its report in ``build/proof/``. A run that was stopped
is taken up with the parts that are missing or failed, as long as no file of the repository has changed;
``--earlier`` counts parts that passed at an earlier commit, and the page names it; ``--again`` begins anew.
Options behind ``--`` go to pytest. Exits as pytest does; without a whole run the page stays as it is.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import platform
import queue
import shutil
import subprocess
import sys
import threading
import time
import tomllib
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs/proof.md"
REPORTS = ROOT / "build/proof"
PARTS: Mapping[str, tuple[str, ...]] = {
    "accessibility": ("tests/proof/test_accessibility.py",),
    "injection": ("tests/proof/test_injection.py",),
    "headers": ("tests/proof/test_headers.py", "tests/proof/test_nginx.py"),
    "faults": ("tests/proof/test_build_faults.py",),
    "reproducible": ("tests/proof/test_reproducible.py",),
    "fuzz": ("tests/proof/test_fuzz.py",),
    "without": ("tests/proof/test_without.py",),
    "others": ("tests/proof/test_other_browsers.py",),
    "browser": ("tests/browser",),
    "data": ("tests/proof/test_real_site.py",),
    "rest": ("tests", "--ignore=tests/proof", "--ignore=tests/browser"),
}
"""What pytest is given for each part, the longest first; together they are all tests."""

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


def read(*reports: Path) -> list[Row]:
    """Return the promises of reports of pytest (JUnit XML), in the order in which they stand there."""
    rows: dict[str, Row] = {}
    for case in (case for report in reports for case in ElementTree.parse(report).iter("testcase")):
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
        if not _broken(case):
            row.passed += number
        else:
            row.failed.append(name)
    return list(rows.values())


def _broken(case: ElementTree.Element) -> bool:
    return case.find("failure") is not None or case.find("error") is not None


def whole(report: Path) -> bool:
    """Tell whether a part has a report in which nothing failed."""
    return report.is_file() and not any(map(_broken, ElementTree.parse(report).iter("testcase")))


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


def circumstances(earlier: Mapping[str, str]) -> str:
    """Return when, of what and with what the run was made; parts that ran earlier have their commits."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    commit = _commit()
    others = ("--", f":!{PAGE.relative_to(ROOT)}")  # the page itself is what a former run changed
    changed = " with changes" if _said("git", "status", "--porcelain", "-uno", *others) else ""
    browser = _said(_said(sys.executable, "scripts/browser.py"), "--version") or "no browser"
    with_what = (f"Python {platform.python_version()}", f"Pelican {version('pelican')}", browser)
    today = datetime.now(UTC).date().isoformat()
    at = f", commit {commit}{changed}" if commit else ""
    before = "".join(f"; {part} at commit {name}" for part, name in earlier.items())
    return f"Run on {today}: version {project['version']}{at}{before}; {', '.join(with_what)}.\n"


def _commit() -> str:
    return _said("git", "rev-parse", "--short=12", "HEAD")


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


def state() -> str:
    """Return a digest of the repository as it stands: what is committed, and every file that is not."""
    digest = hashlib.sha256(_said("git", "rev-parse", "HEAD").encode())
    listed = _said("git", "ls-files", "--modified", "--deleted", "--others", "--exclude-standard", "-z")
    for name in sorted(set(listed.split("\0")) - {"", PAGE.relative_to(ROOT).as_posix()}):
        path = ROOT / name
        digest.update(f"{name}\n".encode() + (path.read_bytes() if path.is_file() else b""))
    return digest.hexdigest()


def prepare(now: str, *, again: bool, earlier: bool) -> None:
    """Keep the reports of an earlier run where they are about the same files or may be older, else none."""
    known = REPORTS / "state"
    same = known.is_file() and known.read_text() == now
    if again or not (same or earlier):
        shutil.rmtree(REPORTS, ignore_errors=True)
    if not same:
        shutil.rmtree(REPORTS / "sites", ignore_errors=True)
        REPORTS.mkdir(parents=True, exist_ok=True)
        known.write_text(now)


def run(part: str, options: Sequence[str]) -> int:
    """Run the tests of a part and return what pytest returns; the report is there only when it ended."""
    report, unfinished = REPORTS / f"{part}.xml", REPORTS / f"{part}.unfinished"
    report.unlink(missing_ok=True)
    command = [sys.executable, "-m", "pytest", "-m", "proof or promise", "-q", "--durations=10"]
    own = (f"--sites={REPORTS / 'sites'}", f"--junitxml={unfinished}", "-p", "no:cacheprovider")
    began = time.monotonic()
    with (REPORTS / f"{part}.log").open("w") as log:
        code = subprocess.run(
            [*command, *own, *PARTS[part], *options], cwd=ROOT, stdout=log, stderr=log, check=False
        ).returncode
    if code in (0, 1) and unfinished.is_file():
        unfinished.rename(report)
        report.with_suffix(".commit").write_text(_commit())
    told = {0: "ok", 1: "FAILED"}.get(code, f"ended with {code}")
    minutes = (time.monotonic() - began) / 60
    print(f"{part:<14} {told:<8} {minutes:5.1f} min  {_counted(report)}", flush=True)
    return code


def _counted(report: Path) -> str:
    if not report.is_file():
        return f"see {report.with_suffix('.log')}"
    return f"{sum(1 for _ in ElementTree.parse(report).iter('testcase'))} tests"


def run_all(parts: Iterable[str], lanes: int, options: Sequence[str]) -> dict[str, int]:
    """Run parts, so many of them at a time; return what pytest returned for each."""
    waiting: queue.SimpleQueue[str] = queue.SimpleQueue()
    for part in parts:
        waiting.put(part)
    codes: dict[str, int] = {}

    def lane() -> None:
        while True:
            try:
                part = waiting.get_nowait()
            except queue.Empty:
                return
            codes[part] = run(part, options)

    threads = [threading.Thread(target=lane, daemon=True) for _ in range(lanes)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return codes


def main() -> int:
    """Run, print the table, keep it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--keep", action=argparse.BooleanOptionalAction, default=True, help="write the page")
    parser.add_argument("--again", action="store_true", help="run every part, whatever ran before")
    parser.add_argument(
        "--earlier", action="store_true", help="let parts count that passed at an earlier commit"
    )
    parser.add_argument(
        "--lanes", type=int, default=min(2, os.cpu_count() or 1), help="how many parts run at a time"
    )
    parser.add_argument("--part", choices=PARTS, action="append", help="run only this; the page stays")
    parser.add_argument("pytest", nargs="*", help="options of pytest, behind --; with a choice use --no-keep")
    options = parser.parse_args()
    prepare(now := state(), again=options.again, earlier=options.earlier)
    chosen = [part for part in options.part or PARTS if not whole(REPORTS / f"{part}.xml")]
    for part in options.part or PARTS:
        if part not in chosen:
            print(f"{part:<14} stands from before")
    codes = run_all(chosen, options.lanes, options.pytest)
    reports = [REPORTS / f"{part}.xml" for part in options.part or PARTS]
    if not all(report.is_file() for report in reports):
        print("the run did not come to its end; the page stays as it was", file=sys.stderr)
        return max([code for code in codes.values() if code not in (0, 1)], default=1) or 1
    rows = read(*reversed(reports))  # bad input first, as people think of it
    print(*words(rows), sep="\n")
    if state() != now:
        print("files changed during the run; the page stays as it was", file=sys.stderr)
        return 1
    if options.keep and not options.part:
        commits = {part: (REPORTS / f"{part}.commit").read_text() for part in PARTS}
        earlier = {part: commit for part, commit in commits.items() if commit != _commit()}
        text = f"{circumstances(earlier)}\n{table(rows)}"
        PAGE.write_text(put(PAGE.read_text("utf-8"), text), "utf-8")
        print(f"kept in {PAGE.relative_to(ROOT)}")
    return 1 if any(codes.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
