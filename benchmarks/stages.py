"""What each stage of a build takes, in one process: ``stages.py SETTINGS TEXTS OUTPUT``, as JSON.

Seconds of processor time by stage, and the most memory so far. The settings say which pages, of which data.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
_began = time.process_time()

from measuring import own_peak_mb  # noqa: E402  # the clock runs
from pelican.settings import read_settings  # noqa: E402

from atlas.assemble import assemble  # noqa: E402
from atlas.jobs import Page  # noqa: E402
from atlas.load import load  # noqa: E402
from atlas.pages import AtlasGenerator  # noqa: E402
from atlas.prose import Texts  # noqa: E402
from atlas.rendering import Press  # noqa: E402
from atlas.validate import validate  # noqa: E402
from atlas.watched import Watched  # noqa: E402


def main() -> int:
    """Measure the settings that were named, and print what was found."""
    settings = read_settings(sys.argv[1], {"PATH": sys.argv[2], "OUTPUT_PATH": sys.argv[3]})
    folders = {"path": settings["PATH"], "theme": settings["THEME"], "output_path": settings["OUTPUT_PATH"]}
    generator = AtlasGenerator({}, settings, **folders)
    told: dict[str, tuple[float, float]] = {"start": (time.process_time() - _began, own_peak_mb())}

    def timed(stage: str, work: Callable[[], T]) -> T:
        began = time.process_time()
        done = work()
        told[stage] = (time.process_time() - began, own_peak_mb())
        return done

    day = date(2026, 11, 22)
    dataset = timed("load", lambda: load(Path(settings["ATLAS_DATA"])))
    found = timed("validate", lambda: list(validate(dataset, today=day)))
    generator.dataset = dataset
    generator.atlas = Watched(timed("assemble", lambda: assemble(dataset, found)))
    generator.texts = Texts([], generator.atlas)
    material = timed("prepare", generator.material)
    edition = timed("prepare pages", lambda: generator.edition(material))
    scenes = timed("prepare rest", lambda: edition.blueprint.completed(material, edition.scenes))
    edition = replace(edition, scenes=scenes)
    jobs = edition.jobs()
    press = Press(edition, material.output)
    spent = dict.fromkeys(("views", "render", "write"), 0.0)
    files = size = 0
    for job in jobs:
        scene, began = edition.scenes[job.lang], time.process_time()
        made = edition.blueprint.routes[job.route].make(scene, job.id)
        written = [] if isinstance(made, Page) else list(made)
        ended = time.process_time()
        spent["views"] += ended - began
        if isinstance(made, Page):
            written = [(made.name, edition.page(scene, made)), *edition.blueprint.beside(edition, made)]
        began = time.process_time()
        spent["render"] += began - ended
        for name, content in written:
            press.write(name, content)
            size += len(content)
        spent["write"] += time.process_time() - began
        files += len(written)
    told |= {stage: (seconds, own_peak_mb()) for stage, seconds in spent.items()}
    if settings["ATLAS_SEARCH"]:
        from atlas import search, searchable

        cache = material.cache / "search"
        timed(
            "search",
            lambda: search.write(material.output, searchable.everything(edition.scenes), cache),  # type: ignore[arg-type]  # of the whole atlas
        )
    print(json.dumps({"stages": told, "jobs": len(jobs), "files": files, "characters": size}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
