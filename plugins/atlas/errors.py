"""What can go wrong, by the exit code that tells it.

Exit codes: 0 good, 1 findings in the data, 2 usage or configuration, 3 the
environment (disk, lock, permission), 70 a bug of the atlas itself.
"""

from __future__ import annotations

from collections.abc import Iterable

from .findings import Finding, as_text


class AtlasError(Exception):
    """Any failure that is told in a sentence and not with a traceback."""

    exitcode = 70


class FindingsError(AtlasError):
    """The data has findings that must be mended first; ``findings`` holds all of them."""

    exitcode = 1

    def __init__(self, findings: Iterable[Finding]) -> None:
        """Keep the findings; the text of the exception lists the first of them."""
        self.findings = tuple(findings)
        super().__init__(as_text(self.findings).rstrip())


class UsageError(AtlasError):
    """A wrong command, option or setting."""

    exitcode = 2


class EnvironmentFault(AtlasError):
    """The disk, a lock or a permission stands in the way."""

    exitcode = 3


class InternalError(AtlasError):
    """The atlas broke one of its own promises."""

    exitcode = 70
