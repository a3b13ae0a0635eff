"""Commands as on a terminal: what a process of one imports, and answers that somebody types."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

from atlas.cli import dialogue

PLUGINS = Path(__file__).resolve().parent.parent / "plugins"
HEAVY = {"pelican", "folium", "pandas", "jinja2", "shapely", "babel", "rapidfuzz"}


def imported(*arguments: str) -> set[str]:
    """Return the packages that a command has imported when it ends, which decides how soon it answers."""
    code = (
        f"import sys; from atlas.cli.main import main; main({list(arguments)!r}); "
        "print(*sorted({name.split('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(PLUGINS)},
    )
    return set(done.stdout.splitlines()[-1].split())


def answering(monkeypatch: pytest.MonkeyPatch, command: ModuleType) -> Callable[..., list[str]]:
    """Pretend a terminal for a command; what is returned takes the answers, and returns the prompts."""

    def typed(*lines: str) -> list[str]:
        prompts: list[str] = []
        left: Iterator[str] = iter(lines)

        def line(prompt: str) -> str:
            prompts.append(prompt)
            try:
                answer = next(left)
            except StopIteration:
                raise EOFError from None
            if answer == "^C":
                raise KeyboardInterrupt
            return answer

        monkeypatch.setattr(dialogue, "_line", line)
        monkeypatch.setattr(command, "on_terminal", lambda: True)
        return prompts

    return typed
