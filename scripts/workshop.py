"""A process that has everything loaded a build needs, from which each build is forked.

The libraries are loaded in the process that starts a workshop, the code of the atlas in the workshop itself:
when that code has changed, another workshop is started.
"""

from __future__ import annotations

import gc
import importlib
import os
import runpy
import signal
import sys
import traceback
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NoReturn

import markdown
from pelican.settings import read_settings

LIBRARIES = (
    "babel.dates", "babel.messages.pofile", "babel.numbers", "duckdb", "jinja2.ext", "nh3", "numpy",
    "pelican.generators", "pelican.readers", "pelican.writers", "rich.progress", "shapely", "yaml",
)  # fmt: skip
"""What every build loads, and no contributor changes."""
PREVIEW = "ATLAS_PREVIEW"
"""The environment variable with the socket of ``atlas.build.pages_on_demand``."""


def warm() -> None:
    """Load the libraries, so that a forked workshop has them already."""
    for name in LIBRARIES:
        importlib.import_module(name)
    markdown.markdown("", extensions=["extra", "meta", "toc"])


class Build:
    """A build that a workshop has forked."""

    def __init__(self, pid: int, workshop: Connection) -> None:
        """Take its process and the pipe through which its end is told."""
        self._pid = pid
        self._workshop = workshop
        self._code: int | None = None

    def code(self) -> int | None:
        """Return the exit code, or None while it runs."""
        if self._code is None and self._workshop.poll():
            self._code = self._workshop.recv()
        return self._code

    def stop(self) -> None:
        """Stop it; returns when it has put everything in order."""
        if self.code() is None:
            os.kill(self._pid, signal.SIGINT)
            self._code = self._workshop.recv()


class Workshop:
    """Starts builds, one at a time."""

    def __init__(self, root: Path, output: Path) -> None:
        """Build the project in ``root`` into ``output``; nothing is started yet."""
        self._root = root
        self._output = output
        self._process: tuple[int, Connection] | None = None

    def build(self, preview: str) -> Build:
        """Start a build that answers for pages at the socket ``preview`` while it runs."""
        if self._process is None:
            self._process = self._open()
        _, pipe = self._process
        pipe.send(preview)
        return Build(pipe.recv(), pipe)

    def close(self) -> None:
        """End the process; the next build meets the code as it is then."""
        if self._process is not None:
            pid, pipe = self._process
            pipe.close()
            os.waitpid(pid, 0)
            self._process = None

    def _open(self) -> tuple[int, Connection]:
        ours, theirs = Pipe()
        _flush()
        pid = os.fork()
        if pid:
            theirs.close()
            return pid, ours
        try:
            ours.close()
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # it ends when the pipe is closed
            os.chdir(self._root)
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            _prepare(self._root)
            self._serve(theirs)
        except EOFError:
            os._exit(0)
        except BaseException:
            traceback.print_exc()
        finally:
            _flush()
            os._exit(70)

    def _serve(self, pipe: Connection) -> NoReturn:
        """Fork a build for each socket that is sent; tell its process, then its exit code."""
        while True:
            if "atlas.build.pages_on_demand" in sys.modules:
                sys.modules["atlas.build.pages_on_demand"].remember(self._output)
            gc.freeze()  # so that no build copies it by looking for cycles
            os.environ[PREVIEW] = pipe.recv()
            pid = os.fork()
            if pid == 0:
                _build(self._output)
            pipe.send(pid)
            _, status = os.waitpid(pid, 0)
            pipe.send(os.waitstatus_to_exitcode(status))


def _prepare(root: Path) -> None:
    """Load the code of the atlas; what is wrong with it, the build will say."""
    try:
        settings = read_settings(str(root / "pelicanconf.py"))
        importlib.import_module("atlas.site.whole_site")
        data, templates = Path(settings["ATLAS_DATA"]), Path(settings["THEME"], "templates")
        importlib.import_module("atlas.build.warm_up").prepare(data, templates, settings["ATLAS_LANGUAGES"])
    except Exception:
        for name in [name for name in sys.modules if name.split(".")[0] == "atlas"]:
            del sys.modules[name]


def _build(output: Path) -> NoReturn:
    """Run Pelican in this process and end it."""
    code = 70
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        sys.argv = ["pelican", "-s", "pelicanconf.py", "-o", str(output)]
        runpy.run_module("pelican", run_name="__main__", alter_sys=True)
        code = 0
    except SystemExit as error:
        code = error.code if isinstance(error.code, int) else int(error.code is not None)
    except BaseException:
        traceback.print_exc()
    finally:
        if "atlas.build.pages_on_demand" in sys.modules:
            sys.modules["atlas.build.pages_on_demand"].close()
        _flush()
        os._exit(code)  # nothing of the processes before this one is to be cleaned up by it


def _flush() -> None:
    sys.stdout.flush()
    sys.stderr.flush()
