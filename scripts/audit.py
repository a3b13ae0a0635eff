"""Ask PyPI's advisories about every locked Python package; needs a network.

``requirements/accepted.csv`` names what is accepted for a while: the vulnerability, the package, the last
day on which the reason holds, and the reason. After that day the audit fails again. Exits 0 where every
package was looked up and nothing is wrong, 1 where something was found, or could not be asked.
"""

from __future__ import annotations

import csv
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ACCEPTED = ROOT / "requirements" / "accepted.csv"


@dataclass(frozen=True, slots=True)
class Accepted:
    """A vulnerability that does no harm here, until somebody looks again."""

    vulnerability: str
    package: str
    until: date
    reason: str


def accepted(path: Path = ACCEPTED) -> list[Accepted]:
    """Return the accepted vulnerabilities; raises SystemExit where a row is not complete."""
    rows = []
    with path.open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines), start=2):
            try:
                until = date.fromisoformat(row["until"])
            except ValueError:
                raise SystemExit(
                    f"{path}:{number}: until {row['until']!r}: type a day such as 2027-03-31"
                ) from None
            if not (row["vulnerability"] and row["package"] and row["reason"]):
                raise SystemExit(f"{path}:{number}: a vulnerability, a package and a reason are needed")
            rows.append(Accepted(row["vulnerability"], row["package"], until, row["reason"]))
    return rows


def command(rows: Iterable[Accepted], today: date, locks: Iterable[Path]) -> list[str]:
    """Return the call of pip-audit; what is accepted no longer is not left out."""
    words = [sys.executable, "-m", "pip_audit", "--strict", "--disable-pip", "--require-hashes"]
    for lock in locks:
        words += ["--requirement", str(lock)]
    for row in rows:
        if row.until >= today:
            words += ["--ignore-vuln", row.vulnerability]
        else:
            print(f"{row.vulnerability} in {row.package} was accepted until {row.until} only: {row.reason}")
    return words


def main() -> None:
    """Run the audit."""
    locks = sorted((ROOT / "requirements").glob("*.txt"))
    done = subprocess.run(command(accepted(), datetime.now(UTC).date(), locks), check=False)
    sys.exit(1 if done.returncode else 0)


if __name__ == "__main__":
    main()
