"""Permalinks from the data alone: every address and every claim anchor that a build of it makes and promises.

Addresses follow from ids, so nothing is rendered for them: the views are asked for their lists only. Not
promised, and therefore not here: the API and the schemas, which have versions instead; calendars, parts of
the timeline, further pages of lists and pages of years, which come and go with their entries.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from ...changes.moved_ids import anchors_of_claims
from ...dataset.published_files import Contents
from ...opendata.tables import flat, geojson, sqlite
from ...views.analysis.subscriptions import feed_path, feeds
from ...views.lens import Lens
from ...views.pages.comparison import comparison_parts
from ...views.pages.country import country_pages
from ...views.shared.embed import embeds
from ..content import BELOW, ids_of_sections

_ALONE = (
    *("", "map", "cities", "countries", "networks", "charters", "actions", "topics", "compare", "sources"),
    *("timeline", "data", "data/editions", "changes", "contradictions", "licences", "search", *BELOW),
)
"""Pages that every site has."""
_FORMATS = (flat.PATH, flat.PARQUET, geojson.PATH, sqlite.PATH, "data/datapackage.json")


def addresses(lenses: Sequence[Lens], data: Path, written: Mapping[str, Iterable[str]]) -> Iterator[str]:
    """Yield the paths of pages and files from the root of the site.

    ``data`` is the folder of the dataset; ``written`` are the sections with a text of their own, by language.
    """
    yield from (f"data/{name}" for name in Contents(data))
    yield from _FORMATS
    for lens in lenses:
        code = lens.lang.code
        yield from (lens.addresses.path(code, *page) for page in _pages(lens, written.get(code, ())))
        yield from (feed_path(code, *about) for about in feeds(lens))


def _pages(lens: Lens, written: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield section and id of every page of one language."""
    atlas = lens.atlas
    own = map(atlas.vocabulary.section, atlas.vocabulary.families)
    yield from ((section, "") for section in (*_ALONE, *own, *written))
    yield from ((section, id) for section, ids in ids_of_sections(atlas).items() for id in ids)
    yield from (("countries", id.lower()) for id in country_pages(lens))
    yield from (("compare", id) for id in comparison_parts(atlas))
    for name in ("city", *embeds(lens)):
        section, _, id = name.partition("/")
        yield f"embed/{section}", id


def claims(lenses: Sequence[Lens]) -> Iterator[tuple[str, str]]:
    """Yield page and anchor of every claim, in every language."""
    for lens in lenses:
        for one in lens.atlas.commitments:
            yield lens.addresses.path(lens.lang.code, "cities", one.city), one.anchor


def anchors(lenses: Sequence[Lens]) -> Mapping[str, frozenset[str]]:
    """Return the anchors of claims by page: of those that stand there, were renamed or were withdrawn."""
    return {
        lens.addresses.path(lens.lang.code, "cities", id): frozenset(known)
        for lens in lenses
        for id, known in anchors_of_claims(lens.atlas).items()
    }
