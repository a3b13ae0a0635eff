"""Message catalogue of the scripts: what they say in one language, from ``script_words.yaml``."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from .language import Language
from .wordings import packaged

FILE = Path(__file__).with_suffix(".yaml")


def script_words(lang: Language, script: str) -> dict[str, Any]:
    """Return all that a script says, by the names it knows; names in brackets are filled in by the script."""
    return {name: _in(lang, said) for name, said in _written()[script].items()}


@cache
def _written() -> dict[str, dict[str, Any]]:
    words: dict[str, dict[str, Any]] = packaged(FILE)
    return words


def _in(lang: Language, said: Any) -> Any:
    if isinstance(said, dict):
        return {name: _in(lang, inner) for name, inner in said.items()}
    return lang.forms(*said) if isinstance(said, list) else lang.translations.gettext(said)
