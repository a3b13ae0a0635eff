"""What is special to each kind of record: what is looked up and proposed, and what is refused at once."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from urllib.parse import urlsplit

from rapidfuzz import fuzz

from ...dataset.reading.csv_table import Table
from ...errors import UsageError
from ...languages import gazetteer
from ...languages.folding import slug
from ...languages.name_matching import LIKELY, key
from ...validate.meant import document_names
from ..check import today
from ..dialogue import Refused
from ..edit.options import Leaf
from ..edit.rows import further_period
from ..messages import SAID
from .draft import Draft


class CityDraft(Draft):
    """A city: looked up in GeoNames, compared with every name in the atlas."""

    first = ("name", "country", "geonames", "id")

    def __post_init__(self) -> None:
        """Begin without a place."""
        super().__post_init__()
        self._place: gazetteer.GazetteerPlace | None = None
        self._looked = self.typed.no_lookup
        self._compared: set[tuple[str, str]] = set()

    def table(self) -> Table:
        """Return the cities."""
        return self.data.table("cities")

    def proposal(self, leaf: Leaf) -> str:
        """Propose what GeoNames says, an id, and on a terminal the name as that in other languages."""
        name = leaf.path[0]
        if name == "name":
            return ""
        self._look_up()
        if name == "id":
            country, region = self.value("country").lower(), self.value("region").lower()
            return self.free_id(slug(self.value("name")), country, region)
        if leaf.field.base == "name":
            return self.value("name") if self.terminal else ""
        place = self._place
        if place is None or (self.value("country") or place.country) != place.country:
            return ""
        if name in ("lat", "lon") and (self.value("lat") or self.value("lon")) not in ("", place.lat):
            return ""  # one coordinate of another point
        return place.cells.get(name, "")

    def settled(self, leaf: Leaf) -> None:
        """Compare every name with those in the atlas, once its country is known."""
        if leaf.path[0] == "geonames":
            self._refuse("geonames", self.value("geonames"))
        if leaf.path[0] in ("country", "name") or leaf.field.base == "name":
            country = self.value("country")
            for path in dict.fromkeys((("name",), leaf.path)):
                if country and path[0] != "country" and (name := self.value(*path)):
                    self._compare(name, country)

    def _compare(self, name: str, country: str) -> None:
        if (name, country) in self._compared:
            return
        self._compared.add((name, country))
        match = self.judge.matcher.match(name, country)
        if match.place:
            self._refuse("id", match.place.id)
        elif self.terminal and match.candidates:
            alike = ", ".join(f"{one.place.name} ({one.place.id})" for one in match.candidates)
            self.talk.tell(SAID.new.similar_names_atlas, names=alike)

    def _refuse(self, column: str, text: str) -> None:
        """Refuse a city where another one has this text in a column."""
        table = self.table()
        for row, known in table.column(column):
            if text and known == text:
                named = {"name": table.get(row, "name"), "id": table.get(row, "id")}
                self.insist(SAID.new.city_known, path=table.path, line=row.line, **named)

    def _look_up(self) -> None:
        """Look the city up once, as soon as its name and any option that helps are known."""
        if self._looked or not self.value("name"):
            return
        self._looked = True
        try:
            if number := self.value("geonames"):
                self._place = gazetteer.by_number(number)
                return
            found = gazetteer.look_up(self.value("name"), self.value("country"))
        except gazetteer.NoGazetteer:
            self.talk.tell(SAID.new.no_gazetteer_lookup)
            return
        if not found:
            self.talk.tell(SAID.new.nowhere, name=self.value("name"))
        elif len(found) == 1:
            self._place = found[0]
        elif self.terminal:
            self.talk.tell(SAID.new.several_places)
            choice = self.talk.chosen([_told(one) for one in found], self.talk.say(SAID.new.which_one))
            self._place = None if choice is None else found[choice]
        elif not (self.value("lat") and self.value("lon")):
            listed = "\n".join(f"  --geonames {one.geonames}  {_told(one)}" for one in found)
            refused = Refused(self.talk.say(SAID.new.say_which_place) + f"\n{listed}")
            refused.exitcode = UsageError.exitcode
            raise refused
        written = self._place.name if self._place else ""
        if written != self.value("name") and key(written) == key(self.value("name")):
            told = self.talk.say(SAID.new.other_spelling, name=written)
            if not self.terminal:
                print(told, file=sys.stderr)
                return
            if self.talk.agreed(f"  {told}. {self.talk.say(SAID.new.take_that)}", default=True):
                self.tree["name"] = written


def _told(one: gazetteer.GazetteerPlace) -> str:
    return ", ".join(filter(None, (one.name, one.region or one.country, one.population)))


_ID_WORDS = 4
"""Words of a title that make a proposed id."""


class SourceDraft(Draft):
    """A source: its address is recorded once, and read today unless another day is given."""

    first = ("url", "title", "publisher", "id")

    def table(self) -> Table:
        """Return the sources."""
        return self.data.table("sources")

    def proposal(self, leaf: Leaf) -> str:
        """Propose an id of the site and the title, and today as the day of reading."""
        if leaf.path[0] == "accessed":
            return today().isoformat()
        if leaf.path[0] == "id":
            host = (urlsplit(self.value("url")).hostname or "").removeprefix("www.").split(".")
            site = slug(host[0]) or slug(self.value("publisher"))
            return self.free_id("-".join(filter(None, (site, _words(self.value("title"))))))
        return ""

    def settled(self, leaf: Leaf) -> None:
        """Refuse an address that a recorded source or its archived copy has."""
        if leaf.path[0] != "url" or not (url := self.value("url")):
            return
        if row := self.judge.recorded_source(url):
            table = self.table()
            self.insist(SAID.new.address_known, path=table.path, line=row.line, id=table.get(row, "id"))


class CommitmentDraft(Draft):
    """A commitment: what is recorded of the pair is shown, the usual status is offered."""

    first = ("instrument", "city", "status")
    derived = ("period",)

    def table(self) -> Table | None:
        """Return the commitments of the instrument, None where it has no file yet."""
        return self.data.commitments.get(self.value("instrument"))

    def proposal(self, leaf: Leaf) -> str:
        """Name a further period after its beginning; offer the status that fits the instrument."""
        if leaf.path[0] == "period":
            begins = self.value("since") or self.value("until") or self.value("decided")
            return further_period(self.table(), self.value("city"), begins)
        if leaf.path[0] != "status" or not self.terminal:
            return ""
        return self.judge.usual_status(self.value("instrument"))

    def settled(self, leaf: Leaf) -> None:
        """Show on a terminal what is recorded of the city already."""
        table = self.table()
        if leaf.path[0] != "city" or table is None or not self.terminal:
            return
        for row, city in table.column("city"):
            if city == self.value("city"):
                self.talk.tell(SAID.new.recorded, path=table.path, line=row.line, row=row.raw)


class _DocumentDraft(Draft):
    """A record in a file of its own, told from the others by its names."""

    def in_words(self, name: str) -> str:
        """Return a text in the first language in which the new record has it."""
        texts = (self.value(name, lang) for lang in self.data.languages)
        return next(filter(None, texts), "")

    def settled(self, leaf: Leaf) -> None:
        """Compare the names with those in the atlas."""
        if leaf.path[0] not in ("name", "title", "acronym") or not (said := self.text(leaf)):
            return
        wanted = key(said)
        data = self.data
        for one in (data.actions if self.kind == "action" else data.instruments).values():
            for name in (one.id, *document_names(one)):
                known = key(name)
                alike = fuzz.ratio(known, wanted) >= LIKELY if len(wanted) > _SHORT else known == wanted
                if wanted and known and alike:
                    return self.insist(SAID.new.name_known, path=one.path, name=name, id=one.id)


_SHORT = 8
"""Names up to this length are compared exactly: ICC is not ICORN."""


class InstrumentDraft(_DocumentDraft):
    """A network or a charter."""

    first = ("kind", "name", "acronym", "id")

    def proposal(self, leaf: Leaf) -> str:
        """Propose an id of the acronym or the English name, on a terminal the plain kind."""
        if leaf.path == ("id",):
            return self.free_id(slug(self.value("acronym")) or _words(self.in_words("name")))
        if leaf.path == ("kind",) and self.terminal:
            return self.kind
        return ""


class ActionDraft(_DocumentDraft):
    """An action of cities or of a body."""

    first = ("kind", "title", "date", "cities", "instrument", "id")

    def proposal(self, leaf: Leaf) -> str:
        """Propose an id of the city, or of the instrument where there is none, the title and the year."""
        if leaf.path != ("id",):
            return ""
        who = (self.value("cities").split(";")[0] or self.value("instrument")).strip()
        title = _words(self.in_words("title"), leave_out=who)
        return self.free_id("-".join(filter(None, (who, title, self.value("date")[:4]))))


def _words(text: str, leave_out: str = "") -> str:
    """Return the first words of a title as a part of an id."""
    words = [word for word in slug(text).split("-") if word not in (*leave_out.split("-"), *_SMALL)]
    return "-".join(words[:_ID_WORDS])


_SMALL = frozenset(("a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "the", "to", "with",
                    "i", "w", "z", "o", "na", "do", "dla"))  # fmt: skip

DRAFTS: Mapping[str, type[Draft]] = {
    "city": CityDraft,
    "source": SourceDraft,
    "commitment": CommitmentDraft,
    "action": ActionDraft,
    "network": InstrumentDraft,
    "charter": InstrumentDraft,
}
"""What a draft of each kind of record is."""
