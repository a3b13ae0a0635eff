"""A new city: looked up in GeoNames, compared with every name in the atlas."""

from __future__ import annotations

import sys

from ...dataset.reading.csv_table import Table
from ...errors import UsageError
from ...findings import N_
from ...languages import gazetteer
from ...languages.folding import slug
from ...languages.name_matching import key
from ..dialogue import Refused
from ..edit.options import Leaf
from .draft import Draft
from .rules import Rules


class CityRules(Rules):
    """A city: looked up in GeoNames, compared with every name in the atlas."""

    first = ("name", "country", "geonames", "id")

    def __init__(self, draft: Draft) -> None:
        """Begin without a place."""
        super().__init__(draft)
        self._place: gazetteer.GazetteerPlace | None = None
        self._looked = draft.typed.no_lookup
        self._compared: set[tuple[str, str]] = set()

    def table(self) -> Table:
        """Return the cities."""
        return self.draft.data.table("cities")

    def proposal(self, leaf: Leaf) -> str:
        """Propose what GeoNames says, an id, and on a terminal the name as that in other languages."""
        name = leaf.path[0]
        value = self.draft.value
        if name == "name":
            return ""
        self._look_up()
        if name == "id":
            return self.free_id(slug(value("name")), value("country").lower(), value("region").lower())
        if leaf.field.base == "name":
            return value("name") if self.draft.terminal else ""
        place = self._place
        if place is None or (value("country") or place.country) != place.country:
            return ""
        if name in ("lat", "lon") and (value("lat") or value("lon")) not in ("", place.lat):
            return ""  # one coordinate of another point
        return place.cells.get(name, "")

    def settled(self, leaf: Leaf) -> None:
        """Compare every name with those in the atlas, once its country is known."""
        value = self.draft.value
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
        match = self.draft.judge.matcher.match(name, country)
        if match.place:
            self._already(match.place.id)
        elif self.draft.terminal and match.candidates:
            alike = ", ".join(f"{one.place.name} ({one.place.id})" for one in match.candidates)
            self.draft.talk.tell(N_("  similar names in the atlas: {names}"), names=alike)

    def _same_number(self, number: str) -> None:
        table = self.table()
        for row, text in table.column("geonames"):
            if number and text == number:
                self._already(table.get(row, "id"))

    def _already(self, id_: str) -> None:
        table = self.table()
        place = self.draft.judge.context.cities[id_]
        name = next(table.get(row, "name") for row, text in table.column("id") if text == id_)
        told = N_("{path}:{line}: {name} ({id}) is in the atlas already")
        self.insist(told, path=place.path, line=place.line, name=name, id=id_)

    def _look_up(self) -> None:
        """Look the city up once, as soon as its name and any option that helps are known."""
        draft = self.draft
        value = draft.value
        if self._looked or not value("name"):
            return
        self._looked = True
        try:
            if number := value("geonames"):
                self._place = gazetteer.by_number(number)
                return
            found = gazetteer.look_up(value("name"), value("country"))
        except gazetteer.NoGazetteer:
            draft.talk.tell(N_("GeoNames is not installed, so nothing is looked up: make gazetteer"))
            return
        if not found:
            draft.talk.tell(N_("GeoNames has no place named {name}"), name=value("name"))
        elif len(found) == 1:
            self._place = found[0]
        elif draft.terminal:
            draft.talk.tell(N_("GeoNames knows several places of that name:"))
            choice = draft.talk.chosen([_told(one) for one in found], self.say(N_("which one? [none] > ")))
            self._place = None if choice is None else found[choice]
        elif not (value("lat") and value("lon")):
            listed = "\n".join(f"  --geonames {one.geonames}  {_told(one)}" for one in found)
            refused = Refused(
                self.say(N_("GeoNames knows several places of that name; say which, or --no-lookup:"))
                + f"\n{listed}"
            )
            refused.exitcode = UsageError.exitcode
            raise refused
        written = self._place.name if self._place else ""
        if written != value("name") and key(written) == key(value("name")):
            told = self.say(N_("GeoNames writes the name {name}"), name=written)
            if not draft.terminal:
                print(told, file=sys.stderr)
                return
            question = self.say(N_("Take that?"))
            if draft.talk.agreed(f"  {told}. {question}", default=True):
                draft.tree["name"] = written


def _told(one: gazetteer.GazetteerPlace) -> str:
    return ", ".join(filter(None, (one.name, one.region or one.country, one.population)))
