"""From the folder to the atlas in one call: load, validate, assemble."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from .assemble import assemble
from .load import load
from .model import Atlas
from .validate import validate


def read_atlas(data_dir: Path, today: date) -> Atlas:
    """Return the atlas of ``data_dir``, checked as a whole on ``today``.

    Raises FindingsError with every finding of the run where one is an error;
    warnings alone do not stop it.
    """
    dataset = load(data_dir)
    return assemble(dataset, validate(dataset, today=today))
