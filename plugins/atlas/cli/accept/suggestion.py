"""The block of an issue that a machine reads: text of strangers, taken for data where its shape is right."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ...dataset.reading.load import Dataset
from ...model.schema import schema
from ..dialogue import Refused
from ..messages import SAID

VERSION = 1
"""Of the block: it grows only when a key changes its meaning."""
LONGEST = 100_000
"""Characters of an issue: code hosts take 65,536."""

_BLOCK = re.compile(r"^(`{3,})json[ \t]*\r?\n(.*?)^\1[ \t]*\r?$", re.MULTILINE | re.DOTALL)
_LOGIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})(?:\[bot\])?")
_ISSUE = re.compile(r"https://[\w.-]+/[\w./-]+/issues/(\d+)")

Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSuggestion:
    """What somebody suggests: cells by columns, none where a part is missing."""

    instrument: str = ""
    commitment: Cells = field(default_factory=dict)
    before: Cells = field(default_factory=dict)
    """The row that is corrected, as it was shown to whoever corrects it."""
    city: Cells = field(default_factory=dict)
    source: Cells = field(default_factory=dict)
    record: str = ""
    """A record that is no commitment, with what is wrong in words."""
    wrong: str = ""
    login: str = ""
    """Who wrote the issue, by the name on the code host."""
    issue: str = ""
    """Its address."""

    @property
    def number(self) -> str:
        """Return the number of the issue, empty where there is none."""
        found = _ISSUE.fullmatch(self.issue)
        return found[1] if found else ""


def read(text: str, dataset: Dataset) -> FormSuggestion:
    """Return the suggestion in the text of an issue, or in the JSON of an issue or of an event with one.

    Raises Refused where there is not exactly one block, or a value of it has no place in the data.
    """
    login = issue = ""
    with_issue = _json(text)
    if isinstance(with_issue, dict):
        told = with_issue.get("issue", with_issue)
        user = told.get("user") if isinstance(told, dict) else None
        text = str(told.get("body") or "") if isinstance(told, dict) else ""
        login = _matching(_LOGIN, user.get("login") if isinstance(user, dict) else "")
        issue = _matching(_ISSUE, told.get("html_url") if isinstance(told, dict) else "")
    if len(text) > LONGEST:
        raise Refused(SAID.accept.too_long, limit=LONGEST)
    blocks = [
        one for _, body in _BLOCK.findall(text) if isinstance(one := _json(body), dict) and "atlas" in one
    ]
    if len(blocks) != 1:
        raise Refused(SAID.accept.several_blocks if blocks else SAID.accept.no_block, n=len(blocks))
    return _suggestion(blocks[0], login, issue, dataset)


def _suggestion(block: dict[str, Any], login: str, issue: str, dataset: Dataset) -> FormSuggestion:
    if block.pop("atlas") != VERSION:
        raise Refused(SAID.accept.other_version)
    records = schema(dataset.languages)
    parts: dict[str, dict[str, str]] = {}
    for name in ("commitment", "before", "city", "source"):
        known = {"instrument"} if name == "commitment" else set()
        known |= records["commitment" if name == "before" else name].by_name.keys()
        cells = block.pop(name, None) or {}
        if not isinstance(cells, dict) or not cells.keys() <= known or not _texts(cells):
            raise _unreadable(name)
        parts[name] = {column: value.strip() for column, value in cells.items() if value.strip()}
    words = {name: block.pop(name, "") for name in ("record", "wrong")}
    if block or not _texts(words):
        raise _unreadable(", ".join(sorted(map(str, block))) or "record")
    instrument = parts["commitment"].pop("instrument", "")
    return FormSuggestion(instrument=instrument, login=login, issue=issue, **parts, **words)  # type: ignore[arg-type]


def _texts(cells: Mapping[str, object]) -> bool:
    return all(isinstance(value, str) for value in cells.values())


def _unreadable(part: str) -> Refused:
    return Refused(SAID.accept.unreadable_part, part=part)


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _matching(pattern: re.Pattern[str], value: object) -> str:
    """Return a value that is wholly of this shape, else nothing."""
    return value if isinstance(value, str) and pattern.fullmatch(value) else ""
