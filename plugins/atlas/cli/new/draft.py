"""The draft of a new record: what was given so far, who judges it and is asked, what kinds have in common."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from ...dataset.reading.csv_table import Table
from ...dataset.reading.load import Dataset, load, with_files
from ...model.schema import LIST_SEPARATOR
from ...validate.context import Context
from ..check import today
from ..dialogue import Refused, Talk, on_terminal
from ..edit.answers import Judge
from ..edit.options import Leaf, Tree, at, get, put
from ..messages import SAID


@dataclass
class Draft:
    """One record on its way into the data; a kind of record may propose values, and refuse some."""

    first: ClassVar[tuple[str, ...]] = ()
    """The values that are asked for before all others."""
    derived: ClassVar[tuple[str, ...]] = ()
    """Values that follow from the others: proposed after them, and not asked for."""

    kind: str
    asked: Sequence[Leaf]
    typed: argparse.Namespace
    talk: Talk
    data: Dataset
    pending: dict[str, bytes] = field(default_factory=dict)
    """Files with records that are added on the way to this one, by their names below the data."""
    added: dict[str, str] = field(default_factory=dict)
    """The ids of those records by what was typed for them."""
    tree: Tree = field(init=False, default_factory=dict)
    judge: Judge = field(init=False)
    terminal: bool = field(init=False)

    def __post_init__(self) -> None:
        self.judge = Judge(Context(self.data, today()))
        self.terminal = on_terminal()

    def take(self, typed: str, id_: str, name: str, contents: bytes) -> None:
        """Go on with a dataset that has one more record."""
        self.added[typed] = id_
        self.pending[name] = contents
        self.data = with_files(load(self.typed.data), self.pending)
        self.judge = Judge(Context(self.data, today()))

    def text(self, leaf: Leaf) -> str:
        """Return a value as the text of a cell; empty where it is not known."""
        value = get(self.tree, leaf)
        if isinstance(value, list):
            return LIST_SEPARATOR.join(part for part in value if isinstance(part, str))
        return value if isinstance(value, str) else ""

    def value(self, *path: str) -> str:
        """Return the text at a path, empty where it is not known."""
        return next((self.text(leaf) for leaf in self.asked if leaf.path == path and not leaf.listed), "")

    def resolved(self, leaf: Leaf, text: str) -> str:
        """Return ids where names of cities or instruments were typed; else the text as it is."""
        refers = leaf.field.refers
        if refers and text in self.added:
            return self.added[text]
        if refers not in ("city", "instrument") or not text:
            return text
        parts = text.split(LIST_SEPARATOR) if leaf.field.many else [text]
        return LIST_SEPARATOR.join(self._id_of(refers, part.strip()) for part in parts)

    def _id_of(self, refers: str, text: str) -> str:
        if refers == "instrument":
            return self.judge.instrument_id(text)
        if text in self.judge.context.cities:
            return text
        match = self.judge.matcher.match(text)
        return match.place.id if match.kind == "exact" and match.place else text

    def has(self, leaf: Leaf) -> bool:
        """Return whether a value is known."""
        return bool(get(self.tree, leaf))

    def set(self, leaf: Leaf, text: str) -> None:
        """Take a value; where the same text was given once for all languages, that stays."""
        put(self.tree, leaf, text)

    def clear(self, leaf: Leaf) -> None:
        """Forget a value."""
        *parents, last = leaf.path
        if isinstance(branch := at(self.tree, parents), dict):
            branch.pop(last, None)

    # What kinds of records differ in

    def table(self) -> Table | None:
        """Return the table that the record goes to, None for a file of its own."""
        return None

    def proposal(self, leaf: Leaf) -> str:
        """Return a value that is known without asking, or what Enter takes on a terminal."""
        return ""

    def settled(self, leaf: Leaf) -> None:
        """Act on a value that has just been given or left empty. Raises Refused."""

    def insist(self, reason: str, **values: object) -> None:
        """Let the person insist on what looks like a recorded one. Raises Refused with the reason."""
        reason, say = self.talk.say(reason, **values), self.talk.say
        if self.typed.anyway:
            return
        if not self.terminal:
            raise Refused(f"{reason}; {say(SAID.new.anyway)}")
        if not self.talk.agreed(f"  {reason}. {say(SAID.new.add_all_the_same)}", default=False):
            raise Refused
        self.typed.anyway = True

    def free_id(self, wanted: str, *further: str) -> str:
        """Return an id that nobody has or had."""
        return self.judge.free_id(self.kind, wanted, *filter(None, further))
