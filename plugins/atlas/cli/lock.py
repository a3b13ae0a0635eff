"""``atlas lock``: take the addresses of a built site into ``urls.lock``."""

from __future__ import annotations

import argparse
from pathlib import Path

from ..dataset.history import git as history
from ..dataset.write import write_files
from ..errors import UsageError
from ..findings import N_, NN_
from ..site.permanence import url_lock as lock
from .check import counted
from .messages import LANGUAGES, translations


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to ``atlas``."""
    command = subparsers.add_parser(
        "lock",
        help="take the addresses of a built site into urls.lock",
        description="Take every address and every claim of a built site into urls.lock, which only grows: a "
        "public build that no longer makes one of them is not published. (make lock-urls builds the site "
        "and does this.)",
    )
    command.add_argument(
        "site", nargs="?", type=Path, default=Path("output"), help="the folder of the site (default: output)"
    )
    command.add_argument("--lock", type=Path, default=Path("urls.lock"), metavar="FILE", help="the lock")
    command.add_argument(
        "--check",
        action="store_true",
        help="change nothing; exit with 1 where an address is missing or a line was removed",
    )
    command.add_argument(
        "--base", default=history.HEAD, metavar="REV", help="with --check: no line of it may be gone (HEAD)"
    )
    command.add_argument("--lang", choices=LANGUAGES, default="en", help="language of the messages")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Add what is new, or with --check tell what is missing or was removed; return 0 or 1."""
    known, published = _addresses(options.lock), _published(options.site)
    new = sorted(published - known)
    if not options.check:
        write_files({options.lock: lock.write(known | published).encode()})
        _tell(options, N_("{path}: {number} added"), new)
        return 0
    gone = sorted(_former(options.lock, options.base or history.HEAD) - known)
    if new:
        _tell(options, N_("{path}: {number} missing; type make lock-urls, or add these lines:"), new)
        print("\n".join(new))
    if gone:
        _tell(options, N_("{path}: {number} removed since {base}; put these lines back:"), gone)
        print("\n".join(gone))
    if not new and not gone:
        _tell(options, N_("{path}: complete, {number}"), sorted(known))
    return 1 if new or gone else 0


def _tell(options: argparse.Namespace, message: str, addresses: list[str]) -> None:
    spoken = translations(options.lang)
    number = counted(spoken, NN_("{n} address", "{n} addresses"), len(addresses))
    base = options.base or history.HEAD
    print(spoken.gettext(message).format(path=options.lock, number=number, base=base))


def _addresses(path: Path) -> frozenset[str]:
    """Return the addresses of a lock; none where it does not exist yet."""
    return frozenset(lock.load(path)) if path.is_file() else frozenset()


def _published(site: Path) -> frozenset[str]:
    try:
        return frozenset(lock.load(site / lock.LIST))
    except (FileNotFoundError, NotADirectoryError):
        raise UsageError(
            N_("{path}: no such file; build the site first: make publish"), path=site / lock.LIST
        ) from None


def _former(path: Path, base: str) -> frozenset[str]:
    """Return the addresses of the lock at a revision; none without a history, or before it was there."""
    name = path.absolute()
    text = history.ask(name.parent, "show", f"{base}:./{name.name}") if name.parent.is_dir() else None
    return frozenset(lock.read(text.decode("utf-8", "replace"))) if text else frozenset()
