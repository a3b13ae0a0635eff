"""Exceptions by exit code, and what is said of one that stops a build: where, and whose fault it is.

Exit codes: 0 good, 1 findings in the data, 2 usage or configuration, 3 the
environment (disk, lock, permission), 70 a bug of the atlas itself.
"""

from __future__ import annotations

import errno
import os
import traceback
from collections.abc import Iterable
from pathlib import Path

from .findings import Finding, Translator, Word, as_text, filled

MACHINE = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO)
"""Errors of the machine: its disk is full, or may not be written to."""


class AtlasError(Exception):
    """Any failure that is told in a sentence and not with a traceback.

    The sentence may be a msgid with named placeholders and the values of these, or already be in words.
    """

    exitcode = 70

    def __init__(self, message: str = "", /, **fields: object) -> None:
        """Keep the sentence; the text of the exception is that in English."""
        self.message, self.fields = message, fields
        super().__init__(filled(message, fields) if fields else message)

    def told(self, translate: Translator) -> str:
        """Return the sentence in the translator's language, as far as it is known there."""
        if self.fields:
            return filled(self.message, self.fields, translate)
        return translate(self.message) if self.message else ""


class FindingsError(AtlasError):
    """The data has findings that must be mended first; ``findings`` holds all of them."""

    exitcode = 1

    def __init__(self, findings: Iterable[Finding]) -> None:
        """Keep the findings; the text of the exception lists the first of them."""
        self.findings = tuple(findings)
        super().__init__(as_text(self.findings).rstrip())

    def told(self, translate: Translator) -> str:
        """Return the first of the findings in the translator's language."""
        return as_text(self.findings, translate).rstrip()


class UsageError(AtlasError):
    """A wrong command, option or setting."""

    exitcode = 2


class EnvironmentFault(AtlasError):
    """The disk, a lock or a permission stands in the way."""

    exitcode = 3


class InternalError(AtlasError):
    """The atlas broke one of its own promises."""

    exitcode = 70


def known(error: BaseException | None) -> AtlasError | None:
    """Return the fault that an exception is, or was raised from, where it says so itself."""
    while error is not None:
        if isinstance(error, AtlasError):
            return error
        if is_machine(error):
            return environment_fault(error)
        error = error.__cause__
    return None


def internal(error: Exception, page: str | None) -> InternalError:
    """Return an exception as a fault of the program, with the page and the line of the template it came from.

    ``page`` names what was being written, where that is known.
    """
    template = _template_line(error)
    text = "\n".join([f"{type(error).__name__}: {error}", *getattr(error, "__notes__", [])])
    if template:
        where = f"{page}: " if page else ""
        return InternalError(f"{where}{template}: {text}\nnothing was published")
    trace = "".join(traceback.format_exception(error)).rstrip()
    where = f"While writing {page}:\n" if page else ""
    return InternalError(f"{where}{trace}\nA fault of the atlas, not of the data; nothing was published.")


def refused(error: OSError, path: object = None) -> EnvironmentFault:
    """Return what the system said of a file, in words that can be translated where they are common."""
    where = Path(str(path or error.filename))
    return EnvironmentFault("{path}: {reason}", path=where, reason=Word(error.strerror or ""))


def is_machine(error: BaseException) -> bool:
    """Return whether the machine is to blame: its disk, or what may be written there."""
    return isinstance(error, OSError) and error.errno in MACHINE


def environment_fault(error: BaseException) -> EnvironmentFault:
    """Return an error of the machine in words."""
    assert isinstance(error, OSError)
    where = f"{error.filename}: " if error.filename else ""
    return EnvironmentFault(f"{where}{error.strerror}; nothing was published")


def _template_line(error: Exception) -> str | None:
    """Return the file and line of the template that raised, or that Jinja cannot parse."""
    if getattr(error, "filename", None) and getattr(error, "lineno", None):
        return f"{os.path.relpath(error.filename)}:{error.lineno}"  # type: ignore[attr-defined]  # just asked
    lines = [
        f"{os.path.relpath(frame.f_code.co_filename)}:{line}"
        for frame, line in traceback.walk_tb(error.__traceback__)
        if frame.f_code.co_filename.endswith(".html")
    ]
    return lines[-1] if lines else None
