/* On the page for addresses that lead nowhere: the addresses that look most like the one that was asked for.

   Known are the names of cities, countries, networks, charters and topics in every language, former ids, and
   the lists that the page links to. What stands in the address is only compared, never shown. Without this script the lists remain. */

import { bare, entries } from "../shared/api.js";
import { json } from "../shared/load.js";
import { folded } from "../shared/words.js";

const LISTS = ["cities", "countries", "instruments", "topics"];
const MOST = 5;
const LIKE = 0.5;

const pairs = (text) => Array.from({ length: text.length + 1 }, (_, at) => ` ${text} `.slice(at, at + 2));

/** How alike two folded texts are, from 0 to 1: the share of their pairs of letters. */
function likeness(one, other) {
  const rest = pairs(other);
  const all = pairs(one).length + rest.length;
  let shared = 0;
  for (const pair of pairs(one)) {
    const at = rest.indexOf(pair);
    if (at < 0) continue;
    rest.splice(at, 1);
    shared += 2;
  }
  return shared / all;
}

/** The words that were asked for: the last part of the address, and the one before it. */
function asked(root) {
  const path = location.pathname.startsWith(root) ? location.pathname.slice(root.length) : location.pathname;
  const parts = path.split("/").map((part) => {
    let text = part;
    try {
      text = decodeURIComponent(part);
    } catch {
      // not an encoding: it is compared as it stands
    }
    return folded(text.slice(0, 100).replace(/\.\w+$/, ""));
  });
  return parts
    .filter((part) => part && part !== "index")
    .slice(-2)
    .reverse();
}

function candidates(block, lang, root, [cities, ...lists]) {
  const found = cities.map(({ id, name, names, former_names, former_ids }) => ({
    href: block.dataset.city.replace("{id}", id),
    text: names[lang] ?? name,
    names: [id, name, ...Object.values(names), ...former_names.map(bare), ...former_ids],
  }));
  for (const { id, names, short = {}, acronym, pages } of lists.flat()) {
    const known = Object.values(names);
    const all = [id, acronym ?? "", ...Object.values(short), ...known];
    found.push({ href: root + pages[lang], text: names[lang] ?? known[0], names: all });
  }
  for (const link of block.parentElement.querySelectorAll(".ways a")) {
    const word = link.pathname.split("/").filter(Boolean).pop() ?? "";
    found.push({ href: link.getAttribute("href"), text: link.textContent, names: [word, link.textContent] });
  }
  return found;
}

function nearest(found, word) {
  return found
    .map((one) => ({ ...one, like: Math.max(0, ...one.names.map((name) => likeness(word, folded(name)))) }))
    .filter(({ like }) => like >= LIKE)
    .sort((one, other) => other.like - one.like)
    .slice(0, MOST);
}

const blocks = [...document.querySelectorAll(".nearest")];
const { root } = blocks[0].dataset;
const words = asked(root);
const first = location.pathname.slice(root.length).split("/")[0];
const block = blocks.find(({ dataset }) => dataset.lang === first) ?? blocks[0];

if (words.length) {
  const lists = await Promise.all(LISTS.map((name) => entries(`${root}api/v1/${name}.json`, json)));
  const known = candidates(block, block.dataset.lang, root, lists);
  // The last part of an address says most; the one before it counts where the last is like nothing.
  const found = words.map((word) => nearest(known, word)).find(({ length }) => length) ?? [];
  block.querySelector("ul").replaceChildren(
    ...found.map(({ href, text }) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = href;
      Object.assign(link, { dir: "auto", textContent: text });
      item.append(link);
      return item;
    }),
  );
  block.hidden = !found.length;
}
