"""Collect the words of the theme and the views into the catalogues of every language.

``python scripts/catalogue.py`` adds new messages to ``locale/<code>/LC_MESSAGES/atlas.po``
and drops those that are no longer used; ``--check`` only says what would change and
exits 1 where a message is missing, unused or not translated.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

import yaml
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from atlas.languages import addresses
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

TAG = "Translators:"
"""What a comment for translators begins with, in the line above a message that is ambiguous without it."""

Messages = Iterator[tuple[int, str, object, list[str]]]
"""What Babel's methods of extraction yield."""


def _leaves(stream: BinaryIO, keys: Sequence[str] = ()) -> Iterator[tuple[int, str, Any, list[str]]]:
    """Yield the words of a YAML file: line, key of what they stand in, words, comment for translators above.

    ``keys`` are those whose values are words; without any, all values are.
    """
    text = stream.read().decode()
    lines, loader = text.splitlines(), yaml.SafeLoader(text)
    waiting: list[tuple[str, str, yaml.Node]] = [("", "", one) for one in (loader.get_single_node(),) if one]
    while waiting:
        around, key, node = waiting.pop()
        if isinstance(node, yaml.MappingNode):
            waiting += ((key, name.value, value) for name, value in node.value)
        elif not keys or key in keys:
            above = lines[node.start_mark.line - 1].strip().removeprefix("# ")
            told = [above] if above.startswith(TAG) else []
            yield node.start_mark.line, around, loader.construct_object(node, deep=True), told


def messages_of(stream: BinaryIO, *_: object, **_options: object) -> Messages:
    """Yield the messages of a file of words; a list of two has a plural."""
    for line, _around, said, told in _leaves(stream):
        yield (line, "gettext", said, told) if isinstance(said, str) else (line, "ngettext", (*said,), told)


def field_names(stream: BinaryIO, *_: object, **_options: object) -> Messages:
    """Yield the names of columns and keys, which are messages in the context of a field."""
    for line, _around, said, told in _leaves(stream):
        yield line, "pgettext", ("field", said), told


def contexts(stream: BinaryIO, *_: object, **_options: object) -> Messages:
    """Yield messages that stand below their contexts."""
    for line, context, said, told in _leaves(stream):
        yield line, "pgettext", (context, said), told


def names_and_uses(stream: BinaryIO, *_: object, **_options: object) -> Messages:
    """Yield what the things are called that a site is made of, and what it does with them."""
    for line, _around, said, told in _leaves(stream, ("name", "use")):
        yield line, "gettext", said, told


def path_words(*_: object, **_options: object) -> Messages:
    """Yield the words of addresses, which are messages in a context of their own."""
    for word in addresses.WORDS:
        yield 1, "pgettext", (addresses.ADDRESS, word), []


SENTENCES = (
    "A city and its network or document: take %(of)s, %(object)s (what is signed) or %(plain)s. "
    "%(when)s has its preposition. What agrees with the city: {masculine|feminine|neuter|plural}."
)
"""What translators are told of every sentence on a city in a network, where the same values are at hand."""

METHODS: dict[Path, list[tuple[str, Any]]] = {
    ROOT / "plugins" / "atlas": [
        ("languages/addresses.py", path_words),
        ("**.py", "python"),
        ("languages/script_words.yaml", messages_of),
        ("languages/sentences.yaml", messages_of),
        ("languages/summaries.yaml", messages_of),
        ("languages/wordings.yaml", messages_of),
        ("changes/wording/events.yaml", messages_of),
        ("languages/field_names.yaml", field_names),
        ("languages/contexts.yaml", contexts),
        ("site/assets/carried.yaml", names_and_uses),
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
        found = list(
            extract_from_dir(
                str(folder), methods, options_map=options, keywords=KEYWORDS, comment_tags=(TAG,)
            )
        )
        # A comment is for every message of the line below it.
        told = {(path, line): comments for path, line, _, comments, _ in found if comments}
        for path, line, message, _, context in found:
            if not path.startswith(OTHER_DOMAINS):
                place = (folder / path).relative_to(ROOT).as_posix()
                # Files without lines: a line moved is no change for a translator.
                said = _told(told.get((path, line), ()), place)
                catalogue.add(message, None, [(place, 0)], auto_comments=said, context=context)
    return catalogue


def _told(comments: Sequence[str], place: str) -> list[str]:
    """Return the comments for translators on a message, without their tag; they may take several lines."""
    said = " ".join(comments).replace(TAG, "").split()
    return [
        *([" ".join(said)] if said else []),
        *([SENTENCES] if "languages/sentences." in place else []),
    ]


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
            with path.open("rb") as stream:
                before = _comments(read_po(stream))
            after = _comments(catalogue)
            for key in sorted(before.keys() | after.keys(), key=str):
                if before.get(key) != after.get(key):
                    what = "unused" if key not in after else "new" if key not in before else "other comment"
                    print(f"{name}: {what}: {key[1]}")
                    wrong += 1
            wrong += len(missing)
        else:
            path.write_bytes(text)
            print(f"{name}: {len(catalogue)} messages, {len(missing)} to translate")
    return 1 if wrong else 0


def _comments(catalogue: Catalog) -> dict[tuple[str | None, str], str]:
    """Return what translators are told, by message and context."""
    return {
        (message.context, str(message.id)): " ".join(message.auto_comments)
        for message in catalogue
        if message.id
    }


if __name__ == "__main__":
    sys.exit(main())
