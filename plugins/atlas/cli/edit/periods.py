"""The name of a further period of a city in an instrument."""

from __future__ import annotations

from ...dataset.reading.csv_table import Table
from ...validate.context import partial


def further_period(table: Table | None, city: str, begins: str) -> str:
    """Return the year in which a further row begins; nothing for the first row, or where no date tells."""
    if table is None:
        return ""
    known = {table.get(row, "period") for row, one in table.column("city") if one == city}
    date = partial(begins)
    if "" not in known or date is None or date.value in known:
        return ""
    year = str(date.latest.year)  # also of a beginning of which only the last possible day is known
    return date.value if year in known else year
