"""What a process that stays has read once: what is still the same need not be parsed again.

Only bytes and texts are compared, never dates of files, so nothing that has changed is taken for what it was.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from .csv_table import Table
from .yaml_tree import Document


@dataclass(slots=True)
class Memory:
    """The files of a dataset as they were."""

    _parsed: dict[str, tuple[bytes, Table | Document]] = field(default_factory=dict)

    def parsed(self, path: str, data: bytes) -> Table | Document | None:
        """Return what a file holds, if these bytes have been parsed before; records are never changed."""
        known = self._parsed.get(path)
        return known[1] if known is not None and known[0] == data else None

    def keep(self, path: str, data: bytes, parsed: Table | Document) -> None:
        """Remember what a file holds in which nothing was wrong when it was parsed."""
        self._parsed[path] = data, parsed
