"""``atlas stats``: coverage, freshness, and what to look at again next."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Collection

from ..build.read_data import read_atlas
from ..errors import UsageError
from ..findings import N_, nearest
from ..model.records import Atlas
from ..views.shared.statistics import stats
from .check import today
from .lens_in import lens_in
from .messages import translations
from .stats_formats import as_json, as_text


def run(options: argparse.Namespace) -> int:
    """Print the numbers and return 0; data with errors has no numbers, and FindingsError names them."""
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
