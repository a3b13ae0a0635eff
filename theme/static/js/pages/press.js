/* Saves the drawings of a page as pictures and its data as a table. Without this script, the drawings stand on
   the page all the same, and the data at the address of the API. */

import { claimsTable } from "../shared/claims.js";
import { json } from "../shared/load.js";
import { ofMap, ofPart, png, written } from "../shared/picture.js";
import { save } from "../shared/save.js";

const kit = document.querySelector(".press");
const { name: file } = kit.dataset;
const address = document.querySelector("link[rel=canonical]")?.href ?? location.href.replace(/#.*/, "");
const foot = [kit.querySelector(".licence").textContent, address];

const PICTURES = {
  map: () => ofMap(document.querySelector("main svg.map"), foot),
  timeline: () => {
    const part = document.querySelector("main .joined figure, main .since table.lanes, main .score-lanes");
    const [heading, name] = [part.closest("section").querySelector("h2"), document.querySelector("h1")];
    const said = part.querySelector("caption")?.textContent ?? `${heading.textContent}: ${name.textContent}`;
    return ofPart(part, said, foot);
  },
};

const SAVERS = {
  svg: (what) => save(`${file}-${what}.svg`, "image/svg+xml", written(PICTURES[what]())),
  png: async (what) => save(`${file}-${what}.png`, "image/png", await png(PICTURES[what]())),
  csv: async (_, { href }) => {
    save(`${file}.csv`, "text/csv;charset=utf-8", claimsTable(await json(href), document.documentElement.lang));
  },
};

/** A button that saves a picture as a file of a kind. */
function button(kind, label) {
  const node = Object.assign(document.createElement("button"), { type: "button", className: "copy" });
  node.dataset.as = kind.toLowerCase();
  node.setAttribute("aria-label", `${label}: ${kind}`);
  node.textContent = kind;
  return node;
}

for (const { firstElementChild: label, lastElementChild: place } of kit.querySelectorAll("[data-of]")) {
  place.append(button("SVG", label.textContent), "\n", button("PNG", label.textContent));
}

for (const saver of kit.querySelectorAll("button[data-as]")) {
  const row = saver.closest("div");
  saver.addEventListener("click", () => SAVERS[saver.dataset.as](row.dataset.of, row.querySelector("a")));
  saver.hidden = false;
  row.hidden = false;
}
