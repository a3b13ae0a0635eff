"""What is special to each kind of record: what is proposed, and what is refused at once."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from rapidfuzz import fuzz

from .. import gazetteer
from ..csvfile import Table
from ..findings import N_
from ..matching import LIKELY, key
from ..validate.values import slug
from ..validate.web import archived_original, same_page
from ..yamlfile import Mapping as YamlMapping
from .check import today
from .new_options import Leaf
from .new_values import instrument_names
from .talk import Refused

if TYPE_CHECKING:
    from .new_session import Session

_ID_WORDS = 4
"""Words of a title that make a proposed id."""


class Rules:
    """One kind of record; the base proposes nothing and refuses nothing."""

    first: tuple[str, ...] = ()
    """The values that are asked for before all others."""

    def __init__(self, session: Session) -> None:
        """Look at the session whose record it is."""
        self.session = session
        self.say = session.talk.say

    def table(self) -> Table | None:
        """Return the table that the record goes to, None for a file of its own."""
        return None

    def proposal(self, leaf: Leaf) -> str:
        """Return a value that is known without asking, or what Enter takes on a terminal."""
        return ""

    def settled(self, leaf: Leaf) -> None:
        """Act on a value that has just been given or left empty. Raises Refused."""

    def finally_(self) -> None:
        """Judge the record as a whole before it is checked. Raises Refused."""

    def insist(self, reason: str) -> None:
        """Let the person insist on what looks like a recorded one. Raises Refused with the reason."""
        session = self.session
        if session.typed.anyway:
            return
        if not session.terminal:
            advice = self.say(N_("--anyway adds it all the same"))
            raise Refused(f"{reason}; {advice}")
        question = self.say(N_("Add it all the same?"))
        if not session.talk.agreed(f"  {reason}. {question}", default=False):
            raise Refused("")
        session.typed.anyway = True

    def free_id(self, wanted: str, *further: str) -> str:
        """Return an id that nobody has or had."""
        return self.session.judge.free_id(self.session.kind, wanted, *filter(None, further))


class CityRules(Rules):
    """A city: looked up in GeoNames, compared with every name in the atlas."""

    first = ("name", "country", "geonames", "id")

    def __init__(self, session: Session) -> None:
        """Begin without a place."""
        super().__init__(session)
        self._place: gazetteer.GazetteerPlace | None = None
        self._looked = session.typed.no_lookup
        self._compared: set[tuple[str, str]] = set()

    def table(self) -> Table:
        """Return the cities."""
        return self.session.data.table("cities")

    def proposal(self, leaf: Leaf) -> str:
        """Propose what GeoNames says, an id, and on a terminal the name as that in other languages."""
        name = leaf.path[0]
        value = self.session.value
        if name == "name":
            return ""
        self._look_up()
        if name == "id":
            return self.free_id(slug(value("name")), value("country").lower(), value("region").lower())
        if leaf.field.base == "name":
            return value("name") if self.session.terminal else ""
        place = self._place
        if place is None or (value("country") or place.country) != place.country:
            return ""
        known = {
            "country": place.country,
            "region": place.region,
            "lat": place.lat,
            "lon": place.lon,
            "population": place.population,
            "geonames": place.geonames,
        }
        if name in ("lat", "lon") and (value("lat") or value("lon")) not in ("", place.lat):
            return ""  # one coordinate of another point
        return known.get(name, "")

    def settled(self, leaf: Leaf) -> None:
        """Compare every name with those in the atlas, once its country is known."""
        value = self.session.value
        if leaf.path[0] == "geonames":
            self._same_number(value("geonames"))
        if leaf.path[0] in ("country", "name") or leaf.field.base == "name":
            country = value("country")
            for path in dict.fromkeys((("name",), leaf.path)):
                if country and path[0] != "country" and (name := value(*path)):
                    self._compare(name, country)

    def _compare(self, name: str, country: str) -> None:
        if (name, country) in self._compared:
            return
        self._compared.add((name, country))
        match = self.session.judge.matcher.match(name, country)
        if match.place:
            self._already(match.place.id)
        elif self.session.terminal and match.candidates:
            alike = ", ".join(f"{one.place.name} ({one.place.id})" for one in match.candidates)
            self.session.talk.tell(N_("  similar names in the atlas: {names}"), names=alike)

    def _same_number(self, number: str) -> None:
        table = self.table()
        for row, text in table.column("geonames"):
            if number and text == number:
                self._already(table.get(row, "id"))

    def _already(self, id_: str) -> None:
        table = self.table()
        place = self.session.judge.context.cities[id_]
        name = next(table.get(row, "name") for row, text in table.column("id") if text == id_)
        self.insist(
            self.say(
                N_("{path}:{line}: {name} ({id}) is in the atlas already"),
                path=place.path,
                line=place.line,
                name=name,
                id=id_,
            )
        )

    def _look_up(self) -> None:
        """Look the city up once, as soon as its name and any option that helps are known."""
        session = self.session
        value = session.value
        if self._looked or not value("name"):
            return
        self._looked = True
        try:
            if number := value("geonames"):
                self._place = gazetteer.by_number(number)
                return
            found = gazetteer.look_up(value("name"), value("country"))
        except gazetteer.NoGazetteer:
            session.talk.tell(N_("GeoNames is not installed, so nothing is looked up: make gazetteer"))
            return
        if not found:
            session.talk.tell(N_("GeoNames has no place named {name}"), name=value("name"))
        elif len(found) == 1:
            self._place = found[0]
        elif session.terminal:
            session.talk.tell(N_("GeoNames knows several places of that name:"))
            choice = session.talk.chosen([_told(one) for one in found], self.say(N_("which one? [none] > ")))
            self._place = None if choice is None else found[choice]
        elif not (value("lat") and value("lon")):
            listed = "\n".join(f"  --geonames {one.geonames}  {_told(one)}" for one in found)
            refused = Refused(
                self.say(N_("GeoNames knows several places of that name; say which, or --no-lookup:"))
                + f"\n{listed}"
            )
            refused.usage = True
            raise refused
        written = self._place.name if self._place else ""
        if written != value("name") and key(written) == key(value("name")):
            told = self.say(N_("GeoNames writes the name {name}"), name=written)
            if not session.terminal:
                print(told, file=sys.stderr)
                return
            question = self.say(N_("Take that?"))
            if session.talk.agreed(f"  {told}. {question}", default=True):
                session.tree["name"] = written


def _told(one: gazetteer.GazetteerPlace) -> str:
    return ", ".join(filter(None, (one.name, one.region or one.country, one.population)))


class SourceRules(Rules):
    """A source: its address is recorded once, and read today unless another day is given."""

    first = ("url", "title", "publisher", "id")

    def table(self) -> Table:
        """Return the sources."""
        return self.session.data.table("sources")

    def proposal(self, leaf: Leaf) -> str:
        """Propose an id of the site and the title, and today as the day of reading."""
        value = self.session.value
        if leaf.path[0] == "accessed":
            return today().isoformat()
        if leaf.path[0] == "id":
            host = (urlsplit(value("url")).hostname or "").removeprefix("www.").split(".")
            site = slug(host[0]) or slug(value("publisher"))
            return self.free_id("-".join(filter(None, (site, _words(value("title"))))))
        return ""

    def settled(self, leaf: Leaf) -> None:
        """Refuse an address that a recorded source or its archived copy has."""
        if leaf.path[0] != "url" or not (url := self.session.value("url")):
            return
        table = self.table()
        original = archived_original(url) or url
        for row in table.rows:
            known = [table.get(row, "url"), table.get(row, "archived")]
            if any(one and (same_page(one, url) or same_page(one, original)) for one in known):
                place = table.place(row)
                self.insist(
                    self.say(
                        N_("{path}:{line}: this address is recorded already, as {id}"),
                        path=place.path,
                        line=place.line,
                        id=table.get(row, "id"),
                    )
                )


class CommitmentRules(Rules):
    """A commitment: what is recorded of the pair is shown, the usual status is offered."""

    first = ("instrument", "city", "status")

    def table(self) -> Table | None:
        """Return the commitments of the instrument, None where it has no file yet."""
        return self.session.data.commitments.get(self.session.value("instrument"))

    def proposal(self, leaf: Leaf) -> str:
        """Offer on a terminal the status that fits the instrument."""
        if leaf.path[0] != "status" or not self.session.terminal:
            return ""
        wanted = "signatory" if self.session.value("instrument") in self.session.data.charters else "member"
        return wanted if wanted in self.session.judge.codes(leaf.field) else ""

    def settled(self, leaf: Leaf) -> None:
        """Show on a terminal what is recorded of the city already."""
        table = self.table()
        if leaf.path[0] != "city" or table is None or not self.session.terminal:
            return
        for row, city in table.column("city"):
            if city == self.session.value("city"):
                place = table.place(row)
                told = N_("  recorded: {path}:{line}: {row}")
                self.session.talk.tell(told, path=place.path, line=place.line, row=row.raw)


class _DocumentRules(Rules):
    """A record in a file of its own, told from the others by its names."""

    def documents(self) -> Iterator[tuple[str, str, tuple[str, ...]]]:
        """Yield the path, the id and the names of the records of this kind."""
        return iter(())

    def names(self) -> list[str]:
        """Return the names that the new record is given."""
        return []

    def settled(self, leaf: Leaf) -> None:
        """Compare the names with those in the atlas."""
        if leaf.path[0] not in ("name", "title", "acronym") or not (said := self.session.text(leaf)):
            return
        wanted = key(said)
        for path, id_, names in self.documents():
            for name in names:
                known = key(name)
                alike = fuzz.ratio(known, wanted) >= LIKELY if len(wanted) > _SHORT else known == wanted
                if wanted and known and alike:
                    self.insist(
                        self.say(
                            N_("{path}: {name} ({id}) is in the atlas already"), path=path, name=name, id=id_
                        )
                    )
                    return


_SHORT = 8
"""Names up to this length are compared exactly: ICC is not ICORN."""


class InstrumentRules(_DocumentRules):
    """A network or a charter."""

    first = ("kind", "name", "acronym", "id")

    def documents(self) -> Iterator[tuple[str, str, tuple[str, ...]]]:
        """Yield networks and charters: a name stands for one of them."""
        for document in self.session.data.instruments.values():
            yield document.path, document.id, tuple(instrument_names(document))

    def proposal(self, leaf: Leaf) -> str:
        """Propose an id of the acronym or the English name, on a terminal the plain kind."""
        value = self.session.value
        if leaf.path == ("id",):
            return self.free_id(slug(value("acronym")) or _words(value("name", "en")))
        if leaf.path == ("kind",) and self.session.terminal:
            return self.session.kind
        return ""


class ActionRules(_DocumentRules):
    """An action of cities or of a body."""

    first = ("kind", "title", "date", "cities", "instrument", "id")

    def documents(self) -> Iterator[tuple[str, str, tuple[str, ...]]]:
        """Yield the actions with their titles."""
        for document in self.session.data.actions.values():
            titles = document.root.entries.get("title")
            if isinstance(titles, YamlMapping):
                texts = tuple(filter(None, (titles.text(lang) for lang in titles.entries)))
                yield document.path, document.id, texts

    def proposal(self, leaf: Leaf) -> str:
        """Propose an id of the city or instrument, the title and the year."""
        value = self.session.value
        if leaf.path != ("id",):
            return ""
        who = (value("instrument") or value("cities").split(";")[0]).strip()
        title = _words(value("title", "en"), leave_out=who)
        return self.free_id("-".join(filter(None, (who, title, value("date")[:4]))))


def _words(text: str, leave_out: str = "") -> str:
    """Return the first words of a title as a part of an id."""
    words = [word for word in slug(text).split("-") if word not in (*leave_out.split("-"), *_SMALL)]
    return "-".join(words[:_ID_WORDS])


_SMALL = frozenset(("a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "the", "to", "with",
                    "i", "w", "z", "o", "na", "do", "dla"))  # fmt: skip

_RULES: Mapping[str, Callable[[Session], Rules]] = {
    "city": CityRules,
    "source": SourceRules,
    "commitment": CommitmentRules,
    "action": ActionRules,
    "network": InstrumentRules,
    "charter": InstrumentRules,
}


def rules_for(kind: str) -> Callable[[Session], Rules]:
    """Return what makes the rules of a kind of record."""
    return _RULES[kind]
