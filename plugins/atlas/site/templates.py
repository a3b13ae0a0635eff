"""Templates: the environments that render them and escape every value."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket
from markupsafe import Markup

from ..cache.disk_cache import DiskCache
from ..cache.disk_cache import version as digest
from ..drawings.time import filters as drawings
from ..languages import direction
from ..languages.direction import apart, kept_apart
from ..languages.language import Language
from ..languages.untranslated import Untranslated, UntranslatedMarkup
from ..views.analysis.comparison_table import Cell
from . import isolation
from .isolation import FILTER, Isolation

# Text is escaped unless a template says otherwise, and a misspelt name stops the build.
OPTIONS: Mapping[str, Any] = {
    "autoescape": True,
    "undefined": StrictUndefined,
    "trim_blocks": True,
    "lstrip_blocks": True,
    "extensions": ["jinja2.ext.i18n", Isolation],
    "auto_reload": False,
    "cache_size": -1,
}


class _PageText:
    """The messages of a language for templates: markup, with every value that is filled in escaped."""

    def __init__(self, language: Language) -> None:
        self._translations = language.translations
        self._formats: dict[str, Markup] = {}
        self._plain: dict[str, Markup] = {}

    def gettext(self, message: str, /, **values: object) -> Markup:
        """Return a message; it is always a format, so that a per cent sign is always written twice."""
        if values:
            return self._format(message) % {name: apart(value) for name, value in values.items()}
        if message not in self._plain:
            self._plain[message] = self._format(message) % {}
        return self._plain[message]

    def _format(self, message: str) -> Markup:
        if message not in self._formats:
            self._formats[message] = _markup(self._translations.gettext(message))
        return self._formats[message]

    def ngettext(self, singular: str, plural: str, number: int, /, **values: object) -> Markup:
        """Return the form of a message for a number, which it may show as ``num``."""
        values.setdefault("num", number)
        form = _markup(self._translations.ngettext(singular, plural, number))
        return form % {name: apart(value) for name, value in values.items()}


def _in_row(
    made: dict[Cell, bytes], root: str, cells: Iterable[Cell], cell: Callable[[Cell], Markup], blank: Markup
) -> Markup:
    """Return the cells of a row of a comparison, each made once for all tables that its city stands in.

    They are kept as UTF-8, which takes half the memory where a letter is no Latin one.
    """
    row, unchecked = list[bytes](), blank.encode()
    for one in cells:
        told = made.get(one) if one.periods else unchecked
        if told is None:
            told = made[one] = f"{cell(one)}\n".replace(f'href="{root}', _FROM_ROOT).encode()
        row.append(told)
    return Markup(b"".join(row).decode().replace(_FROM_ROOT, f'href="{root}'))


_FROM_ROOT = 'href="\0'
"""A link from the root of the site, in a cell that pages of any depth show."""


def _markup(message: str) -> Markup:
    return UntranslatedMarkup(message) if type(message) is Untranslated else Markup(message)


class _Compiled(BytecodeCache):
    """Templates are compiled once for all environments and builds; a digest tells what has changed since."""

    def __init__(self, kept: DiskCache | None) -> None:
        self._code: dict[str, bytes] = {}
        self._kept = kept

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key not in self._code and self._kept and (code := self._kept.find_bytes(bucket.key)):
            self._code[bucket.key] = code
        if bucket.key in self._code:
            bucket.bytecode_from_string(self._code[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        code = self._code[bucket.key] = bucket.bytecode_to_string()
        if self._kept:
            self._kept.keep_bytes(bucket.key, code)


@cache
def _compiled(kind: str, folder: Path | None) -> _Compiled:
    """Return what this process has compiled for an environment of that name; the cache keeps it as well."""
    if folder is None:
        return _Compiled(None)
    code = (Path(__file__), Path(__file__).with_name("fast_templates.py"), Path(isolation.__file__))
    told = (kind, version("jinja2"), version("markupsafe"), sys.version)
    return _Compiled(DiskCache(folder, "templates", digest([*code, Path(direction.__file__)], *told)))


def fastest() -> type[Environment]:
    """Return the faster environment where Jinja is of the version that it was made for, else Jinja's own."""
    if not version("jinja2").startswith("3.1."):
        return Environment
    from .fast_templates import FastEnvironment

    return FastEnvironment


class Templates:
    """The templates of a folder in every language, for pages of any depth.

    Macros are imported without the context of a page, so a partial is run once and not for every page; what
    they need beside their parameters is a global: the language, the way to the root (``root``), and what
    stands behind the address of every asset (``v``).
    """

    def __init__(
        self,
        folder: Path,
        kind: type[Environment] | None = None,
        cache: Path | None = None,
        version: str = "",
    ) -> None:
        """Take the folder, that of the cache, and the version of the assets; nothing is read yet."""
        self.folder = folder
        self._query = f"?v={version}" if version else ""
        self._kind = kind or fastest()
        self._environments: dict[tuple[str, str], Environment] = {}
        self._cells: dict[str, dict[Cell, bytes]] = defaultdict(dict)
        self._compiled = _compiled(self._kind.__qualname__, cache)

    def __getstate__(self) -> dict[str, Any]:
        """Templates are loaded anew where they are sent to."""
        return self.__dict__ | {"_environments": {}, "_cells": defaultdict(dict)}

    def compile(self, language: Language) -> None:
        """Compile all templates, for this process and all that are forked from it."""
        environment = self.environment(language, "./")
        for name in environment.list_templates(("html",)):
            environment.get_template(name)

    def environment(self, language: Language, root: str) -> Environment:
        """Return the environment of pages in a language whose way to the root is ``root``."""
        key = language.code, root
        if key not in self._environments:
            environment = self._kind(
                loader=FileSystemLoader(self.folder), bytecode_cache=self._compiled, **OPTIONS
            )
            environment.install_gettext_translations(language.translations, newstyle=True)  # type: ignore[attr-defined]  # added by the extension
            words = _PageText(language)
            environment.globals |= {
                "gettext": words.gettext, "_": words.gettext, "ngettext": words.ngettext, "root": root,
                "v": self._query,
            }  # fmt: skip
            in_row = partial(_in_row, self._cells[language.code], root)
            environment.filters |= drawings.FILTERS | {FILTER: kept_apart, "in_row": in_row}
            self._environments[key] = environment
        return self._environments[key]
