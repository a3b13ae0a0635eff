"""``atlas import``: the members of an instrument from a list, only those that a person accepts."""

from __future__ import annotations

import argparse
from pathlib import Path

from ..common_options import add_common
from ..dialogue import Talk, ended
from ..edit.options import add_options, shared_leaves


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to ``atlas``."""
    command = subparsers.add_parser(
        "import",
        help="add the members of a network or charter from a list of names",
        description="Compare a list of members (CSV, .xlsx, JSON, GeoJSON, or one name a line) with what is "
        "recorded, and add those that are accepted.",
    )
    command.add_argument("file", type=Path, metavar="FILE", help="the list")
    command.add_argument(
        "--instrument", required=True, metavar="ID", help="the network or charter they belong to"
    )
    command.add_argument("--country", default="", metavar="CC", help="country of names without one")
    command.add_argument(
        "--name-column", default="", metavar="HEADING|N", help="heading or number of the column with names"
    )
    command.add_argument(
        "--date-column",
        default="",
        metavar="HEADING|N",
        help="heading or number of the column with the dates of joining or signing",
    )
    command.add_argument(
        "--delimiter", default="", metavar="MARK", help="separator of columns, where it is not recognised"
    )
    command.add_argument(
        "--accept",
        metavar="exact|likely|none|FILE",
        help="what to add without asking: exact matches, likely ones as well, nothing, or what a plan says",
    )
    command.add_argument("--decisions", metavar="FILE", help="the same as --accept FILE")
    command.add_argument(
        "--plan", type=Path, metavar="FILE", help="add nothing; write a table for your decisions"
    )
    command.add_argument(
        "--gazetteer", action="store_true", help="also know cities by their names in GeoNames"
    )
    add_common(command)
    command.add_argument("--dry-run", action="store_true", help="compare and check, write nothing")
    add_options(command, shared_leaves(), None, "en")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Compare, ask, check and write; return 0, or 1 where something must be mended first."""
    # Imported here: `atlas --help` reads every parser, and must not wait for what only this command needs.
    from .session import ImportSession

    talk = Talk(options.lang)
    return ended(talk, lambda: ImportSession(options, talk).run())
