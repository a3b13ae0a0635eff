"""What stands at addresses that lead nowhere any more: redirects, and pages that say what was withdrawn.

Addresses are paths from the root of the site: ``cities/krakow/`` is a page, ``data/cities.csv`` a file.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ...changes.moved_ids import Gone, Kind, Moves, Redirect, moves
from ...languages.addresses import Addresses
from ...model.records import Retired
from ...views.lens import Lens

SECTIONS: Mapping[Kind, tuple[str, ...]] = {
    "city": ("cities", "timeline"),
    "instrument": ("networks", "charters", "compare", "commitments", "lists"),
    "action": ("actions",),
    "source": ("sources",),
    "topic": ("topics",),
}
"""The words of the default language behind which an address names a record; the first is that of its page."""

_COUNTRY = re.compile(r"[a-z]{2}(-[0-9]{1,2})?")
_REST = re.compile(r"(?P<id>.+?)(?P<rest>(?:-[0-9]{1,2})?(?:\.[a-z0-9.]+)?)")
"""An id with what may follow it: the number of a page of several, and the ending of a file."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What to leave at which address; none of them is that of a page that the build makes."""

    redirects: dict[str, Redirect] = field(default_factory=dict)
    copies: dict[str, str] = field(default_factory=dict)
    """Files cannot say where they went: the present file by the former address."""
    gone: dict[str, Gone] = field(default_factory=dict)
    gone_files: set[str] = field(default_factory=set)
    """Files that went with a record that was withdrawn, and have no page to say so."""

    def __contains__(self, address: str) -> bool:
        return address in self.redirects or address in self.gone or address in self.copies


class NamedRecord(NamedTuple):
    """The record that an address names, and where in the address."""

    kind: Kind
    id: str
    segment: int
    rest: str


class AddressWords:
    """Tells what addresses speak of, in every language."""

    def __init__(self, addresses: Addresses) -> None:
        """Collect the path words of all languages."""
        self.addresses = addresses
        self.codes = [language.code for language in addresses.languages]
        own = dict.fromkeys(section for section, *_ in addresses.own)
        self.families = ("networks", "charters", *own)
        known = {**SECTIONS, "instrument": (*SECTIONS["instrument"], *own)}
        self._sections: Mapping[str, tuple[Kind, str]] = {
            addresses.word(code, section): (kind, section)
            for kind, sections in known.items()
            for section in sections
            for code in self.codes
        }

    def lang(self, address: str) -> str:
        """Return the language of an address; files without one are in the default language."""
        first = address.partition("/")[0]
        return first if first in self.codes[1:] else self.codes[0]

    def named(self, address: str, ids: Mapping[Kind, Collection[str]]) -> NamedRecord | None:
        """Return which of the ids of each kind the address names; the first, where it names several."""
        segments = address.split("/")
        for at, word in enumerate(segments[:-1], start=1):
            kind, _ = self._sections.get(word, (None, ""))
            if kind is None or not ids[kind]:
                continue
            for id, rest in _readings(segments[at]):
                if id in ids[kind]:
                    return NamedRecord(kind, id, at, rest)
        return None

    def country_file(self, address: str) -> bool:
        """Tell whether an address is a file about a country, which goes with the country's last city."""
        section, _, name = f"/{address}".rpartition("/")
        section = section.rpartition("/")[2]
        known = {self.addresses.word(code, "countries") for code in self.codes}
        return section in known and bool(_COUNTRY.fullmatch(name.partition(".")[0]))

    def renamed(self, address: str, named: NamedRecord, id: str, family: str = "") -> str:
        """Return the address with another id and, for an instrument, the word of another family."""
        segments = address.split("/")
        segments[named.segment] = id + named.rest
        _, section = self._sections[segments[named.segment - 1]]
        if family and section in self.families:
            segments[named.segment - 1] = self.addresses.word(self.lang(address), family)
        return "/".join(segments)

    def translated(self, path: str, lang: str, made: Collection[str]) -> str:
        """Return the page at ``path`` of the default language in another one.

        Only leading words are translated, as many as give an address that is made: an id may be a word.
        """
        page, mark, anchor = path.partition("#")
        if self.lang(page) != self.codes[0] or (page and not page.endswith("/")):
            return path  # in another language already, or a file, which has one address
        segments = [segment for segment in page.split("/") if segment]
        prefix = "" if lang == self.codes[0] else f"{lang}/"
        found = []
        for count in range(len(segments), -1, -1):
            words = [self.addresses.word(lang, word) for word in segments[:count]]
            found.append(prefix + "".join(f"{word}/" for word in (*words, *segments[count:])))
        return next((one for one in found if one in made), found[0]) + mark + anchor


def _readings(segment: str) -> Iterator[tuple[str, str]]:
    """Yield an id and what follows it, the longest first: ``eccar-2.csv`` may be the second page of eccar."""
    yield segment, ""
    stem, dot, ending = segment.partition(".")
    if dot:
        yield stem, dot + ending
    found = _REST.fullmatch(segment)
    if found and found["rest"]:
        yield found["id"], found["rest"]


def plan(lenses: Sequence[Lens], made: Collection[str], locked: Collection[str] = ()) -> Plan:
    """Return what to leave behind.

    ``made`` are the addresses of all pages and files of the build; ``locked`` those that were published
    (without claims), which also know pages of records that are gone.
    """
    first = lenses[0]
    moved, words, found = moves(first.atlas), AddressWords(first.addresses), Plan()
    nothing: dict[Kind, Collection[str]] = {kind: () for kind in SECTIONS}
    lost = [address for address in locked if address not in made]
    shorter = _shorter(moved, words, made, lost, first.atlas.vocabulary.topics)
    for old, new, why in (*_renames(moved, words, made), *shorter):
        if old in made or old in found:
            continue
        if old.endswith("/"):
            page = new.partition("#")[0]
            named = words.named(page, {**nothing, "city": first.atlas.cities})
            whole = named and page == first.addresses.path(words.lang(page), "cities", named.id)
            city = named.id if named and whole else ""
            found.redirects[old] = Redirect(lang=words.lang(old), to=new, why=why, city=city)
        else:
            found.copies[old] = new
    for address, gone in (*_withdrawn(moved, words), *_lost(moved, words, lost)):
        if address in made or address in found:
            continue
        if address.endswith("/"):
            found.gone[address] = gone
        else:
            found.gone_files.add(address)
    found.gone_files.update(address for address in lost if words.country_file(address))
    return found


Move = tuple[str, str, Retired | None]


def _renames(moved: Moves, words: AddressWords, made: Collection[str]) -> Iterator[Move]:
    """Yield every address of what was renamed, with the present one: pages, embeds, files."""
    for path, there in moved.addresses.items():
        if "#" not in path:
            for lang in words.codes:
                yield words.translated(path, lang, ()), words.translated(there, lang, made), None
    former: dict[Kind, dict[str, list[str]]] = {kind: {} for kind in SECTIONS}
    for kind, ids in moved.to.items():
        for old, new in ids.items():
            former[kind].setdefault(new, []).append(old)
    if not any(former.values()):
        return
    for address in sorted(made):
        if named := words.named(address, former):
            for old in former[named.kind][named.id]:
                for family in moved.families.get(old, ("",)) if named.kind == "instrument" else ("",):
                    why = moved.why.get((named.kind, old))
                    yield words.renamed(address, named, old, family), address, why


def _shorter(
    moved: Moves, words: AddressWords, made: Collection[str], lost: Collection[str], topics: Collection[str]
) -> Iterator[Move]:
    """Yield pages of lists that are no longer made; each leads to the list above that is.

    So do the last pages of a list that lost entries, all of a country without cities, and tables of topics,
    which were made once. What was withdrawn has said so already.
    """
    word, known = words.addresses.word, ("compare", "countries")
    lists = {word(code, name): name for code in words.codes for name in known}
    for address in lost:
        present = address
        if named := words.named(address, moved.to):
            present = words.renamed(address, named, moved.id(named.kind, named.id))
        segments = present.split("/")
        at = next((at for at, one in enumerate(segments[:-2]) if one in lists), None)
        if at is None or not address.endswith("/"):
            continue
        id, whole = segments[at + 1], "/".join((*segments[: at + 2], ""))
        if lists[segments[at]] == "countries" or id in topics or _COUNTRY.fullmatch(id) or whole in made:
            above = ("/".join((*segments[:end], "")) for end in range(len(segments) - 2, 0, -1))
            yield address, next((list for list in above if list in made), ""), None


def _withdrawn(moved: Moves, words: AddressWords) -> Iterator[tuple[str, Gone]]:
    """Yield the own pages of what was withdrawn, in every language."""
    path = words.addresses.path
    for lang in words.codes:
        for kind, ids in moved.gone.items():
            for id, why in ids.items():
                for section in moved.families[id] if kind == "instrument" else SECTIONS[kind][:1]:
                    yield path(lang, section, id), Gone(lang=lang, why=why, kind=kind, id=id)
        for address, why in moved.gone_addresses.items():
            if "#" not in address:
                yield words.translated(address, lang, ()), Gone(lang=lang, why=why)


def _lost(moved: Moves, words: AddressWords, lost: Collection[str]) -> Iterator[tuple[str, Gone]]:
    """Yield what else was published of what was withdrawn."""
    for address in lost:
        if named := words.named(address, moved.gone):
            why = moved.gone[named.kind][named.id]
            yield address, Gone(lang=words.lang(address), why=why, kind=named.kind, id=named.id)
