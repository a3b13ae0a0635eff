"""Visiting a page as a browser under the strict policy, and noticing everything that goes wrong on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from weakref import WeakKeyDictionary

from playwright.sync_api import Browser, BrowserContext, Page

PATIENCE = 180_000
"""Milliseconds; a machine that does much else at the time is no fault of the page."""

# Violations of a policy reach the page as events, also where the console stays silent.
_WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation",
    event => window.violations.push(event.violatedDirective + " " + event.blockedURI));
"""

_idle: dict[tuple[Browser, bool, str], list[Page]] = defaultdict(list)
"""Empty windows of a browser that wait for their next page: with or without scripts, and what runs first."""
_lent_before: WeakKeyDictionary[Page, int] = WeakKeyDictionary()
LENT_AT_MOST = 30
"""How often a window is lent: its memory grows."""


def window(browser: Browser, *, width: int = 1280, height: int = 900, **profile: Any) -> BrowserContext:
    """Return a fresh profile in which nothing moves, and which waits on a slow machine.

    ``profile`` are options of a browser context, for example ``forced_colors="active"``.
    """
    options = {"reduced_motion": "reduce", **profile}
    context = browser.new_context(viewport={"width": width, "height": height}, **options)
    context.set_default_timeout(PATIENCE)
    return context


@contextmanager
def opened(
    browser: Browser,
    address: str,
    *,
    width: int = 1280,
    height: int = 900,
    script: bool = True,
    watched: bool = True,
    color_scheme: Any = "light",
    init: str = "",
    **profile: Any,
) -> Iterator[Page]:
    """Open a page as in a fresh profile; at the end nothing may have gone wrong, unless nobody watched.

    ``init`` is a script that runs before those of the page; ``profile`` is that of ``window``.
    """
    with ExitStack() as leaving:
        if profile:
            context = leaving.enter_context(window(browser, java_script_enabled=script, **profile))
            page = _watching(context, init)
        else:
            page = leaving.enter_context(_lent(browser, address, script, init))
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=color_scheme)
        wrong = leaving.enter_context(_faults(page, address))
        page.goto(address)
        yield page
        if watched:
            if script:
                wrong += page.evaluate("window.violations")
            assert wrong == [], wrong


@contextmanager
def _faults(page: Page, address: str) -> Iterator[list[str]]:
    """Collect what goes wrong on a page: messages, errors, answers, and what is asked of other hosts."""
    wrong: list[str] = []
    own = f"{_origin(address)}/"

    def heard(said: Any) -> None:
        if said.type in ("error", "warning"):
            wrong.append(f"{page.url}: {said.text}")

    def failed(error: Any) -> None:
        wrong.append(f"{page.url}: {error}")

    def answered(got: Any) -> None:
        if got.status >= 400:
            wrong.append(f"{got.status}: {got.url}")

    def asked(sent: Any) -> None:
        if not sent.url.startswith((own, "data:", "blob:")):
            wrong.append(f"foreign: {sent.url}")

    listeners = {"console": heard, "pageerror": failed, "response": answered, "request": asked}
    for event, listener in listeners.items():
        page.on(event, listener)  # type: ignore[call-overload]  # one signature for each event
    yield wrong
    for event, listener in listeners.items():
        page.remove_listener(event, listener)


def _origin(address: str) -> str:
    return address[: address.index("/", len("http://"))]


@contextmanager
def _lent(browser: Browser, address: str, script: bool, init: str) -> Iterator[Page]:
    """Lend an empty window, and empty it again: a new one takes Chromium longer than most pages.

    What a page may have left is taken away: what it stored, and what the browser kept of its answers. A test
    that fails or opens further windows gives none back.
    """
    idle = _idle[browser, script, init]
    page = idle.pop() if idle else _watching(window(browser, java_script_enabled=script), init)
    context = page.context
    try:
        yield page
    except BaseException:
        context.close()
        raise
    _lent_before[page] = _lent_before.get(page, 0) + 1
    if context.pages != [page] or _lent_before[page] == LENT_AT_MOST:
        context.close()
        return
    page.emulate_media(media="null")
    page.unroute_all()
    page.goto("about:blank")
    page.mouse.move(-1, -1)
    session = context.new_cdp_session(page)
    session.send("Network.clearBrowserCache")
    session.send("Storage.clearDataForOrigin", {"origin": _origin(address), "storageTypes": "all"})
    session.detach()
    idle.append(page)


def _watching(context: BrowserContext, init: str) -> Page:
    context.add_init_script(_WATCH + init)
    return context.new_page()
