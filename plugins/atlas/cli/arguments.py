"""The options of the commands for argparse, from the table ``commands.toml``, and what it says of wrong ones.

argparse looks its sentences up with gettext, in a catalogue that Python does not bring along; here they are
msgids of ours.
"""

from __future__ import annotations

import argparse
import os
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from .edit.options import add_options, shared_leaves

_TABLE = tomllib.loads(Path(__file__).with_name("commands.toml").read_text("utf-8"))
LANG = "--lang"
COMMANDS: Mapping[str, Mapping[str, Any]] = _TABLE["commands"]
"""Commands in the order of ``atlas --help``."""


def _days(text: str) -> int:
    number = int(text)
    if number < 0:
        raise ValueError(text)
    return number


_TYPES: Mapping[str, Callable[[str], object]] = {"path": Path, "int": int, "upper": str.upper, "days": _days}


def add_command(subparsers: argparse._SubParsersAction[argparse.ArgumentParser], name: str) -> None:
    """Add a command with its options."""
    told = COMMANDS[name]
    command = subparsers.add_parser(name, help=told["help"], description=told["description"])
    add_arguments(command, told["options"])
    if told.get("shared_values"):
        add_options(command, shared_leaves(), None, "en")
    command.set_defaults(usage_error=command.error)


def add_arguments(parser: argparse.ArgumentParser, options: Iterable[str | Mapping[str, Any]]) -> None:
    """Add options to a parser; those of several commands are given by their names."""
    for one in options:
        words = dict(_TABLE["options"][one] if isinstance(one, str) else one)
        if "type" in words:
            words["type"] = _TYPES[words["type"]]
        if words["name"] == LANG:
            words["default"] = argparse.SUPPRESS  # it also stands before the command, which has the default
        if variable := words.pop("env", ""):
            words["default"] = os.environ.get(variable) or words["default"]
        parser.add_argument(words.pop("name"), **words)


@contextmanager
def speaking(one: Callable[[str], str], many: Callable[[str, str, int], str]) -> Iterator[None]:
    """Let argparse speak the language of a catalogue within the block."""
    names = {"_": one, "gettext": one, "ngettext": many}
    former = {name: getattr(argparse, name) for name in names if hasattr(argparse, name)}
    for name in former:
        setattr(argparse, name, names[name])
    try:
        yield
    finally:
        for name, was in former.items():
            setattr(argparse, name, was)
