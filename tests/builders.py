"""A small atlas made by hand, lenses to look through, and ways to walk over what they show."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast

from atlas.dataset.assembly.assemble import assemble
from atlas.dataset.reading.load import load
from atlas.drawings.maps.static_map import Sheets
from atlas.languages.addresses import Addresses
from atlas.languages.language import Language
from atlas.model.claim_ids import claim_anchor
from atlas.model.dates import PartialDate, parse_date
from atlas.model.indexes import indexed
from atlas.model.records import (
    Action,
    Atlas,
    City,
    Code,
    Commitment,
    Contradiction,
    Instrument,
    Source,
    Vocabulary,
)
from atlas.site.about_file import read_about
from atlas.site.content import Texts
from atlas.site.jobs import Page, all_of, jobs
from atlas.site.routes import LATER, ROUTES, AtlasScene
from atlas.views.lens import Lens

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "tests/data/sample"
AS_OF = date(2026, 11, 22)
ABOUT = read_about(ROOT / "atlas.yaml")
T = TypeVar("T")

Record = City | Source | Instrument | Commitment | Action | Contradiction


def when(text: str | None) -> PartialDate | None:
    """Return the date that the text writes; nothing stays nothing."""
    return parse_date(text) if text else None


# Records: what a test does not name is unknown.


def city(id: str, name: str = "", country: str = "PL", **fields: Any) -> City:
    own = name or id.title()
    return City(id=id, name=own, country=country, names=fields.pop("names", {"en": own, "pl": own}), **fields)


def network(id: str, name: str = "", **fields: Any) -> Instrument:
    own = name or f"Network {id}"
    names = fields.pop("names", {"en": own, "pl": f"Sieć {id}"})
    return Instrument(id=id, family="network", kind=fields.pop("kind", "network"), names=names, **fields)


def charter(id: str, name: str = "", **fields: Any) -> Instrument:
    own = name or f"Charter {id}"
    names = fields.pop("names", {"en": own, "pl": f"Karta {id}"})
    return Instrument(id=id, family="charter", kind=fields.pop("kind", "charter"), names=names, **fields)


def commitment(instrument: str, city: str, status: str = "member", **fields: Any) -> Commitment:
    dates: Any = {key: when(fields.pop(key, None)) for key in ("decided", "since", "until", "verified")}
    return Commitment(
        instrument=instrument,
        city=city,
        status=status,
        anchor=fields.pop("anchor", claim_anchor(instrument, fields.get("period"))),
        sources=fields.pop("sources", ("page",)),
        **dates,
        **fields,
    )


def action(id: str, **fields: Any) -> Action:
    return Action(
        id=id,
        kind=fields.pop("kind", "resolution"),
        date=when(fields.pop("date", None)),
        end_date=when(fields.pop("end_date", None)),
        title=fields.pop("title", {"en": f"Action {id}", "pl": f"Działanie {id}"}),
        sources=fields.pop("sources", ("page",)),
        **fields,
    )


def source(id: str, title: str = "", **fields: Any) -> Source:
    dates: Any = {key: when(fields.pop(key, None)) for key in ("published", "accessed")}
    return Source(id=id, title=title or f"Page {id}", **dates, **fields)


def contradiction(
    record: str, field: str, value: str, *, preferred: bool = False, **fields: Any
) -> Contradiction:
    return Contradiction(
        record=record,
        field=field,
        value=value,
        preferred=preferred,
        sources=fields.pop("sources", ("page",)),
        reason=fields.pop("reason", {"en": f"Why {value}.", "pl": f"Dlaczego {value}."}),
        field_words=fields.pop("field_words", {}),
        value_words=fields.pop("value_words", {}),
    )


# The atlas


@cache
def real_atlas() -> Atlas:
    """Return the atlas of ``data/``, which grows: for ``test_seeds.py`` alone."""
    return assemble(load(ROOT / "data"))


@cache
def real_view(lang: str, route: str, id: str = "") -> Any:
    """Return the view of one page of ``data/``, made alone: there are ten thousands."""
    made = ROUTES[route].make(_scene(real_lens(lang), None), id)
    assert isinstance(made, Page)
    return made.view


@cache
def sample_atlas() -> Atlas:
    """Return the atlas of ``tests/data/sample``, an excerpt of ``data/`` that stays as it is."""
    return assemble(load(SAMPLE))


def vocabulary() -> Vocabulary:
    """Return the codes of the excerpt."""
    return sample_atlas().vocabulary


def atlas(*records: Record) -> Atlas:
    """Return the atlas of these records, with a source ``page`` that everything may rest on."""
    page = source("page", "A page", publisher="City of Kraków", published="2024-10-01", accessed="2026-11-22")
    return indexed(
        vocabulary=vocabulary(),
        cities=_of(City, records),
        sources=[page, *_of(Source, records)],
        instruments=_of(Instrument, records),
        commitments=_of(Commitment, records),
        actions=_of(Action, records),
        contradictions=_of(Contradiction, records),
    )


def _of(kind: type[T], records: Iterable[object]) -> list[T]:
    return [record for record in records if isinstance(record, kind)]


# Lenses


@cache
def language(code: str) -> Language:
    return Language(code)


def lenses(of: Atlas, *languages: Language, as_of: date = AS_OF) -> tuple[Lens, ...]:
    """Return a lens for each language; English and Polish where none is named."""
    spoken = languages or (language("en"), language("pl"))
    addresses = Addresses(spoken).of(of.vocabulary)
    return tuple(Lens(atlas=of, lang=lang, addresses=addresses, as_of=as_of, about=ABOUT) for lang in spoken)


def lens(of: Atlas, code: str = "en", as_of: date = AS_OF) -> Lens:
    """Return the atlas through one language of the bilingual site."""
    return next(one for one in lenses(of, as_of=as_of) if one.lang.code == code)


@cache
def real_lens(code: str) -> Lens:
    """Return the atlas of ``data/`` through one language of the site."""
    return lens(real_atlas(), code)


@cache
def sample_lens(code: str) -> Lens:
    """Return the excerpt through one language of the site."""
    return lens(sample_atlas(), code)


def code(id: str, **labels: str) -> Code:
    """Return a code of a vocabulary with its label in some languages."""
    return Code(id=id, label=labels, help={})


# What they show


class NoSheets:
    """Stands for the maps where only words matter."""

    def __getattr__(self, name: str) -> Any:
        return lambda *args: None


PAGES = {**ROUTES, "data": LATER["data"]}
"""All that has pages."""


def every_page(through: Lens, texts: Texts | None = None) -> list[Page]:
    """Return all pages of one language, without their maps."""
    scene = _scene(through, texts)
    made = (PAGES[job.route].make(scene, job.id) for job in jobs((scene,), PAGES))
    return [page for one in made for page in all_of(one) if isinstance(page, Page) and not page.file]


def _scene(through: Lens, texts: Texts | None) -> AtlasScene:
    written = texts or Texts([], through.atlas)
    return AtlasScene(through, (through,), cast(Sheets, NoSheets()), written, {"cities.csv": b""})


@cache
def sample_page_list(code: str) -> list[Page]:
    """Return all pages of the excerpt in one language, without their maps."""
    return every_page(sample_lens(code))


@cache
def sample_pages(code: str) -> Mapping[str, Any]:
    """Return the views of all pages of the excerpt in one language, by their paths."""
    return {page.view.frame.path: page.view for page in sample_page_list(code)}


def walk(value: object) -> Iterator[Any]:
    """Yield a view and every part within it."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        yield value
        for field in dataclasses.fields(value):
            yield from walk(getattr(value, field.name))
    elif isinstance(value, tuple | list):
        for part in value:
            yield from walk(part)


def parts(value: object, kind: type[T]) -> list[T]:
    """Return the parts of one kind within a view, in the order in which they stand."""
    return [part for part in walk(value) if isinstance(part, kind)]


def strings(value: object) -> Iterator[str]:
    """Yield every text within a view."""
    for part in walk(value):
        for field in dataclasses.fields(part):
            content = getattr(part, field.name)
            if isinstance(content, str):
                yield content
            elif isinstance(content, tuple):
                yield from (text for item in content for text in _texts(item))


def _texts(item: object) -> Iterator[str]:
    if isinstance(item, str):
        yield item
    elif isinstance(item, tuple):
        for inner in item:
            yield from _texts(inner)
