"""Collect the words of the theme and the views into the catalogues of every language.

``python scripts/catalogue.py`` adds new messages to ``locale/<code>/LC_MESSAGES/atlas.po``
and drops those that are no longer used; ``--check`` only says what would change and
exits 1 where a message is missing, unused or not translated.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import yaml
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from atlas.languages.catalogue_faults import lacking

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "plugins" / "atlas" / "locale"
DOMAIN = "atlas"

KEYWORDS = {
    "t": None,
    "n": (1, 2),
    "p": ((1, "c"), 2),
    "_": None,
    "_n": (1, 2),
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "say": None,
    "agreeing": (2,),
    "agreeing_number": (2, 3),
}


Messages = Iterator[tuple[int, str, object, list[str]]]
"""What Babel's methods of extraction yield."""


def _leaves(stream: BinaryIO) -> Iterator[Any]:
    waiting: list[Any] = [yaml.safe_load(stream)]
    while waiting:
        said = waiting.pop()
        if isinstance(said, dict):
            waiting += said.values()
        else:
            yield said


def script_words(stream: BinaryIO, *_: object, **_options: object) -> Messages:
    """Yield the messages of the file of words for scripts."""
    for said in _leaves(stream):
        yield (0, "gettext", said, []) if isinstance(said, str) else (0, "ngettext", tuple(said), [])


def field_names(stream: BinaryIO, *_: object, **_options: object) -> Messages:
    """Yield the names of columns and keys, which are messages in the context of a field."""
    for said in _leaves(stream):
        yield 0, "pgettext", ("field", said), []


METHODS: dict[Path, list[tuple[str, Any]]] = {
    ROOT / "plugins" / "atlas": [
        ("**.py", "python"),
        ("languages/script_words.yaml", script_words),
        ("languages/field_names.yaml", field_names),
    ],
    ROOT / "theme" / "templates": [("**.html", "jinja2")],
}
# The messages of the findings have a catalogue of their own, which is read without the theme's.
OTHER_DOMAINS = (
    *("findings.py", "validate/", "cli/", "site/permanence/lost_urls.py"),
    "dataset/reading/",
)


def collect() -> Catalog:
    """Return all messages of the source code, with the places where they stand."""
    catalogue = Catalog(project="City Commitments Atlas", charset="utf-8")
    options = {"**.html": {"trimmed": "true", "silent": "false", "newstyle_gettext": "true"}}
    for folder, methods in METHODS.items():
        for path, _line, message, comments, context in extract_from_dir(
            str(folder), methods, options_map=options, keywords=KEYWORDS, comment_tags=("i18n:",)
        ):
            if not path.startswith(OTHER_DOMAINS):
                place = (folder / path).relative_to(ROOT).as_posix()
                # Files without lines: a line moved is no change for a translator.
                catalogue.add(message, None, [(place, 0)], auto_comments=comments, context=context)
    return catalogue


def updated(path: Path, messages: Catalog) -> tuple[bytes, Catalog]:
    """Return the catalogue at ``path`` with exactly these messages, as bytes and parsed."""
    with path.open("rb") as stream:
        catalogue = read_po(stream, locale=path.parent.parent.name)
    created = catalogue.creation_date
    catalogue.update(messages, no_fuzzy_matching=True, keep_user_comments=True)
    # The day of the collecting says nothing, and would change the file every time.
    catalogue.creation_date = created
    catalogue.last_translator = catalogue.msgid_bugs_address = ""
    catalogue.obsolete.clear()
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=100, sort_output=True, omit_header=False, include_lineno=False)
    return buffer.getvalue(), catalogue


def incomplete(catalogue: Catalog) -> list[str]:
    """Return the messages that lack a translation or one of its plural forms."""
    return [str(message.id) for message in catalogue if message.id and lacking(message)]


def main() -> int:
    """Update the catalogues, or check them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument(
        "--check", action="store_true", help="change nothing; exit 1 where anything is missing"
    )
    check: bool = parser.parse_args().check
    messages = collect()
    wrong = 0
    for path in sorted(LOCALE.glob(f"*/LC_MESSAGES/{DOMAIN}.po")):
        text, catalogue = updated(path, messages)
        name = path.relative_to(ROOT)
        missing = incomplete(catalogue)
        for message in missing:
            print(f"{name}: not translated: {message}")
        if check:
            before = _ids(path)
            after = {(message.context, str(message.id)) for message in catalogue if message.id}
            for context, message in sorted(before ^ after, key=str):
                print(f"{name}: {'unused' if (context, message) in before else 'new'}: {message}")
            wrong += len(missing) + len(before ^ after)
        else:
            path.write_bytes(text)
            print(f"{name}: {len(catalogue)} messages, {len(missing)} to translate")
    return 1 if wrong else 0


def _ids(path: Path) -> set[tuple[str | None, str]]:
    with path.open("rb") as stream:
        return {(message.context, str(message.id)) for message in read_po(stream) if message.id}


if __name__ == "__main__":
    sys.exit(main())
