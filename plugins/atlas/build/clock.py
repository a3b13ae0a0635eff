"""The one place that asks what day it is: two builds of one commit carry the same date."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from ..dataset.history.git import ask
from ..errors import UsageError

log = logging.getLogger(__name__)

# What the pages are made from; a commit elsewhere does not make the site any newer.
SOURCES = ("data", "content", "theme", "locale", "atlas.yaml")


def build_time(root: Path, environ: Mapping[str, str] = os.environ) -> datetime:
    """Return the moment, in UTC, that a build of the repository at ``root`` bears.

    ``SOURCE_DATE_EPOCH`` decides, else the last commit that touched the sources.
    Where they have changes that are not committed yet, or there is no git, it
    is now. (A shallow clone may not hold that commit: set ``SOURCE_DATE_EPOCH``
    or fetch the whole history there.)
    """
    given = environ.get("SOURCE_DATE_EPOCH")
    if given:
        try:
            return datetime.fromtimestamp(int(given), UTC)
        except (ValueError, OverflowError, OSError):
            raise UsageError(f"SOURCE_DATE_EPOCH is {given!r}; it must be seconds since 1970") from None
    committed = _git(root, "log", "-1", "--format=%ct", "--", *SOURCES)
    if committed is None:
        log.warning("no git history here: the build bears the date of today")
    elif committed and not _git(root, "status", "--porcelain", "--", *SOURCES):
        return datetime.fromtimestamp(int(committed), UTC)
    return datetime.now(UTC)


def build_date(root: Path, environ: Mapping[str, str] = os.environ) -> date:
    """Return the day, in UTC, of ``build_time``."""
    return build_time(root, environ).date()


def _git(root: Path, *arguments: str) -> str | None:
    """Return what git prints; None where there is no git, no repository or no commit."""
    answer = ask(root, *arguments)
    return None if answer is None else answer.decode("utf-8", "replace").strip()
