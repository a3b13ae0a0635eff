/* Buttons that copy a citation. Without this script every text can be selected by one click.

   The formats of a claim are fetched when its citation is opened: they are many, and few are ever wanted. */

import { canCopy, copy } from "./copy.js";

const NAMES = { bibtex: "BibTeX", ris: "RIS", csl: "CSL-JSON", wiki: "Wikipedia" };
const words = document.querySelector(".copied")?.dataset;

function button(label, what, text) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "copy";
  made.textContent = label;
  if (label !== what) made.setAttribute("aria-label", `${label}: ${what}`);
  made.addEventListener("click", () => copy(text, words.copiedText.replace("{what}", what)));
  return made;
}

function forPage(details) {
  for (const text of details.querySelectorAll(".copyable")) {
    const term = text.closest("div").querySelector("dt");
    term.append(button(words.copyText, term.textContent, text.textContent));
  }
}

async function forClaim(details) {
  const text = details.querySelector(".copyable");
  const row = document.createElement("p");
  row.className = "copies";
  row.append(button(words.copyText, words.plain, text.textContent));
  text.after(row);
  const page = details.closest(".entry").querySelector("a.anchor").href;
  try {
    const answer = await fetch(new URL("cite.json", page));
    if (!answer.ok) return;
    const formats = (await answer.json())[details.dataset.claim] ?? {};
    for (const [key, name] of Object.entries(NAMES)) {
      if (typeof formats[key] === "string") row.append(button(name, name, formats[key]));
    }
  } catch {
    // From a disk, or without a net: the text is there all the same.
  }
}

if (canCopy) {
  for (const [what, prepare] of [
    ["details.cite", forPage],
    ["details.cite-one", forClaim],
  ]) {
    for (const details of document.querySelectorAll(what)) {
      details.addEventListener("toggle", () => prepare(details), { once: true });
    }
  }
}
