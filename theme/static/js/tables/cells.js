/* The cells of a table of chosen places: copies of what the page has for each state, with the words of the API. */

import { make } from "./dom.js";

function part(state) {
  const { content } = document.getElementById("t-cells");
  return content.querySelector(`[data-state="${state}"]`).cloneNode(true);
}

const dated = (text, date) => (date?.earliest ? make("time", { dateTime: date.value, textContent: text }) : text);

function linkOf(commitment, { root, lang }) {
  const shown = commitment.shown[lang];
  const link = part(commitment.state);
  link.querySelector("i").textContent = `${shown.word}: `;
  link.href = root + commitment.pages[lang];
  const date = commitment.status === "none" ? commitment.verified : commitment.since;
  const large = ["committed", "ended"].includes(commitment.state);
  link.append(make("b", {}, dated(shown.head, large && date)));
  if (commitment.disputed) link.append(...part("disputed").childNodes);
  if (shown.rest) link.append(make("small", {}, dated(shown.rest, !large && date)));
  return link;
}

/** The cell of a place's commitments to one network or charter; ``see`` has the root and the language. */
export function cellOf(commitments, see) {
  if (!commitments.length) return make("td", {}, part("unknown"));
  const [first, ...others] = commitments.map((commitment) => linkOf(commitment, see));
  for (const other of others) other.classList.add(other.dataset.class);
  return make("td", { role: "cell", className: first.dataset.class }, first, ...others);
}
