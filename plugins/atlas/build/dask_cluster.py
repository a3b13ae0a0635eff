"""Dask's workers, on any number of machines, behind the interface of ``concurrent.futures.Executor``.

What to do is sent to each worker once, as a plugin: the scheduler keeps it and hands it to workers that join
later or come back. Jobs are small. A worker that is lost gives its jobs to the others. Part of the optional
extra ``cluster``; imported only where a scheduler is named.
"""

from __future__ import annotations

import hashlib
import re
import sys
import threading
import uuid
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError, Executor, Future
from contextlib import contextmanager, suppress
from functools import cache, partial
from importlib.metadata import requires, version
from pathlib import Path
from typing import Any, TypeVar

from distributed import Client, KilledWorker, Worker, WorkerPlugin, get_worker

from ..errors import AtlasError, EnvironmentFault, UsageError

R = TypeVar("R")

RETRIES = 2
"""How often a part is tried again that raised: networks have moods."""
PATIENCE = 30.0
"""Seconds to wait for the scheduler, for the first worker, and for one to come back."""
_PACKAGE = "city-commitments-atlas"
_NAME = re.compile(r"[\w.-]+")
_SOURCES = (".py", ".po", ".toml", ".yaml", ".json", ".csv", ".html")


class Work(WorkerPlugin):
    """What a worker is there for: the callable and everything that it holds."""

    def __init__(self, work: Callable[..., Any], program: str) -> None:
        """Take the callable, and the program that it expects to meet."""
        self.work = work
        self.program = program

    def fault(self, worker: str) -> str | None:
        """Say why the worker at this address, which must be this one, must not do it."""
        if program() == self.program:
            return None
        return (
            f"worker {worker} runs another version of the atlas or of its libraries; start all "
            "workers anew from the commit and the lock that are used here; nothing was published"
        )


class Cluster(Executor):
    """The workers of one scheduler, which all know what to do."""

    def __init__(self, client: Any, work: Callable[..., Any]) -> None:
        """Send the work to the workers."""
        self._client = client
        self._work = work
        self._name = f"atlas-{uuid.uuid4().hex}"
        client.register_plugin(Work(work, program()), name=self._name)
        self._under_way: set[Future[Any]] = set()
        self._lock = threading.Lock()

    @property
    def workers(self) -> int:
        """Return how many parts the workers do at once; they may become more or fewer."""
        threads: int = sum(self._client.nthreads().values())
        return max(1, threads)

    def submit(self, fn: Callable[..., R], /, *args: Any, **kwargs: Any) -> Future[R]:
        """Send the arguments of the callable that the workers have."""
        assert fn is self._work, "a cluster does one thing"
        result: Future[R] = Future()
        # Not Dask's own executor: its futures never end when the connection is lost while a result is sent.
        there = self._client.submit(_call, self._name, args, kwargs, pure=False, retries=RETRIES)
        with self._lock:
            self._under_way.add(result)
        result.add_done_callback(partial(self._forget, there))
        there.add_done_callback(partial(self._hand_on, result, args))
        return result

    def _forget(self, there: Any, result: Future[Any]) -> None:
        with self._lock:
            self._under_way.discard(result)
        if result.cancelled():
            there.cancel()

    def _hand_on(self, result: Future[Any], args: tuple[Any, ...], there: Any) -> None:
        try:
            value, error = there.result(), None
        except BaseException as raised:
            value, error = None, raised
        if not _begin(result):
            return
        if error is None:
            result.set_result(value)
        else:
            result.set_exception(self._told(error, args))

    def _told(self, error: BaseException, args: tuple[Any, ...]) -> BaseException:
        """Return what an exception of Dask means; one of the work stays what it is."""
        if isinstance(error, KilledWorker):
            return EnvironmentFault(
                f"workers of the cluster were ended from outside, one after the other, while making "
                f"{_named(args)}, or what was made beside it (out of memory?); nothing was published"
            )
        if isinstance(error, CancelledError):
            return EnvironmentFault(
                f"the cluster at {self._client.scheduler.address if self._client.scheduler else '?'} "
                "has forgotten its work (was the scheduler restarted?); nothing was published"
            )
        return error

    def give_up(self, fault: AtlasError) -> None:
        """End everything under way with a fault."""
        with self._lock:
            waiting = list(self._under_way)
        for result in waiting:
            if _begin(result):
                result.set_exception(fault)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Make the workers forget; the cluster itself goes on."""
        with self._lock:
            waiting = list(self._under_way)
        for result in waiting:
            if wait and not cancel_futures:
                with suppress(BaseException):
                    result.result()
            result.cancel()
        self._client.unregister_worker_plugin(self._name)


def _begin(result: Future[Any]) -> bool:
    """Claim the right to set a result; return False where it was cancelled or has one."""
    try:
        return result.set_running_or_notify_cancel()
    except Exception:  # another thread was quicker, and has set one
        return False


def _named(args: tuple[Any, ...]) -> str:
    """Return the first and last job of a part in words."""
    jobs = args[0] if args and isinstance(args[0], Sequence) else ()
    told = [" ".join(map(str, job)) if isinstance(job, tuple) else str(job) for job in jobs]
    return " … ".join(dict.fromkeys((told[0], told[-1]))) if told else "pages"


@contextmanager
def cluster(work: Callable[..., Any], address: str, *, patience: float = PATIENCE) -> Iterator[Cluster]:
    """Yield an executor for ``work`` on the workers of a scheduler; ``patience`` is in seconds.

    Raises UsageError where the address is none, EnvironmentFault where nobody answers there, no worker is
    left, or one runs another version of the atlas.
    """
    if not address.startswith(("tcp://", "tls://")):
        raise UsageError(f"ATLAS_SCHEDULER is {address!r}; write it like tcp://192.0.2.1:8786")
    client = _connected(address, patience)
    try:
        executor = Cluster(client, work)
        for fault in client.run(_fault, executor._name).values():
            if fault:
                raise EnvironmentFault(fault)
        stop = threading.Event()
        watch = threading.Thread(target=_watch, args=(client, executor, patience, stop), daemon=True)
        watch.start()
        try:
            yield executor
        finally:
            stop.set()
            watch.join()
            executor.shutdown(cancel_futures=True)
    finally:
        client.close()


def _connected(address: str, patience: float) -> Any:
    try:
        client: Any = Client(address, timeout=patience, set_as_default=False, name="atlas")  # type: ignore[no-untyped-call]  # Dask is typed in parts
    except (OSError, TimeoutError, ValueError) as error:
        text = " ".join(str(error).split())
        raise EnvironmentFault(f"no scheduler answers at {address} ({text}); nothing was published") from None
    try:
        client.wait_for_workers(1, timeout=patience)
    except TimeoutError:
        client.close()
        raise EnvironmentFault(f"the scheduler at {address} has no workers; nothing was published") from None
    return client


def _watch(client: Any, executor: Cluster, patience: float, stop: threading.Event) -> None:
    """Give up when all workers are gone for long: Dask would wait for ever."""
    alone = 0.0
    step = min(1.0, patience / 4)
    while not stop.wait(step):
        try:
            alone = 0.0 if client.nthreads() else alone + step
        except Exception:  # whatever is wrong with the connection, nobody works for us
            alone += step
        if alone >= patience:
            executor.give_up(EnvironmentFault("no worker of the cluster is left; nothing was published"))
            return


def _call(name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """Do a part, on a worker."""
    worker = get_worker()
    if fault := _fault(name, worker):
        raise EnvironmentFault(fault)
    return worker.plugins[name].work(*args, **kwargs)  # type: ignore[attr-defined]  # it is ours


def _fault(name: str, dask_worker: Worker) -> str | None:
    work = dask_worker.plugins[name]
    assert isinstance(work, Work)
    return work.fault(dask_worker.address)


@cache
def program() -> str:
    """Return a digest of what decides how a page comes out, beside the edition: code, words, libraries.

    It is taken once, before the first page: a process does not notice that its files were changed.
    """
    digest = hashlib.sha256(str(sys.version_info[:2]).encode())
    needed = {_NAME.match(each)[0] for each in requires(_PACKAGE) or () if "extra ==" not in each}  # type: ignore[index]  # each begins with a name
    for package in sorted(needed | {"Jinja2", "MarkupSafe"}):
        digest.update(f"{package} {version(package)}\n".encode())
    root = Path(__file__).parent.parent
    for path in sorted(root.rglob("*")):
        if path.suffix in _SOURCES and path.is_file():
            digest.update(path.relative_to(root).as_posix().encode() + b"\0")
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
