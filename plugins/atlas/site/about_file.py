"""Reads ``atlas.yaml``: what the atlas is called, what it is about and whose it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from ..errors import UsageError
from ..views.about import About, Licence

_TEXTS = ("name", "tagline", "description")
_WORDS = ("email", "code")
_KEYS = ("languages", *_TEXTS, "keywords", "themes", "publisher", *_WORDS, "licence", "reviewers")
_REVIEWER = re.compile(r"[\w.-]+(?:/[\w.-]+)?", re.ASCII)


def read_about(path: Path) -> About:
    """Return the settings of an atlas; raises UsageError with everything that is wrong in the file."""
    try:
        # Every value stays text: Norwegian is `no`, which YAML would take for false.
        found = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise UsageError(f"{path.name} cannot be read: {error}") from error
    values: dict[str, Any] = found if isinstance(found, dict) else {}
    if faults := list(_faults(values)):
        raise UsageError("\n".join(f"{path.name}: {fault}" for fault in faults))
    return About(
        languages=tuple(values["languages"]),
        name=values["name"],
        tagline=values["tagline"],
        description=values["description"],
        keywords={lang: tuple(words) for lang, words in (values.get("keywords") or {}).items()},
        themes=tuple(values.get("themes") or ()),
        publisher=values.get("publisher") or {},
        email=values.get("email") or "",
        code=values.get("code") or "",
        licence=Licence(**(values.get("licence") or {})),
        reviewers=tuple(values.get("reviewers") or ()),
    )


def _faults(values: Mapping[str, Any]) -> Iterator[str]:
    names = ", ".join(_KEYS)
    yield from (f"no such key '{key}'; the keys are: {names}" for key in values if key not in _KEYS)
    languages = values.get("languages")
    if not _is_list(languages) or not languages:
        yield "'languages' must be a list of codes, such as [en, pl]"
        languages = []
    for key in _TEXTS:
        text = values.get(key)
        missing = [code for code in languages if not isinstance(text, dict) or not text.get(code)]
        yield from (f"'{key}' is missing in the language '{code}'" for code in missing)
    if not all(map(_is_list, _mapping(values, "keywords").values())):
        yield "'keywords' must be lists of words by language"
    if not _is_list(values.get("themes") or []):
        yield "'themes' must be a list of codes"
    reviewers = values.get("reviewers") or []
    if not _is_list(reviewers) or not all(map(_REVIEWER.fullmatch, reviewers)):
        yield "'reviewers' must be a list of names on the code host, such as [anna, team/editors]"
    if set(_mapping(values, "licence")) not in (set(), {"id", "name", "url"}):
        yield "'licence' must have the keys id, name and url"


def _mapping(values: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = values.get(key)
    return value if isinstance(value, dict) else {}


def _is_list(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)
