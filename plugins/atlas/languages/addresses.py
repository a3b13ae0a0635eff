"""Where every page lives: one address a page and language, with localised path words.

The default language stands at the root, every other one under its code. Path words
are translations of the English ones in the context ``address`` of the catalogue, so
that a further language brings its own. Addresses are paths from the root of the
site with a trailing slash; ids are the same in every language.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from functools import lru_cache

from ..model.frozen import dataclass
from ..model.records import Vocabulary
from .language import Language
from .words import Link

ADDRESS = "address"
"""The context of path words in the catalogues, which ``scripts/catalogue.py`` takes from here."""
WORDS = (
    "cities", "city", "networks", "charters", "actions", "countries", "topics", "kinds", "sources", "map",
    "pages", "timeline", "contradictions", "compare", "data", "changes", "editions", "search", "contribute",
    "suggest", "fields", "recheck", "about", "method", "accessibility", "licences",
)  # fmt: skip
"""All path words but those of the vocabulary's families, in English."""

_Own = tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Addresses:
    """The addresses of a site in its languages, the first of which is at the root."""

    languages: Sequence[Language]
    index: str = ""
    """What links end with: nothing, or ``index.html`` for a copy that is read from a disk."""
    own: _Own = ()
    """Words of the vocabulary's families: as sections are named, the language, and the word there."""
    _sections: dict[tuple[str, str], str] = field(init=False, repr=False, compare=False, default_factory=dict)
    """The paths of sections by language and kind."""

    def of(self, vocabulary: Vocabulary) -> Addresses:
        """Return the addresses of an atlas whose vocabulary has families of its own."""
        own = (
            (vocabulary.section(id), lang, word)
            for id, code in vocabulary.families.items()
            for lang, word in (code.address or {}).items()
        )
        return replace(self, own=tuple(own))

    def path(self, lang: str, kind: str = "", id: str = "") -> str:
        """Return the path of a page: ``pl/miasta/krakow/`` for ("pl", "cities", "krakow").

        ``kind`` is the English path of a section, such as ``cities`` or
        ``contribute/suggest``; empty means the home page.
        """
        section = self._sections.get((lang, kind))
        if section is None:
            section = self._sections[lang, kind] = self._section(lang, kind)
        return f"{section}{id}/" if id else section

    def _section(self, lang: str, kind: str) -> str:
        words = [] if lang == self.languages[0].code else [lang]
        words += [self.word(lang, word) for word in kind.split("/") if word]
        return "".join(word + "/" for word in words)

    def word(self, lang: str, word: str) -> str:
        """Return one path word in a language."""
        return _path_words(self._language(lang), self.own).get(word, word)

    def href(self, lang: str, kind: str = "", id: str = "", fragment: str = "") -> str:
        """Return what a link to the page holds after the way to the root."""
        return self.path(lang, kind, id) + self.index + (f"#{fragment}" if fragment else "")

    def alternates(self, kind: str = "", id: str = "") -> tuple[Link, ...]:
        """Return the page in every language, each named in its own."""
        return tuple(
            Link(text=language.own_name, href=self.href(language.code, kind, id), lang=language.code)
            for language in self.languages
        )

    def _language(self, code: str) -> Language:
        return next(language for language in self.languages if language.code == code)


@lru_cache(maxsize=32)
def _path_words(language: Language, own: _Own) -> Mapping[str, str]:
    of_families = {section: word for section, lang, word in own if lang == language.code}
    return of_families | {word: language.p(ADDRESS, word) for word in WORDS}
