"""Which view meets which template at which address: every page and file of the site, in order.

To add a page, write a function from a scene and an id to a ``Page`` and name it in ``ROUTES``;
to add other files, one that returns their paths and texts, and name it in ``FILES``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from ..cache.reads import note, noting
from ..changes.history.edition_report import Chronicle
from ..dataset.reading.load import Dataset
from ..opendata import atom_feeds as feeds
from ..opendata import calendars, downloads, form_rules, open_data
from ..opendata.api import documents, lists, openapi
from ..opendata.docs.annotated_record import Samples
from ..views.analysis.calendar_days import diaries
from ..views.analysis.citation import claim_texts
from ..views.analysis.subscriptions import feeds as feeds_of
from ..views.analysis.subscriptions import ways
from ..views.families import families
from ..views.lens import Lens
from ..views.pages.action import action_index, action_page, action_pages
from ..views.pages.changelog import changes_page, years
from ..views.pages.city import city_page
from ..views.pages.comparison import compare_page, comparison_page, comparison_parts
from ..views.pages.contradictions import contradictions_page
from ..views.pages.country import country_index, country_page, country_pages, more_of_country
from ..views.pages.data_fields import fields_page
from ..views.pages.editions import editions_page
from ..views.pages.home import city_index, city_pages, home_page
from ..views.pages.instrument import InstrumentPage, instrument_index, instrument_page
from ..views.pages.instrument_members import former_on, instrument_pages, more_of_instrument
from ..views.pages.licences import licences_page
from ..views.pages.map import door, map_page
from ..views.pages.open_data import data_page
from ..views.pages.search import search_page
from ..views.pages.site_layout import not_found_page, prose_page
from ..views.pages.source import source_index, source_page, source_pages
from ..views.pages.suggest import suggest_page
from ..views.pages.timeline import timeline_page, timeline_pages
from ..views.pages.topic import topic_index, topic_page
from ..views.parts import PageView
from ..views.shared.card import city_card, country_card, instrument_card
from ..views.shared.embed import embed_page, embeds, oembed, offers
from ..views.shared.press import city_press, instrument_press, pictures
from ..views.shared.recheck_page import recheck_page
from .assets.npm_files import CARRIED, OURS
from .content import SECTIONS, Texts
from .jobs import SCENE, Files, Page, Route, way_to_root
from .search import pagefind, sources

if TYPE_CHECKING:
    from ..drawings.maps.static_map import Sheets


@dataclass(frozen=True, slots=True)
class AtlasScene:
    """All that the pages of one language are made from."""

    lens: Lens
    lenses: tuple[Lens, ...]
    """Every language, the default first."""
    sheets: Sheets
    texts: Texts
    contents: Mapping[str, bytes] = field(default_factory=dict)
    """The files of the dataset as they are published, by their paths below its folder."""
    dataset: Dataset = field(default_factory=lambda: Dataset("."))
    """What was read of them."""
    samples: Samples = field(default_factory=Samples)
    chronicle: Chronicle = field(default_factory=Chronicle)
    """The history of the data; without one, pages and feeds of changes say so."""
    search: Path | None = None
    """The folder for what Pagefind has read; None where there is no search."""
    assets: Callable[[], object] = tuple
    """Makes what is the same in every build and takes a while, such as fonts, where it is not kept yet."""

    def __getattribute__(self, name: str) -> Any:
        """Return a field; of those that are no part of every page it is noted that they were read."""
        if name not in _NOTED_BY_THEMSELVES:
            note((SCENE + name, ""))
        return object.__getattribute__(self, name)


_NOTED_BY_THEMSELVES = frozenset({"assets", "dataset", "lens", "lenses", "search", "sheets", "texts"})
"""Fields of a scene that note what is read of them, hold nothing of the data, or what ``contents`` says."""


# Places


def _home(scene: AtlasScene, _: str) -> Page:
    view = home_page(scene.lens)
    return _mapped(scene, view, scene.sheets.home(view.places, _everywhere(scene)))


def _map(scene: AtlasScene, _: str) -> Page:
    view = map_page(scene.lens)
    return _mapped(scene, view, scene.sheets.cities(view.places, _everywhere(scene)))


def _city_index(scene: AtlasScene, _: str) -> Page:
    view = city_index(scene.lens)
    sheet = scene.sheets.cities(view.places, _everywhere(scene))
    return Page(view, sheet, press=pictures(scene.lens, timeline=False))


def _city(scene: AtlasScene, id: str) -> Page:
    lens = scene.lens
    view, city = city_page(lens, id), lens.atlas.cities[id]
    label = lens.lang.t(
        "Map: %(city)s among the recorded cities of: %(country)s",
        city=view.name,
        country=lens.lang.country(city.country),
    )
    sheet = scene.sheets.city(view.place, view.country_places, city.country, label) if view.place else None
    page = Page(view, sheet, _prose(scene, "city", id, view))
    # A card has a map in any case: where the place is not known, that of its country.
    instead = None if sheet else partial(scene.sheets.country, city.country, view.country_places, label)
    return replace(
        page,
        # A city of which one thing is recorded says it in its first sentence.
        press=None if view.only else city_press(lens, id, timeline=view.lanes is not None),
        cites=claim_texts(lens, lens.atlas.commitments_of_city.get(id, ())),
        embeds=offers(lens, "cities", id),
        card=partial(city_card, lens, id),
        card_sheet=instead,
    )


def _cities_by_country(scene: AtlasScene) -> Iterable[str]:
    """Return the cities of each country together: they share the drawing of its land."""
    return (city.id for cities in scene.lens.atlas.cities_of_country.values() for city in cities)


def _country_index(scene: AtlasScene, _: str) -> Page:
    view = country_index(scene.lens)
    sheet = scene.sheets.cities(view.places, _everywhere(scene))
    return Page(view, sheet, press=pictures(scene.lens, timeline=False))


def _country(scene: AtlasScene, code: str) -> Page:
    view = country_page(scene.lens, code)
    label = scene.lens.lang.t("Map of the recorded cities of: %(country)s", country=view.name)
    sheet = scene.sheets.country(code, view.places, label)
    page = _mapped(scene, view, sheet, f"c={view.frame.id}")
    return replace(
        page,
        card=partial(country_card, scene.lens, code),
        embeds=offers(scene.lens, "countries", code.lower()),
        press=pictures(scene.lens, timeline=view.score is not None),
    )


def _everywhere(scene: AtlasScene) -> str:
    return scene.lens.lang.t("Map of all recorded cities")


# What they belong to and do


def _instrument(scene: AtlasScene, id: str) -> Page:
    view = instrument_page(scene.lens, id)
    label = scene.lens.lang.t("Map of the cities recorded in: %(name)s", name=view.name)
    sheet = scene.sheets.instrument(view.places, label) if view.places else None
    page = _mapped(scene, view, sheet, f"i={id}", _prose(scene, "instrument", id, view))
    return replace(
        page,
        press=instrument_press(scene.lens, id, timeline=view.accessions is not None),
        cites=_cites_of_former(scene.lens, id, view),
        embeds=offers(scene.lens, scene.lens.instrument_section(scene.lens.atlas.instruments[id]), id),
        card=partial(instrument_card, scene.lens, id),
    )


def _cites_of_former(lens: Lens, id: str, view: InstrumentPage) -> Mapping[str, Markup]:
    held = former_on(lens, id) if view.pieces else lens.atlas.commitments_of_instrument.get(id, ())
    return claim_texts(lens, held) if view.former else {}


def _more_of_instrument(scene: AtlasScene, id: str) -> Page:
    return Page(more_of_instrument(scene.lens, id), cites=claim_texts(scene.lens, former_on(scene.lens, id)))


def _timeline(scene: AtlasScene, part: str) -> Page:
    fixed, id, *number = part.split("/")
    view = timeline_page(scene.lens, fixed, id, *map(int, number))
    return Page(view, press=pictures(scene.lens, timeline=True) if view.score else None)


def _action(scene: AtlasScene, id: str) -> Page:
    view = action_page(scene.lens, id)
    label = scene.lens.lang.t("Map of the cities of: %(name)s", name=view.action.title.text)
    sheet = scene.sheets.instrument(view.places, label) if view.places else None
    return _mapped(scene, view, sheet, f"a={id}")


def _topic(scene: AtlasScene, id: str) -> Page:
    view = topic_page(scene.lens, id)
    label = scene.lens.lang.t("Map of the cities with commitments on: %(topic)s", topic=view.tag.label)
    sheet = scene.sheets.topic(view.places, label) if view.places else None
    page = _mapped(scene, view, sheet, f"t={id}")
    kit = pictures(scene.lens, timeline=view.score is not None)
    return replace(page, press=kit if sheet or view.score else None)


# Texts


def _sections(scene: AtlasScene) -> Iterable[str]:
    written = scene.texts.sections(scene.lens.lang.code)
    return (section for section in SECTIONS if section in written)


def _section(scene: AtlasScene, section: str) -> Page:
    lens, texts = scene.lens, scene.texts
    title, description = texts.title_and_description(lens.lang.code, section)
    view = prose_page(lens, section, title, description, texts.languages(section))
    return Page(view, prose=_prose(scene, "section", section, view))


def _guided(scene: AtlasScene) -> bool:
    """Tell whether there is a page on how to contribute, above those that help with it."""
    return "contribute" in scene.texts.sections(scene.lens.lang.code)


def _not_found(scene: AtlasScene, _: str) -> Page:
    """Return the page that hosts show for wrong addresses of any depth below the root of a language."""
    others = (other for other in scene.lenses if other.lang.code != scene.lens.lang.code)
    view = not_found_page(scene.lens, others)
    return Page(view, file=f"{view.frame.path}404.html")


# Embeds


def _embed(scene: AtlasScene, name: str) -> Page:
    view, (section, _, id) = embed_page(scene.lens, name), name.partition("/")
    if not view.places:
        return Page(view)
    if section == "countries":
        label = scene.lens.lang.t("Map of the recorded cities of: %(country)s", country=view.heading)
        return Page(view, scene.sheets.country(id.upper(), view.places, label))
    label = scene.lens.lang.t("Map of the cities recorded in: %(name)s", name=view.heading)
    return Page(view, scene.sheets.instrument(view.places, label))


def _json(path: str, content: object) -> tuple[str, str]:
    return path, json.dumps(content, ensure_ascii=False, indent=1) + "\n"


# Changes


def _changes(scene: AtlasScene, year: str) -> Page:
    return Page(changes_page(scene.lens, scene.chronicle, ways(scene.lens), year))


# All at once


def _data(scene: AtlasScene, _: str) -> Files:
    """Yield what can be downloaded, and the pages that offer it with its sizes."""
    files = scene.contents
    with noting():  # all is made of these files
        made = open_data(scene.dataset, files, scene.lenses)
    offered = downloads(files, made)
    yield from ((f"data/{path}", content) for path, content in files.items())
    yield from made.items()
    yield from (Page(data_page(lens, offered)) for lens in scene.lenses)


def _search_index(scene: AtlasScene, _: str) -> Files:
    return pagefind.files(sources.everything(scene.lenses, scene.texts), scene.search) if scene.search else ()


def _assets(scene: AtlasScene, _: str) -> Files:
    """Keep the assets for the end of the build, which writes them."""
    scene.assets()
    return ()


# Parts of pages


def _mapped(
    scene: AtlasScene,
    view: PageView,
    sheet: Markup | None,
    query: str = "",
    prose: Markup | None = None,
) -> Page:
    """Return a page whose static map has an interactive one behind it that shows ``query``."""
    if sheet is None:
        return Page(view, prose=prose)
    return Page(view, sheet, prose, door(scene.lens, query), press=pictures(scene.lens, timeline=False))


def _prose(scene: AtlasScene, key: str, about: str, view: PageView) -> Markup | None:
    return scene.texts.html(scene.lens, key, about, way_to_root(view.frame.path))


def _plain(view: Callable[[Lens, str], PageView], ids: Callable[[Lens], Iterable[str]]) -> Route:
    """Return the route of pages, one for each id, that need nothing but their view."""
    return Route(lambda scene, id: Page(view(scene.lens, id)), lambda scene: ids(scene.lens))


LATER: Mapping[str, Route] = {
    "search index": Route(_search_index, lambda scene: ("",) if scene.search else (), once=True),
    "data": Route(_data, once=True),
    "assets": Route(_assets, once=True),
}
"""What takes longest: it is begun first, beside the pages, and needs nothing that these share."""

ROUTES: Mapping[str, Route] = {
    "home": Route(_home),
    "map": Route(_map),
    "cities": Route(_city_index),
    "more cities": _plain(lambda lens, number: city_index(lens, int(number)), city_pages),
    "city": Route(_city, _cities_by_country),
    "countries": Route(_country_index),
    "country": Route(_country, lambda scene: scene.lens.atlas.cities_of_country),
    "more of country": _plain(more_of_country, country_pages),
    "instruments": _plain(instrument_index, lambda lens: [one.section for one in families(lens)]),
    "instrument": Route(_instrument, lambda scene: scene.lens.atlas.instruments),
    "more of instrument": Route(_more_of_instrument, lambda scene: instrument_pages(scene.lens)),
    "actions": Route(lambda scene, _: Page(action_index(scene.lens))),
    "more actions": _plain(lambda lens, number: action_index(lens, int(number)), action_pages),
    "action": Route(_action, lambda scene: scene.lens.atlas.actions),
    "topics": Route(lambda scene, _: Page(topic_index(scene.lens))),
    "topic": Route(_topic, lambda scene: scene.lens.atlas.vocabulary.topics),
    "timeline": Route(
        _timeline,
        lambda scene: timeline_pages(scene.lenses[0]),  # of all languages, each of which would take as long
    ),
    "compare": Route(lambda scene, _: Page(compare_page(scene.lens))),
    "comparison": Route(
        lambda scene, id: Page(comparison_page(scene.lens, id), embeds=offers(scene.lens, "compare", id)),
        lambda scene: comparison_parts(scene.lens.atlas),
    ),
    "sources": Route(lambda scene, _: Page(source_index(scene.lens))),
    "more sources": _plain(lambda lens, number: source_index(lens, int(number)), source_pages),
    "source": _plain(source_page, lambda lens: lens.atlas.sources),
    "contradictions": Route(lambda scene, _: Page(contradictions_page(scene.lens))),
    "changes": Route(_changes, lambda scene: ("", *years(scene.chronicle))),
    "editions": Route(lambda scene, _: Page(editions_page(scene.lens, scene.chronicle))),
    "section": Route(_section, _sections),
    "licences": Route(lambda scene, _: Page(licences_page(scene.lens, OURS, CARRIED))),
    "fields": Route(
        lambda scene, _: Page(
            fields_page(
                scene.lens,
                scene.samples.languages,
                scene.samples.told(scene.lens.lang),
                contribute=_guided(scene),
            )
        )
    ),
    "suggest": Route(lambda scene, _: Page(suggest_page(scene.lens, contribute=_guided(scene)))),
    "recheck": Route(lambda scene, _: Page(recheck_page(scene.lens, contribute=_guided(scene)))),
    "embed": Route(_embed, lambda scene: ("city", *embeds(scene.lenses[0]))),
    "search": Route(lambda scene, _: Page(search_page(scene.lens))),
    "not found": Route(_not_found),
}
"""Every kind of page; the order is that in which they are made."""

FILES: Mapping[str, Route] = {
    "city document": Route(
        lambda scene, id: (documents.file(scene.lenses, "cities", id),),
        lambda scene: scene.lens.atlas.cities,
        once=True,
        grouped_with="city",
    ),
    "document": Route(
        lambda scene, id: (documents.file(scene.lenses, *id.split("/")),),
        lambda scene: (
            f"{folder}/{id}"
            for folder in documents.DOCUMENTS
            if folder != "cities"
            for id in documents.ids(scene.lenses, folder)
        ),
        once=True,
    ),
    "list": Route(
        lambda scene, part: (lists.file(scene.lenses, *part.split("/")),),
        lambda scene: lists.parts(scene.lenses),
        once=True,
    ),
    "api": Route(lambda scene, _: (*lists.files(scene.lenses), openapi.file(scene.lenses)), once=True),
    "city feed": Route(
        lambda scene, id: (feeds.feed(scene.lens, scene.chronicle, "cities", id, others=scene.lenses[1:]),),
        lambda scene: scene.lens.atlas.cities,
        once=True,
    ),
    "feed": Route(
        lambda scene, about: (feeds.feed(scene.lens, scene.chronicle, *about.split("/")),),
        lambda scene: map("/".join, feeds_of(scene.lens)),
    ),
    "city calendar": Route(
        lambda scene, id: (calendars.calendar(scene.lens, "cities", id, others=scene.lenses[1:]),),
        lambda scene: (id for section, id in diaries(scene.lens) if section == "cities"),
        once=True,
    ),
    "calendar": Route(
        lambda scene, about: (calendars.calendar(scene.lens, *about.split("/")),),
        lambda scene: (f"{of}/{id}" for of, id in diaries(scene.lens) if of != "cities"),
    ),
    "oembed": Route(
        lambda scene, name: (_json(*oembed(scene.lens, name)),),
        lambda scene: embeds(scene.lenses[0]) if scene.lens.siteurl else (),
    ),
    "suggest rules": Route(lambda scene, _: (form_rules.rules_file(scene.lens, scene.lenses),)),
    "suggest records": Route(lambda scene, _: (form_rules.records_file(scene.lens),), once=True),
}
"""Every kind of file that no template makes."""
