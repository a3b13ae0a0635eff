"""Write what is generated from the description of the data, or say what is out of date.

``python scripts/describe.py`` writes the JSON Schemas in ``schema/``, which editors use in a
clone, ``data/README.md`` with its twins in other languages, and the issue forms. ``--check`` only says which
files would change, and exits 1 where there are any.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from atlas.build.read_data import read_atlas
from atlas.dataset.reading.load import load
from atlas.languages.language import Language
from atlas.opendata.docs.data_readme import readme
from atlas.opendata.docs.example_records import examples
from atlas.opendata.docs.issue_forms import issue_forms
from atlas.validate.json_schema import schema_files

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("en", "pl")
"""Of the documents; those of the data may be more."""


def generated() -> Iterator[tuple[Path, str]]:
    """Yield every generated file with its text."""
    data = ROOT / "data"
    dataset = load(data)
    atlas = read_atlas(data, datetime.now(UTC).date())
    for name, text in schema_files(dataset.languages, atlas.vocabulary):
        yield ROOT / name, text
    for name, text in issue_forms(LANGUAGES, atlas.vocabulary):
        yield ROOT / name, text
    samples = examples(dataset)
    readmes = {code: "README.md" if code == "en" else f"README.{code}.md" for code in LANGUAGES}
    for code, name in readmes.items():
        lang = Language(code)
        twins = {Language(other).own_name: file for other, file in readmes.items() if other != code}
        text = readme(lang, dataset.languages, atlas.vocabulary, samples.told(lang), twins)
        yield data / name, text


def stale() -> dict[Path, str]:
    """Return the files that are not what they should be, with the text that they should have."""
    return {path: text for path, text in generated() if not path.is_file() or path.read_text("utf-8") != text}


def misleading(path: Path, text: str) -> bool:
    """Tell whether a stale file says something else than ``text`` about the data.

    An example that was a real record when it was written still shows what to type: whoever edits
    that record need not write the documents anew.
    """
    if path.suffix != ".md" or not path.is_file():
        return True
    return _without_examples(path.read_text("utf-8")) != _without_examples(text)


def _without_examples(text: str) -> str:
    """Return a document without its blocks of code and the last column of its tables."""
    prose = re.sub(r"^```.*?^```$", "", text, flags=re.DOTALL | re.MULTILINE)
    return re.sub(r"^(\|.*\|)[^|\n]*\|$", r"\1", prose, flags=re.MULTILINE)


def main() -> int:
    """Write the files, or check them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 where anything is stale")
    check: bool = parser.parse_args().check
    wrong = stale()
    if check:
        wrong = {path: text for path, text in wrong.items() if misleading(path, text)}
    for path, text in wrong.items():
        name = path.relative_to(ROOT)
        if check:
            print(f"{name}: out of date; run: make docs")
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8", newline="\n")
            print(f"{name}: written")
    return 1 if check and wrong else 0


if __name__ == "__main__":
    sys.exit(main())
