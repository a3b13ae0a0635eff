"""``atlas new``: the scaffold of one record, asked for question by question or given as options.

The questions, the options and their help come from the schema; what belongs to one kind of
record stands in ``kinds``. Nothing is written before the whole record has been
checked, and nothing is ever made up: what is not answered stays empty.
"""

from __future__ import annotations

import argparse
import re
import sys

from ...dataset.canonical.csv import with_row
from ...dataset.canonical.yaml import new_yaml
from ...dataset.reading.csv_table import parse_csv
from ...dataset.reading.load import load
from ...dataset.write import read_if_there
from ...errors import UsageError
from ...findings import Finding
from ...model.schema import DEFAULT_LANGUAGES, LIST_SEPARATOR, schema
from ..arguments import COMMANDS, LANG, add_arguments
from ..dialogue import ASK_FOR_HELP, EMPTY, Refused, Talk
from ..edit.options import Given, Leaf, Tree, add_options, leaves, put, tree_of
from ..edit.rows import CheckedFiles, finish, report, tried
from ..messages import SAID
from .draft import Draft
from .kinds import DRAFTS


def run(options: argparse.Namespace) -> int:
    """Add a record and return 0, or 1 where something must be mended first."""
    options.rest = [LANG, options.lang, *options.rest]
    early = _common().parse_known_args(options.rest)[0]
    # Help is given without data; a wrong folder is told once the options are understood.
    dataset = load(early.data) if early.data.is_dir() else None
    languages = dataset.languages if dataset else DEFAULT_LANGUAGES
    asked = leaves(options.kind, languages)
    parser = argparse.ArgumentParser(
        prog=f"atlas new {options.kind}", parents=[_common()], allow_abbrev=False
    )
    add_options(parser, asked, schema(languages)[options.kind], early.lang)
    typed = parser.parse_args(options.rest)

    kind, data = options.kind, dataset or load(early.data)
    return Session(DRAFTS[kind](kind, asked, typed, Talk(early.lang), data)).run()


def _common() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    add_arguments(common, COMMANDS["new"]["values"])
    return common


class Session:
    """Takes, asks for and mends the values of a draft, then writes the record."""

    def __init__(self, draft: Draft) -> None:
        """Take an empty draft."""
        self.draft, self.talk = draft, draft.talk

    def run(self) -> int:
        """Ask for what is missing, check the record and write it; return the exit code."""
        return self._finish(*self._record())

    def _record(self) -> tuple[str, bytes, int, CheckedFiles]:
        """Return the file with the record, its line, and what the checks say, once that is no error."""
        self._take_options()
        if self.draft.terminal and not getattr(self.draft.typed, "nested", False):
            self.talk.tell(SAID.new.keys, empty=EMPTY, help=ASK_FOR_HELP)
        order = self._order()
        for leaf in order:
            self._settle(leaf)
        missing = [leaf for leaf in order if leaf.field.required and not self.draft.has(leaf)]
        if missing := [leaf for leaf in missing if leaf.path != ("id",)] or missing:  # an id is proposed
            options = ", ".join(f"{leaf.option} {leaf.path[-1].upper()}" for leaf in missing)
            raise UsageError(SAID.new.needed_options, options=options, kind=self.draft.kind)
        if self.draft.terminal:
            for name in dict.fromkeys(leaf.path[0] for leaf in self.draft.asked if leaf.listed):
                self._ask_entries(name)
        while True:
            name, data, line = self._contents()
            done = tried(self.draft.typed.data, {**self.draft.pending, name: data})
            if not (self.draft.terminal and done.errors):
                return name, data, line, done
            report(self.talk, done)
            if not self._mend(done):
                raise Refused

    def _added_on_the_way(self, leaf: Leaf, text: str, found: Finding) -> bool:
        """Offer to add a city or source that the atlas lacks; tell whether it was added."""
        kind, draft, advice = leaf.field.refers, self.draft, found.advice()
        if kind not in ("city", "source") or LIST_SEPARATOR in text or advice.startswith("type"):
            return False
        near = advice.endswith("?")
        said = f"  {self.talk.sentence(found)}. {self.talk.say(SAID.new.add_now)}"
        if not self.talk.agreed(said, default=not near):
            return False
        asked = leaves(kind, draft.data.languages)
        first = "url" if text.startswith(("https://", "http://")) else ("name" if kind == "city" else "title")
        given = [Given(next(one for one in asked if one.path == (first,)), text)]
        typed = argparse.Namespace(**{**vars(draft.typed), "given": given, "anyway": False, "nested": True})
        other = DRAFTS[kind](kind, asked, typed, self.talk, draft.data, draft.pending, draft.added)
        session = Session(other)
        name, data, line, _ = session._record()
        session._show(name, data, line)
        draft.take(text, other.value("id"), name, data)
        return True

    # Options and questions

    def _take_options(self) -> None:
        draft = self.draft
        given = [Given(one.leaf, draft.resolved(one.leaf, one.text)) for one in draft.typed.given]
        draft.judge.refuse(draft.kind, given, self.talk)
        draft.tree = tree_of(given)

    def _order(self) -> list[Leaf]:
        """Return the single values in the order in which they are asked for."""
        single = [leaf for leaf in self.draft.asked if not leaf.listed]
        first, derived = self.draft.first, self.draft.derived
        rank = {name: number for number, name in enumerate(first)}
        return sorted(single, key=lambda leaf: rank.get(leaf.path[0], len(rank) + (leaf.path[0] in derived)))

    def _settle(self, leaf: Leaf) -> None:
        """Take one value from the options, a proposal or the person, and act on it."""
        if not self.draft.has(leaf):
            proposed = self.draft.proposal(leaf)
            if not self.draft.terminal or leaf.path[0] in self.draft.derived:
                self.draft.set(leaf, proposed)
            elif self._asks(leaf):
                self.draft.set(leaf, self._asked(leaf, proposed))
        self.draft.settled(leaf)

    def _asks(self, leaf: Leaf) -> bool:
        """Tell whether to ask for a value: not where the file has no such column, nor twice for one text."""
        if leaf.field.type == "plain-or-localized" and bool(leaf.field.lang) == leaf.field.many:
            return False
        table = self.draft.table()
        return table is None or leaf.path[0] in table.index or leaf.path[0] == "instrument"

    def _asked(self, leaf: Leaf, proposed: str) -> str:
        one, lang = leaf.field, self.talk.lang
        told = one.help.get(lang) or one.help.get("en", "")
        example = self.talk.say(SAID.new.for_example, example=one.example) if one.example else ""
        needed = self.talk.say(SAID.new.needed) if one.required else ""
        more = "; ".join(filter(None, (example, needed)))
        print(f"\n{leaf.option.removeprefix('--')}: {told}{f' ({more})' if more else ''}", file=sys.stderr)
        if one.type == "code":
            codes = self.draft.judge.codes(one, self.draft.kind)
            print(f"  {' | '.join(codes)}", file=sys.stderr)
        while True:
            answer = self.talk.value(
                f"[{proposed}] > " if proposed else "> ",
                default=proposed,
                problem=lambda text: self._problem(leaf, text),
                help_=lambda: self.draft.judge.labels(one, lang, self.draft.kind),
            )
            return self.draft.resolved(leaf, answer)

    def _problem(self, leaf: Leaf, text: str) -> Finding | None:
        draft = self.draft
        found = draft.judge.problem(draft.kind, leaf, draft.resolved(leaf, text))
        if found and found.code == "E-REF" and self._added_on_the_way(leaf, text, found):
            return draft.judge.problem(draft.kind, leaf, draft.resolved(leaf, text))
        return found

    def _ask_entries(self, name: str) -> None:
        """Ask for the entries of a list of mappings until there are no more."""
        parts = [leaf for leaf in self.draft.asked if leaf.listed and leaf.path[0] == name]
        outer = schema(self.draft.data.languages)[self.draft.kind].by_name[name]
        told = outer.help.get(self.talk.lang) or outer.help["en"]
        if any(leaf.path == (name,) for leaf in self.draft.asked if not leaf.listed):
            return  # a list of texts, which was asked for as one
        question = self.talk.say(SAID.new.add_entry, name=name, help=told)
        while self.talk.agreed(f"\n{question}", default=False):
            entry: Tree = {}
            for leaf in parts:
                put(entry, Leaf(leaf.path[1:], leaf.field), self._asked(leaf, ""))
            if entry:
                self.draft.tree.setdefault(name, []).append(entry)

    def _mend(self, done: CheckedFiles) -> bool:
        """Ask again for the values that the errors speak of; tell whether there were any."""
        words = {
            word
            for one in done.findings
            if one.severity == "error"
            for word in re.findall(r"\w+", f"{one.told()} {one.advice()}")
        }
        about = [one for one in self._order() if self._asks(one) and {one.path[0], one.path[-1]} & words]
        if not about:
            return False
        for leaf in about:
            before = self.draft.text(leaf)
            self.draft.clear(leaf)
            self.draft.set(leaf, self._asked(leaf, before))
        given = [one.leaf for one in self.draft.typed.given]
        for leaf in self._order():
            if leaf.path[0] in self.draft.derived and leaf not in (*about, *given):
                self.draft.clear(leaf)
                self._settle(leaf)
        return True

    # The record

    def _contents(self) -> tuple[str, bytes, int]:
        """Return the name of the file below the data, its new bytes, and the line of the record."""
        draft = self.draft
        record = schema(draft.data.languages)[draft.kind]
        if record.format == "yaml":
            id_ = draft.value("id")
            values = {name: value for name, value in draft.tree.items() if name != "id"}
            name = record.path.format(id=id_)
            if read_if_there(draft.typed.data / name) is not None:
                raise Refused(SAID.new.file_exists, path=draft.data.path(name))
            return name, new_yaml(record, values, draft.data.languages), 1
        cells = {leaf.path[0]: draft.text(leaf) for leaf in draft.asked if leaf.path[0] in record.by_name}
        name = record.path.format(instrument=draft.value("instrument"))
        data = draft.pending.get(name) or read_if_there(draft.typed.data / name)
        edited = with_row(record, data, draft.data.path(name), cells)
        return name, edited.data, edited.line

    def _finish(self, name: str, data: bytes, line: int, done: CheckedFiles) -> int:
        place = f"{self.draft.data.path(name)}:{line}"
        self._show(name, data, line)
        draft, dry_run = self.draft, self.draft.typed.dry_run
        code = finish(self.talk, draft.typed.data, done, dry_run=dry_run, asks=draft.terminal)
        if code == 0 and not dry_run:
            verdict = self.talk.count(SAID.new.warning, len(done.findings), SAID.new.nothing_wrong)
            self.talk.tell(SAID.new.added, place=place, verdict=verdict)
        return code

    def _show(self, name: str, data: bytes, line: int) -> None:
        """Print the record with its place."""
        place, text = f"{self.draft.data.path(name)}:{line}", data.decode("utf-8-sig")
        if name.endswith(".csv"):
            print(f"{place}: {next(row.raw for row in parse_csv(text, name, []).rows if row.line == line)}")
        else:
            print(f"{place}:\n{text}", end="")
