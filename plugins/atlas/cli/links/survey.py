"""Every address of a dataset visited once: hosts side by side, the addresses of one host in turn."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from ...dataset.reading.load import Dataset
from ...model.grouping import grouped
from ...model.schema import Field
from ...validate.context import Context, Pick, Value
from ...validate.values.urls import url_problem
from ..web.fetch import Answer
from ..web.judge import Verdict, probe_address, verdict, wants_probe
from ..web.visit import Visitor, name_of

SIDE_BY_SIDE = 12
"""Hosts that are asked at the same time."""


def mentions(dataset: Dataset, today: date) -> Iterator[Value]:
    """Return every public address of the dataset; wrong ones have a finding of ``atlas check``."""
    sources = dataset.table("sources")
    # A page that is known to be gone is not looked for again.
    gone = {sources.place(row, "url") for row, when in sources.column("gone") if when}
    return (value for value in Context(dataset, today).matching(_addresses) if value.place not in gone)


def _addresses(one: Field) -> Pick | None:
    return (lambda texts: [text for text in texts if not url_problem(text)]) if one.type == "url" else None


@dataclass(slots=True)
class Survey:
    """One run over many addresses."""

    visitor: Visitor
    side_by_side: int = SIDE_BY_SIDE

    def verdicts(
        self, urls: Iterable[str], done: Callable[[str, Verdict], None] = lambda url, found: None
    ) -> Mapping[str, Verdict]:
        """Return what is to be said of each address; ``done`` is told of each one as soon as it is known."""
        by_host = grouped(dict.fromkeys(urls), lambda url: name_of(urlsplit(url).hostname or ""))
        found: dict[str, Verdict] = {}
        pool = ThreadPoolExecutor(self.side_by_side, thread_name_prefix="links")
        try:
            jobs = [pool.submit(self._one_host, sorted(group), done) for group in by_host.values()]
            for job in as_completed(jobs):
                found.update(job.result())
        finally:
            # After Ctrl-C nothing new is begun.
            pool.shutdown(wait=True, cancel_futures=True)
        return found

    def _one_host(self, urls: list[str], done: Callable[[str, Verdict], None]) -> dict[str, Verdict]:
        found = {}
        probes: dict[str, Answer] = {}
        for url in urls:
            visit = self.visitor.visit(url)
            probe = None
            if wants_probe(visit):
                # One probe a host: it is a request for nothing.
                host = urlsplit(visit.answer.url).netloc
                if host not in probes:
                    probes[host] = self.visitor.page(probe_address(visit.answer.url))
                probe = probes[host]
            found[url] = verdict(visit, probe)
            done(url, found[url])
        return found
