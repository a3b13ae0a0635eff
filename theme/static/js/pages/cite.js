/* Buttons that copy a citation or save it as a file, in menus that are named after their entries. Without this script
   every text can be selected by one click. */

import { bibtex, csl, read, ris, wikitext } from "../shared/citation.js";
import { button, save } from "../shared/save.js";
import { canCopy, copy } from "./copy.js";

const FILES = [
  ["BibTeX", "bib", "application/x-bibtex", bibtex],
  ["RIS", "ris", "application/x-research-info-systems", ris],
  ["CSL-JSON", "json", "application/vnd.citationstyles.csl+json", csl],
];
const words = document.querySelector(".copied")?.dataset;

const copier = (label, what, text) => button(label, what, () => copy(text, words.copiedText.replace("{what}", what)));

function buttons(text) {
  const { site, issued, edition, named, base } = words;
  const cited = read(text, { site, issued, edition, named, lang: document.documentElement.lang }, base);
  const row = document.createElement("p");
  row.className = "copies";
  if (canCopy) {
    row.append(
      copier(words.copyText, words.plain, text.textContent),
      copier("Wikipedia", "Wikipedia", wikitext(cited)),
    );
  }
  for (const [name, ending, type, made] of FILES) {
    row.append(button(name, name, () => save(`${cited.key}.${ending}`, type, made(cited))));
  }
  text.after(row);
}

/** What is offered to other sites is copied whole. */
function forFrames(details) {
  for (const text of details.querySelectorAll(".copyable")) {
    const term = text.closest("div").querySelector("dt");
    term.append(copier(words.copyText, term.textContent, text.textContent));
  }
}

const once = (what, prepare) => {
  for (const details of document.querySelectorAll(what)) {
    details.addEventListener("toggle", () => prepare(details), { once: true });
  }
};
once("details.cite-page, details.cite-one", (details) => buttons(details.querySelector(".copyable")));
if (canCopy) once("details.embed-this", forFrames);

// Named here, because names in the markup would weigh more than this whole script.
for (const name of document.querySelectorAll(".reg > li > .more > summary > .vh")) {
  name.append(`: ${name.closest("li").querySelector("h3").textContent.trim()}`);
}
