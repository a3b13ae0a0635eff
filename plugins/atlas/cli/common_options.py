"""Options that most commands have, in the same words."""

from __future__ import annotations

import argparse
from pathlib import Path

from .messages import LANGUAGES


def add_common(command: argparse.ArgumentParser, *, of: str = "messages") -> None:
    """Add the folder of the data and the language ``of`` what is said."""
    command.add_argument(
        "--data", type=Path, default=Path("data"), metavar="DIR", help="the folder of the data"
    )
    command.add_argument("--lang", choices=LANGUAGES, default="en", help=f"language of the {of}")
