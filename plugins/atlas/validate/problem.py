"""What is wrong with one value, before it is known where the value stands."""

from __future__ import annotations

from typing import NamedTuple

from ..findings import FieldValue, Finding, Place, finding


class Problem(NamedTuple):
    """The code and the name of what a finding says; ``fields`` fill its placeholders."""

    code: str
    name: str
    fields: dict[str, FieldValue] = {}  # noqa: RUF012  # a default that nobody writes to

    def at(self, place: Place, column: str, value: str) -> Finding:
        """Return the finding for the value of ``column`` at ``place``."""
        return finding(self.code, self.name, place, value=value, **{"column": column, **self.fields})
