"""Canonical YAML read by lines: the same records as the parser's, and nothing that it would refuse."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from atlas.dataset.canonical.yaml import canonical_yaml
from atlas.dataset.reading.yaml_lines import by_lines
from atlas.dataset.reading.yaml_tree import parse_yaml
from atlas.findings import Finding
from atlas.model.schema import schema

GOOD = Path(__file__).parent.parent / "data/good"
FOLDERS = {"networks": "network", "charters": "charter", "actions": "action"}
PIECES: tuple[str, ...] = (
    *" :-#'\"\n[]{}|>&*!%@`,?~.0aZ\tą\u00a0\u2028\x85=<",
    *("  ", "\n  ", "\n    ", ": ", " #", "- ", "\n- ", "\n  - ", "null", "''", "key: v\n", "key:\n"),
    *("  key: v\n", "    x: y\n", "|\n", "...\n", "---\n", "  - - a\n", "  - a: b\n", "'on': 1\n", "? "),
    *("*a", "&a b", "!!str ", "a: b: c\n", "~\n", "\n\n"),
)


def canonical_texts() -> list[str]:
    records = schema(("en", "pl"))
    files = [
        (records[record], file.read_text("utf-8"))
        for folder, record in FOLDERS.items()
        for file in sorted((GOOD / folder).glob("*.yaml"))
    ]
    files.append((records["vocabulary"], (GOOD / "vocabulary.yaml").read_text("utf-8")))
    return [canonical_yaml(record, text) for record, text in files]


def mutated(text: str, chance: random.Random) -> str:
    """The text with a piece put in or taken out, or a line copied or indented otherwise."""
    at = chance.randrange(len(text) + 1)
    if chance.random() < 0.6:
        return text[:at] + chance.choice(("", *PIECES)) + text[at + chance.choice((0, 0, 1, 3)) :]
    lines = text.split("\n")
    line = " " * chance.randrange(9) + chance.choice(lines).strip()
    lines.insert(chance.randrange(len(lines)), line)
    return "\n".join(lines)


def test_what_fmt_writes_is_mostly_read_by_lines_as_the_parser_reads_it() -> None:
    read = [(by_lines(text, "p", "i"), parse_yaml(text, "p", "i", [])) for text in canonical_texts()]
    assert all(quick is None or repr(quick) == repr(slow) for quick, slow in read)
    assert sum(quick is not None for quick, _ in read) * 2 > len(read)


@pytest.mark.parametrize("seed", range(4))
def test_a_mutated_file_is_read_as_by_the_parser_or_left_to_it(seed: int) -> None:
    chance = random.Random(seed)
    texts = [text for text in canonical_texts() if len(text) < 3000]
    accepted = 0
    for _ in range(1500):
        text = chance.choice(texts)
        for _ in range(chance.randrange(1, 4)):
            text = mutated(text, chance)
        if (quick := by_lines(text, "p", "i")) is not None:
            accepted += 1
            found: list[Finding] = []
            assert (repr(quick), found) == (repr(parse_yaml(text, "p", "i", found)), [])
    assert accepted > 100


@pytest.mark.parametrize(
    "text",
    [
        "a:\n",
        "a: ~\n",
        "a: b #c\n",
        "a: b\na: c\n",
        "a: b\n  c: d\n",
        "a:\n- b\n",
        "a: [b]\n",
        "a: 'b\n  c'\n",
        "a: b",
        "# c\na: b\n",
        "a: b \n",
        "a:\tb\n",
        "null: b\n",
        f"a: {'b' * 10_001}\n",
        "",
    ],
)
def test_what_is_in_any_doubt_is_left_to_the_parser(text: str) -> None:
    assert by_lines(text, "p", "i") is None
