"""Every Pelican run publishes a whole site or nothing.

``Pelican.run`` is wrapped, once for each instance: it writes into a staging
folder, and only a run without any fault is swapped into the output folder.
Pelican itself logs many faults and goes on; here a page that it leaves out, a
link that it cannot resolve or a file that it cannot copy stops the publication.
"""

from __future__ import annotations

import logging
import os
import re
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any, TextIO

import blinker

from ..dataset.reading.uncollected import uncollected
from ..errors import AtlasError, InternalError, UsageError, environment_fault, internal, is_machine, known
from . import host_limits
from .folder_swap import Staging, Unpublishable, check_place
from .interruption import end_at_once

# Warnings of these modules tell of something that would be missing from the site.
CONTENT_LOGGERS = (
    "pelican.contents",
    "pelican.generators",
    "pelican.readers",
    "pelican.urlwrappers",
    "pelican.utils",
)
# A decorative image has an empty alternative text, on purpose.
HARMLESS = ("Empty alt attribute",)

SITEURL = re.compile(r"https?://[^/\s?#@]+(/[^\s?#]*)?")


def connect() -> None:
    """Watch the log, and take every Pelican instance in hand; may be called again."""
    _faults.install()
    # Pelican's signals are blinker's, found by name: so this module needs nothing of Pelican.
    blinker.signal("pelican_initialized").connect(arm)


def arm(pelican: Any) -> None:
    """Check the settings of a new Pelican instance and wrap its ``run``."""
    with _told(pelican):
        _check(pelican.settings, Path(os.path.realpath(pelican.output_path)))
    run: Callable[[], None] = pelican.run
    at_start = _faults.take()
    static_paths = list(pelican.settings["STATIC_PATHS"])

    def whole() -> None:
        # Between runs, --autoreload watches the static paths: name the data there as well.
        pelican.settings["STATIC_PATHS"] = list(static_paths)
        try:
            with _told(pelican), uncollected():
                _run_whole(pelican, run, at_start)
        finally:
            data = os.path.abspath(pelican.settings.get("ATLAS_DATA", "data"))
            pelican.settings["STATIC_PATHS"] = [*static_paths, data]
        end_at_once()

    pelican.run = whole


def _check(settings: dict[str, Any], public: Path) -> None:
    siteurl = settings.get("SITEURL", "")
    if siteurl and not SITEURL.fullmatch(siteurl):
        raise UsageError(f"SITEURL {siteurl!r} is not an address: write it like https://example.org/atlas")
    sources = {
        "the content": Path(settings["PATH"]),
        "the theme": Path(settings["THEME"]),
        "the data": Path(settings.get("ATLAS_DATA", "data")),
        "the plugin": Path(__file__).parent.parent,
        "the repository": Path.cwd(),
    }
    check_place(public, sources)


def _run_whole(pelican: Any, run: Callable[[], None], at_start: list[str]) -> None:
    """Run into a staging folder; swap it in where nothing went wrong; leave nothing else behind."""
    public = pelican.output_path
    staging = Staging(Path(os.path.realpath(public)))
    _faults.reset(at_start)
    with _signals() as signals:
        try:
            with signals.held():
                staging.open()
            pelican.output_path = pelican.settings["OUTPUT_PATH"] = str(staging.site)
            _check_content(Path(pelican.settings["PATH"]))
            run()
            _faults.stop()
            with signals.held():
                print(settled := staging.publish(), file=sys.stderr)
            if pelican.settings.get("SITEURL"):
                for line in host_limits.warnings(settled.quota):
                    print(line, file=sys.stderr)
        finally:
            pelican.output_path = pelican.settings["OUTPUT_PATH"] = public
            with signals.held():
                staging.close()


def _check_content(content: Path) -> None:
    """Refuse links among the texts: Pelican would follow them and publish what they lead to."""
    links = [
        Path(folder, name)
        for folder, folders, files in os.walk(content)
        for name in (*folders, *files)
        if Path(folder, name).is_symlink()
    ]
    if links:
        told = (f"{os.path.relpath(path)}: a symbolic link is not followed" for path in sorted(links))
        raise Unpublishable("\n".join([*told, "put the files themselves there; nothing was published"]))


@contextmanager
def _told(pelican: Any) -> Iterator[None]:
    """Turn whatever stops a run into an AtlasError or an exit, and tell it once, in words."""
    try:
        yield
    except AtlasError as error:
        _tell(error)
        raise
    except (KeyboardInterrupt, Interrupted) as error:
        # Pelican turns KeyboardInterrupt into success; SystemExit it lets through.
        number = error.number if isinstance(error, Interrupted) else signal.SIGINT
        print("Stopped; nothing was published.", file=sys.stderr)
        raise SystemExit(128 + number) from None
    except Exception as error:
        told = _explain(error)
        _tell(told, error if isinstance(told, InternalError) and pelican.settings.get("DEBUG") else None)
        raise told from error


def _explain(error: Exception) -> AtlasError:
    """Return the fault that an exception of some library amounts to."""
    if told := known(error):
        return told
    if _faults.found:  # pelican --fatal raises at the first one
        return Unpublishable(_faults.text())
    return internal(error, _page(error))


def _page(error: Exception) -> str | None:
    """Return the page that Pelican's writer was writing, if it was."""
    names = [
        str(frame.f_locals.get("name") or "")
        for frame, _ in traceback.walk_tb(error.__traceback__)
        if frame.f_code.co_name in ("write_file", "_write_file")
    ]
    return next((name for name in reversed(names) if name), None)


def _tell(error: AtlasError, trace: BaseException | None = None, to: TextIO | None = None) -> None:
    to = to or sys.stderr
    if trace is not None:
        traceback.print_exception(trace, file=to)
    print(error, file=to)


class Interrupted(BaseException):
    """A signal that ends the build. Not an Exception: Pelican's handlers must not swallow it."""

    def __init__(self, number: int) -> None:
        """Keep the number of the signal."""
        super().__init__(number)
        self.number = number


class _Signals:
    """Turns signals into ``Interrupted``, except while a step runs that must not be cut in two."""

    def __init__(self) -> None:
        self._held = False
        self._pending: int | None = None

    def __call__(self, number: int, frame: FrameType | None) -> None:
        if self._held:
            self._pending = number
        else:
            raise Interrupted(number)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Put signals off to the end of the block."""
        self._held = True
        try:
            yield
        finally:
            self._held = False
        if self._pending is not None:
            number, self._pending = self._pending, None
            raise Interrupted(number)


@contextmanager
def _signals() -> Iterator[_Signals]:
    """Handle SIGINT and SIGTERM inside the block; elsewhere than in the main thread, nothing."""
    handler = _Signals()
    if threading.current_thread() is not threading.main_thread():
        yield handler
        return
    former = {number: signal.signal(number, handler) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield handler
    finally:
        for number, was in former.items():
            signal.signal(number, was)


class _Faults(logging.Handler):
    """Collects what the log says went wrong."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.found: list[str] = []
        self._machine: BaseException | None = None

    def install(self) -> None:
        """Attach to the log; once only, however often it is called."""
        root, pelican = logging.getLogger(), logging.getLogger("pelican")
        if self in root.handlers:
            return
        for logger in (root, pelican):
            if logger.level > logging.WARNING:  # --quiet silences the screen, not the check
                for handler in root.handlers:
                    handler.setLevel(logger.level)
                logger.setLevel(logging.WARNING)
        root.addHandler(self)
        pelican.addFilter(_untold)

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the message of an error, or of a warning that tells of something left out."""
        message = record.getMessage()
        if record.levelno < logging.ERROR and (
            record.name not in CONTENT_LOGGERS or message.startswith(HARMLESS)
        ):
            return
        error = sys.exc_info()[1]  # Pelican logs "Could not process FILE" and keeps the reason to itself
        if error is not None and str(error) not in message:
            message = f"{message}: {error}"
        if error is not None and is_machine(error):
            self._machine = error
        self.found.append(message)

    def take(self) -> list[str]:
        """Return what was found so far, and forget it."""
        found, self.found = self.found, []
        return found

    def reset(self, found: list[str]) -> None:
        """Begin a run with the faults of the start of the program."""
        self.found = list(found)
        self._machine = None
        # Pelican shows a warning once in the life of a process; a second run must meet it again.
        for name in CONTENT_LOGGERS:
            seen = getattr(getattr(logging.getLogger(name), "limit_filter", None), "_raised_messages", None)
            if isinstance(seen, set):
                seen.clear()

    def text(self) -> str:
        """Return all faults, one below the other."""
        return "\n".join([*dict.fromkeys(self.found), "nothing was published"])

    def stop(self) -> None:
        """Raise where anything was found."""
        if self._machine is not None:
            raise environment_fault(self._machine)
        if self.found:
            raise Unpublishable(self.text())


def _untold(record: logging.LogRecord) -> bool:
    """Keep Pelican from logging an AtlasError with a traceback: it has been told already."""
    args = record.args if isinstance(record.args, tuple) else ()
    error = record.exc_info[1] if record.exc_info else None
    return not any(isinstance(one, AtlasError) for one in (error, *args))


_faults = _Faults()
