"""What is wrong with one value, before it is known where the value stands."""

from __future__ import annotations

from typing import NamedTuple

from ..findings import FieldValue, Finding, Place, finding


class Problem(NamedTuple):
    """The code and msgids of a finding; ``fields`` fill their placeholders."""

    code: str
    message: str
    hint: str = ""
    fields: dict[str, FieldValue] = {}  # noqa: RUF012  # a default that nobody writes to

    def at(self, place: Place, column: str, value: str) -> Finding:
        """Return the finding for the value of ``column`` at ``place``."""
        return finding(
            self.code,
            place,
            self.message,
            value=value,
            hint=self.hint,
            **{"column": column, **self.fields},
        )
