"""Work spread over processes, behind the interface of ``concurrent.futures.Executor``.

What to do is a callable that takes a list of jobs. A process that is forked after the model was built shares
its memory, so nothing but the jobs and their results is sent; where there is one processor, the
same callable runs here. An executor of another kind (a cluster's, say) does as well, if it
can pickle the callable.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import signal
import threading
import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import pairwise
from multiprocessing.connection import wait as wait_for_end
from typing import Any, TypeVar

from ..errors import EnvironmentFault, UsageError

J = TypeVar("J")
R = TypeVar("R")

CHUNKS = 24
"""Into how many parts the jobs of a worker are cut at least, so that none waits long for the last one."""
LONGEST = 64
"""How many jobs a part has at most, so that a build that is stopped soon stops."""
_YOUNG = (100_000, 1000, 1000)
"""When the collector of cycles looks at what is new, and hardly ever at what has been looked at."""


def number_of_workers(setting: object = None) -> int:
    """Return how many processes to use: the setting or, where it says nothing, the processors we may use."""
    if setting in (None, ""):
        return processors()
    try:
        number = int(str(setting))
    except ValueError:
        number = 0
    if number < 1:
        raise UsageError(f"ATLAS_WORKERS is {setting!r}; it must be a number of processes, 1 or more")
    return number


def processors() -> int:
    """Return the number of processors of this process, which may be fewer than those of the machine.

    It is one on Windows: work is only shared with processes that are forked.
    """
    if not hasattr(os, "fork"):
        return 1
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def spread(
    work: Callable[[Sequence[J]], R], jobs: Sequence[J], executor: Executor, workers: int, first: int = 0
) -> Iterator[R]:
    """Yield what ``work`` returns for each part of the jobs, as soon as it is done.

    The ``first`` jobs are one part, which has a process of its own where there are processes. Others are cut
    where they are in the list, so jobs that share something should stand together; of those that are done at
    once, the one begun first comes first. The first exception ends all: what has not begun is not begun.
    """
    size = max(1, min(LONGEST, -(-len(jobs) // (workers * CHUNKS))))
    ends = sorted({0, *range(first, len(jobs), size), len(jobs)})
    parts = (jobs[start:end] for start, end in pairwise(ends))
    running: list[Future[R]] = []
    try:
        if first and isinstance(executor, Forked):
            running.append(executor.submit_alone(next(parts)))
        for part in parts:
            running.append(executor.submit(work, part))
            # Two for each worker, so that none has to wait for us and little is under way when one fails.
            if len(running) >= 2 * workers:
                yield from _done(running)
        while running:
            yield from _done(running)
    except BrokenProcessPool:
        raise EnvironmentFault(
            "a process that made pages was ended from outside (out of memory?); nothing was published"
        ) from None
    finally:
        for future in running:
            future.cancel()


def _done(running: list[Future[R]]) -> Iterator[R]:
    """Yield what was returned where something is, in the order of its beginning; it is running no more."""
    done, _ = wait(running, return_when=FIRST_COMPLETED)
    for future in [one for one in running if one in done]:
        running.remove(future)
        yield future.result()


@contextlib.contextmanager
def local(work: Callable[..., Any], workers: int) -> Iterator[Executor]:
    """Yield an executor for ``work`` on this machine; in the end none of its processes is left."""
    # Frozen, what is there is not looked at by a collector, and so not copied when others share it. Of what
    # is made here the one part stays and the other dies young: only what is new need be looked at.
    already, before, looking = gc.get_freeze_count(), gc.get_threshold(), gc.isenabled()
    gc.freeze()
    gc.enable()
    gc.set_threshold(*_YOUNG)
    try:
        if workers == 1:
            yield Serial()
            return
        executor = Forked(work, workers)
        try:
            yield executor
        finally:
            executor.shutdown(wait=True, cancel_futures=True)
    finally:
        gc.set_threshold(*before)
        if not looking:
            gc.disable()
        if not already:
            gc.unfreeze()


@contextlib.contextmanager
def background_result(work: Callable[[], R]) -> Iterator[Callable[[], R | None]]:
    """Do something in a forked process while the block runs, and end that process with the block.

    Yield a function that waits and returns what the work returned; None where it came to nothing.
    """
    context = multiprocessing.get_context("fork")
    receiving, sending = context.Pipe(duplex=False)

    def tell() -> None:
        _leave_signals_to_parent()
        threading.Thread(target=_end_with_parent, daemon=True).start()
        with contextlib.suppress(Exception):  # who waits is told of none
            sending.send(work())

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # as below: other threads hold no lock it needs
        process = context.Process(target=tell)
        process.start()
    sending.close()

    def result() -> R | None:
        with contextlib.suppress(EOFError, OSError):  # it was ended before, or while, it told
            told: R = receiving.recv()
            return told
        return None

    try:
        yield result
    finally:
        process.kill()
        process.join()
        receiving.close()


def child(work: Callable[[], object]) -> int:
    """Do something in a forked process and return its id; it ends with 1 where that raises, else with 0."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # as below: other threads hold no lock it needs
        pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        _leave_signals_to_parent()
        work()
        status = 0
    finally:
        os._exit(status)  # what the parent has begun is for the parent to end


def ended_well(pid: int) -> bool:
    """Wait for a process that ``child`` began; return whether its work was done without an exception."""
    try:
        return os.waitpid(pid, 0)[1] == 0
    except ChildProcessError:  # who ignores SIGCHLD is not told how it ended
        return False
    except BaseException:  # nobody will ask any more
        os.kill(pid, signal.SIGKILL)
        raise


_background: list[tuple[int, Callable[[], object]]] = []
"""The processes that ``in_background`` has begun, with their work."""


def in_background(work: Callable[[], object], workers: int) -> None:
    """Do something in a background process, or here where one process has to do."""
    if workers > 1:
        _background.append((child(work), work))
    else:
        work()


def wait_for_background() -> None:
    """Wait for background processes; what did not end well there is done here, and tells what is wrong."""
    while _background:
        process, work = _background.pop()
        if not ended_well(process):
            work()


def end_background() -> None:
    """End background processes, which nobody needs any more."""
    while _background:
        process, _ = _background.pop()
        with contextlib.suppress(ProcessLookupError):  # where SIGCHLD is ignored it may be gone
            os.kill(process, signal.SIGKILL)
        ended_well(process)


def _leave_signals_to_parent() -> None:
    """The parent alone hears that somebody wants to stop, and decides when its children end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


class Serial(Executor):
    """Does everything here, at once."""

    def submit(self, fn: Callable[..., R], /, *args: Any, **kwargs: Any) -> Future[R]:
        """Call the function; an exception is raised where the result is asked for."""
        future: Future[R] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


class Forked(ProcessPoolExecutor):
    """Processes that know what to do from the moment they are forked: only arguments are sent to them."""

    def __init__(self, work: Callable[..., Any], workers: int) -> None:
        """Prepare; the processes start with the first job."""
        context = multiprocessing.get_context("fork")
        super().__init__(workers, mp_context=context, initializer=_begin, initargs=(work,))
        self._work = work

    def submit(self, fn: Callable[..., R], /, *args: Any, **kwargs: Any) -> Future[R]:
        """Send the arguments of the callable that the processes have."""
        assert fn is self._work, "a forked executor does one thing"
        return self._submit(_call, *args, **kwargs)

    def submit_alone(self, *args: Any) -> Future[Any]:
        """Do what needs much memory: a process makes another one for it, with which the memory goes."""
        return self._submit(_call_alone, *args)

    def _submit(self, call: Callable[..., R], /, *args: Any, **kwargs: Any) -> Future[R]:
        with warnings.catch_warnings():
            # Python warns of threads that hold locks; ours draw a progress bar, and workers print nothing.
            warnings.simplefilter("ignore", DeprecationWarning)
            return super().submit(call, *args, **kwargs)


_work: Callable[..., Any] | None = None


def _begin(work: Callable[..., Any]) -> None:
    """Begin the life of a worker: the parent alone decides when it ends, and it does not outlive it."""
    global _work
    _work = work
    _leave_signals_to_parent()
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait_for_end([parent.sentinel])
        os._exit(1)


def _call(*args: Any, **kwargs: Any) -> Any:
    assert _work is not None
    return _work(*args, **kwargs)


def _call_alone(*args: Any) -> Any:
    assert _work is not None
    with Forked(_work, 1) as alone:
        return alone.submit(_work, *args).result()
