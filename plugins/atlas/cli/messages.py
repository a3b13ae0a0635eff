"""Messages in the language of the person at the keyboard; all that commands say is in ``messages.toml``."""

from __future__ import annotations

import gettext
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

LANGUAGES = ("en", "pl")
_LOCALE = Path(__file__).parent.parent / "locale"

MESSAGES: Mapping[str, Mapping[str, Any]] = tomllib.loads(
    Path(__file__).with_suffix(".toml").read_text("utf-8")
)
"""All that commands say, by command and name."""
SAID: Any = SimpleNamespace(
    **{of: SimpleNamespace(**{**MESSAGES["common"], **names}) for of, names in MESSAGES.items()}
)
"""The same as attributes, with what several commands say: msgids, pairs of them for numbers, and tables."""


@cache
def translations(lang: str) -> gettext.NullTranslations:
    """Return the catalogue of findings in ``lang``; English needs none and loads nothing."""
    path = _LOCALE / lang / "LC_MESSAGES" / "findings.po"
    if lang == "en" or not path.exists():
        return gettext.NullTranslations()
    # Imported here, because most runs speak English and Babel takes a while to import.
    from ..languages.catalogue import compiled, read_po_file

    return compiled(read_po_file(path, lang))
