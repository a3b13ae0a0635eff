"""From the folder to the atlas in one call: load, validate, assemble."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from .assemble import assemble
from .load import Dataset, load
from .model import Atlas
from .validate import validate
from .workers import apart, uncollected

MANY = 5000
"""So many commitments are checked by a process of their own."""


def read_atlas(data_dir: Path, today: date) -> Atlas:
    """Return the atlas of ``data_dir``, checked as a whole on ``today``.

    Raises FindingsError with every finding of the run where one is an error;
    warnings alone do not stop it.
    """
    return read(data_dir, today)[1]


def read(data_dir: Path, today: date) -> tuple[Dataset, Atlas]:
    """Return the records of ``data_dir`` as they stand, and the atlas; raises as ``read_atlas``.

    Much data is checked by another process while this one assembles it; only where that finds an error, or
    the data cannot be assembled, everything is done again here, one after the other, to say what is wrong.
    """
    with uncollected():
        dataset = load(data_dir)
        if sum(len(table.rows) for table in dataset.commitments.values()) >= MANY:
            with apart(lambda: _is_right(dataset, today)) as checked:
                atlas = _assembled(dataset)
                if checked() and atlas is not None:
                    return dataset, atlas
        return dataset, assemble(dataset, validate(dataset, today=today))


def _is_right(dataset: Dataset, today: date) -> bool:
    return not any(found.severity == "error" for found in validate(dataset, today=today))


def _assembled(dataset: Dataset) -> Atlas | None:
    """Return the atlas; None where there is none, which the check explains."""
    try:
        return assemble(dataset)
    except Exception:  # data that nobody has checked may fail in any way
        return None
