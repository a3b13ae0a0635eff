"""What to say of an exception that stops a build: where it happened, and whose fault it is."""

from __future__ import annotations

import errno
import os
import traceback

from .errors import AtlasError, EnvironmentFault, InternalError

# Errors of the machine, not of the atlas.
MACHINE = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO)


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
