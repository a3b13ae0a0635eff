"""Rules about the paths of ``retired.csv``: an address is one that the site once had, and has no more.

What a row names becomes the path of a file that a build writes. So an address is what the site's own
addresses look like, and anything else is refused, whatever it would do.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from itertools import product

from ...dataset.reading import yaml_tree
from ...dataset.reading.csv_table import Row, Table
from ...findings import Finding, Place, finding
from ...model.claim_ids import claim_anchor, claim_parts
from ..context import Context
from ..problem import Problem
from ..values import RESERVED, id_problem

_WORD = r"[a-z0-9]+(?:[-_][a-z0-9]+)*"
_FILE = rf"(?:{_WORD}|[A-Z][A-Z0-9]*)(?:\.[a-z0-9]+)+"
_ADDRESS = re.compile(rf"(?P<path>(?:{_WORD}/)+(?:{_FILE}|(?:#{_WORD}[~?%]?)?))")
"""A page with or without the anchor of a claim, or a file in a folder: ``README.md`` and ``cities.csv``."""
_LONGEST = 255
"""Characters of an address, as disks allow for a name."""
_OWN = ("theme", "pagefind")
"""Folders of files that belong to the site and were never an address of the data."""
PAGES = frozenset((
    "cities", "networks", "charters", "actions", "countries", "topics", "sources", "map", "timeline",
    "compare", "contradictions", "data", "changes", "search", "contribute", "about", "method",
    "accessibility", "licences",
))  # fmt: skip
"""Pages that every site has, by their English words."""
_API = "api/v1/"
_DOCUMENTS = frozenset((
    "index", "openapi", "vocabulary", "cities", "instruments", "commitments", "countries", "topics",
    "sources", "actions",
))  # fmt: skip
"""Documents of the API that are about more than one record."""

NO_ADDRESS = Problem("E-RETIRED", "no-address")
UNLIKE = Problem("E-RETIRED", "page-for-file")
NO_CLAIM = Problem("E-ID", "no-claim")
PLACEHOLDERS = ("WHY", "DLACZEGO")
"""What the lines to paste have in place of a reason, in English and in Polish, which only a person knows."""


def is_address(text: str) -> bool:
    """Tell whether a text has the form of an address of the site.

    >>> is_address("cities/krakow/#eccar"), is_address("data/x.csv"), is_address("../x/")
    (True, True, False)
    """
    found = _ADDRESS.fullmatch(text)
    if not found or len(text) > _LONGEST:
        return False
    first, *others = text.partition("#")[0].rstrip("/").split("/")
    reserved = any(part.partition(".")[0].lower() in RESERVED for part in (first, *others))
    return first not in _OWN and not reserved and (not others or others[-1].partition(".")[0] != "index")


def address_problem(text: str) -> Problem | None:
    """Return what is wrong with an address, with the form that it should have, where that can be told."""
    if is_address(text):
        return None
    path, mark, anchor = text.strip("/").partition("#")
    path = path.removesuffix("index.html").rstrip("/")
    instead = f"{path}/{mark}{anchor}"
    if len(instead) <= _LONGEST and is_address(instead):
        return Problem("E-RETIRED", "other-form", {"instead": instead})
    return NO_ADDRESS


def reasons(context: Context) -> Iterator[Finding]:
    """What was withdrawn says why, in a sentence of a person; what was replaced may."""
    table = context.data.table("retired")
    columns = [f"reason_{code}" for code in context.data.languages]
    for row in table.rows:
        said = {name: table.get(row, name) for name in columns}
        left = [name for name, text in said.items() if text in PLACEHOLDERS]
        if left or not (any(said.values()) or table.get(row, "replaced_by")):
            name = (left or columns)[0]
            what = "your-words" if left else "no-reason"
            yield finding("E-REQUIRED", what, table.place(row, name), value=said[name], column=name)


def retired_paths(context: Context) -> Iterator[Finding]:
    """A retired id has the form of an id, and a retired address and what replaces it that of an address."""
    table = context.data.table("retired")
    for row, kind, id_, new in context.rows(table, "kind", "id", "replaced_by"):
        if kind == "address":
            yield from _address(table, row, id_, new)
        elif id_ and (problem := _id_problem(kind, id_)):
            yield problem.at(table.place(row, "id"), "id", id_)


def _id_problem(kind: str, id_: str) -> Problem | None:
    """Return what is wrong with the id of a record; that of a commitment is the ids of two and its period."""
    parts = id_.split("/", 2) if kind == "commitment" else [id_]
    if kind == "commitment" and len(parts) < 2:
        return NO_CLAIM
    return next(filter(None, map(id_problem, parts)), None)


def _address(table: Table, row: Row, old: str, new: str) -> Iterator[Finding]:
    problems = {name: address_problem(text) for name, text in (("id", old), ("replaced_by", new)) if text}
    if "#" in old and not old.startswith("cities/"):
        problems["id"] = NO_ADDRESS  # claims alone keep their anchors
    if old and new and not any(problems.values()) and _is_file(old) != _is_file(new):
        problems["replaced_by"] = UNLIKE
    for name, problem in problems.items():
        if problem:
            yield problem.at(table.place(row, name), name, table.get(row, name))


def _is_file(address: str) -> bool:
    return "." in address.partition("#")[0].rpartition("/")[2]


def pages_of_addresses(context: Context) -> Iterator[Finding]:
    """There is no page at an address that is retired; the one that replaces it is there, or was replaced."""
    table = context.data.table("retired")
    rows = [row for row, kind in table.column("kind") if kind == "address"]
    if not rows:
        return  # only they ask what pages there are
    gone = {id_ for _, id_ in table.column("id")}
    sections, there = _site(context)
    for row in rows:
        old, new = table.get(row, "id"), table.get(row, "replaced_by")
        if is_address(old) and (place := there.get(old)):
            name = "address-in-use" if place.path else "live"
            yield table.finding("E-RETIRED", name, row, "id", kind="address", **place.named)
        page, _, anchor = new.partition("#")
        section = next((one for one in _beginnings(page) if one in sections), "")
        word, id_ = sections.get(section), page.removeprefix(section).rstrip("/").removesuffix(".json")
        if word is None or not is_address(new) or new in gone or id_ in gone:
            continue
        if page not in there:
            lost = id_ not in context.former and not context.unread("city")
        else:
            lost = bool(anchor) and word == "cities" and not _claim(context, id_, anchor, gone)
        if lost:
            yield table.finding("E-RETIRED", "no-page", row, "replaced_by")


def _beginnings(page: str) -> Iterator[str]:
    """Yield the folders around a page, the outermost first."""
    return (page[: slash.end()] for slash in re.finditer("/", page))


def _claim(context: Context, city: str, anchor: str, gone: Collection[str]) -> bool:
    """Tell whether there is or was a claim of a city with this anchor, or files cannot be looked up."""
    claims = (claim_parts(id_) for id_ in (*gone, *context.claims) if id_.startswith(f"{city}/"))
    renamed = any(f"{anchor}-".startswith(f"{id_}-") for id_ in gone)
    return renamed or bool(context.data.unreadable) or any(claim_anchor(*one[1:]) == anchor for one in claims)


def _site(context: Context) -> tuple[Mapping[str, str], Mapping[str, Place]]:
    """Return the sections of records by their addresses, and what each page and file of the site comes from.

    The place of what every site has is empty. Nothing is said where the first language has no catalogue.
    """
    # They bring Babel, and only a check of retired addresses needs them.
    from ...languages.addresses import Addresses
    from ...languages.language import Language

    spoken: list[Language] = []
    for code in context.data.languages:
        with suppress(FileNotFoundError, ValueError, LookupError):
            spoken.append(Language(code))
    if not spoken or spoken[0].code != context.data.languages[0]:
        return {}, {}
    own = ((word, one.code, address.text(one.code) or word) for one in spoken
           for word, (address, _) in _families(context).items())  # fmt: skip
    path, records = Addresses(spoken, own=tuple(own)).path, _records(context)
    every, sections = Place(""), dict[str, str]()
    files = (*(one.path for _, one in context.tables()), *(one.path for _, one in context.documents()))
    there = {f"data/{context.data.name(file)}": Place(file) for file in files}
    there |= {f"{_API}{name}.json": every for name in _DOCUMENTS}
    there |= {f"{_API}instruments/{id_}.json": place for id_, place in context.instruments.items()}
    for word, ids in records.items():
        sections[f"{_API}{word}/"] = word
        there |= {f"{_API}{word}/{id_}.json": place for id_, place in ids.items()}
        for lang, section in product((one.code for one in spoken), (word, f"embed/{word}")):
            sections[path(lang, section)] = word
            there |= {path(lang, section, id_): place for id_, place in ids.items()}
    for one in spoken:
        there |= {path(one.code, word): every for word in ("", *PAGES, *records)}
    return sections, there


def _records(context: Context) -> Mapping[str, Mapping[str, Place]]:
    """Return the records that have pages, by the section and the id of each."""
    # The first row of a country is where its page comes from.
    table = context.data.table("cities")
    countries = {
        code.lower(): table.place(row, "country") for row, code in reversed([*table.column("country")])
    }
    return {
        "cities": context.cities,
        **_instruments(context),
        "actions": context.actions,
        "sources": context.sources,
        "topics": context.ids("topic"),
        "countries": countries,
    }


def _instruments(context: Context) -> Mapping[str, Mapping[str, Place]]:
    """Return the instruments by the section in which readers find them: that of a family, or their folder."""
    families = _families(context)
    own = {getattr(kind, "text", ""): word for word, (_, kinds) in families.items() for kind in kinds.items}
    found: dict[str, dict[str, Place]] = {word: {} for word in ("networks", "charters", *families)}
    for folder, documents in (("networks", context.data.networks), ("charters", context.data.charters)):
        for id_, document in documents.items():
            found[own.get(document.root.text("kind") or "", folder)][id_] = Place(document.path)
    return found


def _families(context: Context) -> Mapping[str, tuple[yaml_tree.Mapping, yaml_tree.Sequence]]:
    """Return the words of addresses and the kinds of the families of the vocabulary, by their first word."""
    found = {}
    for family in context.codes.get("families", {}).values():
        address, kinds = family.entries.get("address"), family.entries.get("kinds")
        if isinstance(address, yaml_tree.Mapping) and isinstance(kinds, yaml_tree.Sequence):
            found[address.text(context.data.languages[0]) or ""] = address, kinds
    return found
