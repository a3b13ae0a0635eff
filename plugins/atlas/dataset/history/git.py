"""The one place that asks git: what the data was at a revision.

Nothing is ever checked out. Outside a repository, without git, or before the first commit
the functions that return ``None`` or nothing do so; those that were asked for a revision by
name say in one line what is missing.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from ...errors import EnvironmentFault, UsageError
from ...findings import N_, Word
from ..reading.file_names import FOLDERS, TABLES, passed_over
from ..reading.load import Dataset, load

HEAD = "HEAD"
_SECONDS = 30
"""How long git may take: it answers at once, and one that waits for a lock or a disk would stop the build."""
_REGULAR = ("100644", "100755")
"""Modes of regular files in a tree; links, submodules and whatever else are never read."""


@dataclass(frozen=True, slots=True)
class Revision:
    """One commit: how it was asked for, its full name, and its day in UTC."""

    asked: str
    commit: str
    day: date


@dataclass(frozen=True, slots=True)
class Step:
    """One commit of the main line that touched a folder, and its moment in UTC."""

    commit: str
    time: datetime


def ask(folder: Path, *arguments: str, feed: bytes | None = None) -> bytes | None:
    """Return what git prints in ``folder``, or None where it fails or is not installed."""
    try:
        done = subprocess.run(
            ["git", "--no-optional-locks", *arguments],
            cwd=folder,
            input=feed,
            stdin=subprocess.DEVNULL if feed is None else None,
            capture_output=True,
            timeout=_SECONDS,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout


def in_repository(folder: Path) -> bool:
    """Tell whether ``folder`` lies in the working tree of a git repository."""
    return ask(folder, "rev-parse", "--is-inside-work-tree") is not None


def commit_of(folder: Path, revision: str) -> str | None:
    """Return the full name of the commit that ``revision`` names, or None."""
    # The option ends the options, so that a revision that looks like one is not run.
    name = ask(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    return name.decode().strip() if name else None


def is_shallow(folder: Path) -> bool:
    """Tell whether the clone that ``folder`` lies in holds only the end of its history."""
    shallow = ask(folder, "rev-parse", "--is-shallow-repository")
    return shallow is not None and shallow.strip() == b"true"


def steps(folder: Path) -> tuple[Step, ...]:
    """Return the commits of the main line that touched the data in ``folder``, the oldest first.

    A branch that was merged counts as its merge: what was in the atlas, and when. Empty
    where there is no git, no repository or no commit. In a shallow clone the first one only
    seems to touch the folder: nothing is known of what was before it.
    """
    log = ask(
        folder,
        *("log", "--first-parent", "--reverse", "--no-show-signature", "--format=%H %ct", HEAD),
        *("--", "*.csv", "*.yaml"),  # explanations beside the data change nothing in them
    )
    lines = (line.split() for line in (log or b"").decode().splitlines())
    return tuple(Step(commit, datetime.fromtimestamp(int(stamp), UTC)) for commit, stamp in lines)


def find_revision(folder: Path, revision: str) -> Revision:
    """Return the commit that ``revision`` names.

    Raises UsageError where there is no such folder, history or revision, and
    EnvironmentFault without git.
    """
    if not folder.is_dir():
        raise UsageError(N_("{path}: no such folder; name the folder of the data with --data"), path=folder)
    if shutil.which("git") is None:
        raise EnvironmentFault(N_("git is not installed, so there is no former revision to read"))
    if not in_repository(folder):
        told = N_("{path}: not in a git repository (an unpacked archive has no history)")
        raise UsageError(told, path=folder)
    commit = commit_of(folder, revision)
    if commit is None:
        told = N_("{revision}: no such revision in this repository{why}")
        raise UsageError(told, revision=revision, why=_why_not(folder))
    stamp = ask(folder, "show", "--no-patch", "--no-show-signature", "--format=%ct", commit, "--")
    if not stamp:
        told = N_("{revision}: git cannot read this commit{why}")
        raise EnvironmentFault(told, revision=revision, why=_why_not(folder))
    return Revision(revision, commit, datetime.fromtimestamp(int(stamp), UTC).date())


def _why_not(folder: Path) -> str:
    if is_shallow(folder):
        return Word(N_("; this clone is shallow: git fetch --unshallow brings the rest of the history"))
    if commit_of(folder, HEAD) is None:
        return Word(N_("; nothing has been committed yet"))
    return ""


def files_at(folder: Path, commit: str) -> Mapping[str, str]:
    """Return the regular files below ``folder`` at a commit: their names there, and their blobs."""
    listing = ask(folder, "ls-tree", "-r", "-z", commit, "--", ".")
    files = {}
    for line in (listing or b"").decode("utf-8", "replace").split("\0"):
        head, _, name = line.partition("\t")
        if name and head.split()[0] in _REGULAR:
            files[name] = head.split()[2]
    return files


def blob_of(path: Path) -> str:
    """Return the name that git would give to the content of a file, or nothing without the file."""
    try:
        data = path.read_bytes()
    except OSError:
        return ""
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def contents(folder: Path, files: Sequence[tuple[str, str]]) -> Iterator[tuple[str, bytes]]:
    """Yield the content of files by their blobs, asked for in one go; what git lacks is left out."""
    if not files:
        return
    feed = "".join(f"{blob}\n" for _, blob in files).encode()
    answer = ask(folder, "cat-file", "--batch", feed=feed)
    if answer is None:
        return
    position = 0
    for name, _ in files:
        end = answer.index(b"\n", position)
        words = answer[position:end].split()
        if len(words) != 3:
            position = end + 1
            continue
        size = int(words[2])
        yield name, answer[end + 1 : end + 1 + size]
        position = end + 2 + size


def edition_files(folder: Path, commit: str) -> Mapping[str, bytes]:
    """Return the files of the dataset in ``folder`` at a commit that the name of its edition stands for."""
    files = files_at(folder, commit).items()
    named = [(name, blob) for name, blob in files if name.endswith((".csv", ".yaml"))]
    return dict(contents(folder, [one for one in named if not any(map(passed_over, one[0].split("/")))]))


def read_revision(data_dir: Path, revision: Revision) -> Dataset:
    """Return the dataset that stood in ``data_dir`` at a revision, with what was wrong on reading it.

    Raises UsageError where the revision has no data there, and EnvironmentFault where git
    cannot give all of it (a partial clone without a network, for example).
    """
    files = [(name, blob) for name, blob in files_at(data_dir, revision.commit).items() if _is_data(name)]
    if not files:
        told = N_("{revision}: there is no data in {path} at this revision")
        raise UsageError(told, revision=revision.asked, path=data_dir)
    with tempfile.TemporaryDirectory(prefix="atlas-") as kept:
        # Findings name files below the working directory; those of a revision are known by its name.
        folder = Path(kept) / "data"
        written = 0
        for name, content in contents(data_dir, files):
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            written += 1
        if written < len(files):
            told = N_("{revision}: git cannot read all files of this revision")
            raise EnvironmentFault(told, revision=revision.asked)
        return load(folder)


def _is_data(name: str) -> bool:
    """Tell whether a file belongs to a dataset; a name with a way up, or any other, never does."""
    folder, _, rest = name.rpartition("/")
    if folder:
        return folder in FOLDERS and rest.endswith(FOLDERS[folder])
    return name == "vocabulary.yaml" or name in {f"{table}.csv" for table in TABLES}
