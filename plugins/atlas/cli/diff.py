"""``atlas diff``: the change of the data in sentences."""

from __future__ import annotations

import argparse
import sys

from .check import today
from .common_options import add_common
from .messages import LANGUAGES

FORMATS = ("text", "json", "markdown")


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to ``atlas``."""
    command = subparsers.add_parser(
        "diff",
        help="say in sentences what changed in the data",
        description="Say in sentences what changed in the data: what the world did, and what the atlas "
        "learnt or corrected. Without a revision: from the last commit to the files as they are; with "
        "one: from it to the files; with two: from the first to the second.",
    )
    command.add_argument("revisions", nargs="*", metavar="REV", help="a git revision; at most two")
    command.add_argument("--format", choices=FORMATS, default="text", help="format of the answer")
    command.add_argument(
        "--review",
        action="store_true",
        help="the changed claims by the documents behind them, to open and tick off, as Markdown",
    )
    add_common(command, of="sentences")
    command.set_defaults(run=run, usage_error=command.error)


def run(options: argparse.Namespace) -> int:
    """Print the change and return 0, whatever changed."""
    # Imported here: `atlas --help` reads every parser, and must not wait for what only this command needs.
    from ..changes.history.edition import edition
    from ..dataset.history.git import HEAD
    from .diff_formats import EditionDiff, as_json, as_markdown, as_text

    if len(options.revisions) > 2:
        options.usage_error(f"at most two revisions, not {len(options.revisions)}")
    first, second = (*options.revisions, None, None)[:2]
    day = today()
    before = edition(options.data, first or HEAD, day)
    after = edition(options.data, second, day)
    difference = EditionDiff.between(before, after, options.data, LANGUAGES)
    if options.review:
        from .diff_review import as_review, beside_it

        found, rows = ([], {}) if second else beside_it(options.data, first or HEAD, day)
        sys.stdout.write(as_review(difference, found, rows, options.lang))
        return 0
    formats = {"text": as_text, "json": as_json, "markdown": as_markdown}
    sys.stdout.write(formats[options.format](difference, options.lang))
    return 0
