"""Valid records to the Atlas with its indexes, once.

Only a dataset without errors is assembled; so nothing is checked a second time
here, and nothing is guessed or filled in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from ...errors import FindingsError
from ...findings import Finding
from ...model.indexes import indexed
from ...model.records import Atlas
from ..reading.load import Dataset
from . import documents, tables


def assemble(dataset: Dataset, findings: Iterable[Finding] = ()) -> Atlas:
    """Return the atlas that ``dataset`` describes.

    Raises FindingsError where the dataset or ``findings`` holds an error.
    """
    raise_errors([*dataset.findings, *findings])
    assert dataset.vocabulary is not None  # a missing vocabulary is an error above
    return indexed(
        vocabulary=documents.vocabulary(dataset.vocabulary),
        cities=tables.cities(dataset),
        sources=tables.sources(dataset),
        instruments=documents.instruments(dataset),
        commitments=tables.commitments(dataset),
        actions=documents.actions(dataset),
        contradictions=tables.contradictions(dataset),
        retired=tables.retired(dataset),
        listed=tables.listed(dataset),
        columns={name: tuple(dataset.table(name).header.values) for name in ("cities", "sources")},
    )


def raise_errors(findings: Collection[Finding]) -> None:
    """Raise FindingsError with all findings where one of them is an error."""
    if any(found.severity == "error" for found in findings):
        raise FindingsError(findings)
