"""A dataset whose every text is a payload, as the files that hold it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from atlas.model.schema import Field, schema

GOOD = Path(__file__).resolve().parent.parent / "data/good"
FAMILIES = 8
"""How many families of instruments there are at most: each stands in the menu of every page."""
STATUSES = ("member", "applicant", "observer", "suspended", "former", "declined")
TEXTS = ("text", "localized", "plain-or-localized")
FIXED = frozenset(
    (
        *("contradiction.record", "retired.id", "retired.replaced_by"),
        *("action.commitments", "city.codes", "vocabulary.families.address"),
    )
)
"""Texts that must name something, so that no payload can stand there."""


def text_fields() -> set[str]:
    """Return the names of all fields that hold text, as ``record.key.key``."""

    def below(one: Field, path: str) -> Iterator[str]:
        name = f"{path}.{one.name}"
        if one.type in TEXTS:
            yield name
        for nested in one.fields:
            yield from below(nested, name)

    records = schema(("en", "pl")).values()
    return {name for record in records for one in record.fields for name in below(one, record.name)} - FIXED


class Poison:
    """Makes texts and remembers them: ``texts`` holds all that were made, by the names of their fields."""

    def __init__(self, payloads: Sequence[str]) -> None:
        """Take the payloads to put everywhere."""
        self.payloads = payloads
        self.texts: dict[str, list[str]] = {}
        self._kinds: dict[str, list[str]] = {}
        for kind, code in _codes()["instrument_kinds"].items():
            self._kinds.setdefault(code["family"], []).append(kind)

    def text(self, field: str, number: int, suffix: str = "") -> str:
        """Return the payload ``number`` with a mark that says which field it is in."""
        made = self.texts.setdefault(field, [])
        at = list(self.texts).index(field)  # never their count: two fields would share a mark
        text = f"{self.payloads[number % len(self.payloads)]} q{at}n{number}{suffix}z"
        made.append(text)
        return text

    def _part(self, field: str, number: int) -> str:
        """Return a payload that may stand in a list."""
        text = self.text(field, number).replace(";", ",")
        self.texts[field][-1] = text
        return text

    def _forms(self, field: str, number: int) -> dict[str, str]:
        """Return a payload in each language that is one plural form, without the notation of forms."""
        made = {}
        for lang in ("en", "pl"):
            made[lang] = self.text(field, number, lang).translate({ord(one): "/" for one in "|{}"})
            self.texts[field][-1] = made[lang]
        return made

    def both(self, field: str, number: int) -> dict[str, str]:
        """Return a text in each language."""
        return {lang: self.text(field, number, lang) for lang in ("en", "pl")}

    def files(self) -> dict[str, bytes]:
        """Return the files of the dataset by their names."""
        count = len(self.payloads)
        files = {"vocabulary.yaml": self._vocabulary(count)}
        files["cities.csv"] = _table(self._city(n) for n in range(count))
        files["sources.csv"] = _table(self._source(n) for n in range(count))
        files["contradictions.csv"] = _table(row for n in range(count) for row in self._contradiction(n))
        files["retired.csv"] = _table(self._retired(n) for n in range(count))
        for n in range(count):
            family = ("network", "charter")[n % 2]
            files[f"{family}s/i{n}.yaml"] = _record(self._instrument(n, family))
            other = ("network", "charter")[1 - n % 2]
            files[f"{other}s/o{n}.yaml"] = _record(self._instrument(n, other))
            files[f"actions/a{n}.yaml"] = _record(self._action(n))
            files[f"commitments/i{n}.csv"] = _table(self._commitment(n, k) for k in range(3))
            files[f"lists/i{n}.csv"] = _table(iter([self._listed(n)]))
        for n in range(min(count, FAMILIES)):
            own = {"kind": f"fk{n}"}  # neither networks nor charters
            files[f"charters/f{n}.yaml"] = _record(self._instrument(count + n, "charter") | own)
            # A member in each, so that the page of a city says in words what it holds.
            files[f"commitments/f{n}.csv"] = _table(
                self._commitment(count + n, k) | {"status": STATUSES[k]} for k in range(3)
            )
        return files

    def _city(self, n: int) -> dict[str, str]:
        return {
            "id": f"c{n}",
            "name": self.text("city.name", n),
            "name_en": self.text("city.name_en", n),
            "name_pl": self.text("city.name_pl", n),
            "country": "PL" if n % 3 else "DE",
            "lat": f"{50.5 + n % 10 * 0.3:.2f}",
            "lon": f"{(17 if n % 3 else 9) + n // 10 * 0.5:.2f}",
            "population": str(10_000 + n),
            "former_names": f"de:{self._part('city.former_names', n)}",
        }

    def _source(self, n: int) -> dict[str, str]:
        return {
            "id": f"s{n}",
            "title": self.text("source.title", n),
            "publisher": self.text("source.publisher", n),
            "url": f"https://example.org/{n}?a=<b>&c='\"".replace("<", "%3C")
            .replace(">", "%3E")
            .replace('"', ""),
            "accessed": "2026-01-15",
            "note_en": self.text("source.note_en", n),
            "note_pl": self.text("source.note_pl", n),
            "type": f"k{n}",
        }

    def _commitment(self, n: int, k: int) -> dict[str, str]:
        count, number, own = len(self.payloads), n * 3 + k, n % len(self.payloads)
        role = self._part("commitment.role", number)
        return {
            "city": f"c{(n + k * 7) % count if count > 14 else (n + k) % count}",
            "status": STATUSES[number % len(STATUSES)],
            "since": str(2000 + number % 20),
            "role": f"r{own};{role}",
            "act": self.text("commitment.act", number),
            "sources": f"s{own}",
            "note_en": self.text("commitment.note_en", number),
            "note_pl": self.text("commitment.note_pl", number),
            "verified": "2026-01-15",
            "verified_by": self.text("commitment.verified_by", number),
        }

    def _listed(self, n: int) -> dict[str, str]:
        # In another country than the cities, which are called alike and would be taken for these.
        return {"name": self.text("listed.name", n), "country": "FI", "sources": f"s{n}"}

    def _contradiction(self, n: int) -> Iterator[dict[str, str]]:
        field = {
            "field": self.text("contradiction.field", n),
            "field_en": self.text("contradiction.field_en", n),
            "field_pl": self.text("contradiction.field_pl", n),
        }
        for rank in ("preferred", "deprecated"):
            yield {
                "record": f"cities/c{n}",
                **field,
                "value": self.text("contradiction.value", n, rank[:1]),
                "value_en": self.text("contradiction.value_en", n, rank[:1]),
                "value_pl": self.text("contradiction.value_pl", n, rank[:1]),
                "sources": f"s{n}",
                "rank": rank,
                "reason_en": self.text("contradiction.reason_en", n, rank[:1]),
                "reason_pl": self.text("contradiction.reason_pl", n, rank[:1]),
            }

    def _retired(self, n: int) -> dict[str, str]:
        return {
            "kind": "city",
            "id": f"gone{n}",
            "reason_en": self.text("retired.reason_en", n),
            "reason_pl": self.text("retired.reason_pl", n),
            "replaced_by": f"c{n}" if n % 2 else "",
        }

    def _instrument(self, n: int, family: str) -> dict[str, Any]:
        own = n % len(self.payloads)
        name, source = f"{family}.", [f"s{own}"]

        def both(field: str) -> dict[str, str]:
            return self.both(name + field, n)

        return {
            "kind": self._kinds[family][n % len(self._kinds[family])],
            "name": both("name"),
            "short": both("short"),
            "acronym": self.text(f"{name}acronym", n),
            "former_names": [self.text(f"{name}former_names", n, "x"), both("former_names")],
            "founded" if family == "network" else "adopted": "1999",
            "founder": both("founder"),
            "secretariat": self.text(f"{name}secretariat", n),
            "topics": [f"t{own}"],
            "summary": both("summary"),
            "obligations": [{"id": "do", "text": both("obligations.text"), "sources": source}],
            "counts": [
                {"members": "7", "on": "2020", "note": both("counts.note"), "sources": source},
                {
                    "members": "3",
                    "on": "2020",
                    "scope": both("counts.scope"),
                    "note": self.text(f"{name}counts.note", n, "s"),
                    "sources": source,
                },
            ],
            "hosts": [{"city": f"c{own}", "on": "2020-05", "note": both("hosts.note"), "sources": source}],
            "note": both("note"),
            "sources": source,
        }

    def _action(self, n: int) -> dict[str, Any]:
        act = {key: self.text(f"action.act.{key}", n) for key in ("title", "body", "number")}
        items = {lang: self.text(f"action.items.{lang}", n) for lang in ("en", "pl")}
        return {
            "kind": f"ak{n}",
            "date": f"{2000 + n % 20}-05",
            "cities": [f"c{n}"],
            "instrument": f"i{n}",
            "title": self.both("action.title", n),
            "summary": self.both("action.summary", n),
            "act": act,
            "status": f"as{n}",
            "items": [items],
            "topics": [f"t{n}"],
            "sources": [f"s{n}"],
            "note": self.both("action.note", n),
        }

    def _vocabulary(self, count: int) -> bytes:
        """Return the codes of the small data set with other words, and one code more for each payload."""
        codes = _codes()
        codes["topics"] = {
            f"t{n}": {"shape": "disc", "colour": {"light": "#12386b", "dark": "#b7cdf5"}}
            for n in range(count)
        }
        for section, start in (
            ("roles", "r"),
            ("source_types", "k"),
            ("action_kinds", "ak"),
            ("action_statuses", "as"),
        ):
            codes[section] |= {f"{start}{n}": {} for n in range(count)}
        families: dict[str, dict[str, Any]] = {
            f"f{n}": {"kinds": [f"fk{n}"]} for n in range(min(count, FAMILIES))
        }
        codes["instrument_kinds"] |= {f"fk{n}": {"family": "charter"} for n in range(len(families))}
        for n, (id_, family) in enumerate(families.items()):
            family["address"] = {"en": f"{id_}-en", "pl": f"{id_}-pl"}
            for key in ("label", "plural", "help"):
                family[key] = self.both(f"vocabulary.families.{key}", n)
            for key in ("counted", "held"):
                family[key] = self._forms(f"vocabulary.families.{key}", n)
        for section in codes.keys() - {"languages", "families"}:
            for n, code in enumerate(codes[section].values()):
                for key in ("label", "help", *(("plural",) if section == "instrument_kinds" else ())):
                    code[key] = self.both(f"vocabulary.{section}.{key}", n)
        for n, shape in enumerate(codes["topics"].values()):
            if n % 2:
                shape["shape"] = self.text("vocabulary.topics.shape", n)
        return _record(codes | {"families": families})


def _codes() -> dict[str, Any]:
    """Return the codes of the small data set."""
    import yaml

    codes: dict[str, Any] = yaml.load((GOOD / "vocabulary.yaml").read_text("utf-8"), yaml.BaseLoader)
    return codes


def _table(rows: Iterator[Mapping[str, str]]) -> bytes:
    every = list(rows)
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(every[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(every)
    return text.getvalue().encode()


def _record(values: Mapping[str, Any]) -> bytes:
    """JSON is YAML, and writes down any text without a question of style."""
    return (json.dumps(values, ensure_ascii=False, indent=1) + "\n").encode()
