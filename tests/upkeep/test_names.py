"""Names: a class name stands for one thing."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

ATLAS = Path(__file__).resolve().parents[2] / "plugins/atlas"


def test_no_class_name_stands_for_two_things() -> None:
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted(ATLAS.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef):
                found[node.name.lstrip("_")].append(f"{path.relative_to(ATLAS)}:{node.lineno}")
    assert {name: places for name, places in found.items() if len(places) > 1} == {}
