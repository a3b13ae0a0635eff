"""Messages in the language of the person at the keyboard."""

from __future__ import annotations

import gettext
from functools import cache
from pathlib import Path

LANGUAGES = ("en", "pl")
_LOCALE = Path(__file__).parent.parent / "locale"


@cache
def translations(lang: str) -> gettext.NullTranslations:
    """Return the catalogue of findings in ``lang``; English needs none and loads nothing."""
    path = _LOCALE / lang / "LC_MESSAGES" / "findings.po"
    if lang == "en" or not path.exists():
        return gettext.NullTranslations()
    # Imported here, because most runs speak English and Babel takes a while to import.
    from ..languages.catalogue import compiled, read_po_file

    return compiled(read_po_file(path, lang))
