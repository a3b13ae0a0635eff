"""What a word that is no id or code was meant to be: a name, a label, an address, an id that is gone.

The advice is worked out when a message is printed, because a file may hold thousands of wrong ids.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Collection, Mapping
from functools import partial

from ..dataset.reading.load import Dataset
from ..dataset.reading.yaml_tree import Document, Node, Scalar, Sequence
from ..dataset.reading.yaml_tree import Mapping as YamlMapping
from ..findings import N_, Listing, Phrase, nearest
from ..languages.country_names import country_named
from ..languages.folding import folded
from ..model.schema import ID_PATTERN, LIST_SEPARATOR, Referred, list_entries

_TYPE = N_("type {instead}")
_NEAR = N_("did you mean {near}?")
_HARMLESS = re.compile(r"[\w .,:;/()?&=%#~+-]+")
_PARTS = re.compile(r"\s*[,|]\s*|\s+")
_PAGE = re.compile(r"https?://|www\.", re.IGNORECASE)
_FURTHER = re.compile(r"\s*(?:\([^()]*\)|,[^,]*)$")
"""What stands after a name in lists: ``Köln (DE)``, ``Kraków, Poland``."""
_CORES = "city without the words for one"
_SCHEME = re.compile(r"(?:https?://)?(?:www\.)?", re.IGNORECASE)
_ADD = {
    "city": N_("add it first: atlas new city --name {name}"),
    "source": N_("add it first: atlas new source"),
    "instrument": N_("add it first: atlas new network, or: atlas new charter"),
}
_ADD_PAGE = N_("add it first: atlas new source --url {name}")

Names = Mapping[str, tuple[str, ...]]
"""Ids by folded names."""


class Meant:
    """The names of a dataset by what they name; each index is made when it is asked for."""

    def __init__(self, data: Dataset) -> None:
        """Look at a dataset."""
        self._data = data
        self._names: dict[str, Names] = {}

    def reference(self, kind: Referred, text: str, known: Collection[str]) -> Phrase:
        """Return what to type instead of ``text``, which is no id of ``kind``."""
        parts = _PARTS.split(text.strip())
        if len(parts) > 1 and all(part in known for part in parts):
            message = N_("separate them with ';': type {instead}")
            return Phrase(message, {"instead": LIST_SEPARATOR.join(parts)})
        page = _PAGE.match(text) is not None
        names = self._index("address" if page else kind)
        meant = names.get(_address(text) if page else folded(text), ())
        if not meant and (now := self._now(kind, text)) is not None:
            return now
        if len(meant) == 1:
            return Phrase(_TYPE, {"instead": meant[0]})
        near = meant or (self._cities_called(text) if kind == "city" else ()) or nearest(text, known)
        if near:
            return Phrase(_NEAR, {"near": near})
        if kind == "city" and text in self._data.instruments:
            return Phrase(N_("it is a network or charter; the id of a city belongs here"), {})
        if kind == "city" and country_named(text):
            return Phrase(N_("it is a country; the id of a city belongs here"), {})
        if page and kind == "source":
            return Phrase(_ADD_PAGE, {"name": _quoted(text)})
        return Phrase(_ADD[kind], {"name": _as_name(text)})

    def _cities_called(self, text: str) -> tuple[str, ...]:
        """Return the cities of a name without what lists put before and behind it."""
        from ..languages.name_matching import core  # brings what compares names: only a wrong id needs it

        if _CORES not in self._names:
            found: dict[str, tuple[str, ...]] = {}
            for name, ids in self._index("city").items():
                found[core(name)] = tuple(dict.fromkeys((*found.get(core(name), ()), *ids)))
            self._names[_CORES] = found
        return self._names[_CORES].get(core(folded(_FURTHER.sub("", text))), ())

    def _now(self, kind: Referred, text: str) -> Phrase | None:
        """Return what to say of a former or withdrawn id, or None."""
        kinds = ("instrument", "network", "charter") if kind == "instrument" else (kind,)
        cities = self._data.table("cities")
        if kind == "city":
            for row, cell in cities.column("former_ids"):
                if text in list_entries(cell):
                    return Phrase(_TYPE, {"instead": cities.get(row, "id")})
        table = self._data.table("retired")
        for row, id_ in table.column("id"):
            if id_ == text and table.get(row, "kind") in kinds:
                if after := table.get(row, "replaced_by"):
                    return Phrase(N_("it was withdrawn: type {instead}"), {"instead": after})
                message = N_("it was withdrawn, {path}:{line} says why: name another, or take it out")
                return Phrase(message, {"path": table.path, "line": row.line})
        return None

    def _index(self, kind: str) -> Names:
        if kind not in self._names:
            makers = {
                "city": self._city_names,
                "instrument": self._instrument_names,
                "source": self._titles,
                "address": self._addresses,
            }
            found: dict[str, dict[str, None]] = {}
            for name, id_ in makers[kind]():
                if name:
                    found.setdefault(name, {})[id_] = None
            self._names[kind] = {name: tuple(ids) for name, ids in found.items()}
        return self._names[kind]

    def _city_names(self) -> list[tuple[str, str]]:
        table = self._data.table("cities")
        columns = [name for name in table.index if name == "name" or name.startswith("name_")]
        rows = list(table.column("id"))
        names = [(folded(table.get(row, column)), id_) for row, id_ in rows for column in columns]
        names += [
            (folded(name.partition(":")[2]), id_)
            for row, id_ in rows
            for name in list_entries(table.get(row, "former_names"))
        ]
        return names + [(folded(id_.replace("-", " ")), id_) for _, id_ in rows]

    def _instrument_names(self) -> list[tuple[str, str]]:
        instruments = self._data.instruments.items()
        names = [(folded(text), id_) for id_, one in instruments for text in document_names(one)]
        return names + [(folded(id_.replace("-", " ")), id_) for id_, _ in instruments]

    def _titles(self) -> list[tuple[str, str]]:
        table = self._data.table("sources")
        return [(folded(table.get(row, "title")), id_) for row, id_ in table.column("id")]

    def _addresses(self) -> list[tuple[str, str]]:
        table = self._data.table("sources")
        return [
            (_address(table.get(row, column)), id_)
            for row, id_ in table.column("id")
            for column in ("url", "archived")
        ]


def document_names(document: Document) -> list[str]:
    """Return the acronym, the titles and every name that an instrument or action has or had."""
    keys = ("acronym", "title", "name", "short", "former_names")
    return [text for key in keys if (node := document.root.entries.get(key)) for text in _texts(node)]


def code(text: str, known: Mapping[str, YamlMapping]) -> Phrase:
    """Return what to type instead of ``text``, which is no code of ``known``."""
    wanted = folded(text)
    meant = [id_ for id_, one in known.items() if wanted in map(folded, (id_, *_labels(one)))]
    if len(meant) == 1:
        return Phrase(_TYPE, {"instead": meant[0]})
    if near := tuple(meant) or nearest(text, known):
        message = N_("did you mean {near}? The codes are: {codes}")
        return Phrase(message, {"near": near, "codes": Listing(known)})
    return Phrase(N_("the codes are: {codes}"), {"codes": Listing(known)}) if known else Phrase("", {})


def name(text: str, names: Collection[str], all_of_them: str) -> Callable[[], Phrase]:
    """Return a function that says which name is near or, with the msgid ``all_of_them``, what all are."""
    return partial(_name, text, names, all_of_them)


def _name(text: str, names: Collection[str], all_of_them: str) -> Phrase:
    near = nearest(text, names)
    return Phrase(_NEAR, {"near": near}) if near else Phrase(all_of_them, {"names": Listing(names)})


def _labels(one: YamlMapping) -> list[str]:
    nodes = (one.entries.get(key) for key in ("label", "plural"))
    return [text for node in nodes if node for text in _texts(node)]


def _texts(node: Node) -> list[str]:
    """Return the texts of a value, of a list of values, or in all languages."""
    if isinstance(node, Scalar):
        return [node.text] if node.text else []
    nodes = node.items if isinstance(node, Sequence) else node.entries.values()
    return [text for one in nodes for text in _texts(one)]


def _address(text: str) -> str:
    """Return an address without what makes no difference: its scheme, www. and a slash at its end."""
    return _SCHEME.sub("", text.strip(), count=1).rstrip("/").casefold()


def _as_name(text: str) -> str:
    """Return a word as a name for an option: an id becomes words, what a shell would obey is quoted."""
    return _quoted(text.replace("-", " ").title() if ID_PATTERN.fullmatch(text) else text)


def _quoted(text: str) -> str:
    return f'"{text}"' if _HARMLESS.fullmatch(text) else shlex.quote(text)
