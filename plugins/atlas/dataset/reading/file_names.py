"""Names of files in the folder of the data: what editors leave there, and what a wrong name should be."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from ...findings import nearest

TABLES = ("cities", "sources", "contradictions", "retired")
FOLDERS: Mapping[str, str] = MappingProxyType(
    {"networks": ".yaml", "charters": ".yaml", "actions": ".yaml", "commitments": ".csv", "lists": ".csv"}
)

_LEFT_BY_EDITORS = re.compile(
    r"\..*|.*~|#.*#|~\$.*|.*\.(?:orig|rej|bak|swp|tmp)|thumbs\.db|ehthumbs\.db|desktop\.ini|icon\r",
    re.IGNORECASE | re.DOTALL,
)
_SPREADSHEET = re.compile(r".*\.(?:xlsx?|xlsm|ods|numbers)", re.IGNORECASE | re.DOTALL)
_YAML = (".yml", ".yaml")
_TEXT = (".csv", ".tsv", ".txt", *_YAML)
_SINGULAR = {
    "city": "cities",
    "source": "sources",
    "contradiction": "contradictions",
    "network": "networks",
    "charter": "charters",
    "action": "actions",
    "commitment": "commitments",
    "list": "lists",
}


def passed_over(name: str) -> bool:
    """Tell whether a name is that of a hidden file, a lock, a backup or a thumbnail, which are no data.

    >>> [passed_over(name) for name in (".~lock.cities.csv#", "cities.csv~", "Thumbs.db", "cities.csv")]
    [True, True, True, False]
    """
    return _LEFT_BY_EDITORS.fullmatch(name) is not None


def is_spreadsheet(name: str) -> bool:
    """Tell whether a name is that of a workbook, which no change of its name makes a table."""
    return _SPREADSHEET.fullmatch(name) is not None


def meant_folder(name: str) -> str:
    """Return the folder of the data whose name is near, or nothing.

    >>> meant_folder("network"), meant_folder("Charters"), meant_folder("old")
    ('networks', 'charters', '')
    """
    return _meant(name, tuple(FOLDERS))


def meant_file(folder: str, name: str) -> str:
    """Return the name below the data that a file was meant to have, or nothing.

    >>> meant_file("", "citys.csv"), meant_file("networks", "welcome.yml"), meant_file("", "notes.txt")
    ('cities.csv', 'networks/welcome.yaml', '')
    """
    stem, dot, ending = name.partition(".")
    ending = (dot + ending).lower()
    if is_spreadsheet(name) or not ending.endswith(_TEXT):
        return ""
    if not folder:
        if ending.endswith(_YAML):
            return "vocabulary.yaml" if _meant(stem, ("vocabulary",)) else ""
        table = _meant(stem, TABLES)
        return f"{table}.csv" if table else ""
    if ending.endswith(_YAML) != (FOLDERS[folder] == ".yaml"):
        # An instrument keeps its record, its members and its list in three folders.
        return f"commitments/{stem}.csv" if ending == ".csv" and folder in ("networks", "charters") else ""
    return f"{folder}/{stem}{FOLDERS[folder]}"


def _meant(word: str, names: Sequence[str]) -> str:
    singular = {one: plural for one, plural in _SINGULAR.items() if plural in names}
    found = nearest(word.lower(), (*names, *singular), limit=1)
    return singular.get(found[0], found[0]) if found else ""
