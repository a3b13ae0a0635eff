"""``atlas new``: the scaffold of one record, asked for question by question or given as options.

The questions, the options and their help come from the schema; what belongs to one kind of
record stands in ``kinds``. Nothing is written before the whole record has been
checked, and nothing is ever made up: what is not answered stays empty.
"""

from __future__ import annotations

import argparse

from ...dataset.reading.load import load
from ...model.schema import DEFAULT_LANGUAGES, schema
from ..arguments import COMMANDS, add_arguments
from ..dialogue import Talk
from ..edit.options import add_options, leaves
from .draft import Draft
from .kinds import RULES
from .session import Session


def run(options: argparse.Namespace) -> int:
    """Add a record and return 0, or 1 where something must be mended first."""
    if options.lang:
        options.rest = ["--lang", options.lang, *options.rest]
    early = _common().parse_known_args(options.rest)[0]
    # Help is given without data; a wrong folder is told once the options are understood.
    dataset = load(early.data) if early.data.is_dir() else None
    languages = dataset.languages if dataset else DEFAULT_LANGUAGES
    asked = leaves(options.kind, languages)
    parser = argparse.ArgumentParser(
        prog=f"atlas new {options.kind}", parents=[_common()], allow_abbrev=False
    )
    add_options(parser, asked, schema(languages)[options.kind], early.lang)
    typed = parser.parse_args(options.rest)

    draft = Draft(options.kind, asked, typed, Talk(early.lang), dataset or load(early.data))
    return Session(draft, RULES[options.kind](draft)).run()


def _common() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    add_arguments(common, COMMANDS["new"]["values"])
    return common
