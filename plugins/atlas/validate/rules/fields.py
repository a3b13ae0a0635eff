"""Rules about one file or one value at a time: columns, keys, types, languages."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator

from ...dataset.reading.csv_table import Table
from ...dataset.reading.yaml_tree import Mapping, Node, Scalar, Sequence
from ...findings import N_, Finding, Listing, Place, finding
from ...model.schema import LIST_SEPARATOR, Field, Record, Referred
from .. import meant
from ..context import Context, table_values, value_place
from ..problem import Problem
from ..values import excel_problem, id_problem, text_problem, value_problem


def header(context: Context) -> Iterator[Finding]:
    """A header names each column once, only columns of the schema, and all required ones."""
    for record, table in context.tables():
        seen: set[str] = set()
        if table.header.values and not record.by_name.keys() & set(table.header.values):
            yield finding(
                "E-HEADER", "none", Place(table.path, table.header.line), names=Listing(record.by_name)
            )
            continue
        for position, name in enumerate(table.header.values):
            place = table.place_at(table.header, position)
            if name in seen:
                yield finding("E-HEADER", "twice", place, value=name)
            elif name not in record.by_name:
                yield finding(
                    "E-HEADER",
                    "unknown",
                    place,
                    value=name,
                    advice=meant.name(name, tuple(record.by_name), N_("the columns are: {names}")),
                )
            seen.add(name)
        for one in record.fields:
            if one.required and one.name not in seen:
                yield finding(
                    "E-HEADER",
                    "missing",
                    Place(table.path, table.header.line),
                    value=one.name,
                    names=Listing(record.by_name),
                )


def empty_tables(context: Context) -> Iterator[Finding]:
    """Cities and sources that other records name are there; a new atlas may begin with headers alone."""
    referred: tuple[Referred, ...] = ("city", "source")
    for kind in referred:
        table = context.without_rows(kind)
        if table and _is_named(context, kind):
            yield finding("E-EMPTY", "table", Place(table.path))


def _is_named(context: Context, kind: Referred) -> bool:
    return any(
        one.refers == kind and context.values(table, one)
        for record, table in context.tables()
        for one in record.fields
    ) or any(value.field.refers == kind for value in context.document_values())


def required_cells(context: Context) -> Iterator[Finding]:
    """A required value is there."""
    for record, table in context.tables():
        for one in record.fields:
            if not one.required or all(map(str.strip, context.cells(table, one.name))):
                continue
            for row, text in table.column(one.name):
                if not text:
                    yield missing(table.place(row, one.name), one)


def missing(place: Place, one: Field) -> Finding:
    """Return the finding for a required value that is empty."""
    if one.refers == "source":
        return finding("E-SOURCE", "none", place, column=one.name)
    return finding("E-REQUIRED", "empty", place, column=one.name, example=one.example)


def spaces(context: Context) -> Iterator[Finding]:
    """No spaces, no-break spaces included, stand around a value of a table."""
    for record, table in context.tables():
        for one in record.fields:
            position = table.index.get(one.name)
            if position is None or all(text == text.strip() for text in context.cells(table, one.name)):
                continue
            for row in table.rows:
                text = row.values[position]
                if text and text != text.strip():
                    yield finding(
                        "E-SPACE", "around", table.place(row, one.name), value=text, column=one.name
                    )


def spelling(context: Context) -> Iterator[Finding]:
    """Letters with accents are one character each (Unicode NFC), so that equal words are equal."""
    for record, table in context.tables():
        for one in record.fields:
            cells = context.cells(table, one.name)
            if all(text.isascii() or unicodedata.is_normalized("NFC", text) for text in cells):
                continue
            for row, text, offset in table_values(table, one):
                if not text.isascii() and not unicodedata.is_normalized("NFC", text):
                    place = value_place(table, row, one, offset)
                    yield _decomposed(place, one.name, text)
    for _, document in context.documents():
        for name, node in document.root.entries.items():
            for scalar in _all_scalars(node):
                if scalar.text and not unicodedata.is_normalized("NFC", scalar.text):
                    yield _decomposed(scalar.place, name, scalar.text)


def _decomposed(place: Place, column: str, text: str) -> Finding:
    return finding("W-NFC", "letters", place, value=text, column=column)


def cells(context: Context) -> Iterator[Finding]:
    """Every cell holds what its column says, and no trace of a spreadsheet."""
    for record, table in context.tables():
        for one in record.fields:
            if one.type != "ref":  # looked up among the ids, where nothing damaged is found either
                right = context.right.setdefault((record.name, one.name), set())
                yield from _cells_of(context, table, one, right)


def _cells_of(context: Context, table: Table, one: Field, right: set[str]) -> Iterator[Finding]:
    problems: dict[str, Problem] = {}
    values = context.values(table, one) - right
    for text in values:
        if problem := excel_problem(text) or value_problem(text, one):
            problems[text] = problem
    if problems:
        for row, text, offset in table_values(table, one):
            if text in problems:
                yield problems[text].at(value_place(table, row, one, offset), one.name, text)
    right |= values - problems.keys()


def lists(context: Context) -> Iterator[Finding]:
    """A list in a cell names each entry once and has no empty entry; one in YAML, see ``documents``."""
    for record, table in context.tables():
        for one in record.fields:
            if not one.many or not any(LIST_SEPARATOR in text for text in context.cells(table, one.name)):
                continue
            for row, text in table.column(one.name):
                if LIST_SEPARATOR in text:
                    entries = text.split(LIST_SEPARATOR)
                    if " " in text:
                        entries = [part.strip() for part in entries]
                    if len(set(entries)) < len(entries) or "" in entries:
                        yield from _list_faults(table.place(row, one.name), one, entries)


def _list_faults(place: Place, one: Field, entries: list[str]) -> Iterator[Finding]:
    for text, count in Counter(entries).items():
        if not text:
            yield finding("E-LIST", "empty", place, column=one.name)
        elif count > 1:
            yield finding("E-LIST", "twice", place, value=text, column=one.name)


def cell_languages(context: Context) -> Iterator[Finding]:
    """Prose in a table that is given in one language only is a warning."""
    for record, table in context.tables():
        groups: dict[str, list[Field]] = {}
        for one in record.fields:
            # Where a column holds the words of the place itself, an empty cell says that they are the same.
            if one.base and one.lang and one.base not in record.by_name:
                groups.setdefault(one.base, []).append(one)
        for group in groups.values():
            cells = [context.cells(table, one.name) for one in group]
            if len(group) == 1 or not any("".join(each).strip() for each in cells):
                continue
            for row in table.rows:
                filled = [one for one in group if table.get(row, one.name)]
                if filled and len(filled) < len(group):
                    for one in group:
                        if one not in filled:
                            place = table.place(row, one.name)
                            yield _untranslated(place, one, one.base or "", one.lang or "")


def _untranslated(place: Place, one: Field, name: str, lang: str) -> Finding:
    if one.label:
        return finding("E-LANGUAGE", "label", place, column=name, lang=lang)
    return finding("W-LANGUAGE", "text", place, column=name, lang=lang)


def file_names(context: Context) -> Iterator[Finding]:
    """The name of a file is an id, so that it is an address and fits every disk."""
    paths = [document.path for _, document in context.documents()]
    tables = (*context.data.commitments.values(), *context.data.lists.values())
    for path in [*paths, *(table.path for table in tables)]:
        name = path.rsplit("/", 1)[1]
        stem = name.rsplit(".", 1)[0]
        if problem := id_problem(stem):
            yield problem.at(Place(path), "id", stem)


def documents(context: Context) -> Iterator[Finding]:
    """Every YAML record has the keys, shapes and values that the schema describes."""
    for record, document in context.documents():
        yield from _mapping(context, document.root, record.fields, record.name)
    if context.data.vocabulary:
        root = context.data.vocabulary.root
        record = context.records["vocabulary"]
        yield from _vocabulary(context, root, record)


def _vocabulary(context: Context, root: Mapping, record: Record) -> Iterator[Finding]:
    yield from _keys(root, record.fields)
    for one in record.fields:
        node = root.entries.get(one.name)
        if node is None:
            if one.required:
                yield missing(root.place, one)
        elif one.many:
            yield from _list(context, node, one)
        elif not isinstance(node, Mapping):
            yield _shape(node.place, one.name, "no-codes")
        else:
            for id_, code in node.entries.items():
                if problem := id_problem(id_):
                    yield problem.at(node.keys[id_], one.name, id_)
                if isinstance(code, Mapping):
                    yield from _mapping(context, code, one.fields, id_)
                else:
                    yield _shape(code.place, id_, "no-label")


def _mapping(context: Context, node: Mapping, fields: Iterable[Field], owner: str) -> Iterator[Finding]:
    yield from _keys(node, fields)
    for one in fields:
        value = node.entries.get(one.name)
        if value is None or (isinstance(value, Scalar) and not (value.text or "").strip()):
            if one.required:
                yield missing(node.place if value is None else value.place, one)
        elif one.many:
            yield from _list(context, value, one)
        else:
            yield from _node(context, value, one, one.name)
    yield from _entry_languages(node, fields, owner)


def _keys(node: Mapping, fields: Iterable[Field]) -> Iterator[Finding]:
    names = tuple(one.name for one in fields)
    for key, place in node.keys.items():
        if key not in names:
            yield _no_such_key(place, key, names)


def _no_such_key(place: Place, key: str, names: tuple[str, ...]) -> Finding:
    return finding(
        "E-KEY", "unknown", place, value=key, advice=meant.name(key, names, N_("the keys are: {names}"))
    )


def _entry_languages(node: Mapping, fields: Iterable[Field], owner: str) -> Iterator[Finding]:
    """Yield the languages that an entry lacks whose keys are languages."""
    for one in fields:
        if one.lang and not _has_text(node, one.name):
            yield _untranslated(node.place, one, owner, one.lang)


def _list(context: Context, node: Node, one: Field) -> Iterator[Finding]:
    if isinstance(node, Scalar) and node.text in one.choices:
        return  # ``open_to: all``
    if not isinstance(node, Sequence):
        yield _shape(node.place, one.name, "no-list")
        return
    if one.required and not node.items:
        yield missing(node.place, one)
    texts = (item.text or "" for item in node.items if isinstance(item, Scalar))
    yield from _list_faults(node.place, one, [text.strip() for text in texts])
    for item in node.items:
        yield from _node(context, item, one, one.name)


def _node(context: Context, node: Node, one: Field, name: str) -> Iterator[Finding]:
    if one.type == "mapping":
        if isinstance(node, Mapping):
            yield from _mapping(context, node, one.fields, name)
        else:
            yield _shape(node.place, name, "no-keys")
    elif one.type in ("localized", "plain-or-localized") and isinstance(node, Mapping):
        yield from _localized(context, node, one)
    elif isinstance(node, Scalar) and one.type != "localized":
        text = (node.text or "").strip()
        if text and (problem := value_problem(text, one)):
            yield problem.at(node.place, name, text)
    elif one.type == "localized":
        yield _shape(node.place, name, "no-languages")
    else:
        yield _shape(node.place, name, "no-value")


def _localized(context: Context, node: Mapping, one: Field) -> Iterator[Finding]:
    languages = context.data.languages
    for lang, value in node.entries.items():
        if lang not in languages:
            yield _no_such_key(node.keys[lang], lang, languages)
        elif not isinstance(value, Scalar):
            yield _shape(value.place, one.name, "no-value")
        elif value.text and (problem := text_problem(value.text.strip(), one)):
            yield problem.at(value.place, one.name, value.text)
    if one.required and not any(_has_text(node, lang) for lang in languages):
        yield missing(node.place, one)
        return
    for lang in languages:
        if not _has_text(node, lang) and not isinstance(node.entries.get(lang), Mapping | Sequence):
            yield _untranslated(node.place, one, one.name, lang)


def _has_text(node: Mapping, key: str) -> bool:
    return bool((node.text(key) or "").strip())


def _shape(place: Place, name: str, what: str) -> Finding:
    return finding("E-SHAPE", what, place, column=name)


def _all_scalars(node: Node) -> Iterator[Scalar]:
    stack: list[Node] = [node]
    while stack:
        current = stack.pop()
        if isinstance(current, Scalar):
            yield current
        elif isinstance(current, Sequence):
            stack.extend(current.items)
        else:
            stack.extend(current.entries.values())


RULES = (
    header,
    empty_tables,
    required_cells,
    spaces,
    spelling,
    cells,
    lists,
    cell_languages,
    file_names,
    documents,
)
