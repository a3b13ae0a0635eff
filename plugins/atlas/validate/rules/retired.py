"""Rules about the paths of ``retired.csv``: an address is one that the site once had, and has no more.

What a row names becomes the path of a file that a build writes. So an address is what the site's own
addresses look like, and anything else is refused, whatever it would do.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

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


def live_addresses(context: Context) -> Iterator[Finding]:
    """An address at which there is a page is not retired."""
    table = context.data.table("retired")
    rows, records = _addresses(context)
    for row in rows:
        address = table.get(row, "id")
        if not is_address(address) or "#" in address or not (place := _live(context, records, address)):
            continue
        name = "address-in-use" if place.path else "live"
        yield table.finding("E-RETIRED", name, row, "id", kind="address", **place.named)


def replacing_pages(context: Context) -> Iterator[Finding]:
    """The page of a record that replaces an address is there, or was replaced in its turn."""
    table = context.data.table("retired")
    gone = {id_ for _, id_ in table.column("id")}
    rows, records = _addresses(context)
    for row in rows:
        address = table.get(row, "replaced_by")
        if not is_address(address) or address in gone:
            continue
        page, _, anchor = address.partition("#")
        word, rest, _ = _parts(context, page)
        among = records.get(word)
        if not rest or among is None or rest in gone:
            continue
        if rest not in among:
            lost = rest not in context.former and not context.unread("city")
        else:
            lost = bool(anchor) and word == "cities" and not _claim(context, rest, anchor, gone)
        if lost:
            yield table.finding("E-RETIRED", "no-page", row, "replaced_by")


def _claim(context: Context, city: str, anchor: str, gone: Collection[str]) -> bool:
    """Tell whether there is or was a claim of a city with this anchor, or files cannot be looked up."""
    claims = (claim_parts(id_) for id_ in (*gone, *context.claims) if id_.startswith(f"{city}/"))
    renamed = any(f"{anchor}-".startswith(f"{id_}-") for id_ in gone)
    return renamed or bool(context.data.unreadable) or any(claim_anchor(*one[1:]) == anchor for one in claims)


def _addresses(context: Context) -> tuple[list[Row], Mapping[str, Mapping[str, Place]]]:
    """Return the rows that retire an address, and the records that have pages, which only they ask for."""
    rows = [row for row, kind in context.data.table("retired").column("kind") if kind == "address"]
    return rows, _records(context) if rows else {}


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


def _live(context: Context, records: Mapping[str, Mapping[str, Place]], address: str) -> Place | None:
    """Return where the page or file at an address comes from; an empty place where every site has it."""
    word, rest, is_document = _parts(context, address)
    if not rest:
        every = _DOCUMENTS if is_document else PAGES | records.keys()
        return Place("") if not word or word in every else None
    if is_document and word == "instruments":
        return context.instruments.get(rest)
    return records.get(word, {}).get(rest) or _published(context, address)


def _published(context: Context, address: str) -> Place | None:
    """Return the file of the data that can be had at an address."""
    path = context.data.path(address.removeprefix("data/"))
    held = {*(one.path for _, one in context.tables()), *(one.path for _, one in context.documents())}
    return Place(path) if address.startswith("data/") and path in held else None


def _parts(context: Context, address: str) -> tuple[str, str, bool]:
    """Return the English word of the section, what follows, and whether it is a document of the API."""
    codes = context.data.languages
    is_document = address.startswith(_API) and address.endswith(".json")
    path = address.removeprefix(_API).removesuffix(".json") if is_document else address
    section, _, rest = path.rstrip("/").partition("/")
    lang = section if section in codes[1:] and not is_document else codes[0]
    if lang == section:
        section, _, rest = rest.partition("/")
    words = _sections(lang) | {
        address.text(lang) or "": address.text(codes[0]) or "" for address, _ in _families(context)
    }
    shown, _, id_ = rest.partition("/")
    if section == "embed" and id_ and words.get(shown) != "compare":  # what can be compared, a build knows
        section, rest = shown, id_
    return words.get(section, section), rest, is_document


def _sections(lang: str) -> dict[str, str]:
    """Return the English words of the sections by those of a language; none where it has no catalogue."""
    from ...languages.language import Language  # brings Babel: only a check of retired addresses needs it

    try:
        word = Language(lang).p
    except (FileNotFoundError, ValueError, LookupError):
        return {}
    return {word("address", section): section for section in PAGES}


def _instruments(context: Context) -> Mapping[str, Mapping[str, Place]]:
    """Return the instruments by the section in which readers find them: that of a family, or their folder."""
    own = {
        getattr(kind, "text", ""): address.text(context.data.languages[0]) or ""
        for address, kinds in _families(context)
        for kind in kinds.items
    }
    found: dict[str, dict[str, Place]] = {word: {} for word in ("networks", "charters", *own.values())}
    for folder, documents in (("networks", context.data.networks), ("charters", context.data.charters)):
        for id_, document in documents.items():
            found[own.get(document.root.text("kind") or "", folder)][id_] = Place(document.path)
    return found


def _families(context: Context) -> Iterator[tuple[yaml_tree.Mapping, yaml_tree.Sequence]]:
    """Yield the words of addresses and the kinds of the families of the vocabulary."""
    for family in context.codes.get("families", {}).values():
        address, kinds = family.entries.get("address"), family.entries.get("kinds")
        if isinstance(address, yaml_tree.Mapping) and isinstance(kinds, yaml_tree.Sequence):
            yield address, kinds


RULES = (reasons, retired_paths, live_addresses, replacing_pages)
