"""From the folder to the atlas in one call: load, validate, assemble."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from ..cache.row_text import RowText
from ..cache.tracked_atlas import TrackedAtlas
from ..dataset.assembly.assemble import assemble
from ..dataset.reading.load import Dataset, load
from ..dataset.reading.parsed_files import Memory
from ..dataset.reading.uncollected import uncollected
from ..findings import Finding
from ..model.records import Atlas
from ..validate import QUICK, RULES, Rule, validate
from .processes import apart, processors

PARALLEL_CHECK_THRESHOLD = 5000
"""From so many commitments on, a second process checks them: below, forking costs more than it saves."""
_MOST = tuple(rule for rule in RULES if rule not in QUICK)
"""What it checks; so much that neither process waits long for the other."""

_memory: Memory | None = None
"""What this process, or one it was forked from, was told to remember."""


def remember(data_dir: Path, today: date) -> None:
    """Read the data once, so that this process and all that are forked from it only look at what differs.

    Raises as ``read_atlas``, and remembers nonetheless what is right.
    """
    global _memory
    _memory = Memory()
    dataset = load(data_dir, _memory)
    assemble(dataset, validate(dataset, today=today, right=_memory.right))


def read_atlas(data_dir: Path, today: date) -> Atlas:
    """Return the atlas of ``data_dir``, checked as a whole on ``today``.

    Raises FindingsError with every finding of the run where one is an error;
    warnings alone do not stop it.
    """
    return read(data_dir, today)[1]


def read(data_dir: Path, today: date) -> tuple[Dataset, TrackedAtlas]:
    """Return the records of ``data_dir`` as they stand, and the atlas; raises as ``read_atlas``.

    Of much data another process checks most while this one assembles it and checks the rest; only where one
    finds an error, or the data cannot be assembled, everything is done again here, one after the other, to
    say what is wrong. Much data is frozen: until ``gc.unfreeze``, no collector looks at it.
    """
    with uncollected():
        dataset = load(data_dir, _memory)
        many = sum(len(table.rows) for table in dataset.commitments.values()) >= PARALLEL_CHECK_THRESHOLD
        if many and processors() > 1:
            # Little has to be looked at where most is known.
            there, here = (RULES, ()) if _memory else (_MOST, QUICK)
            with apart(lambda: _is_right(dataset, today, there)) as checked:
                atlas = _assembled(dataset)
                if atlas is not None and _is_right(dataset, today, here) and checked():
                    gc.freeze()
                    return dataset, atlas
        return dataset, _watched(dataset, _found(dataset, today, RULES))


def _watched(dataset: Dataset, findings: Iterable[Finding] = ()) -> TrackedAtlas:
    return TrackedAtlas(assemble(dataset, findings), RowText(dataset))


def _found(dataset: Dataset, today: date, rules: Sequence[Rule]) -> Iterator[Finding]:
    return validate(dataset, today=today, rules=rules, right=_memory.right if _memory else None)


def _is_right(dataset: Dataset, today: date, rules: Sequence[Rule]) -> bool:
    return not any(one.severity == "error" for one in _found(dataset, today, rules))


def _assembled(dataset: Dataset) -> TrackedAtlas | None:
    """Return the atlas; None where there is none, which the check explains."""
    try:
        return _watched(dataset)
    except Exception:  # data that nobody has checked may fail in any way
        return None
