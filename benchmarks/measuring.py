"""Runs a command and says what it took; what machine this is."""

from __future__ import annotations

import os
import platform
import resource
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple


class Run(NamedTuple):
    """What one command took."""

    wall: float
    cpu: float
    """Seconds of processor time of all its processes."""
    peak_mb: float
    """Memory of the largest of its processes."""
    others: float
    """Processors that others used meanwhile, on average."""
    said: str = ""


class TooLong(Exception):
    """A command that took longer than it was given."""


def surroundings(environ: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of a command: as on most machines, Python keeps what it has compiled."""
    own = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**own, **environ}


def run(
    command: Sequence[str], *, folder: Path, environ: Mapping[str, str], limit: float | None = None
) -> Run:
    """Run a command and measure it; raises SystemExit with what it said where it fails.

    Linux counts the memory of the process that starts another one as if it were its own: whoever calls this
    should be small.
    """
    before, began = busy(), time.perf_counter()
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen(
            command, cwd=folder, env=surroundings(environ), stdin=subprocess.DEVNULL, stdout=said,
            stderr=said, text=True, start_new_session=True,
        )  # fmt: skip
        try:
            used = _ended(process, limit)
        except BaseException:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)  # it has a session of its own and would go on
            raise
        wall = time.perf_counter() - began
        said.seek(0)
        text = said.read()
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}\n{text[-4000:]}")
    cpu = used.ru_utime + used.ru_stime
    return Run(wall, cpu, used.ru_maxrss / 1024, max(0.0, (busy() - before - cpu) / wall), text)


def _ended(process: subprocess.Popen[str], limit: float | None) -> resource.struct_rusage:
    """Wait for the end of a process; raises TooLong where it takes longer than the limit."""
    until = time.monotonic() + limit if limit else float("inf")
    while True:
        pid, status, used = os.wait4(process.pid, 0 if limit is None else os.WNOHANG)
        if pid:
            process.returncode = os.waitstatus_to_exitcode(status)
            return used
        if time.monotonic() > until:
            raise TooLong
        time.sleep(0.005)


def busy() -> float:
    """Return the seconds that all processors have worked since the machine started; 0 where it tells not."""
    try:
        values = [int(value) for value in Path("/proc/stat").read_text().split("\n")[0].split()[1:9]]
    except OSError:
        return 0.0
    return (sum(values) - values[3] - values[4]) / os.sysconf("SC_CLK_TCK")


def own_peak_mb() -> float:
    """Return the most memory that this process has had, without what started it."""
    status = Path("/proc/self/status")
    if status.is_file():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def median(runs: Iterable[Run]) -> Run:
    """Return the run in the middle by wall time, with the median of what others used."""
    ordered = sorted(runs)
    middle = ordered[len(ordered) // 2]
    return middle._replace(others=statistics.median(one.others for one in ordered))


def remove(*paths: Path) -> None:
    """Remove files and folders, if they are there."""
    for path in paths:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def machine() -> str:
    """Return a line on the machine, without its name."""
    model, memory = platform.machine(), 0
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        model = next(
            (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), model
        )
        memory = int(Path("/proc/meminfo").read_text().split()[1]) // 1024
    except OSError:
        pass
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    told = f"{cores} processors ({model}), {memory / 1024:.0f} GB of memory, {platform.system()}"
    return f"{told}, Python {sys.version.split()[0]}{_packager()}"


def _packager() -> str:
    """Return whose Python this is where the system brings it: such a one is optimised with profiles.

    One that was compiled here without them takes up to one and a half times as long.
    """
    with suppress(OSError):
        if sys.base_prefix == "/usr":
            return f" of {platform.freedesktop_os_release()['PRETTY_NAME']}"
    return ""
