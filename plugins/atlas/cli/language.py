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
from ..findings import N_, NN_
from ..languages.catalogue import CATALOGUE, LOCALE, OWN, read_po_file
from ..languages.catalogue_faults import bare, faults, lacking, place
from .dialogue import Talk

SHOWN = 10
"""How many of the missing messages are named."""
_PATTERNS = {
    "day and month, CLDR pattern": "MMMMd",
    "short date, CLDR pattern": "yMMMd",
    "short day and month, CLDR pattern": "MMMd",
}
"""Messages that are patterns of dates, with the skeleton that CLDR has for each."""
_MISSING = NN_("{n} message to translate", "{n} messages to translate")
_NEXT = (
    N_("add {code} to `languages` in atlas.yaml and data/vocabulary.yaml: what lacks words in it is named"),
    N_('translate the words of addresses first (msgctxt "address"): addresses stay when they are published'),
    N_("translate the rest, in any order: what is missing is shown in English and marked as such"),
    N_("add columns such as name_{code} to the tables, and leave a name empty where it is the local one"),
    N_("write texts in content/pages/{code}/"),
    N_("look for mistakes: atlas language add {code} --check"),
)


def run(options: argparse.Namespace) -> int:
    """Write or check the catalogue of a language; return 0, or 1 where a check finds something."""
    talk = Talk(options.lang)
    known = Path("plugins/atlas/locale")  # the engine itself is being translated
    folder = known if known.is_dir() else OWN
    path = folder / options.code / "LC_MESSAGES" / CATALOGUE
    if options.check:
        return _check(path, options.code, talk)
    if path.exists():
        raise UsageError(N_("{path}: it is there already; look for mistakes with --check"), path=path)
    content, number = begun(options.code, LOCALE)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    print(talk.say(N_("{path}: begun, {missing}"), path=path, missing=talk.count(_MISSING, number)))
    for step, sentence in enumerate(_NEXT, start=1):
        print(f"{step}. {talk.say(sentence, code=options.code)}")
    return 0


def begun(code: str, locale: Path) -> tuple[bytes, int]:
    """Return a catalogue with what needs no translator, and how many messages are left for one.

    Raises UsageError where CLDR does not know the language.
    """
    try:
        spoken = Locale.parse(code, sep="-" if "-" in code else "_")
    except (ValueError, UnknownLocaleError) as error:
        raise UsageError(N_("{code}: CLDR knows no such language"), code=code) from error
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
        raise UsageError(
            N_("{path}: no such catalogue; begin it with: atlas language add {code}"), path=path, code=code
        )
    catalogue = read_po_file(path, code)
    others = {other: read_po_file(file, other) for other, file in _others(LOCALE, code)}
    found = list(faults(catalogue, others))
    for fault in found:
        print(f"{place(path, fault.line)}: {talk.t(fault.message).format(**fault.values)}")
    missing = [message for message in catalogue if message.id and lacking(message)]
    for message in missing[:SHOWN]:
        text = message.id if isinstance(message.id, str) else message.id[0]
        where = place(path, message.lineno or 0)
        print(talk.t(N_("{place}: not translated: {message}")).format(place=where, message=text))
    print(f"{path.as_posix()}: {talk.count(_MISSING, len(missing))}")
    return 1 if found else 0


def _others(locale: Path, code: str) -> Iterator[tuple[str, Path]]:
    for path in sorted(locale.glob("*/LC_MESSAGES/atlas.po")):
        if path.parts[-3] != code:
            yield path.parts[-3], path
