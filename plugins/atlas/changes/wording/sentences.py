"""One change as one sentence, without a full stop, in any language.

The sentences about claims say who did what and when; those about values name the record, the
field and the value, and a correction says what the atlas said before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from ...languages import record_parts
from ...languages.sentences import began
from ...languages.wordings import packaged
from ...languages.words import capitalized
from ...model.records import Action, City, Commitment, Contradiction, Instrument, Source
from ..comparison.change import Act, Change
from ..comparison.commitments import event
from ..comparison.values import date_of
from .names import Names, cut, tells_values


def sentence(names: Names, change: Change) -> str:
    """Return what changed, with the number of sources that it rests on."""
    words, about = _told(names, change)
    remarks = [*_evidence(names, change), *about]
    return f"{words} ({'; '.join(remarks)})" if remarks else words


def _told(names: Names, change: Change) -> tuple[str, list[str]]:
    """Return the sentence and what stands in brackets behind the sources."""
    one = change.subject
    lang = names.lang
    if isinstance(one, Commitment) and change.act in EVENTS:
        return _event(names, change, one), _remarks(names, change)
    if change.act in _RECORDS or change.act in ("founded", "happened"):
        return _record(names, change), _remarks(names, change)
    what, field = names.subject(change), names.field(change)
    if change.act == "sourced":
        return _sourced(names, change), []
    if not tells_values(change) or change.act == "reworded":
        return lang.t("%(what)s: text changed (%(field)s)", what=what, field=field), []
    before, after = names.value(change, change.before), names.value(change, change.after)
    told = lang.t("%(what)s – %(field)s: %(value)s", what=what, field=field, value=after)
    if change.field == "status" and change.before and change.after:
        return told, _remarks(names, change)
    if change.act == "cleared":
        told = lang.t("%(what)s – %(field)s: unknown", what=what, field=field)
    return told, [lang.named("value before", change.act, value=before)]


def _evidence(names: Names, change: Change) -> list[str]:
    if not change.sources or change.act in ("sourced", "removed", "renamed", "disputed"):
        return []
    if change.field and not tells_values(change):
        return []
    return [names.lang.n("%(num)s source", "%(num)s sources", len(set(change.sources)))]


def _remarks(names: Names, change: Change) -> list[str]:
    """Return what the atlas said before, or that it said nothing, where the change is its own."""
    lang = names.lang
    if change.act == "removed":
        said = _said_last(names, change)
        return [lang.named("value before", "atlas", value=said)] if said else []
    if change.act in ("renamed", "disputed", "settled", "verified"):
        return []
    if change.act == "ended" and isinstance(change.new, City) and change.new.successor:
        return [lang.t("successor: %(city)s", city=names.city(change.new.successor))]
    if change.field == "status" and change.before:
        return [lang.named("value before", change.nature, value=names.value(change, change.before))]
    if change.nature == "world" or change.old is not None or change.act == "added":
        return []
    # Translators: After the name of a record, of any gender: it was added.
    return [lang.t("new in the atlas")]


def _said_last(names: Names, change: Change) -> str:
    """Return the last sentence on a record that was withdrawn; empty where its name says all."""
    one = change.old
    if isinstance(one, Commitment):
        act, when = event(one)
        return _event(names, replace(change, act=act, when=when), one)
    if isinstance(one, Action):
        return _happened(names, replace(change, when=one.date)) if one.date else ""
    return (one.url or "") if isinstance(one, Source) else ""


# Claims ---------------------------------------------------------------------------------------


_WORDS: Mapping[str, Mapping[Act, Any]] = packaged(Path(__file__).with_name("events.yaml"))
EVENTS, _RECORDS = _WORDS["events"], _WORDS["records"]
_EVENTS_OF_CHARTERS = {**EVENTS, **_WORDS["events_of_charters"]}


def _event(names: Names, change: Change, one: Commitment) -> str:
    lang, date, charter = names.lang, change.when, names.is_charter(one.instrument)
    told = {"city": names.city(one.city), "instrument": names.in_sentence(one.instrument)}
    told["when"] = lang.when(date) if date else lang.t("on an unknown day")
    told["end"] = lang.in_sentence(date) if date else ""
    if change.act == "joined" and charter and date:
        return lang.p("charter", "%(city)s joined %(instrument)s %(when)s", **told)
    if change.act == "joined" and charter:
        return lang.p("charter", "%(city)s takes part in %(instrument)s; no date is known", **told)
    event = (_EVENTS_OF_CHARTERS if charter else EVENTS)[change.act]
    variant = "dated" if date or "undated" not in event else "undated"
    if change.act == "left" and date and date.first_day > names.as_of:
        variant = "to_come"
    elif change.act == "belonged" and one.since:
        told["start"], variant = lang.in_sentence(one.since), "both"
    return lang.t(event[variant], **told)


# Records --------------------------------------------------------------------------------------


def _record(names: Names, change: Change) -> str:
    """Return what happened to a record as a whole, in the words of its act."""
    lang, one, when = names.lang, change.subject, change.when
    if change.act == "happened":
        return _happened(names, change)
    if change.act == "founded" and isinstance(one, Instrument) and when:
        return began(lang, names.instrument(one.id), one, when)
    variant, more = _variant(names, change)
    told: dict[str, object] = dict.fromkeys(("what", "city", "instrument"), names.subject(change))
    told |= {"old": change.before, "new": change.after}
    told |= {"when": lang.when(when), "date": lang.date(when)} if when else {}
    words = _RECORDS[change.act]
    return lang.t(words[variant] if variant else words, **told | more)


def _variant(names: Names, change: Change) -> tuple[str, dict[str, object]]:
    """Return which words of an act tell the change of a record, and the values that only these have."""
    lang, one, dated = names.lang, change.subject, "dated" if change.when else "undated"
    match change.act, one:
        case "ended", City():
            to_come = change.when and change.when.first_day > names.as_of
            return "city_to_come" if to_come else "city", {}
        case "ended", Instrument():
            return one.family, {"instrument": capitalized(names.in_sentence(one.id))}
        case "hosted", Instrument():
            return dated, {"city": names.city(str(change.after)), "instrument": names.in_sentence(one.id)}
        case "counted", _:
            return dated, {"number": names.value(change, change.after)}
        case "added", City():
            return "city", {"country": lang.country(one.country)}
        case "added", Instrument():
            vocabulary = names.pair.after.vocabulary
            own = vocabulary.families.get(vocabulary.family(one))
            return ("family", {"family": lang.label(own)}) if own else (one.family, {})
        case "added", _:
            return change.kind, {}
        case "removed", _:
            reason = lang.text(change.reason).rstrip(".")
            return ("reason", {"reason": reason}) if reason else ("no_reason", {})
        case "disputed" | "settled", _:
            field = record_parts.disputed_field(lang, change.group[0]).text
            return "", {"field": field, "values": lang.join([_differing(names, one) for one in change.group])}
        case "verified", _:
            when = date_of(change.after)
            assert when is not None  # a look without a day is none
            again = "again" if change.before else "first"
            return "read" if change.field == "accessed" else again, {"when": lang.when(when)}
    return "", {}


def _happened(names: Names, change: Change) -> str:
    lang, one = names.lang, change.subject
    assert isinstance(one, Action) and change.when is not None
    kind = lang.label(names.pair.after.vocabulary.action_kinds.get(one.kind)) or one.kind
    what = {"title": names.action(one.id), "kind": kind, "date": lang.date(change.when)}
    return lang.p("action", "%(title)s – %(kind)s, %(date)s", **what)


def _differing(names: Names, one: Contradiction) -> str:
    shown = cut(record_parts.disputed_value(names.lang, one, names.pair.after.vocabulary).text)
    return names.lang.p("value of a source", "%(value)s (preferred)", value=shown) if one.preferred else shown


def _sourced(names: Names, change: Change) -> str:
    """Return how many sources came and went; the order of sources says nothing."""
    lang, before, after = names.lang, set(change.before), set(change.after)
    parts = []
    if added := len(after - before):
        parts.append(lang.n("%(num)s source added", "%(num)s sources added", added))
    if gone := len(before - after):
        parts.append(lang.n("%(num)s source taken away", "%(num)s sources taken away", gone))
    changed = ", ".join(parts) or lang.t("sources in another order")
    # Translators: A record, such as "Kraków in ECCAR", and what is different in it, in the words of other
    # messages.
    return lang.t("%(what)s: %(changed)s", what=names.subject(change), changed=changed)
