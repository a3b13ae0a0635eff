"""Catalogues of messages: that of a language, and above it that of an atlas itself, read and compiled.

A message is marked with ``_`` or ``_n`` where it is said elsewhere; ``scripts/catalogue.py`` collects it.
"""

from __future__ import annotations

import gettext
import io
from collections.abc import Callable
from functools import lru_cache, partial
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from ..errors import UsageError
from .catalogue_faults import faults, lacking, place
from .untranslated import English, Untranslated

LOCALE = Path(__file__).parent.parent / "locale"
OWN = Path("locale")
"""Where an atlas has catalogues of its own, in the folder in which it is built: their words go first."""
CATALOGUE = "atlas.po"


def read_catalogue(code: str, folder: Path = LOCALE) -> gettext.NullTranslations:
    """Return the translations for a language: those of the engine, and above them those of the atlas itself.

    English is the language of the messages and needs no catalogue. Raises
    FileNotFoundError for any other language without one.
    """
    paths = _paths(code, folder)
    if not paths and code != "en":
        raise FileNotFoundError(folder.absolute() / code / "LC_MESSAGES" / CATALOGUE)
    return _read(code, paths, () if code == "en" else _paths("en", folder))


def _paths(code: str, folder: Path) -> tuple[Path, ...]:
    paths = (place.absolute() / code / "LC_MESSAGES" / CATALOGUE for place in (folder, OWN))
    return tuple(path for path in paths if path.is_file())


@lru_cache(maxsize=16)
def _read(code: str, paths: tuple[Path, ...], english: tuple[Path, ...]) -> gettext.NullTranslations:
    if not paths:
        return gettext.NullTranslations()
    first, *others = [read_po_file(path, code) for path in paths]
    own, path = [first, *others][-1], paths[-1]
    if path.is_relative_to(OWN.absolute()) and (wrong := list(faults(own, {}))):
        told = (
            f"{place(path.relative_to(Path.cwd()), fault.line)}: {fault.message.format(**fault.values)}"
            for fault in wrong
        )
        raise UsageError("\n".join(told))
    for message in (message for other in others for message in other if message.id and not lacking(message)):
        first.delete(message.id, message.context)
        first.add(message.id, message.string, context=message.context)
    translations = compiled(first)
    last = gettext.NullTranslations() if code == "en" else English(_read("en", english, ()))
    translations.add_fallback(last)
    return translations


def compiled(catalogue: Catalog) -> gettext.GNUTranslations:
    """Return a catalogue as what translates messages."""
    binary = io.BytesIO()
    write_mo(binary, catalogue)
    binary.seek(0)
    return _Translations(binary)


class _Translations(gettext.GNUTranslations):
    """Translations in which the singular of a message with a plural is a message of its own.

    Python looks there by itself from 3.11.5 on; before, pages had the English word for it.
    """

    def gettext(self, message: str) -> str:
        return _either(super().gettext(message), message, self.ngettext)

    def pgettext(self, context: str, message: str) -> str:
        return _either(super().pgettext(context, message), message, partial(self.npgettext, context))


def _either(found: str, message: str, plural: Callable[[str, str, int], str]) -> str:
    """Return a translation, which may be the same as the message, or else that of the singular."""
    singular = plural(message, message, 1) if found == message else found
    return found if type(singular) is Untranslated else singular


def read_po_file(path: Path, code: str) -> Catalog:
    """Return a catalogue as it stands in a file; raises UsageError where it is none."""
    try:
        with path.open("rb") as stream:
            return read_po(stream, locale=code.replace("-", "_"), abort_invalid=True)
    except (PoFileError, UnicodeDecodeError, ValueError) as error:
        raise UsageError(f"{path}: this is no catalogue: {error}") from error


def _(message: str) -> str:
    """Mark a message for the catalogue; it is translated where it is said."""
    return message


def _n(singular: str, plural: str) -> tuple[str, str]:
    """Mark a message with its plural, as ``Language.n`` takes them."""
    return singular, plural
