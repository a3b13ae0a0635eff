"""The catalogues are whole: every message is there, translated, and says what it was meant to say."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from tests.builders import (
    ROOT,
    action,
    atlas,
    charter,
    city,
    commitment,
    every_page,
    language,
    lens,
    network,
    parts,
    sample_pages,
    strings,
)

from atlas.languages.catalogue import LOCALE
from atlas.model.dates import PartialDate, parse_date
from atlas.views.pages.city import city_page
from atlas.views.parts import Claim

CATALOGUES = sorted(LOCALE.glob("*/LC_MESSAGES/*.po"))
PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w+\}")
SITE = [path for path in CATALOGUES if path.stem == "atlas"]


def check(root: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "scripts/catalogue.py", "--check"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )


def messages(path: Path) -> list[Message]:
    with path.open("rb") as stream:
        return [message for message in read_po(stream, locale=path.parent.parent.name) if message.id]


def forms(message: Message) -> Iterator[tuple[str, str]]:
    """Yield each translation of a message beside the original that it stands for."""
    if message.pluralizable:
        for number, string in enumerate(message.string or ()):
            yield message.id[min(number, 1)], string
    else:
        yield str(message.id), str(message.string)


def placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))


def test_every_message_is_in_every_catalogue_and_translated() -> None:
    done = check(ROOT)
    assert done.stdout == ""
    assert done.returncode == 0


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The parts of the repository that messages come from."""
    for name in ("plugins", "scripts", "theme/templates"):
        shutil.copytree(
            ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info")
        )
    return tmp_path


def polish(root: Path) -> Path:
    return root / "plugins/atlas/locale/pl/LC_MESSAGES/atlas.po"


def without(text: str, msgid: str) -> str:
    """Return the text of a catalogue with the translation of one message taken away."""
    changed, number = re.subn(rf'(msgid "{re.escape(msgid)}"\nmsgstr )".+"', r'\1""', text)
    assert number == 1
    return changed


def test_what_is_wrong_with_a_catalogue_is_told_all_at_once(copy: Path) -> None:
    """A message that is not translated, a plural form that is missing, one that is new, and one of before."""
    path, template = polish(copy), copy / "theme/templates/prose.html"
    text, number = re.subn(
        r'(msgid "%\(num\)s city"\nmsgid_plural "%\(num\)s cities"\n(?:msgstr\[[01]\] ".*"\n){2}'
        r'msgstr\[2\] )".+"',
        r'\1""',
        without(path.read_text("utf-8"), "Skip to the content"),
    )
    assert number == 1
    path.write_text(text + '\nmsgid "Something old"\nmsgstr "Coś starego"\n', "utf-8")
    template.write_text(template.read_text("utf-8") + '{{ _("Something new") }}\n', "utf-8")
    done = check(copy)
    assert done.returncode == 1
    told = [line.partition("/LC_MESSAGES/atlas.po: ") for line in done.stdout.splitlines()]
    assert sorted(what for file, _, what in told if file == "plugins/atlas/locale/pl") == [
        "new: Something new",
        "not translated: ('%(num)s city', '%(num)s cities')",
        "not translated: Skip to the content",
        "not translated: Something new",
        "unused: Something old",
    ]


def test_comments_for_translators_arrive_from_code_templates_and_words_of_scripts(copy: Path) -> None:
    template = copy / "theme/templates/prose.html"
    words = copy / "plugins/atlas/languages/script_words.yaml"
    code = copy / "plugins/atlas/languages/words.py"
    told = "# Translators: A verb,\n# here.\n"
    template.write_text(
        template.read_text("utf-8") + "{# Translators: A noun. #}\n{{ _('Open 1') }}\n", "utf-8"
    )
    words.write_text(words.read_text("utf-8") + '  # Translators: A state.\n  open: "Open 2"\n', "utf-8")
    code.write_text(f'{code.read_text("utf-8")}{told}_("Open 3"), _("Open 4")\n', "utf-8")
    subprocess.run([sys.executable, "scripts/catalogue.py"], cwd=copy, capture_output=True, check=True)
    comments = {str(one.id): one.auto_comments for one in messages(polish(copy))}
    assert {id: said for id, said in comments.items() if re.fullmatch(r"Open \d", id)} == {
        "Open 1": ["A noun."],
        "Open 2": ["A state."],
        "Open 3": ["A verb, here."],
        "Open 4": ["A verb, here."],
    }
    template.write_text(template.read_text("utf-8").replace("A noun.", "An adjective."), "utf-8")
    done = check(copy)
    assert "plugins/atlas/locale/pl/LC_MESSAGES/atlas.po: other comment: Open 1\n" in done.stdout
    assert "other comment: Open 2" not in done.stdout


def test_collecting_what_is_there_changes_nothing(copy: Path) -> None:
    path = polish(copy)
    # As if it had been collected long ago: no date of the day may stand in it.
    before = re.sub(r"(Date: )2\d{3}-.*?\\n", r"\g<1>2020-01-01 00:00+0000\\n", path.read_text("utf-8"))
    path.write_text(before, "utf-8")
    subprocess.run([sys.executable, "scripts/catalogue.py"], cwd=copy, capture_output=True, check=True)
    assert path.read_text("utf-8") == before


NAMES = {
    **dict.fromkeys(("%(city)s", "%(within)s"), "a city"),
    **dict.fromkeys(("%(of)s", "%(object)s", "%(plain)s"), "an instrument"),
}
"""What a sentence may name in another case than English does (see `CommitmentWords.say`)."""


def agreed(found: set[str]) -> set[str]:
    return {NAMES.get(one, one) for one in found}


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: f"{path.parent.parent.name}-{path.stem}")
def test_every_translation_has_the_placeholders_of_its_original(path: Path) -> None:
    wrong = [
        (original, translated)
        for message in messages(path)
        for original, translated in forms(message)
        if agreed(placeholders(original)) != agreed(placeholders(translated))
        # "1 city" may leave out its number, as English does not.
        and not (message.pluralizable and placeholders(original) - {"%(num)s"} == placeholders(translated))
    ]
    assert wrong == []


@pytest.mark.parametrize("path", SITE, ids=lambda path: path.parent.parent.name)
def test_no_translation_has_a_stray_percent_sign_or_space(path: Path) -> None:
    texts = [translated for message in messages(path) for _, translated in forms(message)]
    assert [text for text in texts if re.search(r"%(?!\(\w+\)s|%)", text)] == []
    assert [text for text in texts if text != text.strip() or "  " in text] == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: f"{path.parent.parent.name}-{path.stem}")
def test_nothing_waits_to_be_looked_at_again(path: Path) -> None:
    assert [message.id for message in messages(path) if message.fuzzy] == []


def test_every_path_word_is_fit_for_an_address() -> None:
    for path in CATALOGUES:
        words = [str(m.string) for m in messages(path) if m.context == "address"]
        if path.stem == "atlas":
            assert len(words) == len(set(words)) >= 17
        assert [word for word in words if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", word)] == []


# The full stop of "r." is the full stop of the sentence.

STATUSES = (
    "member",
    "signatory",
    "participant",
    "applicant",
    "observer",
    "suspended",
    "former",
    "declined",
    "none",
)
DATES = (None, "2015", "2015-05", "2015-05-03", "2015~", "2015-05?", "2015-05-03%")


def test_polish_sentences_end_in_one_full_stop_whatever_their_dates() -> None:
    said: set[str] = set()
    for since in DATES:
        for until in (None, "2019", "2019-05-03", "2019-05?", "2019%"):
            for make in (network, charter):
                for status in STATUSES:
                    dates = {"since": since, "until": until, "decided": since, "verified": since or "2020"}
                    one = commitment("x", "krakow", status, **dates)
                    view = city_page(lens(atlas(city("krakow"), make("x"), one), "pl"), "krakow")
                    [claim] = parts(view, Claim)
                    said |= {claim.statement, claim.checked, *view.lead}
    assert len(said) > 100
    assert sorted(text for text in said if not re.search(r"[^.]\.$", text)) == []


def test_no_polish_sentence_of_the_real_site_has_two_full_stops() -> None:
    wrong = {
        text
        for view in sample_pages("pl").values()
        for text in strings(view)
        if re.search(r"\br\.\.(?!\.)", text) or re.search(r"\br\.,? r\.", text)
    }
    assert wrong == set()


def test_polish_news_and_periods_read_well() -> None:
    one = atlas(
        city("krakow", "Kraków"), action("a", cities=("krakow",), date="2017-05-18", end_date="2017-05-20")
    )
    [view] = [page.view for page in every_page(lens(one, "pl")) if page.view.frame.path == "pl/dzialania/a/"]
    texts = [text for text in strings(view) if "2017" in text and "maja" in text]
    assert texts
    assert all(not text.endswith("..") for text in texts)


def test_what_is_approximate_in_polish_is_so_in_every_case() -> None:
    dates: list[PartialDate] = [parse_date(text) for text in DATES if text and text[-1] in "~?%"]
    for when in dates:
        for say in (language("pl").date, language("pl").in_sentence, language("pl").when):
            assert say(when).strip() == say(when)
            assert "  " not in say(when)
