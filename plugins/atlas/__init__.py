"""The engine of an atlas, as a Pelican plugin."""

from __future__ import annotations


def register() -> None:
    """Connect the atlas to Pelican's signals; Pelican may call this more than once."""
    # Imported here, so that `atlas check` starts without Pelican.
    from . import plugin

    plugin.connect()
