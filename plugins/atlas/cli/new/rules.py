"""What every kind of record has in common when one is added: proposals, refusals, ids."""

from __future__ import annotations

from ...dataset.reading.csv_table import Table
from ...findings import N_
from ..dialogue import Refused
from ..edit.options import Leaf
from .draft import Draft


class Rules:
    """One kind of record; the base proposes nothing and refuses nothing."""

    first: tuple[str, ...] = ()
    """The values that are asked for before all others."""
    derived: tuple[str, ...] = ()
    """Values that follow from the others: proposed after them, and not asked for."""

    def __init__(self, draft: Draft) -> None:
        """Look at the draft whose rules these are."""
        self.draft = draft
        self.say = draft.talk.say

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
        draft, reason = self.draft, self.say(reason, **values)
        if draft.typed.anyway:
            return
        if not draft.terminal:
            advice = self.say(N_("--anyway adds it all the same"))
            raise Refused(f"{reason}; {advice}")
        question = self.say(N_("Add it all the same?"))
        if not draft.talk.agreed(f"  {reason}. {question}", default=False):
            raise Refused
        draft.typed.anyway = True

    def free_id(self, wanted: str, *further: str) -> str:
        """Return an id that nobody has or had."""
        return self.draft.judge.free_id(self.draft.kind, wanted, *filter(None, further))
