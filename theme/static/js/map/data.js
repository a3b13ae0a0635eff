/* The data of the map as objects that know each other. */

import { records } from "../shared/load.js";
import { parsed } from "./years.js";

const byId = (list) => new Map(list.map((one) => [one.id, one]));

export function connected(raw, words) {
  const topics = records(raw.topics);
  const statuses = records(raw.statuses);
  const instruments = records(raw.instruments);
  const places = records(raw.places).map((place, at) => ({
    ...place,
    at,
    until: parsed(place.until),
    shown: place.names?.[words.code] ?? place.name,
  }));
  const commitments = records(raw.commitments).map((commitment) => {
    const instrument = instruments[commitment.instrument];
    const status = statuses[commitment.status];
    return {
      place: places[commitment.place],
      instrument,
      status: status.id,
      // What it was called while it lasted; somebody who only applied or took part never was more.
      held: !["ended", "suspended"].includes(status.state)
        ? status.id
        : instrument.family === "charter"
          ? "signatory"
          : "member",
      since: parsed(commitment.since),
      until: parsed(commitment.until),
      anchor: commitment.anchor ?? instrument.id,
    };
  });
  const years = commitments.flatMap(({ since, until }) => [since, until]).filter(Boolean);
  const last = Number(raw.edition.slice(0, 4));
  return {
    topics: byId(topics),
    statuses: byId(statuses),
    instruments: byId(instruments),
    kinds: new Set(instruments.map((instrument) => instrument.kind)),
    countries: new Set(places.map((place) => place.country)),
    places: byId(places),
    actions: byId(records(raw.actions)),
    commitments,
    held: new Set(statuses.filter(({ state }) => state === "committed").map(({ id }) => id)),
    edition: raw.edition,
    first: Math.min(last, ...years.map(({ year }) => year)),
    last,
  };
}
