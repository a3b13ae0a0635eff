"""The rules: each one is a generator of findings, and its docstring is the rule."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ..dataset.reading.load import Dataset
from ..findings import Finding
from .context import Context
from .rules import city_lives, coherence, date_order, fields, periods, places, references, retired, rules_of
from .rules import removals as change
from .rules.advice import advise
from .rules.removals import Base

RULES = rules_of(fields, references, retired, periods, date_order, places, city_lives, coherence)


def validate(dataset: Dataset, *, today: date, base: Base | None = None) -> Iterator[Finding]:
    """Yield everything that is wrong with ``dataset``, the findings of loading not repeated.

    ``today`` decides what lies in the future; ``base`` is what ``change.base_ids`` returned
    for a former revision, and without it nothing is compared.
    """
    context = Context(dataset, today)
    for rule in RULES:
        yield from rule(context)
    yield from change.changes(context, base)


def every_finding(dataset: Dataset, today: date, base: Base | None = None) -> list[Finding]:
    """Return what is wrong with a dataset and what is worth a look, as ``atlas check`` lists it."""
    return [*dataset.findings, *validate(dataset, today=today, base=base), *advise(dataset, today=today)]
