"""Rules: one generator of findings each; its docstring is the rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import FunctionType, ModuleType

from ...findings import Finding
from ..context import Context

Rule = Callable[[Context], Iterator[Finding]]


def rules_of(*modules: ModuleType) -> tuple[Rule, ...]:
    """Return the rules of some modules: their public functions that take the context and nothing else."""
    return tuple(
        one
        for module in modules
        for name, one in vars(module).items()
        if isinstance(one, FunctionType) and one.__module__ == module.__name__ and name[0] != "_"
        if one.__code__.co_varnames[: one.__code__.co_argcount] == ("context",)
    )
