"""The record of a run: what was found at each address, as JSON that a later run goes on from."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from ...dataset.write import write_files
from ...errors import EnvironmentFault, UsageError

VERSION = 1
_LARGEST = 50_000_000
T = TypeVar("T")


def read(path: Path, command: str, parse: Callable[[Any], T]) -> dict[str, T]:
    """Return the entries of a record by their addresses; none where there is no file. Raises UsageError."""
    try:
        if path.stat().st_size > _LARGEST:
            raise ValueError
        content = json.loads(path.read_text("utf-8"))
        if content["version"] != VERSION:
            raise ValueError
        return {str(url): parse(entry) for url, entry in content["links"].items()}
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise EnvironmentFault(f"{path}: {error.strerror}") from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UsageError(f"{path}: not the results of `{command}`; name another file") from error


def write(path: Path, entries: Mapping[str, Mapping[str, object]], day: date) -> None:
    """Write the entries of a run on ``day``, one address after the other, empty values left out."""
    links = {
        url: {key: value for key, value in entry.items() if value} for url, entry in sorted(entries.items())
    }
    content = {"version": VERSION, "checked": day.isoformat(), "links": links}
    write_files({path: (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()})
