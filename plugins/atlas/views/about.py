"""What an atlas is called, what it is about and whose it is: the settings of ``atlas.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from ..model.frozen import Frozen
from ..model.records import Localized


class Licence(Frozen):
    """The terms of the data: an SPDX id, the name that readers see, and where the text is."""

    id: str = "CC-BY-4.0"
    name: str = "CC BY 4.0"
    url: str = "https://creativecommons.org/licenses/by/4.0/"


class About(Frozen):
    """One atlas among others; every text is by language."""

    languages: tuple[str, ...] = ("en", "pl")
    name: Localized = field(default_factory=lambda: {"en": "Atlas"})
    tagline: Localized = field(default_factory=dict)
    description: Localized = field(default_factory=dict)
    keywords: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    themes: tuple[str, ...] = ()
    """Codes of the EU's themes of data sets, for portals."""
    publisher: Localized = field(default_factory=dict)
    email: str = ""
    code: str = ""
    """The address of the repository."""
    licence: Licence = Licence()
    reviewers: tuple[str, ...] = ()
    """Whom the code host asks to review each change: people and teams, by their names there."""
