"""A language of the site: its catalogue, and how it writes dates, numbers, lists and names.

Everything that a further language needs stands in its catalogue
(``locale/<code>/LC_MESSAGES/atlas.po``) and in CLDR, which Babel carries; only the
alphabets that CLDR sorts differently from A to Z are named here. Text that is missing
in a language has a fallback: another language, which is named with it.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import Any, TypeVar

from babel import Locale
from babel.core import get_global
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

from ..model.dates import PartialDate
from ..model.records import Code, Localized
from .catalogue import LOCALE, read_catalogue
from .direction import apart, right_to_left
from .polish import GENDERS, Gender
from .untranslated import Untranslated
from .wordings import packaged, plurals, wordings
from .words import DateMark, Words, capitalized

UNDETERMINED = "und"
"""The code of text that was given once for all languages (BCP 47)."""

NBSP = "\u00a0"

_CACHED = ("_plain", "_format", "number", "country", "language_name", "sort_key")
"""Methods that are asked the same again and again."""

_REGION = {"en": "GB"}
"""The regional form of a language where the plain code would mean another one."""

_ALPHABETS = {
    "pl": "aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż",
    "sv": "abcdefghijklmnopqrstuvwxyzåäö",
}
_GROUPED_FROM_FIVE_DIGITS = frozenset({"pl", "es", "pt", "it", "hu", "bg"})
"""Languages whose ``minimumGroupingDigits`` in CLDR is 2, which Babel does not apply."""

_LATIN = "abcdefghijklmnopqrstuvwxyz"
_UNMARKED = {"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i", "ð": "d"}


T = TypeVar("T")


class Language:
    """How one language of the site says things.

    ``code`` is a BCP 47 language code; ``default`` is the code that text falls back
    to when it has not been written in this language.
    """

    def __init__(self, code: str, *, default: str = "en", folder: Path = LOCALE) -> None:
        """Read the catalogue of ``code``; raises FileNotFoundError where there is none."""
        self.code = code
        self.default = default
        self.locale = Locale.parse(
            f"{code}_{_REGION[code]}" if code in _REGION else code, sep=_separator(code)
        )
        self.translations = read_catalogue(code, folder=folder)
        self._folder = folder
        self._alphabet = {letter: n for n, letter in enumerate(_ALPHABETS.get(code, _LATIN))}
        for name in _CACHED:  # for each language by itself: what it has said goes with it
            setattr(self, name, cache(getattr(self, name)))

    def __reduce__(self) -> tuple[Callable[[str, str, Path], Language], tuple[str, str, Path]]:
        """A language is sent to another process by its name: its rule for plurals is a function."""
        return _made, (self.code, self.default, self._folder)

    # Messages

    def t(self, message: str, **values: object) -> str:
        """Return the message in this language with ``%(name)s`` filled in."""
        if not values:
            return self._plain(None, message)
        return _sentence(self.translations.gettext(message) % _apart(values))

    def p(self, context: str, message: str, **values: object) -> str:
        """Return the message as it reads in a context, with ``%(name)s`` filled in."""
        if not values:
            return self._plain(context, message)
        return _sentence(self.translations.pgettext(context, message) % _apart(values))

    def named(self, context: str, name: str, **values: object) -> str:
        """Return the message of a name in a context, of ``contexts.yaml``, with ``%(name)s`` filled in."""
        return self.p(context, _contexts()[context][name], **values)

    def _plain(self, context: str | None, message: str) -> str:
        translations = self.translations
        found = translations.gettext(message) if context is None else translations.pgettext(context, message)
        return _sentence(found % {})

    def agreeing(self, gender: Gender | None, message: str, **values: object) -> str:
        """Return the message with what agrees with the gender of its subject.

        A translation writes the forms side by side, masculine, feminine, neuter and plural:
        ``{podpisał|podpisała|podpisało|podpisały}``.
        """
        return _sentence(_agreed(self.translations.gettext(message), gender) % _apart(values))

    def agreeing_number(
        self, gender: Gender | None, singular: str, plural: str, number: int, **values: object
    ) -> str:
        """Return the form of the message for a number, with what agrees with the gender of its subject."""
        values.setdefault("num", self.number(number))
        message = self.translations.ngettext(singular, plural, number)
        return _sentence(_agreed(message, gender) % _apart(values))

    def n(self, singular: str, plural: str, number: int, **values: object) -> str:
        """Return the form of the message for ``number``, which it may show as ``%(num)s``."""
        values.setdefault("num", self.number(number))
        return _sentence(self.translations.ngettext(singular, plural, number) % _apart(values))

    def phrase(self, name: str, number: int | None = None, /, **values: Any) -> str:
        """Return a message of ``wordings.yaml`` by its table and its name there: "press/sources"."""
        table, _, key = name.partition("/")
        if number is None:
            return self.t(wordings(table)[key], **values)
        return self.n(*plurals(table)[key], number, **values)

    def form(self, forms: str, number: int, gender: Gender | None = None) -> str:
        """Return the form for a number, of those that data parts by ``|`` in the order of the catalogue.

        It shows the number as ``{n}``, and may agree with a gender as messages do.
        """
        rule: Callable[[int], int] = getattr(self.translations, "plural", lambda one: int(one != 1))
        chosen = _BETWEEN_FORMS.split(forms)[: rule(number) + 1][-1].strip()
        return _agreed(chosen, gender).replace("{n}", self.number(number))

    def forms(self, singular: str, plural: str) -> dict[str, str]:
        """Return every form of a message by the CLDR category of the numbers it is for.

        For scripts, which count in the browser and put the number in place of ``%(num)s``.
        """
        found: dict[str, str] = {}
        for number in (*range(25), 100, 1_000_000):
            found.setdefault(self.locale.plural_form(number), self.n(singular, plural, number, num="%(num)s"))
        return found

    # Dates

    def date(self, when: PartialDate) -> str:
        """Return the date standing alone: "25 September 2024", "wrzesień 2022", "2011", "by 2018"."""
        return self.when(when) if when.open_start else self._in_line(when, "long", "LLLL y")

    def full_date(self, day: datetime.date) -> str:
        """Return a whole day standing alone."""
        return self._format(day, "long")

    def in_sentence(self, when: PartialDate) -> str:
        """Return the date as it stands after "since" or "from": "września 2022 r.", "2018 or earlier"."""
        pattern = {"day": "long", "month": "MMMM y", "year": "y"}[when.precision]
        text = self.p("date in a sentence", "%(date)s", date=self._format(when.latest, pattern))
        if when.open_start:
            text = self.or_earlier(text)
        return self._qualified(when, text, " in a sentence")

    def day_in_sentence(self, day: datetime.date) -> str:
        """Return a whole day as it stands within a sentence."""
        return self.p("date in a sentence", "%(date)s", date=self._format(day, "long"))

    def or_earlier(self, date: str) -> str:
        """Return a date in words as the last one possible: "2018 or earlier"."""
        return self.p("latest possible date", "%(date)s or earlier", date=date)

    def when(self, when: PartialDate) -> str:
        """Return the date as an answer to "when": "on 25 September 2024", "we wrześniu 2022 r."."""
        return self._qualified(when, self._placed(when))

    def _placed(self, when: PartialDate) -> str:
        """Return the date with its preposition: "on 25 September 2024", "in 2018", "by 2018"."""
        context = f"when, by a {when.precision}" if when.open_start else f"when, {when.precision}"
        if when.precision != "month":
            return self.named(context, "date", date=self._format(when.latest, "long"), year=when.year)
        month = self.named(context, "months").split("|")[when.latest.month - 1]
        return self.named(context, "date", in_month=month, by_month=month, year=when.year)

    def year(self, when: PartialDate) -> str:
        """Return the year where there is room for nothing else: "2018", "≤ 2018"."""
        return f"≤{NBSP}{when.year}" if when.open_start else str(when.year)

    def mark(self, when: PartialDate | None) -> DateMark:
        """Return the date for the margin of a register."""
        if when is None:
            return DateMark(year=self.t("date unknown"), rest="", iso=None, unknown=True)
        if when.precision == "day":
            rest = self._format(when.latest, self.p("day and month, CLDR pattern", "d MMMM"))
        elif when.precision == "month":
            rest = self._format(when.latest, "LLLL")
        else:
            rest = self.t("year only")
        if when.open_start:
            rest = self._or_earlier_in_margin("" if when.precision == "year" else rest)
        rest = self._qualified(when, rest, " in the margin")
        iso = None if when.open_start else when.value
        line = self._in_line(when, "long", "LLLL y")
        return DateMark(year=str(when.year), rest=rest, iso=iso, line=line)

    def short_date(self, when: PartialDate) -> str:
        """Return the date where there is little room: "25 Sept 2024", "wrz 2022", "2018 or earlier"."""
        return self._in_line(when, self.p("short date, CLDR pattern", "d MMM y"), "LLL y")

    def _in_line(self, when: PartialDate, day: str, month: str) -> str:
        """Return the date standing alone, in CLDR patterns: "September 2022", "September 2022 or earlier"."""
        pattern = {"day": day, "month": month, "year": "y"}[when.precision]
        text = self._format(when.latest, pattern)
        return self._qualified(when, self.or_earlier(text) if when.open_start else text)

    def short_mark(self, when: PartialDate) -> DateMark:
        """Return the date for a cell of a table: as in a margin, with the month cut short."""
        if when.precision == "year":
            return self.mark(when)
        pattern = self.p("short day and month, CLDR pattern", "d MMM") if when.precision == "day" else "LLL"
        rest = self._format(when.latest, pattern)
        rest = self._qualified(when, self._or_earlier_in_margin(rest) if when.open_start else rest)
        return DateMark(year=str(when.year), rest=rest, iso=None if when.open_start else when.value)

    def _or_earlier_in_margin(self, rest: str) -> str:
        return self.or_earlier(rest) if rest else self.p("latest possible date in the margin", "or earlier")

    def _format(self, day: datetime.date, pattern: str) -> str:
        return str(format_date(day, pattern, locale=self.locale))

    def _qualified(self, when: PartialDate, text: str, where: str = "") -> str:
        """Return a date in words, with what makes it doubtful."""
        for doubt, doubtful in (("approximate", when.approximate), ("uncertain", when.uncertain)):
            if doubtful:
                text = self.named(f"{doubt} date{where}", "date", date=text, rest=text)
        return text

    # Numbers, lists and names

    def number(self, number: float) -> str:
        """Return a number as CLDR writes it: "1,653" in British English, "1653" in Polish."""
        if abs(number) < 10_000 and self.locale.language in _GROUPED_FROM_FIVE_DIGITS:
            return str(format_decimal(number, locale=self.locale, group_separator=False))
        return str(format_decimal(number, locale=self.locale))

    def percent(self, share: float) -> str:
        """Return a share of one, without digits after the point."""
        return str(format_percent(share, locale=self.locale))

    def file_size(self, number: int) -> str:
        """Return a number of bytes as sizes of files are told, in steps of 1000: "456 kB", "1,2 MB"."""
        size, unit = float(number), "B"
        for larger in ("kB", "MB", "GB"):
            if size < 1000:
                break
            size, unit = size / 1000, larger
        return f"{self.number(round(size, 1) if size < 10 else round(size))}{NBSP}{unit}"

    def kilometres(self, kilometres: float) -> str:
        """Return a distance rounded to whole kilometres, at least one."""
        return f"{self.number(max(1, round(kilometres)))}{NBSP}km"

    def join(self, items: Sequence[str]) -> str:
        """Return the items as a list in a sentence: "a, b and c"."""
        return str(format_list(list(items), locale=self.locale))

    def country(self, code: str) -> str:
        """Return the name of an ISO 3166-1 country."""
        return str(self.locale.territories.get(code, code))

    def language_name(self, code: str | None) -> str:
        """Return the name of a BCP 47 language in this language, or nothing where it is unknown."""
        if not code:
            return ""
        # Norwegian documents are marked with the macrolanguage, which CLDR names by its main form.
        code = get_global("language_aliases").get(code, code) if code not in self.locale.languages else code
        return str(self.locale.languages.get(code.split("-")[0], code))

    @cached_property
    def own_name(self) -> str:
        """The name of the language in the language itself."""
        name = str(Locale.parse(self.locale.language).languages.get(self.locale.language, self.code))
        return capitalized(name)

    # Text of the data

    def words(self, text: Localized | None) -> Words | None:
        """Return localized text, in another language where this one is missing, marked with it."""
        if not text:
            return None
        if text.get(self.code):
            return Words(text=text[self.code])
        for code in (UNDETERMINED, self.default, *sorted(text)):
            if text.get(code):
                shown = self.default if code == UNDETERMINED else code
                return Words(text=text[code], lang=None if shown == self.code else shown)
        return None

    def own(self, text: Localized | None) -> Words | None:
        """Return localized text only where it is of this language, for what only its readers need."""
        words = self.words(text)
        return words if words and words.lang is None else None

    def text(self, text: Localized | None) -> str:
        """Return localized text without its language, or nothing."""
        if text and (own := text.get(self.code)):
            return own
        words = self.words(text)
        return words.text if words else ""

    def label(self, code: Code | None) -> str:
        """Return the label of a code of the vocabulary, or nothing."""
        return self.text(code.label) if code else ""

    # Order

    def sort_key(self, text: str) -> tuple[tuple[int, ...], str]:
        """Return a key that orders names as this language does (Polish: Ćmielów, Lublin, Łódź).

        Letters of other alphabets stand with the letter they are drawn from.
        """
        primary: list[int] = []
        for char in unicodedata.normalize("NFC", text).casefold():
            for letter in self._letters(char):
                primary.append(self._alphabet[letter] + 20 if letter in self._alphabet else _other(letter))
        return tuple(primary), text

    def _letters(self, char: str) -> str:
        if char in self._alphabet:
            return char
        char = _UNMARKED.get(char, char)
        return "".join(c for c in unicodedata.normalize("NFD", char) if not unicodedata.combining(c))

    def initial(self, text: str) -> str:
        """Return the letter under which an index lists the text, or ``#``."""
        first = next((c for c in unicodedata.normalize("NFC", text).casefold() if c.isalnum()), "")
        letter = self._letters(first)[:1]
        return letter.upper() if letter in self._alphabet else "#"

    def sorted_by_name(self, items: Iterable[T], name: Callable[[T], str]) -> list[T]:
        """Return the items in the order of this language."""
        return sorted(items, key=lambda item: self.sort_key(name(item)))

    def most_first(self, numbers: Mapping[T, int], name: Callable[[T], str]) -> list[T]:
        """Return the keys of numbers, the largest first, and then in the order of this language."""
        return sorted(numbers, key=lambda item: (-numbers[item], self.sort_key(name(item))))


@cache
def _contexts() -> Mapping[str, Mapping[str, str]]:
    written: Mapping[str, Mapping[str, str]] = packaged(Path(__file__).with_name("contexts.yaml"))
    return written


def _made(code: str, default: str, folder: Path) -> Language:
    return Language(code, default=default, folder=folder)


def _apart(values: Mapping[str, object]) -> Mapping[str, object]:
    """Return the values of a sentence; what is written in the other direction is isolated."""
    for value in values.values():
        if type(value) is str and right_to_left(value):
            return {name: apart(value) for name, value in values.items()}
    return values


def _sentence(text: str) -> str:
    """Return the text with one full stop where a sentence ends in an abbreviation ("2024 r.")."""
    if not text.endswith("..") or text.endswith("..."):
        return text
    return type(text)(text[:-1])


_BETWEEN_FORMS = re.compile(r"\|(?![^{}]*\})")
_FORMS = re.compile(r"\{([^{}|]*)\|([^{}|]*)\|([^{}|]*)\|([^{}|]*)\}")


def _agreed(message: str, gender: Gender | None) -> str:
    if type(message) is Untranslated:  # English has one form
        return message
    return _FORMS.sub(lambda forms: forms[1 + GENDERS.index(gender or "n")], message)


def _separator(code: str) -> str:
    """Return what parts the subtags of a code: BCP 47 writes ``pt-BR``, POSIX ``pt_BR``."""
    return "-" if "-" in code else "_"


def _other(letter: str) -> int:
    if letter.isspace() or letter in "-'’.()":
        return 0
    if letter.isdigit():
        return 1 + int(letter) if letter.isdecimal() else 11
    return 1000 + ord(letter)
