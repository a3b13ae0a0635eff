"""The console script ``atlas``: which command, and which exit code.

A command is a module with ``add_parser(subparsers)``, which sets ``run``: a function
of the parsed arguments that returns an exit code. Nothing here prints findings.
"""

from __future__ import annotations

import argparse
import codecs
import io
import os
import sys
import traceback
from collections.abc import Sequence
from importlib import import_module

from ..errors import AtlasError, EnvironmentFault, InternalError

COMMANDS = {
    "check": "check",
    "fmt": "fmt",
    "new": "new.command",
    "import": "import_members.command",
    "verify": "verify",
    "links": "links.command",
    "diff": "diff",
    "stats": "stats",
    "lock": "lock",
}
"""Commands in the order of ``atlas --help``, with their modules in this package."""

INTERRUPTED = 130
_REPORT = "this is a bug of the atlas, not of your data; please report it with the command you typed"


def parser() -> argparse.ArgumentParser:
    """Return the parser of every command."""
    top = argparse.ArgumentParser(prog="atlas", description="Tools of the City Commitments Atlas.")
    subparsers = top.add_subparsers(dest="command", metavar="command", required=True)
    for module in COMMANDS.values():
        import_module(f".{module}", __package__).add_parser(subparsers)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0, 1, 2, 3, 70, or 130 after Ctrl-C."""
    _write_every_letter()
    options = parser().parse_args(arguments)
    try:
        code: int = options.run(options)
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # The reader (``| head``) has seen enough. Python would complain again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EnvironmentFault.exitcode
    except AtlasError as error:
        if isinstance(error, InternalError):
            return _bug(error)
        print(f"atlas: {error}", file=sys.stderr)
        return error.exitcode
    except Exception as error:  # the last resort, so that nobody meets a traceback
        return _bug(error)


def _write_every_letter() -> None:
    """Let no locale stop a command: names of cities have letters that ASCII and Latin-1 lack."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            encoding = codecs.lookup(stream.encoding).name
            if encoding == "ascii":  # no locale was set, which says nothing of the terminal
                stream.reconfigure(encoding="utf-8")
            elif encoding != "utf-8":
                stream.reconfigure(errors="backslashreplace")


def _bug(error: Exception) -> int:
    if os.environ.get("ATLAS_DEBUG") == "1":
        traceback.print_exception(error)
    print(
        f"atlas: {type(error).__name__}: {error}; {_REPORT} (ATLAS_DEBUG=1 shows where it happened)",
        file=sys.stderr,
    )
    return InternalError.exitcode
