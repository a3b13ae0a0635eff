"""iCalendar files (RFC 5545) of the days that the atlas knows exactly."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from ..views.analysis.calendar_days import Day, Diary, diary_of
from ..views.analysis.subscriptions import calendar_path, calendar_title
from ..views.lens import Lens
from .atom_feeds import SEVERAL, lasting_id

if TYPE_CHECKING:
    from icalendar import Event


def calendar(lens: Lens, section: str, id: str, *, others: Sequence[Lens] = ()) -> tuple[str, bytes]:
    """Return the path and the bytes of one calendar, which must hold something; ``others`` repeat titles.

    Entries lead to their pages where the absolute address of the site is known.
    """
    from icalendar import Calendar  # here, because most builds make none

    lang, diary = lens.lang, diary_of(lens, section, id)
    assert diary is not None  # there is one for each that is asked for
    title = SEVERAL.join(calendar_title(each, section, id) for each in (lens, *others))
    told = [{day.name: day.title for day in (diary_of(each, section, id) or Diary()).days} for each in others]
    note = lang.t("Only what has an exact day stands in this calendar.")
    if diary.left_out:
        left_out = lang.phrase("calendars/left_out", diary.left_out)
        note = f"{note} {left_out}"
    made = Calendar()
    made.add("prodid", f"-//{lens.name}//{lang.code.upper()}")
    made.add("version", "2.0")
    # The older names beside those of RFC 7986, which not all programs know yet.
    for name in ("name", "x-wr-calname"):
        made.add(name, title, parameters={"language": lang.code})
    for name in ("description", "x-wr-caldesc"):
        made.add(name, note, parameters={"language": lang.code})
    for day in diary.days:
        made.add_component(
            _event(lens, day, SEVERAL.join((day.title, *(titles[day.name] for titles in told))))
        )
    return calendar_path(lang.code, section, id), bytes(made.to_ical())


def _event(lens: Lens, day: Day, title: str) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", lasting_id(day.name))
    event.add("dtstamp", datetime.combine(lens.as_of, time(), UTC))
    event.add("dtstart", day.first)
    event.add("dtend", day.last + timedelta(days=1))  # the first day that is no longer part of it
    event.add("summary", title)
    if day.text:
        event.add("description", day.text)
    if lens.siteurl:
        event.add("url", f"{lens.siteurl}/{day.href}")
    # Translators: Category in a calendar: a day by which a city has promised something.
    event.add("categories", [lens.lang.t("Obligation") if day.kind == "due" else lens.lang.t("Event")])
    event.add("transp", "TRANSPARENT")  # nobody is busy on that day
    return event
