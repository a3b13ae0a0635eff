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

for (const button of kit.querySelectorAll("button[data-as]")) {
  const row = button.closest("div");
  button.addEventListener("click", () => SAVERS[button.dataset.as](row.dataset.of, row.querySelector("a")));
  button.hidden = false;
  row.hidden = false;
}
