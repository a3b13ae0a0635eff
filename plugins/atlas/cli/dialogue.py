"""Talking with the person at the keyboard: sentences in their language, questions, choices."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TextIO, TypeVar

from ..errors import AtlasError, FindingsError, UsageError
from ..findings import Finding, Listing, Translator, Word, as_text, code_advice, filled, nearest, texts
from .messages import SAID, translations

K = TypeVar("K")
EMPTY = "-"
"""The answer that leaves a value empty although one is offered."""
ASK_FOR_HELP = "?"


class Refused(AtlasError):
    """The person or a rule stopped what was to be added; the text is the reason, or empty."""

    exitcode = FindingsError.exitcode


@dataclass(frozen=True, slots=True)
class Talk:
    """One language on a terminal or in a pipe."""

    lang: str = "en"

    @property
    def t(self) -> Translator:
        """Return what translates a message as it is."""
        return translations(self.lang).gettext

    def say(self, message: str, **values: object) -> str:
        """Return the message in this language; control characters in values are escaped."""
        return filled(message, values, self.t)

    def count(self, forms: tuple[str, str], n: int, none: str = "", **values: object) -> str:
        """Return the form of a message for the number ``n``, or the words ``none`` for zero."""
        if none and not n:
            return self.t(none)
        return filled(translations(self.lang).ngettext(*forms, n), {"n": n, **values}, self.t)

    def tally(self, head: str, words: Mapping[K, str], numbers: Mapping[K, int]) -> str:
        """Return a head with the numbers that are not zero behind it, each with its word."""
        parts = [f"{self.t(word)} {numbers[kind]}" for kind, word in words.items() if numbers.get(kind)]
        return f"{head}: {', '.join(parts)}" if parts else head

    def tell(self, message: str, **values: object) -> None:
        """Print a message for the person, beside the results."""
        print(self.say(message, **values), file=sys.stderr)

    def sentence(self, finding: Finding) -> str:
        """Return what is wrong and what to type instead."""
        return finding.sentence(self.t)

    def ask(self, prompt: str) -> str:
        """Return one line of answer without spaces around it.

        Raises UsageError where the input ends.
        """
        try:
            return _line(prompt).strip()
        except EOFError:
            raise UsageError(SAID.dialogue.input_ended) from None

    def agreed(self, question: str, *, default: bool) -> bool:
        """Return the answer to a question of yes or no."""
        yes, no = self.say(SAID.dialogue.y), self.say(SAID.dialogue.n)
        marks = f"{yes.upper()}/{no}" if default else f"{yes}/{no.upper()}"
        print(question, file=sys.stderr)
        while True:
            answer = self.ask(f"[{marks}] > ").casefold()
            if not answer:
                return default
            if answer[0] in (yes, "y"):
                return True
            if answer[0] == no:
                return False

    def chosen(self, lines: Sequence[str], prompt: str) -> int | None:
        """Return the position of one of the numbered ``lines``, or None for none of them (Enter)."""
        for number, line in enumerate(lines, 1):
            print(f"  {number}  {line}", file=sys.stderr)
        while True:
            answer = self.ask(prompt)
            if answer in ("", "0", EMPTY):
                return None
            if answer.isdecimal() and 1 <= int(answer) <= len(lines):
                return int(answer) - 1
            self.tell(SAID.dialogue.type_a_number, count=len(lines))

    def key(self, prompt: str, keys: str) -> str:
        """Return one of the letters ``keys`` as soon as it is pressed, or nothing for Enter."""
        while (pressed := _key(prompt).casefold()) and pressed not in keys:
            self.tell(SAID.dialogue.press_a_key, keys=" ".join(keys))
        return pressed

    def value(
        self,
        prompt: str,
        *,
        default: str,
        problem: Callable[[str], Finding | None],
        help_: Callable[[], Sequence[str]],
    ) -> str:
        """Return an answer that ``problem`` finds nothing wrong with; Enter takes the default."""
        while True:
            answer = self.ask(prompt)
            if answer == ASK_FOR_HELP:
                for line in help_():
                    print(f"  {line}", file=sys.stderr)
                continue
            answer = "" if answer == EMPTY else answer or default
            found = problem(answer)
            if found is None:
                return answer
            print(f"  {self.sentence(found)}", file=sys.stderr)


def check_known(kind: str, ids: Iterable[str], known: Collection[str]) -> None:
    """Raise UsageError for the first id that is not there, with what is near; the kind is a message."""
    for id_ in ids:
        if id_ not in known:
            near = Listing(nearest(id_, known))
            told = SAID.dialogue.unknown_near if near else SAID.dialogue.unknown
            raise UsageError(told, kind=Word(kind), id=id_, near=near)


def check_codes(codes: Iterable[str] | None) -> None:
    """Raise UsageError for the first of some words that is no code of a finding."""
    for code in codes or ():
        if code not in texts():
            raise UsageError(SAID.dialogue.no_such_code, code=code, advice=code_advice(code))


def ended(talk: Talk, session: Callable[[], int]) -> int:
    """Return the exit code of a session, and say why where it ended with nothing written."""
    try:
        return session()
    except Refused as refused:
        if told := refused.told(talk.t):
            print(told, file=sys.stderr)
        talk.tell(SAID.dialogue.nothing_written)
        return refused.exitcode
    except FindingsError as error:
        sys.stdout.write(as_text(error.findings, talk.t))
        talk.tell(SAID.dialogue.mend_and_try_again)
        return error.exitcode
    except KeyboardInterrupt:
        print(file=sys.stderr)
        talk.tell(SAID.dialogue.nothing_written)
        raise


def on_terminal(stream: TextIO | None = None) -> bool:
    """Tell whether a person can be asked."""
    return (stream or sys.stdin).isatty()


def _line(prompt: str) -> str:
    if sys.stdin.isatty() and sys.stdout.isatty():
        with suppress(ImportError):
            import readline  # noqa: F401  # arrow keys then move within the answer
        return input(prompt)
    # input() would write the prompt among the results.
    print(prompt, end="", file=sys.stderr, flush=True)
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line


def _key(prompt: str) -> str:
    """Return the key that is pressed, empty for Enter; without a terminal the first letter of a line."""
    if not sys.stdin.isatty():
        try:
            return _line(prompt).strip()[:1]
        except EOFError:  # whoever says nothing more presses Enter
            return ""
    print(prompt, end="", file=sys.stderr, flush=True)
    pressed = _pressed().strip()
    print(pressed, file=sys.stderr)
    if pressed == "\x03":
        raise KeyboardInterrupt
    return pressed


def _pressed() -> str:
    if sys.platform == "win32":
        import msvcrt

        return msvcrt.getwch()
    import termios
    import tty

    before = termios.tcgetattr(sys.stdin)
    try:
        tty.setcbreak(sys.stdin)
        return sys.stdin.read(1)
    finally:
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)
