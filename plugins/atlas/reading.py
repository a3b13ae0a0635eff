"""From the folder to the atlas in one call: load, validate, assemble."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from .assemble import assemble
from .findings import Finding
from .load import Dataset, load
from .model import Atlas
from .validate import QUICK, RULES, Rule, validate
from .watched import Watched
from .workers import apart, processors, uncollected
from .written import Written

MANY = 5000
"""So many commitments are checked by a process of their own."""
_MOST = tuple(rule for rule in RULES if rule not in QUICK)
"""What it checks; so much that neither process waits long for the other."""


def read_atlas(data_dir: Path, today: date) -> Atlas:
    """Return the atlas of ``data_dir``, checked as a whole on ``today``.

    Raises FindingsError with every finding of the run where one is an error;
    warnings alone do not stop it.
    """
    return read(data_dir, today)[1]


def read(data_dir: Path, today: date) -> tuple[Dataset, Watched]:
    """Return the records of ``data_dir`` as they stand, and the atlas; raises as ``read_atlas``.

    Of much data another process checks most while this one assembles it and checks the rest; only where one
    finds an error, or the data cannot be assembled, everything is done again here, one after the other, to
    say what is wrong. Much data is frozen: until ``gc.unfreeze``, no collector looks at it.
    """
    with uncollected():
        dataset = load(data_dir)
        many = sum(len(table.rows) for table in dataset.commitments.values()) >= MANY
        if many and processors() > 1:
            with apart(lambda: _is_right(dataset, today, _MOST)) as checked:
                atlas = _assembled(dataset)
                if atlas is not None and _is_right(dataset, today, QUICK) and checked():
                    gc.freeze()
                    return dataset, atlas
        return dataset, _watched(dataset, validate(dataset, today=today))


def _watched(dataset: Dataset, findings: Iterable[Finding] = ()) -> Watched:
    return Watched(assemble(dataset, findings), Written(dataset))


def _is_right(dataset: Dataset, today: date, rules: Sequence[Rule]) -> bool:
    found = validate(dataset, today=today, rules=rules)
    return not any(one.severity == "error" for one in found)


def _assembled(dataset: Dataset) -> Watched | None:
    """Return the atlas; None where there is none, which the check explains."""
    try:
        atlas = _watched(dataset)
    except Exception:  # data that nobody has checked may fail in any way
        return None
    atlas.prepare()
    return atlas
