"""Families of instruments as readers know them: networks, charters, and those that the vocabulary adds."""

from __future__ import annotations

from ..cache.reads import remembered
from ..languages.wordings import wordings
from ..model.frozen import Frozen
from .lens import Lens


class Family(Frozen):
    """One family with the words of its lists, in the language of a page."""

    id: str
    section: str
    """The word of its addresses, as ``Lens.href`` takes it."""
    title: str
    one: str
    """What one of them is called, at the head of a column."""
    largest: str
    """What a table of those with the most recorded cities is called."""
    find: str
    members: str
    """What a table of the cities in one of them is called, among others."""


@remembered(16)
def families(lens: Lens) -> tuple[Family, ...]:
    """Return every family, the most general first, whether anything is in it or not."""
    vocabulary = lens.atlas.vocabulary
    return (
        *(
            Family(
                id=id,
                section=vocabulary.section(id),
                **{name: lens.lang.t(message) for name, message in messages.items()},
            )
            for id, messages in wordings("families").items()
        ),
        *(_own(lens, id) for id in vocabulary.families),
    )


def _own(lens: Lens, id: str) -> Family:
    lang, code = lens.lang, lens.atlas.vocabulary.families[id]
    title = lang.text(code.plural)
    return Family(
        id=id,
        section=lens.atlas.vocabulary.section(id),
        title=title,
        one=lang.label(code),
        largest=lang.t("%(family)s with the most recorded cities", family=title),
        find=lang.t("Find one of these: %(family)s", family=title),
        members=title,
    )


def family_of(lens: Lens, section: str) -> Family:
    """Return the family whose list is at a section such as ``networks``."""
    return next(one for one in families(lens) if one.section == section)


def filled(lens: Lens) -> tuple[Family, ...]:
    """Return the families that something is in; networks and charters, where the atlas is empty."""
    vocabulary = lens.atlas.vocabulary
    found = {vocabulary.family(one) for one in lens.atlas.instruments.values()} or {"network", "charter"}
    return tuple(one for one in families(lens) if one.id in found)


def counted(lens: Lens, family: str, number: int) -> str:
    """Return what so many of a family are called, without the number."""
    lang = lens.lang
    if own := lens.atlas.vocabulary.families.get(family):
        return lang.form(lang.text(own.counted), number)
    if family == "network":
        return lang.n("network", "networks", number)
    return lang.n("charter or declaration", "charters and declarations", number)
