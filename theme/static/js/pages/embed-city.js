/* The card of the city that the address asks for (?id=krakow), from its document. All words are set as text.

   Where there is no such city, the page stays as it is and leads to the list of all cities. */

import { json } from "../shared/load.js";
import { ROOT } from "../shared/save.js";

const lang = document.documentElement.lang;
const part = (state) =>
  document.getElementById("t-cells").content.querySelector(`[data-state="${state}"]`).cloneNode(true);

function lineOf({ state, shown, since, disputed, pages }) {
  const item = document.getElementById("t-line").content.firstElementChild.cloneNode(true);
  const { word, head, rest, instrument } = shown[lang];
  const [link, vh, time, small] = ["a", ".vh", "time", "small"].map((name) => item.querySelector(name));
  item.prepend(part(state).querySelector("svg"));
  link.textContent = instrument;
  link.href = ROOT + pages[lang];
  if (disputed) link.after(" ", ...part("disputed").childNodes);
  vh.textContent = `${word}: `;
  time.textContent = head;
  if (since) time.dateTime = since.value;
  else time.replaceWith(head);
  small.textContent = rest;
  return item;
}

function fill(city) {
  const { name, where, lead } = city.shown[lang];
  const [heading, first] = document.querySelectorAll("main h1 a, main header p");
  const note = Object.assign(document.createElement("p"), { className: "note", textContent: where });
  document.title = document.title.replace(heading.textContent, name);
  heading.textContent = name;
  first.textContent = lead;
  first.before(note);
  for (const link of [heading, document.querySelector("footer a")]) link.href = ROOT + city.pages[lang];
  const list = document.querySelector(".card-lines");
  list.append(...city.commitments.map(lineOf));
  list.hidden = !city.commitments.length;
}

// A former id has a document as well.
const id = new URLSearchParams(location.search).get("id") ?? "";
if (/^[a-z0-9-]{1,64}$/.test(id)) json(`${ROOT}api/v1/cities/${id}.json`).then(fill, () => {});
