"""What a host should send with every answer, as the file ``_headers`` of Netlify and Cloudflare Pages.

Both put the values of all rules that fit an address together, and two policies allow only what both do.
So each page is under exactly one rule with a policy, and the rules name the folders that a build has made.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ..errors import InternalError
from ..languages.addresses import Addresses
from ..views.lens import Lens

EMBED, SEARCH = "embed", "search"
ASSETS = "theme"
MOST_RULES = 100
"""How many rules Cloudflare Pages reads."""

_WRITTEN: Mapping[str, Any] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
EVERYWHERE: Mapping[str, str] = _WRITTEN["everywhere"]
"""What goes with every answer, whatever it is."""
OPEN = ("api", "data", "feeds", "schema", EMBED)
"""Folders whose files scripts of other sites may read."""


def policy(kind: str = "") -> str:
    """Return the content security policy of a kind of page: of embeds, of the search, or of all others.

    Pages name the narrower policy that they need by themselves; this one adds who may frame them.
    """
    directives = _WRITTEN["policy"] | _WRITTEN["policy_of"].get(kind, {})
    return "; ".join(f"{name} {value}" for name, value in directives.items())


def headers_of(paths: Iterable[str], lens: Lens, *, hashed: bool = False) -> str:
    """Return ``_headers`` for a site with files at these paths, as a lens of it knows its addresses.

    ``hashed`` tells whether addresses of assets change with their content, so that they may be kept long.
    """
    addresses = lens.addresses
    roots = ("", *(f"{language.code}/" for language in addresses.languages[1:]))
    parents = {"/".join(path.split("/", 2)[:-1]) for path in paths}  # as deep as rules go
    folders = {
        root + parent.removeprefix(root).partition("/")[0]
        for root in roots
        for parent in parents
        if parent.startswith(root) and parent != root.rstrip("/")
    }
    return headers_file(addresses, folders, urlsplit(lens.siteurl).path.rstrip("/"), hashed=hashed)


def headers_file(
    addresses: Addresses, folders: Iterable[str], base: str = "", *, hashed: bool = False
) -> str:
    """Return the text of ``_headers``.

    ``folders`` are those directly below the root of the site and below that of each language, such as
    ``cities`` and ``pl/miasta``; ``base`` is the path of the site on its host, without a final slash.
    With many languages there would be more rules than hosts read. Then the plain folders of the last ones go
    without, whose pages name their policy themselves: all that is lost is who may frame them. Raises
    InternalError where that is not enough.
    """
    codes = [language.code for language in addresses.languages]
    special = {addresses.path(code, kind).rstrip("/"): kind for code in codes for kind in (EMBED, SEARCH)}
    roots = [addresses.path(code) for code in codes]
    rules: list[tuple[str, Sequence[tuple[str, str]]]] = [("/*", tuple(EVERYWHERE.items()))]
    pages = (root + name for name in ("", "404.html") for root in roots)
    rules += [(f"/{path}", (("Content-Security-Policy", policy()),)) for path in pages]
    for folder in sorted(folders):
        if f"{folder}/" in roots:
            continue
        sent = [("Content-Security-Policy", policy(special.get(folder, "")))]
        if folder in OPEN or special.get(folder) == EMBED:
            sent.append(("Access-Control-Allow-Origin", "*"))
        if folder == ASSETS and hashed:
            sent.append(("Cache-Control", _WRITTEN["kept"]))
        rules.append((f"/{folder}/*", sent))
    for root in roots[:0:-1]:
        if len(rules) > MOST_RULES:
            rules = [rule for rule in rules if not (rule[0].startswith(f"/{root}") and _is_plain(*rule))]
    if len(rules) > MOST_RULES:
        raise InternalError(f"_headers would have {len(rules)} rules; hosts read {MOST_RULES}")
    lines = (
        f"{base}{path}\n" + "".join(f"  {name}: {value}\n" for name, value in sent) for path, sent in rules
    )
    return "".join(lines)


def _is_plain(path: str, sent: Sequence[tuple[str, str]]) -> bool:
    return path.endswith("/*") and [*sent] == [("Content-Security-Policy", policy())]
