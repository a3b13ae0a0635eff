"""The lenses through which a command sees an atlas: with the words of each language."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ..languages.addresses import Addresses
from ..languages.language import Language
from ..model.records import Atlas
from ..views.lens import Lens
from .messages import LANGUAGES


def lenses(atlas: Atlas, day: date, codes: Iterable[str] = LANGUAGES) -> dict[str, Lens]:
    """Return an atlas as it is said on a day, by language: in those of the messages, or in others."""
    spoken = tuple(map(Language, codes))
    addresses = Addresses(spoken).of(atlas.vocabulary)
    return {one.code: Lens(atlas=atlas, lang=one, addresses=addresses, as_of=day) for one in spoken}
