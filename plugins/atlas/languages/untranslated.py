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
    """The last catalogue that is asked: it has the messages themselves."""

    def gettext(self, message: str) -> str:
        """Return a message."""
        return Untranslated(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return the English form of a message for a number."""
        return Untranslated(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        """Return a message, whatever its context."""
        return Untranslated(message)

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        """Return the English form of a message for a number, whatever its context."""
        return self.ngettext(msgid1, msgid2, n)
