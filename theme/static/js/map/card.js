/* What opens at a place: its name, and its commitments with their dates. Text only, never markup. */

import { glyph } from "./sheet.js";

function element(name, content, attributes = {}) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value) made.setAttribute(key, value);
  if (typeof content === "string") Object.assign(made, { dir: "auto", textContent: content });
  else made.append(...content);
  return made;
}

/** Year by year, those without a date at the end. */
const byDate = (one, other) => {
  const [first, second] = [one, other].map(({ commitment }) => commitment.since?.text ?? "unknown");
  return first < second ? -1 : Number(first > second);
};

export function content(place, found, { data, words, root }, close) {
  const address = root + words.said.city.replace("ID", place.id);
  const name = element("a", place.shown, { href: address });
  const heading = element("h2", [name]);
  const where = [words.said.regions[place.region], words.said.countries[place.country]].filter(Boolean);
  const rows = [...found.held].sort(byDate).map((row) => line(row, address, { data, words }));
  const shut = element("button", words.say("close"), { type: "button", class: "shut" });
  shut.addEventListener("click", close);
  const box = element("div", [
    element("div", [heading, shut], { class: "head" }),
    element("p", where.join(", "), { class: "note" }),
    ...(rows.length ? [element("ul", rows)] : [element("p", words.say("nothing"))]),
  ]);
  box.className = "place-card";
  box.setAttribute("role", "dialog");
  box.setAttribute("aria-label", place.shown);
  box.tabIndex = -1;
  return box;
}

function line({ commitment, status, sign }, address, { data, words }) {
  const { instrument, since, until } = commitment;
  const topic = data.topics.get(instrument.topics[0]);
  const name = element("span", topic ? `${words.said.topics[topic.id]}: ` : "", { class: "vh" });
  const shape = element("span", [glyph(words.said.shapes[topic?.shape]), name], {
    class: topic ? `g t-${topic.id}` : "g",
  });
  const shown = words.text(instrument.short) || instrument.acronym || words.text(instrument.names);
  const link = element("a", shown, {
    href: `${address}#${commitment.anchor}`,
  });
  const parts = [words.said.statuses[status], words.date(since?.text)];
  if (until) parts.push(words.say("until", { date: words.date(until.text) }));
  else if (commitment.status === "former") parts.push(words.say("ended_unknown"));
  if (sign !== "certain") parts.push(words.say("doubt"));
  return element("li", [shape, element("span", [link, element("small", parts.join("; "))])]);
}
