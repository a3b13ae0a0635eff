"""The canonical form of YAML records: order, layout and quotes."""

from __future__ import annotations

from pathlib import Path

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from atlas.dataset.canonical.yaml import canonical_yaml, meaning, new_yaml
from atlas.dataset.reading.yaml_tree import parse_yaml
from atlas.findings import Finding
from atlas.model.schema import schema

SAMPLE = Path(__file__).resolve().parents[1] / "data/sample"
RECORDS = schema()
KINDS = {"networks": "network", "charters": "charter", "actions": "action"}


def said(text: str) -> object:
    found: list[Finding] = []
    document = parse_yaml(text, "x.yaml", "x", found)
    assert document is not None, found
    assert found == []
    return meaning(document.root)


def canonical(text: str, record: str = "network") -> str:
    """Return the canonical form, which says the same and is its own canonical form."""
    result = canonical_yaml(RECORDS[record], text)
    assert said(result) == said(text)
    assert canonical_yaml(RECORDS[record], result) == result
    return result


def test_canonical_records_stay_as_they_are() -> None:
    texts = {path: path.read_text("utf-8") for path in SAMPLE.rglob("*.yaml")}
    assert len(texts) > 100
    changed = {
        path.name: result
        for path, text in texts.items()
        if (result := canonical_yaml(RECORDS[KINDS.get(path.parent.name, "vocabulary")], text)) != text
    }
    assert changed == {}


def test_keys_stand_in_the_order_of_the_schema_and_lists_stay() -> None:
    assert canonical(
        "sources: [b, a]\n"
        "extra: 1\n"
        "counts:\n- sources: [b]\n  members: 012\n- on: 2020-01-02\n  members: 12\n"
        "name: {pl: Sieć, en: Network}\n"
        "kind: network\n"
    ) == (
        "kind: network\n"
        "name:\n  en: Network\n  pl: Sieć\n"
        "counts:\n"
        "  - members: '012'\n    sources:\n      - b\n"
        "  - members: 12\n    'on': '2020-01-02'\n"
        "sources:\n  - b\n  - a\n"
        "extra: '1'\n"
    )


def test_codes_keep_their_order_and_their_keys_get_one() -> None:
    text = (
        "topics:\n  b:\n    help:\n      en: H\n    label:\n      pl: L\n      en: L\n  a:\n    label: {}\n"
    )
    assert canonical(text, "vocabulary") == (
        "topics:\n  b:\n    label:\n      en: L\n      pl: L\n    help:\n      en: H\n  a:\n    label: {}\n"
    )


def test_all_scalars_stay_text() -> None:
    values = (
        "NO",
        "1.10",
        "12:30",
        "on",
        "0x1F",
        "1e3",
        "null",
        "~",
        "",
        "=",
        "<<",
        "2024-09",
        "yes",
        "1_000",
    )
    text = "founder:\n" + "".join(f"  k{n}: '{value}'\n" for n, value in enumerate(values))
    result = canonical(text)
    assert result == text
    assert list(yaml.safe_load(result)["founder"].values()) == list(values)
    plain = "founder:\n" + "".join(f"  k{n}: {value}\n" for n, value in enumerate(values[:6]))
    assert canonical(plain) == "founder:\n" + "".join(
        f"  k{n}: '{value}'\n" for n, value in enumerate(values[:6])
    )


def test_what_is_unknown_stays_unknown() -> None:
    assert canonical("ended: ~\nacronym: null\nfounded:\nwebsite: ''\n") == (
        "acronym:\nfounded:\nwebsite: ''\nended:\n"
    )


def test_one_value_stands_on_one_line_and_a_text_of_several_below_a_bar() -> None:
    assert canonical(
        "note: >\n  folded\n  text\n\n  more\nfounder: 'a\n  b'\nsummary:\n"
        '  en: "one\\ntwo: 2 # no comment"\n'
        '  pl: "a \\nb\\tc"\n'
        "acronym: It's\n"
    ) == (
        "acronym: It's\n"
        "founder: a b\n"
        "summary:\n"
        "  en: |\n    one\n    two: 2 # no comment\n"
        '  pl: "a \\nb\\tc"\n'
        "note: |\n  folded text\n  more\n"
    )


def test_values_are_trimmed_and_composed() -> None:
    result = canonical_yaml(
        RECORDS["network"], "kind: ' network\u00a0'\nname:\n  en: Zespo\u0301\u0142\n  pl: b\n"
    )
    assert result == "kind: network\nname:\n  en: Zesp\u00f3\u0142\n  pl: b\n"


def test_comments_at_the_head_stay_there() -> None:
    assert canonical(
        "# yaml-language-server: $schema=../schema/network.json\n\n"
        "  # Who keeps this file.\n\nname: {pl: x}\nkind: a\n"
    ) == (
        "# yaml-language-server: $schema=../schema/network.json\n# Who keeps this file.\n"
        "kind: a\nname:\n  pl: x\n"
    )
    assert canonical("# nothing yet\n{}\n") == "# nothing yet\n{}\n"


def test_a_new_record_is_canonical() -> None:
    values = {
        "sources": ["a"],
        "name": {"pl": "Sieć", "en": "Network: a"},
        "kind": "network",
        "counts": [{"on": "2020", "members": 12, "sources": []}],
        "acronym": None,
        "note": "one\ntwo",
    }
    assert new_yaml(RECORDS["network"], values).decode() == (
        "kind: network\nname:\n  en: 'Network: a'\n  pl: Sieć\nacronym:\n"
        "counts:\n  - members: 12\n    'on': '2020'\n    sources: []\n"
        "sources:\n  - a\nnote: |\n  one\n  two\n"
    )


# Any record


WORDS = st.text(
    st.sampled_from("aZ09 ':\"#-?,[]{}&*!|>%@`~=\\\n\u00f3\u0301\u00a0\U0001f3d9"), max_size=12
) | st.sampled_from(["NO", "1.10", "12:30", "2020-01-01", "null", "~", "yes", "---", "...", "- a", "a\tb"])
KEYS = st.sampled_from(
    ["kind", "name", "founded", "note", "counts", "members", "on", "en", "pl", "zz", "sources"]
)
TREES = st.recursive(
    WORDS | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)
RECORD = st.dictionaries(KEYS, TREES, max_size=5)


@settings(max_examples=200, deadline=None)
@given(
    RECORD,
    st.sampled_from([True, False, None]),
    st.sampled_from(["'", '"', "|", None]),
    st.integers(0, 2),
    st.integers(8, 200),
)
def test_any_record_keeps_its_meaning(
    record: dict[str, object], flow: bool | None, style: str | None, comments: int, width: int
) -> None:
    text = yaml.safe_dump(
        record, default_flow_style=flow, default_style=style, width=width, allow_unicode=True, sort_keys=False
    )
    found: list[Finding] = []
    if parse_yaml(text, "x", "x", found) is not None and not found:
        head = "".join(f"# c{number}\n" for number in range(comments))
        assert canonical(head + text).startswith(head)
