"""``atlas stats``: coverage, freshness, and what to look at again next."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Collection
from typing import TYPE_CHECKING

from ..errors import UsageError
from ..findings import N_, nearest
from .check import today
from .common_options import add_common
from .messages import translations

if TYPE_CHECKING:
    from ..model.records import Atlas

FORMATS = ("text", "json")
SHOWN = 20
"""How many claims of the queue are shown, unless told."""


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to ``atlas``."""
    command = subparsers.add_parser(
        "stats",
        help="say how much is covered, how fresh it is, and what to recheck",
        description="Say how much the atlas covers of what the networks count themselves, how fresh the "
        "claims and their sources are, and which claims to look at again first.",
    )
    command.add_argument("--format", choices=FORMATS, default="text", help="format of the answer")
    command.add_argument(
        "--instrument", action="append", default=[], metavar="ID", help="only this one (repeatable)"
    )
    command.add_argument(
        "--country",
        action="append",
        default=[],
        type=str.upper,
        metavar="CODE",
        help="only cities of this country, as ISO 3166-1 code (repeatable)",
    )
    command.add_argument(
        "--limit",
        type=int,
        default=SHOWN,
        metavar="N",
        help="how many claims of the queue (default: %(default)s)",
    )
    add_common(command, of="answer")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the numbers and return 0; data with errors has no numbers, and FindingsError names them."""
    # Imported here: `atlas --help` reads every parser, and must not wait for what only this command needs.
    from ..build.read_data import read_atlas
    from ..views.shared.statistics import stats
    from .lens_in import lens_in
    from .stats_formats import as_json, as_text

    day = today()
    atlas = read_atlas(options.data, day)
    _known(options, atlas)
    lens = lens_in(options.lang, atlas, day)
    found = stats(lens, options.instrument, options.country)
    limit = max(0, options.limit)
    if options.format == "json":
        sys.stdout.write(as_json(found, lens, options.instrument, options.country, limit))
    else:
        as_text(found, lens, limit, sys.stdout)
    return 0


def _known(options: argparse.Namespace, atlas: Atlas) -> None:
    """Raise UsageError where an instrument or a country is not in the atlas."""
    _asked(options.lang, "--instrument", options.instrument, atlas.instruments)
    _asked(options.lang, "--country", options.country, atlas.cities_of_country)


def _asked(lang: str, option: str, asked: Collection[str], known: Collection[str]) -> None:
    t = translations(lang).gettext
    for id in asked:
        if id not in known:
            near = ", ".join(nearest(id, known))
            told = t(N_("{option} {value}: the atlas has none of this name")).format(option=option, value=id)
            advice = t(N_("did you mean {near}?")).format(near=near) if near else ""
            raise UsageError("; ".join(filter(None, (told, advice))))
