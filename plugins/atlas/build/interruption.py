"""How a build ends: by Ctrl-C before it has begun, with exit code 130 as behind its beginning; or done."""

from __future__ import annotations

import atexit
import os
import re
import signal
import sys
from types import FrameType

_STAYS = re.compile(r"--listen|--autoreload|-[a-z]*[lr][a-z]*")


def stop_at_once() -> None:
    """Let Ctrl-C end this process with 130 while it still imports what it needs.

    Pelican takes a KeyboardInterrupt for a good end, which it is only of a server.
    """
    if not _stays():
        signal.signal(signal.SIGINT, _stopped)


def end_at_once() -> None:
    """Let a process that is Pelican's command, and has done its work, end without taking its objects apart.

    The system takes the memory back as a whole; one by one, they take longer than many a build.
    """
    command = getattr(sys.modules["__main__"], "__spec__", None)
    if command is not None and command.name == "pelican.__main__" and not _stays():
        atexit.register(_end)


def _stays() -> bool:
    return any(_STAYS.fullmatch(argument) for argument in sys.argv[1:])


def _end() -> None:
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


def _stopped(number: int, frame: FrameType | None) -> None:
    sys.exit(128 + number)
