"""What argparse says of a wrong command, in the language of the person.

argparse looks its sentences up with gettext, in a catalogue that Python does not bring along; here they are
msgids of ours.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ..findings import N_, NN_

_SAID_BY_ARGPARSE = (
    N_("usage: "),
    N_("positional arguments"),
    N_("options"),
    N_("show this help message and exit"),
    N_("%(prog)s: error: %(message)s\n"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("the following arguments are required: %s"),
    N_("unrecognized arguments: %s"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("invalid %(type)s value: %(value)r"),
    N_("expected one argument"),
    N_("expected at least one argument"),
    N_("expected at most one argument"),
    N_("ambiguous option: %(option)s could match %(matches)s"),
    N_("ignored explicit argument %r"),
    N_("not allowed with argument %s"),
    N_("one of the arguments %s is required"),
)
_COUNTED = NN_("expected %s argument", "expected %s arguments")


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
