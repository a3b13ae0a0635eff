"""Whatever is edited in whatever order, and whatever becomes of the manifest: no kept page is stale."""

from __future__ import annotations

import csv
import random
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from tests.build.test_manifest import GOOD, edition, jobs_of

from atlas.build.incremental import add
from atlas.build.manifest import Manifest, Present, load
from atlas.build.page_writer import Press
from atlas.site.jobs import Job

STEPS = 5
TABLES = ("cities", "sources", "contradictions", "commitments/welcome", "commitments/equality")
FIXED = ("id", "city", "country", "region", "sources", "record", "field", "value", "status", "period", "rank")
"""Columns in which another row's value may be no value, or make two records one."""


def cell(data: Path, chance: random.Random) -> None:
    """Give a cell the value of another row."""

    def change(rows: list[list[str]]) -> None:
        columns = [number for number, name in enumerate(rows[0]) if name not in FIXED]
        one, other = chance.choice(rows[1:]), chance.choice(rows[1:])
        column = chance.choice(columns)
        one[column] = "" if one[column] == other[column] and column > 2 else other[column]

    _edit(data, chance.choice(TABLES), change)


def row(data: Path, chance: random.Random) -> None:
    """Remove a commitment, or move one to the end."""

    def change(rows: list[list[str]]) -> None:
        taken = rows.pop(chance.randrange(1, len(rows)))
        if chance.random() < 0.5 or len(rows) < 2:
            rows.append(taken)

    _edit(
        data, chance.choice(("commitments/welcome", "commitments/equality", "commitments/old-pact")), change
    )


def text(data: Path, chance: random.Random) -> None:
    """Change a text of a record, or a label."""
    file = chance.choice(sorted(data.rglob("*.yaml")))
    lines = file.read_text("utf-8").splitlines()
    told = [number for number, line in enumerate(lines) if line.lstrip().startswith(("en: ", "pl: "))]
    if told:
        lines[chance.choice(told)] += f" {chance.randrange(1000)}"
        file.write_text("\n".join(lines) + "\n", "utf-8")


EDITS: Sequence[Callable[[Path, random.Random], None]] = (cell, cell, row, text)


def _edit(data: Path, table: str, change: Callable[[list[list[str]]], None]) -> None:
    path = data / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    change(rows)
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(rows)


def harm(path: Path, chance: random.Random) -> None:
    """Leave the manifest of a build that was killed, of another version, or none."""
    content = path.read_bytes()
    place = chance.randrange(len(content))
    chance.choice(
        (
            path.unlink,
            lambda: path.write_bytes(content[:place]),
            lambda: path.write_bytes(content.replace(b"manifest 5", b"manifest 4", 1)),
            lambda: path.write_bytes(content[:place] + bytes((content[place] ^ 4,)) + content[place + 1 :]),
        )
    )()


@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.proof) for seed in range(2, 20))])
def test_no_sequence_of_edits_leaves_a_stale_page(tmp_path: Path, seed: int) -> None:
    chance, data, path = random.Random(seed), tmp_path / "data", tmp_path / "manifest"
    shutil.copytree(GOOD, data)
    before: dict[Job, dict[str, bytes]] = {}
    kept_ever = 0
    for step in range(STEPS):
        if step:
            for _ in range(chance.randint(1, 3)):
                chance.choice(EDITS)(data, chance)
        one, folder = edition(data, tmp_path / "cache"), tmp_path / str(step)
        part = Press(one, folder, tmp_path / "published")(jobs_of(one))
        now = {job.job: {name: (folder / name).read_bytes() for name in job.files} for job in part.made}
        former, present = load(path), Present(one.digests, one.result)
        one.atlas.text.tables = former.tables
        changed = former.changed(present)
        kept = [job for job in now if job in former.jobs and changed.isdisjoint(former.jobs[job][0])]
        assert [job for job in kept if now[job] != before[job]] == []
        kept_ever += len(kept)
        left = [job for job in part.made if job.job not in set(kept)]
        manifest, whole = Manifest("x"), Manifest("x")
        manifest.keep(former, kept, present)
        add(manifest, part._replace(made=left), present, [])
        manifest.tables = one.atlas.text.tables
        manifest.save(path)
        add(whole, part, Present(edition(data).digests, one.result), [])
        assert _told(manifest) == _told(whole)
        before = now
        if chance.random() < 0.3:
            harm(path, chance)
            assert load(path).jobs == {}
    assert kept_ever


def _told(manifest: Manifest) -> dict[Job, dict[tuple[str, str], str]]:
    """Return the digests of what each job has read, which do not hang on what was made when."""
    return {
        job: {manifest.reads[number]: manifest.digests[number] for number in reads}
        for job, (reads, _) in manifest.jobs.items()
    }
