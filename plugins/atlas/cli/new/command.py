"""``atlas new``: the scaffold of one record, asked for question by question or given as options.

The questions, the options and their help come from the schema; what belongs to one kind of
record stands in ``kinds``. Nothing is written before the whole record has been
checked, and nothing is ever made up: what is not answered stays empty.
"""

from __future__ import annotations

import argparse

from ...dataset.reading.load import load
from ...model.schema import DEFAULT_LANGUAGES, schema
from ..common_options import add_common
from ..dialogue import Talk, ended
from ..edit.options import add_options, leaves
from ..messages import LANGUAGES

KINDS = ("city", "commitment", "source", "action", "network", "charter")


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to ``atlas``."""
    command = subparsers.add_parser(
        "new",
        help="add a city, a commitment, a source, an action, a network or a charter",
        description="Add one record. On a terminal it asks; otherwise give the values as options, "
        "which `atlas new KIND --help` lists.",
    )
    command.add_argument(
        "--lang", choices=LANGUAGES, default=argparse.SUPPRESS, help="language of the messages"
    )
    command.add_argument("kind", choices=KINDS, help="what to add")
    command.add_argument("rest", nargs=argparse.REMAINDER, metavar="...", help="the values, as options")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Add a record and return 0, or 1 where something must be mended first."""
    # Imported here: `atlas --help` reads every parser, and must not wait for what only this command needs.
    from .draft import Draft
    from .kinds import rules_for
    from .session import Session

    if "lang" in options:
        options.rest = ["--lang", options.lang, *options.rest]
    early = _common().parse_known_args(options.rest)[0]
    talk = Talk(early.lang)
    # Help is given without data; a wrong folder is told once the options are understood.
    dataset = load(early.data) if early.data.is_dir() else None
    languages = dataset.languages if dataset else DEFAULT_LANGUAGES
    asked = leaves(options.kind, languages)
    parser = argparse.ArgumentParser(
        prog=f"atlas new {options.kind}", parents=[_common()], allow_abbrev=False
    )
    add_options(parser, asked, schema(languages)[options.kind], early.lang)
    typed = parser.parse_args(options.rest)

    def add() -> int:
        draft = Draft(options.kind, asked, typed, talk, dataset or load(early.data))
        return Session(draft, rules_for(options.kind)(draft)).run()

    return ended(talk, add)


def _common() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    add_common(common)
    common.add_argument("--dry-run", action="store_true", help="check and show the record, write nothing")
    common.add_argument("--anyway", action="store_true", help="add it even if it looks like a recorded one")
    common.add_argument("--no-lookup", action="store_true", help="leave GeoNames out")
    return common
