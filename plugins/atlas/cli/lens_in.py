"""The lens through which a command sees an atlas: with the words of one of its languages."""

from __future__ import annotations

from datetime import date

from ..languages.addresses import Addresses
from ..languages.language import Language
from ..model.records import Atlas
from ..views.lens import Lens
from .messages import LANGUAGES


def lens_in(code: str, atlas: Atlas, day: date) -> Lens:
    """Return an atlas as it is said in one language of the messages, on a day."""
    languages = {one: Language(one) for one in LANGUAGES}
    addresses = Addresses(tuple(languages.values())).of(atlas.vocabulary)
    return Lens(atlas=atlas, lang=languages[code], addresses=addresses, as_of=day)
