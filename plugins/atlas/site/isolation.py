"""Bidirectional text: what templates write as text is kept apart from its surroundings by ``<bdi>``.

Each expression between tags goes through a filter. Attributes, and elements that hold no markup, keep the
bare text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from jinja2 import lexer
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

FILTER = "kept_apart"
_TAG = re.compile(r"<!--.*?-->|<(/?)([a-zA-Z][\w-]*)|<!|>", re.DOTALL)
_TEXT_ONLY = frozenset(("title", "script", "style", "textarea", "option", "svg"))


class Isolation(Extension):
    """Puts the filter around every expression of a template that is written as text of an element."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """Yield the tokens of a template with those of the filter."""
        state = _HtmlState()
        wrapped, before = False, ""
        for token in stream:
            if token.type == lexer.TOKEN_DATA:
                state.read(token.value)
            elif before == lexer.TOKEN_BLOCK_BEGIN and token.value in ("macro", "endmacro"):
                state = _HtmlState()  # a macro may open what another one closes
            before = token.type
            if token.type == lexer.TOKEN_VARIABLE_END and wrapped:
                yield Token(token.lineno, lexer.TOKEN_RPAREN, ")")
                yield Token(token.lineno, lexer.TOKEN_PIPE, "|")
                yield Token(token.lineno, lexer.TOKEN_NAME, FILTER)
            yield token
            if token.type == lexer.TOKEN_VARIABLE_BEGIN:
                wrapped = state.holds_markup
                if wrapped:
                    yield Token(token.lineno, lexer.TOKEN_LPAREN, "(")


class _HtmlState:
    """Where in the HTML a template is: within a tag, or within an element that holds no markup."""

    def __init__(self) -> None:
        self._in_tag = False
        self._closed = ""
        """The element that must end before text may hold markup again."""

    @property
    def holds_markup(self) -> bool:
        """Tell whether what is written here may hold tags."""
        return not self._in_tag and not self._closed

    def read(self, html: str) -> None:
        """Go through a piece of the template."""
        for match in _TAG.finditer(html):
            mark, name = match.group(), (match.group(2) or "").lower()
            if mark == ">":
                self._in_tag = False
            elif name or mark == "<!":
                self._in_tag = True
                if match.group(1) and name == self._closed:
                    self._closed = ""
                elif not self._closed and not match.group(1) and name in _TEXT_ONLY:
                    self._closed = name
