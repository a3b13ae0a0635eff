"""Templates compiled to faster Python than Jinja's own, by parts that Jinja does not promise to keep.

Jinja looks for every attribute with two kinds of access, and asks of everything that is called whether it
wants the context. Our templates are given dataclasses and call macros, so they are compiled to plain
attributes and plain calls. What they write is the same; a build of 1,000 cities takes a seventh less.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any

from jinja2 import Environment, Template, nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from jinja2.compiler import optimizeconst as constant_first
from jinja2.environment import TemplateModule
from jinja2.runtime import Context, Macro
from jinja2.utils import missing
from markupsafe import Markup, escape

from ..languages.direction import kept_apart
from .isolation import FILTER

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


@lru_cache(1 << 14)
def _shown(value: str) -> Markup:
    return text(kept_apart(value))


def shown(value: object) -> Markup:
    """Return a value as markup for text between tags, where the filter that keeps it apart comes first."""
    if type(value) is Markup:
        return value
    return _shown(value) if type(value) is str else text(kept_apart(value))


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


_WORDS = frozenset(("_", "gettext", "ngettext"))
"""Take no context either; but what is not translated yet is written in its own way."""


class _Generator(CodeGenerator):
    """Writes plain attributes and plain calls of macros."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        """Note which names are macros or words, by what the template defines and imports."""
        self._macros = {*_WORDS, *(macro.name for macro in node.find_all(nodes.Macro))}
        for imported in node.find_all(nodes.FromImport):
            self._macros |= {name if isinstance(name, str) else name[1] for name in imported.names}
        super().visit_Template(node, frame)
        self.writeline("_text, _shown = environment.text, environment.shown")

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

    def _writes_markup(self, node: nodes.Expr) -> bool:
        called = node.node if isinstance(node, nodes.Call) else None
        return isinstance(called, nodes.Name) and called.name in self._macros - _WORDS

    @constant_first
    def visit_Filter(self, node: nodes.Filter, frame: Frame) -> None:
        """The filter that keeps values apart is a part of what writes them."""
        if node.name == FILTER and node.node is not None:
            self.visit(node.node, frame)
        else:
            super().visit_Filter(node, frame)

    def _output_child_pre(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        assert frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None
        apart = isinstance(node, nodes.Filter) and node.name == FILTER
        inner = node.node if isinstance(node, nodes.Filter) and apart else node
        markup = inner is not None and self._writes_markup(inner)
        self.write("(" if markup else "_shown(" if apart else "_text(")


class FastEnvironment(Environment):
    """Jinja's environment with templates of ours."""

    code_generator_class = _Generator
    template_class = _Template
    text = staticmethod(text)
    shown = staticmethod(shown)
    Macro = _Macro
