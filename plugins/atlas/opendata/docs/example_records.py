"""One record of each kind from the real data, to explain the kind by."""

from __future__ import annotations

from dataclasses import replace

from ...dataset.reading.csv_table import Table
from ...dataset.reading.load import Dataset
from ...dataset.reading.yaml_tree import Document
from ...views.pages.data_fields import Example
from .annotated_record import Samples

# Records that hold much and change little; another dataset shows its first ones.
_DOCUMENTS = {"network": "eccar", "charter": "cemr-charter", "action": "krakow-open-programme-2016"}
_ROWS = {
    "city": ("id", "krakow"),
    "source": ("id", "krakow-eccar-de"),
    "commitment": ("city", "krakow"),
    "contradiction": ("record", "commitments/icc:krakow"),
}
_COMMITMENTS = "eccar"


def examples(dataset: Dataset) -> Samples:
    """Return an example of each kind; kinds of which there is no record have none."""
    commitments = dataset.commitments
    tables = {
        "city": dataset.tables.get("cities"),
        "source": dataset.tables.get("sources"),
        "commitment": commitments.get(_COMMITMENTS) or next(iter(commitments.values()), None),
        "listed": next(iter(dataset.lists.values()), None),
        "contradiction": dataset.tables.get("contradictions"),
        "retired": dataset.tables.get("retired"),
    }
    documents = {"network": dataset.networks, "charter": dataset.charters, "action": dataset.actions}
    found: dict[str, Example | Document] = {
        **{name: _rows(name, table) for name, table in tables.items() if table and table.rows},
        **{
            name: some.get(_DOCUMENTS[name]) or next(iter(some.values()))
            for name, some in documents.items()
            if some
        },
        **({"vocabulary": dataset.vocabulary} if dataset.vocabulary else {}),
    }
    named = {kind: replace(one, path=f"data/{dataset.name(one.path)}") for kind, one in found.items()}
    return Samples(dataset.languages, named)


def _rows(name: str, table: Table) -> Example:
    column, value = _ROWS.get(name, ("", ""))
    rows = [row for row in table.rows if value and table.get(row, column) == value] or table.rows[:1]
    if name == "contradiction":  # all values of one field, because one alone contradicts nothing
        rows = [row for row in rows if table.get(row, "field") == table.get(rows[0], "field")]
    else:
        rows = rows[:1]
    text = "\n".join(row.raw for row in (table.header, *rows))
    values = {column: table.get(rows[0], column) for column in table.index}
    return Example(path=table.path, text=text, values=values)
