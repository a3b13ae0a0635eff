"""Templates: the environments that render them and escape every value, and how templates become Python.

Jinja looks for every attribute with two kinds of access, and asks of everything that is called whether it
wants the context. Our templates are given dataclasses and call macros, so they are compiled to plain
attributes and plain calls; what they write is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined, Template, nodes
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from jinja2.compiler import optimizeconst as constant_first
from jinja2.environment import TemplateModule
from jinja2.runtime import Context, Macro
from jinja2.utils import missing
from markupsafe import Markup, escape

from ..drawings.time import filters as drawings
from ..languages.language import Language

# Text is escaped unless a template says otherwise, and a misspelt name stops the build.
OPTIONS: Mapping[str, Any] = {
    "autoescape": True,
    "undefined": StrictUndefined,
    "trim_blocks": True,
    "lstrip_blocks": True,
    "extensions": ["jinja2.ext.i18n"],
    "auto_reload": False,
    "cache_size": -1,
}


_markup: Callable[[str], Markup] = partial(str.__new__, Markup)
"""Makes markup of plain text that is markup, which ``Markup`` asks first whether it says so of itself."""


@lru_cache(1 << 14)
def _escaped(value: str) -> Markup:
    return escape(value)


def text(value: object) -> Markup:
    """Return a value as markup; most are markup already, because macros return it."""
    if type(value) is Markup:
        return value
    return _escaped(value) if type(value) is str else escape(value)


class _Macro(Macro):
    """A macro that is mostly called with all its parameters by position."""

    def __call__(self, *args: Any, **kwargs: Any) -> Markup:
        """Return what the macro writes."""
        if kwargs or self.caller or len(args) > self._argument_count:
            return Markup(super().__call__(*args, **kwargs))
        return _markup(self._func(*args, *(missing,) * (self._argument_count - len(args))))


class _Template(Template):
    """A template whose macros are the same for every page: all its environment's templates share globals."""

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        """Return the macros, without asking at every import whether the page has globals of its own."""
        if self._module is None:
            self._module = self.make_module()
        return self._module


class _PageText:
    """The messages of a language for templates: markup, with every value that is filled in escaped."""

    def __init__(self, language: Language) -> None:
        self._translations = language.translations
        self._formats: dict[str, Markup] = {}
        self._plain: dict[str, Markup] = {}

    def gettext(self, message: str, /, **values: object) -> Markup:
        """Return a message; it is always a format, so that a per cent sign is always written twice."""
        if values:
            return self._format(message) % values
        if message not in self._plain:
            self._plain[message] = self._format(message) % {}
        return self._plain[message]

    def _format(self, message: str) -> Markup:
        if message not in self._formats:
            self._formats[message] = Markup(self._translations.gettext(message))
        return self._formats[message]

    def ngettext(self, singular: str, plural: str, number: int, /, **values: object) -> Markup:
        """Return the form of a message for a number, which it may show as ``num``."""
        values.setdefault("num", number)
        return Markup(self._translations.ngettext(singular, plural, number)) % values


class _Generator(CodeGenerator):
    """Writes plain attributes and plain calls of macros."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        """Note which names are macros or words, by what the template defines and imports."""
        self._macros = {"_", "gettext", "ngettext", *(macro.name for macro in node.find_all(nodes.Macro))}
        for imported in node.find_all(nodes.FromImport):
            self._macros |= {name if isinstance(name, str) else name[1] for name in imported.names}
        super().visit_Template(node, frame)

    @constant_first
    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        """``page.name`` is that attribute, and never an item."""
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")

    @constant_first
    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        """A macro takes no context, so it can be called as it is."""
        macro = node.node
        known = isinstance(macro, nodes.Name) and macro.name in self._macros
        if not known or node.dyn_args or node.dyn_kwargs:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(macro, frame)
        self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write("caller=caller)" if forward_caller else ")")

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        """Make macros of our own class."""
        self.write("environment.")
        super().macro_def(macro_ref, frame)

    def _output_child_pre(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        assert frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None
        self.write("environment.text(")


class _Compiled(BytecodeCache):
    """Templates are compiled once for all environments; what has changed since is told by its digest."""

    def __init__(self) -> None:
        self._code: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._code:
            bucket.bytecode_from_string(self._code[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._code[bucket.key] = bucket.bytecode_to_string()


_compiled = _Compiled()


class _Environment(Environment):
    code_generator_class = _Generator
    template_class = _Template
    text = staticmethod(text)
    Macro = _Macro


class Templates:
    """The templates of a folder in every language, for pages of any depth.

    Macros are imported without the context of a page, so a partial is run once and not for every page; what
    they need beside their parameters, the language and the way to the root (``root``), is a global.
    """

    def __init__(self, folder: Path) -> None:
        """Take the folder; templates are read when they are first asked for."""
        self.folder = folder
        self._environments: dict[tuple[str, str], Environment] = {}
        self._compiled = _compiled

    def __getstate__(self) -> dict[str, Any]:
        """Templates are loaded anew where they are sent to."""
        return self.__dict__ | {"_environments": {}}

    def compile(self, language: Language) -> None:
        """Compile all templates, for this process and all that are forked from it."""
        environment = self.environment(language, "./")
        for name in environment.list_templates(("html",)):
            environment.get_template(name)

    def environment(self, language: Language, root: str) -> Environment:
        """Return the environment of pages in a language whose way to the root is ``root``."""
        key = language.code, root
        if key not in self._environments:
            environment = _Environment(
                loader=FileSystemLoader(self.folder), bytecode_cache=self._compiled, **OPTIONS
            )
            environment.install_gettext_translations(language.translations, newstyle=True)  # type: ignore[attr-defined]  # added by the extension
            words = _PageText(language)
            environment.globals |= {
                "gettext": words.gettext, "_": words.gettext, "ngettext": words.ngettext, "root": root
            }  # fmt: skip
            environment.filters |= drawings.FILTERS
            self._environments[key] = environment
        return self._environments[key]
