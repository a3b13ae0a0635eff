"""From the folder to the atlas in one call: load, validate, assemble."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

from ..cache.row_text import RowText, Tables
from ..cache.tracked_atlas import TrackedAtlas
from ..dataset.assembly.assemble import assemble, raise_errors
from ..dataset.reading.load import Dataset, Memory, load
from ..dataset.reading.uncollected import uncollected
from ..model.records import Atlas
from ..validate import validate
from .processes import child, ended_well

_memory: Memory | None = None
"""What this process, or one it was forked from, was told to remember."""


def remember(data_dir: Path, today: date) -> None:
    """Read the data once, so that this process and all that are forked from it only look at what differs.

    Raises as ``read_atlas``, and remembers nonetheless what is right.
    """
    global _memory
    _memory = {}
    dataset = load(data_dir, _memory)
    assemble(dataset, validate(dataset, today=today))


def read_atlas(data_dir: Path, today: date) -> Atlas:
    """Return the atlas of ``data_dir``, checked as a whole on ``today``.

    Raises FindingsError with every finding of the run where one is an error;
    warnings alone do not stop it.
    """
    return read(data_dir, today)[1]


def read(
    data_dir: Path, today: date, workers: int = 1, former: Callable[[], Tables] | None = None
) -> tuple[Dataset, TrackedAtlas]:
    """Return the records of ``data_dir`` as they stand, and the atlas; raises as ``read_atlas``.

    With several ``workers``, one process checks the data while this one assembles it and digests its rows.
    ``former`` returns the digests of the last build, for who will ask for those of all rows.
    """
    with uncollected():
        dataset = load(data_dir, _memory)
        text = RowText(dataset)
        atlas = _assembled_while_checked(dataset, today, text, former) if workers > 1 else None
        if atlas is None:  # whatever went wrong beside each other is told here, in order and whole
            atlas, text = assemble(dataset, validate(dataset, today=today)), RowText(dataset)
            if former:
                text.digest_all(former())
        return dataset, TrackedAtlas(atlas, text)


def _assembled_while_checked(
    dataset: Dataset, today: date, text: RowText, former: Callable[[], Tables] | None
) -> Atlas | None:
    """Return the atlas of a dataset in which nothing is wrong; None where anything may be."""
    if dataset.findings:
        return None
    checking = child(lambda: raise_errors([*validate(dataset, today=today)]))
    atlas = None
    with contextlib.suppress(Exception):  # of data that the other process will refuse
        atlas = assemble(dataset)
        if former:
            text.digest_all(former())
    return atlas if ended_well(checking) else None
