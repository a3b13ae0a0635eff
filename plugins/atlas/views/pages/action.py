"""Actions: what cities and bodies did, by year and one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...cache.reads import remembered
from ...model.grouping import grouped
from ...model.records import Action, Atlas
from .. import evidence
from ..lens import Lens
from ..paging import ListPage, list_page, paginate
from ..parts import ActionEntry, Fact, Group, MapPoint, PageView, RecordLinks, fact
from ..sections import page_frame

SHOWN_RELATED = 12
"""How many related actions a page names."""


class ActionPage(PageView):
    """Everything that an action's page shows."""

    action: ActionEntry
    facts: tuple[Fact, ...]
    places: tuple[MapPoint, ...]
    related: tuple[ActionEntry, ...]
    """Other actions of the same instrument or, where there is none, of the same cities."""
    record: RecordLinks


def action_page(lens: Lens, action_id: str) -> ActionPage:
    """Return the page of one action."""
    atlas, lang = lens.atlas, lens.lang
    action = atlas.actions[action_id]
    entry = evidence.action(lens, action)
    where = lang.join([link.text for link in entry.cities])
    return ActionPage(
        frame=page_frame(
            lens,
            "action",
            "actions",
            action_id,
            title=entry.title.text,
            lead=(entry.summary.text,) if entry.summary and entry.summary.lang is None else (),
            description=". ".join(
                filter(None, (entry.title.text, where, lang.date(action.date) if action.date else ""))
            ),
        ),
        action=entry,
        facts=tuple(_facts(lens, action, entry)),
        places=lens.places((atlas.cities[city] for city in action.cities), dict.fromkeys(action.cities, 1)),
        related=evidence.actions(lens, _related(lens, action))[:SHOWN_RELATED],
        record=lens.record(f"actions/{action_id}", action.place),
    )


def action_pages(lens: Lens) -> Iterator[str]:
    """Yield the numbers of the further pages of a long list of actions."""
    yield from map(str, range(2, len(_years(lens.atlas)) + 1))


def action_index(lens: Lens, number: int = 1) -> ListPage[ActionEntry]:
    """Return all actions by year, the newest first and undated ones at the end, or one page of them."""
    lang, actions = lens.lang, lens.atlas.actions

    def heading(year: int) -> str:
        return str(year) if year else lang.t("date unknown")

    def group(year: int, ids: Sequence[str]) -> Group[ActionEntry]:
        entries = evidence.actions(lens, (actions[id] for id in ids))
        return lens.group(heading(year), str(year or "undated"), entries)

    lead = lang.phrase("actions/lead", sum(action.stands_alone for action in actions.values()))
    return list_page(lens, "actions", _years(lens.atlas), number, lead, group, heading=heading)


@remembered(2)
def _years(atlas: Atlas) -> tuple[dict[int, list[str]], ...]:
    """Return the ids of what is listed by year, the newest first, page by page; undated ones under 0."""
    actions = evidence.newest_first(action for action in atlas.actions.values() if action.stands_alone)
    years = grouped(actions, lambda action: action.date.year if action.date else 0)
    return tuple(paginate({year: [one.id for one in years[year]] for year in sorted(years, reverse=True)}))


def _facts(lens: Lens, action: Action, entry: ActionEntry) -> Iterator[Fact]:
    lang = lens.lang
    when = entry.period or (lang.date(action.date) if action.date else lang.t("date unknown"))
    if action.end_date and not action.date:
        when = lang.t("until %(end)s, beginning unknown", end=lang.in_sentence(action.end_date))
    yield fact(lang.t("Kind"), entry.kind)
    yield fact(lang.t("Date"), when)
    if entry.title.lang:  # whoever added it knew one of the languages
        yield fact(lang.t("Language"), lang.language_name(entry.title.lang))
    if entry.status and action.status in evidence.NOT_YET:
        yield fact(lang.t("Status"), entry.status)
    if entry.cities:
        yield Fact(label=lang.n("City", "Cities", len(entry.cities)), links=entry.cities)
    if entry.instrument:
        yield Fact(label=lang.t("Network or charter"), links=(entry.instrument,))
    yield from (fact(label, value) for label, value in entry.act if value != when)


def _related(lens: Lens, action: Action) -> list[Action]:
    atlas = lens.atlas
    if action.instrument:
        near = atlas.actions_of_instrument.get(action.instrument, ())
    else:
        near = tuple(other for city in action.cities for other in atlas.actions_of_city.get(city, ()))
    return list({other.id: other for other in near if other.id != action.id}.values())
