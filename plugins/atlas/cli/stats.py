"""``atlas stats``: coverage, freshness, and what to look at again next."""

from __future__ import annotations

import argparse
import sys

from ..build.read_data import read_atlas
from ..findings import N_
from ..views.shared.statistics import stats
from .check import today
from .dialogue import check_known
from .lens_in import lens_in
from .stats_formats import as_json, as_text


def run(options: argparse.Namespace) -> int:
    """Print the numbers and return 0; data with errors has no numbers, and FindingsError names them."""
    day = today()
    atlas = read_atlas(options.data, day)
    check_known(N_("instrument"), options.instrument, atlas.instruments)
    check_known(N_("country"), options.country, atlas.cities_of_country)
    lens = lens_in(options.lang, atlas, day)
    found = stats(lens, options.instrument, options.country)
    limit = max(0, options.limit)
    if options.format == "json":
        sys.stdout.write(as_json(found, lens, options.instrument, options.country, limit))
    else:
        as_text(found, lens, limit, sys.stdout)
    return 0
