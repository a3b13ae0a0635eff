"""The list of jobs: every route has its jobs, whatever routes it is grouped with."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from atlas.site.jobs import Job, Route, jobs

SCENES: Any = [
    SimpleNamespace(lens=SimpleNamespace(lang=SimpleNamespace(code=code))) for code in ("en", "pl")
]


def route(grouped_with: str = "", *, once: bool = False) -> Route:
    return Route(
        make=lambda scene, id: (), ids=lambda scene: ("a", "b"), grouped_with=grouped_with, once=once
    )


def test_routes_about_the_same_things_have_their_jobs_together() -> None:
    routes = {"city": route(), "other": route(), "document": route("city", once=True)}
    assert list(jobs(SCENES[:1], routes)) == [
        *(Job("en", name, id) for id in ("a", "b") for name in ("city", "document")),
        *(Job("en", "other", id) for id in ("a", "b")),
    ]


@pytest.mark.parametrize(
    "others", [{"b": "a", "c": "b"}, {"b": "b", "c": "c"}, {"b": "c", "c": "b"}, {"b": "no such", "c": "a"}]
)
def test_no_route_loses_its_jobs_by_what_it_is_grouped_with(others: dict[str, str]) -> None:
    routes = {"a": route()} | {name: route(of) for name, of in others.items()}
    wanted = {Job(code, name, id) for code in ("en", "pl") for name in routes for id in ("a", "b")}
    made = list(jobs(SCENES, routes))
    assert len(made) == len(wanted) and set(made) == wanted
