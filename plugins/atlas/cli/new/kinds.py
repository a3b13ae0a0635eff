"""What is special to each kind of record but a city: what is proposed, and what is refused at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from urllib.parse import urlsplit

from rapidfuzz import fuzz

from ...dataset.reading.csv_table import Table
from ...dataset.reading.yaml_tree import Mapping as YamlMapping
from ...findings import N_
from ...languages.folding import slug
from ...languages.name_matching import LIKELY, key
from ...validate.values.urls import archived_original, same_page
from ..check import today
from ..edit.answers import instrument_names
from ..edit.options import Leaf
from ..edit.periods import further_period
from .city import CityRules
from .draft import Draft
from .rules import Rules

_ID_WORDS = 4
"""Words of a title that make a proposed id."""


class SourceRules(Rules):
    """A source: its address is recorded once, and read today unless another day is given."""

    first = ("url", "title", "publisher", "id")

    def table(self) -> Table:
        """Return the sources."""
        return self.draft.data.table("sources")

    def proposal(self, leaf: Leaf) -> str:
        """Propose an id of the site and the title, and today as the day of reading."""
        value = self.draft.value
        if leaf.path[0] == "accessed":
            return today().isoformat()
        if leaf.path[0] == "id":
            host = (urlsplit(value("url")).hostname or "").removeprefix("www.").split(".")
            site = slug(host[0]) or slug(value("publisher"))
            return self.free_id("-".join(filter(None, (site, _words(value("title"))))))
        return ""

    def settled(self, leaf: Leaf) -> None:
        """Refuse an address that a recorded source or its archived copy has."""
        if leaf.path[0] != "url" or not (url := self.draft.value("url")):
            return
        table = self.table()
        original = archived_original(url) or url
        for row in table.rows:
            known = [table.get(row, "url"), table.get(row, "archived")]
            if any(one and (same_page(one, url) or same_page(one, original)) for one in known):
                told = N_("{path}:{line}: this address is recorded already, as {id}")
                self.insist(told, path=table.path, line=row.line, id=table.get(row, "id"))


class CommitmentRules(Rules):
    """A commitment: what is recorded of the pair is shown, the usual status is offered."""

    first = ("instrument", "city", "status")
    derived = ("period",)

    def table(self) -> Table | None:
        """Return the commitments of the instrument, None where it has no file yet."""
        return self.draft.data.commitments.get(self.draft.value("instrument"))

    def proposal(self, leaf: Leaf) -> str:
        """Name a further period after its beginning; offer the status that fits the instrument."""
        value = self.draft.value
        if leaf.path[0] == "period":
            begins = value("since") or value("until") or value("decided")
            return further_period(self.table(), value("city"), begins)
        if leaf.path[0] != "status" or not self.draft.terminal:
            return ""
        wanted = "signatory" if value("instrument") in self.draft.data.charters else "member"
        return wanted if wanted in self.draft.judge.codes(leaf.field) else ""

    def settled(self, leaf: Leaf) -> None:
        """Show on a terminal what is recorded of the city already."""
        table = self.table()
        if leaf.path[0] != "city" or table is None or not self.draft.terminal:
            return
        for row, city in table.column("city"):
            if city == self.draft.value("city"):
                told = N_("  recorded: {path}:{line}: {row}")
                self.draft.talk.tell(told, path=table.path, line=row.line, row=row.raw)


class _DocumentRules(Rules):
    """A record in a file of its own, told from the others by its names."""

    def documents(self) -> Iterator[tuple[str, str, tuple[str, ...]]]:
        """Yield the path, the id and the names of the records of this kind."""
        return iter(())

    def in_words(self, name: str) -> str:
        """Return a text in the first language in which the new record has it."""
        texts = (self.draft.value(name, lang) for lang in self.draft.data.languages)
        return next(filter(None, texts), "")

    def settled(self, leaf: Leaf) -> None:
        """Compare the names with those in the atlas."""
        if leaf.path[0] not in ("name", "title", "acronym") or not (said := self.draft.text(leaf)):
            return
        wanted = key(said)
        for path, id_, names in self.documents():
            for name in names:
                known = key(name)
                alike = fuzz.ratio(known, wanted) >= LIKELY if len(wanted) > _SHORT else known == wanted
                if wanted and known and alike:
                    told = N_("{path}: {name} ({id}) is in the atlas already")
                    return self.insist(told, path=path, name=name, id=id_)


_SHORT = 8
"""Names up to this length are compared exactly: ICC is not ICORN."""


class InstrumentRules(_DocumentRules):
    """A network or a charter."""

    first = ("kind", "name", "acronym", "id")

    def documents(self) -> Iterator[tuple[str, str, tuple[str, ...]]]:
        """Yield networks and charters: a name stands for one of them."""
        for document in self.draft.data.instruments.values():
            yield document.path, document.id, tuple(instrument_names(document))

    def proposal(self, leaf: Leaf) -> str:
        """Propose an id of the acronym or the English name, on a terminal the plain kind."""
        value = self.draft.value
        if leaf.path == ("id",):
            return self.free_id(slug(value("acronym")) or _words(self.in_words("name")))
        if leaf.path == ("kind",) and self.draft.terminal:
            return self.draft.kind
        return ""


class ActionRules(_DocumentRules):
    """An action of cities or of a body."""

    first = ("kind", "title", "date", "cities", "instrument", "id")

    def documents(self) -> Iterator[tuple[str, str, tuple[str, ...]]]:
        """Yield the actions with their titles."""
        for document in self.draft.data.actions.values():
            titles = document.root.entries.get("title")
            if isinstance(titles, YamlMapping):
                texts = tuple(filter(None, (titles.text(lang) for lang in titles.entries)))
                yield document.path, document.id, texts

    def proposal(self, leaf: Leaf) -> str:
        """Propose an id of the city, or of the instrument where there is none, the title and the year."""
        value = self.draft.value
        if leaf.path != ("id",):
            return ""
        who = (value("cities").split(";")[0] or value("instrument")).strip()
        title = _words(self.in_words("title"), leave_out=who)
        return self.free_id("-".join(filter(None, (who, title, value("date")[:4]))))


def _words(text: str, leave_out: str = "") -> str:
    """Return the first words of a title as a part of an id."""
    words = [word for word in slug(text).split("-") if word not in (*leave_out.split("-"), *_SMALL)]
    return "-".join(words[:_ID_WORDS])


_SMALL = frozenset(("a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "the", "to", "with",
                    "i", "w", "z", "o", "na", "do", "dla"))  # fmt: skip

RULES: Mapping[str, Callable[[Draft], Rules]] = {
    "city": CityRules,
    "source": SourceRules,
    "commitment": CommitmentRules,
    "action": ActionRules,
    "network": InstrumentRules,
    "charter": InstrumentRules,
}
"""What makes the rules of each kind of record."""
