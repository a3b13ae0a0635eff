"""A progress bar for people at a terminal; nothing for logs and pipes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console


@contextmanager
def progress(total: int, label: str, console: Console | None = None) -> Iterator[Callable[..., None]]:
    """Yield a function that counts one step done of ``total``, or as many as it is told.

    Inside Pelican pass ``pelican.log.console``: its spinner lives on that
    console, and two displays on one terminal must share it or they overwrite
    each other.
    """
    console = console or Console(stderr=True)
    if not console.is_terminal:
        yield lambda steps=1: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn  # only for a terminal

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True) as display:
        task = display.add_task(label, total=total)
        yield lambda steps=1: display.advance(task, steps)
