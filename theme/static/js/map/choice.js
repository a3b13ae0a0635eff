/* What is chosen, its form in the address, and what of the data it chooses. */

import { CERTAIN, inYear, UNDATED } from "./years.js";

/** Names of the choices in the address, with what each may hold. */
const LISTS = { t: "topics", i: "instruments", k: "kinds", s: "statuses" };

export function nothing(data) {
  return {
    t: new Set(),
    i: new Set(),
    k: new Set(),
    s: new Set(data.held),
    c: null,
    a: null,
    y: null,
    p: null,
    v: null,
    undated: false,
  };
}

const same = (one, other) => one.size === other.size && [...one].every((id) => other.has(id));

/** Read the choice from the part of an address after "?"; returns it with what it does not know. */
export function read(query, data) {
  const chosen = nothing(data);
  const asked = new URLSearchParams(query);
  const unknown = [];
  for (const [name, table] of Object.entries(LISTS)) {
    if (!asked.has(name)) continue;
    const ids = asked.get(name).split(",").filter(Boolean);
    unknown.push(...ids.filter((id) => !data[table].has(id)));
    const known = ids.filter((id) => data[table].has(id));
    if (known.length) chosen[name] = new Set(known);
  }
  for (const [name, table] of [
    ["c", "countries"],
    ["a", "actions"],
    ["p", "places"],
  ]) {
    const id = asked.get(name);
    if (!id) continue;
    const key = name === "c" ? id.toUpperCase() : id;
    if (data[table].has(key)) chosen[name] = key;
    else unknown.push(id);
  }
  if (asked.get("y")) {
    const year = /^\d{4}$/.test(asked.get("y")) ? Number(asked.get("y")) : NaN;
    if (year >= data.first && year <= data.last) chosen.y = year;
    else unknown.push(asked.get("y"));
  }
  if (asked.get("v")) {
    const [zoom, lat, lon, ...more] = asked
      .get("v")
      .split("/")
      .map((part) => (part ? Number(part) : Number.NaN));
    if (!more.length && zoom >= 0 && zoom <= 9 && Math.abs(lat) <= 90 && Math.abs(lon) <= 180)
      chosen.v = [zoom, lat, lon];
    else unknown.push(asked.get("v"));
  }
  chosen.undated = asked.get("u") === "1";
  return { chosen, unknown };
}

/** Return the choice as the part of an address after "?", without what is chosen anyway. */
export function written(chosen, data) {
  const parts = [];
  for (const name of Object.keys(LISTS)) {
    const usual = name === "s" ? data.held : new Set();
    // Commas and slashes need no escape in a query, and addresses are read by people.
    if (!same(chosen[name], usual)) parts.push(`${name}=${[...chosen[name]].sort().join(",")}`);
  }
  if (chosen.c) parts.push(`c=${chosen.c.toLowerCase()}`);
  if (chosen.a) parts.push(`a=${chosen.a}`);
  if (chosen.y !== null) parts.push(`y=${chosen.y}`);
  if (chosen.undated) parts.push("u=1");
  if (chosen.p) parts.push(`p=${chosen.p}`);
  if (chosen.v) parts.push(`v=${chosen.v.join("/")}`);
  return parts.join("&");
}

/**
 * Return what is shown: for each place its commitments and how surely they held; how many commitments
 * there are, with those that have no date, and how many more are over; and how many began in each year,
 * whichever is chosen.
 */
export function shown(chosen, data) {
  const places = new Map();
  const total = { commitments: 0, undated: 0, ended: 0 };
  const action = chosen.a ? new Set(data.actions.get(chosen.a).places) : null;
  const within = (place) => (!chosen.c || place.country === chosen.c) && (!action || action.has(place.at));
  const fits = ({ id, kind, topics }) =>
    (!chosen.t.size || topics.some((topic) => chosen.t.has(topic))) &&
    (!chosen.i.size || chosen.i.has(id)) &&
    (!chosen.k.size || chosen.k.has(kind));
  const instruments = new Set([...data.instruments.values()].filter(fits));
  const years = new Map();
  const entry = (place) => {
    if (!places.has(place)) places.set(place, { held: [], signs: new Set() });
    return places.get(place);
  };
  if (action) for (const place of data.places.values()) if (within(place)) entry(place);
  for (const commitment of data.commitments) {
    if (!instruments.has(commitment.instrument) || !within(commitment.place)) continue;
    if (chosen.s.has(commitment.status) || chosen.s.has(commitment.held)) {
      const year = commitment.since?.year ?? null;
      years.set(year, (years.get(year) ?? 0) + 1);
    }
    const was = inYear(commitment, chosen.y, data.edition);
    if (!was) continue;
    if (!chosen.s.has(was.status)) {
      if (chosen.y === null && was.status === "former" && chosen.s.has(commitment.held)) total.ended += 1;
      continue;
    }
    if (was.sign === UNDATED) {
      total.undated += 1;
      if (!chosen.undated) continue;
    }
    const found = entry(commitment.place);
    found.held.push({ commitment, ...was });
    found.signs.add(was.sign);
    total.commitments += 1;
  }
  for (const found of places.values()) {
    found.hollow = found.held.length > 0 && !found.signs.has(CERTAIN);
    found.size = found.held.length < 2 ? 1 : found.held.length < 4 ? 2 : 3;
  }
  return { places, total, years };
}
