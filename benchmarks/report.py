"""What was measured, as a table and a plot for ``docs/performance.md``."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path

from builders import OURS
from measuring import Run

BEGIN, END = "<!-- measured -->", "<!-- end of what was measured -->"
PAGE, PLOT = "performance.md", "performance.svg"


@dataclass(frozen=True)
class Line:
    """One builder: the medians of its runs, or a note why there are none."""

    name: str
    version: str
    cold: Run | None = None
    warm: Run | None = None
    note: str = ""


@dataclass(frozen=True)
class Comparison:
    """The builders of the same pages."""

    lines: Sequence[Line]
    writing: float
    """Seconds of only writing the bytes."""
    files: int
    size: int
    said: str
    """What this engine said of the files that differed after one row."""


@dataclass(frozen=True)
class Stages:
    """Seconds and megabytes by stage, in one process."""

    seconds: Mapping[str, Sequence[float]]
    jobs: int
    files: int
    characters: int


@dataclass(frozen=True)
class Size:
    """One number of cities."""

    cities: int
    alike: Comparison
    alike_stages: Stages
    real: Comparison | None = None
    real_stages: Stages | None = None


def table(sizes: Sequence[Size], machine: str, day: date, runs: int, commit: str) -> str:
    """Return everything as Markdown."""
    versions = {line.name: line.version for size in sizes for line in size.alike.lines if line.version}
    told = "; ".join(f"{name} {version}" for name, version in versions.items())
    when = f"{day} at {commit}" if commit else f"{day}"
    parts = [
        f"Measured on {when}: {machine}. Medians of {runs}, interleaved. {told}.",
        "",
    ]
    for size in sizes:
        parts += [f"### {size.cities:,} cities", "", *_HEAD, *_compared(size.alike)]
        parts += [*(_compared(size.real) if size.real else ()), "", _files("The same pages", size.alike)]
        parts += [*([_files("The real theme", size.real)] if size.real else ()), ""]
    parts += ["### Stages", "", "Seconds of processor time in one process (memory so far in MB).", ""]
    return "\n".join([*parts, *_staged(sizes), ""])


_HEAD = (
    "| | from nothing, s | to ours | after one row, s | to ours | CPU, s | pages/s | MB/s | peak, MB "
    "| others' CPUs |",
    "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
)


def _compared(one: Comparison) -> Iterable[str]:
    ours = one.lines[0]
    for line in one.lines:
        if line.cold is None or line.warm is None or ours.cold is None or ours.warm is None:
            yield f"| {line.name} | {line.note} | | | | | | | | |"
            continue
        cold, warm = line.cold, line.warm
        others = max(cold.others, warm.others)
        yield (
            f"| {line.name} | {cold.wall:.2f} | {cold.wall / ours.cold.wall:.1f} | {warm.wall:.2f} "
            f"| {warm.wall / ours.warm.wall:.1f} | {cold.cpu:.1f} | {one.files / cold.wall:,.0f} "
            f"| {one.size / 1e6 / cold.wall:.1f} | {cold.peak_mb:,.0f} | {others:.1f} |"
        )
    times = f"{one.writing / ours.cold.wall:.2f}" if ours.cold else ""
    yield f"| only writing the same bytes | {one.writing:.2f} | {times} | | | | | | | |"


def _files(name: str, one: Comparison) -> str:
    changed = f" After one row: {one.said}." if one.said else ""
    return f"{name}: {one.files:,} files, {one.size / 1e6:,.1f} MB.{changed}"


def _staged(sizes: Iterable[Size]) -> Iterable[str]:
    kinds = [
        (f"{size.cities:,} cities, {name}", one)
        for size in sizes
        for name, one in (("the same pages", size.alike_stages), ("real theme", size.real_stages))
        if one
    ]
    stages = list(dict.fromkeys(stage for _, one in kinds for stage in one.seconds))
    yield f"| | {' | '.join(stages)} | pages a second |"
    yield f"|---|{'--:|' * (len(stages) + 1)}"
    for name, one in kinds:
        cells = [
            f"{one.seconds[stage][0]:.2f} ({one.seconds[stage][1]:,.0f})" if stage in one.seconds else ""
            for stage in stages
        ]
        making = sum(one.seconds[stage][0] for stage in ("views", "render", "write"))
        yield f"| {name} | {' | '.join(cells)} | {one.jobs / making:,.0f} |"


def keep(folder: Path, told: str, sizes: Sequence[Size]) -> None:
    """Put the table between the marks of ``performance.md``, and the plot beside it."""
    page = folder / PAGE
    before, _, rest = page.read_text("utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    picture = f"![Seconds by number of cities, from nothing; both axes by powers of ten]({PLOT})"
    page.write_text(f"{before}{BEGIN}\n\n{picture}\n\n{told}{END}{after}", "utf-8", newline="\n")
    (folder / PLOT).write_text(plot(sizes), "utf-8", newline="\n")


# The plot

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 720, 420, 60, 190, 20, 50
COLOURS = ("#8a1c5b", "#0b5fa5", "#8a5200", "#5a3fa6", "#3a6b00", "#a62b17", "#555555", "#000000")


def plot(sizes: Sequence[Size]) -> str:
    """Return the seconds from nothing by the number of cities; both axes are logarithmic."""
    series: dict[str, list[tuple[int, float]]] = {}
    for size in sizes:
        for line in size.alike.lines:
            if line.cold:
                series.setdefault(line.name, []).append((size.cities, line.cold.wall))
        series.setdefault("only writing", []).append((size.cities, size.alike.writing))
    numbers = [number for points in series.values() for number, _ in points]
    seconds = [second for points in series.values() for _, second in points]
    low, high = _powers(min(numbers), max(numbers)), _powers(min(seconds), max(seconds))

    def x(number: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * (math.log10(number) - low[0]) / (low[1] - low[0])

    def y(second: float) -> float:
        share = (math.log10(max(second, 1e-4)) - high[0]) / (high[1] - high[0])
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * share

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" '
        'font-size="13" role="img"><title>Seconds by number of cities, from nothing</title>',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
    ]
    for power in range(low[0], low[1] + 1):
        at = x(10**power)
        parts.append(f'<path d="M{at:.1f} {TOP}V{HEIGHT - BOTTOM}" stroke="#ddd"/>')
        parts.append(
            f'<text x="{at:.1f}" y="{HEIGHT - BOTTOM + 20}" text-anchor="middle">{10**power:,}</text>'
        )
    for power in range(high[0], high[1] + 1):
        at = y(10.0**power)
        parts.append(f'<path d="M{LEFT} {at:.1f}H{WIDTH - RIGHT}" stroke="#ddd"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{at + 4:.1f}" text-anchor="end">{10.0**power:g}</text>')
    parts.append(
        f'<text x="{(LEFT + WIDTH - RIGHT) / 2:.0f}" y="{HEIGHT - 10}" text-anchor="middle">cities</text>'
    )
    parts.append(f'<text x="14" y="{TOP + 4}">s</text>')
    names: list[tuple[float, str, str]] = []
    for (name, points), colour in zip(series.items(), COLOURS * 2, strict=False):
        path = "L".join(f"{x(number):.1f} {y(second):.1f}" for number, second in points)
        width, dashes = (
            (3, "") if name == OURS else (1.5, ' stroke-dasharray="4 3"' if "only" in name else "")
        )
        parts.append(f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="{width}"{dashes}/>')
        parts += [
            f'<circle cx="{x(number):.1f}" cy="{y(second):.1f}" r="3" fill="{colour}"/>'
            for number, second in points
        ]
        names.append((y(points[-1][1]), name, colour))
    last = -math.inf
    for at, name, colour in sorted(names):
        last = max(at, last + 15)  # names that would lie upon each other are moved down
        parts.append(
            f'<text x="{WIDTH - RIGHT + 10}" y="{last + 4:.1f}" fill="{colour}">{escape(name)}</text>'
        )
    return "\n".join([*parts, "</svg>\n"])


def _powers(low: float, high: float) -> tuple[int, int]:
    """Return the powers of ten around an interval; never the same twice."""
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    return first, max(last, first + 1)
