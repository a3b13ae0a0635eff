"""What is wrong with the texts of ``content/``: all of it at once, with file, line and column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from html import unescape
from pathlib import Path

from ..changes.moved_ids import anchors_of_claims
from ..dataset.reading.load import shown_path
from ..dataset.reading.text_file import FORBIDDEN, YAML_BYTES, decoded, forbidden, read_bytes
from ..findings import Finding, Place, finding, later
from ..languages.homographs import host_of, imitation
from ..model.records import Atlas
from ..validate.rules.hosts import IN_TEXT
from .content import targets

DEEPEST = 16
"""Quotations and lists within each other: Python-Markdown recurses for each level."""
_MARKS = re.compile(r"(?:[ \t]*>|[ \t]*(?:[-*+]|\d+[.)])(?=[ \t])|(?: {4}|\t))*")
_LEVEL = re.compile(r">|[-*+](?=[ \t])|\d+[.)]|(?: {4}|\t)")
_ENTITY = re.compile(r"&#?\w{1,32};")
_LINK = re.compile(
    r"""(?:\]\(<?|<|\]:[ \t]*|href=["'])atlas:([^)\s"'<>#]*)(?:#([^)\s"'<>]*))?""", re.IGNORECASE
)


def prose_findings(content: Path, atlas: Atlas) -> Iterator[Finding]:
    """Yield texts that are no UTF-8 or nest too deeply, and links that lead nowhere or hide their host."""
    known: dict[str, Set[str]] = dict.fromkeys(targets(atlas), frozenset())
    claims = anchors_of_claims(atlas).items()
    known |= {page: anchors for id, anchors in claims if (page := f"cities/{id}") in known}
    for path in sorted(content.rglob("*.md")):
        if path.is_symlink() or not path.is_file():
            continue  # which has a fault of its own
        found: list[Finding] = []
        shown = shown_path(path)
        data = read_bytes(path, shown, YAML_BYTES, found)
        text = decoded(data, shown, found) if data is not None else None
        yield from found
        for number, line in enumerate((text or "").split("\n"), 1):
            yield from _of_line(Place(shown, number), line, known)


def _is_claim(page: str, anchor: str) -> bool:
    """Tell whether an anchor names a claim on the page of a city, and not a part of the page."""
    return page.startswith("cities/") and anchor != "" and not anchor.startswith("s-")


def _of_line(place: Place, line: str, known: Mapping[str, Set[str]]) -> Iterator[Finding]:
    marks = _MARKS.match(line)
    if marks and len(_LEVEL.findall(marks.group())) > DEEPEST:
        yield finding("E-PROSE", "deep", place, limit=DEEPEST)
        return
    for entity in _ENTITY.finditer(line):
        if FORBIDDEN.fullmatch(character := unescape(entity.group())):
            yield forbidden(place._replace(column=entity.start() + 1), character)
    for address in IN_TEXT.finditer(line):
        how, written = imitation(host_of(address.group()))
        if how:
            there = place._replace(column=address.start() + 1)
            yield finding("E-PROSE", how, there, value=address.group(), column="link", host=written)
    for link in _LINK.finditer(line):
        target, anchor = link.group(1).strip("/"), link.group(2) or ""
        near = known
        if target in known and _is_claim(target, anchor) and anchor not in known[target]:
            near = {f"{target}#{claim}": frozenset[str]() for claim in known[target]}
            target = f"{target}#{anchor}"
        if target not in near:
            yield finding(
                "E-PROSE",
                "link",
                place._replace(column=link.start(1) - len("atlas:") + 1),
                value=target,
                near=later(target, tuple(near)),
            )
