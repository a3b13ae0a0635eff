"""The console script ``atlas``: which command, and which exit code.

The commands and their options stand in ``commands.toml``. The module of a command is imported when that is
typed; its ``run`` takes the parsed arguments and returns an exit code. Nothing here prints findings.
"""

from __future__ import annotations

import argparse
import codecs
import io
import os
import sys
import traceback
from collections.abc import Sequence
from functools import partial
from importlib import import_module

from ..errors import AtlasError, EnvironmentFault, InternalError
from .arguments import COMMANDS, LANG, add_command, speaking
from .dialogue import Talk, ended
from .messages import LANGUAGES, SAID, translations

INTERRUPTED = 130


def parser(command: str = "") -> argparse.ArgumentParser:
    """Return the parser of one command, or of all where there is no such command."""
    top = argparse.ArgumentParser(prog="atlas", description="Tools of the atlas.")
    top.add_argument(LANG, choices=LANGUAGES, default=LANGUAGES[0], help="language of the messages")
    subparsers = top.add_subparsers(dest="command", metavar="command", required=True)
    for name in COMMANDS:
        if command not in COMMANDS or name == command:
            add_command(subparsers, name)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0, 1, 2, 3, 70, or 130 after Ctrl-C."""
    typed = sys.argv[1:] if arguments is None else arguments
    lang = language(typed)
    try:
        _write_every_letter()
        with speaking(translations(lang).gettext, translations(lang).ngettext):
            options = parser(*typed[:1]).parse_args(typed)
            told = COMMANDS[options.command]
            run = partial(import_module(f".{told['module']}", __package__).run, options)
            code: int = ended(Talk(lang), run) if told.get("adds") else run()
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
            return _bug(error, lang)
        print(f"atlas: {error.told(translations(lang).gettext)}", file=sys.stderr)
        return error.exitcode
    except Exception as error:  # the last resort, so that nobody meets a traceback
        return _bug(error, lang)


def language(arguments: Sequence[str]) -> str:
    """Return the language that the arguments ask for: the last one that there is, else English."""
    pairs = zip(arguments, [*arguments[1:], ""], strict=False)
    asked = [one.partition("=")[2] if "=" in one else after for one, after in pairs if one.startswith(LANG)]
    return next((one for one in reversed(asked) if one in LANGUAGES), LANGUAGES[0])


def _write_every_letter() -> None:
    """Let no locale stop a command: names of cities have letters that ASCII and Latin-1 lack."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            encoding = codecs.lookup(stream.encoding).name
            if encoding == "ascii":  # no locale was set, which says nothing of the terminal
                stream.reconfigure(encoding="utf-8")
            elif encoding != "utf-8":
                stream.reconfigure(errors="backslashreplace")


def _bug(error: Exception, lang: str) -> int:
    if os.environ.get("ATLAS_DEBUG") == "1":
        traceback.print_exception(error)
    said = translations(lang).gettext(SAID.main.bug).format(error=f"{type(error).__name__}: {error}")
    print(f"atlas: {said}", file=sys.stderr)
    return InternalError.exitcode
