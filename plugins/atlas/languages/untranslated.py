"""Untranslated messages: they stay English, and pages mark them with that language."""

from __future__ import annotations

import gettext

from markupsafe import Markup


class Untranslated(str):
    """A message that a language has no words for yet."""

    __slots__ = ()

    def __mod__(self, values: object) -> Untranslated:
        """Return the message with its values, which is still English."""
        return Untranslated(str.__mod__(self, values))


class UntranslatedMarkup(Markup):
    """The same, as markup of a template."""

    __slots__ = ()


class English(gettext.NullTranslations):
    """The last catalogue that is asked: the messages in English, as the atlas itself words them."""

    def __init__(self, words: gettext.NullTranslations) -> None:
        super().__init__()
        self._words = words

    def gettext(self, message: str) -> str:
        """Return a message."""
        return Untranslated(self._words.gettext(message))

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return the English form of a message for a number."""
        return Untranslated(self._words.ngettext(msgid1, msgid2, n))

    def pgettext(self, context: str, message: str) -> str:
        """Return a message in its context."""
        return Untranslated(self._words.pgettext(context, message))

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        """Return the English form of a message for a number in its context."""
        return Untranslated(self._words.npgettext(context, msgid1, msgid2, n))
