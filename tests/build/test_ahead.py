"""What takes longest is begun before it is known what else there is to do, where its rows are others."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar

import pytest
from tests.builders import ROOT, atlas, city, lens

from atlas.build.folder_swap import Staging, public_folder
from atlas.build.incremental import begin_longest, make
from atlas.build.manifest import load
from atlas.build.processes import background_result, wait_for_background
from atlas.cache.tracked_atlas import TrackedAtlas
from atlas.errors import InternalError
from atlas.site.blueprint import Blueprint, Edition
from atlas.site.content import Texts
from atlas.site.jobs import Files, Job, Plain, Route
from atlas.site.templates import Templates

WORKERS = 2


def _index(scene: Plain, _: str) -> Files:
    name = scene.lens.atlas.cities["krakow"].name
    if name == "Fault":
        raise KeyError(name)
    return (("index.txt", f"{name}, made by {os.getpid()}"),)


def _page(scene: Plain, id: str) -> Files:
    return ((f"{id}.txt", scene.lens.atlas.cities[id].name),)


class Small(Blueprint):
    """A page for each city, and something that takes long."""

    routes: ClassVar[Mapping[str, Route]] = {
        "index": Route(_index),
        "page": Route(_page, lambda scene: scene.lens.atlas.cities),
    }
    later: ClassVar[frozenset[str]] = frozenset({"index"})


SMALL = Small()


def build(folder: Path, *names: str) -> tuple[Sequence[Job], dict[str, str]]:
    """Build a site of cities of these names; return what was made ahead, and what all files say."""
    output = folder / ".site.staging/site"
    output.mkdir(parents=True)
    public = public_folder(output)
    assert public is not None
    every = TrackedAtlas(atlas(*(city(id, name) for id, name in zip(("krakow", "lodz"), names, strict=True))))
    through = lens(every)
    one = Edition(
        scenes={"en": Plain(through, (through,), Texts([], every))},
        templates=Templates(ROOT / "theme/templates"),
        plan=f"{__name__}:SMALL",
    )
    staging = Staging(public)
    with begin_longest(one, output, WORKERS, load(staging.manifest)) as ahead:
        make(one, one.jobs(), output, ahead, workers=WORKERS, advance=lambda _: None)
    wait_for_background()
    assert not staging.ahead.exists()
    for path in (public, staging.twin):
        if path.exists():
            path.rename(folder / f"former {path.name} {time.time_ns()}")
    output.rename(public)
    staging.new_manifest.rename(staging.manifest)
    staging.workspace.rmdir()
    return ahead.jobs, {path.name: path.read_text("utf-8") for path in public.iterdir()}


def test_only_what_has_read_other_rows_is_made_ahead(tmp_path: Path) -> None:
    ahead, first = build(tmp_path, "Kraków", "Łódź")
    assert not ahead  # all is new, so all is made together
    ahead, same = build(tmp_path, "Kraków", "Lodz")
    assert not ahead
    assert same == {**first, "lodz.txt": "Lodz"}
    ahead, other = build(tmp_path, "Krakau", "Lodz")
    assert ahead == [Job("en", "index")]
    made, _, process = other["index.txt"].partition(", made by ")
    assert made == other["krakow.txt"] == "Krakau"
    assert int(process) != os.getpid()
    ahead, again = build(tmp_path, "Krakau", "Lodz")
    assert (ahead, again) == ((), other)


def test_what_goes_wrong_ahead_is_told_by_the_build(tmp_path: Path) -> None:
    build(tmp_path, "Kraków", "Łódź")
    with pytest.raises(InternalError, match="KeyError"):
        build(tmp_path, "Fault", "Łódź")
    assert not (tmp_path / ".site.staging/ahead").exists()


def works() -> int:
    return os.getpid()


def fails() -> int:
    raise KeyError


def test_work_in_background_is_waited_for_and_tells_nothing_where_it_fails() -> None:
    with background_result(works) as made:
        process = made()
    assert process is not None and process != os.getpid()
    with background_result(fails) as made:
        assert made() is None


def test_work_in_background_ends_with_the_block(tmp_path: Path) -> None:
    def begins() -> Any:
        (tmp_path / "begun").write_text(str(os.getpid()), "ascii")
        time.sleep(60)

    def known() -> Iterator[int]:
        while not (tmp_path / "begun").exists() or not (tmp_path / "begun").read_text("ascii"):
            time.sleep(0.01)
        yield int((tmp_path / "begun").read_text("ascii"))

    with pytest.raises(KeyError), background_result(begins):
        [process] = known()
        raise KeyError
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)
