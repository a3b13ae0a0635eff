"""Barriers of a page: what axe finds against WCAG 2.2 AA and good practice."""

from __future__ import annotations

import json
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CONTRAST = {"type": "rule", "values": ["color-contrast"]}
"""Only colours differ in the dark."""
LAYOUT = {"type": "rule", "values": ["color-contrast", "target-size", "scrollable-region-focusable"]}
"""What may differ in a window of another width."""
_AXE = Axe().axe_script


def barriers(page: Page, rules: Any = RULES, *, serious: bool = False) -> dict[str, list[str]]:
    """Return what axe finds, with the elements; ``serious`` leaves out what is less."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(_AXE)
    options = json.dumps({"runOnly": rules, "resultTypes": ["violations"]})
    found = page.evaluate(f"axe.run({options}).then(({{ violations }}) => violations)")
    return {
        f"{one['id']}: {one['help']}": [str(node["target"]) for node in one["nodes"]]
        for one in found
        if not serious or one["impact"] in ("serious", "critical")
    }
