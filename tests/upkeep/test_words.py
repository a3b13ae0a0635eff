"""Words: who searches for a usual term of the field finds the module that does it, and the glossary."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

LEADS_TO = {
    "cache": "plugins/atlas/cache/disk_cache.py",
    "dependency": "plugins/atlas/cache/reads.py",
    "deploy": "plugins/atlas/build/folder_swap.py",
    "escape": "plugins/atlas/site/templates.py",
    "fallback": "plugins/atlas/languages/language.py",
    "incremental": "plugins/atlas/build/incremental.py",
    "pagination": "plugins/atlas/views/paging.py",
    "rate limit": "plugins/atlas/cli/web/visit.py",
    "redirect": "plugins/atlas/site/permanence/write_redirects.py",
    "retry": "plugins/atlas/cli/web/visit.py",
    "sanitize": "plugins/atlas/site/content.py",
    "scaffold": "plugins/atlas/cli/new/session.py",
    "subset": "plugins/atlas/site/assets/font_subset.py",
    "throttle": "plugins/atlas/cli/web/visit.py",
    "thumbnail": "plugins/atlas/drawings/png.py",
    "tombstone": "plugins/atlas/views/pages/gone.py",
}


def files() -> Iterator[Path]:
    yield from sorted((ROOT / "plugins/atlas").rglob("*.py"))
    yield from sorted((ROOT / "scripts").glob("*.py"))
    yield from sorted((ROOT / "docs").glob("*.md"))


def test_a_search_for_a_usual_word_leads_to_its_module() -> None:
    texts = {path.relative_to(ROOT).as_posix(): path.read_text("utf-8").casefold() for path in files()}
    lost = [(word, name) for word, name in LEADS_TO.items() if word not in texts[name]]
    assert lost == []


def test_the_word_stands_where_the_module_says_what_it_is() -> None:
    said = {
        name: ast.get_docstring(ast.parse((ROOT / name).read_text("utf-8"))) for name in LEADS_TO.values()
    }
    assert [word for word, name in LEADS_TO.items() if word not in (said[name] or "").casefold()] == []


def test_the_glossary_has_one_line_and_one_meaning_for_each_term() -> None:
    lines = (ROOT / "docs/glossary.md").read_text("utf-8").splitlines()
    terms = [found[1] for line in lines[6:] if (found := re.match(r"\| ([a-z ]+) \| .+ \|$", line))]
    assert terms == sorted(set(terms))
    assert len(terms) >= 30
