"""An edition in this process, opened stage by stage, and its jobs, done one at a time beside a clock."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, Protocol, TypeVar

from pelican.settings import read_settings

from atlas.build.clock import build_time
from atlas.cache.row_text import RowText
from atlas.cache.tracked_atlas import TrackedAtlas
from atlas.dataset.assembly.assemble import assemble
from atlas.dataset.reading.load import load
from atlas.plugin import AtlasGenerator
from atlas.site.blueprint import Edition, encoded
from atlas.site.content import Texts
from atlas.site.jobs import Job, all_of
from atlas.validate import validate

T = TypeVar("T")


class Clock(Protocol):
    """Does a piece of work and takes its time under a name."""

    def __call__(self, stage: str, work: Callable[[], T]) -> T:
        """Return what the work returns."""


class Done(NamedTuple):
    """What a job made, and the processor time of its view and of the rest, in seconds."""

    files: dict[str, bytes]
    view: float
    render: float


def opened(settings_file: str, texts: str, output: str, timed: Clock) -> tuple[Edition, Path]:
    """Return the edition of the data that the settings name, and the folder of the build."""
    settings = read_settings(settings_file, {"PATH": texts, "OUTPUT_PATH": output})
    folders = {"path": settings["PATH"], "theme": settings["THEME"], "output_path": settings["OUTPUT_PATH"]}
    generator = AtlasGenerator({}, settings, **folders)
    dataset = timed("load", lambda: load(Path(settings["ATLAS_DATA"])))
    today = build_time(Path(settings_file).parent).date()
    found = timed("validate", lambda: list(validate(dataset, today=today)))
    generator.dataset = dataset
    generator.atlas = timed("assemble", lambda: TrackedAtlas(assemble(dataset, found), RowText(dataset)))
    generator.texts = Texts([], generator.atlas)
    material = timed("prepare", generator.material)
    return timed("prepare pages", lambda: generator.edition(material)), material.output


def done(edition: Edition, job: Job) -> Done:
    """Do a job as ``Edition.render`` does, with the clock between view and page."""
    scene, began = edition.scenes[job.lang], time.process_time()
    every = list(all_of(edition.blueprint.routes[job.route].make(scene, job.id)))
    ended = time.process_time()
    files = {name: encoded(content) for made in every for name, content in edition.written(made)}
    return Done(files, ended - began, time.process_time() - ended)
