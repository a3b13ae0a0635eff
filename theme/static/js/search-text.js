/* What a result shows, out of what Pagefind returns: words, some of them marked. Never HTML. */

const LONG = 46; // words of a text that are shown
const BEFORE = 12; // words shown before the first one that was found, where the text is longer

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
  const [head, body] = meta.shown.split(" ").map(Number);
  const at = new Set(locations);
  const first = locations.filter((place) => place >= head && place < head + body).sort((a, b) => a - b)[0] ?? head;
  const start = body > LONG ? Math.max(head, Math.min(first - BEFORE, head + body - LONG)) : head;
  const end = Math.min(start + LONG, head + body);
  const text = pieces(words.slice(start, end), start, at);
  if (text.length && start > head) text[0].text = `… ${text[0].text}`;
  if (text.length && end < head + body) text.at(-1).text += " …";
  return { title: pieces(meta.title.split(/\s+/), 0, at), text };
}

/** Put pieces into an element as text, the found ones as marks. */
export function fill(element, parts) {
  element.replaceChildren(...parts.flatMap(({ text, marked }, number) => {
    const node = marked ? Object.assign(document.createElement("mark"), { textContent: text }) : text;
    return number ? [" ", node] : [node];
  }));
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

/** The names that come nearest to what was asked, by their folded forms; none that is far away. */
export function nearest(asked, names, folded, most = 4) {
  const allowed = Math.min(3, Math.floor(asked.length / 3));
  return names
    .map(([shown, ...others]) => [shown, Math.min(...[shown, ...others].map((name) => distance(asked, folded(name), allowed)))])
    .filter(([, far]) => far <= allowed && far > 0)
    .sort((one, other) => one[1] - other[1])
    .slice(0, most)
    .map(([shown]) => shown);
}
