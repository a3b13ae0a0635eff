"""A public interface asked for JSON: its answer, or why there is none."""

from __future__ import annotations

import json
from typing import Any

from ...errors import EnvironmentFault
from ...findings import N_, Word
from .judge import NO_HOST, Verdict, verdict
from .visit import Visitor


def asked(visitor: Visitor, url: str) -> tuple[Any, Verdict]:
    """Return what an interface answers, and the verdict on its answer; nothing where that is not good.

    Raises EnvironmentFault where its host is not found: then there is no network.
    """
    visit = visitor.visit(url, "GET")
    found = verdict(visit)
    if found.reason == NO_HOST:
        raise EnvironmentFault(N_("no host was found; is there a network?"))
    if found.kind not in ("ok", "moved", "soft-404"):
        return None, found
    try:
        return json.loads(visit.answer.body), found
    except (ValueError, RecursionError):  # a page of HTML, half an answer
        return None, Verdict("error", Word(N_("the answer is not JSON")))
