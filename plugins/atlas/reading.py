"""From the folder to the atlas in one call: load, validate, assemble."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from .assemble import assemble
from .load import Dataset, load
from .model import Atlas
from .validate import validate


def read_atlas(data_dir: Path, today: date) -> Atlas:
    """Return the atlas of ``data_dir``, checked as a whole on ``today``.

    Raises FindingsError with every finding of the run where one is an error;
    warnings alone do not stop it.
    """
    return read(data_dir, today)[1]


def read(data_dir: Path, today: date) -> tuple[Dataset, Atlas]:
    """Return the records of ``data_dir`` as they stand, and the atlas; raises as ``read_atlas``."""
    dataset = load(data_dir)
    return dataset, assemble(dataset, validate(dataset, today=today))
