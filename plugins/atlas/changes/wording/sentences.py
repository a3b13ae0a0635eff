"""One change as one sentence, without a full stop, in any language.

The sentences about claims say who did what and when; those about values name the record, the
field and the value, and a correction says what the atlas said before.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import yaml

from ...languages import record_parts
from ...languages.catalogue import _
from ...languages.sentences import began
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
    record = _RECORDS.get(change.act)
    if record:
        return record(names, change), _remarks(names, change)
    what, field = names.subject(change), names.field(change)
    if change.act == "sourced":
        return _sourced(names, change), []
    if not tells_values(change) or change.act == "reworded":
        return lang.t("%(what)s: text changed (%(field)s)", what=what, field=field), []
    before, after = names.value(change, change.before), names.value(change, change.after)
    told = lang.t("%(what)s – %(field)s: %(value)s", what=what, field=field, value=after)
    if change.field == "status" and change.before and change.after:
        return told, _remarks(names, change)
    if change.act == "found":
        return told, [lang.p("value before", "until now unknown")]
    if change.act == "refined":
        return told, [lang.p("value before", "until now less exact: %(value)s", value=before)]
    if change.act == "corrected":
        return told, [lang.p("value before", "corrected; the atlas said: %(value)s", value=before)]
    unknown = lang.t("%(what)s – %(field)s: unknown", what=what, field=field)
    return unknown, [lang.p("value before", "withdrawn; the atlas said: %(value)s", value=before)]


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
        return [lang.p("value before", "the atlas said: %(value)s", value=said)] if said else []
    if change.act in ("renamed", "disputed", "settled", "verified"):
        return []
    if change.act == "ended" and isinstance(change.new, City) and change.new.successor:
        return [lang.t("successor: %(city)s", city=names.city(change.new.successor))]
    if change.field == "status" and change.before:
        was = names.value(change, change.before)
        if change.nature == "atlas":
            return [lang.p("value before", "the atlas said: %(value)s", value=was)]
        return [lang.p("value before", "before: %(value)s", value=was)]
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


_WORDS: Mapping[str, Mapping[Act, Mapping[str, str]]] = yaml.safe_load(
    Path(__file__).with_name("events.yaml").read_text("utf-8")
)
EVENTS = _WORDS["events"]
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
    if change.act == "left" and date and date.first_day > names.as_of:
        return lang.t("%(city)s stays in %(instrument)s until %(end)s", **told)
    if change.act == "belonged" and one.since:
        told["start"] = lang.in_sentence(one.since)
        if charter:
            return lang.t(
                "The signature of %(city)s under %(instrument)s held from %(start)s to %(end)s as well",
                **told,
            )
        return lang.t("%(city)s belonged to %(instrument)s from %(start)s to %(end)s as well", **told)
    event = (_EVENTS_OF_CHARTERS if charter else EVENTS)[change.act]
    message = event["dated"] if date or "undated" not in event else event["undated"]
    return lang.t(message, **told)


# Records --------------------------------------------------------------------------------------


_ENDS = {
    "network": _("%(instrument)s ended %(when)s"),
    "charter": _("%(instrument)s ceased to hold %(when)s"),
}


def _life(names: Names, change: Change) -> str:
    lang, one = names.lang, change.subject
    if isinstance(one, City) and change.when:
        told = {"city": names.city(one.id), "when": lang.when(change.when)}
        if change.when.first_day > names.as_of:
            return lang.t("%(city)s ceases to exist %(when)s", **told)
        return lang.t("%(city)s ceased to exist %(when)s", **told)
    assert isinstance(one, Instrument) and change.when is not None
    if change.act == "founded":
        return began(lang, names.instrument(one.id), one, change.when)
    told = {"instrument": capitalized(names.in_sentence(one.id)), "when": lang.when(change.when)}
    return lang.t(_ENDS[one.family], **told)


def _happened(names: Names, change: Change) -> str:
    lang, one = names.lang, change.subject
    assert isinstance(one, Action) and change.when is not None
    kind = lang.label(names.pair.after.vocabulary.action_kinds.get(one.kind)) or one.kind
    what = {"title": names.action(one.id), "kind": kind, "date": lang.date(change.when)}
    return lang.p("action", "%(title)s – %(kind)s, %(date)s", **what)


def _hosted(names: Names, change: Change) -> str:
    lang, one = names.lang, change.subject
    assert isinstance(one, Instrument)
    told = {"city": names.city(str(change.after)), "instrument": names.in_sentence(one.id)}
    if change.when is None:
        return lang.t("%(city)s hosted a conference of %(instrument)s", **told)
    return lang.t(
        "%(city)s hosted a conference of %(instrument)s %(when)s", when=lang.when(change.when), **told
    )


def _counted(names: Names, change: Change) -> str:
    lang = names.lang
    told = {"instrument": names.subject(change), "number": names.value(change, change.after)}
    if change.when is None:
        return lang.t("%(instrument)s: a source counts %(number)s, undated", **told)
    return lang.t(
        "%(instrument)s: a source counts %(number)s (%(date)s)", date=lang.date(change.when), **told
    )


def _added(names: Names, change: Change) -> str:
    lang, one = names.lang, change.subject
    what = names.subject(change)
    if isinstance(one, City):
        country = lang.country(one.country)
        return lang.t("%(city)s (%(country)s): new city in the atlas", city=what, country=country)
    if isinstance(one, Instrument):
        vocabulary = names.pair.after.vocabulary
        if own := vocabulary.families.get(vocabulary.family(one)):
            return lang.t("%(what)s: new in the atlas (%(family)s)", what=what, family=lang.label(own))
        if one.family == "charter":
            return lang.t("%(what)s: new charter in the atlas", what=what)
        return lang.t("%(what)s: new network in the atlas", what=what)
    if isinstance(one, Action):
        return lang.t("%(what)s: new action in the atlas, date unknown", what=what)
    if change.kind == "source":
        return lang.t("%(what)s: new source", what=what)
    return lang.t("%(what)s: new code of the vocabulary", what=what)


def _removed(names: Names, change: Change) -> str:
    lang, what = names.lang, names.subject(change)
    if reason := lang.text(change.reason).rstrip("."):
        return lang.t("%(what)s: withdrawn: %(reason)s", what=what, reason=reason)
    return lang.t("%(what)s: withdrawn without a reason", what=what)


def _renamed(names: Names, change: Change) -> str:
    told = {"what": names.subject(change), "old": change.before, "new": change.after}
    return names.lang.t("%(what)s: new address, “%(new)s” in place of “%(old)s”", **told)


def _disputed(names: Names, change: Change) -> str:
    lang = names.lang
    field, values = _field(names, change), lang.join([_differing(names, one) for one in change.group])
    told = {"what": names.subject(change), "field": field, "values": values}
    return lang.t("%(what)s – %(field)s: sources differ: %(values)s", **told)


def _settled(names: Names, change: Change) -> str:
    told = {"what": names.subject(change), "field": _field(names, change)}
    return names.lang.t("%(what)s – %(field)s: sources no longer differ", **told)


def _field(names: Names, change: Change) -> str:
    return record_parts.disputed_field(names.lang, change.group[0]).text


def _differing(names: Names, one: Contradiction) -> str:
    shown = cut(record_parts.disputed_value(names.lang, one, names.pair.after.vocabulary).text)
    return names.lang.p("value of a source", "%(value)s (preferred)", value=shown) if one.preferred else shown


def _verified(names: Names, change: Change) -> str:
    lang, what, when = names.lang, names.subject(change), date_of(change.after)
    assert when is not None  # a look without a day is none
    if change.field == "accessed":
        return lang.t("%(what)s: read again %(when)s", what=what, when=lang.when(when))
    if not change.before:
        return lang.t("%(what)s: verified %(when)s", what=what, when=lang.when(when))
    return lang.t("%(what)s: verified again %(when)s", what=what, when=lang.when(when))


_RECORDS: Mapping[Act, Callable[[Names, Change], str]] = {
    "founded": _life,
    "ended": _life,
    "happened": _happened,
    "hosted": _hosted,
    "counted": _counted,
    "added": _added,
    "removed": _removed,
    "renamed": _renamed,
    "disputed": _disputed,
    "settled": _settled,
    "verified": _verified,
}


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
