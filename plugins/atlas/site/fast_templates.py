"""Templates compiled to faster Python than Jinja's own, by parts that Jinja does not promise to keep.

Jinja looks for every attribute with two kinds of access, and asks of everything that is called whether it
wants the context. Our templates are given dataclasses and call macros, so they are compiled to plain
attributes and plain calls; each block is one text; a message that holds no value, and what is the same for
every page, is looked up once. What they write is the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import partial

import markupsafe
from jinja2 import Environment, Template, nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from jinja2.compiler import optimizeconst as constant_first
from jinja2.environment import TemplateModule
from jinja2.idtracking import VAR_LOAD_RESOLVE
from jinja2.runtime import Context
from markupsafe import Markup, escape

from ..languages.direction import kept_apart, wrapped
from .isolation import FILTER


def shown(value: object) -> Markup:
    """Return a value as markup for text between tags, where the filter that keeps it apart comes first."""
    return escape(kept_apart(value))


class _Template(Template):
    """A template whose macros are the same for every page: all its environment's templates share globals."""

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        """Return the macros, without asking at every import whether the page has globals of its own."""
        if self._module is None:
            self._module = self.make_module()
        return self._module


_WORDS = {"_", "gettext", "ngettext"}
"""Take no context either; but what is not translated yet is written in its own way."""
_SAME = {*_WORDS, "root", "v"}
"""Globals of the environment, which are the same for every page."""
_MACRO = "l_1_"
"""What Jinja writes before the names of parameters of macros that stand in nothing else."""
_PARAMETER = re.compile(rf"{_MACRO}(\w+)(?=[,)])")


class _Generator(CodeGenerator):
    """Writes plain attributes, plain calls of macros, and one text for each block."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        """Note which names are macros, by what the template defines and imports."""
        self._macros = {"caller", *(macro.name for macro in node.find_all(nodes.Macro))}
        for imported in node.find_all(nodes.FromImport):
            self._macros |= {name if isinstance(name, str) else name[1] for name in imported.names}
        self._said: dict[str, str] = {}
        self._direct: nodes.Expr | None = None
        self._kind = ""
        super().visit_Template(node, frame)
        self.writeline("_text, _shown, _markup = escape, environment.shown, environment.markup")
        self.writeline("_escaped, _wrapped = environment.escaped, environment.wrapped")
        self.writeline("_nobody = environment.undefined(name='caller')")
        for name in sorted(_SAME):
            self.writeline(f"_same_{name} = environment.globals.get({name!r})")
        for told, name in self._said.items():
            self.writeline(f"{name} = {told}")

    def writeline(self, x: str, node: nodes.Node | None = None, extra: int = 0) -> None:
        """Write a line; parameters of macros may be left out."""
        if x.startswith("def macro("):
            x = _PARAMETER.sub(lambda one: f"{one[0]}={'_nobody' if one[1] == 'caller' else 'missing'}", x)
        super().writeline(x, node, extra)

    def blockvisit(self, body: Iterable[nodes.Node], frame: Frame) -> None:
        """Join what a block writes, so that it goes through all templates around it at once."""
        outermost = frame.buffer is None
        if outermost:
            self.buffer(frame)
        super().blockvisit(body, frame)
        if outermost:
            self.writeline(f"yield concat({frame.buffer})")

    def enter_frame(self, frame: Frame) -> None:
        """What is the same for every page is not looked for in the context."""
        loads = frame.symbols.loads
        for target, (action, name) in [*loads.items()]:
            if action == VAR_LOAD_RESOLVE and name in _SAME:
                del loads[target]
        super().enter_frame(frame)

    def visit_Name(self, node: nodes.Name, frame: Frame) -> None:
        """Write a name; what is the same for every page is a name of the module."""
        if node.name in _SAME and frame.symbols.find_load(frame.symbols.ref(node.name)) is None:
            self.write(f"_same_{node.name}")
        else:
            super().visit_Name(node, frame)

    @constant_first
    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        """``page.name`` is that attribute, and never an item."""
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")

    @constant_first
    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        """A macro takes no context, so its function can be called as it is; what it returns is markup."""
        called = _called(node)
        if called not in self._macros | _WORDS or node.dyn_args or node.dyn_kwargs:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        if message := _message(node):
            told = f"{self._kind if node is self._direct else ''}(_same_{called}({message!r}))"
            self.write(self._said.setdefault(told, f"_said_{len(self._said)}"))
            return
        macro = called in self._macros
        wrapped = macro and not forward_caller and node is not self._direct
        self.write("_markup(" if wrapped else "")
        self.visit(node.node, frame)
        self.write("._func(" if macro and called != "caller" else "(")
        for argument in node.args:
            self.visit(argument, frame)
            self.write(", ")
        for keyword in node.kwargs:
            self.write(f"{_MACRO if macro else ''}{keyword.key}=")
            self.visit(keyword.value, frame)
            self.write(", ")
        self.write(f"{_MACRO}caller=caller)" if forward_caller else ")")
        self.write(")" if wrapped else "")

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        """What a call hands to a macro is a function; it takes no parameters here."""
        if isinstance(macro_ref.node, nodes.CallBlock):
            self.write("macro")
        else:
            super().macro_def(macro_ref, frame)

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
        inner = _unfiltered(node)
        self._kind = "_text" if inner is node else "_shown"
        if _called(inner) in self._macros or _message(inner):
            self._direct = inner
            self.write("(")
        else:
            plain = "_escaped(_it)"
            if inner is not node:
                plain = f"({plain} if _it.isascii() else _wrapped(_it))"
            self.write(f"({plain} if type(_it := ")

    def _output_child_post(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        kind = "_text" if _unfiltered(node) is node else "_shown"
        told = f") is str else _it if type(_it) is Markup else {kind}(_it))"
        self.write(")" if _unfiltered(node) is self._direct else told)


def _unfiltered(node: nodes.Expr) -> nodes.Expr:
    """Return what is written, without the filter that keeps it apart."""
    apart = isinstance(node, nodes.Filter) and node.name == FILTER and node.node
    return apart or node


def _called(node: nodes.Expr) -> str:
    """Return the name that is called; nothing where something else is."""
    return node.node.name if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) else ""


def _message(node: nodes.Expr) -> str | None:
    """Return the message of a call that fills nothing in: it is looked up once for all pages."""
    if not isinstance(node, nodes.Call) or _called(node) not in _WORDS or len(node.args) != 1 or node.kwargs:
        return None
    said = node.args[0]
    return said.value if isinstance(said, nodes.Const) else None


class FastEnvironment(Environment):
    """Jinja's environment with templates of ours."""

    code_generator_class = _Generator
    template_class = _Template
    shown, wrapped = staticmethod(shown), staticmethod(wrapped)
    escaped = staticmethod(getattr(markupsafe, "_escape_inner", escape))
    """Escapes a text, without making markup of what is only joined with others."""
    markup = staticmethod(partial(str.__new__, Markup))
    """Makes markup of plain text that is markup, which ``Markup`` asks first whether it says so of itself."""
