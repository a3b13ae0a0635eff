"""What the workflows say on GitHub: a comment on a pull request, one issue about dead addresses.

``host.py comment`` and ``host.py issue FILE`` run with a token that may write. They run from the
main branch, use nothing but the standard library and ``gh``, and take what they are given for
text of strangers: it is measured before it is read, cut, and disarmed.
"""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import unicodedata
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

Call = Callable[[str, str, Mapping[str, str] | None], bytes]
"""Method, path below the API, and fields to an answer."""

MARK = "<!-- atlas: what changes -->"
BOT = "github-actions[bot]"
LABEL = "links"
TITLE = "Addresses that no longer answer"
LARGEST = 200_000
"""Bytes of an artefact that are looked at."""

LONGEST = 50_000
"""Characters of a comment or issue; the host takes 65,536."""

_ARMED = re.compile(r"[<&@]|\](?=[(:\[])|:(?=//)|(?i:www)(?=\.)|#(?=\d)")
_GAP = "\u200b"  # a space without width: what is read stays the same, what is done does not


def gh(method: str, path: str, fields: Mapping[str, str] | None = None) -> bytes:
    """Return the answer of the API, asked by the host's own program with the token of the job."""
    command = ["gh", "api", "--method", method, path]
    if fields is not None:
        command += ["--input", "-"]
    text = json.dumps(fields).encode() if fields is not None else None
    return subprocess.run(command, input=text, capture_output=True, check=True).stdout


def disarmed(text: str) -> str:
    """Return Markdown of a stranger that links nowhere, loads nothing and calls nobody."""
    kept = "".join(
        character
        for character in text.replace("\r\n", "\n").replace("\r", "\n")
        if character in "\n\t" or unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co", "Cn")
    )
    return shortened(_ARMED.sub(lambda match: match[0] + _GAP, kept))


def shortened(text: str) -> str:
    """Return whole lines of ``text`` that fit into a comment."""
    if len(text) <= LONGEST:
        return text
    return text[:LONGEST].rpartition("\n")[0] + "\n\n…\n"


def artefact(call: Call, repository: str, run: str, name: str, member: str) -> str | None:
    """Return the text of the one file of an artefact, or None where there is none that will do."""
    found = json.loads(call("GET", f"repos/{repository}/actions/runs/{run}/artifacts?name={name}", None))
    for one in found["artifacts"]:
        if one["name"] == name and not one["expired"] and one["size_in_bytes"] <= LARGEST:
            packed = call("GET", f"repos/{repository}/actions/artifacts/{int(one['id'])}/zip", None)
            return _unpacked(packed, member)
    return None


def _unpacked(packed: bytes, member: str) -> str | None:
    try:
        with zipfile.ZipFile(io.BytesIO(packed)) as archive, archive.open(member) as file:
            data = file.read(LARGEST + 1)  # the size that the archive states is a stranger's word
    except (zipfile.BadZipFile, KeyError, EOFError, NotImplementedError, RuntimeError):
        return None
    return data.decode("utf-8", "replace") if len(data) <= LARGEST else None


def pull_request(call: Call, repository: str, owner: str, branch: str, sha: str) -> int | None:
    """Return the number of the open pull request whose last commit is ``sha``.

    It is looked up and never taken from the artefact, which could name another one.
    """
    head = quote(f"{owner}:{branch}", safe="")
    found = json.loads(call("GET", f"repos/{repository}/pulls?state=open&head={head}&per_page=100", None))
    return next((int(one["number"]) for one in found if one["head"]["sha"] == sha), None)


def comment(call: Call, environ: Mapping[str, str]) -> str:
    """Write or renew the comment on the pull request of a run; return what was done."""
    repository = _checked(environ["REPOSITORY"], r"[\w.-]+/[\w.-]+")
    run = _checked(environ["RUN_ID"], r"\d+")
    sha = _checked(environ["HEAD_SHA"], r"[0-9a-f]{40,64}")
    owner = _checked(environ["HEAD_OWNER"], r"[\w.-]+")
    number = pull_request(call, repository, owner, environ["HEAD_BRANCH"], sha)
    if number is None:
        return "no open pull request has this commit any more"
    change = artefact(call, repository, run, "change", "change.md")
    server = environ.get("GITHUB_SERVER_URL", "https://github.com")
    page = f"{server}/{repository}/actions/runs/{run}"
    body = _body(change, environ.get("CONCLUSION", ""), page)
    existing = _own_comment(call, repository, number)
    if existing is None:
        call("POST", f"repos/{repository}/issues/{number}/comments", {"body": body})
        return f"commented on #{number}"
    call("PATCH", f"repos/{repository}/issues/comments/{existing}", {"body": body})
    return f"renewed the comment on #{number}"


def _body(change: str | None, conclusion: str, page: str) -> str:
    lines = [MARK]
    if conclusion != "success":
        lines += [
            f"**The check found something to mend**: it stands beside the lines, and in [the run]({page}).",
            f"**Kontrola znalazła coś do poprawienia**: uwagi są przy wierszach i w [przebiegu]({page}).",
            "",
        ]
    elif change is None or not change.strip():
        lines += ["Nothing changes in the data. / W danych nic się nie zmienia.", ""]
    lines += [
        f"<sub>From [the check]({page}), which also keeps the changed pages, to open from a disk "
        "(*preview*).</sub>",
        "",
    ]
    # Last, so that a fence that is never closed swallows nothing of ours.
    return "\n".join([*lines, disarmed(change or "").strip()]) + "\n"


def _own_comment(call: Call, repository: str, number: int) -> int | None:
    for page in range(1, 11):
        path = f"repos/{repository}/issues/{number}/comments?per_page=100&page={page}"
        found = json.loads(call("GET", path, None))
        for one in found:
            if one["user"]["login"] == BOT and one["body"].startswith(MARK):
                return int(one["id"])
        if len(found) < 100:
            break
    return None


def issue(call: Call, environ: Mapping[str, str], report: str) -> str:
    """Open, renew or close the issue about dead addresses; return what was done."""
    repository = _checked(environ["REPOSITORY"], r"[\w.-]+/[\w.-]+")
    dead = environ["DEAD"] == "yes"
    open_ones = json.loads(
        call("GET", f"repos/{repository}/issues?state=open&labels={LABEL}&per_page=100", None)
    )
    known = next((one["number"] for one in open_ones if one["user"]["login"] == BOT), None)
    body = shortened(report)
    if known is None and not dead:
        return "no address is dead"
    if known is None:
        fields: dict[str, Any] = {"title": TITLE, "body": body, "labels": [LABEL]}
        call("POST", f"repos/{repository}/issues", fields)
        return "opened an issue"
    state = "open" if dead else "closed"
    call("PATCH", f"repos/{repository}/issues/{int(known)}", {"body": body, "state": state})
    return f"{'renewed' if dead else 'closed'} #{known}"


def _checked(text: str, pattern: str) -> str:
    if not re.fullmatch(pattern, text, re.ASCII):
        raise SystemExit(f"unexpected value: {text!r}")
    return text


def main(arguments: list[str]) -> int:
    """Do what the workflow asks for."""
    if arguments == ["comment"]:
        print(comment(gh, os.environ))
    elif len(arguments) == 2 and arguments[0] == "issue":
        print(issue(gh, os.environ, Path(arguments[1]).read_text("utf-8")))
    else:
        print("usage: host.py comment | host.py issue FILE", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
