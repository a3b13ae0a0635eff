"""``atlas diff``: the change of the data in sentences."""

from __future__ import annotations

import argparse
import sys

from ..changes.history.edition import edition
from ..dataset.history.git import HEAD
from .check import today
from .dialogue import Talk
from .diff_formats import EditionDiff, as_json, as_markdown, as_text
from .diff_review import as_review, beside_it
from .messages import LANGUAGES


def run(options: argparse.Namespace) -> int:
    """Print the change and return 0, whatever changed."""
    if len(options.revisions) > 2:
        options.usage_error(f"at most two revisions, not {len(options.revisions)}")
    first, second = (*options.revisions, None, None)[:2]
    day, talk = today(), Talk(options.lang)
    before = edition(options.data, first or HEAD, day)
    after = edition(options.data, second, day)
    difference = EditionDiff.between(before, after, options.data, LANGUAGES)
    if options.review:
        found, rows = ([], {}) if second else beside_it(options.data, first or HEAD, day)
        sys.stdout.write(as_review(difference, found, rows, talk))
        return 0
    formats = {"text": as_text, "json": as_json, "markdown": as_markdown}
    sys.stdout.write(formats[options.format](difference, talk))
    return 0
