"""Atom feeds of the changes: of everything, and of each city, instrument, country and topic.

A feed repeats what the pages of changes tell: one entry for each change, or one for all of a kind where an
edition holds many. The date of an entry is that of its edition; when something happened in the world stands
in its sentence, as exact as the source.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from itertools import islice

from feedgenerator import Atom1Feed  # type: ignore[import-untyped]
from markupsafe import escape

from ..changes.history.edition_report import (
    PARTS,
    ChangeEntry,
    Chronicle,
    EditionReport,
    Part,
    by_subject,
    subjects,
)
from ..views.analysis.subscriptions import ALL, feed_path, feed_title, subject
from ..views.families import families
from ..views.lens import Lens
from ..views.pages import changelog

NEWEST = 50
"""Entries of a feed."""
SEVERAL = " / "
"""Between the same in several languages."""
_NAMESPACE = uuid.UUID("6f1d4ea0-4c57-5d0e-9b5e-7a1d2b6c9e31")


def lasting_id(name: str) -> str:
    """Return the id of something with a lasting name; it stays when the site moves to another host."""
    return str(uuid.uuid5(_NAMESPACE, name))


class _Feed(Atom1Feed):  # type: ignore[misc]  # the library has no types
    """A feed that was last changed on a given day, with entries or without any."""

    changed: datetime

    def latest_post_date(self) -> datetime:
        return self.changed


@dataclass(frozen=True, slots=True, kw_only=True)
class _FeedEntry:
    edition: EditionReport
    name: str
    title: str
    part: Part | None
    href: str


def feed(
    lens: Lens, chronicle: Chronicle, section: str, id: str, *, others: Sequence[Lens] = ()
) -> tuple[str, str]:
    """Return the path and the text of one feed, whose titles are repeated in ``others``.

    Where the absolute address of the site is not known its links are relative to the feed.
    """
    lang, path = lens.lang, feed_path(lens.lang.code, section, id)
    root = f"{lens.siteurl}/" if lens.siteurl else "../" * path.count("/")
    entries = list(islice(_entries(lens, chronicle, section, id), NEWEST))
    told = [{one.name: one.title for one in _entries(each, chronicle, section, id)} for each in others]
    page = lens.href("changes") if section == ALL else lens.href(section, id)
    made = _Feed(
        title=SEVERAL.join(feed_title(each, section, id) for each in (lens, *others)),
        link=root + page,
        description=_description(lens, chronicle),
        language=lang.code,
        author_name=lens.publisher,
        feed_url=root + path,
        feed_guid=f"urn:uuid:{lasting_id(path)}",
        feed_copyright=lens.about.licence.name,
    )
    made.changed = _changed(lens, chronicle, entries)
    for one in entries:
        made.add_item(
            title=SEVERAL.join((one.title, *(titles[one.name] for titles in told))),
            link=root + one.href,
            description=str(escape(_about(lens, one))),
            pubdate=one.edition.time,
            updateddate=one.edition.time,
            unique_id=f"urn:uuid:{lasting_id(f'{lang.code}|{one.edition.day}|{one.name}')}",
            categories=(one.part,) if one.part else (),
        )
    return path, made.writeString("utf-8")


def _description(lens: Lens, chronicle: Chronicle) -> str:
    if chronicle.gap == "none":
        return lens.lang.t("This copy of the atlas was made without the history of its data.")
    return lens.lang.t("What happened in the world, what the atlas had wrong, and what it learnt.")


def _changed(lens: Lens, chronicle: Chronicle, entries: Sequence[_FeedEntry]) -> datetime:
    """Return when a feed last changed: with its newest entry, else with the first edition."""
    if entries:
        return entries[0].edition.time
    if chronicle.editions:
        return chronicle.editions[-1].time
    return datetime.combine(lens.as_of, time(), UTC)


def _about(lens: Lens, one: _FeedEntry) -> str:
    day = lens.lang.full_date(one.edition.day)
    if one.part is None:
        return lens.lang.t("Edition of %(date)s.", date=day)
    return lens.lang.t(
        "%(part)s. Edition of %(date)s.", part=changelog.part_heading(lens.lang, one.part), date=day
    )


def _entries(lens: Lens, chronicle: Chronicle, section: str, id: str) -> Iterator[_FeedEntry]:
    """Yield the entries of a feed, the newest edition first."""
    key = ("instruments" if section in {one.section for one in families(lens)} else section, id)
    own = by_subject(chronicle, lens.atlas).get(key, {}) if section != ALL else {}
    for edition in chronicle.editions:
        told = edition.changes if section == ALL else own.get(edition.commit, ())
        for part in PARTS:
            of_part = [one for one in told if one.part == part]
            yield from _part(lens, edition, part, of_part, f"{section}/{id}")
        if edition.record_counts is not None and (
            section == ALL or key in set(subjects(edition.begins_with))
        ):
            title = (
                changelog.begins(lens, edition)
                if section == ALL
                else lens.lang.t("%(what)s: in the atlas from its beginning", what=subject(lens, section, id))
            )
            yield _FeedEntry(
                edition=edition,
                name=f"{section}/{id}|begins",
                title=title,
                part=None,
                href=changelog.edition_href(lens, edition),
            )


def _part(
    lens: Lens, edition: EditionReport, part: Part, told: Sequence[ChangeEntry], about: str
) -> Iterator[_FeedEntry]:
    if len(told) > changelog.AT_ONCE:
        numbers = "; ".join(changelog.part_counts(lens.lang, told))
        yield _FeedEntry(
            edition=edition,
            name=f"{about}|{part}",
            title=f"{changelog.part_heading(lens.lang, part)}: {numbers}",
            part=part,
            href=changelog.edition_href(lens, edition),
        )
        return
    for one in sorted(told, key=lambda one: one.order.get(lens.lang.code, 0)):
        yield _FeedEntry(
            edition=edition,
            name=one.name,
            title=changelog.sentence(lens.lang, one),
            part=part,
            href=changelog.seen_at(lens, one) or changelog.edition_href(lens, edition),
        )
