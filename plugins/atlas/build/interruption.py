"""Ctrl-C before a build has begun: exit code 130, as behind its beginning."""

from __future__ import annotations

import re
import signal
import sys
from types import FrameType

_STAYS = re.compile(r"--listen|--autoreload|-[a-z]*[lr][a-z]*")


def stop_at_once() -> None:
    """Let Ctrl-C end this process with 130 while it still imports what it needs.

    Pelican takes a KeyboardInterrupt for a good end, which it is only of a server.
    """
    if not any(_STAYS.fullmatch(argument) for argument in sys.argv[1:]):
        signal.signal(signal.SIGINT, _stopped)


def _stopped(number: int, frame: FrameType | None) -> None:
    sys.exit(128 + number)
