"""Reads the tables of ``alike.write_csv`` and joins them: what the Python peers make their pages from.

Plain dictionaries, as somebody would write it who never met this project.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from markupsafe import Markup

SITEURL = "https://atlas.example.org"
NEAR = 10

Row = dict[str, Any]


def read(folder: Path) -> Mapping[str, list[Row]]:
    """Return networks, countries and cities with everything that hangs on them."""
    networks, countries, cities = (_table(folder, name) for name in ("networks", "countries", "cities"))
    nets = {one["id"]: one | {"members": []} for one in networks}
    cos = {one["code"]: one | {"slug": one["code"].lower(), "cities": []} for one in countries}
    sources = {one["id"]: one for one in _table(folder, "sources")}
    by_id = {}
    for city in cities:
        country = cos[city["country"]]
        city |= {"country_name": country["name"], "country_slug": country["slug"]}
        city |= {"memberships": [], "actions": [], "by_net": {}}
        country["cities"].append(city)
        by_id[city["id"]] = city
    for one in _table(folder, "memberships"):
        city, network = by_id[one["city_id"]], nets[one["network_id"]]
        one |= {"city": city, "network": network}
        city["memberships"].append(one)
        city["by_net"][network["id"]] = one
        network["members"].append(one)
    for action in _table(folder, "actions"):
        by_id[action["city_id"]]["actions"].append(action)
    for country in cos.values():
        every = country["cities"]
        number = len(every)
        for at, city in enumerate(every):
            city["near"] = [every[(at + n) % number] for n in range(1, min(NEAR, number - 1) + 1)]
    for city in cities:
        _complete(city, sources)
    return {"networks": list(nets.values()), "countries": list(cos.values()), "cities": cities}


def _table(folder: Path, name: str) -> list[Row]:
    with open(folder / f"{name}.csv", newline="", encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def _complete(city: Row, sources: Mapping[str, Row]) -> None:
    """Add the events and the sources of a city."""
    events, cited = [], {}
    for one in city["memberships"]:
        name = one["network"]["name"]
        events.append((one["since"] + "1" + one["id"], "join", one["since"], one["id"], f"Joined {name}"))
        if one["until"]:
            events.append((one["until"] + "2" + one["id"], "leave", one["until"], one["id"], f"Left {name}"))
        cited[one["source_id"]] = True
    for action in city["actions"]:
        date, id = action["date"], action["id"]
        events.append((date + "3" + id, "action", date, id, action["title"]))
        cited[action["source_id"]] = True
    city["events"] = [
        {"kind": kind, "date": date, "ref": ref, "label": label}
        for _, kind, date, ref, label in sorted(events, key=lambda event: event[0])
    ]
    city["sources"] = [sources[id] for id in cited]


def geojson(cities: list[Row]) -> str:
    """Return the cities as points."""
    features = [
        {
            "type": "Feature",
            "id": city["id"],
            "geometry": {"type": "Point", "coordinates": [float(city["lon"]), float(city["lat"])]},
            "properties": {
                "name": city["name"],
                "country": city["country"],
                "n": len(city["memberships"]),
            },
        }
        for city in cities
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)


def number(value: object) -> str:
    """Return a number with commas between thousands."""
    return f"{int(str(value)):,}"


def in_json(value: object) -> Markup:
    """Return a value as JSON that cannot end a script element."""
    told = json.dumps(value, ensure_ascii=False)
    return Markup(told.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


FILTERS = {"num": number, "json": in_json}
