"""Visiting a page as a browser under the strict policy, and noticing everything that goes wrong on it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

PATIENCE = 180_000
"""Milliseconds; a machine that does much else at the time is no fault of the page."""

# Violations of a policy reach the page as events, also where the console stays silent.
_WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation",
    event => window.violations.push(event.violatedDirective + " " + event.blockedURI));
"""


def window(browser: Browser, *, width: int = 1280, height: int = 900, **profile: Any) -> BrowserContext:
    """Return a fresh profile in which nothing moves, and which waits on a slow machine.

    ``profile`` are options of a browser context, for example ``color_scheme="dark"``.
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
    **profile: Any,
) -> Iterator[Page]:
    """Open a page in a fresh profile; at the end nothing may have gone wrong, unless nobody watched.

    ``profile`` is that of ``window``.
    """
    with window(browser, width=width, height=height, java_script_enabled=script, **profile) as context:
        context.add_init_script(_WATCH)
        page, wrong = context.new_page(), []
        own = address[: address.index("/", len("http://")) + 1]

        def heard(said: Any) -> None:
            if said.type in ("error", "warning"):
                wrong.append(f"{page.url}: {said.text}")

        def answered(got: Any) -> None:
            if got.status >= 400:
                wrong.append(f"{got.status}: {got.url}")

        def asked(sent: Any) -> None:
            if not sent.url.startswith((own, "data:", "blob:")):
                wrong.append(f"foreign: {sent.url}")

        page.on("console", heard)
        page.on("pageerror", lambda error: wrong.append(f"{page.url}: {error}"))
        page.on("response", answered)
        page.on("request", asked)
        page.goto(address)
        yield page
        if watched:
            if script:
                wrong += page.evaluate("window.violations")
            assert wrong == [], wrong
