/* What is shown of chosen places, from their documents: a table, and what could follow for each.

   ``see`` has the root of the site and the language of the page. */

import { cellOf } from "./cells.js";
import { make } from "./dom.js";

const linkTo = ({ href, text }, { root }) => make("a", { href: root + href, textContent: text });

/** Take the columns away in which nothing is recorded; returns their names. */
function narrow({ tHead }, recorded) {
  const [groupLine, headLine] = tHead.rows;
  const left = [...headLine.cells].slice(1).filter((head) => !recorded.has(head.dataset.column));
  for (const head of left) head.remove();
  for (const group of [...groupLine.cells].slice(1)) {
    const span = [...headLine.cells].filter((head) => head.dataset.topic === group.dataset.topic).length;
    if (span) group.colSpan = span;
    else group.remove();
  }
  return left.map((head) => head.querySelector("a").textContent);
}

function rowOf(city, columns, see) {
  const { name, country } = city.shown[see.lang];
  const link = linkTo({ href: city.pages[see.lang], text: name }, see);
  const head = make("th", { role: "rowheader", scope: "row" }, link, make("small", { textContent: country }));
  const held = (column) => city.commitments.filter(({ instrument }) => instrument === column);
  return make("tr", { role: "row" }, head, ...columns.map((column) => cellOf(held(column), see)));
}

/** The region of the table with a row for each place, and the names of the columns that were left out. */
export function tableOf(cities, caption, see) {
  const region = document.getElementById("t-table").content.firstElementChild.cloneNode(true);
  const table = region.querySelector("table");
  region.setAttribute("aria-label", caption);
  table.caption.textContent = caption;
  const left = narrow(table, new Set(cities.flatMap((city) => city.commitments.map((one) => one.instrument))));
  const columns = [...table.tHead.rows[1].cells].slice(1).map((head) => head.dataset.column);
  table.classList.toggle("wide", columns.length > 12);
  table.tBodies[0].append(...cities.map((city) => rowOf(city, columns, see)));
  return { region, table, left };
}

function suggestion(one, see) {
  const holders = one.holders.map((to) => make("span", {}, linkTo(to, see)));
  const who = [make("span", { className: "num", textContent: one.count }), " "];
  who.push(make("span", { className: "commas" }, ...holders));
  return make(
    "li",
    {},
    make("p", { className: "what" }, make("b", {}, linkTo(one, see))),
    make("p", { className: "who" }, ...who),
  );
}

/** What could follow for a place, where anything could. */
export function following(city, see) {
  const { name, following: could } = city.shown[see.lang];
  return make(
    "section",
    {},
    make("h4", {}, linkTo({ href: city.pages[see.lang], text: name }, see)),
    make("p", { className: "note", textContent: could.rule }),
    make("ul", { className: "follow" }, ...could.suggestions.map((one) => suggestion(one, see))),
  );
}
