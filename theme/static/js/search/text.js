/* What a result shows, out of what Pagefind returns: words, some of them marked. Never HTML. */

const LONG = 32; // words of a text that are shown beside its first sentence
const BEFORE = 8; // words shown before the first one that was found, where the text is longer

/** Pieces of text, each with whether it was found; ``at`` are the numbers of words that were. */
function pieces(words, from, at) {
  const found = [];
  words.forEach((word, number) => {
    const marked = at.has(from + number);
    const last = found.at(-1);
    if (last && last.marked === marked) last.text += ` ${word}`;
    else found.push({ text: word, marked });
  });
  return found;
}

/** The title and the text of a result in pieces; the words that only find are left out. */
export function shown({ content, meta, locations }) {
  const words = content.split(/\s+/);
  const [head, first, body] = meta.shown.split(" ").map(Number);
  const at = new Set(locations);
  // The first sentence says it; of the rest, what lies around the first word that was found.
  const [from, to] = [head + first, head + body];
  const found = locations.filter((place) => place >= from && place < to).sort((a, b) => a - b)[0] ?? from;
  const start = Math.max(from, Math.min(found - BEFORE, to - LONG));
  const end = Math.min(start + LONG, to);
  const gap = { text: "…", marked: false };
  const text = [
    ...pieces(words.slice(head, from), head, at),
    ...(start > from ? [gap] : []),
    ...pieces(words.slice(start, end), start, at),
    ...(end < to ? [gap] : []),
  ];
  return { title: pieces(meta.title.split(/\s+/), 0, at), text };
}

/** Put pieces into an element as text, the found ones as marks. */
export function fill(element, parts) {
  element.replaceChildren(
    ...parts.flatMap(({ text, marked }, number) => {
      const node = marked ? Object.assign(document.createElement("mark"), { textContent: text }) : text;
      return number ? [" ", node] : [node];
    }),
  );
}

/** How many letters have to be changed to make one word of another, at most ``most``. */
export function distance(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let row = [...Array(other.length + 1).keys()];
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[other.length];
}

/** How many letters may differ: more in longer words, and where only the ending does, as in another case. */
function allowed(asked, name) {
  const most = Math.min(3, Math.floor(asked.length / 3));
  return asked.length >= 6 && name.startsWith(asked.slice(0, 4)) ? 3 : most;
}

/** How many letters two words begin with alike. */
function alike(one, other) {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  return at;
}

const LATIN = /^[a-z0-9]+$/;
const ENDING = /(ies|ing|ed|es|s)$/;
const BEGINNING = 0.6; // how much of a word has to stand in what was found, where only its ending differs

/**
 * Whether each word that was asked for was found, folded as ``found`` is. Where no word fits, Pagefind takes
 * the longest beginning that some word has, at last a single letter: "krakowie" finds Kraków, "zzzz" Zagreb.
 */
export function meets(asked, found, english, share = BEGINNING) {
  const fits = (word) => {
    const stem = english ? word.replace(ENDING, "") : word;
    return found.some((one) => alike(word, one) >= share * word.length || (stem.length > 2 && one.startsWith(stem)));
  };
  return asked.split(" ").every((word) => !LATIN.test(word) || fits(word));
}

/** The records of these kinds whose whole name stands in what was asked; of names within names the longest. */
export function named(asked, names, folded, kinds) {
  const whole = ` ${asked} `;
  const found = names
    .filter(([, kind]) => kinds.includes(kind))
    .map(([record, , all]) => {
      const inside = all.map((name) => folded(name)).filter((name) => name && whole.includes(` ${name} `));
      return { record, name: all[0], letters: Math.max(0, ...inside.map(({ length }) => length)) };
    });
  const longest = Math.max(1, ...found.map(({ letters }) => letters));
  return found.filter(({ letters }) => letters === longest);
}

/** The names that come nearest to what was asked, by their folded forms; none that is far away. */
export function nearest(asked, names, folded, most = 4) {
  const far = (name) => {
    const limit = allowed(asked, name);
    const letters = distance(asked, name, limit);
    return letters > limit ? Infinity : letters;
  };
  return names
    .map(([, , all]) => [all[0], Math.min(...all.map((name) => far(folded(name))))])
    .filter(([, letters]) => letters > 0 && letters < Infinity)
    .sort((one, other) => one[1] - other[1])
    .slice(0, most)
    .map(([shown]) => shown);
}
