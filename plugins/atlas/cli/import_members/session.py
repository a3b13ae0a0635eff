"""``atlas import``: the members of an instrument from a list, only those that a person accepts."""

from __future__ import annotations

import argparse
from pathlib import Path

from ...dataset.canonical.csv import with_rows
from ...dataset.canonical.spreadsheet import words_beyond_ascii
from ...dataset.reading.csv_table import Table
from ...dataset.reading.load import load
from ...dataset.write import read_file, read_if_there, write_files
from ...errors import UsageError
from ...findings import Place
from ...languages import gazetteer
from ...languages.name_matching import Matcher
from ...model.schema import LIST_SEPARATOR, schema
from ...validate.context import Context, partial
from ...validate.values import value_problem
from ..check import today
from ..dialogue import Talk, on_terminal
from ..edit.answers import Judge, known_places
from ..edit.options import Leaf, shared_leaves, tree_of
from ..edit.rows import further_period, write
from ..messages import SAID
from .match import ACCEPTABLE, IN_FORCE, Comparison, FoundEntry, candidate_told, compare, told
from .member_list import MemberList, read_list
from .plan import Accepted, plan_text, read_plan, unaccepted

_NOWHERE = Place("")


def run(options: argparse.Namespace) -> int:
    """Compare, ask, check and write; return 0, or 1 where something must be mended first."""
    return ImportSession(options, Talk(options.lang)).run()


class ImportSession:
    """The list, the data and the person who decides."""

    def __init__(self, options: argparse.Namespace, talk: Talk) -> None:
        """Read the data. Raises UsageError for an instrument or country that does not exist."""
        self.options = options
        self.talk = talk
        self.data = load(options.data)
        self.judge = Judge(Context(self.data, today()))
        self.instrument = self.judge.instrument_id(options.instrument)
        leaf = Leaf(("instrument",), schema()["action"].by_name["instrument"])
        if found := self.judge.problem("commitment", leaf, self.instrument):
            raise UsageError(SAID.members.wrong_instrument, problem=found)
        if options.country and (wrong := value_problem(options.country, schema()["city"].by_name["country"])):
            problem = wrong.at(_NOWHERE, "country", options.country)
            raise UsageError(SAID.members.wrong_country, problem=problem)
        self.terminal = on_terminal()

    def run(self) -> int:
        """Compare, decide and write; return the exit code."""
        options, talk = self.options, self.talk
        shared = self._shared()
        members = self._members()
        table = self.data.commitments.get(self.instrument)
        compared = compare(members, self._matcher(), table, self._retired())
        print(self._headline(members, table))
        for line in told(talk, members, compared):
            print(line)
        if options.plan:
            if options.plan.exists():
                raise UsageError(SAID.members.file_exists, path=options.plan)
            write_files({options.plan: plan_text(compared, self.judge).encode()})
            talk.tell(SAID.members.plan_written, path=options.plan)
            return 0
        accepted = self._not_recorded(self._accepted(compared), table)
        if not accepted:
            return self._nothing()
        code = self._write(accepted, shared)
        if code == 0 and (waiting := unaccepted(accepted, compared)):
            print(talk.count(SAID.members.not_accepted, waiting))
        return code

    # What is there

    def _members(self) -> MemberList:
        path: Path = self.options.file
        return read_list(
            read_file(path),
            path.as_posix(),
            name_column=self.options.name_column,
            date_column=self.options.date_column,
            country=self.options.country,
            known_words=words_beyond_ascii(row.raw for row in self.data.table("cities").rows),
        )

    def _matcher(self) -> Matcher:
        cities = self.data.table("cities")
        aliases: dict[str, tuple[str, ...]] = {}
        if self.options.gazetteer:
            numbers = {number: cities.get(row, "id") for row, number in cities.column("geonames") if number}
            try:
                names = gazetteer.other_names(numbers)
            except gazetteer.NoGazetteer:
                raise UsageError(SAID.members.no_gazetteer) from None
            aliases = {numbers[number]: found for number, found in names.items()}
        return Matcher(known_places(cities), aliases)

    def _retired(self) -> list[str]:
        """Return the cities whose commitment to the instrument was withdrawn."""
        table = self.data.table("retired")
        pairs = [id_ for row, id_ in table.column("id") if table.get(row, "kind") == "commitment"]
        ending = f"/{self.instrument}"
        return [pair.removesuffix(ending) for pair in pairs if pair.endswith(ending)]

    def _headline(self, members: MemberList, table: Table | None) -> str:
        unread = {one.line for one in members.findings}
        names = self.talk.count(SAID.members.names, len(members.entries) + len(unread))
        rows = len(table.rows) if table else 0
        recorded = self.talk.count(SAID.members.rows_recorded, rows)
        return f"{members.path}: {names}; {self.instrument}: {recorded}"

    def _shared(self) -> dict[str, str]:
        """Return the cells that every row gets. Raises Refused for a value against the rules."""
        self.judge.refuse("commitment", self.options.given, self.talk)
        tree = tree_of(self.options.given)
        cells = {k: v if isinstance(v, str) else LIST_SEPARATOR.join(v) for k, v in tree.items()}
        return {"status": self.judge.usual_status(self.instrument)} | cells

    # Decisions

    def _accepted(self, compared: Comparison) -> list[Accepted]:
        said = self.options.decisions or self.options.accept
        if said is None:
            return self._asked(compared) if self.terminal else []
        if said == "none":
            return []
        if said == "exact":
            return _exactly(compared.of(*ACCEPTABLE))
        if said == "likely":
            likely = compared.of(*ACCEPTABLE, "likely")
            return _once(_exactly([one for one in likely if not one.recorded or one.state == "again"]))
        return _once(read_plan(read_file(Path(said)), said, compared, self.judge.context))

    def _not_recorded(self, accepted: list[Accepted], table: Table | None) -> list[Accepted]:
        """Leave out what turns out to be recorded, which a spelling or a choice may."""
        rows = table.column("city") if table else ()
        in_force = {city for row, city in rows if table and table.get(row, "status") in IN_FORCE}
        for one in accepted:
            if one.city in in_force:
                self._tell(one, SAID.members.recorded_already)
        return [one for one in accepted if one.city not in in_force]

    def _asked(self, compared: Comparison) -> list[Accepted]:
        accepted: list[Accepted] = []
        new = compared.of(*ACCEPTABLE)
        if new and self.talk.agreed(self.talk.count(SAID.members.add_exact, len(new)), default=True):
            accepted += _exactly(new)
        for one in compared.of("likely", "ambiguous"):
            name = f"{one.entry.name} ({one.entry.country})" if one.entry.country else one.entry.name
            if one.doubt:
                name = f"{name}; {self.talk.say(one.doubt)}"
            self.talk.tell(SAID.members.entry, line=one.entry.line, name=name)
            lines = [candidate_told(candidate) for candidate in one.candidates]
            choice = self.talk.chosen(lines, self.talk.say(SAID.members.which_one))
            if choice is not None:
                accepted.append(Accepted(one, one.candidates[choice].place.id))
        return _once(accepted)

    def _nothing(self) -> int:
        if self.terminal or self.options.accept or self.options.decisions:
            self.talk.tell(SAID.members.nothing_accepted)
        else:
            self.talk.tell(SAID.members.how_to_accept)
        return 0

    # Rows

    def _write(self, accepted: list[Accepted], shared: dict[str, str]) -> int:
        talk = self.talk
        if not shared.get("sources"):
            shared["sources"] = self._source()
        name = schema()["commitment"].path.format(instrument=self.instrument)
        rows = [row for one in accepted if (row := self._row(one, shared))]
        if not rows:
            return self._nothing()
        contents = {name: self._with("commitment", name, rows)}
        if cities := [dict(one.place) for one in accepted if one.place]:
            contents["cities.csv"] = self._with("city", "cities.csv", cities)
            print(talk.count(SAID.members.new_cities, len(cities), path=self.data.path("cities.csv")))
        status = shared.get("status", "")
        print(talk.count(SAID.members.rows_for, len(rows), path=self.data.path(name), status=status))
        code = write(talk, self.options.data, contents, dry_run=self.options.dry_run, asks=self.terminal)
        if code == 0 and not self.options.dry_run:
            talk.tell(SAID.members.written)
        return code

    def _with(self, kind: str, name: str, rows: list[dict[str, str]]) -> bytes:
        """Return the bytes of a file with further rows."""
        data = read_if_there(self.options.data / name)
        return with_rows(schema(self.data.languages)[kind], data, self.data.path(name), rows)[0]

    def _row(self, one: Accepted, shared: dict[str, str]) -> dict[str, str] | None:
        """Return the cells of a commitment, or None for a further period that no date names."""
        row = {**shared, **one.found.entry.dates, "city": one.city}
        until = partial(row.get("until", ""))
        given = (each.leaf.path[0] for each in self.options.given)
        if until and until.latest < today() and "status" not in given:
            row["status"] = "former"
        table = self.data.commitments.get(self.instrument)
        if row.get("period") or table is None or one.city not in {city for _, city in table.column("city")}:
            return row
        row["period"] = further_period(table, one.city, row.get("since", "") or row.get("until", ""))
        if row["period"]:
            return row
        self._tell(one, SAID.members.needs_beginning)
        return None

    def _tell(self, one: Accepted, message: str) -> None:
        """Say something of an entry that was accepted."""
        entry = one.found.entry
        self.talk.tell(message, line=entry.line, name=entry.name, city=one.city)

    def _source(self) -> str:
        leaf = next(leaf for leaf in shared_leaves() if leaf.path == ("sources",))
        if not self.terminal:
            raise UsageError(SAID.members.source_needed)
        self.talk.tell(SAID.members.which_source)
        return self.talk.value(
            "> ",
            default="",
            problem=lambda text: self.judge.problem("commitment", leaf, text),
            help_=lambda: self.judge.labels(leaf.field, self.talk.lang),
        )


def _exactly(found: list[FoundEntry]) -> list[Accepted]:
    return [Accepted(one, one.city) for one in found]


def _once(accepted: list[Accepted]) -> list[Accepted]:
    """Return each city once, by its first entry: two spellings of a list may mean one."""
    first: dict[str, Accepted] = {}
    for one in accepted:
        first.setdefault(one.city, one)
    return list(first.values())
