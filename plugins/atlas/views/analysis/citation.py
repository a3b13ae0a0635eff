"""How a page or one claim is quoted: in plain text, BibTeX, RIS, CSL-JSON and as a Wikipedia template.

Whatever the data say is text in every format: what would mean something there is escaped, and line
breaks and control characters become spaces. No date of access is given, because only the reader knows it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from ...languages import sentences as wording
from ...languages.language import Language
from ...model.records import Commitment
from ..lens import Lens
from ..parts import Frame

NAMES: Mapping[str, str] = {"bibtex": "BibTeX", "ris": "RIS", "csl": "CSL-JSON", "wiki": "Wikipedia"}
"""The formats that programs read, by the keys of the files with citations."""
FILE = "cite.json"
"""The citations of a city's claims in these formats, beside its page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """What is quoted, from which edition."""

    key: str
    """Names it in a bibliography: letters, digits and hyphens."""
    title: str
    site: str
    lang: Language
    issued: date
    edition: str = ""
    url: str = ""
    """The absolute address; empty where that of the site is not known."""
    claim: str = ""
    """The short id of a claim (``krakow/eccar``)."""
    sources: tuple[str, ...] = ()
    """The sources of a claim, each in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A citation ready to be copied."""

    text: str
    formats: tuple[tuple[str, str], ...]
    """Name and text in each format that programs read."""


def quote(citation: Citation) -> Quote:
    """Return a citation in every format."""
    made = formats(citation)
    return Quote(text=plain(citation), formats=tuple((NAMES[key], text) for key, text in made.items()))


_json = partial(json.dumps, ensure_ascii=False)


def formats(citation: Citation) -> dict[str, str]:
    """Return a citation in the formats that programs read, by key."""
    return {
        "bibtex": bibtex(citation),
        "ris": ris(citation),
        "csl": _json([csl(citation)]),
        "wiki": wikitext(citation),
    }


# What is cited


def page_citation(lens: Lens, frame: Frame) -> Citation:
    """Return the citation of a page."""
    site = lens.lang.t("City Commitments Atlas")
    return _citation(lens, frame.path, title=frame.title or site)


def claim_citation(lens: Lens, commitment: Commitment) -> Citation:
    """Return the citation of one claim: what it says, what it rests on, and its address."""
    atlas, lang = lens.atlas, lens.lang
    instrument = atlas.instruments[commitment.instrument]
    said = wording.statement(lang, commitment, instrument, ended=lens.state(commitment) == "ended")
    title = lang.t(
        "%(city)s, %(instrument)s: %(statement)s",
        city=lens.city_name(atlas.cities[commitment.city]),
        instrument=lens.instrument_short(instrument),
        # A title ends without a full stop, but an abbreviation keeps its own ("2011 r.").
        statement=re.sub(r"(?<=\w\w)\.$", "", said),
    )
    return _citation(
        lens,
        lens.href("cities", commitment.city, commitment.anchor),
        title=title,
        claim=commitment.key,
        sources=tuple(_source(lens, id) for id in commitment.sources),
    )


def claim_texts(lens: Lens, commitments: Iterable[Commitment]) -> dict[str, str]:
    """Return the citations of claims in plain text, by the short ids of the claims."""
    return {c.key: plain(claim_citation(lens, c)) for c in commitments}


def claims_file(lens: Lens, city_id: str) -> tuple[str, str]:
    """Return path and text of the file with the citations of a city's claims in all formats."""
    claims = lens.atlas.commitments_of_city.get(city_id, ())
    content = {c.key: formats(claim_citation(lens, c)) for c in claims}
    path = lens.addresses.path(lens.lang.code, "cities", city_id)
    # A claim on each line; what breaks lines by itself is ten times as slow.
    lines = (f"{_json(key)}: {_json(made)}" for key, made in content.items())
    return path + FILE, "{\n" + ",\n".join(lines) + "\n}\n"


def _citation(lens: Lens, address: str, *, title: str, **more: Any) -> Citation:
    key = "-".join(re.findall(r"[a-z0-9]+", address.removesuffix("index.html").lower()))
    return Citation(
        key=f"atlas-{key}" if key else "atlas",
        title=title,
        site=lens.lang.t("City Commitments Atlas"),
        lang=lens.lang,
        issued=lens.as_of,
        edition=lens.edition,
        url=lens.absolute(address),
        **more,
    )


def _source(lens: Lens, id: str) -> str:
    source = lens.atlas.sources[id]
    title = f"{source.publisher}, {source.title}" if source.publisher else source.title
    return f"{title} ({lens.source_date(source)})"


# Formats


def plain(citation: Citation) -> str:
    """Return the citation as a sentence or two, in the language of the page."""
    lang, site = citation.lang, citation.site
    day = lang.day_in_sentence(citation.issued)
    edition = f"{day} ({citation.edition})" if citation.edition else day
    parts = [lang.t("%(site)s, edition of %(edition)s.", site=site, edition=edition)]
    if citation.title != site:
        parts.insert(0, lang.t("“%(title)s”.", title=citation.title))
    if citation.sources:
        sources = "; ".join(citation.sources)
        parts.append(
            lang.n("Source: %(sources)s.", "Sources: %(sources)s.", len(citation.sources), sources=sources)
        )
    if citation.claim:
        parts.append(lang.t("Claim %(id)s.", id=citation.claim))
    return _line(" ".join([*parts, citation.url]))


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""BibTeX's own names of months, which styles translate."""
_BABEL = {"en": "british", "pl": "polish"}
"""Languages as LaTeX's babel knows them."""


def bibtex(citation: Citation) -> str:
    """Return a BibTeX entry, which biblatex reads as well."""
    fields = {
        "author": f"{{{_bibtex(citation.site)}}}",
        "title": f"{{{_bibtex(citation.title)}}}",
        "year": str(citation.issued.year),
        "version": _bibtex(citation.edition),
        "url": _address(citation.url),
        "langid": _BABEL.get(citation.lang.code, ""),
        "note": _bibtex(_note(citation)),
    }
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items() if value]
    lines.insert(3, f"  month = {_MONTHS[citation.issued.month - 1]},\n")
    return f"@misc{{{citation.key},\n{''.join(lines)}}}"


def ris(citation: Citation) -> str:
    """Return a RIS record of a web page."""
    fields = (
        ("TY", "ELEC"),
        ("ID", citation.key),
        ("AU", citation.site),
        ("TI", citation.title),
        ("T2", citation.site),
        ("PY", str(citation.issued.year)),
        ("DA", citation.issued.strftime("%Y/%m/%d/")),
        ("ET", citation.edition),
        ("LA", citation.lang.code),
        ("UR", _address(citation.url)),
        ("N1", _note(citation)),
    )
    return "".join(f"{tag}  - {_line(value)}\n" for tag, value in fields if value) + "ER  - "


def csl(citation: Citation) -> dict[str, Any]:
    """Return an item of CSL-JSON, which reference managers exchange."""
    item = {
        "id": citation.key,
        "type": "webpage",
        "title": _line(citation.title),
        "author": [{"literal": citation.site}],
        "container-title": citation.site,
        "issued": {"date-parts": [[citation.issued.year, citation.issued.month, citation.issued.day]]},
        "version": citation.edition,
        "URL": _address(citation.url),
        "language": citation.lang.code,
        "note": _line(_note(citation)),
    }
    return {name: value for name, value in item.items() if value}


def wikitext(citation: Citation) -> str:
    """Return the template of the Wikipedia in the citation's language, or else of the English one."""
    edition = citation.lang.t("edition %(name)s", name=citation.edition) if citation.edition else ""
    fields = (
        ("url", "url", _address(citation.url)),
        ("title", "tytuł", citation.title),
        ("website", "praca", citation.site),
        ("date", "data", citation.issued.isoformat()),
        ("language", "język", citation.lang.code),
        ("id", "id", ", ".join(filter(None, (edition, citation.claim)))),
    )
    polish = citation.lang.code == "pl"
    name = "Cytuj stronę" if polish else "cite web"
    parts = (f" |{its if polish else english}={_wikitext(value)}" for english, its, value in fields if value)
    return f"{{{{{name}{''.join(parts)}}}}}"


def _note(citation: Citation) -> str:
    return "; ".join(filter(None, (citation.claim, *citation.sources)))


# Text within a format

_CONTROL = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029]+")


def _line(text: str) -> str:
    """Return the text in one line, without control characters and spaces that do not break."""
    return _CONTROL.sub(" ", text).strip()


_TEX = {
    "\\": r"\textbackslash{}",
    # Escaped by a backslash alone, a brace would still be counted by BibTeX.
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{mark: f"\\{mark}" for mark in "&%$#_"},
}


def _bibtex(text: str) -> str:
    return "".join(_TEX.get(character, character) for character in _line(text))


_WIKI = re.compile(r"[&<>\[\]{|}~]|'(?=')|(?<=')'|_(?=_)")


def _wikitext(text: str) -> str:
    return _WIKI.sub(lambda match: f"&#{ord(match[0])};", _line(text))


def _address(url: str) -> str:
    """Return an address without what ends a field in some format; the site's own hold nothing of the kind."""
    return re.sub(r"[\s{}|<>\\\"]", lambda match: f"%{ord(match[0]):02X}", url)
