"""The page of the search: its field, what a search can be narrowed with, and the ways without a script."""

from __future__ import annotations

import json

from ...cache.reads import remembered
from ...languages.script_words import script_words
from ...languages.words import Link
from ..analysis.comparison_table import state_word
from ..families import families
from ..lens import Lens
from ..parts import Choice, PageView
from ..sections import lists, page_frame
from .search_entries import KINDS, STATES


class SearchPage(PageView):
    """Everything that the page of the search shows before anybody searches."""

    kinds: tuple[Choice, ...]
    countries: tuple[Choice, ...]
    topics: tuple[Choice, ...]
    states: tuple[Choice, ...]
    """What a search can be narrowed with."""
    examples: tuple[str, ...]
    """Searches to begin with."""
    words: str
    """All that the script says, as JSON."""
    indexes: tuple[Link, ...]
    """The lists that lead to everything without a search."""


def search_page(lens: Lens) -> SearchPage:
    """Return the page of the search in the language of the lens."""
    lang, atlas = lens.lang, lens.atlas
    lead = lang.t("Type a city, network, topic or year. Any language, accents optional.")
    countries = lang.sorted_by_name(atlas.cities_of_country, lang.country)
    return SearchPage(
        frame=page_frame(lens, "search", "search", lead=(lead,)),
        kinds=_options(kind_labels(lens)),
        countries=tuple(Choice(id=code.lower(), text=lang.country(code)) for code in countries),
        topics=tuple(Choice(id=tag.id, text=tag.label) for tag in lens.topics(atlas.vocabulary.topics)),
        states=_options({state: state_word(lens, state) for state in STATES}),
        examples=_examples(lens),
        words=json.dumps(_words(lens), ensure_ascii=False),
        indexes=(
            Link(text=lang.t("Cities from A to Z"), href=lens.href("cities")),
            *(link for link in lists(lens) if link.href != lens.href("cities")),
        ),
    )


def _options(labels: dict[str, str]) -> tuple[Choice, ...]:
    return tuple(Choice(id=id, text=text) for id, text in labels.items())


def kind_labels(lens: Lens) -> dict[str, str]:
    """Return what each kind of entry is called, one of them at a time, in the order of ``KINDS``."""
    labels = {kind: lens.lang.named("search", kind) for kind in KINDS}
    return labels | {act: _instruments(lens, act, labels[act]) for act in ("network", "charter")}


def _instruments(lens: Lens, act: str, general: str) -> str:
    """Return what instruments are called that one joins, or signs: by all of their families."""
    vocabulary, instruments = lens.atlas.vocabulary, lens.atlas.instruments.values()
    found = {vocabulary.family(one) for one in instruments if one.family == act}
    own = [family.one for family in families(lens) if family.id in found and family.id != act]
    return " / ".join([*([general] if act in found or not own else []), *own])


@remembered(4)
def _examples(lens: Lens) -> tuple[str, ...]:
    """Return the acronym with the most recorded cities, alone and with one of them, and the first topic."""
    atlas = lens.atlas
    topics = lens.topics(list(atlas.vocabulary.topics)[:1])
    short = {id: c for id, c in atlas.commitments_of_instrument.items() if atlas.instruments[id].acronym}
    if not short:
        return tuple(tag.label.lower() for tag in topics)
    id, commitments = max(short.items(), key=lambda item: len(item[1]))
    name = lens.instrument_short(atlas.instruments[id])
    city = lens.city_name(atlas.cities[commitments[0].city])
    return (name, f"{city} {name}", *(tag.label.lower() for tag in topics))


def _words(lens: Lens) -> dict[str, object]:
    code = lens.lang.code
    return {"lang": code, "code": code, **script_words(lens.lang, "search"), "kinds": kind_labels(lens)}
