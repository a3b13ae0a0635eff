"""The description of the dataset as Markdown, for those who open the folder itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ...languages.language import Language
from ...model.records import Vocabulary
from ...views.pages.data_fields import Example, FieldRow, RecordRows, lead, record_rows, rules

SOURCE = "plugins/atlas/model/schema/"


def readme(
    lang: Language,
    languages: tuple[str, ...],
    vocabulary: Vocabulary,
    examples: Mapping[str, Example],
    others: Mapping[str, str],
) -> str:
    """Return the text of ``data/README.md`` in ``lang``; ``others`` are its twins by language name."""
    records = record_rows(lang, languages, vocabulary, examples)
    twins = " · ".join(f"[{name}]({file})" for name, file in others.items())
    generated = lang.t("Generated from %(source)s; to renew it, run: make docs", source=SOURCE)
    title = lang.t("Files and columns")
    parts = [
        f"<!-- {generated} -->",
        f"# {title}",
        f"*{twins}*",
        lead(lang),
        "\n".join(f"- {rule}" for rule in rules(lang)),
        "\n".join(f"- [`{one.path}`](#{one.id}): {one.heading}" for one in records),
        *(_record(lang, one) for one in records),
    ]
    return "\n\n".join(parts) + "\n"


def _record(lang: Language, record: RecordRows) -> str:
    kind = "csv" if record.path.endswith(".csv") else "yaml"
    found = record.example
    file = f"[`{found.path}`]({found.path.removeprefix('data/')})"
    if not found.path:
        said = lang.t("For example (made up, as there is none yet):")
    elif kind == "yaml":
        said = lang.t("For example, from %(file)s; leave out the notes after #:", file=file)
    else:
        said = lang.t("For example, from %(file)s:", file=file)
    parts = [f'<a id="{record.id}"></a>', f"## {record.heading}", f"`{record.path}`"]
    if found.text:
        parts += [said, f"```{kind}\n{found.text}\n```"]
    if record.note:
        parts.append(record.note)
    heads = (
        # Translators: Head of a table: the name of a column in a CSV file, or of a key (a named value) in a
        # YAML file.
        lang.t("column") if kind == "csv" else lang.t("key"),
        # Translators: Head of a column that says "yes" where a value may not be left empty.
        lang.t("required"),
        lang.t("what it means"),
        lang.t("what to type"),
        lang.t("example"),
    )
    table = [_line(heads), _line("---" for _ in heads), *(_row(lang, one) for one in record.rows)]
    return "\n\n".join([*parts, "\n".join(table)])


def _row(lang: Language, row: FieldRow) -> str:
    kind = _text(row.kind)
    if row.values:
        named = (f"`{one.code}`" + (f" ({_text(one.meaning)})" if one.meaning else "") for one in row.values)
        proposed = lang.t("proposed:")
        kind += (": " if row.only else f"; {proposed} ") + "; ".join(named)
    return _line(
        (
            f"`{row.name}`",
            lang.t("yes") if row.required else "",
            _text(row.help),
            kind,
            f"`{_code(row.example)}`" if row.example else "",
        )
    )


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _text(text: str) -> str:
    """Return text that Markdown shows as it is, in a cell of a table."""
    text = " ".join(text.split())
    for character in "\\|`*_[]<>":
        text = text.replace(character, f"\\{character}")
    return text


def _code(text: str) -> str:
    return " ".join(text.split()).replace("`", "'").replace("|", "\\|")
