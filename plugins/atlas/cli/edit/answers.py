"""One answer at a time, judged by the same rules as the data, before there is a record to hold it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from ...dataset.canonical.values import canonical_text
from ...dataset.reading.csv_table import Row, Table
from ...dataset.reading.load import Dataset
from ...dataset.reading.text_file import decoded
from ...dataset.reading.yaml_tree import Mapping as YamlMapping
from ...findings import Finding, Place
from ...languages.name_matching import KnownPlace, Matcher, key
from ...model.globe import Point
from ...model.schema import Field, list_entries
from ...validate.context import Context, Value
from ...validate.meant import document_names
from ...validate.rules.fields import missing
from ...validate.rules.references import no_code, no_such, twice
from ...validate.values import excel_problem, value_problem
from ...validate.values.urls import archived_original, same_page
from ..dialogue import Refused, Talk
from .options import Given, Leaf, values_of


def known_places(cities: Table) -> tuple[KnownPlace, ...]:
    """Return the places of ``cities.csv`` with their names, ids and former ids, in its order."""
    columns = [name for name in cities.index if name == "name" or name.startswith("name_")]
    places = []
    for row, id_ in cities.column("id"):
        names = [cities.get(row, column) for column in columns]
        spelt = (one.replace("-", " ") for one in (id_, *list_entries(cities.get(row, "former_ids"))))
        before = (one.partition(":")[2].strip() for one in list_entries(cities.get(row, "former_names")))
        every = tuple(dict.fromkeys(filter(None, (*names, *before, *spelt))))
        name, country, region = (cities.get(row, column) for column in ("name", "country", "region"))
        point = point_of(cities.get(row, "lat"), cities.get(row, "lon"))
        places.append(KnownPlace(id_, name, country, every, region, point))
    return tuple(places)


def point_of(lat: str, lon: str) -> Point | None:
    """Return the point of two cells in degrees, or None where they are no point of the Earth."""
    try:
        north, east = float(lat.replace(",", ".")), float(lon.replace(",", "."))
    except ValueError:
        return None
    return (north, east) if abs(north) <= 90 and abs(east) <= 180 else None


@dataclass
class Judge:
    """The dataset as far as a single answer needs it."""

    context: Context

    @property
    def data(self) -> Dataset:
        """Return the dataset as it is."""
        return self.context.data

    @cached_property
    def matcher(self) -> Matcher:
        """Return what finds cities by their names."""
        return Matcher(known_places(self.data.table("cities")))

    def problem(self, kind: str, leaf: Leaf, text: str) -> Finding | None:
        """Return what is wrong with an answer for a record of ``kind``, or None."""
        one = leaf.field
        place = Place(leaf.option)
        if not text:
            return missing(place, one) if one.required else None
        found: list[Finding] = []
        decoded(text.encode("utf-8", "surrogatepass"), leaf.option, found)
        for part in values_of(one, text) if one.many else [canonical_text(text)]:
            found.extend(self._of_part(leaf, part))
        if leaf.path == ("id",):
            found.extend(self._id_taken(kind, leaf, text))
        return found[0] if found else None

    def refuse(self, kind: str, given: Iterable[Given], talk: Talk) -> None:
        """Raise Refused with everything that is wrong with the options of a record of ``kind``."""
        wrong = [
            f"{one.leaf.option}: {found.code} {talk.sentence(found)}"
            for one in given
            if one.text and (found := self.problem(kind, one.leaf, one.text))
        ]
        if wrong:
            raise Refused("\n".join(wrong))

    def _of_part(self, leaf: Leaf, part: str) -> Iterator[Finding]:
        one, place, name = leaf.field, Place(leaf.option), leaf.path[-1]
        wrong = value_problem(part, one) or (excel_problem(part) if part else None)
        if wrong:
            yield wrong.at(place, name, part)
        value = Value(part, place, one)
        if one.refers and part not in self.context.ids(one.refers):
            yield no_such(value, self.context)
        if one.type == "code" and one.codes and part not in self.context.codes.get(one.codes, {}):
            yield no_code(value, self.context)

    def _id_taken(self, kind: str, leaf: Leaf, id_: str) -> Iterator[Finding]:
        if taken := self.taken(kind).get(id_):
            yield twice(Place(leaf.option), id_, taken)

    def taken(self, kind: str) -> Mapping[str, Place]:
        """Return the ids that a new record of ``kind`` cannot have: in use, former and retired ones."""
        known = {**(self.context.former if kind == "city" else {}), **self.context.ids(kind)}
        retired = self.data.table("retired")
        kinds = {kind, "instrument"} if kind in ("network", "charter") else {kind}
        for row, id_ in retired.column("id"):
            if retired.get(row, "kind") in kinds:
                known.setdefault(id_, retired.place(row, "id"))
        return known

    def free_id(self, kind: str, wanted: str, *further: str, also: Collection[str] = ()) -> str:
        """Return ``wanted``, with ``further`` words or a number where it is, was or is ``also`` taken."""
        taken = {*self.taken(kind), *also}
        base = wanted
        for word in ("", *further):
            base = f"{wanted}-{word}" if word else wanted
            if base and base not in taken:
                return base
        number = 2
        while f"{base}-{number}" in taken:
            number += 1
        return f"{base}-{number}" if base else ""

    def recorded_source(self, url: str) -> Row | None:
        """Return the row of the document with an address, or with the archived copy that it is."""
        table, original = self.data.table("sources"), archived_original(url) or url
        for row in table.rows:
            known = filter(None, (table.get(row, "url"), table.get(row, "archived")))
            if any(same_page(one, address) for one in known for address in filter(None, (url, original))):
                return row
        return None

    def codes(self, one: Field, kind: str = "") -> list[str]:
        """Return the codes that a field may hold; a network has only kinds of networks."""
        known = self.context.codes.get(one.codes or "", {})
        other = {"network": "charter", "charter": "network"}.get(kind)
        return [code for code, node in known.items() if not other or node.text("family") != other] or list(
            one.choices
        )

    def instrument_id(self, text: str) -> str:
        """Return the id of the instrument whose id, acronym or name is ``text``, else the text."""
        known = self.context.instruments
        if text in known:
            return text
        wanted = key(text)
        found = {
            id_
            for id_, document in self.data.instruments.items()
            if wanted and wanted in map(key, (id_, *document_names(document)))
        }
        return found.pop() if len(found) == 1 else text

    def usual_status(self, instrument: str) -> str:
        """Return the status that most cities have in an instrument; nothing where there is no such code."""
        usual = "signatory" if instrument in self.data.charters else "member"
        return usual if usual in self.context.codes.get("statuses", {}) else ""

    def labels(self, one: Field, lang: str, kind: str = "") -> list[str]:
        """Return the codes of a field with their labels, or the ids that it may name with their names."""
        if one.codes:
            codes = self.context.codes.get(one.codes, {})
            return [f"{code}: {label(codes[code], lang)}" for code in self.codes(one, kind)]
        if one.refers == "instrument":
            named = {id_: dict.fromkeys(document_names(one)) for id_, one in self.data.instruments.items()}
            return sorted(f"{id_}: {', '.join(names)}" for id_, names in named.items())
        if one.refers in ("city", "source"):
            table = self.data.table("cities" if one.refers == "city" else "sources")
            column = "name" if one.refers == "city" else "title"
            return sorted(f"{id_}: {table.get(row, column)}" for row, id_ in table.column("id"))
        if one.refers:
            return [" ".join(sorted(self.context.ids(one.refers)))]
        return list(one.choices) or [one.example]


def label(code: YamlMapping, lang: str) -> str:
    """Return the label of a code of the vocabulary in ``lang``, else in English, else nothing."""
    labels = code.entries.get("label")
    if not isinstance(labels, YamlMapping):
        return ""
    return labels.text(lang) or labels.text("en") or ""
