"""The files that the form for suggestions goes by: the rules of the data, and its words.

The rules are those of ``atlas check``: columns come from the schema, codes from the vocabulary,
patterns and limits from the modules that check them. So what the page lets through, the check
does not refuse for its shape.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from ..dataset.reading.csv_table import CELL_CODE_POINTS
from ..languages.script_words import script_words
from ..model.dates import DATE_PATTERN
from ..model.schema import ID_LONGEST, ID_PATTERN, LANGUAGE_PATTERN, LIST_SEPARATOR, schema
from ..validate.rules.coherence import CURRENT, DATES
from ..validate.rules.date_order import CHECKED_ONLY
from ..validate.values import DAMAGE, MAY_BE_NUMBERS, urls
from ..validate.values import personal_data as private
from ..validate.values import readable_text as readable
from ..validate.values.dates import EARLIEST_YEAR
from ..views.lens import Lens
from ..views.pages import suggest
from .api.values import written


def rules_file(lens: Lens, lenses: Sequence[Lens]) -> tuple[str, str]:
    """Return the path and the text of the rules, with what the form says in the language of ``lens``."""
    content = {
        "lang": lens.lang.code,
        "code": lens.lang.code,
        **rules(tuple(one.lang.code for one in lenses)),
        "folder": lens.host.folder,
        **suggest.names(lens),
        "words": script_words(lens.lang, "suggest"),
    }
    return suggest.rules_file(lens), written(content)


def records_file(lens: Lens) -> tuple[str, str]:
    """Return the path and the text of the records that can be corrected, for all languages."""
    return suggest.RECORDS, written(suggest.records(lens))


def rules(languages: tuple[str, ...]) -> dict[str, Any]:
    """Return the rules of a commitment and its source, for a dataset in ``languages``.

    Those under ``patterns`` Python and ECMAScript read alike; each must match the whole value. The others are
    written for ECMAScript.
    """
    records = schema(languages)
    commitment, source = records["commitment"], records["source"]
    return {
        "columns": [one.name for one in commitment.fields],
        "source_columns": [one.name for one in source.fields],
        "city_columns": [one.name for one in records["city"].fields],
        "files": {"commitment": commitment.path, "source": source.path, "city": records["city"].path},
        "separator": LIST_SEPARATOR,
        "patterns": {
            "id": ID_PATTERN.pattern,
            "date": DATE_PATTERN,
            "url": urls.ALLOWED.pattern,
            "lang": LANGUAGE_PATTERN.pattern,
        },
        "private": {
            "at": _ecmascript(private.AT),
            "written": list(
                map(_ecmascript, (private.EMAIL, private.SPELT_EMAIL, private.SAID_EMAIL, private.HOME))
            ),
            "called": list(map(_ecmascript, private.PHONES)),
            "pesel": _ecmascript(private.PESEL),
            "weights": list(private.PESEL_WEIGHTS),
            "centuries": [private.CENTURIES[2 * n] for n in range(len(private.CENTURIES))],
            "hosts": list(urls.PRIVATE_NAMES),
        },
        "text": {
            "invisible": sorted(readable.INVISIBLE),
            "damage": [_ecmascript(pattern) for pattern, *_ in DAMAGE]
            + [*map(_ecmascript, (readable.HASHES, readable.MIDNIGHT))],
            "day_number": _ecmascript(readable.DAY_NUMBER),
            "may_be_numbers": sorted(MAY_BE_NUMBERS),
            "misread": {encoding: _ecmascript(pairs) for encoding, pairs in readable.MISREAD.items()},
            "lost": _ecmascript(readable.LOST_LETTER),
            "lost_last": _ecmascript(readable.LAST_LETTER),
            "sign": _ecmascript(readable.SIGN),
            "no_name": _ecmascript(readable.NO_NAME),
        },
        "limits": {
            "id": ID_LONGEST,
            "cell": CELL_CODE_POINTS,
            "url": urls.LONGEST,
            "year": EARLIEST_YEAR,
            "address": suggest.LARGEST_ADDRESS,
        },
        "current": sorted(CURRENT),
        "no_time": sorted(CHECKED_ONLY),
        "none_without": list(DATES),
    }


def _ecmascript(pattern: re.Pattern[str]) -> tuple[str, str]:
    """Return a pattern for ECMAScript, with its flags: there, only properties know letters beyond ASCII."""
    text = pattern.pattern
    if not pattern.flags & re.ASCII:
        text = text.replace(r"[^\W\d_]", r"\p{L}").replace(r"[\W_]", r"[^\p{L}\p{N}]")
        text = text.replace(r"[\w", r"[\p{L}\p{N}_").replace(r"\w", r"[\p{L}\p{N}_]")
    return text, "iu" if pattern.flags & re.IGNORECASE else "u"
