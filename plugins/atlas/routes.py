"""Which view meets which template at which address: every page of the site, in order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from markupsafe import Markup

from .prose import SECTIONS, Texts
from .render.sheet import Sheets
from .views.action import action_index, action_page
from .views.city import city_page
from .views.comparison import compare_page, comparison_pages
from .views.country import country_index, country_page
from .views.home import city_index, home_page
from .views.instrument import instrument_index, instrument_page
from .views.lens import Lens
from .views.mapview import Door, door, map_page
from .views.parts import Frame, Place
from .views.site import data_page, prose_page
from .views.source import source_index, source_page
from .views.timeline import timeline_pages
from .views.topic import topic_index, topic_page


class View(Protocol):
    """Anything that has the frame of a page."""

    @property
    def frame(self) -> Frame:
        """The frame of the page."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page to write: its view, and the static map and the text that go with it."""

    view: View
    sheet: Markup | None = None
    prose: Markup | None = None
    door: Door | None = None
    """The way to the interactive map."""

    @property
    def name(self) -> str:
        """Return the path of the page's file below the output folder."""
        return f"{self.view.frame.path}index.html"

    @property
    def template(self) -> str:
        """Return the name of the page's template, without its ending."""
        return self.view.frame.kind


def way_to_root(path: str) -> str:
    """Return the relative way from the page at ``path`` to the root of the site."""
    return "../" * path.count("/") or "./"


def pages(lens: Lens, sheets: Sheets, texts: Texts, data_files: tuple[str, ...]) -> Iterator[Page]:
    """Yield every page of one language in the order of the sections."""
    yield from _places(lens, sheets, texts)
    yield from _instruments(lens, sheets, texts)
    yield from _actions(lens, sheets)
    yield from _topics(lens, sheets)
    yield from (Page(part) for part in timeline_pages(lens))
    yield Page(compare_page(lens))
    yield from (Page(table) for table in comparison_pages(lens))
    yield Page(source_index(lens))
    yield from (Page(source_page(lens, source)) for source in lens.atlas.sources)
    yield Page(data_page(lens, data_files))
    for section in SECTIONS:
        if section in texts.sections(lens.lang.code):
            title, description = texts.title_and_description(lens.lang.code, section)
            view = prose_page(lens, section, title, description, texts.languages(section))
            yield Page(view, prose=texts.html(lens, "section", section, way_to_root(view.frame.path)))


def _places(lens: Lens, sheets: Sheets, texts: Texts) -> Iterator[Page]:
    t, atlas = lens.lang.t, lens.atlas
    everywhere = t("Map of all recorded cities")
    home = home_page(lens)
    yield _mapped(lens, home, home.places, sheets.home(home.places, everywhere))
    map = map_page(lens)
    yield _mapped(lens, map, map.places, sheets.cities(map.places, everywhere))
    cities = city_index(lens)
    yield Page(cities, sheets.cities(cities.places, everywhere))
    for city in atlas.cities.values():
        view = city_page(lens, city.id)
        country = lens.lang.country(city.country)
        label = t("Map: %(city)s among the recorded cities of: %(country)s", city=view.name, country=country)
        sheet = sheets.city(view.place, view.country_places, city.country, label) if view.place else None
        yield Page(view, sheet, texts.html(lens, "city", city.id, way_to_root(view.frame.path)))
    countries = country_index(lens)
    yield Page(countries, sheets.cities(countries.places, everywhere))
    for code in atlas.cities_of_country:
        page = country_page(lens, code)
        label = t("Map of the recorded cities of: %(country)s", country=page.name)
        yield _mapped(lens, page, page.places, sheets.country(code, page.places, label), f"c={page.id}")


def _instruments(lens: Lens, sheets: Sheets, texts: Texts) -> Iterator[Page]:
    for section in ("networks", "charters"):
        yield Page(instrument_index(lens, section))
    for instrument in lens.atlas.instruments.values():
        view = instrument_page(lens, instrument.id)
        label = lens.lang.t("Map of the cities recorded in: %(name)s", name=view.name)
        sheet = sheets.instrument(view.places, label) if view.places else None
        prose = texts.html(lens, "instrument", instrument.id, way_to_root(view.frame.path))
        yield _mapped(lens, view, view.places, sheet, f"i={instrument.id}", prose)


def _actions(lens: Lens, sheets: Sheets) -> Iterator[Page]:
    yield Page(action_index(lens))
    for action in lens.atlas.actions.values():
        view = action_page(lens, action.id)
        label = lens.lang.t("Map of the cities of: %(name)s", name=view.action.title.text)
        sheet = sheets.action(view.places, label) if view.places else None
        yield _mapped(lens, view, view.places, sheet, f"a={action.id}")


def _topics(lens: Lens, sheets: Sheets) -> Iterator[Page]:
    yield Page(topic_index(lens))
    for topic in lens.atlas.vocabulary.topics:
        view = topic_page(lens, topic)
        label = lens.lang.t("Map of the cities with commitments on: %(topic)s", topic=view.tag.label)
        sheet = sheets.topic(view.places, label) if view.places else None
        yield _mapped(lens, view, view.places, sheet, f"t={topic}")


def _mapped(
    lens: Lens,
    view: View,
    places: tuple[Place, ...],
    sheet: Markup | None,
    query: str = "",
    prose: Markup | None = None,
) -> Page:
    """Return a page whose static map has an interactive one behind it that shows ``query``."""
    if sheet is None:
        return Page(view, prose=prose)
    return Page(view, sheet, prose, door(lens, places, query))
