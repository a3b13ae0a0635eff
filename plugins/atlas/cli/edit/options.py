"""The options of ``atlas new``, generated from the schema: one for every value of a record."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, NamedTuple

from ...errors import UsageError
from ...model.schema import DEFAULT_LANGUAGES, Field, Record, list_entries, schema
from ..messages import SAID

Tree = dict[str, Any]
"""The values of a record as they were given: text, lists of text, and mappings of them."""

NO_ID_FIELD = ("network", "charter", "action")
"""Records whose id is the name of their file."""

OTHER_NAMES: Mapping[tuple[str, ...], str] = {("lang",): "--language"}
"""Options whose own name says something else in every command: ``--lang`` is that of the messages."""


NOT_OPTIONS = ("city", "instrument")
"""Values of a commitment that differ by city or are given once for the whole list in ``atlas import``."""


class Leaf(NamedTuple):
    """One value of a record that can be given or asked for."""

    path: tuple[str, ...]
    """Its keys: ``("act", "body")``; the first alone for a column."""
    field: Field
    listed: bool = False
    """Whether it belongs to a list of mappings, which is named by the first key."""

    @property
    def option(self) -> str:
        """Return the name of the option, ``--act-body``."""
        return OTHER_NAMES.get(self.path) or "--" + "-".join(self.path).replace("_", "-")


@dataclass(frozen=True, slots=True)
class Given:
    """One option as it was typed."""

    leaf: Leaf
    text: str


def leaves(kind: str, languages: tuple[str, ...]) -> tuple[Leaf, ...]:
    """Return every value of a record of ``kind`` in the canonical order, its id first."""
    records = schema(languages)
    record = records[kind]
    first: list[Leaf] = []
    if kind in NO_ID_FIELD:
        first.append(Leaf(("id",), records["source"].by_name["id"]))
    if kind == "commitment":
        belongs = replace(records["action"].by_name["instrument"], required=True)
        first.append(Leaf(("instrument",), belongs))
    return (*first, *(leaf for one in record.fields for leaf in _leaves((), one, languages)))


def shared_leaves() -> Sequence[Leaf]:
    """Return the values of a commitment that are the same for every city that is added."""
    return [leaf for leaf in leaves("commitment", DEFAULT_LANGUAGES) if leaf.path[0] not in NOT_OPTIONS]


def _leaves(
    parents: tuple[str, ...], one: Field, languages: tuple[str, ...], listed: bool = False
) -> Iterator[Leaf]:
    path = (*parents, one.name)
    if one.type == "mapping":
        for nested in one.fields:
            yield from _leaves(path, nested, languages, listed or one.many)
        return
    if one.type != "localized":
        yield Leaf(path, one, listed)
    if one.type in ("localized", "plain-or-localized"):
        # A list of texts in several languages is a list of mappings.
        # Whoever knows one of the languages need not know the others.
        part = replace(one, many=False, required=False)
        for lang in languages:
            yield Leaf((*path, lang), replace(part, lang=lang, base=one.name), listed or one.many)


def add_options(
    parser: argparse.ArgumentParser, asked: Sequence[Leaf], record: Record | None, lang: str
) -> None:
    """Add an option for each value, with the schema's help in the language of the person."""
    parser.set_defaults(given=[])
    group = parser.add_argument_group(
        record.help.get(lang, record.help["en"]).rstrip(".") if record else None
    )
    for leaf in asked:
        text = leaf.field.help.get(lang) or leaf.field.help.get("en", "")
        example = f" ({leaf.field.example})" if leaf.field.example else ""
        names = [leaf.option]
        if leaf.path == ("sources",):
            names.append("--source")
        group.add_argument(
            *names,
            dest="given",  # one list for all, so that their order is known
            action="append",
            type=partial(_given, leaf),
            metavar=leaf.path[-1].upper(),
            help=(text + example).replace("%", "%%"),
        )


def _given(leaf: Leaf, text: str) -> Given:
    return Given(leaf, text.strip())


def tree_of(given: Sequence[Given]) -> Tree:
    """Return the values as a tree. A repeated option of a list of mappings begins its next entry.

    ``--items-en A --items-pl B --items-en C`` are two items. Other repeated options are
    further values of a list, or replace the one before. Raises UsageError where one has no place.
    """
    tree: Tree = {}
    for one in given:
        if not put(tree, one.leaf, one.text):
            raise UsageError(SAID.edit.twice_given, option=one.leaf.option)
    return tree


def put(tree: Tree, leaf: Leaf, text: str) -> bool:
    """Set one value, an empty text sets nothing; tell whether it has a place.

    It has none where the same text is given once for all languages and again for one.
    """
    if not text:
        return True
    *parents, last = leaf.path
    branch = tree
    if leaf.listed:
        entries: list[Tree] = branch.setdefault(parents[0], [])
        if not entries or not isinstance(entries[-1], dict) or at(entries[-1], leaf.path[1:]) is not None:
            entries.append({})
        branch, parents = entries[-1], parents[1:]
    for name in parents:
        branch = branch.setdefault(name, {})
        if not isinstance(branch, dict):
            return False
    if isinstance(branch.get(last), dict):
        return False
    if leaf.field.many:
        branch[last] = [*branch.get(last, ()), *values_of(leaf.field, text)]
    else:
        branch[last] = text
    return True


def values_of(one: Field, text: str) -> list[str]:
    """Return the values of a list: ids, codes and countries may stand together, parted by ``;``."""
    if one.type in ("plain-or-localized", "localized"):
        return [text]
    return list_entries(text)


def get(tree: Mapping[str, Any], leaf: Leaf) -> Any:
    """Return what stands at a leaf, None where nothing does; a list of mappings has no one answer."""
    return None if leaf.listed else at(tree, leaf.path)


def at(tree: Any, path: Sequence[str]) -> Any:
    """Return what stands at a path, None where nothing does."""
    for name in path:
        if not isinstance(tree, Mapping) or name not in tree:
            return None
        tree = tree[name]
    return tree
