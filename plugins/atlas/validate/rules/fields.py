"""Rules about one file or one value at a time: columns, keys, types, languages."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator

from ...dataset.reading.yaml_tree import Mapping, Node, Scalar, Sequence
from ...findings import N_, Finding, Listing, Place, finding
from ...model.schema import LIST_SEPARATOR, Field, Record, Referred
from .. import meant
from ..context import Context, table_values, value_place
from ..values import id_problem, problems_of, text_problem, value_problem


def header(context: Context) -> Iterator[Finding]:
    """A header names each column once, only columns of the schema, and all required ones."""
    for record, table in context.tables():
        seen: set[str] = set()
        start, names = Place(table.path, table.header.line), Listing(record.by_name)
        if table.header.values and not record.by_name.keys() & set(table.header.values):
            yield finding("E-HEADER", "none", start, names=names)
            continue
        for position, name in enumerate(table.header.values):
            place = table.place_at(table.header, position)
            if name in seen:
                yield finding("E-HEADER", "twice", place, value=name)
            elif name not in record.by_name:
                advice = meant.name(name, names, N_("the columns are: {names}"))
                yield finding("E-HEADER", "unknown", place, value=name, advice=advice)
            seen.add(name)
        for one in record.fields:
            if one.required and one.name not in seen:
                yield finding("E-HEADER", "missing", start, value=one.name, names=names)


def empty_tables(context: Context) -> Iterator[Finding]:
    """Cities and sources that other records name are there; a new atlas may begin with headers alone."""
    referred: tuple[Referred, ...] = ("city", "source")
    for kind in referred:
        table = context.without_rows(kind)
        if table and _is_named(context, kind):
            yield finding("E-EMPTY", "table", Place(table.path))


def _is_named(context: Context, kind: Referred) -> bool:
    return any(context.matching(lambda one: set if one.refers == kind else None))


def required_cells(context: Context) -> Iterator[Finding]:
    """A required value is there."""
    for _, table, one in context.columns():
        if one.required and not all(map(str.strip, context.cells(table, one.name))):
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
    for _, table, one in context.columns():
        padded = context.padded(table, one.name)
        for row in table.rows if padded else ():
            if (text := table.exact(row, one.name)) in padded:
                yield table.finding("E-SPACE", "around", row, one.name, value=text)


def spelling(context: Context) -> Iterator[Finding]:
    """Letters with accents are one character each (Unicode NFC), so that equal words are equal."""
    for value in context.matching(lambda one: _decomposed):
        yield value.finding("W-NFC", "letters")


def _decomposed(texts: Iterable[str]) -> Iterable[str]:
    # Nothing joins letters across the ends of lines.
    if all(map(str.isascii, texts)) or unicodedata.is_normalized("NFC", "\n".join(texts)):
        return ()
    return (text for text in texts if not unicodedata.is_normalized("NFC", text))


def cells(context: Context) -> Iterator[Finding]:
    """Every cell holds what its column says, and no trace of a spreadsheet."""
    for _, table, one in context.columns():
        # Ids are looked up among those that there are, where nothing damaged is found either.
        problems = {} if one.type == "ref" else problems_of(context.values(table, one), one)
        for row, text, offset in table_values(table, one) if problems else ():
            if text in problems:
                yield problems[text].at(value_place(table, row, one, offset), one.name, text)


def lists(context: Context) -> Iterator[Finding]:
    """A list in a cell names each entry once and has no empty entry; one in YAML, see ``documents``."""
    for _, table, one in context.columns():
        wrong = {
            text: faults
            for text in (context.cells(table, one.name) if one.many else ())
            if LIST_SEPARATOR in text
            if (faults := _list_faults([part.strip() for part in text.split(LIST_SEPARATOR)]))
        }
        for row in table.rows if wrong else ():
            for fault, entry in wrong.get(table.exact(row, one.name), ()):
                yield table.finding("E-LIST", fault, row, one.name, value=entry)


def _list_faults(entries: list[str]) -> list[tuple[str, str]]:
    """Return the name of what is wrong with each wrong entry of a list, and the entry."""
    counts = Counter(entries).items()
    return [("twice" if text else "empty", text) for text, count in counts if count > 1 or not text]


def cell_languages(context: Context) -> Iterator[Finding]:
    """Prose in a table that is given in one language only is a warning."""
    for record, table in context.tables():
        groups: dict[str, list[Field]] = {}
        for one in record.fields:
            # Where a column holds the words of the place itself, an empty cell says that they are the same.
            if one.base and one.lang and one.base not in record.by_name:
                groups.setdefault(one.base, []).append(one)
        for group in groups.values():
            if len(group) == 1 or not any("".join(context.cells(table, one.name)).strip() for one in group):
                continue
            for row, *texts in context.rows(table, *(one.name for one in group)):
                for one, text in zip(group, texts, strict=True) if any(texts) and not all(texts) else ():
                    if not text:
                        yield _untranslated(table.place(row, one.name), one, one.base or "", one.lang or "")


def _untranslated(place: Place, one: Field, name: str, lang: str) -> Finding:
    if one.label:
        return finding("E-LANGUAGE", "label", place, column=name, lang=lang)
    return finding("W-LANGUAGE", "text", place, column=name, lang=lang)


def file_names(context: Context) -> Iterator[Finding]:
    """The name of a file is an id, so that it is an address and fits every disk."""
    tables = (*context.data.commitments.values(), *context.data.lists.values())
    for path in (*(one.path for _, one in context.documents()), *(table.path for table in tables)):
        stem = path.rpartition("/")[2].rpartition(".")[0]
        if problem := id_problem(stem):
            yield problem.at(Place(path), "id", stem)


def documents(context: Context) -> Iterator[Finding]:
    """Every YAML record has the keys, shapes and values that the schema describes."""
    values_are_right = not any(problems_of(texts, one) for one, texts in context.document_texts)
    for record, document in context.documents():
        if not (values_are_right and _surely_shaped(document.root, record.whole, context.data.languages)):
            yield from _mapping(context, document.root, record.fields, record.name)
    if context.data.vocabulary:
        yield from _vocabulary(context, context.data.vocabulary.root, context.records["vocabulary"])


def _surely_shaped(node: Node, one: Field, languages: Iterable[str]) -> bool:
    """Tell whether a value that is there surely has the shape of its field; rules look at any other."""
    if isinstance(node, Scalar):
        return one.type not in ("localized", "mapping") and bool(node.text and node.text.strip())
    if isinstance(node, Sequence):
        return False
    entries = node.entries
    if one.type != "mapping":
        texts = (isinstance(text, Scalar) and text.text and text.text.strip() for text in entries.values())
        return "localized" in one.type and entries.keys() == {*languages} and all(texts)
    if not one.needed <= entries.keys() <= one.by_name.keys():
        return False
    for key, value in entries.items():
        nested = one.by_name[key]
        items = [value]
        if nested.many:
            if not isinstance(value, Sequence) or not value.items:
                return False
            items = value.items
            listed = [item.text.strip() for item in items if isinstance(item, Scalar) and item.text]
            if len({*listed, ""}) <= len(listed):
                return False
            if len(listed) == len(items) and nested.type not in ("localized", "mapping"):
                continue
        if not all(_surely_shaped(item, nested, languages) for item in items):
            return False
    return True


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
    advice = meant.name(key, names, N_("the keys are: {names}"))
    return finding("E-KEY", "unknown", place, value=key, advice=advice)


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
    texts = [(item.text or "").strip() for item in node.items if isinstance(item, Scalar)]
    for fault, entry in _list_faults(texts):
        yield finding("E-LIST", fault, node.place, value=entry, column=one.name)
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
