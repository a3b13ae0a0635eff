"""Open a pull request with what a command changed in the data, or renew the one that is open.

``python3 scripts/propose.py FOLDER BRANCH`` applies ``change.patch`` of the folder and takes title and text
from its ``message.txt``. It runs with a token that may write: nothing is taken but plain files of the data.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

BRANCH = re.compile(r"suggestion-[0-9]{1,9}|archived-copies")
FILE = re.compile(r"data/(?:[a-z0-9-]+/)?[a-z0-9-]+\.(?:csv|yaml)")
_MODE = re.compile(
    r"(?:new file mode|new mode|old mode|deleted file mode|rename|copy|similarity|GIT binary) ?.*"
)
_PLAIN = "new file mode 100644"
_NAMED = ("-c", "user.name=github-actions[bot]")
_MAILED = ("-c", "user.email=41898282+github-actions[bot]@users.noreply.github.com")
_TESTED = (
    "\n\nThe rows were checked when they were written. Close and reopen this pull request to run the checks "
    "beside its lines: the host does not start them for what a workflow opens."
)


def problem(patch: str, names: list[str]) -> str:
    """Return why a patch is not taken, empty where it only changes text of plain files of the data."""
    for name in names:
        if not FILE.fullmatch(name):
            return f"not a file of the data: {name!r}"
    heads = [line for line in patch.split("\n") if line and line[0] not in " +-@\\"]
    odd = [line for line in heads if _MODE.match(line) and line != _PLAIN]
    return f"more than a change of text: {odd[0]!r}" if odd else ""


def run(*command: str) -> str:
    """Return what a command prints; one that fails ends the script."""
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def main(arguments: list[str]) -> int:
    """Apply, push and propose."""
    folder, branch = Path(arguments[0]), arguments[1]
    if not BRANCH.fullmatch(branch):
        raise SystemExit(f"unexpected branch: {branch!r}")
    patch = folder / "change.patch"
    text = patch.read_text("utf-8")
    if not text.strip():
        print("nothing to propose")
        return 0
    names = [
        line.split("\t")[2] for line in run("git", "apply", "--numstat", "-z", str(patch)).split("\0") if line
    ]
    if wrong := problem(text, names):
        raise SystemExit(wrong)
    title, _, body = (folder / "message.txt").read_text("utf-8").strip().partition("\n")
    run("git", "switch", "--force-create", branch)
    run("git", "apply", "--index", str(patch))
    run("git", *_NAMED, *_MAILED, "commit", "--file", str(folder / "message.txt"))
    run("git", "push", "--force", "origin", branch)
    if run("gh", "pr", "list", "--head", branch, "--state", "open", "--json", "number").strip() == "[]":
        (folder / "body.md").write_text(body.strip() + _TESTED, "utf-8")
        told = ("--title", title[:200], "--body-file", str(folder / "body.md"))
        print(run("gh", "pr", "create", "--head", branch, "--base", "main", *told))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
