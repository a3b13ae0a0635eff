"""What each stage of a build takes, in one process: ``stages.py SETTINGS TEXTS OUTPUT``, as JSON.

Seconds of processor time by stage, and the most memory so far. The settings say which pages, of which data.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
_began = time.process_time()

from measuring import own_peak_mb  # noqa: E402  # the clock runs
from one_process import done, opened  # noqa: E402

from atlas.build.page_writer import Press  # noqa: E402


def main() -> int:
    """Measure the settings that were named, and print what was found."""
    told: dict[str, tuple[float, float]] = {"start": (time.process_time() - _began, own_peak_mb())}

    def timed(stage: str, work: Callable[[], T]) -> T:
        began = time.process_time()
        result = work()
        told[stage] = (time.process_time() - began, own_peak_mb())
        return result

    edition, output = opened(*sys.argv[1:4], timed)
    jobs, press = edition.jobs(), Press(edition, output)
    spent = dict.fromkeys(("views", "render", "write", "search"), 0.0)
    files = size = 0
    for job in jobs:
        made, view, render = done(edition, job)
        spent["search" if job.route == "search index" else "views"] += view
        spent["render"] += render
        began = time.process_time()
        for name, content in made.items():
            press.write(name, content)
            size += len(content)
        spent["write"] += time.process_time() - began
        files += len(made)
    told |= {stage: (seconds, own_peak_mb()) for stage, seconds in spent.items()}
    print(json.dumps({"stages": told, "jobs": len(jobs), "files": files, "characters": size}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
