/* What is chosen, its form in the address, and what of the data it chooses. */

import { CERTAIN, inYear, SOFT, UNDATED } from "./years.js";

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
    shade: false,
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
  const view = (asked.get("v") ?? "").split("/").map(Number);
  if (view.length === 3 && view.every(Number.isFinite)) chosen.v = view;
  chosen.undated = asked.get("u") === "1";
  chosen.shade = asked.get("shade") === "1";
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
  if (chosen.shade) parts.push("shade=1");
  if (chosen.p) parts.push(`p=${chosen.p}`);
  if (chosen.v) parts.push(`v=${chosen.v.join("/")}`);
  return parts.join("&");
}

/** Whether every recorded place is meant, those without a commitment today as well. */
const everything = (chosen, data) =>
  !chosen.t.size && !chosen.i.size && !chosen.k.size && chosen.y === null && same(chosen.s, data.held);

/**
 * Return what is shown: for each place its commitments, the topics they stand for and how
 * surely; and how many commitments there are, with those that have no date.
 */
export function shown(chosen, data) {
  const places = new Map();
  const total = { commitments: 0, undated: 0 };
  const action = chosen.a ? new Set(data.actions.get(chosen.a).places) : null;
  const within = (place) => (!chosen.c || place.country === chosen.c) && (!action || action.has(place.at));
  const instruments = new Map();
  for (const instrument of data.instruments.values()) {
    const topic = chosen.t.size ? instrument.topics.find((id) => chosen.t.has(id)) : instrument.topics[0];
    const fits =
      (!chosen.t.size || topic) &&
      (!chosen.i.size || chosen.i.has(instrument.id)) &&
      (!chosen.k.size || chosen.k.has(instrument.kind));
    if (fits) instruments.set(instrument, topic);
  }
  const entry = (place) => {
    if (!places.has(place)) places.set(place, { held: [], topics: new Set(), signs: new Set() });
    return places.get(place);
  };
  if (action || everything(chosen, data)) {
    for (const place of data.places.values()) if (within(place)) entry(place);
  }
  for (const commitment of data.commitments) {
    if (!instruments.has(commitment.instrument) || !within(commitment.place)) continue;
    const was = inYear(commitment, chosen.y, data.edition);
    if (!was || !chosen.s.has(was.status)) continue;
    if (was.sign === UNDATED) {
      total.undated += 1;
      if (!chosen.undated) continue;
    }
    const found = entry(commitment.place);
    found.held.push({ commitment, ...was });
    found.topics.add(instruments.get(commitment.instrument));
    found.signs.add(was.sign);
    total.commitments += 1;
  }
  for (const found of places.values()) {
    found.sign = [CERTAIN, SOFT, UNDATED].find((sign) => found.signs.has(sign)) ?? CERTAIN;
    found.size = found.held.length < 2 ? 1 : found.held.length < 4 ? 2 : 3;
    found.topic = found.topics.size === 1 ? [...found.topics][0] : null;
  }
  return { places, total };
}
