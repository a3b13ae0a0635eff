// Reads the tables and joins them.
const fs = require("fs"), path = require("path"), { parse } = require("csv-parse/sync");
module.exports = function () {
  const dir = process.env.PEER_TABLES, r = n => parse(fs.readFileSync(path.join(dir, n + ".csv")), { columns: true });
  const networks = r("networks"), nets = new Map(); for (const n of networks) { n.members = []; nets.set(n.id, n); }
  const countries = r("countries"), cos = new Map(); for (const c of countries) { c.slug = c.code.toLowerCase(); c.cities = []; cos.set(c.code, c); }
  const sources = new Map(); for (const s of r("sources")) sources.set(s.id, s);
  const cities = r("cities"), byid = new Map();
  for (const c of cities) { const co = cos.get(c.country); c.country_name = co.name; c.country_slug = co.slug; c.memberships = []; c.actions = []; c.by_net = {}; co.cities.push(c); byid.set(c.id, c); }
  for (const m of r("memberships")) { const c = byid.get(m.city_id), n = nets.get(m.network_id); m.city = c; m.network = n; c.memberships.push(m); c.by_net[n.id] = m; n.members.push(m); }
  for (const a of r("actions")) byid.get(a.city_id).actions.push(a);
  for (const co of countries) { const L = co.cities, k = L.length; L.forEach((c, i) => { c.near = []; for (let j = 1; j <= Math.min(10, k - 1); j++) c.near.push(L[(i + j) % k]); }); }
  for (const c of cities) {
    const ev = [], src = new Set();
    for (const m of c.memberships) {
      ev.push({ date: m.since, kind: "join", ref: m.id, label: "Joined " + m.network.name, key: m.since + "1" + m.id });
      if (m.until) ev.push({ date: m.until, kind: "leave", ref: m.id, label: "Left " + m.network.name, key: m.until + "2" + m.id });
      src.add(m.source_id);
    }
    for (const a of c.actions) { ev.push({ date: a.date, kind: "action", ref: a.id, label: a.title, key: a.date + "3" + a.id }); src.add(a.source_id); }
    ev.sort((x, y) => (x.key < y.key ? -1 : x.key > y.key ? 1 : 0)); c.events = ev; c.sources = [...src].map(s => sources.get(s));
  }
  return { networks, countries, cities };
};
