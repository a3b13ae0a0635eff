"""``atlas language add``: a catalogue for a further language, and what is wrong or missing in one."""

from __future__ import annotations

import argparse
import io
from collections.abc import Iterator
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from ..errors import UsageError
from ..languages.catalogue import CATALOGUE, LOCALE, OWN, read_po_file
from ..languages.catalogue_faults import bare, faults, lacking, place
from .dialogue import Talk
from .messages import SAID

SHOWN = 10
"""How many of the missing messages are named."""
_PATTERNS = {
    "day and month, CLDR pattern": "MMMMd",
    "short date, CLDR pattern": "yMMMd",
    "short day and month, CLDR pattern": "MMMd",
}
"""Messages that are patterns of dates, with the skeleton that CLDR has for each."""


def run(options: argparse.Namespace) -> int:
    """Write or check the catalogue of a language; return 0, or 1 where a check finds something."""
    talk = Talk(options.lang)
    known = Path("plugins/atlas/locale")  # the engine itself is being translated
    folder = known if known.is_dir() else OWN
    path = folder / options.code / "LC_MESSAGES" / CATALOGUE
    if options.check:
        return _check(path, options.code, talk)
    if path.exists():
        raise UsageError(SAID.language.is_there, path=path)
    content, number = begun(options.code, LOCALE)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    print(
        talk.say(SAID.language.begun, path=path, missing=talk.count(SAID.language.missing_messages, number))
    )
    for step, sentence in enumerate(SAID.language.steps, start=1):
        print(f"{step}. {talk.say(sentence, code=options.code)}")
    return 0


def begun(code: str, locale: Path) -> tuple[bytes, int]:
    """Return a catalogue with what needs no translator, and how many messages are left for one.

    Raises UsageError where CLDR does not know the language.
    """
    try:
        spoken = Locale.parse(code, sep="-" if "-" in code else "_")
    except (ValueError, UnknownLocaleError) as error:
        raise UsageError(SAID.language.no_language, code=code) from error
    made = Catalog(locale=spoken, charset="utf-8", project="atlas", fuzzy=False)
    made.header_comment = f"# The words of the site: {spoken.english_name}."
    left = 0
    for message in read_po_file(locale / "pl" / "LC_MESSAGES" / "atlas.po", "pl"):
        if not message.id:
            continue
        text: str | tuple[str, ...] = ""
        if message.context in _PATTERNS:
            text = str(spoken.datetime_skeletons.get(_PATTERNS[message.context]) or message.id)
        elif isinstance(message.id, str) and (message.string == message.id or not bare(message.id)):
            text = message.id
        elif message.context == "address":
            text = str(message.id)
        else:
            left += 1
        made.add(
            message.id, text, message.locations, message.flags, message.auto_comments, context=message.context
        )
    buffer = io.BytesIO()
    write_po(buffer, made, width=100, sort_output=True, include_lineno=False)
    return buffer.getvalue(), left


def _check(path: Path, code: str, talk: Talk) -> int:
    if not path.is_file():
        raise UsageError(SAID.language.no_catalogue, path=path, code=code)
    catalogue = read_po_file(path, code)
    others = {other: read_po_file(file, other) for other, file in _others(LOCALE, code)}
    found = list(faults(catalogue, others))
    for fault in found:
        print(f"{place(path, fault.line)}: {talk.t(fault.message).format(**fault.values)}")
    missing = [message for message in catalogue if message.id and lacking(message)]
    for message in missing[:SHOWN]:
        text = message.id if isinstance(message.id, str) else message.id[0]
        where = place(path, message.lineno or 0)
        print(talk.t(SAID.language.not_translated).format(place=where, message=text))
    print(f"{path.as_posix()}: {talk.count(SAID.language.missing_messages, len(missing))}")
    return 1 if found else 0


def _others(locale: Path, code: str) -> Iterator[tuple[str, Path]]:
    for path in sorted(locale.glob("*/LC_MESSAGES/atlas.po")):
        if path.parts[-3] != code:
            yield path.parts[-3], path
